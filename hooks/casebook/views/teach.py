"""A case's teaching note, and the page that lists all of them."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook, Target
from casebook.courses import course_of_case
from casebook.marks import minutes_to_read
from casebook.model import Case, Teaching
from casebook.views.builder import builder_link
from casebook.views.changes import edition_section
from casebook.views.old_anchors import anchors_of, with_old_anchors
from casebook.views.page import Link, Page, PageSpec, Row, Section, slices
from casebook.views.rendering import DRAFT_WORDS, View, description, fragment

CASES_A_PAGE = 100


def teach_specs(book: Casebook) -> Iterator[PageSpec]:
    """A teaching note for every case, then the page for teachers."""
    for case in book.cases.values():

        def build(case: Case = case) -> Page:
            return teaching_page(book, case)

        yield PageSpec(f"cases/{case.id}/teach/", f"Teaching note: {case.title}", "teach", book.files[case.id], build)
    for part in slices("teach/", len(book.cases), CASES_A_PAGE):

        def index(
            uri: str = part.uri, first: int = part.first, last: int = part.last, number: int = part.number
        ) -> Page:
            return teachers_page(book, uri, first, last, number)

        yield PageSpec(part.uri, f"Teach{part.suffix}", "teach-index", "", index)


def teaching_page(book: Casebook, case: Case) -> Page:
    """Synopsis, objectives, timed plan, board, and questions with evidence and answer notes."""
    view = View(book, f"cases/{case.id}/teach/")
    note = case.teaching
    objectives = {objective.id: number for number, objective in enumerate(note.objectives, 1)}
    questions = [
        Row(
            id=question.id, text=question.text, minutes=question.minutes,
            objective=Link(f"#{question.objective}", f"Objective {objectives[question.objective]}"),
            evidence=[view.link(e if "#" in e else f"#{e}", case) for e in question.evidence],
            note=view.prose(question.answer_note, question.id, case) if question.answer_note else None,
        )
        for question in note.questions
    ]  # fmt: skip
    plan = _plan(note)
    total = sum(step.minutes for step in note.plan)
    sections = [
        Section("synopsis", 2, "Synopsis", fragment("teach_synopsis", note=note)),
        Section("objectives", 2, "Objectives", fragment("teach_objectives", rows=note.objectives)),
    ]
    if plan:
        sections.append(Section("plan", 2, f"Plan, {total} minutes", fragment("teach_plan", rows=plan), "wide"))
    if note.board:
        sections.append(Section("board", 2, "Board", fragment("teach_board", columns=note.board), "wide"))
    sections.append(
        Section("questions", 2, "Questions, evidence, answer notes", fragment("teach_questions", rows=questions))
    )
    sections.append(edition_section(view, course_of_case(book, case)))
    lead = fragment(
        "teach_head", title=case.title, draft=DRAFT_WORDS.get(case.status), case=view.link(case.id, words="The case"), level=note.level, total=total,
        minutes=minutes_to_read(book.essay_words[case.id]), questions=len(questions),
    )  # fmt: skip
    title = f"Teaching note: {case.title}"
    page = Page(
        view.uri,
        title,
        "teach",
        description(note.synopsis),
        lead + builder_link(view, course_of_case(book, case)),
        tuple(sections),
        case.id,
    )
    return with_old_anchors(page, anchors_of(case))


def _plan(note: Teaching) -> list[Row]:
    """The steps of the class; `x` and `width` are a step's place in the class, in per cent."""
    numbers = {question.id: number for number, question in enumerate(note.questions, 1)}
    total = sum(step.minutes for step in note.plan)
    rows, start = [], 0
    for step in note.plan:
        rows.append(
            Row(
                start=start, minutes=step.minutes, activity=step.activity, question_id=step.question,
                question=numbers[step.question] if step.question else None,
                x=round(100 * start / total, 2), width=round(100 * step.minutes / total, 2),
            )
        )  # fmt: skip
        start += step.minutes
    return rows


def teachers_page(book: Casebook, uri: str, first: int, last: int, number: int) -> Page:
    """Every teaching note and reading list."""
    view = View(book, uri)
    cases = list(book.cases.values())[first:last]
    part = list(slices("teach/", len(book.cases), CASES_A_PAGE))[number - 1]
    rows = [
        Row(
            title=view.to(Target("cases", f"cases/{case.id}/teach/", case.title)), case=view.link(case.id, words="Read the case"),
            synopsis=case.teaching.synopsis, level=case.teaching.level,
            minutes=sum(step.minutes for step in case.teaching.plan), questions=len(case.teaching.questions),
        )
        for case in cases
    ]  # fmt: skip
    notes = fragment("teach_index", rows=rows, pager=view.pager(part, "teach/"), number=number)
    sections = [Section("notes", 2, "Teaching notes", notes, "wide")]
    if book.readings:
        lists = [
            Row(title=Link(view.path(f"readings/{r.id}/"), r.title), audience=r.audience, sessions=len(r.sessions))
            for r in book.readings.values()
        ]
        sections.insert(0, Section("reading-lists", 2, "Reading lists", fragment("readings_index", rows=lists)))
    lead = fragment(
        "head", kind="For teachers", title="Take a case into class",
        dek="Every case has a teaching note: objectives, a timed plan, a board, and questions tied to evidence that a class can open.",
    )  # fmt: skip
    return Page(
        uri,
        f"Teach{part.suffix}",
        "teach-index",
        "Teaching notes and reading lists for every case.",
        lead,
        tuple(sections),
    )
