"""Rules about how a case is put together: its cast, its length, its positions, its teaching."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.checks.rule import Finding, case_rule
from casebook.model import Case
from casebook.problems import Severity

ESSAY_WORDS = (900, 1800)


@case_rule("CB301")
def speaker_is_in_cast(book: Casebook, case: Case) -> Iterator[Finding]:
    """A quote's speaker is in the cast, so that a reader learns who is talking."""
    cast = {member.who for member in case.cast}
    if not cast <= book.kinds.keys():
        return  # a misspelt member may be the speaker; it is reported where it stands
    for index, quote in enumerate(case.quotes):
        if quote.speaker not in cast:
            message = f'the speaker "{quote.speaker}" is not in the cast'
            yield Finding(case.id, ("quotes", index, "speaker"), message, "add the speaker to `cast`, with a role")


@case_rule("CB305")
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


@case_rule("CB306", Severity.WARNING)
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


@case_rule("CB310")
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


@case_rule("CB311")
def translations_change_the_language(book: Casebook, case: Case) -> Iterator[Finding]:
    """A translation is in another language than the original."""
    for index, quote in enumerate(case.quotes):
        if quote.translation and quote.translation.lang.partition("-")[0] == quote.lang.partition("-")[0]:
            message = f'the translation is in the quote\'s own language, "{quote.translation.lang}"'
            yield Finding(case.id, ("quotes", index, "translation", "lang"), message, "check `lang` of both")


@case_rule("CB312")
def case_is_not_its_own_relative(book: Casebook, case: Case) -> Iterator[Finding]:
    """A case is not related to itself."""
    for index, related in enumerate(case.related):
        if related.case == case.id:
            yield Finding(case.id, ("related", index, "case"), "the case is related to itself", "name another case")
