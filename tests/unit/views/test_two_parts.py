"""The first part of a case tells nothing that came later: held against every case that has two parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builders import case, load, other_case
from casebook.book import Casebook
from casebook.exports.head import page_head
from casebook.exports.search import search_entries
from casebook.exports.site import Site
from casebook.model import Case
from casebook.pipeline import build_pages, load_casebook
from casebook.prose import plain_text
from casebook.two_parts import TwoParts, is_known, two_parts
from casebook.views.page import Page
from casebook.views.two_parts import so_far_uri, what_followed_uri
from sites import EXAMPLE, PROJECT

SITE = Site("A book", "https://example.org/")


def _books() -> Iterator[Casebook]:
    for project in (PROJECT, EXAMPLE):
        book = load_casebook(project / "casefiles").casebook
        assert book is not None
        yield book


PAUSED = [(book, case, parts) for book in _books() for case in book.cases.values() if (parts := two_parts(case))]
BY_CASE = pytest.mark.parametrize(("book", "case", "parts"), PAUSED, ids=[case.id for _, case, _ in PAUSED])


def built(book: Casebook, uri: str) -> Page:
    return next(spec.build() for spec in build_pages(book, SITE.url) if spec.uri == uri)


def told(book: Casebook, case: Case) -> str:
    """All that the first part says: on the page, in its head and to whoever links to it."""
    page = built(book, so_far_uri(case))
    return f"{page.title} {page.description} {plain_text(page.render())} {page_head(book, page, SITE)}"


def later_words_of_guests(book: Casebook, parts: TwoParts) -> Iterator[str]:
    """What became later of claims that the case settles for another, and claims that were not made yet."""
    for item in book.claims[parts.case.id]:
        if item.case is not parts.case:
            known = is_known(item.claim.made_on, parts.pause)
            yield from () if known else (item.claim.text,)
            yield from (step.note for step in item.claim.history if not is_known(step.on, parts.pause))


def later_words(parts: TwoParts) -> Iterator[str]:
    """What is written about later things, and what is written with hindsight."""
    case, then = parts.case, parts.then
    yield from (event.title for event in then.events)
    for quote in then.quotes:
        yield quote.exact
        yield quote.translation.text if quote.translation else quote.exact
    known = {claim.id: len(claim.history) for claim in parts.so_far.claims}
    for claim in case.claims:
        yield from (step.note for step in claim.history[known.get(claim.id, 0) :])
        if claim.id not in known:
            yield claim.text
    yield from (section.heading for section in then.sections)
    yield from (event.detail for event in case.events if event.detail)
    yield from (quote.note for quote in case.quotes if quote.note)
    yield from (position.stance for position in case.positions)
    yield from (correction.what for correction in case.corrections)
    yield from (*case.glance, case.dek)


def test_every_real_case_has_two_parts():
    real = next(_books())
    assert {case.id for _, case, _ in PAUSED} >= set(real.cases)


@BY_CASE
def test_first_part_says_nothing_that_came_later(book, case, parts):
    shown = told(book, case)
    later = (*later_words(parts), *later_words_of_guests(book, parts))
    assert [words for words in later if words in shown] == []


@BY_CASE
def test_first_part_links_to_nothing_later_by_its_anchor(book, case, parts):
    html = str(built(book, so_far_uri(case)).render())
    later = {one.id for kind in (parts.then.events, parts.then.quotes) for one in kind}
    assert [anchor for anchor in later if f'#{anchor}"' in html] == []


@BY_CASE
def test_first_part_shows_each_claim_as_it_stood(book, case, parts):
    html = str(built(book, so_far_uri(case)).render())
    for claim in parts.so_far.claims:
        status = claim.history[-1].status if claim.history else "pending"
        article = html.partition(f'<article class="claim" id="{claim.id}">')[2].partition("</article>")[0]
        assert f'class="st st-{status}"' in article


@BY_CASE
def test_first_part_is_not_headed_by_the_title_of_the_case(book, case, parts):
    page = built(book, so_far_uri(case))
    assert case.title not in page.title + str(page.lead)


@BY_CASE
def test_first_part_leads_to_the_second_and_says_openly_where_the_whole_case_is(book, case, parts):
    html = str(built(book, so_far_uri(case)).render())
    assert f'href="../../../{what_followed_uri(case)}"' in html
    assert f'<a href="../../../cases/{case.id}/">The whole case</a>' in html


@BY_CASE
def test_second_part_shows_all_that_the_first_does_not(book, case, parts):
    html = str(built(book, what_followed_uri(case)).render())
    rest = [*parts.then.events, *parts.then.quotes, *parts.then.claims, *parts.then.sections]
    assert [one.id for one in rest if f'id="{one.id}"' not in html] == []


@BY_CASE
def test_paragraphs_have_the_numbers_and_addresses_that_they_have_in_the_case(book, case, parts):
    whole = str(built(book, f"cases/{case.id}/").render())
    pages = str(built(book, so_far_uri(case)).render()) + str(built(book, what_followed_uri(case)).render())
    numbers = [piece.partition("</a>")[0] for piece in whole.split('<a class="pn" ')[1:]]
    assert sorted(numbers) == sorted(piece.partition("</a>")[0] for piece in pages.split('<a class="pn" ')[1:])


@BY_CASE
def test_parts_are_in_no_search_index_and_ask_not_to_be_indexed(book, case, parts):
    for uri in (so_far_uri(case), what_followed_uri(case)):
        page = built(book, uri)
        assert list(search_entries(page, book)) == []
        assert '<meta name="robots" content="noindex">' in page_head(book, page, SITE)


@BY_CASE
def test_claim_does_not_lead_to_a_quote_that_the_first_part_does_not_show(book, case, parts):
    html = str(built(book, so_far_uri(case)).render()).partition('id="claims"')[2]
    assert "part two" not in html


def test_both_parts_show_the_promise_of_another_case_that_this_one_settles():
    first = other_case(
        "second-case", ("        note: Delivered.", "        event: first-case#delivered\n        note: Delivered.")
    )
    delivered = "  - {id: delivered, date: '2024-03-20', title: A customer holds it, strand: product, cites: [press-report]}\nquotes:\n"
    pause = '  pause: {after: "2024-01-10", so_far: Ada named a month., ask: Do you believe her?}\n'
    book = load(cases={"first-case": case(("quotes:\n", delivered), more=pause), "second-case": first}).casebook
    for uri, status in (("so-far", "pending"), ("what-followed", "kept")):
        html = str(built(book, f"cases/first-case/{uri}/").render())
        article = html.partition('<article class="claim" id="second-case--c-ship">')[2].partition("</article>")[0]
        assert f'class="st st-{status}"' in article
