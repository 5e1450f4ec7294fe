"""Casebooks whose every field holds what somebody hostile typed. The models say which fields there are.

`EVERYTHING` is one sound set of casefiles that uses every model. `planted` puts a string into each field of it that takes
words, those that it leaves out included, so that a new field of words is covered by itself; `misplaced` puts a string
where a date, an id, a list or fields are wanted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args
from zlib import crc32

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.text_files import FORBIDDEN

CASE = """\
schema_version: 1
id: case-{n}
title: title
dek: dek
status: published
occurred: "2024-01-10"
published: "2024-06-01"
updated: "2024-06-07"
glance: [glance, glance, glance]
key_figures:
  - {value: 5, unit: days, qualifier: about, label: how long, as_of: "2024", source: source-{n}}
charts:
  - id: chart
    title: title
    kind: bar
    unit: days
    note: note
    series:
      - label: label
        points: [{at: one, value: 5, qualifier: about, source: source-{n}, note: note}, {at: "2024", value: 6, source: source-{n}}]
cast:
  - {who: person-{n}, role: role}
  - {who: organisation-{n}, role: role}
  - {who: platform-{n}, role: role}
  - {who: product-{n}, role: role}
themes: [theme-{n}]
body:
  - id: opening
    heading: heading
    text: "[[person-{n}]] spoke [@source-{n}, p. 3]. She said [[#quote|a sentence]] to [[organisation-{n}]], [[theme-{n}]], [[term-{n}]]."
events:
  - id: event
    date: "2024-01-10"
    time: noon
    title: title
    detail: detail
    strand: persona
    on_arc: short
    actors: [person-{n}]
    platforms: [platform-{n}]
    cites: [source-{n}]
    confidence: disputed
  - {id: outcome, date: "2024-03-01", title: title, strand: product, cites: [source-{n}]}
quotes:
  - id: quote
    exact: exact
    lang: zh-Hans
    translation: {lang: en, text: text, by: editors}
    speaker: person-{n}
    date: "2024-01-10"
    venue: venue
    source: source-{n}
    prefix: prefix
    suffix: suffix
    note: note
claims:
  - id: claim
    text: text
    by: person-{n}
    made_on: "2024-01-10"
    quote: quote
    kind: factual
    due: "2024-03-31"
    on_arc: short
    test: test
    history:
      - {"on": "2024-01-10", status: pending, note: note, cites: [source-{n}], event: event}
positions:
  - {issue: issue, holder: person-{n}, stance: stance, summary: A summary., quotes: [quote], cites: [source-{n}]}
  - {issue: issue, holder: organisation-{n}, stance: stance, summary: A summary., response_to: person-{n}, cites: [source-{n}]}
media:
  - id: picture
    describes: describes
    published_by: organisation-{n}
    "on": "2024"
    authenticity:
      - {category: staged, attributed_to: person-{n}, "on": "2024", note: note, cites: [source-{n}]}
    reply: reply
lessons:
  - {lesson: lesson-{n}, relation: supports, why: A reason., evidence: [quote, event, claim, picture]}
teaching:
  synopsis: synopsis
  level: level
  objectives: [{id: objective, text: text, bloom: evaluate}]
  questions:
    - {id: question, text: text, objective: objective, evidence: [claim], minutes: 5, answer_note: A note.}
  preparation: [{id: prepared, text: text, evidence: [claim]}]
  plan: [{minutes: 5, least: 3, activity: activity, question: question}]
  board: [{column: column, prompts: [prompt]}]
  pause: {after: "2024-01-31", so_far: So far., ask: ask, sections: [opening]}
related:
  - {case: case-{m}, relation: parallel, why: why}
further: [source-{n}]
disputed:
  - {what: what, figures: [{value: five, source: source-{n}, note: note}], we_print: print}
corrections:
  - {"on": "2024-06-05", what: what, why: why}
aliases: [former-{n}]
moved:
  - {was: old-quote, now: quote}
  - {was: gone-quote, why: why}
"""
RETIRED = """\
retired:
  on: "2024-07-01"
  why: why
  instead: [case-{m}]
"""
REGISTRIES = {
    "people": """\
id: person-{n}
name: {en: Person {n}, zh: 人}
literal_name: Person
aliases: [alias]
description: description
roles: [{organisation: organisation-{n}, title: title, period: "2024"}]
same_as: ["https://example.org/person"]
cites: [source-{n}]
""",
    "organisations": """\
