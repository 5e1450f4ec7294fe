"""The assigned text of a reading, away from the site: on paper, in a book, in a learning platform.

It is made from the sections of the case's page, so that its paragraphs have the numbers and its sources the numbers that
they have there. What a style sheet says on the page is said in words here (`exports.plain_html`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import AttributeValueList, NavigableString, Tag
from markupsafe import Markup

from casebook.book import Casebook
from casebook.courses import Reading
from casebook.exports.plain_html import HEADINGS, reduce_tree, tags
from casebook.model import Case, Source
from casebook.views.case import argument_sections, essay_sections, record_sections, source_row
from casebook.views.page import Section
from casebook.views.rendering import View, fragment

LEFT_OUT = frozenset({"questions", "related"})
"""Sections of a case's page that a reader on paper has elsewhere, or has no use for."""
_KEPT_CLASSES = frozenset({"pn", "cite", "sources", "quotes"})
_KEPT_ATTRIBUTES = frozenset({"class", "id", "href", "lang", "datetime", "start", "colspan", "scope"})
_UNSEEN = frozenset({"noprint", "key", "strip-fig"})
"""What helps on a screen only."""
_CJK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e"
_CHINESE = re.compile(f"[{_CJK}](?:[{_CJK}\\s0-9A-Za-z·]*[{_CJK}])?")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def reading_text(book: Casebook, reading: Reading, site_url: str, *, level: int = 2, prefix: str = "") -> Markup:
    """What is to be read, as well-formed XHTML without its title: headings begin at `level`, paragraphs are numbered.

    Every id begins with `prefix`, the case's id and two hyphens, so that several readings can stand in one document, and
    one case twice. Where `site_url` is known, each paragraph's number leads to its permanent address on the site and links lead there too;
    where it is empty there are no links but those within the text. Of a source, whose text is not ours, what it is and
    where it stands.
    """
    if reading.case is None:
        return source_text(book, reading.source, site_url) if reading.source is not None else Markup("")
    case = reading.case
    view = View(book, f"cases/{case.id}/", case)
    chosen = {section.id for section in reading.sections}
    essay = list(essay_sections(view, case))  # all of it, since numbers run through the whole
    parts = [section for section in essay if section.id in chosen]
    if reading.is_whole:
        parts = [
            Section("glance", 2, "At a glance", fragment("glance", lines=case.glance)), *parts,
            *record_sections(view, case), *argument_sections(view, case),
        ]  # fmt: skip
    soup = _assemble(part for part in parts if part.id not in LEFT_OUT)
    _add_sources(soup, view)
    return _finished(soup, _Place(f"{prefix}{case.id}", view.uri, site_url), level)


def prose_text(book: Casebook, text: str, uri: str, site_url: str) -> Markup:
    """A prose field of a page at `uri` as well-formed XHTML, with links as in `reading_text`."""
    html = View(book, uri).prose(text, "note")
    return _finished(_reduced(BeautifulSoup(html, "html.parser")), _Place("", uri, site_url), 2)


def paragraph_numbers(book: Casebook, case: Case) -> dict[str, tuple[int, ...]]:
    """Local id → the numbers of the essay's paragraphs that belong to a section, or that lead to an event, quote or claim."""
    view = View(book, f"cases/{case.id}/", case)
    found: dict[str, list[int]] = {}
    for section in essay_sections(view, case):
        for mark in BeautifulSoup(section.html, "html.parser").select("p > a.pn"):
            number = int(mark.get_text())
            links = mark.parent.select('a[href^="#"]:not(.pn)') if mark.parent else []
            for local in {section.id, *(str(link["href"])[1:] for link in links)}:
                found.setdefault(local, []).append(number)
    return {local: tuple(numbers) for local, numbers in found.items()}


def source_text(book: Casebook, source: Source, site_url: str) -> Markup:
    """What a source is and where it stands: its text is not ours."""
    view = View(book, f"sources/{source.id}/")
    soup = BeautifulSoup(fragment("sources", rows=[source_row(view, source)]), "html.parser")
    for entry in soup.select("li"):
        entry.name = "p"
        del entry["id"]
        entry.parent.unwrap() if entry.parent else None
    return _finished(_reduced(soup), _Place(source.id, view.uri, site_url), 2)


def _assemble(parts: Iterable[Section]) -> BeautifulSoup:
    """The sections with their headings."""
    html = Markup("").join(
        Markup('<section><h2 id="{}">{}</h2>{}</section>').format(part.id, part.title, part.html) for part in parts
    )
    return _reduced(BeautifulSoup(html, "html.parser"))


def _reduced(soup: BeautifulSoup) -> BeautifulSoup:
    for element in tags(soup):
        classes = frozenset(element.get("class") or ())
        if classes:
            _say(element, classes)
    return reduce_tree(soup)


def _say(element: Tag, classes: frozenset[str]) -> None:
    """Take away what is of use on a screen only, and say with an element what a style sheet would."""
    if not classes.isdisjoint(_UNSEEN):
        element.extract()
    elif "how" in classes:
        badges = element.find("summary")
        if badges is not None:
            badges.name = "p"
            element.replace_with(badges)
    elif "chart-data" in classes and element.summary is not None:
        element.summary.extract()
    elif "st" in classes and element.parent is not None and element.parent.name == "header":
        element.name = "p"
    elif "rec" in classes and element.name == "p":
        for fact in element.find_all("span", recursive=False)[1:]:
            fact.insert_before("· ")


