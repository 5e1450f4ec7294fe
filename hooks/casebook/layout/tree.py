"""YAML text → a tree in which every comment stands on the field or item that it belongs to.

Parsers throw comments away, or hang them on whatever stands before them, so that they wander when fields change
places. Here they are read from the gaps between the parser's spans, where nothing else can stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from casebook.yaml_reading import Part, Span, spans

_COMMENT = re.compile("#[^\n]*")
_BLANK_LINE = re.compile("\n[ \t]*\n")


@dataclass(slots=True)
class Leaf:
    """A value: text, and how it was quoted."""

    text: str
    style: str = ""


@dataclass(slots=True)
class Slot:
    """A field of a mapping or an item of a list, with the comments on it."""

    key: str
    """Empty for an item of a list."""
    value: Tree
    above: list[str] = field(default_factory=list)
    """Comments on lines of their own before it; an empty one is a blank line."""
    beside: str = ""
    """The comment at the end of its first line."""


@dataclass(slots=True)
class Branch:
    """A mapping or a list."""

    is_list: bool
    slots: list[Slot] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    """Comments after the last field or item."""

    def get(self, key: str) -> Slot | None:
        """The field of this name."""
        return next((slot for slot in self.slots if slot.key == key), None)

    @property
    def has_comments(self) -> bool:
        """Whether a comment stands in it, at whatever depth."""
        return bool(self.foot) or any(
            slot.above or slot.beside or (isinstance(slot.value, Branch) and slot.value.has_comments)
            for slot in self.slots
        )


Tree = Leaf | Branch


@dataclass(slots=True)
class Document:
    """A file: its root, and the comments on the whole of it."""

    root: Slot
    """The file's value, as a slot without a key."""
    head: list[str] = field(default_factory=list)
    """Comments before everything, set off by a blank line."""
    foot: list[str] = field(default_factory=list)
    """Comments after everything; a list or mapping at the root has them in its own."""


def read_tree(text: str) -> Document:
    """The tree of a text that `nodes.compose_values` accepts, with line feeds only."""
    return _Reader(text).read()


