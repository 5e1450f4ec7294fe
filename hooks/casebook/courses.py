"""What a class is given: a reading list, or a single case, as meetings with their readings and questions.

A page, a handout, a package for a learning platform and a calendar are all made from a `Course`, so that they cannot
disagree about what is assigned, how long it takes and what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.book import Casebook
from casebook.dates import PartialDate
from casebook.editions import Edition, edition_of_case, edition_of_list
from casebook.marks import count_words, minutes_to_read
from casebook.model import BodySection, Case, OwnQuestion, Preparation, Question, ReadingItem, ReadingList, Source
from casebook.model import Session as SessionModel


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing to read before a meeting: a case, or else a source."""

    case: Case | None
    source: Source | None
    sections: tuple[BodySection, ...]
    """The sections of the case that are assigned, in the order of its essay; none for a source."""
    is_whole: bool
    """Whether all of the case is assigned, its record too."""
    why: str
    """What to read it for; empty where a case stands alone."""
    minutes: int | None
    """How long it takes: as the list says, else worked out from the words assigned; None for a source of unknown length."""
    optional: bool
    said_minutes: int | None = None
    """How long it takes as the list says; None where it says nothing."""

    @property
    def title(self) -> str:
        """The title of the case or source; where that is not known, the source's short name and date."""
        if self.case is not None:
            return self.case.title
        return self.source.name if self.source is not None else ""

    @property
    def uri(self) -> str:
        """Its page, from the site's root."""
        return (
            f"cases/{self.case.id}/" if self.case is not None else f"sources/{self.source.id if self.source else ''}/"
        )


@dataclass(frozen=True, slots=True)
class DiscussionQuestion:
    """A question for a meeting, of a case or of the list itself."""

    reference: str
    """`case-id#question-id`; `#question-id` for a question of the list itself."""
    text: str
    minutes: int | None
    evidence: tuple[str, ...]
    """What students can point to, each as `case-id#local-id`."""
    answer_note: str | None
    """For the teacher, in Markdown."""
    case: Case | None
    """The case that asks it."""
    objective: str
    """The objective that it serves, in words; empty for a question of the list itself."""
    uri: str
    """Where it stands, from the site's root, with its anchor."""


@dataclass(frozen=True, slots=True)
class PreparationQuestion:
    """A question that students prepare at home."""

    reference: str
    """`case-id#local-id`."""
    text: str
    evidence: tuple[str, ...]
    """Where the answer stands, each as `case-id#local-id`."""
    case: Case
    uri: str
    """Where it stands, from the site's root, with its anchor."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting."""

    n: int
    """Its number, from 1."""
    title: str
    date: PartialDate | None
    time: str
    """When it begins, `10:15`; empty when that is not known."""
    minutes: int | None
    """How long the class lasts, where that is known."""
    objectives: tuple[str, ...]
    readings: tuple[Reading, ...]
    questions: tuple[DiscussionQuestion, ...]

    @property
    def preparation(self) -> tuple[PreparationQuestion, ...]:
        """What students prepare: the questions of each case to be read whole, since a part may not hold the answers."""
        whole = {reading.case.id: reading.case for reading in self.readings if reading.case and reading.is_whole}
        return tuple(
            _preparation_question(case, asked) for case in whole.values() for asked in case.teaching.preparation
        )

    @property
    def minutes_to_read(self) -> int:
        """Minutes of what has to be read, as far as they are known: what is `unmeasured` comes on top."""
        return sum(reading.minutes or 0 for reading in self.readings if not reading.optional)

    @property
    def unmeasured(self) -> tuple[Reading, ...]:
        """What has to be read and is of unknown length; nobody is to take it for nothing."""
        return tuple(reading for reading in self.readings if reading.minutes is None and not reading.optional)


@dataclass(frozen=True, slots=True)
class Course:
    """A reading list, or a case as a course of one meeting."""

    id: str
    uri: str
    """The page that it belongs to, from the site's root: `readings/<id>/` or `cases/<id>/teach/`."""
    title: str
    audience: str
    introduction: str
    """In Markdown; for a case its synopsis, in plain words. Empty when there is none."""
    meetings: tuple[Meeting, ...]
    edition: Edition
    case: Case | None
    """The case, when it is a course of one."""
    reading_list: ReadingList | None

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case that is assigned or asked about, once, in the order of the meetings."""
        found: dict[str, Case] = {}
        for meeting in self.meetings:
            for case in (*(r.case for r in meeting.readings), *(q.case for q in meeting.questions)):
                if case is not None:
                    found.setdefault(case.id, case)
        return tuple(found.values())

    @property
    def changes_uri(self) -> str:
        """The page that says what was corrected since an edition, from the site's root."""
        return f"cases/{self.case.id}/changes/" if self.case is not None else f"{self.uri}changes/"

    @property
    def frozen_uri(self) -> str:
        """That page for the edition of now: what an export prints, so that its reader can ask what changed since."""
        return f"{self.changes_uri}?edition={self.edition.token}"

    @property
    def calendar_uri(self) -> str:
        """The file with its meetings and what to read for them, from the site's root."""
        return f"{self.uri}{self.id}.ics"

    @property
    def minutes_to_read(self) -> int:
        """Minutes of everything that has to be read, as far as they are known."""
        return sum(meeting.minutes_to_read for meeting in self.meetings)

    @property
    def unmeasured(self) -> tuple[Reading, ...]:
        """Everything that has to be read and is of unknown length."""
        return tuple(reading for meeting in self.meetings for reading in meeting.unmeasured)

    @property
    def minutes_in_class(self) -> int | None:
        """How long all meetings last; None unless the length of each is known."""
        lengths = [meeting.minutes for meeting in self.meetings]
        return sum(length or 0 for length in lengths) if all(lengths) else None


