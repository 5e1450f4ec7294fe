"""Bibliographic records in the terms of CSL-JSON 1.0.2: what every citation and every reference file is made from.

Nothing is made up: a case has no author, and an untitled source has no title here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.dates import PartialDate
from casebook.model import Case, CslName, Source

Record = dict[str, Any]
"""One item of CSL-JSON."""

PUBLICATION = "The Founder Casebook"
TITLE_NOT_KNOWN = "Title not known"

_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}
"""EDTF's number of a season → CSL's."""


def case_record(case: Case, site_url: str) -> Record:
    """A case, with its address when the site's address is known.

    The casebook is its container only. As `publisher` too, APA would make it the author, and MLA would name it twice.
    """
    record: Record = {"id": case.id, "type": "webpage", "title": _line(case.title), "container-title": PUBLICATION}
    record["issued"] = csl_date(case.updated or case.published)
    if site_url:
        record["URL"] = f"{site_url}cases/{case.id}/"
    record["language"] = "en"
    if case.updated:
        record["note"] = f"First published {case.published.words}, updated {case.updated.words}."
    return {key: value for key, value in record.items() if value}


def source_record(source: Source) -> Record:
    """A source, as far as it is known. When it was read matters to a citation only if it has an address."""
    csl = source.csl
    record: Record = {"id": source.id, "type": csl.type, "title": _line(csl.title)}
    record["author"] = _names(csl.author)
    record["editor"] = _names(csl.editor)
    record["container-title"] = _line(csl.container_title)
    record["publisher"] = _line(csl.publisher)
    record["issued"] = csl_date(csl.issued) if csl.issued else None
    record["URL"] = csl.URL
    record["accessed"] = csl_date(source.accessed) if csl.URL else None
    record["language"] = csl.language
    notes = ["" if csl.title else f"{TITLE_NOT_KNOWN}.", _line(source.note)]
    record["note"] = " ".join(note for note in notes if note)
    return {key: value for key, value in record.items() if value}


def csl_date(value: PartialDate) -> Record:
    """A date as CSL has it. CSL has no decades and no open intervals: these become their first known year, about."""
    ends = [_parts(end) for end in value.text.split("/")]
    if value.is_open or not all(ends):
        return {"date-parts": [[value.year]], "circa": True}
    found: Record = {"date-parts": ends}
    if value.precision == "season":
        found["season"] = _SEASONS[int(value.text[5:7])]
    return found | {"circa": True} if any(mark in value.text for mark in "?~%") else found


def _parts(text: str) -> list[int]:
    """Year, month and day of one EDTF date, as far as they are given; a season's number is none of them."""
    parts: list[int] = []
    for part in text[:10].rstrip("?~%").split("-"):
        if not part.isdecimal() or (len(parts) == 1 and int(part) in _SEASONS):
            break
        parts.append(int(part))
    return parts


def _names(names: Iterable[CslName]) -> list[dict[str, str]]:
    fields = ("literal", "family", "given")
    return [{field: _line(getattr(name, field)) for field in fields if getattr(name, field)} for name in names]


def _line(text: str | None) -> str:
    """The words on one line: reference files are made of lines."""
    return " ".join((text or "").split())