@dataclass(slots=True)
class _Comment:
    text: str
    column: int
    is_own_line: bool
    follows_dash: bool
    """Beside nothing but the dash of the item that comes next."""
    is_set_off: bool
    """A blank line follows."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    branch: Branch
    column: int
    is_flow: bool
    waiting: Slot | None = None
    """The field whose key was read and whose value comes next."""


class _Reader:
    """Walks the spans once. Comments wait until it is known what comes after them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cursor = 0
        self.stack: list[_Open] = []
        self.root = Slot("", Leaf(""))
        self.last: Slot | None = None
        """The slot that the text on this line belongs to so far."""
        self.waiting: list[_Comment] = []
        self.closed: list[_Open] = []
        """Block lists and mappings that have ended since the last word, innermost first."""

    def read(self) -> Document:
        for span in spans(self.text):
            self._take(span)
        self._collect(len(self.text))
        document = Document(self.root)
        self._place_beside(None)
        self._place_below(-1)
        document.foot = _lines(self.waiting)
        self._split_head(document)
        return document

    def _take(self, span: Span) -> None:
        if span.part is Part.END:
            self._end(span)
            return
        self._collect(span.start)
        is_flow = span.style == "["
        is_value = not self.stack or self.stack[-1].waiting is not None
        slot = self._slot(span)
        self._place_beside(slot)
        # Comments between a key and the block below it are about the first thing in that block.
        if span.part is Part.SCALAR or is_flow or not is_value:
            self._settle(slot)
        if span.part is Part.SCALAR:
            self._collect_from_header(span, slot)
        else:
            branch = Branch(is_list=span.part is Part.LIST)
            slot.value = branch
            self.stack.append(_Open(branch, span.column, is_flow))
        self.last = slot
        self.cursor = max(self.cursor, span.end)

    def _end(self, span: Span) -> None:
        ended = self.stack.pop()
        if ended.is_flow:
            self._collect(span.start)
            self._place_beside(None)
            ended.branch.foot += _lines(self.waiting)
            self.waiting = []
            self.cursor = max(self.cursor, span.end)
            self.last = self._holder()
            if not ended.branch.slots:
                self.last.above += ended.branch.foot
                ended.branch.foot = []
        else:
            self.closed.append(ended)

    def _holder(self) -> Slot:
        """The slot whose value has just ended."""
        return self.stack[-1].branch.slots[-1] if self.stack else self.root

    def _slot(self, span: Span) -> Slot:
        """The slot that a span begins, or whose value it is."""
        if not self.stack:
            self.root.value = Leaf(span.value, span.style)
            return self.root
        parent = self.stack[-1]
        if parent.waiting is not None:
            slot, parent.waiting = parent.waiting, None
            slot.value = Leaf(span.value, span.style)
            return slot
        slot = Slot("", Leaf(span.value, span.style)) if parent.branch.is_list else Slot(span.value, Leaf(""))
        parent.branch.slots.append(slot)
        if not parent.branch.is_list:
            parent.waiting = slot
        return slot

    def _collect(self, until: int) -> None:
        """The comments in the gap before a span."""
        if until <= self.cursor:
            return
        if self.text.find("#", self.cursor, until) == -1:  # nearly every gap; the search below costs ten times this
            self.cursor = until
            return
        for found in _COMMENT.finditer(self.text, self.cursor, until):
            start = self.text.rfind("\n", 0, found.start()) + 1
            before = self.text[max(start, self.cursor) : found.start()].strip()
            self.waiting.append(
                _Comment(
                    text=found[0].rstrip(),
                    column=found.start() - start,
                    is_own_line=not self.text[start : found.start()].strip(),
                    follows_dash=before.endswith("-"),
                    is_set_off=_BLANK_LINE.match(self.text, found.end()) is not None,
                )
            )
        self.cursor = until

    def _collect_from_header(self, span: Span, slot: Slot) -> None:
        """The comment in the first line of a block scalar, which the parser counts to the scalar."""
        if span.style in ("|", ">"):
            found = _COMMENT.search(self.text[span.start : span.end].partition("\n")[0])
            if found:
                _put_beside(slot, found[0].rstrip())

    def _place_beside(self, slot: Slot | None) -> None:
        """Give comments at the ends of lines to what stands there before them."""
        if not self.waiting:
            return
        rest = []
        for comment in self.waiting:
            owner = slot if comment.follows_dash else self.last
            if comment.is_own_line:
                rest.append(comment)
            elif comment.follows_dash and slot is not None:
                slot.above.append(comment.text)
            elif owner is not None:
                _put_beside(owner, comment.text)
            else:
                rest.append(comment)
        self.waiting = rest

    def _settle(self, slot: Slot) -> None:
        """Give comments on lines of their own to what they close, or to the slot before which they stand."""
        if not self.waiting:
            self.closed = []
            return
        self._place_below(self.stack[-1].column if self.stack and not self.stack[-1].is_flow else -1)
        slot.above += _lines(self.waiting, before_slot=True)
        self.waiting = []

    def _place_below(self, column: int) -> None:
        """Give indented comments to the list or mapping at whose end they stand; those after `column` only."""
        closed = [one for one in self.closed if one.column > column]
        self.closed = []
        taken = 0
        for comment, after in zip_longest(self.waiting, self.waiting[1:]):
            while closed and closed[0].column > comment.column:
                del closed[0]
            if not closed:
                break
            foot = closed[0].branch.foot
            foot.append(comment.text)
            if comment.is_set_off and after is not None and after.column >= closed[0].column:
                foot.append("")
            taken += 1
        self.waiting = self.waiting[taken:]

    def _split_head(self, document: Document) -> None:
        """Comments at the top, down to the last blank line among them, are about the file and not its first field."""
        root = document.root.value
        first = root.slots[0] if isinstance(root, Branch) and root.slots else document.root
        if document.root.beside:
            document.root.above.append(document.root.beside)
            document.root.beside = ""
        if document.root.above and first is not document.root:
            first.above = document.root.above + first.above
            document.root.above = []
        if "" in first.above:
            cut = len(first.above) - first.above[::-1].index("")
            document.head, first.above = first.above[: cut - 1], first.above[cut:]


def _put_beside(slot: Slot, comment: str) -> None:
    """A second comment beside the same slot goes above it."""
    if slot.beside:
        slot.above.append(comment)
    else:
        slot.beside = comment


def _lines(comments: list[_Comment], *, before_slot: bool = False) -> list[str]:
    """Comments as lines, with a blank one wherever one stood between them, or after them."""
    lines = []
    for index, comment in enumerate(comments):
        lines.append(comment.text)
        if comment.is_set_off and (before_slot or index + 1 < len(comments)):
            lines.append("")
    return lines
