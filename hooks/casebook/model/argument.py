"""What is made of the record: positions on it, and what it says of lessons."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import LessonRelation
from casebook.model.scalars import EvidenceReference, Id, Prose, Words


class Position(Model):
    """One reading of a contested question."""

    issue: Words
    """The question in dispute; positions on the same question share its words."""
    holder: Id
    """The person or organisation that holds it."""
    stance: Words
    """The reading in one line."""
    summary: Prose
    quotes: tuple[Id, ...] = ()
    response_to: Id | None = None
    """The holder, on the same issue, to whom this replies."""
    cites: tuple[Id, ...] = ()
    """Where the holder says so, when no quote shows it."""


class LessonUse(Model):
    """What this case says for or against a lesson."""

    lesson: Id
    relation: LessonRelation
    why: Prose
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1)]
    """Quotes, events and claims."""
