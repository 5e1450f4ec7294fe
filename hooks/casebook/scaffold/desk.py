"""A working copy of the registries, on which what is new is tried before anything of it is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from casebook.layout import modeline
from casebook.layout.files import read_as_it_is, replace_text
from casebook.model import REGISTRY_MODELS, Model
from casebook.pipeline import PREVIEW, load_casebook
from casebook.problems import Problem
from casebook.reading import read_registry
from casebook.scaffold.insertion import insert_entry
from casebook.text_files import MAX_BYTES, is_left_by_editor

UNDATED = "undated"
"""The file of a folder named by years for what bears none."""
_YEAR = re.compile(rf"(\d{{4}}|{UNDATED})(-\d+)?", re.ASCII)


class RefusedError(Exception):
    """Why nothing was made: a sentence for each reason. `status` is 1 for what stands in the files, 2 for wrong usage."""

    def __init__(self, *reasons: str, status: int = 1) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons
        self.status = status


class Desk(AbstractContextManager["Desk"]):
    """The registries as they are, and as they will be.

    Only registries are copied, so that the time does not grow with the number of cases; of cases, ids are enough.
    """

    def __init__(self, casefiles: Path, today: date) -> None:
        self.casefiles = casefiles
        self.today = today
        self._holder = TemporaryDirectory()
        self._folder = Path(self._holder.name) / casefiles.name
        self._folder.mkdir()
        if (casefiles / "registry").is_dir():
            shutil.copytree(casefiles / "registry", self._folder / "registry", symlinks=True)
        self._before: dict[Path, bytes | None] = {}
        self._steps: list[tuple[Path, bytes | None]] = []
        self._read: dict[str, dict[str, Model]] = {}
        self._known: set[tuple[str, str]] | None = None

    def __exit__(self, *_: object) -> None:
        self._holder.cleanup()

    def entries(self, registry: str) -> Mapping[str, Any]:
        """Every sound entry of a registry, new ones too, by id."""
        if registry not in self._read:
            found: dict[str, Model] = {}
            for path in self._files(registry):
                read, _ = read_registry(path, self._name(path), registry)
                found |= {entry.model.id: entry.model for entry in read}
            self._read[registry] = found
        return self._read[registry]

    def case_ids(self) -> set[str]:
        """The ids of all cases: the names of their files."""
        return {path.stem for path in (self.casefiles / "cases").glob("*.yml") if not is_left_by_editor(path.name)}

    def kind_of(self, identifier: str) -> str:
        """The registry, or `cases`, that has an id; nothing when none has."""
        found = next((registry for registry in REGISTRY_MODELS if identifier in self.entries(registry)), "")
        return found or ("cases" if identifier in self.case_ids() else "")

    def ids(self, kinds: Iterable[str]) -> list[str]:
        """Every id that these registries hold."""
        return [key for kind in kinds for key in (sorted(self.case_ids()) if kind == "cases" else self.entries(kind))]

    def place_of(self, registry: str) -> str:
        """Where a registry stands in the casefiles: its file, or the folder that it has become."""
        folder = self._folder / "registry" / registry
        return f"registry/{registry}/" if folder.is_dir() else f"registry/{registry}.yml"

    def _files(self, registry: str) -> Iterator[Path]:
        one, many = self._folder / "registry" / f"{registry}.yml", self._folder / "registry" / registry
        yield from [one] if one.is_file() else []
        yield from sorted(path for path in many.glob("*.yml") if not is_left_by_editor(path.name))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder.parent).as_posix()

    def add_entry(self, registry: str, identifier: str, entry: str, year: str = "") -> Path:
        """Put an entry into its registry, or raise RefusedError; the path of the file, in the casefiles.

        `year` is that of publication, after which a folder's files may be named.
        """
        path = self._home(registry, len(entry.encode()), year)
        text, problems = (
            read_as_it_is(path, self._name(path)) if path.exists() else (f"{self._first_line(path, registry)}\n", [])
        )
        if text is not None:
            text, problems = insert_entry(text, entry, identifier, self._name(path))
        if text is None or problems:
            raise RefusedError("mend this first:", *map(str, problems))
        return self.put(path.relative_to(self._folder), text)

    def _first_line(self, path: Path, registry: str) -> str:
        return modeline(self._name(path), REGISTRY_MODELS[registry])

    def _home(self, registry: str, size: int, year: str) -> Path:
        """The file for a new entry: of a folder, that of its year where files are named by years, else the last with room."""
        folder = self._folder / "registry" / registry
        if not folder.is_dir():
            path = folder.with_suffix(".yml")
            if path.is_file() and path.stat().st_size + 2 * size > MAX_BYTES:
                name = f"{self.casefiles.name}/registry/{registry}"
                raise RefusedError(
                    f"{name}.yml is full: a file holds {MAX_BYTES:,} bytes. Make a folder {name}/ and move the file into "
                    "it, under any name; then say this again"
                )
            return path
        files = [path for path in self._files(registry) if path.parent == folder]
        if files and all(_YEAR.fullmatch(path.stem) for path in files):
            path = folder / f"{year or UNDATED}.yml"
        else:
            path = files[-1] if files else folder / f"{registry}.yml"
        stem, number = path.stem, 1
        while path.exists() and path.stat().st_size + 2 * size > MAX_BYTES:
            number += 1
            path = folder / f"{stem}-{number}.yml"
        return path

    def put(self, place: Path, text: str) -> Path:
        """Lay a file's new text on the desk; its path in the casefiles."""
        original, path = self.casefiles / place, self._folder / place
        self._steps.append((place, path.read_bytes() if path.exists() else None))
        self._before.setdefault(place, original.read_bytes() if original.exists() else None)
        self._read.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return original

    def take_back(self) -> None:
        """Undo the last `put`."""
        place, text = self._steps.pop()
        self._read.clear()
        if text is None:
            (self._folder / place).unlink()
        else:
            (self._folder / place).write_bytes(text)
        if place not in (other for other, _ in self._steps):
            del self._before[place]

    def borrow(self, case_ids: Iterable[str]) -> None:
        """Take cases to the desk to which something new refers. They are not written."""
        (self._folder / "cases").mkdir(exist_ok=True)
        for identifier in case_ids:
            shutil.copy(self.casefiles / "cases" / f"{identifier}.yml", self._folder / "cases")

    def problems(self, statuses: frozenset[str] = PREVIEW) -> list[Problem]:
        """What the checker says of the new, drafts included, that it does not say of the old."""
        if self._known is None:
            with Desk(self.casefiles, self.today) as fresh:
                self._known = {(problem.code, problem.message) for problem in fresh._check(PREVIEW)}
        return [problem for problem in self._check(statuses) if (problem.code, problem.message) not in self._known]

    def _check(self, statuses: frozenset[str]) -> tuple[Problem, ...]:
        return load_casebook(self._folder, statuses=statuses, today=self.today).problems

    def save(self) -> list[Path]:
        """Write every new text, each file at once. Raises RefusedError when somebody wrote to a file in the meantime."""
        for place, before in self._before.items():
            path = self.casefiles / place
            if (path.read_bytes() if path.exists() else None) != before:
                raise RefusedError(f"{path} was changed in the meantime; nothing was written. Say this again")
        written = []
        for place in self._before:
            path = self.casefiles / place
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_text(path, (self._folder / place).read_bytes().decode())
            written.append(path)
        return written
