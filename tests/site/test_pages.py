"""Every page is there, and every case page holds all that its casefile says."""

from __future__ import annotations

import json
import re

import pytest

from casebook.attestations import digest, normalise
from casebook.book import Casebook
from casebook.model import Case
from casebook.pipeline import build_pages
from casebook.prose import render_prose
from casebook.views.rendering import ProseLinks, View
from sites import EXAMPLE, PROJECT, Site

ALWAYS = {
    "glance",
    "essay",
    "record",
    "timeline",
    "quotes",
    "argument",
    "lessons",
    "questions",
    "apparatus",
    "sources",
    "cite",
    "corrections",
}


@pytest.fixture(params=["real", "example"])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def site(name: str, request: pytest.FixtureRequest) -> Site:
    return request.getfixturevalue(name)


@pytest.fixture
def book(name: str, request: pytest.FixtureRequest) -> Casebook:
    return request.getfixturevalue(f"{name}_book")


def _page(case: Case) -> str:
    return f"cases/{case.id}/index.html"


def test_every_page_of_the_casebook_is_in_the_site(site: Site, book: Casebook):
    assert {f"{spec.uri}index.html" for spec in build_pages(book)} - site.files == set()


def test_every_case_has_the_sections_of_a_case_page(site: Site, book: Casebook):
    missing = {}
    for case in book.cases.values():
        wanted = ALWAYS | {
            section for section, content in {
                "figures": case.key_figures, "claims": book.claims[case.id], "media": case.media, "cast": case.cast,
                "disputed": case.disputed, "positions": case.positions, "related": case.related,
            }.items() if content
        }  # fmt: skip
        if lost := wanted - site.ids(_page(case)):
            missing[case.id] = lost
    assert missing == {}


def test_sections_of_a_case_stand_in_the_order_of_the_design(site: Site, book: Casebook):
    order = [
        "glance", "essay", "timeline", "quotes", "claims", "positions", "lessons", "questions", "related", "sources",
        "cite", "corrections",
    ]  # fmt: skip
    for case in book.cases.values():
        found = [
            node.attributes["id"] for node in site.tree(_page(case)).css("main [id]") if node.attributes["id"] in order
        ]
        assert found == [anchor for anchor in order if anchor in found], case.id


def test_everything_with_an_id_in_a_casefile_has_its_anchor(site: Site, book: Casebook):
    missing = {}
    for case in book.cases.values():
        note = case.teaching
        wanted = {
            entry.id for entries in (case.body, case.events, case.quotes, case.claims, case.media, note.questions)
            for entry in entries
        } | {f"lesson-{use.lesson}" for use in case.lessons}  # fmt: skip
        taught = {entry.id for entries in (note.objectives, note.questions, note.preparation) for entry in entries}
        lost = (wanted - site.ids(_page(case))) | (taught - site.ids(f"cases/{case.id}/teach/index.html"))
        if lost:
            missing[case.id] = lost
    assert missing == {}


def test_every_paragraph_of_an_essay_has_a_number_and_an_address(site: Site, book: Casebook):
    for case in book.cases.values():
        links = ProseLinks(View(book, f"cases/{case.id}/", case))
        wanted = sum(render_prose(section.text, links, scope=section.id, first=1).paragraphs for section in case.body)
        paragraphs = site.tree(_page(case)).css("section.essay p[id^='p-']")
        assert [node.css_first("a.pn").text() for node in paragraphs] == [str(n + 1) for n in range(wanted)], case.id
        assert all(node.css_first("a.pn").attributes["href"] == f"#{node.id}" for node in paragraphs)


def test_claim_that_another_case_settles_is_shown_in_both(site: Site, book: Casebook):
    shared = [
        (case.id, (step.event or "").partition("#")[0], claim)
        for case in book.cases.values() for claim in case.claims for step in claim.history if "#" in (step.event or "")
    ]  # fmt: skip
    assert shared
    for home, guest, claim in shared:
        assert claim.text in site.tree(f"cases/{home}/index.html").css_first(f"#claims #{claim.id}").text()
        if guest and guest != home:
            shown = site.tree(f"cases/{guest}/index.html").css_first(f"#claims [id='{home}--{claim.id}']")
            assert shown is not None, f"{claim.id} in {guest}"
            assert claim.text in shown.text()
            assert f"../../cases/{home}/#{claim.id}" in [link.attributes["href"] for link in shown.css("a")]


