"""`casebook fmt`: give every file its one canonical layout, or say where it differs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.arguments import add_casefiles
from casebook.layout import format_text
from casebook.layout.differences import difference, layout_problems
from casebook.layout.files import laid_out_files, model_of, name_of, read_as_it_is, replace_text
from casebook.problems import Location, Problem, sort_problems
from casebook.report import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="these files only; else all of --casefiles")
    parser.add_argument("--check", action="store_true", help="write nothing; say where a layout differs, and how")
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change as a unified diff")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to print the problems")


def run(options: argparse.Namespace) -> int:
    """Lay out the files. 1 when one cannot be, or with --check or --diff differs from its canonical layout."""
    paths = [path.absolute() for path in options.files] or list(laid_out_files(options.casefiles))
    problems: list[Problem] = []
    differing = 0
    for path in paths:
        found, is_different = _lay_out(path, options)
        problems += found
        differing += is_different
    is_dry = options.check or options.diff
    text = FORMATS[options.format](sort_problems(problems))
    if problems:
        print(text)
    elif options.format == "text" and not options.diff:
        print(_summary(differing, paths, is_dry=is_dry))
    return int(bool(problems) or (is_dry and differing > 0))


def _summary(differing: int, paths: Sequence[Path], *, is_dry: bool) -> str:
    kept = len(paths) - differing
    unchanged = f"{kept} file{' has' if kept == 1 else 's have'} the canonical layout"
    return unchanged if is_dry or not differing else f"{differing} laid out anew, {unchanged} already"


def _lay_out(path: Path, options: argparse.Namespace) -> tuple[list[Problem], bool]:
    """What is wrong with a file, and whether its layout differs; unless asked not to, give it its layout."""
    name, model = name_of(path), model_of(path)
    if model is None:
        hint = "it lays out casefiles/cases/*.yml, casefiles/readings/*.yml and casefiles/registry/*.yml"
        return [Problem(Location(name), "CB013", "this is no file that casebook fmt knows", hint)], False
    text, problems = read_as_it_is(path, name)
    canonical = None
    if text is not None:
        canonical, problems = format_text(text, name, model)
    if text is None or canonical is None or text == canonical:
        return problems, False
    if options.diff:
        print(difference(text, canonical, name), end="")
        return [], True
    if options.check:
        return layout_problems(text, canonical, name), True
    replace_text(path, canonical)
    return [], True