def _add_sources(soup: BeautifulSoup, view: View) -> None:
    """The list of the sources that are cited, under the numbers that they have on the page."""
    cited = {str(link.get("href", "")).removeprefix("#source-") for link in soup.find_all("a")}
    rows = [source_row(view, view.book.sources[source]) for source in view.numbers if source in cited]
    if not rows:
        return
    listed = BeautifulSoup(fragment("sources", rows=rows), "html.parser")
    numbers = [view.numbers[source] for source in view.numbers if source in cited]
    for entry, number in zip(listed.find_all("li"), numbers, strict=True):
        entry.name = "p"
        entry.insert(0, f"{number}. ")
    for group in listed.find_all("ol"):
        group.name = "div"
        group["class"] = AttributeValueList(["sources"])
    heading = Tag(name="h2")
    heading.string = "Sources cited"
    section = Tag(name="section")
    section.extend([heading, *_reduced(listed).contents[:]])
    soup.append(section)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text came from, for its links and ids."""

    subject: str
    uri: str
    """The page, from the site's root."""
    site_url: str

    def address(self, href: str) -> str:
        """A link's absolute address; empty where that is not known."""
        if urlsplit(href).scheme:
            return href
        path, mark, anchor = href.partition("#")
        target = normpath(join(self.uri, path)) if path else self.uri.rstrip("/")
        folder = "" if target == "." else f"{target}/"
        return f"{self.site_url}{folder}{mark}{anchor}" if self.site_url else ""


def _finished(soup: BeautifulSoup, place: _Place, level: int) -> Markup:
    _settle_anchors(soup)
    elements = tags(soup)
    own = {str(element["id"]) for element in elements if "id" in element.attrs}
    for element in elements:
        _shift(element, level)
        _lead(element, place, own)
        _tidy(element, place)
    for words in list(soup.find_all(string=_NOT_XML)):
        words.replace_with(NavigableString(_NOT_XML.sub("\ufffd", words)))
    _mark_chinese(soup)
    return Markup(soup.decode(formatter="minimal"))  # noqa: S704 - a tree of elements, whose words are escaped


def _settle_anchors(soup: BeautifulSoup) -> None:
    """Give an address to what it stands before, a heading, a paragraph or its number, so that it is no empty element."""
    for anchor in tags(soup):
        around = anchor.parent
        if anchor.name != "a" or "href" in anchor.attrs or anchor.contents or around is None:
            continue
        is_alone = around.name == "p" and len(around.contents) == 1
        named = _first_block(around.find_next_sibling()) if is_alone else anchor.next_sibling
        if around.name in HEADINGS:
            named = around
        if not isinstance(named, Tag):
            continue
        if "id" not in named.attrs and (named.name in HEADINGS or "pn" in (named.get("class") or ())):
            named["id"] = anchor["id"]
            (around if is_alone else anchor).extract()
        elif is_alone and named.name == "p":
            named.insert(0, anchor.extract())
            around.extract()


def _first_block(element: Tag | None) -> Tag | None:
    """The first heading or paragraph in an element."""
    while element is not None and element.name not in HEADINGS | {"p"}:
        element = next((child for child in element.children if isinstance(child, Tag)), None)
    return element


def _shift(element: Tag, level: int) -> None:
    if element.name in HEADINGS:
        element.name = f"h{min(6, int(element.name[1]) - 2 + level)}"


def _lead(element: Tag, place: _Place, own: set[str]) -> None:
    """Lead a link to its place in this text, or else on the site; where that is not known, leave its words."""
    href = element.get("href")
    if href is None:
        return
    local = str(href).removeprefix("#") if str(href).startswith("#") else ""
    is_number = "pn" in (element.get("class") or ())
    if local in own and not is_number:
        element["href"] = f"#{place.subject}--{local}"
        return
    address = place.address(str(href))
    if address:
        element["href"] = address
        return
    element.name = "span"
    del element["href"]


def _tidy(element: Tag, place: _Place) -> None:
    """Keep of an element's attributes those that mean something away from the site."""
    if "id" in element.attrs:
        element["id"] = f"{place.subject}--{element['id']}"
    classes = " ".join(name for name in element.get("class") or () if name in _KEPT_CLASSES)
    if classes:
        element["class"] = classes
    for name in element.attrs.keys() - (_KEPT_ATTRIBUTES if classes else _KEPT_ATTRIBUTES - {"class"}):
        del element[name]
    if element.name in {"article", "header", "figure", "figcaption"}:
        element.name = "div"
    if element.name == "span" and not element.attrs:
        element.unwrap()


def _mark_chinese(soup: BeautifulSoup) -> None:
    """Mark Chinese words that nothing marks yet: they are set in another face, and read out in another voice."""
    for words in list(soup.find_all(string=_CHINESE)):
        if not _is_marked(words):
            words.replace_with(*_marked(str(words)))


def _is_marked(words: NavigableString) -> bool:
    return any(str(parent.get("lang", "")).startswith("zh") for parent in words.parents)


def _marked(words: str) -> Iterator[Tag | NavigableString]:
    end = 0
    for found in _CHINESE.finditer(words):
        yield NavigableString(words[end : found.start()])
        marked = Tag(name="span", attrs={"lang": "zh-Hans"})
        marked.string = found[0]
        yield marked
        end = found.end()
    yield NavigableString(words[end:])
