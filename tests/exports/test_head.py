"""What stands in the head of a page: Open Graph's tags, the card, the linked data."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import CASE, READING_LIST, load
from casebook.exports.head import page_head
from casebook.exports.site import Site
from casebook.pipeline import build_pages
from casebook.views.page import UNLISTED
from hostile import PAYLOADS
from linked_data import blocks
from unit.test_hostile_text import MORE, REGISTRIES, with_words

KNOWN = Site("A casebook", "https://example.org/book/")
UNKNOWN = Site("A casebook")


def book_of(case_text=CASE, **registries):
    found = load(cases={"first-case": case_text}, registries=registries, readings={"seminar": READING_LIST})
    assert found.casebook is not None, [str(problem) for problem in found.problems]
    return found.casebook


@pytest.fixture(scope="module")
def book():
    return book_of(CASE + 'updated: "2024-06-05"\n')


def tags(book, uri, site):
    """Name or property of each `meta` element, and what it says."""
    page = next(spec for spec in build_pages(book) if spec.uri == uri).build()
    found = LexborHTMLParser(f"<head>{page_head(book, page, site)}</head>").css("meta")
    named = [(node.attributes.get("property") or node.attributes["name"], node.attributes["content"]) for node in found]
    return [(name, content) for name, content in named if name.startswith(("og:", "article:", "twitter:"))]


def test_case_is_an_article_with_its_dates_and_themes(book):
    assert tags(book, "cases/first-case/", KNOWN) == [
        ("og:type", "article"),
        ("og:site_name", "A casebook"),
        ("og:title", "The first case"),
        ("og:description", "A founder promises something and is quoted."),
        ("og:locale", "en_GB"),
        ("og:url", "https://example.org/book/cases/first-case/"),
        ("article:published_time", "2024-06-01"),
        ("article:modified_time", "2024-06-05"),
        ("article:section", "Cases"),
        ("article:tag", "Labour"),
        ("og:image", "https://example.org/book/cards/cases/first-case.png"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "“The first case”, 10 January 2024, with a strip of the case’s events"),
        ("twitter:card", "summary_large_image"),
    ]


def test_page_without_a_card_of_its_own_shows_the_sites(book):
    found = dict(tags(book, "people/ada/", KNOWN))
    assert found["og:type"] == "website"
    assert found["og:image"] == "https://example.org/book/cards/site.png"
    assert dict(tags(book, "readings/seminar/", KNOWN))["og:image"].endswith("/cards/readings/seminar.png")


def test_nothing_is_addressed_where_the_address_of_the_site_is_not_known(book):
    found = dict(tags(book, "cases/first-case/", UNKNOWN))
    assert {"og:url", "og:image", "og:image:alt"} & set(found) == set()
    assert found["twitter:card"] == "summary"
    assert found["og:title"] == "The first case"


def test_every_page_has_a_title_and_at_most_one_block_of_data(book):
    for spec in build_pages(book):
        head = str(page_head(book, spec.build(), KNOWN))
        assert head.count('property="og:title"') == 1, spec.uri
        assert len(blocks(head)) == (spec.kind not in UNLISTED), spec.uri


def test_correction_of_a_case_without_a_date_of_change_changes_no_tag():
    found = dict(tags(book_of(), "cases/first-case/", KNOWN))
    assert "article:modified_time" not in found


def heads(words):
    """Every page's head, in a casebook whose plain words are all these words, as a browser would build it."""
    found = load(
        cases={"first-case": with_words(CASE + MORE, words)},
        registries={name: with_words(text, words) for name, text in REGISTRIES.items()},
        readings={"seminar": with_words(READING_LIST, words)},
    ).casebook
    assert found is not None
    for spec in build_pages(found):
        yield (
            spec.uri,
            LexborHTMLParser(f"<!doctype html><head>{page_head(found, spec.build(), KNOWN)}</head><body></body>"),
        )


@pytest.fixture(scope="module")
def harmless():
    return {uri: shape(tree) for uri, tree in heads("harmless")}


def shape(tree):
    """The elements of a whole page with the names of their attributes."""
    return [(node.tag, sorted(node.attributes)) for node in tree.root.traverse(include_text=False)]


# One of every family of tricks: each renders all pages.
@pytest.mark.parametrize("payload", [*PAYLOADS[::8], "'\"></script><script>alert(1)</script><meta http-equiv=refresh>"])
def test_payload_in_every_field_of_words_changes_no_element_of_any_head(payload, harmless):
    assert {uri: shape(tree) for uri, tree in heads(payload)} == harmless
