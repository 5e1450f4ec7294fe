"""The casefile format as models, and its JSON Schema."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from builders import CASE, REGISTRIES
from casebook.model import (
    REGISTRY_MODELS,
    Case,
    CslName,
    KeyFigure,
    Quote,
    ReadingItem,
    Source,
    case_schema,
)
from casebook.nodes import MappingNode, Node, ScalarNode, plain_value
from casebook.yaml_reading import compose_file, compose_text

PROJECT = Path(__file__).parents[2]
CASEFILES = sorted((PROJECT / "casefiles" / "cases").glob("*.yml"))


def minimal() -> Case:
    return Case.model_validate(plain_value(compose_text(CASE, "f")[0]))


def typed(node: Node) -> object:
    """The tree as a YAML 1.2 tool reads it: plain scalars that look like numbers or truth values are no text."""
    if isinstance(node, MappingNode):
        return {key: typed(value) for key, value in node.values.items()}
    if not isinstance(node, ScalarNode):
        return [typed(item) for item in node.items]
    if node.style:
        return node.value
    if node.value in ("true", "false"):
        return node.value == "true"
    if re.fullmatch(r"[-+]?\d+", node.value):
        return int(node.value)
    return float(node.value) if re.fullmatch(r"[-+]?\d+\.\d+", node.value) else node.value


# The schema


def test_schema_is_a_valid_2020_12_schema():
    assert case_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(case_schema())


@pytest.mark.parametrize("path", CASEFILES, ids=lambda path: path.stem)
def test_published_casefile_is_valid_under_the_schema(path):
    node, _ = compose_file(path, path.name)
    found = jsonschema.Draft202012Validator(case_schema()).iter_errors(typed(node))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


def test_there_are_casefiles_to_hold_against_the_schema():
    assert CASEFILES


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("title: The first case", "titel: The first case"), "$"),
        (("status: published", "status: done"), "$.status"),
        (("id: first-case", "id: First Case"), "$.id"),
        (("glance:\n  - Ada spoke.\n", "glance:\n"), "$.glance"),
        (("schema_version: 1", "schema_version: 2"), "$.schema_version"),
        (("bloom: evaluate", "bloom: judge"), "$.teaching.objectives[0].bloom"),
    ],
)
def test_schema_refuses_what_the_models_refuse(change, path):
    value = typed(compose_text(CASE.replace(*change), "f")[0])
    errors = jsonschema.Draft202012Validator(case_schema()).iter_errors(value)
    assert {error.json_path for error in errors} == {path}
    with pytest.raises(ValidationError):
        Case.model_validate(plain_value(compose_text(CASE.replace(*change), "f")[0]))


def test_schema_explains_fields():
    assert case_schema()["$defs"]["Quote"]["properties"]["exact"]["description"].startswith(
        "The words exactly as printed"
    )


def test_minimal_case_comes_back_from_json_as_it_was():
    case = minimal()
    assert Case.model_validate(case.model_dump(mode="json")) == case


# Models


def test_model_cannot_be_changed():
    with pytest.raises(ValidationError):
        minimal().title = "Another"


def test_text_is_stripped():
    assert minimal().body[0].text.endswith("lasted.")


@pytest.mark.parametrize(
    ("text", "value"), [("100000", "100000"), ("93.5", "93.5"), ("-2", "-2"), (" 7 ", "7"), ("0.000000001", "1E-9")]
)
def test_figure_is_an_exact_decimal(text, value):
    assert KeyFigure(value=text, label="x", source="x").value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["1e9", "NaN", "Infinity", "1,000", "1_000", "+5", ".5", "5.", "0x1F", "１００", "٣", "1" * 19, "1 000", "1\n2"],
)
def test_figure_is_written_in_plain_digits(text):
    with pytest.raises(ValidationError, match="is not a plain number"):
        KeyFigure(value=text, label="x", source="x")


def test_figure_is_a_number_in_json():
    dumped = [KeyFigure(value=text, label="x", source="x").model_dump(mode="json")["value"] for text in ("12", "93.5")]
    assert dumped == [12, 93.5]
    assert [type(value) for value in dumped] == [int, float]


@pytest.mark.parametrize("identifier", ["a", "a-b", "2024-a", "a" * 80])
def test_id_is_lower_case_letters_digits_and_single_hyphens(identifier):
    assert Quote(id=identifier, exact="x", lang="en", speaker="a", source="b").id == identifier


@pytest.mark.parametrize(
    "identifier", ["A", "a_b", "a--b", "-a", "a-", "a b", "a.b", "a/b", "é", "a#b", "a" * 81, "a\nb", "١"]
)
def test_other_words_are_no_ids(identifier):
    with pytest.raises(ValidationError):
        Quote(id=identifier, exact="x", lang="en", speaker="a", source="b")


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant-TW", "en-GB", "es-419", "yue"])
def test_language_tag_is_accepted(tag):
    assert Quote(id="a", exact="x", lang=tag, speaker="a", source="b").lang == tag


@pytest.mark.parametrize("tag", ["english", "EN", "zh-hans", "zh_Hans", "e", "en-", "en-gb", "中文"])
def test_other_words_are_no_language_tags(tag):
    with pytest.raises(ValidationError, match="BCP 47"):
        Quote(id="a", exact="x", lang=tag, speaker="a", source="b")


SOURCE = {"id": "a", "short": "x", "accessed": "2024", "kind": "primary", "independence": "press"}


@pytest.mark.parametrize("url", ["https://a.b", "http://a.b/c?d=e#f", "https://例え.jp/路", "https://a.b:8080/"])
def test_web_address_is_accepted(url):
    assert url == Source(**SOURCE, csl={"type": "book", "language": "en", "URL": url}).csl.URL


@pytest.mark.parametrize(
    "url",
    ["a.b", "//a.b", "ftp://a.b", "javascript:alert(1)", "data:text/html,x", "https://", "https:///a", "https://a b",
     'https://a.b/"onclick="x', "https://a.b/<script>", "HTTPS://a.b", "https://a.b/\nx"],
)  # fmt: skip
def test_other_words_are_no_web_addresses(url):
    with pytest.raises(ValidationError, match="is not an http or https address"):
        Source(**SOURCE, csl={"type": "book", "language": "en", "URL": url})


def test_long_address_is_refused_at_once():
    with pytest.raises(ValidationError):
        Source(**SOURCE, archive_url="https://" + "a" * 1980 + '"', csl={"type": "book", "language": "en"})


@pytest.mark.parametrize("digest", ["0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 64 + "\n0"])
def test_digest_is_64_lower_case_hexadecimal_digits(digest):
    with pytest.raises(ValidationError):
        Source(**SOURCE, sha256=digest, csl={"type": "book", "language": "en"})


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"literal": "He Jian"}, "He Jian"),
        ({"family": "Lovelace", "given": "Ada"}, "Ada Lovelace"),
        ({"family": "X"}, "X"),
    ],
)
def test_author_has_a_literal_name_or_family_and_given(fields, label):
    assert CslName(**fields).label == label


@pytest.mark.parametrize("fields", [{}, {"given": "Ada"}, {"literal": "x", "family": "y"}])
def test_author_has_exactly_one_form_of_name(fields):
    with pytest.raises(ValidationError, match="either `literal` or `family`"):
        CslName(**fields)


@pytest.mark.parametrize("fields", [{}, {"case": "a", "source": "b"}])
def test_reading_item_names_exactly_one_thing(fields):
    with pytest.raises(ValidationError, match="either a `case` or a `source`"):
        ReadingItem(why="x", **fields)


def test_source_without_a_title_says_so():
    assert Source(**SOURCE, csl={"type": "book", "language": "en"}).label == "x (title not known)"


def test_claim_stands_where_its_history_ends():
    assert minimal().claims[0].status == "kept"


@pytest.mark.parametrize("name", REGISTRY_MODELS)
def test_minimal_registries_hold_entries_of_their_model(name):
    for entry in plain_value(compose_text(REGISTRIES[name], "f")[0]):
        assert REGISTRY_MODELS[name].model_validate(entry).id == entry["id"]
