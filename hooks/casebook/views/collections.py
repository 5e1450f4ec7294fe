"""Cross-case listings: the timeline, the quotes, and the index of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup

from casebook.book import Casebook
from casebook.marks import minutes_to_read
from casebook.model import Case, Quote, TimelineEvent
from casebook.views.case import cases_that_tell, event_row, quote_row
from casebook.views.facets import Facet, Facets
from casebook.views.page import Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import (
    BADGE_WORDS,
    CONFIDENCE_WORDS,
    STATUS_WORDS,
    STRAND_WORDS,
    View,
    fragment,
    language,
    title_of,
)

ROWS_A_PAGE = 150

Group = tuple[str, str, Markup]
"""A section of a listing: id, title, HTML."""
Mark = Callable[[Any], Markup]
"""Gives the attribute by which a filter knows a row."""


@dataclass(frozen=True)
class Listing:
    """Rows of all cases, cut into pages of `size`."""

    uri: str
    title: str
    kind: str
    dek: str
    noun: tuple[str, str]
    """What the rows are, one and several: `event`, `events`."""
    rows: Sequence[Any]
    groups: Callable[[View, Sequence[Any], Mark], Iterator[Group]]
    """Cuts the rows of one page into sections."""
    facets: tuple[Facet, ...] = ()
    size: int = ROWS_A_PAGE

    @cached_property
    def filters(self) -> Facets:
        """What the rows can be filtered by."""
        return Facets(self.facets, self.rows, self.size)


def listing_specs(book: Casebook, listing: Listing) -> Iterator[PageSpec]:
    """The pages of a listing."""
    for part in slices(listing.uri, len(listing.rows), listing.size):

        def build(part: Slice = part) -> Page:
            return _listing_page(View(book, part.uri), listing, part)

        yield PageSpec(part.uri, f"{listing.title}{part.suffix}", listing.kind, "", build)


def _listing_page(view: View, listing: Listing, part: Slice) -> Page:
    rows = listing.rows[part.first : part.last]
    sections = [
        Section(anchor, 2, heading, html, "wide")
        for anchor, heading, html in listing.groups(view, rows, listing.filters.mark)
    ]
    lead = fragment(
        "listing_head", title=listing.title, dek=listing.dek, count=None, pager=view.pager(part, listing.uri), part=part,
        filters=listing.filters.form(view.path(listing.uri), listing.noun), extent=_extent(listing, part),
    )  # fmt: skip
    return Page(part.uri, f"{listing.title}{part.suffix}", listing.kind, listing.dek, lead, tuple(sections))


def _extent(listing: Listing, part: Slice) -> str:
    """How many rows there are, and which of them stand here."""
    one, several = listing.noun
    total = len(listing.rows)
    if part.count == 1:
        return f"{total:,} {one if total == 1 else several} in all"
    return (
        f"{several.capitalize()} {part.first + 1:,} to {part.last:,} of {total:,}, page {part.number} of {part.count}"
    )


def case_index_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/cases/`: every case, newest episode first."""
    yield from listing_specs(book, case_index(book))


def case_index(book: Casebook) -> Listing:
    """Every case, newest episode first, a section a year."""

    def groups(view: View, cases: Sequence[Case], mark: Mark) -> Iterator[Group]:
        for year, some in groupby(cases, key=lambda case: case.occurred.year):
            rows = [marked(case_row(view, case), mark(case)) for case in some]
            yield f"y{year}", str(year), fragment("cases", rows=rows)

    @cache
    def named() -> dict[str, dict[str, list[str]]]:
        return _named(book)

    statuses = list(STATUS_WORDS)
    facets = (
        Facet("person", "Person", lambda case: named()[case.id]["people"], book.label),
        Facet("theme", "Theme", lambda case: case.themes, book.label),
        Facet("platform", "Platform", lambda case: named()[case.id]["platforms"], book.label),
        Facet("year", "Year", lambda case: [str(case.occurred.year)], str, int),
        Facet(
            "status", "Claims", lambda case: [item.claim.status for item in book.claims[case.id]],
            STATUS_WORDS.__getitem__, statuses.index,
        ),
    )  # fmt: skip
    dek = "Each case is one episode: an essay with a thesis, and beneath it the record that the essay rests on."
    cases = list(reversed(book.cases.values()))
    return Listing("cases/", "Cases", "cases", dek, ("case", "cases"), cases, groups, facets)


def _named(book: Casebook) -> dict[str, dict[str, list[str]]]:
    """Case id → registry → the entries that it names."""
    found: dict[str, dict[str, list[str]]] = {case: {"people": [], "platforms": []} for case in book.cases}
    for identifier, appearances in book.appearances.items():
        kind = book.kinds[identifier]
        for case in appearances if kind in ("people", "platforms") else ():
            found[case][kind].append(identifier)
    return found


