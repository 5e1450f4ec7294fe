"""A course as a calendar (RFC 5545): its meetings, and what to read before each of them.

A meeting with a day is an event, and reading for it a task that is due when it begins. No day is made up: a meeting
without one is a task without one, which a calendar keeps among its tasks until somebody gives it a day.

Times are floating, as the clock of the place shows them, since a reading list does not know where it is taught.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Calendar, Event, Todo, vText
from icalendar.enums import STATUS

from casebook.book import Casebook
from casebook.courses import Course, Meeting, Reading, courses
from casebook.dates import parse_date
from casebook.exports.site import Site, SiteFile

PRODUCT = "-//The Founder Casebook//Reading lists//EN"
_NAMES = uuid5(NAMESPACE_URL, "urn:founder-casebook:course")
"""What the ids of events are made below: they have no host, so that a site that moves brings nothing into a calendar twice."""


def calendar_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """`readings/<id>/<id>.ics` and `cases/<id>/teach/<id>.ics`."""
    for course in courses(book):
        yield SiteFile(course.calendar_uri, calendar_of(course, site))


def calendar_of(course: Course, site: Site) -> bytes:
    """The calendar of one course."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what calendars read before it
        calendar.add(name, vText(" ".join(course.title.split())))  # the library does not know that these are text
    if site.url:
        calendar.add("url", site.absolute(course.uri))
    for meeting in course.meetings:
        for component in _components(course, meeting, site):
            calendar.add_component(component)
    written: bytes = calendar.to_ical()
    return written


def on_days(course: Course, first: date, days_between: int, clock: str = "") -> Course:
    """The course with its meetings on days that somebody names: the first, and so many days from each to the next.

    What the list itself says of days and times is set aside. Raises OverflowError after the year 9999.
    """
    meetings = tuple(
        replace(meeting, date=parse_date((first + timedelta(days=number * days_between)).isoformat()), time=clock)
        for number, meeting in enumerate(course.meetings)
    )
    return replace(course, meetings=meetings)


def _components(course: Course, meeting: Meeting, site: Site) -> Iterator[Event | Todo]:
    begins = _begins(meeting)
    if begins is not None:
        yield _meeting(course, meeting, site, begins)
    yield _reading(course, meeting, site, begins)


def _begins(meeting: Meeting) -> date | datetime | None:
    """When a meeting begins; None where that is not a single day."""
    if meeting.date is None or meeting.date.precision != "day":
        return None
    day = meeting.date.earliest
    return datetime.combine(day, time.fromisoformat(meeting.time)) if meeting.time else day


def _meeting(course: Course, meeting: Meeting, site: Site, begins: date | datetime) -> Event:
    event = Event()
    _describe(event, course, meeting, site, "session")
    event.add("summary", _title(course, meeting))
    event.add("dtstart", begins)
    if meeting.minutes and isinstance(begins, datetime):
        event.add("duration", timedelta(minutes=meeting.minutes))
    if meeting.date is not None and meeting.date.qualifier:
        event.add("status", STATUS.TENTATIVE.value)
    return event


def _reading(course: Course, meeting: Meeting, site: Site, begins: date | datetime | None) -> Todo:
    todo = Todo()
    _describe(todo, course, meeting, site, "reading")
    todo.add("summary", f"Read for “{_title(course, meeting)}” ({_minutes(meeting.minutes_to_read)})")
    if begins is not None:
        todo.add("due", begins)
        todo.add("related-to", str(_uid(course, meeting, "session")))
    return todo


def _describe(component: Event | Todo, course: Course, meeting: Meeting, site: Site, role: str) -> None:
    """What event and task have in common. Dated by the edition: a build knows no clock."""
    component.add("uid", str(_uid(course, meeting, role)))
    component.add("dtstamp", datetime.combine(course.edition.date.latest, time(), UTC))
    component.add("description", "\n".join(_told(course, meeting, site)))
    if site.url:
        component.add("url", site.absolute(_place(course, meeting)))


def _uid(course: Course, meeting: Meeting, role: str) -> UUID:
    return uuid5(_NAMES, f"{course.uri}{meeting.n}/{role}")


def _place(course: Course, meeting: Meeting) -> str:
    return course.uri if course.case else f"{course.uri}#session-{meeting.n}"


def _title(course: Course, meeting: Meeting) -> str:
    return meeting.title if course.case else f"{meeting.n}. {meeting.title}"


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"


def _told(course: Course, meeting: Meeting, site: Site) -> Iterator[str]:
    """The description, line by line: what students see of a meeting."""
    if meeting.date is not None and _begins(meeting) is None:
        yield from (f"When: {meeting.date.words}", "")
    if meeting.minutes:
        yield from (f"In class: {_minutes(meeting.minutes)}", "")
    yield f"Read ({_minutes(meeting.minutes_to_read)}):"
    for reading in meeting.readings:
        yield from _reading_lines(reading, site)
    yield from _asked("Prepare:", [question.text for question in meeting.preparation])
    yield from _asked("Discuss:", [question.text for question in meeting.questions])
    yield from ("", f"Page: {site.absolute(_place(course, meeting))}")
    yield f"This is the {course.edition.words}. What changed since: {site.absolute(course.frozen_uri)}"


def _reading_lines(reading: Reading, site: Site) -> Iterator[str]:
    sections = [] if reading.is_whole else [f"“{section.heading}”" for section in reading.sections]
    facts = [_minutes(reading.minutes)] if reading.minutes else []
    told = ", ".join(facts + (["optional"] if reading.optional else []))
    yield f"- {', '.join([reading.title, *sections])}{f' ({told})' if told else ''}"
    if reading.why:
        yield f"  {reading.why}"
    yield f"  {site.absolute(reading.uri)}"


def _asked(heading: str, questions: Sequence[str]) -> Iterator[str]:
    if questions:
        yield from ("", heading, *(f"{number}. {text}" for number, text in enumerate(questions, 1)))
