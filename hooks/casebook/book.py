"""The linked casebook: all cases and registries, with who speaks of whom. What pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from casebook.dates import PartialDate
from casebook.marks import count_words
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
from casebook.reading import Entry

if TYPE_CHECKING:
    from casebook.citations import Citations


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


class SourceUse(NamedTuple):
    """One place that rests on a source."""

    case: Case
    kind: str
    """The list in which it stands: `events`, `quotes`, `claims`, `body` …"""
    anchor: str
    label: str

    @property
    def uri(self) -> str:
        """Where it is read, from the site's root."""
        return f"cases/{self.case.id}/{'teach/' if self.kind == 'teaching' else ''}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """A claim with the case that tells it."""

    case: Case
    claim: Claim

    @property
    def reference(self) -> str:
        """`case-id#claim-id`."""
        return f"{self.case.id}#{self.claim.id}"


class Sighting(NamedTuple):
    """Where and when a quote's words were seen in an archived text."""

    on: str
    """The day, as `2026-11-22`."""
    method: Literal["full-text", "excerpt"]
    """Whether in the source's whole text or in an excerpt of it."""
    sha256: str
    """Digest of the archived file."""
    start: int
    """First character of the words in that file, from 0."""
    end: int
    """One past their last character."""


class Handout(NamedTuple):
    """A file of a course that was built and is published beside its page."""

    uri: str
    """From the site's root."""
    format: str
    """`pdf`, `docx`, `epub`, `imscc`, `ics`."""
    what: str
    """What it is, in words: `Questions for class`."""
    size: int
    """In bytes; 0 where it is not known."""


class Target(NamedTuple):
    """What a reference leads to."""

    kind: str
    uri: str
    """Path of the page from the site's root, with its anchor."""
    label: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Backlinks:
    """References inverted: who speaks of whom."""

    appearances: dict[str, dict[str, Appearance]]
    """Entity id → case id → what it does there."""
    lesson_uses: dict[str, list[tuple[Case, LessonUse]]]
    source_uses: dict[str, list[SourceUse]]
    claims: dict[str, list[CaseClaim]]
    """Case id → its own claims, then those of other cases that one of its events settled."""
    related_from: dict[str, list[tuple[Case, RelatedCase]]]
    """Case id → cases that name it as related."""
    case_sources: dict[str, list[str]]
    """Case id → every source that it names, in the order of the casefile."""
    tellings: dict[str, list[tuple[Case, TimelineEvent]]]
    """`case-id#event-id` → the same happening as other cases tell it."""


