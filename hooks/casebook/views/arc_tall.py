"""The arc drawn downwards, for narrow windows: persona left of the dates, everything else right of them.

Lengths are in the units of the drawing's own view box.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from casebook.book import CaseClaim
from casebook.views.arc_words import (
    NOTE,
    NOTE_LINE,
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
from casebook.views.placing import Scale, gaps_between, hatching, is_rough, spread, wrap
from casebook.views.rendering import View, capital, fragment

WIDTH = 350.0
LEFT, RIGHT = 122.0, 156.0
"""The two axes, with the dates between them."""
TRACKS = 6.0
"""From one claim's line to the next."""
STEP = 115.0
"""The least length of one step of the scale, when there are many."""


def tall_picture(view: View, chapter: Chapter, label: str) -> Markup:
    """The drawing for narrow windows."""
    left = [
        _Hanging(chapter.scale, mark, event_words(view, mark), LEFT - 32) for mark in chapter.marks if mark.is_above
    ]
    lanes = _claim_lanes(chapter)
    words_x = RIGHT + 22 + TRACKS * max(lanes, default=0) + (10 if lanes else 0)
    room = WIDTH - words_x
    right: list[_Hanging] = [
        _Hanging(chapter.scale, mark, event_words(view, mark), room) for mark in chapter.marks if not mark.is_above
    ]  # fmt: skip
    right += [
        _Hanging(chapter.scale, item, claim_words(view, item, chapter.today), room, lane)
        for item, lane in zip(chapter.claims, lanes, strict=True)
    ]
    right.sort(key=lambda hanging: hanging.start)
    first = 44.0
    length = max(360.0, min(STEP * len(chapter.scale.ticks), 1150.0), *(_stacked(side) - 40 for side in (left, right)))
    for side in (left, right):
        _hang(side, first, length)
    end = first + length
    height = max(end, *(hanging.words_y + hanging.height for hanging in [*left, *right])) + 16
    stretches = [(first + h.start * length, first + h.end * length) for h in left if h.is_stretch]
    axis = "".join(f"M{px(LEFT)} {px(y1)}V{px(y2)}" for y1, y2 in gaps_between(stretches, first, end))
    return fragment(
        "arc_tall", label=label, width=px(WIDTH), height=px(height), left_x=px(LEFT), right_x=px(RIGHT),
        middle_x=px((LEFT + RIGHT) / 2), axis=f"{axis}M{px(RIGHT)} {px(first)}V{px(end)}",
        below=below_words(chapter), zone_left=px(LEFT - 8), zone_right=px(RIGHT + 8),
        ticks=[Row(y=px(first + tick.at * length + (14 if tick.at == 0 else 5)), label=tick.label, is_year=tick.is_year)
               for tick in chapter.scale.ticks],
        left=[_tall_left(hanging, first, length) for hanging in left],
        right=[_tall_right(hanging, first, length, words_x) for hanging in right],
        tracks=[
            _tall_track(h, h.what, chapter.scale, first, length) for h in right if isinstance(h.what, CaseClaim)
        ],
    )  # fmt: skip


class _Hanging:
    """Something that hangs on an axis of the tall drawing, with its words cut into lines."""

    def __init__(self, scale: Scale, what: Mark | CaseClaim, words: Words, room: float, lane: int = 0) -> None:
        first, last = what.days if isinstance(what, Mark) else claim_days_drawn(what)
        self.what = what
        self.words = words
        self.lane = lane
        self.start, self.end = scale.at(first), scale.at(last)
        """From 0 to 1."""
        self.title = wrap(words.title, room, 14.5)
        note = capital(words.note) if words.status else words.note
        self.note = wrap(note, room - (17 if words.status else 0), NOTE)
        self.height = TITLE_LINE * len(self.title) + NOTE_LINE * len(self.note)
        self.words_y = 0.0
        self.is_stretch = isinstance(what, Mark) and what.is_stretch
        self.is_rough = is_rough(what.event.date if isinstance(what, Mark) else what.claim.made_on)


def _stacked(side: Sequence[_Hanging]) -> float:
    return sum(hanging.height + 10 for hanging in side)


def _hang(side: Sequence[_Hanging], first: float, length: float) -> None:
    """Give each its height: beside its mark, or as near as the others allow."""
    wanted = [first + hanging.start * length for hanging in side]
    for hanging, y in zip(
        side, spread(wanted, [hanging.height for hanging in side], top=26, gap=10), strict=True
    ):  # fmt: skip
        hanging.words_y = y


def _claim_lanes(chapter: Chapter) -> list[int]:
    """A line beside the axis for each claim, the nearest that is free."""
    free_from: list[date] = []
    lanes = []
    for item in chapter.claims:
        made, last = claim_days_drawn(item)
        lane = next((lane for lane, free in enumerate(free_from) if free < made), len(free_from))
        free_from[lane : lane + 1] = [date.max if item.claim.status == "pending" else last]
        lanes.append(lane)
    return lanes


def _tall_words(hanging: _Hanging) -> dict[str, Any]:
    y = hanging.words_y + 5
    after = y + TITLE_LINE * (len(hanging.title) - 1) + 16
    return {
        "words": hanging.words, "rough": hanging.is_rough,
        "title": [(px(y + TITLE_LINE * index), line) for index, line in enumerate(hanging.title)],
        "note": [(px(after + NOTE_LINE * index), line) for index, line in enumerate(hanging.note)],
        "glyph_y": px(after - 9.5),
    }  # fmt: skip


def _tall_left(hanging: _Hanging, first: float, length: float) -> Row:
    y1, y2 = (first + place * length for place in (hanging.start, hanging.end))
    edge = LEFT - (16 if hanging.is_stretch else 0)
    hatch = segments(hatching(LEFT - 16, y1, LEFT, max(y2, y1 + 3))) if hanging.is_stretch else ""
    stem = f"M{px(edge)} {px(y1)}H{px(LEFT - 16)}L{px(LEFT - 21)} {px(hanging.words_y)}H{px(LEFT - 24)}"
    return Row(y=px(y1), hatch=hatch, stem=stem, **_tall_words(hanging))


def _tall_right(hanging: _Hanging, first: float, length: float, words_x: float) -> Row:
    y1, y2 = (first + place * length for place in (hanging.start, hanging.end))
    is_claim = isinstance(hanging.what, CaseClaim)
    start = RIGHT + 7 + TRACKS * hanging.lane if is_claim else RIGHT
    stem = f"M{px(start)} {px(y1)}H{px(words_x - 14)}L{px(words_x - 8)} {px(hanging.words_y)}H{px(words_x - 4)}"
    return Row(
        is_claim=is_claim, x=px(start), y=px(y1), stem=stem, words_x=px(words_x), note_x=px(words_x + 17 * is_claim),
        hollow=isinstance(hanging.what, Mark) and hanging.what.event.strand != "product",
        length=px((y2 - y1 if hanging.is_stretch else 0) + 9), top=px(y1 - 4.5), **_tall_words(hanging),
    )  # fmt: skip


def _tall_track(hanging: _Hanging, item: CaseClaim, scale: Scale, first: float, length: float) -> Row:
    _, last = claim_days_drawn(item)
    is_open = item.claim.status == "pending"
    x = RIGHT + 7 + TRACKS * hanging.lane
    y2 = first + length * (1 if is_open else hanging.end)
    return Row(
        x=px(x), y1=px(first + hanging.start * length), y2=px(y2), is_open=is_open, status=hanging.words.status,
        ends=is_open or scale.holds(last), glyph=f"{px(x - 6.5)} {px(y2 - 6.5)}",
    )  # fmt: skip
