"""Everything that is published of a casebook, looked through for what hostile words have made of it.

A page is inert when it has only elements and attributes that the same casebook with harmless words has too, and as many;
a file is inert when it can be read as what it is, and its HTML is inert.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import cmarkgfm
import markdown
import rispy
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser, LexborNode

from casebook.book import Casebook
from casebook.codes import all_codes
from casebook.exports.cards import card_files
from casebook.exports.head import page_head
from casebook.exports.markdown import page_markdown
from casebook.exports.search import search_entries
from casebook.exports.site import Site
from casebook.exports.site_files import FILE_FAMILIES
from casebook.pipeline import build_pages
from casebook.preview.excerpts import excerpts
from casebook.preview.moments import Moment
from casebook.preview.panel import notices
from casebook.problems import Problem
from casebook.report import format_github, format_json, format_text
from casebook.sarif import format_sarif
from hostile import dangers, dangers_in, elements

SITE = Site("Example", "https://example.org/book/", "What an example is for")
ATOM = "{http://www.w3.org/2005/Atom}"
Shape = tuple[str, tuple[str, ...]]


@dataclass
class Twin:
    """What the same casebook looks like with harmless words."""

    vocabulary: set[Shape] = field(default_factory=set)
    """Every element with the names of its attributes, over all pages."""
    tags: dict[str, Counter[str]] = field(default_factory=dict)
    """Page → its elements; those of drawings vary with the length of their words and are left out."""


@dataclass
class Seen:
    """What was looked at, and what is wrong with it."""

    pages: int = 0
    files: Counter[str] = field(default_factory=Counter)
    """Kind of file → how many."""
    faults: list[str] = field(default_factory=list)

    def add(self, where: str, faults: list[str]) -> None:
        """Note what is wrong at a place."""
        self.faults += [f"{where}: {fault}" for fault in faults]


def document(book: Casebook, page: object) -> str:
    """A page as the theme puts it together, without its frame."""
    return f"<!doctype html><head>{page_head(book, page, SITE)}</head><body>{page.render()}</body>"


def nodes(html: str) -> list[LexborNode]:
    """Every element of a document as a browser would build it."""
    root = LexborHTMLParser(html).root
    return [node for node in root.traverse(include_text=False) if node.tag != "-comment"] if root else []


def shape_of(node: LexborNode) -> Shape:
    """An element and the names of its attributes. Chinese words have a language, others have none."""
    return node.tag, tuple(sorted(set(node.attributes) - {"lang"}))


DRAWN = frozenset({"circle", "g", "line", "path", "rect", "span", "svg", "text", "title", "tspan", "use", "wbr"})


def tags_of(found: list[LexborNode]) -> Counter[str]:
    """How many of each element there are outside drawings, and without what breaks a line."""
    return Counter(node.tag for node in found if node.tag not in DRAWN)


def twin_of(book: Casebook, *more: Casebook) -> Twin:
    """What pages of this casebook may hold, and what elements there are in others, whose words are of other lengths."""
    twin = Twin()
    for spec in chain(*(build_pages(other, SITE.url) for other in more), build_pages(book, SITE.url)):
        if spec.kind == "problems":
            continue
        found = nodes(document(book, spec.build()))
        twin.vocabulary |= {shape_of(node) for node in found}
        twin.tags[spec.uri] = tags_of(found)
    return twin


def page_faults(html: str, twin: Twin, uri: str | None = None) -> list[str]:
    """What a page holds that its twin does not."""
    found = nodes(html)
    faults = [f"{shape_of(node)} is new" for node in found if shape_of(node) not in twin.vocabulary]
    faults += dangers_in(found, {tag for tag, _ in twin.vocabulary})
    if uri is not None and (more := tags_of(found) - twin.tags[uri]):
        faults.append(f"more {dict(more)} than harmless words make")
    for node in found:
        if node.tag == "script" and node.attributes.get("type") == "application/ld+json":
            faults += _json_faults(node.text())
        elif node.tag == "script" and not re.fullmatch(r"[\w./-]+\.js", node.attributes.get("src") or ""):
            faults.append(f"<script> {node.html[:80]}")
        elif node.tag == "meta" and "http-equiv" in node.attributes and node.attributes["http-equiv"] != "refresh":
            faults.append(f"<meta http-equiv={node.attributes['http-equiv']}>")
    return faults


def _json_faults(text: str) -> list[str]:
    try:
        json.loads(text)
    except ValueError as error:
        return [f"not JSON: {error}"]
    return []


def look_at(book: Casebook, twin: Twin, *, cards: int = 0, markdown_every: int = 1) -> Seen:
    """Every page, its search entries and its Markdown, and every file beside the pages; of social cards, the first few."""
    seen = Seen()
    specs = list(build_pages(book, SITE.url))
    files = {spec.uri: f"{spec.uri}index.md" for spec in specs}
    for spec in specs:
        if spec.kind == "problems":
            continue  # these are our own words
        page = spec.build()
        seen.pages += 1
        seen.add(spec.uri, page_faults(document(book, page), twin, spec.uri))
        for entry in search_entries(page, book):
            seen.files["search entry"] += 1
            found = elements(f"{entry['title']} {entry['text']}")
            seen.add(f"search {entry['location']}", [f"<{node.tag}>" for node in found])
        if seen.pages % markdown_every == 0:
            seen.files["Markdown page"] += 1
            text = page_markdown(page, spec.file, book, files)
            seen.add(files[spec.uri], list(_markdown_faults(text, twin)))
    for family in FILE_FAMILIES:
        for number, file in enumerate(family(book, SITE)):
            if family is card_files and number >= cards:
                break
            kind = Path(file.uri).suffix
            seen.files[kind] += 1
            seen.add(file.uri, list(file_faults(file.uri, file.content, twin)))
    return seen


def _markdown_faults(text: str, twin: Twin) -> Iterator[str]:
    """What a renderer that lets HTML through would make of it: as strict sites do, so that nobody has to be strict."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    tags = {tag for tag, _ in twin.vocabulary} | {"table", "thead", "tbody", "img", "del", "h4", "h5", "h6"}
    for html in (
        cmarkgfm.github_flavored_markdown_to_html(body, Options.CMARK_OPT_UNSAFE),
        markdown.markdown(body, extensions=["extra"]),
    ):
        yield from dangers(html, tags)


