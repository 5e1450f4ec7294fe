"""What is known of a source before anybody is asked: from its address, its page, its text, or a file of records."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from casebook.scaffold.desk import RefusedError
from casebook.scaffold.fields import Path
from casebook.text_files import read_text

PAGE_BYTES = 2 * 1024 * 1024
"""What is read of a page: its head stands at the beginning."""
RECORDS = (".bib", ".ris", ".json")
PAGES = (".html", ".htm")
_CSL = ("type", "title", "issued", "container-title", "publisher", "URL", "language")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a field of a source, and where it comes from, for the editor to see."""

    value: str | Sequence[str]
    origin: str
    is_certain: bool = False
    """Whether it was computed, so that there is nothing to ask about."""


Facts = Mapping[Path, Fact]


def is_address(where: str) -> bool:
    """Whether this is the address of a page, and not the name of a file."""
    return where.lower().startswith(("http://", "https://"))


def facts_of(where: str, *, is_excerpt: bool = False, record: str = "") -> Facts:
    """What an address or file says without the network. Raises RefusedError.

    A text file says its digest; one of records (BibTeX, RIS, CSL-JSON) and a saved page say what they say of a source.
    """
    if is_address(where):
        return {("csl", "URL"): Fact(where, "your words")}
    path = FilePath(where)
    if not path.is_file():
        raise RefusedError(f"there is no file {where!r}; an address begins with https://", status=2)
    if path.suffix.lower() in RECORDS:
        return _of_record(path, record)
    if path.suffix.lower() in PAGES:
        return _of_page(path.read_bytes(), "")
    field = "excerpt_sha256" if is_excerpt else "sha256"
    return {
        (field,): Fact(hashlib.sha256(path.read_bytes()).hexdigest(), f"the digest of {path.name}", is_certain=True)
    }


def facts_of_page(address: str, asker: str, timeout: float) -> Facts:
    """What a page on the web says of itself. Raises RefusedError when it cannot be had.

    `asker` is the name under which the server is asked, `timeout` in seconds for each step.
    """
    # Imported here: an eighth of a second, for what has to be asked for.
    from casebook.web import Manners, NoPageError, read_page

    try:
        page = read_page(address, Manners(asker, timeout=timeout), PAGE_BYTES)
    except NoPageError as error:
        raise RefusedError(
            f"{address} cannot be read: {error}. Leave out --fetch, and say what you know of it"
        ) from error
    return _of_page(page.content, page.charset)


def _of_page(content: bytes, charset: str) -> Facts:
    # Imported here: few sources are read so, and the library takes its time.
    from casebook.scaffold.metadata import read_metadata

    return {path: Fact(_whole(found.value), found.origin) for path, found in read_metadata(content, charset).items()}


def _whole(value: str | list[str]) -> str | list[str]:
    """Names without a comma in one piece: a page does not say whether they are those of people."""
    return value if isinstance(value, str) else [name if "," in name else f"{{{name}}}" for name in value]


def _of_record(path: FilePath, key: str) -> Facts:
    from casebook.reference_reading import RecordsError, read_records

    text, problems = read_text(path, path.name, limit=None)
    if text is None:
        raise RefusedError(*(f"{problem.location.file}: {problem.message}; {problem.hint}" for problem in problems))
    try:
        records = {str(record.get("id", "")): record for record in read_records(text, path.suffix.lower())}
    except RecordsError as error:
        raise RefusedError(f"{path.name}: {error}") from error
    if len(records) != 1 and key not in records:
        there = f"it has {', '.join(records)}; choose one with --record" if records else "there is no record in it"
        raise RefusedError(f"{path.name}: {there}", status=2)
    record = records.get(key) or next(iter(records.values()))
    facts: dict[Path, Fact] = {("csl", name): Fact(str(record[name]), path.name) for name in _CSL if record.get(name)}
    for name in ("author", "editor"):
        if record.get(name):
            facts["csl", name] = Fact([_name(person) for person in record[name]], path.name)
    return facts


def _name(person: Mapping[str, str]) -> str:
    """A name as the options take it: `Writer, Will`, or in one piece, in braces."""
    if person.get("literal"):
        return f"{{{person['literal']}}}"
    return ", ".join(part for part in (person.get("family"), person.get("given")) if part)
