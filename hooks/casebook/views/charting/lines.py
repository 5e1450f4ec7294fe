"""Line charts: dated values on an axis of time, from zero upwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casebook.dates import PartialDate
from casebook.model import Chart, ChartPoint
from casebook.views.charting.parts import (
    COLUMN,
    FONT,
    LINE,
    Canvas,
    Spec,
    Words,
    as_given,
    given,
    layer,
    size,
    texts,
    value_words,
    wrap,
)

STYLES = (
    ("accent", [1, 0], "circle"), ("ink", [6, 3], "square"), ("disputed", [2, 3], "triangle-up"),
    ("ink-2", [1, 0], "diamond"), ("accent", [9, 3, 2, 3], "triangle-down"), ("disputed", [12, 3], "cross"),
)  # fmt: skip
"""Colour, dashes and shape of each series. No two share a shape, so that colour is never alone."""
MONTHS_A_STEP = (1, 2, 3, 6)
YEARS_A_STEP = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
BESIDE, ABOVE = 21, 40
"""Columns of a series' name beside the plot and above it."""
HEADROOM = 1.06
MARK: Spec = {"type": "point", "size": 72, "strokeWidth": 1.8, "opacity": 1}
DAY = 86_400_000
"""A day in milliseconds, in which Vega counts time."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """The plot's size, and what its edges stand for."""

    width: float
    height: float
    start: int
    end: int
    low: float
    high: float

    def across(self, point: ChartPoint) -> float:
        """Where a point stands, from the left edge."""
        return self.width * (_middle(point) - self.start) / (self.end - self.start)

    def down(self, point: ChartPoint) -> float:
        """Where a point stands, from the top edge."""
        return self.height * (self.high - float(point.value)) / (self.high - self.low)


def line_chart(chart: Chart, canvas: Canvas, words: Words) -> Spec:
    """The specification of a line chart. A hedged number has a hollow mark; a date that is no day, a bar through it."""
    low, high = _domain([float(point.value) for series in chart.series for point in series.points])
    left = (max(len(f"{end:,.0f}") for end in (low, high)) + 2 * (high - low < 8)) * COLUMN + 10
    names = [wrap(series.label, BESIDE if canvas.is_wide else ABOVE) for series in chart.series]
    top = 10 if canvas.is_wide else 10 + sum(LINE * len(lines) + 4 for lines in names)
    frame = size(canvas, canvas.plot, left=left, right=canvas.margin, top=top, bottom=28)
    start, end = _span(chart)
    plot = _Plot(frame["width"], canvas.plot, start, end, low, high)
    axes = {"x": _axis_of_time(plot, canvas), "y": _axis_of_values(plot)}
    lines = _lines(chart, axes)
    named = _names_beside(chart, names, plot, words) if canvas.is_wide else _names_above(names, left, top, words)
    return {**frame, "layer": [*lines, *named]}


def _domain(values: list[float]) -> tuple[float, float]:
    """The ends of the axis of values: zero is always on it."""
    low, high = min(0.0, *values), max(0.0, *values)
    return low * HEADROOM, high * HEADROOM if high > low else low + 1


def _axis_of_values(plot: _Plot) -> Spec:
    return {
        "type": "quantitative",
        "scale": {"domain": [plot.low, plot.high], "nice": False, "zero": False},
        "axis": {"tickCount": 5, "format": ",~f", "domain": False, "ticks": False},
    }


def _axis_of_time(plot: _Plot, canvas: Canvas) -> Spec:
    """An axis on which every stretch of time is as long as it was."""
    scale = {"type": "utc", "domain": [plot.start, plot.end], "nice": False}
    ticks = _ticks((plot.end - plot.start) / DAY / 30.4, canvas.dates)
    return {"type": "temporal", "scale": scale, "axis": {"grid": False, **ticks}}


def _ticks(months: float, most: int) -> Spec:
    """Which dates stand on an axis of that many months, and how they are written: `most` at the most."""
    if months < most:
        return {"format": "%-d %b %Y", "tickCount": most - 1}
    # Steps of many years are not counted in months: Vega would go through ten thousand years month by month.
    unit, length, steps = ("month", months, MONTHS_A_STEP) if months < 6 * most else ("year", months / 12, YEARS_A_STEP)
    step = next(step for step in steps if length / step <= most)
    return {"format": "%b %Y" if unit == "month" else "%Y", "tickCount": {"interval": unit, "step": step}}


