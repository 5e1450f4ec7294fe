"""What a page's `<head>` says to reference managers: Highwire Press tags, and links to files that they can import.

Google Scholar and Zotero read these tags. No journal is named, since the casebook is none; without one Zotero would take
a case for a journal's article all the same, hence its own tag for the type. No author is named either.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from casebook.book import Casebook
from casebook.exports.site import Site
from casebook.model import Case
from casebook.reference_formats import FORMATS
from casebook.views.page import Page, up

_STEMS = {"case": "cases/{}/cite", "source": "sources/{}/cite", "reading": "readings/{}/readings"}
"""Kind of page → where the files of its subject are."""


def citation_head(book: Casebook, page: Page, site: Site) -> Iterator[Markup]:
    """The elements for one page's head."""
    if page.kind == "case":
        yield from _meta_elements(book.cases[page.subject], page, site)
    if page.kind in _STEMS:
        stem = up(page.uri) + _STEMS[page.kind].format(page.subject)
        for form in FORMATS:
            address = f"{stem}.{form.suffix}"  # ids and formats are ours: nothing in them needs escaping
            yield Markup(  # noqa: S704 - see above
                f'<link rel="alternate" type="{form.media_type}" title="Reference in {form.label}" href="{address}">'
            )


def meta_element(name: str, value: object) -> Markup:
    """A named value of a page."""
    # Markup.format would parse its template anew each time.
    return Markup(f'<meta name="{name}" content="{escape(value)}">')  # noqa: S704 - names are ours, values escaped


def _meta_elements(case: Case, page: Page, site: Site) -> Iterator[Markup]:
    values = {
        "citation_title": case.title,
        "citation_publication_date": (case.updated or case.published).html_datetime.replace("-", "/"),
        "citation_language": "en",
        "citation_public_url": site.absolute(page.uri) if site.url else "",
        "citation_fulltext_html_url": site.absolute(page.uri) if site.url else "",
        "z:itemType": "webpage",
    }
    for name, value in values.items():
        if value:
            yield meta_element(name, value)
