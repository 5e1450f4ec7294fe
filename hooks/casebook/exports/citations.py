"""Files for reference managers: each case and source, each case's bibliography, each reading list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.bibliography import Record, case_record, source_record
from casebook.book import Casebook
from casebook.exports.site import Site, SiteFile
from casebook.reference_formats import FORMATS
from casebook.views.citing import bibliography_of, readings_of


def citation_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """`cases/<id>/cite.*` and `sources.*`, `sources/<id>/cite.*`, `readings/<id>/readings.*`: BibTeX, RIS and CSL-JSON."""
    for case in book.cases.values():
        yield from _in_every_format(f"cases/{case.id}/cite", [case_record(case, site.url)])
        yield from _in_every_format(f"cases/{case.id}/sources", bibliography_of(book, case))
    for source in book.sources.values():
        yield from _in_every_format(f"sources/{source.id}/cite", [source_record(source)])
    for reading_list in book.readings.values():
        yield from _in_every_format(f"readings/{reading_list.id}/readings", readings_of(book, reading_list, site.url))


def _in_every_format(stem: str, records: Sequence[Record]) -> Iterator[SiteFile]:
    for form in FORMATS:
        yield SiteFile(f"{stem}.{form.suffix}", form.write(records))
