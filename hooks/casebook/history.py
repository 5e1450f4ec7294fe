"""What was published once, against what is published now: nothing changes or goes in silence.

Everything here is pure: two sets of models go in, problems come out. `revisions` brings the older one from git.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casebook.model import Case, Correction, ReadingList
from casebook.old_ids import former_ids
from casebook.problems import Location, Problem, Severity, did_you_mean, shorten, sort_problems
from casebook.prose import render_prose
from casebook.reading import Entry, Locator
from casebook.references import SINGULAR, local_ids
from casebook.substance import Change, changes_of
from casebook.wording import says_the_same

NAMED = 3
"""Changes that a message names; the rest are counted."""
SHOWN = frozenset({"published", "retired"})
"""Statuses of cases that have a page."""

_PARAGRAPH = re.compile(r'<p id="(p-[^"]+)">')


@dataclass(frozen=True, slots=True)
class Side:
    """One version of the casefiles, as far as it was read."""

    cases: Mapping[str, Entry[Case]]
    registries: Mapping[str, Mapping[str, Entry[Any]]]
    """Registry → id → entry."""
    readings: Mapping[str, Entry[ReadingList]]
    unread: tuple[str, ...] = ()
    """Files of which nothing could be made, so that nothing in them is compared."""


@dataclass(slots=True)
class Compared:
    """The outcome of a comparison."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    """Case id now → its changes of substance, recorded or not."""
    problems: tuple[Problem, ...] = ()


def compare(old: Side, new: Side, *, since: str, today: date) -> Compared:
    """Hold what is published now against what was. `since` names the older version in messages.

    `old` holds what may have changed; what it lacks did not. Problems: changes of substance that nothing records
    (CB602), corrections that are gone or changed (CB603), pages (CB604, CB605) and things on them (CB606) that are gone
    without a way on, ways that are gone (CB607), paragraphs that begin with other words (CB608).
    """
    return _History(old, new, since, today).run()


class _History:
    def __init__(self, old: Side, new: Side, since: str, today: date) -> None:
        self.old, self.new, self.since, self.today = old, new, since, today
        self.locator = Locator()
        self.problems: list[Problem] = []
        self.renamed = dict(_former(new))

    def run(self) -> Compared:
        done = Compared()
        for entry in self.old.cases.values():
            now = self.new.cases.get(entry.model.id) or self.new.cases.get(self.renamed.get(entry.model.id, ""))
            if entry.model.status not in SHOWN:
                continue
            if now is None:
                self._case_is_gone(entry)
            elif now.model.status not in SHOWN:
                self._case_is_withdrawn(now)
            elif now.model.status == entry.model.status == "published":
                changes = changes_of(entry.model, now.model, self.renamed)
                self._case_changed(entry.model, now, changes)
                done.changes |= {now.model.id: changes} if changes else {}
        self._entries_gone()
        self._old_ids_gone()
        done.problems = sort_problems(self.problems)
        return done

    def _report(
        self, entry: Entry[Any], pointer: tuple[str | int, ...], code: str, message: str, hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        if not entry.is_stand_in(pointer):
            self.problems.append(Problem(self.locator.locate(entry, pointer), code, message, hint, severity))

    # One case that is still there

    def _case_changed(self, old: Case, now: Entry[Case], changes: list[Change]) -> None:
        if changes and not _is_recorded(old, now.model, self.today):
            what = "; ".join(change.what for change in changes[:NAMED])
            more = f"; and {len(changes) - NAMED} more" if len(changes) > NAMED else ""
            message = f"since {self.since} the published case changed, and nothing tells its readers: {what}{more}"
            hint = f'write updated: "{self.today.isoformat()}", or add to `corrections` what was wrong and is mended'
            self._report(now, changes[0].pointer, "CB602", message, hint)
        self._corrections(old, now)
        self._local_ids(old, now)
        self._paragraphs(old, now)

    def _corrections(self, old: Case, now: Entry[Case]) -> None:
        kept = list(now.model.corrections)
        for was in old.corrections:
            same = next((item for item in kept if _is_same_correction(was, item)), None)
            if same is None:
                index = next((i for i, item in enumerate(now.model.corrections) if item.on == was.on), None)
                pointer = ("corrections",) if index is None else ("corrections", index)
                message = f'the correction of {was.on.words} ("{shorten(was.what, 40)}") is gone or says something else'
                hint = "restore it; what was wrong in it, a new correction can say"
                self._report(now, pointer if now.model.corrections else (), "CB603", message, hint)
            else:
                kept.remove(same)

    def _local_ids(self, old: Case, now: Entry[Case]) -> None:
        known = {identifier: kind for _, identifier, kind in local_ids(now.model)}
        moved = {item.was for item in now.model.moved}
        before = {identifier for _, identifier, _ in local_ids(old)}
        for _, identifier, kind in local_ids(old):
            if identifier in known or identifier in moved:
                continue
            fresh = [name for name, other in known.items() if other == kind and name not in before]
            place = ("teaching", kind) if kind in ("objectives", "questions", "preparation") else (kind,)
            message = f'the {SINGULAR[kind]} "{identifier}" is gone, and links to it lead nowhere'
            self._report(now, place, "CB606", message, _way_on(identifier, fresh))

    def _paragraphs(self, old: Case, now: Entry[Case]) -> None:
        """Anchors of paragraphs that begin with other words now. A warning: the page itself is still found."""
        moved = {item.was for item in now.model.moved}
        before, after = _anchors(old), _anchors(now.model)
        known = {anchor for anchors in after.values() for anchor in anchors}
        olds = {anchor for anchors in before.values() for anchor in anchors}
        indices = {section.id: index for index, section in enumerate(now.model.body)}
        for section, anchors in before.items():
            here = after.get(section, [])
            for number, anchor in enumerate(anchors):
                if anchor in known or anchor in moved:
                    continue
                beside = here[number] if len(here) == len(anchors) else ""
                message = (
                    f'the paragraph at "#{anchor}" is gone or begins with other words, and links to it lead nowhere'
                )
                hint = _way_on(anchor, [beside] if beside and beside not in olds else [])
                pointer = ("body", indices[section], "text") if section in indices else ("body",)
                self._report(now, pointer, "CB608", message, hint, Severity.WARNING)

    # What is gone

    def _case_is_gone(self, old: Entry[Case]) -> None:
        case = old.model
        fresh = [identifier for identifier, entry in self.new.cases.items() if identifier not in self.old.cases]
        near = [identifier for identifier in fresh if self.new.cases[identifier].model.title == case.title]
        if near:
            hint = f"if it is {near[0]} now, add to that case: aliases: [{case.id}]"
        else:
            hint = "restore it with `status: retired`, or add its id to the `aliases` of the case that took its place"
        message = f'the case "{case.id}" was published and is gone: its address leads nowhere'
        self.problems.append(Problem(Location(old.file), "CB604", message, hint))

    def _case_is_withdrawn(self, now: Entry[Case]) -> None:
        message = (
            f'the case "{now.model.id}" was published; with the status {now.model.status} its address leads nowhere'
        )
        hint = "publish it again, or write status: retired with `retired:`, which says why"
        self._report(now, ("status",), "CB604", message, hint)

    def _entries_gone(self) -> None:
        known = {identifier for entries in self.new.registries.values() for identifier in entries}
        for name, entries in self.old.registries.items():
            fresh = [identifier for identifier in self.new.registries.get(name, {}) if identifier not in entries]
            for identifier, entry in entries.items():
                if identifier not in known and identifier not in self.renamed:
                    message = f'the {SINGULAR[name]} "{identifier}" is gone: its address leads nowhere'
                    self.problems.append(
                        Problem(Location(entry.file), "CB605", message, _entry_hint(identifier, fresh))
                    )
        for identifier, reading in self.old.readings.items():
            if identifier not in self.new.readings and f"readings/{identifier}" not in self.renamed:
                message = f'the reading list "{identifier}" is gone: its address leads nowhere'
                fresh = [other for other in self.new.readings if other not in self.old.readings]
                self.problems.append(Problem(Location(reading.file), "CB605", message, _entry_hint(identifier, fresh)))

    def _old_ids_gone(self) -> None:
        """Former ids that led on and do so no longer."""
        for old, home in _homes(self.old):
            now = self._home_now(home)
            if old in self.renamed or now is None or old.rpartition("/")[2] in self.new.cases:
                continue
            field_name = "aliases" if isinstance(now.model, Case) else "former_ids"
            message = f'the former id "{old.rpartition("/")[2]}" led here and does so no longer'
            pointer = (field_name,) if getattr(now.model, field_name) else ("id",)
            self._report(now, pointer, "CB607", message, f"put it back into `{field_name}`")
        for entry in self.old.cases.values():
            case_now = self.new.cases.get(self.renamed.get(entry.model.id, entry.model.id))
            if case_now is not None and entry.model.status == "published":
                kept = {item.was for item in case_now.model.moved} | {name for _, name, _ in local_ids(case_now.model)}
                for item in entry.model.moved:
                    if item.was not in kept:
                        message = f'the old id "{item.was}" led on and does so no longer'
                        pointer = ("moved",) if case_now.model.moved else ("id",)
                        self._report(case_now, pointer, "CB607", message, "put it back into `moved`")

    def _home_now(self, home: Entry[Any]) -> Entry[Any] | None:
        identifier = home.model.id
        if isinstance(home.model, Case):
            found: Entry[Any] | None = self.new.cases.get(self.renamed.get(identifier, identifier))
            return found if found is not None and found.model.status in SHOWN else None
        if isinstance(home.model, ReadingList):
            return self.new.readings.get(identifier)
        name = self.renamed.get(identifier, identifier)
        return next((entries[name] for entries in self.new.registries.values() if name in entries), None)


def _former(side: Side) -> Iterator[tuple[str, str]]:
    for old, home in _homes(side):
        family = old.rpartition("/")[0]
        yield old, f"{family}/{home.model.id}" if family else home.model.id
    for case in side.cases.values():
        for item in case.model.moved:
            if item.now:
                yield f"{case.model.id}#{item.was}", f"{case.model.id}#{item.now}"


def _homes(side: Side) -> Iterator[tuple[str, Entry[Any]]]:
    """Every former id with what it leads to; those of reading lists stand as `readings/<id>`."""
    entries: list[Entry[Any]] = [entry for entry in side.cases.values() if entry.model.status in SHOWN]
    entries += [entry for registry in side.registries.values() for entry in registry.values()]
    for entry in entries:
        yield from ((old, entry) for _, old in former_ids(entry))
    for reading in side.readings.values():
        yield from ((f"readings/{old}", reading) for _, old in former_ids(reading))


def _is_recorded(old: Case, new: Case, today: date) -> bool:
    """Whether readers are told: `updated` is later than before, or today's; or there is a correction more.

    A second change on one day has the same date as the first.
    """
    last = old.updated or old.published
    if new.updated is not None and (new.updated.latest > last.latest or new.updated.earliest == today):
        return True
    fresh = [item for item in new.corrections if item.on.latest >= last.earliest]
    before = [item for item in old.corrections if item.on.latest >= last.earliest]
    return len(fresh) > len(before)


def _is_same_correction(one: Correction, other: Correction) -> bool:
    return one.on == other.on and says_the_same(one.what, other.what) and says_the_same(one.why, other.why)


def _way_on(old: str, fresh: Iterable[str]) -> str:
    candidates = list(fresh)
    near = re.search(r'"([^"]+)"', did_you_mean(old, candidates))
    now = near[1] if near else candidates[0] if len(candidates) == 1 else ""
    if now:
        return f"if it is {now} now, add to `moved`: {{was: {old}, now: {now}}}"
    return f"add to `moved`: {{was: {old}, now: …}}, or with `why: …` where nothing took its place"


def _entry_hint(old: str, fresh: Iterable[str]) -> str:
    candidates = list(fresh)
    near = re.search(r'"([^"]+)"', did_you_mean(old, candidates))
    now = near[1] if near else candidates[0] if len(candidates) == 1 else ""
    place = f"if it is {now} now, add to that entry" if now else "add to the entry that took its place"
    return f"{place}: former_ids: [{old}]"


class _Nowhere:
    """References without targets: the anchors of paragraphs do not depend on them."""

    def reference(self, target: str, words: str) -> str:
        return words or target

    def citation(self, sources: list[tuple[str, str]]) -> str:
        return ""


def _anchors(case: Case) -> dict[str, list[str]]:
    """Section → the anchors of its paragraphs, as the case's page has them."""
    taken: set[str] = set()
    first = 1
    found = {}
    for section in case.body:
        prose = render_prose(section.text, _Nowhere(), scope=section.id, first=first, taken=taken)
        first += prose.paragraphs
        found[section.id] = _PARAGRAPH.findall(prose.html)
    return found
