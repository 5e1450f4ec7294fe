"""The format as JSON Schema, as the site publishes it in `/schema/`."""

from __future__ import annotations

from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter

from casebook.model.case import Case
from casebook.model.reading_list import ReadingList
from casebook.model.registries import REGISTRY_MODELS


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a casefile."""
    return _published("casefile", Case.model_json_schema())


def registry_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file of the registry `name`: a list of entries."""
    entries: Any = GenericAlias(list, (REGISTRY_MODELS[name],))
    return _published(f"registry: {name}", TypeAdapter(entries).json_schema())


def reading_list_schema() -> dict[str, Any]:
    """The JSON Schema of a reading list."""
    return _published("reading list", ReadingList.model_json_schema())


def published_schemas() -> dict[str, dict[str, Any]]:
    """Every schema under the name of its file in `/schema/`."""
    registries = {f"{name}.json": registry_schema(name) for name in REGISTRY_MODELS}
    return {"case.json": case_schema(), **registries, "reading-list.json": reading_list_schema()}


def _published(what: str, schema: dict[str, Any]) -> dict[str, Any]:
    title = f"Founder Casebook {what}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
