"""A course as its pages, handouts and packages are made from it."""

from __future__ import annotations

from builders import READING_LIST, case, load
from casebook.courses import Course, course_of_case, course_of_list

PREPARED = case(
    (
        "  questions:\n    - id: w-kept",
        "  preparation:\n    - {id: prep-day, text: On which day?, evidence: [c-ship]}\n  questions:\n    - id: w-kept",
    )
)


def the_course(reading_list: str = "") -> Course:
    book = load(cases={"first-case": PREPARED}, readings={"seminar": reading_list} if reading_list else {}).casebook
    assert book
    return (
        course_of_list(book, book.readings["seminar"])
        if reading_list
        else course_of_case(book, book.cases["first-case"])
    )


def test_case_brings_the_questions_that_students_prepare():
    (asked,) = the_course().meetings[0].preparation
    assert (asked.reference, asked.text, asked.evidence, asked.uri) == (
        "first-case#prep-day", "On which day?", ("first-case#c-ship",), "cases/first-case/teach/#prep-day",
    )  # fmt: skip


def test_part_of_a_case_brings_none_since_it_may_not_hold_the_answers():
    part, whole = READING_LIST, READING_LIST.replace("        sections: [opening]\n", "")

    prepared = [[asked.text for asked in the_course(text).meetings[0].preparation] for text in (whole, part)]

    assert prepared == [["On which day?"], []]
