"""Rules over one case and over the whole casebook: each triggered once, and once not."""

from __future__ import annotations

from datetime import date

import pytest

from builders import (
    CASE,
    QUIET,
    READING_LIST,
    REGISTRIES,
    at,
    case,
    case_problems,
    changed,
    check_case,
    check_registry,
    load,
    other_case,
)
from casebook.checks import CHECKS
from casebook.codes import all_codes
from casebook.problems import Severity


def severities(text: str, **others: object) -> set[Severity]:
    return {problem.severity for problem in case_problems(text, **others)}


def test_every_rule_has_a_code_that_is_explained():
    assert {check.code for check in CHECKS} <= all_codes().keys()


def test_sound_casebook_breaks_no_rule():
    assert check_case(CASE, readings={"seminar": READING_LIST}, cases={"second-case": other_case()}) == []


# CB301


def test_speaker_outside_the_cast_is_reported_at_the_speaker():
    text = case(("speaker: ada", "speaker: ▲bob"))
    assert check_case(text) == at(text, "CB301")


def test_speaker_in_the_cast_is_fine():
    assert check_case(case(("speaker: ada", "speaker: acme"))) == []


def test_misspelt_member_of_the_cast_has_no_consequences():
    text = case(("who: ada", "who: ▲adda"))
    assert check_case(text) == at(text, "CB203")


# CB302


def test_step_before_the_claim_is_reported_at_its_date():
    text = case(('made_on: "2024-01-10"', 'made_on: "2024-02"'), ('- on: "2024-01-10"', '- on: ▲"2024-01-10"'))
    (problem,) = case_problems(text)
    assert [problem.short] == at(text, "CB302")
    assert problem.message == "this step (10 January 2024) is dated before the claim was made (February 2024)"
    assert problem.hint == "mend this date, or `made_on`"


def test_step_before_the_step_above_it_is_reported_at_its_date():
    text = case(('- on: "2024-03-20"', '- on: ▲"2024-01-09"'), ('made_on: "2024-01-10"', 'made_on: "2024-01"'))
    (problem,) = case_problems(text)
    assert [problem.short] == at(text, "CB302")
    assert "before the step before it (10 January 2024)" in problem.message


@pytest.mark.parametrize("on", ["2024-01-10", "2024-01", "2024", "2024-01~", "2023/2025"])
def test_step_that_may_be_later_is_fine(on):
    assert check_case(case(('- on: "2024-03-20"', f'- on: "{on}"'))) == []


# CB303


def test_promise_kept_on_the_promisers_word_is_a_warning_at_its_sources():
    text = case(
        (
            "        note: Delivered.\n        cites: [press-report]",
            "        note: Delivered.\n        cites: ▲[company-blog]",
        )
    )
    assert check_case(text) == at(text, "CB303")
    assert severities(text) == {Severity.WARNING}


def test_promise_kept_on_an_independent_source_is_fine():
    both = (
        "        note: Delivered.\n        cites: [press-report]",
        "        note: Delivered.\n        cites: [company-blog, press-report]",
    )
    assert check_case(case(both)) == []


def test_other_steps_may_rest_on_the_promisers_word():
    assert (
        check_case(
            case(
                (
                    "        note: Said on stage.\n        cites: [press-report]",
                    "        note: Said.\n        cites: [company-blog]",
                )
            )
        )
        == []
    )


def test_unknown_source_of_a_kept_promise_is_one_problem():
    text = case(
        (
            "        note: Delivered.\n        cites: [press-report]",
            "        note: Delivered.\n        cites: [▲nowhere]",
        )
    )
    assert check_case(text) == at(text, "CB203")


# CB304

PENDING = ("        status: kept\n", "        status: pending\n")


def test_overdue_promise_is_a_warning_at_its_date():
    text = case(PENDING, ('due: "2024-03-31"', 'due: ▲"2024-03-31"'))
    assert check_case(text) == at(text, "CB304")
    assert severities(text) == {Severity.WARNING}


