"""The casefile format: every entity and every field, as frozen models.

These models are the format's one definition. They validate casefiles (`reading`), and give the JSON Schema that the
site publishes in `/schema/`. All values arrive as text (`nodes`), so typing happens here and nowhere else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from casebook.dates import DateSyntaxError, PartialDate, json_schema, parse_date
from casebook.problems import shorten

MOMENT_LENGTH = 60
CHART_POINTS = (2, 60)
"""Fewest and most points of a chart, over all its series."""
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
_REFERENCE = re.compile(r"^([a-z0-9]+(?:-[a-z0-9]+)*)?#([a-z0-9]+(?:-[a-z0-9]+)*)$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
_URL = re.compile(r"^https?://[^\s<>\"/][^\s<>\"]*$")
_DATE_LIKE = re.compile(r"(?:[0-9]{4}|[0-9]{2}[0-9X]X|\.\.)[0-9X/~?%.:TZ+-]*")
"""What can only be meant as a date: a year, alone or followed by nothing but EDTF's characters."""
_TRUTH_VALUES = ("true", "false", "yes", "no")


class Model(BaseModel):
    """Frozen, and strict about unknown keys: a misspelt key must not lose an editor's work in silence."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True,
        defer_build=True,  # of a hundred models, only those that are read or written by themselves need a validator
    )  # fmt: skip


def _shown(value: str) -> str:
    return f'"{shorten(value)}"'


def _read_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "expected a date")
    try:
        return parse_date(value.strip())
    except DateSyntaxError as error:
        raise PydanticCustomError(
            "edtf_date",
            "{text} is not a date: {why}",
            {"text": _shown(value), "why": error.why, "offset": error.offset},
        ) from error


def _read_moment(value: Any) -> PartialDate | str:
    """A date where the text can only be meant as one, so that a mistyped date does not pass for words."""
    if not isinstance(value, str) or _DATE_LIKE.fullmatch(value.strip()):
        return _read_date(value)
    words = value.strip()
    if not words:
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    if len(words) > MOMENT_LENGTH:
        raise PydanticKnownError("string_too_long", {"max_length": MOMENT_LENGTH})
    return typographic(words)


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise PydanticCustomError("id_pattern", "{id} is not an id", {"id": _shown(value)})
    return value


def _check_reference(value: str) -> str:
    if not _REFERENCE.fullmatch(value):
        raise PydanticCustomError("reference_pattern", "{ref} is not a reference", {"ref": _shown(value)})
    return value


def _check_evidence(value: str) -> str:
    return _check_reference(value) if "#" in value else _check_id(value)


def _check_language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise PydanticCustomError("language_tag", "{tag} is not a BCP 47 language tag", {"tag": _shown(value)})
    return value


def _check_url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise PydanticCustomError("http_url", "{url} is not an http or https address", {"url": _shown(value)})
    return value


def _check_number(value: Any) -> Any:
    # Decimal alone would take "1e999999", "NaN" and "Infinity"; a figure in a strip is digits.
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", value.strip()):
        raise PydanticCustomError("plain_number", "{value} is not a plain number", {"value": _shown(value)})
    return value


def _check_short_title(value: str) -> str:
    if value.lower() in _TRUTH_VALUES:
        raise PydanticCustomError(
            "truth_value",
            "{value} is not a title: write the words that stand on the arc, or leave the field out",
            {"value": _shown(value)},
        )
    return value


_OPENING_QUOTE = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–/“‘]))([\"'])(?=\S)")


def typographic(text: str) -> str:
    """Curly quotation marks and apostrophes for typewriter ones, character for character.

    An apostrophe before digits or inside a word closes; a mark at the start of a word opens. Positions stay true.
    """
    if "'" not in text and '"' not in text:
        return text
    opened = _OPENING_QUOTE.sub(lambda match: "“" if match[1] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(typographic)]
"""Plain words for readers; never Markdown."""
Words = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(typographic)]
"""A name, a label or a short title."""
Label = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(typographic)]
"""Words that stand in a drawing."""
ShortTitle = Annotated[
    str,
    Field(min_length=1, max_length=40, json_schema_extra={"not": {"enum": list(_TRUTH_VALUES)}}),
    AfterValidator(_check_short_title),
]
"""A few words where an editor may expect a switch; never true or false."""
Prose = Annotated[str, Field(min_length=1, max_length=60_000, json_schema_extra={"contentMediaType": "text/markdown"})]
"""Markdown: CommonMark without raw HTML, with `[[id]]` and `[@source-id]`."""
Id = Annotated[
    str, Field(min_length=1, max_length=80, json_schema_extra={"pattern": ID_PATTERN}), AfterValidator(_check_id)
]
"""Lower-case letters, digits and single hyphens; never reused."""
CaseReference = Annotated[str, Field(max_length=161), AfterValidator(_check_reference)]
"""`case-id#local-id`: an event or a question of another case."""
EvidenceReference = Annotated[str, Field(max_length=161), AfterValidator(_check_evidence)]
"""A local id of this case, or `case-id#local-id`."""
Language = Annotated[str, AfterValidator(_check_language)]
Url = Annotated[str, Field(max_length=2000, json_schema_extra={"format": "uri"}), AfterValidator(_check_url)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Edtf = Annotated[
    PartialDate, PlainValidator(_read_date), PlainSerializer(str, return_type=str), WithJsonSchema(json_schema())
]
Moment = Annotated[
    PartialDate | str,
    PlainValidator(_read_moment),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "description": "EDTF date or interval, in quotes; or, in a bar chart, the words that stand at the bar",
            "minLength": 1,
            "maxLength": MOMENT_LENGTH,
        }
    ),
]
"""Where a chart's point stands: a date, or a bar's label."""
Number = Annotated[
    Decimal,
    BeforeValidator(_check_number),
    PlainSerializer(
        lambda v: int(v) if v == v.to_integral_value() else float(v), return_type=int | float, when_used="json"
    ),
    WithJsonSchema({"type": "number"}),
]

Status = Literal["draft", "review", "published", "retired"]
Strand = Literal["persona", "product", "company", "public", "law"]
Confidence = Literal["reported", "confirmed", "disputed"]
ClaimKind = Literal["factual", "experiential", "visionary"]
ClaimStatus = Literal["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"]
LessonRelation = Literal["supports", "complicates", "contradicts"]
Authenticity = Literal["staged", "candid", "edited", "genuine", "undetermined"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
ChartKind = Literal["bar", "line"]
CaseRelation = Literal["precedent", "sequel", "parallel", "contrast"]
SourceKind = Literal["primary", "secondary", "tertiary"]
Independence = Literal["self-issued", "press", "commentary"]
Qualifier = Literal["about", "nearly", "over", "at least", "at most"]


class KeyFigure(Model):
    """One number of the strip under the title."""

    value: Number
    """A plain number, written once: `100000`, `93.5`. Units and words go into the other fields."""
    unit: Words | None = None
    """What is counted: `yuan`, `days`, `%`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    label: Words
    """What the number says, in a few words."""
    as_of: Edtf | None = None
    """The date for which the number holds."""
    source: Id


