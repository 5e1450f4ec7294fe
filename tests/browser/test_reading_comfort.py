"""What makes reading easier: links that are copied, progress, a remembered scheme; and that none of it is needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import sites
from browser.conftest import Reader
from casebook.book import Casebook
from casebook.pipeline import load_casebook

CASE = "cases/floor-nap/"
COPIED = "navigator.clipboard.readText()"


@pytest.fixture(scope="session")
def book() -> Casebook:
    loaded = load_casebook(sites.PROJECT / "casefiles")
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


@pytest.fixture
def copier(new_reader: Callable[..., Reader]) -> Reader:
    return new_reader(viewport={"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"])


def test_colour_scheme_is_switched_and_remembered(new_reader: Callable[..., Reader]):
    reader = new_reader(color_scheme="light")
    page = reader.open("")
    switch = page.get_by_role("button", name="Dark mode")
    expect(switch).to_have_attribute("aria-pressed", "false")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    reader.open(CASE)
    expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_role("button", name="Dark mode").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_colour_scheme_follows_the_system_until_it_is_chosen(new_reader: Callable[..., Reader]):
    colours = {}
    for scheme in ("light", "dark"):
        page = new_reader(color_scheme=scheme).open("")
        colours[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        pressed = str(scheme == "dark").lower()
        expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", pressed)
    assert colours["light"] != colours["dark"]


def test_everything_is_readable_without_scripts(new_reader: Callable[..., Reader], book: Casebook):
    reader = new_reader(java_script_enabled=False)
    page = reader.open(CASE)
    case = book.cases["floor-nap"]
    for section in case.body:
        expect(page.locator(f"#{section.id} h2")).to_be_visible()
        expect(page.locator(f"#{section.id} p").first).to_be_visible()
    for event in case.events:
        expect(page.locator(f"#{event.id} h3")).to_be_visible()
    for quote in case.quotes:
        expect(page.locator(f"#{quote.id} .orig")).to_be_visible()
    for claim in case.claims:
        expect(page.locator(f"#{claim.id} h3")).to_be_visible()
    page.locator("header").get_by_role("link", name="Timeline").click()
    expect(page.locator("main li h3").first).to_be_visible()


def test_number_of_a_paragraph_is_a_link_to_it(reader: Reader):
    page = reader.open(CASE)
    number = page.locator("a.pn").nth(3)
    anchor = number.get_attribute("href")
    number.click()
    expect(page).to_have_url(f"{reader.address}{CASE}{anchor}")
    expect(page.locator(anchor)).to_be_in_viewport()


def said(page: Page) -> str:
    return page.locator(".cb-said").inner_text()


def test_number_of_a_paragraph_copies_its_link_and_says_so(copier: Reader):
    page = copier.open(CASE)
    number = page.locator("a.pn").nth(2)
    anchor = number.get_attribute("href")
    number.click()
    expect(page.locator(".cb-said")).to_have_text("Link copied")
    expect(page.locator(".cb-said")).to_have_attribute("role", "status")
    assert page.evaluate(COPIED) == f"{copier.address}{CASE}{anchor}"
    expect(page).to_have_url(f"{copier.address}{CASE}{anchor}")


def test_link_of_a_paragraph_is_copied_by_keyboard(copier: Reader):
    page = copier.open(CASE)
    page.locator("a.pn").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cb-said")).to_have_text("Link copied")


def test_link_opened_elsewhere_is_not_copied(copier: Reader):
    page = copier.open(CASE)
    with page.context.expect_page():
        page.locator("a.pn").nth(1).click(modifiers=["ControlOrMeta"])
    assert said(page) == ""


@pytest.mark.parametrize(
    ("selector", "name"),
    [("#timeline .tl > li", "event"), (".quotes > li", "quote"), (".claim", "claim"), (".reading", "reading")],
)
def test_events_quotes_and_claims_show_a_link_to_themselves(copier: Reader, selector: str, name: str):
    page = copier.open(CASE)
    things = page.locator(f"{selector}[id]")
    assert things.count() > 0
    for thing in things.all():
        expect(thing.get_by_role("link", name=f"Link to this {name}")).to_have_count(1)
    first = things.first
    first.get_by_role("link", name=f"Link to this {name}").click()
    expect(page.locator(".cb-said")).to_have_text("Link copied")
    assert page.evaluate(COPIED) == f"{copier.address}{CASE}#{first.get_attribute('id')}"


def test_link_without_a_clipboard_is_a_link(reader: Reader):
    page = reader.open(CASE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    number = page.locator("a.pn").first
    number.click()
    expect(page).to_have_url(f"{reader.address}{CASE}{number.get_attribute('href')}")
    assert said(page) == ""


def test_copy_button_copies_what_it_names(copier: Reader):
    page = copier.open(CASE)
    button = page.locator("button.copy").first
    expect(button).to_be_visible()
    text = page.locator(button.get_attribute("data-copy") or "").inner_text().strip()
    button.click()
    expect(page.locator(".cb-said")).to_have_text("Copied")
    assert page.evaluate(COPIED) == text


def test_no_button_is_shown_that_does_nothing_without_scripts(new_reader: Callable[..., Reader]):
    reader = new_reader(java_script_enabled=False)
    for uri in (CASE, "", "timeline/", "quotes/", "nowhere/at/all/"):
        page = reader.open(uri)
        expect(page.locator("main")).to_be_visible()
        assert [button.inner_text() for button in page.get_by_role("button").all() if button.is_visible()] == [], uri


def progress(page: Page) -> float:
    page.wait_for_timeout(120)
    matrix = page.evaluate("getComputedStyle(document.querySelector('.cb-header'), '::after').transform")
    return float(matrix.partition("(")[2].partition(",")[0])


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_progress_tells_how_much_was_read(new_reader: Callable[..., Reader], motion: str):
    page = new_reader(viewport={"width": 1280, "height": 800}, reduced_motion=motion).open(CASE)
    assert progress(page) < 0.01
    page.evaluate("scrollTo(0, (document.documentElement.scrollHeight - innerHeight) / 2)")
    assert 0.45 < progress(page) < 0.55
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert progress(page) > 0.99


def test_pages_that_are_not_read_through_show_no_progress(reader: Reader):
    for uri in ("", "timeline/", "people/lei-jun/"):
        page = reader.open(uri)
        assert page.evaluate("getComputedStyle(document.querySelector('.cb-header'), '::after').content") == "none", uri


def test_nothing_moves_by_itself_for_those_who_asked_for_rest(new_reader: Callable[..., Reader]):
    page = new_reader(reduced_motion="reduce").open(CASE)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = page.evaluate(
        "document.getAnimations().filter(animation => animation.timeline === document.timeline && animation.playState === 'running').length"
    )
    assert moving == 0


def test_nothing_moves_when_the_scripts_have_come(reader: Reader):
    page = reader.open(CASE)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 300);
        })"""
    )
    assert shift < 0.02


