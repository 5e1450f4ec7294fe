"""Lessons across cases: what each case says for it and against it."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.model import Lesson
from casebook.views.case import RELATION_SIGNS
from casebook.views.page import Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import View, fragment

USES_A_PAGE = 60
HEADINGS = {"supports": "For it", "complicates": "What complicates it", "contradicts": "Against it"}


def lesson_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/lessons/` and a page for every lesson."""
    yield PageSpec("lessons/", "Lessons", "lessons", "", lambda: lessons_page(book))
    for lesson in book.lessons.values():
        uri = f"lessons/{lesson.id}/"
        for part in slices(uri, len(book.lesson_uses.get(lesson.id, ())), USES_A_PAGE):

            def build(lesson: Lesson = lesson, part: Slice = part) -> Page:
                return lesson_page(book, lesson, part)

            yield PageSpec(part.uri, f"{lesson.statement}{part.suffix}", "lesson", book.entries[lesson.id].file, build)


def lessons_page(book: Casebook) -> Page:
    """Every lesson with the weight of evidence on each side."""
    view = View(book, "lessons/")
    rows = []
    for lesson in book.lessons.values():
        relations: list[str] = [use.relation for _, use in book.lesson_uses.get(lesson.id, ())]
        counts = [(RELATION_SIGNS[name], name, relations.count(name)) for name in RELATION_SIGNS]
        rows.append(Row(lesson=view.link(lesson.id), scope=lesson.scope, counts=counts, cases=len(relations)))
    dek = "General statements that cases speak for or against. None is proved; each shows its evidence on both sides."
    lead = fragment("head", kind="Across cases", title="Lessons", dek=dek)
    section = Section("lessons", 2, "Lessons and their evidence", fragment("lessons", rows=rows), "wide")
    return Page("lessons/", "Lessons", "lessons", dek, lead, (section,))


def lesson_page(book: Casebook, lesson: Lesson, part: Slice) -> Page:
    """One lesson: where it holds, when it fails, and the evidence case by case."""
    view = View(book, part.uri)
    order = list(HEADINGS)
    uses = sorted(book.lesson_uses.get(lesson.id, ()), key=lambda pair: order.index(pair[1].relation))
    sections = [
        Section(
            "limits", 2, "When it fails", fragment("lesson_scope", lesson=lesson, cites=view.source_links(lesson.cites))
        )
    ]
    for relation, heading in HEADINGS.items():
        rows = [
            Row(
                case=view.link(case.id), occurred=case.occurred,
                why=view.prose(use.why, f"{case.id}-{relation}", case),
                evidence=[view.link(e if "#" in e else f"#{e}", case) for e in use.evidence],
            )
            for case, use in uses[part.first : part.last]
            if use.relation == relation
        ]  # fmt: skip
        if rows:
            sections.append(Section(relation, 2, heading, fragment("lesson_uses", rows=rows)))
    if not uses:
        sections.append(Section("none", 2, "Evidence", fragment("nothing", words="No case speaks to this lesson yet.")))
    lead = fragment(
        "listing_head",
        title=lesson.statement,
        dek=lesson.scope,
        count=None,
        pager=view.pager(part, f"lessons/{lesson.id}/"),
        part=part,
        kind="Lesson",
    )
    return Page(part.uri, f"{lesson.statement}{part.suffix}", "lesson", lesson.scope, lead, tuple(sections))
