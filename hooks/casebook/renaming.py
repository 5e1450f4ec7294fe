"""Give something another id everywhere at once, and keep its old address.

Only the ids change in the files, byte for byte; the old id goes into `aliases`, `former_ids` or `moved` of what had it,
unless it was never published. What comes of it is a plan; the command holds it against the casefiles as they are before
it writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook.attestations import Attestation
from casebook.graph import RESERVED_IDS, RESERVED_PREFIXES, SHELL_IDS
from casebook.history import SHOWN, Side
from casebook.layout import format_text
from casebook.model import ID_PATTERN, Case, ReadingList
from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode, node_at
from casebook.old_ids import former_ids
from casebook.problems import did_you_mean
from casebook.reading import Entry
from casebook.references import Reference, case_references, entry_references, local_ids, reading_references
from casebook.text_files import BREAK
from casebook.yaml_reading import compose_file

_OWNER = re.compile(r"[a-z0-9-]*#")


class RenameRefusedError(Exception):
    """Why nothing was renamed, as a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class _Edit:
    line: int
    column: int
    length: int
    text: str


@dataclass(slots=True)
class Plan:
    """What a new id changes."""

    texts: dict[Path, str] = field(default_factory=dict)
    """Files that change → their new text."""
    moves: dict[Path, Path] = field(default_factory=dict)
    """Files that get another name."""
    places: int = 0
    """Ids that were changed."""


def plan_rename(side: Side, old: str, new: str) -> Plan:
    """The plan for one id: of a case, an entry of a registry, `readings/<id>`, or `case-id#local-id`.

    Raises RenameRefusedError where there is no such id, or the new one is taken or none.
    """
    return _Renaming(side, old, new).plan()


