"""Pages, sections, links and slices."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from casebook.views.page import Link, Page, Section, slices, up


def test_section_escapes_its_title_and_keeps_its_html():
    section = Section("a", 2, "<b> & “c”", Markup("<p>1 &lt; 2</p>"), "wide")
    assert section.render() == (
        '<section class="block wide" id="a"><h2>&lt;b&gt; &amp; “c”</h2>\n<p>1 &lt; 2</p></section>\n'
    )  # fmt: skip


def test_section_of_level_one_is_the_label_of_a_part_and_no_heading():
    assert Section("record", 1, "The record").render() == '<p class="caps part-title" id="record">The record</p>\n'


def test_words_of_a_section_are_plain_and_once_more_escaped_for_search():
    section = Section("a", 2, "A", Markup("<p>1 &lt; 2</p><p>so</p>"))
    assert (section.text, section.escaped_text) == ("1 < 2 so", "1 &lt; 2 so")


def test_page_is_its_lead_and_its_sections():
    page = Page("a/", "A", "case", "", Markup("<h1>A</h1>\n"), (Section("b", 1, "B"), Section("c", 2, "C")))
    assert page.render().index("<h1>A") < page.render().index('id="b"') < page.render().index('id="c"')


def test_link_escapes_its_address_its_words_and_its_language():
    assert Link('a"b', "<i>", "zh-Hans").__html__() == '<a href="a&quot;b" lang="zh-Hans">&lt;i&gt;</a>'


@pytest.mark.parametrize(("uri", "root"), [("", ""), ("cases/", "../"), ("cases/floor-nap/teach/", "../../../")])
def test_way_up_leads_to_the_root(uri: str, root: str):
    assert up(uri) == root


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, [("q/", 0, 0, "")]),
        (10, [("q/", 0, 10, "")]),
        (11, [("q/", 0, 10, ""), ("q/pages/2/", 10, 11, ", page 2")]),
        (30, [("q/", 0, 10, ""), ("q/pages/2/", 10, 20, ", page 2"), ("q/pages/3/", 20, 30, ", page 3")]),
    ],
)
def test_listing_is_cut_into_pages(total: int, expected: list[tuple[str, int, int, str]]):
    assert [(part.uri, part.first, part.last, part.suffix) for part in slices("q/", total, 10)] == expected
