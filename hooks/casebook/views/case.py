"""A case's page, top to bottom: essay, record, argument, apparatus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.book import Casebook, CaseClaim, Target
from casebook.courses import course_of_case
from casebook.marks import minutes_to_read
from casebook.model import Case, Quote, Source, TimelineEvent, typographic
from casebook.prose import render_prose
from casebook.views.charts import chart_rows
from casebook.views.checked import quote_check
from casebook.views.citing import bibliography_files, cite_case
from casebook.views.neighbours import order_section, related_rows
from casebook.views.old_anchors import anchors_of, with_old_anchors
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.positions import issue_rows
from casebook.views.rendering import (
    DRAFT_WORDS,
    STATUS_WORDS,
    ProseLinks,
    View,
    certainty,
    claim_days,
    fragment,
    host,
    is_chinese,
    number,
    source_facts,
    text_fragment_url,
)
from casebook.views.take_along import take_along_link
from casebook.views.tracks import strip_figure

RELATION_SIGNS = {"supports": "+", "complicates": "~", "contradicts": "−"}


def case_specs(book: Casebook) -> Iterator[PageSpec]:
    """A page for every case that is built."""
    cases = list(book.cases.values())
    for case, before, after in zip(cases, [None, *cases], [*cases[1:], None], strict=False):

        def build(case: Case = case, beside: Sequence[Case | None] = (before, after)) -> Page:
            return case_page(book, case, beside)

        yield PageSpec(f"cases/{case.id}/", case.title, "case", book.files[case.id], build)


def case_page(book: Casebook, case: Case, beside: Sequence[Case | None] = ()) -> Page:
    """The page of one case, with links to those `beside` it: the one before in time and the one after.

    Sources are numbered in the order in which a reader meets them.
    """
    view = View(book, f"cases/{case.id}/", case)
    figures = _figures(view, case)
    sections = [
        Section("glance", 2, "At a glance", fragment("glance", lines=case.glance), "glance-block"),
        Section("essay", 1, "The essay"),
        *essay_sections(view, case),
        Section("record", 1, "The record"),
        *record_sections(view, case),
        Section("argument", 1, "The argument"),
        *argument_sections(view, case),
        Section("apparatus", 1, "The apparatus"),
        *_apparatus(view, case),
        *order_section(view, beside),
    ]
    lead = fragment(
        "case_head", case=case, draft=DRAFT_WORDS.get(case.status), minutes=minutes_to_read(book.essay_words[case.id]), themes=view.links(case.themes),
        cases=Link(view.path("cases/"), "Cases"), figures=figures,
    )  # fmt: skip
    page = Page(view.uri, case.title, "case", case.dek, lead, tuple(sections), case.id)
    return with_old_anchors(page, anchors_of(case))


def _figures(view: View, case: Case) -> list[Row]:
    return [
        Row(
            value=number(figure.value), unit=figure.unit or "", qualifier=figure.qualifier or "",
            label=figure.label, as_of=figure.as_of, source=view.source_link(figure.source),
        )
        for figure in case.key_figures
    ]  # fmt: skip


def essay_sections(view: View, case: Case) -> Iterator[Section]:
    """The essay, its paragraphs numbered through all of its sections."""
    links = ProseLinks(view, notes=True)
    anchors: set[str] = set()
    first = 1
    for section in case.body:
        prose = render_prose(section.text, links, scope=section.id, first=first, taken=anchors)
        first += prose.paragraphs
        yield Section(section.id, 2, section.heading, prose.html, "essay")


def record_sections(view: View, case: Case) -> Iterator[Section]:
    """What is on record: charts, events, quotes, claims, pictures, disagreements, and who is who."""
    if case.charts:
        yield Section("charts", 2, "In figures", fragment("charts", charts=chart_rows(view, case)))
    events = sorted(case.events, key=lambda event: event.date.sort_key)
    rows = [event_row(view, case, event) for event in events]
    timeline = fragment("timeline", rows=rows, with_key=True)
    filtered = Link(view.path(f"timeline/?case={case.id}"), "These events on the timeline of all cases, to be filtered")
    timeline += fragment("more", link=filtered)
    yield Section("timeline", 2, "Timeline", strip_figure(case) + timeline, "wide")
    quotes = [quote_row(view, case, quote) for quote in case.quotes]
    yield Section("quotes", 2, "In their words", fragment("quotes", rows=quotes), "wide")
    claims = [claim_row(view, item) for item in view.book.claims[case.id]]
    if claims:
        yield Section("claims", 2, "What was promised, and what became of it", fragment("claims", rows=claims), "wide")
    if case.media:
        yield Section("media", 2, "Who says how it was made", fragment("media", rows=media_rows(view, case)), "wide")
    if case.disputed:
        disputes = [dispute_row(view, case, number) for number in range(1, len(case.disputed) + 1)]
        yield Section("disputed", 2, "Where sources disagree", fragment("disputed", rows=disputes), "wide")
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
    others = view.book.tellings.get(f"{case.id}#{event.id}", [])
    return Row(
        told_in=_fuller_telling(view, event),
        also_in=[view.link(f"{other.id}#{same.id}", words=other.title) for other, same in others],
        id=anchor_of(case, event.id) if with_case else event.id,
        date=event.date, time=event.time or "", title=event.title, detail=event.detail or "",
        strand=event.strand, confidence=event.confidence, sure=certainty(event), settled=settled,
        actors=view.links(event.actors), platforms=view.links(event.platforms),
        cites=view.source_links(event.cites),
        case=view.link(f"{case.id}#{event.id}", words=case.title) if with_case else None,
    )  # fmt: skip


def _fuller_telling(view: View, event: TimelineEvent) -> Link | None:
    """A link to the same event in the case that tells it more fully."""
    if event.same_event is None:
        return None
    return view.link(event.same_event, words=view.book.label(event.same_event.partition("#")[0]))


def cases_that_tell(book: Casebook, case: Case, event: TimelineEvent) -> list[Case]:
    """The case that tells of an event most fully, then the others that do."""
    return [case, *(other for other, _ in book.tellings.get(f"{case.id}#{event.id}", []))]


def quote_row(view: View, case: Case, quote: Quote, *, with_case: bool = False) -> Row:
    """A quote as the quotes template prints it."""
    source = view.book.sources[quote.source]
    passage = text_fragment_url(source.csl.URL, quote.exact) if source.csl.URL else ""
    return Row(
        id=anchor_of(case, quote.id) if with_case else quote.id,
        exact=typographic(quote.exact), lang=quote.lang, translation=quote.translation,
        speaker=view.link(quote.speaker), date=quote.date, venue=quote.venue or "",
        badges=view.badges(case, quote), source=view.source_link(quote.source),
        passage=passage, note=quote.note or "", check=quote_check(view, case, quote),
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


def media_rows(view: View, case: Case) -> list[Row]:
    """Pictures and clips with who says what of their making, as the media template prints them."""
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


def dispute_row(view: View, case: Case, number: int, *, with_case: bool = False) -> Row:
    """The case's first, second … disagreement of sources as the disputed template prints it."""
    dispute = case.disputed[number - 1]
    anchor = f"dispute-{number}"
    return Row(
        id=anchor_of(case, anchor) if with_case else anchor, we_print=dispute.we_print or "",
        what=view.to(Target("disputed", f"cases/{case.id}/#{anchor}", dispute.what)) if with_case else dispute.what,
        figures=[
            Row(value=figure.value, source=view.source_link(figure.source), note=figure.note or "")
            for figure in dispute.figures
        ],
    )  # fmt: skip


