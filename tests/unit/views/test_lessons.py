"""Lessons: the matrix of cases, and the page of one lesson."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import builders
from casebook.views.matrix import CASES_SHOWN, SCALE_LENGTH, scale, weight

Show = Callable[..., LexborHTMLParser]
LESSONS = builders.REGISTRIES["lessons"] + "- {id: wait, statement: Wait., scope: Here., limits: There.}\n"
USE = "  - {{lesson: {}, relation: {}, why: So., evidence: [speech]}}\n"
EVIDENCE = "    evidence: [q-promise, speech]\n"


def using(*uses: tuple[str, str], case_id: str = "first-case", year: int = 2020) -> str:
    """A case that supports `say-less`, and uses more lessons."""
    more = "".join(USE.format(*use) for use in uses)
    changes = ((EVIDENCE, EVIDENCE + more), ('occurred: "2024-01-10"', f'occurred: "{year}-01-10"'))
    return builders.case(
        ("id: first-case", f"id: {case_id}"), ("title: The first case", f"title: Case {case_id}"), *changes
    )


def words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def cells(row: LexborNode) -> list[list[tuple[str, str | None]]]:
    return [[(words(link), link.attributes["href"]) for link in cell.css("a")] for cell in row.css("td:not(.sum)")]


def test_cells_of_the_matrix_are_the_uses_of_the_lessons(show: Show):
    cases = {
        "first-case": using(("wait", "contradicts")),
        "second-case": using(("say-less", "complicates"), case_id="second-case", year=2021),
    }
    tree = show("lessons/", cases=cases, registries={"lessons": LESSONS})
    assert [node.text() for node in tree.css(".matrix thead th")] == [
        "Lesson", "Case first-case 2020", "Case second-case 2021", "In all",
    ]  # fmt: skip
    rows = {row.css_first("th").text(): row for row in tree.css(".matrix tbody tr")}
    first, second = "../cases/first-case/#lesson-", "../cases/second-case/#lesson-"
    assert {name: cells(row) for name, row in rows.items()} == {
        "Say less.": [
            [("+ supports", f"{first}say-less")],
            [("+ supports", f"{second}say-less"), ("~ complicates", f"{second}say-less--2")],
        ],
        "Wait.": [[("− contradicts", f"{first}wait")], []],
    }
    sums = {name: words(row.css_first(".sum")) for name, row in rows.items()}
    assert sums == {"Say less.": "+ 2 supports ~ 1 complicates", "Wait.": "− 1 contradicts"}


def test_cells_lead_to_anchors_that_the_case_has(show: Show):
    cases = {"first-case": using(("say-less", "complicates"))}
    anchors = {node.attributes["id"] for node in show("cases/first-case/", cases=cases).css("#lessons li")}
    links = [node.attributes["href"] or "" for node in show("lessons/", cases=cases).css(".matrix td a")]
    assert [link.partition("#")[2] in anchors for link in links] == [True, True]


def test_headers_of_the_matrix_have_a_scope(show: Show):
    tree = show("lessons/")
    assert {node.attributes.get("scope") for node in tree.css(".matrix thead th")} == {"col"}
    assert {node.attributes.get("scope") for node in tree.css(".matrix tbody th")} == {"row"}


def test_matrix_shows_the_newest_cases_and_says_how_many_others_speak(show: Show):
    count = CASES_SHOWN + 3
    cases = {f"case-{n}": using(case_id=f"case-{n}", year=2001 + n) for n in range(count)}
    tree = show("lessons/", cases=cases)
    heads = [node.text() for node in tree.css(".matrix thead th")]
    assert heads == ["Lesson", *(f"Case case-{n} {2001 + n}" for n in range(3, count)), "Earlier cases", "In all"]
    (row,) = tree.css(".matrix tbody tr")
    assert cells(row)[-1] == [("3 more", "../lessons/say-less/")]
    assert words(row.css_first(".sum")) == f"+ {count} supports"
    assert f"{CASES_SHOWN} newest of {count} cases" in tree.css_first("#matrix").text()
    assert tree.css_first(".is-wide").attributes["tabindex"] == "0"


def test_lesson_that_no_case_uses_stands_in_the_matrix_with_empty_cells(show: Show):
    row = show("lessons/", registries={"lessons": LESSONS}).css(".matrix tbody tr")[1]
    assert (cells(row), words(row.css_first(".sum"))) == ([[]], "none yet")


def test_lessons_are_cut_into_pages(show: Show):
    more = "".join(f"- {{id: l-{n}, statement: Lesson {n}., scope: S., limits: L.}}\n" for n in range(40))
    registries = {"lessons": builders.REGISTRIES["lessons"] + more}
    pages = [show(uri, registries=registries) for uri in ("lessons/", "lessons/pages/2/")]
    assert [len(page.css(".lesson-list > li")) for page in pages] == [40, 1]
    assert [len(page.css(".matrix tbody tr")) for page in pages] == [40, 0]  # no case speaks to the last


def test_lesson_page_weighs_its_sides(show: Show):
    tree = show(
        "lessons/say-less/", cases={"first-case": using(("say-less", "complicates"), ("say-less", "complicates"))}
    )
    sides = [words(node) for node in tree.css(".weight li")]
    assert sides == ["+ 1 supports it", "~ 2 complicate it", "− none contradicts it"]
    assert [node.attributes["href"] for node in tree.css(".weight a")] == ["#supports", "#complicates"]


def test_lesson_page_names_the_kind_of_each_evidence(show: Show):
    rows = show("lessons/say-less/").css(".evidence li")
    assert [row.css_first(".rec").text() for row in rows] == ["Quote", "Event"]
    assert rows[1].css_first("a").attributes["href"] == "../../cases/first-case/#speech"


def test_side_whose_uses_stand_on_another_page_is_counted_and_not_linked(show: Show):
    twice = ("say-less", "supports")
    cases = {f"case-{n}": using(twice, case_id=f"case-{n}", year=1950 + n) for n in range(30)}
    cases["case-30"] = using(("say-less", "contradicts"), case_id="case-30", year=2020)
    first = show("lessons/say-less/", cases=cases)
    assert [words(node) for node in first.css(".weight li")][2] == "− 1 contradicts it"
    assert [node.attributes["href"] for node in first.css(".weight a")] == ["#supports"]


@pytest.mark.parametrize("counts", [(1, 0, 0), (1, 1, 1), (3, 0, 7), (500, 1, 499)])
def test_bar_is_as_long_as_its_parts(counts: tuple[int, int, int]):
    names = ("supports", "complicates", "contradicts")
    parts = scale(weight([name for name, count in zip(names, counts, strict=True) for _ in range(count)]))
    assert sum(part.width for part in parts) == pytest.approx(SCALE_LENGTH, abs=0.2)
    assert [part.relation for part in parts] == [name for name, count in zip(names, counts, strict=True) if count]
    assert all(part.x < stripe < part.x + part.width for part in parts for stripe in part.stripes)
