"""axe-core on every kind of page: both widths and both colour schemes, and with the search open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import sites
from browser.conftest import Reader

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Layout follows the width and colour the scheme, neither the other, so that two looks show what four would.
LOOKS = {
    "desktop, light": ({"width": 1440, "height": 1000}, "light"),
    "phone, dark": ({"width": 390, "height": 844}, "dark"),
}


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, a line for each element."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def in_each_look(page: Page) -> list[str]:
    """Findings at both widths and in both schemes, each once with where it shows."""
    found: dict[str, list[str]] = {}
    for look, (size, scheme) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for line in violations(page):
            found.setdefault(line, []).append(look)
    return [f"{line} ({'; '.join(where)})" for line, where in found.items()]


@pytest.fixture(scope="session")
def pages_by_kind(real: sites.Site) -> dict[str, str]:
    """For each kind of page the one with most to say, and the hand-written pages and the error page."""
    largest: dict[str, tuple[int, str]] = {}
    for name in real.pages:
        body = real.tree(name).css_first("body").attributes["class"]
        kind = body.partition("kind-")[2].split(" ")[0] or name
        largest[kind] = max(largest.get(kind, (0, "")), (len(real.text(name)), name))
    return {kind: name.removesuffix("index.html") for kind, (_, name) in largest.items()}


def test_no_kind_of_page_has_a_violation(new_reader: Callable[..., Reader], pages_by_kind: dict[str, str]):
    assert {"home", "arc", "case", "teach", "timeline", "claims", "entity", "404.html"} <= pages_by_kind.keys()
    reader = new_reader()
    found = {}
    for kind, uri in pages_by_kind.items():
        lines = in_each_look(reader.open(uri))
        if lines:
            found[f"{kind}: {uri}"] = lines
    assert found == {}


def test_search_dialog_has_none(reader: Reader):
    page = reader.open("cases/floor-nap/")
    page.keyboard.press("/")
    page.locator(".cb-find__query").fill("Lei Jun")
    page.locator(".cb-find__result a").first.wait_for()
    assert in_each_look(page) == []


def test_a_forced_violation_is_found(reader: Reader):
    page = reader.open("cases/floor-nap/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/assets/casebook/mark.svg>'")
    assert any(line.startswith("image-alt") for line in violations(page))


def test_forced_colours_still_show_which_part_of_the_site_is_open(new_reader: Callable[..., Reader]):
    page = new_reader(forced_colors="active").open("timeline/")
    here, elsewhere = (
        page.locator(f".cb-nav {selector}").first.evaluate(
            "link => [getComputedStyle(link).borderBlockStartColor, getComputedStyle(link).borderBlockEndColor]"
        )
        for selector in ("[aria-current]", "a:not([aria-current])")
    )
    background = page.locator(".cb-header").evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert elsewhere == [background, background]
    assert here[0] == background
    assert here[1] != background
