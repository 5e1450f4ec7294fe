"""The pages of fields say what the schemas say, with examples from the casebook."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import CASE, READING_LIST, case, load, other_case
from casebook.model import REGISTRY_MODELS, published_schemas
from casebook.views.field_examples import SHOWN, case_examples
from casebook.views.fields import GUIDES, field_specs


def pages(**texts):
    """Address → page, of a casebook made of these texts."""
    texts.setdefault("readings", {"seminar": READING_LIST})
    return {spec.uri: LexborHTMLParser(str(spec.build().render())) for spec in field_specs(load(**texts).casebook)}


@pytest.fixture(scope="module")
def minimal():
    return pages()


def row(tree, anchor):
    return tree.css_first(f"tr[id={anchor}]")


def cells(tree, anchor):
    return [" ".join(cell.text(separator=" ").split()) for cell in row(tree, anchor).css("th, td")]


def test_every_field_of_every_schema_has_a_row(minimal):
    shown = {" ".join(code.text().split()) for tree in minimal.values() for code in tree.css("th code")}
    fields = {
        name
        for schema in published_schemas().values()
        for model in [schema, *schema.get("$defs", {}).values()]
        for name in model.get("properties", {})
    }
    assert fields <= shown


def test_every_place_on_a_page_has_its_own_address(minimal):
    for uri, tree in minimal.items():
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), uri


def test_every_link_within_a_page_leads_to_a_section(minimal):
    for tree in minimal.values():
        sections = {f"#{node.attributes['id']}" for node in tree.css("section")}
        local = {link.attributes["href"] for link in tree.css("a[href^='#']")}
        assert local <= sections


@pytest.mark.parametrize(
    "anchor",
    [
        "events-strand",
        "events-cites",
        "claims-history-on",
        "quotes-translation-by",
        "teaching-questions-minutes",
        "title",
    ],
)
def test_field_of_a_case_has_an_address_that_a_guide_can_name(minimal, anchor):
    assert row(minimal["contribute/fields/"], anchor)


@pytest.mark.parametrize("name", REGISTRY_MODELS)
def test_every_registry_has_a_section(minimal, name):
    assert minimal["contribute/fields/registries/"].css_first(f"section[id={name}]")


def test_row_says_what_a_field_means_what_it_holds_and_how_it_is_used(minimal):
    assert cells(minimal["contribute/fields/"], "events-cites") == [
        "cites required", "The sources that tell of it. a list of at least 1, each the id of a source",
        "[press-report] The first case",
    ]  # fmt: skip


def test_optional_field_says_what_holds_without_it(minimal):
    tree = minimal["contribute/fields/"]
    assert cells(tree, "events-time")[0] == "time optional"
    assert cells(tree, "events-confidence")[0] == "confidence optional; otherwise reported"


def test_choices_are_listed_with_their_meanings(minimal):
    listed = row(minimal["contribute/fields/"], "claims-history-status").css("dt")
    assert [term.text() for term in listed] == ["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"]
    assert "Some of what was promised came true" in row(minimal["contribute/fields/"], "claims-history-status").text()


def test_example_leads_to_where_it_stands(minimal):
    link = row(minimal["contribute/fields/"], "quotes-exact").css_first("td[data-l=Example] a")
    assert link.attributes["href"] == "../../cases/first-case/#q-promise"
    link = row(minimal["contribute/fields/registries/"], "people-description").css_first("td[data-l=Example] a")
    assert link.attributes["href"].startswith("../../../people/")


def test_field_that_nobody_uses_shows_an_invented_example_and_says_so(minimal):
    assert cells(minimal["contribute/fields/"], "quotes-venue")[2] == "livestream invented; not used so far"
    assert cells(minimal["contribute/fields/"], "quotes-prefix")[2] == "not used so far"


def test_shortest_telling_example_is_shown():
    long = other_case("second-case", ("title: Ada speaks", "title: Ada speaks for a very long time indeed"))
    short = case(("title: Ada speaks", "title: Oh"))
    assert cells(pages(cases={"first-case": short, "second-case": long})["contribute/fields/"], "events-title")[
        2
    ].startswith("Ada speaks for a very long time indeed")


def test_draft_gives_no_examples():
    draft = other_case(
        "second-case", ("status: published", "status: draft"), ("title: Ada speaks", "title: Ada speaks so")
    )
    book = load(cases={"first-case": CASE, "second-case": draft}, statuses=frozenset({"draft", "published"})).casebook
    assert case_examples(book)["events", "title"].text == "Ada speaks"


def test_long_example_is_cut_between_words():
    text = " ".join(["word"] * 80)
    tree = pages(cases={"first-case": case(("why: She said little.", f"why: {text}"))})["contribute/fields/"]
    shown = row(tree, "lessons-why").css_first("td[data-l=Example] code").text()
    assert shown == f"{' '.join(['word'] * 32)} …"
    assert len(shown) <= SHOWN + 2


def test_markup_in_an_example_is_text():
    tree = pages(cases={"first-case": case(("title: Ada speaks", 'title: "<b>Ada & speaks</b>"'))})[
        "contribute/fields/"
    ]
    assert row(tree, "events-title").css_first("b") is None
    assert "<b>Ada & speaks</b>" in row(tree, "events-title").text()


def test_pages_do_not_grow_with_cases():
    def weight(count):
        cases = {f"case-{n:03}": other_case(f"case-{n:03}") for n in range(count)}
        return {uri: len(tree.html) for uri, tree in pages(cases=cases, readings={}).items()}

    assert weight(2) == weight(58)


def test_pages_lead_to_each_other(minimal):
    for uri, tree in minimal.items():
        root = "../" * uri.count("/")
        others = {f"{root}{guide.uri}" for guide in GUIDES if guide.uri != uri}
        assert {link.attributes["href"] for link in tree.css("header a")} == others


def test_code_in_a_description_is_set_as_code(minimal):
    assert re.search(r"<code>\[\[#fig-vans\]\]</code>", minimal["contribute/fields/"].html)


def test_no_two_sections_of_a_page_have_the_same_title(minimal):
    for tree in minimal.values():
        titles = [heading.text() for heading in tree.css("h2")]
        assert len(titles) == len(set(titles))
    assert "Csl name: editor" in minimal["contribute/fields/registries/"].text()
