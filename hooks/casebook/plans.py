"""Timed plans of a class for the length that it has, worked out from the one plan that a teaching note holds.

The rule, for a class of `minutes`:

1. Every step has the minutes that the note gives it, and a least number in which it still works: `least`, or two thirds,
   rounded up. A step with `least: 0` may be left out; while it is kept, two thirds of it are its least.
2. When even the least numbers are too many, steps that may be left out are left out, the last one first, until the rest
   fits; of those, what fits after all is put back, the first one first. When the rest does not fit, there is no such plan.
3. In a class shorter than the steps that are kept, each of them has its least and a share of what is left, in proportion
   to what it gives up.
4. In a longer one, the steps that discuss a question grow, or all when none does, in proportion to their length and by
   half of it at most. What is left then is the class's own.

Minutes are whole, and steps and what is left add up to the class exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from casebook.courses import DiscussionQuestion
from casebook.model import PlanStep

CUTS = (50, 75, 90)
"""Lengths of a class, in minutes, for which every teaching note has a plan."""
TYPICAL = 10
"""Minutes for a question of a meeting in which no question says how long it takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something to do in class, before it is known how long the class is."""

    activity: str
    """What is done; the question itself, in a plan made of questions."""
    question: str | None
    """What it is for: the local id of a case's question, or a `DiscussionQuestion.reference`."""
    minutes: int
    least: int
    """The fewest minutes in which it works, while it is kept."""
    is_optional: bool
    """Whether a shorter class leaves it out."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part with its place in a class."""

    start: int
    """Minutes from the beginning of the class."""
    minutes: int
    part: Part


@dataclass(frozen=True, slots=True)
class Plan:
    """A class of a given length, step by step."""

    minutes: int
    steps: tuple[Step, ...]
    left_out: tuple[Part, ...]
    """What there is no time for, in its order."""
    spare: int
    """Minutes at the end that no step needs."""


def parts_of(steps: Sequence[PlanStep]) -> tuple[Part, ...]:
    """The steps of a teaching note's plan, each with its least."""
    return tuple(
        Part(
            step.activity, step.question, step.minutes,
            min(step.least or two_thirds(step.minutes), step.minutes),  # more than the step has is reported by a rule
            step.least == 0,
        )
        for step in steps
    )  # fmt: skip


def two_thirds(minutes: int) -> int:
    """Two thirds, rounded up."""
    return -(-2 * minutes // 3)


def fewest_minutes(parts: Sequence[Part]) -> int:
    """The shortest class for which there is a plan."""
    return sum(part.least for part in parts if not part.is_optional)


def plan_of_class(parts: Sequence[Part], minutes: int) -> Plan | None:
    """The parts in a class of `minutes`, by this module's rule; None when they cannot be cut so short."""
    return _timed(parts, minutes) if fewest_minutes(parts) <= minutes else None


def plan_of_meeting(questions: Sequence[DiscussionQuestion], minutes: int | None = None) -> Plan:
    """A timed plan for a meeting of a reading list, made of the questions that it discusses, in their order.

    `minutes` is how long the meeting lasts; without it, as long as its questions take. A question that does not say how
    long it takes has the average of those that do, or `TYPICAL` minutes. Questions are cut to two thirds at most, then
    left out from the last; they grow by half at most, and what is left then is the plan's `spare`: for an opening, a
    close, and what the class asks. There is always a plan: a meeting too short for its first question spends all of its
    time on it. In a step, `part.activity` is the question's text and `part.question` its `reference`.
    """
    told = [question.minutes for question in questions if question.minutes]
    usual = round(sum(told) / len(told)) if told else TYPICAL
    wanted = [question.minutes or usual for question in questions]
    total = sum(wanted) if minutes is None else minutes
    parts = [
        Part(question.text, question.reference, length, min(two_thirds(length), total), index > 0)
        for index, (question, length) in enumerate(zip(questions, wanted, strict=True))
    ]
    return _timed(parts, total)


def _timed(parts: Sequence[Part], minutes: int) -> Plan:
    kept = _kept(parts, minutes)
    chosen = [part for part, is_kept in zip(parts, kept, strict=True) if is_kept]
    lengths = _lengths(chosen, minutes)
    starts = accumulate(lengths, initial=0)
    return Plan(
        minutes,
        tuple(Step(start, length, part) for start, length, part in zip(starts, lengths, chosen, strict=False)),
        tuple(part for part, is_kept in zip(parts, kept, strict=True) if not is_kept),
        minutes - sum(lengths),
    )


def _kept(parts: Sequence[Part], minutes: int) -> list[bool]:
    """For each part whether there is time for it."""
    kept = [True] * len(parts)
    need = sum(part.least for part in parts)
    optional = [index for index, part in enumerate(parts) if part.is_optional]
    for index in reversed(optional):
        if need > minutes:
            kept[index] = False
            need -= parts[index].least
    for index in optional:
        if not kept[index] and need + parts[index].least <= minutes:
            kept[index] = True
            need += parts[index].least
    return kept


def _lengths(parts: Sequence[Part], minutes: int) -> list[int]:
    """How long each part lasts."""
    wanted = [part.minutes for part in parts]
    more = minutes - sum(wanted)
    if more < 0:
        least = [part.least for part in parts]
        return _filled(least, [most - few for most, few in zip(wanted, least, strict=True)], minutes - sum(least))
    discussed = any(part.question for part in parts)
    room = [part.minutes // 2 if part.question or not discussed else 0 for part in parts]
    return _filled(wanted, room, min(more, sum(room)))


def _filled(lengths: Sequence[int], room: Sequence[int], more: int) -> list[int]:
    """The lengths with `more` minutes shared out in proportion to the room of each; the largest remainders are rounded up."""
    total = sum(room)
    if not total:
        return list(lengths)
    shares = [more * one // total for one in room]
    first = sorted(range(len(room)), key=lambda index: -(more * room[index] % total))
    for index in first[: more - sum(shares)]:
        shares[index] += 1
    return [length + share for length, share in zip(lengths, shares, strict=True)]
