"""A class reads a case in two parts and a teacher its note: without scripts, by keyboard, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Reader

TEACH = "cases/floor-nap/teach/"
SO_FAR = "cases/floor-nap/so-far/"
FOLLOWED = "cases/floor-nap/what-followed/"
LATER = ("was posed", "Posed", "More than 100,000 delivered", "jab at Elon Musk", "foam")
"""What nobody could read on 13 November 2024."""


@pytest.fixture
def plain(new_reader: Callable[..., Reader]) -> Reader:
    """A reader without scripts."""
    return new_reader(java_script_enabled=False, viewport={"width": 1280, "height": 800})


def follow(page: Page, name: str, *, presses: int = 400) -> None:
    """Press Tab until a link of this name has the focus, then Enter."""
    link = page.locator("main").get_by_role("link", name=name, exact=True).first
    for _ in range(presses):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no way by keyboard to {name!r}")


def test_without_scripts_a_class_goes_from_the_note_through_the_question_to_the_rest(plain: Reader):
    page = plain.open(TEACH)
    page.get_by_role("link", name="Part one: up to 13 November 2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Up to 13 November 2024")
    expect(page.locator("#part-decision .ask")).to_contain_text("whether the founder really slept there")
    page.get_by_role("link", name="Read what followed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What followed: The floor nap")
    expect(page.locator("#timeline")).to_contain_text("Lei Jun says that the picture was posed")


@pytest.mark.parametrize("words", LATER)
def test_first_part_as_it_was_sent_holds_nothing_later(plain: Reader, words: str):
    assert words not in plain.open(SO_FAR).content()


def test_first_part_says_openly_that_the_whole_case_is_a_link_away(plain: Reader):
    page = plain.open(SO_FAR)
    expect(page.locator(".part-note")).to_contain_text(
        "Nothing is hidden: the whole case, with its sources, is one link away."
    )
    page.get_by_role("link", name="The whole case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The floor nap")


def test_a_link_to_an_event_of_the_first_part_stays_on_it(plain: Reader):
    page = plain.open(SO_FAR)
    page.get_by_role("link", name="he would be a nuisance").click()
    assert page.url.endswith(f"{SO_FAR}#q-in-the-way")


def test_both_parts_are_read_by_keyboard(reader: Reader):
    page = reader.open(TEACH)
    follow(page, "Part one: up to 13 November 2024")
    page.wait_for_url(f"**/{SO_FAR}")
    follow(page, "Read what followed")
    page.wait_for_url(f"**/{FOLLOWED}")
    follow(page, "Part one")
    page.wait_for_url(f"**/{SO_FAR}")


def test_nothing_later_is_shown_when_somebody_rests_on_a_link_of_the_first_part(reader: Reader):
    page = reader.open(SO_FAR)
    page.locator("#part-story").get_by_role("link", name="Lei Jun").hover()
    page.wait_for_timeout(700)  # twice the rest after which a preview would open
    assert page.locator(".cb-preview:popover-open").count() == 0


def test_the_same_link_has_a_preview_in_the_second_part(reader: Reader):
    page = reader.open(FOLLOWED)
    page.locator("main").get_by_role("link", name="Lei Jun").first.hover()
    expect(page.locator(".cb-preview:popover-open")).to_be_visible()


@pytest.mark.parametrize("uri", [SO_FAR, FOLLOWED, TEACH])
def test_nothing_is_wider_than_a_phone(new_reader: Callable[..., Reader], uri: str):
    page = new_reader(viewport={"width": 390, "height": 844}).open(uri)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_opening_one_length_of_the_class_closes_the_other_without_scripts(plain: Reader):
    page = plain.open(TEACH)
    expect(page.locator("#plan-90 table")).to_be_visible()
    page.locator("#plan-50 summary").click()
    expect(page.locator("#plan-50 table")).to_be_visible()
    expect(page.locator("#plan-90 table")).to_be_hidden()


def test_lengths_are_opened_by_keyboard(reader: Reader):
    page = reader.open(TEACH)
    page.locator("#plan-75 summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#plan-75 table")).to_be_visible()


def test_closed_lengths_and_closed_answer_notes_are_not_printed(reader: Reader):
    page = reader.open(TEACH)
    page.locator("#questions summary").first.click()
    page.emulate_media(media="print")
    assert [cut.is_visible() for cut in page.locator("#plan .cut table").all()] == [False, False, True]
    notes = page.locator("#questions .fold > p:first-of-type")
    assert [note.is_visible() for note in notes.all()] == [True, *[False] * (notes.count() - 1)]


def test_board_is_printed_on_one_landscape_sheet_of_its_own(reader: Reader):
    page = reader.open(TEACH)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert [float(width) > float(height) for width, height in sheets].count(True) == 1


def test_the_question_is_printed_with_the_first_part(reader: Reader):
    page = reader.open(SO_FAR)
    page.emulate_media(media="print")
    expect(page.locator("#part-decision .ask")).to_be_visible()
