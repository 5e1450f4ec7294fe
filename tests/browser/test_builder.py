"""Somebody builds a reading list: by keyboard, from a ready list, after a reload, elsewhere, on paper, as a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest
import yaml
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

import sites
from browser.conftest import Reader
from browser.test_accessibility import in_each_look
from casebook.book import Casebook
from casebook.courses import course_of_list, courses
from casebook.layout import format_text
from casebook.model import ReadingList
from casebook.pipeline import load_casebook
from casebook.views.list_address import list_address
from casebook.views.rendering import counted
from hostile import PAYLOADS

PAGE = "teach/builder/"
Fields = list[tuple[str, str]]


@pytest.fixture(scope="module")
def book() -> Casebook:
    loaded = load_casebook(sites.PROJECT / "casefiles")
    assert loaded.casebook is not None
    return loaded.casebook


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[sites.Site], str]) -> str:
    """The example casebook, served below a path of its host."""
    return serve(sites.published_site(tmp_path_factory))


def address_of(*fields: tuple[str, str]) -> str:
    return f"{PAGE}#v=1&{urlencode(fields, quote_via=quote_plus)}&end"


def fields_of(page: Page) -> Fields:
    """The list in the address, once it has followed what was typed."""
    page.locator("[data-key=undo]").focus()
    return parse_qsl(page.url.partition("#")[2], keep_blank_values=True)


def at(page: Page, key: str) -> Locator:
    return page.locator(f"[data-key='{key}']")


def yaml_of(page: Page) -> str:
    return page.locator(".b-take pre code").text_content() or ""


def lacks(page: Page) -> list[str]:
    return page.locator(".b-lacking a").all_inner_texts()


def problems_of(text: str, folder: Path) -> list[str]:
    """What `casebook check` and `casebook fmt --check` have to say of a reading list among the real cases."""
    name = yaml.safe_load(text)["id"]
    casefiles = folder / "casefiles"
    if not casefiles.exists():
        shutil.copytree(sites.PROJECT / "casefiles", casefiles)
    (casefiles / "readings" / f"{name}.yml").write_text(text, encoding="utf-8")
    found = [str(problem) for problem in load_casebook(casefiles).problems]
    canonical, faults = format_text(text, f"casefiles/readings/{name}.yml", ReadingList)
    return [*found, *map(str, faults), *([] if canonical == text else ["not in the canonical layout"])]


# From nothing ---------------------------------------------------------------------------------------------------------


def press(page: Page, key: str) -> None:
    """Go to a control with the Tab key alone, and press the blank or the Enter key on it."""
    tab_to(page, key)
    page.keyboard.press("Space")


def tab_to(page: Page, key: str) -> None:
    """Go there with the Tab key, forwards where it stands further down."""
    is_behind = at(page, key).evaluate(
        "part => Boolean(document.activeElement.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING)"
    )
    for _ in range(200):
        page.keyboard.press("Shift+Tab" if is_behind else "Tab")
        if page.evaluate("document.activeElement?.dataset?.key") == key:
            return
    raise AssertionError(f"no way to {key} by keyboard")


def build_by_keyboard(page: Page) -> None:
    tab_to(page, "list.title")
    page.keyboard.type("Promises and pictures")
    page.keyboard.press("Tab")
    page.keyboard.type("second-year undergraduates")
    tab_to(page, "s0.title")
    page.keyboard.type("The bed and the sums")
    tab_to(page, "s0.minutes")
    page.keyboard.type("75")
    at(page, "s0.case.floor-nap").wait_for()
    press(page, "s0.case.floor-nap")
    press(page, "s0.case.courage-speech")
    tab_to(page, "s0.i0.why")
    page.keyboard.type("What did he take back?")
    tab_to(page, "s0.i1.why")
    page.keyboard.type("Find the date.")
    press(page, "case:floor-nap:questions")
    press(page, "s0.i0.ask.dq-witness")
    press(page, "s0.i0.ask.dq-admission")
    press(page, "add-session")
    page.keyboard.type("Looking back")
    press(page, "s1.add")
    page.keyboard.type("jacket")
    at(page, "s1.case.work-jacket").wait_for()
    press(page, "s1.case.work-jacket")
    press(page, "case:work-jacket:sections")
    press(page, "s1.i0.sections.what-became")
    tab_to(page, "s1.i0.why")
    page.keyboard.type("How small the beginning was.")


def test_a_list_of_two_sessions_is_built_by_keyboard_alone(reader: Reader, tmp_path: Path):
    page = reader.open(PAGE)
    build_by_keyboard(page)
    assert lacks(page) == []
    written = yaml.safe_load(yaml_of(page))
    assert (written["id"], written["title"], len(written["sessions"])) == (
        "promises-and-pictures",
        "Promises and pictures",
        2,
    )
    first, second = written["sessions"]
    assert [item["case"] for item in first["items"]] == ["floor-nap", "courage-speech"]
    assert first["questions"] == ["floor-nap#dq-witness", "floor-nap#dq-admission"]
    assert "what-became" not in second["items"][0]["sections"]
    assert problems_of(yaml_of(page), tmp_path) == []


def test_order_is_changed_by_keyboard_and_focus_stays_with_what_moved(reader: Reader):
    page = reader.open(
        address_of(("session", "One"), ("case", "floor-nap"), ("case", "courage-speech"), ("case", "work-jacket"))
    )
    expect(at(page, "s0.i2.up")).to_be_enabled()
    press(page, "s0.i2.up")
    expect(at(page, "s0.i1.up")).to_be_focused()
    expect(page.locator(".builder > .b-tool > [role=status]").first).to_have_text(
        "The work jacket: now reading 2 of 3."
    )
    page.keyboard.press("Space")
    expect(at(page, "s0.i0.down")).to_be_focused()
    assert [value for key, value in fields_of(page) if key == "case"] == ["work-jacket", "floor-nap", "courage-speech"]


def test_a_part_that_was_just_opened_stays_open_and_keeps_the_focus(reader: Reader):
    page = reader.open(address_of(("session", "One"), ("case", "floor-nap")))
    question = at(page, "s0.i0.ask.dq-witness")
    question.wait_for(state="attached")
    # Keys come before the news that something was opened, where the machine is busy.
    page.evaluate(
        "keys => keys.forEach(key => document.querySelector(`[data-key='${key}']`).click())",
        ["case:floor-nap:questions", "s0.i0.ask.dq-witness"],
    )
    expect(question).to_be_checked()
    expect(question).to_be_focused()
    page.evaluate(
        "keys => keys.forEach(key => document.querySelector(`[data-key='${key}']`).click())",
        ["case:floor-nap:questions", "add-session"],
    )
    expect(question).to_be_hidden()


# The address ------------------------------------------------------------------------------------------------------------


def test_a_reload_and_another_browser_have_the_same_list(reader: Reader, new_reader: Callable[..., Reader]):
    page = reader.open(PAGE)
    build_by_keyboard(page)
    fields = fields_of(page)
    text = yaml_of(page)
    page.reload()
    page.locator(".b-take pre code", has_text="promises-and-pictures").wait_for()
    assert yaml_of(page) == text
    elsewhere = new_reader().page
    elsewhere.goto(page.url)
    elsewhere.locator(".b-take pre code", has_text="promises-and-pictures").wait_for()
    assert (fields_of(elsewhere), yaml_of(elsewhere)) == (fields, text)


def test_what_is_typed_is_in_the_address_before_the_field_is_left(reader: Reader):
    page = reader.open(PAGE)
    at(page, "list.title").press_sequentially("Half a ti")
    page.wait_for_url("**/#v=1&title=Half+a+ti&session=&end")
    expect(at(page, "list.title")).to_be_focused()
    page.reload()
    expect(at(page, "list.title")).to_have_value("Half a ti")


def test_back_undoes_a_step_and_forward_makes_it_again(reader: Reader):
    page = reader.open(PAGE)
    at(page, "list.title").fill("A title")
    at(page, "s0.case.floor-nap").check()
    at(page, "s0.case.work-jacket").check()
    expect(page.locator(".b-item")).to_have_count(2)
    page.go_back()
    expect(page.locator(".b-item")).to_have_count(1)
    at(page, "undo").click()
    expect(page.locator(".b-item")).to_have_count(0)
    expect(at(page, "list.title")).to_have_value("A title")
    at(page, "redo").click()
    page.go_forward()
    expect(page.locator(".b-item")).to_have_count(2)
    expect(at(page, "redo")).to_be_disabled()


def test_words_typed_in_a_field_are_one_step(reader: Reader):
    page = reader.open(PAGE)
    at(page, "list.title").press_sequentially("A title of several words", delay=30)
    page.wait_for_timeout(400)
    at(page, "list.title").press_sequentially(", and more", delay=30)
    at(page, "undo").click()
    expect(at(page, "list.title")).to_have_value("")
    expect(at(page, "undo")).to_be_disabled()


@pytest.mark.parametrize("kind", ["lists", "cases"])
def test_a_list_that_the_pages_fill_in_is_the_one_that_the_builder_has(reader: Reader, book: Casebook, kind: str):
    for course in courses(book):
        if (course.reading_list is not None) == (kind == "lists"):
            address = f"{reader.address}{list_address(course)}"
            reader.page.goto("about:blank")
            reader.page.goto(address)
            reader.page.wait_for_load_state("networkidle")
            assert reader.page.url == address  # drawn and written anew, character for character


def test_a_list_keeps_its_day_until_somebody_changes_it(reader: Reader):
    address = address_of(("title", "Old"), ("updated", "2020-02-03"), ("session", "One"), ("case", "floor-nap"))
    page = reader.open(address)
    page.wait_for_load_state("networkidle")
    assert "updated=2020-02-03" in page.url
    at(page, "list.title").fill("New")
    page.wait_for_function("!location.hash.includes('updated=2020-02-03')")
    assert re.search(r"updated=20\d\d-\d\d-\d\d", page.url)


def test_the_file_of_a_ready_list_says_what_the_casefile_says(reader: Reader, book: Casebook):
    assert book.readings
    for name, reading_list in book.readings.items():
        reader.page.goto("about:blank")
        page = reader.open(list_address(course_of_list(book, reading_list)))
        page.wait_for_load_state("networkidle")
        assert ReadingList.model_validate(yaml.safe_load(yaml_of(page))) == reading_list
        assert format_text(yaml_of(page), f"casefiles/readings/{name}.yml", ReadingList) == (yaml_of(page), [])


def test_reading_lists_and_teaching_notes_open_the_builder_with_themselves(reader: Reader):
    page = reader.open("readings/founder-as-brand-seminar/")
    page.get_by_role("link", name="Build your own list from this one").click()
    expect(page.locator(".b-session")).to_have_count(6)
    page = reader.open("cases/floor-nap/teach/")
    page.get_by_role("link", name="Build a reading list from this case").click()
    expect(page.locator(".b-asked")).to_have_count(6)


def test_headings_of_the_page_are_gone_to_without_losing_the_list(reader: Reader):
    page = reader.open(address_of(("title", "Kept"), ("session", "One")))
    page.locator(".cb-toc").get_by_role("link", name="Written by hand").click()
    expect(page.locator("#by-hand")).to_be_in_viewport()
    assert dict(fields_of(page))["title"] == "Kept"
    page.reload()
    expect(at(page, "list.title")).to_have_value("Kept")


def test_a_cut_address_is_told_and_what_is_left_is_there(reader: Reader):
    page = reader.open(f"{PAGE}#v=1&title=Whole&session=One&case=floor-nap&why=What+did+h")
    expect(page.locator(".b-told")).to_contain_text("The end of this address is missing")
    expect(at(page, "s0.i0.why")).to_have_value("What did h")


def test_an_address_of_a_later_version_is_told_and_kept(reader: Reader):
    page = reader.open(f"{PAGE}#v=2&title=Whole&end")
    expect(page.locator(".b-told")).to_contain_text("a newer version of this page")
    assert page.url.endswith("#v=2&title=Whole&end")


def test_a_long_address_is_warned_of(reader: Reader):
    page = reader.open(PAGE)
    hint = page.locator("#b--address-hint")
    at(page, "list.introduction").fill("Many words. " * 100)
    expect(hint).to_contain_text("It holds the whole list")
    at(page, "list.introduction").fill("Many words. " * 200)
    expect(hint).to_contain_text("some mail programs cut addresses off")


# What is not there any more -----------------------------------------------------------------------------------------------


@pytest.fixture
def lenient(chromium: Browser, address: str) -> Any:
    """A page whose browser may complain of what is not there."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield lambda fields: (page.goto(f"{address}{fields}"), page)[1]
    context.close()


