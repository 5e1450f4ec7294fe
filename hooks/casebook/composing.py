"""The values of many YAML texts: in several processes, and kept from one run to the next.

Composing is half of a check's work, and the text of a file alone decides what comes of it. So it can be done anywhere
and remembered: what is kept lies under the digest of the text, in a folder named by the digest of the code. It is JSON
with a digest of its own, so that a torn file is no more than a lost one, and none can run anything when it is read.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree

from casebook import nodes, text_files, yaml_reading
from casebook.text_files import read_text
from casebook.yaml_reading import LIBRARY, compose_values

Compose = Callable[[str], object | None]
"""A text's values, or None when anything in it is to be refused: `compose_values`, or what stands in for it."""

MANY = 100
"""Files from which on starting processes and keeping results are worth their while: a quarter of a second's work."""
_CHUNK = 25
"""Files handed to a process at a time."""


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used to compose many files sooner. Nothing of it changes what is composed."""

    processes: int = 1
    """How many processes to start; with 1, none but this."""
    kept: Path | None = None
    """A folder of one casebook's own for what is to be remembered; it may be deleted at any time."""


@contextmanager
def composer(paths: Sequence[Path], means: Means) -> Iterator[Compose]:
    """What composes the texts of these files, which will be asked for in this order.

    A text that differs from its file's is composed anew, and so is every text when processes cannot be started or the
    folder cannot be used.
    """
    if len(paths) < MANY or means == Means():
        yield compose_values
        return
    shelf = _Shelf(means.kept / _code()) if means.kept else None
    with _others(paths, means.processes, shelf) as ahead:
        yield _Composer(ahead, shelf)
    if shelf:
        shelf.tidy()


class _Composer:
    """Takes what is kept, then what other processes made, and makes the rest."""

    def __init__(self, ahead: Iterator[dict[str, str]], shelf: _Shelf | None) -> None:
        self._ahead = ahead
        self._made: dict[str, str] = {}
        self._shelf = shelf

    def __call__(self, text: str) -> object | None:
        digest = _digest(text.encode())
        kept = self._shelf.take(digest) if self._shelf else None
        if kept is None:
            kept = self._made_elsewhere(digest)
        if kept is not None:
            values: object = json.loads(kept)
            return values
        values = compose_values(text)
        if self._shelf and values is not None:
            self._shelf.put(digest, json.dumps(values))
        return values

    def _made_elsewhere(self, digest: str) -> str | None:
        while digest not in self._made and (more := next(self._ahead, None)) is not None:
            self._made |= more
        return self._made.pop(digest, None)


@contextmanager
def _others(paths: Sequence[Path], processes: int, shelf: _Shelf | None) -> Iterator[Iterator[dict[str, str]]]:
    """What other processes make of the files, chunk by chunk. Nothing, when most of it is kept."""
    missing = len(paths) - (shelf.size if shelf else 0)
    if processes < 2 or missing < MANY:
        yield iter(())
        return
    # Spawned, since a fork copies the locks of threads that it does not copy.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=signal.signal, initargs=_UNDISTURBED)
    try:
        yield _results(pool, paths, shelf.folder if shelf else None)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_UNDISTURBED = (signal.SIGINT, signal.SIG_IGN)
"""Ctrl-C is the parent's to answer; the others end with it."""


def _results(pool: ProcessPoolExecutor, paths: Sequence[Path], folder: Path | None) -> Iterator[dict[str, str]]:
    chunks = [paths[first : first + _CHUNK] for first in range(0, len(paths), _CHUNK)]
    started: deque[Future[dict[str, str]]] = deque()
    with suppress(BrokenExecutor, OSError):
        started += [pool.submit(compose_all, chunk, folder) for chunk in chunks]
    return _finished(started)


def _finished(started: deque[Future[dict[str, str]]]) -> Iterator[dict[str, str]]:
    with suppress(BrokenExecutor, OSError):
        while started:
            yield started.popleft().result()


def compose_all(paths: Iterable[Path], folder: Path | None) -> dict[str, str]:
    """The digest of each file's text → its values as JSON, also put into the folder of what is kept.

    Files that cannot be read, and texts in which something is to be refused, are left out: what is wrong with them is
    said by whoever reads them next.
    """
    shelf = _Shelf(folder) if folder else None
    made = {}
    for path in paths:
        text, _ = read_text(path, path.name)
        values = None if text is None else compose_values(text)
        if text is not None and values is not None:
            digest, content = _digest(text.encode()), json.dumps(values)
            made[digest] = content
            if shelf:
                shelf.put(digest, content)
    return made


class _Shelf:
    """A folder of values, one file a text. Whatever fails here costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken: set[str] = set()
        self._is_writable = True

    @property
    def size(self) -> int:
        """How many texts' values are kept."""
        try:
            return len(os.listdir(self.folder))  # noqa: PTH208 - a thousand paths would be made to be counted
        except OSError:
            return 0

    def take(self, digest: str) -> str | None:
        """What is kept of a text, when it is whole."""
        self._taken.add(digest)
        try:
            content = (self.folder / digest).read_bytes()
        except OSError:
            return None
        head, _, body = content.partition(b"\n")
        return body.decode("ascii", "replace") if head == _digest(body).encode() else None

    def put(self, digest: str, content: str) -> None:
        """Keep a text's values: written beside its place and moved there, so that no reader sees half of it."""
        if not self._is_writable:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(b"\n".join([_digest(content.encode()).encode(), content.encode()]))
            Path(name).replace(self.folder / digest)
        except OSError:
            self._is_writable = False

    def tidy(self) -> None:
        """Take away what this run did not ask for: texts that have changed since, and what older code made."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in self._taken:
                    path.unlink()
            for other in self.folder.parent.iterdir():
                if other != self.folder:
                    rmtree(other, ignore_errors=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _code() -> str:
    """A digest of all that decides what comes of a text, besides the text."""
    modules = (nodes.__file__, yaml_reading.__file__, text_files.__file__, __file__)
    return _digest(b"".join([LIBRARY.encode(), *(Path(file).read_bytes() for file in modules)]))[:16]
