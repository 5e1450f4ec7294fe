"""Text cut into lines."""

from __future__ import annotations

import pytest

from casebook.views.line_breaking import break_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a bb ccc", ["a bb", "ccc"]),
        ("  a\n bb ", ["a bb"]),
        ("a bbbbbb c", ["a", "bbbb", "bb c"]),
        ("bbbb bbbbb", ["bbbb", "bbbb", "b"]),
        ("", []),
    ],
)
def test_lines_are_as_full_as_they_may_be(text: str, lines: list[str]):
    assert break_lines(text, 4, len) == lines


def test_letter_that_is_wider_than_a_line_stands_alone():
    assert break_lines("ab", 4, lambda line: 5 * len(line)) == ["a", "b"]
