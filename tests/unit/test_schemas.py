"""The schemas explain every field, and those for editor programs know the casebook's ids."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CASE, READING_LIST, REGISTRIES, changed, load, other_case, write_casefiles
from casebook.cli import main
from casebook.dates import DateSyntaxError, json_schema, parse_date
from casebook.exports.editor_schemas import FOLDER, editor_schemas, write_editor_schemas
from casebook.model import CHOICES, NAMES, REGISTRY_MODELS, meanings_of, published_schemas
from casebook.names import names_of, read_names
from casebook.nodes import plain_value
from casebook.pipeline import PREVIEW, load_casebook
from casebook.preview.moments import Preview
from casebook.references import case_references, entry_references, reading_references
from casebook.yaml_reading import compose_text

PROJECT = Path(__file__).parents[2]
SCHEMAS = published_schemas()


def models(schema):
    """Every model of a schema by its title, the whole file's too."""
    whole = {} if schema["type"] == "array" else {"": schema}
    return {**whole, **schema["$defs"]} if "$defs" in schema else whole


FIELDS = [
    pytest.param(name, field, schema, id=f"{file}:{name}.{field}")
    for file, whole in SCHEMAS.items()
    for name, model in models(whole).items()
    for field, schema in model["properties"].items()
]


def resolved(schema, root):
    """A schema with what its reference leads to."""
    return {**root["$defs"][schema["$ref"].rpartition("/")[2]], **schema} if "$ref" in schema else schema


def at_pointer(root, pointer):
    """The schema of the field at a pointer."""
    found = root
    for step in pointer:
        found = resolved(found, root)
        found = found["items"] if isinstance(step, int) else found["properties"][step]
    return resolved(found, root)


# What the schemas say


@pytest.mark.parametrize(("model", "field", "schema"), FIELDS)
def test_every_field_says_what_it_means(model, field, schema):
    words = schema.get("description", "") or ("$ref" in schema and "the model says it")
    assert len(words) > 10
    assert words == "the model says it" or words.endswith("."), words


@pytest.mark.parametrize("file", SCHEMAS)
def test_every_model_says_what_it_is(file):
    assert {name for name, model in models(SCHEMAS[file]).items() if not model.get("description")} == set()


@pytest.mark.parametrize(("model", "field", "schema"), FIELDS)
def test_every_choice_says_what_it_means(model, field, schema):
    if "enum" in schema:
        assert len(schema["enumDescriptions"]) == len(schema["enum"])
        assert all(words.endswith(".") for words in schema["enumDescriptions"])


def test_there_are_fields_with_choices():
    assert sum("enum" in parameters.values[2] for parameters in FIELDS) >= 14


def test_choices_are_known_by_their_words():
    assert all(meanings_of(words) == words for words in CHOICES.values())


@pytest.mark.parametrize("file", SCHEMAS)
def test_every_example_is_allowed(file):
    root = SCHEMAS[file]
    for name, model in models(root).items():
        for field, schema in model["properties"].items():
            validator = jsonschema.Draft202012Validator({**schema, "$defs": root.get("$defs", {})})
            wrong = [example for example in schema.get("examples", ()) if not validator.is_valid(example)]
            assert wrong == [], f"{name}.{field}"


def test_nothing_is_null():
    assert '"null"' not in json.dumps(dict(SCHEMAS))
    assert "null" not in re.sub(r'"[^"]*"', "", json.dumps(dict(SCHEMAS)))


@pytest.mark.parametrize("file", SCHEMAS)
def test_field_is_titled_by_its_key(file):
    fields = [item for model in models(SCHEMAS[file]).values() for item in model["properties"].items()]
    assert {key for key, schema in fields if "title" in schema and schema["title"] != key} == set()


# What an id may name


def test_schema_and_checker_agree_on_what_an_id_may_name():
    book = load_casebook(PROJECT / "casefiles", statuses=PREVIEW).casebook
    files = {"case.json": ((case, case_references(case)) for case in book.cases.values())}
    files["reading-list.json"] = ((item, reading_references(item)) for item in book.readings.values())
    for name in REGISTRY_MODELS:
        files[f"{name}.json"] = ((item, entry_references(item)) for item in book.registries[name].values())
    seen = set()
    for file, items in files.items():
        for _, references in items:
            for reference in references:
                root = SCHEMAS[file]
                whole = root["items"] if root["type"] == "array" else root
                schema = at_pointer({**resolved(whole, root), "$defs": root.get("$defs", {})}, reference.pointer)
                if "#" not in reference.target and reference.offset is None:
                    assert schema[NAMES] == list(reference.kinds), reference
                    seen.add(tuple(step for step in reference.pointer if isinstance(step, str)))
                else:
                    assert NAMES not in schema, reference
    assert len(seen) > 20


