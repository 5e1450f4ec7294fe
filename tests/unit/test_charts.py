"""The field `charts`: what may stand in it, where each mistake is reported, and who learns of a chart's sources."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
import pytest
from pydantic import ValidationError

from builders import at, case, check_case, load, other_case
from casebook.dates import PartialDate
from casebook.model import Chart, ChartPoint, case_schema
from casebook.pipeline import build_pages
from casebook.problems import Severity

BAR = """\
charts:
  - id: fig-made
    title: More was made than promised
    kind: bar
    unit: things
    note: Counted twice.
    series:
      - label: Promised
        points:
          - {at: In March, value: 100, qualifier: at least, source: company-blog}
      - label: Made
        points:
          - {at: "2024-03-20", value: 104.5, source: press-report, note: With spares.}
"""
LINE = """\
charts:
  - id: fig-made
    title: More was made every month
    kind: line
    unit: things
    series:
      - label: Made
        points:
          - {at: "2024-01", value: 1, source: press-report}
          - {at: "2024-02", value: 2, source: press-report}
"""


def bar(*changes: tuple[str, str]) -> str:
    return case(more=_changed(BAR, *changes))


def line(*changes: tuple[str, str]) -> str:
    return case(more=_changed(LINE, *changes))


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def a_chart(points: int, series: int = 1, charts: int = 1) -> str:
    """Charts with that many points in each of their series, on three lines of the file."""
    inner = [{"at": f"no. {n}", "value": str(n), "source": "press-report"} for n in range(points)]
    lists = [{"label": f"series {n}", "points": inner} for n in range(series)]
    rows = [f"  - {{id: fig-{n}, title: x, kind: bar, unit: y, series: {json.dumps(lists)}}}\n" for n in range(charts)]
    return f"charts:\n{''.join(rows)}"


# What a chart is


@pytest.mark.parametrize("text", [bar(), line()])
def test_sound_chart_has_no_problems(text):
    assert check_case(text) == []


def test_point_stands_at_a_date_or_at_words():
    dated = ChartPoint(at="2024-11", value="1", source="x")
    assert isinstance(dated.at, PartialDate)
    assert ChartPoint(at=" before 'noon' ", value="1", source="x").at == "before ‘noon’"


@pytest.mark.parametrize("words", ["2024 model", "In 2024", "2,000 cars", "100", "Model 3", "12-inch", "7/8"])
def test_words_with_digits_are_words(words):
    assert ChartPoint(at=words, value="1", source="x").at == words


@pytest.mark.parametrize("text", ["2024", "2024-11-13", "2024~", "2024-11/2025", "../2024", "19XX", "2024-XX"])
def test_what_looks_like_a_date_is_a_date(text):
    assert isinstance(ChartPoint(at=text, value="1", source="x").at, PartialDate)


def test_chart_comes_back_from_json_as_it_was():
    chart = load(cases={"first-case": bar()}).casebook.cases["first-case"].charts[0]
    assert Chart.model_validate(json.loads(chart.model_dump_json())) == chart
    assert chart.series[1].points[0].value == Decimal("104.5")


def test_schema_knows_charts():
    schema = case_schema()
    validator = jsonschema.Draft202012Validator({**schema["$defs"]["Chart"], "$defs": schema["$defs"]})
    chart = (
        load(cases={"first-case": bar()})
        .casebook.cases["first-case"]
        .charts[0]
        .model_dump(mode="json", exclude_none=True)
    )
    assert list(validator.iter_errors(chart)) == []
    assert not validator.is_valid({**chart, "kind": "pie"})
    assert not validator.is_valid({**chart, "colour": "red"})
    assert schema["$defs"]["ChartPoint"]["properties"]["at"]["maxLength"] == 60


# Mistakes of shape


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: bar", "kind: ▲pie", "CB106"),
        ("    unit: things\n", "    ▲units: things\n", "CB102"),
        ("title: More was made than promised", "title: ▲''", "CB104"),
        ("id: fig-made", "id: ▲Fig 1", "CB109"),
        ("value: 100,", "value: ▲1e2,", "CB107"),
        ("value: 104.5", "value: ▲many", "CB107"),
        ("qualifier: at least", "qualifier: ▲roughly", "CB106"),
        ('at: "2024-03-20"', 'at: "2024-▲13-20"', "CB108"),
        ('at: "2024-03-20"', 'at: "2024-03-▲32"', "CB108"),
        ("at: In March", "at: ▲''", "CB104"),
        ("at: In March", f"at: ▲{'x' * 61}", "CB105"),
        ("at: In March", "at: ▲[In March]", "CB103"),
        ("label: Promised", f"label: ▲{'x' * 41}", "CB105"),
        ("        points:\n          - {at: In March", "        points: ▲[]\n        more:\n          - {at: In March", "CB104"),
    ],
)  # fmt: skip
def test_mistake_is_reported_at_its_place(old, new, code):
    text = bar((old, new))
    assert at(text, code)[0] in check_case(text)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (a_chart(60), []),
        (a_chart(61), ["CB105"]),
        (a_chart(2, series=6), []),
        (a_chart(2, series=7), ["CB105"]),
        (a_chart(2, charts=6), []),
        (a_chart(2, charts=7), ["CB105"]),
    ],
)
def test_charts_are_limited(more, codes):
    assert [problem.split()[1] for problem in check_case(case(more=more))] == codes


def test_model_refuses_a_series_without_points():
    with pytest.raises(ValidationError):
        Chart.model_validate(
            {"id": "a", "title": "x", "kind": "bar", "unit": "y", "series": [{"label": "z", "points": []}]}
        )


# Rules


def test_point_of_a_line_without_a_date_is_reported_at_its_place():
    text = line(('at: "2024-02"', "at: ▲in February"))
    assert check_case(text) == at(text, "CB315")


def test_bar_needs_no_date_and_may_repeat_one():
    assert check_case(line(("kind: line", "kind: bar"), ('at: "2024-02"', 'at: "2024-01"'))) == []


def test_open_date_on_a_line_is_reported_at_its_place():
    text = line(('at: "2024-02"', 'at: ▲"2024-02/.."'))
    assert check_case(text) == at(text, "CB315")


def test_second_point_at_one_date_is_reported_at_its_place():
    text = line(('at: "2024-02"', 'at: ▲"2024-01"'))
    assert check_case(text) == at(text, "CB315")


def test_two_series_may_share_a_date():
    series = '      - label: Promised\n        points:\n          - {at: "2024-01", value: 3, source: company-blog}\n'
    assert check_case(case(more=LINE + series)) == []


def test_single_point_is_reported_at_the_series():
    text = line(
        ('          - {at: "2024-02", value: 2, source: press-report}\n', ""), ("      - label", "      ▲- label")
    )
    assert check_case(text) == at(text, "CB316")


def test_too_many_points_over_all_series_are_reported():
    assert [problem.split()[1] for problem in check_case(case(more=a_chart(31, series=2)))] == ["CB316"]


def test_second_series_of_one_name_is_reported_at_its_label():
    text = bar(("label: Made", "label: ▲Promised"))
    assert check_case(text) == at(text, "CB317")


def test_rules_stop_a_build():
    loaded = load(cases={"first-case": bar(("label: Made", "label: Promised"))})
    assert loaded.casebook is None
    assert {problem.severity for problem in loaded.problems if problem.code == "CB317"} == {Severity.ERROR}


@pytest.mark.parametrize("wrong", ["at: [x]", "at: 2024-13"])
def test_stand_in_for_a_date_breaks_no_rule(wrong):
    found = check_case(line(('at: "2024-02"', wrong)))
    assert [problem.split()[1] for problem in found] in (["CB103"], ["CB108"])


# References and ids


def test_unknown_source_is_reported_at_the_point():
    text = bar(("source: company-blog", "source: ▲company-blag"))
    assert check_case(text) == at(text, "CB203")


def test_id_that_an_event_has_is_reported():
    text = bar(("id: fig-made", "id: ▲speech"))
    assert check_case(text) == at(text, "CB202")


@pytest.mark.parametrize("identifier", ["charts", "p-one", "source-x"])
def test_id_that_the_page_uses_is_reported_at_the_id(identifier):
    text = bar(("id: fig-made", f"id: ▲{identifier}"))
    assert check_case(text) == at(text, "CB205")


def test_prose_may_link_to_a_chart_here_and_elsewhere():
    text = bar().replace("[[ada]] spoke", "[[#fig-made]] and [[second-case#fig-made|there]]: [[ada]] spoke")
    other = other_case(more=BAR)
    assert check_case(text, cases={"second-case": other}) == []
    book = load(cases={"first-case": text, "second-case": other}).casebook
    target = book.target("second-case#fig-made")
    assert (target.kind, target.uri, target.label) == (
        "charts", "cases/second-case/#fig-made", "More was made than promised",
    )  # fmt: skip


def test_chart_is_evidence_since_its_points_have_sources():
    text = bar().replace("evidence: [c-ship]", "evidence: [fig-made]").replace("[q-promise, speech]", "[fig-made]")
    assert check_case(text) == []
    book = load(cases={"first-case": text}).casebook
    page = next(spec for spec in build_pages(book) if spec.uri == "lessons/say-less/").build()
    assert "../../cases/first-case/#fig-made" in page.render()


def test_source_of_a_point_knows_the_chart_once():
    twice = (
        "          - {at: In March,",
        "          - {at: In May, value: 1, source: company-blog}\n          - {at: In March,",
    )
    uses = load(cases={"first-case": bar(twice)}).casebook.source_uses["company-blog"]
    assert [(use.kind, use.anchor, use.label) for use in uses] == [
        ("charts", "fig-made", "More was made than promised")
    ]
