"""Cases and registries → one linked `Casebook`: references resolved, and every entity knows who speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casebook.dates import PartialDate
from casebook.model import (
    Case,
    Claim,
    Lesson,
    LessonUse,
    Position,
    Quote,
    ReadingList,
    RelatedCase,
    Source,
    StatusChange,
    TimelineEvent,
)
from casebook.problems import Problem, did_you_mean
from casebook.prose import count_words
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
    "glance figures essay timeline quotes claims media disputed positions lessons questions related sources further "
    "cite corrections cast record argument apparatus objectives plan board synopsis content header footer search".split()
)
"""Anchors that a case's page uses itself."""
RESERVED_PREFIXES = ("p-", "source-", "lesson-", "position-", "dispute-")


@dataclass(slots=True)
class Appearance:
    """What one entity does in one case."""

    case: Case
    roles: list[str] = field(default_factory=list)
    """The parts it plays, from the cast."""
    events: list[TimelineEvent] = field(default_factory=list)
    """Events in which it acts, or that happened on it (platforms)."""
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    """Media items on whose making it spoke."""
    sections: list[str] = field(default_factory=list)
    """Essay sections that name it."""
    other: bool = False
    """Named elsewhere in the case: in a lesson, a position or the teaching note."""


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One place that rests on a source."""

    case: Case
    kind: str
    """The list in which it stands: `events`, `quotes`, `claims`, `body` …"""
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """A claim with the case that tells it."""

    case: Case
    claim: Claim

    @property
    def reference(self) -> str:
        """`case-id#claim-id`."""
        return f"{self.case.id}#{self.claim.id}"


class Target(NamedTuple):
    """What a reference leads to."""

    kind: str
    uri: str
    """Path of the page from the site's root, with its anchor."""
    label: str
    lang: str = ""


@dataclass(slots=True)
class Casebook:
    """All cases and registries, linked. Built once by `link_cases`; nothing changes it afterwards."""

    cases: dict[str, Case]
    """Cases that are built, in order of what happened."""
    registries: dict[str, dict[str, Any]]
    """Registry name → id → entry, in file order."""
    readings: dict[str, ReadingList]
    files: dict[str, str]
    """Case or reading-list id → its file, for edit links."""
    kinds: dict[str, str]
    """Global id → registry name or `cases`."""
    locals: dict[str, dict[str, str]]
    """Case id → local id → the list in which it stands."""
    local_labels: dict[str, dict[str, str]]
    appearances: dict[str, dict[str, Appearance]]
    """Entity id → case id → what it does there."""
    lesson_uses: dict[str, list[tuple[Case, LessonUse]]]
    source_uses: dict[str, list[SourceUse]]
    claims: dict[str, list[CaseClaim]]
    """Case id → its own claims, then those of other cases that one of its events settled."""
    related_from: dict[str, list[tuple[Case, RelatedCase]]]
    """Case id → cases that name it as related."""
    essay_words: dict[str, int] = field(default_factory=dict)
    """Case id → words of its essay."""
    badges: Mapping[str, str] = field(default_factory=dict)
    """`case-id#quote-id` → `verbatim`, `reported` or `unverified`."""
    entries: dict[str, Entry[Any]] = field(default_factory=dict)
    """Every id that was read → its entry, for locating problems; cases that are not built too. A reading list, whose id
    may be another's too, stands as `readings/<id>`."""

    @property
    def as_of(self) -> PartialDate | None:
        """The casebook's own today: the newest date on which a case was published or changed."""
        dates = [case.updated or case.published for case in self.cases.values()]
        return max((value for value in dates if not value.is_open), key=lambda value: value.latest, default=None)

    @property
    def lessons(self) -> dict[str, Lesson]:
        """The lessons' registry."""
        return self.registries["lessons"]

    @property
    def sources(self) -> dict[str, Source]:
        """The sources' registry."""
        return self.registries["sources"]

    def label(self, identifier: str) -> str:
        """The words for an entity or case."""
        kind = self.kinds[identifier]
        if kind == "cases":
            return self.cases[identifier].title
        entry = self.registries[kind][identifier]
        return str(getattr(entry, "label", identifier))

    def target(self, reference: str, within: Case | None = None) -> Target:
        """Where a checked reference leads. `within` is the case whose local ids `#id` names."""
        case_id, _, local = reference.partition("#")
        if local:
            owner = case_id or (within.id if within else "")
            kind = self.locals[owner][local]
            page = f"cases/{owner}/teach/" if kind == "objectives" else f"cases/{owner}/"
            return Target(kind, f"{page}#{local}", self.local_labels[owner][local])
        kind = self.kinds[case_id]
        if kind == "terms":
            return Target(kind, f"glossary/#{case_id}", self.label(case_id))
        return Target(kind, f"{kind}/{case_id}/", self.label(case_id))

    def all_claims(self) -> Iterator[CaseClaim]:
        """Every claim once, in order of cases."""
        for case in self.cases.values():
            for claim in case.claims:
                yield CaseClaim(case, claim)

    def steps_of(self, case: Case, event: TimelineEvent) -> Iterator[tuple[CaseClaim, StatusChange]]:
        """Status changes that this event brought about, in this case's claims or another's."""
        for item in self.claims[case.id]:
            for step in item.claim.history:
                if step.event is not None and _absolute(step.event, item.case) == f"{case.id}#{event.id}":
                    yield item, step


