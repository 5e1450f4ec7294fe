"""The format as JSON Schema, as the site publishes it in `/schema/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import GenericAlias, MappingProxyType
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from casebook.model.case import Case
from casebook.model.choices import meanings_of
from casebook.model.reading_list import ReadingList
from casebook.model.registries import REGISTRY_MODELS


class CasefileSchema(GenerateJsonSchema):
    """JSON Schema as casefiles are written: what is not known is left out, and every choice says what it means."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """An optional field's own schema: nothing in a casefile is null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default that an editor could write; `null` and an empty list are not."""
        if schema.get("default") in (None, ()):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """The choices with their meanings, under the key by which editors show them."""
        words = [str(word) for word in schema["expected"]]
        meanings = meanings_of(words)
        return {"type": "string", "enum": words, "enumDescriptions": [meanings[word] for word in words]}

    def get_title_from_name(self, name: str) -> str:
        """A field is known by its key, which titles in capitals would hide."""
        return name

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The model under a title in words: `Timeline event`."""
        made = super().model_schema(schema)
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(made.get("title", "")))
        return {**made, "title": words.capitalize()}


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a casefile."""
    return _published("casefile", Case)


def registry_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file of the registry `name`: a list of entries."""
    return _published(f"registry: {name}", GenericAlias(list, (REGISTRY_MODELS[name],)))


def reading_list_schema() -> dict[str, Any]:
    """The JSON Schema of a reading list."""
    return _published("reading list", ReadingList)


@cache
def published_schemas() -> Mapping[str, dict[str, Any]]:
    """Every schema under the name of its file in `/schema/`. They are made once, and nothing may change them."""
    registries = {f"{name}.json": registry_schema(name) for name in REGISTRY_MODELS}
    return MappingProxyType({"case.json": case_schema(), **registries, "reading-list.json": reading_list_schema()})


def _published(what: str, model: Any) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(schema_generator=CasefileSchema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"Founder Casebook {what}",
    }
