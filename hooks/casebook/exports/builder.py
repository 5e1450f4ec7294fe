"""What the builder's page fetches: an outline of each case, and the cases to choose from in parts.

Each file is small and fetched when it is wanted, so that the page weighs the same among a thousand cases. An outline
stands at `cases/<id>/outline.json`, also at each former id, where it says what the id is now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from casebook.book import Casebook
from casebook.editions import edition_of_case
from casebook.exports.site import Site, SiteFile
from casebook.marks import count_words, minutes_to_read
from casebook.model import Case
from casebook.prose import count_paragraphs
from casebook.views.builder import names_in_prose, part_of_name, parts_of_names
from casebook.views.list_address import BUILDER
from casebook.views.page import slices
from casebook.views.rendering import DRAFT_WORDS

CASES_A_PART = 100


def builder_files(book: Casebook, _site: Site) -> Iterator[SiteFile]:
    """The outlines, then the parts of the list of cases."""
    for case in book.cases.values():
        yield _outline_file(case.id, outline(book, case))
    for old, new in book.former_ids.items():
        if new in book.cases or new in book.retired:
            yield _outline_file(old, {"now": new})
    for case in book.retired.values():
        yield _outline_file(case.id, _retired(case))
    yield from _parts(book)
    yield from _names(book)


def outline(book: Casebook, case: Case) -> dict[str, Any]:
    """What can be assigned of a case: its sections, questions and sources, and what became of old ids."""
    return {
        "id": case.id,
        "title": case.title,
        "status": DRAFT_WORDS.get(case.status, ""),
        "edition": edition_of_case(case).token,
        "sections": list(_sections(case)),
        "questions": [
            {"id": question.id, "text": question.text, "minutes": question.minutes}
            for question in case.teaching.questions
        ],
        "sources": [{"id": source, "label": book.sources[source].label} for source in book.case_sources[case.id]],
        "moved": {item.was: item.now for item in case.moved},
    }


def _sections(case: Case) -> Iterator[dict[str, Any]]:
    """Each section with its words and the numbers of its first and last paragraph."""
    last = 0
    for section in case.body:
        first, last = last + 1, last + count_paragraphs(section.text)
        words = count_words(section.text)
        yield {"id": section.id, "heading": section.heading, "words": words, "paragraphs": [first, last]}


def _retired(case: Case) -> dict[str, Any]:
    instead = list(case.retired.instead) if case.retired else []
    return {"retired": case.retired.why if case.retired else "", "title": case.title, "instead": instead}


def _parts(book: Casebook) -> Iterator[SiteFile]:
    """`teach/builder/cases-1.json` …: the newest cases first."""
    rows = [_row(book, case) for case in reversed(book.cases.values())]
    for part in slices(BUILDER, len(rows), CASES_A_PART):
        content = {"total": len(rows), "parts": part.count, "cases": rows[part.first : part.last]}
        yield SiteFile(f"{BUILDER}cases-{part.number}.json", _written(content))


def _names(book: Casebook) -> Iterator[SiteFile]:
    """`teach/builder/names-0.json` …: where the page of each id is and what it is called, for references in prose."""
    parts: list[dict[str, tuple[str, str]]] = [{} for _ in range(parts_of_names(book))]
    for identifier in sorted(names_in_prose(book)):
        target = book.target(identifier)
        parts[part_of_name(identifier, len(parts))][identifier] = (target.uri, target.label)
    for number, names in enumerate(parts):
        yield SiteFile(f"{BUILDER}names-{number}.json", _written(names))


def _row(book: Casebook, case: Case) -> dict[str, Any]:
    """A case in the list: what it is called, when it was, who and what it is about."""
    cast = [member.who for member in case.cast]
    return {
        "id": case.id,
        "title": case.title,
        "status": DRAFT_WORDS.get(case.status, ""),
        "when": case.occurred.words,
        "people": [book.label(who) for who in cast if book.kinds[who] == "people"],
        "about": [book.label(who) for who in cast if book.kinds[who] != "people"] + list(map(book.label, case.themes)),
        "names": sorted({name for who in cast for name in _other_names(_entry(book, who))}),
        "minutes": minutes_to_read(book.essay_words[case.id]),
        "questions": len(case.teaching.questions),
    }


def _entry(book: Casebook, identifier: str) -> object:
    return book.registries[book.kinds[identifier]][identifier]


def _other_names(entry: object) -> Iterator[str]:
    """What else readers may look for: other names, and the name in Chinese characters."""
    yield from getattr(entry, "aliases", ())
    chinese = getattr(entry, "zh", None) or getattr(getattr(entry, "name", None), "zh", None)
    if chinese:
        yield chinese


def _outline_file(identifier: str, content: dict[str, Any]) -> SiteFile:
    return SiteFile(f"cases/{identifier}/outline.json", _written(content))


def _written(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
