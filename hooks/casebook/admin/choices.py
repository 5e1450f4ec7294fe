"""What the form offers where an id is wanted: every id that there is, with the words that people know it by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.admin.entries import list_entries
from casebook.names import read_names

Choices = dict[str, list[list[str]]]
"""Kind → id and words of each."""


def choices(casefiles: Path) -> Choices:
    """Everything that a field of the form may name, apart from what stands in the same case."""
    named = {kind: list(map(list, (ids or {}).items())) for kind, ids in read_names(casefiles).items()}
    questions = [pair for where, case in list_entries(casefiles, "cases") for pair in _questions(where.id, case)]
    return {**named, "questions": questions}


def _questions(case: str, values: dict[str, Any]) -> Iterator[list[str]]:
    teaching = values.get("teaching")
    questions = teaching.get("questions") if isinstance(teaching, dict) else None
    for question in questions if isinstance(questions, list) else ():
        if isinstance(question, dict) and question.get("id"):
            yield [f"{case}#{question['id']}", str(question.get("text", ""))]