# Dates


@pytest.mark.parametrize(
    "text",
    ["2024", "2024-11", "2024-11-13", "2024-21", "2024~", "2024-11?", "2024-11-13%", "202X", "20XX", "2024-XX", "2024-11-XX",
     "2024-XX-XX", "2024-11-13T10:00", "2024-11-13T10:00:00Z", "2024-11-13T10:00+08:00", "2024/2025", "2024-11-13/..",
     "../2024", "2024/", "/2024", "2024~/2025?"],
)  # fmt: skip
def test_date_pattern_takes_every_notation(text):
    assert parse_date(text)
    assert re.search(json_schema()["pattern"], text)


@given(
    st.from_regex(r"[0-9XT:Z?~%./+-]{1,24}", fullmatch=True)
    | st.from_regex(r"\d{4}-[0-2]\d(-[0-3]\d)?[?~%]?(/(\.\.|\d{4})?)?", fullmatch=True)
)
def test_date_pattern_refuses_nothing_that_is_read(text):
    try:
        parse_date(text)
    except DateSyntaxError:
        return
    assert re.search(json_schema()["pattern"], text)


@pytest.mark.parametrize(
    "text", ["13 November 2024", "2024-13", "2024-11-32", "2024/11", "24-11-13", "2024-11-13-", "yesterday"]
)
def test_date_pattern_refuses_what_is_no_date(text):
    assert not re.search(json_schema()["pattern"], text)


# Names


def test_names_are_the_same_from_files_and_from_the_casebook(tmp_path):
    folder = write_casefiles(
        tmp_path, {"first-case": CASE, "second-case": other_case()}, readings={"seminar": READING_LIST}
    )
    names = read_names(folder)
    assert names == names_of(load_casebook(folder).casebook)
    assert names["people"] == {"ada": "Ada, 艾达", "bob": "Bob"}
    assert names["cases"] == {"first-case": "The first case", "second-case": "The first case"}
    assert names["sources"]["press-report"] == "The Daily: A report"


@pytest.mark.parametrize(
    "written",
    [
        '"The: first case"',
        "'The: first case'",
        ">-\n  The: first\n  case",
        "|-\n  The: first case",
        '"The:\n  first case"',
    ],
)
def test_title_is_read_however_it_is_written_and_whatever_else_is_wrong(tmp_path, written):
    text = changed(CASE, ("title: The first case", f"title: {written}")) + "broken: [\n"
    assert read_names(write_casefiles(tmp_path, {"first-case": text}))["cases"] == {"first-case": "The: first case"}


def test_case_without_a_title_is_known_by_its_id(tmp_path):
    texts = {"first-case": "id: first-case\n", "second-case": "title: [\n", "third-case": "title: {a: b}\n"}
    assert read_names(write_casefiles(tmp_path, texts))["cases"] == dict.fromkeys(texts, "")


def test_names_of_drafts_are_offered_too():
    draft = other_case("second-case", ("status: published", "status: draft"))
    book = load(cases={"first-case": CASE, "second-case": draft}).casebook
    assert "second-case" not in book.cases
    assert "second-case" in names_of(book)["cases"]


def test_registry_folder_is_read(tmp_path):
    folder = write_casefiles(tmp_path)
    (folder / "registry" / "people").mkdir()
    (folder / "registry" / "people" / "more.yml").write_text("- {id: eve, name: {en: Eve}, description: x}\n")
    assert list(read_names(folder)["people"]) == ["ada", "bob", "eve"]


def test_links_are_not_followed(tmp_path):
    folder = write_casefiles(tmp_path)
    (tmp_path / "secret.yml").write_text("- {id: secret, name: {en: Secret}, description: x}\n")
    (folder / "registry" / "people").mkdir()
    (folder / "registry" / "people" / "secret.yml").symlink_to(tmp_path / "secret.yml")
    assert "secret" not in (read_names(folder)["people"] or {})


