"""People, organisations, platforms, products and themes: what each did in which case, and in what part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from markupsafe import Markup

from casebook.book import Appearance, Casebook, CaseClaim
from casebook.model import Case, TimelineEvent
from casebook.views.case import chinese_name, quote_row
from casebook.views.claims import ledger_row
from casebook.views.page import Link, Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import STATUS_WORDS, View, capital, fragment, host, is_chinese

CASES_A_PAGE = 50
ENTRIES_A_PAGE = 200
EVENTS_SHOWN = 4
"""Events of a case that are listed at once; the others are folded away."""
BESIDE = 12
"""People named beside a person, those met in most cases first."""
TIMELINE_FACETS = {"people": "person", "organisations": "organisation", "platforms": "platform", "themes": "theme"}
"""Registry → the facet of the timeline that offers its entries."""
TITLES = {
    "people": ("People", "Person", "Who speaks, promises, replies and is spoken of."),
    "organisations": ("Organisations", "Organisation", "Companies, publications, institutions and accounts."),
    "platforms": ("Platforms", "Platform", "Where things were posted, streamed and sold."),
    "products": ("Products", "Product", "What was sold, promised and compared."),
    "themes": ("Themes", "Theme", "Subjects that run through the cases."),
}


def entity_specs(book: Casebook) -> Iterator[PageSpec]:
    """An index and the entries of each of the five registries."""

    @cache
    def by_name(kind: str) -> list[Any]:
        return sorted(book.registries[kind].values(), key=lambda entry: entry.label.casefold())

    for kind, (title, _, _) in TITLES.items():
        for part in slices(f"{kind}/", len(book.registries[kind]), ENTRIES_A_PAGE):

            def index(kind: str = kind, part: Slice = part) -> Page:
                return entities_page(book, kind, by_name(kind)[part.first : part.last], part)

            yield PageSpec(part.uri, f"{title}{part.suffix}", "entities", "", index)
        for entry in book.registries[kind].values():
            uri = f"{kind}/{entry.id}/"
            record = _Record(tuple(book.appearances.get(entry.id, {}).values()))
            for part in slices(uri, len(record.appearances), CASES_A_PAGE):

                def build(kind: str = kind, entry: Any = entry, part: Slice = part, record: _Record = record) -> Page:
                    return entity_page(book, kind, entry, record, part)

                yield PageSpec(part.uri, f"{entry.label}{part.suffix}", "entity", book.entries[entry.id].file, build)


@dataclass(frozen=True)
class _Record:
    """All that an entry did. An entry may have many pages, which count it once."""

    appearances: tuple[Appearance, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Noun → how many."""
        return {
            "case": len(self.appearances), "event": sum(len(a.events) for a in self.appearances),
            "quote": sum(len(a.quotes) for a in self.appearances), "claim": sum(len(a.claims) for a in self.appearances),
        }  # fmt: skip

    @cached_property
    def is_theme(self) -> bool:
        """Whether a case has it as a theme."""
        return any("theme" in a.roles for a in self.appearances)


def entities_page(book: Casebook, kind: str, entries: list[Any], part: Slice) -> Page:
    """Every entry of a registry, by name."""
    view = View(book, part.uri)
    title, _, dek = TITLES[kind]
    rows = [
        Row(
            entry=view.link(entry.id), zh=chinese_name(book, entry.id),
            text=getattr(entry, "description", "") or getattr(entry, "audience", "") or getattr(entry, "definition", ""),
            cases=len(book.appearances.get(entry.id, ())),
        )
        for entry in entries
    ]  # fmt: skip
    lead = fragment(
        "listing_head",
        title=title,
        dek=dek,
        count=len(book.registries[kind]),
        pager=view.pager(part, f"{kind}/"),
        part=part,
    )
    section = Section("entries", 2, "By name", fragment("entities", rows=rows), "wide")
    return Page(part.uri, f"{title}{part.suffix}", "entities", dek, lead, (section,))


def entity_page(book: Casebook, kind: str, entry: Any, record: _Record, part: Slice) -> Page:
    """One entry: the facts of the registry, then case by case what it did there."""
    view = View(book, part.uri)
    _, singular, _ = TITLES[kind]
    text = getattr(entry, "description", "") or getattr(entry, "audience", "") or getattr(entry, "definition", "")
    zh = chinese_name(book, entry.id)
    lead = fragment(
        "entity_head", kind=Link(view.path(f"{kind}/"), singular), title=entry.label, zh=zh, dek=text,
        facts=list(_facts(view, entry, record)), pager=view.pager(part, f"{kind}/{entry.id}/"), part=part,
    )  # fmt: skip
    sections = list(_sections(view, entry.id, record.appearances[part.first : part.last]))
    if not sections:
        sections = [
            Section("cases", 2, "In which case", fragment("nothing", words="Not named in any published case yet."))
        ]
    title = f"{entry.label} {zh}" if zh else entry.label
    return Page(part.uri, f"{title}{part.suffix}", "entity", text, lead, tuple(sections), entry.id)