def test_what_is_not_there_any_more_is_kept_and_told(lenient: Callable[[str], Page]):
    page = lenient(
        address_of(
            ("title", "T"), ("audience", "A"), ("session", "One"), ("ask", "floor-nap:dq-gone"), ("case", "floor-nope"),
            ("why", "W"), ("case", "floor-nap"), ("sections", "before-eight,gone"), ("why", "W"), ("source", "nobody"), ("why", "W"),
        )
    )  # fmt: skip
    expect(page.locator(".b-lacking a")).to_have_count(4)
    assert lacks(page) == [
        "Session 1: there is nothing here with the id “floor-nope”.",
        "Session 1: “The floor nap” has no section “gone” any more.",
        "Session 1: there is nothing here with the id “nobody”.",
        "Session 1 asks a question that “The floor nap” does not ask.",
    ]
    kept = fields_of(page)
    assert [value for key, value in kept if key in ("case", "source", "ask", "sections")] == [
        "floor-nap:dq-gone", "floor-nope", "floor-nap", "before-eight,gone", "nobody",
    ]  # fmt: skip
    page.locator(".b-lacking a").nth(1).click()
    at(page, "s0.i1.sections.gone").click()
    at(page, "s0.q0.remove").click()
    at(page, "s0.i2.remove").click()
    at(page, "s0.i0.remove").click()
    expect(page.locator(".b-lacking a")).to_have_count(0)


