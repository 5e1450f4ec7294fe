"""What the models ask for, field by field: for questions, and for the options of the command line."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook.dates import PartialDate
from casebook.model import NAMES, meanings_of

Path = tuple[str, ...]

_SKIPPED = frozenset({"former_ids"})
"""What nothing new has."""
_ITSELF: dict[Path, str] = {("name", "en"): "name", ("name", "zh"): "zh"}
"""Fields of a person's name go by what organisations call theirs."""
_DATE_EXAMPLE = "2024-04-02, 2024-04 or 2024"
_LIST_EXAMPLES: dict[str, str] = {
    "roles": "example-motors; chief executive; 2019/..",
    "author": "Will Writer; for others one name as it is, as in 张三, or in braces: {Example Motors}",
}
_LIST_EXAMPLES["editor"] = _LIST_EXAMPLES["author"]
"""One line for things that have several fields."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be said of an entry."""

    path: Path
    """Its keys from the entry's root: `("csl", "container-title")`."""
    meaning: str
    """What it holds, from the model's docstring."""
    is_required: bool = False
    is_list: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """Each word that may stand here, with what it says."""
    names: tuple[str, ...] = ()
    """The registries, or `cases`, in which an id is looked up."""
    example: str = ""
    parts: tuple[Field, ...] = ()
    """Of a list of things that have fields themselves: these."""

    @property
    def option(self) -> str:
        """The word by which the command line and questions know it."""
        return _ITSELF.get(self.path, self.path[-1]).lower().replace("_", "-")


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of an entry in the order in which they are written, those of `name` and `csl` among them."""
    return tuple(_fields(model, (), is_needed=True))


def _fields(model: type[BaseModel], above: Path, *, is_needed: bool) -> Iterator[Field]:
    hints = typing.get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        if name in _SKIPPED:
            continue
        key = info.alias or name
        said = list(_said(hints[name]))
        inner = next((word for word in said if isinstance(word, type) and issubclass(word, BaseModel)), None)
        is_list = tuple in said
        is_required = is_needed and info.is_required()
        if inner is not None and not is_list:
            yield from _fields(inner, (*above, key), is_needed=is_required)
            continue
        parts = tuple(_fields(inner, (), is_needed=True)) if inner is not None else ()
        yield Field(
            (*above, key), info.description or "", is_required, is_list, _choices(said), _names(said),
            _LIST_EXAMPLES.get(key, "") or _example(info, said, is_list=is_list), parts,
        )  # fmt: skip


def _said(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - types are asked what they are made of
    """Everything that a type says: its parts, and what is annotated to it, from outside inwards."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(hint)
        yield from more
        yield from _said(inner)
    elif origin is typing.Literal:
        yield hint
    elif origin is not None:
        if origin is tuple:
            yield tuple
        for inner in typing.get_args(hint):
            if inner not in (type(None), Ellipsis):
                yield from _said(inner)
    elif origin is None:
        yield hint


def _choices(said: list[Any]) -> Mapping[str, str]:
    words = next((typing.get_args(word) for word in said if typing.get_origin(word) is typing.Literal), ())
    return {word: meanings_of(words)[word] for word in words}


def _names(said: list[Any]) -> tuple[str, ...]:
    extras = [word.json_schema_extra for word in said if isinstance(word, FieldInfo)]
    return next((tuple(extra[NAMES]) for extra in extras if isinstance(extra, dict) and NAMES in extra), ())  # type: ignore[arg-type]


def _example(info: FieldInfo, said: list[Any], *, is_list: bool) -> str:
    examples = info.examples or ()
    if not examples:
        return _DATE_EXAMPLE if PartialDate in said else ""
    if is_list and isinstance(examples[0], list):
        return str(next(iter(examples[0]), ""))
    return " or ".join(map(str, examples))
