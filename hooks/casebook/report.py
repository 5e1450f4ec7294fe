"""Problems as text, as JSON and as GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence

from casebook.problems import Problem


def format_text(problems: Sequence[Problem]) -> str:
    """One line a problem, and a closing line that counts them."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    # A line break in a value must not begin a line of our own: CI systems read commands there.
    lines = [" ".join(str(problem).split()) for problem in problems]
    lines.append(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}" if problems else "no problems")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def format_json(problems: Sequence[Problem]) -> str:
    """A list of objects: file, line, column, severity, code, message, hint."""
    return json.dumps([_as_object(problem) for problem in problems], ensure_ascii=False, indent=2)


def _as_object(problem: Problem) -> dict[str, str | int]:
    place = problem.location
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def format_github(problems: Sequence[Problem]) -> str:
    """GitHub Actions workflow commands, which annotate the lines of a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = problem.location
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    properties = f"file={_escape(place.file, ':,')},line={place.line},col={place.column},title={problem.code}"
    return f"::{problem.severity} {properties}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    """Percent-encode what ends a workflow command or one of its properties."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMATS = {"text": format_text, "json": format_json, "github": format_github}
"""How `casebook check` can print problems."""
