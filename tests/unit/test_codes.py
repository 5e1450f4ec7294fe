"""Problem codes: the table and the source agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import casebook.codes
from casebook.codes import FAMILIES, all_codes

CODES = all_codes()
SOURCES = sorted(Path(casebook.__file__).parent.rglob("*.py"))
USED = {
    code
    for path in SOURCES
    if path.parent.name != "codes"
    for code in re.findall(r"\"(CB\d{3})\"", path.read_text(encoding="utf-8"))
}


def test_every_code_in_the_source_is_explained():
    assert sorted(USED - CODES.keys()) == []


def test_every_explained_code_is_used():
    assert sorted(CODES.keys() - USED) == []


@pytest.mark.parametrize("code", CODES)
def test_code_has_a_family_and_says_in_sentences_what_is_wrong_and_what_to_do(code):
    assert code[:3] in FAMILIES
    assert CODES[code].meaning.endswith(".")
    assert CODES[code].remedy.endswith(".")


def test_many_problems_of_a_code_can_be_said_in_one_line():
    assert f"13 {CODES['CB502'].many}" == "13 quotes are not attested yet: casebook attest"
    assert f"4 {CODES['CB310'].many}" == "4 places: A position replies to somebody who holds none on the issue."


@pytest.mark.parametrize(
    "path", sorted(Path(casebook.codes.__file__).parent.glob("*.toml")), ids=lambda path: path.stem
)
def test_codes_stand_in_order_in_their_file(path):
    found = re.findall(r"^\[(CB\d{3})\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert found == sorted(found)


@pytest.mark.parametrize("code", CODES)
def test_only_rules_of_judgement_can_be_allowed(code):
    assert not CODES[code].can_be_allowed or code[:3] in ("CB3", "CB5")


def test_every_code_has_a_page_of_its_own():
    assert len({code.uri for code in CODES.values()}) == len(CODES)
    assert CODES["CB203"].uri == "problems/cb203/"
