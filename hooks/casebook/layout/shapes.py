"""What the models say about layout: the order of fields, and what kind of value each holds."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from pydantic import BaseModel

from casebook.model.scalars import Edtf, Moment, Prose, Sha256, Text, Url


class Kind(StrEnum):
    """How a value is written."""

    WORDS = "words"
    """Plain where every reader of YAML takes it for text, in quotation marks where not."""
    LONG = "long"
    """Likewise, and a sentence or more: an item of a list has lines of its own."""
    QUOTED = "quoted"
    """Always in quotation marks: dates, addresses and digests, which other programs may take for something else."""
    MOMENT = "moment"
    """A date, quoted, or words."""
    NUMBER = "number"
    SWITCH = "switch"
    UNKNOWN = "unknown"
    """Of a field that the model does not know: it stays as plain or as quoted as it was."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at a place of a file: a value of a kind, a list of `item`, or the fields of `model`."""

    kind: Kind = Kind.UNKNOWN
    item: Shape | None = None
    model: type[BaseModel] | None = None
    is_required: bool = False
    default: str | None = None
    """The value that stands for an absent field, as it would be written."""

    @property
    def items(self) -> Shape:
        """What the items of a list are."""
        return self.item or UNKNOWN

    @property
    def fields(self) -> dict[str, Shape]:
        """The fields by their keys, in the order in which they are written."""
        return _fields(self.model) if self.model else {}


UNKNOWN = Shape()
_KINDS: tuple[tuple[object, Kind], ...] = (
    (Edtf, Kind.QUOTED), (Url, Kind.QUOTED), (Sha256, Kind.QUOTED), (Moment, Kind.MOMENT), (Text, Kind.LONG),
    (Prose, Kind.LONG),
)  # fmt: skip
_BASES: dict[object, Kind] = {bool: Kind.SWITCH, int: Kind.NUMBER, Decimal: Kind.NUMBER}


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of an entry of this model."""
    return Shape(model=model)


@cache
def _fields(model: type[BaseModel]) -> dict[str, Shape]:
    hints = typing.get_type_hints(model, include_extras=True)
    shapes = {}
    for name, field in model.model_fields.items():
        found = _shape(hints[name])
        default = None if field.is_required() or field.default in (None, ()) else _written(field.default)
        shapes[field.alias or name] = Shape(found.kind, found.item, found.model, field.is_required(), default)
    return shapes


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _shape(hint: object) -> Shape:
    """The shape that a type wants, without `Annotated` and `| None`."""
    for alias, kind in _KINDS:
        if _is_a(hint, alias):
            return Shape(kind)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _shape(inner[0])
    if origin in (typing.Union, types.UnionType):
        return _shape(next(member for member in inner if member is not type(None)))
    if origin is tuple:
        return Shape(item=_shape(inner[0]))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Shape(model=hint)
    return Shape(_BASES.get(hint, Kind.WORDS))


def _is_a(hint: object, alias: object) -> bool:
    """Whether a type is that alias, perhaps with more said about it."""
    said = getattr(hint, "__metadata__", ())
    return bool(said) and all(word in said for word in getattr(alias, "__metadata__", ()))
