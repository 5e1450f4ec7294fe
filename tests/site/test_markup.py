"""The HTML of every page is sound, accessible in its outline, and asks nothing of other hosts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sites import Site

LOADED = (
    "link[href], script[src], img[src], img[srcset], source[src], source[srcset], iframe, object, embed, video, audio, "
    "use[href]"
)
LOADING_RELATIONS = frozenset(
    ["stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon", "manifest"]
)
FOREIGN = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@pytest.fixture(params=["real", "example"])
def site(request: pytest.FixtureRequest) -> Site:
    return request.getfixturevalue(request.param)


def test_no_id_stands_twice_on_a_page(site: Site):
    twice = {}
    for page in site.pages:
        counts = Counter(node.attributes["id"] for node in site.tree(page).css("[id]"))
        if found := [name for name, count in counts.items() if count > 1]:
            twice[page] = found
    assert twice == {}


def test_every_page_has_one_main_heading(site: Site):
    assert {page: count for page in site.pages if (count := len(site.tree(page).css("h1"))) != 1} == {}


def test_headings_skip_no_level(site: Site):
    skipped = []
    for page in site.pages:
        before = 0
        for node in site.tree(page).css("h1, h2, h3, h4, h5, h6"):
            level = int(node.tag[1])
            if level > before + 1:
                skipped.append(f"{page}: h{before} to {node.tag} {node.text(strip=True)!r}")
            before = level
    assert skipped == []


def test_no_heading_is_empty(site: Site):
    empty = [
        page
        for page in site.pages
        for node in site.tree(page).css("h1, h2, h3, h4, h5, h6")
        if not node.text(strip=True)
    ]
    assert empty == []


def test_every_page_says_its_language(site: Site):
    assert [page for page in site.pages if site.tree(page).css_first("html").attributes.get("lang") != "en"] == []


def test_every_page_has_a_title_of_its_own(site: Site):
    untitled = [page for page in site.pages if not site.tree(page).css_first("title").text(strip=True)]
    assert untitled == []


def test_chinese_characters_stand_in_elements_that_say_their_language(site: Site):
    # Screen readers choose their voice by it, and browsers their glyphs.
    unmarked = [
        f"{page}: {node.text()}"
        for page in site.pages
        for node in site.tree(page).css("p.orig")
        if re.search("[\u3400-\u9fff]", node.text()) and not (node.attributes.get("lang") or "").startswith("zh")
    ]
    assert unmarked == []


def test_no_page_loads_anything_from_another_host(site: Site):
    foreign = []
    for page in site.pages:
        for node in site.tree(page).css(LOADED):
            relations = set((node.attributes.get("rel") or "").split())
            if node.tag == "link" and not relations & LOADING_RELATIONS:
                continue
            for name in ("href", "src", "srcset", "data", "poster"):
                address = node.attributes.get(name) or ""
                foreign += [f"{page}: {address}"] if FOREIGN.match(address.strip()) else []
    assert foreign == []


def test_no_stylesheet_loads_anything_from_another_host(site: Site):
    sheets = {link.url for page in site.pages for link in site.links(page) if link.tag == "link" and ".css" in link.url}
    foreign = []
    for sheet in sheets:
        text = site.text(sheet.partition(site.base.join(["built.site", ""]))[2])
        foreign += [f"{sheet}: {url}" for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", text) if FOREIGN.match(url)]
        foreign += [f"{sheet}: {url}" for url in re.findall(r"@import\s+[\"']([^\"']+)", text) if FOREIGN.match(url)]
    assert sheets
    assert foreign == []


def test_no_style_or_script_is_written_into_a_page(site: Site):
    inline = []
    for page in site.pages:
        for node in site.tree(page).css("*"):
            if node.tag == "style" or "style" in node.attributes:
                inline.append(f"{page}: style of <{node.tag}>")
            inline += [f"{page}: {name} of <{node.tag}>" for name in node.attributes if name.startswith("on")]
            if (
                node.tag == "script"
                and "src" not in node.attributes
                and node.attributes.get("type") not in ("application/json", "application/ld+json")
            ):
                inline.append(f"{page}: inline <script>")
            if (node.attributes.get("href") or "").strip().lower().startswith("javascript:"):
                inline.append(f"{page}: {node.attributes['href']}")
    assert inline == []


def test_every_picture_has_a_text_or_is_hidden_from_readers_of_text(site: Site):
    silent = []
    for page in site.pages:
        silent += [f"{page}: <img>" for node in site.tree(page).css("img") if node.attributes.get("alt") is None]
        for node in site.tree(page).css("svg:not(svg svg)"):
            named = {"aria-hidden", "aria-label", "aria-labelledby"} & set(node.attributes)
            silent += [] if named or node.css_first("title") else [f"{page}: <svg>"]
    assert silent == []


def test_every_link_and_button_has_a_name(site: Site):
    nameless = [
        f"{page}: <{node.tag}> {node.attributes.get('href')}"
        for page in site.pages
        for node in site.tree(page).css("a[href], button")
        if not (node.text(strip=True) or node.attributes.get("aria-label"))
    ]
    assert nameless == []


def test_labels_and_descriptions_name_elements_of_the_page(site: Site):
    lost = []
    for page in site.pages:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for node in site.tree(page).css(f"[{name}]"):
                wanted = set((node.attributes[name] or "").split())
                lost += [f"{page}: {name}={missing}" for missing in wanted - site.ids(page)]
    assert lost == []


def test_links_that_leave_the_site_are_whole_addresses(site: Site):
    odd = [
        f"{link.page}: {link.written}"
        for page in site.pages
        for link in site.links(page)
        if not site.is_own(link.url) and not re.match(r"(?:https?://[^/\s]+|mailto:\S+@)", link.url)
    ]
    assert odd == []
