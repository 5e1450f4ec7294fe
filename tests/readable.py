"""Pages as text for reviewers: words first, with links, anchors, languages and dates, and without layout.

A heading is `## Words`, an element with an address starts with `{#address}`, a link is `[words](address)`, words in
another language are `{zh-Hans: words}`, a machine-readable date is `words <2024-11-13>`, and a mark that only its class
tells apart, such as a badge or a status, is `(verbatim: Verbatim)`. A note in the margin is `⟨note⟩`.
A sentence is a line.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
MARKS = frozenset(["badge", "st"])
"""Classes whose elements say something besides their words."""
SENTENCE = re.compile(r"(?<=[.!?…”’)])\s(?=[A-Z“\[{(])")


def readable(html: str) -> str:
    """A page's HTML as lines of text."""
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    lines: list[str] = []
    _block(body, lines, depth=0)
    return "\n".join(lines) + "\n"


def _block(node: LexborNode, lines: list[str], depth: int, before: str = "") -> None:
    """Write a block: its running words, then the blocks inside it, each on lines of its own.

    `before` are the marks of the blocks that begin with this one.
    """
    running, words = _opening(node, before), ""
    for child in node.iter(include_text=True):
        if child.tag not in BLOCKS:
            words += _inline(child)
            continue
        if words.strip():
            _write(running + words, lines, depth)
            running, words = "", ""
        inside = depth + (node.tag in {"ol", "ul", "dl", "table"} and bool(lines))
        _block(child, lines, inside, running)
        running = ""
    if words.strip():
        _write(running + words, lines, depth)


def _opening(node: LexborNode, before: str) -> str:
    address = f"{{#{node.id}}} " if node.id else ""
    language = f"{{{node.attributes['lang']}}} " if "lang" in node.attributes else ""
    mark = {"li": "- ", "blockquote": "> ", "dt": "= ", "tr": "| "}.get(node.tag, "")
    heading = f"{'#' * int(node.tag[1])} " if re.fullmatch("h[1-6]", node.tag) else ""
    return f"{heading}{before}{mark}{address}{language}"


def _inline(node: LexborNode) -> str:
    if node.tag == "-text":
        return re.sub(r"\s+", " ", node.text())
    if node.tag == "br":
        return " / "
    words = "".join(_inline(child) for child in node.iter(include_text=True))
    classes = (node.attributes.get("class") or "").split()
    if "sn" in classes:
        words = f"⟨{words}⟩"
    elif "pn" in classes:
        words = f"[{words}]({node.attributes.get('href')}) "
    elif node.tag == "a":
        words = f"[{words}]({node.attributes.get('href') or ''})"
    elif node.tag == "time":
        words = f"{words} <{node.attributes.get('datetime')}>"
    elif node.tag == "svg":
        words = ""
    elif MARKS & set(classes):
        words = f"({' '.join(name.removeprefix('st-') for name in classes if name not in MARKS)}: {words})"
    elif node.tag in {"em", "i"} and node.text(strip=True):
        words = f"*{words}*"
    elif node.tag in {"strong", "b"}:
        words = f"**{words}**"
    language = node.attributes.get("lang")
    address = f"{{#{node.id}}} " if node.id else ""
    return f"{address}{{{language}: {words}}}" if language else f"{address}{words}"


def _write(running: str, lines: list[str], depth: int) -> None:
    words = " ".join(running.split())
    if not words:
        return
    if re.match(r"#{1,2} ", words) and lines:
        lines.append("")
    lines += [f"{'  ' * depth}{sentence}" for sentence in SENTENCE.split(words)]
