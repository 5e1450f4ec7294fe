"""Reading lists: what a teacher assigns, session by session, and the page that lists all of them."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from casebook.book import Casebook, Target
from casebook.courses import Course, DiscussionQuestion, Meeting, Reading, course_of_list
from casebook.model import ReadingList
from casebook.plans import Plan, plan_of_meeting
from casebook.views.builder import builder_entrance, builder_link
from casebook.views.changes import edition_section
from casebook.views.citing import reading_files
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, capital, counted, description, fragment
from casebook.views.take_along import take_along_section


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
    dek = "Courses made of cases: what to read for each session, how long it takes, and what to ask."
    lead = fragment("head", kind="For teachers", title="Reading lists", dek=dek)
    html = fragment("readings_index", rows=reading_rows(view))
    return Page(
        "readings/",
        "Reading lists",
        "readings",
        dek,
        lead + builder_entrance(view),
        (Section("lists", 2, "Lists", html),),
    )


def reading_rows(view: View) -> list[Row]:
    """Every reading list in a row: for whom, how long, and with which cases."""
    return [_row(view, course_of_list(view.book, reading_list)) for reading_list in view.book.readings.values()]


def _row(view: View, course: Course) -> Row:
    return Row(
        title=Link(view.path(course.uri), course.title), audience=course.audience, sessions=len(course.meetings),
        in_class=course.minutes_in_class, to_read=time_to_read(course), cases=view.links(case.id for case in course.cases),
    )  # fmt: skip


def reading_page(book: Casebook, reading_list: ReadingList) -> Page:
    """One reading list: a schedule, then a section for every session."""
    course = course_of_list(book, reading_list)
    view = View(book, course.uri)
    sections = [
        Section("schedule", 2, "Schedule", _schedule(view, course), "wide"),
        *(_session(view, meeting) for meeting in course.meetings),
        Section("references", 2, "References", reading_files(view, reading_list)),
        take_along_section(view, course),
        edition_section(view, course),
    ]
    summary = description(f"A reading list of {counted(len(course.meetings), 'session')} for {course.audience}.")
    lead = _lead(view, course) + builder_link(view, course)
    return Page(view.uri, course.title, "reading", summary, lead, tuple(sections), reading_list.id)


def _lead(view: View, course: Course) -> Markup:
    introduction = view.prose(course.introduction, "introduction") if course.introduction else ""
    return fragment(
        "reading_head", title=course.title, audience=course.audience, introduction=introduction,
        sessions=len(course.meetings), in_class=course.minutes_in_class, to_read=time_to_read(course),
        edition=capital(course.edition.words), index=Link(view.path("readings/"), "Reading list"),
    )  # fmt: skip


def time_to_read(part: Course | Meeting) -> str:
    """How long the required reading takes; what is of unknown length is said, since it is not nothing."""
    known = counted(part.minutes_to_read, "minute")
    if not part.unmeasured:
        return known
    unknown = counted(len(part.unmeasured), "source")
    return f"{known} and {unknown} of unknown length" if part.minutes_to_read else f"{unknown} of unknown length"


def _anchor(meeting: Meeting) -> str:
    return f"session-{meeting.n}"


def _schedule(view: View, course: Course) -> Markup:
    rows = [
        Row(
            link=Link(f"#{_anchor(meeting)}", f"{meeting.n}. {meeting.title}"), date=meeting.date, time=meeting.time,
            required=[_item(view, reading, brief=True) for reading in meeting.readings if not reading.optional],
            optional=[_item(view, reading, brief=True) for reading in meeting.readings if reading.optional],
            to_read=time_to_read(meeting), in_class=meeting.minutes,
        )
        for meeting in course.meetings
    ]  # fmt: skip
    return fragment(
        "schedule", rows=rows, is_dated=any(row.date or row.time for row in rows),
        is_timed=any(row.in_class for row in rows),
    )  # fmt: skip


def _session(view: View, meeting: Meeting) -> Section:
    plan = _class_plan(meeting)
    html = fragment(
        "session", session=meeting, items=[_item(view, reading) for reading in meeting.readings],
        to_read=time_to_read(meeting), plan=plan, band=_band(plan), spare=_spare(meeting, plan),
        questions=[_question(view, question, plan) for question in meeting.questions],
        prepared=[
            Row(text=view.to(Target("preparation", asked.uri, asked.text)), case=view.link(asked.case.id))
            for asked in meeting.preparation
        ],
    )  # fmt: skip
    return Section(_anchor(meeting), 2, f"{meeting.n}. {meeting.title}", html)


def _item(view: View, reading: Reading, *, brief: bool = False) -> Row:
    """A reading in a row of its own; or `brief`, with a source's short name."""
    case = reading.case
    name = reading.source.short if brief and reading.source else reading.title
    parts = [] if case is None or reading.is_whole else view.links(f"{case.id}#{one.id}" for one in reading.sections)
    pause = case.teaching.pause if case is not None and reading.is_whole else None
    so_far = Link(view.path(f"{reading.uri}so-far/"), f"up to {pause.after.words}") if pause else None
    return Row(
        kind="Case" if case else "Source", parts=parts, why=reading.why, minutes=reading.minutes,
        link=view.link(case.id) if case else Link(view.path(reading.uri), name),
        optional=reading.optional, so_far=so_far,
    )  # fmt: skip


