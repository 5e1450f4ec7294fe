"""The bibliography, and what rests on each source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from casebook.book import Casebook
from casebook.model import Source
from casebook.views.case import source_row
from casebook.views.citing import cite_source
from casebook.views.page import Link, Page, PageSpec, Row, Section, Slice, slices
from casebook.views.rendering import View, capital, description, fragment, host, is_chinese, language, title_of

SOURCES_A_PAGE = 250
USES_A_PAGE = 200
KINDS = ("primary", "secondary", "tertiary")
USE_WORDS = {
    "events": "event", "quotes": "quote", "claims": "claim", "body": "essay", "media": "picture", "key_figures": "figure", "charts": "chart",
    "disputed": "disputed", "positions": "reading", "lessons": "lesson", "further": "further reading", "teaching": "teaching note",
}  # fmt: skip


def source_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/sources/` and a page for every source."""

    @cache
    def by_kind() -> list[Source]:
        return sorted(book.sources.values(), key=lambda source: (KINDS.index(source.kind), source.short.casefold()))

    for part in slices("sources/", len(book.sources), SOURCES_A_PAGE):

        def index(part: Slice = part) -> Page:
            return sources_page(book, by_kind()[part.first : part.last], part)

        yield PageSpec(part.uri, f"Sources{part.suffix}", "sources", "", index)
    for source in book.sources.values():
        for part in slices(f"sources/{source.id}/", len(book.source_uses.get(source.id, ())), USES_A_PAGE):

            def build(source: Source = source, part: Slice = part) -> Page:
                return source_page(book, source, part)

            yield PageSpec(part.uri, f"{source.label}{part.suffix}", "source", book.entries[source.id].file, build)


def sources_page(book: Casebook, some: list[Source], part: Slice) -> Page:
    """Every source, by kind."""
    view = View(book, part.uri)
    sections = []
    for kind, of_kind in groupby(some, key=lambda source: source.kind):
        rows = [source_row(view, source) for source in of_kind]
        for row in rows:
            row.facts = [capital(", ".join(fact for fact in row.facts if fact != kind))]  # the heading says which kind
        sections.append(Section(kind, 2, f"{kind.capitalize()} sources", fragment("sources", rows=rows), "wide"))
    dek = "Everything that was read and is cited. Each source has a page that shows what rests on it."
    lead = fragment(
        "listing_head", title="Sources", dek=dek, count=len(book.sources), pager=view.pager(part, "sources/"), part=part
    )
    return Page(part.uri, f"Sources{part.suffix}", "sources", dek, lead, tuple(sections))


def source_page(book: Casebook, source: Source, part: Slice) -> Page:
    """One source: the record, how far it was read, and what rests on it."""
    view = View(book, part.uri)
    csl = source.csl
    facts = [
        ("Author", ", ".join(author.label for author in csl.author) or "not known"),
        ("Editor", ", ".join(editor.label for editor in csl.editor)),
        ("Published in", csl.container_title or csl.publisher or ""),
        ("Date", csl.issued.words if csl.issued else "not known"),
        ("Language", language(csl.language)),
        ("Kind", capital(f"{source.kind}, {source.independence}")),
        ("Read", f"{source.accessed.words}; {_extent(source)}"),
        ("Rights", source.rights or ""),
    ]
    links = [
        Link(url, f"{words} ({host(url)})")
        for url, words in ((csl.URL, "Original"), (source.archive_url, "Archived copy"))
        if url
    ]
    lead = fragment(
        "source_head", index=Link(view.path("sources/"), "Source"), title=source.label,
        lang=csl.language if is_chinese(source.label) else "", facts=[(k, v) for k, v in facts if v], links=links,
        note=source.note or "", pager=view.pager(part, f"sources/{source.id}/"), part=part,
    )  # fmt: skip
    uses = book.source_uses.get(source.id, [])[part.first : part.last]
    sections = []
    for case_id, some in groupby(uses, key=lambda use: use.case.id):
        rows = [
            Row(
                kind=USE_WORDS[use.kind],
                link=Link(view.path(use.uri), use.label),
            )
            for use in some
        ]
        sections.append(Section(case_id, 2, title_of(book.cases[case_id]), fragment("source_uses", rows=rows)))
    if not sections:
        sections = [
            Section("none", 2, "What rests on it", fragment("nothing", words="No published case cites it yet."))
        ]
    if part.number == 1:
        sections.append(cite_source(view, source))
    summary = description(f"{source.label}: what in the casebook rests on this source.")
    return Page(part.uri, f"{source.label}{part.suffix}", "source", summary, lead, tuple(sections), source.id)


def _extent(source: Source) -> str:
    if source.sha256:
        return "the whole text, kept in a private archive"
    if source.excerpt_sha256:
        return "an excerpt; the whole text is not at hand"
    return "not archived"