def test_badges_are_those_that_were_attested(name: str, site: Site, book: Casebook):
    folder = {"real": PROJECT, "example": EXAMPLE}[name]
    attested = json.loads((folder / "casefiles" / "attestations.json").read_text(encoding="utf-8"))["quotes"]
    for case in book.cases.values():
        for quote in case.quotes:
            found = attested.get(f"{case.id}#{quote.id}", {"exact_sha256": "", "method": ""})
            holds = found["exact_sha256"] == digest(quote.exact) and found["source"] == quote.source
            badge = {"full-text": "verbatim", "excerpt": "reported"}[found["method"]] if holds else "unverified"
            wanted = [badge, "translated"] if badge == "verbatim" and quote.translation else [badge]
            marks = site.tree(_page(case)).css(f"#quotes #{quote.id} .badge")
            assert [(mark.attributes["class"] or "").removeprefix("badge ") for mark in marks] == wanted, quote.id


def test_every_quote_from_a_source_that_is_archived_whole_is_verbatim(site: Site, book: Casebook):
    founding = {source.id for source in book.sources.values() if source.sha256}
    assert founding
    for case in book.cases.values():
        for quote in case.quotes:
            if quote.source in founding:
                shown = site.tree(_page(case)).css_first(f"#quotes #{quote.id}")
                assert shown.css_first(".badge.verbatim"), f"{case.id}#{quote.id}"
                assert normalise(quote.exact)[0] in normalise(shown.css_first(".orig").text())[0]


def test_the_five_founding_articles_are_quoted_in_the_real_casebook(real_book: Casebook):
    whole = {source.id for source in real_book.sources.values() if source.sha256}
    assert len(whole & {quote.source for case in real_book.cases.values() for quote in case.quotes}) == 5


def test_no_menu_lists_cases(site: Site):
    # With a thousand cases in it, every page would carry them all.
    listed = []
    for page in site.pages:
        # The case before and the case after are two, however many cases there are.
        for node in site.tree(page).css(
            "nav:not(.pager) a[href]:not([rel]), header.cb-header a[href], footer.cb-footer a[href]"
        ):
            written = node.attributes["href"] or ""
            if not written.startswith("#") and re.search("/cases/[a-z0-9]", site.url(page, written)):
                listed.append(f"{page}: {written}")
    assert listed == []


def test_an_old_address_of_a_case_leads_to_it(site: Site, book: Casebook):
    for case in book.cases.values():
        for alias in case.aliases:
            links = [node.attributes["href"] for node in site.tree(f"cases/{alias}/").css("main a")]
            assert f"../../cases/{case.id}/" in links


def test_editor_links_lead_to_the_casefile(published: Site, example_book: Casebook):
    for spec in build_pages(example_book):
        links = {node.attributes["href"] for node in published.tree(spec.uri).css("a[href^='https://edit.example/']")}
        assert links == ({f"https://edit.example/main/{spec.file}"} if spec.file else set()), spec.uri


def test_editor_links_of_handwritten_pages_lead_to_their_file(published: Site):
    links = {node.attributes["href"] for node in published.tree("method/").css("a[href^='https://edit.example/']")}
    assert links == {"https://edit.example/main/docs/method.md"}


def test_casefiles_are_published_as_they_are(site: Site, name: str, book: Casebook):
    folder = {"real": PROJECT, "example": EXAMPLE}[name]
    for file in {spec.file for spec in build_pages(book) if spec.file}:
        assert (site.folder / file).read_bytes() == (folder / file).read_bytes()


def test_case_page_without_an_editor_address_may_only_offer_its_own_casefile(site: Site, book: Casebook):
    for case in book.cases.values():
        offered = [link.written for link in site.links(_page(case)) if link.url.endswith(".yml")]
        assert set(offered) <= {f"../../casefiles/cases/{case.id}.yml"}
        assert site.tree(_page(case)).css("a[href*='edit.example']") == []