def test_remembered_scheme_is_there_before_the_first_paint(new_reader: Callable[..., Reader]):
    reader = new_reader(color_scheme="light")
    page = reader.open("")
    page.get_by_role("button", name="Dark mode").click()
    page.route("**/shell.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    reader.open(CASE)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_colour_of_the_browser_follows_the_chosen_scheme(new_reader: Callable[..., Reader]):
    page = new_reader(color_scheme="light").open("")
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.content)"
    assert page.evaluate(colours) == ["#ffffff", "#14161b"]
    page.get_by_role("button", name="Dark mode").click()
    assert page.evaluate(colours) == ["rgb(20, 22, 27)"] * 2


def test_correction_is_suggested_for_a_page_and_for_a_paragraph(
    new_reader: Callable[..., Reader], tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]
):
    site = sites.published_site(tmp_path_factory)
    page = new_reader(address=serve(site), viewport={"width": 1280, "height": 800}).open("cases/bench-photo/")
    page_address = "https%3A%2F%2Fexample.org%2Fbook%2Fcases%2Fbench-photo%2F"
    paragraph = page.locator("p:has(> a.pn)").nth(1)
    link = paragraph.get_by_text("Suggest a correction to paragraph 2")
    expect(link).to_be_hidden()
    paragraph.hover()
    expect(link).to_be_visible()
    anchor = paragraph.get_attribute("id")
    href = link.get_attribute("href") or ""
    assert href.startswith("https://example.org/new?title=")
    assert href.endswith(f"&body={page_address}%23{anchor}")
    assert "%2C%20paragraph%202&" in href
    paragraph.locator("a.pn").focus()
    page.mouse.move(0, 0)
    expect(link).to_be_visible()


def test_no_correction_is_suggested_where_nobody_would_get_it(reader: Reader):
    page = reader.open(CASE)
    expect(page.get_by_text("Suggest a correction")).to_have_count(0)
