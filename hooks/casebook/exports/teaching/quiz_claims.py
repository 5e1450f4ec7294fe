"""Questions about claims and the order of events."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.exports.teaching.quiz import Assigned, Option, Passage, QuizQuestion, shuffled
from casebook.exports.teaching.settled import is_settled_claim, is_settled_day
from casebook.model import CHOICES, Claim, TimelineEvent
from casebook.views.rendering import STATUS_WORDS

APART = 2
"""Days that lie at least between two events that are put in order: a clock elsewhere can move a day by one."""
_ASKED = 4
"""Events that are put in order in one question."""
_FEWEST = 3


def claim_status(assigned: Assigned) -> list[QuizQuestion]:
    """What the casebook records of each claim whose end is settled."""
    return [_status_question(assigned, claim) for claim in _recorded(assigned)]


def order_of_events(assigned: Assigned) -> list[QuizQuestion]:
    """Which of some events came first, and which of others last, by their days in the record."""
    chain: list[TimelineEvent] = []
    for event in sorted(assigned.case.events, key=lambda event: event.date.sort_key):
        if not (assigned.covers(event.id) and is_settled_day(assigned.case, event)):
            continue
        if not chain or (event.date.earliest - chain[-1].date.earliest).days >= APART:
            chain.append(event)
    if len(chain) < 2 * _FEWEST:
        return [_order_question(assigned, chain[:_ASKED], "first")] if len(chain) >= _FEWEST else []
    return [
        _order_question(assigned, chain[0::2][:_ASKED], "first"),
        _order_question(assigned, chain[1::2][-_ASKED:], "last"),
    ]


def _recorded(assigned: Assigned) -> list[Claim]:
    texts = [claim.text for claim in assigned.case.claims]
    return [
        claim for claim in assigned.case.claims
        if assigned.covers(claim.id) and is_settled_claim(assigned.book, assigned.case, claim) and texts.count(claim.text) == 1
    ]  # fmt: skip


def _status_question(assigned: Assigned, claim: Claim) -> QuizQuestion:
    key = f"{assigned.reference(claim.id)} status"
    options = [
        Option(f"{STATUS_WORDS[status]}: {meaning}", status == claim.status)
        for status, meaning in CHOICES["ClaimStatus"].items()
        if status != "disputed"
    ]
    stem = (
        f"{assigned.book.label(claim.by)} made this claim ({claim.made_on.words}). What does the Founder Casebook record "
        f"of it, as of {assigned.as_of}?"
    )
    return QuizQuestion(
        key, "choice", "What became of a claim", stem, (Passage(claim.text),), shuffled(key, options),
        _recorded_as(claim), (assigned.reference(claim.id),),
    )  # fmt: skip


def _recorded_as(claim: Claim) -> str:
    step = claim.history[-1]
    return f"Recorded as {STATUS_WORDS[step.status].lower()} ({step.on.words}): {step.note}"


def _order_question(assigned: Assigned, events: Sequence[TimelineEvent], end: str) -> QuizQuestion:
    key = f"{assigned.case.id} {end} {' '.join(event.id for event in events)}"
    right = events[0] if end == "first" else events[-1]
    days = "; ".join(f"{event.date.words}: {event.title}" for event in events)
    return QuizQuestion(
        key, "choice", f"What came {end}",
        f"By the days that the Founder Casebook records, which of these came {end}?", (),
        shuffled(key, [Option(event.title, event is right) for event in events]),
        f"{days}.", tuple(assigned.reference(event.id) for event in events),
    )  # fmt: skip
