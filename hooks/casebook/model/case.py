"""One episode, and the parts of it that have no module of their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from casebook.model.argument import LessonUse, Position
from casebook.model.base import Model
from casebook.model.choices import CaseRelation, Status
from casebook.model.figures import Chart, Dispute, KeyFigure
from casebook.model.record import Claim, Media, Quote, TimelineEvent
from casebook.model.scalars import Edtf, Id, Prose, Text, Words, typographic
from casebook.model.teaching import Teaching


class CastMember(Model):
    """Somebody or something that plays a part in the case."""

    who: Id
    """A person, organisation, platform or product."""
    role: Words
    """The part played here, in a few words: "speaker", "the promise's maker"."""


class BodySection(Model):
    """A section of the essay."""

    id: Id
    heading: Words
    text: Prose


class RelatedCase(Model):
    """A link to another case, with its reason."""

    case: Id
    relation: CaseRelation
    why: Text


class Correction(Model):
    """A change of substance after publication."""

    on: Edtf
    what: Text
    why: Text


class Case(Model):
    """One episode."""

    schema_version: Annotated[int, Field(ge=1, le=1)]
    id: Id
    title: Words
    dek: Annotated[str, Field(min_length=1, max_length=400), AfterValidator(typographic)]
    """One sentence under the title."""
    status: Status
    occurred: Edtf
    published: Edtf
    updated: Edtf | None = None
    glance: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)]
    key_figures: tuple[KeyFigure, ...] = ()
    charts: Annotated[tuple[Chart, ...], Field(max_length=6)] = ()
    cast: Annotated[tuple[CastMember, ...], Field(min_length=1)]
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]
    body: Annotated[tuple[BodySection, ...], Field(min_length=1)]
    events: Annotated[tuple[TimelineEvent, ...], Field(min_length=1)]
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()
    media: tuple[Media, ...] = ()
    lessons: Annotated[tuple[LessonUse, ...], Field(min_length=1)]
    teaching: Teaching
    related: tuple[RelatedCase, ...] = ()
    further: tuple[Id, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Id, ...] = ()
