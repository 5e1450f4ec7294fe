"""What is published beside the pages is there, and everything in it leads to where it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from casebook.book import Casebook
from casebook.views.data import COLLECTIONS
from sites import Site, build_strictly, make_example_project

FEEDS = ("feed.xml", "corrections/feed.xml")


@pytest.fixture(params=["real", "example", "published"])
def site(request: pytest.FixtureRequest) -> Site:
    return request.getfixturevalue(request.param)


def own(site: Site, address: str) -> str:
    """An address of a file, as one below the built site."""
    path = address.removeprefix(f"https://example.org{site.base}")
    return f"http://built.site{site.base}{path}"


def addresses(value: object) -> Iterator[str]:
    """Every address of our own in a data file, at any depth."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name in ("url", "data", "casefile") and isinstance(part, str):
                yield part
            else:
                yield from addresses(part)
    elif isinstance(value, list):
        for part in value:
            yield from addresses(part)


def data(site: Site) -> dict[str, object]:
    names = [name for name in site.files if name.startswith("data/") and name.endswith(".json")]
    return {name: json.loads(site.text(name)) for name in names if name != "data/datapackage.json"}


def test_every_address_in_the_data_leads_to_a_page_and_its_anchor(site: Site):
    found = {address for content in data(site).values() for address in addresses(content)}
    assert len(found) > 50
    broken = [f"{address}: {fault}" for address in sorted(found) if (fault := site.fault(own(site, address)))]
    assert broken == []


def test_every_collection_is_there_with_its_schema(site: Site):
    wanted = {name for collection in COLLECTIONS for name in (collection.uri, collection.schema)}
    assert wanted - site.files == set()


def test_every_case_has_its_data(example: Site, example_book: Casebook):
    assert {f"data/cases/{case}.json" for case in example_book.cases} <= example.files


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_parse_and_lead_to_pages(site: Site, name: str):
    found = feedparser.parse(site.text(name).encode())
    assert found.bozo == 0
    if name == "feed.xml":
        assert found.entries
    for entry in found.entries:
        link = entry.link if entry.link.startswith("https:") else site.url(name.removesuffix("feed.xml"), entry.link)
        assert site.fault(own(site, link).replace("http://built.site/http://", "http://")) == "", link


def test_every_page_names_the_feeds(site: Site):
    for page in site.pages:
        links = site.tree(page).css("link[type='application/atom+xml'], link[type='application/feed+json']")
        named = [link.attributes["href"] or "" for link in links if link.attributes["rel"] == "alternate"]
        assert len(named) == 4, page
        assert [url for url in named if site.fault(site.url(page, url))] == []


def test_every_page_leads_to_the_data_and_the_feed(site: Site):
    for page in site.pages:
        foot = [node.attributes["href"] or "" for node in site.tree(page).css("footer.cb-footer a")]
        assert {site.url(page, link).removeprefix(f"http://built.site{site.base}") for link in foot} >= {
            "data/",
            "feed.xml",
        }


def test_links_in_llms_lead_somewhere(site: Site):
    found = re.findall(r"^- \[.*?\]\((.*?)\): ", site.text("llms.txt"), re.MULTILINE)
    assert len(found) > len(COLLECTIONS)
    assert [link for link in found if site.fault(own(site, link))] == []


def test_only_a_site_that_knows_its_address_has_a_sitemap(published: Site, example: Site):
    assert "sitemap.xml" in published.files
    assert "Sitemap: https://example.org/book/sitemap.xml" in published.text("robots.txt")
    assert "sitemap.xml" not in example.files
    assert "Sitemap" not in example.text("robots.txt")


def test_the_sitemap_holds_no_day_of_the_build(published: Site, example_book: Casebook):
    days = set(re.findall("<lastmod>(.*?)</lastmod>", published.text("sitemap.xml")))
    assert days
    assert days <= {(case.updated or case.published).text for case in example_book.cases.values()}
    assert not any(name.endswith(".gz") for name in published.files)


def test_the_sitemap_holds_neither_redirects_nor_the_page_for_missing_ones(published: Site, example_book: Casebook):
    text = published.text("sitemap.xml")
    aliases = [alias for case in example_book.cases.values() for alias in case.aliases]
    assert aliases
    assert [alias for alias in aliases if f"/cases/{alias}/<" in text] == []
    assert "/404" not in text


def test_pictures_of_hand_written_pages_are_published_and_nothing_of_material_but_the_search_worker(tmp_path: Path):
    project = make_example_project(tmp_path / "project")
    (project / "docs" / "assets").mkdir()
    (project / "docs" / "assets" / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    build_strictly(project, tmp_path / "site")
    assets = {
        path.relative_to(tmp_path / "site" / "assets").as_posix()
        for path in (tmp_path / "site" / "assets").rglob("*.*")
    }
    assert "plan.svg" in assets
    others = sorted(name for name in assets if not name.startswith("casebook/") and name != "plan.svg")
    assert [re.sub(r"search\..*?\.min", "search.min", name) for name in others] == [
        "javascripts/workers/search.min.js", "javascripts/workers/search.min.js.map",
    ]  # fmt: skip
