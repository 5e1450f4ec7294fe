"""Essay Markdown → safe HTML with numbered paragraphs and resolved references.

CommonMark is rendered by `cmarkgfm` (GitHub's C library), which drops raw HTML and unsafe links, and what comes out is
sanitised again by `nh3`. Only then are `[[id]]` and `[@source]` replaced by our own, escaped, markup.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple, Protocol

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options
from markupsafe import Markup

from casebook.problems import shorten

MAX_NESTING = 10
"""Deepest nesting of lists and quotations; cleaning HTML takes time with the square of it."""

_OPTIONS = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_SMART

_SOURCE_ID = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)(?:,\s*(\S.*))?", re.DOTALL)
_MARKER = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]|\[(@[^\[\]]*)\]")
# The same in HTML, where words hold emphasis and code but no links.
_PLACED = re.compile(
    r"\[\[(?P<target>[^\[\]|<>]+)(?:\|(?P<words>(?:[^\[\]<]|</?(?:em|strong|code)>)+))?\]\]"
    r"|[ \n]?\[(?P<sources>@(?:[^\[\]<]|</?(?:em|strong|code)>)*)\]"
)
_CODE_HTML = re.compile(r"<pre>.*?</pre>|<code>.*?</code>", re.DOTALL)
_SEMICOLON = re.compile(r"(?<!&amp)(?<!&lt)(?<!&gt)(?<!&quot);")

# What an essay may hold. Headings belong to `body[].heading`, pictures to `media`.
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "sup", "section"}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "data-footnote-ref", "data-footnote-backref", "aria-label"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"class"},
    "section": {"class"},
}
_LINK_SCHEMES = {"http", "https", "mailto"}


class Resolver(Protocol):
    """Turns references into markup for one page. Words come as safe HTML, and markup is returned as safe HTML."""

    def reference(self, target: str, words: str) -> str:
        """The link for `[[target|words]]`; `words` is empty when none were written."""

    def citation(self, sources: list[tuple[str, str]]) -> str:
        """The marks for `[@a; @b, p. 3]`, as pairs of source id and locator."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered prose."""

    html: Markup
    paragraphs: int
    """Numbered paragraphs in it."""


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
    for match in _MARKER.finditer(_without_code(text)):
        if match[3] is None:
            target = match[1].strip()
            yield Mark(match.start(1) + match[1].index(target), target, is_citation=False)
            continue
        offset = match.start(3)
        for part in match[3].split(";"):
            found = _SOURCE_ID.fullmatch(part.strip())
            if found:
                yield Mark(offset + part.index("@") + 1, found[1], is_citation=True)
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
_CONTAINERS = r"(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])))"
_DEFINITION = re.compile(rf"^{_CONTAINERS}*[ \t]*\[(?!\^)[^\[\]\n]+\]:\s*<?([^\s>]*)", re.MULTILINE)
_DEEP = re.compile(rf"^{_CONTAINERS}{{{MAX_NESTING + 1}}}", re.MULTILINE)
_HEADING = re.compile(rf"(?:{_CONTAINERS}+ {{0,4}}| {{0,3}})(#{{1,6}})(?=\s|$)")
_MAYBE_HEADING = re.compile(r"#|^[ \t]*[=-]+[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ODD_REFERENCE = re.compile(r"\[\[(?![^\[\]|<\n]+(?:\|(?:[^\[\]<\n]|\n(?!\s*\n))+)?\]\])")
_CITATION_LIKE = re.compile(r"\[@[^\[\]]*\]?")


def scan_faults(text: str) -> Iterator[Fault]:
    """Whatever the format refuses in prose: raw HTML, pictures, headings, links that lead nowhere safe."""
    clean = _without_code(text)
    if "<" in clean:
        yield from _html_faults(clean)
    for match in _IMAGE.finditer(clean):
        yield Fault(match.start(), "CB402", "pictures do not stand in prose", "describe the picture under `media`")
    for offset in _headings(clean):
        yield Fault(offset, "CB403", "a heading stands in prose", "make it a section of `body`")
    yield from _links(clean)
    if "[" in clean:
        yield from _odd_marks(clean)
    for match in _DEEP.finditer(clean):
        message = f"lists and quotations are nested more than {MAX_NESTING} deep"
        yield Fault(match.start(), "CB406", message, "write plain paragraphs")


def _html_faults(clean: str) -> Iterator[Fault]:
    autolinks = {match.start() for match in _AUTOLINK.finditer(clean)}
    for match in _HTML_TAG.finditer(clean):
        if match.start() not in autolinks:
            yield Fault(match.start(), "CB401", f"{shorten(match[0], 30)} is raw HTML", "write it in Markdown")
    for start in sorted(autolinks):
        address = clean[start + 1 : clean.index(">", start)]
        if ":" in address:  # others are e-mail addresses
            yield from _link_fault(start + 1, address)


def _headings(clean: str) -> Iterator[int]:
    """Where headings start: at `#`, or at the line under their words."""
    if not _MAYBE_HEADING.search(clean):
        return
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
    for match in _ODD_REFERENCE.finditer(clean):
        yield Fault(match.start(), "CB405", "this [[reference]] cannot be read", "write [[id]] or [[id|words]]")
    for match in _CITATION_LIKE.finditer(clean):
        parts = match[0][1:-1].split(";")
        if not match[0].endswith("]") or not all(_SOURCE_ID.fullmatch(part.strip()) for part in parts):
            hint = "write [@source-id] or [@a; @b, p. 3]"
            yield Fault(match.start(), "CB405", "this [@citation] cannot be read", hint)


def _link_fault(offset: int, address: str) -> Iterator[Fault]:
    if _WHOLE_ADDRESS.match(unescape(address)):
        return
    scheme = _SCHEME.match(unescape(address))
    what = f'"{shorten(address, 30)}" is not a whole address'
    if scheme and scheme[1].lower() not in _LINK_SCHEMES:
        what = f"links may not use {shorten(scheme[1], 30)}:"
    yield Fault(offset, "CB404", what, "link to https://…, or inside the casebook with [[id]]")


def render_prose(text: str, resolver: Resolver, *, scope: str, first: int | None = None) -> Prose:
    """Render a prose field.

    `scope` is an id, unique on the page, that keeps the ids of footnotes apart. With `first`, top-level paragraphs are
    numbered from there and get permanent anchors (`paragraph_anchor`).
    """
    html = cmarkgfm.markdown_to_html(text, options=_OPTIONS)
    html = _sanitise(html)
    if "fn" in html:
        html = re.sub(r'((?:id|href)="#?)(fn(?:ref)?-)', rf"\g<1>{scope}-\2", html)
    if first is None:
        return Prose(Markup(_resolve(html, text, resolver)), 0)  # noqa: S704 - sanitised above
    numbered, count = _number_paragraphs(html, first)
    return Prose(Markup(_resolve(numbered, text, resolver)), count)  # noqa: S704 - sanitised above


_NEEDS_CLEANING = re.compile(r"<(?!/?(?:p|em|strong|ul|ol|li|blockquote|code)>)")


def _sanitise(html: str) -> str:
    # Most prose renders to bare paragraphs and emphasis, which need no second look; the test is stricter than the cleaner.
    if not _NEEDS_CLEANING.search(html):
        return html
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_LINK_SCHEMES, link_rel=None, strip_comments=True
    )


