"""Every reference that a casefile makes."""

from __future__ import annotations

from builders import CASE, READING_LIST, REGISTRIES, case
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.nodes import plain_value
from casebook.references import (
    ACTORS,
    LINKABLE,
    LOCAL_EVIDENCE,
    LOCAL_LINKABLE,
    PLAYERS,
    Reference,
    case_references,
    entry_references,
    local_ids,
    prose_fields,
    prose_references,
    reading_references,
)
from casebook.yaml_reading import compose_text

MORE = """\
key_figures:
  - {value: 5, label: how long, source: company-blog}
positions:
  - {issue: Wise?, holder: bob, stance: No, summary: "See [[ada]].", quotes: [q-promise], cites: [press-report]}
  - {issue: Wise?, holder: ada, stance: Yes, summary: Of course., response_to: bob}
media:
  - id: picture
    describes: Ada asleep
    published_by: ada
    authenticity:
      - {category: staged, attributed_to: bob, cites: [press-report]}
related:
  - {case: second-case, relation: sequel, why: Later.}
further: [company-blog]
disputed:
  - {what: How many, figures: [{value: five, source: press-report}]}
"""


def read(model: type, text: str) -> object:
    return model.model_validate(plain_value(compose_text(text, "f")[0]))


def made_by(text: str) -> dict[tuple[str | int, ...], Reference]:
    return {reference.pointer: reference for reference in case_references(read(Case, text)) if reference.offset is None}


def test_minimal_case_makes_these_references():
    found = [(reference.pointer, reference.target) for reference in case_references(read(Case, CASE))]
    assert found == [
        (("cast", 0, "who"), "ada"),
        (("cast", 1, "who"), "acme"),
        (("themes", 0), "labour"),
        (("body", 0, "text"), "ada"),
        (("body", 0, "text"), "press-report"),
        (("body", 0, "text"), "#q-promise"),
        (("events", 0, "actors", 0), "ada"),
        (("events", 0, "platforms", 0), "forum"),
        (("events", 0, "cites", 0), "press-report"),
        (("quotes", 0, "speaker"), "ada"),
        (("quotes", 0, "source"), "press-report"),
        (("claims", 0, "by"), "ada"),
        (("claims", 0, "quote"), "#q-promise"),
        (("claims", 0, "history", 0, "cites", 0), "press-report"),
        (("claims", 0, "history", 0, "event"), "#speech"),
        (("claims", 0, "history", 1, "cites", 0), "press-report"),
        (("lessons", 0, "lesson"), "say-less"),
        (("lessons", 0, "evidence", 0), "#q-promise"),
        (("lessons", 0, "evidence", 1), "#speech"),
        (("teaching", "questions", 0, "objective"), "#o-weigh"),
        (("teaching", "questions", 0, "evidence", 0), "#c-ship"),
    ]


def test_rarer_fields_make_references_too():
    found = made_by(case(more=MORE))
    targets = {pointer: reference.target for pointer, reference in found.items()}
    assert targets[("key_figures", 0, "source")] == "company-blog"
    assert targets[("positions", 0, "holder")] == "bob"
    assert targets[("positions", 0, "quotes", 0)] == "#q-promise"
    assert targets[("positions", 0, "cites", 0)] == "press-report"
    assert targets[("positions", 1, "response_to")] == "bob"
    assert targets[("media", 0, "published_by")] == "ada"
    assert targets[("media", 0, "authenticity", 0, "attributed_to")] == "bob"
    assert targets[("media", 0, "authenticity", 0, "cites", 0)] == "press-report"
    assert targets[("related", 0, "case")] == "second-case"
    assert targets[("further", 0)] == "company-blog"
    assert targets[("disputed", 0, "figures", 0, "source")] == "press-report"


def test_reference_says_what_it_may_name():
    found = made_by(case(more=MORE))
    assert found[("cast", 0, "who")].kinds == PLAYERS
    assert found[("events", 0, "actors", 0)].kinds == ACTORS
    assert found[("claims", 0, "quote")].kinds == ("quotes",)
    assert found[("claims", 0, "history", 0, "event")].kinds == ("events",)
    assert found[("lessons", 0, "evidence", 0)].kinds == LOCAL_EVIDENCE
    assert found[("related", 0, "case")].kinds == ("cases",)


def test_prose_reference_has_the_place_of_its_id():
    text = "See [[ada]], [[#q|it]] and [@press, p. 3]."
    found = list(prose_references(("body", 0, "text"), text))
    assert [(reference.target, reference.offset) for reference in found] == [("ada", 6), ("#q", 15), ("press", 29)]
    assert [reference.kinds for reference in found] == [LINKABLE, LOCAL_LINKABLE, ("sources",)]


def test_absent_prose_makes_no_references():
    assert list(prose_references(("introduction",), None)) == []


def test_event_of_another_case_keeps_its_case():
    assert made_by(case(("event: speech", "event: second-case#speech")))[
        ("claims", 0, "history", 0, "event")
    ].target == ("second-case#speech")


def test_prose_fields_are_essay_positions_lessons_and_answers():
    text = case(("evidence: [c-ship]\n", "evidence: [c-ship]\n      answer_note: Yes.\n"), more=MORE)
    assert [pointer for pointer, _ in prose_fields(read(Case, text))] == [
        ("body", 0, "text"),
        ("positions", 0, "summary"),
        ("positions", 1, "summary"),
        ("lessons", 0, "why"),
        ("teaching", "questions", 0, "answer_note"),
    ]


def test_local_ids_are_those_of_sections_records_and_teaching():
    assert [(identifier, kind) for _, identifier, kind in local_ids(read(Case, case(more=MORE)))] == [
        ("opening", "body"),
        ("speech", "events"),
        ("q-promise", "quotes"),
        ("c-ship", "claims"),
        ("picture", "media"),
        ("o-weigh", "objectives"),
        ("w-kept", "questions"),
    ]


def entry(registry: str, text: str) -> list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    return [tuple(reference)[:3] for reference in entry_references(read(REGISTRY_MODELS[registry], text))]


def test_registry_entries_make_references():
    person = "{id: a, name: {en: A}, description: x, roles: [{organisation: acme, title: y}], cites: [press]}"
    assert entry("people", person) == [
        (("roles", 0, "organisation"), "acme", ("organisations",)),
        (("cites", 0), "press", ("sources",)),
    ]
    organisation = "{id: a, name: A, description: x, parent: acme}"
    assert entry("organisations", organisation) == [(("parent",), "acme", ("organisations",))]
    product = "{id: a, name: A, description: x, maker: acme}"
    assert entry("products", product) == [(("maker",), "acme", ACTORS)]
    theme = "{id: a, label: A, definition: x, broader: b}"
    assert entry("themes", theme) == [(("broader",), "b", ("themes",))]


def test_sources_make_no_references():
    source = plain_value(compose_text(REGISTRIES["sources"], "f")[0])[0]
    assert list(entry_references(REGISTRY_MODELS["sources"].model_validate(source))) == []


def test_reading_list_makes_references():
    found = [(reference.pointer, reference.target) for reference in reading_references(read(ReadingList, READING_LIST))]
    assert found == [
        (("introduction",), "first-case"),
        (("sessions", 0, "items", 0, "case"), "first-case"),
        (("sessions", 0, "items", 0, "sections", 0), "first-case#opening"),
        (("sessions", 0, "items", 1, "source"), "press-report"),
        (("sessions", 0, "questions", 0), "first-case#w-kept"),
    ]
