"""What `casebook attest` found out about each quote, and whether it still holds for the words shown."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from casebook.book import Casebook, Sighting
from casebook.model import Id, Model, Quote, Sha256
from casebook.placeholders import is_placeholder
from casebook.problems import Location, Problem, Severity
from casebook.reading import Locator
from casebook.text_files import read_text

FILE_NAME = "attestations.json"

Badge = Literal["verbatim", "reported", "unverified"]
Method = Literal["full-text", "excerpt"]


def _read_day(text: str) -> str:
    """A day as `2026-11-22`; Python reads other forms of ISO 8601 too, which the pages' dates do not."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("a day is written as 2026-11-22")
    return text


class Attestation(Model):
    """That a quote's words stand in an archived text."""

    source: Id
    source_sha256: Sha256
    """Digest of the archived file in which the words were found."""
    start: int
    """First character of the words in that file, in code points from 0."""
    end: int
    """One past their last character."""
    exact_sha256: Sha256
    """Digest of the normalised words."""
    prefix_sha256: Sha256
    """Digest of the 32 normalised characters before them."""
    suffix_sha256: Sha256
    on: Annotated[str, AfterValidator(_read_day)]
    """The day on which they were found, as `2026-11-22`."""
    method: Method
    """`full-text`: in the source's whole text; `excerpt`: in an excerpt that somebody copied from it."""


class Attestations(Model):
    """The file `casefiles/attestations.json`, written by `casebook attest`."""

    schema_version: Literal[1]
    quotes: dict[str, Attestation]
    """`case-id#quote-id` → attestation."""


_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SINGLE_QUOTES = re.compile("[\u2018-\u201b\u2032\u02bc]")
_DOUBLE_QUOTES = re.compile("[\u201c-\u201f\u2033\u300c-\u300f\u00ab\u00bb]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def normalise(text: str) -> tuple[str, list[int]]:
    """The text as quotes are compared, and for each of its characters the place in the original.

    Unicode NFKC; dashes and quotation marks in one form each; runs of white space as one blank; invisible characters
    dropped. Letters, digits, case and punctuation stay.
    """
    out: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(text):
        end = index + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFKC", text[index:end])
        for character in _plain_marks(piece):
            if not character.isspace():
                out.append(character)
                places.append(index)
            elif out and out[-1] != " ":
                out.append(" ")
                places.append(index)
        index = end
    return "".join(out), places


def _plain_marks(text: str) -> str:
    return _DASHES.sub("-", _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', _INVISIBLE.sub("", text))))


def digest(text: str) -> str:
    """SHA-256 of a text after `normalise`."""
    # Nearly all text is in its normal form already, except for white space and marks: places are worked out for nothing.
    text = text.replace("…", "...")
    if unicodedata.is_normalized("NFKC", text):
        normal = " ".join((text if text.isascii() else _plain_marks(text)).split())
    else:
        normal = normalise(text)[0].strip()
    return hashlib.sha256(normal.encode()).hexdigest()


def load_attestations(path: Path, name: str) -> tuple[Mapping[str, Attestation], list[Problem]]:
    """Read the attestations; an absent file means that nothing is attested yet."""
    if not path.exists():
        return {}, []
    text, problems = read_text(path, name, limit=None)
    if text is None:
        return {}, problems
    try:
        return Attestations.model_validate(json.loads(text)).quotes, []
    except (ValueError, RecursionError) as error:  # pydantic's and json's errors are ValueErrors
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        hint = "restore it, or delete it and run: casebook attest --archive DIR"
        return {}, [Problem(Location(name, line, column), "CB503", "the attestations cannot be read", hint)]


def badge_of(quote: Quote, attestation: Attestation | None) -> Badge:
    """The badge that a quote has earned. Edited words, or another source, lose it."""
    if attestation is None or attestation.source != quote.source or attestation.exact_sha256 != digest(quote.exact):
        return "unverified"
    return "verbatim" if attestation.method == "full-text" else "reported"


def sightings_of(attestations: Mapping[str, Attestation], badges: Mapping[str, str]) -> dict[str, Sighting]:
    """What views say of how a quote was checked, for every quote whose badge still holds."""
    return {
        key: Sighting(found.on, found.method, found.source_sha256, found.start, found.end)
        for key, found in attestations.items()
        if badges.get(key, "unverified") != "unverified"
    }


def check_attestations(
    book: Casebook, attestations: Mapping[str, Attestation], name: str
) -> tuple[dict[str, str], list[Problem]]:
    """Badges of all quotes, and a problem for each that has none or has lost it."""
    badges: dict[str, str] = {}
    problems: list[Problem] = []
    locator = Locator()
    # Ids of cases and quotes are the keys; where they are to be mended first, nothing is known about attestations.
    unsure: set[str] = set()
    for case in book.cases.values():
        entry = book.entries[case.id]
        ids = Counter(quote.id for quote in case.quotes)
        has_id = case.id == entry.path.stem and not entry.is_stand_in(("id",))
        if not has_id or len(ids) < len(case.quotes):
            unsure.add(case.id)
        for index, quote in enumerate(case.quotes):
            key = f"{case.id}#{quote.id}"
            badges[key] = badge_of(quote, attestations.get(key))
            is_sure = has_id and ids[quote.id] == 1 and not entry.is_stand_in(("quotes", index))
            if badges[key] != "unverified" or not is_sure or is_placeholder(quote.exact):
                continue
            place = locator.locate(entry, ("quotes", index, "exact"))
            if key in attestations:
                message = f'the quote "{quote.id}" is not the one that was attested: its words or its source changed'
                hint = "restore the source's words, or attest anew with: casebook attest --archive DIR"
                problems.append(Problem(place, "CB501", message, hint))
            else:
                message = f'the quote "{quote.id}" is not attested'
                hint = "run: casebook attest --archive DIR"
                problems.append(Problem(place, "CB502", message, hint, Severity.WARNING))
    for key in sorted(set(attestations) - set(badges)):
        case_id = key.partition("#")[0]
        if case_id in book.cases.keys() - unsure and not book.entries[case_id].is_stand_in(("quotes",)):
            message = f'"{key}" is attested but is not a quote'
            problems.append(
                Problem(Location(name), "CB504", message, "run: casebook attest --archive DIR", Severity.WARNING)
            )
    return badges, problems