# The class ----------------------------------------------------------------------------------------------------------


def _class_plan(meeting: Meeting) -> Plan | None:
    """When each question is discussed, in a class whose length is known.

    Questions that fit have the minutes that are written for them, and what is left is the teacher's own; questions that do
    not fit are cut.
    """
    if meeting.minutes is None or not meeting.questions:
        return None
    as_written = plan_of_meeting(meeting.questions)
    return as_written if as_written.minutes <= meeting.minutes else plan_of_meeting(meeting.questions, meeting.minutes)


def _spare(meeting: Meeting, plan: Plan | None) -> int:
    """Minutes of the class that no question needs."""
    if plan is None or meeting.minutes is None:
        return 0
    return meeting.minutes - sum(step.minutes for step in plan.steps)


def _band(plan: Plan | None) -> list[Row]:
    """The questions of the class as stretches of time, in per cent of all of them."""
    steps = plan.steps if plan is not None else ()
    total = sum(step.minutes for step in steps)
    return [
        Row(start=step.start, x=round(100 * step.start / total, 2), width=round(100 * step.minutes / total, 2))
        for step in steps
    ]


def _question(view: View, question: DiscussionQuestion, plan: Plan | None) -> Row:
    steps = plan.steps if plan is not None else ()
    step = next((one for one in steps if one.part.question == question.reference), None)
    anchor = question.uri.partition("#")[2]
    note = question.answer_note
    return Row(
        id=None if question.case else anchor,
        text=question.text if question.case is None else view.to(Target("questions", question.uri, question.text)),
        case=view.link(question.case.id) if question.case else None,
        start=step.start if step else None, minutes=step.minutes if step else question.minutes,
        is_guess=step is not None and question.minutes is None,
        is_left_out=plan is not None and step is None, evidence=_evidence(view, question),
        note=view.prose(note, question.reference.replace("#", "-"), question.case) if note else None,
    )  # fmt: skip


def _evidence(view: View, question: DiscussionQuestion) -> list[Row]:
    """What students can point to, case by case; the case is not named where it is the question's own."""
    by_case: dict[str, list[Link]] = {}
    for reference in question.evidence:
        link = view.link(reference)
        # Claims are whole sentences; in a row their full stops would meet the commas.
        by_case.setdefault(reference.partition("#")[0], []).append(link._replace(label=link.label.removesuffix(".")))
    own = question.case.id if question.case else ""
    return [Row(case=None if case_id == own else view.link(case_id), links=links) for case_id, links in by_case.items()]
