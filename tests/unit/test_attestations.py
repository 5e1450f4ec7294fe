"""Attestations: how words are compared, and which badge a quote has earned."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CASE, at, case, write_casefiles
from casebook.attestations import (
    Attestation,
    badge_of,
    check_attestations,
    digest,
    load_attestations,
    normalise,
)
from casebook.model import Quote
from casebook.pipeline import Loaded, load_casebook

ZERO = "0" * 64


def attestation(words: str = "We will ship in March.", **changes: object) -> Attestation:
    fields = {
        "source": "press-report", "source_sha256": ZERO, "start": 0, "end": 22, "exact_sha256": digest(words),
        "prefix_sha256": ZERO, "suffix_sha256": ZERO, "on": "2024-05-01", "method": "full-text",
    }  # fmt: skip
    return Attestation(**{**fields, **changes})


def quote(exact: str = "We will ship in March.", source: str = "press-report") -> Quote:
    return Quote(id="q", exact=exact, lang="en", speaker="ada", source=source)


# How words are compared


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a  b\n\tc", "a b c"),
        ("  a ", "a "),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("“a” „b‟ «c» 「d」 『e』", '"a" "b" "c" "d" "e"'),
        ("it’s ‘so’ ʼtis 6′", "it's 'so' 'tis 6'"),
        ("a–b—c‑d−e－f", "a-b-c-d-e-f"),
        ("ﬁne ＡＢＣ１２３ ①", "fine ABC123 1"),
        ("好，是！（对）：“行”。", '好,是!(对):"行"。'),
        ("cafe\u0301", "café"),
        ("a\u200bb\u00adc\ufeffd\u2060e", "abcde"),
        ("…", "..."),
        ("Case And punctuation, stay!", "Case And punctuation, stay!"),
        ("", ""),
    ],
)
def test_text_is_normalised(text, normal):
    assert normalise(text)[0] == normal


def test_each_normal_character_knows_where_it_came_from():
    text = "a  “ﬁ” e\u0301"
    assert normalise(text) == ('a "fi" é', [0, 1, 3, 4, 4, 5, 6, 7])


@given(st.text(max_size=40))
def test_normalising_keeps_places_in_order_and_within_the_text(text):
    normal, places = normalise(text)
    assert len(normal) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert "  " not in normal


@pytest.mark.parametrize(
    "other", ["We will  ship\nin March.", "“We will ship in March.”"[1:-1], "Ｗe will ship in March."]
)
def test_digest_is_the_same_for_words_that_differ_in_typography_only(other):
    assert digest(other) == digest("We will ship in March.")


def test_digest_is_the_same_for_composed_and_decomposed_letters():
    assert digest(unicodedata.normalize("NFD", "Zoë café")) == digest(unicodedata.normalize("NFC", "Zoë café"))


@pytest.mark.parametrize("other", ["We will ship in March", "we will ship in March.", "We will not ship in March."])
def test_digest_differs_when_a_letter_or_mark_does(other):
    assert digest(other) != digest("We will ship in March.")


# Badges


def test_quote_found_in_the_whole_text_is_verbatim():
    assert badge_of(quote(), attestation()) == "verbatim"


def test_quote_found_in_an_excerpt_is_as_reported():
    assert badge_of(quote(), attestation(method="excerpt")) == "reported"


def test_quote_without_an_attestation_is_unverified():
    assert badge_of(quote(), None) == "unverified"


def test_changed_quote_loses_its_badge():
    assert badge_of(quote("We will ship in April."), attestation()) == "unverified"


def test_quote_of_another_source_loses_its_badge():
    assert badge_of(quote(source="company-blog"), attestation()) == "unverified"


def test_typography_may_change_without_losing_the_badge():
    assert badge_of(quote("We  will ship in March."), attestation()) == "verbatim"


# Checking a casebook


def write(folder: Path, **quotes: Attestation) -> None:
    held = {key.replace("__", "#").replace("_", "-"): value.model_dump() for key, value in quotes.items()}
    text = json.dumps({"schema_version": 1, "quotes": held})
    (folder / "attestations.json").write_text(text, encoding="utf-8")


def loaded_with(folder: Path, text: str = CASE, **quotes: Attestation) -> Loaded:
    root = write_casefiles(folder, {"first-case": text})
    write(root, **quotes)
    return load_casebook(root)


def short(loaded: Loaded) -> list[str]:
    return [problem.short for problem in loaded.problems if problem.code != "CB306"]


def test_attested_quote_has_its_badge_and_no_problem(tmp_path):
    loaded = loaded_with(tmp_path, first_case__q_promise=attestation())
    assert short(loaded) == []
    assert loaded.casebook.badges == {"first-case#q-promise": "verbatim"}


def test_changed_quote_is_an_error_at_its_words(tmp_path):
    text = case(("exact: We will ship in March.", "exact: ▲We will ship in April."))
    loaded = loaded_with(tmp_path, text, first_case__q_promise=attestation())
    assert short(loaded) == at(text, "CB501")
    assert loaded.casebook is None


def test_quote_of_a_changed_source_is_an_error(tmp_path):
    text = case(("exact: We", "exact: ▲We"), ("ada\n    source: press-report", "ada\n    source: company-blog"))
    assert short(loaded_with(tmp_path, text, first_case__q_promise=attestation())) == at(text, "CB501")


def test_quote_that_nobody_attested_is_a_warning_at_its_words(tmp_path):
    text = case(("exact: We", "exact: ▲We"))
    loaded = loaded_with(tmp_path, text)
    assert short(loaded) == at(text, "CB502")
    assert loaded.casebook.badges == {"first-case#q-promise": "unverified"}


def test_attestation_of_a_quote_that_is_gone_is_a_warning_in_its_file(tmp_path):
    loaded = loaded_with(tmp_path, first_case__q_promise=attestation(), first_case__q_gone=attestation())
    (problem,) = (problem for problem in loaded.problems if problem.code == "CB504")
    assert str(problem).startswith('casefiles/attestations.json:1:1: warning[CB504]: "first-case#q-gone" is attested')


def test_attestation_of_a_case_that_is_not_built_is_no_problem(tmp_path):
    loaded = loaded_with(tmp_path, first_case__q_promise=attestation(), draft_case__q_a=attestation())
    assert short(loaded) == []


def test_faulty_quote_has_no_consequences_for_its_attestation(tmp_path):
    text = case(("    exact: We will ship in March.\n", "    exact: ▲''\n"))
    assert short(loaded_with(tmp_path, text, first_case__q_promise=attestation())) == at(text, "CB104")


def test_faulty_id_of_a_case_has_no_consequences_for_attestations(tmp_path):
    text = case(("id: first-case", "id: ▲First_Case"))
    assert short(loaded_with(tmp_path, text, first_case__q_promise=attestation())) == at(text, "CB109")


@pytest.mark.parametrize("key", ["first_case__q_promise", "first_case__q_gone"])
def test_quote_id_used_twice_has_no_consequences_for_attestations(tmp_path, key):
    again = "  - {id: ▲q-promise, exact: Other words., lang: en, speaker: ada, source: press-report}\n"
    text = case(("claims:\n", f"{again}claims:\n"))
    assert short(loaded_with(tmp_path, text, **{key: attestation()})) == at(text, "CB202")


def test_without_attesting_no_badges_are_given(tmp_path):
    loaded = load_casebook(write_casefiles(tmp_path), attested=False)
    assert short(loaded) == []
    assert check_attestations(loaded.casebook, {}, "a.json")[0] == {"first-case#q-promise": "unverified"}


# The file


def test_absent_file_attests_nothing(tmp_path):
    assert load_attestations(tmp_path / "attestations.json", "a.json") == ({}, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1"),
        ("{\n  nonsense", "2:3"),
        ("[]", "1:1"),
        ('{"schema_version": 1}', "1:1"),
        ('{"schema_version": 2, "quotes": {}}', "1:1"),
        ('{"schema_version": 1, "quotes": {"a#b": {}}}', "1:1"),
        ('{"schema_version": 1, "quotes": {}, "more": 1}', "1:1"),
        ("[" * 200_000, "1:1"),
        ("1" * 5000, "1:1"),
    ],
)
def test_file_that_cannot_be_read_is_one_problem(tmp_path, text, place):
    path = tmp_path / "attestations.json"
    path.write_text(text)
    found, (problem,) = load_attestations(path, "a.json")
    assert (found, problem.short) == ({}, f"{place} CB503")


def test_file_that_cannot_be_read_does_not_make_every_quote_a_problem(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "attestations.json").write_text("nonsense")
    assert short(load_casebook(root)) == ["1:1 CB503"]


def test_linked_file_is_not_followed(tmp_path):
    (tmp_path / "target.json").write_text("{}")
    (tmp_path / "attestations.json").symlink_to("target.json")
    _, (problem,) = load_attestations(tmp_path / "attestations.json", "a.json")
    assert problem.short == "1:1 CB001"
