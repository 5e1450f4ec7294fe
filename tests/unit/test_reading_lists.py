"""A reading list as a course: what is to be read, for how long, and what is asked."""

from __future__ import annotations

import pytest

from builders import READING_LIST, case, changed, load, other_case
from casebook.courses import Course, course_of_list
from casebook.marks import WORDS_A_MINUTE

OWN = """\
    own_questions:
      - id: q-days
        text: Which day counts?
        evidence: [first-case#c-ship, second-case#speech]
        minutes: 15
"""
SECTIONS = f"""\
  - id: long
    heading: Long
    text: {"word " * (2 * WORDS_A_MINUTE)}
  - id: longer
    heading: Longer
    text: {"word " * (3 * WORDS_A_MINUTE)}
"""
LONG = case(("events:\n", f"{SECTIONS}events:\n"))


def course(*changes: tuple[str, str], more: str = "", first: str = LONG) -> Course:
    """The minimal reading list, changed, of a casebook with two cases."""
    text = changed(READING_LIST, *changes) + more
    book = load(cases={"first-case": first, "second-case": other_case()}, readings={"seminar": text}).casebook
    assert book is not None
    return course_of_list(book, book.readings["seminar"])


def test_minutes_are_worked_out_from_the_words_that_are_assigned():
    [meeting] = course(("[opening]", "[long]")).meetings
    assert meeting.readings[0].minutes == 2


def test_sections_stand_in_the_order_of_the_essay():
    [meeting] = course(("[opening]", "[longer, long]")).meetings
    assert [section.id for section in meeting.readings[0].sections] == ["long", "longer"]
    assert meeting.readings[0].minutes == 5


def test_whole_case_is_measured_whole():
    [meeting] = course(("        sections: [opening]\n", "")).meetings
    assert meeting.readings[0].is_whole
    assert meeting.readings[0].minutes == 6  # 1,100 words and a few of the opening


def test_minutes_of_the_list_go_before_those_of_the_words():
    [meeting] = course(("why: It is short.", "why: It is short.\n        minutes: 40")).meetings
    assert meeting.readings[0].minutes == 40


def test_source_of_unknown_length_is_told_and_adds_nothing():
    [meeting] = course(("[opening]", "[long]")).meetings
    assert [reading.title for reading in meeting.unmeasured] == ["A report"]
    assert meeting.minutes_to_read == 2


def test_optional_reading_is_counted_in_neither():
    optional = ("why: It is where the quote comes from.", "why: Where the quote comes from.\n        optional: true")
    [meeting] = course(("[opening]", "[long]"), optional).meetings
    assert meeting.unmeasured == ()
    assert meeting.minutes_to_read == 2


def test_questions_of_cases_come_before_those_of_the_list():
    [meeting] = course(more=OWN).meetings
    assert [question.reference for question in meeting.questions] == ["first-case#w-kept", "#q-days"]


def test_evidence_names_its_case_also_where_the_casefile_does_not():
    [meeting] = course(more=OWN).meetings
    assert [question.evidence for question in meeting.questions] == [
        ("first-case#c-ship",),
        ("first-case#c-ship", "second-case#speech"),
    ]


def test_own_question_stands_on_the_page_of_its_list():
    [meeting] = course(more=OWN).meetings
    assert meeting.questions[1].uri == "readings/seminar/#q-days"


@pytest.mark.parametrize(("minutes", "total"), [("    minutes: 75\n", 75), ("", None)])
def test_class_has_a_length_when_each_meeting_has_one(minutes, total):
    assert course(("title: The promise\n", f"title: The promise\n{minutes}")).minutes_in_class == total
