"""The page on which a teacher builds a reading list, and the links that open it with a list filled in.

What happens on the page is the affair of `builder.js`. Without scripts the page says what it is for, where the ready
lists are, and how a list is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from casebook.book import Casebook
from casebook.courses import Course
from casebook.marks import WORDS_A_MINUTE
from casebook.views.list_address import BUILDER, list_address
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment

LISTS_NAMED = 12
"""Ready lists that the page names; all of them stand on a page of their own."""


NAMES_A_PART = 100


def builder_specs(book: Casebook) -> Iterator[PageSpec]:
    """The one page."""
    yield PageSpec(BUILDER, "Build a reading list", "builder", "", lambda: builder_page(book))


def builder_page(book: Casebook) -> Page:
    """The tool, the ready lists, and how a list is written."""
    view = View(book, BUILDER)
    dek = (
        "Choose cases, sections and questions, put them into sessions, and take the list with you: as an address, "
        "on paper, in a calendar, or as a file that can be proposed."
    )
    lead = fragment("head", kind="For teachers", title="Build a reading list", dek=dek)
    tool = fragment(
        "builder_tool", root=view.root, words_a_minute=WORDS_A_MINUTE, site=book.site_url, names=parts_of_names(book)
    )
    sections = [
        Section("list", 2, "Your list", tool, "wide"),
        Section("ready", 2, "Start from a ready list", fragment("builder_ready", **_ready(view))),
        Section("by-hand", 2, "Written by hand", fragment("builder_by_hand", **_by_hand(view))),
    ]
    return Page(BUILDER, "Build a reading list", "builder", dek, lead, tuple(sections))


def _ready(view: View) -> dict[str, object]:
    lists = list(view.book.readings.values())
    rows = [
        Row(link=Link(view.path(f"readings/{one.id}/"), one.title), audience=one.audience, sessions=len(one.sessions))
        for one in lists[:LISTS_NAMED]
    ]
    every = Link(view.path("readings/"), "All reading lists")
    notes = Link(view.path("teach/notes/"), "teaching note")
    return {"rows": rows, "more": every if len(lists) > LISTS_NAMED else None, "notes": notes}


def _by_hand(view: View) -> dict[str, object]:
    """An example that names a case of this casebook, so that it can be copied as it stands."""
    case = next(reversed(view.book.cases.values()), None)
    fields = Link(view.path("contribute/fields/reading-lists/"), "every field of a reading list")
    contribute = Link(view.path("contribute/how-to/") + "#write-a-reading-list", "how a file is proposed")
    return {"case": case, "fields": fields, "contribute": contribute}


def builder_link(view: View, course: Course) -> Markup:
    """A link that opens the builder with a list or a case filled in."""
    words = "Build your own list from this one" if course.reading_list else "Build a reading list from this case"
    return fragment("builder_link", link=Link(view.path(list_address(course)), words))


def builder_entrance(view: View) -> Markup:
    """A link to the builder with nothing filled in."""
    return fragment("builder_link", link=Link(view.path(BUILDER), "Build a reading list of your own"))


def names_in_prose(book: Casebook) -> list[str]:
    """Every id that prose can refer to: sources are cited, and a case that is not shown has no page."""
    return [
        identifier
        for identifier, kind in book.kinds.items()
        if kind != "sources" and (kind != "cases" or identifier in book.cases)
    ]


def parts_of_names(book: Casebook) -> int:
    """In how many files their names stand, so that none grows with the number of cases."""
    return max(1, -(-len(names_in_prose(book)) // NAMES_A_PART))


def part_of_name(identifier: str, parts: int) -> int:
    """The file in which an id's name stands, from 0. The page reckons likewise (`builder/cases.js`)."""
    number = 0
    for sign in identifier:
        number = (number * 31 + ord(sign)) % 65_521
    return number % parts
