"""Rules about reading lists: what a class can be given, by when, and in the time that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from casebook.book import Casebook
from casebook.checks.rule import Finding, book_rule
from casebook.marks import count_words
from casebook.model import ReadingItem, ReadingList, Session
from casebook.problems import Severity

PAGE_IDS = frozenset(
    (
        "changes cite content edition exports files filters footer header introduction list objectives order plan "
        "questions readings references schedule search sessions"
    ).split()
)
"""Anchors that a reading list's page uses, or may come to use, itself; a question that took one would lose its address."""
PAGE_PREFIXES = ("session-", "plan-", "p-")

Place = tuple[str | int, ...]
ListRule = Callable[[Casebook, ReadingList], Iterator[Finding]]


def list_rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[ListRule], ListRule]:
    """Register a rule over one reading list."""

    def register(rule: ListRule) -> ListRule:
        def run(book: Casebook, today: date) -> Iterator[Finding]:
            for reading_list in book.readings.values():
                yield from rule(book, reading_list)

        book_rule(code, severity)(run)
        return rule

    return register


def _found(reading_list: ReadingList, place: Place, message: str, hint: str) -> Finding:
    return Finding(f"readings/{reading_list.id}", place, message, hint)


def _is_stand_in(book: Casebook, reading_list: ReadingList, place: Place) -> bool:
    return book.entries[f"readings/{reading_list.id}"].is_stand_in(place)


