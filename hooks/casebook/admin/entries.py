"""The casefiles as the form sees them: one entry each, also where a file holds a list of them.

An entry has a path that need not be a file's: `casefiles/registry/people/ada-example.yml` is the entry `ada-example`
of the registry, wherever its list stands. Only paths of the three kinds below mean anything here, so that nothing else
on the disk can be named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.composing import Means, composer
from casebook.model import REGISTRY_MODELS, Case, Model, ReadingList
from casebook.problems import Problem
from casebook.text_files import read_text
from casebook.yaml_reading import compose_text, compose_values

_PATH = re.compile(r"casefiles/(?:(cases|readings)|registry/([a-z]+))(?:/([a-z0-9]+(?:-[a-z0-9]+)*)\.yml)?")
_LISTED = frozenset({
    "id", "title", "status", "dek", "occurred", "published", "updated", "name", "label", "statement", "term", "short", "csl",
})  # fmt: skip
LIMIT = 80
"""Longest id."""


class NoSuchEntry(Exception):  # noqa: N818 - it names what happened
    """The path names nothing that the form may see."""


class Unreadable(Exception):  # noqa: N818 - it names what happened
    """A casefile is not YAML, so that nothing in it can be shown or changed here. Holds its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Address:
    """What a path names."""

    kind: str
    """`cases`, `readings`, or a registry."""
    id: str

    @property
    def is_registry(self) -> bool:
        """Whether entries of this kind stand together in lists."""
        return self.kind in REGISTRY_MODELS

    @property
    def path(self) -> str:
        """The path as the form knows it."""
        folder = f"registry/{self.kind}" if self.is_registry else self.kind
        return f"casefiles/{folder}/{self.id}.yml"

    @property
    def model(self) -> type[Model]:
        """The model of the entry."""
        return Case if self.kind == "cases" else REGISTRY_MODELS.get(self.kind, ReadingList)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that holds an entry, or is going to."""

    path: Path
    name: str
    """From the project's root."""
    text: str
    """Empty where there is no such file yet."""
    values: Any
    """The whole file's."""
    index: int | None = None
    """The entry's place in a registry's list; none for a file of its own."""

    @property
    def entry(self) -> Any:
        """The entry's own values."""
        return self.values if self.index is None else self.values[self.index]


def address(path: str) -> Address:
    """What `path` names. Raises NoSuchEntry for every path that is not one of an entry."""
    kind, identifier = _parts(path)
    if identifier is None or len(identifier) > LIMIT:
        raise NoSuchEntry(path)
    return Address(kind, identifier)


def folder_kind(path: str) -> str:
    """The kind of entries that a folder of the form holds. Raises NoSuchEntry for every other folder."""
    kind, identifier = _parts(path)
    if identifier is not None:
        raise NoSuchEntry(path)
    return kind


def _parts(path: str) -> tuple[str, str | None]:
    match = _PATH.fullmatch(path)
    if match is None or (match[2] and match[2] not in REGISTRY_MODELS):
        raise NoSuchEntry(path)
    return match[1] or match[2], match[3]


def version_of(values: Any) -> str:
    """A digest of an entry's values, by which a change made elsewhere is noticed."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def list_entries(casefiles: Path, kind: str) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Every entry of a kind, with its values. A file that cannot be read has no entries here."""
    paths = list(_files(casefiles, kind))
    with composer(paths, remembering(casefiles)) as compose:
        for path in paths:
            text, _ = read_text(path, path.name)
            yield from _entries(kind, path, compose(text) if text is not None else None)


def _entries(kind: str, path: Path, values: object) -> Iterator[tuple[Address, dict[str, Any]]]:
    for entry in values if isinstance(values, list) else [values]:
        identifier = path.stem if kind not in REGISTRY_MODELS else _id_of(entry)
        if isinstance(entry, dict) and _PATH.fullmatch(f"casefiles/cases/{identifier}.yml"):
            yield Address(kind, identifier), entry


def remembering(casefiles: Path) -> Means:
    """What makes reading a thousand cases again and again bearable: what was composed once is remembered on the disk."""
    return Means(kept=casefiles.parent / ".cache" / "values")


def shown_in_list(entry: dict[str, Any]) -> dict[str, Any]:
    """What the list of entries shows of one. Whole cases would be megabytes, only for their titles."""
    return {key: value for key, value in entry.items() if key in _LISTED}


def _id_of(entry: Any) -> str:
    return str(entry.get("id")) if isinstance(entry, dict) else ""


def find(casefiles: Path, wanted: Address) -> Stored | None:
    """The file that holds an entry, or none. Raises Unreadable where that cannot be told."""
    if not wanted.is_registry:
        path = _own_file(casefiles, wanted)
        return _load(path, _name(casefiles, path)) if path.exists() or path.is_symlink() else None
    for path in _files(casefiles, wanted.kind):
        held = _load(path, _name(casefiles, path))
        for index, entry in enumerate(held.values if isinstance(held.values, list) else ()):
            if _id_of(entry) == wanted.id:
                return Stored(held.path, held.name, held.text, held.values, index)
    return None


def place_for(casefiles: Path, wanted: Address) -> Stored:
    """The file in which a new entry is going to stand: of its own, or the last of its registry."""
    if not wanted.is_registry:
        path = _own_file(casefiles, wanted)
        return Stored(path, _name(casefiles, path), "", None)
    files = list(_files(casefiles, wanted.kind))
    if files:
        return _load(files[-1], _name(casefiles, files[-1]))
    path = casefiles / "registry" / f"{wanted.kind}.yml"
    _refuse_linked_folder(path)
    return Stored(path, _name(casefiles, path), "", [])


def _own_file(casefiles: Path, wanted: Address) -> Path:
    path = casefiles / wanted.kind / f"{wanted.id}.yml"
    _refuse_linked_folder(path)
    return path


def _refuse_linked_folder(path: Path) -> None:
    """Raise NoSuchEntry where a folder leads out of the casefiles: what is written there would be written elsewhere."""
    if path.parent.is_symlink():
        raise NoSuchEntry(path.stem)


def _files(casefiles: Path, kind: str) -> Iterator[Path]:
    """The files of a kind, in the order in which the checker reads them. Links are left alone, as it leaves them."""
    folder = casefiles / kind
    if kind in REGISTRY_MODELS:
        file, folder = casefiles / "registry" / f"{kind}.yml", casefiles / "registry" / kind
        if folder.parent.is_symlink():
            return
        if file.is_file() and not file.is_symlink():
            yield file
    if folder.is_dir() and not folder.is_symlink():
        for path in sorted(folder.glob("[!.]*.yml")):
            if path.is_file() and not path.is_symlink():
                yield path


def _load(path: Path, name: str) -> Stored:
    text, problems = read_text(path, name)
    if text is not None:
        values = compose_values(text)
        if values is not None:
            return Stored(path, name, text, values)
        # Also what can be composed and is refused: a key that stands twice would be lost on the way through the form.
        problems = [*problems, *compose_text(text, name)[1]]
    raise Unreadable(problems)


def _name(casefiles: Path, path: Path) -> str:
    return path.relative_to(casefiles.parent).as_posix()
