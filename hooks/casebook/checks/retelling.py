"""Rules about one happening that several cases tell: one of them tells it most fully, and all agree on its day."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.checks.rule import Finding, case_rule
from casebook.model import Case, TimelineEvent


@case_rule("CB325")
def the_same_event_is_told_in_full_by_another_case(book: Casebook, case: Case) -> Iterator[Finding]:
    """What `same_event` names stands in another case, and is itself the fullest telling."""
    for index, event, owner, other in _told_elsewhere(book, case):
        pointer = ("events", index, "same_event")
        if owner is case:
            message = "an event cannot be the same as another of its own case"
            yield Finding(case.id, pointer, message, "tell it once, or name an event of another case")
        elif other.same_event is not None:
            message = f'"{event.same_event}" is itself told more fully in another case'
            yield Finding(case.id, pointer, message, f'name "{other.same_event}"')
        elif event.on_arc and not other.on_arc:
            message = f'this event is on the arc, and "{event.same_event}", where it is told more fully, is not'
            yield Finding(case.id, ("events", index, "on_arc"), message, "give that one the short title")


@case_rule("CB326")
def the_same_event_has_one_date(book: Casebook, case: Case) -> Iterator[Finding]:
    """Two cases that tell of the same happening can both be right about its day."""
    for index, event, owner, other in _told_elsewhere(book, case):
        one, two = event.date, other.date
        if owner is not case and (one.latest < two.earliest or two.latest < one.earliest):
            message = f'here it is dated {one.words}, in "{event.same_event}" {two.words}'
            yield Finding(case.id, ("events", index, "date"), message, "look up which is right, and mend the other")


def _told_elsewhere(book: Casebook, case: Case) -> Iterator[tuple[int, TimelineEvent, Case, TimelineEvent]]:
    """Events that name a fuller telling: their number, the event, and the case and event that are named."""
    for index, event in enumerate(case.events):
        owner, _, local = (event.same_event or "").partition("#")
        other = book.event(owner, local) if local else None
        if other is not None:
            yield index, event, book.cases[owner], other
