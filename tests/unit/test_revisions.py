"""Casefiles as git has them, and `casebook history` in repositories of every condition."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from builders import CASE, REGISTRIES, case, changed, write_casefiles
from casebook.cli import main
from casebook.revisions import NoHistoryError, changed_files, find_revision

ME = {
    "GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada Example",
    "GIT_COMMITTER_EMAIL": "ada@example.org", "GIT_COMMITTER_DATE": "2024-06-01T12:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=os.environ | ME, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, message: str = "x") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The minimal casefiles, committed."""
    folder = write_casefiles(tmp_path / "project")
    git(folder.parent, "init", "--quiet", "--initial-branch=main")
    commit(folder.parent)
    return folder


def change(root: Path, *changes: tuple[str, str], more: str = "") -> None:
    (root / "cases" / "first-case.yml").write_text(case(*changes, more=more), encoding="utf-8")


def history(root: Path, *words: str) -> int:
    return main(["history", "--casefiles", str(root), *words])


EARLIER = ('occurred: "2024-01-10"', 'occurred: "2024-01-09"')


def test_files_as_they_were_are_those_that_changed_or_went(root):
    change(root, EARLIER)
    (root / "registry" / "terms.yml").unlink()
    (root / "cases" / "new.yml").write_text("x")
    found = changed_files(find_revision(root, "HEAD"), root)
    assert found == {"cases/first-case.yml": CASE.encode(), "registry/terms.yml": REGISTRIES["terms"].encode()}


def test_revision_has_the_day_of_its_commit(root):
    revision = find_revision(root, "main")
    assert revision.label == f"{git(root, 'rev-parse', 'HEAD')[:10]} (2024-06-01)"


def test_names_of_any_characters_are_read(root):
    odd = root / "cases" / "né w\tline\n二.yml"
    odd.write_text("x")
    commit(root)
    odd.unlink()
    assert changed_files(find_revision(root, "HEAD"), root) == {"cases/né w\tline\n二.yml": b"x"}


def test_links_are_passed_over(root):
    (root / "cases" / "link.yml").symlink_to("/etc/passwd")
    commit(root)
    assert changed_files(find_revision(root, "HEAD"), root) == {}


def test_casefiles_may_lie_deep_in_a_repository(tmp_path):
    folder = write_casefiles(tmp_path / "a" / "b")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    change(folder, EARLIER)
    assert list(changed_files(find_revision(folder, "HEAD"), folder)) == ["cases/first-case.yml"]


def test_what_the_other_branch_has_since_is_not_our_change(root):
    git(root, "switch", "--quiet", "--create", "mine")
    git(root, "switch", "--quiet", "main")
    change(root, EARLIER)
    commit(root)
    git(root, "switch", "--quiet", "mine")
    assert changed_files(find_revision(root, "main"), root) == {}


# The command


def test_sound_history_exits_with_0(root, capsys):
    assert history(root) == 0
    assert capsys.readouterr().out == "no problems\n"


def test_change_in_silence_exits_with_1_and_names_file_line_and_commit(root, capsys):
    change(root, EARLIER)
    assert history(root) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("casefiles/cases/first-case.yml:6:11: error[CB602]: since ")
    assert "(2024-06-01) the published case changed" in first


def test_committed_change_is_compared_with_the_commit_named(root):
    change(root, EARLIER)
    commit(root)
    assert history(root) == 0
    assert history(root, "--since", "HEAD~1") == 1


def test_change_that_is_told_is_listed_when_asked(root, capsys):
    change(root, EARLIER, more='updated: "2024-06-02"\n')
    assert history(root, "--list") == 0
    assert capsys.readouterr().out == "first-case:\n  occurred: 2024-01-10 → 2024-01-09\nno problems\n"


def test_warnings_count_when_strict(root):
    change(root, ("[[ada]] spoke on a stage", "On a stage spoke [[ada]]"), more='updated: "2024-06-02"\n')
    assert history(root) == 0
    assert history(root, "--strict") == 1


def test_file_that_could_not_be_read_then_is_named(root, capsys):
    (root / "cases" / "first-case.yml").write_text("a: [")
    commit(root)
    change(root)
    assert history(root) == 0
    assert "it cannot be read: casefiles/cases/first-case.yml" in capsys.readouterr().err


def test_history_leaves_the_repository_as_it_was(root):
    change(root, EARLIER)
    before = {path: path.read_bytes() for path in root.parent.rglob("*") if path.is_file()}
    history(root)
    assert {path: path.read_bytes() for path in root.parent.rglob("*") if path.is_file()} == before


# Where there is nothing to compare with


def said(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert history(root, *words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_folder_outside_a_repository_is_said_to_be_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "is in no git repository" in said(write_casefiles(tmp_path), capsys)


@pytest.mark.parametrize("name", ["nonsense", "HEAD~99", "--all", "-x"])
def test_unknown_commit_is_said_to_be_so(root, capsys, name):
    assert f'there is no commit "{name}" here' in said(root, capsys, f"--since={name}")


def test_repository_without_a_commit_is_said_to_be_so(tmp_path, capsys):
    folder = write_casefiles(tmp_path)
    git(tmp_path, "init", "--quiet")
    assert 'there is no commit "HEAD" here' in said(folder, capsys)


def test_shallow_clone_is_told_how_to_get_the_rest(root, tmp_path, capsys):
    change(root, EARLIER)
    commit(root)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root.parent}", "shallow")
    assert "git fetch --unshallow" in said(tmp_path / "shallow" / "casefiles", capsys, "--since", "HEAD~1")


def test_branches_without_a_common_commit_are_said_to_be_so(root, capsys):
    git(root, "switch", "--quiet", "--orphan", "other")
    commit(root)
    write_casefiles(root.parent)
    assert "have no commit in common" in said(root, capsys, "--since", "main")


def test_lack_of_git_is_said(root, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoHistoryError, match="git is not installed"):
        find_revision(root, "HEAD")


def test_older_registry_in_parts_is_compared_with_one_file(root, capsys):
    parts = root / "registry" / "people"
    parts.mkdir()
    (root / "registry" / "people.yml").rename(parts / "all.yml")
    assert history(root) == 0
    (parts / "all.yml").write_text(changed(REGISTRIES["people"], ("- id: bob", "- id: robert")))
    assert history(root) == 1
    assert "if it is robert now" in capsys.readouterr().out


def test_git_hooks_may_call_it(root, monkeypatch):
    change(root, EARLIER)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert history(root) == 1
