"""What bars and lines share: two canvases, words that Vega does not see, and pieces of a Vega-Lite specification."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from casebook.dates import PartialDate
from casebook.model import ChartPoint
from casebook.views.line_breaking import break_lines
from casebook.views.rendering import number

Spec = dict[str, Any]

FONT = 13
"""Size of all text in the drawing's units; the style sheet shows drawings near their natural width."""
LINE = 17
COLUMN = 7.0
"""Room for a Latin letter or digit. A Chinese character takes two columns."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """One of a chart's two drawings."""

    name: str
    width: int
    """Natural width in CSS pixels."""
    dates: int
    """Most dates along an axis of time."""
    plot: int
    """Height of a line chart's plot."""
    margin: int
    """Room to the right of that plot."""
    is_wide: bool
    """Whether lines are named at their ends; else above the plot."""


WIDE = Canvas("wide", 640, 6, 260, 184, is_wide=True)
NARROW = Canvas("narrow", 340, 3, 220, 30, is_wide=False)


@dataclass(slots=True)
class Words:
    """The words of a drawing. Vega places a number for each and never sees what an editor wrote.

    So nothing depends on how wide a machine's fonts are, and no word is ever taken for anything else.
    """

    placed: list[str] = field(default_factory=list)

    def mark(self, words: str) -> str:
        """The number that stands for these words until the drawing is done."""
        self.placed.append(words)
        return f"#{len(self.placed) - 1}"

    def marks(self, lines: list[str]) -> list[str]:
        """The numbers of several lines."""
        return [self.mark(line) for line in lines]


def columns(words: str) -> int:
    """How many columns the words take."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def wrap(words: str, width: int) -> list[str]:
    """The words in lines of at most `width` columns."""
    return break_lines(words, width, columns)


def value_words(point: ChartPoint) -> str:
    """The value as its source gives it: `over 290,000`."""
    return f"{point.qualifier or ''} {number(point.value)}".lstrip()


def place_words(point: ChartPoint) -> str:
    """The date or the label of a point, in words."""
    return point.at.words if isinstance(point.at, PartialDate) else point.at


def layer(mark: Spec, values: list[Spec], **encoding: Spec) -> Spec:
    """Marks of one kind with their data."""
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def given(name: str) -> Spec:
    """A position that is given in the drawing's own units, without a scale."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def as_given(name: str) -> Spec:
    """A colour, shape or dash that is given, without a scale and without a legend."""
    return {"field": name, "type": "nominal", "scale": None, "legend": None}


def texts(values: list[Spec], **mark: object) -> Spec:
    """Words at given positions."""
    return layer({"type": "text", **mark}, values, x=given("x"), y=given("y"), text={"field": "text"})


def size(canvas: Canvas, plot: float, *, left: float, right: float, top: float, bottom: float) -> Spec:
    """The plot's size and what is left around it."""
    padding = {"left": left, "right": right, "top": top, "bottom": bottom}
    return {"width": canvas.width - left - right, "height": plot, "padding": padding}
