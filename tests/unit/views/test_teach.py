"""The plan of a class, drawn and in a table, and what its questions serve."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

import builders

Show = Callable[..., LexborHTMLParser]

PLAN = "  plan:\n    - {minutes: 5, activity: Read.}\n    - {minutes: 15, activity: Talk., question: w-kept}\n"


def test_band_shows_each_step_as_long_as_it_takes(show: Show):
    band = show("cases/first-case/teach/", cases={"first-case": builders.case(more=PLAN)}).css_first(".band")
    assert [(bar.attributes["x"], bar.attributes["width"]) for bar in band.css("rect")] == [
        ("0.0%", "25.0%"),
        ("25.0%", "75.0%"),
    ]
    assert band.attributes["aria-hidden"] == "true"


def test_step_leads_to_its_question_by_number(show: Show):
    tree = show("cases/first-case/teach/", cases={"first-case": builders.case(more=PLAN)})
    none, first = tree.css("#plan tbody td:last-child")
    assert none.text() == ""
    assert first.text() == "Question 1"
    assert first.css_first("a").attributes["href"] == "#w-kept"


def test_question_names_its_objective_by_number(show: Show):
    tree = show("cases/first-case/teach/")
    objective = tree.css_first("#w-kept p.rec a")
    assert objective.text() == "Objective 1"
    assert objective.attributes["href"] == f"#{tree.css_first('.objectives li').attributes['id']}"


def test_quotes_on_the_speakers_page_do_not_name_the_speaker_again(show: Show):
    tree = show("people/ada/")
    assert tree.css(".quotes > li")
    assert not tree.css(".quotes .who")
