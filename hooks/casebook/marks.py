"""Prose as its editor wrote it: the marks in it, and what it may not hold.

`[[id]]` and `[@source]` are found where they are marks and not code, with their places, so that references can be
checked before anything is rendered.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from casebook.problems import shorten

MAX_NESTING = 10
"""Deepest nesting of lists and quotations; cleaning HTML takes time with the square of it."""
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
SOURCE_ID = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)(?:,\s*(\S.*))?", re.DOTALL)
"""One source of a citation, with its locator."""
MARKER = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]|\[(@[^\[\]]*)\]")
"""A reference (target, words) or a citation (its sources)."""


class Mark(NamedTuple):
    """A reference or citation as it stands in the source text."""

    offset: int
    """Where its id starts in the text, from 0."""
    target: str
    is_citation: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that prose may not hold."""

    offset: int
    code: str
    message: str
    hint: str


_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_NEW_BLOCK = re.compile(r"[ \t]*(?:$|>|#|[*+-][ \t]|\d{1,9}[.)][ \t])")
_TICKS_OR_ESCAPE = re.compile(r"`+|\\[!-/:-@\[-`{-~]")


def _without_code(text: str) -> str:
    """The text with code spans, code blocks and escapes blanked, so that positions stay true."""
    if not ("`" in text or "\\" in text or "~~~" in text):
        return text
    out: list[str] = []
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        opening = None if fence else _FENCE.match(line)
        if not (fence or opening):
            if _NEW_BLOCK.match(line):
                out += _without_spans(block)
                block = []
            block.append(line)
            continue
        out += [*_without_spans(block), " " * len(line)]
        block = []
        bare = line.strip(" \t")
        if opening:
            fence = opening[1]
        elif len(bare) >= len(fence) and not bare.strip(fence[0]):
            fence = ""
    return "\n".join(out + _without_spans(block))


def _without_spans(lines: list[str]) -> list[str]:
    """The lines of one block, code spans and escapes blanked. A span ends at as many backticks as it began with."""
    text = "\n".join(lines)
    if "`" not in text and "\\" not in text:
        return lines
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    out: list[str] = []
    position = 0
    while match := _TICKS_OR_ESCAPE.search(text, position):
        end = match.end()
        out.append(text[position : match.start()])
        if match[0][0] == "`":
            same = runs.get(len(match[0]), [])
            closing = bisect_left(same, end)
            end = same[closing] + len(match[0]) if closing < len(same) else end
        out.append(re.sub(r"[^\n]", " ", text[match.start() : end]))
        position = end
    return "".join([*out, text[position:]]).split("\n")


def scan_marks(text: str) -> Iterator[Mark]:
    """Every reference and citation of a prose text, in order, with the place of its id."""
    if "[" not in text:
        return
    for match in MARKER.finditer(_without_code(text)):
        written, _, cited = match.groups()
        if cited is None:
            target = written.strip()
            yield Mark(match.start(1) + written.index(target), target, False)  # noqa: FBT003 - keywords cost more than the rest
            continue
        offset = match.start(3)
        for part in cited.split(";"):
            found = SOURCE_ID.fullmatch(part.strip())
            if found:
                yield Mark(offset + part.index("@") + 1, found[1], True)  # noqa: FBT003 - likewise
            offset += len(part) + 1


