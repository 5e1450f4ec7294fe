"""Essay Markdown → safe HTML with numbered paragraphs and resolved references.

CommonMark is rendered by `cmarkgfm` (GitHub's C library), which drops raw HTML and unsafe links, and what comes out is
sanitised again by `nh3`. Only then are `[[id]]` and `[@source]` replaced by our own, escaped, markup.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from typing import Protocol

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options
from markupsafe import Markup

from casebook.marks import LINK_SCHEMES, MARKER, SOURCE_ID, scan_marks

_OPTIONS = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_SMART

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


def render_prose(
    text: str, resolver: Resolver, *, scope: str, first: int | None = None, taken: set[str] | None = None
) -> Prose:
    """Render a prose field.

    `scope` is an id, unique on the page, that keeps the ids of footnotes apart. With `first`, top-level paragraphs are
    numbered from there and get permanent anchors (`paragraph_anchor`), added to `taken`, the anchors that earlier
    sections of the page have used.
    """
    html = cmarkgfm.markdown_to_html(text, options=_OPTIONS)
    html = _sanitise(html)
    if "fn" in html:
        html = re.sub(r'((?:id|href)="#?)(fn(?:ref)?-)', rf"\g<1>{scope}-\2", html)
    if first is None:
        return Prose(Markup(_resolve(html, text, resolver)), 0)  # noqa: S704 - sanitised above
    numbered, count = _number_paragraphs(html, first, set() if taken is None else taken)
    return Prose(Markup(_resolve(numbered, text, resolver)), count)  # noqa: S704 - sanitised above


def count_paragraphs(text: str) -> int:
    """How many numbered paragraphs a prose field has."""
    return _number_paragraphs(_sanitise(cmarkgfm.markdown_to_html(text, options=_OPTIONS)), 1, set())[1]


_NEEDS_CLEANING = re.compile(r"<(?!/?(?:p|em|strong|ul|ol|li|blockquote|code)>)")


def _sanitise(html: str) -> str:
    # Most prose renders to bare paragraphs and emphasis, which need no second look; the test is stricter than the cleaner.
    if not _NEEDS_CLEANING.search(html):
        return html
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=LINK_SCHEMES, link_rel=None, strip_comments=True
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
        found = [SOURCE_ID.fullmatch(part.strip()) for part in _SEMICOLON.split(cited)]
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


def _number_paragraphs(html: str, first: int, taken: set[str]) -> tuple[str, int]:
    """Give top-level paragraphs their number and anchor; those inside lists and quotations have none."""
    out: list[str] = []
    depth = end = count = 0
    for match in _BLOCK.finditer(html):
        if match[2] != "p":
            depth += -1 if match[1] else 1
        elif not match[1] and depth == 0:
            number = first + count
            count += 1
            anchor = _free_anchor(paragraph_anchor(html[match.end() : html.index("</p>", match.end())]), taken)
            out.append(html[end : match.start()])
            out.append(f'<p id="{anchor}"><a class="pn" href="#{anchor}" aria-label="Paragraph {number}">{number}</a>')
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
    # Five words and their marks stand within the first few hundred characters.
    plain = MARKER.sub(lambda m: "" if m[3] is not None else m[2] or m[1].rpartition("#")[2], html[:600])
    plain = unescape(re.sub(r"<[^<>]+>", "", plain)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", plain))[:5]
    return f"p-{'-'.join(words)}"[:60] if words else f"p-{hashlib.sha256(plain.encode()).hexdigest()[:10]}"


# The words of a drawing stand in the text beside it too.
_TAG = re.compile(r"<svg\b.*?</svg>|<[^<>]+>", re.DOTALL)


def escaped_text(html: str) -> str:
    """The words of an HTML fragment, still escaped: what Material's search index wants."""
    return " ".join(_TAG.sub(" ", html).split())


def plain_text(html: str) -> str:
    """The words of an HTML fragment."""
    return unescape(escaped_text(html))
