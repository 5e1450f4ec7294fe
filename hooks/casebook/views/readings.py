"""Reading lists: what a teacher assigns."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from casebook.book import Casebook, Target
from casebook.courses import Meeting, Reading, course_of_list
from casebook.model import ReadingList
from casebook.views.builder import builder_link
from casebook.views.changes import edition_section
from casebook.views.citing import reading_files
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, description, fragment


def reading_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/readings/` and a page for every reading list."""
    yield PageSpec("readings/", "Reading lists", "readings", "", lambda: readings_page(book))
    for reading_list in book.readings.values():

        def build(reading_list: ReadingList = reading_list) -> Page:
            return reading_page(book, reading_list)

        yield PageSpec(
            f"readings/{reading_list.id}/", reading_list.title, "reading", book.files[reading_list.id], build
        )


def readings_page(book: Casebook) -> Page:
    """Every reading list."""
    view = View(book, "readings/")
    rows = [
        Row(title=Link(view.path(f"readings/{r.id}/"), r.title), audience=r.audience, sessions=len(r.sessions))
        for r in book.readings.values()
    ]
    dek = "Courses made of cases: what to read for each session, how long it takes, and what to ask."
    lead = fragment("head", kind="For teachers", title="Reading lists", dek=dek)
    return Page(
        "readings/",
        "Reading lists",
        "readings",
        dek,
        lead,
        (Section("lists", 2, "Lists", fragment("readings_index", rows=rows)),),
    )


def reading_page(book: Casebook, reading_list: ReadingList) -> Page:
    """One reading list, a section a session."""
    view = View(book, f"readings/{reading_list.id}/")
    course = course_of_list(book, reading_list)
    sections = [
        Section(f"session-{meeting.n}", 2, f"{meeting.n}. {meeting.title}", _meeting(view, meeting))
        for meeting in course.meetings
    ]
    sections.append(Section("references", 2, "References", reading_files(view, reading_list)))
    sections.append(edition_section(view, course))
    introduction = view.prose(course.introduction, "introduction") if course.introduction else ""
    lead = fragment(
        "reading_head", title=course.title, audience=course.audience, introduction=introduction,
        sessions=len(course.meetings), minutes=course.minutes_to_read, index=Link(view.path("readings/"), "Reading list"),
    )  # fmt: skip
    summary = description(f"A reading list of {len(course.meetings)} sessions for {course.audience}.")
    return Page(
        view.uri, course.title, "reading", summary, lead + builder_link(view, course), tuple(sections), reading_list.id
    )


def _meeting(view: View, meeting: Meeting) -> Markup:
    return fragment(
        "session", session=meeting, items=[_item(view, reading) for reading in meeting.readings],
        minutes=meeting.minutes_to_read,
        questions=[view.to(Target("questions", question.uri, question.text)) for question in meeting.questions],
    )  # fmt: skip


def _item(view: View, reading: Reading) -> Row:
    kind = "Case" if reading.case else "Source"
    link = view.link(reading.case.id) if reading.case else Link(view.path(reading.uri), reading.title)
    parts = [
        view.link(f"{reading.case.id}#{section.id}")
        for section in (() if reading.is_whole else reading.sections)
        if reading.case
    ]
    return Row(link=link, kind=kind, parts=parts, why=reading.why, minutes=reading.minutes, optional=reading.optional)
