"""What holds for the layout of any file whatever: values stay, comments stay, and a second pass changes nothing."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.layout import format_text, merge_text, modeline
from casebook.model import Case, Person, Source
from casebook.text_files import FORBIDDEN
from casebook.yaml_reading import compose_values

NAME = "casefiles/cases/x.yml"
FIRST_LINE = modeline(NAME, Case)
AWKWARD = st.sampled_from(
    ["", " ", "no", "1:30", "2024-07-19", "1.10", "0x1F", "1e3", ".inf", "~", "null", "=", "<<", "a: b", "a #b", "- a", "? a",
     "a\n", "a\n\nb", "a\n\nb\n", "a\n\n", "\na", " a\nb", "a\n b", "a \nb", "a\n \n", "a  b", "#", "'", '"', "\\n", "a\r\nb", "\t",
     "a\tb", "---", "...", "--- a", "%a", "@a", "`a", "[a", "{a}", "a]", "a,b", "*a", "&a", "!a", "|", ">", "a:", ":a", "中文，没有空格" * 30,
     "word " * 60 + "end", "word " * 60, "x" * 300, "a  " + "word " * 40 + "end", "12345e678", "y", "N", "On", "2024-11/..", "🚗 car"]
)  # fmt: skip
TEXTS = AWKWARD | st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from(" \n\t:#-'\"\\,[]{}"), max_size=160
).filter(lambda text: not FORBIDDEN.search(text))
KEYS = st.sampled_from(
    [*Case.model_fields, "on", "n", "unknown", "a b", "x-y", "no", "1", "container-title", "text", "note"]
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
FILES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)
MORE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def dumped(values: object, *, flow: bool | None, width: int, style: str | None) -> str:
    """Values as another program would write them."""
    return yaml.safe_dump(
        values, default_flow_style=flow, width=width, default_style=style, allow_unicode=True, sort_keys=False
    )


def as_text(text: str, model: type = Case) -> str:
    formatted, problems = format_text(text, NAME, model)
    assert problems == []
    assert formatted is not None
    return formatted


@MORE
@given(values=FILES, flow=st.sampled_from([None, True, False]), width=st.sampled_from([40, 4000]),
       style=st.sampled_from([None, '"', "'", "|", ">"]), model=st.sampled_from([Case, Person, Source]))  # fmt: skip
def test_values_stay_what_they_are_and_a_second_pass_changes_nothing(values, flow, width, style, model):
    text = dumped(values, flow=flow, width=width, style=style)
    if (
        style is None
    ):  # a style for everything also quotes nothing but text; without one, numbers are text to us as well
        assert compose_values(text) == values
    formatted = as_text(text, model)
    assert compose_values(formatted) == compose_values(text)
    assert as_text(formatted, model) == formatted


@MORE
@given(values=FILES)
def test_text_is_text_to_a_reader_of_yaml_1_1(values):
    """PyYAML resolves by YAML 1.1, where most words mean something else."""
    for key in ("schema_version", "on", "n", "no", "1"):
        values.pop(key, None)
    text = yaml.safe_dump({"title": "t", **values}, allow_unicode=True, width=4000)
    typed = yaml.safe_load(as_text(text))

    def leaves(value: object) -> list[object]:
        if isinstance(value, dict):
            return [leaf for key, inner in value.items() if key not in NUMBERS for leaf in leaves(inner)]
        return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]

    assert all(isinstance(leaf, str) for leaf in leaves(typed))


NUMBERS = frozenset({"value", "minutes", "n", "optional", "schema_version", "on", "1", "no"})
COMMENTS = st.lists(st.integers(0, 1000), unique=True, min_size=1, max_size=8)


def lines_outside_text(text: str) -> list[int]:
    """The lines before which a comment can stand: those at which a key or an item begins, and the end."""
    found = []
    for node, depth in _nodes(yaml.compose(text)):
        if depth:
            found.append(node.start_mark.line)
    return sorted({*found, len(text.splitlines())})


def _nodes(node, depth=0):
    yield node, depth
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, depth + 1
            if not isinstance(value, yaml.ScalarNode):
                yield from _nodes(value, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _nodes(item, depth + 1)


@MORE
@given(values=FILES, numbers=COMMENTS, data=st.data(), flow=st.sampled_from([None, False]))
def test_every_comment_is_still_there_once(values, numbers, data, flow):
    text = dumped(values, flow=flow, width=4000, style=data.draw(st.sampled_from([None, '"'])))
    lines = text.splitlines()
    places = lines_outside_text(text)
    for number in numbers:
        at = data.draw(st.sampled_from(places))
        indent = data.draw(st.integers(0, 8))
        blank = data.draw(st.sampled_from(["", "\n", "\n\n"]))
        before = lines[at] if at < len(lines) else ""
        comment = f"{' ' * indent}# comment {number}."
        if at < len(lines):
            lines[at] = f"{comment}\n{blank}{before}"
        else:
            lines.append(f"{blank}{comment}")
            places = [*places, len(lines)]
    commented = "\n".join(lines) + "\n"
    if compose_values(commented) != compose_values(text):
        return  # a comment at an indentation that makes it part of a text
    formatted = as_text(commented)
    assert Counter(re.findall(r"# comment \d+\.", formatted)) == Counter(f"# comment {number}." for number in numbers)
    assert compose_values(formatted) == compose_values(text)
    assert as_text(formatted) == formatted


@MORE
@given(values=FILES, numbers=COMMENTS, data=st.data())
def test_comments_at_the_ends_of_lines_are_kept_too(values, numbers, data):
    text = dumped(values, flow=data.draw(st.sampled_from([None, True, False])), width=4000, style=None)
    lines = text.splitlines()
    placed = []
    for number in numbers:
        at = data.draw(st.integers(0, len(lines) - 1))
        changed = [*lines]
        changed[at] += f"  # comment {number}."
        if compose_values("\n".join(changed) + "\n") == compose_values(text):
            lines = changed
            placed.append(number)
    formatted = as_text("\n".join(lines) + "\n")
    assert Counter(re.findall(r"# comment \d+\.", formatted)) == Counter(f"# comment {number}." for number in placed)
    assert as_text(formatted) == formatted


@MORE
@given(values=FILES, flow=st.sampled_from([None, True, False]))
def test_merging_a_file_with_itself_as_another_program_wrote_it_changes_nothing_but_empty_fields(values, flow):
    old = as_text(dumped(values, flow=None, width=4000, style=None))
    new = dumped(dict(reversed(compose_values(old).items())), flow=flow, width=60, style='"')
    merged, problems = merge_text(old, new, NAME, Case)
    assert problems == []
    known = compose_values(merged)
    assert all(known[key] == value for key, value in compose_values(old).items() if key in known)
    assert as_text(merged) == merged


def test_the_first_line_names_the_schema():
    assert as_text("title: x\n").splitlines()[0] == FIRST_LINE


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_become_line_feeds(ending):
    assert as_text(f"title: a{ending}dek: >-{ending}  b{ending}  c{ending}") == f"{FIRST_LINE}\ntitle: a\ndek: b c\n"
