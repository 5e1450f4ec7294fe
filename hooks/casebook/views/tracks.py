"""Small drawings on a scale of time: the events of a case as a strip, what became of a claim as a track.

Both are measured in per cent, so that they fill any width and their words keep their size. The text beside them says all
that they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from casebook.book import Casebook, CaseClaim
from casebook.model import Case, TimelineEvent
from casebook.views.chapters import claim_days_drawn
from casebook.views.page import Row
from casebook.views.placing import Scale, Tick, is_rough, middle, scale_of, short_date
from casebook.views.rendering import capital, fragment

AROUND = timedelta(days=365)
"""How far from its episode a case's events are drawn; what is older is backstory and would press the rest together."""
STRIP_TICKS = 8
"""A strip shows at most so many labels, so that they stand apart on a phone."""
DATE_ROOM = 0.24
"""A date over a track takes at most so much of its width."""
YEAR_ROOM = 0.18
"""The share of a ruler that a year takes, where rulers are narrowest: in the ledger."""


def per_cent(share: float) -> str:
    """A place on a drawing that is measured in per cent."""
    return f"{100 * share:.2f}%"


def strip_figure(case: Case) -> Markup:
    """The events of a case around its episode, persona up and all else down; nothing when they show less than two days."""
    drawn = _around(case)
    days = [middle(event.date) for event in drawn]
    if len(set(days)) < 2:
        return Markup("")
    scale = scale_of(days)
    first, last = drawn[days.index(min(days))], drawn[days.index(max(days))]
    return fragment(
        "case_strip", ticks=_strip_ticks(scale), marks=_strip_marks(drawn, scale), first=capital(first.date.words),
        last=last.date.words, left_out=len(case.events) - len(drawn),
    )  # fmt: skip


def _strip_ticks(scale: Scale) -> list[Row]:
    keep = -(-len(scale.ticks) // STRIP_TICKS)
    return [
        Row(at=per_cent(tick.at), label=tick.label if index % keep == 0 else "", is_year=tick.is_year)
        for index, tick in enumerate(scale.ticks)
    ]  # fmt: skip


def _strip_marks(events: Sequence[TimelineEvent], scale: Scale) -> list[Row]:
    return [
        Row(
            at=per_cent(scale.at(middle(event.date))), up=event.strand == "persona", rough=is_rough(event.date),
            hollow=event.strand != "product",
        )
        for event in events
    ]  # fmt: skip


def _around(case: Case) -> list[TimelineEvent]:
    """The events near the episode; all of them when it is not known when that began or ended."""
    events = sorted(case.events, key=lambda event: event.date.sort_key)
    if case.occurred.is_open:
        return events
    earliest = max(case.occurred.earliest, date.min + AROUND) - AROUND
    latest = min(case.occurred.latest, date.max - AROUND) + AROUND
    return [event for event in events if earliest <= middle(event.date) <= latest]


def track_scale(book: Casebook, items: Iterable[CaseClaim]) -> Scale:
    """The scale on which several claims are drawn: from the first that was made to the last turn, or to today."""
    days = [day for item in items for day in claim_days_drawn(item)]
    today = book.as_of
    return scale_of([*days, max([*days, today.latest])] if today is not None else days)


def track(item: CaseClaim, scale: Scale, *, dated: bool = False) -> Markup:
    """One claim from made to settled; dotted to the scale's end while it is pending. With dates above it if `dated`."""
    claim = item.claim
    made, last = (scale.at(day) for day in claim_days_drawn(item))
    is_open = claim.status == "pending"
    end = 1.0 if is_open else last
    steps = sorted({scale.at(middle(step.on)) for step in claim.history})
    due = claim.due
    return fragment(
        "track", status=claim.status, is_open=is_open, made=per_cent(made), end=per_cent(end),
        years=[per_cent(tick.at) for tick in scale.ticks if tick.is_year and tick.at],
        steps=[per_cent(at) for at in steps if made < at < last],
        due=per_cent(scale.at(due.latest)) if due is not None and scale.holds(due.latest) else "",
        dates=_dates(item, made, end) if dated else [],
    )  # fmt: skip


def _dates(item: CaseClaim, made: float, end: float) -> list[Row]:
    """The days over a track: when it was made and when it was settled; the last alone where there is no room for both."""
    claim = item.claim
    first = Row(at=per_cent(made), anchor=_anchor(made), dx="0", words=short_date(claim.made_on))
    if claim.status == "pending":
        return [first]
    last = Row(at=per_cent(end), anchor=_anchor(end), dx="0", words=short_date(claim.history[-1].on))
    if end - made >= 2 * DATE_ROOM:
        return [first, last]
    if end == made or made < DATE_ROOM or end > 1 - DATE_ROOM:
        return [last]
    first.anchor, first.dx, last.anchor, last.dx = "end", "-5", "start", "5"
    return [first, last]


def _anchor(at: float) -> str:
    return "start" if at < DATE_ROOM / 2 else "end" if at > 1 - DATE_ROOM / 2 else "middle"


def ruler(scale: Scale) -> Markup:
    """The years of a scale, to stand over tracks."""
    return fragment("ruler", years=[Row(at=per_cent(tick.at), label=tick.label) for tick in _years(scale)])


def _years(scale: Scale) -> Sequence[Tick]:
    kept: list[Tick] = []
    for tick in scale.ticks:
        if tick.is_year and (not kept or tick.at - kept[-1].at >= YEAR_ROOM):
            kept.append(tick)
    return kept
