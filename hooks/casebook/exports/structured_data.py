"""What a page is about, in the terms of schema.org: one JSON-LD graph for its `<head>`.

A thing that has a page has that page's address as its `@id`; what stands on a page has the address with its anchor. So
a quote in a case and its speaker's page are one graph, whichever page a machine starts from.

Three things are left out with intent. `author`: a case names no author, and none is made up. `ClaimReview`: it is a
rating by the publisher, and we rate nothing; where a claim stands is its `creativeWorkStatus`, dated in its
description. `spokenByCharacter`: schema.org keeps it for characters in fiction, so a speaker is a quotation's `creator`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup

from casebook.book import Casebook
from casebook.dates import PLAIN, TIMED, PartialDate
from casebook.editions import edition_of_case, edition_of_list
from casebook.exports.cards import card_uri
from casebook.exports.site import Site
from casebook.marks import minutes_to_read
from casebook.model import Case, Claim, Correction, CslName, Quote, ReadingList, Role, Session, Source, TimelineEvent
from casebook.views.case import chinese_name
from casebook.views.data import LICENCE
from casebook.views.page import UNLISTED, Page, up
from casebook.views.rendering import STATUS_WORDS, is_chinese

PARTS = 60
"""Quotes, claims, events, sessions or terms of one graph. What is beyond stands on the page, and in the data files."""
CITED = 36
"""Sources of a case's graph, the first cited first. Their addresses are half of its weight."""

INDEXES = {
    "cases": "Cases", "people": "People", "organisations": "Organisations", "platforms": "Platforms",
    "products": "Products", "themes": "Themes", "lessons": "Lessons", "sources": "Sources", "readings": "Reading lists",
    "timeline": "Timeline", "quotes": "Quotes", "claims": "Claims", "teach": "Teach",
}  # fmt: skip
"""The pages that stand above others, by the first part of an address."""
LISTINGS = frozenset(
    "timeline quotes claims lessons entities cases sources readings teach-index corrections arc data disputed positions".split()
)
ENTITY_TYPES = {
    "people": "Person", "organisations": "Organization", "platforms": "Service", "products": "Product",
    "themes": "DefinedTerm",
}  # fmt: skip
"""A registry's entries in schema.org's words. A platform may be an application, a shop or a broadcaster: a service."""
SOURCE_TYPES = {
    "article": "Article", "article-magazine": "Article", "article-newspaper": "NewsArticle", "book": "Book",
    "chapter": "Chapter", "motion_picture": "VideoObject", "post": "SocialMediaPosting", "post-weblog": "BlogPosting",
    "report": "Report", "webpage": "WebPage",
}  # fmt: skip
"""CSL's types in schema.org's words; `CreativeWork` for those that it has no word for."""

