"""The ledger of claims: what was promised, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from casebook.book import Casebook, CaseClaim
from casebook.dates import PartialDate
from casebook.views.case import anchor_of
from casebook.views.chapters import is_overdue
from casebook.views.collections import Group, Listing, Mark, case_facet, listing_specs, marked
from casebook.views.facets import Facet
from casebook.views.page import Page, PageSpec, Row
from casebook.views.placing import Scale
from casebook.views.rendering import STATUS_WORDS, View, claim_days, fragment
from casebook.views.tracks import ruler, track, track_scale

CLAIM_KINDS = {
    "factual": "Factual: parameters and results can be checked",
    "experiential": "Experiential: those who use it can tell",
    "visionary": "Visionary: only time can tell",
}


OVERDUE = "overdue"


def claims_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/claims/`: the ledger of promises, with a count of each outcome at its head."""
    counts: Counter[str] = Counter(item.claim.status for item in book.all_claims())
    for spec in listing_specs(book, claims(book)):

        def build(spec: PageSpec = spec) -> Page:
            page = spec.build()
            address = View(book, page.uri).path("claims/")
            tally = [(status, word, counts[status]) for status, word in STATUS_WORDS.items() if counts[status]]
            return replace(page, lead=page.lead + fragment("tally", tally=tally, address=address))

        yield replace(spec, build=build)


def claims(book: Casebook) -> Listing:
    """All claims: what is past due and not settled first, then by the kind of verification that each allows."""
    kinds = list(CLAIM_KINDS)
    today = book.as_of
    late = {item.reference for item in book.all_claims() if is_overdue(item, today)}

    def section(item: CaseClaim) -> str:
        return OVERDUE if item.reference in late else item.claim.kind

    order = [OVERDUE, *kinds]
    items = sorted(book.all_claims(), key=lambda item: (order.index(section(item)), item.claim.made_on.sort_key))

    def groups(view: View, some: Sequence[Any], mark: Mark) -> Iterator[Group]:
        for kind, items in groupby(some, key=section):
            of_kind = list(items)
            scale = track_scale(book, of_kind)
            rows = [marked(ledger_row(view, item, scale), mark(item)) for item in of_kind]
            title = CLAIM_KINDS.get(kind, "Past due and not settled")
            yield kind, title, fragment("ledger", rows=rows, caption="Claims", with_maker=True, ruler=ruler(scale))

    dek = f"What was promised or asserted, how it can be tested, and what became of it. {_lateness(book, today, len(late))}"
    statuses = list(STATUS_WORDS)
    facets = (
        Facet("status", "Outcome", lambda item: [item.claim.status], STATUS_WORDS.__getitem__, statuses.index),
        Facet("kind", "Kind", lambda item: [item.claim.kind], str.capitalize, kinds.index),
        Facet("maker", "Made by", lambda item: [item.claim.by], book.label),
        case_facet(book, lambda item: item.case),
    )
    return Listing("claims/", "Claims", "claims", dek, ("claim", "claims"), items, groups, facets)


def _lateness(book: Casebook, today: PartialDate | None, late: int) -> str:
    """Whether anything is past due, in one sentence."""
    if today is None or not any(item.claim.due for item in book.all_claims()):
        return ""
    claims = "No claim is" if not late else "One claim is" if late == 1 else f"{late:,} claims are"
    return f"{claims} past due without an outcome, as of {today.words}."


def ledger_row(view: View, item: CaseClaim, scale: Scale | None = None) -> Row:
    """A claim as one line of a ledger, with its track when there is a scale to draw it on."""
    claim, case = item.claim, item.case
    return Row(
        id=anchor_of(case, claim.id), claim=view.link(item.reference), by=view.link(claim.by),
        made_on=claim.made_on, kind=claim.kind, due=claim.due, status=claim.status,
        word=STATUS_WORDS[claim.status], last=claim.history[-1], case=view.link(case.id),
        cites=view.source_links(claim.history[-1].cites), days=claim_days(claim),
        track=track(item, scale) if scale else "",
    )  # fmt: skip
