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


CUT = """\
  plan:
    - {minutes: 30, activity: Read., least: 20}
    - {minutes: 15, activity: Count., least: 0}
    - {minutes: 45, activity: Talk., question: w-kept, least: 28}
"""


def plans(show: Show, more: str) -> LexborHTMLParser:
    return show("cases/first-case/teach/", cases={"first-case": builders.case(more=more)})


def test_note_has_a_plan_for_each_length_and_the_written_one_is_open(show: Show):
    tree = plans(show, CUT)
    assert [cut.attributes["id"] for cut in tree.css("details.cut")] == ["plan-50", "plan-75", "plan-90"]
    assert [cut.attributes["id"] for cut in tree.css("details.cut[open]")] == ["plan-90"]


def test_only_one_length_is_open_at_a_time(show: Show):
    assert {cut.attributes["name"] for cut in plans(show, CUT).css("details.cut")} == {"plan"}


def test_a_short_plan_says_what_it_leaves_out(show: Show):
    tree = plans(show, CUT)
    assert tree.css_first("#plan-50 summary").text() == "50 minutes, without “Count.”"
    assert tree.css_first("#plan-75 summary").text() == "75 minutes"


def test_starts_and_minutes_of_a_cut_add_up(show: Show):
    rows = plans(show, CUT).css("#plan-50 tbody tr")
    assert [[cell.text() for cell in row.css("td")[:2]] for row in rows] == [["0′", "21"], ["21′", "29"]]


def test_minutes_that_no_step_needs_are_the_last_row(show: Show):
    more = "  plan:\n    - {minutes: 40, activity: Read.}\n    - {minutes: 20, activity: Talk., question: w-kept}\n"
    last = plans(show, more).css("#plan-75 tbody tr")[-1]
    assert [cell.text() for cell in last.css("td")[:3]] == ["70′", "5", "Left for what the class brings up."]


def test_length_that_the_steps_do_not_fill_is_named_with_the_reason(show: Show):
    notes = [note.text() for note in plans(show, PLAN).css("#plan .plan-note")]
    assert "There is no plan of 90 minutes: the steps fill at most 27." in notes


def test_length_to_which_the_plan_cannot_be_cut_is_named_with_the_reason(show: Show):
    more = "  plan:\n    - {minutes: 90, activity: Talk.}\n"
    notes = [note.text() for note in plans(show, more).css("#plan .plan-note")]
    assert "There is no plan of 50 minutes: what may not be left out takes 60." in notes


def test_every_level_of_the_taxonomy_is_explained_and_says_which_objectives_are_on_it(show: Show):
    rows = {row.css_first("dt").text(): row.css_first("dd").text() for row in show("cases/first-case/teach/").css(".levels dl > div")}  # fmt: skip
    assert list(rows) == ["Remember", "Understand", "Apply", "Analyse", "Evaluate", "Create"]
    assert rows["Evaluate"] == "Judge by criteria, and defend the judgement. Objective 1"
    assert "Objective" not in rows["Create"]


def test_question_to_prepare_has_its_address_and_its_evidence(show: Show):
    more = "  preparation:\n    - {id: prep-day, text: On which day?, evidence: [speech]}\n"
    item = plans(show, more).css_first("#preparation #prep-day")
    assert item.css_first("a").attributes["href"] == "../../../cases/first-case/#speech"


POSITIONS = """\
positions:
  - {issue: Kept?, holder: ada, stance: "Yes.", summary: She says so., quotes: [q-promise]}
  - {issue: Kept?, holder: bob, stance: "No.", summary: He does not., response_to: ada, cites: [company-blog]}
  - {issue: Why?, holder: ada, stance: For fun., summary: She says so.}
"""


def test_role_play_is_made_of_questions_on_which_two_hold_a_position(show: Show):
    tree = plans(show, POSITIONS)
    assert [issue.css_first("h3").text() for issue in tree.css("#role-play .issue")] == ["Kept?"]


def test_part_in_a_role_play_names_whom_it_answers_and_what_it_may_use(show: Show):
    first, second = plans(show, POSITIONS).css("#role-play .roles > li")
    assert first.css("a[href='../../../cases/first-case/#q-promise']")
    assert second.css_first("p.rec").text() == "Bob, answering Ada"
    assert second.css("a[href='../../../sources/company-blog/']")


def test_minutes_of_a_role_play_grow_with_its_parts(show: Show):
    steps = plans(show, POSITIONS).css("#role-play .steps-of-play .rec")
    assert [step.text() for step in steps] == ["8 min", "4 min", "1 min", "6 min"]


def test_role_play_says_what_students_may_not_invent(show: Show):
    assert (
        "give nobody motives, feelings or words beyond that"
        in plans(show, POSITIONS).css_first("#role-play .fair").text()
    )


PAUSE = """\
  pause: {after: "2024-01-10", so_far: "She spoke [@press-report].", ask: Do you believe her?}
"""
LATER = ("    cites: [press-report]\nquotes:\n", """\
    cites: [press-report]
  - {id: delivered, date: "2024-03-20", title: It comes, strand: product, cites: [press-report]}
quotes:
""")  # fmt: skip


def paused(show: Show, uri: str) -> LexborHTMLParser:
    return show(uri, cases={"first-case": builders.case(LATER, more=PAUSE)})


def test_note_leads_to_both_parts_of_a_case(show: Show):
    links = paused(show, "cases/first-case/teach/").css("#two-parts .go-on a")
    assert [link.attributes["href"] for link in links] == [
        "../../../cases/first-case/so-far/",
        "../../../cases/first-case/what-followed/",
    ]


def test_source_that_only_the_first_part_cites_leads_to_the_two_parts(show: Show):
    links = [link.attributes["href"] for link in paused(show, "sources/press-report/").css("a")]
    assert "../../cases/first-case/teach/#two-parts" in links