def test_promise_that_was_followed_up_after_its_day_may_stay_pending():
    assert check_case(case(PENDING, ('on: "2024-03-20"', 'on: "2024-04-02"'))) == []


@pytest.mark.parametrize(
    ("due", "today", "codes"),
    [
        ("2024-03-31", date(2024, 3, 31), []),
        ("2024-03-31", date(2024, 4, 1), ["CB304"]),
        ("2024-03", date(2024, 3, 31), []),
        ("2024~", date(2024, 12, 31), []),
        ("2024/..", date(2099, 1, 1), []),
    ],
)
def test_promise_is_overdue_on_the_day_after_the_last_possible_one(due, today, codes):
    loaded = load(cases={"first-case": case(PENDING, ('due: "2024-03-31"', f'due: "{due}"'))}, today=today)
    assert [problem.code for problem in loaded.problems if problem.code not in QUIET] == codes


def test_without_a_clock_the_casebooks_newest_date_decides():
    text = case(PENDING, ('published: "2024-06-01"', 'published: "2024-03-01"'))
    assert "CB304" not in [problem.code for problem in load(cases={"first-case": text}, today=None).problems]
    later = other_case(more='updated: "2024-04-01"\n')
    found = load(cases={"first-case": text, "second-case": later}, today=None).problems
    assert "CB304" in [problem.code for problem in found]


def test_settled_promise_is_not_overdue():
    assert check_case(CASE) == []


def test_promise_without_a_date_is_not_overdue():
    assert check_case(case(PENDING, ('    due: "2024-03-31"\n', ""))) == []


# CB305


def test_objective_without_a_question_is_reported_at_its_id():
    extra = "    - id: ▲o-other\n      text: Another.\n      bloom: apply\n  questions:\n"
    text = case(("  questions:\n", extra))
    assert check_case(text) == at(text, "CB305")


def test_misspelt_objective_of_a_question_is_one_problem():
    text = case(("objective: o-weigh", "objective: ▲o-way"))
    assert check_case(text) == at(text, "CB204")


# CB306


def essay(words: int) -> str:
    body = "".join(f"      {'word ' * 20}\n" for _ in range(words // 20)) + f"      {'word ' * (words % 20)}\n"
    start, end = CASE.index("      [[ada]]"), CASE.index("events:\n")
    return CASE[:start] + body + CASE[end:]


@pytest.mark.parametrize(
    ("words", "hint"),
    [(899, "say more, or make it an event of another case"), (900, None), (1800, None), (1801, "shorten it")],
)
def test_essay_has_900_to_1800_words(words, hint):
    found = case_problems(essay(words), quiet=("CB502",))
    assert [problem.hint for problem in found] == ([hint] if hint else [])


def test_length_of_the_essay_is_a_warning_at_the_body():
    (problem,) = case_problems(CASE, quiet=("CB502",))
    assert (problem.short, problem.severity) == ("19:3 CB306", Severity.WARNING)
    assert problem.message == "the essay has 11 words; 900 to 1,800 are wanted"


# CB307


def test_quotation_over_300_words_is_reported_at_the_quote_that_passes_them():
    text = case(("exact: We will ship in March.", f"exact: {'word ' * 200}"))
    other = other_case("second-case", ("exact: We will ship in March.", f"exact: ▲{'word ' * 101}"))
    problems = case_problems(text, cases={"second-case": other})
    assert [problem.short for problem in problems] == at(other, "CB307")
    assert problems[0].message == 'with this quote, 301 words are quoted from "press-report"'
    assert problems[0].location.file == "casefiles/cases/second-case.yml"


def test_quotation_of_300_words_is_fine():
    assert check_case(case(("exact: We will ship in March.", f"exact: {'word ' * 200}")), cases={
        "second-case": other_case("second-case", ("exact: We will ship in March.", f"exact: {'word ' * 100}"))
    }) == []  # fmt: skip


# CB308


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (case(more='updated: ▲"2024-05-31"\n'), "the case was updated before it was published"),
        (case(('occurred: "2024-01-10"', 'occurred: "2024-07"')).replace('published: "', 'published: ▲"'),
         "the case was published before it happened"),
        (case(more='corrections: [{on: ▲"2024-05", what: x, why: y}]\n'),
         "this correction is dated before the case was published"),
    ],
)  # fmt: skip
def test_contradicting_dates_are_reported(text, message):
    (problem,) = case_problems(text)
    assert ([problem.short], problem.message) == (at(text, "CB308"), message)