@dataclass
class Casebook:
    """All cases and registries, linked. Built once by `link_cases`; nothing changes it afterwards.

    What only pages need is worked out when it is first asked for, and then for all cases.
    """

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
    invert: Callable[[Casebook], Backlinks] = field(repr=False, compare=False)
    """Works out the backlinks; it stands on a floor above."""
    badges: Mapping[str, str] = field(default_factory=dict)
    """`case-id#quote-id` → `verbatim`, `reported` or `unverified`."""
    sightings: Mapping[str, Sighting] = field(default_factory=dict)
    """`case-id#quote-id` → where its words were seen; quotes whose badge is `unverified` have none."""
    entries: dict[str, Entry[Any]] = field(default_factory=dict)
    """Every id that was read → its entry, for locating problems; cases that are not built too. A reading list, whose id
    may be another's too, stands as `readings/<id>`."""
    site_url: str = ""
    """Absolute address of the site's root, ending in a slash, where it is known; `build_pages` is told it."""
    handouts: Mapping[str, tuple[Handout, ...]] = field(default_factory=dict)
    """A course's page → its files that are published; `build_pages` is told them."""
    former_ids: dict[str, str] = field(default_factory=dict)
    """Id that a case or entry had before → its id now; those of reading lists stand as `readings/<id>`."""
    retired: dict[str, Case] = field(default_factory=dict)
    """Cases that were taken back. Nothing of them is shown but that."""

    _citations: Citations | None = field(default=None, init=False, repr=False, compare=False)
    as_of: PartialDate | None = field(init=False)
    """The casebook's own today: the newest date on which a case was published or changed."""

    def __post_init__(self) -> None:
        dates = [case.updated or case.published for case in self.cases.values()]
        self.as_of = max((value for value in dates if not value.is_open), key=lambda value: value.latest, default=None)

    @cached_property
    def backlinks(self) -> Backlinks:
        """Who speaks of whom."""
        return self.invert(self)

    @property
    def appearances(self) -> dict[str, dict[str, Appearance]]:
        """Entity id → case id → what it does there."""
        return self.backlinks.appearances

    @property
    def lesson_uses(self) -> dict[str, list[tuple[Case, LessonUse]]]:
        """Lesson id → the cases that speak for or against it."""
        return self.backlinks.lesson_uses

    @property
    def source_uses(self) -> dict[str, list[SourceUse]]:
        """Source id → the places that rest on it."""
        return self.backlinks.source_uses

    @property
    def claims(self) -> dict[str, list[CaseClaim]]:
        """Case id → its own claims, then those of other cases that one of its events settled."""
        return self.backlinks.claims

    @property
    def related_from(self) -> dict[str, list[tuple[Case, RelatedCase]]]:
        """Case id → cases that name it as related."""
        return self.backlinks.related_from

    @property
    def case_sources(self) -> dict[str, list[str]]:
        """Case id → every source that it names, in the order of the casefile."""
        return self.backlinks.case_sources

    @property
    def tellings(self) -> dict[str, list[tuple[Case, TimelineEvent]]]:
        """`case-id#event-id` → the same happening as other cases tell it."""
        return self.backlinks.tellings

    @cached_property
    def essay_words(self) -> dict[str, int]:
        """Case id → words of its essay."""
        return {case.id: sum(count_words(section.text) for section in case.body) for case in self.cases.values()}

    @cached_property
    def local_labels(self) -> dict[str, dict[str, str]]:
        """Case id → local id → the words for links to it."""
        return {case.id: _local_labels(case) for case in self.cases.values()}

    @property
    def citations(self) -> Citations:
        """References to its cases and sources."""
        # Imported here: readers of reference formats and pandoc are needed by pages only.
        from casebook.citations import Citations

        if self._citations is None or self._citations.site_url != self.site_url:
            self._citations = Citations(self.cases, self.sources, self.site_url)
        return self._citations

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
            page = f"cases/{owner}/teach/" if kind in ("objectives", "preparation") else f"cases/{owner}/"
            return Target(kind, f"{page}#{local}", self.local_labels[owner][local])
        kind = self.kinds[case_id]
        if kind == "terms":
            return Target(kind, f"glossary/#{case_id}", self.label(case_id))
        return Target(kind, f"{kind}/{case_id}/", self.label(case_id))

    def all_events(self) -> Iterator[tuple[Case, TimelineEvent]]:
        """Everything that happened, once, where it is told most fully; in order of cases."""
        for case in self.cases.values():
            for event in case.events:
                if event.same_event is None:
                    yield case, event

    def event(self, case_id: str, event_id: str) -> TimelineEvent | None:
        """An event of a case that is built; None where there is none such."""
        return self._events.get(case_id, {}).get(event_id)

    @cached_property
    def _events(self) -> dict[str, dict[str, TimelineEvent]]:
        """Case id → event id → event."""
        return {case.id: {event.id: event for event in case.events} for case in self.cases.values()}

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


def shorten_quote(quote: Quote) -> str:
    """The quotation's first words in English, in quotation marks."""
    return f"“{shorten(quote.translation.text if quote.translation else quote.exact, 48)}”"


def shorten(words: str, limit: int = 80) -> str:
    """The first words, with an ellipsis where some are left out."""
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0].rstrip(",.;: ") + "…"


def _without_stop(words: str) -> str:
    """A sentence as a link among others, which are set apart by commas."""
    return words.removesuffix(".")


def _local_labels(case: Case) -> dict[str, str]:
    """Words for links to a case's own events, quotes and claims."""
    labels = {section.id: section.heading for section in case.body}
    labels |= {chart.id: chart.title for chart in case.charts}
    labels |= {event.id: event.title for event in case.events}
    labels |= {quote.id: shorten_quote(quote) for quote in case.quotes}
    labels |= {claim.id: _without_stop(claim.text) for claim in case.claims}
    labels |= {media.id: _without_stop(shorten(media.describes)) for media in case.media}
    labels |= {objective.id: _without_stop(objective.text) for objective in case.teaching.objectives}
    labels |= {question.id: question.text for question in case.teaching.questions}
    labels |= {prepared.id: prepared.text for prepared in case.teaching.preparation}
    return labels
