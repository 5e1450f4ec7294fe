"""Rules over one case and over the whole casebook. Each has a code, a docstring that is its manual, and a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebook.book import Casebook
from casebook.dates import PartialDate
from casebook.marks import count_words, scan_faults
from casebook.model import CHART_POINTS, Case, ChartSeries, ReadingList
from casebook.problems import Problem, Severity
from casebook.reading import Locator
from casebook.references import prose_fields

ESSAY_WORDS = (900, 1800)
QUOTED_WORDS = 300
"""Most words quoted from one source over all cases; `attest` also holds them under 15 % of the source."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before it is located."""

    entry_id: str
    pointer: tuple[str | int, ...]
    message: str
    hint: str
    offset: int | None = None
    code: str = ""
    """Set where a rule reports under several codes."""


CaseRule = Callable[[Casebook, Case], Iterator[Finding]]
BookRule = Callable[[Casebook, date], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its code."""

    code: str
    severity: Severity
    run: Callable[[Casebook, date], Iterable[Finding]]


CHECKS: list[Check] = []


def _case_rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[CaseRule], CaseRule]:
    def register(rule: CaseRule) -> CaseRule:
        def run(book: Casebook, today: date) -> Iterator[Finding]:
            for case in book.cases.values():
                yield from rule(book, case)

        CHECKS.append(Check(code, severity, run))
        return rule

    return register


def _book_rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[BookRule], BookRule]:
    def register(rule: BookRule) -> BookRule:
        CHECKS.append(Check(code, severity, rule))
        return rule

    return register


def run_checks(book: Casebook, today: date) -> list[Problem]:
    """Every problem that the rules find. `today` decides which promises are overdue."""
    locator = Locator()
    return [
        Problem(
            locator.locate(book.entries[found.entry_id], found.pointer, found.offset),
            found.code or check.code,
            found.message,
            found.hint,
            check.severity,
        )
        for check in CHECKS
        for found in check.run(book, today)
        if not book.entries[found.entry_id].is_stand_in(found.pointer)
    ]


@_case_rule("CB301")
def speaker_is_in_cast(book: Casebook, case: Case) -> Iterator[Finding]:
    """A quote's speaker is in the cast, so that a reader learns who is talking."""
    cast = {member.who for member in case.cast}
    if not cast <= book.kinds.keys():
        return  # a misspelt member may be the speaker; it is reported where it stands
    for index, quote in enumerate(case.quotes):
        if quote.speaker not in cast:
            message = f'the speaker "{quote.speaker}" is not in the cast'
            yield Finding(case.id, ("quotes", index, "speaker"), message, "add the speaker to `cast`, with a role")


@_case_rule("CB302")
def history_is_in_order(book: Casebook, case: Case) -> Iterator[Finding]:
    """A claim's history runs forward in time, and starts no earlier than the claim."""
    for i, claim in enumerate(case.claims):
        before = claim.made_on
        for j, step in enumerate(claim.history):
            if step.on.latest < before.earliest:
                what = "the claim was made" if j == 0 else "the step before it"
                message = f"this step ({step.on.words}) is dated before {what} ({before.words})"
                yield Finding(case.id, ("claims", i, "history", j, "on"), message, "put the history in order of dates")
            before = step.on


@_case_rule("CB303", Severity.WARNING)
def kept_needs_an_outsider(book: Casebook, case: Case) -> Iterator[Finding]:
    """No status `kept` rests only on sources that the promiser issued."""
    for i, claim in enumerate(case.claims):
        for j, step in enumerate(claim.history):
            cited = [book.sources.get(source) for source in step.cites]
            if step.status == "kept" and all(source and source.independence == "self-issued" for source in cited):
                message = "this promise counts as kept on self-issued sources alone"
                yield Finding(case.id, ("claims", i, "history", j, "cites"), message, "cite somebody independent")


@_book_rule("CB304", Severity.WARNING)
def pending_is_not_overdue(book: Casebook, today: date) -> Iterator[Finding]:
    """A claim past its due date has been followed up."""
    for item in book.all_claims():
        due = item.claim.due
        if item.claim.status == "pending" and due is not None and due.latest < today:
            index = item.case.claims.index(item.claim)
            message = f"this promise was due {due.words} and is still pending"
            yield Finding(
                item.case.id, ("claims", index, "due"), message, "look up what became of it, and add to `history`"
            )


@_case_rule("CB305")
def objectives_have_questions(book: Casebook, case: Case) -> Iterator[Finding]:
    """Every objective is served by a question."""
    served = {question.objective for question in case.teaching.questions}
    if not served <= {objective.id for objective in case.teaching.objectives}:
        return  # a misspelt objective may be the one; it is reported where it stands
    for index, objective in enumerate(case.teaching.objectives):
        if objective.id not in served:
            message = f'no question serves the objective "{objective.id}"'
            yield Finding(
                case.id, ("teaching", "objectives", index, "id"), message, "add a question, or drop the objective"
            )


@_case_rule("CB306", Severity.WARNING)
def essay_has_its_length(book: Casebook, case: Case) -> Iterator[Finding]:
    """An essay has 900 to 1,800 words: ten minutes' reading."""
    words = book.essay_words[case.id]
    low, high = ESSAY_WORDS
    if not low <= words <= high:
        message = f"the essay has {words:,} words; {low:,} to {high:,} are wanted"
        yield Finding(
            case.id,
            ("body",),
            message,
            "shorten it" if words > high else "say more, or make it an event of another case",
        )


@_book_rule("CB307")
def quotation_stays_short(book: Casebook, today: date) -> Iterator[Finding]:
    """Over all cases, at most 300 words are quoted from one source."""
    totals: Counter[str] = Counter()
    for case in book.cases.values():
        for index, quote in enumerate(case.quotes):
            totals[quote.source] += count_words(quote.exact)
            if totals[quote.source] > QUOTED_WORDS:
                message = f'with this quote, {totals[quote.source]} words are quoted from "{quote.source}"'
                yield Finding(case.id, ("quotes", index, "exact"), message, f"keep it to {QUOTED_WORDS}: quote less")


@_case_rule("CB308")
def dates_of_publication_are_in_order(book: Casebook, case: Case) -> Iterator[Finding]:
    """A case is changed and corrected after it is published, and published after it happened."""
    start = case.published.earliest
    if case.updated and case.updated.latest < start:
        yield Finding(case.id, ("updated",), "the case was updated before it was published", "check both dates")
    if start < case.occurred.earliest:
        yield Finding(case.id, ("published",), "the case was published before it happened", "check both dates")
    for index, correction in enumerate(case.corrections):
        if correction.on.latest < start:
            message = "this correction is dated before the case was published"
            yield Finding(case.id, ("corrections", index, "on"), message, "corrections come after publication")


@_case_rule("CB309", Severity.WARNING)
def confirmation_needs_two_sources(book: Casebook, case: Case) -> Iterator[Finding]:
    """An event is `confirmed` by two sources or more."""
    for index, event in enumerate(case.events):
        if event.confidence == "confirmed" and len(set(event.cites)) < 2:
            message = f'"{event.id}" is marked confirmed on one source'
            yield Finding(case.id, ("events", index, "confidence"), message, "cite a second source, or write reported")


@_case_rule("CB310")
def replies_answer_the_same_issue(book: Casebook, case: Case) -> Iterator[Finding]:
    """A position replies to somebody who holds one on the same issue."""
    holders: dict[str, set[str]] = {}
    for position in case.positions:
        holders.setdefault(position.issue, set()).add(position.holder)
    if not {position.holder for position in case.positions} <= book.kinds.keys():
        return  # a misspelt holder may be the one; it is reported where it stands
    for index, position in enumerate(case.positions):
        if position.response_to and position.response_to not in holders[position.issue] - {position.holder}:
            message = f'"{position.response_to}" holds no other position on "{position.issue}"'
            yield Finding(
                case.id,
                ("positions", index, "response_to"),
                message,
                "name a holder on the same issue, in the same words",
            )


@_case_rule("CB311")
def translations_change_the_language(book: Casebook, case: Case) -> Iterator[Finding]:
    """A translation is in another language than the original."""
    for index, quote in enumerate(case.quotes):
        if quote.translation and quote.translation.lang.partition("-")[0] == quote.lang.partition("-")[0]:
            message = f'the translation is in the quote\'s own language, "{quote.translation.lang}"'
            yield Finding(case.id, ("quotes", index, "translation", "lang"), message, "check `lang` of both")


@_case_rule("CB312")
def case_is_not_its_own_relative(book: Casebook, case: Case) -> Iterator[Finding]:
    """A case is not related to itself."""
    for index, related in enumerate(case.related):
        if related.case == case.id:
            yield Finding(case.id, ("related", index, "case"), "the case is related to itself", "name another case")


@_book_rule("CB313")
def hierarchies_have_no_loops(book: Casebook, today: date) -> Iterator[Finding]:
    """No theme is its own broader theme, no organisation its own parent, by whatever way round."""
    for registry, field in (("themes", "broader"), ("organisations", "parent")):
        entries: dict[str, Any] = book.registries.get(registry, {})
        for identifier in entries:
            seen = {identifier}
            above = getattr(entries[identifier], field)
            while above in entries and above not in seen:
                seen.add(above)
                above = getattr(entries[above], field)
            if above == identifier:
                yield Finding(
                    identifier, (field,), f'"{identifier}" stands above itself', f"break the loop of `{field}`"
                )


@_book_rule("CB314")
def sessions_are_numbered_in_order(book: Casebook, today: date) -> Iterator[Finding]:
    """A reading list's sessions are numbered upwards."""
    for reading_list in book.readings.values():
        yield from _session_order(reading_list)


def _session_order(reading_list: ReadingList) -> Iterator[Finding]:
    before = 0
    for index, session in enumerate(reading_list.sessions):
        if session.n <= before:
            message = f"session {session.n} comes after session {before}"
            yield Finding(
                f"readings/{reading_list.id}", ("sessions", index, "n"), message, "number the sessions upwards"
            )
        before = session.n


@_case_rule("CB315")
def line_points_have_their_place_in_time(book: Casebook, case: Case) -> Iterator[Finding]:
    """In a line chart each point of a series has a date of its own, and no date is open."""
    for i, chart in enumerate(case.charts):
        if chart.kind == "line":
            for j, series in enumerate(chart.series):
                for k, message in _misplaced(series):
                    pointer = ("charts", i, "series", j, "points", k, "at")
                    yield Finding(case.id, pointer, message, "give it a date of its own, or make this a bar chart")


def _misplaced(series: ChartSeries) -> Iterator[tuple[int, str]]:
    """Points that a line cannot run through, each with what is wrong."""
    seen: set[tuple[date, date]] = set()
    for index, point in enumerate(series.points):
        if not isinstance(point.at, PartialDate):
            yield index, f'"{point.at}" is no date, and a line runs through dates'
        elif point.at.is_open:
            yield index, f"{point.at.words} has no end on the axis of time"
        elif point.at.sort_key in seen:
            yield index, f"another point of this series stands at {point.at.words}"
        else:
            seen.add(point.at.sort_key)


@_case_rule("CB316")
def charts_have_something_to_compare(book: Casebook, case: Case) -> Iterator[Finding]:
    """A chart has between 2 and 60 points over all its series."""
    fewest, most = CHART_POINTS
    for index, chart in enumerate(case.charts):
        points = sum(len(series.points) for series in chart.series)
        if not fewest <= points <= most:
            message = f"the chart has {points} point{'' if points == 1 else 's'}; {fewest} to {most} are wanted"
            hint = "make it two charts" if points > most else "one figure belongs in `key_figures`"
            yield Finding(case.id, ("charts", index, "series"), message, hint)


@_case_rule("CB317")
def series_have_names_of_their_own(book: Casebook, case: Case) -> Iterator[Finding]:
    """No two series of a chart have the same name."""
    for i, chart in enumerate(case.charts):
        seen: set[str] = set()
        for j, series in enumerate(chart.series):
            if series.label in seen:
                message = f'another series of this chart is called "{series.label}"'
                yield Finding(case.id, ("charts", i, "series", j, "label"), message, "name what distinguishes them")
            seen.add(series.label)


@_book_rule("CB401")
def prose_holds_only_what_it_may(book: Casebook, today: date) -> Iterator[Finding]:
    """Prose holds no raw HTML, pictures, headings or unsafe links, and its references can be read (CB401 to CB406)."""
    for case in book.cases.values():
        for pointer, text in prose_fields(case):
            for fault in scan_faults(text):
                yield Finding(case.id, pointer, fault.message, fault.hint, fault.offset, fault.code)
    for reading_list in book.readings.values():
        for fault in scan_faults(reading_list.introduction or ""):
            yield Finding(
                f"readings/{reading_list.id}", ("introduction",), fault.message, fault.hint, fault.offset, fault.code
            )
