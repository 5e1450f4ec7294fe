"""Competing readings as conversations: who answers whom, reply by reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casebook.dates import PartialDate
from casebook.model import Case, Position
from casebook.views.page import Link, Row
from casebook.views.rendering import View

DEEPEST = 3
"""Levels of replies that are drawn as levels. What answers from further down stands in order on the last of them."""


@dataclass(slots=True, eq=False)
class Turn:
    """A position in a conversation."""

    number: int
    """Its place among the case's positions, from 1; its address is `position-<number>`."""
    position: Position
    answered: Turn | None = None
    """The position that it replies to; none when it opens the conversation, or its holder said nothing here."""
    replies: list[Turn] = field(default_factory=list)


def conversations(positions: Sequence[Position]) -> dict[str, list[Turn]]:
    """Question in dispute → the positions that open it, in the editor's order, with the replies to each.

    A reply to somebody who says nothing on the question opens a conversation of its own; so does the first of several
    that answer one another in a circle.
    """
    issues: dict[str, list[Turn]] = {}
    for number, position in enumerate(positions, 1):
        issues.setdefault(position.issue, []).append(Turn(number, position))
    return {issue: _openings(turns) for issue, turns in issues.items()}


def _openings(turns: list[Turn]) -> list[Turn]:
    for turn, answered in zip(turns, _answered(turns), strict=True):
        turn.answered = answered
    circles = _first_of_circles(turns)
    openings: list[Turn] = []
    for turn in turns:
        above = None if turn.number in circles else turn.answered
        (above.replies if above else openings).append(turn)
    return openings


def _answered(turns: list[Turn]) -> list[Turn | None]:
    """For each position the one that it replies to: its holder's latest so far, or else the next one."""
    first: dict[str, Turn] = {}
    for turn in reversed(turns):
        first[turn.position.holder] = turn
    latest: dict[str, Turn] = {}
    found: list[Turn | None] = []
    for turn in turns:
        holder = turn.position.response_to or ""
        answered = latest.get(holder) or first.get(holder)
        found.append(None if answered is turn else answered)
        latest[turn.position.holder] = turn
    return found


def _first_of_circles(turns: list[Turn]) -> set[int]:
    """The number of the first position of every circle of replies."""
    first: set[int] = set()
    settled: set[int] = set()
    for turn in turns:
        path: dict[int, Turn] = {}
        above: Turn | None = turn
        while above is not None and above.number not in settled and above.number not in path:
            path[above.number] = above
            above = above.answered
        if above is not None and above.number in path:
            way = list(path)
            first.add(min(way[way.index(above.number) :]))
        settled |= path.keys()
    return first


def levelled(opening: Turn) -> list[tuple[int, Turn]]:
    """A conversation in reading order, each position with its level: 0 opens, no level is deeper than `DEEPEST`."""
    ordered: list[tuple[int, Turn]] = []
    waiting = [(0, opening)]
    while waiting:
        level, turn = waiting.pop()
        ordered.append((level, turn))
        waiting += [(min(level + 1, DEEPEST), reply) for reply in reversed(turn.replies)]
    return ordered


def issue_rows(view: View, case: Case) -> list[Row]:
    """The case's questions in dispute as the positions template prints them."""
    dates = {quote.id: quote.date for quote in case.quotes if quote.date}
    return [
        Row(id=f"issue-{number}", issue=issue, openings=[_nested(view, opening, dates) for opening in openings])
        for number, (issue, openings) in enumerate(conversations(case.positions).items(), 1)
    ]


def _nested(view: View, opening: Turn, dates: Mapping[str, PartialDate]) -> Row:
    rows: list[Row] = []  # the position last printed on each level
    for level, turn in levelled(opening):
        row = _row(view, turn, dates)
        if level:
            rows[level - 1].replies.append(row)
        rows[level:] = [row]
    return rows[0]


def _row(view: View, turn: Turn, dates: Mapping[str, PartialDate]) -> Row:
    position = turn.position
    spoken = sorted({dates[quote] for quote in position.quotes if quote in dates}, key=lambda date: date.sort_key)
    return Row(
        id=f"position-{turn.number}", holder=view.link(position.holder), stance=position.stance,
        summary=view.prose(position.summary, f"position-{turn.number}"),
        reply_to=_reply_to(view, turn), date=spoken[0] if spoken else None, goes_on=len(spoken) > 1,
        quotes=view.links(f"#{quote}" for quote in position.quotes),
        cites=view.source_links(position.cites), replies=[],
    )  # fmt: skip


def _reply_to(view: View, turn: Turn) -> Link | None:
    """A link to the position that is answered; to its holder's page when it is not on this one."""
    if turn.position.response_to is None:
        return None
    holder = view.link(turn.position.response_to)
    return Link(f"#position-{turn.answered.number}", holder.label, holder.lang) if turn.answered else holder
