"""The page that tells what was corrected since an edition: everything is in it, newest first, for readers without scripts too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.exports.search import search_entries
from casebook.pipeline import build_pages

Show = Callable[..., LexborHTMLParser]
PAGE = "cases/first-case/changes/"
CORRECTED = builders.case(
    more="""\
corrections:
  - {on: "2024-06-03", what: It said May., why: A reader counted.}
  - {on: "2024-06-20", what: It said June., why: The source was read again.}
  - {on: "2024-06", what: It said July., why: A slip.}
moved:
  - {was: q-old, why: The quotation was removed.}
"""
)
CASES = {"first-case": CORRECTED}
LISTS = {"seminar": builders.READING_LIST.replace("audience: Students", 'audience: Students\nupdated: "2024-06-10"')}


def rows(tree: LexborHTMLParser) -> list[tuple[str, str, str]]:
    found = tree.css(".since-all > li")
    return [(row.id, row.attributes["data-earliest"], row.attributes["data-latest"]) for row in found]


def test_corrections_stand_newest_first_with_their_days_and_anchors(show: Show):
    assert rows(show(PAGE, cases=CASES)) == [
        ("correction-3", "2024-06-01", "2024-06-30"),
        ("correction-2", "2024-06-20", "2024-06-20"),
        ("correction-1", "2024-06-03", "2024-06-03"),
    ]


def test_each_says_what_why_and_leads_to_its_place_in_the_case(show: Show):
    row = show(PAGE, cases=CASES).css_first("#correction-2")
    assert row.text(separator=" ") == "20 June 2024 In the case It said June. The source was read again."
    assert row.css_first("a").attributes["href"] == "../../../cases/first-case/#correction-2"


def test_what_was_removed_stands_apart_since_nobody_knows_the_day(show: Show):
    removed = show(PAGE, cases=CASES).css_first(".removed").text()
    assert "The quotation was removed." in removed


def test_case_without_corrections_says_so(show: Show):
    tree = show(PAGE)
    assert tree.css_first("#corrections p").text() == "None since publication."
    assert tree.css(".since-group") == []


def test_present_edition_is_the_one_that_the_case_names(show: Show):
    here = show(PAGE, cases=CASES).css_first(".since").attributes["data-edition"]
    cited = show("cases/first-case/", cases=CASES).css_first("#cite a[href*='changes/']").attributes["href"]
    taught = show("cases/first-case/teach/", cases=CASES).css_first("#edition a").attributes["href"]
    assert cited == f"../../cases/first-case/changes/?edition={here}"
    assert taught == f"../../../cases/first-case/changes/?edition={here}"


def test_list_tells_of_all_its_cases_and_of_itself(show: Show):
    tree = show("readings/seminar/changes/", cases=CASES, readings=LISTS)
    assert {anchor for anchor, *_ in rows(tree)} == {
        "first-case--correction-1", "first-case--correction-2", "first-case--correction-3", "list",
    }  # fmt: skip
    assert tree.css_first("#list").text(separator=" ").startswith("10 June 2024 The list itself was changed")
    here = tree.css_first(".since").attributes["data-edition"]
    linked = show("readings/seminar/", cases=CASES, readings=LISTS).css_first("#edition a").attributes["href"]
    assert linked == f"../../readings/seminar/changes/?edition={here}"


def test_every_answer_is_hidden_until_a_script_asks(show: Show):
    tree = show(PAGE, cases=CASES)
    answers = tree.css("[data-answer]")
    assert [node.attributes["data-answer"] for node in answers] == [
        "same", "otherday", "after", "day", "wording", "newer", "unreadable",
    ]  # fmt: skip
    assert all("hidden" in node.attributes for node in [*answers, *tree.css(".since-group"), *tree.css(".since-yours")])


@pytest.mark.parametrize("uri", ["cases/old-name/changes/", "readings/old-list/changes/"])
def test_former_address_leads_to_the_page_of_now(show: Show, uri: str):
    case = builders.case(more="aliases: [old-name]\n")
    lists = {"seminar": f"{builders.READING_LIST}former_ids: [old-list]\n"}
    tree = show(uri, cases={"first-case": case}, readings=lists)
    here = {"cases": "cases/first-case", "readings": "readings/seminar"}[uri.partition("/")[0]]
    assert [node.attributes["href"] for node in tree.css("a")] == [f"../../../{here}/changes/"]


def test_case_that_was_taken_back_says_so_here_too(show: Show):
    second = builders.other_case(
        "second-case", ("status: published", "status: retired"),
        more='retired: {on: "2024-06-02", why: It rested on a letter that was invented.}\n',
    )  # fmt: skip
    tree = show("cases/second-case/changes/", cases={"first-case": builders.CASE, "second-case": second})
    assert "It rested on a letter that was invented." in tree.body.text()


def test_page_is_in_no_search_index_and_asks_search_engines_to_leave_it_out():
    book = builders.load(cases=CASES).casebook
    page = next(spec for spec in build_pages(book) if spec.uri == PAGE).build()
    assert list(search_entries(page, book)) == []
