"""Words that `casebook new` leaves for an editor to write over, and that no reader may ever meet.

A scaffold has every required field. Where only the editor knows what belongs there, it holds a placeholder, which says
so: `Write here – what happened`. In a draft that is what is still to be done; in a finished case it is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

MARK = "Write here –"
"""What a placeholder begins with, wherever in a text it stands. Without a colon, so that it needs no quotation marks."""
SEARCH = "Write here"
"""What an editor searches a file for."""

Pointer = tuple[str | int, ...]


def to_write(what: str) -> str:
    """A placeholder for what an editor is to write."""
    return f"{MARK} {what}"


def is_placeholder(text: str) -> bool:
    """Whether a text is still to be written, wholly or in part."""
    return MARK in text


def placeholders(model: BaseModel) -> Iterator[tuple[Pointer, int]]:
    """Every placeholder in a model, in the order of its fields: its field, and its place in the text."""
    work: list[tuple[Pointer, object]] = [((), model)]
    while work:
        pointer, value = work.pop()
        if isinstance(value, str):
            yield from ((pointer, match.start()) for match in re.finditer(MARK, value))
        elif isinstance(value, tuple):
            work += reversed([((*pointer, index), item) for index, item in enumerate(value)])
        elif isinstance(value, BaseModel):
            fields = type(value).model_fields
            work += reversed([((*pointer, fields[name].alias or name), inner) for name, inner in value])
