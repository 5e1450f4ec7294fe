"""Indexes by which listings of several pages are filtered: `facets.json` beside each, with the values of all its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

from casebook.book import Casebook
from casebook.exports.site import Site, SiteFile
from casebook.views.claims import claims
from casebook.views.collections import case_index, quotes, timeline


def facet_files(book: Casebook, _site: Site) -> Iterator[SiteFile]:
    """An index for each listing that has more than one page; the rows of a single page carry their values themselves."""
    for listing in (case_index(book), timeline(book), quotes(book), claims(book)):
        if listing.filters.has_index:
            index = json.dumps(listing.filters.index(), ensure_ascii=False, separators=(",", ":"))
            yield SiteFile(f"{listing.uri}facets.json", index)
