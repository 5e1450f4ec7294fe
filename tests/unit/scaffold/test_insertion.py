"""Adding an entry changes no byte of what is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import REGISTRIES
from casebook.layout import format_text
from casebook.model import REGISTRY_MODELS
from casebook.scaffold.entries import entry_text
from casebook.scaffold.insertion import insert_entry
from casebook.yaml_reading import compose_values

NAME = "casefiles/registry/terms.yml"
ENTRY = "- id: keys\n  term: Keys\n  definition: What opens a van.\n"
OTHER = "- id: {}\n  term: A word\n  definition: What it means.\n"


def inserted(text: str) -> str:
    new, problems = insert_entry(text, ENTRY, "keys", NAME)
    assert problems == []
    return new


def test_entry_goes_to_the_end_with_a_blank_line_where_entries_are_set_off():
    text = OTHER.format("van") + "\n" + OTHER.format("hand-over")
    assert inserted(text) == f"{text}\n{ENTRY}"


def test_entry_follows_at_once_where_entries_do():
    text = OTHER.format("van") + OTHER.format("hand-over")
    assert inserted(text) == text + ENTRY


def test_entry_goes_to_its_place_where_the_registry_is_in_alphabetical_order():
    before = OTHER.format("a") + OTHER.format("b")
    after = "# about z\n" + OTHER.format("z")
    assert inserted(before + after) == before + ENTRY + after


def test_first_line_stays_first():
    head = "# yaml-language-server: $schema=../.schema/terms.json\n"
    rest = OTHER.format("x") + OTHER.format("y") + OTHER.format("z")
    assert inserted(head + rest) == head + ENTRY + rest


def test_line_ends_of_the_file_are_taken_over():
    text = OTHER.format("van").replace("\n", "\r\n")
    assert inserted(text) == f"{text}\r\n{ENTRY.replace(chr(10), chr(13) + chr(10))}"


def test_missing_line_end_at_the_end_is_put_in():
    text = OTHER.format("van").rstrip("\n")
    assert inserted(text) == f"{text}\n\n{ENTRY}"


@pytest.mark.parametrize("text", ["", "# Words of the trade.\n", "\n\n"])
def test_file_without_entries_gets_its_first(text):
    assert inserted(text) == text + ENTRY


def test_indented_list_is_gone_on_with():
    text = "  - id: van\n    term: Van\n    definition: A car.\n"
    assert compose_values(inserted(text))[1]["id"] == "keys"


@pytest.mark.parametrize(
    ("text", "code"), [("[{id: van}]\n", "CB103"), ("van: a car\n", "CB103"), ("- id: [\n", "CB005"), ("[]\n", "CB103")]
)
def test_what_cannot_be_added_to_is_refused(text, code):
    new, problems = insert_entry(text, ENTRY, "keys", NAME)
    assert (new, [problem.code for problem in problems]) == (text, [code])


LINES = st.sampled_from(["# a remark\n", "\n", OTHER.format("m"), "- id: q  # beside\n  term: Q\n  definition: D.\n", OTHER.format("a"), OTHER.format("z")])  # fmt: skip


@given(st.lists(LINES, unique=True, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_every_line_that_was_there_is_there_in_its_order(lines, ending):
    text = "".join(lines).replace("\n", ending)
    new = inserted(text)
    rest = iter(new.splitlines(keepends=True))
    assert all(line in rest for line in text.splitlines(keepends=True))
    ids = [entry["id"] for entry in compose_values(new.replace("\r\n", "\n"))]
    assert sorted(ids) == sorted(["keys", *(entry["id"] for entry in compose_values(text.replace("\r\n", "\n")) or [])])


@given(st.text(max_size=150), st.text(max_size=150))
def test_whatever_is_said_is_written_so_that_it_is_read_again_as_it_was(term, definition):
    model = REGISTRY_MODELS["terms"]
    answers = {("id",): "keys", ("term",): term, ("definition",): definition}
    from casebook.scaffold.desk import RefusedError

    try:
        text = entry_text(model, answers, NAME)
    except RefusedError:
        return
    values = {"id": "keys", "term": term, "definition": definition}
    assert compose_values(text) == [{key: value for key, value in values.items() if value}]


@pytest.mark.parametrize("registry", REGISTRIES)
def test_canonical_registry_stays_canonical(registry):
    model = REGISTRY_MODELS[registry]
    name = f"casefiles/registry/{registry}.yml"
    text, _ = format_text(REGISTRIES[registry], name, model)
    assert text is not None
    entry = entry_text(model, {("id",): "zz-top"}, name)
    new, problems = insert_entry(text, entry, "zz-top", name)
    assert problems == []
    assert format_text(new, name, model) == (new, [])
