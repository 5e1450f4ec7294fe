"""Ids that were published once and are used no longer: what they lead to, and what is wrong with them.

Every page, event, quote, claim, lesson, question and paragraph has a permanent address. A case's `aliases` and an
entry's `former_ids` keep the addresses of pages; a case's `moved` keeps those inside its pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casebook.model import Case, MovedId
from casebook.problems import did_you_mean
from casebook.reading import Entry

PARAGRAPH = "p-"
"""How the anchors of paragraphs begin; they follow from a paragraph's first words and are no ids of the casefile."""

Pointer = tuple[str | int, ...]


class Fault(NamedTuple):
    """What is wrong with an old id, before it is located."""

    pointer: Pointer
    code: str
    message: str
    hint: str


def former_ids(entry: Entry[Any]) -> Iterator[tuple[Pointer, str]]:
    """The ids that a case or entry had before, each with its place."""
    field = "aliases" if isinstance(entry.model, Case) else "former_ids"
    for index, old in enumerate(getattr(entry.model, field)):
        yield (field, index), old


def moved_ids(case: Case) -> dict[str, MovedId]:
    """A case's old local ids. Of two that say different things the first counts; `moved_faults` reports the other."""
    found: dict[str, MovedId] = {}
    for item in case.moved:
        found.setdefault(item.was, item)
    return found


def moved_faults(case: Case, known: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with a case's `moved`. `known` are the local ids that it has."""
    seen: set[str] = set()
    for index, item in enumerate(case.moved):
        pointer: Pointer = ("moved", index, "was")
        if item.was in seen or item.was in known:
            what = "stands here twice" if item.was in seen else "is still an id of this case"
            yield Fault(pointer, "CB207", f'"{item.was}" {what}', "`was` is an id no longer in use")
        seen.add(item.was)
        if bool(item.now) == bool(item.why):
            message = "an old id either leads on (`now`) or says what became of it (`why`)"
            yield Fault(("moved", index), "CB114", message, "write one of the two")
        # A paragraph's anchor follows from its words, so whether there is one is known to its page alone.
        elif item.now and item.now not in known and not item.now.startswith(PARAGRAPH):
            hint = did_you_mean(item.now, known) or "name an id that this case has"
            yield Fault(("moved", index, "now"), "CB204", f'nothing in this case has the id "{item.now}"', hint)


def retirement_faults(case: Case) -> Iterator[Fault]:
    """A case that is retired says when and why, and only such a case does."""
    if case.status == "retired" and case.retired is None:
        hint = "add `retired:` with `on` and `why`, and `instead` where other cases take its place"
        yield Fault(("status",), "CB601", "the case is retired and does not say when and why", hint)
    if case.status != "retired" and case.retired is not None:
        message = f"the case says why it was retired, and its status is {case.status}"
        yield Fault(("retired",), "CB601", message, "write status: retired, or drop `retired`")
