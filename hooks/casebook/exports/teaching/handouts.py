"""A course on paper: its questions with room to write, or a reader with the texts.

Answer notes are for the teacher and stand in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from markupsafe import Markup

from casebook.book import Casebook
from casebook.courses import Course, DiscussionQuestion, Meeting, PreparationQuestion, Reading
from casebook.exports.feeds import entry_id
from casebook.exports.teaching.documents import Document, Fact
from casebook.exports.teaching.texts import paragraph_numbers, prose_text, reading_text, source_text
from casebook.prose import count_paragraphs
from casebook.views.data import LICENCE
from casebook.views.page import Row
from casebook.views.rendering import counted, fragment

QUESTIONS, READER = "Questions for class", "Reader"
KINDS = {
    "body": "Section", "events": "Event", "quotes": "Quote", "claims": "Claim", "media": "Picture or clip", "charts": "Chart",
}  # fmt: skip
"""What evidence is called on paper, by the list in which it stands."""
LINES = 6
"""Lines to write on below a question for class; a question to prepare has half of them."""
_ID = re.compile(r' id="([^"]+)"')


def questions_handout(book: Casebook, course: Course, site_url: str) -> Document:
    """What is asked, with the evidence's addresses and room to write; none of the texts."""
    return _Paper(book, course, site_url, with_texts=False).document(QUESTIONS)


def reader(book: Casebook, course: Course, site_url: str) -> Document:
    """What is asked, and what is to be read."""
    return _Paper(book, course, site_url, with_texts=True).document(READER)


