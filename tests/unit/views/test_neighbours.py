"""Where a reader goes from a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import builders
from casebook.views.neighbours import RELATED_FROM

Show = Callable[..., LexborHTMLParser]


def _words(node: LexborNode) -> str:
    return " ".join(" ".join(part.text() for part in node.css("p")).split())


def dated(case_id: str, year: int, more: str = "") -> str:
    changes = (
        ("title: The first case", f"title: The <i>{year}</i> case"),
        ('occurred: "2024-01-10"', f'occurred: "{year}-01-10"'),
    )
    return builders.case(("id: first-case", f"id: {case_id}"), *changes, more=more)


THREE = {"c": dated("c", 2001), "a": dated("a", 2002), "b": dated("b", 2003)}


@pytest.mark.parametrize(
    ("case_id", "expected"),
    [
        ("c", [("next", "../../cases/a/", "After this case, 10 January 2002 The <i>2002</i> case")]),
        ("a", [
            ("prev", "../../cases/c/", "Before this case, 10 January 2001 The <i>2001</i> case"),
            ("next", "../../cases/b/", "After this case, 10 January 2003 The <i>2003</i> case"),
        ]),
        ("b", [("prev", "../../cases/a/", "Before this case, 10 January 2002 The <i>2002</i> case")]),
    ],
)  # fmt: skip
def test_case_leads_to_those_before_and_after_it_in_time(
    show: Show, case_id: str, expected: list[tuple[str, str, str]]
):
    nav = show(f"cases/{case_id}/", cases=THREE).css_first("#order nav")
    assert nav.attributes["aria-label"] == "Cases in order of time"
    found = [
        (node.css_first("a").attributes["rel"], node.css_first("a").attributes["href"], _words(node))
        for node in nav.css("li")
    ]
    assert found == expected


def test_only_case_has_no_neighbours(show: Show):
    assert show("cases/first-case/").css("#order") == []


def test_reason_that_another_case_gives_is_shown_as_its_words(show: Show):
    more = "related:\n  - {case: b, relation: sequel, why: This case came first.}\n"
    tree = show("cases/b/", cases={**THREE, "a": dated("a", 2002, more)})
    (row,) = tree.css("#related li")
    assert " ".join(row.css_first(".rec").text(separator=" ").split()) == "Precedent 10 January 2002"
    assert row.css_first("h3 a").attributes["href"] == "../../cases/a/"
    assert row.css("p")[-1].text() == "That case gives the reason: “This case came first.”"


def test_case_that_nobody_relates_to_another_says_nothing(show: Show):
    assert show("cases/a/", cases=THREE).css("#related") == []


def test_famous_precedent_does_not_list_all_that_name_it(show: Show):
    more = "related:\n  - {case: first-case, relation: precedent, why: It began there.}\n"
    cases = {f"d-{n}": dated(f"d-{n}", 2001 + n, more) for n in range(RELATED_FROM + 3)}
    tree = show("cases/first-case/", cases={"first-case": dated("first-case", 2000), **cases})
    rows = tree.css("#related h3 a")
    assert len(rows) == RELATED_FROM
    assert rows[-1].attributes["href"] == f"../../cases/d-{RELATED_FROM + 2}/"
