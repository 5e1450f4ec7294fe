"""Files → models: mistakes do not hide one another, and every field is found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import (
    CASE,
    READING_LIST,
    REGISTRIES,
    at,
    case,
    case_problems,
    changed,
    check_case,
    check_registry,
    other_case,
    plain,
    write_casefiles,
)
from casebook.reading import Locator, read_case, read_reading_list, read_registry, seeming_ids

RELATED = "related:\n  - {case: first-case, relation: precedent, why: It says so.}\n"


def test_minimal_casebook_is_sound():
    assert case_problems(CASE) == []


# Mistakes do not hide one another


def test_faulty_registry_entry_does_not_hide_the_others():
    text = changed(REGISTRIES["people"], ("{en: Bob}", "▲Bob")) + "- id: eve\n  name: ▲Eve\n  description: ▲[]\n"
    assert check_registry("people", text) == at(text, "CB103", "CB103", "CB103")


def test_reference_to_a_faulty_registry_entry_is_no_second_mistake():
    text = changed(REGISTRIES["people"], ("{en: Ada, zh: 艾达}", "▲Ada"))
    assert check_registry("people", text) == at(text, "CB103")


@pytest.mark.parametrize("text", ["- id: [\n", "\x01", "", "a: b\n", "[" * 30, "- id: ada\n---\n"])
def test_references_into_a_registry_that_cannot_be_read_are_no_second_mistake(text):
    problems = case_problems(CASE, registries={"people": text})
    assert {problem.location.file for problem in problems} == {"casefiles/registry/people.yml"}


def test_references_to_a_casefile_that_cannot_be_read_are_no_second_mistake():
    text = case(more="related:\n  - {case: second-case, relation: sequel, why: It came later.}\n")
    assert check_case(text, cases={"second-case": "id: ["}) == ["1:6 CB005"]


def test_references_to_a_faulty_casefile_are_no_second_mistake():
    text = case(more="related:\n  - {case: second-case, relation: sequel, why: See it.}\n")
    other = other_case("second-case", ("id: speech", "id: ▲The Speech"), ("        event: speech\n", ""))
    other = changed(other, ("evidence: [q-promise, speech]", "evidence: [q-promise]"))
    assert check_case(text, cases={"second-case": other}) == at(other, "CB109")


def test_unknown_reference_is_reported_beside_a_faulty_field():
    text = case(("status: published", "status: ▲done"), ("speaker: ada", "speaker: ▲adda"))
    assert check_case(text) == at(text, "CB106", "CB203")


def test_broken_rule_is_reported_beside_a_faulty_field():
    text = case(("lang: en", "lang: ▲English"), ("speaker: ada", "speaker: ▲bob"))
    assert check_case(text) == at(text, "CB111", "CB301")


def test_duplicate_key_does_not_hide_what_else_is_wrong():
    text = case(("role: founder", "role: founder\n    ▲role: boss"), ("speaker: ada", "speaker: ▲adda"))
    assert check_case(text) == at(text, "CB007", "CB203")


def test_alias_in_place_of_a_value_is_reported_once():
    text = case(("role: founder", "role: ▲*founder"))
    assert check_case(text) == at(text, "CB008")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - id: speech\n", "  - ▲id: Speech Day\n", "CB109"),
        ("      bloom: evaluate\n", "      bloom: ▲judge\n", "CB106"),
        ("    exact: We will ship in March.\n", "    exact: ▲''\n", "CB104"),
        ('published: "2024-06-01"', 'published: "▲soon"', "CB108"),
        ('occurred: "2024-01-10"', 'occurred: "▲soon"', "CB108"),
        ("  - who: acme\n", "  - who: ▲ACME\n", "CB109"),
        ("      objective: o-weigh\n", "      objective: ▲O weigh\n", "CB109"),
        ("        status: kept\n", "        status: ▲done\n", "CB106"),
        ('made_on: "2024-01-10"', 'made_on: "▲then"', "CB108"),
        ("    - id: w-kept\n", "    - id: ▲W kept\n", "CB109"),
        ("        text: |\n".replace("        ", "    "), "    ▲texts: |\n", "CB102"),
    ],
)
def test_faulty_field_has_no_consequences_elsewhere(old, new, code):
    text = case((old, new))
    if "Speech Day" in new:
        text = changed(text, ("- ▲id: Speech Day", "- id: ▲Speech Day"))
    assert check_case(text) == at(text, code)


def test_missing_part_of_a_case_has_no_consequences_elsewhere():
    text = "▲" + CASE[: CASE.index("teaching:")]
    assert check_case(text) == at(text, "CB101")


def test_case_of_which_every_field_is_missing_reports_each():
    codes = [problem.message for problem in case_problems("schema_version: 1\n")]
    assert len(codes) == 14
    assert all("is missing" in message for message in codes)


def test_faulty_reading_list_reports_its_unknown_references_too():
    text = changed(
        READING_LIST, ("audience: Students", "audience: ▲[]"), ("source: press-report", "source: ▲pres-report")
    )
    assert check_case(CASE, readings={"seminar": text}) == at(text, "CB103", "CB203")


# Entries and places


def read(tmp_path: Path, text: str) -> Path:
    return write_casefiles(tmp_path, {"first-case": text}) / "cases" / "first-case.yml"


def test_sound_case_comes_back_without_problems(tmp_path):
    entry, problems = read_case(read(tmp_path, CASE), "cases/first-case.yml")
    assert (entry.model.id, entry.file, entry.pointer, problems) == ("first-case", "cases/first-case.yml", (), [])
    assert entry.stand_ins == frozenset()


def test_faulty_case_remembers_what_is_not_the_editors(tmp_path):
    entry, _ = read_case(read(tmp_path, case(("lang: en", "lang: English"))), "f")
    assert entry.stand_ins == {("quotes", 0, "lang")}
    assert entry.is_stand_in(("quotes", 0, "lang"))
    assert entry.is_stand_in(("quotes", 0))
    assert entry.is_stand_in(("quotes", 0, "lang", "x"))
    assert not entry.is_stand_in(("quotes", 0, "exact"))
    assert not entry.is_stand_in(("events",))


def test_nothing_can_be_made_of_a_casefile_that_is_a_list(tmp_path):
    entry, problems = read_case(read(tmp_path, "- a\n"), "f")
    assert entry is None
    assert [problem.short for problem in problems] == ["1:1 CB103"]


def test_registry_entries_know_their_place(tmp_path):
    path = write_casefiles(tmp_path) / "registry" / "people.yml"
    entries, _ = read_registry(path, "people.yml", "people")
    assert [(entry.model.id, entry.pointer) for entry in entries] == [("ada", (0,)), ("bob", (1,))]
    assert str(Locator().locate(entries[1], ("name", "en"))) == "people.yml:5:14"


def test_reading_list_is_read(tmp_path):
    path = write_casefiles(tmp_path, readings={"seminar": READING_LIST}) / "readings" / "seminar.yml"
    entry, problems = read_reading_list(path, "seminar.yml")
    assert (entry.model.title, problems) == ("A seminar", [])


def test_locator_finds_values_keys_and_characters(tmp_path):
    entry, _ = read_case(read(tmp_path, CASE), "f")
    locator = Locator()
    assert str(locator.locate(entry, ("quotes", 0, "exact"))) == "f:35:12"
    assert str(locator.locate(entry, ("quotes", 0, "exact"), key=True)) == "f:35:5"
    assert str(locator.locate(entry, ("quotes", 0, "exact"), 3)) == "f:35:15"
    assert (
        str(locator.locate(entry, ("body", 0, "text"), len("[[ada]] spoke on a stage [@press-report, p. 3].\n\nS")))
        == "f:24:8"
    )


def test_locator_falls_back_to_the_file_when_it_is_gone(tmp_path):
    path = read(tmp_path, CASE)
    entry, _ = read_case(path, "f")
    path.unlink()
    assert str(Locator().locate(entry, ("title",))) == "f:1:1"


@pytest.mark.parametrize(
    ("text", "ids"),
    [("- id: a\n- {id: b, c: d}\n- e\n- id: [f]\n", {"a", "b"}), ("a: b\n", None), ("- [", None)],
)
def test_ids_that_a_faulty_registry_seems_to_hold(tmp_path, text, ids):
    path = tmp_path / "people.yml"
    path.write_text(plain(text))
    assert seeming_ids(path) == ids
