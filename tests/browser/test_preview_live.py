"""The preview in a browser: an open page says what was saved wrong, and forgets it when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from browser.conftest import Reader
from browser.test_accessibility import in_each_look
from casebook.pipeline import PREVIEW, load_casebook
from previews import DEADLINE, BrokenSave, Preview, broken_saves, real_project

OTHERS = {
    "": "Newest cases", "method/": "How quotes are checked", "timeline/": "Timeline", "people/lei-jun/": "Lei Jun",
    "problems/": "Problem codes", "casefiles/registry/people.yml": "lei-jun",
}  # fmt: skip
"""Pages and a file, and words that stand in them."""
LISTED = """panel => [...panel.querySelectorAll("h2")].flatMap(file => [...file.nextElementSibling.querySelectorAll("li:has(> .cbp-what)")].map(
    entry => [file.textContent, entry.querySelector(".cbp-place").textContent,
      entry.querySelector(".cbp-code").textContent, entry.querySelector(".cbp-what strong").textContent,
      entry.querySelector(".cbp-hint")?.textContent ?? ""]))"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    running = Preview(real_project(tmp_path_factory.mktemp("preview") / "project"))
    running.wait_for(lambda page: "Newest cases" in page, "")
    yield running
    running.stop()


@pytest.fixture
def reader(new_reader: Callable[..., Reader], preview: Preview) -> Reader:
    """Somebody with a page of the preview open, as patient as the other tests: nothing here is about speed."""
    begun = new_reader(preview.address, viewport={"width": 1280, "height": 800})
    begun.page.set_default_timeout(DEADLINE * 1000)
    expect.set_options(timeout=DEADLINE * 1000)
    return begun


@pytest.fixture
def save(preview: Preview) -> Iterator[BrokenSave]:
    """One of the broken saves, which is taken back whatever happens."""
    saves = broken_saves(preview.casefiles)
    yield saves[0]
    for taken_back in {save.file: save for save in saves}.values():
        taken_back.file.write_bytes(taken_back.good)
    preview.wait_for(lambda page: "cbp--broken" not in page, "")


def _expected(casefiles: Path) -> list[list[str]]:
    """What the checks say of the folder."""
    problems = load_casebook(casefiles, statuses=PREVIEW).problems
    return [
        [
            p.location.file, f"{p.location.line}:{p.location.column}", f"{p.severity} {p.code}",
            " ".join(p.message.split()), " ".join(p.hint.split()),
        ]
        for p in problems
    ]  # fmt: skip


def _listed(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.locator(".cbp").evaluate(LISTED)
    return [[" ".join(words.split()) for words in entry] for entry in found]


# Playwright's `expect` looks ever more seldom; these look at every frame.
SHOWN = """([place, code]) => [...document.querySelectorAll(".cbp--broken li")].some(entry =>
    entry.querySelector(".cbp-place").textContent === place && entry.querySelector(".cbp-code").textContent.endsWith(code))"""
UNCOVERED = """() => document.activeElement.getBoundingClientRect().bottom
    <= document.querySelector(".cbp").getBoundingClientRect().top + 1"""
GONE = "() => !document.querySelector('.cbp--broken')"


def _break_and_look(save: BrokenSave, page: Page) -> None:
    save.save(save.file, save.broken)
    page.wait_for_function(SHOWN, arg=[save.place, save.mistake.code])
    listed = _listed(page)
    assert sorted(listed) == sorted(_expected(save.file.parents[1])), "many of one code stand together"
    told = [words for file, place, code, *words in listed if (file, place) == (save.name, save.place)]
    assert any(save.mistake.hint in hint for _, hint in told)


def test_fifty_broken_saves_are_each_shown_on_the_open_page_and_gone_after_the_next_good_one(
    reader: Reader, preview: Preview
):
    saves = broken_saves(preview.casefiles)
    assert len(saves) >= 50
    page = reader.open(f"cases/{saves[0].file.stem}/")
    page.evaluate("window.opened = true")
    others = list(OTHERS.items())
    for number, save in enumerate(saves):
        try:
            _break_and_look(save, page)
            path, words = others[number % len(others)]
            status, text = preview.get(path)
            assert (status, words in text) == (200, True), path
        except (AssertionError, Error) as error:
            raise AssertionError(f"{save.mistake.name}, in {save.name}:\n{error}") from error
        # Every fifth is mended by other words than it was broken from, and so read anew.
        save.save(save.file, save.good if number % 5 else save.good + b"# mended\n")
        page.wait_for_function(GONE)
    assert page.evaluate("window.opened"), "a page that is as it was is not loaded again"
    assert "Traceback" not in preview.told()


def test_page_of_the_broken_case_says_so_first_and_stands_as_it_was(save: BrokenSave, reader: Reader, preview: Preview):
    page = reader.open(f"cases/{save.file.stem}/")
    title = page.locator("h1").inner_text()
    save.save(save.file, save.broken)
    expect(page.locator("main > :first-child")).to_contain_text("This page’s casefile has 1 error.")
    assert page.locator("h1").inner_text() == title
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("alert")).to_contain_text("1 error")
    assert page.locator(".cbp-note").count() == 0, "the timeline has no casefile of its own"
    save.save(save.file, save.good)
    expect(page.locator(".cbp--broken")).to_have_count(0)


