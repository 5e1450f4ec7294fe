"""Bibliographic records say what is known, and no more."""

from __future__ import annotations

import pytest

from builders import load
from casebook.bibliography import case_record, csl_date, source_record
from casebook.dates import parse_date
from casebook.model import Case, Source

ABOUT = {"id": "a", "short": "The Daily", "accessed": "2024-05-01", "kind": "secondary", "independence": "press"}


def source(**csl: object) -> Source:
    return Source.model_validate(ABOUT | {"csl": {"type": "webpage", "language": "en"} | csl})


def case(**changes: object) -> Case:
    book = load().casebook
    assert book is not None
    return book.cases["first-case"].model_copy(update=changes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-22", {"date-parts": [[2024, 11, 22]]}),
        ("2024-11", {"date-parts": [[2024, 11]]}),
        ("2024", {"date-parts": [[2024]]}),
        ("2024-11-13T22:44Z", {"date-parts": [[2024, 11, 13]]}),
        ("2024-11-XX", {"date-parts": [[2024, 11]]}),
        ("2024-07~", {"date-parts": [[2024, 7]], "circa": True}),
        ("2024-22", {"date-parts": [[2024]], "season": 2}),
        ("2024-03~/2024-04-18", {"date-parts": [[2024, 3], [2024, 4, 18]], "circa": True}),
        ("2025-04/..", {"date-parts": [[2025]], "circa": True}),
        ("../2025-04", {"date-parts": [[2025]], "circa": True}),
        ("198X", {"date-parts": [[1980]], "circa": True}),
    ],
)
def test_date_keeps_its_precision(text, expected):
    assert csl_date(parse_date(text)) == expected


def test_case_has_no_author_and_no_publisher():
    assert case_record(case(), "") == {
        "id": "first-case", "type": "webpage", "title": "The first case", "container-title": "The Founder Casebook",
        "issued": {"date-parts": [[2024, 6, 1]]}, "language": "en",
    }  # fmt: skip


def test_case_has_an_address_only_when_the_site_has_one():
    assert case_record(case(), "https://example.org/book/")["URL"] == "https://example.org/book/cases/first-case/"


def test_updated_case_bears_the_date_of_its_update_and_says_when_it_was_first_published():
    record = case_record(case(updated=parse_date("2024-07-02")), "")
    assert record["issued"] == {"date-parts": [[2024, 7, 2]]}
    assert record["note"] == "First published 1 June 2024, updated 2 July 2024."


def test_untitled_source_gets_no_title():
    record = source_record(source(**{"container-title": "The Daily"}))
    assert "title" not in record
    assert record["note"] == "Title not known."


def test_source_was_accessed_only_where_it_has_an_address():
    assert "accessed" not in source_record(source(title="A"))
    assert source_record(source(title="A", URL="https://a.example/"))["accessed"] == {"date-parts": [[2024, 5, 1]]}


def test_names_keep_their_form():
    names = [{"literal": "佘宗明"}, {"family": "Goh", "given": "Brenda"}]
    assert source_record(source(author=names))["author"] == names


def test_words_stand_on_one_line():
    assert source_record(source(title="One\n  two\tthree"))["title"] == "One two three"
