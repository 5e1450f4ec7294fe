"""What another program wrote, with the comments and the unknown fields of the file as it was.

Programs that load a file, change values and save it lose comments, quoting and the order of fields, and put in fields
that they have nothing for. The new values are theirs; the rest comes from the old file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from casebook.layout.shapes import UNKNOWN, Kind, Shape
from casebook.layout.tree import Branch, Document, Leaf, Slot, Tree

_NOTHING = frozenset(("", "null", "Null", "NULL", "~"))
"""What programs write, unquoted, where they have no value."""


def merge(old: Document, new: Document, shape: Shape) -> Document:
    """The new document's values with the old one's comments."""
    told = frozenset(_comments(old))
    merger = _Merger(told)
    root = merger.slot(old.root, new.root, shape)
    return Document(root, merger.joined(old.head, new.head), merger.joined(old.foot, new.foot))


def _comments(document: Document) -> Iterator[str]:
    yield from document.head
    yield from document.foot
    work = [document.root]
    while work:
        slot = work.pop()
        yield from slot.above
        yield slot.beside
        if isinstance(slot.value, Branch):
            yield from slot.value.foot
            work += slot.value.slots


@dataclass(frozen=True, slots=True)
class _Merger:
    told: frozenset[str]
    """Every comment of the old file. Where the other program kept one, it comes from there all the same."""

    def joined(self, old: list[str], new: list[str]) -> list[str]:
        """The old comments, and those that the other program added."""
        return [*old, *(line for line in new if line not in self.told)]

    def slot(self, old: Slot, new: Slot, shape: Shape) -> Slot:
        """One field or item."""
        above = self.joined(old.above, new.above)
        added = "" if new.beside in self.told else new.beside
        if old.beside and added:
            above.append(added)
        return Slot(new.key, self._value(old.value, new.value, shape), above, old.beside or added)

    def _value(self, old: Tree, new: Tree, shape: Shape) -> Tree:
        if isinstance(old, Leaf) and isinstance(new, Leaf):
            return old if _same(old.text, new.text, shape.kind) else new
        if isinstance(new, Leaf):
            return new
        if isinstance(old, Leaf) or old.is_list != new.is_list:
            old = Branch(is_list=new.is_list)
        if new.is_list:
            return self._list(old, new, shape)
        return self._fields(old, new, shape)

    def _fields(self, old: Branch, new: Branch, shape: Shape) -> Branch:
        before = {slot.key: slot for slot in old.slots}
        merged = []
        for slot in new.slots:
            inner = shape.fields.get(slot.key)
            earlier = before.get(slot.key)
            if not _is_superfluous(slot, inner, earlier):
                merged.append(self.slot(earlier or Slot(slot.key, Leaf("")), slot, inner or UNKNOWN))
        written = {slot.key for slot in new.slots}
        if shape.model:
            merged += [slot for slot in old.slots if slot.key not in written and slot.key not in shape.fields]
        return Branch(is_list=False, slots=merged, foot=self.joined(old.foot, new.foot))

    def _list(self, old: Branch, new: Branch, shape: Shape) -> Branch:
        partners = _partners(old.slots, new.slots, shape.items)
        merged = [
            self.slot(partner or Slot("", Leaf("")), slot, shape.items)
            for slot, partner in zip(new.slots, partners, strict=True)
        ]
        return Branch(is_list=True, slots=merged, foot=self.joined(old.foot, new.foot))


def _same(old: str, new: str, kind: Kind) -> bool:
    """Whether two texts say the same: blanks at the ends are not read, and `93.50` may come back as `93.5`."""
    if old.strip() == new.strip():
        return True
    if kind is not Kind.NUMBER:
        return False
    try:
        return float(old) == float(new)
    except ValueError:
        return False


def _is_superfluous(slot: Slot, shape: Shape | None, earlier: Slot | None) -> bool:
    """Whether a field that another program wrote is to be left out: it is empty, or says what its absence says."""
    if shape is None or shape.is_required:
        return False
    is_default = isinstance(slot.value, Leaf) and slot.value.text == shape.default
    return _is_empty(slot.value) or (is_default and earlier is None)


def _is_empty(value: Tree) -> bool:
    if isinstance(value, Leaf):
        return not value.text or (not value.style and value.text in _NOTHING)
    return all(_is_empty(slot.value) for slot in value.slots)


def _content(value: Tree) -> Hashable:
    """What a value says, whatever its layout and whichever empty fields it has."""
    if isinstance(value, Leaf):
        return value.text.strip()
    if value.is_list:
        return tuple(_content(slot.value) for slot in value.slots)
    return frozenset((slot.key, _content(slot.value)) for slot in value.slots if not _is_empty(slot.value))


def _partners(old: Sequence[Slot], new: Sequence[Slot], shape: Shape) -> list[Slot | None]:
    """For each new item the old one that it was: equal, or identified alike, or much alike at the same place."""
    partners: list[Slot | None] = [None] * len(new)
    free = dict(enumerate(old))
    for trait in (_whole, *_traits(shape)):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for index in reversed(free):
            mark = trait(free[index])
            if mark is not None:
                waiting[mark].append(index)
        for place, slot in enumerate(new):
            if partners[place] is None and (same := waiting.get(trait(slot))):
                partners[place] = free.pop(same.pop())
    for place, slot in enumerate(new):
        if partners[place] is None and place in free and _is_alike(free[place], slot, same_length=len(old) == len(new)):
            partners[place] = free.pop(place)
    return partners


def _whole(slot: Slot) -> Hashable:
    return _content(slot.value)


def _traits(shape: Shape) -> list[Callable[[Slot], Hashable]]:
    """Ways to identify an item: by its id, or by its first short fields, together and then each."""
    if "id" in shape.fields:
        return [_by("id")]
    short = [key for key, inner in shape.fields.items() if inner.kind not in (Kind.LONG, Kind.UNKNOWN)][:2]
    return [_by(*short), *(_by(key) for key in short)] if short else []


def _by(*keys: str) -> Callable[[Slot], Hashable]:
    def trait(slot: Slot) -> Hashable:
        if not isinstance(slot.value, Branch):
            return None
        found = [field.value for key in keys if (field := slot.value.get(key)) is not None]
        return tuple(_content(value) for value in found) if len(found) == len(keys) else None

    return trait


def _is_alike(old: Slot, new: Slot, *, same_length: bool) -> bool:
    """Whether two items at the same place are the same one, changed: half of its fields are, or it is a mere value."""
    if isinstance(old.value, Leaf) or isinstance(new.value, Leaf):
        return same_length
    before = {field.key: _content(field.value) for field in old.value.slots}
    kept = sum(before.get(field.key) == _content(field.value) for field in new.value.slots)
    return 2 * kept >= len(before)
