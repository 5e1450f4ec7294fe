"""The arc: how the founder was shown, what happened, and what was promised, on one axis of time, with its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from casebook.book import Casebook
from casebook.views.arc_tall import tall_picture
from casebook.views.arc_wide import wide_picture
from casebook.views.arc_words import status_words
from casebook.views.chapters import Chapter, chapters, claim_days_drawn
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import CONFIDENCE_WORDS, STATUS_WORDS, STRAND_WORDS, View, capital, certainty, fragment

TITLE = "The arc"
DEK = (
    "How a founder was presented, above; what the product and the company did, below; "
    "and what was promised, each from the day it was made to the day it was settled."
)


def arc_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/arc/`: the newest chapter of the arc, and a page for each chapter before it."""
    cut = chapters(book)
    if not cut:
        yield PageSpec("arc/", TITLE, "arc", "", lambda: _empty_page(book))
    for index in range(len(cut)):

        def build(index: int = index) -> Page:
            return _chapter_page(book, cut, index)

        yield PageSpec(cut[index].uri, _page_title(cut[index]), "arc", "", build)


def _page_title(chapter: Chapter) -> str:
    return TITLE if chapter.number == 1 else f"{TITLE}, {chapter.period}"


def _empty_page(book: Casebook) -> Page:
    view = View(book, "arc/")
    timeline = Link(view.path("timeline/"), "All events are on the timeline")
    lead = fragment("head", kind="Across cases", title=TITLE, dek=DEK)
    words = fragment("arc_empty", timeline=timeline)
    return Page("arc/", TITLE, "arc", DEK, lead, (Section("arc", 2, "Nothing is on the arc yet", words),))


def _chapter_page(book: Casebook, cut: Sequence[Chapter], index: int) -> Page:
    chapter = cut[index]
    view = View(book, chapter.uri)
    later = cut[index - 1] if index else None
    earlier = cut[index + 1] if index + 1 < len(cut) else None
    links = [
        Row(word=word, link=Link(view.path(other.uri), other.period))
        for word, other in (("Earlier", earlier), ("Later", later)) if other
    ]  # fmt: skip
    lead = fragment("arc_head", title=TITLE, dek=DEK, links=links, number=chapter.number, count=len(cut))
    timeline = Link(view.path("timeline/"), "timeline")
    title = _page_title(chapter)
    return Page(chapter.uri, title, "arc", DEK, lead, (
        Section("arc", 2, arc_title(book, chapter), arc_figure(view, chapter), "arc-block"),
        Section("reading", 2, "How to read it", fragment("arc_reading", timeline=timeline)),
        Section("table", 2, "The same as a table", arc_table(view, chapter), "wide"),
    ))  # fmt: skip


def arc_title(book: Casebook, chapter: Chapter) -> str:
    """Whom the drawing is about, when it is one person, and from when to when."""
    person = chapter.person(book)
    return f"The arc of {book.label(person)}, {chapter.period}" if person else f"The arc, {chapter.period}"


def arc_figure(view: View, chapter: Chapter, *, more: Link | None = None) -> Markup:
    """Both drawings of a chapter, with the key to their signs and a caption."""
    title = arc_title(view.book, chapter)
    person = chapter.person(view.book)
    strands = {mark.event.strand for mark in chapter.marks}
    statuses = {item.claim.status for item in chapter.claims}
    return fragment(
        "arc_figure", pictures=[wide_picture(view, chapter, title), tall_picture(view, chapter, title)],
        with_persona="persona" in strands, with_product="product" in strands,
        others=", ".join(word.lower() for strand, word in STRAND_WORDS.items() if strand in strands - {"persona", "product"}),
        statuses=[(status, word.lower()) for status, word in STATUS_WORDS.items() if status in statuses],
        with_due=any(_is_due_drawn(chapter, index) for index in range(len(chapter.claims))),
        person=view.link(person) if person else None, breaks=any(m.is_above and m.is_stretch for m in chapter.marks),
        shown=len(chapter.claims), total=chapter.claims_in_all, claims=Link(view.path("claims/"), "all claims"), more=more,
    )  # fmt: skip


def _is_due_drawn(chapter: Chapter, index: int) -> bool:
    due = chapter.claims[index].claim.due
    return due is not None and chapter.scale.holds(due.latest)


def arc_table(view: View, chapter: Chapter) -> Markup:
    """Everything that the drawings show, in order of time."""
    rows: list[tuple[tuple[date, date], Row]] = []
    for mark in chapter.marks:
        event, case = mark.event, mark.case
        row = Row(
            date=event.date, what=view.link(f"{case.id}#{event.id}", words=event.on_arc or event.title),
            strand=STRAND_WORDS[event.strand], case=view.link(case.id),
            status=capital(certainty(event)) or CONFIDENCE_WORDS[event.confidence], sign="",
        )  # fmt: skip
        rows.append((mark.days, row))
    for item in chapter.claims:
        claim = item.claim
        row = Row(
            date=claim.made_on, what=view.link(item.reference, words=claim.text),
            strand="Claim", case=view.link(item.case.id), status=capital(status_words(item, chapter.today)), sign=claim.status,
        )  # fmt: skip
        rows.append((claim_days_drawn(item), row))
    rows.sort(key=lambda pair: pair[0])
    return fragment("arc_table", rows=[row for _, row in rows])
