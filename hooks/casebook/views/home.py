"""The home page: what this is, three doors, the newest cases, the promises, one lesson weighed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from casebook.book import Casebook, CaseClaim
from casebook.model import Case, Quote
from casebook.views.arc import arc_figure, arc_table, arc_title
from casebook.views.case import quote_row
from casebook.views.chapters import chapters, claim_days_drawn
from casebook.views.collections import case_row
from casebook.views.lessons import HEADINGS
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.placing import Scale
from casebook.views.rendering import BADGE_WORDS, View, claim_days, fragment
from casebook.views.tracks import ruler, track, track_scale

NEWEST = 5
PROMISES = 6
DUE = 2
"""So many of the promises may be such as are due next."""
PULLED = 110
"""A quote of at most so many letters is a short one."""
TAGLINE = (
    "Sourced case studies on what happens when a founder becomes the brand: how he was shown, "
    "what the product did, and which promises were kept."
)


def home_specs(book: Casebook) -> Iterator[PageSpec]:
    """The home page."""
    yield PageSpec("", "The Founder Casebook", "home", "", lambda: home_page(book))


def home_page(book: Casebook) -> Page:
    """The home page. An empty casebook has a home page too."""
    view = View(book, "")
    newest = sorted(
        book.cases.values(), key=lambda case: (case.published.sort_key, case.occurred.sort_key), reverse=True
    )[:NEWEST]
    rows = [case_row(view, case) for case in newest]
    first = rows[0] if rows else None
    lead = fragment(
        "home_head", tagline=TAGLINE, first=first, teach=Link("teach/", "Teach"), contribute=Link("contribute/", "Contribute"),
        cases=Link("cases/", "Read"),
    )  # fmt: skip
    pull = _pull_quote(view, newest[0]) if newest else None
    cases = fragment("home_cases", rows=rows, all=Link("cases/", "All cases"), pull=pull)
    sections = [*_arc(view), Section("cases", 2, "Newest cases", cases, "wide"), *_promises(view)]
    weighed = _weighed_lesson(view)
    if weighed:
        sections.append(Section("lesson", 2, "A lesson, weighed", fragment("home_lesson", **weighed), "wide"))
    return Page("", "The Founder Casebook", "home", TAGLINE, lead, tuple(sections))


def _arc(view: View) -> Iterator[Section]:
    """The newest chapter of the arc, with its table."""
    for chapter in chapters(view.book)[:1]:
        figure = arc_figure(view, chapter, more=Link("arc/", "The arc on a page of its own"))
        table = fragment("arc_fold", table=arc_table(view, chapter))
        yield Section("arc", 2, arc_title(view.book, chapter), figure + table, "arc-block")


def _pull_quote(view: View, case: Case) -> Row:
    """The quote that stands for a case: the best checked, rather by the first of its cast, rather short."""
    ranks = list(BADGE_WORDS)

    def rank(quote: Quote) -> tuple[int, bool, bool]:
        words = quote.translation.text if quote.translation else quote.exact
        return ranks.index(view.badges(case, quote)[0]), quote.speaker != case.cast[0].who, len(words) > PULLED

    return quote_row(view, case, min(case.quotes, key=rank))


def _promises(view: View) -> Iterator[Section]:
    """The promises with the newest outcomes and those that are due next, each as a track."""
    claims = list(view.book.all_claims())
    if not claims:
        return
    settled = sorted((item for item in claims if item.claim.status != "pending"), key=_newest_outcome, reverse=True)
    due = sorted((item for item in claims if item.claim.status == "pending" and item.claim.due), key=_due)
    shown = [*due[:DUE], *settled[: PROMISES - len(due[:DUE])]] or claims[:PROMISES]
    shown.sort(key=lambda item: (claim_days_drawn(item), item.reference))
    scale = track_scale(view.book, shown)
    rows = [_tracker_row(view, item, scale) for item in shown]
    tracker = fragment("home_tracker", rows=rows, ruler=ruler(scale))
    more = fragment("more", link=Link("claims/", "All claims"))
    yield Section("promises", 2, "Promise tracker", tracker + more, "wide")


def _tracker_row(view: View, item: CaseClaim, scale: Scale) -> Row:
    claim = item.claim
    return Row(
        claim=view.link(item.reference), by=view.link(claim.by), case=view.link(item.case.id), made_on=claim.made_on,
        status=claim.status, last=claim.history[-1], due=claim.due if claim.status == "pending" else None,
        days=claim_days(claim), track=track(item, scale, dated=True),
    )  # fmt: skip


def _newest_outcome(item: CaseClaim) -> tuple[bool, bool, tuple[date, date]]:
    """Claims on the arc first; before those that were disputed on the day they were made, those that took time; the newest."""
    made, last = claim_days_drawn(item)
    return item.claim.on_arc is not None, made < last, item.claim.history[-1].on.sort_key


def _due(item: CaseClaim) -> tuple[bool, date, date, str]:
    """Claims on the arc first, then in order of the day on which they are due."""
    return (
        item.claim.on_arc is None,
        *(item.claim.due.sort_key if item.claim.due else (date.max, date.max)),
        item.reference,
    )


def _weighed_lesson(view: View) -> dict[str, Any] | None:
    """The lesson with most cases on both sides: one that is shown always has contrary evidence."""
    best, score = None, 0
    for identifier, uses in view.book.lesson_uses.items():
        relations = {use.relation for _, use in uses}
        if "supports" in relations and len(relations) > 1 and len(uses) > score:
            best, score = identifier, len(uses)
    if best is None:
        return None
    sides: list[Row] = []
    for relation, heading in HEADINGS.items():
        for case, use in view.book.lesson_uses[best]:
            if use.relation == relation:
                sides.append(
                    Row(heading=heading, why=view.prose(use.why, f"home-{relation}", case), case=view.link(case.id))
                )
                break
    return {"lesson": view.link(best), "sides": sides, "all": Link("lessons/", "All lessons")}
