"""Where a file's layout is not the canonical one, and what would change there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff

from casebook.problems import Location, Problem, shorten
from casebook.text_files import BREAK

_HINT = "casebook fmt does it"


def layout_problems(text: str, canonical: str, name: str) -> list[Problem]:
    """CB701 at the first difference of every place where a file and its canonical text differ."""
    if text == canonical:
        return []
    found = list(_places(text, canonical, name))
    return found or [Problem(Location(name), "CB701", _endings(text), _HINT)]


def _endings(text: str) -> str:
    """What differs when no line does."""
    if "\r" in text:
        return "lines end in a carriage return here; a line feed alone is wanted"
    return "a byte order mark stands before the file" if text.startswith("\ufeff") else "the last line has no end"


def _places(text: str, canonical: str, name: str) -> Iterator[Problem]:
    old = BREAK.split(text.removeprefix("\ufeff"))
    new = canonical.split("\n")
    old += [""] if old[-1] else []  # that the last line has no end is said when nothing else is
    for what, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            continue
        taken, put = old[start:end], new[first:last]
        column = _first_difference(taken[0], put[0]) if taken and put else 0
        yield Problem(Location(name, start + 1, column + 1), "CB701", _change(taken, put), _HINT)


def _first_difference(old: str, new: str) -> int:
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _change(taken: list[str], put: list[str]) -> str:
    if not put:
        return f"{_counted(taken)} not wanted here"
    if not taken:
        return f"{_counted(put)} wanted before this one"
    more = len(taken) - 1
    rest = f", and {more} more line{'' if more == 1 else 's'} here" if more else ""
    return f"this line is to read {_shown(put[0])}{rest}"


def _counted(lines: list[str]) -> str:
    if len(lines) == 1:
        return f"the line {_shown(lines[0])} is" if lines[0].strip() else "a blank line is"
    return f"{len(lines)} lines are"


def _shown(line: str) -> str:
    """A line as a message shows it; the spaces before it matter least."""
    return f"«{shorten(line)}»" if line.strip() else "blank"


def difference(text: str, canonical: str, name: str) -> str:
    """A unified diff from a file to its canonical text."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(
            text.splitlines(keepends=True), canonical.splitlines(keepends=True), name, f"{name} (canonical)"
        )
    )
