"""Casefiles of any age → the models that can be made of them. Nothing is checked here, and what is faulty is mended or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.history import Side
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.reading import Entry, read_case, read_reading_list, read_registry


def read_side(folder: Path) -> Side:
    """Everything in a casefiles folder that can be read, whatever is wrong with the rest."""
    cases: dict[str, Entry[Case]] = {}
    readings: dict[str, Entry[ReadingList]] = {}
    registries: dict[str, dict[str, Entry[Any]]] = {name: {} for name in REGISTRY_MODELS}
    unread: list[str] = []
    for path, name in _files(folder, "cases"):
        case, _ = read_case(path, name)
        if case is None:
            unread.append(name)
        else:
            cases[case.model.id] = case
    for path, name in _files(folder, "readings"):
        reading, _ = read_reading_list(path, name)
        if reading is None:
            unread.append(name)
        else:
            readings[reading.model.id] = reading
    for path, name in _files(folder, "registry"):
        registry = path.relative_to(folder / "registry").parts[0].removesuffix(".yml")
        if registry in REGISTRY_MODELS:
            entries, problems = read_registry(path, name, registry)
            registries[registry] |= {entry.model.id: entry for entry in entries}
            unread += [name] if problems and not entries else []
    return Side(cases, registries, readings, tuple(unread))


def _files(folder: Path, part: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((folder / part).rglob("*.yml")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path, path.relative_to(folder.parent).as_posix()