def test_id_that_is_none_stays_out_of_the_pattern(tmp_path):
    people = changed(REGISTRIES["people"], ("id: bob", "id: '.*'"))
    assert read_names(write_casefiles(tmp_path, registries={"people": people}))["people"] == {"ada": "Ada, 艾达"}


# Schemas for editor programs


@pytest.fixture
def schemas(tmp_path):
    return editor_schemas(read_names(write_casefiles(tmp_path)))


@pytest.mark.parametrize("name", ["case", *REGISTRY_MODELS])
def test_editor_schema_takes_the_minimal_casebook(schemas, name):
    schema = schemas[f"{name}.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    value = plain_value(compose_text({"case": CASE, **REGISTRIES}[name], name)[0])
    value = {**value, "schema_version": 1} if name == "case" else value
    found = jsonschema.Draft202012Validator(schema).iter_errors(value)
    assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_editor_schema_refuses_an_id_that_is_in_no_registry(schemas):
    quote = schemas["case.json"]["$defs"]["Quote"]["properties"]["speaker"]
    validator = jsonschema.Draft202012Validator({**quote, "$defs": schemas["case.json"]["$defs"]})
    assert [identifier for identifier in ("ada", "acme", "adda", "press-report") if validator.is_valid(identifier)] == [
        "ada", "acme",
    ]  # fmt: skip


def test_published_schemas_hold_no_ids_of_this_casebook():
    assert "lei-jun" not in json.dumps(dict(SCHEMAS))


def test_empty_registry_has_no_ids(schemas):
    empty = editor_schemas({name: {} for name in (*REGISTRY_MODELS, "cases")})["case.json"]["$defs"]["id-of-sources"]
    assert not re.search(empty["pattern"], "anything")
    assert empty["defaultSnippets"] == []


def test_only_what_changed_is_written(tmp_path):
    folder = write_casefiles(tmp_path)
    out = tmp_path / "out"
    assert {path.name for path in write_editor_schemas(read_names(folder), out)} == set(SCHEMAS)
    assert write_editor_schemas(read_names(folder), out) == []
    people = folder / "registry" / "themes.yml"
    people.write_text(people.read_text() + "- {id: new, label: New, definition: x}\n")
    assert {path.name for path in write_editor_schemas(read_names(folder), out)} == {"case.json", "themes.json"}
    assert {path.name for path in out.iterdir()} == set(SCHEMAS)


def test_command_writes_beside_the_casefiles_and_says_what(tmp_path, capsys):
    folder = write_casefiles(tmp_path)
    assert main(["schema", "--casefiles", str(folder)]) == 0
    assert capsys.readouterr().out.count("wrote ") == len(SCHEMAS)
    assert {path.name for path in (folder / ".schema").iterdir()} == set(SCHEMAS)
    assert main(["schema", "--casefiles", str(folder)]) == 0
    assert capsys.readouterr().out == ""
    assert load_casebook(folder).problems == load_casebook(write_casefiles(tmp_path / "other")).problems


def test_command_writes_while_casefiles_have_mistakes(tmp_path, capsys):
    folder = write_casefiles(tmp_path, {"first-case": "id: [\n"})
    assert main(["schema", str(tmp_path / "out"), "--casefiles", str(folder)]) == 0
    assert (tmp_path / "out" / "case.json").is_file()


def test_command_says_where_it_cannot_write(tmp_path, capsys):
    folder = write_casefiles(tmp_path)
    (tmp_path / "taken").write_text("")
    assert main(["schema", str(tmp_path / "taken"), "--casefiles", str(folder)]) == 2
    assert str(tmp_path / "taken") in capsys.readouterr().err


def test_preview_writes_them_after_a_good_read_and_needs_no_place_for_it(tmp_path):
    folder = write_casefiles(tmp_path)
    preview = Preview(folder)
    preview.read()
    assert {path.name for path in (folder / FOLDER).iterdir()} == set(SCHEMAS)
    assert not preview.is_outdated()
    other = write_casefiles(tmp_path / "other")
    (other / FOLDER).write_text("")
    preview = Preview(other)
    preview.read()
    assert preview.now.is_good


def test_settings_name_every_schema_and_git_passes_over_them():
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert {Path(name).name for name in settings["yaml.schemas"]} == set(SCHEMAS)
    assert {str(Path(name).parent) for name in settings["yaml.schemas"]} == {"casefiles/.schema"}
    assert "/casefiles/.schema/" in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
