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

    literal: Annotated[Words | None, Field(examples=["张三"])] = None
    """The whole name as one text: for Chinese names and organisations."""
    family: Annotated[Words | None, Field(examples=["Writer"])] = None
    """The family name, with `given` beside it."""
    given: Annotated[Words | None, Field(examples=["Will"])] = None
    """The given name."""

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
    """What kind of publication it is, in the words of CSL."""
    title: Annotated[Text | None, Field(examples=["Example Motors hands over its first van"])] = None
    """As printed. Left out where it is not known; never made up."""
    author: tuple[CslName, ...] = ()
    """Who wrote it, as printed."""
    editor: tuple[CslName, ...] = ()
    """Who edited it, as printed."""
    issued: Edtf | None = None
    """When it was published. Left out where it is not known."""
    container_title: Annotated[Words | None, Field(alias="container-title", examples=["Example Daily"])] = None
    """The newspaper, magazine, book or site in which it stands."""
    publisher: Words | None = None
    """The publishing house, where that is another name than `container-title`."""
    URL: Annotated[Url | None, Field(examples=["https://daily.example.org/first-van"])] = None
    """Its address on the web. Only an address that was seen; inferred ones are described in the source's `note`."""
    language: Annotated[Language, Field(examples=["en", "zh-Hans"])]
    """The language in which it is written, as a BCP 47 tag."""


class Source(Model):
    """Something that was read and can be cited."""

    id: Annotated[Id, Field(examples=["example-daily-first-van"])]
    """Names the source everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    csl: Csl
    """The bibliographic record."""
    short: Annotated[Words, Field(examples=["Example Daily"])]
    """A few words for margins and timelines: "Nanfang+", "AsiaICT"."""
    accessed: Edtf
    """The day on which it was read."""
    archive_url: Annotated[
        Url | None, Field(examples=["https://archive.example.org/2024/daily.example.org/first-van"])
    ] = None
    """Its address in a public archive of the web, for when the original is gone."""
    sha256: Sha256 | None = None
    """Digest of the archived text, where the whole text is in the private archive."""
    excerpt_sha256: Sha256 | None = None
    """Digest of an archived file that holds excerpts of this source, where the whole text is not at hand."""
    kind: SourceKind
    """How near it stands to what it tells."""
    independence: Independence
    """Whose interest it speaks in."""
    rights: Text | None = None
    """Under which terms it may be quoted, where that is more than usual."""
    note: Text | None = None
    """What a reader should know: repost of what, address not confirmed, excerpt only."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """Title, or a plain statement that it is not known."""
        return self.csl.title or f"{self.short} (title not known)"

    @property
    def name(self) -> str:
        """Title; where that is not known, the short name with its date. For lists that students read."""
        if self.csl.title or self.csl.issued is None:
            return self.csl.title or self.short
        return f"{self.short}, {self.csl.issued.words}"
