"""Every reference that a casefile makes: where it stands, what it names, and what it may lead to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from casebook.marks import scan_marks
from casebook.model import Case, Lesson, Organisation, Person, Platform, Product, ReadingList, Source, Term, Theme

ACTORS = ("people", "organisations")
PLAYERS = ("people", "organisations", "platforms", "products")
LINKABLE = (*PLAYERS, "themes", "lessons", "terms", "cases")
LOCAL_EVIDENCE = ("quotes", "events", "claims", "media", "body", "charts")
LOCAL_LINKABLE = (*LOCAL_EVIDENCE, "questions")

SINGULAR = {
    "people": "person", "organisations": "organisation", "platforms": "platform", "products": "product",
    "themes": "theme", "lessons": "lesson", "terms": "term", "sources": "source", "cases": "case",
    "events": "event", "quotes": "quote", "claims": "claim", "media": "media item", "body": "section",
    "objectives": "objective", "questions": "question", "preparation": "preparation question", "charts": "chart",
}  # fmt: skip


def with_article(noun: str) -> str:
    """`an organisation`, `a person`."""
    return f"an {noun}" if noun[:1] in "aeio" else f"a {noun}"


class Reference(NamedTuple):
    """One id that must lead somewhere. A tuple, because 1,000 cases make a quarter of a million."""

    pointer: tuple[str | int, ...]
    """The field, from the entry's root."""
    target: str
    """`id`, `#local-id` or `case-id#local-id`."""
    kinds: tuple[str, ...]
    """What it may name: registries, `cases`, or for local ids the list in which they stand."""
    offset: int | None = None
    """Where it starts inside a prose text."""


