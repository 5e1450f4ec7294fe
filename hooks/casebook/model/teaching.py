"""The teaching note."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import Bloom
from casebook.model.scalars import EvidenceReference, Id, Prose, Text, Words


class Objective(Model):
    """What a student can do after the class."""

    id: Id
    text: Text
    bloom: Bloom
    """Level in Bloom's revised taxonomy (Anderson and Krathwohl, 2001)."""


class Question(Model):
    """A question for discussion, tied to evidence."""

    id: Id
    text: Text
    objective: Id
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    answer_note: Prose | None = None


class PlanStep(Model):
    """A step of the timed plan."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    activity: Text
    question: Id | None = None


class BoardColumn(Model):
    """A column of the board plan."""

    column: Words
    prompts: Annotated[tuple[Text, ...], Field(min_length=1)]


class Teaching(Model):
    """The teaching note."""

    synopsis: Text
    level: Words
    """For whom: "undergraduate, year 2 and up"."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    plan: tuple[PlanStep, ...] = ()
    board: tuple[BoardColumn, ...] = ()
