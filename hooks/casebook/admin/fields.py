"""The fields of the form, one for each field of a model: what to type, in which kind of control, with which hint.

Made from the models' JSON Schema, which knows of every field what it means, what it may say, and what its ids name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from casebook.dates import json_schema as date_schema
from casebook.model import ID_PATTERN, LANGUAGE_PATTERN, NAMES, URL_PATTERN
from casebook.model.choices import meanings_of
from casebook.references import LOCAL_EVIDENCE

Widget = dict[str, Any]
"""One field as Decap CMS takes it."""
Shape = Mapping[str, Any]
"""A JSON Schema."""

LONGEST_LINE = 200
"""A text that may be longer is given a box of several lines."""

_EVIDENCE = tuple(f"#{kind}" for kind in LOCAL_EVIDENCE)
LOCAL_NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    ("StatusChange", "event"): ("#events",),
    ("Claim", "quote"): ("#quotes",),
    ("Position", "quotes"): ("#quotes",),
    ("LessonUse", "evidence"): _EVIDENCE,
    ("Question", "objective"): ("#objectives",),
    ("Question", "evidence"): _EVIDENCE,
    ("Preparation", "evidence"): _EVIDENCE,
    ("Pause", "sections"): ("#body",),
    ("PlanStep", "question"): ("#questions",),
    ("MovedId", "now"): (*_EVIDENCE, "#questions", "#charts"),
    ("Session", "questions"): ("questions",),
}
"""Model and field → the lists of the same case whose ids it may name; for a reading list, the questions of all cases.

What the ids of registries and cases are offered for, the models say themselves.
"""

SUMMARIES = {
    "KeyFigure": "{{fields.value}} {{fields.unit}} · {{fields.label}}",
    "Chart": "{{fields.title}}",
    "ChartSeries": "{{fields.label}}",
    "ChartPoint": "{{fields.at}} · {{fields.value}}",
    "CastMember": "{{fields.who}} · {{fields.role}}",
    "BodySection": "{{fields.heading}}",
    "TimelineEvent": "{{fields.date}} · {{fields.title}}",
    "Quote": "{{fields.id}} · {{fields.exact}}",
    "StatusChange": "{{fields.on}} · {{fields.status}}",
    "Claim": "{{fields.id}} · {{fields.text}}",
    "Position": "{{fields.holder}} · {{fields.stance}}",
    "AuthenticityStatement": "{{fields.category}} · {{fields.attributed_to}}",
    "Media": "{{fields.id}} · {{fields.describes}}",
    "LessonUse": "{{fields.lesson}} · {{fields.relation}}",
    "Objective": "{{fields.id}} · {{fields.text}}",
    "Question": "{{fields.id}} · {{fields.text}}",
    "PlanStep": "{{fields.minutes}} minutes · {{fields.activity}}",
    "BoardColumn": "{{fields.column}}",
    "RelatedCase": "{{fields.case}} · {{fields.relation}}",
    "Dispute": "{{fields.what}}",
    "DisputedFigure": "{{fields.value}} · {{fields.source}}",
    "Correction": "{{fields.on}} · {{fields.what}}",
    "MovedId": "{{fields.was}} · {{fields.now}} {{fields.why}}",
    "Role": "{{fields.title}} · {{fields.organisation}}",
    "CslName": "{{fields.literal}} {{fields.given}} {{fields.family}}",
    "Session": "{{fields.n}} · {{fields.title}}",
    "ReadingItem": "{{fields.case}} {{fields.source}}",
}
"""What a folded entry of a list shows, so that it is found without opening it."""

LABELS = {
    "csl": "Bibliographic record", "URL": "Web address", "url": "Web address", "zh": "In Chinese characters",
    "en": "In Latin letters", "n": "Number", "lang": "Language", "archive_url": "Archive address",
    "sha256": "SHA-256 of the text", "excerpt_sha256": "SHA-256 of the excerpt", "schema_version": "Version of the format",
}  # fmt: skip

PLURALS = {
    "glance": "Sentences at a glance", "cast": "Members of the cast", "body": "Sections of the essay",
    "history": "Steps of its history", "disputed": "Disputes", "related": "Related cases", "media": "Pictures and clips",
    "authenticity": "Statements on its authenticity", "plan": "Steps of the plan", "board": "Columns of the board",
    "preparation": "Questions to prepare", "evidence": "Pieces of evidence", "moved": "Moved ids", "author": "Authors",
    "editor": "Editors", "same_as": "Addresses that mean the same",
}  # fmt: skip
"""What a list is called where its name is no plural: folded, it says how many there are, as in "6 sections of the essay"."""

SINGULARS = {
    "glance": "sentence", "cast": "member of the cast", "body": "section of the essay", "history": "step", "series": "series",
    "disputed": "dispute", "related": "related case", "aliases": "alias", "media": "picture or clip", "plan": "step",
    "authenticity": "statement", "preparation": "question to prepare", "evidence": "piece of evidence", "moved": "moved id",
    "board": "column", "same_as": "web address", "author": "author", "editor": "editor",
}  # fmt: skip
"""One entry of a list, where that is not the list's name without its s."""

_ADVICE = {
    date_schema()["pattern"]: "a date such as 2024-11-13, 2024-11, 2024~ (about) or 2025-04/2025-05 (from and to)",
    ID_PATTERN: "lower-case letters, digits and single hyphens",
    LANGUAGE_PATTERN: "a language tag: en, zh-Hans, zh-Hant",
    URL_PATTERN: "a whole address, with https://",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits: sha256sum FILE prints them",
}
"""Pattern → what Decap CMS says where a text does not match: "… should match the pattern", and this."""
_NUMBER = (r"^-?[0-9]{1,18}(\.[0-9]{1,9})?$", "digits only; units and words have fields of their own")


