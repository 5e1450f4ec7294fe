"""The home page, the cross-case listings, the guides, and the pages of entities, lessons, sources and reading lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.model import typographic
from casebook.pipeline import build_pages

Show = Callable[..., LexborHTMLParser]
A_YEAR_LATER = (
    ('occurred: "2024-01-10"', 'occurred: "2025-01-10"'),
    ('published: "2024-06-01"', 'published: "2025-06-01"'),
)
TWO = {"first-case": builders.CASE, "second-case": builders.other_case("second-case", *A_YEAR_LATER)}


def _texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_cases_are_listed_newest_first_under_their_years(show: Show):
    tree = show("cases/", cases=TWO)
    assert [node.attributes["id"] for node in tree.css("section")] == ["y2025", "y2024"]


def test_addresses_on_a_listing_of_all_cases_are_apart_whatever_the_ids_are(show: Show):
    # A case `a` with an event `b-c`, and a case `a-b` with an event `c`.
    first = builders.case(
        ("id: first-case", "id: a"),
        ("id: speech", "id: b-c"),
        ("event: speech", "event: b-c"),
        ("[q-promise, speech]", "[q-promise, b-c]"),
    )
    second = builders.case(
        ("id: first-case", "id: a-b"),
        ("id: speech", "id: c"),
        ("event: speech", "event: c"),
        ("[q-promise, speech]", "[q-promise, c]"),
    )
    tree = show("timeline/", cases={"a": first, "a-b": second})
    counts = Counter(node.attributes["id"] for node in tree.css("[id]"))
    assert [name for name, count in counts.items() if count > 1] == []


def test_timeline_holds_the_events_of_all_cases_and_leads_into_them(show: Show):
    tree = show("timeline/", cases=TWO)
    links = {node.attributes["href"] for node in tree.css("li a")}
    assert {"../cases/first-case/#speech", "../cases/second-case/#speech"} <= links


def test_timeline_of_all_cases_shows_it_once_and_names_both(show: Show):
    rows = show("timeline/", cases=builders.told_twice()).css("ol.tl > li")
    assert [row.attributes["id"] for row in rows] == ["second-case--speech"]
    links = {link.attributes["href"] for link in rows[0].css("a")}
    assert {"../cases/second-case/#speech", "../cases/first-case/#speech"} <= links


def test_each_case_keeps_its_own_telling_and_leads_to_the_other(show: Show):
    shorter = show("cases/first-case/", cases=builders.told_twice()).css_first("#speech")
    fuller = show("cases/second-case/", cases=builders.told_twice()).css_first("#speech")
    assert "../../cases/second-case/#speech" in [link.attributes["href"] for link in shorter.css("a")]
    assert "../../cases/first-case/#speech" in [link.attributes["href"] for link in fuller.css("a")]


def test_without_a_fuller_telling_both_are_listed(show: Show):
    rows = show("timeline/", cases=TWO).css("ol.tl > li")
    assert len(rows) == 2


TWO_SOURCES = ("    cites: [press-report]\nquotes:", "    cites: [press-report, company-blog]\nquotes:")


@pytest.mark.parametrize(
    ("changes", "said"),
    [((), "reported once"), ((TWO_SOURCES,), "unconfirmed"),
     ((("    cites: [press-report]\nquotes:", "    cites: [press-report]\n    confidence: confirmed\nquotes:"),), "")],
)  # fmt: skip
def test_event_says_how_sure_it_is(show: Show, changes, said):
    event = show("cases/first-case/", cases={"first-case": builders.case(*changes)}).css_first("#speech")
    sure = event.css_first(".sure")
    assert (sure.text() if sure else "") == said


def test_sources_with_one_name_are_told_apart_by_their_dates(show: Show):
    sources = builders.changed(
        builders.REGISTRIES["sources"],
        ("short: Acme blog", "short: The Daily"),
        ("A post, language", 'A post, issued: "2024-01-11", language'),
    )
    event = show(
        "cases/first-case/", cases={"first-case": builders.case(TWO_SOURCES)}, registries={"sources": sources}
    ).css_first("#speech")
    assert "Sources: The Daily (undated), The Daily (11 January 2024)" in " ".join(event.text().split())


def test_claims_are_listed_by_how_they_can_be_verified(show: Show):
    visionary = builders.other_case("second-case", ("kind: factual", "kind: visionary"))
    tree = show("claims/", cases={"first-case": builders.CASE, "second-case": visionary})
    assert [node.attributes["id"] for node in tree.css("section")] == ["factual", "visionary"]


def test_quotes_stand_under_their_cases(show: Show):
    assert [node.attributes["id"] for node in show("quotes/", cases=TWO).css("section")] == [
        "first-case",
        "second-case",
    ]


def test_long_listing_is_cut_and_its_pages_lead_to_each_other(show: Show):
    event = '  - {{id: e-{0}, date: "2024-01-{1:02d}", title: E{0}, strand: public, cites: [press-report]}}\n'
    more = "".join(event.format(n, 1 + n % 28) for n in range(170))
    cases = {"first-case": builders.case(("quotes:\n", f"{more}quotes:\n"))}
    first, second = show("timeline/", cases=cases), show("timeline/pages/2/", cases=cases)
    assert (len(first.css("ol.tl > li")), len(second.css("ol.tl > li"))) == (150, 21)
    pager = [
        (node.text(), node.attributes["href"], node.attributes.get("aria-current")) for node in second.css(".pager a")
    ]
    assert pager == [("1", "../../../timeline/", None), ("2", "../../../timeline/pages/2/", "page")]


def test_person_page_says_where_and_as_what(show: Show):
    tree = show("people/ada/")
    assert tree.css_first("h1").text() == "Ada 艾达"
    assert tree.css_first("h1 [lang=zh-Hans]").text() == "艾达"
    assert "1 case, 1 event, 1 quote, 1 claim" in tree.text()
    assert "../../cases/first-case/#speech" in [node.attributes["href"] for node in tree.css("#cases a")]


def test_entry_that_no_case_names_has_a_page_that_says_so(show: Show):
    assert "Not named in any published case yet." in show("people/bob/").text()
    assert "No published case cites it yet." in show("sources/company-blog/").text()


def test_lesson_page_sets_the_sides_apart(show: Show):
    against = builders.other_case("second-case", ("relation: supports", "relation: contradicts"))
    tree = show("lessons/say-less/", cases={"first-case": builders.CASE, "second-case": against})
    assert [node.attributes["id"] for node in tree.css("section")] == ["limits", "supports", "contradicts"]
    assert "../../cases/second-case/#q-promise" in [node.attributes["href"] for node in tree.css("#contradicts a")]


def test_lesson_without_a_case_says_so(show: Show):
    lessons = builders.REGISTRIES["lessons"] + "- {id: other, statement: Other., scope: Here., limits: There.}\n"
    assert "No case speaks to this lesson yet." in show("lessons/other/", registries={"lessons": lessons}).text()


def test_lesson_on_the_home_page_always_has_contrary_evidence(show: Show):
    assert show("", cases=TWO).css_first("#lesson") is None
    against = builders.other_case("second-case", ("relation: supports", "relation: contradicts"))
    tree = show("", cases={"first-case": builders.CASE, "second-case": against})
    assert _texts(tree, "#lesson h3") == ["For it", "Against it"]


def test_source_page_names_all_that_rests_on_it(show: Show):
    tree = show("sources/press-report/")
    kinds = _texts(tree, "#first-case .rec")
    assert {"Event", "Quote", "Claim", "Essay"} <= set(kinds)


def test_source_that_was_not_archived_says_so(show: Show):
    assert "not archived" in show("sources/press-report/").text()


def test_reading_list_adds_up_what_is_required(show: Show):
    case, source = "why: It is short.", "why: It is where the quote comes from."
    text = builders.changed(
        builders.READING_LIST,
        (case, f"{case}\n        minutes: 7"),
        (source, f"{source}\n        minutes: 5\n        optional: true"),
    )
    tree = show("readings/seminar/", readings={"seminar": text})
    assert "7 minutes to read" in tree.css_first("header").text()
    assert _texts(tree, ".assigned > li > .rec") == ["Case, 7 min", "Source, 5 min, optional"]
    assert "../../cases/first-case/#opening" in [node.attributes["href"] for node in tree.css("section a")]
    assert "../../cases/first-case/#w-kept" in [node.attributes["href"] for node in tree.css("section a")]


def test_case_on_a_reading_list_takes_its_own_reading_time(show: Show):
    tree = show("readings/seminar/", readings={"seminar": builders.READING_LIST})
    assert _texts(tree, ".assigned > li > .rec")[0] == "Case, 1 min"


def test_teaching_note_ties_questions_to_objectives_and_evidence(show: Show):
    tree = show("cases/first-case/teach/")
    assert [node.attributes["href"] for node in tree.css("#w-kept a")] == [
        "#o-weigh",
        "../../../cases/first-case/#c-ship",
    ]


def test_corrections_stand_newest_first(show: Show):
    more = "corrections:\n" + "".join(f'  - {{on: "2024-0{m}-01", what: W{m}., why: Y.}}\n' for m in (7, 9, 8))
    tree = show("corrections/", cases={"first-case": builders.case(more=more)})
    assert [text.split("W")[1][0] for text in _texts(tree, "#all li")] == ["9", "8", "7"]


def test_glossary_names_the_cases_that_use_a_term(show: Show):
    text = builders.case(("She said [[", "In a [[keynote]] she said [["))
    assert [node.attributes["href"] for node in show("glossary/", cases={"first-case": text}).css("#keynote a")] == [
        "../cases/first-case/"
    ]


def test_alias_leads_to_the_case(show: Show):
    tree = show("cases/old-name/", cases={"first-case": builders.case(more="aliases: [old-name]\n")})
    assert [node.attributes["href"] for node in tree.css("a")] == ["../../cases/first-case/"]


def test_empty_casebook_has_all_its_listings():
    loaded = builders.load(cases={"first-case": builders.case(("status: published", "status: draft"))})
    assert loaded.casebook is not None
    pages = {spec.uri: str(spec.build().render()) for spec in build_pages(loaded.casebook)}
    assert {
        "",
        "cases/",
        "timeline/",
        "quotes/",
        "claims/",
        "lessons/",
        "teach/notes/",
        "readings/",
        "sources/",
    } <= pages.keys()
    assert "No case is published yet." in pages[""]


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "&lt;b&gt;"]
)
def test_words_of_a_casefile_are_never_markup(words: str):
    """Every plain field of the minimal casebook, on every page of it."""
    quoted = "'" + words.replace("'", "''") + "'"
    fields = (
        "title: The first case", "- Ada spoke.", "role: founder", "heading: What happened", "title: Ada speaks",
        "note: Delivered.", "text: Acme will ship in March.", "text: Was it kept?",
        "synopsis: One speech, one promise.",
    )  # fmt: skip
    text = builders.case(
        *((field, f"{field.partition(' ')[0]} {quoted}") for field in fields),
        more=f"disputed:\n  - {{what: {quoted}, figures: [{{value: {quoted}, source: press-report}}]}}\n",
    )
    people = builders.changed(
        builders.REGISTRIES["people"],
        ("description: Founder of Acme.", f"description: {quoted}"),
        ("en: Ada", f"en: {quoted}"),
    )
    loaded = builders.load(cases={"first-case": text}, registries={"people": people})
    assert loaded.casebook is not None, loaded.problems
    for spec in build_pages(loaded.casebook):
        html = str(spec.build().render())
        tree = LexborHTMLParser(html)
        assert tree.css("script, img") == [], spec.uri
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes), spec.uri
    titles = {
        LexborHTMLParser(str(spec.build().render())).css_first("h1").text() for spec in build_pages(loaded.casebook)
    }
    assert typographic(words) in titles
