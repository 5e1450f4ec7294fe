"""The shape of the data files: casefile models with addresses, and with what the casebook knows of them besides.

Field names are those of the casefiles. Every field is in every record: null, or an empty list, where a casefile says
nothing. The JSON Schemas in `/schema/data/` are made from these models.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, WithJsonSchema, computed_field

from casebook.model import (
    BodySection,
    Case,
    CaseReference,
    CaseRelation,
    Claim,
    ClaimStatus,
    Correction,
    Dispute,
    Edtf,
    Id,
    Independence,
    Lesson,
    LessonUse,
    Media,
    Model,
    Organisation,
    OwnQuestion,
    Person,
    Platform,
    Position,
    Product,
    Question,
    Quote,
    ReadingItem,
    ReadingList,
    Session,
    SourceKind,
    Teaching,
    Term,
    Theme,
    TimelineEvent,
)

VERSION = 1
"""Raised when a field is renamed, removed or given another meaning; a new field leaves it as it is."""

EditionToken = Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}-[0-9a-f]{12}$", examples=["2026-11-22-3f9a1c2b04de"])]
"""The edition that this is: the newest day on which something was published, changed or corrected, and a digest of what
is read."""

Address = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
"""An absolute address; a path from the site's root where the site does not know its own address."""

_CSL_NAMES: dict[str, Any] = {
    "type": "array",
    "items": {"type": "object", "properties": {key: {"type": "string"} for key in ("literal", "family", "given")}},
}
_CSL_DATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}, "maxItems": 2},
        "season": {"type": "integer"}, "circa": {"type": "boolean"}, "literal": {"type": "string"},
    },
}  # fmt: skip
CslItem = Annotated[
    dict[str, Any],
    WithJsonSchema({
        "type": "object",
        "required": ["id", "type", "language"],
        "properties": {
            "id": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"},
            "author": _CSL_NAMES, "editor": _CSL_NAMES, "issued": _CSL_DATE, "accessed": _CSL_DATE,
            "container-title": {"type": "string"}, "publisher": {"type": "string"},
            "URL": {"type": "string", "format": "uri"}, "language": {"type": "string"}, "note": {"type": "string"},
        },
    }),
]  # fmt: skip
"""A bibliographic record in CSL-JSON 1.0.2, as citation processors and reference managers read it."""


class Located(Model):
    """Something with an address on the site."""

    url: Address
    """Where it stands on the site."""


class OfCase(Located):
    """Something that a case tells."""

    case: Id
    """The case that tells it."""


class Named(OfCase):
    """Something of a case that has an id there."""

    reference: str
    """Its name across all cases: `case-id#id`."""


class Settled(Model):
    """A status that an event gave to a claim."""

    claim: str
    """The claim, of this case or another: `case-id#claim-id`."""
    status: ClaimStatus


class EventRecord(TimelineEvent, Named):
    """Something that happened, on a date, according to a source."""

    earliest: date | None
    """First day that the date can mean; null where an interval's start is open."""
    latest: date | None
    """Last day that the date can mean; null where an interval's end is open."""
    settles: tuple[Settled, ...]
    """What the event made of promises."""
    also_told: tuple[CaseReference, ...]
    """The same happening as other cases tell it, less fully."""


class QuoteRecord(Quote, Named):
    """Somebody's words, with how they were checked."""

    badge: Literal["verbatim", "reported", "unverified"]
    """Found in the full text of the source, found in an excerpt of it, or not found."""
    found_on: str | None
    """The day on which the words were last looked up and found, as `2026-11-22`."""
    passage: Address | None
    """The source's own address, opened at the words."""


class ClaimRecord(Claim, Named):
    """A promise or assertion that can be tested, and what became of it."""

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorator over a property
    @property
    def status(self) -> ClaimStatus:
        """Where the claim stands now: the status of its last step."""
        return self.history[-1].status


class PositionRecord(Position, OfCase):
    """One reading of a contested question."""


class MediaRecord(Media, Named):
    """A picture or clip that the case turns on, described and not reproduced."""


class LessonUseRecord(LessonUse, OfCase):
    """What a case says for or against a lesson."""


class DisputeRecord(Dispute, OfCase):
    """A figure or fact on which sources disagree."""


class CorrectionRecord(Correction, OfCase):
    """A change of substance after publication."""


class SectionRecord(BodySection, Located):
    """A section of the essay, in Markdown with `[[id]]` and `[@source-id]`."""


class QuestionRecord(Question, Located):
    """A question for discussion, tied to evidence."""


class TeachingRecord(Teaching, Located):
    """The teaching note."""

    questions: tuple[QuestionRecord, ...]


class RelatedFrom(Model):
    """Another case that names this one as related."""

    case: Id
    relation: CaseRelation
    """What this case is to the other one."""
    why: str


class CaseRecord(Case, Located):
    """One episode, whole."""

    casefile: Address
    """The file from which everything here is made."""
    words: int
    """Words of the essay."""
    edition: EditionToken
    """Which text this is: a day, and a digest of what is read."""
    body: tuple[SectionRecord, ...]
    events: tuple[EventRecord, ...]
    quotes: tuple[QuoteRecord, ...]
    claims: tuple[ClaimRecord, ...]
    positions: tuple[PositionRecord, ...]
    media: tuple[MediaRecord, ...]
    lessons: tuple[LessonUseRecord, ...]
    teaching: TeachingRecord
    disputed: tuple[DisputeRecord, ...]
    corrections: tuple[CorrectionRecord, ...]
    related_from: tuple[RelatedFrom, ...]


