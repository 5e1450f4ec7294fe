"""Cross-case listings: the timeline, the quotes, the claims, and the index of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from casebook.book import Casebook
from casebook.model import Case, Quote
from casebook.views.case import anchor_of, event_row, quote_row
from casebook.views.page import Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import STATUS_WORDS, View, fragment, minutes_to_read

ROWS_A_PAGE = 150
CLAIM_KINDS = {
    "factual": "Factual: parameters and results can be checked",
    "experiential": "Experiential: those who use it can tell",
    "visionary": "Visionary: only time can tell",
}

Group = tuple[str, str, Markup]
"""A section of a listing: id, title, HTML."""


def _listing(
    uri: str, title: str, kind: str, dek: str, rows: Sequence[Any], size: int,
    book: Casebook, groups: Callable[[View, Sequence[Any]], Iterator[Group]],
) -> Iterator[PageSpec]:  # fmt: skip
    """Pages of a listing: its rows cut into pages of `size`, each cut into sections by `groups`."""
    for part in slices(uri, len(rows), size):

        def build(part: Slice = part) -> Page:
            view = View(book, part.uri)
            sections = [
                Section(anchor, 2, heading, html, "wide")
                for anchor, heading, html in groups(view, rows[part.first : part.last])
            ]
            lead = fragment(
                "listing_head", title=title, dek=dek, count=len(rows), pager=view.pager(part, uri), part=part
            )
            return Page(part.uri, f"{title}{part.suffix}", kind, dek, lead, tuple(sections))

        yield PageSpec(part.uri, f"{title}{part.suffix}", kind, "", build)


def case_index_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/cases/`: every case, newest episode first."""

    def groups(view: View, cases: Sequence[Case]) -> Iterator[Group]:
        for year, some in groupby(cases, key=lambda case: case.occurred.year):
            rows = [case_row(view, case) for case in some]
            yield f"y{year}", str(year), fragment("cases", rows=rows)

    cases = list(reversed(book.cases.values()))
    dek = "Each case is one episode: an essay with a thesis, and beneath it the record that the essay rests on."
    yield from _listing("cases/", "Cases", "cases", dek, cases, ROWS_A_PAGE, book, groups)


def case_row(view: View, case: Case) -> Row:
    """A case as listings print it."""
    statuses = [item.claim.status for item in view.book.claims[case.id]]
    return Row(
        case=view.link(case.id), dek=case.dek, occurred=case.occurred,
        minutes=minutes_to_read(view.book.essay_words[case.id]), themes=view.links(case.themes),
        statuses=[(status, STATUS_WORDS[status], statuses.count(status)) for status in STATUS_WORDS if status in statuses],
    )  # fmt: skip


def timeline_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/timeline/`: all events of all cases, in order of dates, a section a year."""
    events = [(case, event) for case in book.cases.values() for event in case.events]
    events.sort(key=lambda pair: pair[1].date.sort_key)

    def groups(view: View, some: Sequence[Any]) -> Iterator[Group]:
        for year, pairs in groupby(some, key=lambda pair: pair[1].date.year):
            rows = [event_row(view, case, event, with_case=True) for case, event in pairs]
            yield f"y{year}", str(year), fragment("timeline", rows=rows, with_key=False)

    dek = "Everything that the cases date, on one scale. Each event leads into its case and to its sources."
    yield from _listing("timeline/", "Timeline", "timeline", dek, events, ROWS_A_PAGE, book, groups)


def quotes_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/quotes/`: who said it, a section a case, with the badge that tells how the words were checked."""
    quotes = [(case, quote) for case in book.cases.values() for quote in case.quotes]

    def groups(view: View, some: Sequence[tuple[Case, Quote]]) -> Iterator[Group]:
        for case_id, pairs in groupby(some, key=lambda pair: pair[0].id):
            rows = [quote_row(view, case, quote, with_case=True) for case, quote in pairs]
            yield case_id, book.cases[case_id].title, fragment("quotes", rows=rows)

    dek = "Words as printed in their sources. A badge says how each was checked: found in the whole text, found in an excerpt, or not found."
    yield from _listing("quotes/", "Quotes", "quotes", dek, quotes, ROWS_A_PAGE, book, groups)


def claims_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/claims/`: the ledger of promises, by the kind of verification that each allows."""
    kinds = list(CLAIM_KINDS)
    claims = sorted(book.all_claims(), key=lambda item: (kinds.index(item.claim.kind), item.claim.made_on.sort_key))

    def groups(view: View, some: Sequence[Any]) -> Iterator[Group]:
        for kind, items in groupby(some, key=lambda item: item.claim.kind):
            rows = [ledger_row(view, item) for item in items]
            yield kind, CLAIM_KINDS[kind], fragment("ledger", rows=rows, caption="Claims", with_maker=True)

    dek = "What was promised or asserted, how it can be tested, and what became of it."
    yield from _listing("claims/", "Claims", "claims", dek, claims, ROWS_A_PAGE, book, groups)


def ledger_row(view: View, item: Any) -> Row:
    """A claim as one line of a ledger."""
    claim, case = item.claim, item.case
    return Row(
        id=anchor_of(case, claim.id), claim=view.link(item.reference), by=view.link(claim.by),
        made_on=claim.made_on, kind=claim.kind, due=claim.due, status=claim.status,
        word=STATUS_WORDS[claim.status], last=claim.history[-1], case=view.link(case.id),
        cites=view.source_links(claim.history[-1].cites),
    )  # fmt: skip
