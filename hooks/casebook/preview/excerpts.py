"""The line that a problem is about, with the place marked, as compilers show it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from casebook.problems import Location
from casebook.text_files import BREAK, FORBIDDEN, MAX_BYTES

WIDTH = 96
"""Letters shown of a line; a long line is cut around the place."""


class Excerpt(NamedTuple):
    """A line cut in three: what stands before the place, the letter or word at it, and the rest."""

    before: str
    at: str
    after: str


def excerpts(project: Path, places: Iterable[Location]) -> dict[Location, Excerpt]:
    """The excerpt for every place whose line can be read. Each file is opened once."""
    lines: dict[str, list[str]] = {}
    found = {}
    for place in places:
        if place.file not in lines:
            lines[place.file] = _lines(project / place.file)
        line = lines[place.file][place.line - 1] if 0 < place.line <= len(lines[place.file]) else ""
        if line.strip():
            found[place] = _cut(line, place.column - 1)
    return found


def _lines(path: Path) -> list[str]:
    """A file's lines as the casebook counts them; none when it is no regular file or too long to be a casefile."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return []
        return BREAK.split(path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff"))
    except OSError:
        return []


def _cut(line: str, offset: int) -> Excerpt:
    offset = min(offset, len(line))
    end = offset
    while end < len(line) and _is_in_word(line[end]):
        end += 1
    end = max(end, offset + 1)
    first = max(0, offset - WIDTH // 2) if len(line) > WIDTH else 0
    last = first + WIDTH
    before, at, after = line[first:offset], line[offset : min(end, last)], line[min(end, last) : last]
    ellipses = ("…" if first else "", "…" if last < len(line) else "")
    return Excerpt(ellipses[0] + _visible(before).lstrip(), _visible(at), _visible(after).rstrip() + ellipses[1])


def _is_in_word(letter: str) -> bool:
    return letter.isalnum() or letter in "-_"


def _visible(text: str) -> str:
    """Text in which what cannot be seen, or would turn the text round, is shown by a sign."""
    return FORBIDDEN.sub("�", "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in text))
