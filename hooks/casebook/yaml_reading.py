"""YAML text → located nodes.

Files are composed from the events of libyaml's parser, without recursion. Every scalar stays the text that the editor
typed, with the place where it stands; typing is the models' business. Whatever makes YAML surprising (anchors,
aliases, merge keys, tags, several documents) is refused, and so is whatever makes a file dangerous to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casebook.nodes import DOUBLE, PLAIN, MappingNode, Node, ScalarNode, SequenceNode
from casebook.problems import Location, Problem
from casebook.syntax import Complaint, Mark, syntax_problem
from casebook.text_files import BREAK, FORBIDDEN, ProjectFile, read_text

LIBRARY = f"PyYAML {yaml.__version__}, libyaml {'.'.join(map(str, yaml._yaml.get_version()))}"
"""What reads the files."""
MAX_DEPTH = 20
"""Deepest nesting of lists and mappings; the format needs 7."""


def _forbidden_characters(name: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, start=1):
        for match in FORBIDDEN.finditer(line):
            yield _forbidden(Location(name, number, match.start() + 1), match[0])


def _forbidden(place: Location, character: str) -> Problem:
    message = f"U+{ord(character):04X} is a control or text-direction character"
    return Problem(place, "CB004", message, "delete it: it can make the text read differently from what it is")


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
    problems = []
    if FORBIDDEN.search(text):
        problems = list(_forbidden_characters(name, BREAK.split(text)))
        # Blanks of the same length keep every later position true while the rest of the file is read.
        text = FORBIDDEN.sub(" ", text)
    composer = _Composer(ProjectFile(name, text))
    try:
        next_event = yaml.CSafeLoader(text).get_event
        while (event := next_event()) is not None and composer.take(event):
            pass
    except yaml.MarkedYAMLError as error:
        return None, [*problems, *composer.problems, syntax_problem(composer.file, _complaint(error))]
    problems += composer.problems
    if composer.is_cut_short:
        return None, problems
    if composer.root is None:
        problems.append(Problem(Location(name), "CB005", "the file is empty", "write the casefile's fields into it"))
    return composer.root, problems


def compose_values(text: str) -> object | None:  # noqa: C901 - one loop over events, in which calls would cost most
    """The values of a file as dicts, lists and text, or None when anything in it is to be refused.

    Nearly every file is sound, and then its nodes would be made only to be thrown away: this takes half the time. It
    gives no reasons; `compose_text` does.
    """
    if FORBIDDEN.search(text):
        return None
    values: list[Any] = []
    open_ones: list[tuple[Any, str | None]] = []
    container: Any = values
    key: str | None = None
    documents = 0
    # Looked up once: the loop runs a million times for 1,000 cases.
    scalar, mapping_start, mapping_end = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
    sequence_start, sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
    next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
    try:
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is scalar:
                value = event.value
                if event.anchor is not None or event.tag is not None:
                    return None
                if event.style == DOUBLE and FORBIDDEN.search(value):
                    return None
                if type(container) is list:
                    container.append(value)
                elif key is None:
                    if value in container or value == "<<":
                        return None
                    key = value
                else:
                    container[key] = value
                    key = None
            elif kind is mapping_end or kind is sequence_end:
                container, key = open_ones.pop()
            elif kind is mapping_start or kind is sequence_start:
                is_key = type(container) is dict and key is None
                if event.anchor is not None or event.tag is not None or is_key or len(open_ones) >= MAX_DEPTH:
                    return None
                inner: Any = {} if kind is mapping_start else []
                if type(container) is list:
                    container.append(inner)
                else:
                    container[key] = inner
                open_ones.append((container, None))
                container, key = inner, None
            elif kind is yaml.AliasEvent:
                return None
            elif kind is yaml.DocumentStartEvent:
                documents += 1
    except yaml.YAMLError:
        return None
    return values[0] if documents == 1 else None


class Part(StrEnum):
    """What a `Span` opens, holds or closes."""

    SCALAR = "scalar"
    FIELDS = "fields"
    LIST = "list"
    END = "end"


class Span(NamedTuple):
    """Where a scalar stands in the text, or where a list or mapping begins or ends."""

    part: Part
    start: int
    """Offset of its first character. A list or mapping in block style begins, and ends, where the next word stands."""
    end: int
    """Offset behind its last character."""
    column: int
    value: str = ""
    style: str = PLAIN
    """Of a scalar; of a list or mapping, `[` when it stands in brackets."""


def spans(text: str) -> Iterator[Span]:
    """The parts of a text that `compose_values` accepts, in its order. Comments stand between them."""
    kinds = {yaml.MappingStartEvent: Part.FIELDS, yaml.SequenceStartEvent: Part.LIST}
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    next_event: Callable[[], Any] = yaml.CSafeLoader(text).get_event
    while (event := next_event()) is not None:
        kind = type(event)
        start, end = event.start_mark, event.end_mark
        if kind is yaml.ScalarEvent:
            yield Span(Part.SCALAR, start.index, end.index, start.column, event.value, event.style or PLAIN)
        elif kind in kinds:
            yield Span(kinds[kind], start.index, end.index, start.column, style="[" if event.flow_style else PLAIN)
        elif kind in ends:
            yield Span(Part.END, start.index, end.index, start.column)


def _complaint(error: yaml.MarkedYAMLError) -> Complaint:
    began, stopped = _mark(error.context_mark), _mark(error.problem_mark)
    return Complaint(error.context or "", began, error.problem or "", stopped or began)


def _mark(mark: Any) -> Mark | None:
    return Mark(mark.line, mark.column) if mark else None


class _Frame:
    """A list or mapping that is still open, and the key that waits for its value."""

    __slots__ = ("duplicate", "key", "node")

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
        self.is_cut_short = False
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Take one parser event. False when reading must stop, because going on would cost what the limits save."""
        # Comparing types, most frequent first, halves the time of this loop, which runs a million times for 1,000 cases.
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_decoration(event)
            mark, style = event.start_mark, event.style or PLAIN
            node = ScalarNode(self.file, mark.line, mark.column, event.value, style, event.end_mark.line)
            if style == DOUBLE and FORBIDDEN.search(node.value):
                self._refuse_escapes(node)
            self._place(node)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._refuse_decoration(event)
            node_type = MappingNode if kind is yaml.MappingStartEvent else SequenceNode
            return self._open(node_type(self.file, event.start_mark.line, event.start_mark.column))
        elif kind is yaml.AliasEvent:
            self._problem(event, "CB008", f"*{event.anchor} is an alias", "write the value out")
            self._place(ScalarNode(self.file, event.start_mark.line, event.start_mark.column, ""))
        elif kind is yaml.DocumentStartEvent:
            return self._start_document(event)
        return True

    def _start_document(self, event: Any) -> bool:
        self._documents += 1
        if self._documents == 1:
            return True
        self._problem(event, "CB006", "a second document starts here", "a casefile is one document: delete the ---")
        return False

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(event, "CB008", f"&{event.anchor} is an anchor", "write the value out where it is needed")
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(event, "CB010", f"{shown} is a tag", "delete it: the format decides what a value is")

    def _refuse_escapes(self, node: ScalarNode) -> None:
        """An escape brings in no character that could not stand in the file itself."""
        self.problems += [_forbidden(node.locate(found.start()), found[0]) for found in FORBIDDEN.finditer(node.value)]
        node.value = FORBIDDEN.sub(" ", node.value)

    def _open(self, node: MappingNode | SequenceNode) -> bool:
        self._place(node)
        self._stack.append(_Frame(node))
        if len(self._stack) <= MAX_DEPTH:
            return True
        message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        self.problems.append(Problem(node.location, "CB011", message, "no field of the format nests so deep"))
        self.is_cut_short = True
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
            frame.key = self._take_key(frame, frame.node, node)
        else:
            if not frame.duplicate:
                frame.node.values[frame.key.value] = node
            frame.key = None

    def _take_key(self, frame: _Frame, mapping: MappingNode, node: Node) -> ScalarNode:
        frame.duplicate = False
        if not isinstance(node, ScalarNode):
            self.problems.append(Problem(node.location, "CB012", "a key must be a word", "use a field of the format"))
            frame.duplicate = True
            return ScalarNode(self.file, node.line, node.column, "")
        if node.value == "<<" and node.style == PLAIN:
            self.problems.append(Problem(node.location, "CB009", "<< is a merge key", "write the fields out"))
        first = mapping.keys.get(node.value)
        if first is not None:
            message = f'"{node.value}" stands here again; it is first on line {first.line + 1}'
            self.problems.append(Problem(node.location, "CB007", message, "keep one of the two"))
            frame.duplicate = True
        else:
            mapping.keys[node.value] = node
        return node

    def _problem(self, event: Any, code: str, message: str, hint: str) -> None:
        place = Location(self.file.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(place, code, message, hint))
