"""`casebook new`: what it writes, what it refuses, and that nothing else changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebook.cli import main
from casebook.layout import format_text
from casebook.model import Case
from casebook.pipeline import PREVIEW, load_casebook

ROOT = Path(__file__).parents[3]
FLOOR_TWO = (
    "new", "floor-two", "--title", "The second floor", "--occurred", "2024-11-13", "--person", "lei-jun",
    "--source", "asiaict-screws", "--theme", "staging", "--lesson", "confessed-pose-costs-less",
)  # fmt: skip


@pytest.fixture
def casefiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real casefiles, in which nobody sits at a terminal."""
    shutil.copytree(ROOT / "casefiles", tmp_path / "casefiles")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "casefiles"


def drafts_problems(casefiles: Path) -> list[str]:
    return [problem.code for problem in load_casebook(casefiles, statuses=PREVIEW).problems]


def test_new_case_passes_as_a_draft_with_the_two_warnings_that_say_what_is_left_to_write(casefiles):
    assert main(FLOOR_TWO) == 0
    assert drafts_problems(casefiles) == ["CB711", "CB306"]


def test_new_case_has_the_canonical_layout(casefiles):
    main(FLOOR_TWO)
    text = (casefiles / "cases" / "floor-two.yml").read_text(encoding="utf-8")
    assert format_text(text, "casefiles/cases/floor-two.yml", Case) == (text, [])


def test_new_case_says_what_to_do_next(casefiles, capsys):
    main(FLOOR_TWO)
    assert capsys.readouterr().out.splitlines() == [
        "wrote casefiles/cases/floor-two.yml",
        "",
        "Next: write over the 15 places that begin with “Write here”.",
        "See the page as you save:  make serve, then http://127.0.0.1:8000/cases/floor-two/",
        "Hear what is wrong:        make check",
    ]


def test_new_case_without_a_terminal_says_everything_that_is_missing_at_once(casefiles, capsys):
    assert main(["new", "floor-two"]) == 2
    said = capsys.readouterr().err
    assert [
        f"--{name} is missing" in said for name in ("title", "occurred", "source", "person", "theme", "lesson")
    ] == [True] * 6
    assert not (casefiles / "cases" / "floor-two.yml").exists()


def test_new_case_is_not_written_over_an_old_one(casefiles, capsys):
    before = (casefiles / "cases" / "floor-nap.yml").read_bytes()
    assert main(["new", "floor-nap", *FLOOR_TWO[2:]]) == 1
    assert 'the id "floor-nap" is used already' in capsys.readouterr().err
    assert (casefiles / "cases" / "floor-nap.yml").read_bytes() == before


def test_new_entry_adds_lines_and_changes_none(casefiles):
    path = casefiles / "registry" / "people.yml"
    before = path.read_bytes()
    assert main(["new", "person", "--name", "Ada Example", "--description", "Founder of Example Motors."]) == 0
    assert path.read_bytes().removeprefix(before).decode().strip().splitlines() == [
        "- id: ada-example",
        "  name:",
        "    en: Ada Example",
        "  description: Founder of Example Motors.",
    ]
    assert "error" not in " ".join(drafts_problems(casefiles))


def test_placeholder_in_a_case_under_review_is_an_error_at_its_place(casefiles):
    main(FLOOR_TWO)
    path = casefiles / "cases" / "floor-two.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: review"), encoding="utf-8")
    problems = load_casebook(casefiles, statuses=PREVIEW).problems
    assert next(problem.short for problem in problems if problem.code == "CB710") == "9:6 CB710"
    assert sum(problem.code == "CB710" for problem in problems) == 15
