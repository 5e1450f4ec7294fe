"""What is on record: events, quotes, claims and pictures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.choices import Authenticity, ClaimKind, ClaimStatus, Confidence, Strand
from casebook.model.ids import ActorId, PlatformId, SourceId
from casebook.model.scalars import CaseReference, Edtf, EvidenceReference, Id, Language, ShortTitle, Text, Words


class TimelineEvent(Model):
    """Something that happened, on a date, according to a source."""

    id: Annotated[Id, Field(examples=["keys"])]
    """Names the event within the case, for links and as evidence."""
    date: Edtf
    """When it happened, as precisely as the source says."""
    time: Annotated[Words | None, Field(examples=["before 8 a.m."])] = None
    """The time of day in words, where a source gives it: "before 8 a.m.", "22:44"."""
    title: Annotated[Words, Field(examples=["A customer holds the keys"])]
    """What happened, in one line and in the present tense."""
    detail: Text | None = None
    """What a reader needs besides the title, in a sentence or two."""
    strand: Strand
    """What the event belongs to: how the founder was shown, what the product or company did, the public, the law."""
    on_arc: Annotated[ShortTitle | None, Field(examples=["The keys"])] = None
    """Shown on the arc, under this short title of at most 40 characters."""
    actors: tuple[ActorId, ...] = ()
    """People and organisations that acted."""
    platforms: tuple[PlatformId, ...] = ()
    """Where it was posted, streamed or sold."""
    cites: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    """The sources that tell of it."""
    confidence: Confidence = "reported"
    """`reported` by one source, `confirmed` by independent ones, `disputed` between them."""
    same_event: Annotated[CaseReference | None, Field(examples=["example-first-van#keys"])] = None
    """The same happening as another case tells it more fully, as `case-id#event-id`. Lists of many cases show it once, there."""


class Translation(Model):
    """A quotation in another language."""

    lang: Annotated[Language, Field(examples=["en"])]
    """The language translated into, as a BCP 47 tag."""
    text: Annotated[Text, Field(examples=["The first van will be yours in March."])]
    """The quotation in that language."""
    by: Annotated[Words, Field(examples=["the editors"])]
    """Who translated: “the editors”, or the publication."""


class Quote(Model):
    """Somebody's words: a W3C TextQuoteSelector with its speaker."""

    id: Annotated[Id, Field(examples=["q-promise"])]
    """Names the quote within the case: `[[#q-promise]]` links to it."""
    exact: Annotated[str, Field(min_length=1, max_length=1200)]
    """The words exactly as printed in the source, in the source's language, without quotation marks."""
    lang: Annotated[Language, Field(examples=["zh-Hans"])]
    """The language of the words, as a BCP 47 tag."""
    translation: Translation | None = None
    """The words in another language, usually English, for readers who cannot read the original."""
    speaker: ActorId
    """Who said or wrote it: a person or an organisation."""
    date: Edtf | None = None
    """When it was said or published."""
    venue: Annotated[Words | None, Field(examples=["livestream"])] = None
    """Where it was said: "Weibo", "livestream"."""
    source: SourceId
    """The source in which the words stand as printed here."""
    prefix: Words | None = None
    """The words just before, where `exact` stands more than once in the source."""
    suffix: Words | None = None
    """The words just after, where `exact` stands more than once in the source."""
    note: Text | None = None
    """What a reader should know: whose English, which copy, what is uncertain."""


class StatusChange(Model):
    """A dated step in what became of a claim."""

    on: Edtf
    """The day from which the status holds."""
    status: ClaimStatus
    """What had become of the claim by then."""
    note: Annotated[Text, Field(examples=["Handed over, one day late."])]
    """What happened, so that a reader can judge the status."""
    cites: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    """The sources that show it."""
    event: Annotated[EvidenceReference | None, Field(examples=["keys"])] = None
    """The event that settled it: of this case (`event-id`) or another (`case-id#event-id`)."""


class Claim(Model):
    """A promise or assertion that can be tested, and what became of it."""

    id: Annotated[Id, Field(examples=["c-van"])]
    """Names the claim within the case, for links and as evidence."""
    text: Annotated[Text, Field(examples=["The first van is handed over by the end of March 2024."])]
    """What was promised or asserted, so that it can be tested."""
    by: ActorId
    """Who made it: a person or organisation."""
    made_on: Edtf
    """The day on which it was made."""
    quote: Annotated[Id | None, Field(examples=["q-promise"])] = None
    """The quote of this case that carries it."""
    kind: ClaimKind
    """How it can be verified: by facts and figures, by experience, or only by time."""
    due: Edtf | None = None
    """The day by which it is to be kept, where the claim names one."""
    on_arc: Annotated[ShortTitle | None, Field(examples=["The promise"])] = None
    """Shown on the arc before other claims, under this short title of at most 40 characters."""
    test: Annotated[Text, Field(examples=["A customer who does not work for the company holds the keys."])]
    """What would show that it was kept."""
    history: Annotated[tuple[StatusChange, ...], Field(min_length=1)]
    """What became of it, step by step, the oldest first; the last step is where it stands now."""

    @property
    def status(self) -> ClaimStatus:
        """Where the claim stands now."""
        return self.history[-1].status


class AuthenticityStatement(Model):
    """Who says whether a picture or clip was staged. Always somebody's statement, never ours."""

    category: Authenticity
    """What the picture or clip is said to be."""
    attributed_to: ActorId
    """Who says so: a person or an organisation."""
    on: Edtf | None = None
    """When it was said."""
    note: Text | None = None
    """What exactly was said, and how far it goes."""
    cites: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    """The sources that report the statement."""


class Media(Model):
    """A picture or clip that the case turns on, described and not reproduced."""

    id: Annotated[Id, Field(examples=["m-keys"])]
    """Names the picture or clip within the case, as evidence."""
    describes: Annotated[Text, Field(examples=["A customer beside a white van, holding up a key."])]
    """What it shows, for a reader who cannot see it."""
    published_by: ActorId
    """Who made it public: a person or an organisation."""
    on: Edtf | None = None
    """When it was published."""
    authenticity: Annotated[tuple[AuthenticityStatement, ...], Field(min_length=1)]
    """Statements on how it was made. Where people say different things, each has its own."""
    reply: Text | None = None
    """What those shown answered."""
