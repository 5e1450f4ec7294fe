"""The arc drawn from left to right, for wide windows: persona above the axis, other events below, then the claims.

Lengths are in the units of the drawing's own view box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from casebook.book import CaseClaim
from casebook.views.arc_words import (
    NOTE,
    NOTE_LINE,
    TITLE,
    TITLE_LINE,
    Words,
    below_words,
    claim_words,
    event_words,
    px,
    segments,
)
from casebook.views.chapters import Chapter, Mark, claim_days_drawn
from casebook.views.page import Row
from casebook.views.placing import (
    Label,
    Scale,
    Spot,
    gaps_between,
    hatching,
    is_inside,
    is_rough,
    middle,
    overlaps,
    place_labels,
    staircase,
    text_width,
    wrap,
)
from casebook.views.rendering import View, fragment

WIDTH = 1152.0
ROW = 54
"""From one claim to the next."""
ROOMS = (400.0, 150.0, 118.0)
"""How wide words may run before they go on in the next line; what makes the lowest drawing is taken."""
GAP_WORDS = 16
"""The least space between the two texts of a claim that stand on one line."""

LEAST_ROOM = 360
"""A claim that begins nearer to the drawing's end has its words end there instead."""

At = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class _Hung:
    """An event with its words, cut into lines."""

    mark: Mark
    words: Words
    title: tuple[str, ...]
    note: tuple[str, ...]

    @property
    def width(self) -> float:
        return max(*(text_width(line, TITLE) for line in self.title), *(text_width(line, NOTE) for line in self.note))

    @property
    def height(self) -> float:
        return TITLE_LINE * len(self.title) + NOTE_LINE * len(self.note)


@dataclass(frozen=True, slots=True)
class _Side:
    """The events on one side of the axis, in their places."""

    hung: tuple[_Hung, ...]
    spots: tuple[Spot, ...]

    @property
    def step(self) -> float:
        """From lane to lane."""
        return max((hung.height for hung in self.hung), default=32) + 16

    @property
    def height(self) -> float:
        """As far as the outermost words reach, not the lane that they stand in."""
        pairs = zip(self.hung, self.spots, strict=True)
        return 16 + max((self.step * spot.lane + hung.height for hung, spot in pairs), default=32)


def wide_picture(view: View, chapter: Chapter, label: str) -> Markup:
    """The drawing for wide windows."""
    pairs = [(mark, event_words(view, mark)) for mark in chapter.marks]
    plot, above, below = _place(
        chapter.scale, [pair for pair in pairs if pair[0].is_above], [pair for pair in pairs if not pair[0].is_above]
    )

    def at(day: date) -> float:
        return chapter.scale.at(day) * plot

    top = 30 + above.height
    bottom = top + 34
    promise = bottom + 44 + below.height
    height = promise + 36 + ROW * len(chapter.claims) if chapter.claims else promise - 8
    stretches = [(at(hung.mark.days[0]), at(hung.mark.days[1])) for hung in above.hung if hung.mark.is_stretch]
    axis = "".join(f"M{px(x1)} {px(top)}H{px(x2)}" for x1, x2 in gaps_between(stretches, 0, WIDTH))
    return fragment(
        "arc_wide", label=label, width=px(WIDTH), height=px(height), axis=f"{axis}M0 {px(bottom)}H{px(WIDTH)}",
        grid="".join(f"M{px(tick.at * plot)} 20V{px(height)}" for tick in chapter.scale.ticks if tick.at),
        ticks=[Row(x=px(tick.at * plot + 6), y=px(top + (23.5 if tick.is_year else 21.5)), label=tick.label,
                   kind="yr" if tick.is_year else "mo") for tick in chapter.scale.ticks],
        zones=_zones(chapter, bottom, promise),
        above=[_above(*pair, at, top, above.step) for pair in zip(above.hung, above.spots, strict=True)],
        below=[_below(*pair, at, bottom, below.step) for pair in zip(below.hung, below.spots, strict=True)],
        claims=[_claim(item, claim_words(view, item, chapter.today), at, chapter.scale, promise + 56 + ROW * index)
                for index, item in enumerate(chapter.claims)],
    )  # fmt: skip


Pairs = Sequence[tuple[Mark, Words]]


def _place(scale: Scale, above: Pairs, below: Pairs) -> tuple[float, _Side, _Side]:
    """How much of the width the scale takes, and the places of all labels.

    All of it, when the labels find their places by search; else it leaves room at the right for a staircase.
    """
    found = [_lowest(scale, pairs) for pairs in (above, below)]
    if found[0] is not None and found[1] is not None:
        return WIDTH, found[0], found[1]
    hung = [_cut(pairs, ROOMS[1]) for pairs in (above, below)]
    plot = WIDTH - 24 - max(item.width for some in hung for item in some)
    first, second = (_Side(some, tuple(staircase(_labels(scale, some, plot)))) for some in hung)
    return plot, first, second


def _lowest(scale: Scale, pairs: Pairs) -> _Side | None:
    """The lowest side that the search finds, over all widths of words."""
    sides = []
    for room in ROOMS:
        hung = _cut(pairs, room)
        spots = place_labels(_labels(scale, hung, WIDTH), WIDTH)
        if spots is not None:
            sides.append(_Side(_in_fewer_lines(scale, hung, spots), tuple(spots)))
    return min(sides, key=lambda side: side.height, default=None)


def _in_fewer_lines(scale: Scale, hung: tuple[_Hung, ...], spots: Sequence[Spot]) -> tuple[_Hung, ...]:
    """The same labels in the same places, each in as few lines as the others leave room for."""
    widened = list(hung)
    for index, narrow in enumerate(hung):
        (widened[index],) = _cut([(narrow.mark, narrow.words)], ROOMS[0])
        labels = _labels(scale, widened, WIDTH)
        if overlaps(labels, spots) or not is_inside(labels[index], spots[index], WIDTH):
            widened[index] = narrow
    return tuple(widened)