def form_fields(model: type[BaseModel]) -> list[Widget]:
    """A widget for every field of a model, in the model's order."""
    schema = model.model_json_schema()
    return _fields(schema, schema.get("$defs", {}), model.__name__)


def _fields(shape: Shape, defs: Shape, name: str, *, within_optional: bool = False) -> list[Widget]:
    """The fields of one object.

    Inside an object that may be left out nothing is asked for: Decap CMS would ask for its fields even where the object
    is not wanted. The checker knows better, and says so when the entry is saved.
    """
    needed = () if within_optional else shape.get("required", ())
    return [
        {
            "name": key,
            "label": _label(key),
            "required": key in needed,
            **_hint(inner),
            **_control(name, key, inner, defs),
        }
        for key, inner in shape["properties"].items()
    ]


def _called_otherwise(key: str, shape: Shape) -> Widget:
    """The words for a list whose name says nothing after a number; its hint still says the name, as messages do."""
    if key not in PLURALS:
        return {}
    hint = " ".join([*_hint(shape).values(), f"In the file and in messages: {key}."])
    return {"label": PLURALS[key], "hint": hint}


def _label(key: str) -> str:
    words = key.replace("_", " ").replace("-", " ")
    return LABELS.get(key, words[0].upper() + words[1:])


def _hint(shape: Shape) -> dict[str, str]:
    said = [str(shape.get("description", "")).replace("`", "")]
    plain = _without_none(shape)
    shown = [
        str(example)
        for example in plain.get("examples", shape.get("examples", ()))
        if not isinstance(example, list | dict)
    ]
    said += [f"For example: {' · '.join(shown)}"] if shown else []
    text = " ".join(part for part in said if part)
    return {"hint": text} if text else {}


def _without_none(shape: Shape) -> Shape:
    """A field's shape without the `null` that says it may be left out."""
    others = [option for option in shape.get("anyOf", ()) if option.get("type") != "null"]
    return others[0] if len(others) == 1 else shape


def _control(name: str, key: str, shape: Shape, defs: Shape) -> Widget:
    is_optional, plain = "anyOf" in shape, _without_none(shape)
    is_list = plain.get("type") == "array"
    item = plain["items"] if is_list else plain
    kinds = LOCAL_NAMES.get((name, key)) or item.get(NAMES) or plain.get(NAMES)
    inner = str(item.get("$ref", "")).rpartition("/")[2]
    if kinds:
        return {
            "widget": "reference",
            "kinds": list(kinds),
            "multiple": is_list,
            **({"default": []} if is_list else {}),
        }
    if inner and is_list:
        fields = _fields(defs[inner], defs, inner)
        return {
            **_list(key, shape),
            "collapsed": True,
            "minimize_collapsed": True,
            "summary": _summary(inner, fields),
            "fields": fields,
        }
    if inner:
        fields = _fields(defs[inner], defs, inner, within_optional=is_optional)
        return {"widget": "object", "collapsed": is_optional, "fields": fields}
    if is_list:
        return {**_list(key, shape), "field": {"name": "item", "label": _singular(key).capitalize(), **_scalar(item)}}
    return _scalar(plain)


def _list(key: str, shape: Shape) -> Widget:
    """A list. One of objects is not even drawn until it is opened: a case has a thousand fields."""
    plain = _without_none(shape)
    most = {"max": plain["maxItems"]} if "maxItems" in plain else {}
    folded = {"collapsed": False, "minimize_collapsed": False}
    called = {"label_singular": _singular(key), **_called_otherwise(key, shape)}
    return {"widget": "list", **called, "default": [], **folded, **most}


def _summary(name: str, fields: list[Widget]) -> str:
    return SUMMARIES.get(name) or f"{{{{fields.{fields[0]['name']}}}}}"


def _singular(name: str) -> str:
    return SINGULARS.get(name, name.removesuffix("s").replace("_", " "))


def _scalar(shape: Shape) -> Widget:
    if "enum" in shape:
        meanings = meanings_of(shape["enum"])
        return {"widget": "select", "options": [_choice(word, meanings[word]) for word in shape["enum"]]}
    if shape.get("type") == "boolean":
        # Text, as all values in a casefile are until they are read.
        return {"widget": "select", "options": [{"value": "true", "label": "yes"}, {"value": "false", "label": "no"}]}
    if shape.get("type") == "integer":
        limits = {"min": shape.get("minimum"), "max": shape.get("maximum")}
        return {"widget": "number", "value_type": "int", **{key: at for key, at in limits.items() if at is not None}}
    if shape.get("type") == "number":
        # A number control would make 44.60 of it 44.6.
        return {"widget": "string", "pattern": _may_be_empty(*_NUMBER)}
    # Never the control for Markdown: it writes prose anew, and prose is to stay as it was typed.
    widget: Widget = {"widget": "text" if shape.get("maxLength", 0) > LONGEST_LINE else "string"}
    pattern = shape.get("pattern", "")
    return {**widget, "pattern": _may_be_empty(pattern, _ADVICE[pattern])} if pattern in _ADVICE else widget


def _may_be_empty(pattern: str, advice: str) -> list[str]:
    return [f"^$|{pattern}", advice]


def _choice(word: str, meaning: str) -> dict[str, str]:
    shown = word.replace("-", " ").replace("_", " ")
    return {"value": word, "label": f"{shown}: {meaning[0].lower()}{meaning[1:].rstrip('.')}"}
