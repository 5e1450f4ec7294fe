"""`sitemap.xml` and `robots.txt`, for search engines.

Sitemaps hold absolute addresses only, so there is none where the site does not know its own. A page is dated by its
case; the day of the build says nothing about when a page changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from casebook.book import Casebook
from casebook.exports.site import Site, SiteFile
from casebook.pipeline import build_pages
from casebook.views.page import UNLISTED

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIMIT = 50_000
"""Addresses that one file may hold, by the protocol."""


def sitemap_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """`robots.txt`, and the sitemap where there can be one."""
    rules = "User-agent: *\nDisallow:\n"
    if not site.url:
        yield SiteFile("robots.txt", rules)
        return
    yield SiteFile("robots.txt", f"{rules}\nSitemap: {site.absolute('sitemap.xml')}\n")
    changed = _changed(book)
    found = [spec.uri for spec in build_pages(book, site.url) if spec.kind not in UNLISTED]
    addresses = list(dict.fromkeys([*found, *site.other_pages]))
    yield from sitemaps(site, addresses, changed)


def sitemaps(
    site: Site, addresses: Sequence[str], changed: Mapping[str, str], limit: int = LIMIT
) -> Iterator[SiteFile]:
    """One file; where that would hold too many addresses, an index of several."""
    if len(addresses) <= limit:
        yield SiteFile("sitemap.xml", _listing("urlset", "url", site, addresses, changed))
        return
    parts = [addresses[start : start + limit] for start in range(0, len(addresses), limit)]
    names = [f"sitemaps/{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield SiteFile(name, _listing("urlset", "url", site, part, changed))
    yield SiteFile("sitemap.xml", _listing("sitemapindex", "sitemap", site, names, {}))


def _changed(book: Casebook) -> dict[str, str]:
    """Page → the day, month or year in which it last changed, where a case knows it."""
    found = {}
    for case in book.cases.values():
        day = (case.updated or case.published).html_datetime
        if day:
            found[f"cases/{case.id}/"] = found[f"cases/{case.id}/teach/"] = day
    return found


def _listing(root: str, item: str, site: Site, addresses: Sequence[str], changed: Mapping[str, str]) -> bytes:
    listing = Element(root, xmlns=NAMESPACE)
    listing.text = "\n"
    for address in addresses:
        entry = SubElement(listing, item)
        SubElement(entry, "loc").text = site.absolute(address)
        if address in changed:
            SubElement(entry, "lastmod").text = changed[address]
        entry.tail = "\n"
    written: bytes = tostring(listing, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
