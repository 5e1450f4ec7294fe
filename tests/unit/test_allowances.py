"""Comments that allow what a rule reports, with a reason."""

from __future__ import annotations

import pytest

from builders import CASE, READING_LIST, REGISTRIES, at, case, changed, check_case, check_registry, load, plain
from casebook.allowances import find_allowances
from casebook.problems import Problem

CONFIRMED = "    cites: [press-report]\nquotes:"


def confirmed(comment: str = "", *, above: str = "") -> str:
    """A case with an event that is confirmed on one source, a comment beside it and one above."""
    lines = f"    cites: [press-report]\n{above}    confidence: confirmed{comment}\nquotes:"
    return case((CONFIRMED, lines))


def allowed(text: str, **others: object) -> list[tuple[Problem, str]]:
    found = load(cases={"first-case": text}, **others).allowed
    return [(one.problem.short, one.reason) for one in found]


def test_without_an_allowance_the_rule_reports():
    text = confirmed().replace("confidence: ", "confidence: ▲")
    assert check_case(text) == at(text, "CB309")


@pytest.mark.parametrize(
    "text",
    [
        confirmed("  # allow CB309: the second report is a reprint"),
        confirmed("  #allow cb309: the second report is a reprint"),
        confirmed("  # Allow: CB309 — the second report is a reprint"),
        confirmed(above="    # allow CB309: the second report is a reprint\n"),
        confirmed(above="# allow CB309: the second report is a reprint\n"),
        confirmed(above="    # allow CB309: the second report is a reprint\n\n    # and more\n"),
        confirmed("  # seen by two editors  # allow CB309: the second report is a reprint"),
    ],
)
def test_allowance_beside_or_above_its_line_is_heard(text):
    assert check_case(text) == []


def test_what_is_allowed_is_told_with_its_reason():
    text = confirmed("  # allow CB309: the second report is a reprint")
    assert ("33:17 CB309", "the second report is a reprint") in allowed(text)


def test_one_comment_allows_several_codes():
    text = case(
        (
            'date: "2024-01-10"\n    title: Ada speaks\n    strand: persona\n    actors: [ada]\n    platforms: [forum]\n'
            "    cites: [press-report]\n",
            'date: "2030-01-10"\n    title: Ada speaks\n    strand: persona\n    actors: [ada]\n    platforms: [forum]\n'
            "    cites: [press-report]\n",
        ),
        ("- id: speech\n", "- id: speech  # allow CB324, CB306: announced for that day\n"),
    )
    assert [problem.code for problem in load(cases={"first-case": text}).problems].count("CB017") == 2
    text = changed(text, ("  # allow CB324, CB306: announced for that day", "")).replace(
        '"2030-01-10"', '"2030-01-10"  # allow CB324, CB306: announced for that day'
    )
    found = load(cases={"first-case": text}).problems
    assert [problem.short for problem in found if problem.code in ("CB017", "CB324")] == ["27:40 CB017"]


def test_allowance_two_lines_above_is_not_heard():
    text = changed(
        confirmed(),
        ("    cites: [press-report]\n    conf", "    # allow ▲CB309: x\n    cites: [press-report]\n    conf"),
    )
    text = text.replace("confidence: ", "confidence: ▲")
    assert check_case(text) == at(text, "CB017", "CB309")


@pytest.mark.parametrize(
    "text",
    [
        case(("body:\n", "body:  # allow CB306: a note and no essay\n")),
        case(("body:\n", "# allow CB306: a note and no essay\nbody:\n")),
        case(("  - id: opening\n", "  # allow CB306: a note and no essay\n  - id: opening\n")),
        case(("  - id: opening\n", "  - id: opening  # allow CB306: a note and no essay\n")),
    ],
)
def test_what_is_said_of_a_whole_list_is_allowed_where_it_begins(text):
    assert "CB306" not in [problem.code for problem in load(cases={"first-case": text}).problems]


def test_allowance_at_a_field_holds_for_the_whole_of_its_text():
    essay = "    text: |\n      They sold 100 that day.\n\n      They sold 200 the next.\n"
    old = CASE[CASE.index("    text: |") : CASE.index("events:")]
    text = case((old, essay.replace("text: |", "text: |  # allow CB320: sales as shown in the table")))
    assert check_case(text) == []
    text = case((old, essay.replace("100", "▲100").replace("200", "▲200")))
    assert check_case(text) == at(text, "CB320", "CB320")


def test_allowance_does_not_reach_beyond_its_text():
    essay = "    text: |  # allow ▲CB320: x\n      They sold many.\n  - id: more\n    heading: More\n    text: They sold ▲200.\n"
    old = CASE[CASE.index("    text: |") : CASE.index("events:")]
    text = case((old, essay))
    assert check_case(text) == at(text, "CB017", "CB320")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dek: A founder", 'dek: "# allow CB309: a founder"\nupdated: "2024-06-02"\naliases: [a-founder]\n#'),
        ("She said [[#q", "# allow CB309: no comment\n\n      She said [[#q"),
        ("title: Ada speaks", "title: 'Ada # allow CB309: speaks'"),
        ("title: Ada speaks", 'title: "Ada\n      # allow CB309: speaks"'),
        ("title: Ada speaks", "title: Ada#allow CB309: speaks"),
    ],
)
def test_text_that_looks_like_an_allowance_is_none(old, new):
    assert find_allowances(case((old, new)), "a.yml").all == ()


