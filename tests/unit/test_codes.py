"""Problem codes: the table and the source agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import casebook
from casebook.codes import CODES, FAMILIES

SOURCES = sorted(Path(casebook.__file__).parent.rglob("*.py"))
USED = {
    code
    for path in SOURCES
    if path.name != "codes.py"
    for code in re.findall(r"\"(CB\d{3})\"", path.read_text(encoding="utf-8"))
}


def test_every_code_in_the_source_is_explained():
    assert sorted(USED - CODES.keys()) == []


def test_every_explained_code_is_used():
    assert sorted(CODES.keys() - USED) == []


@pytest.mark.parametrize("code", CODES)
def test_code_has_a_family_and_two_sentences(code):
    meaning, remedy = CODES[code]
    assert code[:3] in FAMILIES
    assert meaning.endswith(".")
    assert remedy.endswith(".")


def test_codes_stand_in_order():
    assert list(CODES) == sorted(CODES)