class _Paper:
    """One course as it is printed."""

    def __init__(self, book: Casebook, course: Course, site_url: str, *, with_texts: bool) -> None:
        self.book = book
        self.course = course
        self.site_url = site_url
        self.texts = [self._texts(meeting) for meeting in course.meetings] if with_texts else []
        """The texts to read, for each meeting."""
        self.places = {
            name.removeprefix(row.prefix): f"#{name}"
            for rows in reversed(self.texts)
            for row in reversed(rows)
            for name in _ID.findall(row.text)
        }
        """Where evidence stands within the document: id of the case, two hyphens, local id → a link to its first place."""

    def document(self, what: str) -> Document:
        course = self.course
        body = fragment(
            "handout", meetings=[self._meeting(meeting) for meeting in course.meetings], with_room=not self.texts,
            introduction=self._introduction(), is_list=course.case is None,
        )  # fmt: skip
        return Document(
            entry_id(f"{what}:{course.uri}"),
            course.title,
            what,
            self._summary(),
            course.edition,
            tuple(self._facts()),
            body,
        )

    def _summary(self) -> str:
        course = self.course
        if course.case is not None:
            return course.case.dek
        return f"For {course.audience}. {counted(len(course.meetings), 'meeting')}."

    def _introduction(self) -> Markup:
        course = self.course
        if course.case is not None:
            return Markup("<p>{}</p>").format(course.introduction)
        return (
            prose_text(self.book, course.introduction, course.uri, self.site_url) if course.introduction else Markup("")
        )

    def _facts(self) -> Iterator[Fact]:
        course = self.course
        yield Fact("Edition", course.edition.words.removeprefix("edition of "))
        if course.case is not None:
            yield Fact("Level", course.audience)
        yield Fact("To read", counted(course.minutes_to_read, "minute"))
        yield Fact("On the site", self._printed(course.uri), self._address(course.uri))
        yield Fact("What changed since", self._printed(course.frozen_uri), self._address(course.frozen_uri))
        yield Fact("Licence", "CC BY 4.0; quotations remain the work of those who are quoted", LICENCE)

    def _address(self, uri: str) -> str:
        return f"{self.site_url}{uri}" if self.site_url else ""

    def _printed(self, uri: str) -> str:
        """An address as paper shows it; the path within the site where the site's address is not known."""
        return f"{self.site_url}{uri}".removeprefix("https://").removeprefix("http://")

    def _meeting(self, meeting: Meeting) -> Row:
        when = [meeting.date.words] if meeting.date else []
        when += [meeting.time] if meeting.time else []
        when += [f"{counted(meeting.minutes, 'minute')} in class"] if meeting.minutes else []
        is_list = self.course.case is None
        return Row(
            id=f"meeting-{meeting.n}", n=meeting.n, title=meeting.title, facts=when, objectives=meeting.objectives,
            minutes=meeting.minutes_to_read, readings=[self._reading(meeting, *one) for one in enumerate(meeting.readings, 1)] if is_list else [],
            preparation=self._questions(meeting.preparation, LINES // 2),
            questions=self._questions(meeting.questions, LINES),
            texts=self.texts[meeting.n - 1] if self.texts else [],
        )  # fmt: skip

    def _reading(self, meeting: Meeting, number: int, reading: Reading) -> Row:
        """A line of what is to be read."""
        return Row(
            title=reading.title, why=reading.why, minutes=reading.minutes, optional=reading.optional,
            href=f"#{_text_id(meeting, number)}" if self.texts and reading.case else self._address(reading.uri),
            parts=self._parts(reading),
            source=source_text(self.book, reading.source, self.site_url) if reading.source is not None else "",
        )  # fmt: skip

    def _parts(self, reading: Reading) -> list[str]:
        """What of a case is to be read: all of its essay, or some of its sections."""
        if reading.case is None:
            return []
        return [f"the essay, {_essay(reading)}"] if reading.is_whole else [one.heading for one in reading.sections]

    def _texts(self, meeting: Meeting) -> list[Row]:
        """The texts of the cases; of sources only the reference may be printed."""
        return [
            Row(
                id=_text_id(meeting, number), title=reading.title, dek=reading.case.dek,
                address=self._printed(reading.uri), href=self._address(reading.uri), prefix=_prefix(meeting, number),
                text=reading_text(self.book, reading, self.site_url, prefix=_prefix(meeting, number)),
                essay=_essay(reading) if reading.is_whole else "", minutes=reading.minutes,
            )
            for number, reading in enumerate(meeting.readings, 1)
            if reading.case is not None
        ]  # fmt: skip

    def _questions(self, asked: Iterable[DiscussionQuestion | PreparationQuestion], lines: int) -> list[Row]:
        return [
            Row(
                n=number, text=question.text, lines=range(lines),
                minutes=question.minutes if isinstance(question, DiscussionQuestion) else None,
                evidence=[self._evidence(one) for one in question.evidence],
            )
            for number, question in enumerate(asked, 1)
        ]  # fmt: skip

    def _evidence(self, reference: str) -> Row:
        """What students can point to: what it is, in which paragraphs, and its address."""
        target = self.book.target(reference)
        case_id, _, local = reference.partition("#")
        return Row(
            kind=KINDS.get(target.kind, "Record"), label=target.label, paragraphs=spans(self.numbers[case_id].get(local, ())),
            href=self.places.get(f"{case_id}--{local}") or self._address(target.uri), address=self._printed(target.uri),
            case=self.book.cases[case_id].title if self.course.case is None else "",
        )  # fmt: skip

    @cached_property
    def numbers(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """Case id → local id → its paragraphs, of every case that evidence may stand in."""
        meetings = self.course.meetings
        found = [one for meeting in meetings for question in meeting.questions for one in question.evidence]
        found += [one for meeting in meetings for asked in meeting.preparation for one in asked.evidence]
        named = {reference.partition("#")[0] for reference in found}
        return {case_id: paragraph_numbers(self.book, self.book.cases[case_id]) for case_id in sorted(named)}


def _essay(reading: Reading) -> str:
    """The paragraphs of a case that is read whole: `¶ 1–20`."""
    return spans(range(1, sum(count_paragraphs(section.text) for section in reading.sections) + 1))


def _prefix(meeting: Meeting, number: int) -> str:
    """What the ids of a text begin with, since a case may be read for two meetings, and in two parts for one."""
    return f"m{meeting.n}-{number}-"


def _text_id(meeting: Meeting, number: int) -> str:
    return f"reading-{meeting.n}-{number}"


def spans(numbers: Iterable[int]) -> str:
    """Numbers of paragraphs in words: `¶ 3, 5–7`; empty when there are none."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found]
    return f"¶ {', '.join(parts)}" if parts else ""
