"""A new entry in a registry's text: every line that stands there stays as it is, byte for byte."""

from __future__ import annotations

import re

from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode
from casebook.problems import Location, Problem
from casebook.yaml_reading import compose_text

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
FEWEST = 3
"""Entries from which on their alphabetical order is taken for intended."""


def insert_entry(text: str, entry: str, identifier: str, name: str) -> tuple[str, list[Problem]]:
    """The text of a registry with an entry more, or why there can be none.

    `entry` is written at the left margin, with line feeds. It goes to the end, or to its place where the registry is in
    alphabetical order; it takes over the file's line ends, indentation and blank lines between entries.
    """
    lines = [line for line in _LINE.findall(text) if line]
    if not any(_has_content(line) for line in lines):
        return _appended(lines, entry, gap=False), []
    root, problems = compose_text(text, name)
    if root is None or problems:
        return text, problems
    if not isinstance(root, SequenceNode) or _is_in_brackets(root, lines):
        hint = 'begin each entry on a line of its own with "- id:"'
        return text, [Problem(Location(name), "CB103", "this registry is no list with an entry to a line", hint)]
    return _placed(lines, root, entry, identifier), []


def _is_in_brackets(root: SequenceNode, lines: list[str]) -> bool:
    return lines[root.line][root.column] == "["


def _placed(lines: list[str], root: SequenceNode, entry: str, identifier: str) -> str:
    entry = "".join(f"{' ' * root.column}{line}" if line.strip() else line for line in entry.splitlines(keepends=True))
    # What stands above the first entry is about the whole file, as its first line is.
    starts = [_start(lines, item.line) if index else item.line for index, item in enumerate(root.items)]
    gap = any(not lines[start - 1].strip() for start in starts[1:]) if len(starts) > 1 else True
    index = _index(root, identifier)
    if index == len(starts):
        return _appended(lines, entry, gap=gap)
    ending = _ending(lines)
    new = [f"{line}{ending}" for line in entry.splitlines()] + ([ending] if gap else [])
    return "".join([*lines[: starts[index]], *new, *lines[starts[index] :]])


def _index(root: SequenceNode, identifier: str) -> int:
    """Where the entry goes, counted in entries."""
    ids = [_id(item) for item in root.items]
    if len(ids) < FEWEST or ids != sorted(ids):
        return len(ids)
    return next((index for index, other in enumerate(ids) if other > identifier), len(ids))


def _id(item: Node) -> str:
    found = item.values.get("id") if isinstance(item, MappingNode) else None
    return found.value if isinstance(found, ScalarNode) else ""


def _start(lines: list[str], line: int) -> int:
    """The first line of an entry, with the comments that stand on it. Lines are counted from 0."""
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _appended(lines: list[str], entry: str, *, gap: bool) -> str:
    ending = _ending(lines)
    before = "".join(lines)
    if before and not before.endswith(("\n", "\r")):
        before += ending
    if gap and before and lines[-1].strip():
        before += ending
    return before + "".join(f"{line}{ending}" for line in entry.splitlines())


def _ending(lines: list[str]) -> str:
    """How the file ends its lines."""
    first = lines[0] if lines else ""
    return next((end for end in ("\r\n", "\n", "\r") if first.endswith(end)), "\n")


def _has_content(line: str) -> bool:
    return bool(line.strip().removeprefix("\ufeff")) and not line.lstrip().startswith("#")
