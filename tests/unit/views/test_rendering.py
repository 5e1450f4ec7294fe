"""What every page family needs: numbers, dates, addresses, links."""

from __future__ import annotations

from decimal import Decimal

import pytest

import builders
from casebook.book import Casebook
from casebook.dates import parse_date
from casebook.marks import minutes_to_read
from casebook.views.page import Slice
from casebook.views.rendering import (
    View,
    badge_marks,
    claim_days,
    description,
    host,
    is_chinese,
    language,
    number,
    status_mark,
    text_fragment_url,
    time_element,
)


@pytest.fixture
def book() -> Casebook:
    loaded = builders.load()
    assert loaded.casebook is not None
    return loaded.casebook


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("100000", "100,000"),
        ("93.50", "93.5"),
        ("7.0", "7"),
        ("0.004", "0.004"),
        ("-1200", "-1,200"),
        ("100", "100"),
        ("0", "0"),
    ],
)
def test_figure_has_separators_and_no_idle_zeros(written: str, shown: str):
    assert number(Decimal(written)) == shown


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (221, 2), (1250, 6)])
def test_reading_time_is_in_whole_minutes(words: int, minutes: int):
    assert minutes_to_read(words) == minutes


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024-11-13", '<time datetime="2024-11-13">13 November 2024</time>'),
        ("2024-11", '<time datetime="2024-11">November 2024</time>'),
        ("2024-11~", '<span class="date">about November 2024</span>'),
    ],
)
def test_date_is_machine_readable_where_html_has_a_notation(written: str, shown: str):
    assert time_element(parse_date(written)) == shown


@pytest.mark.parametrize(
    ("exact", "fragment"),
    [
        ("so it is", "so%20it%20is"),
        ("a-b, c & d", "a%2Db%2C%20c%20%26%20d"),
        ("雷军", "%E9%9B%B7%E5%86%9B"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
         "one%20two%20three%20four,thirteen%20fourteen%20fifteen%20sixteen"),
        ("照" * 90, "%E7%85%A7" * 12 + "," + "%E7%85%A7" * 12),
    ],
)  # fmt: skip
def test_passage_is_opened_at_the_words(exact: str, fragment: str):
    assert text_fragment_url("https://example.org/a#b", exact) == f"https://example.org/a#:~:text={fragment}"


@pytest.mark.parametrize(("url", "shown"), [("https://www.example.org/a", "example.org"), ("http://a.b:80/", "a.b:80")])
def test_host_is_a_short_label(url: str, shown: str):
    assert host(url) == shown


@pytest.mark.parametrize(("text", "answer"), [("雷军", True), ("Lei 军", True), ("Lei Jun", False), ("“…”", False)])
def test_chinese_is_told_by_its_characters(text: str, answer: bool):  # noqa: FBT001 - a table's column
    assert is_chinese(text) is answer


@pytest.mark.parametrize(("tag", "word"), [("en", "English"), ("zh-Hant", "Chinese"), ("tlh", "tlh")])
def test_language_is_named_in_english(tag: str, word: str):
    assert language(tag) == word


def test_description_is_cut_at_a_word():
    assert description("one two three", limit=20) == "one two three"
    assert description("one two, three", limit=9) == "one two…"


def test_badge_and_status_say_in_words_what_their_look_says():
    assert badge_marks(["verbatim", "translated"]) == (
        '<span class="badge verbatim">Verbatim</span> <span class="badge translated">Translated</span>'
    )  # fmt: skip
    assert status_mark("partly-kept").striptags() == "Partly kept"


@pytest.mark.parametrize("status", ["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"])
def test_every_status_has_a_sign_of_its_own_hidden_from_readers_aloud(status: str):
    others = {"pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"} - {status}
    assert 'aria-hidden="true"' in status_mark(status)
    assert all(status_mark(status).partition("<svg")[2] != status_mark(other).partition("<svg")[2] for other in others)


def test_days_of_a_promise_are_counted_from_the_day_it_was_made(book: Casebook):
    assert claim_days(book.cases["first-case"].claims[0]) == "day 70 of 81"


def test_a_promise_kept_late_says_on_which_day_it_was_due():
    loaded = builders.load(cases={"first-case": builders.case(('due: "2024-03-31"', 'due: "2024-03-01"'))})
    assert claim_days(loaded.casebook.cases["first-case"].claims[0]) == "day 70, due on day 51"


@pytest.mark.parametrize(
    "change",
    [('    due: "2024-03-31"\n', ""), ('on: "2024-03-20"', 'on: "2024-03"'), ("status: kept", "status: pending")],
)
def test_days_of_a_promise_are_not_counted_where_one_end_is_not_known(change: tuple[str, str]):
    loaded = builders.load(cases={"first-case": builders.case(change)})
    assert loaded.casebook is not None
    assert claim_days(loaded.casebook.cases["first-case"].claims[0]) == ""


def test_link_to_something_on_the_same_page_is_an_anchor(book: Casebook):
    case = book.cases["first-case"]
    assert View(book, "cases/first-case/", case).link("#q-promise").href == "#q-promise"
    assert View(book, "people/ada/").link("#q-promise", case).href == "../../cases/first-case/#q-promise"


def test_link_may_have_words_of_its_own_and_keeps_the_next_one_as_it_is(book: Casebook):
    view = View(book, "")
    assert [view.link("ada", words="she").label, view.link("ada").label] == ["she", "Ada"]


def test_same_local_id_of_two_cases_leads_to_two_places():
    loaded = builders.load(cases={"first-case": builders.CASE, "second-case": builders.other_case()})
    assert loaded.casebook is not None
    view = View(loaded.casebook, "")
    assert {view.link("#speech", case).href for case in loaded.casebook.cases.values()} == {
        "cases/first-case/#speech", "cases/second-case/#speech",
    }  # fmt: skip


def test_sources_of_a_case_are_numbered_as_they_are_met(book: Casebook):
    view = View(book, "cases/first-case/", book.cases["first-case"])
    assert view.source_link("company-blog").href == "#source-company-blog"
    view.source_link("press-report")
    view.source_link("company-blog")
    assert view.numbers == {"company-blog": 1, "press-report": 2}


def test_pager_links_every_page_of_a_listing(book: Casebook):
    links = View(book, "quotes/pages/2/").pager(Slice("quotes/pages/2/", 2, 3, 0, 0), "quotes/")
    assert [(link.label, link.href) for link in links] == [
        ("1", "../../../quotes/"), ("2", "../../../quotes/pages/2/"), ("3", "../../../quotes/pages/3/"),
    ]  # fmt: skip
    assert View(book, "quotes/").pager(Slice("quotes/", 1, 1, 0, 0), "quotes/") == []


def test_badge_of_a_quote_that_nobody_attested_is_unverified(book: Casebook):
    case = book.cases["first-case"]
    view = View(book, "", case)
    assert view.badges(case, case.quotes[0]) == ["unverified"]
    book.badges = {"first-case#q-promise": "reported"}
    assert view.badges(case, case.quotes[0]) == ["reported"]
