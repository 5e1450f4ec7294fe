"""Single values: text, ids, dates, numbers and addresses, how they are read and how a schema describes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError, PydanticKnownError

from casebook.dates import DateSyntaxError, PartialDate, json_schema, parse_date
from casebook.problems import shorten

MOMENT_LENGTH = 60
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
REFERENCE_PATTERN = r"^([a-z0-9]+(-[a-z0-9]+)*)?#[a-z0-9]+(-[a-z0-9]+)*$"
EVIDENCE_PATTERN = r"^(([a-z0-9]+(-[a-z0-9]+)*)?#)?[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
URL_PATTERN = r"""^https?://[^\s<>"/][^\s<>"]*$"""
_REFERENCE = re.compile(REFERENCE_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_CLOCK = re.compile(CLOCK_PATTERN)
_URL = re.compile(URL_PATTERN)
_DATE_LIKE = re.compile(r"(?:[0-9]{4}|[0-9]{2}[0-9X]X|\.\.)[0-9X/~?%.:TZ+-]*")
"""What can only be meant as a date: a year, alone or followed by nothing but EDTF's characters."""
_TRUTH_VALUES = ("true", "false", "yes", "no")


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
            {"text": _shown(value), "why": error.why, "offset": error.offset, "meant": error.meant},
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


def _check_clock(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise PydanticCustomError("clock", "{time} is not a time of day", {"time": _shown(value)})
    return value


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
    return typographic(value)


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
CaseReference = Annotated[
    str, Field(max_length=161, json_schema_extra={"pattern": REFERENCE_PATTERN}), AfterValidator(_check_reference)
]
"""`case-id#local-id`: an event or a question of another case."""
EvidenceReference = Annotated[
    str, Field(max_length=161, json_schema_extra={"pattern": EVIDENCE_PATTERN}), AfterValidator(_check_evidence)
]
"""A local id of this case, or `case-id#local-id`."""
Language = Annotated[str, Field(json_schema_extra={"pattern": LANGUAGE_PATTERN}), AfterValidator(_check_language)]
Clock = Annotated[str, Field(json_schema_extra={"pattern": CLOCK_PATTERN}), AfterValidator(_check_clock)]
"""A time of day, `09:30`, by the clock of the place."""
Url = Annotated[
    str, Field(max_length=2000, json_schema_extra={"format": "uri", "pattern": URL_PATTERN}), AfterValidator(_check_url)
]
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