class ChartPoint(Model):
    """One value of a chart."""

    at: Moment
    """The date for which the value holds; in a bar chart it may be a few words instead."""
    value: Number
    """A plain number in the chart's unit: `44.63`, where the unit is `million followers`."""
    qualifier: Qualifier | None = None
    """How the source hedges the number."""
    source: Id
    note: Text | None = None
    """What a reader should know: who counted, what the value leaves out."""


class ChartSeries(Model):
    """Values that belong together: one thing over time, or one source's counts."""

    label: Label
    points: Annotated[tuple[ChartPoint, ...], Field(min_length=1, max_length=CHART_POINTS[1])]


class Chart(Model):
    """Figures that say more side by side, drawn and in a table, each with its source."""

    id: Id
    title: Words
    """The finding, in the editors' sentence: what the chart shows, without verdict."""
    kind: ChartKind
    """`bar` compares values, in the order given; `line` sets dated values on an axis of time."""
    unit: Words
    """What all the values count: `cars`, `billion yuan`."""
    note: Text | None = None
    """What the values have in common, and how far they can be compared."""
    series: Annotated[tuple[ChartSeries, ...], Field(min_length=1, max_length=6)]


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


class Position(Model):
    """One reading of a contested question."""

    issue: Words
    """The question in dispute; positions on the same question share its words."""
    holder: Id
    """The person or organisation that holds it."""
    stance: Words
    """The reading in one line."""
    summary: Prose
    quotes: tuple[Id, ...] = ()
    response_to: Id | None = None
    """The holder, on the same issue, to whom this replies."""
    cites: tuple[Id, ...] = ()
    """Where the holder says so, when no quote shows it."""


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


class LessonUse(Model):
    """What this case says for or against a lesson."""

    lesson: Id
    relation: LessonRelation
    why: Prose
    evidence: Annotated[tuple[EvidenceReference, ...], Field(min_length=1)]
    """Quotes, events and claims."""


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


class RelatedCase(Model):
    """A link to another case, with its reason."""

    case: Id
    relation: CaseRelation
    why: Text


class DisputedFigure(Model):
    """One source's figure in a dispute."""

    value: Words
    source: Id
    note: Text | None = None


class Dispute(Model):
    """A figure or fact on which sources disagree, shown side by side."""

    what: Words
    figures: Annotated[tuple[DisputedFigure, ...], Field(min_length=1)]
    """Usually two or more; one alone says that no second source was found."""
    we_print: Text | None = None
    """What the case prints, and why."""


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


class Name(Model):
    """A person's name."""

    en: Words
    """In Latin letters, as the person or the press writes it."""
    zh: Words | None = None
    """In Chinese characters, where a source gives them."""


class Role(Model):
    """An office held."""

    organisation: Id
    title: Words
    period: Edtf | None = None


