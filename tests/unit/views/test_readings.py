"""The page of a reading list, as a teacher prints it and students use it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

import builders
from builders import READING_LIST, case, changed, other_case
from hostile import PAYLOADS, shape

OWN = """\
    own_questions:
      - id: q-days
        text: Which day counts?
        evidence: [first-case#c-ship, second-case#speech]
        minutes: 15
        answer_note: The second, says [[first-case#q-promise]].
"""
NOTE = "        answer_note: The second, says [[first-case#q-promise]].\n"
MEETS = '    date: "2032-01-05"\n    time: "10:15"\n    minutes: 50\n'


def listed(*changes: tuple[str, str], more: str = OWN) -> str:
    second = "      - {case: second-case, why: Then this.}\n    questions:"
    return changed(READING_LIST, ("    questions:", second), *changes) + more


def page(show, *changes: tuple[str, str], more: str = OWN, first: str = builders.CASE) -> LexborHTMLParser:
    cases = {"first-case": first, "second-case": other_case()}
    return show("readings/seminar/", cases=cases, readings={"seminar": listed(*changes, more=more)})


def meeting(show, *changes: tuple[str, str], **others: str) -> LexborHTMLParser:
    return page(show, ("title: The promise\n", f"title: The promise\n{MEETS}"), *changes, **others)


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_schedule_tells_of_a_session_when_what_and_how_long(show):
    assert words(meeting(show), ".schedule thead th") == ["Session", "When", "To read before it", "Reading", "Class"]
    assert words(meeting(show), ".schedule tbody :is(th, td)") == [
        "1. The promise", "5 January 2032, 10:15", "The first case (What happened), The Daily, The first case",
        "2 minutes and 1 source of unknown length", "50 minutes",
    ]  # fmt: skip


def test_schedule_has_no_column_for_what_nobody_knows(show):
    assert words(page(show), ".schedule thead th") == ["Session", "To read before it", "Reading"]


def test_session_that_has_no_day_yet_says_so_beside_one_that_has(show):
    later = "  - n: 2\n    title: More\n    items: [{case: first-case, why: x}]\n"
    tree = meeting(show, more=OWN + later)
    assert words(tree, '.schedule tbody tr:nth-child(2) td[data-l="When"]') == ["not fixed"]
    assert words(tree, '.schedule tbody tr:nth-child(2) td[data-l="Class"]') == ["not fixed"]


def test_source_of_unknown_length_is_never_counted_as_nothing(show):
    tree = page(show)
    assert "2 minutes and 1 source of unknown length to read" in words(tree, ".particulars")[0]
    assert words(tree, ".assigned .rec") == ["Case, 1 min", "Source, length unknown", "Case, 1 min"]


def test_list_of_sources_of_unknown_length_only_names_no_minutes(show):
    text = changed(
        READING_LIST, ("      - case: first-case\n        sections: [opening]\n        why: It is short.\n", ""),
        ("    questions: [first-case#w-kept]\n", ""),
    )  # fmt: skip
    tree = show("readings/seminar/", readings={"seminar": text})
    assert "1 source of unknown length to read" in words(tree, ".particulars")[0]
    assert "minute" not in words(tree, ".particulars")[0]


def test_page_names_its_edition(show):
    assert "Edition of 1 June 2024 (" in words(page(show), ".particulars")[0]


def test_own_question_has_its_address_and_its_evidence_case_by_case(show):
    [question] = meeting(show).css("#q-days")
    hrefs = [link.attributes["href"] for link in question.css(".rec a")]
    base = "../../cases/"
    assert hrefs == [
        f"{base}first-case/", f"{base}first-case/#c-ship", f"{base}second-case/", f"{base}second-case/#speech",
    ]  # fmt: skip


def test_question_of_a_case_leads_there_and_is_no_anchor_here(show):
    [question, _] = meeting(show).css(".qs > li")
    assert "id" not in question.attributes
    assert question.css_first("p a").attributes["href"] == "../../cases/first-case/#w-kept"


def test_answer_note_is_folded_away(show):
    [fold] = meeting(show).css("#q-days details")
    assert "open" not in fold.attributes
    assert "The second, says" in fold.text()


def test_questions_that_fit_keep_their_minutes_and_the_rest_is_left_to_the_class(show):
    timed = case(("      evidence: [c-ship]\n", "      evidence: [c-ship]\n      minutes: 20\n"))
    tree = meeting(show, first=timed)
    assert [rec.partition(" · ")[0] for rec in words(tree, ".qs .rec")] == ["0′ to 20′", "20′ to 35′"]
    assert words(tree, "#session-1 > p.rec")[-1].startswith("15 minutes of the class are left")


def test_question_without_minutes_is_placed_as_a_guess(show):
    assert words(meeting(show), ".qs .rec")[0].startswith("about 0′ to 15′ · ")


def test_question_for_which_there_is_no_time_is_said_to_wait(show):
    timed = case(("      evidence: [c-ship]\n", "      evidence: [c-ship]\n      minutes: 48\n"))
    recs = words(meeting(show, first=timed, more=changed(OWN, ("minutes: 15", "minutes: 60"))), ".qs .rec")
    assert recs[0].startswith("0′ to ")
    assert recs[1].startswith("if time is left · ")


def test_class_of_unknown_length_has_no_timed_plan(show):
    tree = page(show)
    assert tree.css(".band") == []
    assert words(tree, "#q-days .rec")[0].startswith("15 minutes · ")


def test_index_tells_for_whom_how_long_and_with_which_cases(show):
    cases = {"first-case": builders.CASE, "second-case": other_case()}
    text = listed(("title: The promise\n", f"title: The promise\n{MEETS}"))
    tree = show("readings/", cases=cases, readings={"seminar": text})
    assert words(tree, "#lists li")[0].startswith("1 session50 minutes in class")
    assert words(tree, "#lists h3 + p") == ["For Students."]
    assert len(tree.css("#lists li p.rec a")) == 2


def test_no_text_of_a_list_can_put_markup_into_its_page(show):
    def told(words: str) -> str:
        own = changed(OWN, ("Which day counts?", words), (NOTE, ""))
        return page(show, ("why: It is short.", f"why: {words}"), more=own).html or ""

    for payload in PAYLOADS:
        quoted = payload.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
        assert shape(told(f'"{quoted}"')) == shape(told("plain words")), payload
