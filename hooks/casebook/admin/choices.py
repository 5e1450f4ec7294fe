"""What the form offers where an id is wanted: every id that there is, with the words that people know it by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.admin.entries import list_entries
from casebook.model import REGISTRY_MODELS
from casebook.names import registry_names

Choices = dict[str, list[list[str]]]
"""Kind → id and words of each."""


def choices(casefiles: Path) -> Choices:
    """Everything that a field of the form may name, apart from what stands in the same case."""
    offered = {name: _pairs(registry_names(casefiles, name) or {}) for name in REGISTRY_MODELS}
    offered |= {"cases": [], "questions": []}
    for where, case in list_entries(casefiles, "cases"):
        offered["cases"].append([where.id, str(case.get("title", ""))])
        offered["questions"] += _questions(where.id, case)
    return offered


def _pairs(names: dict[str, str]) -> list[list[str]]:
    return [[identifier, words] for identifier, words in names.items()]


def _questions(case: str, values: dict[str, Any]) -> Iterator[list[str]]:
    teaching = values.get("teaching")
    questions = teaching.get("questions") if isinstance(teaching, dict) else None
    for question in questions if isinstance(questions, list) else ():
        if isinstance(question, dict) and question.get("id"):
            yield [f"{case}#{question['id']}", str(question.get("text", ""))]
