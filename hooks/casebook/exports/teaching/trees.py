"""A document as pandoc's tree, for the formats that pandoc writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from casebook.exports.teaching.documents import Document
from casebook.pandoc import Tree, meta_value, read_html
from casebook.views.rendering import fragment

Node = dict[str, Any]


def tree_of(document: Document, *, facts_title: str = "") -> Tree:
    """The document's facts and its body, without metadata but its language.

    Facts stand under a heading where they get a title, as in a book, whose chapters begin with one.
    """
    html = fragment("document", facts=document.facts, body=document.body, title=facts_title)
    tree = read_html(html)
    tree["meta"] = {"lang": meta_value(document.language), "title": meta_value(document.title)}
    _drop_dead_links(tree)
    _drop_scopes(tree["blocks"])
    return tree


def epoch_of(document: Document) -> int:
    """The beginning of the edition's day, in seconds since 1970: what is made of it is as old as that."""
    return int(datetime.combine(document.edition.date.latest, time(), UTC).timestamp())


def nodes(value: object) -> Iterator[Node]:
    """Every element of a tree, from the outside in, without recursion."""
    waiting: list[object] = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if "t" in current:
                yield current
            waiting += reversed(list(current.values()))
        elif isinstance(current, list):
            waiting += reversed(current)


def classes(node: Node) -> list[str]:
    """The classes of an element that can have them."""
    if node["t"] not in ("Div", "Span", "Link", "Code", "CodeBlock"):
        return []
    found: list[str] = node["c"][0][1]
    return found


def replace_blocks(tree: Tree, change: Callable[[Node], list[Node]]) -> None:
    """Put in the place of each block what `change` makes of it, at the top level and in divisions."""
    tree["blocks"] = _replaced(tree["blocks"], change)


def _replaced(blocks: list[Node], change: Callable[[Node], list[Node]]) -> list[Node]:
    for block in blocks:
        if block["t"] == "Div":
            block["c"][1] = _replaced(block["c"][1], change)
    return [made for block in blocks for made in change(block)]


def _drop_dead_links(tree: Tree) -> None:
    """Take away links to ids that did not come through: pandoc keeps those of few elements."""
    known = {attributes[0] for node in nodes(tree["blocks"]) if (attributes := _attributes(node))}
    for node in nodes(tree["blocks"]):
        if node["t"] == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0][1:] not in known:
            node["t"], node["c"] = "Span", node["c"][:2]


def _attributes(node: Node) -> list[Any]:
    """An element's id, classes and the rest; nothing where it can have none."""
    place = {"Header": 1, "Div": 0, "Span": 0, "Link": 0, "Code": 0, "CodeBlock": 0, "Table": 0}.get(node["t"])
    return node["c"][place] if place is not None else []


def _drop_scopes(value: object) -> None:
    """Take `scope` from cells: pandoc keeps it where it makes a plain cell of a heading, and there it is not allowed."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            current[:] = [inner for inner in current if not (isinstance(inner, list) and inner[:1] == ["scope"])]
            waiting += current
        elif isinstance(current, dict):
            waiting += current.values()
