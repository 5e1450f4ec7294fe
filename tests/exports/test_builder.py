"""What the builder's page fetches: small files, one for each case and for each part of the list of cases."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import builders
from casebook.book import Casebook
from casebook.courses import course_of_case
from casebook.editions import edition_of_case
from casebook.exports import builder
from casebook.exports.builder import builder_files
from casebook.exports.site import Site
from casebook.marks import minutes_to_read
from casebook.pipeline import load_casebook
from casebook.views.builder import part_of_name, parts_of_names
from casebook.views.case import case_page
from sites import EXAMPLE, PROJECT

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from make_cases import write_casefiles

MOVED = builders.case(
    more="""\
aliases: [old-case]
moved:
  - {was: w-old, now: w-kept}
  - {was: beginning, why: Nobody read it.}
"""
)
RETIRED = builders.other_case().replace("status: published", "status: retired") + (
    'retired: {"on": "2024-06-30", why: It was one-sided., instead: [first-case]}\naliases: [older-case]\n'
)


def book_of(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def files_of(book: Casebook) -> dict[str, Any]:
    return {file.uri: json.loads(file.content) for file in builder_files(book, Site("Test"))}


@pytest.fixture(scope="module")
def real() -> Casebook:
    loaded = load_casebook(PROJECT / "casefiles")
    assert loaded.casebook is not None
    return loaded.casebook


def test_an_outline_holds_what_can_be_assigned_of_a_case():
    book = book_of(cases={"first-case": MOVED})
    assert files_of(book)["cases/first-case/outline.json"] == {
        "id": "first-case",
        "title": "The first case",
        "status": "",
        "edition": edition_of_case(book.cases["first-case"]).token,
        "sections": [{"id": "opening", "heading": "What happened", "words": 11, "paragraphs": [1, 2]}],
        "questions": [{"id": "w-kept", "text": "Was it kept?", "minutes": None}],
        "sources": [{"id": "press-report", "label": book.sources["press-report"].label}],
        "moved": {"w-old": "w-kept", "beginning": None},
    }


def test_a_former_id_says_what_the_id_is_now():
    assert files_of(book_of(cases={"first-case": MOVED}))["cases/old-case/outline.json"] == {"now": "first-case"}


def test_a_case_that_was_taken_back_says_so_and_shows_nothing_else():
    files = files_of(book_of(cases={"first-case": builders.CASE, "second-case": RETIRED}))
    assert files["cases/second-case/outline.json"] == {
        "retired": "It was one-sided.", "title": "The first case", "instead": ["first-case"],
    }  # fmt: skip
    assert files["cases/older-case/outline.json"] == {"now": "second-case"}
    assert [row["id"] for row in files["teach/builder/cases-1.json"]["cases"]] == ["first-case"]


def test_minutes_counted_from_an_outline_are_those_of_the_course(real: Casebook):
    files = files_of(real)
    for case in real.cases.values():
        words = sum(section["words"] for section in files[f"cases/{case.id}/outline.json"]["sections"])
        assert minutes_to_read(words) == course_of_case(real, case).minutes_to_read


def test_paragraphs_of_an_outline_are_those_that_the_page_numbers(real: Casebook):
    files = files_of(real)
    for case in real.cases.values():
        page = case_page(real, case)
        shown = {s.id: s.html.count('class="pn"') for s in page.sections if s.layout == "essay"}
        sections = files[f"cases/{case.id}/outline.json"]["sections"]
        assert {s["id"]: s["paragraphs"][1] - s["paragraphs"][0] + 1 for s in sections} == shown
        assert [s["paragraphs"][0] for s in sections[1:]] == [s["paragraphs"][1] + 1 for s in sections[:-1]]


def test_the_list_of_cases_is_cut_into_parts_with_the_newest_first(real: Casebook, monkeypatch: pytest.MonkeyPatch):
    many = len(real.cases)
    monkeypatch.setattr(builder, "CASES_A_PART", many // 2)
    files = files_of(real)
    parts = [files[f"teach/builder/cases-{number}.json"] for number in range(1, 3 + many % 2)]
    assert f"teach/builder/cases-{len(parts) + 1}.json" not in files
    assert {(part["total"], part["parts"]) for part in parts} == {(many, len(parts))}
    assert [len(part["cases"]) for part in parts] == [many // 2, many // 2, many % 2][: len(parts)]
    assert [row["id"] for part in parts for row in part["cases"]] == list(reversed(real.cases))


def test_a_case_is_found_by_other_names_of_whom_it_is_about(real: Casebook):
    [row] = [row for row in files_of(real)["teach/builder/cases-1.json"]["cases"] if row["id"] == "floor-nap"]
    assert (row["title"], row["people"][0], row["minutes"], row["questions"]) == ("The floor nap", "Lei Jun", 9, 6)
    assert "雷军" in row["names"]
    assert "Xiaomi Auto" in row["about"]


def test_every_name_that_prose_may_hold_has_its_page_and_words(real: Casebook):
    files = files_of(real)
    parts = parts_of_names(real)
    assert [f"teach/builder/names-{parts}.json" in files, f"teach/builder/names-{parts - 1}.json" in files] == [
        False,
        True,
    ]
    for identifier, kind in real.kinds.items():
        if kind != "sources" and (kind != "cases" or identifier in real.cases):
            target = real.target(identifier)
            part = part_of_name(identifier, parts)
            assert files[f"teach/builder/names-{part}.json"][identifier] == [target.uri, target.label]


def test_no_file_grows_with_the_number_of_cases_and_all_together_grow_as_they_do(tmp_path: Path):
    sizes = {}
    for count in (120, 360):
        write_casefiles(tmp_path / str(count), count)
        loaded = load_casebook(tmp_path / str(count) / "casefiles")
        assert loaded.casebook is not None
        sizes[count] = {file.uri: len(file.content) for file in builder_files(loaded.casebook, Site("Test"))}
    few, many = (sorted(sizes[count].values()) for count in (120, 360))
    assert many[-1] < few[-1] * 1.25  # ids and counts have more digits, and parts of names differ
    assert sum(many) < 3 * sum(few) * 1.05


@pytest.mark.parametrize("folder", [PROJECT, EXAMPLE], ids=["real", "example"])
def test_every_case_has_an_outline_and_no_file_stands_there_twice(folder: Path):
    loaded = load_casebook(folder / "casefiles")
    assert loaded.casebook is not None
    names = [file.uri for file in builder_files(loaded.casebook, Site("Test"))]
    assert len(names) == len(set(names))
    assert {f"cases/{case}/outline.json" for case in loaded.casebook.cases} <= set(names)


def test_an_empty_casebook_has_one_empty_part():
    empty = Casebook({}, {}, {}, {}, {}, {}, lambda _book: None)  # type: ignore[arg-type,return-value]
    assert files_of(empty) == {
        "teach/builder/cases-1.json": {"total": 0, "parts": 1, "cases": []},
        "teach/builder/names-0.json": {},
    }
