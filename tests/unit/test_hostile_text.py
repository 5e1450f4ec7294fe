"""Whatever an editor types into a field of plain words is words on every page."""

from __future__ import annotations

import json

import pytest

from builders import CASE, READING_LIST, REGISTRIES, load
from casebook.nodes import plain_value
from casebook.pipeline import build_pages
from casebook.yaml_reading import compose_text
from hostile import PAYLOADS, dangers, shape

WORDS = frozenset(
    [
        "title",
        "dek",
        "role",
        "heading",
        "detail",
        "text",
        "test",
        "note",
        "synopsis",
        "level",
        "label",
        "short",
        "name",
        "en",
        "zh",
        "why",
        "description",
        "statement",
        "scope",
        "limits",
        "term",
        "definition",
        "audience",
        "operator",
        "exact",
        "stance",
        "issue",
        "what",
        "describes",
        "reply",
        "time",
        "venue",
        "unit",
        "activity",
        "column",
        "glance",
        "objectives",
        "prompts",
    ]
)
"""Fields of plain words, and lists of them."""
PROSE = (("body", "text"), ("lessons", "why"))
MORE = """\
key_figures:
  - {value: 5, unit: days, label: how long, source: press-report}
positions:
  - {issue: Was it wise?, holder: bob, stance: It was not, summary: Bob doubts it., quotes: [q-promise]}
media:
  - id: picture
    describes: Ada asleep
    published_by: ada
    authenticity:
      - {category: staged, attributed_to: ada, note: She said so, cites: [press-report]}
    reply: none
disputed:
  - {what: How many, figures: [{value: five, source: press-report, note: counted}, {value: six, source: company-blog}]}
corrections:
  - {"on": "2024-06-05", what: A date, why: It was wrong}
"""


def with_words(text: str, words: str) -> str:
    """The casefile with every field of plain words holding these words, as JSON, which is YAML too."""
    return json.dumps(replaced(plain_value(compose_text(text, "f")[0]), words, ()), ensure_ascii=False)


def replaced(value: object, words: str, way: tuple[str, ...]) -> object:
    if isinstance(value, dict):
        return {key: replaced(child, words, (*way, key)) for key, child in value.items()}
    if isinstance(value, list):
        return [replaced(child, words, way) for child in value]
    return words if way[-1] in WORDS and (way[0], way[-1]) not in PROSE else value


def pages(words: str) -> dict[str, str]:
    """Every page of a casebook whose plain words are all these words, as HTML."""
    loaded = load(
        cases={"first-case": with_words(CASE + MORE, words)},
        registries={name: with_words(text, words) for name, text in REGISTRIES.items()},
        readings={"seminar": with_words(READING_LIST, words)},
    )
    assert loaded.casebook is not None, [str(problem) for problem in loaded.problems]
    return {spec.uri: str(spec.build().render()) for spec in build_pages(loaded.casebook)}


@pytest.fixture(scope="module")
def harmless() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    return {uri: shape(html) for uri, html in pages("harmless").items()}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_every_field_of_words_changes_no_element_of_any_page(payload, harmless):
    found = pages(payload)
    assert found.keys() == harmless.keys()
    for uri, html in found.items():
        assert shape(html) == harmless[uri], uri
        assert dangers(html, {tag for tag, _ in harmless[uri]}) == []


def test_words_are_shown_as_they_were_typed():
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in pages("<b>R&D</b>")["cases/first-case/"]
