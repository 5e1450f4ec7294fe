"""A case's charts: a picture for a quick look, and a table that holds every value with its source."""

from __future__ import annotations

from markupsafe import Markup

from casebook.dates import PartialDate
from casebook.model import Case, Chart, ChartPoint
from casebook.views.charting.parts import value_words
from casebook.views.charting.svg import draw_chart
from casebook.views.page import Row
from casebook.views.rendering import View, capital, time_element

HEDGED = {"bar": "A dashed outline", "line": "A hollow mark"}
JOINED = "Straight lines only join the marks; what lay between is not known."
SPREAD = "A stroke through a mark covers the days that its date can mean."


def chart_rows(view: View, case: Case) -> list[Row]:
    """The charts as their template prints them."""
    return [
        Row(
            id=chart.id, title=chart.title, unit=capital(chart.unit), note=chart.note or "",
            key=_key(chart),
            drawings=Markup().join(draw_chart(chart)), first="Date" if _is_dated(chart) else "What",
            series=[
                Row(
                    label=series.label if len(chart.series) > 1 else "",
                    rows=[
                        Row(
                            at=_place(point), value=value_words(point), source=view.source_link(point.source),
                            note=point.note or "",
                        )
                        for point in series.points
                    ],
                )
                for series in chart.series
            ],
        )
        for chart in case.charts
    ]  # fmt: skip


def _place(point: ChartPoint) -> str:
    return time_element(point.at) if isinstance(point.at, PartialDate) else point.at


def _points(chart: Chart) -> list[ChartPoint]:
    return [point for series in chart.series for point in series.points]


def _is_dated(chart: Chart) -> bool:
    return all(isinstance(point.at, PartialDate) for point in _points(chart))


def _key(chart: Chart) -> str:
    """What the drawing's signs mean, as far as it uses them."""
    points = _points(chart)
    sentences = []
    hedges = dict.fromkeys(f"“{point.qualifier}”" for point in points if point.qualifier)
    if hedges:
        sentences.append(f"{HEDGED[chart.kind]} stands for a number given with {' or '.join(hedges)}.")
    if chart.kind == "line":
        if any(isinstance(point.at, PartialDate) and point.at.precision != "day" for point in points):
            sentences.append(SPREAD)
        if any(len(series.points) > 1 for series in chart.series):
            sentences.append(JOINED)
    return " ".join(sentences)
