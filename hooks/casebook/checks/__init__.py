"""Rules over one case and over the whole casebook. Each has a code, a docstring that is its manual, and a test."""

from __future__ import annotations

from datetime import date

from casebook.book import Casebook
from casebook.checks import (
    argument,
    assigning,
    charting,
    dating,
    drafting,
    naming,
    registering,
    retelling,
    sourcing,
    teaching,
    writing,
)
from casebook.checks.argument import ESSAY_WORDS
from casebook.checks.rule import CHECKS, Check, Finding
from casebook.checks.sourcing import QUOTED_WORDS
from casebook.problems import Problem
from casebook.reading import Locator

__all__ = ["CHECKS", "ESSAY_WORDS", "FAMILIES", "QUOTED_WORDS", "Check", "Finding", "run_checks"]

FAMILIES = (
    argument,
    assigning,
    charting,
    dating,
    drafting,
    naming,
    registering,
    retelling,
    sourcing,
    teaching,
    writing,
)
"""The modules that hold the rules; importing them registers these."""


def run_checks(book: Casebook, today: date) -> list[Problem]:
    """Every problem that the rules find. `today` decides which promises are overdue."""
    locator = Locator()
    return [
        Problem(
            locator.locate(book.entries[found.entry_id], found.pointer, found.offset),
            found.code or check.code,
            found.message,
            found.hint,
            check.severity,
        )
        for check in CHECKS
        for found in check.run(book, today)
        if not book.entries[found.entry_id].is_stand_in(found.pointer)
    ]
