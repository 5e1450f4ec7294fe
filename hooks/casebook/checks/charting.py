"""Rules about charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casebook.book import Casebook
from casebook.checks.rule import Finding, case_rule
from casebook.dates import PartialDate
from casebook.model import CHART_POINTS, Case, ChartSeries


@case_rule("CB315")
def line_points_have_their_place_in_time(book: Casebook, case: Case) -> Iterator[Finding]:
    """In a line chart each point of a series has a date of its own, and no date is open."""
    for i, chart in enumerate(case.charts):
        if chart.kind == "line":
            for j, series in enumerate(chart.series):
                for k, message in _misplaced(series):
                    pointer = ("charts", i, "series", j, "points", k, "at")
                    yield Finding(case.id, pointer, message, "give it a date of its own, or make this a bar chart")


def _misplaced(series: ChartSeries) -> Iterator[tuple[int, str]]:
    """Points that a line cannot run through, each with what is wrong."""
    seen: set[tuple[date, date]] = set()
    for index, point in enumerate(series.points):
        if not isinstance(point.at, PartialDate):
            yield index, f'"{point.at}" is no date, and a line runs through dates'
        elif point.at.is_open:
            yield index, f"{point.at.words} has no end on the axis of time"
        elif point.at.sort_key in seen:
            yield index, f"another point of this series stands at {point.at.words}"
        else:
            seen.add(point.at.sort_key)


@case_rule("CB316")
def charts_have_something_to_compare(book: Casebook, case: Case) -> Iterator[Finding]:
    """A chart has between 2 and 60 points over all its series."""
    fewest, most = CHART_POINTS
    for index, chart in enumerate(case.charts):
        points = sum(len(series.points) for series in chart.series)
        if not fewest <= points <= most:
            message = f"the chart has {points} point{'' if points == 1 else 's'}; {fewest} to {most} are wanted"
            hint = "make it two charts" if points > most else "one figure belongs in `key_figures`"
            yield Finding(case.id, ("charts", index, "series"), message, hint)


@case_rule("CB317")
def series_have_names_of_their_own(book: Casebook, case: Case) -> Iterator[Finding]:
    """No two series of a chart have the same name."""
    for i, chart in enumerate(case.charts):
        seen: set[str] = set()
        for j, series in enumerate(chart.series):
            if series.label in seen:
                message = f'another series of this chart is called "{series.label}"'
                yield Finding(case.id, ("charts", i, "series", j, "label"), message, "name what distinguishes them")
            seen.add(series.label)
