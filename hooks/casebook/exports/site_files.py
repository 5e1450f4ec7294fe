"""What is published beside the pages: schemas, feeds, data, citations, cards. Each family yields files, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from casebook.book import Casebook
from casebook.exports.builder import builder_files
from casebook.exports.calendar import calendar_files
from casebook.exports.cards import card_files
from casebook.exports.citations import citation_files
from casebook.exports.data import data_files
from casebook.exports.facets import facet_files
from casebook.exports.feeds import feed_files
from casebook.exports.llms import llms_files
from casebook.exports.site import Site as Site
from casebook.exports.site import SiteFile as SiteFile
from casebook.exports.sitemap import sitemap_files
from casebook.model import published_schemas


def site_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """Every file that is not a page. They are made one by one, so that they need not stand in memory together."""
    for family in FILE_FAMILIES:
        yield from family(book, site)


def write_site_files(folder: Path, files: Iterator[SiteFile]) -> None:
    """Write files below a folder."""
    made: set[Path] = set()
    for file in files:
        path = folder / file.uri
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode())


def schema_files() -> Iterator[SiteFile]:
    """`/schema/*.json`: the casefile format. Hand-written pages link to these, so the adapter tells MkDocs of them."""
    for name, schema in published_schemas().items():
        yield SiteFile(f"schema/{name}", json.dumps(schema, ensure_ascii=False, indent=2))


FileFamily = Callable[[Casebook, Site], Iterator[SiteFile]]
FILE_FAMILIES: tuple[FileFamily, ...] = (
    feed_files,
    data_files,
    sitemap_files,
    llms_files,
    card_files,
    citation_files,
    calendar_files,
    facet_files,
    builder_files,
)
