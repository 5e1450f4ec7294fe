"""The builder's page without scripts, and the addresses that open it with a list filled in."""

from __future__ import annotations

from urllib.parse import parse_qsl

import yaml
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.book import Casebook
from casebook.courses import course_of_case, course_of_list
from casebook.layout import format_text
from casebook.model import ReadingList
from casebook.pipeline import load_casebook
from casebook.views.builder import builder_link, builder_page
from casebook.views.list_address import list_address
from casebook.views.rendering import View
from sites import EXAMPLE

LIST = """\
id: seminar
title: Promises & days
audience: second-year “undergraduates”
introduction: |
  [[ada]] named a day.

  It came.
sessions:
  - n: 1
    title: The day, 1 + 1
    date: "2024-09-02"
    time: "10:15"
    minutes: 75
    objectives: [Weigh a promise., Date it.]
    items:
      - case: first-case
        sections: [opening]
        why: For the stage (and the promise).
        minutes: 7
      - source: press-report
        why: Who says so?
        optional: true
    questions: [first-case#w-kept]
    own_questions:
      - id: q-own
        text: Which day counts?
        evidence: [first-case#c-ship, first-case#opening]
        minutes: 5
        answer_note: Either.
  - n: 2
    title: All of it
    items:
      - case: first-case
        why: Again.
updated: "2024-08-01"
former_ids: [old-seminar]
"""


def book_of(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def fields(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("#")[2], keep_blank_values=True)


def test_an_address_holds_a_list_field_by_field_in_its_order():
    book = book_of(readings={"seminar": LIST})
    course = course_of_list(book, book.readings["seminar"])
    token = course_of_case(book, book.cases["first-case"]).edition.token
    assert fields(list_address(course)) == [
        ("v", "1"), ("id", "seminar"), ("title", "Promises & days"), ("audience", "second-year “undergraduates”"),
        ("introduction", "[[ada]] named a day.\n\nIt came."), ("updated", "2024-08-01"), ("former", "old-seminar"),
        ("edition", f"first-case:{token}"),
        ("session", "The day, 1 + 1"), ("date", "2024-09-02"), ("time", "10:15"), ("minutes", "75"),
        ("objective", "Weigh a promise."), ("objective", "Date it."), ("ask", "first-case:w-kept"),
        ("case", "first-case"), ("sections", "opening"), ("why", "For the stage (and the promise)."), ("minutes", "7"),
        ("source", "press-report"), ("why", "Who says so?"), ("optional", "1"),
        ("own", "Which day counts?"), ("id", "q-own"), ("evidence", "first-case:c-ship"), ("evidence", "first-case:opening"),
        ("minutes", "5"), ("note", "Either."),
        ("session", "All of it"), ("case", "first-case"), ("why", "Again."),
        ("end", ""),
    ]  # fmt: skip


def test_an_address_holds_no_sign_at_which_a_mail_program_ends_it():
    book = book_of(readings={"seminar": LIST})
    address = list_address(course_of_list(book, book.readings["seminar"]))
    assert address.startswith("teach/builder/#v=1&id=seminar&")
    assert address.endswith("&end")
    assert set(address.partition("#")[2]) & set(" #\"'()<>[]{}!*\n") == set()


def test_minutes_that_were_counted_are_not_in_the_address():
    book = book_of(readings={"seminar": LIST})
    second = list_address(course_of_list(book, book.readings["seminar"])).partition("session=All+of+it")[2]
    assert second == "&case=first-case&why=Again.&end"


def test_a_case_fills_one_session_with_all_its_questions_and_none_of_its_teachers_words():
    book = book_of()
    course = course_of_case(book, book.cases["first-case"])
    assert fields(list_address(course)) == [
        ("v", "1"), ("title", "The first case"), ("audience", "undergraduate"),
        ("edition", f"first-case:{course.edition.token}"), ("session", "The first case"),
        ("objective", "Weigh a promise."), ("ask", "first-case:w-kept"), ("case", "first-case"), ("end", ""),
    ]  # fmt: skip


def test_a_link_says_from_what_is_built():
    book = book_of(readings={"seminar": LIST})
    of_list = LexborHTMLParser(
        builder_link(View(book, "readings/seminar/"), course_of_list(book, book.readings["seminar"]))
    )
    of_case = LexborHTMLParser(
        builder_link(View(book, "cases/first-case/teach/"), course_of_case(book, book.cases["first-case"]))
    )
    assert [of_list.css_first("a").text(), of_case.css_first("a").text()] == [
        "Build your own list from this one",
        "Build a reading list from this case",
    ]
    assert (of_case.css_first("a").attributes["href"] or "").startswith("../../../teach/builder/#v=1&title=")


def test_without_scripts_the_page_says_what_it_is_for_and_leads_to_the_ready_lists():
    loaded = load_casebook(EXAMPLE / "casefiles")
    assert loaded.casebook is not None
    page = LexborHTMLParser(str(builder_page(loaded.casebook).render()))
    assert "hidden" in page.css_first(".builder").attributes
    assert "keep the whole list in an address" in page.css_first(".builder-without").text()
    links = [node.attributes["href"] for node in page.css("#ready a")]
    assert [f"../../readings/{name}/" for name in loaded.casebook.readings] == [
        link for link in links if "readings/" in (link or "") and link != "../../readings/"
    ]


def test_the_list_written_by_hand_on_the_page_is_a_sound_one_in_the_canonical_layout():
    text = LexborHTMLParser(str(builder_page(book_of()).render())).css_first("#by-hand code").text()
    assert yaml.safe_load(text)["sessions"][0]["items"][0]["case"] == "first-case"
    problems = builders.load(readings={"example-seminar": text}).problems
    assert [problem for problem in problems if problem.code not in builders.QUIET] == []
    assert format_text(text, "casefiles/readings/example-seminar.yml", ReadingList) == (text, [])


def test_an_empty_casebook_has_a_page_too():
    empty = Casebook({}, {name: {} for name in ("sources", "lessons")}, {}, {}, {}, {}, lambda _book: None)  # type: ignore[arg-type,return-value]
    page = LexborHTMLParser(str(builder_page(empty).render()))
    assert "No reading list has been written." in page.text()
    assert page.css_first("pre") is None
