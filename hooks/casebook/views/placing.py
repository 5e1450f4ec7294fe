"""Where drawn things stand: a scale of dates, the widths of words, labels that do not touch. Numbers only, no markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from casebook.dates import MONTHS, PartialDate
from casebook.views.line_breaking import break_lines

STEPS = ((1, 6), (3, 12), (12, 12), (24, 12), (60, 12), (120, 12), (240, 12), (600, 12), (1200, 12), (12000, 12))
"""Months from tick to tick, and how many such steps a scale may have."""
TICK_ROOM = 0.06
"""The year that a scale begins in is written at its start, where the first tick is at least so far away."""
SEARCHED = 14
"""Labels up to this number are placed by search, more by rule."""
LANES = (5, 9)
"""How high the search may stack labels; where they crowd, in the second attempt, higher."""
VISITS = 2_500
"""Placings that the search looks at before it gives up."""
GAP = 12
"""The least space between two labels of a lane."""

_MONTH = re.compile("|".join(MONTHS[1:]), re.ASCII)
_NARROW = frozenset("iljtfrI.,:;'|!()[]-‘’` ")
_BROAD = frozenset("mwMWOQGDHNU@%—…&+=<>~#“”")


def short_date(value: PartialDate) -> str:
    """A date in few words: `13 Nov 2024`, `2 Apr to 9 May 2025`, `about Mar 2024`."""
    return _MONTH.sub(lambda match: match[0][:3], value.words)


def middle(value: PartialDate) -> date:
    """The day at which a date is drawn: in the middle of the days that it can mean, at the known end if one is open."""
    if value.earliest == date.min:
        return value.latest
    if value.latest == date.max:
        return value.earliest
    return value.earliest + (value.latest - value.earliest) / 2


def is_stretch(value: PartialDate) -> bool:
    """Whether the date is an interval with two known ends."""
    return value.precision == "interval" and not value.is_open


def is_rough(value: PartialDate) -> bool:
    """Whether the day is not known exactly."""
    return value.precision != "day" or bool(value.qualifier)


class Tick(NamedTuple):
    """A labelled place on a scale."""

    at: float
    """From 0 to 1."""
    label: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of time, cut at whole months, quarters or years."""

    start: date
    end: date
    """The first day that is no longer on it."""
    ticks: tuple[Tick, ...]

    def at(self, day: date) -> float:
        """Where a day stands, from 0 to 1; days outside stand at the ends."""
        return min(1.0, max(0.0, (day - self.start) / (self.end - self.start)))

    def holds(self, day: date) -> bool:
        """Whether a day is on the scale."""
        return self.start <= day < self.end


def scale_of(days: Iterable[date]) -> Scale:
    """The scale that holds all these days, with at most some twelve steps. Raises ValueError when there is no day."""
    months = [day.year * 12 + day.month - 1 for day in days]
    start, end = min(months), max(months) + 1
    # All of history fits into the last kind of step.
    step = next(step for step, most in STEPS if end - start <= step * most)
    # The last label has room too: it may not be a tick's at the very end.
    # Where every month has a tick, there is no such room to be had.
    while any(month % step == 0 for month in range(end - min(step - 1, _months_of_room(end - start)), end)):
        end += 1
    begin, close = _first_of(start), _first_of(end)
    marks = [month for month in range(start, end) if month % step == 0]
    ticks = [Tick((_first_of(month) - begin) / (close - begin), *_tick_label(month)) for month in marks]
    # A reader has to know in which year the drawing begins.
    if not ticks or ticks[0].at > TICK_ROOM:
        ticks.insert(0, Tick(0, str(begin.year), is_year=True))
    elif not ticks[0].is_year:
        ticks[0] = Tick(ticks[0].at, str(begin.year), is_year=True)
    return Scale(begin, close, tuple(ticks))


def _months_of_room(months: int) -> int:
    """How many months a label takes on a scale of so many."""
    return max(1, round(months * TICK_ROOM)) if months > 3 else 0


def _first_of(month: int) -> date:
    """The first day of a month counted from the year 0; the calendar's ends where it has no such month."""
    year, index = divmod(month, 12)
    return date.min if year < 1 else date.max if year > date.max.year else date(year, index + 1, 1)


def _tick_label(month: int) -> tuple[str, bool]:
    year, index = divmod(month, 12)
    return (MONTHS[index + 1][:3] if index else str(max(1, year))), not index


def text_width(text: str, size: float) -> float:
    """About how wide a text is at a font size, rather too much than too little."""
    return size * sum(_character_width(character) for character in text)


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.88
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.64 if character.isupper() or character.isdigit() else 0.54


def wrap(text: str, width: float, size: float) -> list[str]:
    """The lines of a text at a font size that are at most this wide."""
    return break_lines(text, width, lambda line: text_width(line, size))


class Label(NamedTuple):
    """Words that hang on a mark, or on the stretch from `left` to `right`."""

    left: float
    right: float
    width: float


class Spot(NamedTuple):
    """Where a label was placed."""

    lane: int
    """0 is next to the axis."""
    side: int
    """1 for words to the right of the stem, -1 for words to the left."""


class _Box(NamedTuple):
    """A label in its place: its words from `a` to `b` in a lane, its stem from `left` to `right` below."""

    a: float
    b: float
    left: float
    right: float
    lane: int


