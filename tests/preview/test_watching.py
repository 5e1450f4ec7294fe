"""What counts as a change of the casefiles folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.preview.watching import listing


def _add(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")

    return change


def _touch(folder: Path) -> None:
    path = folder / "cases" / "first-case.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Ada spoke", "Ada spake"), encoding="utf-8")


CHANGES = {
    "a new file": _add("cases/new-case.yml"),
    "a new file of a kind that is not read": _add("cases/notes.txt"),
    "an edit that leaves the size as it was": _touch,
    "a deleted file": lambda folder: (folder / "registry" / "terms.yml").unlink(),
    "a renamed file": lambda folder: (folder / "registry" / "terms.yml").rename(folder / "registry" / "term.yml"),
    "an empty new folder": lambda folder: (folder / "readings").mkdir(),
    "a folder renamed": lambda folder: (folder / "registry").rename(folder / "registries"),
    "a link in place of a file": lambda folder: _link(folder / "registry" / "terms.yml"),
    "the folder renamed away": lambda folder: folder.rename(folder.with_name("away")),
}


def _link(path: Path) -> None:
    aside = path.rename(path.with_name("aside.yml"))
    path.symlink_to(aside)


@pytest.mark.parametrize("name", CHANGES)
def test_change_is_seen(folder: Path, name: str):
    before = listing(folder)
    CHANGES[name](folder)
    assert listing(folder) != before


LEFT_BY_EDITORS = [
    "cases/first-case.yml~", "cases/.first-case.yml.swp", "cases/4913", "cases/.#first-case.yml", "cases/#first-case.yml#",
    ".schema/case.json", ".DS_Store", "cases/first-case.yml.swx",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFT_BY_EDITORS)
def test_what_editors_leave_for_themselves_is_not_seen(folder: Path, name: str):
    before = listing(folder)
    _add(name)(folder)
    assert listing(folder) == before


def test_link_to_a_folder_is_not_followed(folder: Path):
    (folder / "round").symlink_to(folder)
    assert not [path for path in listing(folder) if "/round/" in path]


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path):
    assert listing(tmp_path / "nowhere") == {}