id: organisation-{n}
name: Organisation {n}
zh: 组织
aliases: [alias]
description: description
same_as: ["https://example.org/organisation"]
cites: [source-{n}]
""",
    "platforms": """\
id: platform-{n}
name: Platform {n}
zh: 平台
operator: operator
audience: audience
url: https://example.org/
cites: [source-{n}]
""",
    "products": """\
id: product-{n}
name: Product {n}
zh: 产品
maker: organisation-{n}
launched: "2024"
description: description
cites: [source-{n}]
""",
    "themes": "{id: theme-{n}, label: label, definition: definition}",
    "lessons": "{id: lesson-{n}, statement: statement, scope: scope, limits: limits, cites: [source-{n}]}",
    "terms": "{id: term-{n}, term: term, original: 词, definition: definition, cites: [source-{n}]}",
    "sources": """\
id: source-{n}
csl:
  type: article-newspaper
  title: title
  author: [{literal: literal}, {family: family, given: given}]
  editor: [{family: family, given: given}]
  issued: "2024-05-01"
  container-title: container
  publisher: publisher
  URL: https://example.org/{n}
  language: en
short: short
accessed: "2024-05-01"
archive_url: https://example.org/archive/{n}
sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
kind: secondary
independence: press
rights: rights
note: note
""",
}
READING_LIST = """\
id: list-{n}
title: title
audience: audience
introduction: Read [[case-{n}]] first.
sessions:
  - n: 1
    title: title
    date: "2024-06-10"
    time: "09:30"
    minutes: 75
    objectives: [objective]
    items:
      - {case: case-{n}, sections: [opening], why: why, minutes: 5, optional: true}
      - {source: source-{n}, why: why}
    questions: [case-{n}#question]
    own_questions:
      - {id: own, text: text, evidence: ["case-{n}#claim"], minutes: 5, answer_note: A note.}
updated: "2024-06-05"
"""
Values = dict[str, Any]


def sound(number: int, other: int) -> dict[str, Values]:
    """One case, an entry of each registry and a reading list, which lead to each other; `other` is a related case."""

    def read(text: str) -> Values:
        values: Values = yaml.load(text.replace("{n}", str(number)).replace("{m}", str(other)), yaml.CBaseLoader)  # noqa: S506 - text only
        return values

    entries = {name: read(text) for name, text in REGISTRIES.items()}
    gone = CASE.replace("id: case-{n}", "id: retired-{n}").replace("former-{n}", "forgone-{n}")
    retired = read(gone.replace("status: published", "status: retired") + RETIRED)
    return {"cases": read(CASE), "retired": retired, **entries, "readings": read(READING_LIST)}


MODELS: dict[str, type[BaseModel]] = {"cases": Case, "retired": Case, **REGISTRY_MODELS, "readings": ReadingList}


@dataclass(frozen=True)
class Place:
    """A field of a mapping, filled or not."""

    model: type[BaseModel]
    name: str
    holder: Values
    key: str
    """The field's name in the file."""

    @property
    def field(self) -> str:
        """`Case.title`."""
        return f"{self.model.__name__}.{self.key}"


def places(model: type[BaseModel], values: Values) -> Iterator[Place]:
    """Every field of a mapping and of those inside it."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield Place(model, name, values, key)
        inner = next(_models(field.annotation), None)
        if inner and key in values:
            for value in values[key] if isinstance(values[key], list) else [values[key]]:
                yield from places(inner, value)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def all_models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and those inside it."""
    inner = {found for field in model.model_fields.values() for found in _models(field.annotation)}
    return {model}.union(*(all_models(found) for found in inner))


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    return TypeAdapter(Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation)


def takes(model: type[BaseModel], name: str, value: object) -> bool:
    """Whether a field takes a value."""
    try:
        _adapter(model, name).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def kind_of(model: type[BaseModel], name: str) -> str:
    """`words`, `list` of words, `prose` or `typed`."""
    field = model.model_fields[name]
    if "text/markdown" in repr((field.annotation, field.metadata, field.json_schema_extra)):
        return "prose"
    if takes(model, name, "some <words>"):
        return "words"
    return "list" if takes(model, name, ["some <words>"] * 3) else "typed"


LENGTHS = (2000, 1200, 400, 200, 60, 40)


@cache
def room(model: type[BaseModel], name: str) -> int:
    """How many characters a field takes."""
    few = 3 if kind_of(model, name) == "list" else 0
    return next(n for n in LENGTHS if takes(model, name, ["x" * n] * few if few else "x" * n))


def fitting(words: str, place: Place) -> str:
    """As much of the words as the field takes; nothing when it takes none of them."""
    cut = words[: room(place.model, place.name)]
    value: object = [cut] * 3 if kind_of(place.model, place.name) == "list" else cut
    return cut if takes(place.model, place.name, value) else ""


WORDS = ("words", "list")
"""Kinds of fields that hold plain words."""
FILLED_ALREADY = {"MovedId.why"}
"""Fields that a rule refuses beside another, and that `sound` fills where they may stand."""


def plant(model: type[BaseModel], values: Values, strings: Sequence[str], kinds: Collection[str] = WORDS) -> set[str]:
    """Put one of the strings into every field that takes it, also where there was none. The fields come back."""
    planted = set()
    for place in list(places(model, values)):
        kind = kind_of(place.model, place.name)
        # The same field holds the same words in all of a case: positions on one issue must name it alike.
        words = strings[crc32(place.field.encode()) % len(strings)]
        if kind not in kinds or not (cut := fitting(words, place)):
            continue
        before = place.holder.get(place.key)
        place.holder[place.key] = [cut] * (len(before) if before else 1) if kind == "list" else cut
        if before is None and (place.field in FILLED_ALREADY or not _is_whole(place)):
            del place.holder[place.key]  # one of two fields that exclude each other
        else:
            planted.add(place.field)
    return planted


def _is_whole(place: Place) -> bool:
    try:
        place.model.model_validate(place.holder)
    except ValidationError:
        return False
    return True


def can_stand(words: str) -> bool:
    """Whether a text can hold these words at all."""
    return bool(words.strip()) and not FORBIDDEN.search(words) and words.isprintable() | ("\n" in words)


def write(folder: Path, sets: Iterable[Mapping[str, Values]]) -> Path:
    """Write sets of `sound` or planted values as a `casefiles` folder: JSON, which is YAML too, a value a line."""
    root = folder / "casefiles"
    for part in ("cases", "registry", "readings"):
        (root / part).mkdir(parents=True, exist_ok=True)
    all_sets = list(sets)
    names = {"cases": "cases/case", "retired": "cases/retired", "readings": "readings/list"}
    for number, values in enumerate(all_sets):
        for part in names.keys() & values.keys():
            (root / f"{names[part]}-{number}.yml").write_text(as_text(values[part]), encoding="utf-8")
    for name in REGISTRIES:
        entries = [values[name] for values in all_sets if name in values]
        (root / "registry" / name).mkdir(exist_ok=True)
        for first in range(0, len(entries), 40):
            path = root / "registry" / name / f"part-{first // 40}.yml"
            path.write_text(as_text(entries[first : first + 40]), encoding="utf-8")
    return root


def as_text(values: object) -> str:
    """Values as JSON, which is YAML too, with a line for each."""
    return json.dumps(values, ensure_ascii=False, indent=1)


def planted(
    strings: Sequence[Sequence[str]], kinds: Collection[str] = WORDS
) -> tuple[list[dict[str, Values]], set[str]]:
    """A casebook with a case for each of the lists, whose words are the list's, and the fields that hold them."""
    sets: list[dict[str, Values]] = []
    covered: set[str] = set()
    for number, some in enumerate(strings):
        values = sound(number, (number + 1) % len(strings))
        for part, model in MODELS.items():
            covered |= plant(model, values[part], some, kinds)
        sets.append(values)
    return sets, covered


def misplaced(
    value: object, *, every: int = 1, first: int = 0, kinds: Collection[str] = ("typed",)
) -> dict[str, Values]:
    """A set in which a value stands where something else is wanted: in each `every`th field, beginning with the `first`."""
    values = sound(0, 0)
    number = 0
    for part, model in MODELS.items():
        for place in list(places(model, values[part])):
            if kind_of(place.model, place.name) in kinds:
                if number % every == first:
                    place.holder[place.key] = value
                number += 1
    return values


def renamed(key: str, *, every: int, first: int) -> dict[str, Values]:
    """A set in which each `every`th field has that key, beginning with the `first`."""
    values = sound(0, 0)
    filled = [
        place for part, model in MODELS.items() for place in places(model, values[part]) if place.key in place.holder
    ]
    for place in filled[first::every]:
        place.holder[key] = place.holder.pop(place.key)
    return values
