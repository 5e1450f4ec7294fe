"""Somebody reads the site: by clicking, by keyboard, on a telephone, without scripts."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import sites
from browser.conftest import Reader
from casebook.book import Casebook
from casebook.pipeline import build_pages, load_casebook

CASE = "cases/floor-nap/"


@pytest.fixture(scope="session")
def book() -> Casebook:
    loaded = load_casebook(sites.PROJECT / "casefiles")
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


@pytest.fixture(scope="session")
def one_of_each(book: Casebook) -> list[str]:
    """A page of every kind, the longest word of its family not excepted: the first and the last of each."""
    kinds: dict[str, list[str]] = {}
    for spec in build_pages(book):
        kinds.setdefault(spec.kind, []).append(spec.uri)
    chosen = [uri for uris in kinds.values() for uri in dict.fromkeys((uris[0], uris[-1]))]
    return [*chosen, "method/", "contribute/", "architecture/", "nowhere/at/all/"]


def test_walk_from_home_to_a_case_a_person_a_quote_and_its_source(reader: Reader, book: Casebook):
    page = reader.open("")
    page.locator("main").get_by_role("link", name="All cases", exact=True).click()
    page.locator("main").get_by_role("link", name="The floor nap", exact=True).first.click()
    expect(page).to_have_url(f"{reader.address}{CASE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("The floor nap")

    page.locator("#cast").get_by_role("link", name="Lei Jun", exact=True).click()
    expect(page).to_have_url(f"{reader.address}people/lei-jun/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("雷军")

    quote = page.locator("#quotes li", has_text="照片确实是摆拍").first
    quote.get_by_role("link", name="The floor nap").click()
    expect(page).to_have_url(f"{reader.address}{CASE}#q-posed")
    expect(page.locator("#q-posed")).to_be_in_viewport()

    page.locator("#q-posed .meta a[href^='#source-']").click()
    entry = page.locator("#source-wechat-posed")
    expect(entry).to_be_in_viewport()
    entry.get_by_role("link", name="What rests on it").click()
    expect(page).to_have_url(f"{reader.address}sources/wechat-posed/")
    expect(page.locator("main")).to_contain_text(book.cases["floor-nap"].title)


def test_nothing_sticks_out_of_a_telephone(new_reader: Callable[..., Reader], one_of_each: list[str]):
    reader = new_reader(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wide = {}
    for uri in one_of_each:
        page = reader.open(uri)
        measured = page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth, out = [];
              for (const element of document.querySelectorAll("main *, header *, footer *")) {
                const box = element.getBoundingClientRect();
                if (box.width && box.right > width + 1) out.push(element.outerHTML.slice(0, 90));
              }
              return [document.documentElement.scrollWidth - width, width, out.slice(0, 3)];
            }"""
        )
        if measured[0] > 0 or measured[1] != 390:
            wide[uri] = measured
    assert wide == {}


def test_every_kind_of_page_works_under_a_strict_policy(reader: Reader, one_of_each: list[str]):
    for uri in one_of_each:
        page = reader.open(uri)
        expect(page.locator("h1")).to_have_count(1)
        reader.note_violations()
        assert reader.complaints == [], uri


def test_link_to_an_event_opens_at_the_event(reader: Reader):
    page = reader.open(f"{CASE}#admission")
    expect(page.locator("#admission")).to_be_in_viewport()


def test_old_address_offers_the_new_one(new_reader: Callable[..., Reader], book: Casebook):
    aliases = [(alias, case.id) for case in book.cases.values() for alias in case.aliases]
    for alias, case in aliases:
        page = new_reader().open(f"cases/{alias}/")
        page.locator("main a").first.click()
        expect(page).to_have_url(re.compile(f"/cases/{case}/$"))


def test_site_below_a_path_is_searched_and_remembers_there(
    new_reader: Callable[..., Reader], tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]
):
    site = sites.published_site(tmp_path_factory)
    reader = new_reader(address=serve(site))
    page = reader.open("cases/bench-photo/#gate")
    expect(page.locator("#gate")).to_be_in_viewport()
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("textbox").fill("notebook")
    page.get_by_role("dialog").locator("ol a").first.click()
    expect(page).to_have_url(re.compile("/book/"))
    expect(page.locator("main")).to_contain_text("notebook")
    page.get_by_role("button", name="Dark mode").click()
    page.locator("a.cb-brand").click()
    expect(page).to_have_url(re.compile("/book/(index.html)?$"))
    expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        ("fetch('https://example.org/').catch(() => 0)", "connect-src https://example.org/"),
        ("console.error('lost')", "console: lost"),
        ("setTimeout(() => { throw new Error('broken') })", "error: "),
        ("document.body.append(Object.assign(new Image(), {src: '/nothing.ico'}))", "404"),
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr inline"),
    ],
)
def test_nothing_that_goes_wrong_on_a_page_goes_unnoticed(reader: Reader, deed: str, complaint: str):
    """What the other tests rest on: each of them fails when a page complains."""
    page = reader.open("method/")
    assert reader.complaints == []
    page.evaluate(f"() => {{ {deed}; }}")
    limit = time.monotonic() + 15
    while complaint not in "\n".join(reader.complaints) and time.monotonic() < limit:
        page.wait_for_timeout(50)
        reader.note_violations()
    assert complaint in "\n".join(reader.complaints)
    reader.complaints.clear()
    page.evaluate("window.violations = []")
