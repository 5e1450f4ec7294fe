"""YAML text → located nodes: what is read, and what is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import at, check_yaml, plain
from casebook.nodes import plain_value
from casebook.text_files import MAX_BYTES, read_text
from casebook.yaml_reading import compose_file, compose_text, compose_values


def refused(path: Path) -> list[str]:
    node, problems = compose_file(path, path.name)
    assert node is None
    return [problem.short for problem in problems]


# What is refused


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("title: A\n▲title: B\n", ["CB007"]),
        ("a: {b: 1, ▲b: 2}\n", ["CB007"]),
        ("a: 1\n▲a: 2\n▲a: 3\n", ["CB007", "CB007"]),
        ("a: 1\n▲'a': 2\n", ["CB007"]),
        ("a: ▲&anchor text\n", ["CB008"]),
        ("a: ▲&anchor [b]\n", ["CB008"]),
        ("a: ▲*alias\n", ["CB008"]),
        ("▲*alias : b\n", ["CB008"]),
        ("▲<<: text\n", ["CB009"]),
        ("▲<<: ▲*base\n", ["CB009", "CB008"]),
        ("a: ▲!!str 5\n", ["CB010"]),
        ("a: ▲!!python/object:os.system {}\n", ["CB010"]),
        ("a: ▲!local b\n", ["CB010"]),
        ("a: ▲! b\n", ["CB010"]),
        ("a: ▲!<tag:example.org,2000:x> b\n", ["CB010"]),
        ("a: ▲!!set {b, c}\n", ["CB010"]),
        ("%TAG ! tag:example.org,2000:\n---\n▲!x a\n", ["CB010"]),
        ("a: 1\n▲---\nb: 2\n", ["CB006"]),
        ("a: 1\n...\n▲---\nb: 2\n", ["CB006"]),
        ("? ▲[a, b]\n: c\n", ["CB012"]),
        ("▲{a: b}: c\n", ["CB012"]),
        ("▲", ["CB005"]),
        ("▲# only a comment\n", ["CB005"]),
        ("a: b\n▲\tc: d\n", ["CB005"]),
        ("a: b▲: c\n", ["CB005"]),
        ("▲}\n", ["CB005"]),
    ],
)
def test_what_the_format_refuses_is_reported_where_it_stands(text, codes):
    assert check_yaml(text) == at(text, *codes)


def test_duplicate_key_names_both_lines():
    problem = compose_text("a: 1\nb: 2\na: 3\n", "casefile.yml")[1][0]
    assert str(problem) == (
        'casefile.yml:3:1: error[CB007]: "a" stands here again; it is first on line 1; keep one of the two'
    )


def test_first_of_two_equal_keys_is_kept():
    assert plain_value(compose_text("a: 1\na: [2, 3]\nb: 4\n", "f")[0]) == {"a": "1", "b": "4"}


def test_all_refusals_of_a_file_come_at_once():
    text = "a: ▲&x 1\nb: ▲*x\nc: ▲!!int 2\n▲<<: 3\n▲a: 4\n"
    assert check_yaml(text) == at(text, "CB008", "CB008", "CB010", "CB009", "CB007")


def test_problems_before_a_syntax_error_are_reported_with_it():
    text = "a: ▲&x 1\nb: ▲}\n"
    assert check_yaml(text) == at(text, "CB008", "CB005")


@pytest.mark.parametrize(("text", "place"), [("? [", "1:4"), ("a: {", "1:5"), ("a:\n  b: {", "2:7"), ("a: {\n", "2:1")])
def test_what_is_missing_at_the_end_is_reported_at_a_place_that_is_there(text, place):
    assert check_yaml(text)[-1] == f"{place} CB005"


def test_document_marker_at_the_start_is_allowed():
    assert check_yaml("---\na: b\n") == []


def test_twenty_levels_are_allowed():
    assert check_yaml("[" * 20 + "]" * 20) == []


def test_the_twenty_first_level_is_refused_where_it_opens():
    assert check_yaml("[" * 21 + "]" * 21) == ["1:21 CB011"]


def test_the_twenty_first_level_of_mappings_is_refused():
    assert check_yaml("{a: " * 21 + "b" + "}" * 21) == [f"1:{20 * 4 + 1} CB011"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[[[{a: "])
def test_a_hundred_thousand_brackets_do_not_exhaust_the_stack(opening):
    (problem,) = compose_text(opening * 100_000, "f")[1]
    assert problem.code == "CB011"


def test_a_mapping_of_fifty_thousand_equal_keys_is_read_to_its_end():
    assert len(compose_text("a: b\n" * 50_000, "f")[1]) == 49_999


def test_a_file_full_of_control_characters_is_read_to_its_end():
    assert len(compose_text("\x01 " * 20_000, "f")[1]) == 20_001


# Files


def test_file_one_byte_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_text("a: " + "b" * (MAX_BYTES - 2))
    assert refused(path) == ["1:1 CB002"]


def test_registry_over_the_limit_is_told_of_the_folder_that_it_may_become(tmp_path):
    path = tmp_path / "sources.yml"
    path.write_text("#" * (MAX_BYTES + 1))
    _, (problem,) = read_text(path, "casefiles/registry/sources.yml")
    assert (
        problem.hint
        == "move some of its entries to another file of casefiles/registry/sources/, which may hold any number"
    )


def test_file_at_the_limit_is_read(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_text("a: " + "b" * (MAX_BYTES - 3))
    assert compose_file(path, path.name)[1] == []


def test_invalid_utf_8_is_reported_at_its_first_byte(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_bytes("a: b\nc: é".encode() + b"\xff\n")
    _, (problem,) = compose_file(path, "casefile.yml")
    assert (problem.short, problem.message) == ("2:5 CB003", "byte 0xff is not UTF-8")
    assert problem.hint == "save the file as UTF-8 (in most editors: Save As, encoding UTF-8)"


def test_byte_order_mark_does_not_shift_the_place_of_an_invalid_byte(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_bytes(b"\xef\xbb\xbfa: \xff\n")
    assert refused(path) == ["1:4 CB003"]


def test_byte_order_mark_is_accepted_and_takes_no_column(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_bytes(b"\xef\xbb\xbfa: &x b\n")
    node, problems = compose_file(path, path.name)
    assert plain_value(node) == {"a": "b"}
    assert [problem.short for problem in problems] == ["1:4 CB008"]


def test_utf_16_is_refused(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_bytes("a: b".encode("utf-16"))
    assert refused(path) == ["1:1 CB003"]


def test_overlong_and_surrogate_bytes_are_no_utf_8(tmp_path):
    path = tmp_path / "casefile.yml"
    for raw in (b"a: \xc0\xaf", b"a: \xed\xa0\x80"):
        path.write_bytes(raw)
        assert refused(path) == ["1:4 CB003"]


def test_symbolic_link_is_not_followed(tmp_path):
    (tmp_path / "target.yml").write_text("a: b")
    link = tmp_path / "casefile.yml"
    link.symlink_to("target.yml")
    _, (problem,) = compose_file(link, link.name)
    assert (problem.short, problem.message) == ("1:1 CB001", "this is a symbolic link")


def test_broken_link_is_reported_as_a_link(tmp_path):
    link = tmp_path / "casefile.yml"
    link.symlink_to("nowhere")
    assert refused(link) == ["1:1 CB001"]


def test_directory_is_not_a_casefile(tmp_path):
    path = tmp_path / "casefile.yml"
    path.mkdir()
    assert refused(path) == ["1:1 CB001"]


def test_named_pipe_is_not_opened(tmp_path):
    # Opening it would wait for a writer for ever.
    path = tmp_path / "casefile.yml"
    os.mkfifo(path)
    assert refused(path) == ["1:1 CB001"]


def test_device_is_not_opened():
    assert refused(Path("/dev/zero")) == ["1:1 CB001"]


def test_absent_file_is_a_problem(tmp_path):
    _, (problem,) = compose_file(tmp_path / "absent.yml", "absent.yml")
    assert problem.message == "the file cannot be read: No such file or directory"


def test_unreadable_file_is_a_problem(tmp_path, monkeypatch):
    # Root may read everything, so that permissions alone would not show it.
    path = tmp_path / "casefile.yml"
    path.write_text("a: b")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, (problem,) = compose_file(path, path.name)
    assert (problem.short, problem.message) == ("1:1 CB001", "the file cannot be read: Permission denied")


def test_empty_file_is_reported(tmp_path):
    path = tmp_path / "casefile.yml"
    path.write_text("")
    assert refused(path) == ["1:1 CB005"]


def test_files_without_a_limit_may_be_large(tmp_path):
    path = tmp_path / "attestations.json"
    path.write_text("x" * (MAX_BYTES + 1))
    text, problems = read_text(path, path.name, limit=None)
    assert (len(text), problems) == (MAX_BYTES + 1, [])


# Characters


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9f", "\u061c", "\u200e", "\u200f",
     "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffe", "\uffff"],
)  # fmt: skip
def test_control_and_direction_characters_are_reported_where_they_stand(character):
    text = f"a: b\nc: d▲{character}e\nf: g\n"
    assert check_yaml(text) == at(text, "CB004")


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x1b", "\\u202E", "\\u2066", "\\L", "\\N", "\\U0000FEFF"])
def test_control_and_direction_characters_cannot_be_smuggled_in_as_escapes(escape):
    text = f'a: "b ▲{escape}c"\n'
    node, problems = compose_text(plain(text), "f")
    assert [problem.short for problem in problems] == at(text, "CB004")
    assert plain_value(node) == {"a": "b  c"}


@pytest.mark.parametrize("character", ["é", "\u00a0", "中", "\u3000", "\u200d", "😀", "\U0001fffe", "\ue000"])
def test_every_other_character_is_text(character):
    node, problems = compose_text(f"a: b{character}c\n", "casefile.yml")
    assert problems == []
    assert plain_value(node) == {"a": f"b{character}c"}


def test_what_follows_a_control_character_keeps_its_place():
    text = "a: b▲\x07c\nd: ▲&x e\n"
    assert check_yaml(text) == at(text, "CB004", "CB008")


def test_surrogate_escape_is_no_yaml():
    assert check_yaml('a: "\\ud800"') == ["1:7 CB005"]


# Values read straight


@pytest.mark.parametrize("path", sorted(Path("casefiles").rglob("*.yml")), ids=lambda path: path.stem)
def test_values_read_straight_are_those_of_the_nodes(path: Path):
    text = path.read_text(encoding="utf-8")
    root, problems = compose_text(text, path.name)
    assert problems == []
    assert root is not None
    assert compose_values(text) == plain_value(root)


@given(
    st.recursive(
        st.text("ab: #'\"\n-", max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["k", "l", "m"]), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_values_read_straight_are_what_was_written(value: object):
    assert compose_values(json.dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2", "a: &x 1", "a: &x [1]", "a: 1\nb: *a", "<<: {a: 1}", "a: !!str 1", "a: ! 1", "a: !x {b: 1}", "? [a]\n: b",
        "? {a: b}\n: c", "a: 1\n---\nb: 2", "[" * 21 + "]" * 21, "a: [", "", "# nothing", "a: \u202e", 'a: "\\u202e"',
    ],
)  # fmt: skip
def test_whatever_is_refused_is_not_read_straight(text: str):
    _, problems = compose_text(text, "casefile.yml")
    assert problems
    assert compose_values(text) is None