def _absolute(reference: str, case: Case) -> str:
    case_id, _, local = reference.rpartition("#")
    return f"{case_id or case.id}#{local}"


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
    linker.follow_references(all_cases, book)
    _share_claims(book)
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
        for case in list(self.cases.values()):
            self._take_aliases(case)
        for reading_list in sorted(readings, key=lambda entry: entry.model.id):
            self.readings[reading_list.model.id] = reading_list
            self.entries[f"readings/{reading_list.model.id}"] = reading_list

    def _take_id(self, entry: Entry[Any], kind: str) -> bool:
        identifier = entry.model.id
        first = self.entries.get(identifier)
        if first is not None:
            place = self.locator.locate(first, ("id",))
            self._report(
                entry, ("id",), "CB201", f'the id "{identifier}" is used already, at {place}', "choose another id"
            )
            return False
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

    def _take_aliases(self, entry: Entry[Case]) -> None:
        for index, alias in enumerate(entry.model.aliases):
            if alias in self.entries:
                self._report(
                    entry,
                    ("aliases", index),
                    "CB207",
                    f'"{alias}" is the id of something else',
                    "an alias is an id no longer in use",
                )
            else:
                self.entries[alias] = entry

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

    def follow_references(self, cases: Iterable[Entry[Case]], book: Casebook) -> None:
        """Report every reference that leads nowhere, also in cases that are not built, and invert those that are built.

        A case makes some 700 references; they are listed once.
        """
        for case in cases:
            is_built = case.model.id in book.cases
            references = list(case_references(case.model))
            for reference in references:
                self._check(case, reference, case.model.id, is_built=is_built)
            if is_built:
                _add_case(book, case.model, references)
        for _, entry in self.registry_entries:
            for reference in entry_references(entry.model):
                self._check(entry, reference, "", is_built=True)
        for reading_list in self.readings.values():
            for reference in reading_references(reading_list.model):
                self._check(reading_list, reference, "", is_built=True)

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
            self._report(
                entry, reference.pointer, "CB206", message, "publish it, or drop the reference", reference.offset
            )

    def _check_global(self, entry: Entry[Any], reference: Reference) -> None:
        target = reference.target
        if target in self.unread or not self.unread.isdisjoint(reference.kinds):
            return
        kind = self.kinds.get(target)
        wanted = " or ".join(SINGULAR[kind] for kind in reference.kinds) if len(reference.kinds) < 5 else "entry"
        if kind is None:
            known = [identifier for name in reference.kinds for identifier in self.by_kind[name]]
            hint = did_you_mean(target, known) or f"add it to {_registry_hint(reference.kinds)}"
            self._report(entry, reference.pointer, "CB203", f'no {wanted} "{target}"', hint, reference.offset)
        elif kind not in reference.kinds:
            message = f'"{target}" is {_a(SINGULAR[kind])}; this needs {_a(wanted)}'
            self._report(entry, reference.pointer, "CB209", message, "name another id", reference.offset)

    def _check_local(self, entry: Entry[Any], reference: Reference, case_id: str, local: str, *, is_own: bool) -> None:
        if case_id in self.unread and not is_own:
            return
        known = self.locals.get(case_id)
        if known is None:
            hint = did_you_mean(case_id, self.by_kind["cases"])
            self._report(entry, reference.pointer, "CB203", f'no case "{case_id}"', hint, reference.offset)
            return
        wanted = " or ".join(SINGULAR[kind] for kind in reference.kinds)
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
                did_you_mean(local, near),
                reference.offset,
            )
        elif known[local] not in reference.kinds:
            message = f'"{local}" is {_a(SINGULAR[known[local]])} {where}; this needs {_a(wanted)}'
            self._report(entry, reference.pointer, "CB209", message, "name another id", reference.offset)

    def empty_casebook(self) -> Casebook:
        """The casebook before its references are followed."""
        cases = {identifier: entry.model for identifier, entry in self.cases.items()}
        files = {identifier: case.file for identifier, case in self.cases.items()}
        files |= {identifier: reading_list.file for identifier, reading_list in self.readings.items()}
        return Casebook(
            cases, self.registries, {key: entry.model for key, entry in self.readings.items()}, files, self.kinds,
            self.locals, {case.id: _local_labels(case) for case in cases.values()},
            appearances={}, lesson_uses=defaultdict(list), source_uses=defaultdict(list),
            claims={}, related_from=defaultdict(list), entries=self.entries,
        )  # fmt: skip


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _registry_hint(kinds: tuple[str, ...]) -> str:
    folders = [f"casefiles/registry/{kind}.yml" for kind in kinds if kind != "cases"]
    return folders[0] if len(folders) == 1 else "the right file of casefiles/registry/"


