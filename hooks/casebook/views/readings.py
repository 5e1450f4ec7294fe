"""Reading lists: what a teacher assigns."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.marks import count_words
from casebook.model import ReadingItem, ReadingList
from casebook.views.citing import reading_files
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, description, fragment, minutes_to_read


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
    sections = []
    total = 0
    for session in reading_list.sessions:
        items = [_item(view, item) for item in session.items]
        minutes = sum(item.minutes or 0 for item in items if not item.optional)
        total += minutes
        html = fragment(
            "session",
            session=session,
            items=items,
            minutes=minutes,
            questions=[view.link(q) for q in session.questions],
        )
        sections.append(Section(f"session-{session.n}", 2, f"{session.n}. {session.title}", html))
    sections.append(Section("references", 2, "References", reading_files(view, reading_list)))
    introduction = view.prose(reading_list.introduction, "introduction") if reading_list.introduction else ""
    lead = fragment(
        "reading_head", title=reading_list.title, audience=reading_list.audience, introduction=introduction,
        sessions=len(reading_list.sessions), minutes=total, index=Link(view.path("readings/"), "Reading list"),
    )  # fmt: skip
    summary = description(f"A reading list of {len(reading_list.sessions)} sessions for {reading_list.audience}.")
    return Page(view.uri, reading_list.title, "reading", summary, lead, tuple(sections), reading_list.id)


def _words(view: View, item: ReadingItem) -> int:
    """Words of the sections assigned; of the whole essay when none are named."""
    case = view.book.cases[str(item.case)]
    if not item.sections:
        return view.book.essay_words[case.id]
    return sum(count_words(section.text) for section in case.body if section.id in item.sections)


def _item(view: View, item: ReadingItem) -> Row:
    minutes = item.minutes
    if item.case:
        link, kind = view.link(item.case), "Case"
        minutes = minutes or minutes_to_read(_words(view, item))
        parts = [view.link(f"{item.case}#{section}") for section in item.sections]
    else:
        source = view.book.sources[str(item.source)]
        link, kind, parts = Link(view.path(f"sources/{source.id}/"), source.label), "Source", []
    return Row(link=link, kind=kind, parts=parts, why=item.why, minutes=minutes, optional=item.optional)
