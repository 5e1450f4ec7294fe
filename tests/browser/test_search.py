"""Searching the real casebook, in English and in Chinese: what is found, in what order, and under which heading."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Reader


def query_of(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("textbox")


def search(page: Page, words: str) -> list[tuple[str, list[str]]]:
    """Headings with the titles under them, in order."""
    status = page.locator(".cb-find [role=status]")
    if not page.locator(".cb-find").evaluate("dialog => dialog.open"):
        page.keyboard.press("Control+k")
    query_of(page).fill("")
    expect(status).to_have_text("Type to search")
    query_of(page).fill(words)
    expect(status).not_to_have_text("Type to search")
    groups = page.locator(".cb-find__group").evaluate_all(
        """groups => groups.map(group => [
          group.querySelector("h2").firstChild.data.trim(),
          [...group.querySelectorAll(".cb-find__title")].map(title => title.textContent),
        ])"""
    )
    return [(kind, titles) for kind, titles in groups]


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("雷军", "People", "Lei Jun 雷军"),
        ("雷总", "People", "Lei Jun 雷军"),
        ("Lei Jun", "People", "Lei Jun 雷军"),
        ("lei jun", "People", "Lei Jun 雷军"),
        ("小米", "Organisations", "Xiaomi 小米"),
        ("Xiaomi", "Organisations", "Xiaomi 小米"),
        ("SU7", "Products", "Xiaomi SU7"),
        ("C-NCAP", "Organisations", "C-NCAP"),
        ("courage", "Cases", "Courage"),
        ("floor nap", "Cases", "The floor nap"),
        ("the floor nap", "Cases", "The floor nap"),
        ("work jacket", "Cases", "The work jacket"),
        ("照片确实是摆拍", "Quotes", "照片确实是摆拍，逗大家开心，别当真。"),
        ("confessed lightly posed", "Lessons", None),
    ],
)
def test_what_is_meant_comes_first(reader: Reader, words: str, kind: str, title: str | None):
    found = search(reader.open(""), words)
    assert found[0][0] == kind
    assert title is None or found[0][1][0] == title


def test_other_names_find_their_bearer(reader: Reader):
    page = reader.open("")
    assert ("People", ["Lei Jun 雷军"]) in search(page, "Lei Shen")
    assert dict(search(page, "Lei Bu Si"))["People"] == ["Lei Jun 雷军"]


def test_quote_is_found_by_its_translation_and_opens_at_its_place(reader: Reader):
    page = reader.open("")
    search(page, "modern one tightening screws trouble")
    result = page.get_by_role("group", name="Quotes").get_by_role("link").first
    expect(result).to_contain_text("我們工廠")
    expect(result).to_contain_text("in The floor nap")
    assert result.locator(".cb-find__title").get_attribute("lang") == "zh-Hans"
    result.click()
    expect(page).to_have_url(re.compile(r"/cases/floor-nap/#q-in-the-way$"))
    expect(page.locator("#q-in-the-way")).to_be_in_viewport()


def test_figure_is_found_with_and_without_its_comma(reader: Reader):
    page = reader.open("")
    found = search(page, "100000")
    assert found == search(page, "100,000")
    assert any("100,000" in title for title in dict(found)["Events"])


def test_words_found_are_marked_in_both_scripts(reader: Reader):
    page = reader.open("")
    search(page, "雷军")
    assert "".join(page.locator(".cb-find__title").first.locator("mark").all_inner_texts()) == "雷军"
    search(page, "tighten screws")
    marks = {mark.lower() for mark in page.locator(".cb-find mark").all_inner_texts()}
    assert {"tighten", "screws"} <= marks


def test_what_holds_all_words_hides_what_holds_some(reader: Reader):
    page = reader.open("")
    every = search(page, "work jacket")
    status = page.locator(".cb-find [role=status]")
    some = search(page, "work jacket xyzzyplugh")
    expect(status).to_contain_text("Nothing holds all of these words")
    assert some != []
    assert some != every


def test_number_of_results_is_announced(reader: Reader):
    page = reader.open("")
    search(page, "照片确实是摆拍")
    expect(page.locator(".cb-find").get_by_role("status")).to_have_text("1 result")


def test_further_results_come_when_asked_for_and_take_the_focus(reader: Reader):
    page = reader.open("")
    search(page, "Lei Jun")
    group = page.get_by_role("group", name="Quotes")
    expect(group.get_by_role("link")).to_have_count(5)
    heading = group.get_by_role("heading").inner_text()
    group.get_by_role("button").click()
    expect(group.get_by_role("link")).to_have_count(int(heading.split()[-1]))
    expect(group.get_by_role("link").nth(5)).to_be_focused()


def test_address_with_a_question_opens_the_search(reader: Reader):
    page = reader.open("cases/?q=雷军")
    expect(query_of(page)).to_have_value("雷军")
    expect(page.get_by_role("group", name="People").get_by_role("link")).to_have_count(1)


def test_enter_opens_the_best_result(reader: Reader):
    page = reader.open("")
    search(page, "floor nap")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{reader.address}cases/floor-nap/")


def test_letter_typed_on_a_result_goes_on_with_the_query(reader: Reader):
    page = reader.open("")
    search(page, "tigh")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(query_of(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("t")
    expect(query_of(page)).to_be_focused()
    assert "t" in query_of(page).input_value().replace("tigh", "", 1)


def test_index_and_worker_are_not_fetched_before_somebody_searches(reader: Reader):
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open("cases/floor-nap/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search_index" in url or "worker" in url] == []
    search(page, "nap")
    assert sum("search_index" in url for url in asked) == 1
    search(page, "jacket")
    assert sum("search_index" in url for url in asked) == 1


def test_search_that_cannot_be_loaded_says_so_and_tries_again(reader: Reader):
    page = reader.open("")
    page.route("**/search_index.json", lambda route: route.fulfill(status=200, body="not json"))
    page.keyboard.press("/")
    status = page.locator(".cb-find [role=status]")
    expect(status).to_have_text("Search could not be loaded.")
    page.unroute("**/search_index.json")
    query_of(page).fill("floor nap")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()


def test_mistyped_address_is_offered_as_a_query(new_reader: Callable[..., Reader]):
    reader = new_reader(viewport={"width": 1280, "height": 800})
    page = reader.open("peple/lei-jun/")
    field = page.get_by_label("What it may have been about")
    expect(field).to_have_value("lei jun")
    page.get_by_role("button", name="Search the casebook").click()
    expect(query_of(page)).to_have_value("lei jun")
    page.get_by_role("group", name="People").get_by_role("link").first.click()
    expect(page).to_have_url(f"{reader.address}people/lei-jun/")
    reader.complaints[:] = [text for text in reader.complaints if "404" not in text]


def test_address_that_is_no_text_is_offered_as_far_as_it_can_be_read(new_reader: Callable[..., Reader]):
    reader = new_reader(viewport={"width": 1280, "height": 800})
    page = reader.open("cases/%E0%A4%A-floor-nap%/")
    expect(page.get_by_label("What it may have been about")).to_have_value("floor nap")
    reader.complaints[:] = [text for text in reader.complaints if "404" not in text]


def test_answers_to_words_half_typed_are_not_taken_for_the_last(reader: Reader):
    page = reader.open("")
    page.keyboard.press("/")
    status = page.get_by_role("dialog").get_by_role("status")
    query_of(page).fill("posed")
    expect(status).to_have_text(re.compile(r"\d+ results"))
    expected = status.inner_text()
    query_of(page).fill("")
    expect(status).to_have_text("Type to search")
    query_of(page).evaluate(
        """async field => {
            for (const words of ["p", "po", "pos", "pose", "posed"]) {
                field.value = words;
                field.dispatchEvent(new InputEvent("input", {bubbles: true}));
                for (let n = 0; n < 50; n++) await null;  // asked, and not answered yet
            }
        }"""
    )
    expect(status).to_have_text(re.compile(r"\d+ results"))
    assert status.inner_text() == expected


def test_search_by_keyboard_alone(reader: Reader):
    page = reader.open("")
    page.keyboard.press("/")
    query = query_of(page)
    expect(query).to_be_focused()
    expect(query).to_have_value("")
    page.keyboard.type("hood")
    result = page.get_by_role("dialog").locator("ol a").first
    expect(result).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.href")
    assert chosen.startswith(reader.address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile(f"^{re.escape(chosen.partition('#')[0].partition('?')[0])}"))
    expect(page.locator("main")).to_contain_text(re.compile("hood", re.IGNORECASE))


def test_escape_closes_the_search_and_gives_the_focus_back(reader: Reader):
    page = reader.open("")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


@pytest.mark.parametrize("words", ["hood", "雷军", "摆拍", "posed"])
def test_search_leads_to_a_page_that_holds_the_words(reader: Reader, words: str):
    page = reader.open("")
    page.get_by_role("button", name="Search").click()
    query_of(page).fill(words)
    result = page.get_by_role("dialog").locator("ol a").first
    expect(result).to_be_visible()
    result.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("main")).to_contain_text(re.compile(re.escape(words), re.IGNORECASE))


def test_search_for_what_is_not_there_says_so(reader: Reader):
    page = reader.open("")
    page.get_by_role("button", name="Search").click()
    query_of(page).fill("xyzzyplugh")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Nothing found")


def test_search_works_on_a_page_far_below_the_root(reader: Reader):
    page = reader.open("cases/floor-nap/teach/#questions")
    page.keyboard.press("/")
    query_of(page).fill("jacket")
    page.get_by_role("dialog").locator("ol a").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("jacket", re.IGNORECASE))


def test_page_that_does_not_exist_offers_ways_on(reader: Reader):
    page = reader.open("nowhere/at/all/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("button", name="Search the casebook").click()
    expect(query_of(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All cases").click()
    expect(page).to_have_url(f"{reader.address}cases/")
