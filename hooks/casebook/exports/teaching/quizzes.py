"""The quiz of a meeting: some of the questions that the rules find, then what students prepare."""

from __future__ import annotations

from itertools import islice

from casebook.book import Casebook
from casebook.courses import Meeting
from casebook.exports.teaching.quiz import MOST, QuizQuestion, assigned_cases, essay, interleaved
from casebook.exports.teaching.quiz_claims import claim_status, claims_kept, order_of_events
from casebook.exports.teaching.quiz_figures import figures_given
from casebook.exports.teaching.quiz_words import readings_held, speakers, statements_on_pictures

RULES = (
    order_of_events, speakers, claim_status, statements_on_pictures, figures_given, claims_kept, readings_held,
)  # fmt: skip


def meeting_quiz(book: Casebook, meeting: Meeting) -> tuple[QuizQuestion, ...]:
    """At most `MOST` questions with a key on the cases assigned, then the preparation questions as essays.

    Empty where no case is assigned to everybody, or nothing in the record can be asked with one provable answer.
    """
    cases = assigned_cases(book, meeting)
    found = interleaved(rule(assigned) for rule in RULES for assigned in cases)
    return (*islice(found, MOST), *(essay(prepared) for prepared in meeting.preparation))
