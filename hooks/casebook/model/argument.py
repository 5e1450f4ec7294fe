"""What is made of the record: positions on it, and what it says of lessons."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import LessonRelation
from casebook.model.ids import ActorId, LessonId, SourceId
from casebook.model.scalars import EvidenceReference, Id, Prose, Words


class Position(Model):
    """One reading of a contested question."""

    issue: Annotated[Words, Field(examples=["Was the promise kept?"])]
    """The question in dispute; positions on the same question share its words."""
    holder: ActorId
    """The person or organisation that holds it."""
    stance: Annotated[Words, Field(examples=["One day late is late."])]
    """The reading in one line."""
    summary: Prose
    """The reading, fairly and at some length, in Markdown."""
    quotes: Annotated[tuple[Id, ...], Field(examples=[["q-promise"]])] = ()
    """Quotes of this case in which the holder says so."""
    response_to: ActorId | None = None
    """The holder, on the same issue, to whom this replies."""
    cites: tuple[SourceId, ...] = ()
    """Where the holder says so, when no quote shows it."""


class LessonUse(Model):
    """What this case says for or against a lesson."""

    lesson: LessonId
    """The lesson that the case speaks to."""
    relation: LessonRelation
    """Which way the case speaks."""
    why: Annotated[Prose, Field(examples=["The sentence was believed because it named a month."])]
    """How the evidence bears on the lesson, in Markdown."""
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1, examples=[["c-van"]])]
    """Quotes, events, claims, media, sections and charts: of this case by their id, of another as `case-id#local-id`."""
