"""Resting on a link shows what stands at its end, for the mouse and for the keyboard, and never gets in the way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Reader

CASE = "cases/floor-nap/"
PERSON = "main .essay a[href$='people/lei-jun/']"


def panel_of(page: Page) -> Locator:
    return page.locator(".cb-preview")


def rest_on(page: Page, selector: str) -> Locator:
    link = page.locator(selector).first
    link.scroll_into_view_if_needed()
    link.hover()
    return link


def test_mouse_that_rests_on_a_name_shows_who_it_is(reader: Reader):
    page = reader.open(CASE)
    link = rest_on(page, PERSON)
    panel = panel_of(page)
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Person")
    expect(panel).to_contain_text("Lei Jun 雷军")
    expect(panel.locator("[lang=zh-Hans]")).to_have_text("雷军")
    expect(panel).to_contain_text("Founder and chief executive of Xiaomi")
    link.click()
    expect(page).to_have_url(f"{reader.address}people/lei-jun/")


def test_mouse_that_passes_shows_nothing(reader: Reader):
    page = reader.open(CASE)
    rest_on(page, PERSON)
    page.mouse.move(2, 400)
    page.wait_for_timeout(600)
    expect(panel_of(page)).to_be_hidden()


def test_panel_stays_while_the_mouse_is_on_it_and_goes_when_it_leaves(reader: Reader):
    page = reader.open(CASE)
    rest_on(page, PERSON)
    expect(panel_of(page)).to_be_visible()
    panel_of(page).hover()
    page.wait_for_timeout(500)
    expect(panel_of(page)).to_be_visible()
    page.mouse.move(2, 790)
    expect(panel_of(page)).to_be_hidden()


def test_escape_puts_it_away_and_leaves_the_focus(reader: Reader):
    page = reader.open(CASE)
    focus_by_keyboard(page, PERSON)
    expect(panel_of(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel_of(page)).to_be_hidden()
    expect(page.locator(PERSON).first).to_be_focused()


def focus_by_keyboard(page: Page, selector: str) -> None:
    """Tab onto a link: only then does the browser call the focus visible."""
    page.locator(selector).first.evaluate(
        """link => {
          const all = [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter(e => e.checkVisibility());
          all[all.indexOf(link) - 1].focus();
        }"""
    )
    page.keyboard.press("Tab")
    expect(page.locator(selector).first).to_be_focused()


def test_focus_shows_it_and_going_on_hides_it(reader: Reader):
    page = reader.open(CASE)
    focus_by_keyboard(page, PERSON)
    expect(panel_of(page)).to_contain_text("雷军")
    page.locator("a.pn").first.focus()
    expect(panel_of(page)).to_be_hidden()


def test_enter_follows_at_once(reader: Reader):
    page = reader.open(CASE)
    focus_by_keyboard(page, PERSON)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{reader.address}people/lei-jun/")


def test_quote_shows_both_languages_and_how_it_was_checked(reader: Reader):
    page = reader.open(CASE)
    rest_on(page, "main .essay a[href='#q-in-the-way']")
    panel = panel_of(page)
    expect(panel).to_contain_text("As reported")
    expect(panel.locator(".said")).to_have_attribute("lang", re.compile("^zh"))
    expect(panel.locator(".said")).to_contain_text("我們工廠是現代化工廠")
    expect(panel).to_contain_text("Our factory is a modern one")
    expect(panel).to_contain_text("Lei Jun")


def test_local_anchor_needs_no_request(reader: Reader):
    page = reader.open(CASE)
    page.wait_for_load_state("networkidle")
    asked = reader.fetched()
    rest_on(page, "main .essay a.cite")
    expect(panel_of(page)).to_contain_text("Source")
    assert asked == []


def test_page_is_fetched_once(reader: Reader):
    page = reader.open(CASE)
    asked = reader.fetched()
    for _ in range(2):
        rest_on(page, PERSON)
        expect(panel_of(page)).to_be_visible()
        page.mouse.move(2, 790)
        expect(panel_of(page)).to_be_hidden()
    assert sum(url.endswith("people/lei-jun/") for url in asked) == 1


@pytest.mark.parametrize(
    ("uri", "selector", "words"),
    [
        (CASE, "#related a[href*='cases/']", ["Case"]),
        (CASE, "#lessons .lessons h3 a", ["Lesson"]),
        (CASE, "#claims .claim a[href^='#']", []),
        ("timeline/", "main .tl a[href*='cases/']", []),
        ("people/lei-jun/", "main a[href*='#q-']", ["Quote"]),
        ("lessons/confessed-pose-costs-less/", "main a[href*='cases/'][href*='#']", []),
        (f"{CASE}teach/", "#questions a[href*='#']:not([href^='#'])", []),
        ("", "main a[href*='cases/']", ["Case"]),
    ],
)
def test_every_kind_of_target_has_words(reader: Reader, uri: str, selector: str, words: list[str]):
    page = reader.open(uri)
    if page.locator(selector).count() == 0:
        pytest.fail("no such link stands on this page now")
    rest_on(page, selector)
    expect(panel_of(page)).to_be_visible()
    text = panel_of(page).inner_text()
    assert len(text) > 15
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    ("uri", "selector", "words"),
    [
        ("teach/notes/", "main a[href*='floor-nap/teach/']", r"Teaching note\n+.*\n+.+ · 9 minutes to read the case · 50, 75, 90 minutes in class"),
        ("positions/", "main a[href*='floor-nap/#issue-']", r"Competing readings\n+Does it matter .*\?\n+Lei Jun, Han Han Observation"),
        ("disputed/", "main a[href*='floor-nap/#dispute-1']", r"Disputed\n+Was the picture posed\?\n+That it was posed, on Lei Jun’s word\."),
        ("quotes/", "main a[href*='method/#how-quotes-are-checked']", r"How quotes are checked\n+\w.+"),
        ("organisations/xihua-forensic-centre/", "main a[href*='sources/hk01-chengdu-report/']", r"Source · Hong Kong 01 · 26 February 2026\n+"),
    ],
)  # fmt: skip
def test_preview_says_what_stands_there_and_not_its_title_alone(reader: Reader, uri: str, selector: str, words: str):
    page = reader.open(uri)
    page.locator("main details:not(nav *)").evaluate_all("all => all.forEach(one => { one.open = true; })")
    rest_on(page, selector)
    expect(panel_of(page)).to_be_visible()
    assert re.match(words, panel_of(page).inner_text()), panel_of(page).inner_text()


def test_word_of_the_glossary_is_explained_and_read_out(reader: Reader):
    page = reader.open(CASE)
    link = rest_on(page, "main a.term")
    panel = panel_of(page)
    expect(panel).to_contain_text("Glossary")
    expect(panel).to_have_role("tooltip")
    expect(link).to_have_attribute("aria-describedby", "cb-preview")
    page.keyboard.press("Escape")
    expect(link).not_to_have_attribute("aria-describedby", "cb-preview")


def test_long_preview_is_not_read_out(reader: Reader):
    page = reader.open(CASE)
    link = rest_on(page, PERSON)
    expect(panel_of(page)).to_be_visible()
    expect(panel_of(page)).to_have_attribute("aria-hidden", "true")
    assert link.get_attribute("aria-describedby") is None


def test_panel_has_no_ids_links_or_controls(reader: Reader):
    page = reader.open(CASE)
    rest_on(page, PERSON)
    expect(panel_of(page)).to_be_visible()
    assert panel_of(page).locator("[id], a, button, script, img, svg, [style]").count() == 0


def test_panel_keeps_inside_the_window(new_reader: Callable[..., Reader]):
    page = new_reader(viewport={"width": 700, "height": 500}).open(CASE)
    outside = []
    for link in page.locator("main .essay p a:not(.pn, .cite, .permalink)").all()[:8]:
        page.mouse.move(1, 1)
        link.scroll_into_view_if_needed()
        link.hover()
        page.wait_for_timeout(600)
        if panel_of(page).is_visible():
            box = panel_of(page).bounding_box()
            assert box is not None
            inside = (
                box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 700 and box["y"] + box["height"] <= 500
            )
            outside += [] if inside else [str(box)]
    assert outside == []


@pytest.mark.parametrize(
    "selector", [".cb-header a[href$='timeline/']", "footer a[href$='glossary/']", ".cb-toc a", "a.pn", ".permalink"]
)
def test_ways_through_the_site_have_none(reader: Reader, selector: str):
    page = reader.open(CASE)
    rest_on(page, selector)
    page.wait_for_timeout(700)
    expect(panel_of(page)).to_be_hidden()


def test_what_is_in_view_has_none(reader: Reader):
    page = reader.open(CASE)
    page.evaluate(
        """() => {
          const link = document.querySelector("main .essay a.cite");
          document.querySelector("#sources").before(link);
          link.href = "#" + document.querySelector("#sources li").id;
          link.id = "moved";
        }"""
    )
    page.locator("#sources li").first.scroll_into_view_if_needed()
    rest_on(page, "#moved")
    page.wait_for_timeout(700)
    expect(panel_of(page)).to_be_hidden()


def test_finger_shows_none(new_reader: Callable[..., Reader]):
    page = new_reader(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).open(CASE)
    link = page.locator("main .essay a[href^='#q-']").first
    link.scroll_into_view_if_needed()
    link.tap()
    page.wait_for_timeout(700)
    expect(panel_of(page)).to_be_hidden()


def test_nothing_is_fetched_for_those_who_save_data(reader: Reader):
    page = reader.open(CASE)
    page.evaluate("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    asked = reader.fetched()
    rest_on(page, PERSON)
    page.wait_for_timeout(700)
    expect(panel_of(page)).to_be_hidden()
    assert asked == []


def test_hostile_words_of_a_page_stay_words(reader: Reader):
    page = reader.open(CASE)
    hostile = "<main><div class=head><p class=rec>Person</p><h1>&lt;img src=x onerror=alert(1)&gt;</h1><p class=dek>x<script>alert(1)</script></p></div></main>"
    page.route(
        "**/people/lei-jun/",
        lambda route: route.fulfill(body=f"<!doctype html><body>{hostile}", content_type="text/html"),
    )
    rest_on(page, PERSON)
    expect(panel_of(page)).to_contain_text("<img src=x onerror=alert(1)>")
    assert panel_of(page).locator("img, script").count() == 0
    assert "alert(1)x" not in panel_of(page).inner_text()
