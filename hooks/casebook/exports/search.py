"""What a search index holds: an entry for each page, and one for each part of it that a reader may look for by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TypedDict

from casebook.book import Casebook
from casebook.model import Case, Source
from casebook.views.page import UNLISTED, Page
from casebook.views.rendering import DRAFT_WORDS, STATUS_WORDS

PAGE_BOOST = {"case": 5.0, "entity": 4.0, "lesson": 2.0, "teach": 0.5, "source": 0.4}
"""What a reader probably looks for comes first: the case, then the person."""
LISTING_BOOST = 0.3
"""Listings repeat what stands elsewhere."""
SECTION_BOOST = {
    "case": 1.0,
    "glossary": 3.0,
    "lesson": 0.6,
    "teach": 0.4,
    "reading": 0.5,
    "corrections": 0.3,
    "problems": 0.3,
    "fields": 0.3,
}
"""Kinds of pages whose sections are results of their own."""
RECORD = frozenset({"timeline", "quotes", "claims", "cast", "related", "sources", "further", "cite", "corrections"})
"""Sections of a case that are found event by event and quote by quote, or on the pages of those whom they name."""
HEADINGS = {
    "case": "Cases", "teach": "Teaching", "lesson": "Lessons", "source": "Sources", "reading": "Reading lists",
    "glossary": "Glossary",
}  # fmt: skip
PASSAGES = "Passages"
OTHER = "Pages"

_LATER_SLICE = re.compile(r"/pages/\d+/$")


class SearchEntry(TypedDict):
    """One result, in the shape of the index that Material for MkDocs reads, with one field more."""

    location: str
    """Path from the site's root, with an anchor for a part of a page."""
    title: str
    """Escaped: search shows it as HTML."""
    text: str
    """Escaped likewise."""
    boost: float
    kind: str
    """The heading under which results of this kind are listed."""


def search_entries(page: Page, book: Casebook) -> Iterator[SearchEntry]:
    """The entries of one page: the page itself first, then its parts. None for a signpost or a listing's later pages."""
    if page.kind in UNLISTED or _LATER_SLICE.search(page.uri):
        return
    title = f"{page.title} ({mark})" if (mark := _draft(page, book)) else page.title
    yield _entry(
        page.uri, title, _page_text(page, book), PAGE_BOOST.get(page.kind, LISTING_BOOST), _heading(page, book)
    )
    for section in page.sections if page.kind in SECTION_BOOST else ():
        if section.level > 1 and not (page.kind == "case" and section.id in RECORD):
            kind = PASSAGES if page.kind == "case" else _heading(page, book)
            entry = _entry(f"{page.uri}#{section.id}", section.title, (), SECTION_BOOST[page.kind], kind)
            yield entry | {"text": section.escaped_text}
    if page.kind == "case":
        yield from _record_entries(page.uri, book.cases[page.subject], book)


def _draft(page: Page, book: Casebook) -> str:
    """What is said of a page of a case that is not published."""
    return DRAFT_WORDS.get(book.cases[page.subject].status, "") if page.kind in ("case", "teach") else ""


def _entry(location: str, title: str, words: Iterable[str | None], boost: float, kind: str) -> SearchEntry:
    text = escape(" ".join(word for word in words if word))
    return {"location": location, "title": escape(title), "text": text, "boost": boost, "kind": kind}


def _heading(page: Page, book: Casebook) -> str:
    if page.kind == "entity":
        return book.kinds[page.subject].capitalize()
    return HEADINGS.get(page.kind, OTHER)


def _page_text(page: Page, book: Casebook) -> Iterator[str | None]:
    """What is known of a page besides its title: other names first, since they are what is looked for."""
    if page.kind == "entity":
        yield from _other_names(book.registries[book.kinds[page.subject]][page.subject])
    if page.kind == "source":
        yield from _bibliography(book.sources[page.subject])
    else:
        yield page.description


def _other_names(entry: object) -> Iterator[str | None]:
    names = [getattr(entry, "literal_name", None), *getattr(entry, "aliases", ())]
    told = [name for name in names if name and name != getattr(entry, "label", "")]
    yield f"Also called {', '.join(told)}." if told else None


def _bibliography(source: Source) -> Iterator[str | None]:
    names = [author.label for author in source.csl.author]
    known = [*names, source.csl.container_title, source.short if source.csl.title else None]
    yield f"{', '.join(dict.fromkeys(name for name in known if name))}."
    yield source.note


def _record_entries(uri: str, case: Case, book: Casebook) -> Iterator[SearchEntry]:
    """The events, quotes and claims of a case, each at its own address."""
    for event in case.events:
        if event.same_event is not None:
            continue  # found where it is told most fully
        yield _entry(f"{uri}#{event.id}", event.title, (f"{event.date.words}.", event.detail), 1.0, "Events")
    for quote in case.quotes:
        translation = quote.translation.text if quote.translation else None
        said_by = ", ".join(filter(None, (book.label(quote.speaker), quote.venue)))
        yield _entry(f"{uri}#{quote.id}", quote.exact, (translation, f"{said_by}.", quote.note), 1.0, "Quotes")
    for claim in case.claims:
        told = f"{book.label(claim.by)}: {STATUS_WORDS[claim.status].lower()}."
        yield _entry(f"{uri}#{claim.id}", claim.text, (told, claim.history[-1].note), 1.0, "Claims")
