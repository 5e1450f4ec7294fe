"""What the search index holds: which entries a page has, and by which words they are found."""

from __future__ import annotations

import re

import pytest
import yaml

import builders
import sites
from casebook.book import Casebook
from casebook.exports.search import SearchEntry, search_entries
from casebook.pipeline import build_pages
from hostile import PAYLOADS, dangers

PEOPLE = """\
- id: ada
  name: {en: Ada, zh: 艾达}
  literal_name: Ada L.
  aliases: [The Countess, 艾总]
  description: Founder of Acme.
- id: bob
  name: {en: Bob}
  description: A critic.
"""
CHINESE = builders.case(
    (
        "exact: We will ship in March.\n    lang: en",
        "exact: 我们三月发货。\n    lang: zh-Hans\n"
        "    translation: {lang: en, text: We will ship in March., by: the editors}",
    ),
)


def book(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def entries(**texts: dict[str, str]) -> dict[str, SearchEntry]:
    casebook = book(**texts)
    found = [entry for spec in build_pages(casebook) for entry in search_entries(spec.build(), casebook)]
    assert len({entry["location"] for entry in found}) == len(found)
    return {entry["location"]: entry for entry in found}


def test_person_is_found_by_every_name():
    entry = entries(registries={"people": PEOPLE})["people/ada/"]
    assert entry["title"] == "Ada 艾达"
    assert entry["text"] == "Also called Ada L., The Countess, 艾总. Founder of Acme."


def test_person_without_other_names_is_told_by_the_description_alone():
    assert entries()["people/bob/"]["text"] == "A critic."


def test_quote_is_found_by_its_words_and_by_their_translation():
    entry = entries(cases={"first-case": CHINESE})["cases/first-case/#q-promise"]
    assert entry["title"] == "我们三月发货。"
    assert entry["text"] == "We will ship in March. Ada."


def test_claim_says_who_made_it_and_what_became_of_it():
    entry = entries()["cases/first-case/#c-ship"]
    assert (entry["title"], entry["text"]) == ("Acme will ship in March.", "Ada: kept. Delivered.")


def test_event_says_when():
    entry = entries()["cases/first-case/#speech"]
    assert (entry["title"], entry["text"]) == ("Ada speaks", "10 January 2024.")


def test_happening_that_two_cases_tell_is_found_once():
    found = entries(cases=builders.told_twice())
    assert "cases/second-case/#speech" in found
    assert "cases/first-case/#speech" not in found


def test_source_is_found_by_its_short_name():
    assert entries()["sources/press-report/"]["text"] == "The Daily."


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("cases/first-case/", "Cases"),
        ("cases/first-case/#opening", "Passages"),
        ("cases/first-case/#q-promise", "Quotes"),
        ("cases/first-case/#c-ship", "Claims"),
        ("cases/first-case/#speech", "Events"),
        ("cases/first-case/teach/", "Teaching"),
        ("people/ada/", "People"),
        ("organisations/acme/", "Organisations"),
        ("platforms/forum/", "Platforms"),
        ("products/widget/", "Products"),
        ("themes/labour/", "Themes"),
        ("lessons/say-less/", "Lessons"),
        ("glossary/#keynote", "Glossary"),
        ("sources/press-report/", "Sources"),
        ("readings/seminar/", "Reading lists"),
        ("timeline/", "Pages"),
        ("people/", "Pages"),
    ],
)
def test_every_entry_says_what_it_is(location: str, kind: str):
    assert entries(readings={"seminar": builders.READING_LIST})[location]["kind"] == kind


def test_record_of_a_case_stands_in_the_index_once():
    locations = entries()
    for section in ("timeline", "quotes", "claims", "cast", "sources"):
        assert f"cases/first-case/#{section}" not in locations


def test_redirect_and_later_pages_of_a_listing_are_left_out():
    aliased = builders.case(("dek: A founder", "aliases: [old-name]\ndek: A founder"))
    many = "".join(f"- {{id: p{n}, name: {{en: P{n}}}, description: One.}}\n" for n in range(250))
    locations = entries(cases={"first-case": aliased}, registries={"people": builders.REGISTRIES["people"] + many})
    assert "cases/old-name/" not in locations
    assert "people/p249/" in locations
    assert [location for location in locations if re.search(r"/pages/\d", location)] == []


def test_entries_hold_no_markup_but_escapes():
    people = "- {id: p, name: {en: <b>x</b> & y}, description: One.}\n"
    found = entries(registries={"people": builders.REGISTRIES["people"] + people})
    assert found["people/p/"]["title"] == "&lt;b&gt;x&lt;/b&gt; &amp; y"


@pytest.mark.parametrize(
    "payload", [text for text in PAYLOADS if "\n" not in text and "[[" not in text and "[@" not in text]
)
def test_hostile_names_stay_text(payload: str):
    people = yaml.safe_dump([{"id": "eve", "name": {"en": payload}, "aliases": [payload], "description": payload}])
    loaded = builders.load(registries={"people": builders.REGISTRIES["people"] + people})
    if loaded.casebook is None:
        return  # refused: nothing of it comes to the index
    page = next(spec for spec in build_pages(loaded.casebook) if spec.uri == "people/eve/").build()
    for entry in search_entries(page, loaded.casebook):
        assert dangers(f"{entry['title']} {entry['text']}", set()) == []


SEPARATOR = yaml.safe_load(
    re.search(r"^ +separator: ('.*')$", (sites.PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)[1]
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100,000 cars", "100 000 cars"),
        ("100000 cars", "100 000 cars"),
        ("1,234,567", "1 234 567"),
        ("1234567", "1 234 567"),
        ("5000 or 5,000", "5 000 or 5 000"),
        ("1500", "1 500"),
        ("1984, 2024 and 2099", "1984 2024 and 2099"),
        ("93.5 per cent.", "93.5 per cent"),
        ("C-NCAP", "C NCAP"),
        ("雷军Lei", "雷 军Lei"),
        ("it’s &amp; &quot;was&quot;", "it s was"),
    ],
)
def test_words_end_where_the_index_says(text: str, words: str):
    # Python's pattern language wants lookbehinds of one width; the worker's does not, and the browser's tests use it.
    pattern = SEPARATOR.replace(
        "(?<=(?<!\\d)(?:[03-9]|1(?!9)|2(?!0)))", "(?:(?<=(?<!\\d)[03-9])|(?<=(?<!\\d)1(?!9))|(?<=(?<!\\d)2(?!0)))"
    )
    assert " ".join(word for word in re.split(pattern, text) if word) == words