class Person(Model):
    """A person of the registry."""

    id: Id
    name: Name
    literal_name: Words | None = None
    """The name as one string, where order or spelling matters in citations."""
    aliases: tuple[Words, ...] = ()
    description: Text
    roles: tuple[Role, ...] = ()
    same_as: tuple[Url, ...] = ()
    cites: tuple[Id, ...] = ()
    """Where the description comes from."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name.en


class Organisation(Model):
    """A company, publication, institution or account."""

    id: Id
    name: Words
    zh: Words | None = None
    """The name in Chinese characters, where a source gives it."""
    aliases: tuple[Words, ...] = ()
    description: Text
    parent: Id | None = None
    same_as: tuple[Url, ...] = ()
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Platform(Model):
    """A place where things are posted, streamed or sold."""

    id: Id
    name: Words
    zh: Words | None = None
    operator: Words
    """Who runs it; "unknown" where no source says."""
    audience: Text
    """Who uses it and for what, as far as the cases need it."""
    url: Url | None = None
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Product(Model):
    """A thing sold."""

    id: Id
    name: Words
    zh: Words | None = None
    maker: Id
    launched: Edtf | None = None
    description: Text
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Theme(Model):
    """A subject that runs through cases."""

    id: Id
    label: Words
    definition: Text
    broader: Id | None = None


class Lesson(Model):
    """A general statement that cases support, complicate or contradict."""

    id: Id
    statement: Words
    scope: Text
    """Where it is meant to hold."""
    limits: Text
    """When it fails."""
    cites: tuple[Id, ...] = ()
    """Whose idea it is, where it is not ours."""

    @property
    def label(self) -> str:
        """The statement itself."""
        return self.statement


class Term(Model):
    """A word of the glossary."""

    id: Id
    term: Words
    original: Words | None = None
    """The word in its own language."""
    definition: Text
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The word itself."""
        return self.term


class CslName(Model):
    """An author in CSL-JSON: `literal` for Chinese names and organisations, else `family` and `given`."""

    literal: Words | None = None
    family: Words | None = None
    given: Words | None = None

    @model_validator(mode="after")
    def _one_form(self) -> CslName:
        if bool(self.literal) == bool(self.family):
            raise PydanticCustomError("csl_name", "an author has either `literal` or `family` and `given`")
        return self

    @property
    def label(self) -> str:
        """The name in reading order."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


CslType = Literal[
    "article", "article-magazine", "article-newspaper", "book", "broadcast", "chapter", "interview",
    "motion_picture", "post", "post-weblog", "report", "speech", "webpage",
]  # fmt: skip


class Csl(Model):
    """The bibliographic record, in the terms of CSL-JSON 1.0.2."""

    type: CslType
    title: Text | None = None
    """As printed. Left out where it is not known; never made up."""
    author: tuple[CslName, ...] = ()
    editor: tuple[CslName, ...] = ()
    issued: Edtf | None = None
    """Left out where it is not known."""
    container_title: Annotated[Words | None, Field(alias="container-title")] = None
    publisher: Words | None = None
    URL: Url | None = None
    """Only an address that was seen; inferred ones are described in the source's `note`."""
    language: Language


class Source(Model):
    """Something that was read and can be cited."""

    id: Id
    csl: Csl
    short: Words
    """A few words for margins and timelines: "Nanfang+", "AsiaICT"."""
    accessed: Edtf
    archive_url: Url | None = None
    sha256: Sha256 | None = None
    """Digest of the archived text, where the whole text is in the private archive."""
    excerpt_sha256: Sha256 | None = None
    """Digest of an archived file that holds excerpts of this source, where the whole text is not at hand."""
    kind: SourceKind
    independence: Independence
    rights: Text | None = None
    note: Text | None = None
    """What a reader should know: repost of what, address not confirmed, excerpt only."""

    @property
    def label(self) -> str:
        """Title, or a plain statement that it is not known."""
        return self.csl.title or f"{self.short} (title not known)"


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


REGISTRY_MODELS: dict[str, type[Model]] = {
    "people": Person,
    "organisations": Organisation,
    "platforms": Platform,
    "products": Product,
    "themes": Theme,
    "lessons": Lesson,
    "terms": Term,
    "sources": Source,
}
"""Registry name (also its file's name and the site's folder) → model of one entry."""

Entity = Person | Organisation | Platform | Product | Theme | Lesson | Term


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a casefile."""
    return _published("casefile", Case.model_json_schema())


def registry_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file of the registry `name`: a list of entries."""
    entries: Any = GenericAlias(list, (REGISTRY_MODELS[name],))
    return _published(f"registry: {name}", TypeAdapter(entries).json_schema())


def reading_list_schema() -> dict[str, Any]:
    """The JSON Schema of a reading list."""
    return _published("reading list", ReadingList.model_json_schema())


def published_schemas() -> dict[str, dict[str, Any]]:
    """Every schema under the name of its file in `/schema/`."""
    registries = {f"{name}.json": registry_schema(name) for name in REGISTRY_MODELS}
    return {"case.json": case_schema(), **registries, "reading-list.json": reading_list_schema()}


def _published(what: str, schema: dict[str, Any]) -> dict[str, Any]:
    title = f"Founder Casebook {what}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
