"""`/contribute/fields/`: every field of the format with its meaning, its limits, and an example from this casebook.

What is said of a field is what its schema says (`model`), so the pages, the schemas and the checker cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from casebook.book import Casebook
from casebook.dates import DATE_PATTERN
from casebook.model import (
    EVIDENCE_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    NAMES,
    REFERENCE_PATTERN,
    REGISTRY_MODELS,
    URL_PATTERN,
    published_schemas,
)
from casebook.references import SINGULAR
from casebook.views.field_examples import Example, Steps, case_examples, reading_examples, registry_examples
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment, is_chinese

INDEX = "contribute/fields/"
Schema = Mapping[str, Any]
_KINDS = {
    ID_PATTERN: "an id", EVIDENCE_PATTERN: "a local id, or case-id#local-id", REFERENCE_PATTERN: "case-id#local-id",
    LANGUAGE_PATTERN: "a language tag", URL_PATTERN: "an address", DATE_PATTERN: "a date",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits",
}  # fmt: skip
"""What a text of a certain form is called."""


class Guide(NamedTuple):
    """One page of fields."""

    uri: str
    title: str
    dek: str
    roots: Callable[[], Iterator[tuple[Steps, Schema, Schema]]]
    """The models that the page begins with: path, schema, and the schema of the whole file."""
    examples: Callable[[Casebook], dict[Steps, Example]]


def _case_roots() -> Iterator[tuple[Steps, Schema, Schema]]:
    whole = published_schemas()["case.json"]
    yield (), {**whole, "title": "Case"}, whole


def _registry_roots() -> Iterator[tuple[Steps, Schema, Schema]]:
    for name in REGISTRY_MODELS:
        whole = published_schemas()[f"{name}.json"]
        yield (name,), _resolved(whole["items"], whole), whole


def _reading_roots() -> Iterator[tuple[Steps, Schema, Schema]]:
    whole = published_schemas()["reading-list.json"]
    yield (), {**whole, "title": "Reading list"}, whole


GUIDES = (
    Guide(INDEX, "Fields of a case", "Every field of a casefile: what it means, what it may hold, and an example from a case.",
          _case_roots, case_examples),
    Guide(f"{INDEX}registries/", "Fields of the registries",
          "Every field of the entries for people, organisations, platforms, products, themes, lessons, terms and sources.",
          _registry_roots, registry_examples),
    Guide(f"{INDEX}reading-lists/", "Fields of a reading list", "Every field of what a teacher assigns.",
          _reading_roots, reading_examples),
)  # fmt: skip


def field_specs(book: Casebook) -> Iterator[PageSpec]:
    """The pages of fields."""
    for guide in GUIDES:
        yield PageSpec(guide.uri, guide.title, "fields", "", partial(fields_page, book, guide))


def fields_page(book: Casebook, guide: Guide) -> Page:
    """One page of fields, a section for each model."""
    view = View(book, guide.uri)
    others = [Link(view.path(other.uri), other.title) for other in GUIDES if other is not guide]
    examples = guide.examples(book)
    models = [(*found, whole) for path, root, whole in guide.roots() for found in _models(path, root, whole)]
    titles = Counter(str(schema["title"]) for _, schema, _ in models)
    sections = [
        Section(
            _anchor(path) or str(schema["title"]).lower().replace(" ", "-"), 2, _title(schema, path, titles),
            _table(view, path, schema, whole, examples), "wide",
        )
        for path, schema, whole in models
    ]  # fmt: skip
    lead = fragment("fields_head", title=guide.title, dek=guide.dek, others=others)
    return Page(guide.uri, guide.title, "fields", guide.dek, lead, tuple(sections))


def _title(schema: Schema, path: Steps, titles: Mapping[str, int]) -> str:
    """A model's title; where several fields hold the same model, with the field's name."""
    title = str(schema["title"])
    return f"{title}: {path[-1]}" if titles[title] > 1 else title


def _models(path: Steps, schema: Schema, whole: Schema) -> Iterator[tuple[Steps, Schema]]:
    """A model and those within it, in the order of the fields."""
    yield path, schema
    for name, field in schema["properties"].items():
        inner = _inner(field, whole)
        if inner is not None:
            yield from _models((*path, name), inner, whole)


def _inner(field: Schema, whole: Schema) -> Schema | None:
    """The model that a field holds, alone or in a list."""
    place = field.get("items", field)
    return _resolved(place, whole) if "$ref" in place else None


def _resolved(schema: Schema, whole: Schema) -> Schema:
    return whole["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _anchor(path: Steps) -> str:
    return "-".join(path).lower().replace("_", "-")


def _table(view: View, path: Steps, schema: Schema, whole: Schema, examples: Mapping[Steps, Example]) -> Markup:
    rows = [
        _row(view, (*path, name), field, whole, examples, required=name in schema.get("required", ()))
        for name, field in schema["properties"].items()
    ]
    return fragment(
        "fields", title=schema["title"], where=" › ".join(path), says=_in_html(schema["description"]), rows=rows
    )


def _row(
    view: View, path: Steps, field: Schema, whole: Schema, examples: Mapping[Steps, Example], *, required: bool
) -> Row:
    inner = _inner(field, whole)
    described = field if "description" in field or inner is None else inner
    example = examples.get(path)
    choices = list(zip(field.get("enum", ()), field.get("enumDescriptions", ()), strict=True))
    return Row(
        key=path[-1], anchor=_anchor(path), leads=inner is not None, needed=_needed(field, required=required),
        meaning=_in_html(described["description"]), limits=_limits(field, inner), choices=choices,
        example=example.text if example else _invented(field), origin=view.to(example.origin) if example else None,
        lang="zh-Hans" if is_chinese(example.text if example else _invented(field)) else "",
    )  # fmt: skip


def _invented(field: Schema) -> str:
    """The format's own example, for a field that the casebook does not use."""
    example = next(iter(field.get("examples", ())), "")
    return f"[{', '.join(example)}]" if isinstance(example, list) else str(example)


