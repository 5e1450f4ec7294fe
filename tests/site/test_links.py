"""Every address inside the site leads somewhere."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from casebook.book import Casebook
from casebook.pipeline import build_pages
from casebook.views.page import UNLISTED
from sites import Site


@pytest.fixture(params=["real", "example", "published"])
def site(request: pytest.FixtureRequest) -> Site:
    return request.getfixturevalue(request.param)


def test_every_link_and_anchor_of_every_page_resolves(site: Site):
    broken = [
        f"{link.page}: <{link.tag}> {link.written}: {fault}"
        for page in site.pages
        for link in site.links(page)
        if site.is_own(link.url) and (fault := site.fault(link.url))
    ]
    assert broken == []


def test_every_address_in_a_stylesheet_resolves(site: Site):
    sheets = [name for name in site.files if name.startswith("assets/casebook/") and name.endswith(".css")]
    assert sheets
    broken = []
    for sheet in sheets:
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", site.text(sheet)):
            if not address.startswith(("#", "data:")):
                fault = site.fault(urljoin(f"http://built.site{site.base}{sheet}", address))
                broken += [f"{sheet}: {address}: {fault}"] if fault else []
    assert broken == []


def test_every_place_in_the_search_index_resolves(site: Site):
    entries = json.loads(site.text("search/search_index.json"))["docs"]
    broken = [
        f"{entry['location']}: {fault}"
        for entry in entries
        if (fault := site.fault(f"http://built.site{site.base}{entry['location']}"))
    ]
    assert entries
    assert broken == []


def test_no_place_is_in_the_search_index_twice(site: Site):
    places = [entry["location"] for entry in json.loads(site.text("search/search_index.json"))["docs"]]
    assert sorted(place for place in set(places) if places.count(place) > 1) == []


def test_search_finds_its_index_and_its_worker(site: Site):
    broken = []
    for page in site.pages:
        dialog = site.tree(page).css_first("dialog.cb-find")
        for name in ("data-index", "data-worker", "data-base"):
            fault = site.fault(site.url(page, dialog.attributes[name] or ""))
            broken += [f"{page}: {name}: {fault}"] if fault else []
    assert broken == []


def _locations(site: Site) -> list[str]:
    root = ElementTree.fromstring(site.text("sitemap.xml"))  # noqa: S314 - our own file
    return [node.text or "" for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_sitemap_of_a_published_site_leads_to_pages(published: Site):
    locations = _locations(published)
    assert locations
    broken = [url for url in locations if published.fault(url.replace("https://example.org", "http://built.site"))]
    assert broken == []


def test_sitemap_of_a_published_site_holds_every_page(published: Site, example_book: Casebook):
    wanted = {f"https://example.org/book/{spec.uri}" for spec in build_pages(example_book) if spec.kind not in UNLISTED}
    assert wanted - set(_locations(published)) == set()


def test_not_found_page_works_at_any_depth_below_the_published_path(published: Site):
    local = [link for link in published.links("404.html") if published.is_own(link.url)]
    assert [link.written for link in local if not link.written.startswith(("/book/", "#"))] == []
