"""Rules about reading lists: each triggered once, and once not."""

from __future__ import annotations

import pytest

from builders import CASE, READING_LIST, at, case, case_problems, changed, other_case
from casebook.problems import Problem

FILE = "casefiles/readings/seminar.yml"
SECOND = """\
  - n: 2
    title: More
    items:
      - case: first-case
        why: Once more.
"""
OWN = """\
    own_questions:
      - id: q-days
        text: Which day counts?
        evidence: [first-case#c-ship]
        minutes: 15
"""


def listed(*changes: tuple[str, str], more: str = "") -> str:
    """The minimal reading list, changed, with more of its last session at its end."""
    return changed(READING_LIST, *changes) + more


def found(text: str, **cases: str) -> list[Problem]:
    """Every problem of a casebook with this reading list."""
    return case_problems(CASE, readings={"seminar": text}, cases={"first-case": CASE, **cases})


def check(text: str, **cases: str) -> list[str]:
    return [problem.short for problem in found(text, **cases)]


def the_problem(text: str, **cases: str) -> Problem:
    [problem] = found(text, **cases)
    assert problem.location.file == FILE
    return problem


# CB337


def dated(first: str, second: str) -> str:
    """A list of two sessions with these lines below their titles."""
    two = changed(SECOND, ("title: More\n", f"title: More\n{second}"))
    return listed(("title: The promise\n", f"title: The promise\n{first}")) + two


def test_session_dated_before_the_one_above_it_is_an_error_at_its_date():
    text = dated('    date: "2032-01-12"\n', '    date: ▲"2032-01-05"\n')
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB337")
    assert problem.is_error
    assert problem.message == "this session (5 January 2032) is dated before session 1 (12 January 2032)"


@pytest.mark.parametrize(
    "later", ["2032-01-12", "2032-01-13", "2032-01", "2032", "2032-01-05~/2032-01-12", "2032-01/.."]
)
def test_session_that_may_be_on_the_same_day_or_later_is_fine(later):
    assert check(dated('    date: "2032-01-12"\n', f'    date: "{later}"\n')) == []


def test_sessions_without_a_date_in_between_do_not_hide_the_order():
    text = dated('    date: "2032-01-12"\n', "") + changed(SECOND, ("n: 2\n", 'n: 3\n    date: ▲"2032-01-05"\n'))
    assert check(text) == at(text, "CB337")


def test_each_session_is_held_against_the_latest_before_it():
    third = changed(SECOND, ("n: 2\n", 'n: 3\n    date: ▲"2032-01-07"\n'))
    text = dated('    date: "2032-01-12"\n', '    date: ▲"2032-01-05"\n') + third
    assert check(text) == at(text, "CB337", "CB337")


def test_session_that_begins_before_another_of_its_day_is_over_is_an_error_at_its_time():
    day = '    date: "2032-01-12"\n'
    text = dated(f'{day}    time: "10:15"\n    minutes: 75\n', f'{day}    time: ▲"11:00"\n')
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB337")
    assert problem.message == "this session begins at 11:00, and session 1 of that day lasts from 10:15 to 11:30"


@pytest.mark.parametrize(("time", "codes"), [("10:14", ["CB337"]), ("10:15", ["CB337"]), ("10:16", []), ("11:30", [])])
def test_session_of_unknown_length_is_only_known_to_have_begun(time, codes):
    day = '    date: "2032-01-12"\n'
    assert [
        problem.code for problem in found(dated(f'{day}    time: "10:15"\n', f'{day}    time: "{time}"\n'))
    ] == codes


def test_session_that_begins_when_another_of_its_day_ends_is_fine():
    day = '    date: "2032-01-12"\n'
    assert check(dated(f'{day}    time: "10:15"\n    minutes: 75\n', f'{day}    time: "11:30"\n')) == []


def test_unreadable_date_has_no_consequences_for_the_order():
    text = dated('    date: "2032-01-▲32"\n', '    date: "2031-01-05"\n    time: "10:15"\n')
    assert check(text) == at(text, "CB108")


# CB338


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('    time: ▲"10:15"\n', "this session has a time, 10:15, and no date"),
        ('    date: "2032-01"\n    time: ▲"10:15"\n',
         "this session has a time, 10:15, and its date is no single day (January 2032)"),
        ('    date: "2032-01-05~"\n    time: ▲"10:15"\n',
         "this session has a time, 10:15, and its date is no single day (about 5 January 2032)"),
        ('    date: ▲"2032-01-05T10:15"\n', "this date holds a time of day"),
    ],
)  # fmt: skip
def test_time_of_day_without_a_day_is_an_error(lines, message):
    text = listed(("title: The promise\n", f"title: The promise\n{lines}"))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB338")
    assert problem.is_error
    assert problem.message == message


