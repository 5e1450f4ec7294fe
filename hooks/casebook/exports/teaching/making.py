"""Everything that a class takes with it, written into one folder: handouts, readers, books, packages.

What was made before from the same document by the same program is taken over, and what is not asked for stays as it was.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from casebook import __version__
from casebook.book import Casebook
from casebook.courses import Course, courses
from casebook.exports.folders import replaced_folder
from casebook.exports.teaching.books import book_file
from casebook.exports.teaching.cartridge import cartridge
from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.handouts import questions_handout, reader
from casebook.exports.teaching.inventory import Format, Made, is_whole, read_inventory, write_inventory

FORMATS: tuple[Format, ...] = ("pdf", "docx", "epub", "imscc")
NEED_EXTRA = {"pdf": "typst", "docx": "docx"}
"""Formats for which the extra `teaching` brings a library, and its module."""


class MakingFailed(Exception):  # noqa: N818 - it names what happened
    """A file could not be made. The message names it, and says why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made."""

    courses: tuple[Course, ...]
    formats: frozenset[str]
    site_url: str
    """Absolute address of the site's root, ending in a slash; empty when it is not known."""
    faces: tuple[Path, ...]
    """Folders with the faces of PDFs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done."""

    made: int
    taken_over: int
    """Files that an earlier export had made from the same."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file that is to be made."""

    uri: str
    course: Course
    format: Format
    what: str
    made_from: str
    make: Callable[[], bytes]


def export_teaching(book: Casebook, wanted: Wanted, place: Path) -> Outcome:
    """Write what is wanted into the folder `place`, which is swapped in whole.

    Raises MakingFailed, leaving the folder as it was, and what `replaced_folder` raises.
    """
    before = {made.uri: made for made in read_inventory(place) if is_whole(place, made)}
    asked = {(course.uri, form) for course in wanted.courses for form in wanted.formats}
    known = {course.uri for course in courses(book)}
    with replaced_folder(place) as folder:
        kept = [made for made in before.values() if (made.course, made.format) not in asked and made.course in known]
        for made in kept:
            _put(folder, made.uri, (place / made.uri).read_bytes())
        fresh, taken = _fill(book, wanted, place, folder, before)
        write_inventory(folder, [*kept, *fresh])
    return Outcome(len(fresh) - taken, taken)


def _put(folder: Path, uri: str, content: bytes) -> None:
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _fill(book: Casebook, wanted: Wanted, place: Path, folder: Path, before: dict[str, Made]) -> tuple[list[Made], int]:
    """Make every piece, course by course, so that the texts of a few stand in memory at a time."""
    found: list[Made] = []
    taken = 0
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[tuple[_Piece, Future[bytes]]] = []
        for piece in _pieces(book, wanted):
            old = before.get(piece.uri)
            if old is not None and old.made_from == piece.made_from:
                _put(folder, piece.uri, (place / piece.uri).read_bytes())
                found.append(old)
                taken += 1
                continue
            waiting.append((piece, pool.submit(piece.make)))
            while len(waiting) > 2 * workers:
                found.append(_done(folder, wanted, *waiting.pop(0)))
        found += [_done(folder, wanted, piece, future) for piece, future in waiting]
    return found, taken


def _done(folder: Path, wanted: Wanted, piece: _Piece, future: Future[bytes]) -> Made:
    try:
        content = future.result()
    except RuntimeError as error:  # what pandoc and Typst raise
        raise MakingFailed(f"{piece.uri}: {error}") from error
    _put(folder, piece.uri, content)
    return Made(
        uri=piece.uri, course=piece.course.uri, edition=piece.course.edition.token, format=piece.format, what=piece.what,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), site_url=wanted.site_url, maker=__version__,
        made_from=piece.made_from,
    )  # fmt: skip


def _pieces(book: Casebook, wanted: Wanted) -> Iterator[_Piece]:
    printers = _printers(wanted)
    for course in wanted.courses:
        if not wanted.formats.isdisjoint(printers):
            yield from _printed(course, questions_handout(book, course, wanted.site_url), "-questions", printers)
        if not wanted.formats.isdisjoint({*printers, "epub"}):
            document = reader(book, course, wanted.site_url)
            yield from _printed(course, document, "-reader", printers)
            if "epub" in wanted.formats:
                yield from _printed(course, document, "", {"epub": book_file})
        if "imscc" in wanted.formats:
            yield _packed(course, cartridge(book, course, wanted.site_url))


def _packed(course: Course, content: bytes) -> _Piece:
    """The cartridge. Whether it is as before is known when it is made, which is no more work than to find out."""
    origin = _digest([content, maker_digest()])
    return _Piece(
        f"{course.uri}{course.id}.imscc", course, "imscc", "Package for a learning platform", origin, lambda: content
    )


def _printed(
    course: Course, document: Document, suffix: str, printers: dict[Format, Callable[[Document], bytes]]
) -> Iterator[_Piece]:
    for form, make in printers.items():
        uri = f"{course.uri}{course.id}{suffix}.{form}"
        origin = _digest([document.digest, form, maker_digest()])

        def made(document: Document = document, make: Callable[[Document], bytes] = make) -> bytes:
            return make(document)

        yield _Piece(uri, course, form, document.what, origin, made)


def _printers(wanted: Wanted) -> dict[Format, Callable[[Document], bytes]]:
    """What makes the formats of paper. Their libraries belong to an extra, so they are imported when they are asked for."""
    found: dict[Format, Callable[[Document], bytes]] = {}
    if "pdf" in wanted.formats:
        from casebook.exports.teaching.pdf import PdfMaker

        found["pdf"] = PdfMaker(wanted.faces).pdf_file
    if "docx" in wanted.formats:
        from casebook.exports.teaching.word import word_file

        found["docx"] = word_file
    return found


@cache
def maker_digest() -> str:
    """What can change a file besides its document: this program's own files, and the versions of what it calls."""
    own = [path.read_bytes() for path in sorted(Path(__file__).parent.iterdir()) if path.is_file()]
    return _digest([__version__, *own, *map(_version, ("typst", "pypandoc_binary", "python-docx"))])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[str | bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode()
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


def missing_libraries(formats: Collection[str]) -> list[str]:
    """The wanted formats whose library is not installed."""
    from importlib.util import find_spec

    return [form for form in FORMATS if form in formats and form in NEED_EXTRA and find_spec(NEED_EXTRA[form]) is None]
