"""Lessons across cases: what each case says for it and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from casebook.book import Casebook
from casebook.model import Case, Lesson, LessonUse
from casebook.views.matrix import matrix, scale, weight
from casebook.views.page import Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import View, fragment

LESSONS_A_PAGE = 40
USES_A_PAGE = 60
HEADINGS = {"supports": "For it", "complicates": "What complicates it", "contradicts": "Against it"}
EVIDENCE_WORDS = {
    "events": "Event",
    "quotes": "Quote",
    "claims": "Claim",
    "media": "Picture",
    "body": "Essay",
    "charts": "Chart",
}
DEK = "General statements that cases speak for or against. None is proved; each shows its evidence on both sides."


def lesson_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/lessons/` and a page for every lesson."""
    lessons = list(book.lessons.values())
    for part in slices("lessons/", len(lessons), LESSONS_A_PAGE):

        def build_index(part: Slice = part) -> Page:
            return lessons_page(book, lessons[part.first : part.last], part)

        yield PageSpec(part.uri, f"Lessons{part.suffix}", "lessons", "", build_index)
    for lesson in lessons:
        uri = f"lessons/{lesson.id}/"
        evidence = _Evidence(book.lesson_uses.get(lesson.id, ()))
        for part in slices(uri, len(evidence.found), USES_A_PAGE):

            def build(lesson: Lesson = lesson, part: Slice = part, evidence: _Evidence = evidence) -> Page:
                return lesson_page(book, lesson, evidence, part)

            yield PageSpec(part.uri, f"{lesson.statement}{part.suffix}", "lesson", book.entries[lesson.id].file, build)


def lessons_page(book: Casebook, lessons: Sequence[Lesson], part: Slice) -> Page:
    """Which case speaks for which lesson; then every lesson with the weight of evidence on each side."""
    view = View(book, part.uri)
    table = matrix(view, lessons)
    rows = [
        Row(lesson=row.lesson, scope=lesson.scope, weight=row.weight)
        for lesson, row in zip(lessons, table.rows, strict=True)
    ]
    sections = [Section("lessons", 2, "Lessons and where they hold", fragment("lessons", rows=rows), "wide")]
    if table.columns:
        sections.insert(0, Section("matrix", 2, "Lessons and cases", fragment("matrix", table=table), "wide"))
    lead = fragment("listing_head", title="Lessons", dek=DEK, count=None, pager=view.pager(part, "lessons/"), part=part)
    return Page(part.uri, f"Lessons{part.suffix}", "lessons", DEK, lead, tuple(sections))


@dataclass(frozen=True)
class _Evidence:
    """All that speaks to a lesson. A lesson may have many pages, which sort and weigh it once."""

    found: Sequence[tuple[Case, LessonUse]]

    @cached_property
    def uses(self) -> list[tuple[Case, LessonUse]]:
        """What is for the lesson first, each side in order of time."""
        order = list(HEADINGS)
        return sorted(self.found, key=lambda pair: order.index(pair[1].relation))

    @cached_property
    def sides(self) -> list[Row]:
        """How much speaks on each side."""
        return weight([use.relation for _, use in self.uses])


def lesson_page(book: Casebook, lesson: Lesson, evidence: _Evidence, part: Slice) -> Page:
    """One lesson: the weight of evidence, when it fails, and the evidence case by case."""
    view = View(book, part.uri)
    here = evidence.uses[part.first : part.last]
    sections = [
        Section(
            "limits", 2, "When it fails", fragment("lesson_scope", lesson=lesson, cites=view.source_links(lesson.cites))
        )
    ]
    for relation, heading in HEADINGS.items():
        rows = [_use_row(view, case, use) for case, use in here if use.relation == relation]
        if rows:
            sections.append(Section(relation, 2, heading, fragment("lesson_uses", rows=rows)))
    if not here:
        sections.append(Section("none", 2, "Evidence", fragment("nothing", words="No case speaks to this lesson yet.")))
    return Page(
        part.uri, f"{lesson.statement}{part.suffix}", "lesson", lesson.scope,
        _lesson_head(view, lesson, part, evidence), tuple(sections), lesson.id,
    )  # fmt: skip


def _lesson_head(view: View, lesson: Lesson, part: Slice, evidence: _Evidence) -> Markup:
    """Statement, scope, and how much speaks on each side; a side leads to its section when that stands on this page."""
    head = fragment(
        "listing_head", title=lesson.statement, dek=lesson.scope, count=None,
        pager=view.pager(part, f"lessons/{lesson.id}/"), part=part, kind="Lesson",
    )  # fmt: skip
    if not evidence.uses:
        return head
    here = {use.relation for _, use in evidence.uses[part.first : part.last]}
    return head + fragment(
        "lesson_weight", sides=evidence.sides, here=here, total=len(evidence.uses), scale=scale(evidence.sides)
    )


def _use_row(view: View, case: Case, use: LessonUse) -> Row:
    return Row(
        case=view.link(case.id),
        occurred=case.occurred,
        why=view.prose(use.why, f"{case.id}-{use.relation}", case),
        evidence=[_evidence_row(view, case, reference) for reference in use.evidence],
    )


def _evidence_row(view: View, case: Case, reference: str) -> Row:
    local = reference if "#" in reference else f"#{reference}"
    return Row(kind=EVIDENCE_WORDS[view.book.target(local, case).kind], link=view.link(local, case))
