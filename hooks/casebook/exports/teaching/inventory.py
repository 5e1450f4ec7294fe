"""What an export for teaching wrote: a list of its files, by which the site knows which of them it may publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from casebook.book import Casebook, Handout
from casebook.courses import courses
from casebook.exports.site import SiteFile

Format = Literal["pdf", "docx", "epub", "imscc"]
_FORMATS: tuple[Format, ...] = get_args(Format)

NAME = "manifest.json"
_ORDER = {"Questions for class": 0, "Reader": 1}
"""How files are listed on a page: what is printed first, then the rest."""


class Made(BaseModel):
    """One file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: str
    """Where it is published, from the site's root; and where it stands in the folder."""
    course: str
    """The page of its course, from the site's root: `readings/<id>/` or `cases/<id>/teach/`."""
    edition: str
    """The edition's token."""
    format: Format
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


@dataclass(frozen=True, slots=True)
class Offer:
    """What of an export the site can publish."""

    handouts: dict[str, tuple[Handout, ...]]
    """The page of a course → its files."""
    files: tuple[str, ...]
    """Where they stand, in the folder and on the site."""
    stale: int
    """How many files are of another edition, or lead to another address, or are not as they were written."""


def offer(folder: Path, book: Casebook, site_url: str) -> Offer:
    """The files of an export that are of the casebook's present editions and lead to this site."""
    listed = read_inventory(folder)
    now = {course.uri: course.edition.token for course in courses(book)} if listed else {}
    good = [
        made for made in listed
        if now.get(made.course) == made.edition and made.site_url == site_url and is_whole(folder, made)
    ]  # fmt: skip
    good.sort(
        key=lambda made: (made.course, _ORDER.get(made.what, len(_ORDER)), made.what, _FORMATS.index(made.format))
    )
    handouts = {
        course: tuple(Handout(made.uri, made.format, made.what, made.size) for made in of_course)
        for course, of_course in groupby(good, lambda made: made.course)
    }
    return Offer(handouts, tuple(made.uri for made in good), len(listed) - len(good))


def offered_files(folder: Path, offered: Offer) -> Iterator[SiteFile]:
    """The files, one at a time."""
    for uri in offered.files:
        yield SiteFile(uri, (folder / uri).read_bytes())


def is_whole(folder: Path, made: Made) -> bool:
    """Whether a file is as it was written, and stands where one of its course belongs."""
    path = folder / made.uri
    if not made.uri.startswith(made.course) or "/" in made.uri.removeprefix(made.course) or path.is_symlink():
        return False
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256
    except OSError:
        return False


def write_inventory(folder: Path, files: Iterable[Made]) -> None:
    """Write the list, in order of addresses."""
    listed = [made.model_dump() for made in sorted(files, key=lambda made: made.uri)]
    (folder / NAME).write_text(json.dumps({"files": listed}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
