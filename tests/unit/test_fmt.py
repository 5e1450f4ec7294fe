"""`casebook fmt`: what it writes, what it says, and its exit statuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casebook import layout
from casebook.cli import main
from casebook.layout import format_text, runs
from casebook.layout.differences import layout_problems
from casebook.model import Theme

LINE = "# yaml-language-server: $schema=../.schema/themes.json\n"
CANONICAL = f"{LINE}- id: labour\n  label: Labour\n  definition: Work.\n"
NAME = "casefiles/registry/themes.yml"


@pytest.fixture
def themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one registry, in which commands are run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_text("- {id: labour, label: Labour, definition: Work.}\n")
    return path


def shorts(text: str) -> list[str]:
    canonical, _ = format_text(text, NAME, Theme)
    assert canonical is not None
    return [f"{problem.short} {problem.message}" for problem in layout_problems(text, canonical, NAME)]


def test_files_are_laid_out(themes, capsys):
    assert main(["fmt"]) == 0
    assert themes.read_text() == CANONICAL
    assert capsys.readouterr().out == "1 laid out anew, 0 files have the canonical layout already\n"


def test_a_second_run_writes_nothing(themes, capsys):
    main(["fmt"])
    before = themes.stat()
    assert main(["fmt"]) == 0
    assert (themes.stat().st_mtime_ns, themes.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert capsys.readouterr().out.endswith("1 file has the canonical layout\n")


def test_check_writes_nothing_and_says_at_each_place_what_would_change(themes, capsys):
    before = themes.read_text()
    assert main(["fmt", "--check", str(themes)]) == 1
    assert themes.read_text() == before
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}:1:1: error[CB701]: this line is to read «# yaml-language-server: $schema=../.schema/themes.json»; "
        "casebook fmt does it",
        "1 error, 0 warnings",
    ]


def test_a_difference_stands_at_its_first_character():
    assert shorts(CANONICAL.replace("label: L", 'label:  "L').replace("Labour\n", 'Labour"\n')) == [
        "3:10 CB701 this line is to read «label: Labour»"
    ]


def test_blank_lines_too_many_and_too_few():
    second = "- id: work\n  label: Work\n  definition: Labour.\n"
    assert shorts(f"{CANONICAL}{second}") == ["5:1 CB701 a blank line is wanted before this one"]
    assert shorts(f"{CANONICAL}\n\n\n{second}") == ["6:1 CB701 2 lines are not wanted here"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CANONICAL.replace("\n", "\r\n"), "1:1 CB701 lines end in a carriage return here; a line feed alone is wanted"),
        (f"\ufeff{CANONICAL}", "1:1 CB701 a byte order mark stands before the file"),
        (CANONICAL.rstrip("\n"), "1:1 CB701 the last line has no end"),
    ],
)
def test_what_no_line_shows(text, message):
    assert shorts(text) == [message]


def test_diff_is_one_that_patch_understands(themes, capsys):
    assert main(["fmt", "--diff"]) == 1
    assert capsys.readouterr().out == (
        f"--- {NAME}\n+++ {NAME} (canonical)\n@@ -1 +1,4 @@\n-- {{id: labour, label: Labour, definition: Work.}}\n"
        + "".join(f"+{line}\n" for line in CANONICAL.splitlines())
    )


def test_a_faulty_file_is_reported_and_left_as_it_is_and_the_others_are_laid_out(themes, capsys):
    broken = themes.with_name("terms.yml")
    broken.write_text("- id: [x\n")
    assert main(["fmt"]) == 1
    assert "terms.yml:1:7: error[CB005]" in capsys.readouterr().out
    assert broken.read_text() == "- id: [x\n"
    assert themes.read_text() == CANONICAL


def test_a_file_outside_the_casefiles_is_refused(themes, capsys):
    other = themes.parents[2] / "mkdocs.yml"
    other.write_text("a: 1\n")
    assert main(["fmt", "mkdocs.yml"]) == 1
    assert "mkdocs.yml:1:1: error[CB013]" in capsys.readouterr().out
    assert other.read_text() == "a: 1\n"


def test_a_link_is_not_followed(themes, capsys):
    link = themes.with_name("terms.yml")
    link.symlink_to(themes)
    assert main(["fmt", "--check"]) == 1
    assert "terms.yml:1:1: error[CB001]" in capsys.readouterr().out


def test_the_mode_of_a_file_stays(themes):
    themes.chmod(0o640)
    main(["fmt"])
    assert themes.stat().st_mode & 0o777 == 0o640
    assert list(themes.parent.iterdir()) == [themes]


def test_a_layout_that_would_lose_a_word_is_not_written(monkeypatch):
    monkeypatch.setattr(layout, "write", lambda *_: "lost\n")
    assert format_text("- id: x\n", NAME, Theme) == ("- id: x\n", [])


def test_what_has_the_layout_is_known_until_the_file_changes(themes, capsys):
    main(["fmt"])
    main(["fmt", "--check"])
    kept = (themes.parents[2] / ".cache" / "layout").read_text().split()
    assert len(kept) == 1
    assert main(["fmt", "--check"]) == 0
    themes.write_text(CANONICAL.replace("Labour", '"Labour"'))
    assert main(["fmt", "--check"]) == 1
    themes.rename(themes.with_name("terms.yml"))
    themes.with_name("terms.yml").write_text(CANONICAL)
    assert main(["fmt", "--check"]) == 1  # the first line names another schema


def test_several_processes_come_to_the_same(themes, monkeypatch, capsys):
    for number in range(6):
        (themes.parent / "themes").mkdir(exist_ok=True)
        (themes.parent / "themes" / f"{number}.yml").write_text(f"- {{id: theme-{number}}}\n")
    main(["fmt", "--check"])
    alone = capsys.readouterr().out
    monkeypatch.setattr(runs, "MANY", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    main(["fmt", "--check"])
    assert capsys.readouterr().out == alone
    assert alone.count("CB701") == 7
