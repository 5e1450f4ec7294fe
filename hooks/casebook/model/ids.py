"""Ids that name an entry of a registry or a case. What each may name stands in its schema, under `x-names`.

That an id names nothing is found when cases are linked (`graph`), since a model does not know the others.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.scalars import ID_PATTERN, Id

NAMES = "x-names"
"""The schema's key for the registries, or `cases`, in which an id is looked up."""

ActorId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["people", "organisations"]})]
"""A person or organisation: whoever can speak or act."""
CaseId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["cases"]})]
LessonId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["lessons"]})]
OrganisationId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["organisations"]})]
PlatformId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["platforms"]})]
PlayerId = Annotated[
    Id,
    Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["people", "organisations", "platforms", "products"]}),
]
"""Whoever or whatever can play a part in a case."""
SourceId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["sources"]})]
ThemeId = Annotated[Id, Field(json_schema_extra={"pattern": ID_PATTERN, NAMES: ["themes"]})]
