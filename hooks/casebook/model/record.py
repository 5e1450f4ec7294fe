"""What is on record: events, quotes, claims and pictures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import Authenticity, ClaimKind, ClaimStatus, Confidence, Strand
from casebook.model.scalars import Edtf, EvidenceReference, Id, Language, ShortTitle, Text, Words


class TimelineEvent(Model):
    """Something that happened, on a date, according to a source."""

    id: Id
    date: Edtf
    time: Words | None = None
    """The time of day in words, where a source gives it: "before 8 a.m.", "22:44"."""
    title: Words
    detail: Text | None = None
    strand: Strand
    """What the event belongs to: how the founder was shown, what the product or company did, the public, the law."""
    on_arc: ShortTitle | None = None
    """Shown on the arc, under this short title of at most 40 characters."""
    actors: tuple[Id, ...] = ()
    """People and organisations that acted."""
    platforms: tuple[Id, ...] = ()
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]
    confidence: Confidence = "reported"
    """`reported` by one source, `confirmed` by independent ones, `disputed` between them."""


class Translation(Model):
    """A quotation in another language."""

    lang: Language
    text: Text
    by: Words
    """Who translated: "the editors", or the publication."""


class Quote(Model):
    """Somebody's words: a W3C TextQuoteSelector with its speaker."""

    id: Id
    exact: Annotated[str, Field(min_length=1, max_length=1200)]
    """The words exactly as printed in the source, in the source's language, without quotation marks."""
    lang: Language
    translation: Translation | None = None
    speaker: Id
    date: Edtf | None = None
    """When it was said or published."""
    venue: Words | None = None
    """Where it was said: "Weibo", "livestream"."""
    source: Id
    prefix: Words | None = None
    """The words just before, where `exact` stands more than once in the source."""
    suffix: Words | None = None
    note: Text | None = None
    """What a reader should know: whose English, which copy, what is uncertain."""


class StatusChange(Model):
    """A dated step in what became of a claim."""

    on: Edtf
    status: ClaimStatus
    note: Text
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]
    event: EvidenceReference | None = None
    """The event that settled it: of this case (`event-id`) or another (`case-id#event-id`)."""


class Claim(Model):
    """A promise or assertion that can be tested, and what became of it."""

    id: Id
    text: Text
    by: Id
    """Who made it: a person or organisation."""
    made_on: Edtf
    quote: Id | None = None
    """The quote of this case that carries it."""
    kind: ClaimKind
    """How it can be verified: by facts and figures, by experience, or only by time."""
    due: Edtf | None = None
    on_arc: ShortTitle | None = None
    """Shown on the arc before other claims, under this short title of at most 40 characters."""
    test: Text
    """What would show that it was kept."""
    history: Annotated[tuple[StatusChange, ...], Field(min_length=1)]

    @property
    def status(self) -> ClaimStatus:
        """Where the claim stands now."""
        return self.history[-1].status


class AuthenticityStatement(Model):
    """Who says whether a picture or clip was staged. Always somebody's statement, never ours."""

    category: Authenticity
    attributed_to: Id
    on: Edtf | None = None
    note: Text | None = None
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]


class Media(Model):
    """A picture or clip that the case turns on, described and not reproduced."""

    id: Id
    describes: Text
    """What it shows, for a reader who cannot see it."""
    published_by: Id
    on: Edtf | None = None
    authenticity: Annotated[tuple[AuthenticityStatement, ...], Field(min_length=1)]
    reply: Text | None = None
    """What those shown answered."""
