"""Bibliographic records out of the files of reference managers: BibTeX, RIS and CSL-JSON.

What a file does not say is not in the record; what it says in a way of its own (`1 May 2024`) is left out rather than
guessed at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts

from casebook.bibliography import Record

_BIBTEX_TYPES = {
    "article": "article", "book": "book", "inbook": "chapter", "incollection": "chapter", "online": "webpage",
    "report": "report", "techreport": "report", "electronic": "webpage", "www": "webpage",
}  # fmt: skip
_RIS_TYPES = {
    "NEWS": "article-newspaper", "MGZN": "article-magazine", "JOUR": "article", "BOOK": "book", "CHAP": "chapter",
    "RPRT": "report", "BLOG": "post-weblog", "VIDEO": "broadcast", "MPCT": "motion_picture", "ELEC": "webpage",
    "WEB": "webpage",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=$|[^\d\-/]|/)")


class RecordsError(ValueError):
    """Why a file holds no records that can be read."""


def read_records(text: str, suffix: str) -> list[Record]:
    """The records of a file, as CSL-JSON with dates in EDTF. Raises RecordsError."""
    reader = READERS.get(suffix)
    if reader is None:
        raise RecordsError(f"a file of records ends in {', '.join(READERS)}")
    try:
        return [{key: value for key, value in record.items() if value} for record in reader(text)]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OSError) as error:
        raise RecordsError(f"its records cannot be read: {error}") from error


def _read_bibtex(text: str) -> Iterable[Record]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(), SeparateCoAuthors(), SplitNameParts()])
    if library.failed_blocks:
        raise RecordsError(f"line {library.failed_blocks[0].start_line or 0} is no BibTeX")
    for entry in library.entries:
        fields: dict[str, Any] = {name.lower(): field.value for name, field in entry.fields_dict.items()}
        yield {
            "id": entry.key,
            "type": _BIBTEX_TYPES.get(entry.entry_type.lower()),
            "title": _plain(fields.get("title")),
            "author": [_bibtex_name(name) for name in fields.get("author", ())],
            "editor": [_bibtex_name(name) for name in fields.get("editor", ())],
            "issued": _plain(fields.get("date")) or _month(fields),
            "container-title": _plain(
                fields.get("journaltitle") or fields.get("journal") or fields.get("booktitle") or fields.get("organization")
            ),
            "publisher": _plain(fields.get("publisher")),
            "URL": _plain(fields.get("url")),
            "language": _language(_plain(fields.get("langid") or fields.get("language"))),
        }  # fmt: skip


def _bibtex_name(name: Any) -> dict[str, str]:  # noqa: ANN401 - the library's NameParts
    family = _plain(" ".join([*name.von, *name.last]))
    given = _plain(" ".join(name.first))
    return {"family": family, "given": given} if given else {"literal": family}


def _month(fields: Mapping[str, Any]) -> str:
    year, month = _plain(fields.get("year")), _plain(fields.get("month"))
    return f"{year}-{int(month):02}" if year and month.isdecimal() else year


def _plain(value: object) -> str:
    """A BibTeX value without the braces that hold its capitals."""
    return " ".join(str(value or "").replace("{", "").replace("}", "").split())


def _language(word: str) -> str:
    """A tag as it is; the names that BibLaTeX has for languages say which tag is meant."""
    return {"english": "en", "american": "en-US", "british": "en-GB", "chinese": "zh"}.get(word.lower(), word)


def _read_ris(text: str) -> Iterable[Record]:
    for entry in rispy.loads(text):
        names = {key: [_ris_name(name) for name in entry.get(key, ())] for key in ("authors", "secondary_authors")}
        yield {
            "id": entry.get("id", ""),
            "type": _RIS_TYPES.get(entry["type_of_reference"]),
            "title": entry.get("title") or entry.get("primary_title"),
            "author": names["authors"],
            "editor": names["secondary_authors"],
            "issued": _day(entry.get("date", "")) or _day(entry.get("year", "")),
            "container-title": entry.get("secondary_title") or entry.get("journal_name"),
            "publisher": entry.get("publisher"),
            "URL": next(iter(entry.get("urls", ())), ""),
            "language": _language(entry.get("language", "")),
        }


def _ris_name(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": name.strip()}


def _read_csl(text: str) -> Iterable[Record]:
    found = json.loads(text)
    for item in found if isinstance(found, list) else [found]:
        yield {**item, "issued": _csl_date(item.get("issued")), "language": _language(item.get("language", ""))}


def _csl_date(value: Any) -> str:  # noqa: ANN401 - JSON
    if not value:
        return ""
    if "date-parts" in value:
        ends = ["-".join(f"{int(part):0{4 if place == 0 else 2}}" for place, part in enumerate(end)) for end in value["date-parts"]]  # fmt: skip
        return "/".join(ends) + ("~" if value.get("circa") and len(ends) == 1 else "")
    return _day(str(value.get("raw") or value.get("literal") or ""))


def _day(text: str) -> str:
    """`2024/5/1/` as `2024-05-01`, as far as it goes; nothing where the order of its parts is not plain."""
    match = _DAY.match(text.strip())
    if not match:
        return ""
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


READERS: Mapping[str, Callable[[str], Iterable[Record]]] = {
    ".bib": _read_bibtex, ".ris": _read_ris, ".json": _read_csl,
}  # fmt: skip
"""How a file is called that holds records, and what reads it."""
