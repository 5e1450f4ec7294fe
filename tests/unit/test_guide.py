"""The editor's guide and the Makefile say what is true: every example is read as a casefile is."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from builders import load, write_casefiles
from casebook import model
from casebook.cli import COMMANDS
from casebook.exports.markdown import export_markdown
from casebook.model import REGISTRY_MODELS, Case, TimelineEvent, published_schemas
from casebook.nodes import plain_value
from casebook.pipeline import PREVIEW, load_casebook
from casebook.validation import validate
from casebook.yaml_reading import compose_file, compose_text, compose_values

PROJECT = Path(__file__).parents[2]
GUIDE = (PROJECT / "docs" / "contribute" / "casefile.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


def yaml_blocks(page: str) -> list[str]:
    """The YAML examples of a page."""
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


BLOCKS = yaml_blocks(GUIDE)
NAMED = {found[1]: block for block in BLOCKS if (found := re.match(r"# casefiles/(\S+)\.yml\n", block))}
"""The examples that are whole files, by the place that their first line names."""
REGISTRIES = {name: NAMED[f"registry/{name}"] for name in REGISTRY_MODELS if f"registry/{name}" in NAMED}
CASES = {place.removeprefix("cases/"): block for place, block in NAMED.items() if place.startswith("cases/")}
SCHEMA_LINE = "# yaml-language-server: $schema="
OTHER_PAGES = [
    (PROJECT / "docs" / name).read_text(encoding="utf-8") for name in ("contribute.md", "contribute/how-to.md")
]
SNIPPETS = [
    block
    for block in [*BLOCKS, *(found for page in OTHER_PAGES for found in yaml_blocks(page))]
    if block not in NAMED.values() and not block.startswith(SCHEMA_LINE)
]


def values(text: str) -> object:
    node, problems = compose_text(text, "f")
    assert problems == []
    return plain_value(node)


# The examples


def test_guide_has_an_entry_for_every_registry_and_one_whole_casefile():
    assert list(REGISTRIES) == list(REGISTRY_MODELS)
    assert len(CASES) == 1
    assert len(NAMED) == len(REGISTRY_MODELS) + 1
    assert SNIPPETS


@pytest.mark.parametrize("name", REGISTRY_MODELS)
def test_registry_example_holds_sound_entries(name):
    for item in compose_text(REGISTRIES[name], "f")[0].items:
        assert validate(REGISTRY_MODELS[name], item)[1] == []
    assert values(REGISTRIES[name])


def test_examples_make_a_casebook_with_the_two_warnings_that_the_guide_names():
    loaded = load(cases=CASES, registries=REGISTRIES, statuses=PREVIEW)
    assert {problem.code: problem.is_error for problem in loaded.problems} == {"CB306": False, "CB502": False}
    assert list(loaded.casebook.cases) == list(CASES)


def test_whole_casefile_has_every_required_field():
    case = values(*CASES.values())
    assert {name for name, field in Case.model_fields.items() if field.is_required()} <= case.keys()


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_part_of_a_casefile_fits_into_a_case(snippet):
    whole = values(*CASES.values())
    part = values(snippet)
    assert Case.model_validate({**whole, **part}).id == part["id"]


def test_schema_line_is_a_comment_that_leads_to_a_schema_and_leaves_the_file_as_it_was():
    (line,) = (block for block in BLOCKS if block.startswith(SCHEMA_LINE))
    way = line.removeprefix(SCHEMA_LINE).strip()
    target = (PROJECT / "casefiles" / "cases" / way).resolve().relative_to(PROJECT)
    assert target.as_posix() == "casefiles/.schema/case.json"
    assert values(line + next(iter(CASES.values()))) == values(*CASES.values())


@pytest.mark.parametrize(
    "name",
    ["Status", "Strand", "Confidence", "ClaimKind", "ClaimStatus", "LessonRelation", "Bloom", "SourceKind",
     "Independence", "CslType"],
)  # fmt: skip
def test_guide_lists_every_choice(name):
    prose = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
    missing = {word for word in typing.get_args(getattr(model, name)) if f"`{word}`" not in prose}
    if name == "Status":
        missing = {word for word in missing if not re.search(rf"^status: .*#.*\b{word}\b", GUIDE, re.MULTILINE)}
    assert missing == set()


# What the guide says of single fields


@pytest.mark.parametrize("text", ["true", "false", "yes", "no", "True", "NO"])
def test_on_arc_is_a_title_and_no_switch(text):
    event = f"{{id: a, date: '2024', title: x, strand: law, cites: [b], on_arc: {text}}}"
    found, problems = validate(TimelineEvent, compose_text(event, "f")[0])
    assert found is None
    assert [problem.code for problem in problems] == ["CB115"]
    assert "is not a title" in problems[0].message
    assert problems[0].location.column == event.index(text) + 1


def test_on_arc_may_contain_such_a_word():
    assert TimelineEvent(id="a", date="2024", title="x", strand="law", cites=["b"], on_arc="He says no").on_arc


@pytest.mark.parametrize(("name", "text"), [("people", "name: Ada"), ("organisations", "name: {en: Ada}")])
def test_names_of_people_and_organisations_differ(name, text):
    with pytest.raises(ValidationError):
        REGISTRY_MODELS[name].model_validate({"id": "a", "description": "x", **compose_values(text)})


# The schemas


def test_there_is_a_schema_for_every_kind_of_file_and_the_guide_links_to_it():
    names = published_schemas().keys()
    assert names == {"case.json", *(f"{name}.json" for name in REGISTRY_MODELS), "reading-list.json"}
    assert set(re.findall(r"\]\(\.\./schema/([a-z-]+\.json)\)", GUIDE)) == names


@pytest.mark.parametrize("name", published_schemas())
def test_schema_is_a_valid_2020_12_schema_with_a_title(name):
    schema = published_schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"].startswith("Founder Casebook ")


@pytest.mark.parametrize("name", REGISTRY_MODELS)
def test_schema_takes_the_registry_and_refuses_an_unknown_field(name):
    validator = jsonschema.Draft202012Validator(published_schemas()[f"{name}.json"])
    registry = PROJECT / "casefiles" / "registry"
    files = sorted((registry / name).glob("*.yml")) or [registry / f"{name}.yml"]
    entries = [entry for path in files for entry in plain_value(compose_file(path, path.name)[0])]
    for texts in (entries, values(REGISTRIES[name])):
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(texts)] == []
    assert not validator.is_valid([{**entries[0], "colour": "red"}])
    assert not validator.is_valid(entries[0])


@pytest.mark.parametrize("path", sorted((PROJECT / "casefiles" / "readings").glob("*.yml")), ids=lambda path: path.stem)
def test_schema_takes_the_reading_list(path):
    def typed(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: typed(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [typed(inner) for inner in value]
        return {"n": int, "minutes": int, "optional": lambda text: text == "true"}.get(key, str)(value)

    validator = jsonschema.Draft202012Validator(published_schemas()["reading-list.json"])
    found = validator.iter_errors(typed(plain_value(compose_file(path, path.name)[0])))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_case_schema_refuses_a_switch_on_the_arc():
    case = values(*CASES.values())
    validator = jsonschema.Draft202012Validator(published_schemas()["case.json"]["$defs"]["TimelineEvent"])
    arc_errors = [
        error.json_path
        for title in ("yes", True, "The promise")
        for error in validator.evolve(schema=validator.schema["properties"]["on_arc"]).iter_errors(title)
    ]
    assert len(arc_errors) == 2
    assert case["events"][0]["on_arc"] == "The promise"


def test_markdown_export_holds_every_schema(tmp_path):
    root = write_casefiles(tmp_path)
    export_markdown(load_casebook(root).casebook, root, tmp_path / "out")
    folder = tmp_path / "out" / "docs" / "schema"
    assert {
        path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")
    } == published_schemas()


# The Makefile


def test_every_target_has_a_line_in_the_help():
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
    targets = set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, re.MULTILINE))
    explained = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE))
    assert phony == targets == explained


@pytest.mark.parametrize("text", [GUIDE, *OTHER_PAGES, (PROJECT / "README.md").read_text(encoding="utf-8")])
def test_commands_that_are_named_exist(text):
    targets = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"(?:^ *|`|\$ |&& |/ )make ([a-z]+)", text, re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize("text", [GUIDE, *OTHER_PAGES, (PROJECT / "README.md").read_text(encoding="utf-8")])
def test_subcommands_that_are_named_exist(text):
    named = set(re.findall(r"(?:^ *|`|\$ |&& |bin/)casebook ([a-z]+)", text, re.MULTILINE))
    assert named <= COMMANDS.keys()
