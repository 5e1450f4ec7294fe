"""Values of a node → a model, or a located `Problem` with a hint for every error of shape."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from casebook.model import Model
from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode, node_at, plain_value
from casebook.problems import Location, Problem, did_you_mean, shorten
from casebook.syntax import is_below_block_text

M = TypeVar("M", bound=Model)


def validate(model: type[M], node: Node) -> tuple[M | None, list[Problem]]:
    """Build a model from a node. Either the model or at least one problem comes back."""
    try:
        return model.model_validate(plain_value(node)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        unknown: dict[tuple[str | int, ...], list[str]] = {}
        for detail in details:
            if detail["type"] == "extra_forbidden":
                unknown.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
        return None, [_problem(model, node, detail) for detail in details if not _is_echo(node, detail, unknown)]


def _is_echo(root: Node, detail: ErrorDetails, unknown: Mapping[tuple[str | int, ...], list[str]]) -> bool:
    """Whether an error follows from another.

    A field is missing because it is misspelt; a list seems too short because Pydantic does not count faulty entries.
    """
    loc = detail["loc"]
    if detail["type"] == "missing":
        return any(did_you_mean(shorten(key), [str(loc[-1])]) for key in unknown.get(loc[:-1], ())[:20])
    found = node_at(root, loc) if detail["type"] == "too_short" else None
    return isinstance(found, SequenceNode) and len(found.items) >= detail["ctx"]["min_length"]


def _problem(model: type[Model], root: Node, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    node = node_at(root, loc)
    handler = _HANDLERS.get(detail["type"], _other_problem)
    return handler(_Context(model, root, node, loc, detail))


@dataclass(frozen=True, slots=True)
class _Context:
    model: type[Model]
    root: Node
    node: Node
    loc: tuple[str | int, ...]
    detail: ErrorDetails

    @property
    def name(self) -> str:
        """The field's name; for an item of a list, the list's."""
        words = [str(step) for step in self.loc if isinstance(step, str)]
        return words[-1] if words else "entry"

    @property
    def ctx(self) -> Mapping[str, Any]:
        return self.detail.get("ctx", {})

    def problem(self, code: str, message: str, hint: str = "", *, offset: int | None = None) -> Problem:
        place = self.node.location
        if offset is not None and isinstance(self.node, ScalarNode):
            place = self.node.locate(offset + len(self.node.value) - len(self.node.value.lstrip()))
        return Problem(place, code, message, hint)


def _missing(c: _Context) -> Problem:
    known = _field_description(c.model, c.loc)
    return c.problem("CB101", f'the field "{c.name}" is missing', f'add "{c.name}:"{known}')


def _unknown(c: _Context) -> Problem:
    parent = node_at(c.root, c.loc[:-1])
    key = str(c.loc[-1])
    place = parent.keys[key].location if isinstance(parent, MappingNode) and key in parent.keys else c.node.location
    known = _field_names(_model_at(c.model, c.loc[:-1]))
    hint = did_you_mean(shorten(key), known) or f"the fields here are {', '.join(known)}"
    if " " in key and not hint.startswith("did you"):
        hint = _split_text(parent, place, hint)
    return Problem(place, "CB102", f'there is no field "{shorten(key)}"', hint)


def _split_text(parent: Node, place: Location, fields: str) -> str:
    """What to do about words that became a field's name: of a text that was split, or of a field that there is not."""
    lines = parent.file.lines
    if lines[parent.line].startswith("{", parent.column):
        return "a comma or colon split this text: put the whole text in quotes"
    is_outside = is_below_block_text(lines, place.line - 1)
    advice = "indent it like the lines above" if is_outside else "put the whole text in quotes"
    return f"if it is part of the text above, {advice}; else {fields}"


def _wrong_shape(c: _Context) -> Problem:
    wanted = {
        "string_type": "text", "model_type": "fields (a mapping)", "model_attributes_type": "fields (a mapping)",
        "dict_type": "fields (a mapping)", "tuple_type": "a list", "list_type": "a list",
    }.get(c.detail["type"], "a value")  # fmt: skip
    if isinstance(c.node, ScalarNode) and not c.node.value:
        return _empty(c)
    found = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "fields (a mapping)"}[type(c.node)]
    hint = 'start each item with "- "' if wanted == "a list" else f"write {wanted} here"
    if isinstance(c.node, MappingNode) and wanted in ("text", "a value"):
        hint = "a colon makes it a field: put the text in quotes"
    return c.problem("CB103", f'"{c.name}" needs {wanted}, not {found}', hint)


def _wanted_text(c: _Context, handler: Callable[[_Context, str], Problem]) -> Problem:
    """What `handler` says about a value that is text; lists, fields and emptiness are said here."""
    if not isinstance(c.node, ScalarNode):
        return _wrong_shape(c)
    value = c.node.value.strip()
    return handler(c, value) if value else _empty(c)


def _empty(c: _Context) -> Problem:
    field = _field_at(c.model, c.loc)
    hint = "give it a value" if field and field.is_required() else "give it a value, or delete the line"
    return c.problem("CB104", f'"{c.name}" is empty', hint)


def _length(c: _Context) -> Problem:
    unit = "entries" if c.detail["type"] in ("too_short", "too_long") else "characters"
    if c.detail["type"].endswith("too_short"):
        if unit == "characters" or not c.ctx.get("actual_length"):
            return _empty(c)
        return c.problem("CB105", f'"{c.name}" has {c.ctx["actual_length"]} {unit}; at least {c.ctx["min_length"]} are needed',
                         "add what is missing")  # fmt: skip
    length = c.ctx.get("actual_length") or (len(c.node.value) if isinstance(c.node, ScalarNode) else "too many")
    return c.problem("CB105", f'"{c.name}" has {length} {unit}; {c.ctx["max_length"]} is the limit', "shorten it")