def case_row(view: View, case: Case) -> Row:
    """A case as listings print it."""
    statuses = [item.claim.status for item in view.book.claims[case.id]]
    return Row(
        case=view.link(case.id), dek=case.dek, occurred=case.occurred,
        minutes=minutes_to_read(view.book.essay_words[case.id]), themes=view.links(case.themes),
        statuses=[(status, STATUS_WORDS[status], statuses.count(status)) for status in STATUS_WORDS if status in statuses],
    )  # fmt: skip


def timeline_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/timeline/`: all events of all cases, in order of dates."""
    yield from listing_specs(book, timeline(book))


def timeline(book: Casebook) -> Listing:
    """All events of all cases, in order of dates, a section a year. What two cases tell stands there once."""
    events = list(book.all_events())
    events.sort(key=lambda pair: pair[1].date.sort_key)

    def groups(view: View, some: Sequence[tuple[Case, TimelineEvent]], mark: Mark) -> Iterator[Group]:
        for year, pairs in groupby(some, key=lambda pair: pair[1].date.year):
            rows = [marked(event_row(view, *pair, with_case=True), mark(pair)) for pair in pairs]
            yield f"y{year}", str(year), fragment("timeline", rows=rows, with_key=False)

    def actors(kind: str) -> Callable[[Any], Iterator[str]]:
        return lambda pair: (actor for actor in pair[1].actors if book.kinds[actor] == kind)

    def themes(pair: tuple[Case, TimelineEvent]) -> Iterable[str]:
        return dict.fromkeys(theme for case in cases_that_tell(book, *pair) for theme in case.themes)

    facets = (
        Facet("person", "Person", actors("people"), book.label),
        Facet("organisation", "Organisation", actors("organisations"), book.label),
        Facet("platform", "Platform", lambda pair: pair[1].platforms, book.label),
        Facet("theme", "Theme of the case", themes, book.label),
        _cases_facet(book, lambda pair: [case.id for case in cases_that_tell(book, *pair)]),
        Facet("year", "Year", lambda pair: [str(pair[1].date.year)], str, int),
        Facet("strand", "Strand", lambda pair: [pair[1].strand], STRAND_WORDS.__getitem__, list(STRAND_WORDS).index),
        Facet(
            "confidence", "Certainty", lambda pair: [pair[1].confidence],
            CONFIDENCE_WORDS.__getitem__, list(CONFIDENCE_WORDS).index,
        ),
    )  # fmt: skip
    dek = "Everything that the cases date, on one scale. Each event leads into its case and to its sources."
    return Listing("timeline/", "Timeline", "timeline", dek, ("event", "events"), events, groups, facets)


def case_facet(book: Casebook, case_of: Callable[[Any], Case]) -> Facet:
    """The case that a row belongs to, offered in order of what happened."""
    return _cases_facet(book, lambda row: [case_of(row).id])


def _cases_facet(book: Casebook, ids_of: Callable[[Any], list[str]]) -> Facet:
    """The cases that a row belongs to, offered in order of what happened."""
    order = {identifier: number for number, identifier in enumerate(book.cases)}
    return Facet("case", "Case", ids_of, book.label, order.__getitem__)


def marked(row: Row, mark: Markup) -> Row:
    """The row with the attribute by which a filter knows it."""
    row.mark = mark
    return row


def quotes_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/quotes/`: who said it, with the badge that tells how the words were checked."""
    yield from listing_specs(book, quotes(book))


def quotes(book: Casebook) -> Listing:
    """All quotes, a section a case."""
    pairs = [(case, quote) for case in book.cases.values() for quote in case.quotes]

    def groups(view: View, some: Sequence[tuple[Case, Quote]], mark: Mark) -> Iterator[Group]:
        for case_id, pairs in groupby(some, key=lambda pair: pair[0].id):
            rows = [marked(quote_row(view, *pair, with_case=True), mark(pair)) for pair in pairs]
            yield case_id, title_of(book.cases[case_id]), fragment("quotes", rows=rows)

    badges = View(book, "quotes/").badges
    facets = (
        Facet("speaker", "Speaker", lambda pair: [pair[1].speaker], book.label),
        Facet("badge", "How checked", lambda pair: badges(*pair), BADGE_WORDS.__getitem__, list(BADGE_WORDS).index),
        Facet("language", "Language", lambda pair: [pair[1].lang.partition("-")[0]], language),
        case_facet(book, lambda pair: pair[0]),
        Facet("year", "Year", lambda pair: [str(pair[1].date.year)] if pair[1].date else [], str, int),
    )
    dek = "Words as printed in their sources. A badge says how each was checked: found in the whole text, found in an excerpt, or not found."
    return Listing("quotes/", "Quotes", "quotes", dek, ("quote", "quotes"), pairs, groups, facets)
