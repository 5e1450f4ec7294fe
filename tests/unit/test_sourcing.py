"""Rules about where statements come from, and about dates that cannot be: each triggered, and once not."""

from __future__ import annotations

import pytest

from builders import CASE, at, case, check_case

ESSAY = CASE[CASE.index("      [[ada]] spoke") : CASE.index("events:")]


def essay(*paragraphs: str) -> str:
    return case((ESSAY, "".join(f"      {paragraph}\n\n" for paragraph in paragraphs)))


# CB320


@pytest.mark.parametrize(
    "paragraph",
    [
        "They sold ▲100,000 that day.",
        "Sales rose by ▲93.5%.",
        "It was ▲2024, and [[ada]] spoke.",
        "On ▲10 January she spoke.",
        "She called it ▲“a small step forward” and left.",
        'She called it ▲"a small step forward" and left.',
        "A footnote says more.[^1]\n\n      [^1]: It was ▲2024.",
        "1. Was it early?\n      2. They sold ▲200.",
        "One line without.\n      The second says ▲40.",
    ],
)
def test_paragraph_with_a_figure_a_date_or_a_quotation_and_no_source_is_reported(paragraph):
    text = essay(paragraph)
    assert check_case(text) == at(text, "CB320")


@pytest.mark.parametrize(
    "paragraph",
    [
        "They sold 100,000 that day [@press-report].",
        "They sold 100,000 [[#speech|that day]].",
        "They sold 100,000 that day, [[first-case#speech]] says.",
        "They sold many that day.",
        "1. Was it early?\n      2. Was it late?",
        "The “edge” was news.",
        "The SU7 and the G7 are cars, and so is the 3-series.",
        "A footnote says more.[^1]\n\n      [^1]: It is [@press-report].",
    ],
)
def test_paragraph_with_a_source_or_nothing_to_show_is_fine(paragraph):
    assert check_case(essay(paragraph)) == []


def test_source_of_one_paragraph_is_none_for_the_next():
    text = essay("They sold 100 [@press-report].", "They sold ▲200.", "They sold ▲300.")
    assert check_case(text) == at(text, "CB320", "CB320")


# CB322


def test_position_that_nothing_shows_is_reported_at_its_holder():
    text = case(more="positions: [{issue: x, holder: ▲bob, stance: y, summary: z}]\n")
    assert check_case(text) == at(text, "CB322")


@pytest.mark.parametrize("shown", ["cites: [press-report]", "quotes: [q-promise]"])
def test_position_with_a_quote_or_source_is_fine(shown):
    assert check_case(case(more=f"positions: [{{issue: x, holder: bob, stance: y, summary: z, {shown}}}]\n")) == []


# CB323


def test_claim_due_before_it_was_made_is_reported_at_its_date():
    text = case(('due: "2024-03-31"', 'due: ▲"2023-03-31"'))
    assert check_case(text) == at(text, "CB323")


@pytest.mark.parametrize("due", ["2024-01-10", "2024", "2024-01"])
def test_claim_due_on_the_day_or_in_the_year_is_fine(due):
    assert check_case(case(('due: "2024-03-31"', f'due: "{due}"'))) == []


# CB324


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('    date: "2024-01-10"', '    date: ▲"2042-01-10"', "CB324"),
        ('      - on: "2024-03-20"', '      - on: ▲"2024-07-20"', "CB324"),
        ("    speaker: ada\n", '    speaker: ada\n    date: ▲"2025"\n', "CB324"),
    ],
)
def test_date_after_the_case_was_published_is_reported(old, new, code):
    text = case((old, new))
    assert check_case(text) == at(text, code)


@pytest.mark.parametrize("when", ["2024-06-01", "2024", "2024-01/.."])
def test_date_up_to_the_day_of_publication_is_fine(when):
    assert check_case(case(('    date: "2024-01-10"', f'    date: "{when}"'))) == []


def test_date_up_to_the_last_change_is_fine():
    text = case(('    date: "2024-01-10"', '    date: "2024-06-20"'), more='updated: "2024-06-21"\n')
    assert check_case(text) == []