def test_dates_in_order_are_fine():
    assert check_case(case(more='updated: "2024-06-01"\ncorrections: [{on: "2024-06", what: x, why: y}]\n')) == []


# CB309


def test_event_confirmed_by_one_source_is_a_warning():
    text = case(("    strand: persona\n", "    strand: persona\n    confidence: ▲confirmed\n"))
    assert check_case(text) == at(text, "CB309")
    assert severities(text) == {Severity.WARNING}


def test_the_same_source_twice_confirms_nothing():
    text = case(("    strand: persona\n", "    strand: persona\n    confidence: ▲confirmed\n"))
    text = changed(text, ("platforms: [forum]\n    cites: [press-report]", "cites: [press-report, press-report]"))
    assert check_case(text) == at(text, "CB309")


def test_event_confirmed_by_two_sources_is_fine():
    text = case(("    strand: persona\n", "    strand: persona\n    confidence: confirmed\n"))
    assert (
        check_case(
            changed(text, ("[forum]\n    cites: [press-report]", "[forum]\n    cites: [press-report, company-blog]"))
        )
        == []
    )


# CB310


def positions(reply: str, issue: str = "Wise?") -> str:
    return case(
        more="positions:\n"
        "  - {issue: Wise?, holder: bob, stance: No, summary: x, cites: [press-report]}\n"
        f"  - {{issue: {issue}, holder: ada, stance: Yes, summary: y, quotes: [q-promise], response_to: {reply}}}\n"
    )


@pytest.mark.parametrize(("reply", "issue"), [("▲acme", "Wise?"), ("▲ada", "Wise?"), ("▲bob", "Wise")])
def test_reply_to_nobody_on_the_issue_is_reported(reply, issue):
    text = positions(reply, issue)
    assert check_case(text) == at(text, "CB310")


def test_reply_to_a_holder_on_the_issue_is_fine():
    assert check_case(positions("bob")) == []


def test_misspelt_holder_is_one_problem():
    text = changed(positions("bob"), ("holder: bob", "holder: ▲bobb"))
    assert check_case(text) == at(text, "CB203")


# CB311


def translated(lang: str, into: str) -> str:
    return case(("    lang: en\n", f"    lang: {lang}\n    translation: {{lang: {into}, text: x, by: us}}\n"))


@pytest.mark.parametrize(("lang", "into"), [("en", "▲en"), ("zh-Hans", "▲zh-Hant"), ("en-GB", "▲en")])
def test_translation_into_the_same_language_is_reported(lang, into):
    text = translated(lang, into)
    assert check_case(text) == at(text, "CB311")


def test_translation_into_another_language_is_fine():
    assert check_case(translated("zh-Hans", "en")) == []


# CB312


def test_case_related_to_itself_is_reported():
    text = case(more="related: [{case: ▲first-case, relation: parallel, why: x}]\n")
    assert check_case(text) == at(text, "CB312")


def test_case_related_to_another_is_fine():
    text = case(more="related: [{case: second-case, relation: parallel, why: x}]\n")
    assert check_case(text, cases={"second-case": other_case()}) == []


# CB313


def themes(*broader: tuple[str, str]) -> str:
    return "".join(f"- {{id: {name}, label: x, definition: y, broader: {above}}}\n" for name, above in broader)


