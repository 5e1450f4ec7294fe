"""Ten mistakes of different sorts in one casefile are reported in one run, each at its line and column."""

from __future__ import annotations

import json

from builders import at, case, case_problems, write_casefiles
from casebook.cli import main

TEN_MISTAKES = case(
    # a field that is misspelt
    ("dek: A founder", "▲deck: A founder"),
    # a value that is none of the choices
    ("status: published", "status: ▲publishd"),
    # too few entries
    ("glance:\n  - Ada spoke.\n  - People listened.\n", "glance:\n  ▲- People listened.\n"),
    # a reference to nobody, inside prose
    ("[[ada]] spoke on a stage", "[[ada]] spoke, says [[▲bobb]], on a stage"),
    # raw HTML, further down in the same block
    (
        "      She said [[#q-promise|a sentence]] that lasted.\n",
        "      She said [[#q-promise|a sentence]]\n      ▲<br> that lasted.\n",
    ),
    # a day that there is not
    ('date: "2024-01-10"', 'date: "2024-01-▲32"'),
    # a speaker who is not in the cast
    ("speaker: ada", "speaker: ▲bob"),
    # a step dated before its claim
    ('- on: "2024-03-20"', '- on: ▲"2023-03-20"'),
    # a local id used twice
    ("- id: w-kept", "- id: ▲c-ship"),
    # evidence that the case does not hold
    ("evidence: [c-ship]", "evidence: [▲c-shop]"),
)
CODES = ["CB102", "CB106", "CB105", "CB203", "CB401", "CB108", "CB301", "CB302", "CB202", "CB204"]
# The same places as an editor counts them, so that the marks need not be trusted.
PLACES = ["4:1", "5:9", "9:3", "21:29", "24:7", "27:20", "37:14", "54:13", "71:11", "74:18"]


def test_ten_mistakes_are_reported_in_one_run_each_at_its_place():
    problems = case_problems(TEN_MISTAKES)
    assert [problem.short for problem in problems] == at(TEN_MISTAKES, *CODES)
    assert [problem.short for problem in problems] == [
        f"{place} {code}" for place, code in zip(PLACES, CODES, strict=True)
    ]


def test_each_of_ten_mistakes_says_what_is_wrong_and_what_to_do():
    assert [f"{problem.message}; {problem.hint}" for problem in case_problems(TEN_MISTAKES)] == [
        'there is no field "deck"; did you mean "dek"?',
        '"publishd" is not a choice for "status"; did you mean "published"? choose one of draft, review, '
        "published, retired",
        '"glance" has 2 entries; at least 3 are needed; add what is missing',
        'no entry "bobb"; did you mean "bob"?',
        "<br is raw HTML; in Markdown, an empty line begins a new paragraph",
        '"2024-01-32" is not a date: January 2024 has no day 32; write it as "2024", "2024-11", "2024-11-13", '
        '"2024-11~" or "2025-04-01/2025-05-09"',
        'the speaker "bob" is not in the cast; add the speaker to `cast`, with a role',
        "this step (20 March 2023) is dated before the step before it (10 January 2024); "
        "put the history in order of dates",
        'the id "c-ship" is used already, on line 40; choose another id',
        'no quote, event, claim, media item, section or chart "c-shop" in this case; did you mean "c-ship"?',
    ]


def test_the_command_line_reports_ten_mistakes_as_json(tmp_path, capsys):
    root = write_casefiles(tmp_path, {"first-case": TEN_MISTAKES})
    assert main(["check", "--casefiles", str(root), "--format", "json"]) == 1
    found = [problem for problem in json.loads(capsys.readouterr().out) if problem["severity"] == "error"]
    assert [f"{problem['line']}:{problem['column']}" for problem in found] == PLACES
    assert {problem["file"] for problem in found} == {"casefiles/cases/first-case.yml"}
