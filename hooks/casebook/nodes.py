"""Nodes: the parts of a YAML file, each with the place where it stands.

Every scalar is the text that the editor typed. The place of each of its characters is worked out when a problem needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casebook.problems import Location
from casebook.text_files import ProjectFile

PLAIN, _SINGLE, DOUBLE, _LITERAL, _FOLDED = "", "'", '"', "|", ">"
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}


@dataclass(slots=True)
class ScalarNode:
    """A value as the editor typed it, always text."""

    file: ProjectFile
    line: int
    """First line of the node, from 0."""
    column: int
    """First column of the node, from 0, in code points."""
    value: str
    style: str = PLAIN
    end_line: int = 0
    places: list[tuple[int, int]] | None = field(default=None, repr=False, compare=False)
    """Line and column of every character of `value`, from 0; worked out when one is first asked for."""

    @property
    def location(self) -> Location:
        """Where the node starts."""
        return Location(self.file.name, self.line + 1, self.column + 1)

    def locate(self, offset: int) -> Location:
        """Where the character `offset` of `value` stands in the file, also inside block and quoted scalars."""
        if self.style == PLAIN and self.end_line == self.line:
            return Location(self.file.name, self.line + 1, self.column + offset + 1)
        if self.places is None:
            self.places = _align(self)
        if not self.places:
            return self.location
        line, column = self.places[min(offset, len(self.places) - 1)]
        return Location(self.file.name, line + 1, column + 1)


@dataclass(slots=True)
class SequenceNode:
    """A list."""

    file: ProjectFile
    line: int
    column: int
    items: list[Node] = field(default_factory=list)

    @property
    def location(self) -> Location:
        """Where the list starts."""
        return Location(self.file.name, self.line + 1, self.column + 1)


@dataclass(slots=True)
class MappingNode:
    """A mapping. Keys are scalars, in the order of the file."""

    file: ProjectFile
    line: int
    column: int
    keys: dict[str, ScalarNode] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    @property
    def location(self) -> Location:
        """Where the mapping starts: at its first key, in block style."""
        return Location(self.file.name, self.line + 1, self.column + 1)


Node = ScalarNode | SequenceNode | MappingNode
Pointer = Sequence[str | int]
"""The way to a node from its file's root: keys and list positions."""


def _align(node: ScalarNode) -> list[tuple[int, int]]:
    """The place of every character of a scalar's value.

    Value and source are walked side by side, because folding, indentation and escapes make them differ. Characters
    that are not blank are placed exactly; a blank that stands for a line break is placed at the end of its line.
    """
    source = _Source(node)
    places = []
    for character in node.value:
        if character in " \t\n":
            source.skip_escaped_breaks()
            places.append((source.line, source.column))
            if source.rest_has_text or source.next == character:
                source.take(character)
        else:
            source.skip_blanks()
            places.append((source.line, source.column))
            source.take(character)
    return places


class _Source:
    """A reading position in the source of a scalar."""

    def __init__(self, node: ScalarNode) -> None:
        self.lines = node.file.lines
        self.style = node.style
        is_block = node.style in (_LITERAL, _FOLDED)
        self.line = node.line + is_block
        self.column = 0 if is_block else node.column + (node.style != PLAIN)
        self._enter_line()

    def _enter_line(self) -> None:
        self.text = self.lines[self.line] if self.line < len(self.lines) else ""
        self.end = len(self.text.rstrip(" \t"))

    @property
    def next(self) -> str:
        """The character here; nothing at the end of a line."""
        return self.text[self.column : self.column + 1]

    @property
    def rest_has_text(self) -> bool:
        """Whether anything but blanks follows on this line."""
        return self.column < self.end

    def skip_blanks(self) -> None:
        """Past blanks, line breaks and escaped line breaks, to a character that is none of these."""
        self.skip_escaped_breaks()
        while self.next in " \t" and self.line < len(self.lines):
            if self.rest_has_text:
                self.column += 1
            else:
                self._next_line()
            self.skip_escaped_breaks()

    def skip_escaped_breaks(self) -> None:
        """Past line breaks that a backslash takes back, and the indentation after them."""
        while self.style == DOUBLE and self.next == "\\" and self.column + 1 == len(self.text):
            self._next_line()
            while self.rest_has_text and self.next in " \t":
                self.column += 1

    def _next_line(self) -> None:
        self.line += 1
        self.column = 0
        self._enter_line()

    def take(self, character: str) -> None:
        """Past the source of one character of the value."""
        if self.style == DOUBLE and self.next == "\\":
            self.column += 2 + _ESCAPE_DIGITS.get(self.text[self.column + 1 : self.column + 2], 0)
        elif self.style == _SINGLE and character == "'":
            self.column += 2
        else:
            self.column += 1


def node_at(root: Node, pointer: Pointer) -> Node:
    """The node at `pointer`, or the deepest one on the way to it that exists."""
    node = root
    for step in pointer:
        child: Node | None = None
        if isinstance(node, MappingNode):
            child = node.values.get(str(step))
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            child = node.items[step]
        if child is None:
            return node
        node = child
    return node


def plain_value(root: Node) -> object:
    """The tree as dicts, lists and text, without recursion: the input of the models."""
    holder: list[object] = []
    work: list[tuple[Node, list[object] | dict[str, object], str | None]] = [(root, holder, None)]
    while work:
        node, parent, key = work.pop()
        value: object
        if isinstance(node, ScalarNode):
            value = node.value
        elif isinstance(node, MappingNode):
            mapping: dict[str, object] = {}
            value = mapping
            work.extend((child, mapping, name) for name, child in reversed(node.values.items()))
        else:
            sequence: list[object] = []
            value = sequence
            work.extend((child, sequence, None) for child in reversed(node.items))
        if isinstance(parent, dict):
            parent[str(key)] = value
        else:
            parent.append(value)
    return holder[0]


def scalars(root: Node) -> Iterator[tuple[tuple[str | int, ...], ScalarNode]]:
    """Every scalar value with its pointer, in file order."""
    work: list[tuple[tuple[str | int, ...], Node]] = [((), root)]
    while work:
        pointer, node = work.pop()
        if isinstance(node, ScalarNode):
            yield pointer, node
        elif isinstance(node, MappingNode):
            work.extend(((*pointer, name), child) for name, child in reversed(node.values.items()))
        else:
            work.extend(((*pointer, index), child) for index, child in reversed(list(enumerate(node.items))))