class CaseSummary(Located):
    """A line of the index of cases."""

    data: Address
    """The file that holds the whole case."""
    id: Id
    title: str
    dek: str
    """One sentence under the title."""
    occurred: Edtf
    earliest: date | None
    """First day of the episode; null where its start is open."""
    latest: date | None
    """Last day of the episode; null where its end is open."""
    published: Edtf
    updated: Edtf | None
    edition: EditionToken
    """Which text this is: a day, and a digest of what is read."""
    themes: tuple[Id, ...]
    words: int
    """Words of the essay."""
    events: int
    """How many there are; likewise below."""
    quotes: int
    claims: dict[ClaimStatus, int]
    """Claims by where they stand now."""


class AppearanceRecord(Located):
    """What an entry of the registry does in one case."""

    case: Id
    roles: tuple[str, ...]
    """The parts played, in words; `theme` for a theme of the case."""
    events: tuple[Id, ...]
    quotes: tuple[Id, ...]
    claims: tuple[Id, ...]
    sections: tuple[Id, ...]
    """Sections of the essay that name it."""


class Appearing(Located):
    """Something that appears in cases."""

    cases: tuple[AppearanceRecord, ...]
    """In which cases, as what."""


class PersonRecord(Person, Appearing):
    """A person, and in which cases."""


class OrganisationRecord(Organisation, Appearing):
    """A company, publication, institution or account, and in which cases."""


class PlatformRecord(Platform, Appearing):
    """A place where things are posted, streamed or sold, and in which cases."""

    url: Address
    """Where it stands on the site."""
    home: str | None
    """The platform's own address."""


class ProductRecord(Product, Appearing):
    """A thing sold, and in which cases."""


class ThemeRecord(Theme, Appearing):
    """A subject that runs through cases."""


class TermRecord(Term, Appearing):
    """A word of the glossary, and which cases use it."""


class LessonRecord(Lesson, Located):
    """A general statement, with what cases say for and against it."""

    uses: tuple[LessonUseRecord, ...]


class SourceRecord(Located):
    """Something that was read and can be cited."""

    id: Id
    csl: CslItem
    issued: Edtf | None
    """When it was published, as precise as it is known; CSL-JSON can say less."""
    accessed: Edtf
    short: str
    """A few words for margins and timelines."""
    archive_url: str | None
    sha256: str | None
    """Digest of the archived text, where the whole text is in the private archive."""
    excerpt_sha256: str | None
    """Digest of an archived file that holds excerpts, where the whole text is not at hand."""
    kind: SourceKind
    independence: Independence
    rights: str | None
    note: str | None
    """What a reader should know: repost of what, address not confirmed, excerpt only."""
    former_ids: tuple[Id, ...]
    """Ids that it had before; their pages lead here."""


class SourceUseRecord(OfCase):
    """One place that rests on a source."""

    kind: str
    """The list of the case in which it stands: `events`, `quotes`, `claims`, `body` …"""


class CitedSourceRecord(SourceRecord):
    """A source with everything that rests on it."""

    uses: tuple[SourceUseRecord, ...]


class ReadingItemRecord(ReadingItem):
    """One thing to read before a session."""

    minutes_to_read: int | None
    """How long it takes: as the list says, else worked out from the words assigned; null for a source of unknown length."""


class OwnQuestionRecord(OwnQuestion, Located):
    """A question of the list itself, that sets cases side by side."""


class SessionRecord(Session, Located):
    """One meeting of a course."""

    items: tuple[ReadingItemRecord, ...]
    own_questions: tuple[OwnQuestionRecord, ...]
    minutes_to_read: int
    """Minutes of what has to be read, as far as they are known."""
    unmeasured: int
    """How many things have to be read whose length is unknown; they come on top."""


class ReadingListRecord(ReadingList, Located):
    """What a teacher assigns."""

    sessions: tuple[SessionRecord, ...]

    edition: EditionToken
    """Which list this is, with the cases that it assigns: a day, and a digest of what is read."""


class DataFile(Located):
    """What every data file says of itself."""

    schema_: Annotated[Address, Field(serialization_alias="$schema")]
    """The JSON Schema of this file."""
    version: Literal[1]
    """Version of the file's shape. It changes when a field is renamed, removed or given another meaning."""
    title: str
    license: Literal["https://creativecommons.org/licenses/by/4.0/"]
    attribution: str
    """Whom to name."""
    rights: str
    """What the licence does not cover."""
    as_of: Edtf | None
    """The newest date on which a case was published or changed."""


Record = TypeVar("Record", bound=Model)


class Collection(DataFile, Generic[Record]):
    """Every record of one kind, of all cases."""

    items: tuple[Record, ...]


class CaseFile(DataFile):
    """One case with the sources that it cites."""

    case: CaseRecord
    sources: tuple[SourceRecord, ...]
