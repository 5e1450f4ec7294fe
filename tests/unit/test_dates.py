"""Uncertain dates and their wording."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dates import DateSyntaxError, PartialDate, json_schema, parse_date

OPEN_START, OPEN_END = date.min, date.max


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest", "precision"),
    [
        ("2024", "2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("0987", "987", date(987, 1, 1), date(987, 12, 31), "year"),
        ("2024-02", "February 2024", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025-02", "February 2025", date(2025, 2, 1), date(2025, 2, 28), "month"),
        ("2024-11-03", "3 November 2024", date(2024, 11, 3), date(2024, 11, 3), "day"),
        ("2024-02-29", "29 February 2024", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("2024-21", "spring 2024", date(2024, 3, 1), date(2024, 5, 31), "season"),
        ("2024-22", "summer 2024", date(2024, 6, 1), date(2024, 8, 31), "season"),
        ("2024-23", "autumn 2024", date(2024, 9, 1), date(2024, 11, 30), "season"),
        ("2023-24", "winter 2023", date(2023, 12, 1), date(2024, 2, 29), "season"),
        ("2024-11-13T07:45", "13 November 2024, 07:45", date(2024, 11, 13), date(2024, 11, 13), "day"),
        ("2024-11-13T23:59:59Z", "13 November 2024, 23:59 UTC", date(2024, 11, 13), date(2024, 11, 13), "day"),
        ("2024-11-13T00:00+08:00", "13 November 2024, 00:00 UTC+08:00", date(2024, 11, 13), date(2024, 11, 13), "day"),
        ("202X", "the 2020s", date(2020, 1, 1), date(2029, 12, 31), "decade"),
        ("19XX", "the 1900s", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("2024-XX", "2024, month unknown", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-XX-XX", "2024, month unknown", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-11-XX", "November 2024, day unknown", date(2024, 11, 1), date(2024, 11, 30), "month"),
        ("2024-11-11/2024-11-15", "11 to 15 November 2024", date(2024, 11, 11), date(2024, 11, 15), "interval"),
        ("2024-10-30/2024-11-02", "30 October to 2 November 2024", date(2024, 10, 30), date(2024, 11, 2), "interval"),
        ("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025", date(2024, 12, 30), date(2025, 1, 2),
         "interval"),
        ("2024-04/2024-06", "April to June 2024", date(2024, 4, 1), date(2024, 6, 30), "interval"),
        ("2024-04/2024", "April 2024 to 2024", date(2024, 4, 1), date(2024, 12, 31), "interval"),
        ("2024/2026", "2024 to 2026", date(2024, 1, 1), date(2026, 12, 31), "interval"),
        ("2025-04/..", "since April 2025", date(2025, 4, 1), OPEN_END, "interval"),
        ("../2025-04", "until April 2025", OPEN_START, date(2025, 4, 30), "interval"),
        ("2025-04/", "April 2025 to an unknown date", date(2025, 4, 1), OPEN_END, "interval"),
        ("/2025-04", "unknown start to April 2025", OPEN_START, date(2025, 4, 30), "interval"),
        ("2024~/2025-02?", "about 2024 to February 2025 (uncertain)", date(2024, 1, 1), date(2025, 2, 28), "interval"),
    ],
)  # fmt: skip
def test_date_has_words_bounds_and_precision(text, words, earliest, latest, precision):
    found = parse_date(text)
    assert (found.words, found.earliest, found.latest, found.precision) == (words, earliest, latest, precision)
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "words", "qualifier"),
    [
        ("2025-04~", "about April 2025", "~"),
        ("2025-04?", "April 2025 (uncertain)", "?"),
        ("2025-04%", "about April 2025 (uncertain)", "%"),
        ("2025-04-01~", "about 1 April 2025", "~"),
        ("2025~", "about 2025", "~"),
        ("2025-21?", "spring 2025 (uncertain)", "?"),
        ("2025", "2025", ""),
    ],
)
def test_qualifier_is_kept_and_said(text, words, qualifier):
    found = parse_date(text)
    assert (found.words, found.qualifier) == (words, qualifier)
    assert (found.earliest.year, found.latest.year) == (2025, 2025)


@pytest.mark.parametrize(
    ("text", "offset", "why"),
    [
        ("", 0, "it is not an EDTF date"),
        ("yesterday", 0, "it is not an EDTF date"),
        ("24", 1, "it is not an EDTF date"),
        ("2024-1", 5, "it is not an EDTF date"),
        ("2024-1-2", 6, "it is not an EDTF date"),
        ("2024/1/2", 6, "an interval has two ends, not more"),
        ("2024.11.13", 4, "it is not an EDTF date"),
        ("13.11.2024", 2, "it is not an EDTF date"),
        ("2024-11-13 ", 10, "it is not an EDTF date"),
        ("2024-11-131", 10, "it is not an EDTF date"),
        ("20241113", 4, "it is not an EDTF date"),
        ("2024-13", 5, "there is no month 13"),
        ("2024-00", 5, "there is no month 00"),
        ("2024-11-31", 8, "November 2024 has no day 31"),
        ("2025-02-29", 8, "February 2025 has no day 29"),
        ("2024-21-05", 5, "there is no month 21"),
        ("0000", 0, "the year 0000 is not in the calendar"),
        ("9999-24", 0, "the calendar ends with the year 9999"),
        ("2024-11-13T25:00", 10, "it is not an EDTF date"),
        ("2024-11-13T10:60", 10, "it is not an EDTF date"),
        ("2024-11-13T10:00+99:00", 10, "it is not an EDTF date"),
        ("2024~~", 4, "it is not an EDTF date"),
        ("2024?~", 4, "it is not an EDTF date"),
        ("../..", 0, "an interval needs a date at one end"),
        ("/", 0, "an interval needs a date at one end"),
        ("2025/2024", 5, "the interval ends (2024) before it starts"),
        ("2024-01/2024-13", 13, "there is no month 13"),
        ("2024-13/2024-14", 5, "there is no month 13"),
        ("2024-01/soon", 8, "it is not an EDTF date"),
        ("2024/2025/2026", 9, "an interval has two ends, not more"),
        ("2024-02-30~", 8, "February 2024 has no day 30"),
        ("２０２４", 0, "it is not an EDTF date"),
        ("٢٠٢٤-١١", 0, "it is not an EDTF date"),
        ("2024-XX-05", 5, "it is not an EDTF date"),
        ("00XX", 2, "it is not an EDTF date"),
        ("2024-13-XX", 5, "there is no month 13"),
        ("2024-21-XX", 8, "it is not an EDTF date"),
    ],
)
def test_bad_date_names_its_first_wrong_character(text, offset, why):
    with pytest.raises(DateSyntaxError) as caught:
        parse_date(text)
    assert (caught.value.offset, caught.value.why) == (offset, why)


@pytest.mark.parametrize("text", ["2024" + "~" * 50_000, "2024/" * 50_000, "9" * 50_000, "2024" + "?~%" * 20_000])
def test_very_long_text_is_refused_like_any_other(text):
    with pytest.raises(DateSyntaxError):
        parse_date(text)


@given(st.text("0123456789-/X~?%.T:Z+ ٣", max_size=24) | st.from_regex(r"\d{4}(-[\dX]{2}){0,2}[?~%]?(/.{0,12})?"))
def test_parsing_raises_nothing_but_a_date_error(text):
    found, offset = None, 0
    try:
        found = parse_date(text)
    except DateSyntaxError as error:
        offset = error.offset
    assert 0 <= offset <= max(len(text) - 1, 0)
    assert found is None or (found.text == text and found.earliest <= found.latest and found.words)


@given(st.dates())
def test_every_day_of_the_calendar_is_read(day):
    found = parse_date(day.isoformat())
    assert (found.earliest, found.latest, found.html_datetime) == (day, day, day.isoformat())


def test_dates_sort_by_first_possible_day_then_by_last():
    texts = ["2025", "2024-11-13", "../2020", "2024-11", "2024", "2024-11-12", "2024/.."]
    ordered = sorted(map(parse_date, texts), key=lambda value: value.sort_key)
    assert [value.text for value in ordered] == [
        "../2020",
        "2024",
        "2024/..",
        "2024-11",
        "2024-11-12",
        "2024-11-13",
        "2025",
    ]


@pytest.mark.parametrize(
    ("text", "year"), [("../2020", 2020), ("2024/2026", 2024), ("2024-11-13", 2024), ("2024/..", 2024)]
)
def test_year_is_the_first_known_one(text, year):
    assert parse_date(text).year == year


@pytest.mark.parametrize(
    ("text", "expected"), [("../2020", True), ("2024/", True), ("2024/2025", False), ("2024", False)]
)
def test_interval_without_an_end_is_open(text, expected):
    assert parse_date(text).is_open is expected


@pytest.mark.parametrize("text", ["2024", "2024-11", "2024-11-13"])
def test_html_has_a_notation_for_plain_dates(text):
    assert parse_date(text).html_datetime == text


@pytest.mark.parametrize("text", ["2024-21", "2024~", "2024/2025", "2024-11-XX", "202X", "2024-11-13T10:00"])
def test_html_has_no_notation_for_other_dates(text):
    assert parse_date(text).html_datetime == ""


def test_equal_texts_give_equal_dates():
    assert parse_date("2024-04/2024-06") == parse_date("2024-04/2024-06")
    assert isinstance(hash(parse_date("2024")), int)


def test_date_cannot_be_changed():
    with pytest.raises(AttributeError):
        parse_date("2024").text = "2025"


def test_schema_says_that_a_date_is_text():
    assert json_schema()["type"] == "string"


def test_words_do_not_depend_on_the_end_being_in_the_same_precision():
    assert parse_date("2024-11/2024-11-15").words == "November to 15 November 2024"
    assert isinstance(parse_date("2024-11/2024-11-15"), PartialDate)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 April 2024", "2024-04-02"),
        ("2nd April 2024", "2024-04-02"),
        ("April 2, 2024", "2024-04-02"),
        ("Apr. 2 2024", "2024-04-02"),
        ("13 sept 2024", "2024-09-13"),
        ("May 2024", "2024-05"),
        ("january 2024", "2024-01"),
        ("31 April 2024", ""),
        ("Marc 2024", ""),
        ("2/4/2024", ""),
        ("2 April", ""),
        ("Spring 2024", ""),
        ("about April 2024", ""),
    ],
)
def test_date_in_words_is_proposed_in_the_notation(text, meant):
    with pytest.raises(DateSyntaxError) as caught:
        parse_date(text)
    assert caught.value.meant == meant
