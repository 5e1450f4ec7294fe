"""Cases and registries → one linked `Casebook`: references resolved, and every entity knows who speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from casebook.backlinks import backlinks_of
from casebook.book import Casebook
from casebook.known_names import ids_by_name, slug
from casebook.model import Case, MovedId, ReadingList
from casebook.old_ids import former_ids, moved_faults, moved_ids, retirement_faults
from casebook.problems import Problem, did_you_mean, nearest
from casebook.reading import Entry, Locator
from casebook.references import (
    SINGULAR,
    Reference,
    case_references,
    entry_references,
    local_ids,
    reading_references,
)

RESERVED_IDS = frozenset(
    (
        "glance figures essay charts timeline quotes claims media disputed positions lessons questions related sources "
        "further cite corrections order cast record argument apparatus objectives plan board synopsis preparation "
        "role-play take-along two-parts content header footer search filters arc"
    ).split()
)
"""Anchors that a case's page uses itself."""
SHELL_IDS = frozenset({"cite", "content", "filters", "footer", "header", "search"})
"""Anchors of pages on which the ids of cases and terms are anchors too: `/quotes/`, `/glossary/`, the page of a source."""
RESERVED_PREFIXES = (
    "p-",
    "source-",
    "lesson-",
    "position-",
    "issue-",
    "dispute-",
    "correction-",
    "plan-",
    "part-",
    "role-play-",
)


def link_cases(
    cases: Iterable[Entry[Case]],
    registries: Mapping[str, Iterable[Entry[Any]]],
    readings: Iterable[Entry[ReadingList]],
    *,
    built: frozenset[str] = frozenset({"published"}),
    unread: frozenset[str] = frozenset(),
) -> tuple[Casebook, list[Problem]]:
    """Link everything that was read, and report every reference that leads nowhere.

    `built` are the statuses that become pages. `unread` are ids of entries, or names of whole registries, that could not
    be read: references to them are not reported again. The casebook is whole only when no problem comes back.
    """
    all_cases = sorted(cases, key=lambda entry: (entry.model.occurred.sort_key, entry.model.id))
    linker = _Linker(Locator(), unread)
    linker.collect(all_cases, registries, readings, built)
    book = linker.empty_casebook()
    linker.follow_references(all_cases)
    return book, linker.problems


