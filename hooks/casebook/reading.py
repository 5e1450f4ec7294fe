"""Files → models, each with the way back to where it stands; what is wrong in a file is told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from casebook.composing import Compose
from casebook.model import REGISTRY_MODELS, Case, Model, ReadingList
from casebook.nodes import MappingNode, Node, Pointer, ScalarNode, SequenceNode, node_at, plain_value
from casebook.problems import Location, Problem
from casebook.stand_ins import mend
from casebook.text_files import read_text
from casebook.validation import validate
from casebook.yaml_reading import compose_file, compose_text, compose_values

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M]):
    """A model that was read, and the way back to where it stands in its file.

    Nodes are not kept: 1,000 cases would hold a million of them. Positions are needed only for problems, and then the
    file is composed again (`locate`).
    """

    model: M
    path: Path
    file: str
    """Path relative to the project's root, for messages and edit links."""
    pointer: tuple[str | int, ...] = ()
    """Where the model stands in the file: `()` for a case, `(3,)` for a registry's fourth entry."""
    stand_ins: frozenset[tuple[str | int, ...]] = frozenset()
    """Fields of a faulty file whose values are not the editor's (`stand_ins`)."""

    def is_stand_in(self, pointer: Pointer) -> bool:
        """Whether what stands at `pointer`, around it or in it, is not the editor's: nothing is to be said about it."""
        here = tuple(pointer)
        return any(here[: len(place)] == place or place[: len(here)] == here for place in self.stand_ins)


class Locator:
    """Finds the places of problems, composing each file again at most once."""

    def __init__(self) -> None:
        self._roots: dict[str, Node | None] = {}

    def locate(
        self, entry: Entry[Any], pointer: Pointer = (), offset: int | None = None, *, key: bool = False
    ) -> Location:
        """The place of a field, of the character `offset` inside its text, or of its key."""
        if entry.file not in self._roots:
            self._roots[entry.file] = compose_file(entry.path, entry.file)[0]
        root = self._roots[entry.file]
        if root is None:
            return Location(entry.file)
        whole = (*entry.pointer, *pointer)
        if key and whole:
            parent = node_at(root, whole[:-1])
            if isinstance(parent, MappingNode) and whole[-1] in parent.keys:
                return parent.keys[str(whole[-1])].location
        node = node_at(root, whole)
        if offset is not None and isinstance(node, ScalarNode):
            # The models strip white space around text.
            return node.locate(offset + len(node.value) - len(node.value.lstrip()))
        return node.location


def read_case(path: Path, name: str, compose: Compose = compose_values) -> tuple[Entry[Case] | None, list[Problem]]:
    """Read one casefile. The file's name must be the case's id.

    The case comes back with its problems as long as anything can be made of it, so that its references and rules are
    checked in the same run. `compose` may know the file's values from elsewhere.
    """
    return _read(Case, path, name, compose)


def read_reading_list(path: Path, name: str) -> tuple[Entry[ReadingList] | None, list[Problem]]:
    """Read one reading list, as `read_case` does. The file's name must be its id."""
    return _read(ReadingList, path, name, compose_values)


def _read(model: type[M], path: Path, name: str, compose: Compose) -> tuple[Entry[M] | None, list[Problem]]:
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    values = compose(text)
    if isinstance(values, dict) and values.get("id") == path.stem:
        with suppress(ValidationError):
            return Entry(model.model_validate(values), path, name), []
    node, problems = compose_text(text, name)
    if node is None:
        return None, problems
    found, shape = validate(model, node)
    if _is_cut_off(problems):
        return None, _merge(problems, shape)
    stand_ins: frozenset[tuple[str | int, ...]] = frozenset()
    if found is None:
        found, stand_ins = mend(model, plain_value(node))
    problems = _merge(_merge(problems, shape), _check_file_name(node, path))
    return (Entry(found, path, name, stand_ins=stand_ins) if found else None), problems


def read_registry(path: Path, name: str, registry: str) -> tuple[list[Entry[Any]], list[Problem]]:
    """Read a file of a registry: a list of entries, all of the registry's model.

    Entries that are sound come back even when others are not, so that references to them are not reported too.
    """
    model = REGISTRY_MODELS[registry]
    text, problems = read_text(path, name)
    if text is None:
        return [], problems
    values = compose_values(text)
    if isinstance(values, list):
        with suppress(ValidationError):
            return [Entry(model.model_validate(value), path, name, (i,)) for i, value in enumerate(values)], []
    node, problems = compose_text(text, name)
    if node is None:
        return [], problems
    if not isinstance(node, SequenceNode):
        return [], [*problems, Problem(node.location, "CB103", "a registry is a list", 'start each entry with "- id:"')]
    entries = []
    for index, item in enumerate(node.items):
        entry, found = validate(model, item)
        problems = _merge(problems, found)
        if entry is not None:
            entries.append(Entry(entry, path, name, (index,)))
    return entries, problems


def seeming_ids(path: Path) -> set[str] | None:
    """The ids that a faulty registry file seems to hold, so that references to them are not a second mistake.

    None when the file cannot be composed at all.
    """
    node, problems = compose_file(path, path.name)
    if not isinstance(node, SequenceNode) or _is_cut_off(problems):
        return None
    found = (item.values.get("id") for item in node.items if isinstance(item, MappingNode))
    return {scalar.value for scalar in found if isinstance(scalar, ScalarNode)}


def _is_cut_off(problems: Iterable[Problem]) -> bool:
    """Whether a second document hides the rest of the file: what seems to be missing may stand there."""
    return any(problem.code == "CB006" for problem in problems)


def _merge(syntax: list[Problem], shape: Iterable[Problem]) -> list[Problem]:
    """Both, less the complaints of shape about what was already refused as syntax."""
    refused = {problem.location for problem in syntax}
    untold = {"CB101"} if _is_cut_off(syntax) else set()
    return syntax + [p for p in shape if p.location not in refused and p.code not in untold]


def _check_file_name(node: Node, path: Path) -> list[Problem]:
    found = node.values.get("id") if isinstance(node, MappingNode) else None
    if not isinstance(found, ScalarNode) or found.value == path.stem:
        return []
    return [
        Problem(found.location, "CB110", f'the id "{found.value}" is not the file\'s name',
                f'name the file "{found.value}.yml" or write "id: {path.stem}"')
    ]  # fmt: skip
