"""Essay Markdown → safe HTML with numbered paragraphs and resolved references.

CommonMark is rendered by `cmarkgfm` (GitHub's C library), which drops raw HTML and unsafe links, and what comes out is
sanitised again by `nh3`. Only then are `[[id]]` and `[@source]` replaced by our own, escaped, markup.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Protocol

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options
from markupsafe import Markup

_OPTIONS = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_SMART

REFERENCE = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
CITATION = re.compile(r"\[(@[^\[\]]*)\]")
_SOURCE_ID = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)(?:,\s*(.+))?")
_MARKER = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]|\[(@[^\[\]]*)\]")
_CODE_HTML = re.compile(r"(<pre>.*?</pre>|<code>.*?</code>)", re.DOTALL)
_CODE_SOURCE = re.compile(r"(?P<fence>^ {0,3}(?P<mark>`{3,}|~{3,}).*?^ {0,3}(?P=mark)[ \t]*$)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL | re.MULTILINE)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")

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


@dataclass(frozen=True, slots=True)
class Mark:
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


def _without_code(text: str) -> str:
    """The text with code spans, code blocks and escapes blanked, so that positions stay true."""
    blank: Callable[[re.Match[str]], str] = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731 - used twice, below
    return _ESCAPED.sub(blank, _CODE_SOURCE.sub(blank, text))


def scan_marks(text: str) -> Iterator[Mark]:
    """Every reference and citation of a prose text, in order, with the place of its id."""
    if "[" not in text:
        return
    clean = _without_code(text) if "`" in text or "\\" in text else text
    for match in _MARKER.finditer(clean):
        if match[3] is None:
            yield Mark(match.start(1), match[1].strip(), is_citation=False)
            continue
        offset = match.start(3)
        for part in match[3].split(";"):
            found = _SOURCE_ID.fullmatch(part.strip())
            if found:
                yield Mark(offset + part.index("@") + 1, found[1], is_citation=True)
            offset += len(part) + 1


_HTML_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--|![A-Za-z]|\?|!\[CDATA\[)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?=\s|$)|(?<=\n)(?: {0,3}(?:=+|-+)[ \t]*)$", re.MULTILINE)
_INLINE_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^\s)>]*)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:\s*<?([^\s>]*)", re.MULTILINE)
_ODD_REFERENCE = re.compile(r"\[\[(?![^\[\]|\n]+(?:\|[^\[\]]+)?\]\])")
_ODD_CITATION = re.compile(r"\[@(?!(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:,[^;\[\]]+)?)(?:;\s*@[a-z0-9]+(?:-[a-z0-9]+)*(?:,[^;\[\]]+)?)*\])")


def scan_faults(text: str) -> Iterator[Fault]:
    """Whatever the format refuses in prose: raw HTML, pictures, headings, links that lead nowhere safe."""
    clean = _without_code(text)
    if "<" in clean:
        autolinks = {match.start() for match in _AUTOLINK.finditer(clean)}
        for match in _HTML_TAG.finditer(clean):
            if match.start() not in autolinks:
                yield Fault(match.start(), "CB401", f"{_shorten(match[0])} is raw HTML", "write it in Markdown")
        for start in sorted(autolinks):
            yield from _link_fault(start + 1, clean[start + 1 :].split(">")[0])
    for match in _IMAGE.finditer(clean):
        yield Fault(match.start(), "CB402", "pictures do not stand in prose", "describe the picture under `media`")
    for match in _HEADING.finditer(clean):
        previous = clean[: match.start()].rstrip("\n").rsplit("\n", 1)[-1]
        if match[0].lstrip().startswith("#") or (previous.strip() and clean[match.start() - 1 : match.start()] == "\n" and not clean[: match.start()].endswith("\n\n")):
            yield Fault(match.start(), "CB403", "a heading stands in prose", "make it a section of `body`")
    for pattern in (_INLINE_LINK, _DEFINITION):
        for match in pattern.finditer(clean):
            yield from _link_fault(match.start(1), match[1])
    for match in _ODD_REFERENCE.finditer(clean):
        yield Fault(match.start(), "CB405", "this [[reference]] cannot be read", "write [[id]] or [[id|words]]")
    for match in _ODD_CITATION.finditer(clean):
        yield Fault(match.start(), "CB405", "this [@citation] cannot be read", "write [@source-id] or [@a; @b, p. 3]")


def _link_fault(offset: int, address: str) -> Iterator[Fault]:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", unescape(address))
    if scheme and scheme[1].lower() in _LINK_SCHEMES:
        return
    if scheme is None and "@" in address:
        return  # an e-mail address between angle brackets
    what = f"links may not use {scheme[1]}:" if scheme else f'"{_shorten(address)}" is not a whole address'
    yield Fault(offset, "CB404", what, "link to https://…, or inside the casebook with [[id]]")


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


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
        return Prose(Markup(_resolve(html, resolver)), 0)  # noqa: S704 - sanitised above
    numbered, count = _number_paragraphs(html, first)
    return Prose(Markup(_resolve(numbered, resolver)), count)  # noqa: S704 - sanitised above


_NEEDS_CLEANING = re.compile(r"<(?!/?(?:p|em|strong|ul|ol|li|blockquote|code)>)")


def _sanitise(html: str) -> str:
    # Most prose renders to bare paragraphs and emphasis, which need no second look; the test is stricter than the cleaner.
    if not _NEEDS_CLEANING.search(html):
        return html
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_LINK_SCHEMES, link_rel=None, strip_comments=True
    )


def _resolve(html: str, resolver: Resolver) -> str:
    if "[" not in html:
        return html

    def replace(match: re.Match[str]) -> str:
        if match[3] is None:
            return resolver.reference(match[1].strip(), (match[2] or "").strip())
        found = [_SOURCE_ID.fullmatch(part.strip()) for part in match[3].split(";")]
        return resolver.citation([(part[1], (part[2] or "").strip()) for part in found if part])

    pieces = _CODE_HTML.split(html)
    pieces[::2] = [_MARKER.sub(replace, piece) for piece in pieces[::2]]
    return "".join(pieces)


_BLOCK = re.compile(r"<(/?)(p|ul|ol|blockquote|section)\b[^>]*>")


def _number_paragraphs(html: str, first: int) -> tuple[str, int]:
    """Give top-level paragraphs their number and anchor; those inside lists and quotations have none."""
    out: list[str] = []
    depth = end = count = 0
    for match in _BLOCK.finditer(html):
        if match[2] != "p":
            depth += -1 if match[1] else 1
        elif not match[1] and depth == 0:
            number = first + count
            count += 1
            anchor = paragraph_anchor(html[match.end() : html.index("</p>", match.end())])
            out.append(html[end : match.start()])
            out.append(
                f'<p id="{anchor}"><a class="pn" href="#{anchor}" aria-label="Paragraph {number}">{number}</a>'
            )
            end = match.end()
    out.append(html[end:])
    return "".join(out), count


def paragraph_anchor(html: str) -> str:
    """The permanent address of a paragraph: `p-` and its first five words.

    A number would move when a paragraph is put in before it, a digest would move at every comma. Words are kept until
    the paragraph begins in another way.
    """
    plain = _MARKER.sub(lambda m: "" if m[3] is not None else m[2] or m[1].rpartition("#")[2], html)
    plain = unescape(re.sub(r"<[^>]+>", "", plain)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", plain))[:5]
    return f"p-{'-'.join(words)}"[:60] if words else f"p-{hashlib.sha256(plain.encode()).hexdigest()[:10]}"


def plain_text(html: str) -> str:
    """The words of an HTML fragment, for search and counting."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def plain_prose(text: str) -> str:
    """The words of a prose field without Markdown, references reduced to their words and citations dropped."""
    clean = _MARKER.sub(lambda m: "" if m[3] is not None else (m[2] or m[1].rpartition("#")[2]), text)
    return " ".join(re.sub(r"[*_`>]", "", clean).split())


def count_words(text: str) -> int:
    """Words of a prose field as a reader counts them; a Chinese character counts as one."""
    plain = plain_prose(text)
    return len(re.findall(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]*[^\W_][^\s\u3400-\u9fff]*", plain))