def _cut(pairs: Pairs, room: float) -> tuple[_Hung, ...]:
    return tuple(
        _Hung(mark, words, tuple(wrap(words.title, room, TITLE)), tuple(wrap(words.note, room, NOTE)))
        for mark, words in pairs
    )


def _labels(scale: Scale, hung: Sequence[_Hung], plot: float) -> list[Label]:
    return [
        Label(scale.at(item.mark.days[0]) * plot, scale.at(item.mark.days[1]) * plot, item.width) for item in hung
    ]  # fmt: skip


def _zones(chapter: Chapter, bottom: float, promise: float) -> list[Row]:
    zones = [Row(y="11", words="Persona"), Row(y=px(bottom + 22), words=below_words(chapter))]
    return [*zones, Row(y=px(promise + 12), words="Promises and claims")] if chapter.claims else zones


def _above(hung: _Hung, spot: Spot, at: At, top: float, step: float) -> Row:
    x1, x2 = at(hung.mark.days[0]), at(hung.mark.days[1])
    foot = top - 19 - step * spot.lane
    head = foot - hung.height + 3
    hatch = segments(hatching(x1, head, max(x2, x1 + 3), top)) if hung.mark.is_stretch else ""
    return Row(
        hatch=hatch, stem="" if hatch else f"M{px(x1)} {px(top)}V{px(head)}", x=px(x1), y=px(top),
        **_label(hung, x2 if spot.side > 0 else x1, spot.side, head + 12),
    )  # fmt: skip


def _below(hung: _Hung, spot: Spot, at: At, bottom: float, step: float) -> Row:
    x1, x2 = at(hung.mark.days[0]), at(hung.mark.days[1])
    hangs_at = x2 if spot.side > 0 else x1
    first = bottom + 46 + step * spot.lane
    return Row(
        stem=f"M{px(hangs_at)} {px(bottom)}V{px(first + hung.height - 17)}",
        x=px(x1 - 4.5), y=px(bottom - 4.5), length=px(x2 - x1 + 9), **_label(hung, hangs_at, spot.side, first),
    )  # fmt: skip


def _label(hung: _Hung, x: float, side: int, first: float) -> dict[str, Any]:
    """Where the lines of a label stand, the first of them on the line `first`."""
    after = first + TITLE_LINE * len(hung.title)
    return {
        "words": hung.words, "rough": is_rough(hung.mark.event.date), "hollow": hung.mark.event.strand != "product",
        "end": side < 0, "words_x": px(x + 8 * side),
        "title": [(px(first + TITLE_LINE * index), line) for index, line in enumerate(hung.title)],
        "note": [(px(after + NOTE_LINE * index), line) for index, line in enumerate(hung.note)],
    }  # fmt: skip


def _claim(item: CaseClaim, words: Words, at: At, scale: Scale, y: float) -> Row:
    words = _fitted(words, WIDTH + 4 - at(claim_days_drawn(item)[0]))
    made, last = claim_days_drawn(item)
    is_open = item.claim.status == "pending"
    x1 = at(made)
    x2 = WIDTH - 8 if is_open else at(last) if scale.holds(last) else WIDTH
    title_x, is_end = _beside(x1 - 4, text_width(words.title, TITLE))
    due = at(item.claim.due.latest) if item.claim.due and scale.holds(item.claim.due.latest) else None
    note_x, note_y, note_end = _claim_note(words, x2, due, title_x, y, is_end=is_end)
    return Row(
        words=words, y=px(y), x1=px(x1), x2=px(max(x1, x2 - 8)), is_open=is_open,
        begins=scale.holds(made), ends=is_open or scale.holds(last), glyph=f"{px(x2 - 8)} {px(y - 8)}",
        steps="".join(f"M{px(at(day))} {px(y - 5)}v10" for day in _steps_between(item, scale)),
        due="" if due is None else px(due),
        title_x=px(title_x), end=is_end, title_y=px(y - 15), note_x=px(note_x), note_y=px(note_y), note_end=note_end,
    )  # fmt: skip


def _fitted(words: Words, room: float) -> Words:
    """A claim's words cut to the room behind its beginning, if that is enough for most of them."""
    if room < LEAST_ROOM or text_width(words.title, TITLE) <= room:
        return words
    first = wrap(words.title, room - text_width("…", TITLE), TITLE)[0]
    return words._replace(title=f"{first.rstrip(' ,;:.…')}…")


def _beside(x: float, width: float) -> tuple[float, bool]:
    """Where a claim's words begin; at the drawing's end, with their end, when they would reach beyond it."""
    return (x, False) if x + width <= WIDTH else (WIDTH, True)


def _claim_note(
    words: Words, x2: float, due: float | None, title_x: float, y: float, *, is_end: bool
) -> tuple[float, float, bool]:
    """Place and alignment of the words for a claim's status: behind the sign, else over it, else under the line."""
    title, note = text_width(words.title, TITLE), text_width(words.note, NOTE)
    after = x2 + 14
    if due is not None and x2 < due < after + note:
        after = due + 12  # clear of the flag
    if after + note <= WIDTH:
        return after, y + 4, False
    if not is_end and title_x + title + GAP_WORDS <= WIDTH - note:
        return WIDTH, y - 15, True
    return WIDTH, y + 22, True


def _steps_between(item: CaseClaim, scale: Scale) -> list[date]:
    """The days between the first and the last on which something was noted about a claim."""
    made, last = claim_days_drawn(item)
    days = [middle(step.on) for step in item.claim.history]
    return sorted({day for day in days if made < day < last and scale.holds(day)})
