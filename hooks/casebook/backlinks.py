"""References inverted: every entity, lesson, source and claim learns which cases speak of it, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from casebook.book import Appearance, Backlinks, Casebook, CaseClaim, SourceUse, shorten_quote
from casebook.model import Case
from casebook.references import Reference, case_references


def backlinks_of(book: Casebook) -> Backlinks:
    """What every case of a casebook says of entities, lessons and sources."""
    links = Backlinks(
        {}, defaultdict(list), defaultdict(list), _share_claims(book), defaultdict(list), {}, defaultdict(list)
    )
    for case in book.cases.values():
        references = list(case_references(case))
        _add_appearances(links, case, references)
        _add_uses(links, case, references)
        for event in case.events:
            if event.same_event is not None:
                links.tellings[event.same_event].append((case, event))
    return links


def _add_appearances(links: Backlinks, case: Case, references: Sequence[Reference]) -> None:
    mine = _Appearances(case)
    _add_parts(mine, case)
    _add_names(mine, case, references)
    for identifier, appearance in mine.items():
        links.appearances.setdefault(identifier, {})[case.id] = appearance


class _Appearances(dict[str, Appearance]):
    """What each entity does in one case."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case

    def __missing__(self, identifier: str) -> Appearance:
        self[identifier] = Appearance(self.case)
        return self[identifier]


def _add_parts(mine: _Appearances, case: Case) -> None:
    """What entities do in the record."""
    for member in case.cast:
        mine[member.who].roles.append(member.role)
    for theme in case.themes:
        mine[theme].roles.append("theme")
    for event in case.events:
        for identifier in dict.fromkeys((*event.actors, *event.platforms)):
            mine[identifier].events.append(event)
    for quote in case.quotes:
        mine[quote.speaker].quotes.append(quote)
    for claim in case.claims:
        mine[claim.by].claims.append(claim)
    for position in case.positions:
        mine[position.holder].positions.append(position)
    for media in case.media:
        for said in media.authenticity:
            mine[said.attributed_to].statements.append(media.id)


def _add_names(mine: _Appearances, case: Case, references: Sequence[Reference]) -> None:
    """Where prose names entities."""
    for reference in references:
        if reference.offset is None or "#" in reference.target or reference.kinds == ("sources",):
            continue
        appearance = mine[reference.target]
        if reference.pointer[0] == "body":
            section = case.body[int(reference.pointer[1])].id
            if section not in appearance.sections:
                appearance.sections.append(section)
        else:
            appearance.other = True


def _add_uses(links: Backlinks, case: Case, references: Sequence[Reference]) -> None:
    for lesson_use in case.lessons:
        links.lesson_uses[lesson_use.lesson].append((case, lesson_use))
    for related in case.related:
        links.related_from[related.case].append((case, related))
    cited = [reference for reference in references if reference.kinds == ("sources",)]
    links.case_sources[case.id] = list(dict.fromkeys(reference.target for reference in cited))
    seen: set[tuple[str | int, ...]] = set()
    for reference in cited:
        # The first two steps of a pointer name the event, quote, claim or section.
        key = (reference.target, *reference.pointer[:2])
        if key not in seen:
            seen.add(key)
            links.source_uses[reference.target].append(_source_use(case, reference.pointer))


_TWO_PARTS = ("two-parts", "the case in two parts")
_QUESTIONS = ("questions", "the teaching note")


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
        case "charts":
            chart = case.charts[index]
            return SourceUse(case, kind, chart.id, chart.title)
        case "disputed":
            return SourceUse(case, kind, f"dispute-{index + 1}", case.disputed[index].what)
        case "positions":
            return SourceUse(case, kind, f"position-{index + 1}", case.positions[index].stance)
        case "lessons":
            return SourceUse(case, kind, f"lesson-{case.lessons[index].lesson}", "a lesson")
        case "further":
            return SourceUse(case, kind, "further", "further reading")
    is_pause = pointer[:2] == ("teaching", "pause")
    return SourceUse(case, kind, *(_TWO_PARTS if is_pause else _QUESTIONS))


def _share_claims(book: Casebook) -> dict[str, list[CaseClaim]]:
    """Each case's own claims, then those of others that one of its events settled."""
    claims = {case.id: [CaseClaim(case, claim) for claim in case.claims] for case in book.cases.values()}
    for item in list(book.all_claims()):
        guests = {(step.event or "").partition("#")[0] for step in item.claim.history if "#" in (step.event or "")}
        for case_id in sorted(guests - {item.case.id}):
            if case_id in claims:
                claims[case_id].append(item)
    return claims
