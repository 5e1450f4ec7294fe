"""People, organisations, platforms, products and themes: what each did in which case, and in what part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebook.book import Appearance, Casebook, CaseClaim
from casebook.views.case import chinese_name, quote_row
from casebook.views.collections import ledger_row
from casebook.views.page import Link, Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import View, fragment, host

CASES_A_PAGE = 50
ENTRIES_A_PAGE = 200
TITLES = {
    "people": ("People", "Person", "Who speaks, promises, replies and is spoken of."),
    "organisations": ("Organisations", "Organisation", "Companies, publications, institutions and accounts."),
    "platforms": ("Platforms", "Platform", "Where things were posted, streamed and sold."),
    "products": ("Products", "Product", "What was sold, promised and compared."),
    "themes": ("Themes", "Theme", "Subjects that run through the cases."),
}


def entity_specs(book: Casebook) -> Iterator[PageSpec]:
    """An index and the entries of each of the five registries."""
    for kind, (title, _, _) in TITLES.items():
        for part in slices(f"{kind}/", len(book.registries[kind]), ENTRIES_A_PAGE):

            def index(kind: str = kind, part: Slice = part) -> Page:
                return entities_page(book, kind, part)

            yield PageSpec(part.uri, f"{title}{part.suffix}", "entities", "", index)
        for entry in book.registries[kind].values():
            uri = f"{kind}/{entry.id}/"
            for part in slices(uri, len(book.appearances.get(entry.id, ())), CASES_A_PAGE):

                def build(kind: str = kind, entry: Any = entry, part: Slice = part) -> Page:
                    return entity_page(book, kind, entry, part)

                yield PageSpec(part.uri, f"{entry.label}{part.suffix}", "entity", book.entries[entry.id].file, build)


def entities_page(book: Casebook, kind: str, part: Slice) -> Page:
    """Every entry of a registry, by name."""
    view = View(book, part.uri)
    title, _, dek = TITLES[kind]
    entries = sorted(book.registries[kind].values(), key=lambda entry: entry.label.casefold())[part.first : part.last]
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


def entity_page(book: Casebook, kind: str, entry: Any, part: Slice) -> Page:
    """One entry: the facts of the registry, then case by case what it did there."""
    view = View(book, part.uri)
    _, singular, _ = TITLES[kind]
    text = getattr(entry, "description", "") or getattr(entry, "audience", "") or getattr(entry, "definition", "")
    appearances = list(book.appearances.get(entry.id, {}).values())
    shown = appearances[part.first : part.last]
    zh = chinese_name(book, entry.id)
    lead = fragment(
        "entity_head", kind=Link(view.path(f"{kind}/"), singular), title=entry.label, zh=zh, dek=text,
        facts=list(_facts(view, entry, appearances)), pager=view.pager(part, f"{kind}/{entry.id}/"), part=part,
    )  # fmt: skip
    sections = list(_sections(view, entry.id, shown))
    if not sections:
        sections = [
            Section("cases", 2, "In which case", fragment("nothing", words="Not named in any published case yet."))
        ]
    title = f"{entry.label} {zh}" if zh else entry.label
    return Page(part.uri, f"{title}{part.suffix}", "entity", text, lead, tuple(sections))


def _facts(view: View, entry: Any, appearances: list[Appearance]) -> Iterator[tuple[str, list[Any]]]:
    """Label and values of each fact; a value is a link or plain text."""
    roles = [
        f"{role.title}, {view.book.label(role.organisation)}{f' ({role.period.words})' if role.period else ''}"
        for role in getattr(entry, "roles", ())
    ]
    if roles:
        yield "Roles", roles
    if getattr(entry, "aliases", ()):
        yield "Also called", list(entry.aliases)
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
        yield "After", view.source_links(entry.cites)
    yield "In the casebook", [_count(appearances)]


def _count(appearances: list[Appearance]) -> str:
    counts = {
        "case": len(appearances), "event": sum(len(a.events) for a in appearances),
        "quote": sum(len(a.quotes) for a in appearances), "claim": sum(len(a.claims) for a in appearances),
    }  # fmt: skip
    return ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in counts.items() if n or noun == "case")


def _sections(view: View, identifier: str, appearances: list[Appearance]) -> Iterator[Section]:
    rows = [_appearance_row(view, appearance) for appearance in appearances]
    if rows:
        yield Section("cases", 2, "In which case, as what", fragment("appearances", rows=rows), "wide")
    quotes = [quote_row(view, a.case, quote, with_case=True) for a in appearances for quote in a.quotes]
    if quotes:
        yield Section("quotes", 2, "Words on record", fragment("quotes", rows=quotes), "wide")
    claims = [ledger_row(view, CaseClaim(a.case, claim)) for a in appearances for claim in a.claims]
    if claims:
        ledger = fragment("ledger", rows=claims, caption="Claims made", with_maker=False)
        yield Section("claims", 2, "Promises and assertions, and what became of them", ledger, "wide")


def _appearance_row(view: View, appearance: Appearance) -> Row:
    case = appearance.case
    roles = [role for role in appearance.roles if role != "theme"]
    return Row(
        case=view.link(case.id), occurred=case.occurred, roles=roles,
        dek=case.dek if "theme" in appearance.roles else "",
        events=[Row(date=event.date, link=view.link(f"#{event.id}", case)) for event in appearance.events],
        positions=[position.stance for position in appearance.positions],
        sections=view.links([f"#{section}" for section in appearance.sections], case),
        quotes=len(appearance.quotes), claims=len(appearance.claims), statements=len(appearance.statements),
    )  # fmt: skip
