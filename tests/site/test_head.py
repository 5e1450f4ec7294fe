"""What every built page says of itself to machines is true of the built site."""

from __future__ import annotations

import json

import pytest

import linked_data
from casebook.views.page import UNLISTED
from sites import Site

OWN = "http://built.site"
PUBLISHED = "https://example.org"


@pytest.fixture(params=["real", "example", "published"])
def site(request: pytest.FixtureRequest) -> Site:
    return request.getfixturevalue(request.param)


def _described(site: Site) -> list[str]:
    """Pages of the casebook that are about something: not those that only lead to another."""
    return [page for page in site.pages if linked_data.blocks(site.text(page))]


def _nodes(site: Site, page: str) -> dict[str, dict]:
    address = f"{OWN}{site.base}{page.removesuffix('index.html')}"
    text = site.text(page)
    if site.base != "/":  # published: elsewhere the host's name is that of sources
        text = text.replace(f"{PUBLISHED}{site.base}", f"{OWN}{site.base}")
    return linked_data.nodes(text, address)


def test_every_generated_page_has_one_block_of_linked_data(site: Site):
    counts = {}
    for page in site.pages:
        body = site.tree(page).css_first("body").attributes.get("class") or ""
        if "kind-" in body and not {f"kind-{kind}" for kind in UNLISTED} & set(body.split()):
            counts[page] = len(linked_data.blocks(site.text(page)))
    assert counts
    assert {page: count for page, count in counts.items() if count != 1} == {}


def test_every_node_of_the_linked_data_is_a_page_or_an_anchor_of_the_site(site: Site):
    broken, found = [], 0
    for page in _described(site):
        for address, node in _nodes(site, page).items():
            own = [address, *linked_data.values(node, "url"), *linked_data.values(node, "image")]
            own = [url for url in own if site.is_own(str(url))]
            found += len(own)
            broken += [f"{page}: {url}: {fault}" for url in own if (fault := site.fault(url))]
    assert found > 100
    assert broken == []


def test_every_description_of_a_page_stands_on_it_under_its_own_address(site: Site):
    undescribed = []
    for page in _described(site):
        address = f"{OWN}{site.base}{page.removesuffix('index.html')}"
        # Later pages of a listing of one thing describe that thing, whose address is the first page's.
        subject = address.partition("pages/")[0]
        nodes = _nodes(site, page)
        if not linked_data.types(nodes.get(address) or nodes.get(subject) or {}):
            undescribed.append(page)
    assert undescribed == []


def test_no_address_in_the_linked_data_of_an_unpublished_site_names_a_host_of_ours(example: Site):
    for page in _described(example):
        (block,) = linked_data.blocks(example.text(page))
        named = [node["@id"] for node in json.loads(block)["@graph"] if "@id" in node]
        assert named, page
        assert [name for name in named if name.startswith("http")] == [], page


def test_card_of_every_page_of_a_published_site_is_a_file_of_the_site(published: Site):
    cards = {}
    for page in _described(published):
        (node,) = published.tree(page).css('meta[property="og:image"]')
        cards[page] = (node.attributes["content"] or "").removeprefix(f"{PUBLISHED}{published.base}")
    assert {page: card for page, card in cards.items() if card not in published.files} == {}
    assert len(set(cards.values())) > 2


def test_page_says_the_same_address_to_everybody(published: Site):
    for page in _described(published):
        (node,) = published.tree(page).css('meta[property="og:url"]')
        (canonical,) = published.tree(page).css('link[rel="canonical"]')
        assert node.attributes["content"] == canonical.attributes["href"], page
