"""The texts of a case that are in the editors' own words, with their places."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.model import Case
from casebook.references import prose_fields

Place = tuple[str | int, ...]


def own_texts(case: Case) -> Iterator[tuple[Place, str]]:
    """Every sentence and paragraph that readers meet as the editors' own. Quotations are as their sources print them."""
    yield ("title",), case.title
    yield ("dek",), case.dek
    for i, sentence in enumerate(case.glance):
        yield ("glance", i), sentence
    yield from prose_fields(case)
    for i, event in enumerate(case.events):
        yield ("events", i, "title"), event.title
        if event.detail:
            yield ("events", i, "detail"), event.detail
    yield from _of_claims(case)
    for i, position in enumerate(case.positions):
        yield ("positions", i, "stance"), position.stance
    for i, media in enumerate(case.media):
        yield ("media", i, "describes"), media.describes
    for i, question in enumerate(case.teaching.questions):
        yield ("teaching", "questions", i, "text"), question.text
    yield ("teaching", "synopsis"), case.teaching.synopsis


def _of_claims(case: Case) -> Iterator[tuple[Place, str]]:
    for i, claim in enumerate(case.claims):
        yield ("claims", i, "text"), claim.text
        yield ("claims", i, "test"), claim.test
        for j, step in enumerate(claim.history):
            yield ("claims", i, "history", j, "note"), step.note
