"""Values → models: every error of shape, at its place, with a hint."""

from __future__ import annotations

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
)
from casebook.model import Case

RELATED = "related:\n  - {case: first-case, relation: precedent, why: It says so.}\n"


def the_problem(text: str, **others: dict[str, str]) -> tuple[str, str, str]:
    """The only problem: its code, message and hint; its place is the mark's."""
    (problem,) = case_problems(text, **others)
    assert [problem.short] == at(text, problem.code)
    return problem.code, problem.message, problem.hint


# Each error of shape


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # missing and unknown fields
        ("schema_version: 1\nid: first-case\ntitle: The first case\n", "▲schema_version: 1\nid: first-case\n",
         ("CB101", 'the field "title" is missing', 'add "title:" (the title of the essay)')),
        ("dek: A founder", "▲deck: A founder", ("CB102", 'there is no field "deck"', 'did you mean "dek"?')),
        ("    bloom: evaluate\n".strip(" "), "bloom: evaluate\n      ▲colour: red\n",
         ("CB102", 'there is no field "colour"', "the fields here are id, text, bloom")),
        ("    strand: persona\n", "    strand: persona\n    ▲platform: forum\n",
         ("CB102", 'there is no field "platform"', 'did you mean "platforms"?')),
        ("  - who: acme\n    role: her company\n", "  - {who: acme, role: her company, ▲and her home}\n",
         ("CB102", 'there is no field "and her home"', "a comma or colon split this text: put the whole text in quotes")),
        ("      She said [[#q-promise|a sentence]] that lasted.\n", "    ▲Against this stands: another view.\n",
         ("CB102", 'there is no field "Against this stands"',
          "if it is part of the text above, indent it like the lines above; else "
          "the fields here are id, heading, text")),
        ("dek: A founder", "▲note about sources: none\ndek: A founder",
         ("CB102", 'there is no field "note about sources"',
          "if it is part of the text above, put the whole text in quotes; else "
          f"the fields here are {', '.join(Case.model_fields)}")),
        # shape
        ("themes: [labour]", "themes: ▲labour", ("CB103", '"themes" needs a list, not text', 'start each item with "- "')),
        ("actors: [ada]", "actors: ▲{who: ada}", ("CB103", '"actors" needs a list, not fields (a mapping)', 'start each item with "- "')),
        ("role: founder", "role: ▲[founder]", ("CB103", '"role" needs text, not a list', "write text here")),
        ("role: founder", "role: ▲{en: founder}", ("CB103", '"role" needs text, not fields (a mapping)',
         "a colon makes it a field: put the text in quotes")),
        ("  - It mattered.", "  - ▲It mattered: much.", ("CB103", '"glance" needs text, not fields (a mapping)',
         "a colon makes it a field: put the text in quotes")),
        ("  - lesson: say-less\n    relation: supports\n    why: She said little.\n    evidence: [q-promise, speech]\n",
         "  - ▲say-less\n", ("CB103", '"lessons" needs fields (a mapping), not text', "write fields (a mapping) here")),
        ("kind: factual", "kind: ▲[factual]", ("CB103", '"kind" needs a value, not a list', "write a value here")),
        ('date: "2024-01-10"', 'date: ▲["2024-01-10"]', ("CB103", '"date" needs text, not a list', "write text here")),
        ("schema_version: 1", "schema_version: ▲[1]", ("CB103", '"schema_version" needs a value, not a list', "write a value here")),
        # empty
        ("role: founder", "role:▲", ("CB104", '"role" is empty', "give it a value")),
        ("role: founder", "role: ▲''", ("CB104", '"role" is empty', "give it a value")),
        ("role: founder", "role: ▲'   '", ("CB104", '"role" is empty', "give it a value")),
        ("themes: [labour]", "themes: ▲[]", ("CB104", '"themes" is empty', "give it a value")),
        ("themes: [labour]", "themes:▲", ("CB104", '"themes" is empty', "give it a value")),
        ("kind: factual", "kind:▲", ("CB104", '"kind" is empty', "give it a value")),
        ('due: "2024-03-31"', "due: ▲' '", ("CB104", '"due" is empty', "give it a value, or delete the line")),
        # length
        ("glance:\n  - Ada spoke.\n", "glance:\n", ("CB105", '"glance" has 2 entries; at least 3 are needed', "add what is missing")),
        ("title: The first case", "title: ▲" + "long " * 50, ("CB105", '"title" has 249 characters; 200 is the limit', "shorten it")),
        # choice
        ("status: published", "status: ▲publishd",
         ("CB106", '"publishd" is not a choice for "status"', 'did you mean "published"? choose one of draft, review, published, retired')),
        ("kind: factual", "kind: ▲xyz",
         ("CB106", '"xyz" is not a choice for "kind"', "choose one of factual, experiential, visionary")),
        # numbers
        ("schema_version: 1", "schema_version: ▲one",
         ("CB107", '"one" is not right for "schema_version"', "write digits only: 100000, 93.5; words go into other fields")),
        ("schema_version: 1", "schema_version: ▲2", ("CB107", '"2" is not right for "schema_version"', "write a number of at most 1")),
        ("evidence: [c-ship]\n", "evidence: [c-ship]\n      minutes: ▲0\n",
         ("CB107", '"0" is not right for "minutes"', "write a number of at least 1; or delete the line, if it is not known")),
        # dates
        ('due: "2024-03-31"', 'due: "2024-03-▲32"',
         ("CB108", '"2024-03-32" is not a date: March 2024 has no day 32',
          'write it as "2024", "2024-11", "2024-11-13", "2024-11~" or "2025-04-01/2025-05-09"')),
        ('due: "2024-03-31"', 'due: "  2024-▲13"',
         ("CB108", '"2024-13" is not a date: there is no month 13',
          'write it as "2024", "2024-11", "2024-11-13", "2024-11~" or "2025-04-01/2025-05-09"')),
        ('due: "2024-03-31"', "due: ▲“2024-03-31”",
         ("CB108", '"“2024-03-31”" is not a date: it is not an EDTF date',
          'use straight quotation marks, one at each end: "2024-03-31"')),
        ('due: "2024-03-31"', 'due: 2024-03-31▲"',
         ("CB108", '"2024-03-31"" is not a date: it is not an EDTF date',
          'use straight quotation marks, one at each end: "2024-03-31"')),
        # ids and the like
        ("who: acme", "who: ▲Acme Inc", ("CB109", '"Acme Inc" is not an id', "use lower-case letters, digits and single hyphens")),
        ("event: speech", "event: ▲a#b#c", ("CB109", '"a#b#c" is not a reference', "write case-id#local-id")),
        ("id: first-case", "id: ▲other-case",
         ("CB110", 'the id "other-case" is not the file\'s name', 'name the file "other-case.yml" or write "id: first-case"')),
        ("id: first-case", "id: ▲First_Case", ("CB109", '"First_Case" is not an id', "use lower-case letters, digits and single hyphens")),
        ("lang: en", "lang: ▲English", ("CB111", '"English" is not a BCP 47 language tag', 'write "en", "zh-Hans" or "zh-Hant"')),
    ],
)  # fmt: skip
def test_error_of_shape_is_said_where_it_stands(old, new, expected):
    text = case((old, new))
    if old.startswith("glance"):
        text = text.replace("  - People", "  ▲- People")
    assert the_problem(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("exact: We will ship in March.", 'exact: ▲"We will ship in March.',
         "this is not YAML: a quotation mark opened here may not be closed", "close it, or take it away"),
        ("exact: We will ship in March.", "exact: ▲'We will ship in March.",
         "this is not YAML: a quotation mark opened here may not be closed", "close it, or take it away"),
        ('title: Ada speaks', 'title: "Ada "▲speaks"',
         "this is not YAML: the quotation ends before this",
         "put other marks inside it: “…”, or the whole in single quotation marks; "
         "or begin what follows on a line of its own"),
        ("    lang: en", "▲\tlang: en",
         "this is not YAML: a tab stands where blanks are wanted",
         "indent with spaces, not tabs"),
        ("role: founder\n", "role:\n    ▲\tfounder: x\n",
         "this is not YAML: a tab stands where blanks are wanted",
         "indent with spaces, not tabs"),
    ],
)  # fmt: skip
def test_error_of_syntax_says_what_it_may_come_from(old, new, message, hint):
    # Dates in quotation marks further down would close the open one.
    text = case((old, new))
    if "not be closed" in message:
        text = text[: text.index("claims:")]
    assert the_problem(text) == ("CB005", message, hint)