def test_an_id_that_is_no_id_is_not_asked_for(reader: Reader):
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open(
        address_of(("session", "One"), ("case", "../../evil"), ("case", "//other.example/x"), ("ask", "__proto__:x"))
    )
    expect(page.locator(".b-item .b-warn")).to_have_count(2)
    assert [url for url in asked if "evil" in url or "other" in url or "proto" in url] == []


def test_former_ids_are_followed_and_told(new_reader: Callable[..., Reader], below: str):
    reader = new_reader(below)
    page = reader.open(
        address_of(("session", "One"), ("ask", "the-notebook:dq-four-more"), ("case", "the-notebook"), ("why", "W"))
    )
    expect(page.locator(".b-told")).to_contain_text("“the-notebook” is now called “thousand-cars”.")
    assert [value for key, value in fields_of(page) if key in ("case", "ask")] == [
        "thousand-cars:dq-four-more",
        "thousand-cars",
    ]
    expect(page.locator(".b-warn")).to_have_count(1)


def test_a_case_that_was_taken_back_is_kept_and_told(new_reader: Callable[..., Reader], below: str):
    reader = new_reader(below)
    page = reader.open(address_of(("session", "One"), ("case", "lost-umbrella"), ("why", "W")))
    expect(page.locator(".b-item .b-warn")).to_contain_text("This case was taken back.")
    assert ("case", "lost-umbrella") in fields_of(page)


