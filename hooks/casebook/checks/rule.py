"""What a rule is: a function over one case or over the casebook, with a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from casebook.book import Casebook
from casebook.model import Case
from casebook.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before it is located."""

    entry_id: str
    pointer: tuple[str | int, ...]
    message: str
    hint: str
    offset: int | None = None
    code: str = ""
    """Set where a rule reports under several codes."""


CaseRule = Callable[[Casebook, Case], Iterator[Finding]]
BookRule = Callable[[Casebook, date], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its code."""

    code: str
    severity: Severity
    run: Callable[[Casebook, date], Iterable[Finding]]


CHECKS: list[Check] = []


def case_rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[CaseRule], CaseRule]:
    """Register a rule over one case."""

    def register(rule: CaseRule) -> CaseRule:
        def run(book: Casebook, today: date) -> Iterator[Finding]:
            for case in book.cases.values():
                yield from rule(book, case)

        CHECKS.append(Check(code, severity, run))
        return rule

    return register


def book_rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[BookRule], BookRule]:
    """Register a rule over the whole casebook."""

    def register(rule: BookRule) -> BookRule:
        CHECKS.append(Check(code, severity, rule))
        return rule

    return register
