"""`casebook export`: write the pages for another program, or what a class takes with it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casebook.commands import export_calendar, export_teaching
from casebook.commands.arguments import add_casefiles
from casebook.exports.folders import FolderRefused
from casebook.exports.markdown import export_markdown
from casebook.pipeline import load_casebook
from casebook.report import format_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: a format, and what that takes."""
    formats = parser.add_subparsers(required=True, metavar="FORMAT")
    markdown = formats.add_parser("markdown", help="a plain Markdown tree that any static site generator builds")
    add_casefiles(markdown)
    markdown.add_argument("place", type=Path, metavar="DIR", help="a new or empty folder, or one of an earlier export")
    markdown.set_defaults(export=run_markdown)
    teaching = formats.add_parser("teaching", help="handouts, readers and books of every reading list and case")
    export_teaching.add_arguments(teaching)
    teaching.set_defaults(export=export_teaching.run)
    calendar = formats.add_parser("calendar", help="the meetings of a reading list on days that you name")
    export_calendar.add_arguments(calendar)
    calendar.set_defaults(export=export_calendar.run)


def run(options: argparse.Namespace) -> int:
    """Export in the format that was asked for."""
    status: int = options.export(options)
    return status


def run_markdown(options: argparse.Namespace) -> int:
    """Write the Markdown tree. 1 when the casefiles have errors, 2 when the folder may not be written."""
    loaded = load_casebook(options.casefiles)
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        return 1
    try:
        count = export_markdown(loaded.casebook, options.casefiles, options.place.resolve())
    except (FolderRefused, OSError) as error:
        print(f"casebook export: {error}", file=sys.stderr)
        return 2
    print(f"{count} pages in {options.place}")
    return 0