@pytest.mark.parametrize(
    "loop",
    [
        [("labour", "▲labour")],
        [("labour", "▲b"), ("b", "▲labour")],
        [("labour", "▲b"), ("b", "▲c"), ("c", "▲labour")],
        [("labour", "b"), ("b", "▲c"), ("c", "▲b")],
    ],
)
def test_loop_of_themes_is_reported_at_each_member(loop):
    text = themes(*loop)
    assert check_registry("themes", text) == at(text, *["CB313"] * text.count("▲"))


def test_loop_of_organisations_is_reported():
    text = changed(REGISTRIES["organisations"], ("Maker of widgets.", "Maker of widgets.\n  parent: ▲acme"))
    assert check_registry("organisations", text) == at(text, "CB313")


def test_chain_of_themes_is_fine():
    assert check_registry("themes", REGISTRIES["themes"] + themes(("b", "labour"), ("c", "b"))) == []


# CB314

SECOND_SESSION = "  - n: 2\n    title: More\n    items:\n      - {case: first-case, why: x}\n"


@pytest.mark.parametrize("number", ["▲1", "▲2"])
def test_session_with_no_higher_number_is_reported_in_the_reading_list(number):
    text = changed(READING_LIST, ("  - n: 1", "  - n: 2")) + changed(SECOND_SESSION, ("n: 2", f"n: {number}"))
    (problem,) = case_problems(CASE, readings={"seminar": text})
    assert [problem.short] == at(text, "CB314")
    assert problem.location.file == "casefiles/readings/seminar.yml"


def test_rule_of_a_reading_list_is_located_there_though_a_theme_has_its_id():
    text = changed(READING_LIST, ("id: seminar", "id: labour")) + changed(SECOND_SESSION, ("n: 2", "n: ▲1"))
    (problem,) = case_problems(CASE, readings={"labour": text})
    assert str(problem.location) == f"casefiles/readings/labour.yml:{at(text, 'CB314')[0].split()[0]}"


def test_sessions_may_leave_numbers_out():
    assert check_case(CASE, readings={"seminar": READING_LIST + changed(SECOND_SESSION, ("n: 2", "n: 7"))}) == []


# CB401 to CB406: what prose may not hold (see test_prose for the faults themselves)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lasted.\n", "lasted ▲<i>.\n"),
        ("why: She said little.", "why: She ▲<i> little."),
        ("evidence: [c-ship]\n", "evidence: [c-ship]\n      answer_note: ▲<i>\n"),
    ],
)
def test_raw_html_is_reported_in_every_prose_field(old, new):
    text = case((old, new))
    assert check_case(text) == at(text, "CB401")


def test_raw_html_is_reported_in_positions():
    text = case(more="positions: [{issue: x, holder: bob, stance: y, summary: a ▲<i> b, cites: [press-report]}]\n")
    assert check_case(text) == at(text, "CB401")


def test_raw_html_is_reported_in_the_introduction_of_a_reading_list():
    text = changed(READING_LIST, ("Read [[first-case]] first.", "Read\n  ▲<i> [[first-case]] first."))
    (problem,) = case_problems(CASE, readings={"seminar": text})
    assert [problem.short] == at(text, "CB401")
    assert problem.location.file == "casefiles/readings/seminar.yml"


def test_markup_in_plain_words_is_no_fault():
    assert check_case(case(("title: The first case", "title: The <b>first</b> ![case](x)"))) == []


def test_rules_are_run_though_references_lead_nowhere():
    text = case(("lesson: say-less", "lesson: ▲say-lest"), ("speaker: ada", "speaker: ▲bob"))
    assert sorted(check_case(text)) == sorted(at(text, "CB301", "CB203"))


def test_rules_leave_drafts_alone():
    assert check_case(case(("status: published", "status: draft"), ("speaker: ada", "speaker: bob"))) == []
