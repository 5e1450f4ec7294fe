"""The quiz of a meeting: some of the questions that the rules find, then what students prepare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from casebook.book import Casebook
from casebook.courses import Meeting
from casebook.exports.teaching.quiz import MOST, QuizQuestion, assigned_cases, essay, interleaved
from casebook.exports.teaching.quiz_claims import claim_status, order_of_events
from casebook.exports.teaching.quiz_figures import figures_given
from casebook.exports.teaching.quiz_words import WHOSE_WORDS, readings_held, speakers, statements_on_pictures

RULES = (
    order_of_events, speakers, claim_status, statements_on_pictures, figures_given, readings_held,
)  # fmt: skip


SPEAKERS = 2
"""Questions about whose words something is that a meeting has at most, each about somebody else."""


def meeting_quiz(book: Casebook, meeting: Meeting) -> tuple[QuizQuestion, ...]:
    """At most `MOST` questions with a key on the cases assigned, then the preparation questions as essays.

    Empty where no case is assigned to everybody, or nothing in the record can be asked with one provable answer.
    """
    cases = assigned_cases(book, meeting)
    found = _varied(interleaved(rule(assigned) for rule in RULES for assigned in cases))
    return (*islice(found, MOST), *(essay(prepared) for prepared in meeting.preparation))


def _varied(questions: Iterable[QuizQuestion]) -> Iterator[QuizQuestion]:
    """The questions without those whose answer was the answer before: the same speaker three times is guessed."""
    named: set[str] = set()
    for question in questions:
        if question.label == WHOSE_WORDS:
            right = next(option.text for option in question.options if option.is_right)
            if right in named or len(named) == SPEAKERS:
                continue
            named.add(right)
        yield question