def test_a_case_that_changed_since_leads_to_its_changes(reader: Reader):
    then = "2025-01-01-0123456789ab"
    page = reader.open(address_of(("edition", f"floor-nap:{then}"), ("session", "One"), ("case", "floor-nap")))
    link = page.locator(".b-item").get_by_role("link", name="see what changed")
    expect(link).to_have_attribute("href", f"{reader.address}cases/floor-nap/changes/?edition={then}")
    assert dict(fields_of(page))["edition"] == f"floor-nap:{then}"
    at(page, "s0.i0.edition").click()
    expect(link).to_have_count(0)
    assert re.fullmatch(r"floor-nap:\d{4}-\d{2}-\d{2}-[0-9a-f]{12}", dict(fields_of(page))["edition"])


# Minutes ----------------------------------------------------------------------------------------------------------------


def test_minutes_are_those_of_the_reading_list_itself(reader: Reader, book: Casebook):
    for reading_list in book.readings.values():
        course = course_of_list(book, reading_list)
        reader.page.goto("about:blank")
        page = reader.open(list_address(course))
        page.wait_for_load_state("networkidle")
        sums = page.locator(".b-sum").all_inner_texts()
        assert [int(re.search(r"Reading (\d+) min", text)[1]) for text in sums] == [  # type: ignore[index]
            meeting.minutes_to_read for meeting in course.meetings
        ]
        asked = sum(question.minutes or 0 for meeting in course.meetings for question in meeting.questions)
        expect(page.locator(".b-bar .rec")).to_have_text(
            f"{counted(len(course.meetings), 'session')}, {course.minutes_to_read} min of reading, {asked} min of discussion"
        )


