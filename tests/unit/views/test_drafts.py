"""Cases that are not published are marked wherever a preview shows them; a published site knows nothing of it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.book import Casebook
from casebook.exports.search import search_entries
from casebook.pipeline import PREVIEW, build_pages


def _book(status: str) -> Casebook:
    second = builders.other_case(
        "second-case", ("title: The first case", "title: The second"), ("status: published", f"status: {status}")
    )
    loaded = builders.load(cases={"first-case": builders.CASE, "second-case": second}, statuses=PREVIEW)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def _page(book: Casebook, uri: str) -> LexborHTMLParser:
    return LexborHTMLParser(str(next(spec for spec in build_pages(book) if spec.uri == uri).build().render()))


LISTINGS = [
    "",
    "cases/",
    "timeline/",
    "quotes/",
    "claims/",
    "teach/notes/",
    "people/ada/",
    "lessons/say-less/",
    "cases/first-case/",
]


@pytest.mark.parametrize(("status", "words"), [("draft", "draft"), ("review", "in review")])
@pytest.mark.parametrize("uri", LISTINGS)
def test_case_is_marked_where_it_is_listed(uri: str, status: str, words: str):
    page = _page(_book(status), uri)
    marked = {link.attributes["href"].split("cases/")[-1].split("/")[0] for link in page.css("a:has(.draft)")}
    assert {mark.text() for mark in page.css("a .draft")} == {words}
    assert marked == {"second-case"}


@pytest.mark.parametrize("uri", ["cases/second-case/", "cases/second-case/teach/"])
def test_its_own_pages_begin_with_a_note(uri: str):
    note = _page(_book("draft"), uri).css_first(".draft-note")
    assert note.text().startswith("Draft, not published.")
    assert note.attributes["role"] == "note"


def test_heading_of_its_rows_says_so():
    assert _page(_book("draft"), "sources/press-report/").css_first("#second-case h2").text() == "The second (draft)"


def test_search_tells_it_beside_the_title():
    book = _book("review")
    entries = [entry for spec in build_pages(book) for entry in search_entries(spec.build(), book)]
    titles = {entry["location"]: entry["title"] for entry in entries}
    assert titles["cases/second-case/"] == "The second (in review)"
    assert titles["cases/first-case/"] == "The first case"


def test_published_casebook_has_no_marks():
    book = _book("published")
    assert not [spec.uri for spec in build_pages(book) if 'class="draft' in spec.build().render()]
