"""Draws a specification, and reduces what Vega writes to bare shapes: classes for colours, no ids, no styles, no idle weight."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from markupsafe import Markup, escape

from casebook.model import Chart
from casebook.views.charting.bars import bar_chart
from casebook.views.charting.lines import line_chart
from casebook.views.charting.parts import FONT, NARROW, WIDE, Canvas, Spec, Words

FRAME: Spec = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "autosize": {"type": "none"},
    "background": None,
    "config": {
        "view": {"stroke": None},
        "text": {"fontSize": FONT, "fill": "ink", "align": "left", "baseline": "alphabetic"},
        "axis": {
            "labelFontSize": FONT, "labelColor": "ink-2", "labelLimit": 0, "labelOverlap": False, "labelPadding": 6,
            "gridColor": "rule", "domainColor": "ink-2", "tickColor": "ink-2", "title": None,
        },
    },
}  # fmt: skip
"""Nothing is sized or left out by measured text."""
KEPT = frozenset(
    "d transform x y x1 x2 y1 y2 dx dy text-anchor font-weight stroke-dasharray stroke-width width height".split()
)
"""Attributes that shapes keep. Colours become classes."""
_NUMBER = re.compile(r"-?\d+\.\d+")
_IDLE = {"transform": "translate(0,0)", "stroke-dasharray": "1,0", "font-weight": "normal"}


# A drawing takes some 30 ms; a preview draws the same charts at every save.
@lru_cache(maxsize=512)
def draw_chart(chart: Chart) -> tuple[Markup, Markup]:
    """The chart's two drawings, a wide and a narrow one; the style sheet shows one of them."""
    return _draw(chart, WIDE), _draw(chart, NARROW)


def _draw(chart: Chart, canvas: Canvas) -> Markup:
    # Imported here: it starts a JavaScript engine, for which casebooks without charts need not wait.
    import vl_convert

    words = Words()
    spec = bar_chart(chart, canvas, words) if chart.kind == "bar" else line_chart(chart, canvas, words)
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg({**FRAME, **spec}))  # noqa: S314 - drawn in the line itself
    shapes = "".join(_reduced(child, words.placed) for child in root)
    return Markup(  # noqa: S704 - escaped here and in _reduced
        f'<svg class="drawing {canvas.name}" viewBox="{root.attrib["viewBox"]}" font-family="sans-serif" font-size="{FONT}" '
        f'role="img" aria-label="{escape(chart.title)}">{shapes}</svg>'
    )


def _reduced(element: ElementTree.Element, words: list[str]) -> str:
    """An element and what is in it, without what the drawing can do without."""
    name = element.tag.rpartition("}")[2]
    if element.get("class") in ("background", "foreground"):
        return ""
    inside = "".join([_words(element.text, words), *(_reduced(child, words) for child in element)])
    attributes = "".join(_attributes(element))
    if name == "g" and not (inside and attributes):
        return inside
    if name == "path" and not element.get("d"):
        return ""
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _words(text: str | None, words: list[str]) -> str:
    """The words for which a number stands, or the figure or date of an axis."""
    return str(escape(words[int(text[1:])] if text and text.startswith("#") else text or ""))


def _attributes(element: ElementTree.Element) -> list[str]:
    colours = [
        f"{name}-{value}"
        for name in ("fill", "stroke")
        if (value := element.get(name)) not in (None, "none", "transparent")
    ]
    found = [f' class="{" ".join(colours)}"'] if colours else []
    for name, value in element.items():
        if name in KEPT and _IDLE.get(name) != value:
            found.append(f' {name}="{escape(_NUMBER.sub(_rounded, value))}"')
    return found


def _rounded(match: re.Match[str]) -> str:
    rounded = round(float(match[0]), 1) + 0.0  # which makes -0.0 plain zero
    return f"{rounded:.1f}".removesuffix(".0")
