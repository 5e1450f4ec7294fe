"""One episode, and the parts of it that have no module of their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from casebook.model.argument import LessonUse, Position
from casebook.model.base import Model
from casebook.model.choices import CaseRelation, Status
from casebook.model.figures import Chart, Dispute, KeyFigure
from casebook.model.ids import CaseId, PlayerId, SourceId, ThemeId
from casebook.model.record import Claim, Media, Quote, TimelineEvent
from casebook.model.scalars import Edtf, Id, Prose, Text, Words, typographic
from casebook.model.teaching import Teaching


class CastMember(Model):
    """Somebody or something that plays a part in the case."""

    who: PlayerId
    """A person, organisation, platform or product."""
    role: Annotated[Words, Field(examples=["speaker"])]
    """The part played here, in a few words: "speaker", "the promise's maker"."""


class BodySection(Model):
    """A section of the essay."""

    id: Annotated[Id, Field(examples=["the-day"])]
    """Names the section, for links and reading lists."""
    heading: Annotated[Words, Field(examples=["The day she named"])]
    """The heading of the section."""
    text: Prose
    """The essay itself, in Markdown without raw HTML: `[[id]]` links, `[@source-id]` cites."""


class RelatedCase(Model):
    """A link to another case, with its reason."""

    case: CaseId
    """The other case."""
    relation: CaseRelation
    """What the other case is to this one."""
    why: Text
    """Why a reader should go on there."""


class Correction(Model):
    """A change of substance after publication."""

    on: Edtf
    """The day of the correction."""
    what: Text
    """What the case said before, and what it says now."""
    why: Text
    """How the mistake was found."""


class MovedId(Model):
    """A local id that was published and is used no longer: links to it lead on, or say what became of it."""

    was: Annotated[Id, Field(examples=["q-old-promise"])]
    """The id under which readers may have kept the address."""
    now: Annotated[Id | None, Field(examples=["q-promise"])] = None
    """The id that took its place, in this case."""
    why: Annotated[Text | None, Field(examples=["The quotation was removed: she never said it."])] = None
    """Where nothing took its place: what was removed, and why."""


class Retirement(Model):
    """That a case was taken back. Its page says so, and the rest of it is shown no more."""

    on: Edtf
    """The day on which it was taken back."""
    why: Annotated[Text, Field(examples=["The case rested on a letter that proved to be invented."])]
    """For readers: what was wrong with it, or where its matter went."""
    instead: tuple[CaseId, ...] = ()
    """Published cases that take its place."""


class Case(Model):
    """One episode."""

    schema_version: Annotated[int, Field(ge=1, le=1, json_schema_extra={"const": 1})]
    """The version of this format: 1."""
    id: Annotated[Id, Field(examples=["example-first-van"])]
    """Names the case: also the name of its file and of its page. Lower-case letters, digits and hyphens; never changed."""
    title: Annotated[Words, Field(examples=["The first van"])]
    """The title of the essay."""
    dek: Annotated[str, Field(min_length=1, max_length=400), AfterValidator(typographic)]
    """One sentence under the title."""
    status: Status
    """How far the case is on its way to readers."""
    occurred: Edtf
    """When the episode happened: from its first day to its last."""
    published: Edtf
    """The day on which the case was first published; in a draft, the day for which it is planned."""
    updated: Edtf | None = None
    """The day of the newest change of substance."""
    glance: Annotated[
        tuple[Text, ...],
        Field(
            min_length=3,
            max_length=5,
            examples=[["Ada Example promised a van.", "It came one day late.", "One newspaper reported it."]],
        ),
    ]
    """What happened, in three to five plain sentences, for a reader who reads nothing else."""
    key_figures: tuple[KeyFigure, ...] = ()
    """The strip of numbers under the title."""
    charts: Annotated[tuple[Chart, ...], Field(max_length=6)] = ()
    """Figures that say more side by side; up to six charts."""
    cast: Annotated[tuple[CastMember, ...], Field(min_length=1)]
    """Everybody who speaks or acts, and in what part."""
    themes: Annotated[tuple[ThemeId, ...], Field(min_length=1)]
    """The subjects that the case belongs to."""
    body: Annotated[tuple[BodySection, ...], Field(min_length=1)]
    """The essay, in sections: 900 to 1,800 words in all."""
    events: Annotated[tuple[TimelineEvent, ...], Field(min_length=1)]
    """The timeline: what happened, when, according to which source."""
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    """The words on which the case rests, exactly as printed."""
    claims: tuple[Claim, ...] = ()
    """Promises and assertions that can be tested, and what became of them."""
    positions: tuple[Position, ...] = ()
    """Competing readings of contested questions."""
    media: tuple[Media, ...] = ()
    """Pictures and clips that the case turns on, described."""
    lessons: Annotated[tuple[LessonUse, ...], Field(min_length=1)]
    """What the case says for or against general statements."""
    teaching: Teaching
    """The teaching note."""
    related: tuple[RelatedCase, ...] = ()
    """Other cases to read with this one."""
    further: tuple[SourceId, ...] = ()
    """Sources worth reading that the case does not cite."""
    disputed: tuple[Dispute, ...] = ()
    """Figures and facts on which sources disagree."""
    corrections: tuple[Correction, ...] = ()
    """Changes of substance after publication, each with its day."""
    aliases: Annotated[tuple[Id, ...], Field(examples=[["example-van"]])] = ()
    """Ids that the case had before; their addresses lead here."""
    moved: tuple[MovedId, ...] = ()
    """Local ids that were published once: of events, quotes, claims, sections, questions, charts or paragraphs."""
    retired: Retirement | None = None
    """Why and when the case was taken back; needed by the status `retired`."""
