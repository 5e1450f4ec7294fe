"""`mkdocs serve` answers while a casefile is broken: with the last good pages, and with the problem."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sites
from previews import DEADLINE, Preview

PANEL = "cbp--broken"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[Callable[[Path], None]], Preview]]:
    """Starts a preview of a project that was changed beforehand."""
    running: list[Preview] = []

    def begin(change: Callable[[Path], None] = lambda project: None) -> Preview:
        project = sites.make_example_project(tmp_path / "project")
        change(project)
        running.append(Preview(project))
        return running[0]

    yield begin
    for preview in running:
        preview.stop()


def test_broken_casefile_shows_its_problem_above_the_last_good_page(start: Callable[[], Preview]):
    preview = start()
    preview.wait_for(lambda page: "Seven in the morning" in page)

    preview.edit("who: porter-fan", "who: porter-van")
    page = preview.wait_for(lambda page: "error CB203" in page)
    assert "casefiles/cases/bench-photo.yml" in page
    assert 'bench-photo.yml:36:11" aria-label="Line 36, column 11: open in Visual Studio Code">36:11</a>' in page
    assert "did you mean" in page
    assert "Seven in the morning" in page
    assert "error CB203" in preview.page("method/"), "handwritten pages show it too"

    preview.edit("who: porter-van", "who: porter-fan")
    preview.edit("heading: Seven in the morning", "heading: Eight in the morning")
    page = preview.wait_for(lambda page: "Eight in the morning" in page)
    assert PANEL not in page
    assert "Traceback" not in preview.told()


def test_preview_that_starts_with_a_broken_casefile_answers(start: Callable[..., Preview]):
    def break_it(project: Path) -> None:
        path = project / "casefiles" / "cases" / "bench-photo.yml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("who: porter-fan", "who: porter-van"), encoding="utf-8"
        )

    preview = start(break_it)
    limit = time.monotonic() + DEADLINE
    while not (page := preview.page("")):
        assert preview.process.poll() is None, preview.told()
        assert time.monotonic() < limit
        time.sleep(0.1)
    assert "error CB203" in page
    preview.edit("who: porter-van", "who: porter-fan")
    page = preview.wait_for(lambda page: "Seven in the morning" in page)
    assert PANEL not in page


def test_drafts_are_shown_and_marked_in_a_preview(start: Callable[..., Preview]):
    def add_draft(project: Path) -> None:
        cases = project / "casefiles" / "cases"
        text = (cases / "bench-photo.yml").read_text(encoding="utf-8")
        text = text.replace("id: bench-photo", "id: drafted", 1).replace("status: published", "status: draft")
        (cases / "drafted.yml").write_text(text, encoding="utf-8")

    preview = start(add_draft)
    preview.wait_for(lambda page: "Seven in the morning" in page)
    assert "Draft, not published." in preview.page("cases/drafted/")
