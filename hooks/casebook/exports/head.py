"""What a page says of itself to machines, for its `<head>`: for search engines, reference managers and link previews."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from casebook.book import Casebook
from casebook.exports.card_canvas import SIZE
from casebook.exports.cards import card_text, card_uri
from casebook.exports.head_citation import citation_head, meta_element
from casebook.exports.site import Site
from casebook.exports.structured_data import iso_span, structured_data
from casebook.model import Case
from casebook.views.page import UNLISTED, Page


def page_head(book: Casebook, page: Page, site: Site) -> Markup:
    """The elements for one page's head, each on its line."""
    noindex = [meta_element("robots", "noindex")] if page.kind in UNLISTED else []
    elements = [*noindex, *_open_graph(book, page, site), *_card(book, page, site), *citation_head(book, page, site)]
    elements.append(structured_data(book, page, site))
    return Markup("\n").join(element for element in elements if element)


def _property(name: str, value: object) -> Markup:
    """A property of RDFa, as the Open Graph protocol has them."""
    return Markup(f'<meta property="{name}" content="{escape(value)}">')  # noqa: S704 - names are ours, values escaped


def _open_graph(book: Casebook, page: Page, site: Site) -> Iterator[Markup]:
    """The Open Graph protocol's tags. It wants absolute addresses, so there are none when the site's is not known."""
    case = book.cases[page.subject] if page.kind == "case" else None
    values = {
        "type": "article" if case else "website",
        "site_name": site.name,
        "title": page.title,
        "description": page.description,
        "locale": "en_GB",
        "url": site.absolute(page.uri) if site.url else "",
    }
    for name, value in values.items():
        if value:
            yield _property(f"og:{name}", value)
    if case:
        yield from _article(book, case)


def _article(book: Casebook, case: Case) -> Iterator[Markup]:
    dates = {"published_time": case.published, "modified_time": case.updated}
    for name, value in dates.items():
        if day := iso_span(value)[0]:
            yield _property(f"article:{name}", day)
    yield _property("article:section", "Cases")
    for theme in case.themes:
        yield _property("article:tag", book.label(theme))


def _card(book: Casebook, page: Page, site: Site) -> Iterator[Markup]:
    """The page's picture for link previews, which takes its words from Open Graph's tags."""
    if not site.url:
        yield meta_element("twitter:card", "summary")
        return
    width, height = SIZE
    image = {"": site.absolute(card_uri(page)), ":type": "image/png", ":width": width, ":height": height}
    for name, value in {**image, ":alt": card_text(book, page, site)}.items():
        yield _property(f"og:image{name}", value)
    yield meta_element("twitter:card", "summary_large_image")
