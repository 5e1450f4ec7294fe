"""What of a case's record is settled enough to be asked about: nothing on which its sources disagree.

A dispute is written in words, so what it touches is found by the days and numbers in them. Where that is in doubt, a
day or number counts as disputed: a question less is no loss, a wrong key is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from casebook.book import Casebook
from casebook.dates import MONTHS, DateSyntaxError, date_in_words, parse_date
from casebook.model import Case, Claim, Dispute, KeyFigure, StatusChange, TimelineEvent

_MONTH = "|".join(name for name in MONTHS if name)
_DAYS = re.compile(rf"((?:\d{{1,2}}(?:\s*(?:,|or|and|to|[-–/])\s*)?)+)\s+({_MONTH})\b")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s+(thousand|million|billion)")
_SCALES = {"thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9)}
_LONG_WORD = re.compile(r"[a-z]{5,}")


def is_settled_day(case: Case, event: TimelineEvent) -> bool:
    """Whether an event has one certain day, which no source and no dispute of the case contradicts."""
    when = event.date
    if event.confidence == "disputed" or when.precision != "day" or when.qualifier:
        return False
    day = when.earliest
    return (day.month, day.day) not in _disputed_days(case) and not any(
        first <= day <= last for first, last in _disputed_months(case)
    )


def is_settled_claim(book: Casebook, case: Case, claim: Claim) -> bool:
    """Whether what became of a claim can be asked without judging anybody.

    It was kept, missed or withdrawn, was never disputed, and no court or authority had a say in it. What is pending or partly
    kept is left out: to mark it right or wrong would put a suspicion or a degree into the key.
    """
    return claim.status in _ENDS and not any(
        step.status == "disputed" or _is_of_law(book, case, step) for step in claim.history
    )


_ENDS = frozenset({"kept", "missed", "withdrawn"})


def _is_of_law(book: Casebook, case: Case, step: StatusChange) -> bool:
    if step.event is None:
        return False
    owner, _, local = step.event.rpartition("#")
    events = book.cases[owner].events if owner else case.events
    return any(event.id == local and event.strand == "law" for event in events)


def is_settled_figure(case: Case, figure: KeyFigure) -> bool:
    """Whether no dispute of the case speaks of a figure, by its number or in the words of its label."""
    if figure.value in disputed_numbers(case):
        return False
    words = set(_LONG_WORD.findall(figure.label.lower()))
    return all(len(words & set(_LONG_WORD.findall(dispute.what.lower()))) < 2 for dispute in case.disputed)


@lru_cache(maxsize=256)
def disputed_numbers(case: Case) -> frozenset[Decimal]:
    """Every number in the disputes of a case, also written out: 30 million as 30 and as 30,000,000."""
    found = set()
    for text in _texts(case):
        found |= {_decimal(number) for number in _NUMBER.findall(text)}
        found |= {_decimal(number) * _SCALES[scale] for number, scale in _SCALED.findall(text)}
    return frozenset(found)


@lru_cache(maxsize=256)
def _disputed_days(case: Case) -> frozenset[tuple[int, int]]:
    """Month and day of every day that a dispute names, with or without its year."""
    return frozenset(
        (MONTHS.index(month), int(day))
        for text in _texts(case)
        for days, month in _DAYS.findall(text)
        for day in re.findall(r"\d{1,2}", days)
    )


@lru_cache(maxsize=256)
def _disputed_months(case: Case) -> frozenset[tuple[date, date]]:
    """The months that stand alone as one source's answer."""
    found = set()
    for dispute in case.disputed:
        for figure in dispute.figures:
            try:
                when = parse_date(date_in_words(figure.value) or figure.value)
            except DateSyntaxError:
                continue
            found.add((when.earliest, when.latest))
    return frozenset(found)


def _texts(case: Case) -> Iterator[str]:
    for dispute in case.disputed:
        yield from _words_of(dispute)


def _words_of(dispute: Dispute) -> Iterator[str]:
    yield dispute.what
    yield dispute.we_print or ""
    for figure in dispute.figures:
        yield figure.value
        yield figure.note or ""


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))