def _needed(field: Schema, *, required: bool) -> str:
    if required:
        return "required"
    default = field.get("default")
    return "optional" if default is None else f"optional; otherwise {str(default).lower()}"


def _limits(field: Schema, inner: Schema | None) -> str:
    """What a field may hold, in a few words: `1 to 6 entries`, `an id of a person or organisation`, `up to 40 characters`."""
    if field.get("type") == "array":
        return f"a list{_count(field)}" + ("" if inner else f", each {_limits(field['items'], None)}")
    if inner is not None:
        return "fields of its own"
    if "enum" in field:
        return "one of these words"
    if NAMES in field:
        return f"the id of {_one_of(field[NAMES])}"
    if field.get("type") in ("number", "integer", "boolean"):
        return {"number": "a number", "boolean": "true or false"}.get(field["type"]) or _whole_number(field)
    known = _KINDS.get(field.get("pattern", ""))
    if known:
        return known
    kind = "Markdown" if field.get("contentMediaType") == "text/markdown" else "text"
    return f"{kind}, up to {field['maxLength']:,} characters" if "maxLength" in field else kind


def _whole_number(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    return f"{low}" if low == high else f"a whole number from {low} to {high}"


def _count(field: Schema) -> str:
    low, high = field.get("minItems"), field.get("maxItems")
    if low and high:
        return f" of {low} to {high}"
    return f" of at least {low}" if low else f" of up to {high}" if high else ""


def _one_of(registries: list[str]) -> str:
    words = [SINGULAR[name] for name in registries]
    return _a(" or ".join(filter(None, (", ".join(words[:-1]), words[-1]))))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _in_html(words: str) -> Markup:
    """A description, in which code stands between grave accents."""
    pieces = re.split(r"`([^`]*)`", words)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )
