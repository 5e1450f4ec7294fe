"""`mkdocs serve` answers while a casefile is broken: with the last good pages, and with the problem."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sites

PANEL = 'class="cbp'
DEADLINE = 60
"""Seconds after which a test gives up waiting; not a claim about speed."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A running `mkdocs serve`."""

    def __init__(self, project: Path) -> None:
        self.casefile = project / "casefiles" / "cases" / "bench-photo.yml"
        self.port = _free_port()
        self.log = project / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"],
                cwd=project, env=sites.mkdocs_environment(), stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait()

    def page(self, path: str = "cases/bench-photo/") -> str:
        """A page as it is now; nothing while the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=DEADLINE) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait_for(self, holds: Callable[[str], bool]) -> str:
        """The case's page, once something holds for it."""
        limit = time.monotonic() + DEADLINE
        while not holds(page := self.page()):
            log = self.log.read_text(encoding="utf-8")
            assert self.process.poll() is None, log
            assert time.monotonic() < limit, f"{page[:4000]}\n{log}"
            time.sleep(0.1)
        return page

    def edit(self, old: str, new: str) -> None:
        """Change the casefile."""
        text = self.casefile.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.casefile.write_text(text.replace(old, new), encoding="utf-8")


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
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")


def test_preview_that_starts_with_a_broken_casefile_answers(start: Callable[..., Preview]):
    def break_it(project: Path) -> None:
        path = project / "casefiles" / "cases" / "bench-photo.yml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("who: porter-fan", "who: porter-van"), encoding="utf-8"
        )

    preview = start(break_it)
    limit = time.monotonic() + DEADLINE
    while not (page := preview.page("")):
        assert preview.process.poll() is None, preview.log.read_text(encoding="utf-8")
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
    assert "draft: not published" in preview.page("cases/drafted/")