def test_second_document_is_the_only_problem_of_its_file():
    text = case(("body:\n", "▲---\nbody:\n"))
    assert check_case(text, cases={"second-case": other_case(more=RELATED)}) == at(text, "CB006")


def test_second_document_in_a_registry_has_no_consequences():
    text = changed(REGISTRIES["people"], ("- id: bob", "▲---\n- id: bob"))
    assert check_registry("people", text, case(("who: acme", "who: bob"))) == at(text, "CB006")


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "message"),
    [
        ("sources", '"https://example.org/report"', '▲"example.org"', "CB112", '"example.org" is not an http or https address'),
        ("sources", "kind: secondary", "kind: secondary\n  sha256: ▲abc", "CB113", '"sha256" is not a SHA-256 digest'),
        ("sources", "csl: {type: post-weblog,", "csl: {author: [▲{given: A}], type: post-weblog,", "CB114",
         "an author has either `literal` or `family` and `given`"),
        ("people", "{en: Bob}", "▲{zh: 鲍}", "CB101", 'the field "en" is missing'),
        ("people", "{en: Bob}", "{en: Bob, ▲fr: B}", "CB102", 'there is no field "fr"'),
        ("sources", "title: A post,", "▲container_title: A, title: A post,", "CB102", 'there is no field "container_title"'),
    ],
)  # fmt: skip
def test_error_in_a_registry_is_said_where_it_stands(name, old, new, code, message):
    text = changed(REGISTRIES[name], (old, new))
    (problem,) = case_problems(CASE, registries={name: text})
    assert ([problem.short], problem.message) == (at(text, code), message)
    assert problem.location.file == f"casefiles/registry/{name}.yml"