def courses(book: Casebook) -> Iterator[Course]:
    """Every reading list, then every case."""
    for reading_list in book.readings.values():
        yield course_of_list(book, reading_list)
    for case in book.cases.values():
        yield course_of_case(book, case)


def course_of_list(book: Casebook, reading_list: ReadingList) -> Course:
    """A reading list with everything that its sessions name."""
    uri = f"readings/{reading_list.id}/"
    return Course(
        reading_list.id, uri, reading_list.title, reading_list.audience, reading_list.introduction or "",
        tuple(_meeting(book, uri, session) for session in reading_list.sessions),
        edition_of_list(book, reading_list), None, reading_list,
    )  # fmt: skip


def course_of_case(book: Casebook, case: Case) -> Course:
    """A case as a course of one meeting: the whole of it to read, and all of its questions."""
    note = case.teaching
    meeting = Meeting(
        1, case.title, None, "", sum(step.minutes for step in note.plan) or None,
        tuple(objective.text for objective in note.objectives),
        (_whole(book, case),),
        tuple(_case_question(case, question) for question in note.questions),
    )  # fmt: skip
    return Course(
        case.id, f"cases/{case.id}/teach/", case.title, note.level, note.synopsis, (meeting,),
        edition_of_case(case), case, None,
    )  # fmt: skip


def _meeting(book: Casebook, uri: str, session: SessionModel) -> Meeting:
    asked = []
    for reference in session.questions:
        case_id, _, local = reference.partition("#")
        case = book.cases[case_id]
        asked.append(_case_question(case, next(q for q in case.teaching.questions if q.id == local)))
    return Meeting(
        session.n, session.title, session.date, session.time or "", session.minutes, session.objectives,
        tuple(_reading(book, item) for item in session.items),
        (*asked, *(_own_question(uri, question) for question in session.own_questions)),
    )  # fmt: skip


def _whole(book: Casebook, case: Case) -> Reading:
    minutes = minutes_to_read(book.essay_words[case.id])
    return Reading(case, None, case.body, is_whole=True, why="", minutes=minutes, optional=False)


def _reading(book: Casebook, item: ReadingItem) -> Reading:
    if item.case is None:
        source = book.sources[str(item.source)]
        return Reading(
            None, source, (), is_whole=False, why=item.why, minutes=item.minutes, optional=item.optional,
            said_minutes=item.minutes,
        )  # fmt: skip
    case = book.cases[item.case]
    sections = tuple(section for section in case.body if not item.sections or section.id in item.sections)
    minutes = item.minutes or minutes_to_read(sum(count_words(section.text) for section in sections))
    return Reading(
        case, None, sections, is_whole=not item.sections, why=item.why, minutes=minutes, optional=item.optional,
        said_minutes=item.minutes,
    )  # fmt: skip


def _case_question(case: Case, question: Question) -> DiscussionQuestion:
    objective = next(one.text for one in case.teaching.objectives if one.id == question.objective)
    evidence = tuple(_absolute(reference, case) for reference in question.evidence)
    return DiscussionQuestion(
        f"{case.id}#{question.id}", question.text, question.minutes, evidence, question.answer_note, case, objective,
        f"cases/{case.id}/#{question.id}",
    )  # fmt: skip


def _preparation_question(case: Case, asked: Preparation) -> PreparationQuestion:
    evidence = tuple(_absolute(reference, case) for reference in asked.evidence)
    uri = f"cases/{case.id}/teach/#{asked.id}"
    return PreparationQuestion(f"{case.id}#{asked.id}", asked.text, evidence, case, uri)


def _own_question(uri: str, question: OwnQuestion) -> DiscussionQuestion:
    return DiscussionQuestion(
        f"#{question.id}", question.text, question.minutes, question.evidence, question.answer_note, None, "",
        f"{uri}#{question.id}",
    )  # fmt: skip


def _absolute(reference: str, case: Case) -> str:
    case_id, _, local = reference.rpartition("#")
    return f"{case_id or case.id}#{local}"
