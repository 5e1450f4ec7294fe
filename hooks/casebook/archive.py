"""The private archive of source texts, and what of it stands in our own.

The archive is a folder of text files that is never committed. A file is known by its SHA-256 digest alone, so neither
its name nor its place matters: a source names the digest of its whole text (`sha256`) or of a file that holds excerpts
of it (`excerpt_sha256`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.attestations import normalise
from casebook.book import Casebook
from casebook.marks import plain_prose
from casebook.model import Case
from casebook.problems import Problem
from casebook.reading import Locator

RUN = 8
"""Words in a row that our own text may not share with a source."""

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z0-9]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True)
class ArchivedText:
    """One file of the archive."""

    sha256: str
    text: str

    @cached_property
    def normalised(self) -> tuple[str, list[int]]:
        """The text as quotes are compared, with the place of each character."""
        return normalise(self.text)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of every run of `RUN` words."""
        return frozenset(hash(run) for run, _ in word_runs(self.text))


def read_archive(folder: Path) -> dict[str, ArchivedText]:
    """Every UTF-8 text file below a folder, by the SHA-256 digest of its bytes. Other files are passed over."""
    texts: dict[str, ArchivedText] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        sha256 = hashlib.sha256(raw).hexdigest()
        texts[sha256] = ArchivedText(sha256, text)
    return texts


def word_runs(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every run of `RUN` words with the place of its first; words are letters and digits, in lower case."""
    words = _words(text)
    for index in range(len(words) - RUN + 1):
        yield tuple(word for word, _, _ in words[index : index + RUN]), words[index][1]


def _words(text: str) -> list[tuple[str, int, int]]:
    """Each word as it is compared, with where it starts and ends."""
    return [(match[0].translate(_APOSTROPHES), match.start(), match.end()) for match in _WORD.finditer(_lower(text))]


def _lower(text: str) -> str:
    """The text in lower case, character by character, so that places stay."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def shared_stretches(text: str, runs: Container[int]) -> Iterator[str]:
    """The longest stretches of a text that are made of such runs, as they stand in it."""
    words = _words(text)
    end = 0
    start: int | None = None
    for index in range(len(words) - RUN + 1):
        if hash(tuple(word for word, _, _ in words[index : index + RUN])) not in runs:
            continue
        if start is not None and index > end:
            yield text[words[start][1] : words[end - 1][2]]
            start = None
        start = index if start is None else start
        end = index + RUN
    if start is not None:
        yield text[words[start][1] : words[end - 1][2]]


def borrowed_runs(book: Casebook, archive: Mapping[str, ArchivedText], locator: Locator) -> Iterator[Problem]:
    """Every text of ours that shares eight words with a source of the archive (CB508), at its field."""
    used = {
        sha
        for source in book.sources.values()
        for sha in (source.sha256, source.excerpt_sha256)
        if sha in archive and sha
    }
    runs = frozenset[int]().union(*(archive[sha].runs for sha in used))
    for case in book.cases.values():
        for pointer, text in own_texts(case):
            # What stands in quotation marks is cut out, and no run reaches across the gap.
            for piece in _QUOTED.split(plain_prose(text)):
                for stretch in shared_stretches(piece, runs):
                    place = locator.locate(book.entries[case.id], pointer)
                    message = f'"{" ".join(stretch.split())}" stands in an archived source too'
                    yield Problem(place, "CB508", message, "say it in our own words, or quote it")


def own_texts(case: Case) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a case that is ours: all of it but quotations, titles of sources and ids."""
    work: list[tuple[tuple[str | int, ...], object]] = [((), case.model_dump(mode="json"))]
    while work:
        pointer, value = work.pop()
        if isinstance(value, dict):
            work.extend(
                ((*pointer, key), child)
                for key, child in value.items()
                if not (pointer[:1] == ("quotes",) and key in ("exact", "prefix", "suffix", "translation"))
            )
        elif isinstance(value, list):
            work.extend(((*pointer, index), child) for index, child in enumerate(value))
        elif isinstance(value, str) and " " in value:
            yield pointer, value
