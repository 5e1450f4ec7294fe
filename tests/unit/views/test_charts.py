"""Charts on a case's page: the table holds the points, the drawings hold nothing but shapes and words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.exports.markdown_text import to_markdown
from casebook.model import Case, Chart
from casebook.nodes import plain_value
from casebook.pipeline import build_pages
from casebook.views.charting.lines import _apart
from casebook.views.charting.parts import columns, wrap
from casebook.views.charting.svg import KEPT, draw_chart
from casebook.yaml_reading import compose_text
from hostile import PAYLOADS, dangers

Show = Callable[..., LexborHTMLParser]
PAGE = "cases/first-case/"
HOOKS = Path(__file__).parents[3] / "hooks"
SHAPES = {"svg", "g", "path", "line", "text", "tspan"}
MARKUP = {"h3", "p", "figcaption", "figure", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th",
          "td", "a", "time", "section", "h2", "span"}  # fmt: skip


def chart(kind: str, *series: tuple[str, list[dict[str, str]]], **fields: str) -> Chart:
    lists = [
        {"label": label, "points": [{"source": "press-report", **point} for point in points]}
        for label, points in series
    ]
    return Chart.model_validate(
        {"id": "fig-a", "title": "A chart", "kind": kind, "unit": "cars", "series": lists, **fields}
    )


def shown(*charts: Chart) -> str:
    """The case's section with these charts, as HTML."""
    listed = [value.model_dump(mode="json", exclude_none=True) for value in charts]
    loaded = builders.load(cases={"first-case": builders.case(more=f"charts: {json.dumps(listed)}\n")})
    assert loaded.casebook is not None, [str(problem) for problem in loaded.problems]
    page = next(spec.build() for spec in build_pages(loaded.casebook) if spec.uri == PAGE)
    return next(str(section.render()) for section in page.sections if section.id == "charts")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - what we drew


def words_of(svg: str) -> list[str]:
    return [found.text or "" for found in parsed(svg).iter() if found.text]


LINE = chart(
    "line",
    ("Made", [{"at": "2024-01", "value": "10"}, {"at": "2024-06-30", "value": "40", "qualifier": "over"}]),
    ("Promised", [{"at": "2024-06-30", "value": "45"}]),
)
BAR = chart(
    "bar",
    ("Made", [{"at": "2024-01", "value": "10"}, {"at": "By the end of June", "value": "400", "qualifier": "about"}]),
    ("Promised", [{"at": "In all", "value": "1234567.5"}]),
    note="Counted once.",
)


# The page


def test_charts_open_the_record(show: Show):
    listed = [BAR.model_dump(mode="json", exclude_none=True)]
    tree = show(PAGE, cases={"first-case": builders.case(more=f"charts: {json.dumps(listed)}\n")})
    ids = [node.attributes["id"] for node in tree.css("section, .part-title")]
    assert ids[ids.index("record") + 1] == "charts"
    assert ids.count("charts") == 1
    assert tree.css_first("#charts figure").attributes["id"] == "fig-a"


def test_case_without_charts_has_no_section(show: Show):
    assert show(PAGE).css_first("#charts") is None


def test_table_has_every_point_with_its_value_date_source_and_note():
    told = chart(
        "bar",
        (
            "One",
            [
                {"at": "2024-11-13", "value": "10.50", "note": "Twice."},
                {"at": "x", "value": "2000", "qualifier": "nearly"},
            ],
        ),
    )
    rows = [
        [cell.text().strip() for cell in row.css("th, td")]
        for row in LexborHTMLParser(shown(told)).css("tbody tr")
    ]  # fmt: skip
    assert rows == [["13 November 2024", "10.5", "The Daily. Twice."], ["x", "nearly 2,000", "The Daily"]]


def test_table_names_series_only_when_there_are_several():
    several = LexborHTMLParser(shown(LINE))
    assert [node.text() for node in several.css("thead th")] == ["Date", "Cars", "Source"]
    assert [node.text() for node in several.css("th[scope=rowgroup]")] == ["Made", "Promised"]
    assert [len(body.css("th[scope=row]")) for body in several.css("tbody")] == [2, 1]
    one = chart("bar", ("One", [{"at": "a", "value": "1"}, {"at": "b", "value": "2"}]))
    assert LexborHTMLParser(shown(one)).css("th[scope=rowgroup]") == []


def test_caption_says_unit_and_note():
    assert LexborHTMLParser(shown(BAR)).css_first("figcaption .rec").text() == "Cars. Counted once."


def test_key_explains_only_the_signs_that_are_used():
    assert (
        LexborHTMLParser(shown(BAR)).css_first(".chart-key").text()
        == "A dashed outline stands for a number given with “about”."
    )
    key = LexborHTMLParser(shown(LINE)).css_first(".chart-key").text()
    assert [sentence in key for sentence in ("hollow", "stroke", "Straight lines")] == [True, True, True]
    plain = chart("bar", ("One", [{"at": "a", "value": "1"}, {"at": "b", "value": "2"}]))
    assert LexborHTMLParser(shown(plain)).css_first(".chart-key") is None


