"""What an export for teaching wrote: a list of its files, by which the site knows which of them it may publish."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

NAME = "manifest.json"


class Made(BaseModel):
    """One file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: str
    """Where it is published, from the site's root; and where it stands in the folder."""
    course: str
    """The page of its course, from the site's root: `readings/<id>/` or `cases/<id>/teach/`."""
    edition: str
    """The edition's token."""
    format: str
    """`pdf`, `docx`, `epub`, `imscc`."""
    what: str
    """What it is, in words: `Questions for class`."""
    size: int
    """In bytes."""
    sha256: str
    site_url: str
    """The site's address that its links lead to; empty where it has none."""
    maker: str
    """The version of this program that made it."""
    made_from: str
    """Digest of all that went into it; another one may give other bytes."""


_FILES = TypeAdapter(tuple[Made, ...])


def read_inventory(folder: Path) -> tuple[Made, ...]:
    """The files of a folder; none where there is no list, or one that this version did not write."""
    try:
        return _FILES.validate_python(json.loads((folder / NAME).read_bytes())["files"])
    except (OSError, ValueError, TypeError, KeyError, ValidationError):
        return ()


def write_inventory(folder: Path, files: Iterable[Made]) -> None:
    """Write the list, in order of addresses."""
    listed = [made.model_dump() for made in sorted(files, key=lambda made: made.uri)]
    (folder / NAME).write_text(json.dumps({"files": listed}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
