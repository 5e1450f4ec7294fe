"""Which text a class was given: an edition is a day and a digest of what could be read on it.

The day is the casefile's own, of its publication, its newest change or its newest correction, so that the same casefiles
have the same editions wherever and whenever they are built.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from casebook.book import Casebook
from casebook.dates import PartialDate
from casebook.model import Case, ReadingList
from casebook.model.base import Model

DIGITS = 12
"""Hexadecimal digits of a digest: among a million editions, two are alike once in 600 such millions."""
_NOT_READ = frozenset({"schema_version", "status", "updated", "aliases", "former_ids", "moved"})
"""Fields of which a reader sees nothing, or that only say when the rest changed."""


class Edition(NamedTuple):
    """A day and a digest."""

    date: PartialDate
    """The newest day on which something in it was published, changed or corrected."""
    digest: str
    """The first `DIGITS` hexadecimal digits of the SHA-256 of what can be read."""

    @property
    def token(self) -> str:
        """The edition in an address: `2026-11-22-3f9a1c2b04de`."""
        return f"{self.date}-{self.digest}"

    @property
    def words(self) -> str:
        """The edition in words: `edition of 22 November 2026 (3f9a1c2b04de)`."""
        return f"edition of {self.date.words} ({self.digest})"


@lru_cache(maxsize=4096)
def edition_of_case(case: Case) -> Edition:
    """The edition of a case as it is now."""
    days = [case.published, *(correction.on for correction in case.corrections)]
    if case.updated is not None:
        days.append(case.updated)
    return Edition(_newest(days), _digest(_readable(case)))


def edition_of_list(book: Casebook, reading_list: ReadingList) -> Edition:
    """The edition of a reading list with the cases that it assigns and asks about."""
    named = [item.case for session in reading_list.sessions for item in session.items if item.case]
    asked = [question.partition("#")[0] for session in reading_list.sessions for question in session.questions]
    editions = [edition_of_case(book.cases[case_id]) for case_id in dict.fromkeys([*named, *asked])]
    days = [edition.date for edition in editions]
    if reading_list.updated is not None:
        days.append(reading_list.updated)
    return Edition(
        _newest(days or [book.as_of]),
        _digest([_readable(reading_list), [edition.digest for edition in editions]]),
    )


def _newest(days: Iterable[PartialDate | None]) -> PartialDate:
    known = [day for day in days if day is not None]
    return max(known, key=lambda day: day.latest)


def _readable(model: Model) -> dict[str, Any]:
    # What is not written in the casefile is left out, so that a new optional field changes no edition.
    return model.model_dump(mode="json", exclude_unset=True, exclude=set(_NOT_READ))


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
