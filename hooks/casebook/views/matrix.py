"""Lessons × cases: which case speaks for a lesson and which against it, with the evidence one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from casebook.book import Casebook, Target
from casebook.model import Case, Lesson
from casebook.views.case import RELATION_SIGNS, lesson_anchor
from casebook.views.page import Link, Row
from casebook.views.rendering import View

CASES_SHOWN = 16
"""Columns: the newest cases that speak to any of the lessons. The lessons' own pages hold the rest."""
SCALE_LENGTH = 240
"""Units of the bar that shows the weight of evidence."""
COLUMNS_IN_SIGHT = 6
"""Up to so many columns stand side by side on a desktop; more are scrolled sideways."""


def matrix(view: View, lessons: Sequence[Lesson]) -> Row:
    """The table's columns and rows, as the matrix template prints them."""
    uses = {lesson.id: list(_uses(view.book, lesson)) for lesson in lessons}
    speaking = {case.id for found in uses.values() for case, _, _ in found}
    newest = [case for case in reversed(view.book.cases.values()) if case.id in speaking]
    columns = list(reversed(newest[:CASES_SHOWN]))
    rows = [_matrix_row(view, lesson, uses[lesson.id], columns) for lesson in lessons]
    return Row(
        columns=[Row(case=view.link(case.id), year=case.occurred.year) for case in columns], rows=rows,
        earlier=len(newest) - len(columns), is_wide=len(columns) > COLUMNS_IN_SIGHT,
    )  # fmt: skip


def weight(relations: Sequence[str]) -> list[Row]:
    """How many uses of a lesson speak on each side."""
    counts = Counter(relations)
    return [Row(sign=sign, relation=name, count=counts[name]) for name, sign in RELATION_SIGNS.items()]


def _uses(book: Casebook, lesson: Lesson) -> Iterator[tuple[Case, str, str]]:
    """Every use of a lesson: case, relation, and the anchor on the case's page."""
    times: Counter[str] = Counter()
    for case, use in book.lesson_uses.get(lesson.id, ()):
        times[case.id] += 1
        yield case, use.relation, lesson_anchor(lesson.id, times[case.id])


def _matrix_row(view: View, lesson: Lesson, uses: Sequence[tuple[Case, str, str]], columns: Sequence[Case]) -> Row:
    cells: dict[str, list[Row]] = {case.id: [] for case in columns}
    earlier = 0
    for case, relation, anchor in uses:
        if case.id not in cells:
            earlier += 1
            continue
        link = view.to(Target("lessons", f"cases/{case.id}/#{anchor}", relation))
        cells[case.id].append(Row(sign=RELATION_SIGNS[relation], relation=relation, href=link.href))
    return Row(
        lesson=view.link(lesson.id), cells=[Row(case=case.title, uses=cells[case.id]) for case in columns],
        weight=weight([relation for _, relation, _ in uses]), earlier=_earlier(view, lesson, earlier),
    )  # fmt: skip


def _earlier(view: View, lesson: Lesson, number: int) -> Link | None:
    return view.link(lesson.id, words=f"{number:,} more") if number else None


def scale(sides: Sequence[Row]) -> list[Row]:
    """The weights as lengths of one bar of 240 units."""
    total = sum(side.count for side in sides)
    parts, start = [], 0.0
    for side in sides:
        width = round(SCALE_LENGTH * side.count / total, 1)
        if width:
            stripes = [round(start + at, 1) for at in range(4, int(width) - 1, 4)]
            parts.append(Row(relation=side.relation, x=round(start, 1), width=width, stripes=stripes))
        start += width
    return parts