def test_questions_that_exceed_the_class_are_warned_of(reader: Reader):
    page = reader.open(
        address_of(("session", "One"), ("minutes", "20"), ("ask", "floor-nap:dq-admission"), ("ask", "floor-nap:dq-witness"), ("case", "floor-nap"))
    )  # fmt: skip
    expect(page.locator(".b-sum")).to_have_text(
        "Reading 9 min, discussion 30 of 20 min. The questions take 10 min more than the class has."
    )
    at(page, "s0.minutes").fill("30")
    expect(page.locator(".b-sum")).to_have_text("Reading 9 min, discussion 30 of 30 min")


# Taking it away -----------------------------------------------------------------------------------------------------------


NAUGHTY = [
    *PAYLOADS, "yes", "~", "null", "12:30", "1e3", "0x1F", "2024-01-01", "- a", "? b", "a: b", "a #b", "#a", "'a'", '"a" \'b\'', "it's \\n", "&a *b",
    "!!python/object", "%a", "@a", "`a`", "[a, b]", "{a: b}", "| a", "> a", "a:", "...", "---", "=", "<<", "你好：世界", "👩‍👩‍👧 " * 40,
    "word " * 60, "averylongword" * 12 + " b " * 30, "a  b " * 40, "1.5", ".5", "+1", "0o7", "1_000", "0b11", "-", "on", "No", ".inf", "-.NaN",
]  # fmt: skip


def test_the_file_says_what_was_typed_whatever_was_typed(reader: Reader):
    wanted = [" ".join(text.split()) for text in NAUGHTY]
    fields: Fields = [("title", "T"), ("audience", "A"), ("session", "One"), *(("objective", text) for text in wanted)]
    for text in wanted:
        fields += [("case", "floor-nap"), ("why", text)]
    page = reader.open(address_of(*fields))
    page.locator(".b-take pre code", has_text="floor-nap").wait_for()
    text = yaml_of(page)
    [session] = yaml.safe_load(text)["sessions"]
    assert [item["why"] for item in session["items"]] == wanted
    assert session["objectives"] == wanted
    assert format_text(text, "casefiles/readings/t.yml", ReadingList) == (text, [])
    assert page.locator(".b-sheet :is(script, img, svg, iframe, style)").count() == 0


def test_hostile_words_in_the_address_are_words_on_the_page(reader: Reader):
    fields: Fields = [("title", PAYLOADS[0]), ("audience", PAYLOADS[2]), ("introduction", "\n\n".join(PAYLOADS))]
    for payload in PAYLOADS:
        fields += [
            ("session", payload),
            ("objective", payload),
            ("case", "floor-nap"),
            ("why", payload),
            ("own", payload),
            ("note", payload),
        ]
    page = reader.open(address_of(*fields))
    expect(page.locator(".b-sheet-session")).to_have_count(len(PAYLOADS))
    page.locator(".b-sheet h4 + .caps + ul + .caps").first.wait_for()
    assert page.locator(".builder :is(script, img, svg, iframe, style, base, math, object)").count() == 0
    assert (
        page.locator(".builder [href]").evaluate_all("all => all.filter(one => !/^https?:$/.test(one.protocol)).length")
        == 0
    )
    assert page.locator(".b-sheet h4").all_inner_texts() == [
        f"{number}. {' '.join(payload.split())}" for number, payload in enumerate(PAYLOADS, 1)
    ]
    at(page, "list.audience").fill("x")
    assert [value for key, value in fields_of(page) if key == "session"] == [
        " ".join(payload.split()) for payload in PAYLOADS
    ]


def test_the_file_can_be_downloaded_under_its_name(reader: Reader):
    page = reader.open(
        address_of(
            ("title", "Épreuve à faire"), ("audience", "A"), ("session", "One"), ("case", "floor-nap"), ("why", "W")
        )
    )
    page.locator(".b-take pre code", has_text="epreuve").wait_for()
    with page.expect_download() as download:
        at(page, "save-yaml").click()
    assert download.value.suggested_filename == "epreuve-a-faire.yml"
    assert Path(download.value.path()).read_text(encoding="utf-8") == yaml_of(page)