@pytest.mark.parametrize(
    "comment", ["# allow for the delay", "# allowed CB309 once", "# we allow CB309: never", "# CB309"]
)
def test_comment_that_speaks_of_allowing_is_none(comment):
    assert find_allowances(case(("dek:", f"{comment}\ndek:")), "a.yml").all == ()


def test_last_line_of_a_text_is_none_where_the_file_ends_without_a_line_break():
    assert find_allowances("a: |\n  x\n  # allow CB309: y", "a.yml").all == ()


def test_comment_behind_the_last_line_of_a_file_is_heard():
    assert [one.code for one in find_allowances("a: b  # allow CB309: y", "a.yml").all] == ["CB309"]


def test_file_that_is_not_yaml_has_none():
    assert find_allowances("a: b: c  # allow CB309: x\n", "a.yml").all == ()


def test_line_breaks_of_windows_move_no_allowance():
    text = confirmed("  # allow CB309: the second report is a reprint").replace("\n", "\r\n")
    assert check_case(text) == []


# What is wrong with allowances themselves


def test_missing_reason_is_one_problem_at_the_code():
    text = confirmed("  # allow ▲CB309")
    assert check_case(text) == at(text, "CB015")


@pytest.mark.parametrize("reason", ["", ":", ": …", ":  "])
def test_reason_is_words(reason):
    text = confirmed(f"  # allow ▲CB309{reason}")
    assert check_case(text) == at(text, "CB015")


def test_misspelt_code_is_one_problem_where_the_meant_one_is_near():
    text = confirmed("  # allow ▲CB3O9: the second report is a reprint")
    assert check_case(text) == at(text, "CB014")


def test_code_that_nothing_is_near_to_hides_nothing():
    text = confirmed("  # allow ▲CB9876543: x").replace("confidence: ", "confidence: ▲")
    assert check_case(text) == at(text, "CB309", "CB014")


def test_error_of_structure_cannot_be_allowed():
    text = case(("  - who: ada\n", "  - who: ▲adda  # allow ▲CB203: comes next week\n"))
    assert check_case(text) == at(text, "CB203", "CB016")


def test_allowance_that_allows_nothing_is_reported():
    text = case(("title: The first case\n", "title: The first case  # allow ▲CB309: x\n"))
    assert check_case(text) == at(text, "CB017")


def test_allowance_is_not_called_idle_while_there_are_errors():
    text = case(("title: The first case\n", "title: The first case  # allow CB309: x\n"), ("who: ada", "who: ▲adda"))
    assert check_case(text) == at(text, "CB203")


def test_allowance_of_a_late_promise_is_not_called_idle_by_a_build_which_has_no_day_of_its_own():
    pending = (
        '      - on: "2024-03-20"\n        status: kept\n        note: Delivered.\n        cites: [press-report]\n'
    )
    text = case((pending, ""), ('due: "2024-03-31"', 'due: "2024-08-31"  # allow CB304: nobody can tell'))
    assert "CB017" not in [problem.code for problem in load(cases={"first-case": text}, today=None).problems]
    assert "CB017" in [problem.code for problem in load(cases={"first-case": text}).problems]


def test_allowance_in_a_draft_waits_until_rules_are_run_on_it():
    text = changed(confirmed("  # allow CB309: x"), ("status: published", "status: draft"))
    assert load(cases={"first-case": text}).problems == ()


# Registries and reading lists


def test_registry_is_allowed_in_its_file():
    text = REGISTRIES["people"] + "- id: ada-two\n  name: {en: Ada}  # allow CB318: her daughter\n  description: x\n"
    assert check_registry("people", text) == []
    text = plain(text).replace("  # allow CB318: her daughter", "").replace("en: Ada}", "en: ▲Ada}")
    assert check_registry("people", text) == at(text, "CB318")


def test_allowance_that_allows_nothing_is_reported_in_a_reading_list():
    text = changed(READING_LIST, ("title: A seminar\n", "title: A seminar  # allow ▲CB304: x\n"))
    found = [problem for problem in load(readings={"seminar": text}).problems if problem.code == "CB017"]
    assert [str(problem.location) for problem in found] == ["casefiles/readings/seminar.yml:2:27"]


def test_allowances_are_found_in_the_order_of_the_file():
    text = "# allow CB301, CB304: x\na: b  # allow CB306: y\n# allow CB309: z\n\n# more\nc: d\n"
    assert [(one.code, one.line) for one in find_allowances(text, "a.yml").all] == [
        ("CB301", 1), ("CB304", 1), ("CB306", 1), ("CB309", 5)
    ]  # fmt: skip
