"""What YAML's parser complains of is said at the slip itself, with what to do."""

from __future__ import annotations

import pytest

from builders import at, case, case_problems, plain
from casebook.yaml_reading import compose_text


def only_problem(text: str) -> tuple[str, str]:
    """Where the one problem is, and what is said of it."""
    [problem] = compose_text(plain(text), "a.yml")[1]
    assert problem.short == at(text, "CB005")[0]
    return problem.message, problem.hint


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('a: ▲"open\nb: c\n', "a quotation mark opened here may not be closed", "close it"),
        ("a: 1\n▲b 2\nc: 3\n", "this line has no colon after its first word", "name: value"),
        ("a: ▲[one, two\nb: c\n", "the list that opens here does not close", "close the bracket"),
        ("a: ▲{b: c\nd: e\n", "the group of fields that opens here does not close", "close the bracket"),
        ("a:\n  - b: 1\n  ▲-c: 2\n    d: 3\n", "there is no blank after this dash", 'write "- "'),
        ("a: 1\n  ▲b: 2\n", "this line is indented further than the one above", "in quotes"),
        ("a: b▲: c\n", "a colon with a blank after it stands inside a text", "in quotes"),
        ("a:\n▲\tb: c\n", "a tab stands where blanks are wanted", "spaces, not tabs"),
        ("a:\n  -▲\tb: c\n", "a tab stands where blanks are wanted", "spaces, not tabs"),
        ("a: ▲@b\n", "a text cannot begin with @", "in quotes"),
        ("a: [b, c]▲]\n", "cannot be read (while parsing", "indentation"),
        # a dash that is missing
        ("a:\n  - b: 1\n  ▲c: 2\n", "does not begin with a dash", 'begin the entry with "- "'),
        ("a:\n  - One.\n  ▲Two words.\n  - Three.\n", "does not begin with a dash", 'begin the entry with "- "'),
        ("a:\n  - One.\n  ▲Two words.\nb: c\n", "does not begin with a dash", 'begin the entry with "- "'),
        ("a:\n    ▲b: 1\n    c: 2\n  - b: 3\n", "this list does not begin with a dash", 'begin the entry with "- "'),
        ("a:\n  ▲>-\n    One\n  - Two\n", "this list does not begin with a dash", 'begin the entry with "- "'),
        ("a:\n  b: 1\n    ▲c: 2\n", "this line is indented further than the one above", 'put "- " before the line above'),
        # a colon that is missing in the line above
        ("a:\n  ▲b c\n  d: e\n", "this line has no colon after its first word", "name: value"),
        ("a:\n  - ▲b c\n    d: e\n", "this line has no colon after its first word", "name: value"),
        # a blank that is missing
        ("a: b\n▲title:The first van\nc: d\n", "no blank after the colon", 'space after the colon: "title: The first van"'),
        ("▲title:The first van\nc: d\n", "no blank after the colon", 'space after the colon: "title: The first van"'),
        ("a:\n  - b: c\n    ▲d:e f\n    g: h\n", "no blank after the colon", 'space after the colon: "d: e f"'),
        ("a:\n  - ▲b:c\n    d: e\n", "no blank after the colon", 'space after the colon: "b: c"'),
        # a merge that was not finished
        ("a: b\n▲<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\nf: g\n", "git's mark of a conflict", "keep one version"),
        ("▲<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\nf: g\n", "git's mark of a conflict", "delete the marks"),
        ("a: |\n  b\n▲<<<<<<< HEAD\n  d\n=======\n  e\n>>>>>>> other\nf: g\n", "git's mark of a conflict", "delete the marks"),
        ("a: b\n▲>>>>>>> other\nf: g\n", "git's mark of a conflict", "delete the marks"),
        # a quotation that ends at the next mark
        ('a: ▲"open\nb: c\nd: "2024-11-13"\n', "a quotation mark opened here may not be closed", "close it"),
        ('a: "b"\nc:\n  - ▲"open\n  - d\ne: "f"\n', "a quotation mark opened here may not be closed", "close it"),
        ('a: [b, ▲"c]\nd: e\nf: "g"\n', "a quotation mark opened here may not be closed", "close it"),
        ('a: ▲"he said \\"no\\" to it\nb: c\nd: "e"\n', "a quotation mark opened here may not be closed", "close it"),
        ("a: ▲'open\nb: it's c\n", "a quotation mark opened here may not be closed", "close it"),
        ("a: ▲'it''s open\nb: the cat's c\n", "a quotation mark opened here may not be closed", "close it"),
        ('a: "b" ▲and c\n', "the quotation ends before this", "“…”"),
        ("a: 'it'▲s'\n", "the quotation ends before this", "an apostrophe as ’"),
        # lines too far out
        ("a: 1\nb:\n  - c: 1\n▲- c: 2\n", "this dash does not stand below those of its list", "line up the dashes"),
        ("a:\n  - b: 1\n ▲- b: 2\n", "this dash does not stand below those of its list", "line up the dashes"),
        ("a:\n  - b: 1\n   ▲c: 2\n", "does not line up with the entries of this list", "line up the dashes"),
        ("a:\n  b: 1\n ▲c: 2\n", "does not line up with the fields above", "below the first letter"),
        ("a:\n  - b: |\n      One two.\n\n    ▲Three four.\n  - b: c\n", "indented less than the text above", "like the lines above"),
        ("a:\n  - b: >-\n      One two.\n▲Three four.\nc: d\n", "indented less than the text above", "like the lines above"),
        ("a: |\n  One\nb: c\n▲d e\nf: g\n", "this line has no colon after its first word", "name: value"),
    ],
)  # fmt: skip
def test_slip_is_named_where_it_was_made(text, message, hint):
    found, advice = only_problem(text)
    assert message in found
    assert hint in advice


@pytest.mark.parametrize("breaker", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("wrong", ["b c\n", "- d: e\n - f", '"g" h', "i:j\nk: l", "m: n: o", "["])
def test_lines_that_only_the_parser_breaks_are_no_trouble(breaker, wrong):
    problems = compose_text(f"a: b{breaker * 3}\n{wrong}\np: q\n", "a.yml")[1]
    assert {problem.code for problem in problems} <= {"CB004", "CB005"}
    assert problems


def test_quotation_mark_of_a_casefile_is_found_many_lines_above_the_stop():
    text = case(("title: The first case", 'title: ▲"The first case'))
    [problem] = case_problems(text)
    assert [problem.short] == at(text, "CB005")
    assert problem.message == "this is not YAML: a quotation mark opened here may not be closed"
