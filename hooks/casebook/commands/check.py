"""`casebook check`: report every problem in the casefiles."""

from __future__ import annotations

import argparse

from casebook.commands.arguments import add_casefiles, today
from casebook.pipeline import PREVIEW, PUBLISHED, load_casebook
from casebook.report import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to print the problems")
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument(
        "--drafts", action="store_true", help="check cases in draft and review as if they were published"
    )


def run(options: argparse.Namespace) -> int:
    """Print the problems. 1 when there are errors, or in strict mode any problem."""
    statuses = PREVIEW if options.drafts else PUBLISHED
    loaded = load_casebook(options.casefiles, statuses=statuses, today=today())
    text = FORMATS[options.format](loaded.problems)
    if text:
        print(text)
    return int(loaded.has_errors or (options.strict and bool(loaded.problems)))
