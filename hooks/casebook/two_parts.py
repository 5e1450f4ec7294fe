"""A case read in two parts: what was on record on a day, and what followed.

`teaching.pause` names the day. Whatever cannot be shown to have been known on it belongs to the second part: what is
dated later, what may be, and what bears no date. Details, notes, roles and descriptions of pictures are written with
hindsight, so the first part takes from the record only titles, words, dates and what had become of a claim by then, and
from the essay only the sections that its editor names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casebook.book import Casebook
from casebook.dates import PartialDate
from casebook.model import BodySection, Case, Claim, Pause, Quote, TimelineEvent

_LAST = (date.max, date.max)
"""Where words without a date stand among those that have one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case, in the order in which it is read: events in the order of time, the rest in the editor's."""

    sections: tuple[BodySection, ...]
    events: tuple[TimelineEvent, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    """In the first part with their history up to the day, which may be none; in the second all of them, whole."""

    @property
    def anchors(self) -> frozenset[str]:
        """The local ids of what it shows."""
        kinds = (self.sections, self.events, self.quotes, self.claims)
        return frozenset(one.id for kind in kinds for one in kind)


@dataclass(frozen=True, slots=True)
class TwoParts:
    """A case and the day on which its reading pauses."""

    case: Case
    pause: Pause
    so_far: Part
    then: Part


def is_known(when: PartialDate | None, pause: Pause) -> bool:
    """Whether something of this date was on record at the end of the day of the pause.

    A date that is about or uncertain may be off by half of its own length, and by a day at least.
    """
    if when is None or when.is_open:
        return False
    return _latest(when) <= pause.after.latest


def _latest(when: PartialDate) -> date:
    if not when.qualifier:
        return when.latest
    give = max(timedelta(days=1), (when.latest - when.earliest) / 2)
    return when.latest + min(give, date.max - when.latest)


def two_parts(case: Case) -> TwoParts | None:
    """The case in its two parts; None where no pause is set."""
    pause = case.teaching.pause
    if pause is None:
        return None
    events = sorted(case.events, key=lambda event: event.date.sort_key)
    quotes = sorted(case.quotes, key=lambda quote: quote.date.sort_key if quote.date else _LAST)
    so_far = Part(
        tuple(section for section in case.body if section.id in pause.sections),
        tuple(event for event in events if is_known(event.date, pause)),
        tuple(quote for quote in quotes if is_known(quote.date, pause)),
        tuple(as_it_stood(claim, pause) for claim in case.claims if is_known(claim.made_on, pause)),
    )
    shown = so_far.anchors
    then = Part(
        tuple(section for section in case.body if section.id not in shown),
        tuple(event for event in events if event.id not in shown),
        tuple(quote for quote in quotes if quote.id not in shown),
        case.claims,
    )
    return TwoParts(case, pause, so_far, then)


def as_it_stood(claim: Claim, pause: Pause) -> Claim:
    """The claim with its history up to the end of that day."""
    return claim.model_copy(update={"history": tuple(step for step in claim.history if is_known(step.on, pause))})


def tells_later(book: Casebook, reference: str, case: Case, pause: Pause) -> bool:
    """Whether a reference, made in `case`, leads to something that was not on record on the day of the pause.

    To a section that the first part leaves out, to the description of a picture, or to another case that was not over. What
    has no date of its own, as a person or a term, tells nothing later by its name.
    """
    owner, hash_mark, local = reference.rpartition("#")
    if not hash_mark:
        other = book.cases.get(reference)
        return other is not None and other.id != case.id and not is_known(other.occurred, pause)
    home = book.cases.get(owner or case.id)
    if home is None:
        return False
    if home.id == case.id and any(section.id == local for section in case.body):
        return local not in pause.sections
    dated: list[tuple[str, PartialDate | None]] = [(event.id, event.date) for event in home.events]
    dated += [(quote.id, quote.date) for quote in home.quotes]
    dated += [(claim.id, claim.made_on) for claim in home.claims]
    dated += [(media.id, None) for media in home.media]
    found = dict(dated)
    return local in found and not is_known(found[local], pause)
