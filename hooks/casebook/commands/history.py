"""`casebook history`: hold the casefiles against what was published before."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook.commands.arguments import add_casefiles, today
from casebook.history import Compared, compare
from casebook.past import read_side
from casebook.problems import shorten
from casebook.report import FORMATS
from casebook.revisions import NoHistoryError, changed_files, find_revision


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument(
        "--since", default="HEAD", metavar="REV",
        help="the commit, tag or branch to compare with; by default the last commit",
    )  # fmt: skip
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to print the problems")
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument("--list", action="store_true", help="list every change of substance, recorded or not")


def run(options: argparse.Namespace) -> int:
    """Compare with a commit. 1 when something published changed or went in silence, 2 when there is no such commit."""
    try:
        revision = find_revision(options.casefiles, options.since)
        changed = changed_files(revision, options.casefiles)
    except NoHistoryError as error:
        print(f"casebook history: {error}", file=sys.stderr)
        return 2
    done, unread = _compared(options.casefiles, changed, revision.label)
    for file in unread:
        print(f"casebook history: not compared, for at {revision.label} it cannot be read: {file}", file=sys.stderr)
    if options.list and options.format == "text":
        for line in _listed(done):
            print(line)
    text = FORMATS[options.format](done.problems)
    if text:
        print(text)
    has_errors = any(problem.is_error for problem in done.problems)
    return int(has_errors or (options.strict and bool(done.problems)))


def _compared(folder: Path, changed: Mapping[str, bytes], since: str) -> tuple[Compared, tuple[str, ...]]:
    """The casefiles against older files, which are written to a folder that goes away again; which of them say nothing."""
    with tempfile.TemporaryDirectory() as place:
        past = Path(place) / folder.name
        for name, content in changed.items():
            path = past / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        old = read_side(past)
        return compare(old, read_side(folder), since=since, today=today()), old.unread


def _listed(done: Compared) -> Iterator[str]:
    for case, changes in done.changes.items():
        yield f"{case}:"
        for change in changes:
            yield f"  {change.what}: {shorten(change.before) or '(nothing)'} → {shorten(change.after) or '(nothing)'}"
