"""Each of many single mistakes in real casefiles is reported once, at its place, with what to do, and nothing else is."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from builders import MARK, at, plain
from casebook.pipeline import load_casebook
from casebook.problems import Problem
from mistakes import MISTAKES, Mistake

CASEFILES = Path(__file__).parents[2] / "casefiles"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project's casefiles, to be edited and restored."""
    return Path(shutil.copytree(CASEFILES, tmp_path_factory.mktemp("project") / "casefiles"))


def edited(text: str, mistake: Mistake) -> str:
    """The text with the mistake in it, still marked."""
    start = text.index(mistake.after)
    standing = text.count(mistake.old)
    assert standing == 1 or (standing and mistake.after), f"{standing} times: {mistake.old!r}"
    return text[:start] + text[start:].replace(mistake.old, mistake.new, 1)


def file_of(copy: Path, mistake: Mistake) -> Path:
    """The file to be edited: of a registry that is a folder, the one that holds the words."""
    files = sorted((copy / mistake.file).glob("*.yml")) or [copy / f"{mistake.file}.yml"]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    return next(path for path, text in texts.items() if mistake.after in text and mistake.old in text)


def problems_with(copy: Path, mistake: Mistake) -> tuple[str, list[Problem]]:
    """The marked text, and every problem of the casebook that holds it."""
    path = file_of(copy, mistake)
    original = path.read_text(encoding="utf-8")
    marked = edited(original, mistake)
    try:
        path.write_text(plain(marked), encoding="utf-8")
        return marked, list(load_casebook(copy, today=TODAY).problems)
    finally:
        path.write_text(original, encoding="utf-8")


def test_the_casefiles_have_no_problem_before(copy):
    assert load_casebook(copy, today=TODAY).problems == ()


def test_mistakes_are_fifty_and_more_of_as_many_sorts():
    assert len({mistake.sort for mistake in MISTAKES}) == len(MISTAKES) >= 50
    assert max(Counter(mistake.code for mistake in MISTAKES).values()) <= 8


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.sort.replace(" ", "-"))
def test_mistake_is_one_problem_at_its_place_with_what_to_do(copy, mistake: Mistake):
    marked, problems = problems_with(copy, mistake)
    places = at(marked, *[mistake.code] * marked.count(MARK))
    found = [problem.short for problem in problems]
    assert found == places or (not places and [problem.code for problem in problems] == [mistake.code]), problems
    [problem] = problems
    assert problem.location.file == f"casefiles/{file_of(copy, mistake).relative_to(copy).as_posix()}"
    assert mistake.hint in f"{problem.message}; {problem.hint}"
