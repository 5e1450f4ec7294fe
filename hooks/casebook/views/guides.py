"""Glossary and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.book import Casebook, Target
from casebook.model import Case
from casebook.views.case import correction_row
from casebook.views.collections import Group, Listing, Mark, listing_specs
from casebook.views.old_anchors import with_old_anchors
from casebook.views.page import Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment, is_chinese

CORRECTIONS_A_PAGE = 60
CASES_SHOWN = 12
"""Cases named under a glossary entry; a word used in a thousand cases needs no list of them."""


def guide_specs(book: Casebook) -> Iterator[PageSpec]:
    """The generated guides."""
    yield PageSpec("glossary/", "Glossary", "glossary", "", lambda: glossary_page(book))
    yield from listing_specs(book, corrections(book))


def glossary_page(book: Casebook) -> Page:
    """Every term, with the cases that use it."""
    view = View(book, "glossary/")
    sections = []
    for term in sorted(book.registries["terms"].values(), key=lambda entry: entry.term.casefold()):
        appearances = list(book.appearances.get(term.id, {}).values())
        html = fragment(
            "term", term=term, lang="zh-Hans" if is_chinese(term.original or "") else "",
            cases=view.links(a.case.id for a in appearances[:CASES_SHOWN]), cites=view.source_links(term.cites),
        )  # fmt: skip
        sections.append(Section(term.id, 2, term.term, html))
    dek = "Words that the cases use in a particular sense, with the original where there is one."
    lead = fragment("head", kind="Guide", title="Glossary", dek=dek)
    page = Page("glossary/", "Glossary", "glossary", dek, lead, tuple(sections))
    return with_old_anchors(page, {old: new for old, new in book.former_ids.items() if book.kinds.get(new) == "terms"})


def corrections(book: Casebook) -> Listing:
    """Every correction of every case, newest first."""
    found = [(case, number) for case in book.cases.values() for number in range(1, len(case.corrections) + 1)]
    found.sort(key=lambda pair: pair[0].corrections[pair[1] - 1].on.sort_key, reverse=True)

    def groups(view: View, some: Sequence[tuple[Case, int]], mark: Mark) -> Iterator[Group]:
        rows = []
        for case, number in some:
            address = Target("corrections", f"cases/{case.id}/#correction-{number}", case.title)
            rows.append(Row(case=view.to(address), correction=correction_row(case, number)))
        yield "all", "All corrections", fragment("all_corrections", rows=rows)

    dek = "What was changed in substance after publication, and why."
    noun = ("correction", "corrections")
    return Listing("corrections/", "Corrections", "corrections", dek, noun, found, groups, size=CORRECTIONS_A_PAGE)
