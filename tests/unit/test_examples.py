"""Every example of the problem codes is held against the checker: what a page says is what an editor gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY
from casebook.archive import read_archive
from casebook.attest import archive_problems, attest_quotes
from casebook.codes import MARK, Code, all_codes
from casebook.history import compare
from casebook.layout import format_text
from casebook.layout.differences import layout_problems
from casebook.layout.files import laid_out_files, model_of
from casebook.links import addresses_of, link_problems
from casebook.past import read_side
from casebook.pipeline import PREVIEW, load_casebook
from casebook.pipeline import PUBLISHED as BUILT
from casebook.problems import Problem
from casebook.web import Answer
from examples import write_project

ONLY_ATTEST = ("CB505", "CB506", "CB509")
"""Said by `casebook attest`, which looks quotes up; `check` says of the same quotes that nobody attested them."""
HISTORY = ("CB602", "CB603", "CB604", "CB605", "CB606", "CB607", "CB608")
"""Said by `casebook history`, which compares with what was published."""
DRAFTS = ("CB711",)
"""Said of drafts, which are checked when they are asked for."""
PUBLISHED = """
corrections:
  - on: "2024-06-15"
    what: The case said that Ada sat.
    why: She stood.
aliases: [the-promise]
"""
"""What the published case has besides, in the examples of these."""
LINKS = ("CB520", "CB521", "CB522", "CB523")
"""Said by `casebook links`, which asks servers; here they answer as written."""
ANSWERS = {
    "https://example.org/report": Answer("alive"),
    "https://example.org/copy": Answer("alive"),
    "https://example.org/gone": Answer("gone", "404 Not Found"),
    "https://example.org/moved": Answer("alive", "200 OK", "https://example.org/report"),
    "https://example.org/slow": Answer("unreachable", "no answer in time"),
}
CODES = list(all_codes().values())


def layout_problems_of(folder: Path) -> list[Problem]:
    """What `casebook fmt --check` says of the files of a folder."""
    found: list[Problem] = []
    for path in laid_out_files(folder):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(folder.parent).as_posix()
        canonical, problems = format_text(text, name, model_of(path))
        found += problems or layout_problems(text, canonical, name)
    return found


def problems_of(root: Path, code: str) -> list[Problem]:
    """What the checker, or for its own codes `attest`, finds in a project."""
    if code in HISTORY:
        write_project(root / "past", PUBLISHED)
        old, new = read_side(root / "past" / "casefiles"), read_side(root / "casefiles")
        return list(compare(old, new, since="0123456789 (2024-06-20)", today=TODAY).problems)
    if code in LINKS:
        asked = load_casebook(root / "casefiles", today=TODAY, attested=False).casebook
        assert asked is not None
        return list(link_problems(addresses_of(asked), ANSWERS, {}))
    if code == "CB701":
        return layout_problems_of(root / "casefiles")
    archive = read_archive(root / "archive")
    statuses = PREVIEW if code in DRAFTS else BUILT
    loaded = load_casebook(
        root / "casefiles", statuses=statuses, today=TODAY, more_rules=lambda book: archive_problems(book, archive)
    )
    if code in ONLY_ATTEST:
        book = load_casebook(root / "casefiles", today=TODAY, attested=False).casebook
        assert book is not None, loaded.problems
        return list(attest_quotes(book, archive, {}, TODAY.isoformat()).problems)
    return [problem for problem in loaded.problems if problem.code != "CB502" or code == "CB502"]


def test_the_casebook_that_examples_are_put_into_has_no_problem(tmp_path):
    write_project(tmp_path, "")
    archive = read_archive(tmp_path / "archive")
    loaded = load_casebook(tmp_path / "casefiles", today=TODAY, more_rules=lambda book: archive_problems(book, archive))
    assert loaded.problems == ()


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_wrong_example_is_reported_as_its_page_says_and_nothing_else_is(code: Code, tmp_path):
    places = write_project(tmp_path, code.wrong, PUBLISHED if code.code in HISTORY else "")
    found = [str(problem) for problem in problems_of(tmp_path, code.code)]
    expected = [f"{place}: {code.says}" for place in places] or [code.says]
    assert found == expected


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_right_example_is_right(code: Code, tmp_path):
    write_project(tmp_path, code.right, PUBLISHED if code.code in HISTORY else "")
    assert [str(problem) for problem in problems_of(tmp_path, code.code)] == []


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_wrong_example_is_reported_under_its_own_code(code: Code):
    assert f"[{code.code}]: " in code.says
    assert code.wrong.count(MARK) <= 1
    assert MARK not in code.right
