"""What a class takes with it: the files that were made of a course, linked from its pages where they are published."""

from __future__ import annotations

from itertools import groupby

from casebook.book import Handout
from casebook.courses import Course
from casebook.views.page import Link, Row, Section
from casebook.views.rendering import View, file_size, fragment

SECTION = "take-along"
FORMATS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "epub": ("EPUB", "application/epub+zip"),
    "imscc": ("Common Cartridge", "application/zip"),
    "ics": ("iCalendar", "text/calendar"),
}
"""Format → what it is called, and its media type."""


def take_along_section(view: View, course: Course) -> Section:
    """The section of a course's page with the files to take along: its calendar, and what else was built."""
    handouts = view.book.handouts.get(course.uri, ())
    rows = [
        Row(what=what, files=[_file(view, handout) for handout in of_a_kind])
        for what, of_a_kind in groupby(handouts, lambda handout: handout.what)
    ]
    calendar = Handout(course.calendar_uri, "ics", "Calendar of the meetings", 0)
    rows.append(Row(what=calendar.what, files=[_file(view, calendar)]))
    html = fragment("take_along", rows=rows, edition=course.edition if handouts else None)
    return Section(SECTION, 2, "Take it with you", html)


def take_along_link(view: View, course: Course) -> Link | None:
    """A link to that section from another page; None where nothing was built."""
    if course.uri not in view.book.handouts:
        return None
    return Link(
        view.path(f"{course.uri}#{SECTION}"), "Questions and texts on paper, as a book, for a learning platform"
    )


def _file(view: View, handout: Handout) -> Row:
    label, media_type = FORMATS[handout.format]
    return Row(
        href=view.path(handout.uri), label=label, type=media_type, name=handout.uri.rpartition("/")[2],
        size=file_size(handout.size) if handout.size else "",
    )  # fmt: skip
