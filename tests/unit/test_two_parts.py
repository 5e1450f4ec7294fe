"""A case in two parts: what counts as known on a day, what each part holds, and what its editor is told."""

from __future__ import annotations

import pytest

from builders import at, case, check_case, load, other_case
from casebook.dates import parse_date
from casebook.model import Case, Pause
from casebook.two_parts import TwoParts, is_known, tells_later, two_parts

PAUSE = """\
  pause:
    after: ▲"2024-01-10"
    so_far: Ada named a month, and nobody had seen the thing.
    ask: Do you believe her?
"""
DELIVERED = """\
    cites: [press-report]
  - id: delivered
    date: "2024-03-20"
    title: A customer holds the thing
    strand: product
    cites: [press-report]
quotes:
"""
TWO_EVENTS = ("    cites: [press-report]\nquotes:\n", DELIVERED)


def paused(*changes: tuple[str, str], pause: str = PAUSE) -> str:
    return case(TWO_EVENTS, *changes, more=pause)


def parts_of(text: str) -> TwoParts:
    loaded = load(cases={"first-case": text})
    assert loaded.casebook is not None, loaded.problems
    found = two_parts(loaded.casebook.cases["first-case"])
    assert found is not None
    return found


def pause_on(day: str) -> Pause:
    return Pause(after=parse_date(day), so_far="It was so.", ask="And now?")


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2024-11-13", True),
        ("2024-11-14", False),
        ("2024-11", False),  # the month goes on after the day
        ("2024-10", True),
        ("2024-11-13T23:59Z", True),
        ("2024-11-13~", False),  # about the day may be the next
        ("2024-11-12~", True),
        ("2024-10~", False),  # about October may be the middle of November
        ("2024-09~", True),
        ("2023~", True),  # about 2023 may be the middle of 2024, and no later
        ("2024-11-11/2024-11-13", True),
        ("2024-11-11/2024-11-18", False),
        ("2024-11-01/..", False),
        ("../2024-11-01", False),
        ("2024-11-XX", False),
    ],
)
def test_only_what_cannot_be_later_is_known(date, known):
    assert is_known(parse_date(date), pause_on("2024-11-13")) is known


def test_what_bears_no_date_is_not_known():
    assert not is_known(None, pause_on("2024-11-13"))


def test_a_date_at_the_end_of_the_calendar_does_not_overflow():
    assert not is_known(parse_date("9999~"), pause_on("2024-11-13"))


def test_a_case_without_a_pause_has_no_parts():
    loaded = load(cases={"first-case": case()})
    assert two_parts(loaded.casebook.cases["first-case"]) is None


def test_every_event_stands_in_one_of_the_parts():
    parts = parts_of(paused())
    assert [event.id for event in parts.so_far.events] == ["speech"]
    assert [event.id for event in parts.then.events] == ["delivered"]


def test_an_undated_quote_stands_in_the_second_part():
    parts = parts_of(paused())
    assert [quote.id for quote in parts.so_far.quotes] == []
    assert [quote.id for quote in parts.then.quotes] == ["q-promise"]


def test_quotes_stand_in_order_of_their_days():
    later = '  - {id: q-later, exact: Later., lang: en, speaker: ada, date: "2024-01-10", source: press-report}\n'
    first = '  - {id: q-first, exact: First., lang: en, speaker: ada, date: "2024-01-09", source: press-report}\n'
    parts = parts_of(paused(("claims:\n", f"{later}{first}claims:\n")))
    assert [quote.id for quote in parts.so_far.quotes] == ["q-first", "q-later"]


def test_a_claim_stands_in_the_first_part_as_it_stood_and_whole_in_the_second():
    parts = parts_of(paused())
    assert [step.status for step in parts.so_far.claims[0].history] == ["pending"]
    assert [step.status for step in parts.then.claims[0].history] == ["pending", "kept"]


def test_a_claim_that_was_made_later_stands_in_the_second_part_only():
    text = paused(('made_on: "2024-01-10"', 'made_on: "2024-01"'))
    assert parts_of(text).so_far.claims == ()


