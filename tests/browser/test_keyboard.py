"""Somebody reads with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Reader

CASE = "cases/floor-nap/"


def test_first_tab_stop_skips_to_the_text(reader: Reader):
    page = reader.open(CASE)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_is_always_visible(reader: Reader):
    page = reader.open(CASE)
    invisible = []
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              return [element.outerHTML.slice(0, 80), outline || style.boxShadow !== "none"];
            }"""
        )
        invisible += [] if shown[1] else [shown[0]]
    assert invisible == []


def test_way_from_the_first_key_to_a_person_through_search(reader: Reader):
    page = reader.open("")
    for name in (
        "Skip to the text",
        "The Founder Casebook",
        "Cases",
        "Timeline",
        "Claims",
        "Lessons",
        "Teach",
        "Search",
    ):
        page.keyboard.press("Tab")
        assert name in focused(page), name
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("lei jun")
    expect(page.get_by_role("group", name="People").get_by_role("link").first).to_contain_text("雷军")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{reader.address}people/lei-jun/")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.getAttribute('aria-label')"))


def test_focus_stays_inside_the_open_search(reader: Reader):
    page = reader.open("")
    page.keyboard.press("/")
    page.keyboard.type("hood")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.cb-find').contains(document.activeElement)")


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_focused_is_hidden_under_the_header(new_reader: Callable[..., Reader], width: int):
    page = new_reader(viewport={"width": width, "height": 640}).open(CASE)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("footer a").first.focus()
    hidden = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => {
              const header = document.querySelector(".cb-header"), element = document.activeElement;
              if (header.contains(element) || !element.closest("main")) return "";
              const { bottom } = element.getClientRects()[0];
              const edge = getComputedStyle(header).position === "sticky" ? header.getBoundingClientRect().bottom : 0;
              return bottom <= edge ? element.outerHTML.slice(0, 80) : "";
            }"""
        )
        hidden += [covered] if covered else []
    assert hidden == []


def test_single_key_can_be_switched_off_and_stays_off(reader: Reader):
    page = reader.open("")
    dialog = page.get_by_role("dialog")
    page.keyboard.press("Control+k")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(dialog).to_be_hidden()
    expect(page.locator(".cb-search")).to_have_attribute("aria-keyshortcuts", "Control+K Meta+K")
    reader.open(CASE)
    expect(page.locator(".cb-search kbd")).to_be_hidden()
    page.keyboard.press("/")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(dialog).to_be_visible()


def test_letters_are_no_shortcuts(reader: Reader):
    page = reader.open("")
    for key in ("f", "s", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_key_of_the_search_is_a_letter_in_a_field(reader: Reader):
    page = reader.open("nowhere/at/all/")
    page.get_by_label("What it may have been about").fill("")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("What it may have been about")).to_have_value("/")


def test_buttons_and_links_of_the_shell_are_large_enough(reader: Reader):
    page = reader.open(CASE)
    page.keyboard.press("/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .cb-header a, .cb-find label, .permalink")]
          .filter(element => element.checkVisibility())
          .map(element => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []
