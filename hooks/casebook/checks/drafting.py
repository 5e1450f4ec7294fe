"""Rules about what `casebook new` leaves to be written: no reader meets it."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.checks.rule import Finding, case_rule
from casebook.model import Case
from casebook.placeholders import MARK, SEARCH, Pointer, placeholders
from casebook.problems import Severity


@case_rule("CB710")
def finished_cases_hold_no_placeholder(book: Casebook, case: Case) -> Iterator[Finding]:
    """No words of the scaffold stand in a case in review, or in one that is published."""
    for pointer, offset in _left(book, case) if case.status != "draft" else ():
        message = f"a placeholder is still here, and the case's status is {case.status}"
        yield Finding(case.id, pointer, message, "write what it asks for, or set status: draft", offset)


@case_rule("CB711", Severity.WARNING)
def drafts_say_what_is_to_be_written(book: Casebook, case: Case) -> Iterator[Finding]:
    """A draft with placeholders says how many there are, once, at the first of them."""
    left = _left(book, case) if case.status == "draft" else []
    if left:
        count = "1 place" if len(left) == 1 else f"{len(left)} places"
        hint = f'search the file for "{SEARCH}"'
        pointer, offset = left[0]
        yield Finding(case.id, pointer, f"{count} of this draft {'is' if len(left) == 1 else 'are'} still to be written", hint, offset)  # fmt: skip


def _left(book: Casebook, case: Case) -> list[tuple[Pointer, int]]:
    """The placeholders of a case. Its file is searched first: nearly all have none, and fields take longer to walk."""
    if MARK.encode() not in book.entries[case.id].path.read_bytes():
        return []
    return list(placeholders(case))
