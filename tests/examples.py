"""A casebook without a problem, and the examples of the problem codes put into it.

An example is a piece of a file: its top-level fields take the place of the file's, its entries that of a registry's
with the same id. What lines that begin with `$ ` say is done afterwards, in the project's folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import casebook
from builders import CASE, MARK, READING_LIST, REGISTRIES, TODAY, changed, plain
from casebook.archive import read_archive
from casebook.attest import attest_quotes, write_attestations
from casebook.pipeline import load_casebook

FIRST_CASE = "casefiles/cases/first-case.yml"
ARCHIVED = (
    "A report. On stage she paused and took a sip of water, then said: We will ship in March. Applause followed at once. "
    "Everybody in the hall stood up. "
    "The hall was full and the doors were closed early. Outside it rained on those who had come too late for a seat. "
    "A second speaker then showed charts about widgets, of which nobody in the hall could later remember anything at all. "
    "By nine the stage was dark again."
)
SHA256 = hashlib.sha256(ARCHIVED.encode()).hexdigest()
ESSAY = changed(CASE, ("sentence]] that lasted.\n", "sentence]] that lasted.\n\n      (… 900 words …)\n"))

_FILE = re.compile(r"^# (casefiles/\S+)\n", re.MULTILINE)
_FIELD = re.compile(rf"^{MARK}?(\w+):", re.MULTILINE)
_ENTRY = re.compile(rf"^- \{{?id: {MARK}?([\w-]+)", re.MULTILINE)
_WORDS = re.compile(r"\(… (\d+) words …\)")


def base_files() -> dict[str, str]:
    """Path → text of a casebook in which nothing is wrong."""
    sources = changed(REGISTRIES["sources"], ("  short: The Daily\n", f"  short: The Daily\n  sha256: {SHA256}\n"))
    registries = {**REGISTRIES, "sources": sources}
    return {
        FIRST_CASE: ESSAY,
        **{f"casefiles/registry/{name}.yml": text for name, text in registries.items()},
        "casefiles/readings/seminar.yml": READING_LIST,
        "archive/report.txt": ARCHIVED,
    }


def written(text: str) -> str:
    """The text with `(… 900 words …)` written out."""
    return _WORDS.sub(lambda match: " ".join(["word"] * int(match[1])), text)


def _pieces(text: str, start: re.Pattern[str]) -> list[tuple[str, str]]:
    """What begins at the left margin, each piece with its key, up to the next."""
    places = [match.start() for match in start.finditer(text)]
    ends = [*places[1:], len(text)] if places else []
    return [(start.match(text, place)[1].replace(MARK, ""), text[place:end]) for place, end in zip(places, ends, strict=True)]  # fmt: skip


def put_in(text: str, example: str, start: re.Pattern[str] = _FIELD) -> str:
    """The text of a file with the pieces of an example in the place of its own."""
    example, rule, rest = example.partition(f"{MARK}---\n")
    new: dict[str, str] = {}
    for key, piece in _pieces(example, start):
        new[key] = new.get(key, "") + piece
    kept = "".join(new.pop(key, piece) for key, piece in _pieces(text, start))
    return kept + "".join(new.values()) + rule + rest


def files_of(example: str, before: str = "") -> tuple[dict[str, str], list[str]]:
    """The files of the casebook with an example in it, still marked, and the commands that follow.

    `before` is put into the first case ahead of the example.
    """
    files = base_files()
    files[FIRST_CASE] = put_in(files[FIRST_CASE], before)
    commands = [line[2:] for line in example.splitlines() if line.startswith("$ ")]
    text = "".join(line for line in example.splitlines(keepends=True) if not line.startswith("$ "))
    parts = [FIRST_CASE, *_FILE.split(text.lstrip("\n"))] if not _FILE.match(text) else _FILE.split(text)[1:]
    for name, piece in zip(parts[::2], parts[1::2], strict=True):
        stem = Path(name).stem
        base = files.get(name) or changed(ESSAY, ("id: first-case", f"id: {stem}"))
        files[name] = put_in(base, piece, _ENTRY if "/registry/" in name else _FIELD)
    return files, commands


def places_of(files: dict[str, str]) -> list[str]:
    """`file:line:column` of every mark."""
    places = []
    for name, text in files.items():
        lines = written(text).split("\n")
        for number, line in enumerate(lines, start=1):
            places += [f"{name}:{number}:{match.start() + 1}" for match in re.finditer(MARK, line)]
    return places


def write_project(root: Path, example: str, before: str = "") -> list[str]:
    """Write the casebook with an example in it, everything in the base attested; where problems are expected."""
    attested = base_files()
    _write(root, attested)
    book = load_casebook(root / "casefiles", today=TODAY).casebook
    assert book is not None
    write_attestations(
        root / "casefiles", attest_quotes(book, read_archive(root / "archive"), {}, TODAY.isoformat()).attestations
    )
    files, commands = files_of(example, before)
    _write(root, {name: text for name, text in files.items() if text != attested.get(name)})
    _run(root, commands)
    return places_of(files)


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plain(written(text)), encoding="utf-8", newline="")


def _run(root: Path, commands: list[str]) -> None:
    """Run commands as a reader would, with `casebook` on the path."""
    if not commands:
        return
    script = root / "bin" / "casebook"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casebook.cli "$@"\n')
    script.chmod(0o755)
    hooks = Path(casebook.__file__).parents[1]
    path = f"{script.parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands:
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=root, env={"PATH": path, "PYTHONPATH": str(hooks)}, capture_output=True,
            text=True,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        assert not done.stderr, done.stderr
