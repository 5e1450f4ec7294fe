"""Problems as text, JSON and GitHub annotations."""

from __future__ import annotations

import json

import pytest

from casebook.codes import all_codes
from casebook.problems import Location, Problem, Severity
from casebook.report import explain, format_github, format_json, format_text

ERROR = Problem(Location("casefiles/cases/a.yml", 3, 5), "CB203", 'no person "x"', 'did you mean "y"?')
WARNING = Problem(Location("casefiles/cases/b.yml", 1, 1), "CB306", "the essay has 7 words", severity=Severity.WARNING)


def test_text_has_a_line_a_problem_and_a_count():
    assert format_text([ERROR, WARNING]).splitlines() == [
        'casefiles/cases/a.yml:3:5: error[CB203]: no person "x"; did you mean "y"?',
        "casefiles/cases/b.yml:1:1: warning[CB306]: the essay has 7 words",
        "1 error, 1 warning",
    ]


@pytest.mark.parametrize(
    ("problems", "count"),
    [
        ([], "no problems"),
        ([ERROR], "1 error, 0 warnings"),
        ([WARNING], "0 errors, 1 warning"),
        ([ERROR, ERROR], "2 errors, 0 warnings"),
    ],
)
def test_text_ends_with_the_count(problems, count):
    assert format_text(problems).splitlines()[-1] == count


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\x85"])
def test_line_break_in_a_value_cannot_begin_a_line_of_its_own(line_break):
    hostile = Problem(Location("a.yml"), "CB109", f'"{line_break}::error::made up" is not an id')
    assert format_text([hostile]).splitlines() == [
        'a.yml:1:1: error[CB109]: " ::error::made up" is not an id',
        "1 error, 0 warnings",
    ]


def test_json_gives_every_field():
    assert json.loads(format_json([ERROR, WARNING])) == [
        {
            "file": "casefiles/cases/a.yml", "line": 3, "column": 5, "severity": "error", "code": "CB203",
            "message": 'no person "x"', "hint": 'did you mean "y"?',
        },
        {
            "file": "casefiles/cases/b.yml", "line": 1, "column": 1, "severity": "warning", "code": "CB306",
            "message": "the essay has 7 words", "hint": "",
        },
    ]  # fmt: skip


def test_json_of_no_problems_is_an_empty_list():
    assert format_json([]) == "[]"


def test_json_keeps_chinese_readable():
    assert "雷军" in format_json([Problem(Location("a.yml"), "CB109", "雷军")])


def test_github_annotation_names_file_line_column_and_code():
    assert format_github([ERROR]) == (
        '::error file=casefiles/cases/a.yml,line=3,col=5,title=CB203::no person "x"; did you mean "y"?'
    )


def test_github_warning_without_a_hint():
    assert format_github([WARNING]) == (
        "::warning file=casefiles/cases/b.yml,line=1,col=1,title=CB306::the essay has 7 words"
    )


def test_github_annotation_cannot_be_broken_out_of():
    hostile = Problem(Location("a,line=9:x%.yml"), "CB109", "100% bad\r\n::error::made up")
    assert format_github([hostile]) == (
        "::error file=a%2Cline=9%3Ax%25.yml,line=1,col=1,title=CB109::100%25 bad%0D%0A::error::made up"
    )


def test_github_says_nothing_about_no_problems():
    assert format_github([]) == ""


def test_text_counts_what_is_allowed():
    assert format_text([WARNING], 2).splitlines()[-1] == "0 errors, 1 warning, 2 allowed"
    assert format_text([], 1) == "no problems, 1 allowed"


def test_code_is_explained_with_both_examples_and_the_place_below_its_line():
    lines = explain(all_codes()["CB203"]).splitlines()
    assert lines[0] == "CB203: A reference names nothing that exists."
    place = lines.index("      - who: adda") + 1
    assert lines[place] == "             ^"
    assert '    error[CB203]: no person, organisation, platform or product "adda"; did you mean "ada"?' in lines
    assert lines[-2:] == ["      - who: ada", "        role: founder"]
    assert "▲" not in "\n".join(lines)


def test_explanation_says_how_to_allow_what_can_be_allowed():
    assert "# allow CB309: the reason" in explain(all_codes()["CB309"])
    assert "# allow" not in explain(all_codes()["CB203"])
