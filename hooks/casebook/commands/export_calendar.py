"""`casebook export calendar`: the meetings of a reading list on days that a teacher names. Nothing of them is stored."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import date
from pathlib import Path

from casebook.commands.arguments import add_casefiles
from casebook.commands.export_teaching import ADDRESS_VARIABLE
from casebook.courses import Course, courses
from casebook.exports.calendar import calendar_of, on_days
from casebook.exports.site import Site
from casebook.model.scalars import CLOCK_PATTERN
from casebook.pipeline import load_casebook
from casebook.problems import nearest
from casebook.report import format_text

DAYS_BETWEEN = {"day": 1, "week": 7, "fortnight": 14}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: a list or case, the first day, and what lies between two meetings."""
    add_casefiles(parser)
    parser.add_argument("course", metavar="ID", help="a reading list or a published case")
    parser.add_argument("--first", required=True, type=_day, metavar="DAY", help="the first meeting, as 2027-02-01")
    parser.add_argument("--time", type=_clock, metavar="HH:MM", help="when they begin; else all day")
    parser.add_argument(
        "--every", default="week", choices=DAYS_BETWEEN, help="from one meeting to the next; by default a week"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="by default ID.ics in this folder")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, as 2027-02-01") from error


def _clock(text: str) -> str:
    if not re.fullmatch(CLOCK_PATTERN, text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time of day, as 10:15")
    return text


def run(options: argparse.Namespace) -> int:
    """Write the file. 1 when the casefiles have errors, 2 when there is no such list or the file cannot be written."""
    loaded = load_casebook(options.casefiles)
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        return 1
    known = {course.id: course for course in reversed(list(courses(loaded.casebook)))}  # a list before a case
    if options.course not in known:
        meant = nearest(options.course, known)
        hint = f'; did you mean "{meant}"?' if meant else ""
        return _refused(f'there is no reading list or published case "{options.course}"{hint}')
    try:
        return _write(known[options.course], options)
    except OverflowError:
        return _refused("the meetings would go on after the year 9999")
    except OSError as error:
        return _refused(str(error))


def _write(course: Course, options: argparse.Namespace) -> int:
    dated = on_days(course, options.first, DAYS_BETWEEN[options.every], options.time or "")
    url = os.environ.get(ADDRESS_VARIABLE, "")
    if not url:
        print(f"casebook export: without {ADDRESS_VARIABLE} the file has paths and no links", file=sys.stderr)
    place = options.output or Path(f"{course.id}.ics")
    place.write_bytes(calendar_of(dated, Site("", f"{url.rstrip('/')}/" if url else "")))
    last = dated.meetings[-1].date
    print(f"{len(dated.meetings)} meetings from {options.first} to {last} in {place}")
    return 0


def _refused(why: str) -> int:
    print(f"casebook export: {why}", file=sys.stderr)
    return 2
