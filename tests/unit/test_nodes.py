"""Nodes: the text of every scalar and the place of each of its characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.nodes import MappingNode, ScalarNode, SequenceNode, node_at, plain_value, scalars
from casebook.yaml_reading import compose_text


def scalar(text: str) -> ScalarNode:
    """The value of the only key of a mapping."""
    root, problems = compose_text(text, "casefile.yml")
    assert problems == []
    assert isinstance(root, MappingNode)
    (node,) = root.values.values()
    assert isinstance(node, ScalarNode)
    return node


def character_at(text: str, node: ScalarNode, offset: int) -> str:
    """What stands in the file where the value's character is located."""
    place = node.locate(offset)
    return re.split("\r\n|\n|\r", text)[place.line - 1][place.column - 1]


# Values


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "null", "~", "true", "1:30", "1.10", "007", "0x1F", "1e3", ".inf", "2024-07-19", "=", "1_000"],
)
def test_every_scalar_stays_the_text_that_was_typed(word):
    assert scalar(f"a: {word}\n").value == word


def test_absent_value_is_empty_text():
    assert scalar("a:\n").value == ""


def test_plain_value_keeps_order_and_structure():
    root, _ = compose_text("b: [1, {c: 2}]\na: {d: [], e: {}}\n", "f")
    assert plain_value(root) == {"b": ["1", {"c": "2"}], "a": {"d": [], "e": {}}}
    assert list(plain_value(root)) == ["b", "a"]


def test_scalars_come_in_file_order_with_their_pointers():
    root, _ = compose_text("a: 1\nb: [2, {c: 3}]\nd: 4\n", "f")
    assert [(pointer, node.value) for pointer, node in scalars(root)] == [
        (("a",), "1"),
        (("b", 0), "2"),
        (("b", 1, "c"), "3"),
        (("d",), "4"),
    ]


def test_node_at_gives_the_deepest_node_on_the_way():
    root, _ = compose_text("a:\n  - b: 1\n", "f")
    assert node_at(root, ("a", 0, "b")).location.line == 2
    assert isinstance(node_at(root, ("a", 0, "absent")), MappingNode)
    assert isinstance(node_at(root, ("a", 7)), SequenceNode)
    assert node_at(root, ("absent", "b")) is root


# Places


def test_mapping_stands_at_its_first_key_and_list_at_its_first_dash():
    root, _ = compose_text("a:\n  b: 1\nc:\n  - 2\nd: {e: 3}\n", "f")
    places = [node_at(root, (key,)).location for key in "acd"]
    assert [(place.line, place.column) for place in places] == [(2, 3), (4, 3), (5, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "a: foo bar\n",
        "a: foo\n  bar  baz\n\n  qux\n",
        "a: f\u3000o\n  \u3000b\n",
        "a: 'foo\n   bar\n\n\n   baz'\n",
        'a: "foo\n   bar  baz\n\n   qux "\n',
        'a: "foo \\\n   bar\\\n\n   baz"\n',
        'a: "foo\\n bar"\n',
        "a: |\n  foo\n\n  bar\n",
        "a: |\n\n\n  foo\n   bar\n",
        "a: |-\n  foo\n    bar\n  baz",
        "a: |2\n    foo\n  bar\n",
        "a: |2\n\n    foo\n  bar\n",
        "a: |+1\n   foo\n bar\n\n",
        "a: | # comment\n  foo\n",
        "a: >-\n  foo bar\n  baz\n\n  qux\n    more\n    indented\n  end\n",
        "a: >\n\n  foo\n",
        "a: >2\n    foo\n  bar\n",
        "a: >\n  foo   \n  bar\n",
        "a: >\n  foo\n  \tbar\n  baz\n",
        "a:\n    >-\n      deep\n      text\n",
        "a: |\r\n  foo\r\n  bar\r\n",
        "a: >-\r\n  foo\r\n  bar\r\n\r\n  baz\r\n",
        'a: "foo\r\n   bar"\r\n',
        "a: foo\r\n  bar\r\n",
        "a: |\r  foo\r  bar\r",
    ],
)
def test_each_character_of_a_scalar_is_found_where_it_stands(text):
    node = scalar(text)
    if "\\n" in text:
        assert node.locate(node.value.index("b")).column == text.index("bar") + 1
        return
    assert [character_at(text, node, i) for i, c in enumerate(node.value) if not c.isspace()] == list(
        "".join(node.value.split())
    )


def test_places_after_escapes_are_exact():
    text = 'a: "x\\"y\\u00e9\\U0001F600\\tz"\n'
    node = scalar(text)
    assert node.value == 'x"yé😀\tz'
    columns = [node.locate(offset).column for offset in range(len(node.value))]
    assert columns == [5, 6, 8, 9, 15, 25, 27]


def test_places_after_doubled_quotes_are_exact():
    node = scalar("a: 'it''s ''so'''\n")
    assert node.value == "it's 'so'"
    assert [node.locate(offset).column for offset in range(len(node.value))] == [5, 6, 7, 9, 10, 11, 13, 14, 15]


def test_column_counts_code_points():
    assert scalar("a: 中文😀x\n").locate(3).column == 7


def test_offset_past_the_end_stands_at_the_last_character():
    assert str(scalar("a: >\n  foo\n").locate(99)) == "casefile.yml:2:6"


def test_offset_into_an_empty_block_stands_at_its_start():
    assert str(scalar("a: >\nb: c\n".replace("b: c\n", "")).locate(3)) == "casefile.yml:1:4"


WORDS = st.text("ab#é中😀-", min_size=1, max_size=6).filter(lambda word: word.strip("-#"))
LINES = st.lists(st.lists(WORDS, max_size=4).map("  ".join), min_size=1, max_size=6).filter(any)
BREAKS = st.sampled_from(["\n", "\r\n"])


@given(lines=LINES, style=st.sampled_from("|>"), indent=st.integers(1, 5), newline=BREAKS, extra=st.integers(0, 3))
def test_generated_block_text_is_found_where_it_stands(lines, style, indent, newline, extra):
    body = [" " * (indent + extra * (i % 2)) + line if line else "" for i, line in enumerate(lines)]
    text = newline.join([f"a: {style}{indent}", *body, ""])
    node = scalar(text)
    for offset, character in enumerate(node.value):
        if character not in " \n":
            assert character_at(text, node, offset) == character


@given(lines=LINES, quote=st.sampled_from("'\""), newline=BREAKS)
def test_generated_quoted_text_is_found_where_it_stands(lines, quote, newline):
    text = f"a: {quote}{newline.join(['', *lines]).replace(newline, newline + '  ')}{quote}{newline}"
    node = scalar(text)
    for offset, character in enumerate(node.value):
        if character not in " \n":
            assert character_at(text, node, offset) == character


@given(value=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30))
def test_generated_escaped_text_is_found_at_its_escape(value):
    escaped = [f"\\U{ord(character):08x}" for character in value]
    node = scalar(f'a: "{"".join(escaped)}"\n')
    assert node.value == value
    assert [node.locate(offset).column for offset in range(len(value))] == [5 + 10 * i for i in range(len(value))]


@given(text=st.text(st.sampled_from(list("ab:-?[]{}#&*!|>'\"%@`,<~ \t\n\r\\0\x07\u202e\ufeff")), max_size=40))
def test_no_text_raises(text):
    node, problems = compose_text(text, "f")
    assert node is not None or problems
    if node is not None:
        for _, found in scalars(node):
            for offset in range(len(found.value)):
                found.locate(offset)
