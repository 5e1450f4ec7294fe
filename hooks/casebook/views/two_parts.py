"""A case in two parts: two plain pages, one up to the day on which a class decides, one with all that followed.

The first shows nothing that was not on record on its day: neither the case's title, which may tell how it ended, nor
labels of later things in links. It says openly that the whole case is a link away.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook, Target
from casebook.model import Case, Claim, Quote, TimelineEvent
from casebook.prose import render_prose
from casebook.two_parts import Part, TwoParts, as_it_stood, is_known, tells_later, two_parts
from casebook.views.case import anchor_of, chinese_name, claim_row, event_row, media_rows, quote_row
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.positions import issue_rows
from casebook.views.rendering import DRAFT_WORDS, ProseLinks, View, fragment


def so_far_uri(case: Case) -> str:
    """The first part's address."""
    return f"cases/{case.id}/so-far/"


def what_followed_uri(case: Case) -> str:
    """The second part's address."""
    return f"cases/{case.id}/what-followed/"


def two_parts_specs(book: Casebook) -> Iterator[PageSpec]:
    """Two pages for every case that names a pause."""
    for case in book.cases.values():
        parts = two_parts(case)
        if parts is None:
            continue

        def first(parts: TwoParts = parts) -> Page:
            return so_far_page(book, parts)

        def second(parts: TwoParts = parts) -> Page:
            return what_followed_page(book, parts)

        file = book.files[case.id]
        yield PageSpec(so_far_uri(case), so_far_title(parts), "so-far", file, first)
        yield PageSpec(what_followed_uri(case), f"What followed: {case.title}", "what-followed", file, second)


def so_far_title(parts: TwoParts) -> str:
    """The first part's title: its day, since the case's own may tell how it ended."""
    return f"Up to {parts.pause.after.words}"


class _PartView(View):
    """A page of one part: what it shows is linked within it, the rest of the case as it stands on the case's page."""

    def __init__(self, book: Casebook, uri: str, case: Case, part: Part) -> None:
        super().__init__(book, uri)
        self.home = case
        self.part = part
        self._anchors = part.anchors

    def link(self, reference: str, within: Case | None = None, words: str = "") -> Link:
        return super().link(reference, within or self.home, words)

    def to(self, target: Target, words: str = "") -> Link:
        page, _, anchor = target.uri.partition("#")
        if page == f"cases/{self.home.id}/" and anchor in self._anchors:
            return Link(f"#{anchor}", words or target.label, target.lang)
        return super().to(target, words)


class _SoFarView(_PartView):
    """The first part: a link to what came later says neither what it leads to nor when."""

    def link(self, reference: str, within: Case | None = None, words: str = "") -> Link:
        pause = self.home.teaching.pause
        if pause is not None and tells_later(self.book, reference, within or self.home, pause):
            return Link(self.path(what_followed_uri(self.home)), words or "part two")
        return super().link(reference, within, words)


def so_far_page(book: Casebook, parts: TwoParts) -> Page:
    """The case up to the day of the pause, then the question."""
    case, pause = parts.case, parts.pause
    view = _SoFarView(book, so_far_uri(case), case, parts.so_far)
    then = Link(view.path(what_followed_uri(case)), "Read what followed")
    lead = fragment(
        "part_head", draft=DRAFT_WORDS.get(case.status), title=so_far_title(parts), number=1, day=pause.after,
        whole=view.path(f"cases/{case.id}/"), other=None,
    )  # fmt: skip
    sections = [
        Section("part-story", 2, "The story", view.prose(pause.so_far, "so-far", case), "essay"),
        *_essay(view, parts.so_far),
        *_record_so_far(view, parts),
        Section("part-decision", 2, "Decide", fragment("part_decision", ask=pause.ask, day=pause.after, then=then)),
    ]
    told = f"A case for a class, up to {pause.after.words}: what was on record on that day, and a question to decide."
    return Page(view.uri, so_far_title(parts), "so-far", told, lead, tuple(sections), case.id)


def what_followed_page(book: Casebook, parts: TwoParts) -> Page:
    """Everything of the case that the first part does not show."""
    case, then = parts.case, parts.then
    view = _PartView(book, what_followed_uri(case), case, then)
    lead = fragment(
        "part_head", draft=DRAFT_WORDS.get(case.status), title=f"What followed: {case.title}", number=2, day=parts.pause.after,
        whole=view.path(f"cases/{case.id}/"), other=Link(view.path(so_far_uri(case)), "Part one"),
    )  # fmt: skip
    sections = [
        Section("part-asked", 2, "What was asked", fragment("part_asked", ask=parts.pause.ask)),
        *_events(view, case, [event_row(view, case, event) for event in then.events]),
        *_quotes(view, case, [quote_row(view, case, quote) for quote in then.quotes]),
        *_outcomes(view, case),
        *_argument(view, parts),
    ]
    told = f"The second part of “{case.title}”: what followed after {parts.pause.after.words}."
    return Page(view.uri, f"What followed: {case.title}", "what-followed", told, lead, tuple(sections), case.id)


