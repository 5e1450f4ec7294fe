"""Pages say how to cite what they are about."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.pipeline import build_pages

UNFINDABLE = """\
- id: press-report
  csl: {type: webpage, issued: "2024-01-11", language: en}
  short: A digest
  accessed: "2024-05-01"
  kind: secondary
  independence: press
- id: company-blog
  csl: {type: post-weblog, title: 雷军的回应, language: zh-Hans, author: [{literal: 雷军}]}
  short: Acme blog
  accessed: "2024-05-01"
  kind: primary
  independence: self-issued
"""


def shown(uri: str, site_url: str = "", **texts: object) -> LexborHTMLParser:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    specs = {spec.uri: spec for spec in build_pages(loaded.casebook, site_url)}
    return LexborHTMLParser(str(specs[uri].build().render()))


def references(page: LexborHTMLParser) -> dict[str, str]:
    rows = page.css("#cite .refs > div")
    return {row.css_first("dt").text(): row.css_first("dd p").text() for row in rows}


def test_case_is_cited_in_four_styles():
    assert references(shown("cases/first-case/", "https://book.example/")) == {
        "APA, 7th edition": "The first case. (2024, June 1). The Founder Casebook. https://book.example/cases/first-case/",
        "MLA, 9th edition": "“The First Case.” The Founder Casebook, 1 June 2024, https://book.example/cases/first-case/.",
        "Chicago, 18th edition": "The Founder Casebook. “The First Case.” June 1, 2024. https://book.example/cases/first-case/.",
        "GB/T 7714, 2015": "The first case[EB/OL]. (2024-06-01). https://book.example/cases/first-case/.",
    }


def test_without_the_sites_address_there_is_none_and_the_reader_is_told():
    page = shown("cases/first-case/")
    assert not any("http" in text for text in references(page).values())
    assert "does not know its public address" in page.css_first("#cite").text()
    assert "does not know" not in shown("cases/first-case/", "https://book.example/").css_first("#cite").text()


@pytest.mark.parametrize("uri", ["cases/first-case/", "sources/company-blog/"])
def test_every_reference_has_a_button_that_names_what_it_copies(uri):
    page = shown(uri)
    buttons = page.css("#cite button.copy[hidden]")
    assert len(buttons) == 4
    assert all(len(page.css(button.attributes["data-copy"])) == 1 for button in buttons)
    assert len({button.attributes["aria-label"] for button in buttons}) == 4


def test_files_are_offered_with_their_kind_and_size():
    text = shown("cases/first-case/").css_first("#cite .ref-files").text()
    assert text.startswith("For reference managers: BibTeX (")
    links = shown("cases/first-case/").css("#cite .ref-files a")
    assert [(a.attributes["href"], a.attributes["download"]) for a in links] == [
        ("../../cases/first-case/cite.bib", "first-case.bib"), ("../../cases/first-case/cite.ris", "first-case.ris"),
        ("../../cases/first-case/cite.json", "first-case.json"),
    ]  # fmt: skip


def test_chinese_source_keeps_its_characters_in_every_style():
    page = shown("sources/company-blog/", registries={"sources": UNFINDABLE})
    texts = references(page).values()
    assert len(texts) == 4
    assert all("雷军. " in text and "雷军的回应" in text for text in texts)
    assert {span.attributes["lang"] for span in page.css("#cite .refs span[lang]")} == {"zh-Hans"}


def test_source_of_which_only_a_date_is_known_gets_no_reference_but_files():
    page = shown("sources/press-report/", registries={"sources": UNFINDABLE})
    assert references(page) == {}
    assert len(page.css("#cite .ref-files a")) == 3
    assert "no style can make a reference of it" in page.css_first("#cite").text()


def test_bibliography_of_a_case_counts_its_sources_once():
    assert (
        "All sources of this case for reference managers, 1 entry:"
        in shown("cases/first-case/").css_first("#sources").text()
    )


def test_reading_list_offers_its_readings():
    page = shown("readings/seminar/", readings={"seminar": builders.READING_LIST})
    text = page.css_first("#references .ref-files").text()
    assert text.startswith("All readings of this list for reference managers, 2 entries:")


def test_hostile_title_is_words():
    text = builders.case(("title: The first case", "title: '<img src=x onerror=alert(1)>'"))
    page = shown("cases/first-case/", cases={"first-case": text})
    assert page.css("#cite img") == []
    assert references(page)["APA, 7th edition"].startswith("<img src=x onerror=alert(1)>. (2024")
