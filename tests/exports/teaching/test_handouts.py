"""What stands on paper, compared with the course item by item."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from casebook.book import Casebook
from casebook.courses import Course, course_of_case
from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.handouts import questions_handout, reader, spans

SITE = "https://casebook.example/"


@pytest.fixture(scope="module")
def questions(example: Casebook, seminar: Course) -> Document:
    return questions_handout(example, seminar, SITE)


@pytest.fixture(scope="module")
def texts(example: Casebook, seminar: Course) -> Document:
    return reader(example, seminar, SITE)


def parsed(document: Document) -> LexborHTMLParser:
    return LexborHTMLParser(document.body)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("make", [questions_handout, reader])
def test_document_has_every_question_in_the_course_s_order(example, seminar, make):
    asked = [words(node.text()) for node in parsed(make(example, seminar, SITE)).css(".ask")]
    wanted = [
        f"{number}. {one.text}" + (f" ({one.minutes} minutes)" if getattr(one, "minutes", None) else "")
        for meeting in seminar.meetings
        for group in (meeting.preparation, meeting.questions)
        for number, one in enumerate(group, 1)
    ]
    assert [re.sub("\xa0", " ", one) for one in asked] == wanted
    assert wanted


def test_each_question_names_its_evidence_with_its_address(example, seminar, questions):
    printed = [
        [words(node.text()) for node in question.css(".evidence .address")]
        for question in parsed(questions).css(".question")
    ]
    wanted = [
        [f"casebook.example/{example.target(one).uri}" for one in asked.evidence]
        for meeting in seminar.meetings
        for asked in (*meeting.preparation, *meeting.questions)
    ]
    assert printed == wanted


def test_every_meeting_has_its_objectives_and_what_is_to_be_read(seminar, texts):
    tree = parsed(texts)
    text = words(tree.text())
    for meeting in seminar.meetings:
        assert f"{meeting.n}. {meeting.title}" in [words(heading.text()) for heading in tree.css("h1")]
        assert all(objective in text for objective in meeting.objectives)
        assert all(words(reading.why) in text and reading.title in text for reading in meeting.readings)


@pytest.mark.parametrize("make", [questions_handout, reader])
def test_answer_notes_are_never_on_paper(example, real, make):
    for book, case_id in ((example, "bench-photo"), (real, "work-jacket")):
        case = book.cases[case_id]
        notes = [question.answer_note for question in case.teaching.questions if question.answer_note]
        text = words(LexborHTMLParser(make(book, course_of_case(book, case), SITE).body).text())
        assert notes
        assert not [note for note in notes if words(note)[:40] in text]


def test_handout_without_texts_has_room_to_write_and_no_text(questions, texts):
    assert parsed(questions).css(".room")
    assert not parsed(questions).css(".pn")
    assert not parsed(texts).css(".room")
    assert parsed(texts).css(".pn")


@pytest.mark.parametrize("make", [questions_handout, reader])
def test_ids_are_unique_and_links_within_lead_somewhere(example, seminar, make):
    body = make(example, seminar, SITE).body
    root = ElementTree.fromstring(f"<body>{body}</body>")  # noqa: S314 - our own
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    links = {element.attrib["href"][1:] for element in root.iter("a") if element.attrib.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)


def test_evidence_leads_into_the_reader_where_its_case_is_in_it_and_else_to_the_site(jacket, real):
    within = [link.attributes["href"] for link in parsed(reader(real, jacket, SITE)).css(".evidence a")]
    outside = [link.attributes["href"] for link in parsed(questions_handout(real, jacket, SITE)).css(".evidence a")]
    assert {href[:16] for href in within} == {"#m1-1-work-jacke"}
    assert {href[: len(SITE)] for href in outside} == {SITE}


def test_document_says_its_edition_its_licence_and_where_changes_are_told(seminar, questions):
    facts = {fact.label: fact for fact in questions.facts}
    assert facts["Edition"].words == seminar.edition.words.removeprefix("edition of ")
    assert facts["What changed since"].href == f"{SITE}{seminar.frozen_uri}"
    assert facts["Licence"].words.startswith("CC BY 4.0")


def test_without_the_site_s_address_paths_are_printed_and_nothing_leads_there(example, seminar):
    document = questions_handout(example, seminar, "")
    facts = {fact.label: fact for fact in document.facts}
    assert (facts["On the site"].words, facts["On the site"].href) == (seminar.uri, "")
    assert not [link for link in parsed(document).css(".evidence a") if not link.attributes["href"].startswith("http")]


def test_digest_of_a_document_changes_with_a_word(questions):
    assert replace(questions, title="Another").digest != questions.digest


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [((), ""), ((3,), "¶ 3"), ((3, 4), "¶ 3, 4"), ((5, 3, 4, 9), "¶ 3–5, 9"), ((1, 3), "¶ 1, 3")],
)
def test_numbers_of_paragraphs_are_joined(numbers, printed):
    assert spans(numbers) == printed
