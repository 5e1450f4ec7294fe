"""A case's page, top to bottom: essay, record, argument, apparatus."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook, CaseClaim
from casebook.model import Case, Quote, Source, TimelineEvent, typographic
from casebook.prose import render_prose
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import (
    STATUS_WORDS,
    ProseLinks,
    View,
    claim_days,
    fragment,
    host,
    is_chinese,
    minutes_to_read,
    number,
    source_facts,
    text_fragment_url,
)

INVERSE = {"precedent": "sequel", "sequel": "precedent", "parallel": "parallel", "contrast": "contrast"}
RELATION_SIGNS = {"supports": "+", "complicates": "~", "contradicts": "−"}


def case_specs(book: Casebook) -> Iterator[PageSpec]:
    """A page for every case that is built."""
    for case in book.cases.values():

        def build(case: Case = case) -> Page:
            return case_page(book, case)

        yield PageSpec(f"cases/{case.id}/", case.title, "case", book.files[case.id], build)


def case_page(book: Casebook, case: Case) -> Page:
    """The page of one case. Sources are numbered in the order in which a reader meets them."""
    view = View(book, f"cases/{case.id}/", case)
    figures = _figures(view, case)
    sections = [
        Section("glance", 2, "At a glance", fragment("glance", lines=case.glance), "glance-block"),
        Section("essay", 1, "The essay"),
        *_essay(view, case),
        Section("record", 1, "The record"),
        *_record(view, case),
        Section("argument", 1, "The argument"),
        *_argument(view, case),
        Section("apparatus", 1, "The apparatus"),
        *_apparatus(view, case),
    ]
    lead = fragment(
        "case_head", case=case, minutes=minutes_to_read(book.essay_words[case.id]), themes=view.links(case.themes),
        cases=Link(view.path("cases/"), "Cases"), figures=figures,
    )  # fmt: skip
    return Page(view.uri, case.title, "case", case.dek, lead, tuple(sections))


def _figures(view: View, case: Case) -> list[Row]:
    return [
        Row(
            value=number(figure.value), unit=figure.unit or "", qualifier=figure.qualifier or "",
            label=figure.label, as_of=figure.as_of, source=view.source_link(figure.source),
        )
        for figure in case.key_figures
    ]  # fmt: skip


def _essay(view: View, case: Case) -> Iterator[Section]:
    links = ProseLinks(view, notes=True)
    anchors: set[str] = set()
    first = 1
    for section in case.body:
        prose = render_prose(section.text, links, scope=section.id, first=first, taken=anchors)
        first += prose.paragraphs
        yield Section(section.id, 2, section.heading, prose.html, "essay")


def _record(view: View, case: Case) -> Iterator[Section]:
    events = sorted(case.events, key=lambda event: event.date.sort_key)
    rows = [event_row(view, case, event) for event in events]
    yield Section("timeline", 2, "Timeline", fragment("timeline", rows=rows, with_key=True), "wide")
    quotes = [quote_row(view, case, quote) for quote in case.quotes]
    yield Section("quotes", 2, "In their words", fragment("quotes", rows=quotes), "wide")
    claims = [claim_row(view, item) for item in view.book.claims[case.id]]
    if claims:
        yield Section("claims", 2, "What was promised, and what became of it", fragment("claims", rows=claims), "wide")
    if case.media:
        yield Section("media", 2, "Who says it was staged", fragment("media", rows=_media(view, case)), "wide")
    if case.disputed:
        yield Section("disputed", 2, "Where sources disagree", fragment("disputed", rows=_disputes(view, case)), "wide")
    cast = [
        Row(who=view.link(member.who), zh=chinese_name(view.book, member.who), role=member.role) for member in case.cast
    ]
    yield Section("cast", 2, "Who is who", fragment("cast", rows=cast))


def anchor_of(case: Case, local: str) -> str:
    """The address of a case's event, quote or claim on another page. No id holds two hyphens, so no two are alike."""
    return f"{case.id}--{local}"


