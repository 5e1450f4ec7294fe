"""The line that a problem is about, cut in three at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.preview.excerpts import WIDTH, Excerpt, excerpts
from casebook.problems import Location


def _excerpt(folder: Path, content: str | bytes, line: int, column: int) -> Excerpt | None:
    (folder / "casefile.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    place = Location("casefile.yml", line, column)
    return excerpts(folder, [place]).get(place)


def test_word_at_the_place_stands_apart(tmp_path: Path):
    assert _excerpt(tmp_path, "id: x\ncast:\n  - who: porter-van # he\n", 3, 10) == Excerpt(
        "- who: ", "porter-van", " # he"
    )


def test_sign_at_the_place_stands_apart(tmp_path: Path):
    assert _excerpt(tmp_path, "title: [a, b]\n", 1, 8) == Excerpt("title: ", "[", "a, b]")


def test_columns_are_counted_in_letters(tmp_path: Path):
    assert _excerpt(tmp_path, "en: 雷军 lei\n", 1, 8) == Excerpt("en: 雷军 ", "lei", "")


def test_place_behind_the_end_of_the_line_is_empty(tmp_path: Path):
    assert _excerpt(tmp_path, "title:\n", 1, 7) == Excerpt("title:", "", "")


def test_long_line_is_cut_around_the_place(tmp_path: Path):
    found = _excerpt(tmp_path, f"{'a ' * 500}here{' b' * 500}", 1, 1001)
    assert found is not None
    assert found.at == "here"
    assert found.before.startswith("…")
    assert found.after.endswith("…")
    assert len("".join(found)) <= WIDTH + 2


def test_letters_that_cannot_be_seen_are_shown_by_a_sign(tmp_path: Path):
    assert _excerpt(tmp_path, "title: \u202eevil\x07\n", 1, 8) == Excerpt("title: ", "�", "evil�")


def test_bytes_of_another_encoding_are_shown_by_a_sign(tmp_path: Path):
    assert _excerpt(tmp_path, b"title: \xff\n", 1, 8) == Excerpt("title: ", "�", "")


@pytest.mark.parametrize("line", [0, 2, 3, 10_000])
def test_line_that_is_empty_or_not_there_has_no_excerpt(tmp_path: Path, line: int):
    assert _excerpt(tmp_path, "a: b\n", line, 1) is None


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "link.yml").symlink_to(tmp_path / "secret")
    (tmp_path / "folder.yml").mkdir()
    names = ("link.yml", "folder.yml", "nowhere.yml")
    assert excerpts(tmp_path, [Location(name) for name in names]) == {}
