"""The links between the pages of a listing do not grow with the listing."""

from __future__ import annotations

import pytest

import builders
from casebook.book import Casebook
from casebook.views.page import Slice
from casebook.views.rendering import PAGES_OFFERED, View, pager_links


@pytest.fixture
def book() -> Casebook:
    loaded = builders.load()
    assert loaded.casebook is not None
    return loaded.casebook


def offered(book: Casebook, number: int, count: int) -> list[int]:
    links = View(book, "quotes/").pager(Slice("quotes/", number, count, 0, 0), "quotes/")
    return [int(link.label) for link in links]


def test_a_short_listing_leads_to_all_its_pages(book: Casebook):
    assert offered(book, 2, PAGES_OFFERED) == list(range(1, PAGES_OFFERED + 1))


def test_a_long_listing_leads_to_its_ends_to_pages_near_by_and_to_some_far_away(book: Casebook):
    assert offered(book, 26, 53) == [1, 16, 24, 25, 26, 27, 28, 36, 53]
    assert offered(book, 1, 53) == [1, 2, 3, 11, 53]


@pytest.mark.parametrize("number", [1, 500, 1000])
def test_a_very_long_listing_leads_to_no_more_pages_than_a_short_one(book: Casebook, number: int):
    assert len(offered(book, number, 1000)) <= PAGES_OFFERED


def test_the_current_page_of_a_long_listing_is_marked(book: Casebook):
    links = View(book, "quotes/pages/26/").pager(Slice("quotes/pages/26/", 26, 53, 0, 0), "quotes/")
    html = pager_links(links, 26)
    assert html.count('aria-current="page"') == 1
    assert 'aria-current="page">26</a>' in html
