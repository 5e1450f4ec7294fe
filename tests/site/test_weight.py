"""What a first visit to a case costs: the page and all that it loads by itself, compressed as a host sends it."""

from __future__ import annotations

import gzip
import re
from posixpath import join, normpath

import pytest

import sites

LIMIT = 150_000


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return sites.real_site(tmp_path_factory)


def first_visit(site: sites.Site, page: str) -> dict[str, int]:
    """File → bytes on the wire, for a reader whose cache is empty."""
    tree = site.tree(page)
    asked = [node.attributes["href"] for node in tree.css("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
    asked += [node.attributes["src"] for node in tree.css("script[src], img[src]")]
    files = {normpath(join(page, name)) for name in asked if name}
    for sheet in [name for name in files if name.endswith(".css")]:
        files |= {normpath(join(sheet, "..", name)) for name in re.findall(r'url\("?([^"#)]+)"?\)', site.text(sheet))}
    return {name: _on_the_wire(site, name) for name in [f"{page}index.html", *sorted(files)]}


def _on_the_wire(site: sites.Site, name: str) -> int:
    content = (site.folder / name).read_bytes()
    return len(content) if name.endswith((".woff2", ".png")) else len(gzip.compress(content, 9))


def test_a_case_page_is_light(real: sites.Site):
    cases = [
        name.removesuffix("index.html") for name in real.pages if re.fullmatch(r"cases/[a-z0-9-]+/index.html", name)
    ]
    assert len(cases) >= 5
    costs = {page: first_visit(real, page) for page in cases}
    for files in costs.values():
        assert sum(name.endswith(".woff2") for name in files) >= 4
    assert {page: sum(files.values()) for page, files in costs.items() if sum(files.values()) > LIMIT} == {}