class _Renaming:
    def __init__(self, side: Side, old: str, new: str) -> None:
        self.side = side
        self.owner, _, self.local = old.partition("#")
        self.old = self.local or old.removeprefix("readings/")
        self.new = new.rpartition("#")[2].removeprefix("readings/")
        self.home = self._find(old)
        self._check_new()
        self.roots: dict[str, Node] = {}
        self.edits: dict[Path, dict[tuple[int, int], _Edit]] = {}

    def _entries(self) -> Iterator[Entry[Any]]:
        yield from self.side.cases.values()
        for entries in self.side.registries.values():
            yield from entries.values()
        yield from self.side.readings.values()

    def _find(self, old: str) -> Entry[Any]:
        if old.startswith("readings/"):
            found: Entry[Any] | None = self.side.readings.get(self.old)
        else:
            found = next((e for e in self._entries() if e.model.id == self.owner and not _is_reading(e)), None)
        if found is None:
            known = [entry.model.id for entry in self._entries()]
            raise RenameRefusedError(f'there is no "{self.owner}"; {did_you_mean(self.owner, known)}'.rstrip("; "))
        if self.local:
            known = list(_locals(found))
            if self.local not in known:
                hint = did_you_mean(self.local, known)
                raise RenameRefusedError(f'"{self.owner}" has no id "{self.local}"; {hint}'.rstrip("; "))
        return found

    def _check_new(self) -> None:
        if not re.fullmatch(ID_PATTERN, self.new) or len(self.new) > 80:
            raise RenameRefusedError(f'"{self.new}" is not an id: use lower-case letters, digits and single hyphens')
        if self.local:
            taken = {*_locals(self.home), *(item.was for item in self.home.model.moved if item.was != self.new)}
            reserved = self.new in RESERVED_IDS or self.new.startswith(RESERVED_PREFIXES)
        else:
            entries = [entry for entry in self._entries() if _is_reading(entry) == _is_reading(self.home)]
            taken = {entry.model.id for entry in entries} | {was for entry in entries for _, was in former_ids(entry)}
            reserved = self.new in SHELL_IDS
        if self.new in taken or reserved:
            raise RenameRefusedError(f'"{self.new}" is in use or was; ids are never used again')

    def plan(self) -> Plan:
        """Everything that changes."""
        plan = Plan()
        for entry in self._entries():
            for reference in _references(entry):
                self._follow(entry, reference)
        self._replace(self.home, self._id_pointer(), 0, self.old)
        for index, item in enumerate(getattr(self.home.model, "moved", ()) if self.local else ()):
            if item.now == self.local:
                self._replace(self.home, ("moved", index, "now"), 0, self.old)
        plan.places = sum(len(edits) for edits in self.edits.values())
        if not isinstance(self.home.model, Case) or self.home.model.status in SHOWN:
            self._keep_address()
        homes = {entry.path: entry for entry in self._entries()}
        for path, edits in self.edits.items():
            plan.texts[path] = _laid_out(homes[path], _apply(path, list(edits.values())))
        if not self.local and isinstance(self.home.model, Case | ReadingList):
            plan.moves[self.home.path] = self.home.path.with_name(f"{self.new}.yml")
        return plan

    def _id_pointer(self) -> tuple[str | int, ...]:
        if not self.local:
            return ("id",)
        return next(pointer for pointer, identifier, _ in local_ids(self.home.model) if identifier == self.local)

    def _follow(self, entry: Entry[Any], reference: Reference) -> None:
        owner, mark, local = reference.target.partition("#")
        is_meant = (owner or entry.model.id) == self.owner and (local == self.local if self.local else bool(owner))
        if not is_meant or _is_reading(self.home) or bool(self.local) > bool(mark):
            return
        start = reference.offset or 0
        node = self._node(entry, reference.pointer)
        start += len(node.value) - len(node.value.lstrip()) if reference.offset is not None else 0
        start += node.value[start : start + 1] == "@"
        if self.local:
            owned = _OWNER.match(node.value, start)
            start = owned.end() if owned else start
        if node.value.startswith(self.old, start):
            self._replace(entry, reference.pointer, start, self.old)

    def _node(self, entry: Entry[Any], pointer: tuple[str | int, ...]) -> ScalarNode:
        found = node_at(self._root(entry), (*entry.pointer, *pointer))
        if not isinstance(found, ScalarNode):
            raise RenameRefusedError(f"{entry.file} changed while it was read")
        return found

    def _root(self, entry: Entry[Any]) -> Node:
        if entry.file not in self.roots:
            root, _ = compose_file(entry.path, entry.file)
            if root is None:
                raise RenameRefusedError(f"{entry.file} cannot be read")
            self.roots[entry.file] = root
        return self.roots[entry.file]

    def _replace(self, entry: Entry[Any], pointer: tuple[str | int, ...], start: int, words: str) -> None:
        node = self._node(entry, pointer)
        place = node.locate(start) if start or node.style else node.location
        line, column = place.line - 1, place.column - 1
        if not node.file.lines[line].startswith(words, column):
            raise RenameRefusedError(f"{place}: this is written in an unusual way; write the id by hand")
        self._add(entry, _Edit(line, column, len(words), self.new))

    def _add(self, entry: Entry[Any], edit: _Edit) -> None:
        self.edits.setdefault(entry.path, {})[edit.line, edit.column] = edit

    def _keep_address(self) -> None:
        """Put the old id where it leads on."""
        is_case = isinstance(self.home.model, Case)
        name = "moved" if self.local else "aliases" if is_case else "former_ids"
        item = (f"was: {self.old}", f"now: {self.new}") if self.local else (self.old,)
        mapping = node_at(self._root(self.home), self.home.pointer)
        if not isinstance(mapping, MappingNode):
            raise RenameRefusedError(f"{self.home.file} changed while it was read")
        listed = mapping.values.get(name)
        if isinstance(listed, SequenceNode):
            self._add(self.home, _into_list(listed, item))
        else:
            self._add(
                self.home,
                _new_list(mapping, self._root(self.home), list(type(self.home.model).model_fields), name, item),
            )


