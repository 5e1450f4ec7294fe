"""What is contested in all cases: figures on which sources disagree, and questions that are answered in several ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from casebook.book import Casebook, Target
from casebook.model import Case
from casebook.views.case import dispute_row
from casebook.views.collections import Group, Listing, Mark, listing_specs
from casebook.views.page import PageSpec, Row
from casebook.views.positions import Turn, conversations, levelled
from casebook.views.rendering import View, fragment, title_of

DISPUTES_A_PAGE = 100
ISSUES_A_PAGE = 100

Issue = tuple[Case, int, str, list[Turn]]
"""A question in dispute: its case, its number there, its words, and the positions that open it."""


def contested_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/disputed/` and `/positions/`."""
    yield from listing_specs(book, disputes(book))
    yield from listing_specs(book, issues(book))


def disputes(book: Casebook) -> Listing:
    """Everything on which sources disagree, a section a case, the newest case first."""
    rows = [(case, number) for case in reversed(book.cases.values()) for number in range(1, len(case.disputed) + 1)]

    def groups(view: View, some: Sequence[tuple[Case, int]], mark: Mark) -> Iterator[Group]:
        if not some:
            yield (
                "none",
                "Where sources disagree",
                fragment("nothing", words="No case shows sources that disagree yet."),
            )
        for case_id, pairs in groupby(some, key=lambda pair: pair[0].id):
            rows = [dispute_row(view, *pair, with_case=True) for pair in pairs]
            yield case_id, title_of(book.cases[case_id]), fragment("disputed", rows=rows)

    dek = "Where sources contradict each other: what each of them says, what we print, and why."
    noun = ("disagreement", "disagreements")
    return Listing("disputed/", "Disputed", "disputed", dek, noun, rows, groups, size=DISPUTES_A_PAGE)


def issues(book: Casebook) -> Listing:
    """Every question that is answered in several ways, a section a case, the newest case first."""
    rows = [
        (case, number, words, openings)
        for case in reversed(book.cases.values())
        for number, (words, openings) in enumerate(conversations(case.positions).items(), 1)
    ]

    def groups(view: View, some: Sequence[Issue], mark: Mark) -> Iterator[Group]:
        if not some:
            yield "none", "Competing readings", fragment("nothing", words="No case sets readings side by side yet.")
        for case_id, found in groupby(some, key=lambda issue: issue[0].id):
            rows = [_issue_row(view, issue) for issue in found]
            yield case_id, title_of(book.cases[case_id]), fragment("issues", rows=rows)

    dek = "Questions that the cases leave open, and who answers them how. Each leads to the reasons and the sources."
    return Listing(
        "positions/", "Positions", "positions", dek, ("question", "questions"), rows, groups, size=ISSUES_A_PAGE
    )


def _issue_row(view: View, issue: Issue) -> Row:
    case, number, words, openings = issue
    page = f"cases/{case.id}/"
    return Row(
        issue=view.to(Target("positions", f"{page}#issue-{number}", words)),
        answers=[
            Row(
                holder=view.link(turn.position.holder),
                stance=view.to(Target("positions", f"{page}#position-{turn.number}", turn.position.stance)),
                reply_to=view.book.label(turn.position.response_to) if turn.position.response_to else "",
            )
            for opening in openings
            for _, turn in levelled(opening)
        ],
    )
