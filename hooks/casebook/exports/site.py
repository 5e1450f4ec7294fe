"""The place where the pages are published, and one file beside them. What every family of files needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the place where the pages are published."""

    name: str
    url: str = ""
    """Absolute address of the site's root, ending in a slash; empty when it is not known."""
    description: str = ""
    other_pages: tuple[str, ...] = ()
    """Addresses, from the root, of pages that the casebook does not make: the hand-written ones."""
    cache: Path | None = None
    """A folder for what is costly to make and may be kept between builds; None keeps nothing."""

    def absolute(self, uri: str) -> str:
        """A page's absolute address; its path from the root when the root's address is not known."""
        return f"{self.url}{uri}"


class SiteFile(NamedTuple):
    """One file beside the pages."""

    uri: str
    """Path from the site's root."""
    content: str | bytes
