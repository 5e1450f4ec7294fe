"""What a teacher assigns."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import Model
from casebook.model.ids import CaseId, SourceId
from casebook.model.scalars import CaseReference, Clock, Edtf, Id, Prose, Text, Words


class ReadingItem(Model):
    """One thing to read before a session."""

    case: CaseId | None = None
    """The case to read; or else a `source`."""
    source: SourceId | None = None
    """The source to read; or else a `case`."""
    sections: Annotated[tuple[Id, ...], Field(examples=[["the-day"]])] = ()
    """Body sections of the case; all of it when empty."""
    why: Text
    """What to read it for."""
    minutes: Annotated[int, Field(ge=1, le=600, examples=[20])] | None = None
    """How long reading it takes."""
    optional: bool = False
    """Whether the session can do without it."""

    @model_validator(mode="after")
    def _one_thing(self) -> ReadingItem:
        if bool(self.case) == bool(self.source):
            raise PydanticCustomError("reading_item", "an item names either a `case` or a `source`")
        return self


class OwnQuestion(Model):
    """A question of the list itself, that sets cases side by side."""

    id: Annotated[Id, Field(examples=["q-two-days"])]
    """Names the question within the list, for its address."""
    text: Annotated[Text, Field(examples=["Which of the two days could a stranger have counted?"])]
    """The question as it is put to the class."""
    evidence: Annotated[tuple[CaseReference, ...], Field(min_length=1, examples=[["example-first-van#c-van"]])]
    """What students can point to, as `case-id#local-id`."""
    minutes: Annotated[int, Field(ge=1, le=240, examples=[15])] | None = None
    """How long the discussion takes."""
    answer_note: Prose | None = None
    """What a good discussion reaches, for the teacher, in Markdown."""


class Session(Model):
    """One meeting of a course."""

    n: Annotated[int, Field(ge=1, le=200, examples=[1])]
    """The number of the session, from 1."""
    title: Annotated[Words, Field(examples=["The day she named"])]
    """The subject of the session."""
    date: Edtf | None = None
    """When it meets, where that is known."""
    time: Annotated[Clock | None, Field(examples=["10:15"])] = None
    """When it begins, by the clock of the place; only with a `date` that is a day."""
    minutes: Annotated[int, Field(ge=10, le=600, examples=[75])] | None = None
    """How long the class lasts."""
    objectives: Annotated[tuple[Text, ...], Field(examples=[["Weigh a promise that was almost kept."]])] = ()
    """What students can do afterwards."""
    items: Annotated[tuple[ReadingItem, ...], Field(min_length=1)]
    """What to read before it."""
    questions: Annotated[tuple[CaseReference, ...], Field(examples=[["example-first-van#w-late"]])] = ()
    """Questions for the session, as `case-id#question-id`."""
    own_questions: tuple[OwnQuestion, ...] = ()
    """Questions that no single case asks, discussed after those of the cases."""


class ReadingList(Model):
    """What a teacher assigns."""

    id: Annotated[Id, Field(examples=["example-seminar"])]
    """Names the list: also the name of its file and of its page."""
    title: Annotated[Words, Field(examples=["Promises with a day"])]
    """The title of the course or seminar."""
    audience: Annotated[Words, Field(examples=["second-year undergraduates"])]
    """For whom, in words."""
    introduction: Prose | None = None
    """What holds the sessions together, in Markdown."""
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]
    """The meetings, in order."""
    updated: Edtf | None = None
    """The day on which the list itself was last changed."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""