def test_good_save_loads_the_changed_page_again_where_its_reader_was(reader: Reader, preview: Preview):
    file = preview.casefiles / "cases" / "work-jacket.yml"
    good = file.read_text(encoding="utf-8")
    page = reader.open("cases/work-jacket/")
    page.locator("#timeline h2").first.scroll_into_view_if_needed()
    page.evaluate("scrollTo({ top: 4000, behavior: 'instant' })")
    page.wait_for_function("scrollY === 4000")
    file.write_text(good.replace("title: The work jacket", "title: The grey work jacket", 1), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("The grey work jacket")
    page.wait_for_function("Math.abs(scrollY - 4000) < 40")
    file.write_text(good, encoding="utf-8")
    expect(page.locator("h1")).to_have_text("The work jacket")


def test_panel_leads_to_the_line_and_to_the_page_of_its_code(save: BrokenSave, reader: Reader, preview: Preview):
    page = reader.open("cases/")
    save.save(save.file, save.broken)
    link = page.locator(".cbp-place").first
    assert link.get_attribute("href") == f"vscode://file{save.file}:{save.place}"
    expect(page.locator(".cbp mark").first).to_have_text("titel")
    page.locator(".cbp-code").first.click()
    expect(page.locator("main")).to_contain_text("CB102")


def test_panel_is_there_without_scripts(save: BrokenSave, new_reader: Callable[..., Reader], preview: Preview):
    save.save(save.file, save.broken)
    preview.wait_for(lambda page: "CB102" in page, "cases/")
    page = new_reader(preview.address, java_script_enabled=False).open("cases/")
    expect(page.locator(".cbp-what").first).to_be_visible()


def test_panel_and_marks_of_drafts_are_accessible(save: BrokenSave, reader: Reader, preview: Preview):
    drafted = preview.casefiles / "cases" / "courage-speech.yml"
    good = drafted.read_text(encoding="utf-8")
    drafted.write_text(good.replace("status: published", "status: draft", 1), encoding="utf-8")
    preview.wait_for(lambda page: "draft-note" in page, "cases/courage-speech/")
    save.save(save.file, save.broken)
    preview.wait_for(lambda page: "CB102" in page, "")
    found = {uri: in_each_look(reader.open(uri)) for uri in ("cases/courage-speech/", "cases/")}
    assert found == {"cases/courage-speech/": [], "cases/": []}


def test_panel_does_not_cover_what_has_the_focus_nor_the_end_of_the_page(
    save: BrokenSave, reader: Reader, preview: Preview
):
    page = reader.open(f"cases/{save.file.stem}/")
    save.save(save.file, save.broken)
    page.wait_for_function(SHOWN, arg=[save.place, save.mistake.code])
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    last = page.locator("footer p").last
    panel = page.locator(".cbp")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= panel.bounding_box()["y"]
    page.locator("main a").nth(5).focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        page.wait_for_function(UNCOVERED)  # once it has been scrolled there
    page.keyboard.press("Shift+Tab")
    panel.locator("summary").press("Enter")
    expect(panel.locator(".cbp-list")).to_be_hidden()
