"""The stylesheet that is published says the same as the one that is written, in fewer bytes."""

from __future__ import annotations

import re

import pytest

import sites
from casebook.exports.stylesheet import for_readers

WRITTEN = (sites.PROJECT / "hooks/theme/assets/casebook/casebook.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("css", "published"),
    [
        ("a { b: c; }  /* why */\n", "a { b: c; }\n"),
        ("/* one\n   two */\n\na {\n  b: c;\n}\n", "a {\nb: c;\n}\n"),
        ('a::after { content: "/* not one */"; }\n', 'a::after { content: "/* not one */"; }\n'),
        ("a::after { content: '\\'/*'; } /* one */", "a::after { content: '\\'/*'; }\n"),
    ],
)
def test_comments_and_indentation_go_and_strings_stay(css, published):
    assert for_readers(css) == published


def test_our_own_loses_its_comments_and_no_rule():
    published = for_readers(WRITTEN)
    assert "/*" not in published
    assert published.split() == re.sub(r"/\*.*?\*/", "", WRITTEN, flags=re.DOTALL).split()
