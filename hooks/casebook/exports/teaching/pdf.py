"""A document as a PDF that can be read by eye and by ear: tagged, with an outline and links, of the standard PDF/UA-1.

Typst sets it. Its program is fixed (`paper.typ`), and what it sets comes in as data, so that no word of a casefile can
become markup. Pandoc's own writer for Typst was tried: it loses the languages of words, and the places that links lead to.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

import typst

from casebook.bibliography import PUBLICATION
from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.trees import epoch_of

STANDARD: typst.PDFStandard = "ua-1"
_PROGRAM = Path(__file__).parent / "paper.typ"
_ID = re.compile(r' id="([^"]+)"')
_LINK = re.compile(r' href="#([^"]+)"')


@dataclass
class PdfMaker:
    """Makes PDFs with the faces of some folders and no others. Each thread has a compiler of its own."""

    faces: tuple[Path, ...]
    _own: threading.local = field(default_factory=threading.local, repr=False)

    def pdf_file(self, document: Document) -> bytes:
        """The document as a .pdf file. The same document and faces give the same bytes.

        Where it holds a character that no face has, it is made without claiming the standard: a reader would not hear it.
        """
        given = {"document": json.dumps(_data(document), ensure_ascii=False)}
        try:
            return self._compile(document, given, [STANDARD])
        except typst.TypstError as error:
            if not _is_about_a_character(error):
                raise
            return self._compile(document, given, [])

    def _compile(self, document: Document, given: dict[str, str], standards: list[typst.PDFStandard]) -> bytes:
        made = self._compiler().compile(
            _PROGRAM, format="pdf", sys_inputs=given, pdf_standards=standards, timestamp=epoch_of(document)
        )
        assert isinstance(made, bytes)  # noqa: S101 - one file, since it is no picture
        return made

    def _compiler(self) -> typst.Compiler:
        if not hasattr(self._own, "compiler"):
            self._own.compiler = typst.Compiler(
                _PROGRAM, root=_PROGRAM.parent, font_paths=list(self.faces), ignore_system_fonts=True,
                package_path=_PROGRAM.parent, package_cache_path=_PROGRAM.parent,
            )  # fmt: skip
        compiler: typst.Compiler = self._own.compiler
        return compiler


def _is_about_a_character(error: typst.TypstError) -> bool:
    return "could not be displayed with" in f"{error.message} {error.diagnostic}"


def _data(document: Document) -> dict[str, object]:
    day = document.edition.date.latest
    linked = set(_ID.findall(document.body)) & set(_LINK.findall(document.body))
    return {
        "title": document.title, "what": document.what, "summary": document.summary, "edition": document.edition.words,
        "language": document.language, "author": PUBLICATION, "publication": PUBLICATION,
        "day": [day.year, day.month, day.day],
        "facts": [{"label": fact.label, "words": fact.words, "href": fact.href} for fact in document.facts],
        "targets": dict.fromkeys(sorted(linked), True),
        "body": f"<body>{document.body}</body>",
    }  # fmt: skip
