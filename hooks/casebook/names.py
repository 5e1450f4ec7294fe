"""The ids of a casebook with the words for them: what an editor program offers while somebody types.

They are read even from casefiles that are full of mistakes, since that is when somebody is typing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook.book import Casebook
from casebook.model import ID_PATTERN, REGISTRY_MODELS, Case, Model, Name, Source
from casebook.reading import read_registry, seeming_ids
from casebook.text_files import read_text
from casebook.yaml_reading import compose_values

Names = Mapping[str, Mapping[str, str] | None]
"""Registry, or `cases` → id → its words; None where they cannot be known, because a file of the registry is unreadable."""


def names_of(book: Casebook) -> Names:
    """The names in a linked casebook, those of cases that are not built too."""
    cases = {entry.model.id: entry.model.title for entry in book.entries.values() if isinstance(entry.model, Case)}
    registries = {
        name: {identifier: _words(entry) for identifier, entry in entries.items()}
        for name, entries in book.registries.items()
    }
    return {**registries, "cases": cases}


def read_names(folder: Path) -> Names:
    """The names in a `casefiles` folder, as far as its files can be read."""
    found = {**{name: registry_names(folder, name) for name in REGISTRY_MODELS}, "cases": _case_titles(folder)}
    return {
        name: ids and {key: ids[key] for key in ids if re.fullmatch(ID_PATTERN, key)} for name, ids in found.items()
    }


def registry_names(folder: Path, name: str) -> dict[str, str] | None:
    """The ids of one registry with their words; None when a file of it cannot be read at all."""
    found: dict[str, str] = {}
    for path in _files(folder / "registry" / f"{name}.yml", folder / "registry" / name):
        entries, problems = read_registry(path, path.name, name)
        ids = seeming_ids(path) if problems else set()
        if ids is None:
            return None
        found |= dict.fromkeys(sorted(ids), "") | {entry.model.id: _words(entry.model) for entry in entries}
    return found


def _case_titles(folder: Path) -> dict[str, str]:
    return {path.stem: _title(path) for path in _files(folder / "cases")}


def _files(*places: Path) -> Iterator[Path]:
    """The files among the places, and the YAML files of the folders. Links are never followed."""
    for place in places:
        if place.is_symlink() or not place.exists():
            continue
        yield from [place] if place.is_file() else sorted(place.glob("[!.]*.yml"))


_TITLE = re.compile(r"^title:.*(?:\n[ \t].*)*", re.MULTILINE)


def _title(path: Path) -> str:
    """What a casefile calls itself, read without the rest: composing a thousand cases would take seconds."""
    text, _ = read_text(path, path.name)
    found = _TITLE.search(text or "")
    values = compose_values(found[0]) if found else None
    title = values.get("title") if isinstance(values, dict) else None
    return title if isinstance(title, str) else ""


def _words(entry: Model) -> str:
    """An entry's name, with that in Chinese characters where there is one; a source's short name and title."""
    if isinstance(entry, Source):
        return f"{entry.short}: {entry.csl.title}" if entry.csl.title else entry.short
    name = getattr(entry, "name", None)
    zh = name.zh if isinstance(name, Name) else getattr(entry, "zh", None)
    return ", ".join(filter(None, (str(getattr(entry, "label", "")), zh)))