def event_row(view: View, case: Case, event: TimelineEvent, *, with_case: bool = False) -> Row:
    """An event as the timeline template prints it."""
    settled = [
        Row(status=step.status, word=STATUS_WORDS[step.status], claim=view.link(item.reference))
        for item, step in view.book.steps_of(case, event)
        if step.status != "pending"
    ]
    return Row(
        id=anchor_of(case, event.id) if with_case else event.id,
        date=event.date, time=event.time or "", title=event.title, detail=event.detail or "",
        strand=event.strand, confidence=event.confidence, settled=settled,
        actors=view.links(event.actors), platforms=view.links(event.platforms),
        cites=view.source_links(event.cites),
        case=view.link(f"{case.id}#{event.id}", words=case.title) if with_case else None,
    )  # fmt: skip


def quote_row(view: View, case: Case, quote: Quote, *, with_case: bool = False) -> Row:
    """A quote as the quotes template prints it."""
    source = view.book.sources[quote.source]
    passage = text_fragment_url(source.csl.URL, quote.exact) if source.csl.URL else ""
    return Row(
        id=anchor_of(case, quote.id) if with_case else quote.id,
        exact=typographic(quote.exact), lang=quote.lang, translation=quote.translation,
        speaker=view.link(quote.speaker), date=quote.date, venue=quote.venue or "",
        badges=view.badges(case, quote), source=view.source_link(quote.source),
        passage=passage, note=quote.note or "",
        case=view.link(f"{case.id}#{quote.id}", words=case.title) if with_case else None,
    )  # fmt: skip


def claim_row(view: View, item: CaseClaim) -> Row:
    """A claim with its dated history. Claims of another case carry a link to it."""
    claim, home = item.claim, item.case
    is_guest = view.case is not home
    steps = [
        Row(
            date=step.on, status=step.status, note=step.note,
            word="Made" if index == 0 and step.status == "pending" else STATUS_WORDS[step.status],
            cites=view.source_links(step.cites),
            event=view.link(_absolute(step.event, home)) if step.event else None,
        )
        for index, step in enumerate(claim.history)
    ]  # fmt: skip
    return Row(
        id=anchor_of(home, claim.id) if is_guest else claim.id, text=claim.text, by=view.link(claim.by),
        made_on=claim.made_on, kind=claim.kind, due=claim.due, test=claim.test,
        status=claim.status, word=STATUS_WORDS[claim.status], steps=steps, days=claim_days(claim),
        quote=view.link(f"{home.id}#{claim.quote}") if claim.quote else None,
        home=view.link(item.reference, words=home.title) if is_guest else None,
    )  # fmt: skip


def _absolute(reference: str, case: Case) -> str:
    return reference if "#" in reference and not reference.startswith("#") else f"{case.id}#{reference.lstrip('#')}"


def _media(view: View, case: Case) -> list[Row]:
    return [
        Row(
            id=media.id, describes=media.describes, publisher=view.link(media.published_by), on=media.on,
            reply=media.reply or "",
            says=[
                Row(
                    who=view.link(said.attributed_to), on=said.on, category=said.category,
                    note=said.note or "", cites=view.source_links(said.cites),
                )
                for said in media.authenticity
            ],
        )
        for media in case.media
    ]  # fmt: skip


def _disputes(view: View, case: Case) -> list[Row]:
    return [
        Row(
            id=f"dispute-{index}", what=dispute.what, we_print=dispute.we_print or "",
            figures=[
                Row(value=figure.value, source=view.source_link(figure.source), note=figure.note or "")
                for figure in dispute.figures
            ],
        )
        for index, dispute in enumerate(case.disputed, 1)
    ]  # fmt: skip


def chinese_name(book: Casebook, identifier: str) -> str:
    """The name in Chinese characters, where the registry has it."""
    entry = book.registries[book.kinds[identifier]][identifier]
    name = getattr(entry, "name", None)
    return getattr(name, "zh", None) or getattr(entry, "zh", None) or ""


