"""What sources disagree on, across cases; corrections and their addresses."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

import builders

Show = Callable[..., LexborHTMLParser]
CASE = "cases/first-case/"
DISPUTE = """\
disputed:
  - what: How many were made
    figures:
      - {value: "1,000", source: press-report}
      - {value: "1,200", source: company-blog, note: By its own count.}
    we_print: "1,000: the Daily counted."
"""


def test_disputed_page_gives_every_figure_with_its_source_and_what_is_printed(show: Show):
    (row,) = show("disputed/", cases={"first-case": builders.case(more=DISPUTE)}).css(".versus tbody tr")
    assert row.css_first("th a").attributes["href"] == "../cases/first-case/#dispute-1"
    assert [node.text() for node in row.css(".fig")] == ["1,000", "1,200"]
    assert [node.attributes["href"] for node in row.css("td a")] == [
        "../sources/press-report/", "../sources/company-blog/",
    ]  # fmt: skip
    assert row.css("td")[1].text() == "1,000: the Daily counted."


def test_disputed_page_leads_to_an_anchor_of_the_case(show: Show):
    row = show(CASE, cases={"first-case": builders.case(more=DISPUTE)}).css_first("#dispute-1")
    assert row.css_first("th").text() == "How many were made"
    assert row.css("th a") == []


def test_disputed_page_is_cut(show: Show):
    one = "  - {{what: Question {}, figures: [{{value: x, source: press-report}}]}}\n"
    cases = {"first-case": builders.case(more="disputed:\n" + "".join(one.format(n) for n in range(101)))}
    pages = [show(uri, cases=cases) for uri in ("disputed/", "disputed/pages/2/")]
    assert [len(page.css(".versus tbody tr")) for page in pages] == [100, 1]


def test_casebook_in_which_nothing_is_contested_says_so(show: Show):
    assert "No case shows sources that disagree yet." in show("disputed/").text()
    assert "No case sets readings side by side yet." in show("positions/").text()


def test_words_of_disputes_are_never_markup(show: Show):
    hostile = "<script>alert(1)</script>"
    more = f"disputed:\n  - {{what: {hostile}, we_print: {hostile}, figures: [{{value: {hostile}, source: press-report}}]}}\n"
    tree = show("disputed/", cases={"first-case": builders.case(more=more)})
    assert (tree.css("script"), tree.text().count(hostile)) == ([], 3)


CORRECTIONS = """\
corrections:
  - {on: "2024-07-01", what: First., why: A reader wrote.}
  - {on: "2024-09-01", what: Second., why: Another wrote.}
"""


def test_corrections_are_numbered_as_the_casefile_has_them(show: Show):
    tree = show(CASE, cases={"first-case": builders.case(more=CORRECTIONS)})
    assert [node.attributes["id"] for node in tree.css("#corrections li")] == ["correction-1", "correction-2"]


def test_corrections_of_all_cases_stand_newest_first_and_lead_to_their_own(show: Show):
    tree = show("corrections/", cases={"first-case": builders.case(more=CORRECTIONS)})
    assert [node.attributes["href"] for node in tree.css("section a")] == [
        "../cases/first-case/#correction-2", "../cases/first-case/#correction-1",
    ]  # fmt: skip


def test_corrections_are_cut_into_pages(show: Show):
    one = '  - {{on: "2024-07-01", what: Change {}., why: So.}}\n'
    cases = {"first-case": builders.case(more="corrections:\n" + "".join(one.format(n) for n in range(61)))}
    pages = [show(uri, cases=cases) for uri in ("corrections/", "corrections/pages/2/")]
    assert [len(page.css("section li")) for page in pages] == [60, 1]
