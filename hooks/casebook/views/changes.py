"""What was corrected since an edition, and the edition itself wherever a case or a reading list says which one it is.

The page is static. It lists every correction, newest first; a script, where there is one, reads the edition from the
address and shows what came after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook, Target
from casebook.courses import Course, course_of_case, course_of_list
from casebook.dates import PartialDate
from casebook.editions import DIGITS, EXAMPLE
from casebook.model import Case, ReadingList
from casebook.views.case import correction_row
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment

TITLE = "Changed since you assigned it"


def changes_specs(book: Casebook) -> Iterator[PageSpec]:
    """`cases/<id>/changes/` and `readings/<id>/changes/`."""
    for case in book.cases.values():

        def of_case(case: Case = case) -> Page:
            return changes_page(book, course_of_case(book, case))

        yield PageSpec(f"cases/{case.id}/changes/", _title(case.title), "changes", book.files[case.id], of_case)
    for reading_list in book.readings.values():

        def of_list(reading_list: ReadingList = reading_list) -> Page:
            return changes_page(book, course_of_list(book, reading_list))

        title, file = _title(reading_list.title), book.files[reading_list.id]
        yield PageSpec(f"readings/{reading_list.id}/changes/", title, "changes", file, of_list)


def _title(of: str) -> str:
    return f"{TITLE}: {of}"


def changes_page(book: Casebook, course: Course) -> Page:
    """What was corrected in a case, or in the cases of a reading list, and which edition is here now."""
    view = View(book, course.changes_uri)
    home = Link(view.path(f"cases/{course.id}/" if course.case else course.uri), course.title)
    what = "case" if course.case else "reading list"
    removed = [
        Row(case=_case_link(view, course, case), why=item.why)
        for case in course.cases
        for item in case.moved
        if item.why
    ]
    sections = (
        Section("edition", 2, "The edition that is here now", fragment(
            "changes_edition", edition=course.edition, what=what, home=home, removed=removed, digits=DIGITS, example=EXAMPLE,
            earliest=course.edition.date.earliest.isoformat(), latest=course.edition.date.latest.isoformat(),
        )),
        Section("corrections", 2, "Corrections, newest first", fragment(
            "changes", rows=_rows(view, course), removed=removed, what=what,
        )),
    )  # fmt: skip
    lead = fragment("changes_head", title=TITLE, home=home, what=what)
    dek = f"What was corrected in the {what} “{course.title}” since an edition that was given out."
    return Page(view.uri, _title(course.title), "changes", dek, lead, sections, course.id)


def _rows(view: View, course: Course) -> list[Row]:
    found = [
        (case.corrections[number - 1].on, _correction(view, course, case, number))
        for case in course.cases
        for number in range(1, len(case.corrections) + 1)
    ]
    if course.reading_list and course.reading_list.updated:
        found.append((course.reading_list.updated, _own_change(course.reading_list.updated)))
    found.sort(key=lambda pair: (pair[0].latest, pair[0].earliest), reverse=True)
    return [row for _, row in found]


def _correction(view: View, course: Course, case: Case, number: int) -> Row:
    """A correction of a case. Its anchor tells cases apart where a list has several."""
    row = correction_row(case, number)
    own = Target("corrections", f"cases/{case.id}/#{row.id}", case.title)
    anchor = row.id if course.case else f"{case.id}--{row.id}"
    return _row(anchor, row.on, row.what, row.why, view.to(own, words="In the case" if course.case else ""))


def _own_change(on: PartialDate) -> Row:
    return _row("list", on, "The list itself was changed: what it assigns, or what it asks.", "", None)


def _row(anchor: str, on: PartialDate, what: str, why: str, case: Link | None) -> Row:
    first, last = on.earliest.isoformat(), on.latest.isoformat()
    return Row(id=anchor, on=on, earliest=first, latest=last, what=what, why=why, case=case)


def _case_link(view: View, course: Course, case: Case) -> Link | None:
    return None if course.case else view.link(case.id)


def edition_section(view: View, course: Course) -> Section:
    """The section that says, on the page of a course, which edition it is and where changes since then are told."""
    html = fragment(
        "edition", edition=course.edition, frozen=Link(view.path(course.frozen_uri), "what changed since this edition")
    )
    return Section("edition", 2, "Edition", html)
