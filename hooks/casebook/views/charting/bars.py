"""Bar charts: horizontal bars from zero, each under its label and with its value at its end."""

from __future__ import annotations

from casebook.model import Chart
from casebook.views.charting.parts import (
    COLUMN,
    FONT,
    LINE,
    Canvas,
    Spec,
    Words,
    columns,
    given,
    layer,
    place_words,
    size,
    texts,
    value_words,
    wrap,
)

THICKNESS, GAP, HEAD = 14, 13, 22
"""A bar, the space under it, and the line on which a series is named."""


def bar_chart(chart: Chart, canvas: Canvas, words: Words) -> Spec:
    """The specification of a bar chart. A bar whose number is hedged has a dashed outline."""
    heads: list[Spec] = []
    labels: list[Spec] = []
    bars: list[Spec] = []
    y = 0.0
    for series in chart.series:
        if len(chart.series) > 1:
            heads.append({"x": 0, "y": y + FONT, "text": words.mark(series.label)})
            y += HEAD
        for point in series.points:
            lines = wrap(place_words(point), int(canvas.width / COLUMN))
            labels.append({"x": 0, "y": y + FONT, "text": words.marks(lines)})
            y += LINE * len(lines) + 2
            value = {
                "value": float(point.value),
                "text": words.mark(value_words(point)),
                "hedged": bool(point.qualifier),
            }
            bars.append(
                {**value, "end": max(0.0, float(point.value)), "y": y, "y2": y + THICKNESS, "middle": y + THICKNESS / 2}
            )
            y += THICKNESS + GAP
        y += GAP
    return {**_frame(chart, canvas, y - 2 * GAP), "layer": [
        texts(heads, fontWeight=600),
        texts(labels, lineHeight=LINE),
        *_bars(bars),
    ]}  # fmt: skip


def _frame(chart: Chart, canvas: Canvas, height: float) -> Spec:
    longest = max(columns(value_words(point)) for series in chart.series for point in series.points)
    return size(canvas, height, left=1, right=longest * COLUMN + 8, top=1, bottom=1)


def _bars(bars: list[Spec]) -> list[Spec]:
    low, high = min(0.0, *(bar["value"] for bar in bars)), max(0.0, *(bar["value"] for bar in bars))
    scale = {"domain": [low, high if high > low else low + 1], "nice": False}
    x: Spec = {"type": "quantitative", "axis": None, "scale": scale}
    edges: Spec = {"y": given("y"), "y2": {"field": "y2"}}
    ends: Spec = {"y": given("middle"), "text": {"field": "text"}}
    return [
        layer({"type": "bar", "fill": "accent"}, [bar for bar in bars if not bar["hedged"]],
              x={"field": "value", **x}, x2={"datum": 0}, **edges),
        layer({"type": "bar", "fill": "tint", "stroke": "accent", "strokeDash": [4, 3]}, [bar for bar in bars if bar["hedged"]],
              x={"field": "value", **x}, x2={"datum": 0}, **edges),
        layer({"type": "rule", "stroke": "ink"}, bars, x={"datum": 0, **x}, **edges),
        layer({"type": "text", "dx": 7, "baseline": "middle"}, bars, x={"field": "end", **x}, **ends),
    ]  # fmt: skip
