"""What is printed or read as a book: one shape, from which a PDF, a Word file and an EPUB are made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from markupsafe import Markup

from casebook.editions import Edition


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what a document says of itself."""

    label: str
    words: str
    href: str = ""
    """Where it leads, absolute; empty where the site's address is not known."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it has a format."""

    identifier: str
    """A URN, the same for every edition."""
    title: str
    what: str
    """What it is, in a few words: `Questions for class`."""
    summary: str
    """For whom, in a sentence."""
    edition: Edition
    facts: tuple[Fact, ...]
    """Its edition, its address, what changed since, its licence."""
    body: Markup
    """Well-formed XHTML: sections whose headings begin at `h1`; every id once."""
    language: str = "en"

    @property
    def digest(self) -> str:
        """The SHA-256 of all that it says."""
        said = {**asdict(self), "edition": self.edition.words}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
