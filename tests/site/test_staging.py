"""Whatever goes wrong in a build, the old site stays whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sites

STALL = Path(__file__).with_name("stall.py")
DEADLINE = 60
"""Seconds after which a test gives up waiting; not a claim about speed."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return sites.make_example_project(tmp_path)


@pytest.fixture
def old(project: Path, example: sites.Site) -> dict[str, bytes]:
    """The project's site from an earlier build, and its bytes."""
    shutil.copytree(example.folder, project / "site")
    return _bytes(project / "site")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _build(project: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return sites.build(project, project / "site", *flags)


def _edit(project: Path, old: str, new: str) -> None:
    path = project / "casefiles" / "cases" / "bench-photo.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _around(project: Path) -> set[str]:
    return {path.name for path in project.iterdir() if path.name.startswith("site")}


def test_invalid_casefile_stops_the_build_at_its_place(project: Path, old: dict[str, bytes]):
    _edit(project, "who: porter-fan", "who: porter-van")
    done = _build(project)
    assert done.returncode == 1
    assert "casefiles/cases/bench-photo.yml:67:10: error[CB203]: no " in done.stdout
    assert 'did you mean "porter-fan"?' in done.stdout
    assert "Traceback" not in done.stdout
    assert _bytes(project / "site") == old
    assert _around(project) == {"site"}


def test_casefile_that_is_no_yaml_stops_the_build_without_a_traceback(project: Path, old: dict[str, bytes]):
    _edit(project, "glance:\n", "glance: [\n")
    done = _build(project)
    assert done.returncode == 1
    assert "casefiles/cases/bench-photo.yml:" in done.stdout
    assert "error[CB005]" in done.stdout
    assert "Traceback" not in done.stdout
    assert _bytes(project / "site") == old


def test_warning_in_a_casefile_stops_a_strict_build(project: Path, old: dict[str, bytes]):
    _edit(project, "exact: I asked a friend to take it.", "exact: I asked a friend to take it.\n    prefix: bench")
    _edit(
        project,
        "    cites: [gazette-bench, daily-bench]\n    confidence: confirmed",
        "    cites: [gazette-bench]\n    confidence: confirmed",
    )
    done = _build(project, "--strict")
    assert (done.returncode, "warning[CB309]" in done.stdout, "Traceback" in done.stdout) == (1, True, False)
    assert _bytes(project / "site") == old
    assert _build(project).returncode == 0
    assert _bytes(project / "site") != old


def test_warning_in_a_handwritten_page_stops_a_strict_build(project: Path, old: dict[str, bytes]):
    (project / "docs" / "method.md").write_text("# Method\n\n[Gone](gone.md)\n", encoding="utf-8")
    done = _build(project, "--strict")
    assert done.returncode == 1
    assert "gone.md" in done.stdout
    assert "Traceback" not in done.stdout
    assert _bytes(project / "site") == old
    assert _around(project) == {"site"}


def test_folder_that_is_not_a_site_yet_is_made(project: Path, old: dict[str, bytes]):
    shutil.rmtree(project / "site")
    assert _build(project, "--strict").returncode == 0
    assert _bytes(project / "site").keys() == old.keys()


def _kill_midway(project: Path) -> None:
    """Start a build, wait until it has written some pages, and kill it."""
    shutil.copy(STALL, project)
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("hooks: [", "hooks: [stall.py, "), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project, env=sites.mkdocs_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        limit = time.monotonic() + DEADLINE
        while not (project / "stalled").exists():
            assert child.poll() is None, "the build ended before it could be killed"
            assert time.monotonic() < limit, "the build did not come to its first pages"
            time.sleep(0.02)
    finally:
        child.kill()
        child.wait()
    settings.write_text(text, encoding="utf-8")


def test_killed_build_leaves_the_old_site_and_the_next_one_succeeds(project: Path, old: dict[str, bytes]):
    (project / "site" / "of-old.html").write_text("an old page", encoding="utf-8")
    _kill_midway(project)
    assert list((project / "site.staging").rglob("*.html")), "it was killed before it wrote anything"
    assert _bytes(project / "site") == old | {"of-old.html": b"an old page"}
    assert _build(project, "--strict").returncode == 0
    assert _bytes(project / "site").keys() == old.keys()
    assert _around(project) == {"site"}


def test_build_killed_between_its_two_renames_is_restored(project: Path, old: dict[str, bytes]):
    # The old site is put aside, the new one is not yet in its place.
    (project / "site").rename(project / "site.old")
    _edit(project, "who: porter-fan", "who: porter-van")
    broken = _build(project)
    assert broken.returncode == 1
    assert _bytes(project / "site") == old, "a build that fails has to bring the old site back as well"
    _edit(project, "who: porter-van", "who: porter-fan")
    assert _build(project, "--strict").returncode == 0
    assert _bytes(project / "site").keys() == old.keys()
    assert _around(project) == {"site"}
