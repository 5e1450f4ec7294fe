"""What a teacher assigns."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import Model
from casebook.model.scalars import CaseReference, Edtf, Id, Prose, Text, Words


class ReadingItem(Model):
    """One thing to read before a session."""

    case: Id | None = None
    source: Id | None = None
    sections: tuple[Id, ...] = ()
    """Body sections of the case; all of it when empty."""
    why: Text
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_thing(self) -> ReadingItem:
        if bool(self.case) == bool(self.source):
            raise PydanticCustomError("reading_item", "an item names either a `case` or a `source`")
        return self


class Session(Model):
    """One meeting of a course."""

    n: Annotated[int, Field(ge=1, le=200)]
    title: Words
    date: Edtf | None = None
    objectives: tuple[Text, ...] = ()
    items: Annotated[tuple[ReadingItem, ...], Field(min_length=1)]
    questions: tuple[CaseReference, ...] = ()
    """`case-id#question-id`."""


class ReadingList(Model):
    """What a teacher assigns."""

    id: Id
    title: Words
    audience: Words
    introduction: Prose | None = None
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]