def test_time_in_the_date_is_told_where_it_belongs():
    text = listed(("title: The promise\n", 'title: The promise\n    date: "2032-01-05T10:15:00Z"\n'))
    assert the_problem(text).hint == 'write the day in `date`, "2032-01-05", and the time in `time`, "10:15"'


def test_time_of_a_day_is_fine():
    assert (
        check(listed(("title: The promise\n", 'title: The promise\n    date: "2032-01-05"\n    time: "10:15"\n'))) == []
    )


@pytest.mark.parametrize(
    "lines", ['    date: "2032-13"\n    time: "10:15"\n', '    time: "25:00"\n', '    time: "9.30"\n']
)
def test_what_cannot_be_read_is_one_problem(lines):
    text = listed(("title: The promise\n", f"title: The promise\n{lines}"))
    assert len(found(text)) == 1


def test_time_that_cannot_be_read_hides_no_other_problem():
    text = listed(
        ("title: The promise\n", 'title: The promise\n    date: "2032-01-05"\n    time: ▲"25:00"\n'),
        ("[opening]", "[▲opning]"),
    )
    assert check(text) == at(text, "CB116", "CB204")


# CB339


def test_question_about_a_case_that_is_not_assigned_is_a_warning_at_the_question():
    text = listed(("[first-case#w-kept]", "[first-case#w-kept, ▲second-case#w-kept]"))
    problem = the_problem(text, **{"second-case": other_case()})
    assert [problem.short] == at(text, "CB339")
    assert not problem.is_error
    assert problem.message == '"second-case" is not on this list'


def test_question_about_a_case_that_is_assigned_later_is_told_in_which_session():
    text = listed(("[first-case#w-kept]", "[▲second-case#w-kept]")) + changed(SECOND, ("first-case", "second-case"))
    problem = the_problem(text, **{"second-case": other_case()})
    assert [problem.short] == at(text, "CB339")
    assert problem.message == '"second-case" is not read before session 2'
    assert problem.hint == "ask it in session 2, or assign the case here"


def test_question_about_a_case_of_an_earlier_session_is_fine():
    source = "      - {source: press-report, why: x}\n"
    second = changed(SECOND, ("      - case: first-case\n        why: Once more.\n", source))
    assert check(f"{READING_LIST}{second}    questions: [first-case#w-kept]\n") == []


def test_question_about_a_case_that_nobody_has_to_read_is_a_warning():
    text = listed(("why: It is short.", "why: It is short.\n        optional: true"), ("[first-case#", "[▲first-case#"))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB339")
    assert problem.message == '"first-case" is optional reading up to this session'


def test_evidence_of_an_own_question_from_a_case_that_is_not_assigned_is_one_warning_for_the_case():
    own = changed(OWN, ("[first-case#c-ship]", "[first-case#c-ship, ▲second-case#c-ship, second-case#speech]"))
    text = READING_LIST + own
    assert check(text, **{"second-case": other_case()}) == at(text, "CB339")


def test_misspelt_case_of_an_item_has_no_consequences_for_the_questions():
    text = listed(("- case: first-case", "- case: ▲frist-case"), ("        sections: [opening]\n", ""))
    assert check(text) == at(text, "CB203")


# What references already say


def test_own_question_whose_evidence_is_gone_is_told_what_took_its_place():
    own = changed(OWN, ("first-case#c-ship", "▲first-case#c-old"))
    moved = case(more="moved: [{was: c-old, now: c-ship}]\n")
    [problem] = case_problems(moved, readings={"seminar": READING_LIST + own})
    assert [problem.short] == at(READING_LIST + own, "CB204")
    assert problem.hint == 'it is now "c-ship": write that'


# CB340


@pytest.mark.parametrize(
    "second",
    [
        "      - ▲case: first-case\n        sections: [opening]\n        why: Again.\n",
        "      - ▲case: first-case\n        why: All of it.\n",
        "      - ▲case: first-case\n        sections: [opening]\n        why: Again.\n        optional: true\n",
    ],
)
def test_reading_that_is_assigned_again_is_a_warning_at_the_item(second):
    text = listed(("    questions:", f"{second}    questions:"))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB340")
    assert not problem.is_error


def test_source_that_is_assigned_again_is_a_warning_at_the_item():
    text = listed(("    questions:", "      - ▲source: press-report\n        why: Again.\n    questions:"))
    assert check(text) == at(text, "CB340")


def test_second_slower_reading_of_a_part_may_be_optional():
    slower = "      - case: first-case\n        sections: [opening]\n        why: Slowly.\n        optional: true\n"
    text = listed(("        sections: [opening]\n", ""), ("    questions:", f"{slower}    questions:"))
    assert check(text) == []


