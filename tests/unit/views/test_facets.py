"""What listings can be filtered by: which values are offered, how many rows have each, and the index of long listings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
import sites
from casebook.book import Casebook
from casebook.exports.facets import facet_files
from casebook.exports.site import Site
from casebook.pipeline import load_casebook
from casebook.views.claims import claims
from casebook.views.collections import ROWS_A_PAGE, case_index, listing_specs, quotes, timeline
from casebook.views.facets import OPTIONS_A_FACET, Facet, Facets, facet_column

Show = Callable[..., LexborHTMLParser]
SITE = Site("A casebook")
TWO = {
    "first-case": builders.CASE,
    "second-case": builders.other_case("second-case", ("actors: [ada]", "actors: [bob, acme]")),
}


def load(**texts: Any) -> Casebook:
    book = builders.load(**texts).casebook
    assert book is not None
    return book


def with_events(number: int) -> Casebook:
    """A casebook with so many events beside the first; each has a person of its own, and every other is disputed."""
    people = "".join(f"- {{id: p-{n}, name: {{en: Person {n}}}, description: Somebody.}}\n" for n in range(number))
    events = "".join(
        f'  - {{id: e-{n}, date: "20{n % 20:02d}", title: E{n}, strand: public, actors: [p-{n}], cites: [press-report], '
        f"confidence: {'disputed' if n % 2 else 'confirmed'}}}\n"
        for n in range(number)
    )
    return load(
        cases={"first-case": builders.case(("quotes:\n", f"{events}quotes:\n"))},
        registries={"people": builders.REGISTRIES["people"] + people},
    )


def test_happening_that_two_cases_tell_is_offered_under_either():
    three = builders.told_twice() | {"third-case": builders.other_case("third-case")}
    tree = page(load(cases=three), "timeline/")
    assert offered(tree)["case"] == {"first-case": "1", "second-case": "1", "third-case": "1"}


LISTINGS = (timeline, quotes, case_index, claims)


def page(book: Casebook, uri: str) -> LexborHTMLParser:
    spec = next(spec for listing in LISTINGS for spec in listing_specs(book, listing(book)) if spec.uri == uri)
    return LexborHTMLParser(str(spec.build().render()))


def offered(tree: LexborHTMLParser) -> dict[str, dict[str, str]]:
    """Facet → value → the number beside it."""
    found: dict[str, dict[str, str]] = {}
    for option in tree.css("form.filters .opt"):
        box = option.css_first("input").attributes
        found.setdefault(box["name"], {})[box["value"]] = option.css_first(".n").text()
    return found


def letters(*rows: str) -> Facets:
    """Rows whose values are the letters of a word."""
    return Facets((Facet("letter", "Letter", iter, str.upper),), rows, size=10)


def test_values_are_counted_once_a_row_and_the_most_frequent_come_first():
    column = facet_column(Facet("letter", "Letter", iter, str.upper), ["aab", "cb", "b"])
    assert column.values == ("b", "a", "c")
    assert dict(column.counts) == {"b": 3, "a": 1, "c": 1}
    assert column.rows == (("a", "b"), ("c", "b"), ("b",))


def test_facet_with_an_order_of_its_own_is_offered_in_it():
    facet = Facet("year", "Year", lambda row: [row], str, int)
    assert facet_column(facet, ["2024", "980", "2024"]).values == ("980", "2024")


@pytest.mark.parametrize(("rows", "shown"), [(["a", "b"], 1), (["a", ""], 1), (["ab", "ab"], 0), ([], 0)])
def test_facet_that_cannot_leave_a_row_out_is_not_offered(rows: list[str], shown: int):
    assert len(letters(*rows).columns) == shown


def test_row_carries_its_values_where_all_rows_stand_on_one_page():
    assert letters("ab", "b", "a").mark("ab") == ' data-f="letter:a letter:b"'


def test_row_that_nothing_can_filter_carries_nothing():
    assert letters("a", "a").mark("a") == ""


def test_row_of_a_long_listing_leaves_its_values_to_the_index():
    assert letters(*"abcdefghijk").mark("a") == " data-f"


def test_rows_are_counted_once_for_all_pages_of_a_listing():
    asked: list[str] = []

    def values(row: str) -> Iterator[str]:
        asked.append(row)
        yield row

    facets = Facets((Facet("letter", "Letter", values, str),), "abc", size=1)
    for row in "abc":
        facets.mark(row)
        facets.form("../", ("row", "rows"))
    assert asked == ["a", "b", "c"]


def test_timeline_is_filtered_by_who_where_what_and_when():
    tree = page(load(cases=TWO), "timeline/")
    assert offered(tree) == {
        "person": {"ada": "1", "bob": "1"},
        "organisation": {"acme": "1"},
        "case": {"first-case": "1", "second-case": "1"},
    }
    assert [row.attributes["data-f"] for row in tree.css("[data-f]")] == [
        "person:ada case:first-case",
        "person:bob organisation:acme case:second-case",
    ]


@pytest.mark.parametrize(
    ("listing", "facets"),
    [
        (timeline, "person organisation platform theme case year strand confidence"),
        (quotes, "speaker badge language case year"),
        (case_index, "person theme platform year status"),
        (claims, "status kind maker case"),
    ],
)
def test_facets_of_every_listing(listing: Callable[[Casebook], Any], facets: str):
    assert [facet.id for facet in listing(load()).facets] == facets.split()


def test_case_is_found_by_everybody_it_names():
    facet = case_index(load()).facets[0]
    assert list(facet.values(load().cases["first-case"])) == ["ada"]


def test_example_offers_what_its_rows_hold():
    book = load_casebook(sites.EXAMPLE / "casefiles").casebook
    assert book is not None
    for uri in ("timeline/", "quotes/", "claims/", "cases/"):
        tree = page(book, uri)
        rows = [(row.attributes["data-f"] or "").split() for row in tree.css("[data-f]")]
        held = {token for row in rows for token in row}
        assert {f"{facet}:{value}" for facet, values in offered(tree).items() for value in values} == held
        for facet, values in offered(tree).items():
            assert {value: str(sum(f"{facet}:{value}" in row for row in rows)) for value in values} == values


def test_listing_of_one_page_offers_every_value_and_needs_no_index():
    book = with_events(ROWS_A_PAGE - 1)
    form = page(book, "timeline/").css_first("form.filters")
    assert "data-index" not in form.attributes
    assert len(form.css("[name=person]")) == ROWS_A_PAGE
    assert [file.uri for file in facet_files(book, SITE)] == []


def test_form_of_a_long_listing_is_bounded_and_names_its_index():
    tree = page(with_events(ROWS_A_PAGE * 2), "timeline/pages/2/")
    form = tree.css_first("form.filters")
    assert (form.attributes["action"], form.attributes["data-index"]) == (
        "../../../timeline/",
        "../../../timeline/facets.json",
    )
    assert len(form.css("[name=person]")) == OPTIONS_A_FACET
    assert "data-more" in form.css_first("[data-facet=person]").attributes
    assert "data-more" not in form.css_first("[data-facet=year]").attributes
    assert {row.attributes["data-f"] for row in tree.css("[data-f]")} == {None}
    assert tree.css_first(".extent").text() == "Events 151 to 300 of 301, page 2 of 3"


def test_index_gives_the_values_of_every_row_in_the_order_of_the_pages():
    book = with_events(ROWS_A_PAGE)
    (file,) = facet_files(book, SITE)
    assert file.uri == "timeline/facets.json"
    index = json.loads(file.content)
    assert (index["size"], index["total"]) == (ROWS_A_PAGE, ROWS_A_PAGE + 1)
    people = index["facets"]["person"]
    shown = [
        node.text()
        for uri in ("timeline/", "timeline/pages/2/")
        for node in page(book, uri).css(".tl > li .what > .rec > span:first-child > a:first-child")
    ]
    assert [people["values"][number][1] for number in people["rows"]] == shown


def test_row_with_several_values_has_a_list_in_the_index_and_one_with_none_an_empty_one():
    index = letters("ab", "b", "").index()
    assert index["facets"]["letter"] == {"values": [["b", "B"], ["a", "A"]], "rows": [[1, 0], 0, []]}


def test_names_in_the_form_are_escaped():
    people = builders.REGISTRIES["people"].replace("en: Ada", 'en: "<b>Ada</b>"')
    tree = page(load(cases=TWO, registries={"people": people}), "timeline/")
    assert tree.css_first(".opt input[value=ada] + span").html == "<span>&lt;b&gt;Ada&lt;/b&gt;</span>"


def test_every_control_has_a_label(show: Show):
    tree = show("timeline/", cases=TWO)
    assert all(box.parent.tag == "label" for box in tree.css("form.filters input[type=checkbox]"))
    assert all(node.css_first("legend").text() for node in tree.css("form.filters fieldset"))


def test_how_sure_an_event_is_stands_beside_its_date_in_words(show: Show):
    texts = {}
    for confidence in ("reported", "confirmed", "disputed"):
        case = builders.case(("    platforms: [forum]\n", f"    platforms: [forum]\n    confidence: {confidence}\n"))
        texts[confidence] = show("timeline/", cases={"first-case": case}).css_first(".when").text()
    assert texts == {
        "reported": "10 January 2024 reported once",
        "confirmed": "10 January 2024",
        "disputed": "10 January 2024 sources disagree",
    }


def see_also(tree: LexborHTMLParser) -> list[str]:
    return [node.attributes["href"] for node in tree.css(".facts a") if "?" in node.attributes["href"]]


def test_entry_leads_to_the_listings_filtered_by_it(show: Show):
    assert see_also(show("people/ada/")) == [
        "../../timeline/?person=ada",
        "../../quotes/?speaker=ada",
        "../../claims/?maker=ada",
    ]
    assert see_also(show("platforms/forum/")) == ["../../timeline/?platform=forum"]
    assert see_also(show("themes/labour/")) == ["../../timeline/?theme=labour"]


def test_entry_without_events_leads_to_no_listing(show: Show):
    assert see_also(show("people/bob/")) == []
    assert see_also(show("organisations/acme/")) == []