def test_reading_item_with_both_case_and_source_is_reported_at_the_item():
    text = changed(READING_LIST, ("- case: first-case", "- ▲case: first-case\n        source: press-report"))
    assert check_case(CASE, readings={"seminar": text}) == at(text, "CB114")


def test_truth_value_is_true_or_false():
    text = changed(READING_LIST, ("        sections: [opening]\n", "        optional: ▲perhaps\n"))
    (problem,) = case_problems(CASE, readings={"seminar": text})
    assert ([problem.short], problem.hint) == (at(text, "CB107"), "write true or false")


def test_too_many_entries_are_reported_at_the_list():
    text = case(("  - It mattered.\n", "  - It mattered.\n  - Four.\n  - Five.\n  - Six.\n")).replace(
        "  - Ada", "  ▲- Ada"
    )
    (problem,) = case_problems(text)
    assert [problem.short] == at(text, "CB105")
    assert problem.hint == "shorten it"


def test_misspelt_field_is_not_reported_as_missing_too():
    text = case(("title: The first", "▲tilte: The first"), ("speaker: ada", "▲speeker: ada"))
    assert check_case(text) == at(text, "CB102", "CB102")


def test_list_with_a_faulty_entry_is_not_called_too_short():
    text = case(("strand: persona", "strand: ▲nothing"))
    assert check_case(text) == at(text, "CB106")


def test_long_value_is_cut_in_its_message():
    (problem,) = case_problems(case(("who: acme", f"who: {'A' * 70}")))
    assert problem.message == f'"{"A" * 59}…" is not an id'


def test_missing_field_is_explained_by_its_description():
    text = changed(REGISTRIES["lessons"], (", limits: Never.", ""))
    (problem,) = case_problems(CASE, registries={"lessons": text})
    assert problem.hint == 'add "limits:" (when it fails)'


@pytest.mark.parametrize(
    ("text", "code"),
    [("text\n", "CB103"), ("- a\n", "CB103"), ("{}\n", "CB101"), ("''\n", "CB104")],
)
def test_casefile_of_another_shape_is_reported_at_its_start(text, code):
    assert f"1:1 {code}" in check_case(text)


def test_registry_that_is_no_list_is_reported_once():
    assert check_registry("people", "▲ada: {name: Ada}\n") == ["1:1 CB103"]


def test_registry_entry_that_is_no_mapping_is_reported_at_the_entry():
    text = REGISTRIES["people"] + "- ▲somebody\n"
    assert check_registry("people", text) == at(text, "CB103")
