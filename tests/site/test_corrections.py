"""Where a correction is suggested: on every generated page when an address is set, and nowhere without one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import sites
from sites import Site

MAIL = "mailto:editors@example.org?subject=Correction:%20{title}&body={page}%0A{address}"


@pytest.fixture(scope="session")
def mailing(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The example with an address for mail, and without an address of its own."""

    def make(folder: Path) -> None:
        project = sites.make_example_project(tmp_path_factory.mktemp("mailing-project") / "project")
        sites.build_strictly(project, folder, CASEBOOK_CORRECTIONS_URI=MAIL)

    return Site(sites.once(tmp_path_factory, "mailing-site", make))


def suggestions(site: Site, page: str) -> list[str]:
    return [node.attributes["href"] or "" for node in site.tree(page).css(".edit a.suggest")]


def test_every_generated_page_offers_it(published: Site):
    without = [
        page for page in published.pages if not suggestions(published, page) and "kind-" in _body(published, page)
    ]
    assert without == []


def test_hand_written_pages_do_not(published: Site):
    assert suggestions(published, "method/") == []


def test_it_names_the_page_in_full(published: Site):
    (address,) = suggestions(published, "cases/bench-photo/")
    fields = parse_qs(urlsplit(address).query)
    title = published.tree("cases/bench-photo/").css_first("h1").text()
    assert fields == {"title": [title], "body": ["https://example.org/book/cases/bench-photo/"]}


def test_mail_is_addressed_and_named(mailing: Site):
    (address,) = suggestions(mailing, "cases/bench-photo/")
    parts = urlsplit(address)
    assert (parts.scheme, parts.path) == ("mailto", "editors@example.org")
    fields = parse_qs(parts.query)
    title = mailing.tree("cases/bench-photo/").css_first("h1").text()
    assert fields["subject"] == [f"Correction: {title}"]
    assert fields["body"] == ["cases/bench-photo/\ncases/bench-photo/"]


def test_without_an_address_nothing_is_offered(example: Site):
    assert [page for page in example.pages if suggestions(example, page)] == []
    assert [page for page in example.pages if example.tree(page).css_first("meta[name=casebook-corrections]")] == []


def _body(site: Site, page: str) -> str:
    return site.tree(page).css_first("body").attributes["class"] or ""