def test_same_reading_may_be_assigned_for_another_session():
    assert check(READING_LIST + SECOND) == []


def test_question_that_is_asked_twice_in_a_session_is_a_warning_at_the_second():
    text = listed(("[first-case#w-kept]", "[first-case#w-kept, ▲first-case#w-kept]"))
    assert check(text) == at(text, "CB340")


# CB341


@pytest.mark.parametrize("identifier", ["references", "session-1", "schedule", "search", "content", "p-12ab34"])
def test_own_question_with_an_anchor_of_the_page_is_an_error(identifier):
    text = READING_LIST + changed(OWN, ("q-days", f"▲{identifier}"))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB341")
    assert problem.is_error


def test_own_question_with_the_id_of_one_in_another_session_is_an_error():
    text = f"{READING_LIST}{OWN}{SECOND}{changed(OWN, ('q-days', '▲q-days'))}"
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB341")
    assert problem.message == 'a question of session 1 has the id "q-days" already'


def test_own_question_may_have_the_id_of_something_in_a_case():
    assert check(READING_LIST + changed(OWN, ("q-days", "q-promise"))) == []


# CB342


def test_sections_without_a_word_are_a_warning_at_the_sections():
    quiet = "  - id: quiet\n    heading: Quiet\n    text: '[@press-report]'\n"
    silent = case(("events:\n", f"{quiet}events:\n"))
    text = listed(("sections: [opening]", "sections: ▲[quiet]"))
    [problem] = case_problems(silent, readings={"seminar": text})
    assert [problem.short] == at(text, "CB342")
    assert not problem.is_error


def test_sections_of_which_one_has_words_are_fine():
    quiet = "  - id: quiet\n    heading: Quiet\n    text: '[@press-report]'\n"
    text = listed(("sections: [opening]", "sections: [opening, quiet]"))
    assert case_problems(case(("events:\n", f"{quiet}events:\n")), readings={"seminar": text}) == []


# CB343


def test_class_that_is_too_short_for_its_questions_is_a_warning_at_its_minutes():
    text = listed(("title: The promise\n", "title: The promise\n    minutes: ▲14\n"), more=OWN)
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB343")
    assert problem.message == "the questions of this session take 15 minutes, and the class lasts 14"


def test_questions_of_cases_count_as_well():
    timed = case(("      evidence: [c-ship]\n", "      evidence: [c-ship]\n      minutes: 20\n"))
    text = listed(("title: The promise\n", "title: The promise\n    minutes: ▲30\n"), more=OWN)
    [problem] = case_problems(timed, readings={"seminar": text})
    assert problem.message == "the questions of this session take 35 minutes, and the class lasts 30"


def test_class_as_long_as_its_questions_is_fine():
    assert check(listed(("title: The promise\n", "title: The promise\n    minutes: 15\n"), more=OWN)) == []


# CB344


def test_list_changed_before_its_case_was_published_is_a_warning_at_the_day():
    text = listed(("audience: Students\n", 'audience: Students\nupdated: ▲"2024-05-31"\n'))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB344")
    assert not problem.is_error


@pytest.mark.parametrize("day", ["2024-06-01", "2024-06", "2024", "2025-01-01"])
def test_list_that_may_be_newer_than_its_cases_is_fine(day):
    assert check(listed(("audience: Students\n", f'audience: Students\nupdated: "{day}"\n'))) == []


# CB107, in a reading list


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("why: It is short.", "why: It is short.\n        minutes: ▲0", "write a number of at least 1; or delete the line, if it is not known"),
        ("title: The promise\n", "title: The promise\n    minutes: ▲0\n", "write a number of at least 10; or delete the line, if it is not known"),
        ("title: The promise\n", "title: The promise\n    minutes: ▲700\n", "write a number of at most 600"),
    ],
)  # fmt: skip
def test_minutes_out_of_range_are_one_problem_with_what_to_do(old, new, hint):
    text = listed((old, new))
    problem = the_problem(text)
    assert [problem.short] == at(text, "CB107")
    assert problem.hint == hint


def test_all_problems_of_a_list_are_told_at_once():
    text = dated('    date: "2032-01-12"\n    minutes: ▲0\n', '    date: ▲"2032-01-05"\n')
    text = changed(text, ("[opening]", "[▲opning]"), ("first-case#w-kept", "▲first-case#w-kapt"))
    text = changed(
        text, ("        why: Once more.\n", "        why: Once more.\n      - case: ▲second-cose\n        why: x\n")
    )
    assert check(text) == at(text, "CB107", "CB204", "CB204", "CB337", "CB203")


# Ids


def test_case_that_does_not_exist_is_one_problem_whatever_of_it_is_assigned():
    text = listed(("      - case: first-case\n", "      - case: ▲first-cse\n"))
    assert check(text) == at(text, "CB203")