def test_sources_of_points_are_in_the_list_of_sources(show: Show):
    told = chart("bar", ("One", [{"at": "a", "value": "1", "source": "company-blog"}, {"at": "b", "value": "2"}]))
    more = f"charts: {json.dumps([told.model_dump(mode='json', exclude_none=True)])}\n"
    tree = show(PAGE, cases={"first-case": builders.case(more=more)})
    for link in tree.css("#charts td a"):
        assert tree.css_first(f"#sources {link.attributes['href']}") is not None


def test_source_page_leads_to_the_chart(show: Show):
    more = f"charts: {json.dumps([BAR.model_dump(mode='json', exclude_none=True)])}\n"
    tree = show("sources/press-report/", cases={"first-case": builders.case(more=more)})
    assert "../../cases/first-case/#fig-a" in [node.attributes["href"] for node in tree.css("a")]


def test_markdown_has_the_table_and_no_drawing():
    text = to_markdown(shown(BAR), lambda href: href)
    assert "1,234,567.5" in text
    assert "about 400" in text
    assert "svg" not in text.lower()
    assert text.count("By the end of June") == 1
    assert "dashed outline" not in text
    assert not re.search(r"^[ \xa0]+$", text, re.MULTILINE)
    assert text.count("| --- | --- | --- |") == 1
    assert "| **Promised** | | |" in text


# The drawings


@pytest.mark.parametrize("value", [LINE, BAR], ids=["line", "bar"])
def test_drawing_is_xml_with_shapes_alone(value):
    for svg in draw_chart(value):
        for element in parsed(svg).iter():
            assert element.tag in SHAPES
            assert element.attrib.keys() <= KEPT | {
                "class",
                "viewBox",
                "role",
                "aria-label",
                "font-family",
                "font-size",
            }


def test_drawings_are_a_wide_and_a_narrow_one_with_the_title_as_their_name():
    roots = [parsed(svg) for svg in draw_chart(LINE)]
    assert [root.get("class") for root in roots] == ["drawing wide", "drawing narrow"]
    assert [root.get("viewBox").split()[2] for root in roots] == ["640", "340"]
    assert {(root.get("role"), root.get("aria-label")) for root in roots} == {("img", "A chart")}


def test_two_charts_on_a_page_share_no_id():
    ids = re.findall(r'\bid="([^"]*)"', shown(LINE.model_copy(update={"id": "fig-b"}), BAR))
    assert sorted(ids) == ["charts", "fig-a", "fig-b"]


def test_drawing_is_light():
    assert max(len(svg) for value in (LINE, BAR) for svg in draw_chart(value)) < 4_000


def test_bars_start_at_zero_and_are_as_long_as_their_values():
    told = chart("bar", ("One", [{"at": "a", "value": "100"}, {"at": "b", "value": "25"}, {"at": "c", "value": "0"}]))
    for svg in draw_chart(told):
        bars = re.findall(r'class="fill-accent" d="M([\d.]+),[\d.]+h([\d.]+)v', svg)
        assert {start for start, _ in bars} == {"0"}
        full, quarter = (float(length) for _, length in bars[:2])
        assert quarter == pytest.approx(full / 4, abs=0.1)


def test_bar_below_zero_reaches_to_the_left_of_zero():
    told = chart("bar", ("One", [{"at": "a", "value": "-10"}, {"at": "b", "value": "10"}]))
    below, above = re.findall(r'class="fill-accent" d="M([\d.]+),[\d.]+h([\d.]+)v', draw_chart(told)[0])
    assert float(below[0]) == 0
    assert float(below[0]) + float(below[1]) == pytest.approx(float(above[0]), abs=0.1)


def test_hedged_value_is_told_by_an_outline_and_a_word():
    svg = draw_chart(BAR)[0]
    assert svg.count('class="fill-tint stroke-accent"') == 1
    assert "about 400" in words_of(svg)


def test_hedged_mark_is_hollow():
    svg = draw_chart(LINE)[0]
    assert svg.count('class="fill-paper stroke-accent"') == 1


def test_time_is_to_scale_so_that_gaps_are_seen():
    told = chart("line", ("One", [{"at": day, "value": "5"} for day in ("2024-01-01", "2024-01-11", "2024-03-31")]))
    path = re.search(r'class="stroke-accent" d="M([^"]*)"', draw_chart(told)[0])[1]
    first, second, third = (float(place.split(",")[0]) for place in path.split("L"))
    assert (third - first) / (second - first) == pytest.approx(90 / 10, rel=0.02)


def test_axis_of_values_starts_at_zero():
    told = chart("line", ("One", [{"at": "2024-01-01", "value": "990"}, {"at": "2024-02-01", "value": "1000"}]))
    assert {"0", "1,000"} <= set(words_of(draw_chart(told)[0]))


