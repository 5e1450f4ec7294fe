"""A running `mkdocs serve`, and fifty ways in which somebody saves a broken casefile."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import sites
from builders import MARK

DEADLINE = 120
"""Seconds after which a test gives up waiting; not a claim about speed."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A running `mkdocs serve` of a project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.casefiles = project / "casefiles"
        self.casefile = self.casefiles / "cases" / "bench-photo.yml"
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
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

    def told(self) -> str:
        """What the terminal shows."""
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address; 0 while the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=DEADLINE) as answer:
                return int(answer.status), answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError):
            return 0, ""

    def page(self, path: str = "cases/bench-photo/") -> str:
        """A page as it is now; nothing while the server does not answer."""
        return self.get(path)[1]

    def wait_for(self, holds: Callable[[str], bool], path: str = "cases/bench-photo/") -> str:
        """A page, once something holds for it."""
        limit = time.monotonic() + DEADLINE
        while not holds(page := self.page(path)):
            assert self.process.poll() is None, self.told()
            assert time.monotonic() < limit, f"{page[:4000]}\n{self.told()}"
            time.sleep(0.05)
        return page

    def edit(self, old: str, new: str) -> None:
        """Change the example's casefile."""
        text = self.casefile.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.casefile.write_text(text.replace(old, new), encoding="utf-8")


def real_project(folder: Path) -> Path:
    """A copy of the real casebook that may be broken."""
    for name in ("hooks", "casefiles", "docs"):
        shutil.copytree(sites.PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(sites.PROJECT / "mkdocs.yml", folder)
    return folder


@dataclass(frozen=True)
class Mistake:
    """Something that goes wrong in any case, and what is to be said about it."""

    name: str
    make: Callable[[str], str | bytes]
    """The broken text, with ▲ before the place where the problem is; without one it is the start of the file."""
    code: str
    hint: str
    """Words of the hint."""


def _replace(pattern: str, new: str) -> Callable[[str], str]:
    def make(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
        assert count == 1, pattern
        return changed

    return make


MISTAKES = (
    Mistake("a field's name is misspelt", _replace("^title: ", "▲titel: "), "CB102", 'did you mean "title"?'),
    Mistake("a choice is misspelt", _replace("^status: published", "status: ▲publised"), "CB106", 'did you mean "published"?'),
    Mistake("somebody unknown is named", _replace(r"- who: \S+", "- who: ▲nobody-at-all"), "CB203", "casefiles/registry/"),
    Mistake("a source is misspelt", _replace(r"source: (\S+)$", r"source: ▲\1-gone"), "CB203", "did you mean"),
    Mistake("a date is none", _replace('^published: ".*"$', "published: ▲soon"), "CB108", '"2024-11-13"'),
    Mistake("a line stands twice", _replace("^(status: .*)$", r"\1\n▲\1"), "CB007", "keep one of the two"),
    Mistake("a line is indented by a tab", _replace("^glance:$", "glance:\n▲\t- A line."), "CB005", "spaces, not tabs"),
    Mistake("bytes of another encoding", lambda text: f"{text}▲".encode() + b"\xff\xfe\x00", "CB003", "save the file as UTF-8"),
    Mistake("an empty file", lambda _: "", "CB005", "write the casefile's fields"),
    Mistake("half a file", lambda text: text[: text.index("\ncast:")].replace("schema_version:", "▲schema_version:", 1), "CB101", 'add "cast:"'),
    Mistake("a file without end", lambda text: text + "# and so on\n" * 30_000, "CB002", "split the case"),
)  # fmt: skip


def _in_place(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _by_renaming(path: Path, content: bytes) -> None:
    """As most editors do it: beside the file, and then in its place."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)


def _with_backup(path: Path, content: bytes) -> None:
    """As Vim and Emacs do it: the old file is put aside, the new one written, the old one deleted."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_bytes(content)
    backup.unlink()


def _in_pieces(path: Path, content: bytes) -> None:
    """Emptied first and filled bit by bit."""
    with path.open("wb") as file:
        for start in range(0, len(content), 4096):
            file.write(content[start : start + 4096])
            file.flush()
            os.fsync(file.fileno())


WAYS = (_in_place, _by_renaming, _with_backup, _in_pieces)


CASES_A_MISTAKE = 5


@dataclass(frozen=True)
class BrokenSave:
    """One mistake saved into one case, and where it is to be shown."""

    file: Path
    mistake: Mistake
    broken: bytes
    good: bytes
    place: str
    """Line and column."""
    save: Callable[[Path, bytes], None]

    @property
    def name(self) -> str:
        """The file from the project's root."""
        return f"casefiles/cases/{self.file.name}"


def broken_saves(casefiles: Path) -> list[BrokenSave]:
    """Every mistake in some cases of a casebook, with each case in its turn, saved in every way in which editors save."""
    files = cycle(sorted((casefiles / "cases").glob("*.yml")))
    pairs = [(next(files), mistake) for mistake in MISTAKES for _ in range(CASES_A_MISTAKE)]
    return [_broken(file, mistake, WAYS[number % len(WAYS)]) for number, (file, mistake) in enumerate(pairs)]


def _broken(file: Path, mistake: Mistake, save: Callable[[Path, bytes], None]) -> BrokenSave:
    good = file.read_bytes()
    made = mistake.make(good.decode())
    raw = made if isinstance(made, bytes) else made.encode()
    before, mark, after = raw.partition(MARK.encode())
    lines = before.decode().split("\n") if mark else [""]
    return BrokenSave(file, mistake, before + after, good, f"{len(lines)}:{len(lines[-1]) + 1}", save)
