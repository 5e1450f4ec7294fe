"""A role play made from a case's positions: who speaks, what they may rely on, whom they answer, and how long it takes."""

from __future__ import annotations

from casebook.book import Casebook
from casebook.model import Case
from casebook.views.page import Link, Row
from casebook.views.positions import Turn, conversations, levelled
from casebook.views.rendering import View, counted

READ, SPEAK, ANSWER, JUDGE = 8, 2, 1, 6
"""Minutes in which groups read; in which each position is put; in which each reply is given; in which the class judges."""


def role_play_rows(view: View, case: Case) -> list[Row]:
    """The questions in dispute on which at least two hold a position; each with its speakers and a procedure."""
    rows = []
    for number, (issue, openings) in enumerate(conversations(case.positions).items(), 1):
        turns = [turn for opening in openings for _, turn in levelled(opening)]
        holders = {turn.position.holder for turn in turns}
        if len(holders) > 1:
            link = Link(view.path(f"cases/{case.id}/#issue-{number}"), issue)
            parts = [_part(view, case, turn) for turn in turns]
            rows.append(Row(id=f"role-play-{number}", issue=link, parts=parts, steps=_procedure(view.book, turns)))
    return rows


def _part(view: View, case: Case, turn: Turn) -> Row:
    position = turn.position
    answered = turn.answered.position.holder if turn.answered else position.response_to
    return Row(
        holder=view.link(position.holder), stance=position.stance,
        summary=view.prose(position.summary, f"role-{turn.number}", case),
        quotes=view.links((f"#{quote}" for quote in position.quotes), case), cites=view.source_links(position.cites),
        reply_to=view.book.label(answered) if answered else "",
        where=Link(view.path(f"cases/{case.id}/#position-{turn.number}"), "in the case"),
    )  # fmt: skip


def _procedure(book: Casebook, turns: list[Turn]) -> list[Row]:
    """What is done, with minutes: ours, not the sources'."""
    replies = [turn for turn in turns if turn.position.response_to]
    names = list(dict.fromkeys(book.label(turn.position.holder) for turn in turns))
    steps = [
        (READ, f"Students form {len(names)} groups, one each for {_listed(names)}. Every group reads its part and what that "
               "rests on, and chooses a speaker and the one piece of evidence that matters most."),
        (SPEAK * len(turns), f"In the order below each speaker puts the position, {counted(SPEAK, 'minute')} each."),
    ]  # fmt: skip
    if replies:
        answers = "Whoever has been answered may answer back once"
        steps.append((ANSWER * len(replies), f"{answers}, {counted(ANSWER, 'minute')} each."))
    steps.append(
        (
            JUDGE,
            "Everybody leaves the role. Which statement could be checked, by whom, and did anybody change their mind?",
        )
    )
    return [Row(minutes=minutes, words=words) for minutes, words in steps]


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
