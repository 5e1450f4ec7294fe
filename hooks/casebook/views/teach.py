"""A case's teaching note, and the page that lists all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebook.book import Casebook, Target
from casebook.courses import course_of_case
from casebook.marks import minutes_to_read
from casebook.model import CHOICES, Case, Question, Teaching
from casebook.views.builder import builder_entrance, builder_link
from casebook.views.changes import edition_section
from casebook.views.class_plan import plan_figure, plans_of, written_minutes
from casebook.views.old_anchors import anchors_of, with_old_anchors
from casebook.views.page import Link, Page, PageSpec, Row, Section, slices
from casebook.views.rendering import DRAFT_WORDS, View, description, fragment
from casebook.views.role_play import role_play_rows
from casebook.views.take_along import take_along_section
from casebook.views.two_parts import so_far_uri, what_followed_uri

NOTES = "teach/notes/"
CASES_A_PAGE = 100


def teach_specs(book: Casebook) -> Iterator[PageSpec]:
    """A teaching note for every case, then the pages that list them. The guide at `/teach/` is written by hand."""
    for case in book.cases.values():

        def build(case: Case = case) -> Page:
            return teaching_page(book, case)

        yield PageSpec(f"cases/{case.id}/teach/", f"Teaching note: {case.title}", "teach", book.files[case.id], build)
    for part in slices(NOTES, len(book.cases), CASES_A_PAGE):

        def index(
            uri: str = part.uri, first: int = part.first, last: int = part.last, number: int = part.number
        ) -> Page:
            return teachers_page(book, uri, first, last, number)

        yield PageSpec(part.uri, f"Teaching notes{part.suffix}", "teach-index", "", index)


def teaching_page(book: Casebook, case: Case) -> Page:
    """The note from top to bottom: what it is about, what it is for, what happens before, in and after the pause."""
    view = View(book, f"cases/{case.id}/teach/")
    note = case.teaching
    sections = [
        Section("synopsis", 2, "Synopsis", fragment("teach_synopsis", note=note)),
        Section(
            "objectives", 2, "Objectives", fragment("teach_objectives", rows=note.objectives, levels=_levels(note))
        ),
        *_before_class(view, case),
        *_in_class(view, case),
        take_along_section(view, course_of_case(book, case)),
        edition_section(view, course_of_case(book, case)),
    ]
    lead = fragment(
        "teach_head", title=case.title, draft=DRAFT_WORDS.get(case.status), case=view.link(case.id, words="The case"),
        level=note.level, lengths=[str(plan.minutes) for plan in plans_of(note)],
        minutes=minutes_to_read(book.essay_words[case.id]), questions=len(note.questions),
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


def _levels(note: Teaching) -> list[Row]:
    """The levels of Bloom's taxonomy, each with its meaning and the numbers of the objectives on it."""
    return [
        Row(level=level, means=means, on=[n for n, one in enumerate(note.objectives, 1) if one.bloom == level])
        for level, means in CHOICES["Bloom"].items()
    ]


def _before_class(view: View, case: Case) -> Iterator[Section]:
    prepared = case.teaching.preparation
    if prepared:
        rows = [Row(id=one.id, text=one.text, evidence=_evidence(view, case, one.evidence)) for one in prepared]
        yield Section("preparation", 2, "To prepare", fragment("teach_preparation", rows=rows))


def _in_class(view: View, case: Case) -> Iterator[Section]:
    note = case.teaching
    if note.plan:
        yield Section("plan", 2, "Plan", plan_figure(note), "wide")
    if note.board:
        yield Section("board", 2, "Board", fragment("teach_board", columns=note.board), "wide board-sheet")
    rows = [_question(view, case, question) for question in note.questions]
    yield Section("questions", 2, "Questions, evidence, answer notes", fragment("teach_questions", rows=rows))
    plays = role_play_rows(view, case)
    if plays:
        yield Section("role-play", 2, "Role play", fragment("teach_role_play", issues=plays), "wide")
    if note.pause:
        parts = fragment(
            "teach_pause", day=note.pause.after, ask=note.pause.ask, prepared=bool(note.preparation),
            first=Link(view.path(so_far_uri(case)), f"Part one: up to {note.pause.after.words}"),
            second=Link(view.path(what_followed_uri(case)), "Part two: what followed"),
        )  # fmt: skip
        yield Section("two-parts", 2, "In two parts", parts)


def _question(view: View, case: Case, question: Question) -> Row:
    number = next(n for n, one in enumerate(case.teaching.objectives, 1) if one.id == question.objective)
    return Row(
        id=question.id, text=question.text, minutes=question.minutes,
        objective=Link(f"#{question.objective}", f"Objective {number}"),
        evidence=_evidence(view, case, question.evidence),
        note=view.prose(question.answer_note, question.id, case) if question.answer_note else None,
    )  # fmt: skip


def _evidence(view: View, case: Case, references: Iterable[str]) -> list[Link]:
    return view.links((one if "#" in one else f"#{one}" for one in references), case)


def teachers_page(book: Casebook, uri: str, first: int, last: int, number: int) -> Page:
    """Every teaching note, with what it is about and how long it takes."""
    view = View(book, uri)
    cases = list(book.cases.values())[first:last]
    part = list(slices(NOTES, len(book.cases), CASES_A_PAGE))[number - 1]
    rows = [
        Row(
            title=view.to(Target("cases", f"cases/{case.id}/teach/", case.title)), case=view.link(case.id, words="Read the case"),
            synopsis=case.teaching.synopsis, level=case.teaching.level,
            minutes=written_minutes(case.teaching), questions=len(case.teaching.questions),
        )
        for case in cases
    ]  # fmt: skip
    notes = fragment("teach_index", rows=rows, pager=view.pager(part, NOTES), number=number)
    sections = [Section("notes", 2, "Teaching notes", notes, "wide")]
    lead = fragment(
        "notes_head", guide=Link(view.path("teach/"), "How to teach with the casebook"), title="Teaching notes",
        dek="Every case has a teaching note: objectives, a timed plan, a board, and questions tied to evidence that a class can open.",
    )  # fmt: skip
    return Page(
        uri,
        f"Teaching notes{part.suffix}",
        "teach-index",
        "The teaching note of every case: what it is about, for whom, and how long it takes.",
        lead + builder_entrance(view),
        tuple(sections),
    )
