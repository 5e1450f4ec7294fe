"""What changed between two versions of a case for its readers: facts, and words that say something else.

Not told: layout, comments and order, which never reach a model; wording (`wording`); fields that are about the case
and not about what happened, as themes, related cases and the teaching note; ids that were renamed and lead on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casebook.attestations import normalise
from casebook.model import Case
from casebook.wording import says_the_same

APPARATUS = frozenset(
    "schema_version id status updated corrections aliases moved retired themes related further teaching".split()
)
"""Fields of a case that are not about what happened."""
NOT_SHOWN = frozenset({"id", "on_arc", "prefix", "suffix"})
"""Fields that say nothing to readers, wherever they stand."""
AS_PRINTED = frozenset({"exact", "translation"})
"""Fields whose words are a source's: there is no wording in them but typography."""
_KEYS: dict[str, tuple[str, ...]] = {
    "key_figures": ("label",), "cast": ("who",), "series": ("label",), "points": ("at",), "history": ("on", "status"),
    "positions": ("issue", "holder"), "authenticity": ("attributed_to", "category"), "lessons": ("lesson", "relation"),
    "disputed": ("what",), "figures": ("source",),
}  # fmt: skip
"""What tells the items of a list apart where they have no ids."""
_REFERENCE = re.compile(r"(?<=\[\[)[^\]|]+|(?<=@)[a-z0-9-]+")

Pointer = tuple[str | int, ...]
Resolve = Callable[[str], str]
"""An id as it was → as it is now."""


class Change(NamedTuple):
    """One change of substance."""

    pointer: Pointer
    """Where it is in the new version; for what is gone, where it stood."""
    what: str
    """In words: `events "speech": date`."""
    before: str
    after: str


def changes_of(old: Case, new: Case, renamed: Mapping[str, str]) -> list[Change]:
    """Every change of substance. `renamed` are former ids of cases and entries, and of what stands in cases (`case-id#local-id`), with those of now."""
    moved = {item.was: item.now for item in new.moved if item.now}
    comparison = _Comparison({**renamed, **moved, old.id: new.id})
    return list(comparison.fields(old.model_dump(mode="json"), new.model_dump(mode="json"), (), ""))


class _Comparison:
    def __init__(self, renamed: Mapping[str, str]) -> None:
        self.renamed = renamed

    def fields(self, old: Mapping[str, Any], new: Mapping[str, Any], pointer: Pointer, name: str) -> Iterator[Change]:
        """Changes in a mapping. The words name a list, the item in it and the field."""
        for key in new:
            if key not in (NOT_SHOWN if pointer else APPARATUS):
                label = f"{name}: {key}" if name else key
                yield from self.values(old.get(key), new[key], (*pointer, key), label)

    def values(self, old: Any, new: Any, pointer: Pointer, name: str) -> Iterator[Change]:  # noqa: ANN401 - of any type
        """Changes of one value."""
        if isinstance(new, dict) and isinstance(old, dict):
            yield from self.fields(old, new, pointer, name)
        elif isinstance(new, list) and isinstance(old, list):
            yield from self.lists(old, new, pointer, name)
        elif not self._same(old, new, str(pointer[-1]), pointer):
            yield Change(pointer, name, _shown(old), _shown(new))

    def lists(self, old: Sequence[Any], new: Sequence[Any], pointer: Pointer, name: str) -> Iterator[Change]:
        """Changes of a list: in its items, put in, taken out. Their order says nothing."""
        if not any(isinstance(item, dict) for item in (*old, *new)):
            yield from self._plain_lists(old, new, pointer, name)
            return
        before, after = self._named(old, str(pointer[-1])), self._named(new, str(pointer[-1]))
        lost = [key for key in before if key not in after]
        fresh = [key for key in after if key not in before]
        if str(pointer[-1]) in _KEYS:
            # Where words tell items apart, other words may stand for the same item: those left over go in pairs.
            for was, now in zip(lost, fresh, strict=False):
                before[now] = before.pop(was)
            lost, fresh = lost[len(fresh) :], fresh[len(lost) :]
        for key, (index, item) in after.items():
            label = f'{name} "{key}"'
            if key in fresh:
                yield Change((*pointer, index), f"{label} is new", "", _shown(item))
            else:
                yield from self.fields(before[key][1], item, (*pointer, index), label)
        for key in lost:
            yield Change(pointer, f'{name} "{key}" is gone', _shown(before[key][1]), "")

    def _named(self, items: Sequence[Any], field: str) -> dict[str, tuple[int, Any]]:
        """Items by what tells them apart, numbered where that is not enough, with their places."""
        named: dict[str, tuple[int, Any]] = {}
        for index, item in enumerate(items):
            key = ", ".join(self._now(str(item.get(part))) for part in _KEYS.get(field, ("id",)))
            number = sum(1 for other in named if other.partition(" (")[0] == key)
            named[f"{key} ({number + 1})" if number else key] = (index, item)
        return named

    def _plain_lists(self, old: Sequence[Any], new: Sequence[Any], pointer: Pointer, name: str) -> Iterator[Change]:
        lost = [self._now(str(item)) for item in old]
        fresh = []
        for index, item in enumerate(new):
            same = next((other for other in lost if self._same(other, str(item), "", pointer)), None)
            if same is None:
                fresh.append((index, str(item)))
            else:
                lost.remove(same)
        for (index, item), was in zip(fresh, [*lost, *[""] * len(fresh)], strict=False):
            yield Change((*pointer, index), name, was, item)
        for was in lost[len(fresh) :]:
            yield Change(pointer, name, was, "")

    def _same(self, old: Any, new: Any, field: str, pointer: Pointer) -> bool:  # noqa: ANN401 - of any type
        if not isinstance(old, str) or not isinstance(new, str):
            return bool(old == new)
        before = self._now(old)
        if AS_PRINTED.intersection(str(step) for step in pointer):
            return normalise(before)[0].strip() == normalise(new)[0].strip()
        return before == new or ((" " in before or " " in new) and says_the_same(before, new))

    def _now(self, text: str) -> str:
        """A reference, or a text with references, with the ids of today."""
        if " " not in text and "[" not in text:
            return self._target(text)
        return _REFERENCE.sub(lambda found: self._target(found[0]), text)

    def _target(self, reference: str) -> str:
        case, mark, local = reference.partition("#")
        if not mark:
            return self.renamed.get(case, case)
        now = f"{self.renamed.get(case, case)}#{local}"
        return self.renamed.get(now) or f"{self.renamed.get(case, case)}#{self.renamed.get(local, local)}"


def _shown(value: Any) -> str:  # noqa: ANN401 - of any type
    if isinstance(value, dict):
        return str(next((value[key] for key in ("title", "exact", "text", "heading", "label") if value.get(key)), ""))
    return "" if value is None else str(value)
