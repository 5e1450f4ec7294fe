"""YAML text → located nodes.

Files are composed from the events of libyaml's parser, without recursion. Every scalar stays the text that the editor
typed, with the place where it stands; typing is the models' business. Whatever makes YAML surprising (anchors,
aliases, merge keys, tags, several documents) is refused, and so is whatever makes a file dangerous to read.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from casebook.problems import Location, Problem

MAX_BYTES = 256 * 1024
"""Largest casefile; the longest of ours is a tenth of it."""
MAX_DEPTH = 20
"""Deepest nesting of lists and mappings; the format needs 7."""

# C0 and C1 controls except tab, line feed and carriage return; the bidirectional formatting characters that can
# make text read differently from its bytes (CVE-2021-42574); lone surrogates cannot be decoded in the first place.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

_PLAIN, _SINGLE, _DOUBLE, _LITERAL, _FOLDED = "", "'", '"', "|", ">"


class ProjectFile:
    """A file of the project as read: its name for messages and its text for positions."""

    __slots__ = ("name", "text", "_lines")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        """Path relative to the project's root."""
        self.text = text
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines as libyaml counts them."""
        if self._lines is None:
            self._lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", self.text)
        return self._lines


@dataclass(slots=True)
class ScalarNode:
    """A value as the editor typed it, always text."""

    file: ProjectFile
    line: int
    """First line of the node, from 0."""
    column: int
    """First column of the node, from 0, in code points."""
    value: str
    style: str = _PLAIN
    end_line: int = 0

    @property
    def location(self) -> Location:
        """Where the node starts."""
        return Location(self.file.name, self.line + 1, self.column + 1)

    def locate(self, offset: int) -> Location:
        """Where the character `offset` of `value` stands in the file, also inside block and quoted scalars."""
        line, column = _Aligner(self).position(offset)
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


class _Aligner:
    """Walks a scalar's value and its source text side by side, because folding and escapes make them differ."""

    def __init__(self, node: ScalarNode) -> None:
        self.node = node
        self.lines = node.file.lines

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 0, of the value's character at `offset`."""
        node = self.node
        if node.style in (_LITERAL, _FOLDED):
            return self._in_block(offset)
        if node.style == _PLAIN and node.end_line == node.line:
            return node.line, node.column + offset
        return self._walk(offset, node.line, node.column + (node.style != _PLAIN), node.style)

    def _in_block(self, offset: int) -> tuple[int, int]:
        first = self.node.line + 1
        indent = self._indent(first)
        if self.node.style == _FOLDED:
            return self._walk(offset, first, indent, _FOLDED)
        before = self.node.value[:offset]
        line = before.count("\n")
        return first + line, indent + offset - (before.rfind("\n") + 1)

    def _indent(self, first: int) -> int:
        """Indentation of a block scalar: that of its first line with text."""
        header = self.lines[self.node.line][self.node.column :]
        explicit = re.match(r"[|>][+-]?([1-9])", header)
        texts = [line for line in self.lines[first:] if line.strip(" ")]
        found = len(texts[0]) - len(texts[0].lstrip(" ")) if texts else 0
        if explicit and self.node.value:
            # An explicit indicator means that the text itself starts with spaces.
            found -= len(self.node.value) - len(self.node.value.lstrip(" "))
        return found

    def _walk(self, offset: int, line: int, column: int, style: str) -> tuple[int, int]:
        value = self.node.value
        for index in range(min(offset + 1, len(value))):
            if not value[index].isspace() or style in (_SINGLE, _DOUBLE):
                line, column = self._skip_folds(line, column, value[index])
            if index == offset:
                break
            column += self._source_length(line, column, value[index], style)
        return line, column

    def _skip_folds(self, line: int, column: int, wanted: str) -> tuple[int, int]:
        """Past line breaks and indentation to the next source character, which stands for `wanted`."""
        while line < len(self.lines):
            text = self.lines[line]
            rest = text[column:]
            if rest.strip(" \t") and (wanted.isspace() or rest[:1] not in " \t"):
                return line, column
            if not rest.strip(" \t"):
                if wanted.isspace():
                    return line, column
                line, column = line + 1, 0
                continue
            column += 1
        return self.node.line, self.node.column

    def _source_length(self, line: int, column: int, character: str, style: str) -> int:
        """How many source characters the value's `character` takes."""
        text = self.lines[line] if line < len(self.lines) else ""
        if style == _SINGLE and character == "'" and text[column : column + 2] == "''":
            return 2
        if style == _DOUBLE and text[column : column + 1] == "\\":
            digits = {"x": 2, "u": 4, "U": 8}.get(text[column + 1 : column + 2], 0)
            return 2 + digits
        if character.isspace() and not text[column : column + 1].isspace():
            return 0  # a fold: the value's blank is the source's line break
        return 1


def read_text(path: Path, name: str, *, limit: int | None = MAX_BYTES) -> tuple[str | None, list[Problem]]:
    """The text of a project file, refused unless it is a regular UTF-8 file of at most `limit` bytes.

    `name` is the path shown in messages. The file is looked at before it is opened, so that a link, a device or a pipe
    is never read.
    """
    start = Location(name)
    try:
        info = path.lstat()
        if not stat.S_ISREG(info.st_mode):
            kind = "a symbolic link" if stat.S_ISLNK(info.st_mode) else "not a regular file"
            return None, [Problem(start, "CB001", f"this is {kind}", "put the file itself here")]
        if limit is not None and info.st_size > limit:
            message = f"the file has {info.st_size:,} bytes; {limit:,} is the limit"
            return None, [Problem(start, "CB002", message, "split the case, or move text out of it")]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(start, "CB001", f"the file cannot be read: {error.strerror}", "check its permissions")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = _text_location(name, before, len(before))
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return None, [Problem(place, "CB003", message, "save the file as UTF-8")]
    return text.removeprefix("\ufeff"), []


