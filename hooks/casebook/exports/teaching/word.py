"""A document for Word and the programs that read its files, with styles that a teacher can change in one place."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from casebook.exports.teaching.documents import Document
from casebook.exports.teaching.trees import Node, classes, epoch_of, nodes, replace_blocks, tree_of
from casebook.pandoc import meta_value, run_pandoc, write_tree

INK, QUIET, ACCENT = RGBColor(0x16, 0x18, 0x1D), RGBColor(0x55, 0x5A, 0x65), RGBColor(0x1F, 0x39, 0x9B)
SERIF, CHINESE = "Georgia", "SimSun"
"""Faces that come with Word; elsewhere the program takes its own."""
PARAGRAPHS = {
    "facts": "Facts", "record": "Record", "dek": "Standfirst", "ask": "Question", "evidence": "Evidence", "room": "Writing Line",
    "sources": "Source Entry", "reference": "Evidence",
}  # fmt: skip
"""Class of a division → the style of its paragraphs."""
WORDS = {"pn": "Paragraph Number", "address": "Address", "minutes": "Address"}
"""Class of words → their style."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
NEW_PAGE = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}


def word_file(document: Document) -> bytes:
    """The document as a .docx file. The same document gives the same bytes."""
    tree = tree_of(document)
    tree["meta"] |= {
        "subtitle": meta_value(f"{document.what}. {document.summary}"), "description": meta_value(document.summary),
        "category": meta_value(document.what), "keywords": meta_value([document.edition.words]),
    }  # fmt: skip
    for node in nodes(tree["blocks"]):
        _style(node)
    replace_blocks(tree, _on_a_new_page)
    reference = _reference(document)
    return write_tree(
        tree, "docx", ["--reference-doc=reference.docx"], {"reference.docx": reference}, epoch_of(document)
    )


def _style(node: Node) -> None:
    names = PARAGRAPHS if node["t"] == "Div" else WORDS
    style = next((names[name] for name in classes(node) if name in names), None)
    if style is not None and node["t"] in ("Div", "Span"):
        node["c"][0][2].append(["custom-style", style])
    elif style is not None and node["t"] == "Link":
        node["c"][1] = [{"t": "Span", "c": [["", [], [["custom-style", style]]], node["c"][1]]}]


def _on_a_new_page(block: Node) -> list[Node]:
    return [NEW_PAGE, block] if block["t"] == "Div" and "reading" in classes(block) else [block]


def _reference(document: Document) -> bytes:
    """Pandoc's own reference document with this project's styles, and a footer that names the edition."""
    made = docx.Document(BytesIO(_pandocs_reference()))
    _page(made, f"{document.title}, {document.what.lower()}, {document.edition.words}")
    _styles(made.styles)
    out = BytesIO()
    made.save(out)
    return _undated(out)


def _undated(package: BytesIO) -> bytes:
    """The package with all its files of one day: pandoc takes over when those were written that it does not change."""
    out = BytesIO()
    with ZipFile(package) as read, ZipFile(out, "w", ZIP_DEFLATED) as written:
        for name in sorted(read.namelist()):
            written.writestr(ZipInfo(name, _LONG_AGO), read.read(name))
    return out.getvalue()


@cache
def _pandocs_reference() -> bytes:
    return run_pandoc(["--print-default-data-file=reference.docx"], b"")


def _page(made: Any, words: str) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.7)
    footer = section.footer.paragraphs[0]
    footer.text = f"{words}\t"
    footer.style.font.size, footer.style.font.color.rgb = Pt(8), QUIET
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_ALIGN_PARAGRAPH.RIGHT)
    for name, between in (("PAGE", " / "), ("NUMPAGES", "")):
        _field(footer, name)
        footer.add_run(between)


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills in: the page's number, or how many there are."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        paragraph.add_run()._r.append(element)


def _styles(styles: Any) -> None:
    for style in styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            _face(style)
    languages = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    languages.set(qn("w:val"), "en-GB")
    languages.set(qn("w:eastAsia"), "zh-CN")
    for name, size, before, after in (
        ("Title", 26, 0, 4), ("Subtitle", 12, 0, 10), ("Heading 1", 19, 22, 6), ("Heading 2", 14, 16, 5),
        ("Heading 3", 11.5, 12, 4), ("Heading 4", 10.5, 10, 3), ("Body Text", 10.5, 0, 6), ("First Paragraph", 10.5, 0, 6),
        ("Compact", 10.5, 0, 3), ("Block Text", 11.5, 4, 4),
    ):  # fmt: skip
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.bold = Pt(size), INK, name == "Heading 3"
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name in ("Title", "Subtitle"):
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for name, size, before, after, colour in (
        ("Facts", 9, 0, 2, INK), ("Record", 9, 0, 6, QUIET), ("Standfirst", 12, 0, 6, INK), ("Question", 12, 16, 4, INK),
        ("Evidence", 9, 0, 2, QUIET), ("Writing Line", 14, 0, 0, INK), ("Source Entry", 9, 0, 3, INK),
    ):  # fmt: skip
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _face(style)
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    styles["Standfirst"].font.italic = True
    styles["Question"].paragraph_format.keep_with_next = True
    styles["Source Entry"].paragraph_format.left_indent = Cm(0.6)
    styles["Source Entry"].paragraph_format.first_line_indent = Cm(-0.6)
    _underline_lines(styles["Writing Line"])
    for name in ("Paragraph Number", "Address"):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _face(style)
        style.font.size, style.font.color.rgb = Pt(8), QUIET
    styles["Hyperlink"].font.color.rgb = ACCENT


def _face(style: Any) -> None:
    """Serif for Latin letters, a Chinese face for Chinese, in the place of a theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, face in (("ascii", SERIF), ("hAnsi", SERIF), ("cs", SERIF), ("eastAsia", CHINESE)):
        fonts.set(qn(f"w:{name}"), face)


def _underline_lines(style: Any) -> None:
    """A rule below each paragraph, and between two of them."""
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "B8BCC6")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