def test_the_sections_that_the_editor_names_stand_in_the_first_part():
    parts = parts_of(paused(pause=PAUSE + "    sections: [opening]\n"))
    assert [section.id for section in parts.so_far.sections] == ["opening"]
    assert parts.then.sections == ()


@pytest.mark.parametrize(
    ("reference", "later"),
    [
        ("#speech", False),
        ("#delivered", True),
        ("first-case#delivered", True),
        ("#q-promise", True),  # undated
        ("#c-ship", False),
        ("#opening", True),  # a section that the first part leaves out
        ("ada", False),
        ("second-case", True),  # was not over
        ("second-case#speech", False),
        ("first-case", False),
    ],
)
def test_a_reference_tells_what_is_later(reference, later):
    loaded = load(cases={"first-case": paused(), "second-case": other_case("second-case", ('occurred: "2024-01-10"', 'occurred: "2024-01-10/2024-02-01"'))})  # fmt: skip
    book = loaded.casebook
    first: Case = book.cases["first-case"]
    assert tells_later(book, reference, first, first.teaching.pause) is later


def test_a_case_that_is_paused_well_is_sound():
    assert check_case(paused()) == []


def test_day_before_every_event_is_reported():
    text = paused(pause=PAUSE.replace("2024-01-10", "2023-12-31"))
    assert check_case(text) == at(text, "CB333")


def test_day_after_every_event_is_reported():
    text = paused(pause=PAUSE.replace("2024-01-10", "2024-04-01"))
    assert check_case(text) == at(text, "CB333")


@pytest.mark.parametrize("when", ["2024-01", "2024-01-10~", "2024-01-09/2024-01-10"])
def test_pause_after_no_certain_day_is_reported_once(when):
    text = paused(pause=PAUSE.replace("2024-01-10", when))
    assert check_case(text) == at(text, "CB335")


def test_section_that_links_to_something_later_is_reported_at_the_link():
    text = paused(
        ("[[#q-promise|a sentence]]", "[[▲#delivered|a sentence]]"),
        pause=PAUSE.replace("▲", "") + "    sections: [opening]\n",
    )
    assert check_case(text) == at(text, "CB334")


def test_section_that_is_not_read_before_the_pause_may_link_to_anything():
    text = paused(("[[#q-promise|a sentence]]", "[[#delivered|a sentence]]"))
    assert check_case(text) == []


@pytest.mark.parametrize("words", ["▲20 March", "▲11 January 2024", "▲February 2024", "▲2025"])
def test_a_later_day_in_words_is_reported(words):
    text = paused(pause=PAUSE.replace("▲", "").replace("named a month", f"waited for {words}"))
    assert check_case(text) == at(text, "CB336")


@pytest.mark.parametrize(
    "words", ["10 January", "January 2024", "March", "2024", "2,024 cars", "31 December 2023", "40 March"]
)
def test_a_day_that_had_come_and_a_month_of_any_year_are_fine(words):
    text = paused(pause=PAUSE.replace("named a month", f"waited for {words}"))
    assert check_case(text) == []


def test_a_later_day_in_the_question_is_reported():
    text = paused(pause=PAUSE.replace("▲", "").replace("Do you believe her?", "Will it come on ▲20 March?"))
    assert check_case(text) == at(text, "CB336")


PLAN = "  plan:\n    - minutes: 10\n      least: ▲{least}\n      activity: Vote.\n"


@pytest.mark.parametrize(("least", "codes"), [(11, ["CB331"]), (10, []), (0, [])])
def test_a_step_that_needs_more_than_it_has_is_reported(least, codes):
    text = case(more=PLAN.format(least=least))
    assert check_case(text) == (at(text, *codes) if codes else [])


@pytest.mark.parametrize(("minutes", "codes"), [(75, []), (76, ["CB332"])])
def test_a_plan_that_fits_no_short_class_is_reported(minutes, codes):
    text = case(more=f"  plan:\n    ▲- minutes: {minutes}\n      activity: Vote.\n")
    assert check_case(text) == (at(text, *codes) if codes else [])
