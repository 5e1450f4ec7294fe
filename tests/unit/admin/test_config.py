"""The form is made from the models: every field is in it, and every id is offered what it may name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sites
from casebook.admin.config import GitHub, github_config, local_config
from casebook.admin.fields import form_fields
from casebook.model import REGISTRY_MODELS, Case, ReadingList, TimelineEvent
from casebook.pipeline import PREVIEW, load_casebook
from casebook.references import Reference, case_references, entry_references, reading_references

MODELS = {"cases": Case, "readings": ReadingList, **REGISTRY_MODELS}
CONFIG = local_config(has_site=True)


def collection(name: str) -> dict[str, Any]:
    return next(found for found in CONFIG["collections"] if found["name"] == name)


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every_field(field.get("fields", []))
        yield from every_field([field["field"]] if "field" in field else [])


def field_at(fields: list[dict[str, Any]], pointer: tuple[str | int, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"fields": fields}
    for step in pointer:
        if isinstance(step, str):
            found = next(field for field in found["fields"] if field["name"] == step)
    return found


def test_there_is_a_collection_for_everything_that_is_written_by_hand() -> None:
    assert {found["name"] for found in CONFIG["collections"]} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_model_is_in_the_form(name: str) -> None:
    wanted = {info.alias or field for field, info in MODELS[name].model_fields.items()}
    assert {field["name"] for field in collection(name)["fields"]} == wanted


def widget(model: Any, *pointer: str) -> dict[str, Any]:
    return field_at(form_fields(model), pointer)


def test_a_field_that_is_needed_is_asked_for() -> None:
    assert (widget(TimelineEvent, "date")["required"], widget(TimelineEvent, "detail")["required"]) == (True, False)


def test_nothing_is_asked_for_in_an_object_that_may_be_left_out() -> None:
    assert [field["required"] for field in widget(Case, "quotes", "translation")["fields"]] == [False, False, False]


def test_the_hint_is_what_the_model_says_of_the_field() -> None:
    assert widget(Case, "cast", "who")["hint"] == "A person, organisation, platform or product."


def test_a_choice_offers_the_words_of_the_format() -> None:
    offered = [option["value"] for option in widget(Case, "claims", "history", "status")["options"]]
    assert offered == ["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"]


def test_a_number_stays_the_text_that_was_typed() -> None:
    assert widget(Case, "key_figures", "value")["widget"] == "string"


def test_prose_is_typed_as_it_stands_in_the_file() -> None:
    assert widget(Case, "body", "text")["widget"] == "text"


def test_no_control_rewrites_what_is_typed() -> None:
    kinds = {field["widget"] for found in CONFIG["collections"] for field in every_field(found["fields"])}
    assert kinds == {"string", "text", "select", "number", "list", "object", "reference", "hidden"}


def test_the_server_alone_judges_what_was_typed_with_messages_of_its_own() -> None:
    judged = [
        field["name"]
        for found in CONFIG["collections"]
        for field in every_field(found["fields"])
        if {"pattern", "min", "max"} & field.keys()
    ]
    assert judged == []


def test_on_github_where_no_server_of_ours_stands_between_the_form_tells_a_pattern() -> None:
    fields = github_config(GitHub("you/casebook"))["collections"][0]["fields"]
    assert field_at(fields, ("occurred",))["pattern"][1].startswith("a date such as")


def test_a_new_case_is_a_draft() -> None:
    assert field_at(collection("cases")["fields"], ("status",))["default"] == "draft"


def test_a_new_entry_begins_with_empty_lists() -> None:
    lists = [
        field
        for found in CONFIG["collections"]
        for field in every_field(found["fields"])
        if field["widget"] == "list" or field.get("multiple")
    ]
    assert all(field["default"] == [] for field in lists)


def lists() -> Iterator[dict[str, Any]]:
    for found in CONFIG["collections"]:
        yield from (field for field in every_field(found["fields"]) if field["widget"] == "list")


def test_a_folded_list_can_say_how_many_of_what_it_holds() -> None:
    heads = {re.split(" (?:of|at|to|on|and|that) ", field["label"])[0] for field in lists()}
    assert {head for head in heads if not head.endswith("s")} == set()


def test_a_list_with_a_name_of_its_own_says_how_it_is_called_in_the_file() -> None:
    body = widget(Case, "body")
    assert (body["label"], body["label_singular"]) == ("Sections of the essay", "section of the essay")
    assert body["hint"].endswith("In the file and in messages: body.")
    assert "In the file" not in widget(Case, "events")["hint"]


def references() -> Iterator[tuple[str, Reference]]:
    book = load_casebook(sites.EXAMPLE / "casefiles", statuses=PREVIEW).casebook
    assert book is not None
    for case in book.cases.values():
        yield from (("cases", reference) for reference in case_references(case))
    for name, entries in book.registries.items():
        for entry in entries.values():
            yield from ((name, reference) for reference in entry_references(entry))
    for reading in book.readings.values():
        yield from (("readings", reference) for reference in reading_references(reading))


def test_a_field_offers_every_kind_of_thing_that_it_may_name() -> None:
    wrong = []
    for name, reference in references():
        if reference.offset is not None or reference.pointer[-2:-1] == ("sections",):
            continue  # in prose; and sections of another case, which are typed
        field = field_at(collection(name)["fields"], reference.pointer)
        mark = "#" if reference.target.startswith("#") else ""
        wanted = {f"{mark}{kind}" for kind in reference.kinds}
        if "#" not in reference.target[1:] and not wanted <= set(field.get("kinds", [])):
            wrong.append((name, reference.pointer, wanted, field.get("kinds")))
    assert wrong == []


def test_a_list_of_reading_offers_the_questions_of_cases() -> None:
    assert field_at(collection("readings")["fields"], ("sessions", "questions"))["kinds"] == ["questions"]


def test_only_cases_can_be_deleted() -> None:
    assert [found["name"] for found in CONFIG["collections"] if found["delete"]] == ["cases"]


def test_on_github_every_save_is_a_pull_request() -> None:
    assert github_config(GitHub("you/casebook"))["publish_mode"] == "editorial_workflow"


def test_on_github_there_are_no_registries() -> None:
    names = [found["name"] for found in github_config(GitHub("you/casebook"))["collections"]]
    assert names == ["cases", "readings"]


def test_the_form_can_lead_to_the_page_only_where_there_is_one() -> None:
    assert not local_config(has_site=False)["show_preview_links"]


def test_every_folder_of_the_form_is_in_casefiles() -> None:
    folders = [Path(found["folder"]).parts[0] for found in CONFIG["collections"]]
    assert set(folders) == {"casefiles"}