def _resolve(html: str, text: str, resolver: Resolver) -> str:
    """Put markup in the place of references and citations.

    What `scan_marks` did not see in the source was not checked either, and stays the text that it is.
    """
    if "[" not in html:
        return html
    marks = list(scan_marks(text))
    targets = {mark.target for mark in marks if not mark.is_citation}
    sources = {mark.target for mark in marks if mark.is_citation}

    ends = [end for found in _CODE_HTML.finditer(html) for end in found.span()] if "<code>" in html else []

    def replace(match: re.Match[str]) -> str:
        place = match.start()
        is_in_tag = html.rfind("<", 0, place) > html.rfind(">", 0, place)
        if is_in_tag or bisect_right(ends, place) % 2:  # between a start of code and its end
            return match[0]
        target, words, cited = (match["target"] or "").strip(), match["words"] or "", match["sources"]
        if target in targets and _is_nested_well(words):
            return resolver.reference(target, words.strip())
        if not cited:
            return match[0]
        found = [_SOURCE_ID.fullmatch(part.strip()) for part in _SEMICOLON.split(cited)]
        pairs = [(part[1], (part[2] or "").strip()) for part in found if part and part[1] in sources]
        if len(pairs) == len(found) and all(_is_nested_well(locator) for _, locator in pairs):
            return resolver.citation(pairs)
        return match[0]

    return _PLACED.sub(replace, html)