def _local_labels(case: Case) -> dict[str, str]:
    """Words for links to a case's own events, quotes and claims."""
    labels = {section.id: section.heading for section in case.body}
    labels |= {event.id: event.title for event in case.events}
    labels |= {quote.id: shorten_quote(quote) for quote in case.quotes}
    labels |= {claim.id: claim.text for claim in case.claims}
    labels |= {media.id: media.describes for media in case.media}
    labels |= {objective.id: objective.text for objective in case.teaching.objectives}
    labels |= {question.id: question.text for question in case.teaching.questions}
    return labels


def shorten_quote(quote: Quote, limit: int = 48) -> str:
    """The quotation's first words in English, in quotation marks."""
    words = quote.translation.text if quote.translation else quote.exact
    if len(words) > limit:
        words = words[:limit].rsplit(" ", 1)[0].rstrip(",.;: ") + "…"
    return f"“{words}”"


def _add_case(book: Casebook, case: Case, references: list[Reference]) -> None:
    """Tell every entity, lesson and source what this case says of it."""
    book.essay_words[case.id] = sum(count_words(section.text) for section in case.body)
    _add_appearances(book, case, references)
    _add_uses(book, case, references)


def _add_appearances(book: Casebook, case: Case, references: list[Reference]) -> None:
    mine: dict[str, Appearance] = {}

    def of(identifier: str) -> Appearance:
        if identifier not in mine:
            mine[identifier] = Appearance(case)
        return mine[identifier]

    for member in case.cast:
        of(member.who).roles.append(member.role)
    for theme in case.themes:
        of(theme).roles.append("theme")
    for event in case.events:
        for identifier in dict.fromkeys((*event.actors, *event.platforms)):
            of(identifier).events.append(event)
    for quote in case.quotes:
        of(quote.speaker).quotes.append(quote)
    for claim in case.claims:
        of(claim.by).claims.append(claim)
    for position in case.positions:
        of(position.holder).positions.append(position)
    for media in case.media:
        for said in media.authenticity:
            of(said.attributed_to).statements.append(media.id)
    for reference in references:
        if reference.offset is None or "#" in reference.target or reference.kinds == ("sources",):
            continue
        appearance = of(reference.target)
        if reference.pointer[0] == "body":
            section = case.body[int(reference.pointer[1])].id
            if section not in appearance.sections:
                appearance.sections.append(section)
        else:
            appearance.other = True
    for identifier, appearance in mine.items():
        book.appearances.setdefault(identifier, {})[case.id] = appearance


def _add_uses(book: Casebook, case: Case, references: list[Reference]) -> None:
    for lesson_use in case.lessons:
        book.lesson_uses[lesson_use.lesson].append((case, lesson_use))
    for related in case.related:
        book.related_from[related.case].append((case, related))
    seen: set[tuple[str, str]] = set()
    for reference in references:
        if reference.kinds == ("sources",):
            use = _source_use(case, reference.pointer)
            if (reference.target, use.anchor) not in seen:
                seen.add((reference.target, use.anchor))
                book.source_uses[reference.target].append(use)


def _source_use(case: Case, pointer: tuple[str | int, ...]) -> SourceUse:
    kind, index = str(pointer[0]), int(pointer[1]) if len(pointer) > 1 and isinstance(pointer[1], int) else 0
    match kind:
        case "events":
            event = case.events[index]
            return SourceUse(case, kind, event.id, event.title)
        case "quotes":
            quote = case.quotes[index]
            return SourceUse(case, kind, quote.id, shorten_quote(quote))
        case "claims":
            claim = case.claims[index]
            return SourceUse(case, kind, claim.id, claim.text)
        case "body":
            section = case.body[index]
            return SourceUse(case, kind, section.id, section.heading)
        case "media":
            media = case.media[index]
            return SourceUse(case, kind, media.id, media.describes)
        case "key_figures":
            return SourceUse(case, kind, "figures", case.key_figures[index].label)
        case "disputed":
            return SourceUse(case, kind, f"dispute-{index + 1}", case.disputed[index].what)
        case "positions":
            return SourceUse(case, kind, f"position-{index + 1}", case.positions[index].stance)
        case "lessons":
            return SourceUse(case, kind, f"lesson-{case.lessons[index].lesson}", "a lesson")
        case "further":
            return SourceUse(case, kind, "further", "further reading")
    return SourceUse(case, kind, "questions", "the teaching note")


def _share_claims(book: Casebook) -> None:
    """Each case's own claims, then those of others that one of its events settled."""
    book.claims = {case.id: [CaseClaim(case, claim) for claim in case.claims] for case in book.cases.values()}
    for item in list(book.all_claims()):
        guests = {(step.event or "").partition("#")[0] for step in item.claim.history if "#" in (step.event or "")}
        for case_id in sorted(guests - {item.case.id}):
            if case_id in book.claims:
                book.claims[case_id].append(item)
