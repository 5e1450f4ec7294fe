"""A document as an EPUB 3, for reading programs: a chapter for each meeting and each text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from casebook.bibliography import PUBLICATION
from casebook.exports.feeds import RIGHTS
from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.trees import epoch_of, tree_of
from casebook.pandoc import meta_value, write_tree
from casebook.views.rendering import capital

ACCESS = {
    "accessModes": ["textual"], "accessModeSufficient": ["textual"],
    "accessibilityFeatures": ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"],
    "accessibilityHazards": ["none"],
    "accessibilitySummary": "All of it is text. Headings, lists, tables and languages are marked, and paragraphs have the numbers that they have on the site.",
}  # fmt: skip


def book_file(document: Document) -> bytes:
    """The document as an .epub file. The same document gives the same bytes."""
    tree = tree_of(document, facts_title="This edition")
    tree["meta"] |= {name: meta_value(value) for name, value in _metadata(document).items()}
    options = ["--split-level=1", "--toc", "--toc-depth=2", "--css=book.css"]
    return write_tree(tree, "epub3", options, {"book.css": _style_sheet()}, epoch_of(document))


def _metadata(document: Document) -> dict[str, Any]:
    edition = capital(document.edition.words)
    return {
        "subtitle": f"{document.what}. {edition}",
        "author": PUBLICATION, "publisher": PUBLICATION, "identifier": document.identifier,
        "date": document.edition.date.latest.isoformat(), "description": f"{document.summary} {edition}.", "rights": RIGHTS, **ACCESS,
    }  # fmt: skip


@cache
def _style_sheet() -> bytes:
    return (Path(__file__).parent / "book.css").read_bytes()