def _box(label: Label, spot: Spot) -> _Box:
    reach = label.width + GAP
    a, b = (label.right, label.right + reach) if spot.side > 0 else (label.left - reach, label.left)
    return _Box(a, b, label.left, label.right, spot.lane)


def _touch(one: _Box, other: _Box) -> bool:
    """Whether a label lies on the other, or across its stem."""
    if one.lane == other.lane:
        return one.a < other.b and other.a < one.b
    low, high = (one, other) if one.lane < other.lane else (other, one)
    return low.a < high.right and high.left < low.b


def place_labels(labels: Sequence[Label], width: float) -> list[Spot] | None:
    """Lanes and sides at which no label touches another or crosses a stem: cheapest first, depth first, the same each time.

    None when nothing was found within `VISITS` tries, or when there are too many labels to search; `staircase` always
    has an answer.
    """
    if len(labels) > SEARCHED:
        return None
    order = sorted(range(len(labels)), key=lambda index: (labels[index].right, index))
    for lanes in LANES:
        search = _Search([_choices(labels[index], width, lanes) for index in order])
        search.go([], 0)
        if search.best is not None:
            spots = dict(zip(order, search.best, strict=True))
            return [spots[index] for index in range(len(labels))]
    return None


def _choices(label: Label, width: float, lanes: int) -> list[tuple[float, Spot, _Box]]:
    """The places inside the drawing that a label can take, cheapest first. Low is better than high, right than left."""
    spots = [Spot(lane, side) for lane in range(lanes) for side in (1, -1)]
    boxes = [(spot.lane**2 + (0 if spot.side > 0 else 0.6), spot, _box(label, spot)) for spot in spots]
    return [choice for choice in boxes if is_inside(label, choice[1], width)]


def is_inside(label: Label, spot: Spot, width: float) -> bool:
    """Whether a label in its place lies in the drawing. A box holds space on the side where its words end."""
    box = _box(label, spot)
    return box.a >= -4 and box.b <= width + 4


class _Search:
    """A depth-first search that remembers the cheapest answer and stops after `VISITS` steps."""

    def __init__(self, choices: list[list[tuple[float, Spot, _Box]]]) -> None:
        self.choices = choices
        self.best: list[Spot] | None = None
        self.price = float("inf")
        self.visits = 0

    def go(self, done: list[tuple[Spot, _Box]], cost: float) -> None:
        """Place the next label, and all after it."""
        if len(done) == len(self.choices):
            self.best, self.price = [spot for spot, _ in done], cost
            return
        for price, spot, box in self.choices[len(done)]:
            self.visits += 1
            if cost + price >= self.price or self.visits > VISITS:
                return
            # What stands next to it is most likely in its way.
            if not any(_touch(box, other) for _, other in reversed(done)):
                self.go([*done, (spot, box)], cost + price)


def staircase(labels: Sequence[Label]) -> list[Spot]:
    """Every label on a lane of its own, the first one highest, all to the right: nothing can touch.

    It asks that the drawing leave room for the widest label at its right end.
    """
    order = sorted(range(len(labels)), key=lambda index: (labels[index].right, index), reverse=True)
    lanes = {index: lane for lane, index in enumerate(order)}
    return [Spot(lanes[index], 1) for index in range(len(labels))]


def overlaps(labels: Sequence[Label], spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """Pairs of labels of which one lies on the other or across its stem."""
    boxes = [_box(label, spot) for label, spot in zip(labels, spots, strict=True)]
    return [
        (one, other) for other in range(len(boxes)) for one in range(other) if _touch(boxes[one], boxes[other])
    ]  # fmt: skip


def spread(wanted: Sequence[float], heights: Sequence[float], *, top: float, gap: float) -> list[float]:
    """Places for blocks in a column, in their order, each as near as can be to where it is wanted, none on another.

    Least squares by pooling adjacent violators: blocks that would overlap are joined and centred together.
    """
    offsets = [0.0]
    for height in heights[:-1]:
        offsets.append(offsets[-1] + height + gap)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, members = pools.pop()
            total, count = total + before, count + members
        pools.append((total, count))
    means = [total / count for total, count in pools for _ in range(count)]
    return [max(top, mean) + offset for mean, offset in zip(means, offsets, strict=False)]


def hatching(
    left: float, top: float, right: float, bottom: float, step: float = 8
) -> list[tuple[float, float, float, float]]:
    """Slanting lines that fill a rectangle, as x1, y1, x2, y2, from its left edge to its right."""
    lines = []
    start = left - (bottom - top)
    while start < right:
        x1, x2 = max(left, start), min(right, start + bottom - top)
        lines.append((x1, bottom - (x1 - start), x2, bottom - (x2 - start)))
        start += step
    return [line for line in lines if line[2] > line[0]]


def gaps_between(stretches: Iterable[tuple[float, float]], start: float, end: float) -> list[tuple[float, float]]:
    """What is left of a line when stretches are taken out of it."""
    edges = [(start, start), *sorted(stretches), (end, end)]
    kept: list[tuple[float, float]] = []
    reached = start
    for (_, done), (begin, _) in pairwise(edges):
        reached = max(reached, done)
        if begin > reached:
            kept.append((reached, begin))
    return kept