def test_date_that_is_no_day_is_drawn_over_its_days():
    month = chart("line", ("One", [{"at": "2024-01", "value": "5"}, {"at": "2024-12-31", "value": "6"}]))
    day = chart("line", ("One", [{"at": "2024-01-01", "value": "5"}, {"at": "2024-12-31", "value": "6"}]))
    strokes = [len(re.findall(r'<line class="stroke-accent"', draw_chart(told)[0])) for told in (month, day)]
    assert strokes == [1, 0]


def test_series_differ_in_more_than_colour():
    one = [{"at": "2024-01-01", "value": "1"}, {"at": "2024-02-01", "value": "2"}]
    told = chart("line", *((f"Series {n}", one) for n in range(6)))
    for svg in draw_chart(told):
        lines = re.findall(r'<path class="stroke-[a-z0-9-]+" d="M[\d.,L]+"([^>]*)/>', svg)
        marks = set(re.findall(r'<path class="fill-\S+ stroke-\S+"[^>]* d="([^"]*)"', svg))
        assert len(lines) >= 6
        assert len(marks) == 6
        assert all(f"Series {n}" in words_of(svg) for n in range(6))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2024-05-01", "2024-05-03"), "3 May 2024"),
        (("2024-01", "2024-06"), "Mar 2024"),
        (("1990", "2024"), "2010"),
        (("0001", "9999"), "6000"),
    ],
)
def test_dates_of_the_axis_suit_its_length(days, words):
    svg = draw_chart(chart("line", ("One", [{"at": day, "value": "5"} for day in days])))[0]
    assert words in words_of(svg)


def test_all_values_zero_can_be_drawn():
    for kind in ("bar", "line"):
        told = chart(kind, ("One", [{"at": "2024-01-01", "value": "0"}, {"at": "2024-01-02", "value": "0"}]))
        assert all("NaN" not in svg for svg in draw_chart(told))


# Words


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_every_word_is_words(payload):
    short = payload[:40].strip()
    told = chart("bar", (short, [{"at": payload[:60].strip(), "value": "1", "note": payload}, {"at": short, "value": "2"}]),
                 title=payload, unit=payload, note=payload)  # fmt: skip
    html = shown(told)
    assert dangers(html, SHAPES | MARKUP) == []
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        drawn = parsed(svg)
        assert squeezed(told.series[0].points[1].at) in squeezed("".join(drawn.itertext()))
        assert squeezed(drawn.get("aria-label")) == squeezed(told.title)


def test_words_that_look_like_a_place_for_words_are_words():
    told = chart("bar", ("One", [{"at": "#0", "value": "1"}, {"at": "#99", "value": "2"}]))
    assert {"#0", "#99"} <= set(words_of(draw_chart(told)[0]))


@given(st.text(max_size=60), st.integers(2, 40))
@settings(max_examples=200, deadline=None)
def test_wrapped_lines_hold_all_words_and_fit(words, width):
    lines = wrap(words, width)
    assert "".join(lines).replace(" ", "") == "".join(words.split())
    assert all(columns(line) <= width for line in lines)


def test_chinese_characters_take_two_columns():
    assert wrap("雷军说的话", 4) == ["雷军", "说的", "话"]


@given(st.lists(st.floats(0, 260), min_size=1, max_size=6))
def test_names_beside_a_plot_never_touch(targets):
    heights = [51] * len(targets)
    order, places = _apart(targets, heights, 400)
    assert sorted(order) == list(range(len(targets)))
    assert all(after - before >= 50.9 for before, after in pairwise(places))


# The same bytes everywhere

DRAW = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from casebook.model import Chart
from casebook.views.charting.svg import draw_chart
for text in sys.argv[2:]:
    print(hashlib.sha256("".join(draw_chart(Chart.model_validate_json(text))).encode()).hexdigest())
"""


def test_drawing_depends_on_neither_run_nor_fonts_nor_time_zone(tmp_path):
    # A machine without fonts, on the other side of the world, in another language.
    strange = {"FONTCONFIG_FILE": os.devnull, "HOME": str(tmp_path), "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8"}
    texts = [value.model_dump_json(exclude_none=True) for value in (LINE, BAR)]
    here = [hashlib.sha256("".join(draw_chart(value)).encode()).hexdigest() for value in (LINE, BAR)]
    there = subprocess.run(
        [sys.executable, "-c", DRAW, str(HOOKS), *texts],
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


def test_reading_a_chart_starts_no_engine():
    code = (
        f"import sys; sys.path.insert(0, {str(HOOKS)!r}); import casebook.pipeline; print('vl_convert' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_published_charts_have_a_table_row_for_each_point():
    folder = HOOKS.parent / "casefiles" / "cases"
    cases = [
        Case.model_validate(plain_value(compose_text(path.read_text(encoding="utf-8"), path.name)[0]))
        for path in sorted(folder.glob("*.yml"))
    ]
    assert sum(len(case.charts) for case in cases) >= 3
    for value in (value for case in cases for value in case.charts):
        for svg in draw_chart(value):
            assert len(svg) < 8_000