def _text_location(name: str, text: str, offset: int) -> Location:
    before = text[:offset]
    return Location(name, before.count("\n") + 1, offset - before.rfind("\n"))


def _forbidden_characters(name: str, text: str) -> list[Problem]:
    return [
        Problem(
            _text_location(name, text, match.start()),
            "CB004",
            f"U+{ord(match[0]):04X} is a control or text-direction character",
            "delete it: it can make the text read differently from what it is",
        )
        for match in FORBIDDEN.finditer(text)
    ]


def compose_file(path: Path, name: str) -> tuple[Node | None, list[Problem]]:
    """Read and compose one YAML file.

    No node comes back when the file cannot be read to its end. Where it can, the node comes with the problems, so that
    the mistakes of shape further down are reported in the same run.
    """
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    return compose_text(text, name)


def compose_text(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """Compose YAML text into located nodes, reporting everything in it that the format refuses."""
    problems = _forbidden_characters(name, text)
    # Blanks of the same length keep every later position true while the rest of the file is read.
    composer = _Composer(ProjectFile(name, FORBIDDEN.sub(" ", text)))
    try:
        for event in yaml.parse(composer.file.text, Loader=yaml.CSafeLoader):
            if not composer.take(event):
                break
    except yaml.MarkedYAMLError as error:
        return None, [*problems, *composer.problems, _syntax_problem(name, error)]
    problems += composer.problems
    if composer.root is None:
        problems.append(Problem(Location(name), "CB005", "the file is empty", "write the casefile's fields into it"))
    return composer.root, problems


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    what = " ".join(part for part in (error.context, error.problem) if part)
    hint = "check indentation and colons near here; put text that holds \": \" or \" #\" in quotes"
    return Problem(place, "CB005", f"this is not YAML: {what}", hint)


class _Frame:
    """A list or mapping that is still open, and the key that waits for its value."""

    __slots__ = ("node", "key", "duplicate")

    def __init__(self, node: MappingNode | SequenceNode) -> None:
        self.node = node
        self.key: ScalarNode | None = None
        self.duplicate = False


class _Composer:
    """Builds the tree from parser events with a stack of its own: hostile nesting cannot exhaust Python's."""

    def __init__(self, file: ProjectFile) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event. False when reading must stop, because going on would cost what the limits save."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decoration(event)
            end = event.end_mark.line
            mark = event.start_mark
            style = "" if event.style is None else event.style
            self._place(ScalarNode(self.file, mark.line, mark.column, event.value, style, end))
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_decoration(event)
            return self._open(MappingNode(self.file, event.start_mark.line, event.start_mark.column))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._refuse_decoration(event)
            return self._open(SequenceNode(self.file, event.start_mark.line, event.start_mark.column))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._problem(event, "CB008", f"*{event.anchor} is an alias", "write the value out")
            self._place(ScalarNode(self.file, event.start_mark.line, event.start_mark.column, ""))
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._start_document(event)
        return True

    def _start_document(self, event: yaml.Event) -> bool:
        self._documents += 1
        if self._documents == 1:
            return True
        self._problem(event, "CB006", "a second document starts here", "a casefile is one document: delete the ---")
        return False

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._problem(event, "CB008", f"&{event.anchor} is an anchor", "write the value out where it is needed")
        if event.tag is not None and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(event, "CB010", f"{shown} is a tag", "delete it: the format decides what a value is")

    def _open(self, node: MappingNode | SequenceNode) -> bool:
        self._place(node)
        self._stack.append(_Frame(node))
        if len(self._stack) <= MAX_DEPTH:
            return True
        message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        self.problems.append(Problem(node.location, "CB011", message, "no field of the format nests so deep"))
        return False

    def _place(self, node: Node) -> None:
        """Put a finished or just opened node where its parent waits for it."""
        if not self._stack:
            if self.root is None:
                self.root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.node, SequenceNode):
            frame.node.items.append(node)
        elif frame.key is None:
            frame.key = self._take_key(frame, node)
        else:
            if not frame.duplicate:
                frame.node.values[frame.key.value] = node
            frame.key = None

    def _take_key(self, frame: _Frame, node: Node) -> ScalarNode:
        assert isinstance(frame.node, MappingNode)
        frame.duplicate = False
        if not isinstance(node, ScalarNode):
            self.problems.append(Problem(node.location, "CB012", "a key must be a word", "use a field of the format"))
            frame.duplicate = True
            return ScalarNode(self.file, node.line, node.column, "")
        if node.value == "<<" and node.style == _PLAIN:
            self.problems.append(Problem(node.location, "CB009", "<< is a merge key", "write the fields out"))
        first = frame.node.keys.get(node.value)
        if first is not None:
            message = f'"{node.value}" stands here again; it is first on line {first.line + 1}'
            self.problems.append(Problem(node.location, "CB007", message, "keep one of the two"))
            frame.duplicate = True
        else:
            frame.node.keys[node.value] = node
        return node

    def _problem(self, event: yaml.Event, code: str, message: str, hint: str) -> None:
        place = Location(self.file.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(place, code, message, hint))


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
            value = mapping = {}
            work.extend((child, mapping, name) for name, child in reversed(node.values.items()))
        else:
            value = sequence = []
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
