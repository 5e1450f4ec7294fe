"""Files for reference managers, and what the head says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.book import Casebook
from casebook.courses import courses
from casebook.exports.citations import citation_files
from casebook.exports.head_citation import citation_head
from casebook.exports.site import Site
from casebook.pipeline import build_pages, load_casebook
from sites import EXAMPLE, PROJECT

URL = "https://book.example/"


@pytest.fixture(scope="module")
def book() -> Casebook:
    book = builders.load(readings={"seminar": builders.READING_LIST}).casebook
    assert book is not None
    return book


@pytest.fixture(scope="module")
def files(book) -> dict[str, str]:
    return {file.uri: str(file.content) for file in citation_files(book, Site("The Founder Casebook", URL))}


def head(book: Casebook, uri: str, site: Site) -> LexborHTMLParser:
    (spec,) = [spec for spec in build_pages(book) if spec.uri == uri]
    return LexborHTMLParser(f"<head>{''.join(citation_head(book, spec.build(), site))}</head>")


def meta(book: Casebook, site: Site) -> dict[str, str]:
    return {e.attributes["name"]: e.attributes["content"] for e in head(book, "cases/first-case/", site).css("meta")}


def test_every_case_source_and_reading_list_has_its_files(files):
    stems = {uri.rpartition(".")[0] for uri in files}
    assert stems == {
        "cases/first-case/cite", "cases/first-case/sources", "sources/press-report/cite", "sources/company-blog/cite",
        "readings/seminar/readings",
    }  # fmt: skip
    assert len(files) == 3 * len(stems)


def test_files_of_a_case_name_its_address(files):
    assert json.loads(files["cases/first-case/cite.json"])[0]["URL"] == f"{URL}cases/first-case/"
    assert rispy.loads(files["cases/first-case/cite.ris"])[0]["urls"] == [f"{URL}cases/first-case/"]
    fields = parse_string(files["cases/first-case/cite.bib"], "bibtex").entries["first-case"].fields
    assert fields["url"] == f"{URL}cases/first-case/"


def test_without_the_sites_address_files_name_none(book):
    files = {file.uri: str(file.content) for file in citation_files(book, Site("The Founder Casebook"))}
    assert "URL" not in json.loads(files["cases/first-case/cite.json"])[0]


def test_reading_list_holds_cases_and_sources_in_order(files):
    assert [item["id"] for item in json.loads(files["readings/seminar/readings.json"])] == [
        "first-case",
        "press-report",
    ]
    assert list(parse_string(files["readings/seminar/readings.bib"], "bibtex").entries) == [
        "first-case",
        "press-report",
    ]


def test_bibliography_of_a_case_is_everything_that_its_page_cites():
    book = load_casebook(Path(__file__).parent.parent / "data" / "casefiles").casebook
    assert book is not None
    files = {file.uri: str(file.content) for file in citation_files(book, Site(""))}
    specs = {spec.uri: spec for spec in build_pages(book)}
    for case in book.cases.values():
        page = LexborHTMLParser(str(specs[f"cases/{case.id}/"].build().render()))
        shown = {item.attributes["id"].removeprefix("source-") for item in page.css("ol.src > li[id]")}
        written = [item["id"] for item in json.loads(files[f"cases/{case.id}/sources.json"])]
        assert shown <= set(written)
        assert len(written) == len(set(written))


def test_files_are_the_same_each_time(book, files):
    assert {file.uri: file.content for file in citation_files(book, Site("The Founder Casebook", URL))} == files


def test_case_tells_reference_managers_what_it_is(book):
    assert meta(book, Site("The Founder Casebook", URL)) == {
        "citation_title": "The first case", "citation_publication_date": "2024/06/01", "citation_language": "en",
        "citation_public_url": f"{URL}cases/first-case/", "citation_fulltext_html_url": f"{URL}cases/first-case/",
        "z:itemType": "webpage",
    }  # fmt: skip


def test_no_address_is_told_when_none_is_known(book):
    assert not any("url" in name for name in meta(book, Site("The Founder Casebook")))


@pytest.mark.parametrize("uri", ["cases/first-case/", "sources/press-report/", "readings/seminar/"])
def test_head_links_to_files_that_are_there(book, files, uri):
    links = head(book, uri, Site("The Founder Casebook", URL)).css('link[rel="alternate"]')
    assert [link.attributes["type"] for link in links] == [
        "application/x-bibtex", "application/x-research-info-systems", "application/vnd.citationstyles.csl+json",
    ]  # fmt: skip
    assert all(link.attributes["href"].removeprefix("../../") in files for link in links)


def test_listings_say_nothing(book):
    assert head(book, "sources/", Site("The Founder Casebook", URL)).css("meta, link") == []


def test_title_is_escaped_in_the_head():
    text = builders.case(("title: The first case", "title: 'A \" onload=x <b>'"))
    book = builders.load(cases={"first-case": text}).casebook
    assert book is not None
    assert meta(book, Site(""))["citation_title"].startswith("A ")
    assert head(book, "cases/first-case/", Site("")).css("b, [onload]") == []


# Every course, read by programs that we did not write


def _real(folder: Path) -> Casebook:
    book = load_casebook(folder / "casefiles").casebook
    assert book is not None
    return book


@pytest.mark.parametrize("folder", [PROJECT, EXAMPLE], ids=["real", "example"])
def test_three_readers_find_all_readings_of_every_course(folder: Path):
    book = _real(folder)
    files = {file.uri: str(file.content) for file in citation_files(book, Site("The Founder Casebook", URL))}
    for course in courses(book):
        stem = f"cases/{course.id}/cite" if course.case else f"{course.uri}readings"
        assigned = [reading for meeting in course.meetings for reading in meeting.readings]
        wanted = {reading.case.id if reading.case else reading.source.id: reading for reading in assigned}
        references = rispy.loads(files[f"{stem}.ris"])
        assert [reference["id"] for reference in references] == list(wanted)
        assert list(parse_string(files[f"{stem}.bib"], "bibtex").entries) == list(wanted)
        assert list(CiteProcJSON(json.loads(files[f"{stem}.json"]))) == list(wanted)
        for reference, reading in zip(references, wanted.values(), strict=True):
            title = reading.case.title if reading.case else reading.source.csl.title
            assert reference.get("title") == (" ".join(title.split()) if title else None)


@pytest.mark.parametrize("folder", [PROJECT, EXAMPLE], ids=["real", "example"])
def test_three_readers_find_all_sources_of_every_case(folder: Path):
    book = _real(folder)
    files = {file.uri: str(file.content) for file in citation_files(book, Site("The Founder Casebook", URL))}
    for case in book.cases:
        wanted = book.case_sources[case]
        ris, bib, csl = (files[f"cases/{case}/sources.{suffix}"] for suffix in ("ris", "bib", "json"))
        assert [reference["id"] for reference in rispy.loads(ris)][: len(wanted)] == wanted
        assert list(parse_string(bib, "bibtex").entries)[: len(wanted)] == wanted
        assert list(CiteProcJSON(json.loads(csl)))[: len(wanted)] == wanted
