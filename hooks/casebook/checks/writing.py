"""Rules about what stands in prose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casebook.book import Casebook
from casebook.checks.rule import Finding, book_rule
from casebook.marks import scan_faults
from casebook.references import prose_fields, reading_prose_fields


@book_rule("CB401")
def prose_holds_only_what_it_may(book: Casebook, today: date) -> Iterator[Finding]:
    """Prose holds no raw HTML, pictures, headings or unsafe links, and its references can be read (CB401 to CB406)."""
    for case in book.cases.values():
        for pointer, text in prose_fields(case):
            for fault in scan_faults(text):
                yield Finding(case.id, pointer, fault.message, fault.hint, fault.offset, fault.code)
    for reading_list in book.readings.values():
        for pointer, text in reading_prose_fields(reading_list):
            for fault in scan_faults(text):
                yield Finding(
                    f"readings/{reading_list.id}", pointer, fault.message, fault.hint, fault.offset, fault.code
                )