def _choice(c: _Context, value: str) -> Problem:
    choices = re.findall(r"'([^']*)'", str(c.ctx.get("expected", "")))
    hint = did_you_mean(shorten(value), choices)
    listed = f"choose one of {', '.join(choices)}"
    return c.problem("CB106", f'"{shorten(value)}" is not a choice for "{c.name}"', f"{hint} {listed}".strip())


def _number(c: _Context, value: str) -> Problem:
    limits = [f"{word} {c.ctx[key]}" for key, word in (("ge", "at least"), ("le", "at most")) if key in c.ctx]
    hint = (
        f"write a number of {' and '.join(limits)}"
        if limits
        else "write digits only: 100000, 93.5; words go into other fields"
    )
    if c.detail["type"] == "bool_parsing":
        hint = "write true or false"
    elif "ge" in c.ctx and _is_left_out_at_will(c):
        hint += "; or delete the line, if it is not known"
    return c.problem("CB107", f'"{shorten(value)}" is not right for "{c.name}"', hint)


def _is_left_out_at_will(c: _Context) -> bool:
    field = _field_at(c.model, c.loc)
    return field is not None and not field.is_required()


_STRAY_MARKS = "“”„‟«»‘’‚\"'"
"""Quotation marks that YAML takes for a part of the text: those of word processors, and straight ones without another."""


def _date(c: _Context, value: str) -> Problem:
    hint = 'write it as "2024", "2024-11", "2024-11-13", "2024-11~" or "2025-04-01/2025-05-09"'
    if value.strip(_STRAY_MARKS) != value:
        hint = f'use straight quotation marks, one at each end: "{shorten(value.strip(_STRAY_MARKS))}"'
    elif c.ctx["meant"]:
        hint = f'write "{c.ctx["meant"]}"'
    return c.problem("CB108", c.detail["msg"], hint, offset=int(c.ctx["offset"]))


OWN_IDS = ("id", "aliases", "former_ids")
"""Fields whose ids name the entry itself; in all others an id names something else, which may have a name."""

_PATTERN_HINTS = {
    "id_pattern": ("CB109", "use lower-case letters, digits and single hyphens"),
    "reference_pattern": ("CB109", "write case-id#local-id"),
    "language_tag": ("CB111", 'write "en", "zh-Hans" or "zh-Hant"'),
    "clock": ("CB116", 'write hours and minutes in quotes, "09:30"'),
    "http_url": ("CB112", "write the whole address, starting with https://"),
    "string_pattern_mismatch": ("CB113", "write 64 lower-case hexadecimal digits"),
    "csl_name": ("CB114", "Chinese names and organisations take `literal`"),
    "reading_item": ("CB114", "keep one of the two"),
}


def _pattern(c: _Context) -> Problem:
    code, hint = _PATTERN_HINTS[c.detail["type"]]
    message = c.detail["msg"]
    if c.detail["type"] == "string_pattern_mismatch":
        message = f'"{c.name}" is not a SHA-256 digest'
    problem = c.problem(code, message, hint)
    if c.detail["type"] == "id_pattern" and c.name not in OWN_IDS and isinstance(c.node, ScalarNode):
        return replace(problem, value=shorten(c.node.value, 200))
    return problem


def _other_problem(c: _Context) -> Problem:
    return c.problem("CB115", f'"{c.name}": {c.detail["msg"]}', "see the field's description on the schema page")


_HANDLERS: dict[str, Callable[[_Context], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    **dict.fromkeys(
        ("string_type", "model_type", "model_attributes_type", "dict_type", "tuple_type", "list_type"), _wrong_shape
    ),
    **dict.fromkeys(("too_short", "too_long", "string_too_short", "string_too_long"), _length),
    "literal_error": partial(_wanted_text, handler=_choice),
    **dict.fromkeys(
        ("int_parsing", "int_type", "bool_parsing", "bool_type", "decimal_parsing", "decimal_type", "plain_number",
         "greater_than_equal", "less_than_equal"), partial(_wanted_text, handler=_number)),
    "edtf_date": partial(_wanted_text, handler=_date),
    **dict.fromkeys(_PATTERN_HINTS, _pattern),
}  # fmt: skip


def _members(annotation: Any) -> Iterator[Any]:
    """The types inside `Annotated`, `X | None` and `tuple[X, ...]`."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, tuple) or origin is typing.Annotated:
        for inner in typing.get_args(annotation):
            yield from _members(inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    """The model whose fields stand at `loc`."""
    for step in loc:
        if isinstance(step, str):
            named = {field.alias or name: field for name, field in model.model_fields.items()}
            inner = next(_members(named[step].annotation), None) if step in named else None
            model = inner or model
    return model


def _field_names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _field_at(model: type[BaseModel], loc: Sequence[str | int]) -> FieldInfo | None:
    """The field at `loc`; none for an item of a list."""
    fields = _model_at(model, loc[:-1]).model_fields.items()
    return next((field for name, field in fields if loc[-1:] == (field.alias or name,)), None)


def _field_description(model: type[BaseModel], loc: Sequence[str | int]) -> str:
    """What a missing field says, from its docstring."""
    field = _field_at(model, loc)
    if field is None or not field.description:
        return ""
    first = field.description.split(". ")[0].rstrip(".")
    return f" ({first[0].lower()}{first[1:]})"
