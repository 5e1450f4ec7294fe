"""The home page: what this is, three doors, the newest cases, the promises, one lesson weighed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from casebook.book import Casebook, CaseClaim
from casebook.views.collections import case_row, ledger_row
from casebook.views.lessons import HEADINGS
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment

NEWEST = 5
PROMISES = 6
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
    sections = [
        Section("cases", 2, "Newest cases", fragment("home_cases", rows=rows, all=Link("cases/", "All cases")), "wide")
    ]
    claims = sorted(book.all_claims(), key=_newest_outcome, reverse=True)[:PROMISES]
    if claims:
        ledger = fragment(
            "ledger", rows=[ledger_row(view, item) for item in claims], caption="Latest turns", with_maker=True
        )
        more = fragment("more", link=Link("claims/", "All claims"))
        sections.append(Section("promises", 2, "What became of it", ledger + more, "wide"))
    weighed = _weighed_lesson(view)
    if weighed:
        sections.append(Section("lesson", 2, "A lesson, weighed", fragment("home_lesson", **weighed), "wide"))
    first = rows[0] if rows else None
    lead = fragment(
        "home_head", tagline=TAGLINE, first=first, teach=Link("teach/", "Teach"), contribute=Link("contribute/", "Contribute"),
        cases=Link("cases/", "Read"),
    )  # fmt: skip
    return Page("", "The Founder Casebook", "home", TAGLINE, lead, tuple(sections))


def _newest_outcome(item: CaseClaim) -> tuple[bool, tuple[date, date]]:
    """Claims that came to something before those still pending, the newest first."""
    return item.claim.status != "pending", item.claim.history[-1].on.sort_key


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