Node = dict[str, Any]
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def structured_data(book: Casebook, page: Page, site: Site) -> Markup:
    """The page's graph as a block of data for its head; nothing for a page that only leads to another."""
    graph = page_graph(book, page, site)
    if not graph:
        return Markup("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    safe = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704 - no text can end the block


def page_graph(book: Casebook, page: Page, site: Site) -> list[Node]:
    """The page's nodes: what it is about, and the way to it from the home page."""
    if page.kind in UNLISTED:
        return []
    place = _Place(book, page, site)
    return [_subject(place), _trail(place)] if page.uri else [_subject(place)]


def iso_span(value: PartialDate | None) -> tuple[str, str]:
    """Start and end in ISO 8601, as precise as the date; empty where a date is uncertain or an end is open."""
    start, _, end = value.text.partition("/") if value else ("", "", "")
    return _iso(start), _iso(end)


def _iso(text: str) -> str:
    if TIMED.fullmatch(text):
        return text
    match = PLAIN.fullmatch(text)
    # EDTF writes seasons as months 21 to 24, which ISO 8601 does not know.
    return text if match and int(match[2] or 1) <= 12 else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """The page on which a graph stands, and the addresses as it writes them."""

    book: Casebook
    page: Page
    site: Site

    def at(self, uri: str) -> str:
        """An address given from the site's root: absolute when the site's own is known, else relative to the page."""
        if self.site.url:
            return self.site.absolute(uri)
        path, hash_mark, anchor = uri.partition("#")
        way = "./" if path == self.page.uri else f"{up(self.page.uri)}{path}"
        return f"{way}{hash_mark}{anchor}"

    def ref(self, uri: str) -> Node:
        """A node that is described elsewhere."""
        return {"@id": self.at(uri)}

    def entry(self, identifier: str) -> Node:
        """A reference to an entity or a case."""
        return self.ref(self.book.target(identifier).uri)

    def sources(self, identifiers: Iterable[str]) -> list[Node]:
        """References to sources."""
        return [self.ref(f"sources/{identifier}/") for identifier in dict.fromkeys(identifiers)]

    @property
    def website(self) -> Node:
        """The site, as every page of it names it."""
        return _node("WebSite", id=self.at(""), name=self.site.name)

    @property
    def publication(self) -> Node:
        """What all works of ours have in common."""
        publisher = _node("Organization", name=self.site.name, url=self.site.url)
        return {"inLanguage": "en", "license": LICENCE, "publisher": publisher}


def _node(kind: str, **values: object) -> Node:
    """A node without its empty values. `id` is its address."""
    named = {"@id" if name == "id" else name: value for name, value in values.items()}
    return {"@type": kind} | {name: value for name, value in named.items() if value not in ("", None, [], ())}


def _few(nodes: Iterable[Node], limit: int = PARTS) -> list[Node]:
    return list(islice(nodes, limit))


def _subject(place: _Place) -> Node:
    book, page = place.book, place.page
    match page.kind:
        case "home":
            return _home(place)
        case "case":
            return _case(place, book.cases[page.subject])
        case "teach":
            return _teaching_note(place, book.cases[page.subject])
        case "reading":
            return _reading_list(place, book.readings[page.subject])
        case "source":
            return _source_record(place, book.sources[page.subject])
        case "lesson":
            return _lesson(place)
        case "entity":
            return _entity(place)
        case "glossary":
            return _glossary(place)
    kind = "CollectionPage" if page.kind in LISTINGS else "WebPage"
    return _node(
        kind, id=place.at(page.uri), url=place.at(page.uri), **_said(page), inLanguage="en", isPartOf=place.website
    )


def _said(page: Page) -> Node:
    return {"name": page.title, "description": page.description}


def _trail(place: _Place) -> Node:
    steps = [*_above(place), (place.page.title, place.page.uri)]
    items = [
        _node("ListItem", position=number, name=name, item=place.ref(uri))
        for number, (name, uri) in enumerate(steps, 1)
    ]
    return _node("BreadcrumbList", itemListElement=items)


def _above(place: _Place) -> Iterator[tuple[str, str]]:
    """Names and addresses of the pages between the home page and this one."""
    yield place.site.name, ""
    page = place.page
    first = page.uri.partition("/")[0]
    if first in INDEXES and page.uri != f"{first}/":
        yield INDEXES[first], f"{first}/"
    if page.subject and page.uri != f"{first}/{page.subject}/":
        yield place.book.label(page.subject), f"{first}/{page.subject}/"


def _home(place: _Place) -> Node:
    search = None
    if place.site.url:  # a search needs an address that works from anywhere
        target = _node("EntryPoint", urlTemplate=f"{place.site.url}?q={{search_term_string}}")
        search = _node("SearchAction", target=target) | {"query-input": "required name=search_term_string"}
    return _node(
        "WebSite", id=place.at(""), name=place.site.name, url=place.at(""), description=place.page.description,
        **place.publication, image=place.at(card_uri(place.page)), potentialAction=search,
    )  # fmt: skip


def _case(place: _Place, case: Case) -> Node:
    book, uri = place.book, f"cases/{case.id}/"
    words = book.essay_words[case.id]
    events = sorted(case.events, key=lambda event: event.date.sort_key)
    quotes = _few(_quotation(place, case, quote) for quote in case.quotes)
    claims = _few(_claim(place, case, claim) for claim in case.claims)
    return _node(
        "Article", id=place.at(uri), url=place.at(uri), headline=case.title, description=case.dek,
        datePublished=iso_span(case.published)[0], dateModified=iso_span(case.updated or case.published)[0],
        version=edition_of_case(case).token,
        **place.publication, isPartOf=place.website, image=place.at(card_uri(place.page)),
        learningResourceType="case study", wordCount=words, timeRequired=f"PT{minutes_to_read(words)}M",
        keywords=[_named(place, theme) for theme in case.themes],
        about=[_named(place, who) for who in dict.fromkeys(member.who for member in case.cast)],
        hasPart=quotes + claims, mentions=_few(_event(place, case, event) for event in events),
        citation=_few((_citation(place, book.sources[source]) for source in book.case_sources[case.id]), CITED),
        correction=[_correction(correction) for correction in case.corrections],
    )  # fmt: skip


def _named(place: _Place, identifier: str) -> Node:
    """An entity by type, name and its addresses elsewhere."""
    kind = place.book.kinds[identifier]
    entry = place.book.registries[kind][identifier]
    elsewhere = list(getattr(entry, "same_as", ()))
    return _node(ENTITY_TYPES[kind], id=place.at(f"{kind}/{identifier}/"), name=entry.label, sameAs=elsewhere)


def _quotation(place: _Place, case: Case, quote: Quote) -> Node:
    other = quote.translation
    return _node(
        "Quotation", id=place.at(f"cases/{case.id}/#{quote.id}"), text=quote.exact, inLanguage=quote.lang,
        creator=place.entry(quote.speaker), dateCreated=iso_span(quote.date)[0],
        isBasedOn=place.ref(f"sources/{quote.source}/"),
        workTranslation=_node("Quotation", text=other.text, inLanguage=other.lang, creditText=other.by) if other else None,
    )  # fmt: skip


def _claim(place: _Place, case: Case, claim: Claim) -> Node:
    page, last = f"cases/{case.id}/", claim.history[-1]
    due = f"Due {claim.due.words}. " if claim.due else ""
    return _node(
        "Claim", id=place.at(f"{page}#{claim.id}"), text=claim.text, author=place.entry(claim.by),
        dateCreated=iso_span(claim.made_on)[0],
        firstAppearance=place.ref(f"{page}#{claim.quote}") if claim.quote else None,
        creativeWorkStatus=STATUS_WORDS[claim.status],
        description=f"{due}{STATUS_WORDS[claim.status]}, {last.on.words}.",
        citation=place.sources(last.cites),
    )  # fmt: skip


def _event(place: _Place, case: Case, event: TimelineEvent) -> Node:
    start, end = iso_span(event.date)
    return _node(
        "Event", id=place.at(f"cases/{case.id}/#{event.id}"), name=event.title, startDate=start, endDate=end,
        sameAs=place.at(place.book.target(event.same_event).uri) if event.same_event else None,
        description="" if start else f"Date: {event.date.words}.",
        about=[place.entry(who) for who in (*event.actors, *event.platforms)], subjectOf=place.sources(event.cites),
    )  # fmt: skip


def _correction(correction: Correction) -> Node:
    text = f"{correction.what} {correction.why}"
    return _node("CorrectionComment", text=text, datePublished=iso_span(correction.on)[0])


def _citation(place: _Place, source: Source) -> Node:
    """A source by type, name and address."""
    kind = SOURCE_TYPES.get(source.csl.type, "CreativeWork")
    return _node(kind, id=place.at(f"sources/{source.id}/"), name=source.label, url=source.csl.URL)


def _source_record(place: _Place, source: Source) -> Node:
    csl = source.csl
    return _citation(place, source) | _node(
        SOURCE_TYPES.get(csl.type, "CreativeWork"),
        author=[_writer(name) for name in csl.author], editor=[_writer(name) for name in csl.editor],
        datePublished=iso_span(csl.issued)[0], inLanguage=csl.language, archivedAt=source.archive_url,
        isPartOf=_node("CreativeWork", name=csl.container_title) if csl.container_title else None,
        publisher=_node("Organization", name=csl.publisher) if csl.publisher else None,
    )  # fmt: skip


def _writer(name: CslName) -> Node:
    """An author. One that is a single string may be a person or a body, so it gets no type."""
    if name.family is None:
        return {"name": name.label}
    return _node("Person", name=name.label, familyName=name.family, givenName=name.given)


def _teaching_note(place: _Place, case: Case) -> Node:
    note = case.teaching
    total = sum(step.minutes for step in note.plan)
    return _node(
        "LearningResource", id=place.at(place.page.uri), url=place.at(place.page.uri), **_said(place.page),
        **place.publication, isPartOf=place.website, learningResourceType="teaching note",
        audience=_node("EducationalAudience", educationalRole="teacher"), educationalLevel=note.level,
        teaches=[objective.text for objective in note.objectives][:PARTS], timeRequired=f"PT{total}M" if total else "",
        isBasedOn=_node("Article", id=place.at(f"cases/{case.id}/"), name=case.title),
    )  # fmt: skip


def _reading_list(place: _Place, reading_list: ReadingList) -> Node:
    """A reading list with its sessions. It is not a `Course`: nobody offers it, and nobody can enrol."""
    return _node(
        "LearningResource", id=place.at(place.page.uri), url=place.at(place.page.uri), **_said(place.page),
        **place.publication, isPartOf=place.website, image=place.at(card_uri(place.page)),
        learningResourceType="reading list", version=edition_of_list(place.book, reading_list).token,
        audience=_node("Audience", audienceType=reading_list.audience),
        hasPart=_few(_session(place, session) for session in reading_list.sessions),
    )  # fmt: skip


def _session(place: _Place, session: Session) -> Node:
    items = [f"cases/{item.case}/" if item.case else f"sources/{item.source}/" for item in session.items]
    return _node(
        "LearningResource", id=place.at(f"{place.page.uri}#session-{session.n}"), name=session.title,
        position=session.n, teaches=list(session.objectives), isBasedOn=[place.ref(uri) for uri in dict.fromkeys(items)],
        timeRequired=f"PT{session.minutes}M" if session.minutes else "",
        hasPart=[
            _node("Question", id=place.at(f"{place.page.uri}#{own.id}"), text=own.text) for own in session.own_questions
        ],
    )  # fmt: skip


def _lesson(place: _Place) -> Node:
    """A lesson: a work of ours. It is no `Claim`, which is for facts to be checked, and no term with a definition."""
    lesson = place.book.lessons[place.page.subject]
    uri = f"lessons/{lesson.id}/"
    return _node(
        "CreativeWork", id=place.at(uri), url=place.at(uri), name=lesson.statement, abstract=lesson.scope,
        **place.publication, isPartOf=place.website, learningResourceType="lesson", citation=place.sources(lesson.cites),
    )  # fmt: skip


def _entity(place: _Place) -> Node:
    """A person, organisation, platform, product or theme."""
    identifier = place.page.subject
    kind = place.book.kinds[identifier]
    entry: Any = place.book.registries[kind][identifier]
    zh = chinese_name(place.book, identifier)
    maker, parent = getattr(entry, "maker", None), getattr(entry, "parent", None)
    return _named(place, identifier) | _node(
        ENTITY_TYPES[kind], url=place.at(f"{kind}/{identifier}/"), description=place.page.description,
        alternateName=[*getattr(entry, "aliases", ()), *([{"@value": zh, "@language": "zh"}] if zh else [])],
        affiliation=[_role(place, role) for role in getattr(entry, "roles", ())],
        parentOrganization=_named(place, parent) if parent else None,
        manufacturer=_named(place, maker) if maker else None,
        releaseDate=iso_span(getattr(entry, "launched", None))[0],
        inDefinedTermSet=place.ref("themes/") if kind == "themes" else None,
    )  # fmt: skip


def _role(place: _Place, role: Role) -> Node:
    start, end = iso_span(role.period)
    return _node(
        "OrganizationRole", roleName=role.title, startDate=start, endDate=end,
        affiliation=_named(place, role.organisation),
    )  # fmt: skip


def _glossary(place: _Place) -> Node:
    terms = sorted(place.book.registries["terms"].values(), key=lambda term: str(term.term).casefold())
    return _node(
        "DefinedTermSet", id=place.at("glossary/"), url=place.at("glossary/"), **_said(place.page),
        isPartOf=place.website, license=LICENCE,
        hasDefinedTerm=_few(
            _node(
                "DefinedTerm", id=place.at(f"glossary/#{term.id}"), name=term.term, description=term.definition,
                alternateName={"@value": term.original, "@language": "zh" if is_chinese(term.original) else "und"}
                if term.original else None,
            )
            for term in terms
        ),
    )  # fmt: skip
