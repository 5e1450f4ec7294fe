"""Plans for the length that a class has."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.courses import DiscussionQuestion
from casebook.model import PlanStep
from casebook.plans import CUTS, Part, Plan, fewest_minutes, parts_of, plan_of_class, plan_of_meeting, two_thirds


def step(minutes: int, least: int | None = None, question: str | None = None) -> PlanStep:
    return PlanStep(minutes=minutes, least=least, activity=f"{minutes} minutes", question=question)


def lengths(plan: Plan | None) -> list[int]:
    assert plan is not None
    return [step.minutes for step in plan.steps]


def ask(number: int, minutes: int | None) -> DiscussionQuestion:
    return DiscussionQuestion(f"#q-{number}", f"Question {number}?", minutes, (), None, None, "", "")


@st.composite
def parts(draw: st.DrawFn) -> tuple[Part, ...]:
    def one(minutes: int) -> st.SearchStrategy[PlanStep]:
        least = st.none() | st.integers(0, minutes)
        return st.builds(step, st.just(minutes), least, st.none() | st.just("dq"))

    return parts_of(draw(st.lists(st.integers(1, 240).flatmap(one), max_size=12)))


@given(parts(), st.integers(1, 300))
def test_steps_and_what_is_left_add_up_to_the_class_exactly(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    assert sum(lengths(plan)) + plan.spare == minutes


@given(parts(), st.integers(1, 300))
def test_every_step_starts_where_the_one_before_ends(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    assert [one.start for one in plan.steps] == [sum(lengths(plan)[:n]) for n in range(len(plan.steps))]


@given(parts(), st.integers(1, 300))
def test_no_step_has_less_than_its_least_or_more_than_half_as_long_again(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    assert all(one.part.least <= one.minutes <= one.part.minutes + one.part.minutes // 2 for one in plan.steps)


@given(parts(), st.integers(1, 300))
def test_every_part_is_in_the_plan_or_named_as_left_out_in_its_order(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    rest = iter(plan.left_out)
    kept = iter(plan.steps)
    waiting = next(rest, None)
    for part in some:
        if part is waiting:
            waiting = next(rest, None)
        else:
            assert next(kept).part is part
    assert waiting is None
    assert next(kept, None) is None


@given(parts(), st.integers(1, 300))
def test_only_steps_that_may_be_left_out_are(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    assert all(part.is_optional for part in plan.left_out)


@given(parts(), st.integers(1, 300))
def test_nothing_is_left_out_that_there_is_time_for(some, minutes):
    plan = plan_of_class(some, minutes)
    assume(plan is not None)
    need = sum(one.part.least for one in plan.steps)
    assert all(need + part.least > minutes for part in plan.left_out)


@given(parts(), st.integers(1, 300))
def test_there_is_no_plan_only_where_what_may_not_be_left_out_takes_longer(some, minutes):
    assert (plan_of_class(some, minutes) is None) == (fewest_minutes(some) > minutes)


@given(parts())
def test_a_class_as_long_as_its_steps_has_them_as_they_were_written(some):
    plan = plan_of_class(some, sum(part.minutes for part in some))
    assert lengths(plan) == [part.minutes for part in some]
    assert plan.left_out == ()


@given(parts(), st.integers(1, 299))
def test_a_longer_class_gives_the_steps_that_both_classes_have_no_less_time(some, minutes):
    short, long = plan_of_class(some, minutes), plan_of_class(some, minutes + 1)
    assume(short is not None and not short.left_out and long is not None)
    # Rounding may take a minute from one step for another, and no more.
    assert all(b >= a - 1 for a, b in zip(lengths(short), lengths(long), strict=True))


def test_a_shorter_class_takes_from_each_step_in_proportion_to_what_it_gives_up():
    some = parts_of([step(10), step(20, least=10), step(20)])
    assert [part.least for part in some] == [7, 10, 14]
    assert lengths(plan_of_class(some, 42)) == [9, 16, 17]


def test_the_last_step_that_may_be_left_out_goes_first():
    plan = plan_of_class(parts_of([step(10), step(10, least=0), step(10), step(10, least=0)]), 25)
    assert [part.minutes for part in plan.left_out] == [10]
    assert [one.part.is_optional for one in plan.steps] == [False, True, False]


def test_what_fits_after_all_is_put_back():
    some = parts_of([step(30, least=0), step(6, least=0), step(30)])
    plan = plan_of_class(some, 26)
    assert [part.minutes for part in plan.left_out] == [30]
    assert [one.part.minutes for one in plan.steps] == [6, 30]


def test_a_longer_class_gives_its_time_to_the_discussion():
    plan = plan_of_class(parts_of([step(5), step(20, question="dq"), step(5)]), 37)
    assert lengths(plan) == [5, 27, 5]


def test_a_step_grows_by_half_and_the_rest_is_the_class_s_own():
    plan = plan_of_class(parts_of([step(5), step(20, question="dq")]), 90)
    assert lengths(plan) == [5, 30]
    assert plan.spare == 55


def test_without_steps_the_whole_class_is_free():
    assert plan_of_class((), 50).spare == 50


@pytest.mark.parametrize(("minutes", "least"), [(1, 1), (3, 2), (4, 3), (10, 7), (15, 10)])
def test_two_thirds_are_rounded_up(minutes, least):
    assert two_thirds(minutes) == least


def test_a_plan_is_made_for_three_lengths():
    assert CUTS == (50, 75, 90)


@given(st.lists(st.none() | st.integers(1, 240), max_size=12), st.none() | st.integers(1, 300))
def test_a_meeting_always_has_a_plan_that_adds_up(told, minutes):
    plan = plan_of_meeting([ask(number, one) for number, one in enumerate(told)], minutes)
    assert sum(lengths(plan)) + plan.spare == plan.minutes
    assert len(plan.steps) + len(plan.left_out) == len(told)
    assert all(one.minutes > 0 for one in plan.steps)
    assert plan.steps or not told


def test_a_meeting_without_a_length_lasts_as_long_as_its_questions():
    assert lengths(plan_of_meeting([ask(1, 10), ask(2, 20)])) == [10, 20]


def test_a_question_that_tells_no_minutes_has_the_average_of_the_others():
    assert lengths(plan_of_meeting([ask(1, 10), ask(2, None), ask(3, 20)])) == [10, 15, 20]


def test_a_meeting_too_short_for_its_first_question_spends_its_time_on_it():
    plan = plan_of_meeting([ask(1, 30), ask(2, 10)], 8)
    assert lengths(plan) == [8]
    assert [part.question for part in plan.left_out] == ["#q-2"]


def test_a_step_of_a_meeting_names_its_question():
    part = plan_of_meeting([ask(1, 10)], 10).steps[0].part
    assert (part.activity, part.question) == ("Question 1?", "#q-1")
