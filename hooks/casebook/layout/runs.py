"""Many files at once: in several processes, and not again those that are known to have the canonical layout."""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casebook import model, nodes, problems, text_files, yaml_reading
from casebook.layout import format_text
from casebook.layout.files import model_of, name_of, read_as_it_is, replace_text
from casebook.problems import Location, Problem

MANY = 40
"""Files from which on starting processes is worth their while: they take two seconds in one."""
_KNOWN = 100_000
"""Most digests that are kept: six megabytes, and ten times the files of a large casebook."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    path: Path
    name: str
    text: str = ""
    canonical: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the file has a canonical layout and not this one."""
        return not self.problems and self.text != self.canonical


def lay_out(path: Path, name: str) -> Outcome:
    """Work out the canonical text of one file."""
    kind = model_of(path)
    if kind is None:
        hint = "it lays out casefiles/cases/*.yml, casefiles/readings/*.yml and casefiles/registry/*.yml"
        problem = Problem(Location(name), "CB013", "this is no file that casebook fmt knows", hint)
        return Outcome(path, name, problems=(problem,))
    text, found = read_as_it_is(path, name)
    canonical = None
    if text is not None:
        canonical, found = format_text(text, name, kind)
    if text is None or canonical is None:
        return Outcome(path, name, problems=tuple(found))
    return Outcome(path, name, text, canonical)


def lay_out_all(paths: Sequence[Path], processes: int, known: Known) -> Iterator[Outcome]:
    """The outcome of every file, in order."""
    told = {path: name_of(path) for path in paths}
    digests = {path: known.digest(path) for path in paths}
    open_ones = [path for path in paths if digests[path] not in known.digests]
    made = _made(open_ones, [told[path] for path in open_ones], processes)
    for path in paths:
        outcome = next(made) if digests[path] not in known.digests else Outcome(path, told[path])
        if not outcome.problems and not outcome.differs:
            known.keep(digests[path])
        yield outcome


def _made(paths: Sequence[Path], names: Sequence[str], processes: int) -> Iterator[Outcome]:
    done = 0
    if len(paths) >= MANY and processes > 1:
        # Spawned, since a fork copies the locks of threads that it does not copy.
        pool = ProcessPoolExecutor(
            processes, multiprocessing.get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN)
        )
        try:
            with suppress(BrokenExecutor, OSError):
                for outcome in pool.map(lay_out, paths, names, chunksize=10):
                    done += 1
                    yield outcome
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    yield from map(lay_out, paths[done:], names[done:])


class Known:
    """Digests of files that were found to have the canonical layout, in a file of their own.

    A digest is of the text, of what kind of file it is and how deep it lies, and of the code that decides on layouts.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.digests = frozenset[str]()
        self._kept: set[str] = set()
        if path is not None:
            with suppress(OSError, UnicodeDecodeError):
                self.digests = frozenset(path.read_text(encoding="ascii").split())

    def digest(self, path: Path) -> str:
        """The digest of a file; nothing for one that is not to be opened, or where nothing is kept."""
        if self.path is None or path.is_symlink() or not path.is_file():
            return ""
        try:
            content = path.read_bytes()
        except OSError:
            return ""
        place = "/".join(path.parts[-3:-1]) + (path.name if path.parent.name == "registry" else "")
        return hashlib.sha256(b"\0".join([_code(), place.encode("utf-8", "surrogateescape"), content])).hexdigest()

    def keep(self, digest: str) -> None:
        """Remember a file with the canonical layout."""
        if digest and digest not in self.digests:
            self._kept.add(digest)

    def write(self) -> None:
        """Put what is new beside the rest. Where that cannot be done, the next run works it out again."""
        if self.path is None or not self._kept:
            return
        older = self.digests if len(self.digests) < _KNOWN else ()
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self.path, "\n".join([*older, *sorted(self._kept)]) + "\n")


@cache
def _code() -> bytes:
    """A digest of all code that decides what the canonical layout of a file is."""
    folders = (Path(__file__).parent, Path(model.__file__).parent)
    files = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    files += [Path(module.__file__ or "") for module in (nodes, problems, text_files, yaml_reading)]
    parts = [yaml_reading.LIBRARY.encode(), *(path.read_bytes() for path in files)]
    return hashlib.sha256(b"".join(parts)).digest()
