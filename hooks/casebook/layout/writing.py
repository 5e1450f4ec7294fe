"""A tree → YAML text in the one canonical layout.

Mappings are in block style, indented by two; lists likewise, except short ones of ids and names, which stand in
brackets where they fit on a line. Fields stand in the model's order, unknown ones after them. A blank line sets off
each list or mapping at the top level of a file, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from casebook.layout import scalars
from casebook.layout.shapes import UNKNOWN, Kind, Shape
from casebook.layout.tree import Branch, Document, Leaf, Slot, Tree


def write(document: Document, shape: Shape, first_line: str = "") -> str:
    """The text of a file, ending in one line feed."""
    lines = [first_line] if first_line else []
    if document.head:
        lines += [*document.head, ""]
    root = document.root
    lines += root.above
    if isinstance(root.value, Branch) and root.value.slots:
        lines += _branch(root.value, shape, 0)
    else:
        lines += [line.lstrip(" ") for line in _value("", root, shape, 0)]
    return "\n".join([*lines, *document.foot]) + "\n"


def _branch(branch: Branch, shape: Shape, indent: int) -> Iterator[str]:
    """The lines of a list or mapping in block style."""
    margin = " " * indent
    before = False
    for index, (slot, inner) in enumerate(_ordered(branch, shape)):
        # Lists and mappings are set off at the margin only; deeper in, none needs to know what it is.
        is_block = indent == 0 and _is_block(slot.value, inner, slot.key)
        if index and (is_block or before):
            yield ""
        if slot.above:
            yield from (f"{margin}{line}" if line else "" for line in slot.above)
        if branch.is_list:
            yield from _item(slot, inner, indent)
        else:
            yield from _value(f"{margin}{_key(slot.key)}:", slot, inner, indent)
        before = is_block
    yield from (f"{margin}{line}" if line else "" for line in branch.foot)


def _ordered(branch: Branch, shape: Shape) -> list[tuple[Slot, Shape]]:
    """The slots of a branch as they are written, each with the shape of its value."""
    if branch.is_list:
        return [(slot, shape.items) for slot in branch.slots]
    known = shape.fields
    places = {key: index for index, key in enumerate(known)}
    ordered = sorted(branch.slots, key=lambda slot: places.get(slot.key, len(places)))
    return [(slot, known.get(slot.key, UNKNOWN)) for slot in ordered]


def _item(slot: Slot, shape: Shape, indent: int) -> Iterator[str]:
    """The lines of a list's item: those of its value, the first of which begins with a dash."""
    margin = " " * indent
    if not isinstance(slot.value, Branch) or not slot.value.slots:
        yield from _value(f"{margin}-", slot, shape, indent)
        return
    if slot.beside:
        yield f"{margin}{slot.beside}"
    lines = list(_branch(slot.value, shape, indent + 2))
    # Comments on the item's first field would otherwise push the field away from the dash.
    first = next(index for index, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    yield from (f"{margin}{line[indent + 2 :]}" if line else "" for line in lines[:first])
    yield f"{margin}- {lines[first][indent + 2 :]}"
    yield from lines[first + 1 :]


def _value(prefix: str, slot: Slot, shape: Shape, indent: int) -> Iterator[str]:
    """The lines of a field or item whose key or dash is `prefix`."""
    value = slot.value
    if isinstance(value, Leaf):
        yield from scalars.lines(prefix, value.text, shape.kind, value.style, indent + 2, slot.beside)
        return
    remark = f"  {slot.beside}" if slot.beside else ""
    flow = _flow(value, shape, len(prefix))
    if flow is not None:
        yield f"{prefix} {flow}{remark}"
    else:
        yield f"{prefix}{remark}"
        yield from _branch(value, shape, indent + 2)


def _is_block(value: Tree, shape: Shape, key: str) -> bool:
    """Whether the value of a field or item at the margin takes lines of its own as a list or mapping."""
    return isinstance(value, Branch) and _flow(value, shape, len(_key(key)) + 1) is None


def _flow(branch: Branch, shape: Shape, column: int) -> str | None:
    """A list of short values in brackets, where all of it fits on the line; an empty list or mapping."""
    if not branch.slots:
        return "[]" if branch.is_list else "{}"
    if not branch.is_list or shape.items.kind is Kind.LONG or branch.has_comments:
        return None
    words = []
    for slot in branch.slots:
        if not isinstance(slot.value, Leaf):
            return None
        words.append(scalars.inline(slot.value.text, shape.items.kind, slot.value.style, in_flow=True))
    flow = f"[{', '.join(words)}]"
    return flow if column + 1 + len(flow) <= scalars.WIDTH else None


@lru_cache(maxsize=1000)
def _key(key: str) -> str:
    """A key: plain, as fields are, unless it cannot be. `on` and `n` are fields of the format."""
    return scalars.inline(key, Kind.UNKNOWN, in_flow=False)