def _facts(view: View, entry: Any, record: _Record) -> Iterator[tuple[str, list[Any]]]:
    """Label and values of each fact; a value is a link or plain text."""
    roles = [
        f"{capital(role.title)}, {view.book.label(role.organisation)}{f' ({role.period.words})' if role.period else ''}"
        for role in getattr(entry, "roles", ())
    ]
    if roles:
        yield "Roles", roles
    if getattr(entry, "aliases", ()):
        yield "Also called", [_in_its_language(alias) for alias in entry.aliases]
    for label, field in (("Part of", "parent"), ("Maker", "maker"), ("Broader theme", "broader")):
        if getattr(entry, field, None):
            yield label, [view.link(getattr(entry, field))]
    narrower = [theme.id for theme in view.book.registries["themes"].values() if theme.broader == entry.id]
    if narrower:
        yield "Narrower themes", view.links(narrower)
    if getattr(entry, "operator", ""):
        yield "Run by", [entry.operator]
    if getattr(entry, "launched", None):
        yield "Launched", [entry.launched.words]
    if getattr(entry, "url", None):
        yield "Address", [Link(entry.url, host(entry.url))]
    if getattr(entry, "same_as", ()):
        yield "Elsewhere", [Link(url, host(url)) for url in entry.same_as]
    if getattr(entry, "cites", ()):
        yield "Sources", view.source_links(entry.cites)
    yield "In the casebook", [_count(record)]
    gathered = list(_gathered(view, entry.id, record))
    if gathered:
        yield "See also", gathered


def _gathered(view: View, identifier: str, record: _Record) -> Iterator[Link]:
    """The listings of all cases, filtered by this entry."""
    facet = TIMELINE_FACETS.get(view.book.kinds[identifier])
    # A theme is a part of its cases, and has all their events.
    if facet and (record.counts["event"] or record.is_theme):
        yield Link(view.path(f"timeline/?{facet}={identifier}"), "On the timeline")
    if record.counts["quote"]:
        yield Link(view.path(f"quotes/?speaker={identifier}"), "Among the quotes")
    if record.counts["claim"]:
        yield Link(view.path(f"claims/?maker={identifier}"), "Among the claims")


def _in_its_language(name: str) -> str:
    return Markup('<span lang="zh-Hans">{}</span>').format(name) if is_chinese(name) else name


def _count(record: _Record) -> str:
    return ", ".join(
        f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in record.counts.items() if n or noun == "case"
    )  # fmt: skip


def _sections(view: View, identifier: str, appearances: Sequence[Appearance]) -> Iterator[Section]:
    rows = [_appearance_row(view, appearance) for appearance in appearances]
    if rows:
        yield Section("cases", 2, "In which case, as what", fragment("appearances", rows=rows), "wide")
    quotes = [quote_row(view, a.case, quote, with_case=True) for a in appearances for quote in a.quotes]
    for row in quotes:
        row.speaker = None  # the page's own subject
    if quotes:
        yield Section("quotes", 2, "Words on record", fragment("quotes", rows=quotes), "wide")
    claims = [ledger_row(view, CaseClaim(a.case, claim)) for a in appearances for claim in a.claims]
    if claims:
        ledger = fragment("ledger", rows=claims, caption="Claims made", with_maker=False)
        yield Section("claims", 2, "Promises and assertions, and what became of them", ledger, "wide")
    if view.book.kinds[identifier] == "people":
        beside = _beside(view, identifier, appearances)
        if beside:
            yield Section("beside", 2, "Named in the same cases", fragment("beside", rows=beside))


def _appearance_row(view: View, appearance: Appearance) -> Row:
    case = appearance.case
    roles = [role for role in appearance.roles if role != "theme"]
    statuses = [claim.status for claim in appearance.claims]
    first, others = _foremost(appearance.events)
    return Row(
        case=view.link(case.id), occurred=case.occurred, roles=roles,
        dek=case.dek if "theme" in appearance.roles else "",
        events=_event_links(view, case, first), others=_event_links(view, case, others), count=len(appearance.events),
        positions=[Row(issue=position.issue, stance=position.stance) for position in appearance.positions],
        sections=view.links([f"#{section}" for section in appearance.sections], case),
        quotes=len(appearance.quotes), claims=len(statuses), statements=len(appearance.statements),
        statuses=[(status, statuses.count(status)) for status in STATUS_WORDS if status in statuses],
    )  # fmt: skip


def _foremost(events: list[TimelineEvent]) -> tuple[list[TimelineEvent], list[TimelineEvent]]:
    """The events to list at once, those that stand on the arc before others, and the rest; each in order of time."""
    ordered = sorted(events, key=lambda event: event.date.sort_key)
    if len(ordered) <= EVENTS_SHOWN + 1:  # folding a single one away would gain nothing
        return ordered, []
    chosen = {event.id for event in sorted(ordered, key=lambda event: event.on_arc is None)[:EVENTS_SHOWN]}
    return [e for e in ordered if e.id in chosen], [e for e in ordered if e.id not in chosen]


def _event_links(view: View, case: Case, events: list[TimelineEvent]) -> list[Row]:
    return [Row(date=event.date, link=view.link(f"#{event.id}", case)) for event in events]


def _beside(view: View, identifier: str, appearances: Sequence[Appearance]) -> list[Row]:
    """People who play a part in the same cases."""
    met: dict[str, list[tuple[Case, str]]] = {}
    for appearance in appearances:
        for member in appearance.case.cast:
            if member.who != identifier and view.book.kinds[member.who] == "people":
                met.setdefault(member.who, []).append((appearance.case, member.role))
    foremost = sorted(met, key=lambda who: (-len(met[who]), view.book.label(who).casefold()))[:BESIDE]
    return [
        Row(
            who=view.link(who), zh=chinese_name(view.book, who),
            parts=[Row(role=role, case=view.link(case.id)) for case, role in met[who]],
        )
        for who in foremost
    ]  # fmt: skip