def _argument(view: View, case: Case) -> Iterator[Section]:
    if case.positions:
        yield Section("positions", 2, "Competing readings", fragment("positions", issues=_issues(view, case)), "wide")
    uses = [_lesson_row(view, case, index) for index in range(len(case.lessons))]
    yield Section("lessons", 2, "Lessons", fragment("case_lessons", rows=uses))
    questions = [
        Row(id=question.id, text=question.text, evidence=view.links(_local(e) for e in question.evidence))
        for question in case.teaching.questions
    ]
    teach = Link(view.path(f"cases/{case.id}/teach/"), "Teaching note")
    total = sum(step.minutes for step in case.teaching.plan)
    yield Section(
        "questions", 2, "Questions for discussion", fragment("questions", rows=questions, teach=teach, minutes=total)
    )
    related = list(_related(view, case))
    if related:
        yield Section("related", 2, "Related cases", fragment("related", rows=related))


def _lesson_row(view: View, case: Case, index: int) -> Row:
    use = case.lessons[index]
    # A case may both support a lesson and complicate it.
    number = [other.lesson for other in case.lessons[: index + 1]].count(use.lesson)
    anchor = f"lesson-{use.lesson}" if number == 1 else f"lesson-{use.lesson}--{number}"
    return Row(
        id=anchor, sign=RELATION_SIGNS[use.relation], relation=use.relation,
        lesson=view.link(use.lesson), why=view.prose(use.why, anchor),
        evidence=view.links(_local(reference) for reference in use.evidence),
    )  # fmt: skip


def _local(reference: str) -> str:
    return reference if "#" in reference else f"#{reference}"


def _issues(view: View, case: Case) -> list[Row]:
    issues: dict[str, list[Row]] = {}
    for index, position in enumerate(case.positions, 1):
        issues.setdefault(position.issue, []).append(
            Row(
                id=f"position-{index}", holder=view.link(position.holder), stance=position.stance,
                summary=view.prose(position.summary, f"position-{index}"),
                reply_to=view.link(position.response_to) if position.response_to else None,
                quotes=view.links(f"#{quote}" for quote in position.quotes),
                cites=view.source_links(position.cites),
            )
        )  # fmt: skip
    return [Row(issue=issue, sides=sides) for issue, sides in issues.items()]


def _related(view: View, case: Case) -> Iterator[Row]:
    named = set()
    for related in case.related:
        named.add(related.case)
        yield Row(relation=related.relation, case=view.link(related.case), why=related.why)
    for other, related in view.book.related_from[case.id]:
        if other.id not in named:
            yield Row(relation=INVERSE[related.relation], case=view.link(other.id), why=related.why)


def _apparatus(view: View, case: Case) -> Iterator[Section]:
    sources = [source_row(view, view.book.sources[source]) for source in view.numbers]
    further = [source_row(view, view.book.sources[source]) for source in case.further]
    for source_id, row in zip(case.further, further, strict=True):
        if source_id in view.numbers:
            row.id = ""  # its anchor is among the sources
    yield Section("sources", 2, "Sources", fragment("sources", rows=sources))
    if further:
        yield Section("further", 2, "Further reading", fragment("sources", rows=further))
    yield Section("cite", 2, "Cite this case", fragment("cite", case=case))
    yield Section("corrections", 2, "Corrections", fragment("corrections", rows=case.corrections))


def source_row(view: View, source: Source) -> Row:
    """A bibliography entry."""
    csl = source.csl
    return Row(
        id=f"source-{source.id}", authors=[author.label for author in csl.author], title=csl.title or "",
        title_lang=csl.language if csl.title and is_chinese(csl.title) else "", short=source.short,
        container=csl.container_title or csl.publisher or "", issued=csl.issued, facts=source_facts(source),
        url=csl.URL or "", host=host(csl.URL) if csl.URL else "", note=source.note or "",
        page=Link(view.path(f"sources/{source.id}/"), "What rests on it"),
    )  # fmt: skip