def chinese_name(book: Casebook, identifier: str) -> str:
    """The name in Chinese characters, where the registry has it."""
    entry = book.registries[book.kinds[identifier]][identifier]
    name = getattr(entry, "name", None)
    return getattr(name, "zh", None) or getattr(entry, "zh", None) or ""


def argument_sections(view: View, case: Case) -> Iterator[Section]:
    """Competing readings, lessons, questions, related cases."""
    if case.positions:
        issues = issue_rows(view, case)
        yield Section("positions", 2, "Competing readings", fragment("positions", issues=issues), "wide")
    uses = [_lesson_row(view, case, index) for index in range(len(case.lessons))]
    yield Section("lessons", 2, "Lessons", fragment("case_lessons", rows=uses))
    questions = [
        Row(id=question.id, text=question.text, evidence=view.links(_local(e) for e in question.evidence))
        for question in case.teaching.questions
    ]
    teach = Link(view.path(f"cases/{case.id}/teach/"), "Teaching note")
    total = sum(step.minutes for step in case.teaching.plan)
    take_along = take_along_link(view, course_of_case(view.book, case))
    asked = fragment("questions", rows=questions, teach=teach, minutes=total, take_along=take_along)
    yield Section("questions", 2, "Questions for discussion", asked)
    related = related_rows(view, case)
    if related:
        yield Section("related", 2, "Related cases", fragment("related", rows=related))


def lesson_anchor(lesson: str, number: int) -> str:
    """Where a case speaks of a lesson for the first, second … time; it may both support one and complicate it."""
    return f"lesson-{lesson}" if number == 1 else f"lesson-{lesson}--{number}"


def _lesson_row(view: View, case: Case, index: int) -> Row:
    use = case.lessons[index]
    anchor = lesson_anchor(use.lesson, [other.lesson for other in case.lessons[: index + 1]].count(use.lesson))
    return Row(
        id=anchor, sign=RELATION_SIGNS[use.relation], relation=use.relation,
        lesson=view.link(use.lesson), why=view.prose(use.why, anchor),
        evidence=view.links(_local(reference) for reference in use.evidence),
    )  # fmt: skip


def _local(reference: str) -> str:
    return reference if "#" in reference else f"#{reference}"


def _apparatus(view: View, case: Case) -> Iterator[Section]:
    sources = [source_row(view, view.book.sources[source]) for source in view.numbers]
    further = [source_row(view, view.book.sources[source]) for source in case.further]
    for source_id, row in zip(case.further, further, strict=True):
        if source_id in view.numbers:
            row.id = ""  # its anchor is among the sources
    files = bibliography_files(view, case)
    yield Section("sources", 2, "Sources", fragment("sources", rows=sources) + files)
    if further:
        yield Section("further", 2, "Further reading", fragment("sources", rows=further))
    yield cite_case(view, case)
    corrections = [correction_row(case, number) for number in range(1, len(case.corrections) + 1)]
    removed = [item for item in case.moved if item.why]
    yield Section("corrections", 2, "Corrections", fragment("corrections", rows=corrections, removed=removed))


def correction_row(case: Case, number: int) -> Row:
    """The case's first, second … correction, counted as the casefile has them, so that an address never moves."""
    correction = case.corrections[number - 1]
    return Row(id=f"correction-{number}", on=correction.on, what=correction.what, why=correction.why)


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