class _Linker:
    """Collects ids, checks references, then inverts them."""

    def __init__(self, locator: Locator, unread: frozenset[str]) -> None:
        self.locator = locator
        self.unread = unread
        self.problems: list[Problem] = []
        self.kinds: dict[str, str] = {}
        self.entries: dict[str, Entry[Any]] = {}
        self.registries: dict[str, dict[str, Any]] = {}
        self.registry_entries: list[tuple[str, Entry[Any]]] = []
        self.cases: dict[str, Entry[Case]] = {}
        self.unbuilt: dict[str, str] = {}
        self.readings: dict[str, Entry[ReadingList]] = {}
        self.locals: dict[str, dict[str, str]] = {}
        self.by_kind: dict[str, list[str]] = defaultdict(list)
        self.ids_by_name: dict[tuple[str, ...], dict[str, str]] = {}
        """Kinds → name → id, made when a reference of these kinds leads nowhere."""
        self.former: dict[str, str] = {}
        self.retired: dict[str, Case] = {}
        self.moved: dict[str, dict[str, MovedId]] = {}
        self.unsure: set[str] = set()
        """Cases with local ids that could not be read."""

    def collect(
        self,
        cases: Iterable[Entry[Case]],
        registries: Mapping[str, Iterable[Entry[Any]]],
        readings: Iterable[Entry[ReadingList]],
        built: frozenset[str],
    ) -> None:
        """Take every id once, reporting those used twice."""
        for name, entries in registries.items():
            self.registries[name] = {}
            for entry in entries:
                if self._take_id(entry, name):
                    self.registries[name][entry.model.id] = entry.model
                    self.registry_entries.append((name, entry))
        for case in cases:
            is_new = self._take_id(case, "cases")
            if case.model.id not in self.locals:
                self._take_local_ids(case)
            if not is_new:
                continue
            if case.model.status in built:
                self.cases[case.model.id] = case
            else:
                self.unbuilt[case.model.id] = case.model.status
            if case.model.status == "retired":
                self.retired[case.model.id] = case.model
        for reading_list in sorted(readings, key=lambda entry: entry.model.id):
            self.readings[reading_list.model.id] = reading_list
            self.entries[f"readings/{reading_list.model.id}"] = reading_list
        self._take_old_ids()

    def _take_id(self, entry: Entry[Any], kind: str) -> bool:
        identifier = entry.model.id
        first = self.entries.get(identifier)
        if first is not None:
            place = self.locator.locate(first, ("id",))
            self._report(
                entry, ("id",), "CB201", f'the id "{identifier}" is used already, at {place}', "choose another id"
            )
            return False
        if identifier in SHELL_IDS and kind in ("cases", "terms"):
            message = f'"{identifier}" is an anchor that pages use themselves'
            self._report(entry, ("id",), "CB205", message, "choose another id")
        self.entries[identifier] = entry
        self.kinds[identifier] = kind
        self.by_kind[kind].append(identifier)
        return True

    def _take_local_ids(self, entry: Entry[Case]) -> None:
        seen = self.locals[entry.model.id] = {}
        places: dict[str, tuple[str | int, ...]] = {}
        for pointer, identifier, kind in local_ids(entry.model):
            if identifier in seen:
                line = self.locator.locate(entry, places[identifier]).line
                message = f'the id "{identifier}" is used already, on line {line}'
                self._report(entry, pointer, "CB202", message, "choose another id")
                continue
            if identifier in RESERVED_IDS or identifier.startswith(RESERVED_PREFIXES):
                self._report(
                    entry,
                    pointer,
                    "CB205",
                    f'"{identifier}" is an anchor that the page uses itself',
                    "choose another id",
                )
            seen[identifier] = kind
            places[identifier] = pointer
            if entry.is_stand_in(pointer):
                self.unsure.add(entry.model.id)

    def _take_old_ids(self) -> None:
        """Ids no longer in use, of everything that has a page."""
        shown = [self.entries[identifier] for identifier in (*self.cases, *self.retired)]
        for entry in (*shown, *(entry for _, entry in self.registry_entries)):
            self._take_former_ids(entry)
        for reading_list in self.readings.values():
            self._take_former_ids(reading_list, "readings/")
        for case in shown:
            self.moved[case.model.id] = moved_ids(case.model)
            for fault in (*moved_faults(case.model, self.locals[case.model.id]), *retirement_faults(case.model)):
                self._report(case, *fault)

    def _take_former_ids(self, entry: Entry[Any], family: str = "") -> None:
        for pointer, old in former_ids(entry):
            if f"{family}{old}" in self.entries:
                message = f'"{old}" is the id of something else'
                self._report(entry, pointer, "CB207", message, "name only ids that are no longer in use")
            else:
                self.entries[f"{family}{old}"] = entry
                self.former[f"{family}{old}"] = f"{family}{entry.model.id}"

    def _report(
        self,
        entry: Entry[Any],
        pointer: tuple[str | int, ...],
        code: str,
        message: str,
        hint: str = "",
        offset: int | None = None,
    ) -> None:
        if not entry.is_stand_in(pointer):
            self.problems.append(Problem(self.locator.locate(entry, pointer, offset), code, message, hint))

    def follow_references(self, cases: Iterable[Entry[Case]]) -> None:
        """Report every reference that leads nowhere, also in cases that are not built."""
        for case in cases:
            is_built = case.model.id in self.cases
            mine = self.locals[case.model.id]
            for reference in case_references(case.model):
                if not self._is_sound(reference, mine):
                    self._check(case, reference, case.model.id, is_built=is_built)
            if case.model.id in self.retired:
                self._check_successors(case)
        for _, entry in self.registry_entries:
            for reference in entry_references(entry.model):
                self._check(entry, reference, "", is_built=True)
        for reading_list in self.readings.values():
            for reference in reading_references(reading_list.model):
                # The case that an item names is reported itself; its sections would repeat that.
                is_section = reference.kinds == ("body",)
                if not is_section or reference.target.partition("#")[0] in self.cases:
                    self._check(reading_list, reference, "", is_built=True)

    def _is_sound(self, reference: Reference, mine: Mapping[str, str]) -> bool:
        """Whether a reference leads to something of the right kind that has a page: nearly all do, a quarter of a million."""
        target = reference.target
        if target[:1] == "#":
            return mine.get(target[1:]) in reference.kinds
        return self.kinds.get(target) in reference.kinds and target not in self.unbuilt

    def _check(self, entry: Entry[Any], reference: Reference, case_id: str, *, is_built: bool) -> None:
        owner, hash_mark, local = reference.target.partition("#")
        if hash_mark:
            self._check_local(entry, reference, owner or case_id, local, is_own=not owner or owner == case_id)
            target = owner
        else:
            target = owner
            self._check_global(entry, reference)
        if is_built and target in self.unbuilt and target != case_id:
            message = f'the case "{target}" is not published (its status is {self.unbuilt[target]})'
            self._report(entry, reference.pointer, "CB206", message, self._way_out(target, case_id), reference.offset)

    def _way_out(self, target: str, case_id: str) -> str:
        """What the case `case_id` is to do about a reference to a case that is not published."""
        retired = self.retired[target].retired if target in self.retired else None
        shown = (other for other in (retired.instead if retired else ()) if other in self.cases)
        instead = next(shown, None)
        if instead is not None and instead != case_id:
            return f'name "{instead}", which takes its place, or drop the reference'
        return "drop the reference" if target in self.retired else "publish it, or drop the reference"

    def _check_successors(self, case: Entry[Case]) -> None:
        """The page of a retired case is shown, so what it leads to must be too; that it exists was checked."""
        for index, target in enumerate(case.model.retired.instead if case.model.retired else ()):
            if target in self.unbuilt:
                message = f'the case "{target}" is not published (its status is {self.unbuilt[target]})'
                self._report(case, ("retired", "instead", index), "CB206", message, "name a published case")

    def _check_global(self, entry: Entry[Any], reference: Reference) -> None:
        target = reference.target
        if target in self.unread or not self.unread.isdisjoint(reference.kinds):
            return
        kind = self.kinds.get(target)
        wanted = _any_of(reference.kinds) if len(reference.kinds) < 5 else "entry"
        if kind is None:
            hint = self._now(target) or self._meant(reference) or f"add it to {self._registries_of(reference.kinds)}"
            self._report(entry, reference.pointer, "CB203", f'no {wanted} "{target}"', hint, reference.offset)
        elif kind not in reference.kinds:
            message = f'"{target}" is {_a(SINGULAR[kind])}; this needs {_a(wanted)}'
            self._report(entry, reference.pointer, "CB209", message, "name another id", reference.offset)

    def _registries_of(self, kinds: tuple[str, ...]) -> str:
        """Where an entry of these kinds belongs: a file, or the folder that a registry has become."""
        names = [kind for kind in kinds if kind != "cases"]
        if len(names) != 1:
            return "the right file of casefiles/registry/"
        some = self.entries[self.by_kind[names[0]][0]].file if self.by_kind[names[0]] else ""
        folder = f"casefiles/registry/{names[0]}"
        return f"{folder}/" if f"/registry/{names[0]}/" in some else f"{folder}.yml"

    def _now(self, target: str) -> str:
        """What a former id has become."""
        return f'it is now "{self.former[target]}": write that' if target in self.former else ""

    def _meant(self, reference: Reference) -> str:
        """What stands where an id should: a name, an id with a slip, or a name with one."""
        kinds, target = reference.kinds, reference.target
        known = [identifier for kind in kinds for identifier in self.by_kind[kind]]
        if kinds not in self.ids_by_name:
            self.ids_by_name[kinds] = ids_by_name((each, self.entries[each].model) for each in known)
        ids = self.ids_by_name[kinds]
        found = ids.get(target.casefold()) or nearest(slug(target), known) or ids.get(nearest(target, ids))
        return f'did you mean "{found}"?' if found else ""

    def _check_local(self, entry: Entry[Any], reference: Reference, case_id: str, local: str, *, is_own: bool) -> None:
        if case_id in self.unread and not is_own:
            return
        known = self.locals.get(case_id)
        if known is None:
            hint = self._now(case_id) or did_you_mean(case_id, self.by_kind["cases"])
            self._report(entry, reference.pointer, "CB203", f'no case "{case_id}"', hint, reference.offset)
            return
        wanted = _any_of(reference.kinds)
        where = "in this case" if is_own else f'in the case "{case_id}"'
        if local not in known and case_id in self.unsure:
            return
        if local not in known:
            near = [identifier for identifier, kind in known.items() if kind in reference.kinds]
            self._report(
                entry,
                reference.pointer,
                "CB204",
                f'no {wanted} "{local}" {where}',
                self._became(case_id, local) or did_you_mean(local, near),
                reference.offset,
            )
        elif known[local] not in reference.kinds:
            message = f'"{local}" is {_a(SINGULAR[known[local]])} {where}; this needs {_a(wanted)}'
            self._report(entry, reference.pointer, "CB209", message, "name another id", reference.offset)

    def _became(self, case_id: str, local: str) -> str:
        """What a local id no longer in use has become."""
        moved = self.moved.get(case_id, {}).get(local)
        if moved is None:
            return ""
        return f'it is now "{moved.now}": write that' if moved.now else f"it was removed: {moved.why}"

    def empty_casebook(self) -> Casebook:
        """The casebook before its references are followed."""
        cases = {identifier: entry.model for identifier, entry in self.cases.items()}
        files = {identifier: case.file for identifier, case in self.cases.items()}
        files |= {identifier: self.entries[identifier].file for identifier in self.retired}
        files |= {identifier: reading_list.file for identifier, reading_list in self.readings.items()}
        return Casebook(
            cases, self.registries, {key: entry.model for key, entry in self.readings.items()}, files, self.kinds,
            self.locals, backlinks_of, entries=self.entries, former_ids=self.former, retired=self.retired,
        )  # fmt: skip


@cache
def _any_of(kinds: tuple[str, ...]) -> str:
    *others, last = (SINGULAR[kind] for kind in kinds)
    return f"{', '.join(others)} or {last}" if others else last


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
