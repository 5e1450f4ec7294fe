"""The teaching note."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import Bloom
from casebook.model.scalars import Edtf, EvidenceReference, Id, Prose, Text, Words


class Objective(Model):
    """What a student can do after the class."""

    id: Annotated[Id, Field(examples=["o-weigh"])]
    """Names the objective, for the questions that serve it."""
    text: Annotated[Text, Field(examples=["Weigh a promise that was almost kept."])]
    """What students can do, beginning with a verb that can be observed."""
    bloom: Bloom
    """Level in Bloom's revised taxonomy (Anderson and Krathwohl, 2001)."""


class Question(Model):
    """A question for discussion, tied to evidence."""

    id: Annotated[Id, Field(examples=["w-late"])]
    """Names the question, for the plan and for reading lists."""
    text: Annotated[Text, Field(examples=["Does one day matter?"])]
    """The question as it is put to the class."""
    objective: Annotated[Id, Field(examples=["o-weigh"])]
    """The objective of this case that it serves."""
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1, examples=[["c-van"]])]
    """What students can point to: ids of this case, or `case-id#local-id`."""
    minutes: Annotated[int, Field(ge=1, le=240, examples=[15])] | None = None
    """How long the discussion takes."""
    answer_note: Prose | None = None
    """What a good discussion reaches, for the teacher, in Markdown."""


class Preparation(Model):
    """A question that students prepare before class."""

    id: Annotated[Id, Field(examples=["prep-day"])]
    """Names the question, for its address."""
    text: Annotated[Text, Field(examples=["On which day did the van come, and who says so?"])]
    """The question: it has an answer in the case."""
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1, examples=[["c-van"]])]
    """Where the answer stands: ids of this case, or `case-id#local-id`."""


class Pause(Model):
    """A day on which the class stops and decides, before it learns what happened next."""

    after: Annotated[Edtf, Field(examples=["2024-03-31"])]
    """The last day that the first part tells of."""
    so_far: Annotated[Prose, Field(examples=["Ada Example had named a day, and the day was over."])]
    """The story up to that day, in Markdown: what could be known then, and no more."""
    ask: Annotated[Text, Field(examples=["It is the evening of the last day. What do you say, and to whom?"])]
    """What the class decides before it reads on."""
    sections: Annotated[tuple[Id, ...], Field(examples=[["opening"]])] = ()
    """Body sections of the case that tell of nothing later."""


class PlanStep(Model):
    """A step of the timed plan."""

    minutes: Annotated[int, Field(ge=1, le=240, examples=[15])]
    """How long the step takes."""
    least: Annotated[int, Field(ge=0, le=240, examples=[10])] | None = None
    """The fewest minutes in which it still works; 0 when a shorter class leaves it out. Two thirds, where nothing is said."""
    activity: Annotated[Text, Field(examples=["Students vote, then find the day in the record."])]
    """What is done."""
    question: Annotated[Id | None, Field(examples=["w-late"])] = None
    """The question of this case that the step is for."""


class BoardColumn(Model):
    """A column of the board plan."""

    column: Annotated[Words, Field(examples=["What was promised"])]
    """The heading of the column."""
    prompts: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What is likely to stand there at the end."""


class Teaching(Model):
    """The teaching note."""

    synopsis: Annotated[Text, Field(examples=["One promise, one day late."])]
    """What the case is about, for a teacher who has not read it."""
    level: Annotated[Words, Field(examples=["undergraduate, year 2 and up"])]
    """For whom: "undergraduate, year 2 and up"."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    """What students can do afterwards."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    """Questions for discussion, each tied to an objective and to evidence."""
    preparation: tuple[Preparation, ...] = ()
    """Questions that students prepare before class."""
    plan: tuple[PlanStep, ...] = ()
    """The class, step by step, with minutes. Plans for other lengths are worked out from it."""
    board: tuple[BoardColumn, ...] = ()
    """What stands on the board at the end, column by column."""
    pause: Pause | None = None
    """Where the case can be read in two parts, with a decision between them."""