def _all(pointer: tuple[str | int, ...], values: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[Reference]:
    for index, value in enumerate(values):
        yield Reference((*pointer, index), value, kinds)


def _one(pointer: tuple[str | int, ...], value: str | None, kinds: tuple[str, ...]) -> Iterator[Reference]:
    if value is not None:
        yield Reference(pointer, value, kinds)


def _local(value: str) -> str:
    return value if "#" in value else f"#{value}"


def _evidence(pointer: tuple[str | int, ...], values: tuple[str, ...]) -> Iterator[Reference]:
    yield from _all(pointer, tuple(map(_local, values)), LOCAL_EVIDENCE)


def prose_references(pointer: tuple[str | int, ...], text: str | None) -> Iterator[Reference]:
    """References and citations inside a prose field."""
    for mark in scan_marks(text or ""):
        if mark.is_citation:
            kinds: tuple[str, ...] = ("sources",)
        else:
            kinds = LOCAL_LINKABLE if "#" in mark.target else LINKABLE
        yield Reference(pointer, mark.target, kinds, mark.offset)


def case_references(case: Case) -> Iterator[Reference]:
    """Every reference of a case, in file order."""
    for i, figure in enumerate(case.key_figures):
        yield from _one(("key_figures", i, "source"), figure.source, ("sources",))
    yield from _chart_references(case)
    for i, member in enumerate(case.cast):
        yield from _one(("cast", i, "who"), member.who, PLAYERS)
    yield from _all(("themes",), case.themes, ("themes",))
    for pointer, text in prose_fields(case):
        yield from prose_references(pointer, text)
    for i, event in enumerate(case.events):
        yield from _all(("events", i, "actors"), event.actors, ACTORS)
        yield from _all(("events", i, "platforms"), event.platforms, ("platforms",))
        yield from _all(("events", i, "cites"), event.cites, ("sources",))
        yield from _one(("events", i, "same_event"), event.same_event, ("events",))
    for i, quote in enumerate(case.quotes):
        yield from _one(("quotes", i, "speaker"), quote.speaker, ACTORS)
        yield from _one(("quotes", i, "source"), quote.source, ("sources",))
    yield from _claim_references(case)
    yield from _argument_references(case)
    yield from _teaching_references(case)
    for i, related in enumerate(case.related):
        yield from _one(("related", i, "case"), related.case, ("cases",))
    if case.retired is not None:
        yield from _all(("retired", "instead"), case.retired.instead, ("cases",))
    yield from _all(("further",), case.further, ("sources",))
    for i, dispute in enumerate(case.disputed):
        for j, value in enumerate(dispute.figures):
            yield from _one(("disputed", i, "figures", j, "source"), value.source, ("sources",))


def _chart_references(case: Case) -> Iterator[Reference]:
    for i, chart in enumerate(case.charts):
        for j, series in enumerate(chart.series):
            for k, point in enumerate(series.points):
                yield Reference(("charts", i, "series", j, "points", k, "source"), point.source, ("sources",))


def _claim_references(case: Case) -> Iterator[Reference]:
    for i, claim in enumerate(case.claims):
        yield from _one(("claims", i, "by"), claim.by, ACTORS)
        if claim.quote is not None:
            yield Reference(("claims", i, "quote"), _local(claim.quote), ("quotes",))
        for j, step in enumerate(claim.history):
            yield from _all(("claims", i, "history", j, "cites"), step.cites, ("sources",))
            if step.event is not None:
                yield Reference(("claims", i, "history", j, "event"), _local(step.event), ("events",))


def _argument_references(case: Case) -> Iterator[Reference]:
    for i, position in enumerate(case.positions):
        yield from _one(("positions", i, "holder"), position.holder, ACTORS)
        yield from _all(("positions", i, "quotes"), tuple(map(_local, position.quotes)), ("quotes",))
        yield from _one(("positions", i, "response_to"), position.response_to, ACTORS)
        yield from _all(("positions", i, "cites"), position.cites, ("sources",))
    for i, media in enumerate(case.media):
        yield from _one(("media", i, "published_by"), media.published_by, ACTORS)
        for j, said in enumerate(media.authenticity):
            yield from _one(("media", i, "authenticity", j, "attributed_to"), said.attributed_to, ACTORS)
            yield from _all(("media", i, "authenticity", j, "cites"), said.cites, ("sources",))
    for i, use in enumerate(case.lessons):
        yield from _one(("lessons", i, "lesson"), use.lesson, ("lessons",))
        yield from _evidence(("lessons", i, "evidence"), use.evidence)


def _teaching_references(case: Case) -> Iterator[Reference]:
    for i, question in enumerate(case.teaching.questions):
        pointer = ("teaching", "questions", i)
        yield Reference((*pointer, "objective"), _local(question.objective), ("objectives",))
        yield from _evidence((*pointer, "evidence"), question.evidence)
    for i, prepared in enumerate(case.teaching.preparation):
        yield from _evidence(("teaching", "preparation", i, "evidence"), prepared.evidence)
    for i, step in enumerate(case.teaching.plan):
        if step.question is not None:
            yield Reference(("teaching", "plan", i, "question"), _local(step.question), ("questions",))
    if case.teaching.pause is not None:
        yield from _all(("teaching", "pause", "sections"), tuple(map(_local, case.teaching.pause.sections)), ("body",))


def prose_fields(case: Case) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every prose field of a case with its pointer, in file order."""
    for i, section in enumerate(case.body):
        yield ("body", i, "text"), section.text
    for i, position in enumerate(case.positions):
        yield ("positions", i, "summary"), position.summary
    for i, use in enumerate(case.lessons):
        yield ("lessons", i, "why"), use.why
    for i, question in enumerate(case.teaching.questions):
        if question.answer_note is not None:
            yield ("teaching", "questions", i, "answer_note"), question.answer_note
    if case.teaching.pause is not None:
        yield ("teaching", "pause", "so_far"), case.teaching.pause.so_far


def local_ids(case: Case) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every local id of a case: pointer, id, and the list in which it stands."""
    for kind in ("body", "events", "quotes", "claims", "media"):
        for i, thing in enumerate(getattr(case, kind)):
            yield (kind, i, "id"), thing.id, kind
    for i, objective in enumerate(case.teaching.objectives):
        yield ("teaching", "objectives", i, "id"), objective.id, "objectives"
    for i, question in enumerate(case.teaching.questions):
        yield ("teaching", "questions", i, "id"), question.id, "questions"
    for i, prepared in enumerate(case.teaching.preparation):
        yield ("teaching", "preparation", i, "id"), prepared.id, "preparation"
    for i, chart in enumerate(case.charts):
        yield ("charts", i, "id"), chart.id, "charts"


def _person(entry: Person) -> Iterator[Reference]:
    for i, role in enumerate(entry.roles):
        yield Reference(("roles", i, "organisation"), role.organisation, ("organisations",))


def _maker(entry: Product) -> Iterator[Reference]:
    yield Reference(("maker",), entry.maker, ACTORS)


def entry_references(
    entry: Person | Organisation | Platform | Product | Theme | Lesson | Term | Source,
) -> Iterator[Reference]:
    """Every reference of a registry's entry."""
    if isinstance(entry, Person):
        yield from _person(entry)
    elif isinstance(entry, Organisation):
        yield from _one(("parent",), entry.parent, ("organisations",))
    elif isinstance(entry, Product):
        yield from _maker(entry)
    elif isinstance(entry, Theme):
        yield from _one(("broader",), entry.broader, ("themes",))
    if not isinstance(entry, (Theme, Source)):
        yield from _all(("cites",), entry.cites, ("sources",))


def reading_prose_fields(reading_list: ReadingList) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every prose field of a reading list with its pointer."""
    if reading_list.introduction is not None:
        yield ("introduction",), reading_list.introduction
    for i, session in enumerate(reading_list.sessions):
        for j, own in enumerate(session.own_questions):
            if own.answer_note is not None:
                yield ("sessions", i, "own_questions", j, "answer_note"), own.answer_note


def reading_references(reading_list: ReadingList) -> Iterator[Reference]:
    """Every reference of a reading list."""
    for place, text in reading_prose_fields(reading_list):
        yield from prose_references(place, text)
    for i, session in enumerate(reading_list.sessions):
        pointer = partial(lambda index, *rest: ("sessions", index, *rest), i)
        for j, item in enumerate(session.items):
            yield from _one(pointer("items", j, "case"), item.case, ("cases",))
            yield from _one(pointer("items", j, "source"), item.source, ("sources",))
            if item.case is not None:
                for k, section in enumerate(item.sections):
                    yield Reference(pointer("items", j, "sections", k), f"{item.case}#{section}", ("body",))
        for j, question in enumerate(session.questions):
            yield Reference(pointer("questions", j), question, ("questions",))
        for j, own in enumerate(session.own_questions):
            yield from _evidence(pointer("own_questions", j, "evidence"), own.evidence)
