"""Rules about the teaching note: a plan that can be cut, a pause that divides the case and tells nothing later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.book import Casebook
from casebook.checks.rule import Finding, case_rule
from casebook.dates import MONTHS, DateSyntaxError, parse_date
from casebook.marks import scan_marks
from casebook.model import Case, Pause
from casebook.plans import CUTS, fewest_minutes, parts_of
from casebook.problems import Severity
from casebook.two_parts import tells_later, two_parts

_DAY = re.compile(
    rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS[1:])})(?: (\d{{4}}))?\b|\b(?<![\d.,])((?:19|20)\d{{2}})\b(?![.,]\d)"
)
"""A day, month or year as our prose writes it: `13 November 2024`, `13 November`, `November 2024`, `November`, `2024`."""


@case_rule("CB331")
def steps_have_their_least(book: Casebook, case: Case) -> Iterator[Finding]:
    """No step needs more minutes than it has."""
    for index, step in enumerate(case.teaching.plan):
        if step.least is not None and step.least > step.minutes:
            message = f"this step needs {step.least} minutes at least, and has {step.minutes}"
            hint = "give `least` no more than `minutes`"
            yield Finding(case.id, ("teaching", "plan", index, "least"), message, hint)


@case_rule("CB332", Severity.WARNING)
def plan_fits_the_shortest_class(book: Casebook, case: Case) -> Iterator[Finding]:
    """A plan can be cut to the shortest class that the note is made for."""
    least, shortest = fewest_minutes(parts_of(case.teaching.plan)), CUTS[0]
    if least > shortest:
        message = f"the plan cannot be cut to {shortest} minutes: what may not be left out takes {least}"
        hint = "give a step that a short class can do without `least: 0`"
        yield Finding(case.id, ("teaching", "plan"), message, hint)


@case_rule("CB335")
def pause_is_a_day(book: Casebook, case: Case) -> Iterator[Finding]:
    """A pause names one day."""
    pause = case.teaching.pause
    if pause and not _is_day(pause):
        message = f"a pause comes after a certain day, and this is {pause.after.words}"
        yield Finding(case.id, ("teaching", "pause", "after"), message, "write a day, as `2024-11-13`")


def _is_day(pause: Pause) -> bool:
    return pause.after.precision == "day" and not pause.after.qualifier


def _has_unsure_days(book: Casebook, case: Case) -> bool:
    """Whether anything dated was misread: what lies on which side of a pause follows from that, and is no second mistake."""
    entry = book.entries[case.id]
    return any(entry.is_stand_in((kind,)) for kind in ("events", "quotes", "claims", "media"))


@case_rule("CB333")
def pause_divides_the_case(book: Casebook, case: Case) -> Iterator[Finding]:
    """Something happened before the pause, and something after it."""
    parts = two_parts(case)
    if parts is None or not _is_day(parts.pause) or _has_unsure_days(book, case):
        return
    for has_events, where in ((parts.so_far.events, "by"), (parts.then.events, "after")):
        if not has_events:
            message = f"no event of this case is known to have happened {where} {parts.pause.after.words}"
            if where == "after":
                message = f"every event of this case had happened by {parts.pause.after.words}"
            hint = "choose a day with events on both sides of it, or drop `pause`"
            yield Finding(case.id, ("teaching", "pause", "after"), message, hint)


@case_rule("CB334", Severity.WARNING)
def pause_links_to_nothing_later(book: Casebook, case: Case) -> Iterator[Finding]:
    """What is read before the pause links to nothing that came later, or whose day is not known."""
    pause = case.teaching.pause
    if pause is None or not _is_day(pause) or _has_unsure_days(book, case):
        return
    for pointer, text in _read_before(case, pause):
        for mark in scan_marks(text):
            if not mark.is_citation and tells_later(book, mark.target, case, pause):
                message = f'this is read before the pause of {pause.after.words}, and links to "{mark.target}", which is later'
                yield Finding(case.id, pointer, message, _REMEDY, mark.offset)


@case_rule("CB336", Severity.WARNING)
def pause_names_no_later_day(book: Casebook, case: Case) -> Iterator[Finding]:
    """What is read before the pause names no later day."""
    pause = case.teaching.pause
    if pause is None or not _is_day(pause):
        return
    for pointer, text in _read_before(case, pause):
        for match in _DAY.finditer(text):
            if _is_later(match, pause):
                message = f'this is read before the pause of {pause.after.words}, and names "{match[0]}"'
                yield Finding(case.id, pointer, message, _REMEDY, match.start())


_REMEDY = "say only what could be known on that day, or leave the section out of `sections`"


def _read_before(case: Case, pause: Pause) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The words that a class reads before it decides, with their places."""
    yield ("teaching", "pause", "so_far"), pause.so_far
    yield ("teaching", "pause", "ask"), pause.ask
    for index, section in enumerate(case.body):
        if section.id in pause.sections:
            yield ("body", index, "text"), section.text


def _is_later(match: re.Match[str], pause: Pause) -> bool:
    """Whether all of a day, month or year in words lies after the pause; a day without a year is taken to be of its year."""
    day, month, year, year_alone = match.groups()
    if year_alone:
        return int(year_alone) > pause.after.latest.year
    if not (day or year):
        return False  # “by November” is said of any year
    text = f"{year or pause.after.latest.year}-{MONTHS.index(month):02}" + (f"-{int(day):02}" if day else "")
    try:
        return parse_date(text).earliest > pause.after.latest
    except DateSyntaxError:
        return False
