"""Folders that are written whole: what is refused, what is replaced, and what a failure leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.exports.folders import MARKER, FolderRefused, replaced_folder


def write(place: Path, **files: str) -> None:
    with replaced_folder(place, disposable=frozenset({"site"})) as folder:
        for name, text in files.items():
            (folder / name).write_text(text)


def contents(place: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in place.iterdir() if path.name != MARKER}


def test_new_folder_is_made_with_its_parents(tmp_path):
    write(tmp_path / "a/b", page="1")
    assert contents(tmp_path / "a/b") == {"page": "1"}


def test_empty_folder_is_filled(tmp_path):
    (tmp_path / "a").mkdir()
    write(tmp_path / "a", page="1")
    assert contents(tmp_path / "a") == {"page": "1"}


def test_former_export_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    write(tmp_path / "a", page="1", old="1")
    write(tmp_path / "a", page="2")
    assert contents(tmp_path / "a") == {"page": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_was_built_from_a_former_export_goes_with_it(tmp_path):
    write(tmp_path / "a", page="1")
    (tmp_path / "a/site").mkdir()
    (tmp_path / "a/site/index.html").write_text("built")
    write(tmp_path / "a", page="2")
    assert contents(tmp_path / "a") == {"page": "2"}


@pytest.mark.parametrize("name", ["mine", ".git", "sitemap"])
def test_foreign_file_in_a_former_export_is_refused_by_name(tmp_path, name):
    write(tmp_path / "a", page="1")
    (tmp_path / "a" / name).write_text("mine")
    with pytest.raises(FolderRefused, match=f"{name} was not written by an export"):
        write(tmp_path / "a", page="2")
    assert contents(tmp_path / "a") == {"page": "1", name: "mine"}


def test_file_saved_while_the_export_runs_is_not_lost(tmp_path):
    write(tmp_path / "a", page="1")
    with pytest.raises(FolderRefused), replaced_folder(tmp_path / "a"):
        (tmp_path / "a/mine").write_text("mine")
    assert contents(tmp_path / "a") == {"page": "1", "mine": "mine"}


def test_marker_that_another_program_wrote_does_not_count(tmp_path):
    (tmp_path / MARKER).write_text("something else\n")
    with pytest.raises(FolderRefused, match="no export wrote it"):
        write(tmp_path, page="1")


@pytest.mark.parametrize("kind", ["file", "link"])
def test_file_or_link_in_the_folders_place_is_refused(tmp_path, kind):
    place = tmp_path / "a"
    place.write_text("mine") if kind == "file" else place.symlink_to(tmp_path)
    with pytest.raises(FolderRefused, match="is not a folder"):
        write(place, page="1")


def test_failure_half_way_leaves_the_former_export(tmp_path):
    write(tmp_path / "a", page="1")
    with pytest.raises(TypeError):
        write(tmp_path / "a", page="2", broken=None)
    assert contents(tmp_path / "a") == {"page": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_failed_swap_puts_the_former_export_back(tmp_path, monkeypatch):
    write(tmp_path / "a", page="1")
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == "fresh":
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="no"):
        write(tmp_path / "a", page="2")
    assert contents(tmp_path / "a") == {"page": "1"}