def _instant(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY


def _bounds(point: ChartPoint) -> tuple[int, int]:
    """The first and the last day that a point's date can mean."""
    at = point.at
    return (_instant(at.earliest), _instant(at.latest)) if isinstance(at, PartialDate) else (0, 0)


def _middle(point: ChartPoint) -> int:
    first, last = _bounds(point)
    return (first + last) // 2


def _span(chart: Chart) -> tuple[int, int]:
    """From the first day to the last, with a little air; at least a week."""
    bounds = [_bounds(point) for series in chart.series for point in series.points]
    start, end = min(first for first, _ in bounds), max(last for _, last in bounds)
    air = max(3 * DAY, (end - start) // 50)
    return start - air, end + air


def _lines(chart: Chart, axes: dict[str, Spec]) -> list[Spec]:
    """The lines and marks of all series. Layers cost time, so that the series share theirs."""
    points = [
        _point(point, index, style)
        for index, (series, style) in enumerate(zip(chart.series, STYLES, strict=False))
        for point in series.points
    ]
    spread = [point for point in points if point["first"] < point["last"]]
    x, y = {"field": "at", **axes["x"]}, {"field": "value", **axes["y"]}
    stroke, dash = as_given("colour"), as_given("dash")
    return [
        layer({"type": "line", "strokeWidth": 1.8}, points, x=x, y=y, stroke=stroke, strokeDash=dash, detail={"field": "series"}),
        layer({"type": "rule", "strokeWidth": 1.2}, spread, x={**x, "field": "first"}, x2={"field": "last"}, y=y, stroke=stroke),
        layer(MARK, points, x=x, y=y, stroke=stroke, fill=as_given("fill"), shape=as_given("shape")),
    ]  # fmt: skip


def _point(point: ChartPoint, series: int, style: tuple[str, list[int], str]) -> Spec:
    colour, dash, shape = style
    first, last = _bounds(point)
    place = {"at": _middle(point), "first": first, "last": last, "value": float(point.value), "series": series}
    return {**place, "colour": colour, "dash": dash, "shape": shape, "fill": "paper" if point.qualifier else colour}


def _names_beside(chart: Chart, names: list[list[str]], plot: _Plot, words: Words) -> list[Spec]:
    """Each series' name and last value to the right of its last mark, pushed apart where they would touch."""
    lasts = [max(series.points, key=_middle) for series in chart.series]
    heights = [LINE * (len(lines) + 1) for lines in names]
    leaders, labels = [], []
    for index, y in zip(*_apart([plot.down(last) for last in lasts], heights, plot.height), strict=True):
        last = lasts[index]
        leaders.append({"x": plot.across(last) + 8, "y": plot.down(last), "x2": plot.width + 18, "y2": y})
        lines = words.marks([*names[index], value_words(last)])
        labels.append({"x": plot.width + 23, "y": y - heights[index] / 2 + FONT, "text": lines})
    rule = {"type": "rule", "stroke": "rule"}
    x2: Spec = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return [layer(rule, leaders, x=given("x"), y=given("y"), **x2), texts(labels, lineHeight=LINE)]


def _apart(targets: list[float], heights: list[int], limit: float) -> tuple[list[int], list[float]]:
    """Which label stands where, from the top: as near as may be to its target, none over another."""
    order = sorted(range(len(targets)), key=targets.__getitem__)
    places: list[float] = []
    floor = -heights[order[0]] / 2
    for index in order:
        places.append(max(targets[index], floor + heights[index] / 2))
        floor = places[-1] + heights[index] / 2 + 4
    ceiling = limit + heights[order[-1]] / 2
    for rank in reversed(range(len(order))):
        places[rank] = min(places[rank], ceiling - heights[order[rank]] / 2)
        ceiling = places[rank] - heights[order[rank]] / 2 - 4
    return order, places


def _names_above(names: list[list[str]], left: float, top: float, words: Words) -> list[Spec]:
    """The series' names above the plot, each beside a piece of its line and its mark."""
    samples: list[Spec] = []
    labels: list[Spec] = []
    y = -top + 2
    for lines, (colour, dash, shape) in zip(names, STYLES, strict=False):
        drawn = {"y": y + FONT / 2 + 1, "colour": colour, "dash": dash, "shape": shape}
        samples.append({**drawn, "x": -left + 13, "start": -left + 1, "end": -left + 25})
        labels.append({"x": -left + 34, "y": y + FONT, "text": words.marks(lines)})
        y += LINE * len(lines) + 4
    stroke = as_given("colour")
    return [
        layer({"type": "rule", "strokeWidth": 1.8}, samples, x=given("start"), x2={"field": "end"}, y=given("y"),
              stroke=stroke, strokeDash=as_given("dash")),
        layer(MARK, samples, x=given("x"), y=given("y"), stroke=stroke, fill=stroke, shape=as_given("shape")),
        texts(labels, lineHeight=LINE),
    ]  # fmt: skip
