"""What was read and can be cited."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import Model
from casebook.model.choices import CslType, Independence, SourceKind
from casebook.model.scalars import Edtf, Id, Language, Sha256, Text, Url, Words


class CslName(Model):
    """An author in CSL-JSON: `literal` for Chinese names and organisations, else `family` and `given`."""

    literal: Words | None = None
    family: Words | None = None
    given: Words | None = None

    @model_validator(mode="after")
    def _one_form(self) -> CslName:
        if bool(self.literal) == bool(self.family):
            raise PydanticCustomError("csl_name", "an author has either `literal` or `family` and `given`")
        return self

    @property
    def label(self) -> str:
        """The name in reading order."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Csl(Model):
    """The bibliographic record, in the terms of CSL-JSON 1.0.2."""

    type: CslType
    title: Text | None = None
    """As printed. Left out where it is not known; never made up."""
    author: tuple[CslName, ...] = ()
    editor: tuple[CslName, ...] = ()
    issued: Edtf | None = None
    """Left out where it is not known."""
    container_title: Annotated[Words | None, Field(alias="container-title")] = None
    publisher: Words | None = None
    URL: Url | None = None
    """Only an address that was seen; inferred ones are described in the source's `note`."""
    language: Language


class Source(Model):
    """Something that was read and can be cited."""

    id: Id
    csl: Csl
    short: Words
    """A few words for margins and timelines: "Nanfang+", "AsiaICT"."""
    accessed: Edtf
    archive_url: Url | None = None
    sha256: Sha256 | None = None
    """Digest of the archived text, where the whole text is in the private archive."""
    excerpt_sha256: Sha256 | None = None
    """Digest of an archived file that holds excerpts of this source, where the whole text is not at hand."""
    kind: SourceKind
    independence: Independence
    rights: Text | None = None
    note: Text | None = None
    """What a reader should know: repost of what, address not confirmed, excerpt only."""

    @property
    def label(self) -> str:
        """Title, or a plain statement that it is not known."""
        return self.csl.title or f"{self.short} (title not known)"
