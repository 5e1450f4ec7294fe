"""What all models of the format have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Frozen, and strict about unknown keys: a misspelt key must not lose an editor's work in silence."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True,
        defer_build=True,  # of a hundred models, only those that are read or written by themselves need a validator
    )  # fmt: skip
