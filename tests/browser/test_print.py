"""What comes out of the printer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import Reader

CASE = "cases/floor-nap/"
SHELL = ".cb-header, .cb-toc, .cb-toc-m, .cb-footer, .cb-find, .edit, .permalink, .suggest, .copy, .cb-said, .cb-preview, form"


@pytest.mark.parametrize(
    "uri",
    [
        CASE,
        f"{CASE}teach/",
        f"{CASE}so-far/",
        f"{CASE}what-followed/",
        "timeline/",
        "lessons/",
        "claims/",
        "quotes/",
        "people/lei-jun/",
        "sources/",
        "glossary/",
    ],
)
def test_only_the_text_is_printed(reader: Reader, uri: str):
    page = reader.open(uri)
    page.emulate_media(media="print")
    assert [
        part.evaluate("e => e.outerHTML.slice(0, 60)") for part in page.locator(SHELL).all() if part.is_visible()
    ] == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_dark_screen_prints_on_white_paper(reader: Reader):
    page = reader.open(CASE)
    page.get_by_role("button", name="Dark mode").click()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 24, 29)"


def test_numbers_of_paragraphs_are_printed(reader: Reader):
    page = reader.open(CASE)
    page.emulate_media(media="print")
    expect(page.locator("a.pn").first).to_be_visible()


def test_addresses_of_sources_are_printed(reader: Reader):
    page = reader.open(CASE)
    page.emulate_media(media="print")
    link = page.locator("#sources .src a[href^=http]").first
    printed = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert re.search(re.escape(link.get_attribute("href") or ""), printed)


def test_nothing_is_cut_off_at_the_edge_of_the_paper(reader: Reader):
    reader.page.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
    wide = {}
    for uri in (
        CASE,
        f"{CASE}teach/",
        f"{CASE}so-far/",
        f"{CASE}what-followed/",
        "timeline/",
        "lessons/",
        "claims/",
        "quotes/",
        "people/lei-jun/",
    ):
        page = reader.open(uri)
        page.emulate_media(media="print")
        out = page.evaluate(
            """() => [...document.querySelectorAll("main *")]
              .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("svg, .vh, thead"))
              .map(e => e.outerHTML.slice(0, 80)).slice(0, 3)"""
        )
        if out:
            wide[uri] = out
        page.emulate_media(media="screen")
    assert wide == {}
