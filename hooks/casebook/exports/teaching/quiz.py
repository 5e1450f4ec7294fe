"""A reading check: questions that the record of the cases assigned answers, each with a key that can be proved from it.

What a question asks is what the casebook records, in those words and with its day, and not what is true: nobody is
asked about a matter on which the sources disagree, and no verdict on a person is a right answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from casebook.book import Casebook
from casebook.courses import Meeting, PreparationQuestion
from casebook.marks import scan_marks
from casebook.model import Case

MOST = 8
"""Questions with a key that a meeting has at most: what can be answered in some ten minutes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What a question is about, word for word: a quotation, a claim, a description."""

    text: str
    lang: str = "en"
    note: str = ""
    """Who translated it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question of a quiz."""

    key: str
    """Names it for as long as the record keeps what it asks about: `case-id#local-id status`."""
    kind: Literal["choice", "responses", "essay"]
    """One right answer; all that apply; an answer in words, without a key."""
    label: str
    """What it is about, in a few words."""
    stem: str
    """The question."""
    passage: tuple[Passage, ...]
    """What it asks about; of a quotation the translation first, then the original."""
    options: tuple[Option, ...]
    """In the order in which they are shown; none for an essay."""
    explanation: str
    """What the record says, for whoever has answered."""
    evidence: tuple[str, ...]
    """Where the record says so, each as `case-id#local-id` or the id of a source."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A case with what of its record students are to have read."""

    book: Casebook
    case: Case
    named: frozenset[str] | None
    """The local ids to which the sections assigned link; None where all of the case is assigned."""

    def covers(self, local: str) -> bool:
        """Whether somebody who did the reading can have met this."""
        return self.named is None or local in self.named

    @property
    def as_of(self) -> str:
        """The day of the text that is asked about, in words."""
        return (self.case.updated or self.case.published).words

    def reference(self, local: str) -> str:
        """`case-id#local-id`."""
        return f"{self.case.id}#{local}"


def assigned_cases(book: Casebook, meeting: Meeting) -> list[Assigned]:
    """The cases that everybody reads for a meeting; what is optional is not asked about."""
    named: dict[str, frozenset[str] | None] = {}
    cases = {}
    for reading in meeting.readings:
        if reading.case is None or reading.optional:
            continue
        cases[reading.case.id] = reading.case
        found = None if reading.is_whole else _linked(section.text for section in reading.sections)
        before = named.get(reading.case.id, frozenset())
        named[reading.case.id] = None if found is None or before is None else before | found
    return [Assigned(book, case, named[case.id]) for case in cases.values()]


def _linked(texts: Iterable[str]) -> frozenset[str]:
    marks = (mark for text in texts for mark in scan_marks(text))
    return frozenset(mark.target[1:] for mark in marks if mark.target.startswith("#"))


def shuffled(key: str, options: Iterable[Option]) -> tuple[Option, ...]:
    """The options in an order that says nothing of which is right, and is the same every time."""
    return tuple(sorted(options, key=lambda option: _rank(key, option.text)))


def chosen(key: str, words: Iterable[str], count: int) -> list[str]:
    """Some of the words, the same ones every time."""
    return sorted(dict.fromkeys(words), key=lambda word: _rank(key, word))[:count]


def _rank(key: str, words: str) -> bytes:
    return hashlib.sha256(f"{key}\n{words}".encode()).digest()


def interleaved(lists: Iterable[list[QuizQuestion]]) -> Iterator[QuizQuestion]:
    """The first of every list, then the second of every list, so that all kinds of questions and all cases have a turn."""
    rows = list(lists)
    for depth in range(max((len(row) for row in rows), default=0)):
        yield from (row[depth] for row in rows if depth < len(row))


def essay(prepared: PreparationQuestion) -> QuizQuestion:
    """A question that students prepare, to be answered in words and read by the teacher."""
    explanation = "The answer stands in the case; see the evidence."
    return QuizQuestion(
        f"{prepared.reference} essay", "essay", "Prepared at home", prepared.text, (), (), explanation,
        prepared.evidence,
    )  # fmt: skip
