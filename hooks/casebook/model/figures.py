"""Numbers: the strip under the title, charts, and what sources disagree on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import ChartKind, Qualifier
from casebook.model.ids import SourceId
from casebook.model.scalars import Edtf, Id, Label, Moment, Number, Text, Words

CHART_POINTS = (2, 60)
"""Fewest and most points of a chart, over all its series."""


class KeyFigure(Model):
    """One number of the strip under the title."""

    value: Annotated[Number, Field(examples=[100000])]
    """A plain number, written once: `100000`, `93.5`. Units and words go into the other fields."""
    unit: Annotated[Words | None, Field(examples=["yuan"])] = None
    """What is counted: `yuan`, `days`, `%`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    label: Annotated[Words, Field(examples=["vans built by the end of March"])]
    """What the number says, in a few words."""
    as_of: Edtf | None = None
    """The date for which the number holds."""
    source: SourceId
    """The source that gives the number."""


class ChartPoint(Model):
    """One value of a chart."""

    at: Moment
    """The date for which the value holds; in a bar chart it may be a few words instead."""
    value: Annotated[Number, Field(examples=[44.63])]
    """A plain number in the chart's unit: `44.63`, where the unit is `million followers`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    source: SourceId
    """The source that gives the value."""
    note: Annotated[Text | None, Field(examples=["One day late."])] = None
    """What a reader should know: who counted, what the value leaves out."""


class ChartSeries(Model):
    """Values that belong together: one thing over time, or one source's counts."""

    label: Annotated[Label, Field(examples=["Promised"])]
    """What the values have in common: at most 40 characters, and no two series of a chart share it."""
    points: Annotated[tuple[ChartPoint, ...], Field(min_length=1, max_length=CHART_POINTS[1])]
    """The values: in a bar chart in the order in which they stand, in a line chart each at a date of its own."""


class Chart(Model):
    """Figures that say more side by side, drawn and in a table, each with its source."""

    id: Annotated[Id, Field(examples=["fig-vans"])]
    """Names the chart within the case: `[[#fig-vans]]` links to it."""
    title: Annotated[Words, Field(examples=["Fewer vans were handed over than promised"])]
    """The finding, in the editors' sentence: what the chart shows, without verdict."""
    kind: ChartKind
    """`bar` compares values, in the order given; `line` sets dated values on an axis of time."""
    unit: Annotated[Words, Field(examples=["cars"])]
    """What all the values count: `cars`, `billion yuan`."""
    note: Text | None = None
    """What the values have in common, and how far they can be compared."""
    series: Annotated[tuple[ChartSeries, ...], Field(min_length=1, max_length=6)]
    """What is compared: one to six series."""


class DisputedFigure(Model):
    """One source's figure in a dispute."""

    value: Annotated[Words, Field(examples=["12 vans"])]
    """The figure as this source gives it, with its unit."""
    source: SourceId
    """The source that gives it."""
    note: Text | None = None
    """What explains the difference, where the source says."""


class Dispute(Model):
    """A figure or fact on which sources disagree, shown side by side."""

    what: Annotated[Words, Field(examples=["Vans handed over on 1 April 2024"])]
    """What the sources disagree on."""
    figures: Annotated[tuple[DisputedFigure, ...], Field(min_length=1)]
    """Usually two or more; one alone says that no second source was found."""
    we_print: Text | None = None
    """What the case prints, and why."""
