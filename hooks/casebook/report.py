"""Problems as text, as JSON and as GitHub annotations; and what a code means, for the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence

from casebook.codes import MARK, Code
from casebook.problems import Problem


def format_text(problems: Sequence[Problem], allowed: int = 0) -> str:
    """One line a problem, and a closing line that counts them, and those that are allowed in the files."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    # A line break in a value must not begin a line of our own: CI systems read commands there.
    lines = [" ".join(str(problem).split()) for problem in problems]
    counted = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}" if problems else "no problems"
    lines.append(f"{counted}, {allowed} allowed" if allowed else counted)
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


def explain(code: Code) -> str:
    """What a code's page says, in plain text."""
    parts = [f"{code.code}: {code.meaning}", code.remedy]
    if code.can_be_allowed:
        parts[1] += f" Or say in the file why it does not hold: # allow {code.code}: the reason"
    parts += ["Wrong:", _underlined(code.wrong), "The checker prints:", f"    {code.says}"]
    return "\n\n".join([*parts, "Right:", _indented(code.right)])


def _underlined(example: str) -> str:
    """An example with a ^ below the place that is reported."""
    lines = []
    for line in example.strip("\n").splitlines():
        before, mark, after = line.partition(MARK)
        lines.append(before + after)
        lines += [f"{' ' * len(before)}^"] if mark else []
    return _indented("\n".join(lines))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").splitlines())


FORMATS = {"text": format_text, "json": format_json, "github": format_github}
"""How problems can be printed."""
