"""HTML → Markdown that CommonMark and Python-Markdown read alike.

`markdownify` does the walking. What is decided here: text is escaped so that no character of a casefile becomes
markup, a paragraph is one line (no word can come to stand at the start of one and turn into a list), and items are
indented by four spaces, which Python-Markdown asks for and CommonMark allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_html
from textwrap import indent

from bs4.element import Tag
from markdownify import MarkdownConverter

from casebook.exports.plain_html import BLOCKS, LOOSE, content, reduce_html

ENTITIES = {"<": "&lt;", ">": "&gt;", "~": "&#126;"}
"""Characters that Python-Markdown cannot escape with a backslash, or that open raw HTML."""

_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(r"[\\`*_{}\[\]#|]|!$")
_ODD = re.compile(r"[<>~]")
_LINE_NUMBER = re.compile(r"^( *\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_LINE_DASH = re.compile(r"^( *)(?=[-+])", re.MULTILINE)
_LINE_ODD = re.compile(r"^( *)([=:?!])", re.MULTILINE)
_IN_ADDRESS = {" ": "%20", "<": "%3C", ">": "%3E", "`": "%60", "|": "%7C", "\\": "%5C"}


def to_markdown(html: str, link: Callable[[str], str], *, level: int = 2) -> str:
    """Convert a page's fragment.

    `link` gives each link its address in the Markdown tree. `level` is that of the heading above the fragment: an `h3`
    is written one level below it.
    """
    return _Converter(link, level).convert_soup(reduce_html(html))


def escape_text(text: str) -> str:
    """Escape running text, wherever in a line it may stand."""
    text = _ENTITY.sub("&amp;", text)
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _ODD.sub(lambda match: ENTITIES[match[0]], text)


def guard_lines(text: str) -> str:
    """Escape what would be a list, a rule, a definition or a container at the start of a line of finished Markdown."""
    text = _LINE_NUMBER.sub(r"\1\\", text)
    text = _LINE_DASH.sub(r"\1\\", text)
    return _LINE_ODD.sub(lambda match: f"{match[1]}&#{ord(match[2])};", text)


def link_address(href: str) -> str:
    """An address as it stands between the parentheses of a Markdown link; it leads where `href` leads."""
    address = _ENTITY.sub("&amp;", "".join(_IN_ADDRESS.get(character, character) for character in href))
    return f"<{address}>" if "(" in address or ")" in address else address


def _inline(mark: str) -> Callable[[_Converter, Tag, str, set[str]], str]:
    """A conversion that sets marks around words, with the spaces left outside."""

    def convert(_: _Converter, __: Tag, text: str, parent_tags: set[str]) -> str:
        words = text.strip()
        if not words or "_noformat" in parent_tags:
            return text
        before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
        return f"{before}{mark}{words}{mark}{after}"

    return convert


class _Converter(MarkdownConverter):
    """`markdownify` with this casebook's escaping, links and lists."""

    def __init__(self, link: Callable[[str], str], level: int) -> None:
        super().__init__(wrap=True, wrap_width=None)
        self.link = link
        self.level = level

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_text(text)

    def convert__document_(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._guarded(el, text.strip("\n"))

    def _guarded(self, el: Tag, text: str) -> str:
        """Guard the first line, if it is the element's own text and not a block inside it."""
        first = next(content(el), None)
        if isinstance(first, Tag) and first.name in BLOCKS:
            return text
        head, newline, rest = text.partition("\n")
        return guard_lines(head) + newline + rest

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "href" not in el.attrs:
            return f'<a id="{escape_html(str(el["id"]))}"></a>{text}' if "id" in el.attrs else text
        words = text.strip()
        if not words or "_noformat" in parent_tags:
            return text
        after = " " if text.endswith(" ") else ""
        before = " " if text.startswith(" ") else ""
        return f"{before}[{words}]({link_address(self.link(str(el['href'])))}){after}"

    convert_em = convert_i = _inline("*")
    convert_strong = convert_b = _inline("**")

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        words = text.strip()
        return f"\n\n{guard_lines(words)}\n\n" if words else ""

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = text.strip()
        return f"\n\n{self._guarded(el, words)}\n\n" if words else ""

    convert_header = convert_article = convert_section = convert_figure = convert_figcaption = convert_div
    convert_caption = convert_div

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 - markdownify's name
        depth = 1 if n == 1 else min(6, n - 2 + self.level)
        return f"\n\n{'#' * depth} {' '.join(text.split())}\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "<br>" if "_inline" in parent_tags else "  \n"

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return text.removesuffix("<br>")
        outer = el.find_parent(["ul", "ol"])
        if outer is not None and LOOSE not in outer.attrs:
            return "\n" + text.rstrip()
        previous = el.find_previous_sibling()
        # Two lists in a row would become one.
        comment = "<!-- -->\n\n" if previous is not None and previous.name in {"ul", "ol"} else ""
        return f"\n\n{comment}{text.strip()}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = self._guarded(el, text.strip())
        if "_inline" in parent_tags:
            return f"{words}<br>"
        bullet = f"{_bullet(el):<3} "
        body = indent(words, " " * len(bullet))[len(bullet) :]
        return f"{bullet}{body}\n" + ("\n" if el.parent is not None and LOOSE in el.parent.attrs else "")

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = text.strip("\n")
        if parent_tags & {"li", "blockquote"}:  # where Python-Markdown does not know fences
            return f"\n\n{indent(code, '    ')}\n\n"
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code) or [""]))
        return f"\n\n{fence}\n{code}\n{fence}\n\n"


def _bullet(item: Tag) -> str:
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "-"
    start = str(parent.get("start", "1"))
    first = int(start) if start.isdecimal() else 1
    return f"{first + len(item.find_previous_siblings('li'))}."
