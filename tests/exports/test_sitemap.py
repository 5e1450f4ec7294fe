"""The sitemap: every page, dated by its case."""

from __future__ import annotations

from xml.etree import ElementTree

import builders
from casebook.book import Casebook
from casebook.exports.site import Site, SiteFile
from casebook.exports.sitemap import sitemap_files, sitemaps
from casebook.pipeline import build_pages
from casebook.views.page import UNLISTED

SITE = Site("The Founder Casebook", "https://example.org/a&b/", other_pages=("method/",))
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def book(text: str = builders.CASE) -> Casebook:
    loaded = builders.load(cases={"first-case": text})
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def contents(files: list[SiteFile]) -> dict[str, str]:
    return {file.uri: file.content.decode() if isinstance(file.content, bytes) else file.content for file in files}


def entries(text: str) -> dict[str, str | None]:
    """Address → the day of the last change."""
    root = ElementTree.fromstring(text)  # noqa: S314 - our own file
    return {node.findtext(f"{NAMESPACE}loc", ""): node.findtext(f"{NAMESPACE}lastmod") for node in root}


def test_every_page_is_in_it_and_redirects_are_not():
    aliased = builders.case(more="aliases: [old-case]\n")
    found = entries(contents(list(sitemap_files(book(aliased), SITE)))["sitemap.xml"])
    pages = {f"{SITE.url}{spec.uri}" for spec in build_pages(book(aliased)) if spec.kind not in UNLISTED}
    assert set(found) == pages | {f"{SITE.url}method/"}
    assert f"{SITE.url}cases/old-case/" not in found
    assert f"{SITE.url}cases/first-case/changes/" not in found


def test_pages_of_a_case_are_dated_by_the_case_and_others_are_not():
    found = entries(contents(list(sitemap_files(book(), SITE)))["sitemap.xml"])
    dated = {address.removeprefix(SITE.url): day for address, day in found.items() if day}
    assert dated == {"cases/first-case/": "2024-06-01", "cases/first-case/teach/": "2024-06-01"}


def test_a_changed_case_is_dated_by_its_change():
    text = builders.case(('published: "2024-06-01"', 'published: "2024-06-01"\nupdated: "2024-06"'))
    found = entries(contents(list(sitemap_files(book(text), SITE)))["sitemap.xml"])
    assert found[f"{SITE.url}cases/first-case/"] == "2024-06"


def test_a_site_without_an_address_has_no_sitemap():
    assert contents(list(sitemap_files(book(), Site("The Founder Casebook")))) == {
        "robots.txt": "User-agent: *\nDisallow:\n"
    }


def test_robots_are_told_where_the_sitemap_is():
    assert contents(list(sitemap_files(book(), SITE)))["robots.txt"] == (
        "User-agent: *\nDisallow:\n\nSitemap: https://example.org/a&b/sitemap.xml\n"
    )


def test_more_addresses_than_a_file_may_hold_make_an_index():
    addresses = [f"cases/case-{n}/" for n in range(5)]
    files = contents(list(sitemaps(SITE, addresses, {"cases/case-4/": "2024-06-01"}, limit=2)))
    assert list(entries(files["sitemap.xml"])) == [f"{SITE.url}sitemaps/{n}.xml" for n in (1, 2, 3)]
    listed = [entry for n in (1, 2, 3) for entry in entries(files[f"sitemaps/{n}.xml"]).items()]
    assert listed == [(f"{SITE.url}{address}", "2024-06-01" if "4" in address else None) for address in addresses]


def test_as_many_addresses_as_a_file_may_hold_are_one_file():
    assert list(contents(list(sitemaps(SITE, ["a/", "b/"], {}, limit=2)))) == ["sitemap.xml"]