_HTML_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--|![A-Za-z]|\?|!\[CDATA\[)")
_AUTOLINK = re.compile(
    r"<(?:(?:https?://|mailto:)[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*)>", re.IGNORECASE
)
_IMAGE = re.compile(r"(?<!<)!\[")
_IMAGE_TARGET = re.compile(r"!\[[^\[\]]*\]\(")
_LINK_TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WHOLE_ADDRESS = re.compile(r"https?://[^/]|mailto:[^/]", re.IGNORECASE)
_CONTAINERS = r"(?:[ \t]*(?:>|[*+-](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))"
_DEFINITION = re.compile(rf"^{_CONTAINERS}*[ \t]*\[(?!\^)[^\[\]\n]+\]:\s*<?([^\s>]*)", re.MULTILINE)
_DEEP = re.compile(rf"^{_CONTAINERS}{{{MAX_NESTING + 1}}}", re.MULTILINE)
_HEADING = re.compile(rf"(?:{_CONTAINERS}+ {{0,4}}| {{0,3}})(#{{1,6}})(?=\s|$)")
_BLOCK_STARTS = frozenset(" \t>#=*+-0123456789")
"""What a line begins with when it is more than a paragraph's: no heading, list or quotation begins otherwise."""
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ODD_REFERENCE = re.compile(r"\[\[(?![^\[\]|<\n]+(?:\|(?:[^\[\]<\n]|\n(?!\s*\n))+)?\]\])")
_SOUND_CITATION = re.compile(r"\[@[a-z0-9]+(?:-[a-z0-9]+)*(?:,[ ][^\s\[\];][^\[\];]*)?\]")
"""A citation of one source as it is nearly always written."""
_CITATION_LIKE = re.compile(r"\[@[^\[\]]*\]?")


def scan_faults(text: str) -> Iterator[Fault]:
    """Whatever the format refuses in prose: raw HTML, pictures, headings, links that lead nowhere safe."""
    clean = _without_code(text)
    if "<" in clean:
        yield from _html_faults(clean)
    # Nearly every text is sound paragraphs; each of these looks is many times cheaper than the search that it spares.
    is_plain = _BLOCK_STARTS.isdisjoint([line[:1] for line in clean.split("\n")])
    if "![" in clean:
        for match in _IMAGE.finditer(clean):
            yield Fault(match.start(), "CB402", "pictures do not stand in prose", "describe the picture under `media`")
    if not is_plain:
        for offset in _headings(clean):
            yield Fault(offset, "CB403", "a heading stands in prose", "make it a section of `body`")
    if "](" in clean or "]:" in clean:
        yield from _links(clean)
    if "[" in clean:
        yield from _odd_marks(clean)
    for match in () if is_plain else _DEEP.finditer(clean):
        message = f"lists and quotations are nested more than {MAX_NESTING} deep"
        yield Fault(match.start(), "CB406", message, "write plain paragraphs")


def _html_faults(clean: str) -> Iterator[Fault]:
    autolinks = {match.start() for match in _AUTOLINK.finditer(clean)}
    for match in _HTML_TAG.finditer(clean):
        if match.start() not in autolinks:
            yield Fault(match.start(), "CB401", f"{shorten(match[0], 30)} is raw HTML", _in_markdown(match[0]))
    for start in sorted(autolinks):
        address = clean[start + 1 : clean.index(">", start)]
        if ":" in address:  # others are e-mail addresses
            yield from _link_fault(start + 1, address)


_IN_MARKDOWN = {
    **dict.fromkeys(("b", "strong"), "in Markdown, write **bold**"),
    **dict.fromkeys(("i", "em"), "in Markdown, write *italic*"),
    **dict.fromkeys(("p", "br"), "in Markdown, an empty line begins a new paragraph"),
    "a": "in Markdown, write [words](https://address)",
}


def _in_markdown(tag: str) -> str:
    """How to write what a tag is for."""
    name = re.match(r"</?([a-z]+)\b", tag, re.IGNORECASE)
    return _IN_MARKDOWN.get(name[1].lower() if name else "", "write it in Markdown")


def _headings(clean: str) -> Iterator[int]:
    """Where headings start: at `#`, or at the line under their words."""
    offset = 0
    above = ""
    for line in clean.split("\n"):
        heading = _HEADING.match(line)
        underline = _UNDERLINE.fullmatch(line) if above.strip() else None
        found = heading or underline
        if found:
            yield offset + found.start(1)
        # A line under a heading is a rule, and so is one under a rule.
        above = "" if found else line
        offset += len(line) + 1


def _links(clean: str) -> Iterator[Fault]:
    pictures = {match.end() - 2 for match in _IMAGE_TARGET.finditer(clean)}
    for match in _LINK_TARGET.finditer(clean):
        if match.start() not in pictures:
            yield from _link_fault(match.start(1), match[1])
    if "]:" in clean:
        for match in _DEFINITION.finditer(clean):
            yield from _link_fault(match.start(1), match[1])


def _odd_marks(clean: str) -> Iterator[Fault]:
    for match in _ODD_REFERENCE.finditer(clean) if "[[" in clean else ():
        yield Fault(match.start(), "CB405", "this [[reference]] cannot be read", "write [[id]] or [[id|words]]")
    begun = clean.count("[@")
    # Nearly all citations are sound, and then none has to be looked at by itself.
    for match in _CITATION_LIKE.finditer(clean) if begun != len(_SOUND_CITATION.findall(clean)) else ():
        parts = match[0][1:-1].split(";")
        if not match[0].endswith("]") or not all(SOURCE_ID.fullmatch(part.strip()) for part in parts):
            hint = "write [@source-id] or [@a; @b, p. 3]"
            yield Fault(match.start(), "CB405", "this [@citation] cannot be read", hint)


def _link_fault(offset: int, address: str) -> Iterator[Fault]:
    if _WHOLE_ADDRESS.match(unescape(address)):
        return
    scheme = _SCHEME.match(unescape(address))
    what = f'"{shorten(address, 30)}" is not a whole address'
    if scheme and scheme[1].lower() not in LINK_SCHEMES:
        what = f"links may not use {shorten(scheme[1], 30)}:"
    yield Fault(offset, "CB404", what, "link to https://…, or inside the casebook with [[id]]")


def plain_prose(text: str) -> str:
    """The words of a prose field without Markdown, references reduced to their words and citations dropped."""
    return " ".join(_without_markdown(text).split())


def _without_markdown(text: str) -> str:
    clean = MARKER.sub(lambda m: "" if m[3] is not None else (m[2] or m[1].rpartition("#")[2]), text)
    return clean.replace("*", "").replace("_", "").replace("`", "").replace(">", "")


_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]\S*")
"""From a word's first letter or digit to its end: found once in each word that has one."""


def count_words(text: str) -> int:
    """Words of a prose field as a reader counts them: what holds a letter or digit; a Chinese character counts as one."""
    plain = _without_markdown(text)
    characters = 0 if plain.isascii() else len(_CHINESE.findall(plain))
    return characters + len(_WORD.findall(_CHINESE.sub(" ", plain) if characters else plain))


WORDS_A_MINUTE = 220
"""Silent reading of English non-fiction: 238 words a minute on average (Brysbaert 2019), less for figures and notes."""


def minutes_to_read(words: int) -> int:
    """Reading time in whole minutes, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))
