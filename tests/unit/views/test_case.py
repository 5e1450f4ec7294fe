"""A case's page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders

Show = Callable[..., LexborHTMLParser]
CASE = "cases/first-case/"


def _ids(tree: LexborHTMLParser) -> list[str]:
    return [node.attributes["id"] or "" for node in tree.css("[id]")]


def _hrefs(tree: LexborHTMLParser, selector: str) -> list[str | None]:
    return [node.attributes["href"] for node in tree.css(f"{selector} a")]


def test_sections_stand_in_order_and_empty_ones_are_left_out(show: Show):
    sections = [node.attributes["id"] for node in show(CASE).css("section, .part-title")]
    assert sections == [
        "glance", "essay", "opening", "record", "timeline", "quotes", "claims", "cast", "argument", "lessons",
        "questions", "apparatus", "sources", "cite", "corrections",
    ]  # fmt: skip


def test_title_and_dek_are_escaped(show: Show):
    text = builders.case(
        ("title: The first case", "title: The <b>first</b> & only"), ("dek: A founder", "dek: <i>A</i> founder")
    )
    tree = show(CASE, cases={"first-case": text})
    assert tree.css_first("h1").text() == "The <b>first</b> & only"
    assert tree.css_first(".dek").text().startswith("<i>A</i> founder")


def test_parts_of_the_byline_are_words_apart(show: Show):
    # Read aloud, copied or exported, a line without blanks says "20245 minutes".
    particulars = show(CASE).css_first(".particulars").text()
    assert re.search(r"2024\s+1 minutes?\s+Themes", particulars)


def test_reading_time_of_a_short_case_is_in_the_singular(show: Show):
    assert "1 minute " in show(CASE).css_first(".particulars").text()


def test_events_stand_in_order_of_dates_and_same_day_ones_in_the_editors_order(show: Show):
    event = '\n  - {{id: {0}, date: "{1}", title: {0}, strand: public, cites: [press-report]}}'
    more = (
        event.format("later", "2024-02-01")
        + event.format("same-b", "2024-01-01")
        + event.format("same-a", "2024-01-01")
    )
    text = builders.case(("    cites: [press-report]\nquotes:", f"    cites: [press-report]{more}\nquotes:"))
    events = [node.attributes["id"] for node in show(CASE, cases={"first-case": text}).css("#timeline li")]
    assert events == ["same-b", "same-a", "speech", "later"]


def test_event_that_settles_a_claim_shows_the_outcome(show: Show):
    text = builders.case(("        note: Delivered.\n", "        note: Delivered.\n        event: speech\n"))
    event = show(CASE, cases={"first-case": text}).css_first("#speech")
    assert event.css_first(".st-kept") is not None
    assert "#c-ship" in [node.attributes["href"] for node in event.css("a")]


def test_event_that_only_begins_a_claim_shows_no_outcome(show: Show):
    assert show(CASE).css_first("#speech .st") is None


def test_quote_shows_its_words_its_speaker_and_its_passage(show: Show):
    quote = show(CASE).css_first("#q-promise")
    assert quote.css_first(".orig").text() == "“We will ship in March.”"
    assert [node.attributes["href"] for node in quote.css("a")] == [
        "../../people/ada/", "../../method/#how-quotes-are-checked", "#source-press-report",
        "https://example.org/report#:~:text=We%20will%20ship%20in%20March.",
    ]  # fmt: skip
    assert quote.css_first(".badge").text() == "Unverified"


def test_translated_quote_shows_both_languages(show: Show):
    chinese = "exact: 三月发货。\n    lang: zh-Hans\n    translation: {lang: en, text: We ship., by: the editors}"
    text = builders.case(("exact: We will ship in March.\n    lang: en", chinese))
    quote = show(CASE, cases={"first-case": text}).css_first("#q-promise")
    assert [(node.attributes["lang"], node.text()) for node in quote.css("[lang]")] == [
        ("zh-Hans", "三月发货。"),
        ("en", "“We ship.”"),
    ]
    assert "Translated by the editors" in quote.text()


def test_claim_shows_every_step_with_its_evidence(show: Show):
    steps = show(CASE).css("#c-ship .steps li")
    assert [step.css_first(".step-word").text() for step in steps] == ["Made.", "Kept, day 70 of 81."]
    assert _hrefs(show(CASE), "#c-ship .steps") == ["#speech", "#source-press-report", "#source-press-report"]


def test_step_of_a_claim_has_a_blank_between_its_date_and_its_status(show: Show):
    assert re.search(r"20 March 2024\s+Kept", show(CASE).css("#c-ship .steps li")[1].text())


def test_claim_that_another_case_settles_is_a_guest_there_with_a_link_home(show: Show):
    first = builders.case(
        ("        note: Delivered.\n", "        note: Delivered.\n        event: second-case#speech\n")
    )
    tree = show("cases/second-case/", cases={"first-case": first, "second-case": builders.other_case()})
    claims = [node.attributes["id"] for node in tree.css("#claims article")]
    assert claims[0] == "c-ship"
    assert len(claims) == 2
    guest = tree.css("#claims article")[1]
    assert "Made in The first case" in guest.text()
    assert "../../cases/first-case/#c-ship" in [node.attributes["href"] for node in guest.css("a")]
    assert "#speech" in [node.attributes["href"] for node in guest.css(".steps a")]
    assert "../../cases/first-case/#speech" in [node.attributes["href"] for node in guest.css(".steps a")]


def test_paragraphs_that_begin_alike_in_two_sections_have_two_addresses(show: Show):
    again = "  - id: again\n    heading: Again\n    text: |\n      [[ada]] spoke on a stage in another town.\n"
    text = builders.case(
        ("[[ada]] spoke on a stage [@press-report, p. 3].", "[[ada]] spoke on a stage in one town."),
        ("that lasted.\n", f"that lasted.\n{again}"),
    )
    ids = _ids(show(CASE, cases={"first-case": text}))
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_lesson_that_a_case_both_supports_and_complicates_has_two_addresses(show: Show):
    first = "    why: She said little.\n"
    second = "    evidence: [speech]\n  - lesson: say-less\n    relation: complicates\n    why: Then more.\n"
    text = builders.case((first, first + second))
    ids = _ids(show(CASE, cases={"first-case": text}))
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert "lesson-say-less" in ids


def test_further_reading_of_a_source_that_is_cited_has_one_address(show: Show):
    tree = show(CASE, cases={"first-case": builders.case(more="further: [press-report, company-blog]\n")})
    assert Counter(_ids(tree))["source-press-report"] == 1
    assert len(tree.css("#further li")) in {1, 2}
    assert tree.css_first("#further #source-company-blog") is not None


def test_source_that_is_only_further_reading_again_leads_to_an_anchor_of_the_case(show: Show):
    cases = {"first-case": builders.case(more="further: [press-report]\n")}
    anchors = {f"../../{CASE}#{name}" for name in _ids(show(CASE, cases=cases))}
    links = {href for href in _hrefs(show("sources/press-report/", cases=cases), "section") if href and "#" in href}
    assert links - anchors == set()


def test_related_case_is_named_on_both_pages_with_the_relation_turned_round(show: Show):
    first = builders.case(more="related:\n  - {case: second-case, relation: sequel, why: It goes on.}\n")
    cases = {"first-case": first, "second-case": builders.other_case()}
    assert show(CASE, cases=cases).css_first("#related li").text(separator=" ", strip=True).startswith("Sequel")
    assert (
        show("cases/second-case/", cases=cases)
        .css_first("#related li")
        .text(separator=" ", strip=True)
        .startswith("Precedent")
    )


def test_positions_on_one_issue_stand_side_by_side(show: Show):
    position = "  - {{issue: {}, holder: {}, stance: {}, summary: So., cites: [press-report]}}\n"
    more = (
        "positions:\n"
        + position.format("A", "ada", "yes")
        + position.format("B", "ada", "maybe")
        + position.format("A", "bob", "no")
    )
    issues = show(CASE, cases={"first-case": builders.case(more=more)}).css("#positions .issue")
    assert [[side.text() for side in issue.css("h4")] for issue in issues] == [["yes", "no"], ["maybe"]]


def test_case_without_corrections_says_so(show: Show):
    assert show(CASE).css_first("#corrections p").text() == "None since publication."


def test_figure_shows_its_hedge_and_its_source(show: Show):
    more = "key_figures:\n  - {value: 1200, qualifier: about, unit: cars, label: made, source: company-blog}\n"
    figure = show(CASE, cases={"first-case": builders.case(more=more)}).css_first("#figures div")
    assert figure.css_first(".v").text() == "about 1,200 cars"
    assert figure.css_first(".src a").attributes["href"] == "#source-company-blog"


@pytest.mark.parametrize(("status", "words"), [("draft", "Draft"), ("review", "In review")])
def test_unpublished_case_says_that_it_is(status: str, words: str):
    from casebook.pipeline import PREVIEW, build_pages

    loaded = builders.load(
        cases={"first-case": builders.case(("status: published", f"status: {status}"))}, statuses=PREVIEW
    )
    assert loaded.casebook is not None
    page = next(spec for spec in build_pages(loaded.casebook) if spec.uri == CASE).build()
    assert f"{words}, not published." in page.render()


def test_timeline_of_a_case_leads_to_its_events_among_all(show: Show):
    link = show(CASE).css_first("#timeline > .more a")
    assert link.attributes["href"] == "../../timeline/?case=first-case"
