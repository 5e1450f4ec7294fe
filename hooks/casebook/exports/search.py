"""What a search index holds of a page: an entry for the page, and one for each section that says something new."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TypedDict

from casebook.views.page import Page

BOOST = {"case": 4.0, "entity": 3.0, "lesson": 2.0, "source": 0.3, "timeline": 0.5, "quotes": 0.5, "claims": 0.5}
"""What a reader probably looks for comes first: the case, then the person. 1 for all other kinds of page."""
SEARCHED_BY_SECTION = frozenset({"case", "teach", "lesson", "reading", "glossary", "corrections", "problems"})
"""Kinds of pages whose sections are results of their own. Listings and entities repeat what the cases say."""


class SearchEntry(TypedDict):
    """One result, in the shape of the index that MkDocs and Material for MkDocs share."""

    location: str
    """Path from the site's root, with an anchor for a section."""
    title: str
    """Escaped: search shows it as HTML."""
    text: str
    """Escaped likewise."""
    boost: float


def search_entries(page: Page) -> Iterator[SearchEntry]:
    """The entries of one page; none for a redirect."""
    if page.kind == "redirect":
        return
    boost = BOOST.get(page.kind, 1.0)
    yield {"location": page.uri, "title": escape(page.title), "text": escape(page.description), "boost": boost}
    if page.kind not in SEARCHED_BY_SECTION:
        return
    for section in page.sections:
        if section.level > 1:
            location = f"{page.uri}#{section.id}"
            yield {"location": location, "title": escape(section.title), "text": section.escaped_text, "boost": boost}
