"""Answers → the text of an entry in the one canonical layout, and what is wrong with an answer by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.layout import format_text, modeline
from casebook.model import Model
from casebook.problems import Problem
from casebook.scaffold.desk import RefusedError
from casebook.scaffold.fields import Field, Path, fields_of
from casebook.validation import validate
from casebook.yaml_reading import compose_text

Answers = Mapping[Path, str | Sequence[str]]
"""What is known of an entry: a field's path → its text, or the texts of a list."""

_PUBLICATIONS = (("csl", "publisher"), ("csl", "container-title"), ("short",))
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ.'’-]+")
_INITIAL = re.compile(r"[A-Z]\.")


def entry_text(model: type[Model], answers: Answers, name: str) -> str:
    """An entry as it stands in its registry's file, at the left margin, in canonical layout."""
    text, problems = format_text(_as_json([values_of(model, answers)]), name, model)
    if text is None:
        raise RefusedError(*(problem.message for problem in problems), status=2)
    return text.removeprefix(f"{modeline(name, model)}\n").lstrip("\n")


def values_of(model: type[Model], answers: Answers) -> dict[str, Any]:
    """The entry as mappings, lists and text, with the fields of which something is known."""
    values: dict[str, Any] = {}
    for field in fields_of(model):
        answer = answers.get(field.path)
        if not answer:
            continue
        inner = values
        for key in field.path[:-1]:
            inner = inner.setdefault(key, {})
        inner[field.path[-1]] = _value(field, answer)
    return values


def _value(field: Field, answer: str | Sequence[str]) -> object:
    if not field.is_list:
        return answer
    items = [answer] if isinstance(answer, str) else answer
    return [_item(field, item) for item in items] if field.parts else list(items)


def _item(field: Field, text: str) -> dict[str, str]:
    """A thing with fields from one line: an author's name, or another thing's fields between semicolons."""
    if is_name(field):
        return _author(text)
    keys = [part.path[-1] for part in field.parts]
    words = [word.strip() for word in text.split(";", len(keys) - 1)]
    return {key: word for key, word in zip(keys, words, strict=False) if word}


def is_name(field: Field) -> bool:
    """Whether a field holds authors."""
    return "literal" in (part.option for part in field.parts)


def _author(text: str) -> dict[str, str]:
    """`Writer, Will`, `Will Writer` and `Will B. Writer` in two parts; other names, and what stands in braces, as one text."""
    in_braces = re.fullmatch(r"\{(.+)\}", text.strip())
    if in_braces or _HAN.search(text):
        return {"literal": in_braces[1].strip() if in_braces else text}
    family, comma, given = (part.strip() for part in text.partition(","))
    words = text.split()
    names = [word for word in words[:1] + words[-1:] if _LATIN.fullmatch(word)]
    if not comma and len(names) == 2 and len(words) in (2, 3) and all(map(_INITIAL.fullmatch, words[1:-1])):
        given, family = " ".join(words[:-1]), words[-1]
    return {"family": family, "given": given} if family and given else {"literal": text}


def understood(field: Field, text: str) -> str:
    """How one line of a list of things was read: `family Writer, given Will`."""
    return ", ".join(f"{key} {word}" for key, word in _item(field, text).items())


def order_guessed(field: Field, text: str) -> str:
    """How a name of two words was read, of which either may be the family's; nothing where its order was said."""
    first, _, second = text.strip().partition(" ")
    if not is_name(field) or "," in text or _item(field, text) != {"family": second, "given": first}:
        return ""
    return f'read as: {understood(field, text)}; write "{first}, {second}" for the other order'


def without_braces(path: Path, answer: str | Sequence[str]) -> str | Sequence[str]:
    """The name of a publication without the braces that keep an author's name in one piece: here, nothing divides it."""
    in_braces = isinstance(answer, str) and path in _PUBLICATIONS and re.fullmatch(r"\{([^{}]+)\}", answer.strip())
    return in_braces[1].strip() if in_braces else answer


def faults_of(model: type[Model], field: Field, answer: str | Sequence[str]) -> list[str]:
    """What the checker would say of a field's value; that other fields are missing is not its fault."""
    node, problems = compose_text(_as_json(values_of(model, {field.path: answer})), "entry")
    if node is not None and not problems:
        inside = len(field.path) if field.parts else 0
        problems = [p for p in validate(model, node)[1] if p.code != "CB101" or (inside and _is_about(field, p))]
    return [_said(problem) for problem in problems]


def _is_about(field: Field, problem: Problem) -> bool:
    """Whether what is missing is missing in the items of this very field."""
    return any(f'"{part.path[-1]}"' in problem.message for part in field.parts if part.is_required)


def _said(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _as_json(value: object) -> str:
    # Every JSON text that keeps to its characters is YAML, in which nothing is taken for a number.
    return json.dumps(value, ensure_ascii=False)
