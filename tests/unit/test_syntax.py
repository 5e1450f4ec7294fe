"""What YAML's parser complains of is said at the slip itself, with what to do."""

from __future__ import annotations

import pytest

from builders import at, plain
from casebook.nodes import compose_text


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
        ("a: b▲: c\n", "mapping values are not allowed in this context", "in quotes"),
        ("a:\n▲\tb: c\n", "cannot start any token", "spaces, not tabs"),
        ("a: [b, c]▲]\n", "", "indentation"),
    ],
)
def test_slip_is_named_where_it_was_made(text, message, hint):
    found, advice = only_problem(text)
    assert message in found
    assert hint in advice
