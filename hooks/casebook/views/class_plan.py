"""A class in minutes: the plans of a teaching note for each length, as its page prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from casebook.model import Teaching
from casebook.plans import CUTS, Part, Plan, fewest_minutes, parts_of, plan_of_class
from casebook.views.page import Row
from casebook.views.rendering import fragment

MOST_SPARE = 3
"""A plan that leaves more than one minute in so many to the class is no plan of it, and is not shown."""


def written_minutes(note: Teaching) -> int:
    """How long the class is as the note's steps have it."""
    return sum(step.minutes for step in note.plan)


def plans_of(note: Teaching) -> list[Plan]:
    """The plans that a note's steps make, the shortest first: as they are written, and for every length that they suit."""
    parts = parts_of(note.plan)
    lengths = sorted({*CUTS, written_minutes(note)}) if parts else []
    made = [plan_of_class(parts, minutes) for minutes in lengths]
    return [plan for plan in made if plan is not None and plan.spare * MOST_SPARE <= plan.minutes]


def plan_figure(note: Teaching) -> Markup:
    """Every plan, folded, with the one that the note holds open; then the lengths for which there is none, and why."""
    plans = plans_of(note)
    numbers = {question.id: number for number, question in enumerate(note.questions, 1)}
    written = written_minutes(note)
    rows = [
        Row(
            minutes=plan.minutes, is_open=plan.minutes == written, spare=plan.spare, steps=plan_rows(plan, numbers),
            left_out=[_named(part, numbers) for part in plan.left_out],
        )
        for plan in plans
    ]  # fmt: skip
    return fragment("teach_plans", plans=rows, missing=_missing(note, plans), written=written)


def plan_rows(plan: Plan, numbers: Mapping[str, int]) -> list[Row]:
    """The steps of a plan; `x` and `width` are a step's place in the class, in per cent."""
    return [
        Row(
            start=step.start, minutes=step.minutes, activity=step.part.activity, question_id=step.part.question,
            question=numbers.get(step.part.question or ""),
            x=round(100 * step.start / plan.minutes, 2), width=round(100 * step.minutes / plan.minutes, 2),
        )
        for step in plan.steps
    ]  # fmt: skip


def _named(part: Part, numbers: Mapping[str, int]) -> str:
    """What is left out, by its question where it has one."""
    return f"question {numbers[part.question]}" if part.question else f"“{part.activity}”"


def _missing(note: Teaching, plans: Sequence[Plan]) -> list[str]:
    """Why there is no plan for a length."""
    parts = parts_of(note.plan)
    shown = {plan.minutes for plan in plans}
    least = fewest_minutes(parts)
    reasons = []
    for minutes in CUTS if parts else ():
        if minutes < least:
            reasons.append(f"There is no plan of {minutes} minutes: what may not be left out takes {least}.")
        elif minutes not in shown:
            most = sum(step.minutes for plan in [plan_of_class(parts, minutes)] if plan for step in plan.steps)
            reasons.append(f"There is no plan of {minutes} minutes: the steps fill at most {most}.")
    return reasons
