"""How each quote was checked, in plain words."""

from __future__ import annotations

from casebook.dates import parse_date
from casebook.model import Case, Quote
from casebook.views.page import Link, Row
from casebook.views.rendering import View

SHOWN_DIGITS = 12
"""Of a digest's 64: enough to tell two texts apart by eye."""


def quote_check(view: View, case: Case, quote: Quote) -> Row:
    """Where, when and in what the words of a quote were found; without `on`, that they were not."""
    seen = view.book.sightings.get(f"{case.id}#{quote.id}")
    rules = Link(view.path("method/#how-quotes-are-checked"), "The rules of checking")
    source = view.book.sources[quote.source].short
    if seen is None:
        return Row(on=None, source=source, rules=rules)
    return Row(
        on=parse_date(seen.on), whole=seen.method == "full-text", source=source, rules=rules,
        first=f"{seen.start + 1:,}", last=f"{seen.end:,}", digest=seen.sha256[:SHOWN_DIGITS],
    )  # fmt: skip