def test_what_is_missing_is_said_and_leads_to_its_field(reader: Reader):
    page = reader.open(PAGE)
    assert lacks(page) == [
        "The list has no title.",
        "The list does not say for whom it is.",
        "Session 1 has no title.",
        "Session 1 has nothing to read.",
    ]
    expect(page.locator(".b-take pre")).to_be_hidden()
    page.locator(".b-lacking a").nth(1).click()
    expect(at(page, "list.audience")).to_be_focused()


def test_what_the_checker_would_ask_about_is_said_beside_the_file(reader: Reader, tmp_path: Path):
    page = reader.open(
        address_of(
            ("title", "T"), ("audience", "A"), ("session", "One"), ("minutes", "10"), ("ask", "floor-nap:dq-admission"),
            ("case", "work-jacket"), ("why", "W"), ("case", "work-jacket"), ("why", "W"),
        )
    )  # fmt: skip
    expect(page.locator(".b-lacking a")).to_have_count(3)
    assert lacks(page) == [
        "Session 1: the questions take 15 minutes, and the class lasts 10.",
        "Session 1 assigns “The work jacket” twice: name other sections, or make one of them optional.",
        "Session 1 asks about “The floor nap”, which is not assigned by then.",
    ]
    assert sorted(re.findall(r"CB\d+", " ".join(problems_of(yaml_of(page), tmp_path)))) == ["CB339", "CB340", "CB343"]


def test_an_introduction_that_the_checker_would_refuse_is_told(reader: Reader):
    page = reader.open(
        address_of(
            ("title", "T"), ("audience", "A"), ("introduction", "<b>Bold</b> ![x](y) [[nobody]]\n\n# Heading"), ("session", "One"),
            ("case", "floor-nap"), ("why", "W"), ("session", "Two"), ("date", "2026-01-02"), ("case", "floor-nap"), ("why", "W"),
            ("session", "Three"), ("date", "2026-01-01"), ("case", "floor-nap"), ("why", "W"),
        )
    )  # fmt: skip
    expect(page.locator(".b-lacking a")).to_have_count(5)
    assert lacks(page) == [
        "The introduction holds HTML: write Markdown, or a blank after the sign “<”.",
        "The introduction holds a picture: describe it instead.",
        "The introduction holds a heading: write paragraphs.",
        "The introduction refers to “nobody”, and nothing here has that id.",
        "Session 3 is dated before an earlier session.",
    ]
    expect(page.locator(".b-take pre")).to_be_hidden()


def test_names_in_the_introduction_are_words_on_the_sheet(reader: Reader):
    page = reader.open(
        address_of(("introduction", "On [[lei-jun]] and [[staging|a stage]], *not* **more**."), ("session", "One"))
    )
    expect(page.locator(".b-sheet > p").first).to_have_text("On Lei Jun and a stage, not more.")
    expect(page.locator(".b-sheet").get_by_role("link", name="Lei Jun")).to_have_attribute(
        "href", f"{reader.address}people/lei-jun/"
    )


def test_a_question_of_ones_own_is_in_the_file(reader: Reader, tmp_path: Path):
    page = reader.open(
        address_of(("title", "T"), ("audience", "A"), ("session", "One"), ("case", "floor-nap"), ("why", "W"))
    )
    at(page, "s0.ask").click()
    page.keyboard.type("Which of the two would you print?")
    expect(page.locator(".b-lacking")).to_contain_text("names no section")
    page.locator(".b-lacking a").click()
    at(page, "s0.o0.evidence.floor-nap.taken-back").check()
    at(page, "s0.o0.minutes").fill("12")
    [session] = yaml.safe_load(yaml_of(page))["sessions"]
    assert session["own_questions"] == [
        {"id": "q-1", "text": "Which of the two would you print?", "evidence": ["floor-nap#taken-back"], "minutes": 12}
    ]
    assert problems_of(yaml_of(page), tmp_path) == []