@list_rule("CB337")
def sessions_are_held_in_order(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """No session is held before an earlier one; of two on one day the second begins when the first is over."""
    last: Session | None = None
    for index, session in enumerate(reading_list.sessions):
        if session.date is None:
            continue
        if last is not None and last.date is not None:
            if session.date.latest < last.date.earliest:
                message = f"this session ({session.date.words}) is dated before session {last.n} ({last.date.words})"
                hint = "check both dates, or put the sessions in the order in which they meet"
                yield _found(reading_list, ("sessions", index, "date"), message, hint)
            elif _begins_too_early(session, last):
                message = f"this session begins at {session.time}, and session {last.n} of that day {_hours(last)}"
                yield _found(reading_list, ("sessions", index, "time"), message, "check `time` and `minutes` of both")
        if last is None or last.date is None or session.date.earliest >= last.date.earliest:
            last = session


def _begins_too_early(session: Session, last: Session) -> bool:
    if session.date is None or last.date is None or session.time is None or last.time is None:
        return False
    if session.date != last.date or session.date.earliest != session.date.latest:
        return False
    return _minute(session.time) < _minute(last.time) + (last.minutes or 1)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _hours(session: Session) -> str:
    """`begins at 10:15`, or `lasts from 10:15 to 11:30`."""
    if session.minutes is None:
        return f"begins at {session.time}"
    end = _minute(session.time or "00:00") + session.minutes
    return f"lasts from {session.time} to {end // 60 % 24:02}:{end % 60:02}"


@list_rule("CB338")
def times_of_day_stand_beside_a_day(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """A session's `time` is the time of a day, and stands nowhere else."""
    for index, session in enumerate(reading_list.sessions):
        place: Place = ("sessions", index)
        if _is_stand_in(book, reading_list, (*place, "date")):
            continue
        if session.date is not None and "T" in session.date.text:
            day, _, clock = session.date.text.partition("T")
            hint = f'write the day in `date`, "{day}", and the time in `time`, "{clock[:5]}"'
            yield _found(reading_list, (*place, "date"), "this date holds a time of day", hint)
        elif session.time is not None and session.date is None:
            message = f"this session has a time, {session.time}, and no date"
            hint = "add `date`, or delete the line until the day is known"
            yield _found(reading_list, (*place, "time"), message, hint)
        elif session.time is not None and session.date is not None and not _is_a_day(session):
            message = f"this session has a time, {session.time}, and its date is no single day ({session.date.words})"
            hint = "write the day in `date`, or delete the line until the day is known"
            yield _found(reading_list, (*place, "time"), message, hint)


def _is_a_day(session: Session) -> bool:
    return session.date is not None and session.date.precision == "day" and not session.date.qualifier


@list_rule("CB339", Severity.WARNING)
def questions_follow_the_reading(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """What a class is asked, and what it is to point to, is in cases that it had to read by then."""
    given: dict[str, bool] = {}
    for index, session in enumerate(reading_list.sessions):
        for number, item in enumerate(session.items):
            if _is_unsure(book, reading_list, index, number):
                return  # it may have been meant to assign the case; it is reported where it stands
            if item.case is not None:
                given[item.case] = given.get(item.case, False) or not item.optional
        for place, reference in _asked(session):
            case_id = reference.partition("#")[0]
            if case_id in book.cases and not given.get(case_id, False):
                yield _found(reading_list, ("sessions", index, *place), *_unread(reading_list, index, case_id, given))


def _is_unsure(book: Casebook, reading_list: ReadingList, index: int, number: int) -> bool:
    """Whether it is not known what an item assigns."""
    place: Place = ("sessions", index, "items", number)
    item = reading_list.sessions[index].items[number]
    is_unknown = item.case is not None and item.case not in book.cases
    return is_unknown or _is_stand_in(book, reading_list, (*place, "case"))


def _asked(session: Session) -> Iterator[tuple[Place, str]]:
    """Questions of cases, and the evidence of the list's own questions, each with its place in the session."""
    for index, question in enumerate(session.questions):
        yield ("questions", index), question
    for index, own in enumerate(session.own_questions):
        told: set[str] = set()
        for number, evidence in enumerate(own.evidence):
            case_id = evidence.partition("#")[0]
            if case_id not in told:
                told.add(case_id)
                yield ("own_questions", index, "evidence", number), evidence


def _unread(reading_list: ReadingList, index: int, case_id: str, given: dict[str, bool]) -> tuple[str, str]:
    if case_id in given:
        return f'"{case_id}" is optional reading up to this session', "take `optional` away, or ask something else"
    later = (s for s in reading_list.sessions[index + 1 :] if any(item.case == case_id for item in s.items))
    session = next(later, None)
    if session is not None:
        return (
            f'"{case_id}" is not read before session {session.n}',
            f"ask it in session {session.n}, or assign the case here",
        )
    return f'"{case_id}" is not on this list', "assign the case in this session or before, or ask something else"


@list_rule("CB340", Severity.WARNING)
def nothing_is_assigned_twice_in_a_session(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """In one session nothing has to be read twice, and nothing is asked twice."""
    for index, session in enumerate(reading_list.sessions):
        for number, item in enumerate(session.items):
            first = next((i for i, other in enumerate(session.items[:number]) if _is_again(item, other)), None)
            if first is not None:
                message = f"item {first + 1} of this session assigns the same already"
                hint = "keep one of the two, name other `sections`, or mark the second reading as `optional`"
                yield _found(reading_list, ("sessions", index, "items", number), message, hint)
        for number, question in enumerate(session.questions):
            if question in session.questions[:number]:
                message = "this question is asked in this session already"
                yield _found(reading_list, ("sessions", index, "questions", number), message, "keep one of the two")


def _is_again(item: ReadingItem, other: ReadingItem) -> bool:
    """Whether both are the same reading, or have to be read and share a section; a second, slower reading may be optional."""
    if (item.case, item.source) != (other.case, other.source):
        return False
    if set(item.sections) == set(other.sections):
        return True
    shares = not item.sections or not other.sections or bool(set(item.sections) & set(other.sections))
    return shares and not item.optional and not other.optional


@list_rule("CB341")
def own_questions_have_addresses(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """Each question of the list itself has an id that nothing else on its page has."""
    taken: dict[str, int] = {}
    for index, session in enumerate(reading_list.sessions):
        for number, own in enumerate(session.own_questions):
            place: Place = ("sessions", index, "own_questions", number, "id")
            if own.id in taken:
                message = f'a question of session {taken[own.id]} has the id "{own.id}" already'
                yield _found(reading_list, place, message, "choose another id")
            elif own.id in PAGE_IDS or own.id.startswith(PAGE_PREFIXES):
                message = f'"{own.id}" is an anchor that the page uses itself'
                yield _found(reading_list, place, message, f'choose another id, such as "q-{own.id}"')
            taken.setdefault(own.id, session.n)


@list_rule("CB342", Severity.WARNING)
def assigned_sections_have_words(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """There is something to read in the sections that an item assigns."""
    for index, session in enumerate(reading_list.sessions):
        for number, item in enumerate(session.items):
            case = book.cases.get(item.case or "")
            assigned = [s for s in case.body if s.id in item.sections] if case is not None else []
            if assigned and not any(count_words(section.text) for section in assigned):
                message = f'the sections of "{item.case}" that are assigned here have no words'
                hint = "assign other sections, or leave `sections` out and assign the case"
                yield _found(reading_list, ("sessions", index, "items", number, "sections"), message, hint)


@list_rule("CB343", Severity.WARNING)
def questions_fit_the_class(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """The questions of a session take no longer than its class."""
    for index, session in enumerate(reading_list.sessions):
        needed = sum(_minutes_asked(book, session))
        if session.minutes is not None and needed > session.minutes:
            message = f"the questions of this session take {needed} minutes, and the class lasts {session.minutes}"
            hint = "leave questions out, or give the class more time"
            yield _found(reading_list, ("sessions", index, "minutes"), message, hint)


def _minutes_asked(book: Casebook, session: Session) -> Iterator[int]:
    for reference in session.questions:
        case_id, _, local = reference.partition("#")
        case = book.cases.get(case_id)
        yield from (q.minutes or 0 for q in (case.teaching.questions if case else ()) if q.id == local)
    yield from (own.minutes or 0 for own in session.own_questions)


@list_rule("CB344", Severity.WARNING)
def lists_are_changed_after_their_cases_are_published(book: Casebook, reading_list: ReadingList) -> Iterator[Finding]:
    """A list that assigns a case was not last changed before that case was there."""
    if reading_list.updated is None:
        return
    named = [item.case for session in reading_list.sessions for item in session.items if item.case in book.cases]
    published = {case_id: book.cases[case_id].published for case_id in named if case_id}
    case_id = max(published, key=lambda one: published[one].earliest, default="")
    if case_id and reading_list.updated.latest < published[case_id].earliest:
        message = (
            f'the list was last changed {reading_list.updated.words}, before "{case_id}", which it assigns, '
            f"was published ({published[case_id].words})"
        )
        yield _found(reading_list, ("updated",), message, "set `updated` to the day on which the list was last changed")
