"""One happening in several cases: where it is told most fully, and on which day."""

from __future__ import annotations

import pytest

from builders import at, case, check_case, other_case

EVENT = "    cites: [press-report]\nquotes:"
FULLER = "    cites: [press-report]\n    same_event: second-case#speech\nquotes:"
ON_ARC = ("    actors: [ada]\n    platforms", "    on_arc: The speech\n    actors: [ada]\n    platforms")


def test_event_may_be_told_more_fully_by_another_case():
    assert check_case(case((EVENT, FULLER)), cases={"second-case": other_case()}) == []


@pytest.mark.parametrize(
    ("target", "code"), [("third-case#speech", "CB203"), ("second-case#talk", "CB204"), ("second-case#c-ship", "CB209")]
)
def test_fuller_telling_must_be_an_event_of_a_case(target, code):
    text = case((EVENT, FULLER.replace("second-case#speech", f"▲{target}")))
    assert check_case(text, cases={"second-case": other_case()}) == at(text, code)


def test_event_is_not_told_more_fully_by_its_own_case():
    text = case((EVENT, FULLER.replace("second-case#speech", "▲first-case#speech")))
    assert check_case(text) == at(text, "CB325")


def test_fuller_telling_names_no_fuller_one():
    text = case((EVENT, FULLER.replace("second-case", "▲second-case")))
    second = other_case("second-case", (EVENT, FULLER.replace("second-case", "third-case")))
    third = other_case("third-case")
    assert check_case(text, cases={"second-case": second, "third-case": third}) == at(text, "CB325")


def test_happening_on_the_arc_is_there_with_the_fuller_telling():
    text = case((EVENT, FULLER), (ON_ARC[0], ON_ARC[1].replace("The speech", "▲The speech")))
    assert check_case(text, cases={"second-case": other_case()}) == at(text, "CB325")
    assert check_case(text.replace("▲", ""), cases={"second-case": other_case("second-case", ON_ARC)}) == []


@pytest.mark.parametrize("day", ["2024-01-11", "2023", "2024-02/2024-03"])
def test_days_that_exclude_each_other_are_reported_at_the_shorter_telling(day):
    text = case((EVENT, FULLER), ('date: "2024-01-10"\n    title', f'date: ▲"{day}"\n    title'))
    assert check_case(text, cases={"second-case": other_case()}) == at(text, "CB326")


@pytest.mark.parametrize("day", ["2024", "2024-01~", "2023-12/2024-02"])
def test_days_that_may_both_be_right_are_fine(day):
    text = case((EVENT, FULLER), ('date: "2024-01-10"\n    title', f'date: "{day}"\n    title'))
    assert check_case(text, cases={"second-case": other_case()}) == []
