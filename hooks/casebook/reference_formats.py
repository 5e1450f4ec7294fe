"""Bibliographic records as files for reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares.parsestack import default_unparse_stack
from bibtexparser.model import Entry, Field

from casebook.bibliography import Record


class ReferenceFormat(NamedTuple):
    """A kind of file that reference managers read."""

    label: str
    suffix: str
    media_type: str
    write: Callable[[Sequence[Record]], str]


_ENCODER = json.JSONEncoder(ensure_ascii=False)
_REMEMBERED = 4096
"""Records whose text is kept: a source is printed with every case that cites it, and twice, since its page says the size."""


def to_bibtex(records: Sequence[Record]) -> str:
    """BibLaTeX, which BibTeX reads too: `year` stands beside `date` for its sake, and unknown entry types are `misc` to it."""
    return "\n\n".join(_bibtex_text(_ENCODER.encode(record)) for record in records)


@lru_cache(maxsize=_REMEMBERED)
def _bibtex_text(record_json: str) -> str:
    library = Library([_bibtex_entry(json.loads(record_json))])
    # The library is ours alone; copying it first would take most of the time.
    return str(write_string(library, unparse_stack=default_unparse_stack(allow_inplace_modification=True)))


_BIBTEX_TYPES = {
    "article": "article", "article-magazine": "article", "article-newspaper": "article", "book": "book",
    "chapter": "incollection", "post": "online", "post-weblog": "online", "report": "report", "webpage": "online",
}  # fmt: skip
_BIBTEX_CONTAINERS = {"article": "journaltitle", "incollection": "booktitle"}
_LATEX = str.maketrans(
    {
        # Braces are counted even after a backslash, so they are written as commands.
        "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def _bibtex_entry(record: Record) -> Entry:
    kind = _BIBTEX_TYPES.get(record["type"], "misc")
    fields = {
        "author": " and ".join(map(_bibtex_name, record.get("author", ()))),
        "editor": " and ".join(map(_bibtex_name, record.get("editor", ()))),
        # Braced twice, so that no style takes the capitals out of names.
        "title": f"{{{record['title'].translate(_LATEX)}}}" if "title" in record else "",
        _BIBTEX_CONTAINERS.get(kind, "organization"): record.get("container-title", "").translate(_LATEX),
        "publisher": record.get("publisher", "").translate(_LATEX),
        "date": _edtf(record["issued"]) if "issued" in record else "",
        "year": str(record["issued"]["date-parts"][0][0]) if "issued" in record else "",
        "url": record.get("URL", "").translate(_VERBATIM),
        "urldate": _edtf(record["accessed"]) if "accessed" in record else "",
        "language": record["language"],
        "annotation": record.get("note", "").translate(_LATEX),
    }
    return Entry(kind, record["id"], [Field(name, value) for name, value in fields.items() if value])


def _bibtex_name(name: dict[str, str]) -> str:
    """`{雷军}` or `Goh, Brenda`: braces keep a name in one piece."""
    if "literal" in name:
        return f"{{{name['literal'].translate(_LATEX)}}}"
    return ", ".join(_whole(name[part].translate(_LATEX)) for part in ("family", "given") if part in name)


def _whole(part: str) -> str:
    return f"{{{part}}}" if "," in part or " and " in f" {part.lower()} " else part


def _edtf(value: dict[str, Any]) -> str:
    ends = ["-".join([f"{end[0]:04}", *(f"{part:02}" for part in end[1:])]) for end in value["date-parts"]]
    return "/".join(ends) + ("~" if value.get("circa") and len(ends) == 1 else "")


_RIS_TYPES = {
    "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP",
    "motion_picture": "MPCT", "post": "ELEC", "post-weblog": "BLOG", "report": "RPRT", "webpage": "ELEC",
}  # fmt: skip


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    def set_header(self, count: int) -> str:
        """No numbers before the references: the format has none."""
        return ""


def to_ris(records: Sequence[Record]) -> str:
    """RIS. A name without a comma is one piece there, as `literal` is in CSL-JSON."""
    return "\n".join(_ris_text(_ENCODER.encode(record)) for record in records)


@lru_cache(maxsize=_REMEMBERED)
def _ris_text(record_json: str) -> str:
    return str(rispy.dumps([_ris_entry(json.loads(record_json))], implementation=_Writer))


def _ris_entry(record: Record) -> dict[str, Any]:
    fields = {
        "type_of_reference": _RIS_TYPES.get(record["type"], "GEN"),
        "authors": [_ris_name(name) for name in record.get("author", ())],
        "secondary_authors": [_ris_name(name) for name in record.get("editor", ())],
        "title": record.get("title"),
        "secondary_title": record.get("container-title"),
        "publisher": record.get("publisher"),
        "year": str(record["issued"]["date-parts"][0][0]) if "issued" in record else None,
        "date": _ris_date(record["issued"]) if "issued" in record else None,
        "urls": [record["URL"]] if "URL" in record else None,
        "access_date": _ris_date(record["accessed"]) if "accessed" in record else None,
        "language": record["language"],
        "id": record["id"],
        "notes": [record["note"]] if "note" in record else None,
    }
    return {key: value for key, value in fields.items() if value}


def _ris_name(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(name[part] for part in ("family", "given") if part in name)


def _ris_date(value: dict[str, Any]) -> str:
    """`2024/11/13/`, with empty places for what is not known; an interval's start."""
    parts = [f"{part:02}" for part in value["date-parts"][0]]
    return "/".join([*parts, "", "", ""][:4])


def to_csl_json(records: Sequence[Record]) -> str:
    """CSL-JSON, which is what the records are, an item a line."""
    return "[\n" + ",\n".join(_ENCODER.encode(record) for record in records) + "\n]\n"


FORMATS = (
    ReferenceFormat("BibTeX", "bib", "application/x-bibtex", to_bibtex),
    ReferenceFormat("RIS", "ris", "application/x-research-info-systems", to_ris),
    ReferenceFormat("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", to_csl_json),
)
