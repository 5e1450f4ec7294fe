"""Rules about dates: what cannot have happened in that order, and what time has overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casebook.book import Casebook
from casebook.checks.rule import Finding, book_rule, case_rule
from casebook.dates import PartialDate
from casebook.model import Case
from casebook.problems import Severity


@case_rule("CB302")
def history_is_in_order(book: Casebook, case: Case) -> Iterator[Finding]:
    """A claim's history runs forward in time, and starts no earlier than the claim."""
    for i, claim in enumerate(case.claims):
        before = claim.made_on
        for j, step in enumerate(claim.history):
            if step.on.latest < before.earliest:
                what = "the claim was made" if j == 0 else "the step before it"
                message = f"this step ({step.on.words}) is dated before {what} ({before.words})"
                hint = "put the history in order of dates" if j else "mend this date, or `made_on`"
                yield Finding(case.id, ("claims", i, "history", j, "on"), message, hint)
            before = step.on


@book_rule("CB304", Severity.WARNING)
def pending_is_not_overdue(book: Casebook, today: date) -> Iterator[Finding]:
    """A claim past its due date has been followed up, be it with a step that says that nothing was found."""
    for item in book.all_claims():
        due, last = item.claim.due, item.claim.history[-1]
        if last.status == "pending" and due is not None and due.latest < today and last.on.earliest <= due.latest:
            index = item.case.claims.index(item.claim)
            message = f"this promise was due {due.words} and is still pending"
            yield Finding(
                item.case.id, ("claims", index, "due"), message, "look up what became of it, and add to `history`"
            )


@case_rule("CB308")
def dates_of_publication_are_in_order(book: Casebook, case: Case) -> Iterator[Finding]:
    """A case is changed and corrected after it is published, and published after it happened."""
    start = case.published.earliest
    if case.updated and case.updated.latest < start:
        yield Finding(case.id, ("updated",), "the case was updated before it was published", "check both dates")
    if start < case.occurred.earliest:
        yield Finding(case.id, ("published",), "the case was published before it happened", "check both dates")
    for index, correction in enumerate(case.corrections):
        if correction.on.latest < start:
            message = "this correction is dated before the case was published"
            yield Finding(case.id, ("corrections", index, "on"), message, "corrections come after publication")


@case_rule("CB323", Severity.WARNING)
def claims_are_due_after_they_are_made(book: Casebook, case: Case) -> Iterator[Finding]:
    """No claim was due before it was made."""
    for index, claim in enumerate(case.claims):
        if claim.due is not None and claim.due.latest < claim.made_on.earliest:
            message = f"this claim was due {claim.due.words}, before it was made ({claim.made_on.words})"
            yield Finding(case.id, ("claims", index, "due"), message, "check both dates")


@case_rule("CB324", Severity.WARNING)
def nothing_is_told_before_it_happened(book: Casebook, case: Case) -> Iterator[Finding]:
    """Nothing in a case is dated after the day on which the case was last published or changed."""
    last = max(case.published, case.updated or case.published, key=lambda day: day.latest)
    for pointer, when in _dates_of(case):
        if when.earliest > last.latest:
            message = f"{when.words} is after the day on which the case was last changed ({last.words})"
            yield Finding(case.id, pointer, message, "check the date; where it is right, set `updated`")


def _dates_of(case: Case) -> Iterator[tuple[tuple[str | int, ...], PartialDate]]:
    """Days on which something is said to have happened, with their places."""
    for i, event in enumerate(case.events):
        yield ("events", i, "date"), event.date
    for i, quote in enumerate(case.quotes):
        if quote.date is not None:
            yield ("quotes", i, "date"), quote.date
    for i, claim in enumerate(case.claims):
        yield ("claims", i, "made_on"), claim.made_on
        for j, step in enumerate(claim.history):
            yield ("claims", i, "history", j, "on"), step.on
