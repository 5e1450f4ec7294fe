"""`casebook fmt`: give every file its one canonical layout, or say where it differs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.arguments import add_casefiles
from casebook.layout.differences import difference, layout_problems
from casebook.layout.files import laid_out_files, replace_text
from casebook.layout.runs import Known, Outcome, lay_out_all
from casebook.problems import Problem, sort_problems
from casebook.report import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="these files only; else all of --casefiles")
    parser.add_argument("--check", action="store_true", help="write nothing; say where a layout differs, and how")
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change as a unified diff")
    parser.add_argument("--no-cache", action="store_true", help="look at every file anew")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to print the problems")


def run(options: argparse.Namespace) -> int:
    """Lay out the files. 1 when one cannot be, or with --check or --diff differs from its canonical layout."""
    paths = [path.absolute() for path in options.files] or list(laid_out_files(options.casefiles))
    known = Known(None if options.no_cache or options.files else options.casefiles.parent / ".cache" / "layout")
    problems: list[Problem] = []
    differing = 0
    for outcome in lay_out_all(paths, os.cpu_count() or 1, known):
        problems += outcome.problems
        if outcome.differs:
            differing += 1
            problems += _deal_with(outcome, options)
    known.write()
    is_dry = options.check or options.diff
    if problems:
        print(FORMATS[options.format](sort_problems(problems)))
    elif options.format == "text" and not options.diff:
        print(_summary(differing, paths, is_dry=is_dry))
    return int(bool(problems) or (is_dry and differing > 0))


def _deal_with(outcome: Outcome, options: argparse.Namespace) -> list[Problem]:
    """Write the canonical text, or print what would change, or say it as problems."""
    if options.diff:
        print(difference(outcome.text, outcome.canonical, outcome.name), end="")
    elif options.check:
        return layout_problems(outcome.text, outcome.canonical, outcome.name)
    else:
        replace_text(outcome.path, outcome.canonical)
    return []


def _summary(differing: int, paths: Sequence[Path], *, is_dry: bool) -> str:
    kept = len(paths) - differing
    unchanged = f"{kept} file{' has' if kept == 1 else 's have'} the canonical layout"
    return unchanged if is_dry or not differing else f"{differing} laid out anew, {unchanged} already"
