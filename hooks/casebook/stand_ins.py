"""Stand-ins for what is wrong in a casefile, so that the rest of it is checked in the same run.

A casefile with a misspelt field would otherwise keep its unknown references and broken rules to itself until the
spelling is mended. The places that stand-ins fill are remembered, and nothing is reported about them.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casebook.dates import PartialDate

M = TypeVar("M", bound=BaseModel)

Place = tuple[str | int, ...]

WORD = "und"
"""Passes as an id, a language (BCP 47: undetermined) and words."""
MIDNIGHT = "00:00"
UNKNOWN_DATE = PartialDate("", date.min, date.max, "an unknown date", "interval")
ROUNDS = 8
"""A stand-in for a list or mapping is filled in the next round; the format nests 5 deep."""


def mend(model: type[M], value: object) -> tuple[M | None, frozenset[Place]]:
    """A model built from a faulty value, and the places where stand-ins took over; no model where nothing helps."""
    places: set[Place] = set()
    for _ in range(ROUNDS):
        try:
            return model.model_validate(value), frozenset(places)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if not detail["loc"]:
                    return None, frozenset()
                if _replace(model, value, detail):
                    places.add(detail["loc"])
    return None, frozenset()


def _replace(model: type[BaseModel], value: Any, detail: ErrorDetails) -> bool:
    """Put a stand-in where an error was found. False when the error was an echo of one inside it."""
    *way, last = detail["loc"]
    parent: Any = value
    for step in way:
        parent = parent[step]
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            del parent[last]
        case "too_long":
            del parent[last][limits["max_length"] :]
        case "too_short":
            # Pydantic counts the sound entries only.
            lacking: int = limits["min_length"] - len(parent[last])
            parent[last] += [WORD] * lacking
            return lacking > 0
        case "reading_item":
            parent[last] = {**parent[last], "case": WORD}
            parent[last].pop("source", None)
        case "reference_pattern":
            parent[last] = f"{WORD}#{WORD}"
        case "greater_than_equal":
            parent[last] = str(limits["ge"])
        case "less_than_equal":
            parent[last] = str(limits["le"])
        case "clock":
            parent[last] = MIDNIGHT
        case _:
            parent[last] = _stand_in(_type_at(model, detail["loc"]))
    return True


def _type_at(model: type[BaseModel], loc: Sequence[str | int]) -> Any:
    """The type that is wanted at a place, without `Annotated` and `| None`."""
    found: Any = model
    for step in loc:
        found = _bare(found.model_fields[step].annotation if isinstance(step, str) else typing.get_args(found)[0])
    return found


def _bare(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType) or origin is typing.Annotated:
        return _bare(typing.get_args(annotation)[0])
    return annotation


def _stand_in(wanted: Any) -> object:
    origin = typing.get_origin(wanted)
    if origin is typing.Literal:
        choices = typing.get_args(wanted)
        # Rules are run on published cases only; the last choice is elsewhere the one that rules ask least of.
        return "published" if "published" in choices else choices[-1]
    if origin is tuple:
        return []
    if isinstance(wanted, type) and issubclass(wanted, BaseModel):
        return {}
    return {PartialDate: UNKNOWN_DATE, int: "1", Decimal: "0", bool: "false"}.get(wanted, WORD)
