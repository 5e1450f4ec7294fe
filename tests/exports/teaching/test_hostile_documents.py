"""What somebody hostile typed stands on paper as words, and does nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pypdfium2
import pytest

from builders import case, load
from casebook.courses import course_of_case
from casebook.exports.teaching.books import book_file
from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.handouts import reader
from casebook.exports.teaching.pdf import PdfMaker
from casebook.exports.teaching.word import word_file

STRINGS = [
    '#panic("ink")', '#read("/etc/passwd")', "$x^2$ @label <label> = heading", "`#raw`{=openxml}", "<script>alert(1)</script>",
    "![x](file:///etc/passwd)", "*a* _b_ //c /*d*/ ~ \\ --- [[not-a-mark", "\\input{x} \\u{41} ${HOME} %s {{ 7*7 }}", "]]> &lt; &amp;amp; <!--",
]  # fmt: skip


def document(text: str) -> Document:
    quoted = "'" + text.replace("'", "''") + "'"
    changes = (
        ("title: The first case", f"title: {quoted}"), ("title: Ada speaks", f"title: {quoted}"),
        ("text: Was it kept?", f"text: {quoted}"), ("exact: We will ship in March.", f"exact: {quoted}"),
        ("heading: What happened", f"heading: {quoted}"), ("text: Acme will ship in March.", f"text: {quoted}"),
    )  # fmt: skip
    loaded = load(cases={"first-case": case(*changes)})
    assert loaded.casebook, loaded.problems
    return reader(
        loaded.casebook, course_of_case(loaded.casebook, loaded.casebook.cases["first-case"]), "https://a.example/"
    )


def squeezed(text: str) -> str:
    """The letters and marks alone, with quotation marks and dashes made alike: text is set with typographic ones."""
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text).translate(str.maketrans("“”‘’–—…", "\"\"''--."))


@pytest.mark.parametrize("text", STRINGS)
def test_words_are_printed_as_they_are_and_do_nothing(text: str, printer: PdfMaker):
    made = document(text)
    wanted = squeezed(made.title)

    pages = pypdfium2.PdfDocument(printer.pdf_file(made))
    assert wanted in squeezed("".join(page.get_textpage().get_text_bounded() for page in pages))
    word = docx.Document(io.BytesIO(word_file(made)))
    assert wanted in squeezed(" ".join(paragraph.text for paragraph in word.paragraphs))
    with zipfile.ZipFile(io.BytesIO(book_file(made))) as book:
        names = set(book.namelist())
        assert not [name for name in names if "passwd" in name]
        assert not re.search(
            r"<(script|img)\b", "".join(book.read(name).decode() for name in names if name.endswith("html"))
        )


def test_character_that_no_face_has_costs_the_standard_and_not_the_file(printer: PdfMaker):
    made = replace(document("plain"), title="An unheard-of letter: \U000e0fff\u1cff")
    content = printer.pdf_file(made)
    assert len(pypdfium2.PdfDocument(content)) > 0
    assert b"pdfuaid" not in content