def _is_reading(entry: Entry[Any]) -> bool:
    return isinstance(entry.model, ReadingList)


def _locals(entry: Entry[Any]) -> Iterator[str]:
    if isinstance(entry.model, Case):
        yield from (identifier for _, identifier, _ in local_ids(entry.model))


def _references(entry: Entry[Any]) -> Iterator[Reference]:
    if isinstance(entry.model, Case):
        yield from case_references(entry.model)
    elif _is_reading(entry):
        yield from reading_references(entry.model)
    else:
        yield from entry_references(entry.model)


def _in_braces(item: tuple[str, ...]) -> str:
    return f"{{{', '.join(item)}}}" if len(item) > 1 else item[0]


def _in_lines(item: tuple[str, ...], indent: int) -> str:
    return "".join(f"{' ' * indent}{'- ' if number == 0 else '  '}{part}\n" for number, part in enumerate(item))


def _into_list(listed: SequenceNode, item: tuple[str, ...]) -> _Edit:
    """A new first item."""
    if listed.file.lines[listed.line].startswith("[", listed.column):
        written = _in_braces(item)
        return _Edit(listed.line, listed.column + 1, 0, f"{written}, " if listed.items else written)
    return _Edit(listed.line, 0, 0, _in_lines(item, listed.column))


def _new_list(mapping: MappingNode, root: Node, order: list[str], name: str, item: tuple[str, ...]) -> _Edit:
    """A field with one item, before the first field that comes after it in the format, else at the end."""
    lines = mapping.file.lines
    if lines[mapping.line].startswith("{", mapping.column):
        # Where the order of fields is hard to see, beside the id that it replaces.
        identifier = mapping.values["id"]
        length = len(identifier.value) + 2 * bool(identifier.style) if isinstance(identifier, ScalarNode) else 0
        return _Edit(identifier.line, identifier.column + length, 0, f", {name}: [{_in_braces(item)}]")
    first = next(iter(mapping.keys.values()))
    blanks = " " * first.column
    many = f"{blanks}{name}:\n{_in_lines(item, first.column + 2)}"
    written = many if len(item) > 1 else f"{blanks}{name}: [{item[0]}]\n"
    later = [key for other, key in mapping.keys.items() if other in order[order.index(name) + 1 :] and key is not first]
    if later:
        return _Edit(later[0].line, 0, 0, written)
    after = [node.line for node in root.items if node.line > mapping.line] if isinstance(root, SequenceNode) else []
    end = min(after, default=len(lines))
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return _Edit(end - 1, len(lines[end - 1]), 0, "\n" + written.removesuffix("\n"))


def _apply(path: Path, edits: list[_Edit]) -> str:
    text = path.read_bytes().decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    starts = [0, *(match.end() for match in BREAK.finditer(text))]
    ending = found[0] if (found := BREAK.search(text)) else "\n"
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        place = starts[edit.line] + edit.column
        text = f"{text[:place]}{edit.text.replace(chr(10), ending)}{text[place + edit.length :]}"
    return mark + text


def _laid_out(entry: Entry[Any], text: str) -> str:
    """A file that was in the canonical layout stays so: another id may fold a line elsewhere."""
    before = entry.path.read_bytes().decode("utf-8")
    is_canonical = format_text(before, entry.file, type(entry.model))[0] == before
    return format_text(text, entry.file, type(entry.model))[0] or text if is_canonical else text


def renamed_attestations(attestations: dict[str, Attestation], old: str, new: str) -> dict[str, Attestation]:
    """Attestations under the new id of a case, a quote (`case-id#quote-id`) or a source."""
    told: dict[str, Attestation] = {}
    for key, found in attestations.items():
        case, _, quote = key.partition("#")
        if key == old:
            key = f"{case}#{new}"  # noqa: PLW2901 - the same attestation
        elif case == old:
            key = f"{new}#{quote}"  # noqa: PLW2901 - likewise
        told[key] = found.model_copy(update={"source": new}) if found.source == old else found
    return told
