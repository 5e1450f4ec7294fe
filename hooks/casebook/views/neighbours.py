"""Where a reader goes from a case: the ones before and after it in time, and those that an editor relates to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.model import Case
from casebook.views.page import Row, Section
from casebook.views.rendering import View, fragment

INVERSE = {"precedent": "sequel", "sequel": "precedent", "parallel": "parallel", "contrast": "contrast"}
RELATED_FROM = 12
"""Most cases shown that name this one without being named by it: a famous precedent may be named by hundreds."""


def order_section(view: View, beside: Sequence[Case | None]) -> Iterator[Section]:
    """Links to the case before and the case after in time; nothing where there is neither."""
    steps = [
        Row(rel=rel, word=word, case=view.link(case.id), occurred=case.occurred)
        for (rel, word), case in zip((("prev", "Before this case"), ("next", "After this case")), beside, strict=False)
        if case is not None
    ]
    if steps:
        yield Section("order", 2, "Cases in order of time", fragment("order", steps=steps), "wide")


def related_rows(view: View, case: Case) -> list[Row]:
    """The cases that its editor chose, then those that chose this one, the relation turned round."""
    rows = [_related_row(view, related.case, related.relation, related.why) for related in case.related]
    named = {related.case for related in case.related}
    others = [pair for pair in view.book.related_from[case.id] if pair[0].id not in named]
    for other, related in others[-RELATED_FROM:]:
        # The reason was written for the other case's page, and is shown as its words.
        rows.append(_related_row(view, other.id, INVERSE[related.relation], related.why, is_theirs=True))
    return rows


def _related_row(view: View, identifier: str, relation: str, why: str, *, is_theirs: bool = False) -> Row:
    other = view.book.cases[identifier]
    return Row(
        relation=relation, case=view.link(identifier), occurred=other.occurred, why=why,
        is_theirs=is_theirs,
    )  # fmt: skip
