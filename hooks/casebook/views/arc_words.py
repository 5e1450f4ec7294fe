"""What is written beside the marks of the arc, and what a screen reader says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casebook.book import CaseClaim
from casebook.dates import PartialDate
from casebook.views.chapters import Chapter, Mark, is_overdue
from casebook.views.placing import short_date
from casebook.views.rendering import STATUS_WORDS, STRAND_WORDS, View, certainty, description, title_of

TITLE = 15.5
"""Font size of a title."""
NOTE = 12.0
"""Font size of the words under a title."""
TITLE_LINE, NOTE_LINE = 17.0, 15.0
"""From line to line."""
CLAIM_LETTERS = 72
"""A longer claim is cut on the drawing; the table has it whole."""


class Words(NamedTuple):
    """What is written beside a mark."""

    title: str
    note: str
    name: str
    """What a screen reader says of the link."""
    href: str
    status: str = ""
    """A claim's status."""


def event_words(view: View, mark: Mark) -> Words:
    """An event's short title, and its date with what is known of it."""
    event = mark.event
    known = certainty(event)
    date_words = short_date(event.date)
    title = event.on_arc or event.title
    said = [title, event.date.words, event.strand, known, f"in {title_of(mark.case)}"]
    link = view.link(f"{mark.case.id}#{event.id}")
    return Words(
        title, f"{date_words}, {known}" if known else date_words, ", ".join(part for part in said if part), link.href
    )


def claim_words(view: View, item: CaseClaim, today: PartialDate | None) -> Words:
    """A claim, and where it stands."""
    claim = item.claim
    text = claim.text.removesuffix(".")
    status = status_words(item, today)
    name = f"{text}, {status}, made {claim.made_on.words}, in {title_of(item.case)}"
    return Words(
        claim.on_arc or description(text, CLAIM_LETTERS), status, name, view.link(item.reference).href, claim.status
    )


def status_words(item: CaseClaim, today: PartialDate | None) -> str:
    """Where a claim stands, in few words: `kept 18 Nov 2024`, `due 2030`."""
    claim = item.claim
    if claim.status != "pending":
        return f"{STATUS_WORDS[claim.status].lower()} {short_date(claim.history[-1].on)}"
    if claim.due is None:
        return "pending"
    return f"{'past due,' if is_overdue(item, today) else 'due'} {short_date(claim.due)}"


def px(value: float) -> str:
    """A length as it is written: tenths, and no idle zero."""
    return f"{value:.1f}".removesuffix(".0")


def segments(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Single lines as one path."""
    return "".join(f"M{px(x1)} {px(y1)}L{px(x2)} {px(y2)}" for x1, y1, x2, y2 in lines)


def below_words(chapter: Chapter) -> str:
    """What stands below the axis: the strands of its events."""
    found = {mark.event.strand for mark in chapter.marks if not mark.is_above} or {"product"}
    return ", ".join(strand for strand in STRAND_WORDS if strand in found).capitalize()
