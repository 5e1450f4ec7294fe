"""Ids that are proposed: short, telling, and never cut inside a word."""

from __future__ import annotations

import pytest

from casebook.model import Source
from casebook.scaffold.entries import understood
from casebook.scaffold.fields import fields_of
from casebook.scaffold.identifiers import suggest_source_id
from casebook.scaffold.interview import choice_meant

HOST = "https://daily.example.org"
TITLE = "Example Motors hands over its first van"
AUTHOR = next(field for field in fields_of(Source) if field.option == "author")


@pytest.mark.parametrize(
    ("title", "address", "year", "identifier"),
    [
        (TITLE, f"{HOST}/first-van", "2024", "example-daily-first-van"),
        (TITLE, f"{HOST}/2024/04/first-van.html?page=2", "2024", "example-daily-first-van"),
        (TITLE, f"{HOST}/first-van/amp/", "2024", "example-daily-first-van"),
        (TITLE, f"{HOST}/first-van-20240402", "2024", "example-daily-first-van"),
        (TITLE, f"{HOST}/news/1234567", "2024", "example-daily-example-motors-hands"),
        (TITLE, f"{HOST}/index.html", "2024", "example-daily-example-motors-hands"),
        ("首辆车", f"{HOST}/c_1234567.html", "2024", "example-daily-2024"),
        ("", "", "", "example-daily"),
    ],
)
def test_source_is_named_by_its_address_else_its_title_else_its_year(title, address, year, identifier):
    assert suggest_source_id("Example Daily", title, address, year) == identifier


def test_taken_id_of_a_source_gets_a_number():
    taken = {"example-daily-first-van"}
    assert suggest_source_id("Example Daily", "", f"{HOST}/first-van", "", taken) == "example-daily-first-van-2"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Will Writer", "family Writer, given Will"),
        ("Writer, Will", "family Writer, given Will"),
        ("Will B. Writer", "family Writer, given Will B."),
        ("{Example Motors}", "literal Example Motors"),
        ("张三", "literal 张三"),
        ("Will von Writer", "literal Will von Writer"),
        ("Writer", "literal Writer"),
    ],
)
def test_author_of_two_latin_words_has_two_names(text, read):
    assert understood(AUTHOR, text) == read


@pytest.mark.parametrize(
    ("text", "meant"),
    [("article", "article"), ("newspaper", "article-newspaper"), ("article newspaper", "article-newspaper"),
     ("2", "article-newspaper"), ("9", ""), ("art", ""), ("ar", ""), ("film", "")],
)  # fmt: skip
def test_choice_is_understood_by_its_number_or_a_part_that_only_it_has(text, meant):
    assert choice_meant(["article", "article-newspaper", "webpage"], text) == meant
