"""History cut into chapters: what one drawing of the arc shows, however many cases there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from casebook.book import Casebook, CaseClaim
from casebook.dates import MONTHS, PartialDate
from casebook.model import Case, TimelineEvent
from casebook.views.placing import Scale, is_rough, is_stretch, middle, scale_of
from casebook.views.rendering import STATUS_WORDS

ABOVE = 14
"""At most so many events of persona on one drawing."""
BELOW = 10
"""At most so many other events."""
CLAIMS = 6
"""At most so many promises and claims."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event that is on the arc, with its case."""

    case: Case
    event: TimelineEvent

    @property
    def is_above(self) -> bool:
        """Whether it shows how a founder was presented."""
        return self.event.strand == "persona"

    @property
    def is_stretch(self) -> bool:
        """Whether it is drawn with a length."""
        return is_stretch(self.event.date)

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day at which it is drawn."""
        if self.is_stretch:
            return self.event.date.earliest, self.event.date.latest
        return (middle(self.event.date),) * 2


@dataclass(slots=True)
class Chapter:
    """A part of history that one drawing shows."""

    uri: str
    """The page of the arc on which it is drawn."""
    number: int
    """1 for the newest."""
    marks: tuple[Mark, ...]
    """In order of time."""
    scale: Scale
    claims: list[CaseClaim] = field(default_factory=list)
    """Claims made or last changed in this time that are drawn, in order of time."""
    claims_in_all: int = 0
    """How many claims were made or last changed in this time."""
    today: PartialDate | None = None
    """The casebook's own today, by which a claim is due or past due."""

    @property
    def period(self) -> str:
        """The months of the first and the last mark."""
        days = [day for mark in self.marks for day in mark.days]
        first, last = (f"{MONTHS[day.month]} {day.year}" for day in (min(days), max(days)))
        return first if first == last else f"{first} to {last}"

    def person(self, book: Casebook) -> str:
        """The id of the one person who acts in every event above the axis; empty when there is none such."""
        acting = [
            {actor for actor in mark.event.actors if book.kinds[actor] == "people"}
            for mark in self.marks if mark.is_above
        ]  # fmt: skip
        shared = reduce(set.intersection, acting) if acting else set()
        return shared.pop() if len(shared) == 1 else ""


def chapters(book: Casebook) -> list[Chapter]:
    """All chapters, the newest first; none when no event is on the arc."""
    marks = [Mark(case, event) for case, event in book.all_events() if event.on_arc]
    marks.sort(key=lambda mark: (mark.days, mark.event.date.sort_key, mark.case.id, mark.event.id))
    today = book.as_of
    cut = [
        Chapter(
            "arc/" if number == 1 else f"arc/pages/{number}/", number, some,
            scale_of(day for mark in some for day in mark.days), today=today,
        )
        for number, some in enumerate(_cut(marks), 1)
    ]  # fmt: skip
    _give_claims(book, cut)
    return cut


def _cut(marks: Sequence[Mark]) -> Iterator[tuple[Mark, ...]]:
    """Cut from the newest mark backwards, so that the newest chapter is always full."""
    some: list[Mark] = []
    room = {True: ABOVE, False: BELOW}
    for mark in reversed(marks):
        if not room[mark.is_above]:
            yield tuple(reversed(some))
            some, room = [], {True: ABOVE, False: BELOW}
        room[mark.is_above] -= 1
        some.append(mark)
    if some:
        yield tuple(reversed(some))


def _give_claims(book: Casebook, cut: Sequence[Chapter]) -> None:
    """Give each chapter the claims of its time: a claim belongs where it was made and where it last changed."""
    oldest_first = sorted(cut, key=lambda chapter: chapter.scale.start)
    starts = [chapter.scale.start for chapter in oldest_first]
    found: dict[int, list[CaseClaim]] = {chapter.number: [] for chapter in cut}
    for item in book.all_claims():
        numbers = set()
        for day in claim_days_drawn(item):
            place = bisect_right(starts, day) - 1
            if place >= 0 and oldest_first[place].scale.holds(day):
                numbers.add(oldest_first[place].number)
        for number in numbers:
            found[number].append(item)
    for chapter in cut:
        chapter.claims_in_all = len(found[chapter.number])
        chapter.claims = _choose(book, chapter.scale, found[chapter.number])


def claim_days_drawn(item: CaseClaim) -> tuple[date, date]:
    """The days at which a claim is drawn: when it was made, and when it last changed."""
    made = middle(item.claim.made_on)
    return made, max(made, middle(item.claim.history[-1].on))


def is_overdue(item: CaseClaim, today: PartialDate | None) -> bool:
    """Whether the day on which a claim was due has passed, and it is still pending."""
    due = item.claim.due
    return item.claim.status == "pending" and due is not None and today is not None and due.latest < today.latest


def _choose(book: Casebook, scale: Scale, items: Sequence[CaseClaim]) -> list[CaseClaim]:
    """A few claims in which every outcome has its place: the best of each status, then the second best of each.

    Better is what is on the scale from end to end, has a short title for the arc, took time, was due on a date, was made by a person, on a known day.
    """

    def rank(item: CaseClaim) -> tuple[object, ...]:
        claim = item.claim
        made, last = claim_days_drawn(item)
        is_seen = scale.holds(made) and (claim.status == "pending" or scale.holds(last))
        return (
            not is_seen, claim.on_arc is None, claim.status != "pending" and made == last, claim.due is None,
            book.kinds[claim.by] != "people", is_rough(claim.made_on), made, item.reference,
        )  # fmt: skip

    by_status: dict[str, list[CaseClaim]] = {status: [] for status in STATUS_WORDS}
    for item in sorted(items, key=rank):
        by_status[item.claim.status].append(item)
    ranked = [
        (place, order, item)
        for order, some in enumerate(by_status.values())
        for place, item in enumerate(some[:CLAIMS])
    ]  # fmt: skip
    ranked.sort(key=lambda entry: entry[:2])
    chosen = [item for _, _, item in ranked[:CLAIMS]]
    return sorted(chosen, key=lambda item: (claim_days_drawn(item), item.reference))