def _is_nested_well(html: str) -> bool:
    """Whether every element that starts in a piece of HTML ends in it."""
    if "<" not in html:
        return True
    still_open: list[str] = []
    for slash, name in re.findall(r"<(/?)(\w+)>", html):
        if not slash:
            still_open.append(name)
        elif not still_open or still_open.pop() != name:
            return False
    return not still_open


_BLOCK = re.compile(r"<(/?)(p|ul|ol|blockquote|section)\b[^>]*>")


def _number_paragraphs(html: str, first: int) -> tuple[str, int]:
    """Give top-level paragraphs their number and anchor; those inside lists and quotations have none."""
    out: list[str] = []
    taken: set[str] = set()
    depth = end = count = 0
    for match in _BLOCK.finditer(html):
        if match[2] != "p":
            depth += -1 if match[1] else 1
        elif not match[1] and depth == 0:
            number = first + count
            count += 1
            anchor = _free_anchor(paragraph_anchor(html[match.end() : html.index("</p>", match.end())]), taken)
            out.append(html[end : match.start()])
            out.append(
                f'<p id="{anchor}"><a class="pn" href="#{anchor}" aria-label="Paragraph {number}">{number}</a>'
            )
            end = match.end()
    out.append(html[end:])
    return "".join(out), count


def _free_anchor(anchor: str, taken: set[str]) -> str:
    """The anchor, with a number when an earlier paragraph begins with the same words."""
    free, number = anchor, 1
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free


def paragraph_anchor(html: str) -> str:
    """The permanent address of a paragraph: `p-` and its first five words.

    A number would move when a paragraph is put in before it, a digest would move at every comma. Words are kept until
    the paragraph begins in another way.
    """
    plain = _MARKER.sub(lambda m: "" if m[3] is not None else m[2] or m[1].rpartition("#")[2], html)
    plain = unescape(re.sub(r"<[^<>]+>", "", plain)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", plain))[:5]
    return f"p-{'-'.join(words)}"[:60] if words else f"p-{hashlib.sha256(plain.encode()).hexdigest()[:10]}"


_TAG = re.compile(r"<[^<>]+>")


def escaped_text(html: str) -> str:
    """The words of an HTML fragment, still escaped: what Material's search index wants."""
    return " ".join(_TAG.sub(" ", html).split())


def plain_text(html: str) -> str:
    """The words of an HTML fragment."""
    return unescape(escaped_text(html))


def plain_prose(text: str) -> str:
    """The words of a prose field without Markdown, references reduced to their words and citations dropped."""
    clean = _MARKER.sub(lambda m: "" if m[3] is not None else (m[2] or m[1].rpartition("#")[2]), text)
    return " ".join(re.sub(r"[*_`>]", "", clean).split())


# A Chinese character, or what stands between blanks and holds a letter or digit. The look behind keeps a long run of
# dashes from being tried again at each of them.
_WORD = re.compile(r"[\u3400-\u9fff]|(?<![^\s\u3400-\u9fff])[^\s\u3400-\u9fff]*?[^\W_][^\s\u3400-\u9fff]*")


def count_words(text: str) -> int:
    """Words of a prose field as a reader counts them; a Chinese character counts as one."""
    return len(_WORD.findall(plain_prose(text)))