def _essay(view: _PartView, part: Part) -> Iterator[Section]:
    """The part's sections of the essay; their paragraphs have the numbers and addresses that they have in the case."""
    links = ProseLinks(view, view.home)
    anchors: set[str] = set()
    first = 1
    for section in view.home.body:
        prose = render_prose(section.text, links, scope=section.id, first=first, taken=anchors)
        first += prose.paragraphs
        if section in part.sections:
            yield Section(section.id, 2, section.heading, prose.html, "essay")


def _record_so_far(view: _SoFarView, parts: TwoParts) -> Iterator[Section]:
    case, so_far = parts.case, parts.so_far
    yield from _events(view, case, [_bare_event(view, case, event) for event in so_far.events])
    yield from _quotes(view, case, [_bare_quote(view, case, quote) for quote in so_far.quotes])
    guests = [
        item
        for item in view.book.claims[case.id]
        if item.case is not case and is_known(item.claim.made_on, parts.pause)
    ]
    claims = [_standing(view, claim) for claim in so_far.claims]
    claims += [
        _standing(view, as_it_stood(item.claim, parts.pause), anchor_of(item.case, item.claim.id)) for item in guests
    ]
    if claims:
        title = f"What had been promised, and how it stood on {parts.pause.after.words}"
        yield Section("claims", 2, title, fragment("part_claims", rows=claims))
    cast = [Row(who=view.link(who), zh=chinese_name(view.book, who), role="") for who in _cast_so_far(parts)]
    if cast:
        yield Section("cast", 2, "Who had a part in it", fragment("cast", rows=cast))


def _cast_so_far(parts: TwoParts) -> Iterator[str]:
    """Those of the cast who have acted or spoken by then. Their roles may tell what they did later."""
    so_far = parts.so_far
    seen = {who for event in so_far.events for who in (*event.actors, *event.platforms)}
    seen |= {quote.speaker for quote in so_far.quotes} | {claim.by for claim in so_far.claims}
    return (member.who for member in parts.case.cast if member.who in seen)


def _bare_event(view: View, case: Case, event: TimelineEvent) -> Row:
    """An event without its details and other tellings, which know how it ended, nor what it settled, which stands with the claims."""
    row = event_row(view, case, event)
    row.detail, row.settled, row.told_in, row.also_in = "", [], None, []
    return row


def _bare_quote(view: View, case: Case, quote: Quote) -> Row:
    row = quote_row(view, case, quote)
    row.note = ""
    return row


def _standing(view: _PartView, claim: Claim, anchor: str = "") -> Row:
    """A claim with the last step of its history that had been taken by then; one of another case has an `anchor` of its own."""
    last = claim.history[-1] if claim.history else None
    quote = claim.quote if claim.quote in view.part.anchors and not anchor else None
    return Row(
        id=anchor or claim.id, text=claim.text, by=view.link(claim.by), made_on=claim.made_on, due=claim.due, test=claim.test,
        kind=claim.kind, status=last.status if last else "pending", since=last.on if last else None,
        quote=view.link(f"#{quote}") if quote else None,
    )  # fmt: skip


def _events(view: View, case: Case, rows: list[Row]) -> Iterator[Section]:
    if rows:
        yield Section("timeline", 2, "Timeline", fragment("timeline", rows=rows, with_key=True), "wide")


def _quotes(view: View, case: Case, rows: list[Row]) -> Iterator[Section]:
    if rows:
        yield Section("quotes", 2, "In their words", fragment("quotes", rows=rows), "wide")


def _outcomes(view: View, case: Case) -> Iterator[Section]:
    """Every claim of the case with its whole history, those of the first part too, and what it settled of other cases."""
    rows = []
    for item in view.book.claims[case.id]:
        row = claim_row(view, item)
        if item.case is case:
            row.id, row.home = item.claim.id, None
        rows.append(row)
    if rows:
        yield Section("claims", 2, "What was promised, and what became of it", fragment("claims", rows=rows), "wide")


def _argument(view: _PartView, parts: TwoParts) -> Iterator[Section]:
    """Who says what of the pictures, the rest of the essay, and the readings of it all."""
    case = parts.case
    if case.media:
        shown = fragment("media", rows=media_rows(view, case))
        yield Section("media", 2, "Who says how it was made", shown, "wide")
    yield from _essay(view, parts.then)
    if case.positions:
        yield Section(
            "positions", 2, "Competing readings", fragment("positions", issues=issue_rows(view, case)), "wide"
        )
