"""Which text a class was given: an edition is a day and a digest of what its readers had before them.

The day is the casefile's own, of its publication, its newest change or its newest correction, so that the same casefiles
have the same editions wherever and whenever they are built.

The digest is of what students read and are asked. What a note tells the teacher alone (plan, board, answers) can be
improved at any time without telling a class that its text changed, which it did not. Names in the registries are not
part of it either: they are the casebook's, and no case's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from casebook.book import Casebook
from casebook.dates import DateSyntaxError, PartialDate, parse_date
from casebook.model import Case, ReadingList
from casebook.model.base import Model

DIGITS = 12
"""Hexadecimal digits of a digest: that one of a million editions is like another one of them has a chance of 1 to 560."""
EXAMPLE = "2026-11-22-3f9a1c2b04de"
"""What an edition looks like in an address."""
UNDATED = parse_date("1970-01-01")
"""The day of what nothing dates: a list of sources alone, none of them dated, in a casebook without a case."""
_NOT_READ = dict.fromkeys(("schema_version", "id", "status", "updated", "aliases", "former_ids", "moved"), True)
"""Fields of which a reader sees nothing but an address, or that only say when the rest changed."""
_FOR_TEACHERS = {
    "teaching": {
        **dict.fromkeys(("synopsis", "level", "plan", "board"), True),
        "questions": {"__all__": {"answer_note"}},
    },
}  # fmt: skip
_FOR_TEACHERS_IN_LISTS = {"sessions": {"__all__": {"own_questions": {"__all__": {"answer_note"}}}}}
_TOKEN = re.compile(rf"(\d{{4}}(?:-\d\d){{0,2}})-([0-9a-f]{{{DIGITS}}})", re.ASCII)


class EditionSyntaxError(ValueError):
    """A text that names no edition. Its message says what one looks like."""


class Edition(NamedTuple):
    """A day and a digest."""

    date: PartialDate
    """The newest day on which something in it was published, changed or corrected. A plain day, month or year, so that
    it can stand in an address; what is less certain than that is widened to the next of these."""
    digest: str
    """The first `DIGITS` hexadecimal digits of the SHA-256 of what is read."""

    @property
    def token(self) -> str:
        """The edition in an address: `2026-11-22-3f9a1c2b04de`."""
        return f"{self.date}-{self.digest}"

    @property
    def words(self) -> str:
        """The edition in words: `edition of 22 November 2026 (3f9a1c2b04de)`."""
        return f"edition of {self.date.words} ({self.digest})"


def read_token(token: str) -> Edition:
    """The edition that a token names. Raises EditionSyntaxError for what is none."""
    found = _TOKEN.fullmatch(token.strip())
    try:
        if found:
            return Edition(_plain(parse_date(found[1])), found[2])
        why = "it has another shape"
    except DateSyntaxError as error:
        why = error.why
    raise EditionSyntaxError(f'"{token}" names no edition: {why}; write it as {EXAMPLE}, a day and a digest')


@lru_cache(maxsize=4096)
def edition_of_case(case: Case) -> Edition:
    """The edition of a case as it is now."""
    days = [case.published, case.updated, *(correction.on for correction in case.corrections)]
    return Edition(_newest(days), _digest(_readable(case, _FOR_TEACHERS)))


def edition_of_list(book: Casebook, reading_list: ReadingList) -> Edition:
    """The edition of a reading list with the cases that it assigns and asks about."""
    named = [item.case for session in reading_list.sessions for item in session.items if item.case]
    asked = [question.partition("#")[0] for session in reading_list.sessions for question in session.questions]
    editions = [edition_of_case(book.cases[case_id]) for case_id in dict.fromkeys([*named, *asked])]
    own = [reading_list.updated, *(edition.date for edition in editions)]
    days = own if any(own) else [*_days_of_sources(book, reading_list), book.as_of]
    readable = _readable(reading_list, _FOR_TEACHERS_IN_LISTS)
    return Edition(_newest(days), _digest([readable, [edition.digest for edition in editions]]))


def _days_of_sources(book: Casebook, reading_list: ReadingList) -> list[PartialDate | None]:
    items = [item for session in reading_list.sessions for item in session.items]
    return [book.sources[item.source].csl.issued for item in items if item.source]


def _newest(days: Iterable[PartialDate | None]) -> PartialDate:
    return max((_plain(day) for day in days if day is not None), key=lambda day: day.latest, default=UNDATED)


def _plain(day: PartialDate) -> PartialDate:
    """The shortest plain day, month or year that holds a date; of an interval over several years, the last known one."""
    first, last = day.earliest, day.latest
    if last == date.max:
        last = first
    elif first == date.min or first.year != last.year:
        first = last
    if (first.month, first.day) == (last.month, last.day):
        return parse_date(first.isoformat())
    return parse_date(f"{first.year:04}" + (f"-{first.month:02}" if first.month == last.month else ""))


def _readable(model: Model, for_teachers: Mapping[str, Any]) -> dict[str, Any]:
    # What is as it would be unwritten is left out, so that a new optional field changes no edition.
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={**_NOT_READ, **for_teachers})


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
