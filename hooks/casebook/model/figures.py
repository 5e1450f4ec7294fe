"""Numbers: the strip under the title, charts, and what sources disagree on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import ChartKind, Qualifier
from casebook.model.scalars import Edtf, Id, Label, Moment, Number, Text, Words

CHART_POINTS = (2, 60)
"""Fewest and most points of a chart, over all its series."""


class KeyFigure(Model):
    """One number of the strip under the title."""

    value: Number
    """A plain number, written once: `100000`, `93.5`. Units and words go into the other fields."""
    unit: Words | None = None
    """What is counted: `yuan`, `days`, `%`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    label: Words
    """What the number says, in a few words."""
    as_of: Edtf | None = None
    """The date for which the number holds."""
    source: Id


class ChartPoint(Model):
    """One value of a chart."""

    at: Moment
    """The date for which the value holds; in a bar chart it may be a few words instead."""
    value: Number
    """A plain number in the chart's unit: `44.63`, where the unit is `million followers`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    source: Id
    note: Text | None = None
    """What a reader should know: who counted, what the value leaves out."""


class ChartSeries(Model):
    """Values that belong together: one thing over time, or one source's counts."""

    label: Label
    points: Annotated[tuple[ChartPoint, ...], Field(min_length=1, max_length=CHART_POINTS[1])]


class Chart(Model):
    """Figures that say more side by side, drawn and in a table, each with its source."""

    id: Id
    title: Words
    """The finding, in the editors' sentence: what the chart shows, without verdict."""
    kind: ChartKind
    """`bar` compares values, in the order given; `line` sets dated values on an axis of time."""
    unit: Words
    """What all the values count: `cars`, `billion yuan`."""
    note: Text | None = None
    """What the values have in common, and how far they can be compared."""
    series: Annotated[tuple[ChartSeries, ...], Field(min_length=1, max_length=6)]


class DisputedFigure(Model):
    """One source's figure in a dispute."""

    value: Words
    source: Id
    note: Text | None = None


class Dispute(Model):
    """A figure or fact on which sources disagree, shown side by side."""

    what: Words
    figures: Annotated[tuple[DisputedFigure, ...], Field(min_length=1)]
    """Usually two or more; one alone says that no second source was found."""
    we_print: Text | None = None
    """What the case prints, and why."""