def test_dated_sessions_are_read_from_the_calendar_by_another_program(reader: Reader):
    title = "Days; and, “commas” \\ 与很长很长的中文标题" + "很长" * 20
    page = reader.open(
        address_of(
            ("title", title), ("session", "One, two"), ("date", "2026-11-23"), ("time", "10:15"), ("minutes", "75"), ("case", "floor-nap"),
            ("why", "Why; this, \\n?"), ("session", "No day"), ("case", "floor-nap"), ("session", "All day"), ("date", "2026-11-30"), ("case", "floor-nap"),
        )
    )  # fmt: skip
    page.wait_for_load_state("networkidle")
    with page.expect_download() as download:
        at(page, "save-calendar").click()
    raw = Path(download.value.path()).read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    first, second = Calendar.from_ical(raw).walk("VEVENT")
    assert (str(first["SUMMARY"]), str(second["SUMMARY"])) == (f"{title}: One, two", f"{title}: All day")
    assert (first.start.isoformat(), first.end.isoformat()) == ("2026-11-23T10:15:00", "2026-11-23T11:30:00")
    assert (second.start.isoformat(), second.end.isoformat()) == ("2026-11-30", "2026-12-01")
    assert "Why; this, \\n?" in str(first["DESCRIPTION"])
    assert first["UID"] != second["UID"]


def test_paper_has_the_list_and_none_of_the_controls(reader: Reader, book: Casebook):
    [course, *_] = courses(book)
    page = reader.open(list_address(course))
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    seen = page.locator("button, input, textarea, select, .head, .cb-header, .cb-toc, #ready, #by-hand").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 60))"
    )
    assert seen == []
    expect(page.locator(".b-sheet h3")).to_have_text(course.title)
    expect(page.locator(".b-sheet-session")).to_have_count(len(course.meetings))
    place = page.locator(".b-sheet li li", has_text="¶").first
    expect(place).to_have_text(re.compile(r".+, ¶ \d+–\d+: .+/cases/[a-z-]+/#[a-z-]+"))
    wide = page.locator(".b-sheet *").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0


# Everywhere -----------------------------------------------------------------------------------------------------------------


def test_a_part_of_the_stylesheet_that_is_not_closed_would_be_noticed(reader: Reader):
    page = reader.open(PAGE)
    last = page.evaluate("[...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).at(-1).cssText")
    assert last.startswith("@media print")


def test_what_has_focus_is_not_under_the_bar(reader: Reader):
    reader.page.set_viewport_size({"width": 1280, "height": 500})
    page = reader.open(address_of(("session", "One"), ("case", "floor-nap"), ("case", "work-jacket")))
    expect(at(page, "s0.i1.up")).to_be_enabled()
    at(page, "s0.i1.remove").focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().top")
        bar = page.locator(".b-bar").evaluate("bar => bar.getBoundingClientRect().bottom")
        if page.evaluate("document.activeElement.closest('.b-form') !== null"):
            assert box >= bar


def test_without_scripts_the_page_says_what_it_is_for(chromium: Browser, address: str):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PAGE}")
    expect(page.locator(".builder")).to_be_hidden()
    expect(page.get_by_text("The tool needs JavaScript")).to_be_visible()
    expect(page.locator("#ready").get_by_role("link", name="The founder as brand")).to_be_visible()
    context.close()


def test_below_a_path_of_its_host_it_finds_its_cases(new_reader: Callable[..., Reader], below: str):
    reader = new_reader(below)
    page = reader.open(PAGE)
    page.locator(".b-cases input").first.check()
    expect(page.locator(".b-item .b-title a")).to_have_attribute("href", re.compile(re.escape(f"{below}cases/")))


def test_nothing_is_wrong_for_those_who_use_other_means(reader: Reader, book: Casebook):
    page = reader.open(PAGE)
    page.locator(".b-cases input").first.wait_for()
    assert in_each_look(page) == []
    [course, *_] = courses(book)
    page = reader.open(list_address(course))
    page.reload()
    page.wait_for_load_state("networkidle")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert in_each_look(page) == []


def test_every_control_is_large_enough_to_be_hit(reader: Reader, book: Casebook):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    [course, *_] = courses(book)
    page = reader.open(list_address(course))
    page.wait_for_load_state("networkidle")
    page.locator(".builder details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    small = page.locator(
        ".builder :is(button, summary, label.b-tick, select, input:not([type=checkbox]), textarea)"
    ).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 60)])"
        ".filter(([box]) => box.height < 24 || box.width < 24).map(([, html]) => html)"
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_address_made_on_ones_own_machine_is_said_to_open_only_there(reader: Reader):
    page = reader.open(address_of(("title", "Kept"), ("session", "One")))
    expect(page.locator("#b--address-hint")).to_contain_text("It opens on this machine only")
