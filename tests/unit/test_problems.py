"""What is wrong, where, and what to do about it."""

from __future__ import annotations

import pytest

from casebook.problems import Location, Problem, Severity, did_you_mean, nearest, shorten, sort_problems

HERE = Location("casefiles/cases/floor-nap.yml", 42, 13)


def test_problem_says_where_what_and_what_to_do():
    problem = Problem(HERE, "CB203", 'no person "xu-ji"', 'did you mean "xu-jie"?')
    assert str(problem) == (
        'casefiles/cases/floor-nap.yml:42:13: error[CB203]: no person "xu-ji"; did you mean "xu-jie"?'
    )


def test_problem_without_a_hint_ends_with_its_message():
    assert str(Problem(HERE, "CB304", "overdue", severity=Severity.WARNING)).endswith("warning[CB304]: overdue")


def test_short_form_is_line_column_and_code():
    assert Problem(HERE, "CB203", "x").short == "42:13 CB203"


@pytest.mark.parametrize(("severity", "expected"), [(Severity.ERROR, True), (Severity.WARNING, False)])
def test_only_errors_stop_a_build(severity, expected):
    assert Problem(HERE, "CB203", "x", severity=severity).is_error is expected


def test_location_of_a_whole_file_is_its_first_character():
    assert str(Location("a.yml")) == "a.yml:1:1"


def test_problems_are_sorted_by_file_line_and_column():
    places = [Location("b", 1, 1), Location("a", 10, 1), Location("a", 2, 30), Location("a", 2, 4)]
    found = sort_problems(Problem(place, "CB101", "x") for place in places)
    assert [str(problem.location) for problem in found] == ["a:2:4", "a:2:30", "a:10:1", "b:1:1"]


def test_problems_at_one_place_are_sorted_by_code_then_message():
    found = sort_problems(Problem(HERE, *rest) for rest in [("CB203", "b"), ("CB203", "a"), ("CB101", "c")])
    assert [(problem.code, problem.message) for problem in found] == [("CB101", "c"), ("CB203", "a"), ("CB203", "b")]


def test_exact_repeats_are_dropped():
    assert (
        len(sort_problems([Problem(HERE, "CB203", "x"), Problem(HERE, "CB203", "x"), Problem(HERE, "CB203", "y")])) == 2
    )


@pytest.mark.parametrize(
    ("word", "hint"),
    [("xu-ji", 'did you mean "xu-jie"?'), ("lei-jn", 'did you mean "lei-jun"?'), ("bananas", ""), ("", "")],
)
def test_nearest_known_word_is_suggested(word, hint):
    assert did_you_mean(word, ["lei-jun", "xu-jie", "xu-fei"]) == hint


CHOICES = ("pending", "kept", "partly-kept", "missed", "dek", "key_figures", "quotes", "id")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Kept", "kept"), ("KEPT", "kept"), ("kept partly", "partly-kept"), ("partly_kept", "partly-kept"),
        ("Partly  Kept", "partly-kept"), ("key-figures", "key_figures"), ("keyfigures", "key_figures"),
        ("quote", "quotes"), ("dke", "dek"), ("deck", "dek"), ("mised", "missed"), ("xx", ""), ("zzz", ""), ("--", ""),
    ],
)  # fmt: skip
def test_case_joints_and_order_of_words_do_not_count(word, meant):
    assert nearest(word, CHOICES) == meant


def test_of_equally_near_words_the_first_is_meant():
    assert nearest("CB38", ["CB308", "CB318"]) == "CB308"


def test_nothing_is_suggested_when_nothing_is_known():
    assert did_you_mean("lei-jun", []) == ""


def test_long_values_are_cut_and_put_on_one_line():
    assert shorten("a\n  b") == "a b"
    assert shorten("x" * 100) == "x" * 59 + "…"
    assert shorten("x" * 60) == "x" * 60
