"""Rules about where things come from: independent sources, short quotations, cited statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from casebook.book import Casebook
from casebook.checks.rule import Finding, book_rule, case_rule
from casebook.marks import count_words
from casebook.model import Case
from casebook.problems import Severity

QUOTED_WORDS = 300
"""Most words quoted from one source over all cases; `attest` also holds them under 15 % of the source."""


@case_rule("CB303", Severity.WARNING)
def kept_needs_an_outsider(book: Casebook, case: Case) -> Iterator[Finding]:
    """No status `kept` rests only on sources that the promiser issued."""
    for i, claim in enumerate(case.claims):
        for j, step in enumerate(claim.history):
            cited = [book.sources.get(source) for source in step.cites]
            if step.status == "kept" and all(source and source.independence == "self-issued" for source in cited):
                message = "this promise counts as kept on self-issued sources alone"
                yield Finding(case.id, ("claims", i, "history", j, "cites"), message, "cite somebody independent")


@book_rule("CB307")
def quotation_stays_short(book: Casebook, today: date) -> Iterator[Finding]:
    """Over all cases, at most 300 words are quoted from one source."""
    totals: Counter[str] = Counter()
    for case in book.cases.values():
        for index, quote in enumerate(case.quotes):
            totals[quote.source] += count_words(quote.exact)
            if totals[quote.source] > QUOTED_WORDS:
                message = f'with this quote, {totals[quote.source]} words are quoted from "{quote.source}"'
                yield Finding(case.id, ("quotes", index, "exact"), message, f"keep it to {QUOTED_WORDS}: quote less")


@case_rule("CB309", Severity.WARNING)
def confirmation_needs_two_sources(book: Casebook, case: Case) -> Iterator[Finding]:
    """An event is `confirmed` by two sources or more."""
    for index, event in enumerate(case.events):
        if event.confidence == "confirmed" and len(set(event.cites)) < 2:
            message = f'"{event.id}" is marked confirmed on one source'
            yield Finding(case.id, ("events", index, "confidence"), message, "cite a second source, or write reported")


@case_rule("CB320", Severity.WARNING)
def statements_are_cited(book: Casebook, case: Case) -> Iterator[Finding]:
    """A paragraph of the essay with a figure, a date or quoted words says where they come from."""
    for index, section in enumerate(case.body):
        for offset, what in _uncited(section.text):
            hint = "cite the source with [@source-id], or lead to the event, quote or claim with [[#id]]"
            message = f"this paragraph gives {what} and cites nothing for it"
            yield Finding(case.id, ("body", index, "text"), message, hint, offset)


_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SHOWN = re.compile(r"\[@|\[\[[^\[\]|]*#|\[\^[^\]]+\](?!:)")
"""A citation, a reference to an event, quote or claim, or a footnote, which is a paragraph by itself."""
_LIST_NUMBER = re.compile(r"^[ \t]*\d{1,9}[.)](?=[ \t])", re.MULTILINE)
_STATED = re.compile(
    r"(?<![\w.\-/^])(?P<figure>\d[\d,.]*)(?![\w-])"
    r"|(?P<quoted>“[^”]*\s[^”]*\s[^”]*”|\"[^\"]*\s[^\"]*\s[^\"]*\")"
)


def _uncited(text: str) -> Iterator[tuple[int, str]]:
    """Where paragraphs without citation give a figure, a date, or three quoted words or more, and which."""
    start = 0
    for paragraph, end in _paragraphs(text):
        is_cited = "[" in paragraph and _SHOWN.search(paragraph)
        found = None if is_cited else _STATED.search(_LIST_NUMBER.sub(lambda mark: " " * len(mark[0]), paragraph))
        if found:
            figure = (found["figure"] or "").rstrip(",.")
            yield start + found.start(), f'"{figure}"' if figure else "somebody's words"
        start = end


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Each paragraph with the place where the next one begins."""
    start = 0
    for gap in _BETWEEN_PARAGRAPHS.finditer(text):
        yield text[start : gap.start()], gap.end()
        start = gap.end()
    yield text[start:], len(text)


@case_rule("CB322", Severity.WARNING)
def positions_are_shown(book: Casebook, case: Case) -> Iterator[Finding]:
    """A position names quotes or sources in which its holder takes it."""
    for index, position in enumerate(case.positions):
        if not position.quotes and not position.cites:
            message = f'nothing shows that "{position.holder}" takes this position'
            hint = "list its quotes in `quotes`, or a source in `cites`"
            yield Finding(case.id, ("positions", index, "holder"), message, hint)
