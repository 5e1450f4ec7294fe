"""Questions about who said what: words, readings of a contested question, and statements on pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.exports.teaching.quiz import Assigned, Option, Passage, QuizQuestion, chosen, shuffled
from casebook.model import CHOICES, AuthenticityStatement, Media, Position, Quote

WHOSE_WORDS = "Whose words"
LONGEST = 420
"""Characters of the longest quotation that is asked about."""
_OTHERS = 3
_FEWEST = 3
_NAME_PART = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]+")
_OUTRIGHT = frozenset({"staged", "candid", "edited", "synthetic"})
"""What somebody can be said to have said outright; `genuine` and `undetermined` are often how an editor sums it up."""
_STATEMENTS = {
    "staged": "That it was staged", "candid": "That it was candid", "edited": "That it was edited afterwards",
    "synthetic": "That it is synthetic, made by a program",
    "genuine": "That it is genuine, without saying how it came to be taken", "undetermined": "Nothing either way",
}  # fmt: skip


def speakers(assigned: Assigned) -> list[QuizQuestion]:
    """To whom words are attributed, among those who speak in the same case."""
    case = assigned.case
    spoken = Counter(_plain(quote.exact) for quote in case.quotes)
    questions: list[QuizQuestion] = []
    for quote in case.quotes:
        badge = assigned.book.badges.get(assigned.reference(quote.id), "unverified")
        is_alone = spoken[_plain(quote.exact)] == 1 and len(quote.exact) <= LONGEST
        if assigned.covers(quote.id) and badge != "unverified" and is_alone and not _gives_away(assigned, quote):
            questions += _speaker_question(assigned, quote)
    return questions


def readings_held(assigned: Assigned) -> list[QuizQuestion]:
    """Who holds one of three or more readings of the same question."""
    if assigned.named is not None:
        return []
    questions = []
    for issue, positions in _issues(assigned.case.positions):
        labels = [assigned.book.label(position.holder) for position in positions]
        if len(positions) < _FEWEST or len(set(labels)) < len(labels):
            continue
        asked = next(position for position in positions if position.holder == positions[-1].holder)
        if not _names(asked.stance, labels):
            questions.append(_reading_question(assigned, issue, asked, labels))
    return questions


def statements_on_pictures(assigned: Assigned) -> list[QuizQuestion]:
    """What somebody is recorded as saying of a picture's making, and who of several called it staged."""
    questions = []
    for media in assigned.case.media:
        said = [one for one in media.authenticity if _speaks_once(media, one)]
        if not assigned.covers(media.id) or not said:
            continue
        staged = [one.category == "staged" for one in said]
        if len(said) >= _FEWEST and any(staged) and not all(staged):
            questions.append(_staged_question(assigned, media, said))
        else:
            outright = [one for one in said if one.category in _OUTRIGHT]
            questions += [_statement_question(assigned, media, one) for one in outright[-1:]]
    return questions


def _speaker_question(assigned: Assigned, quote: Quote) -> Iterator[QuizQuestion]:
    case, label = assigned.case, assigned.book.label
    key = f"{assigned.reference(quote.id)} speaker"
    # Whoever is also said to have claimed or held this could be named with some right.
    near = {claim.by for claim in case.claims if claim.quote == quote.id}
    near |= {position.holder for position in case.positions if quote.id in position.quotes}
    right = label(quote.speaker)
    others = {label(other.speaker) for other in case.quotes if other.speaker not in near | {quote.speaker}} - {right}
    if len(others) < _FEWEST - 1:
        return
    options = [Option(right, is_right=True), *(Option(name, is_right=False) for name in chosen(key, others, _OTHERS))]
    when = f", {quote.date.words}" if quote.date else ""
    source = assigned.book.sources[quote.source].short
    printed = "" if source == right else f", as printed in {source}"
    yield QuizQuestion(
        key, "choice", WHOSE_WORDS, "To whom does the Founder Casebook attribute these words?",
        tuple(_passage(quote)), shuffled(key, options), f"{right}{when}{printed}.",
        (assigned.reference(quote.id),),
    )  # fmt: skip


def _passage(quote: Quote) -> Iterator[Passage]:
    made = quote.translation
    if made is not None:
        yield Passage(made.text, made.lang, f"Translated by {made.by}.")
    yield Passage(quote.exact, quote.lang)


def _gives_away(assigned: Assigned, quote: Quote) -> bool:
    """Whether the words name one of the speakers, so that they answer or mislead."""
    words = f"{quote.exact} {quote.translation.text if quote.translation else ''}"
    return _names(words, {assigned.book.label(other.speaker) for other in assigned.case.quotes})


def _names(words: str, labels: Iterable[str]) -> bool:
    parts = {part.casefold() for label in labels for part in _NAME_PART.findall(label)}
    return any(part in words.casefold() for part in parts)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _issues(positions: Iterable[Position]) -> Iterator[tuple[str, list[Position]]]:
    """Issue → one position of each holder who speaks on it once."""
    found: dict[str, list[Position]] = {}
    for position in positions:
        found.setdefault(position.issue, []).append(position)
    for issue, held in found.items():
        times = Counter(position.holder for position in held)
        yield issue, [position for position in held if times[position.holder] == 1]


def _reading_question(assigned: Assigned, issue: str, asked: Position, labels: list[str]) -> QuizQuestion:
    key = f"{assigned.case.id} reading {asked.holder} {issue}"
    right = assigned.book.label(asked.holder)
    others = chosen(key, [name for name in labels if name != right], _OTHERS)
    options = [Option(right, is_right=True), *(Option(name, is_right=False) for name in others)]
    return QuizQuestion(
        key, "choice", "Whose reading",
        f"On the question “{issue}”, whose reading does the Founder Casebook sum up like this?",
        (Passage(asked.stance),), shuffled(key, options), f"{right}: {asked.stance}",
        (*(assigned.reference(quote) for quote in asked.quotes), *asked.cites),
    )  # fmt: skip


def _speaks_once(media: Media, statement: AuthenticityStatement) -> bool:
    return [one.attributed_to for one in media.authenticity].count(statement.attributed_to) == 1


def _statement_question(assigned: Assigned, media: Media, said: AuthenticityStatement) -> QuizQuestion:
    key = f"{assigned.reference(media.id)} {said.attributed_to}"
    who = assigned.book.label(said.attributed_to)
    options = [Option(_STATEMENTS[word], word == said.category) for word in CHOICES["Authenticity"]]
    return QuizQuestion(
        key, "choice", "What was said of a picture",
        f"What does the Founder Casebook record {who} as saying of how this picture or clip was made?",
        (Passage(media.describes),), shuffled(key, options), _recorded(assigned, said), (assigned.reference(media.id),),
    )  # fmt: skip


def _staged_question(assigned: Assigned, media: Media, said: list[AuthenticityStatement]) -> QuizQuestion:
    key = f"{assigned.reference(media.id)} staged"
    options = [Option(assigned.book.label(one.attributed_to), one.category == "staged") for one in said]
    return QuizQuestion(
        key, "responses", "Who called a picture staged",
        "To which of these does the Founder Casebook attribute a statement that this picture or clip was staged? "
        "Choose all that apply.",
        (Passage(media.describes),), shuffled(key, options), " ".join(_recorded(assigned, one) for one in said),
        (assigned.reference(media.id),),
    )  # fmt: skip


def _recorded(assigned: Assigned, said: AuthenticityStatement) -> str:
    when = f" ({said.on.words})" if said.on else ""
    note = f" {said.note}" if said.note else ""
    return f"{assigned.book.label(said.attributed_to)}{when}: {said.category}.{note}"
