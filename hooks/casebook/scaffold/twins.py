"""Whether a source is registered already, under another id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebook.checks.registering import address_key
from casebook.model import Source
from casebook.scaffold.desk import Desk


@dataclass(frozen=True, slots=True)
class Twin:
    """An entry that seems to be the same source."""

    id: str
    reason: str


def twin_of(desk: Desk, answers: Mapping[tuple[str, ...], str | Sequence[str]]) -> Twin | None:
    """The registered source with the same address, title or digest."""
    marks = {
        "address": address_key(str(answers.get(("csl", "URL"), ""))),
        "title": _plain(str(answers.get(("csl", "title"), ""))),
        "text": str(answers.get(("sha256",), "")),
    }
    for source in desk.entries("sources").values():
        for what, theirs in _marks(source).items():
            if theirs and theirs == marks[what]:
                return Twin(source.id, f'a source with this {what} is there as "{source.id}"')
    return None


def _marks(source: Source) -> dict[str, str]:
    csl = source.csl
    return {"address": address_key(csl.URL or ""), "title": _plain(csl.title or ""), "text": source.sha256 or ""}


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
