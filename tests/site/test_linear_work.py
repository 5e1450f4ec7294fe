"""Work grows with the number of cases and no faster. Calls are counted, since time measures the neighbours too."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from casebook.book import Casebook
from casebook.exports.head import page_head
from casebook.exports.site import Site
from casebook.pipeline import build_pages, load_casebook
from casebook.views.page import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from make_cases import write_casefiles

FEW, MANY = 60, 180
"""From sixty cases on, the pages below are full: what more cases bring stands on further pages."""
MORE = 1.05
"""A filter offers more values, up to its limit, and a long listing leads to more pages, likewise."""
FULL_PAGES = (
    "timeline/",
    "quotes/",
    "claims/",
    "people/person-0/",
    "cases/case-7/",
    "cases/case-7/teach/",
    "teach/builder/",
)


def calls(work: Callable[[], Any]) -> int:
    """How many functions, generators and built-ins a piece of work calls."""
    count = 0

    def listen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


class Measured:
    """A casebook of some size: what it costs to read, and to make a page of it."""

    def __init__(self, folder: Path, count: int) -> None:
        write_casefiles(folder, count)
        self.loading = calls(lambda: self._load(folder)) / count
        self.builders = {spec.uri: spec.build for spec in build_pages(self.book)}

    def _load(self, folder: Path) -> None:
        casebook = load_casebook(folder / "casefiles").casebook
        assert casebook is not None
        self.book: Casebook = casebook

    def page(self, uri: str) -> tuple[int, int]:
        """Calls for a page whose listing has been counted and sorted for another page of it, and the page's weight."""
        self._made(uri)
        return calls(lambda: self._made(uri)), len(self._made(uri))

    def _made(self, uri: str) -> str:
        page: Page = self.builders[uri]()
        return f"{page.render()}{page_head(self.book, page, Site('Test'))}"


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, Measured]:
    few, many = (Measured(tmp_path_factory.mktemp("cases"), count) for count in (FEW, MANY))
    return few, many


def test_reading_a_case_costs_no_more_among_many(sizes: tuple[Measured, Measured]):
    few, many = sizes
    assert many.loading < few.loading * MORE


@pytest.mark.parametrize("uri", FULL_PAGES)
def test_a_page_costs_and_weighs_no_more_among_many(sizes: tuple[Measured, Measured], uri: str):
    few, many = sizes
    (few_calls, few_weight), (many_calls, many_weight) = few.page(uri), many.page(uri)
    assert many_calls < few_calls * MORE
    assert many_weight < few_weight * MORE