def _records(uri: str) -> int:
    """How many records the file of a case, a source or a reading list with one case and one source has."""
    return 2 if uri.startswith("readings/") else 1


def file_faults(uri: str, content: str | bytes, twin: Twin) -> Iterator[str]:
    """What is wrong with a file beside the pages."""
    if isinstance(content, bytes):
        return
    kind = Path(uri).suffix
    if kind == ".json":
        yield from _json_faults(content)
        if uri.endswith("feed.json"):
            for item in json.loads(content)["items"]:
                yield from _fragment_faults(item.get("content_html", ""), twin)
    elif kind == ".xml":
        yield from _xml_faults(content, twin)
    elif kind == ".bib":
        library = bibtexparser.parse_string(content)
        if (
            len(library.entries) != _records(uri)
            or library.failed_blocks
            or library.comments
            or library.strings
            or library.preambles
        ):
            yield f"not one entry: {library.blocks}"
    elif kind == ".ris":
        records = rispy.loads(content)
        lines = [line for line in content.splitlines() if line and not re.match(r"[A-Z][A-Z0-9]  - ", line)]
        if len(records) != _records(uri) or lines:
            yield f"not one record: {lines[:2]}"
    elif kind in (".md", ".txt"):
        yield from _markdown_faults(content, twin)


def _fragment_faults(html: str, twin: Twin) -> Iterator[str]:
    yield from dangers(html, {tag for tag, _ in twin.vocabulary})


def _xml_faults(content: str, twin: Twin) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - our own file, and no entities are declared in it
    except ElementTree.ParseError as error:
        yield f"not XML: {error}"
        return
    for node in root.iter():
        if node.tag.startswith(ATOM) and node.get("type") == "html":
            yield from _fragment_faults(node.text or "", twin)
        elif node.tag.startswith("{http://www.w3.org/1999/xhtml}"):
            yield f"{node.tag}"


PANEL = {"a", "aside", "b", "button", "code", "details", "div", "em", "h1", "h2", "h3", "h4", "li", "mark", "ol", "p", "pre", "section", "span",
         "strong", "summary", "ul"}  # fmt: skip


def problem_faults(problems: tuple[Problem, ...], root: Path) -> Iterator[str]:
    """Problems that are nowhere, and ways to print them that hostile words break."""
    for problem in problems:
        yield from _place_faults(problem, root)
    if len(format_text(problems).splitlines()) != len(problems) + 1:
        yield "text: a problem has more than a line"
    for line in format_github(problems).split("\n") if problems else ():
        if not re.fullmatch(r"::(error|warning) file=[^,\r]*,line=\d+,col=\d+,title=CB\d{3}::[^\r]*", line):
            yield f"github: {line[:120]!r}"
    if len(json.loads(format_json(problems))) != len(problems):
        yield "json: another number of problems"
    yield from _json_faults(format_sarif(problems, (), "https://example.org/"))
    panel = notices(
        Moment(problems=problems, excerpts=excerpts(root.parent, (problem.location for problem in problems))),
        root.parent,
        "",
        "/",
    )
    html = str(panel.panel)
    for node in elements(html):
        if node.tag not in PANEL or any(name.startswith("on") for name in node.attributes):
            yield f"panel: {node.html[:120]}"
        elif not re.match(r"vscode://file/|/problems/|#|$", node.attributes.get("href") or ""):
            yield f"panel: {node.attributes['href']}"


def _place_faults(problem: Problem, root: Path) -> Iterator[str]:
    place = problem.location
    path = root.parent / place.file
    if problem.code not in all_codes():
        yield f"no such code: {problem.code}"
    if not (path.exists() or path.is_symlink()):
        yield f"no such file: {problem}"
    elif path.is_file() and place != type(place)(place.file):
        lines = re.split("\r\n|[\n\r]", path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
        if not (1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1):
            yield f"no such place: {problem}"
