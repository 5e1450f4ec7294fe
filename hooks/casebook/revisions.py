"""Casefiles as git has them. Read-only, without the network, and in three calls of `git` however many files there are."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


class NoHistoryError(Exception):
    """Why there is nothing to compare with, as a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit to compare with."""

    top: Path
    """The repository's root."""
    commit: str
    day: str
    """The day of the commit, as `2026-11-22`."""

    @property
    def label(self) -> str:
        """The commit as messages name it."""
        return f"{self.commit[:10]} ({self.day})"


@dataclass(frozen=True, slots=True)
class _Blob:
    path: str
    digest: str


def find_revision(folder: Path, name: str) -> Revision:
    """The newest commit that `name` and what is checked out have in common: what `name` has since is not our change.

    Raises NoHistoryError where the folder is in no repository or there is no such commit.
    """
    try:
        top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).strip())
    except NoHistoryError as error:
        raise NoHistoryError(f"{folder} is in no git repository that can be read: {error}") from error
    try:
        commit = _text(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except NoHistoryError as error:
        raise NoHistoryError(f'there is no commit "{name}" here; {_advice(folder)}') from error
    try:
        commit = _text(folder, "merge-base", commit, "HEAD")
    except NoHistoryError as error:
        if _is_shallow(folder):
            raise NoHistoryError(f'"{name}" and HEAD have no commit in common here; {_advice(folder)}') from error
        raise NoHistoryError(f'"{name}" and HEAD have no commit in common') from error
    return Revision(top, commit, _text(folder, "show", "--no-patch", "--format=%cs", commit))


def is_kept_out(folder: Path, path: Path) -> bool:
    """Whether git is told to leave a path below a folder alone, so that it can be published by nobody."""
    try:
        _git(folder, "check-ignore", "--quiet", "--", str(path))
    except NoHistoryError:
        return False
    return True


def _advice(folder: Path) -> str:
    if _is_shallow(folder):
        return "the clone is shallow: run git fetch --unshallow, or in a workflow check out with fetch-depth: 0"
    return "name a commit, a tag or a branch: git log --oneline shows them"


def _is_shallow(folder: Path) -> bool:
    return _text(folder, "rev-parse", "--is-shallow-repository") == "true"


def changed_files(revision: Revision, folder: Path) -> dict[str, bytes]:
    """Files below a folder that were other at the revision, or are gone since: path from the folder → content then."""
    below = folder.resolve().relative_to(revision.top.resolve()).as_posix()
    blobs = list(_blobs(revision, below))
    gone = [blob for blob in blobs if _digest(folder / blob.path, len(blob.digest)) != blob.digest]
    return dict(zip((blob.path for blob in gone), _contents(revision.top, [b.digest for b in gone]), strict=True))


def _blobs(revision: Revision, below: str) -> Iterator[_Blob]:
    where = "" if below == "." else f"{below}/"
    listed = _git(revision.top, "ls-tree", "-r", "-z", "--full-tree", revision.commit, "--", where or ".")
    for line in filter(None, listed.split(b"\0")):
        facts, _, path = line.partition(b"\t")
        mode, _, digest = facts.split(b" ")
        if mode.startswith(b"100"):  # a regular file, not a link or a repository in the repository
            yield _Blob(os.fsdecode(path).removeprefix(where), digest.decode())


def _digest(path: Path, length: int) -> str:
    """What git would call a file's content. Where git changes line ends on the way, the file merely counts as changed."""
    if not path.is_file() or path.is_symlink():
        return ""
    content = path.read_bytes()
    algorithm = hashlib.sha1 if length == 40 else hashlib.sha256  # git's choice, not for security
    return algorithm(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _contents(top: Path, digests: Sequence[str]) -> Iterator[bytes]:
    answer = _git(top, "cat-file", "--batch", given="".join(f"{digest}\n" for digest in digests).encode())
    place = 0
    for _ in digests:
        end = answer.index(b"\n", place)
        size = int(answer[place:end].split(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        place = end + 1 + size + 1


def _text(folder: Path, *words: str) -> str:
    return _git(folder, *words).decode(errors="replace").strip()


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """Run git in a folder. Raises NoHistoryError with its own words where it fails."""
    # Set while git runs one of its hooks, where they would take the place of the folder.
    elsewhere = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    environment = {name: value for name, value in os.environ.items() if name not in elsewhere}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours; a revision stands after --end-of-options
            ["git", "-C", str(folder), *words],  # noqa: S607 - the editor's own git
            input=given, capture_output=True, env=environment, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise NoHistoryError("git is not installed") from error
    if done.returncode:
        raise NoHistoryError(
            done.stderr.decode(errors="replace").strip().partition("\n")[0] or f"git {words[0]} failed"
        )
    return done.stdout
