"""The assigned text of a reading: what leaves the site has the page's numbers, its sources and its addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import case, load
from casebook.book import Casebook
from casebook.courses import Reading, course_of_case, course_of_list, courses
from casebook.exports.teaching.texts import reading_text
from casebook.pipeline import load_casebook
from casebook.views.case import case_page

ROOT = Path(__file__).resolve().parents[3]
SITE = "https://casebook.example/"


@pytest.fixture(scope="module")
def book() -> Casebook:
    loaded = load_casebook(ROOT / "tests" / "data" / "casefiles")
    assert loaded.casebook
    return loaded.casebook


def whole(book: Casebook, case_id: str) -> Reading:
    return course_of_case(book, book.cases[case_id]).meetings[0].readings[0]


def assigned(book: Casebook, reading: Reading, *sections: str) -> Reading:
    assert reading.case
    chosen = tuple(section for section in reading.case.body if section.id in sections)
    return Reading(reading.case, None, chosen, is_whole=False, why="", minutes=1, optional=False)


def parsed(book: Casebook, reading: Reading, site_url: str = SITE) -> LexborHTMLParser:
    return LexborHTMLParser(reading_text(book, reading, site_url))


def numbers(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    return [(mark.text(), mark.attributes.get("href") or "") for mark in tree.css(".pn")]


def readings(book: Casebook) -> Iterator[Reading]:
    for course in courses(book):
        for meeting in course.meetings:
            yield from meeting.readings


def test_paragraphs_have_the_numbers_and_addresses_of_the_page(book):
    page = LexborHTMLParser(case_page(book, book.cases["thousand-cars"]).render())
    on_page = [
        (f"¶ {mark.text()}", f"{SITE}cases/thousand-cars/{mark.attributes['href']}") for mark in page.css(".essay .pn")
    ]

    assert numbers(parsed(book, whole(book, "thousand-cars"))) == on_page
    assert on_page


def test_section_alone_keeps_the_numbers_that_it_has_in_the_whole(book):
    reading = whole(book, "thousand-cars")
    last = reading.sections[-1].id

    alone = numbers(parsed(book, assigned(book, reading, last)))

    assert alone
    assert alone == numbers(parsed(book, reading))[-len(alone) :]
    assert alone[0][0] != "¶ 1"


def test_section_alone_lists_its_own_sources_under_their_numbers_on_the_page(book):
    reading = whole(book, "bench-photo")
    tree = parsed(book, assigned(book, reading, reading.sections[-1].id))

    cited = {re.sub(r"[\[\]]|,.*", "", mark.text()) for mark in tree.css(".cite")}
    listed = {entry.text().partition(".")[0] for entry in tree.css(".sources > p")}

    assert listed == cited == {"1", "2", "3"}


@pytest.mark.parametrize("site_url", [SITE, ""])
def test_every_reading_is_well_formed_and_its_links_lead_somewhere(book, site_url):
    for reading in readings(book):
        root = ElementTree.fromstring(f"<div>{reading_text(book, reading, site_url)}</div>")  # noqa: S314 - our own
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        links = [element.attrib["href"] for element in root.iter("a") if "href" in element.attrib]
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
        assert all(re.match(r"#|https?://|mailto:", link) for link in links)


def test_without_the_site_s_address_a_number_is_no_link(book):
    assert numbers(parsed(book, whole(book, "thousand-cars"), ""))[0] == ("¶ 1", "")


def test_ids_of_two_readings_do_not_meet(book):
    found = [set(re.findall(r' id="([^"]+)"', parsed(book, whole(book, case)).html or "")) for case in book.cases]

    assert all(ids for ids in found)
    assert not set.intersection(*found)


def test_whole_case_has_its_record_and_a_part_has_not(book):
    reading = whole(book, "thousand-cars")
    titles = [heading.text() for heading in parsed(book, reading).css("h2")]
    part = [heading.text() for heading in parsed(book, assigned(book, reading, reading.sections[0].id)).css("h2")]

    assert {"At a glance", "Timeline", "In their words", "What was promised, and what became of it"} <= set(titles)
    assert "Questions for discussion" not in titles
    assert part == [reading.sections[0].heading, "Sources cited"]


def test_headings_begin_at_the_level_that_is_asked_for(book):
    html = reading_text(book, whole(book, "thousand-cars"), SITE, level=3)

    assert min(re.findall(r"<h(\d)", html)) == "3"


def test_chinese_is_marked_wherever_it_stands():
    text = case(("that lasted.", "that lasted, 雷军 said (小米 SU7 汽车)."))
    book = load(cases={"first-case": text}).casebook
    assert book
    html = reading_text(book, whole(book, "first-case"), SITE)

    assert '<span lang="zh-Hans">雷军</span> said (<span lang="zh-Hans">小米 SU7 汽车</span>)' in html


def test_quotes_carry_their_badge_in_words_and_not_the_way_it_was_checked(book):
    text = parsed(book, whole(book, "bench-photo")).text()

    assert "Verbatim" in text
    assert "SHA-256" not in text


def test_of_a_source_there_is_what_it_is_and_where(book):
    source = next(iter(book.sources.values()))
    html = reading_text(book, Reading(None, source, (), is_whole=False, why="", minutes=None, optional=False), SITE)

    assert source.csl.title is None or source.csl.title[:8] in LexborHTMLParser(html).text()
    assert "<ol" not in html


def test_answer_notes_are_not_in_the_text(book):
    course = course_of_list(book, next(iter(book.readings.values())))
    notes = [question.answer_note for case in course.cases for question in case.teaching.questions]
    html = " ".join(reading_text(book, reading, SITE) for meeting in course.meetings for reading in meeting.readings)

    assert any(notes)
    assert all(note is None or note[:30] not in html for note in notes)
