"""The data files: every one fits its schema, says what the casefiles say, and leads to the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import builders
from casebook.book import Casebook
from casebook.exports.data import CASE_SCHEMA, RECORDS, data_files, data_schemas
from casebook.exports.data_models import CaseRecord, SourceRecord
from casebook.exports.site import Site
from casebook.model import Case, Source
from casebook.pipeline import build_pages, load_casebook
from casebook.views.data import COLLECTIONS
from hostile import PAYLOADS
from sites import EXAMPLE, PROJECT

KNOWN = Site("The Founder Casebook", "https://example.org/book/", "About founders.")
UNKNOWN = Site("The Founder Casebook")
FULL = builders.case(
    more="""\
key_figures:
  - {value: 93.5, unit: days, label: how long, source: press-report}
positions:
  - {issue: Was it wise?, holder: bob, stance: It was not, summary: Bob doubts it., quotes: [q-promise]}
media:
  - id: picture
    describes: Ada asleep
    published_by: ada
    authenticity:
      - {category: staged, attributed_to: ada, note: She said so, cites: [press-report]}
disputed:
  - {what: How many, figures: [{value: five, source: press-report}, {value: six, source: company-blog}]}
corrections:
  - {"on": "2024-06-05", what: A date, why: It was wrong}
  - {"on": "2024-06-07", what: A name, why: It was missing}
"""
)


def book_of(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def full_book() -> Casebook:
    return book_of(cases={"first-case": FULL}, readings={"seminar": builders.READING_LIST})


def files_of(book: Casebook, site: Site = KNOWN) -> dict[str, Any]:
    return {file.uri: json.loads(file.content) for file in data_files(book, site)}


@pytest.fixture(params=["real", "example", "built"])
def book(request: pytest.FixtureRequest) -> Casebook:
    if request.param == "built":
        return full_book()
    loaded = load_casebook({"real": PROJECT, "example": EXAMPLE}[request.param] / "casefiles")
    assert loaded.casebook is not None
    return loaded.casebook


def addresses(value: object) -> Iterator[str]:
    """Every `url` and `data` of a file, at any depth, our own only."""
    if isinstance(value, dict):
        yield from (value[name] for name in ("url", "data", "casefile") if isinstance(value.get(name), str))
        for part in value.values():
            yield from addresses(part)
    elif isinstance(value, list):
        for part in value:
            yield from addresses(part)


def test_schemas_are_schemas():
    schemas = dict(data_schemas())
    assert set(schemas) == {collection.schema for collection in COLLECTIONS} | {CASE_SCHEMA}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_every_field_of_a_record_is_described_or_plain():
    plain = {"id", "title", "dek", "published", "updated", "themes", "case", "on", "what", "why", "by", "lang"}
    for uri, schema in data_schemas():
        top = schema["properties"]
        assert [name for name in ("version", "license", "as_of", "$schema") if name not in top] == [], uri
        assert schema["description"], uri
    record = dict(data_schemas())["schema/data/quotes.json"]["$defs"]["QuoteRecord"]["properties"]
    assert {name for name, field in record.items() if "description" not in field} <= plain | {
        "translation", "speaker", "source", "suffix",
    }  # fmt: skip


@pytest.mark.parametrize("site", [KNOWN, UNKNOWN])
def test_every_file_fits_the_schema_that_it_names(book: Casebook, site: Site):
    files = files_of(book, site)
    checked = set()
    for uri, content in files.items():
        if isinstance(content, dict) and uri.startswith("data/") and uri != "data/datapackage.json":
            # Absolute where the site's address is known, else found from the file.
            named = content["$schema"]
            schema = named.removeprefix(site.url) if site.url else normpath(join(dirname(uri), named))
            assert [error.message for error in Draft202012Validator(files[schema]).iter_errors(content)] == [], uri
            checked.add(schema)
    assert checked == {collection.schema for collection in COLLECTIONS} | {CASE_SCHEMA}


def test_a_wrong_record_does_not_fit():
    content = files_of(full_book())["data/claims.json"]
    content["items"][0]["status"] = "forgotten"
    schema = dict(data_schemas())["schema/data/claims.json"]
    assert [error.json_path for error in Draft202012Validator(schema).iter_errors(content)] == ["$.items[0].status"]


def test_collections_hold_as_many_records_as_their_pages_count(book: Casebook):
    files = files_of(book)
    assert {collection.name: len(files[collection.uri]["items"]) for collection in COLLECTIONS} == {
        collection.name: collection.count(book) for collection in COLLECTIONS
    }
    assert set(RECORDS) == {collection.name for collection in COLLECTIONS}


def test_every_collection_is_the_twin_of_a_page(book: Casebook):
    pages = {spec.uri for spec in build_pages(book)}
    assert {collection.page for collection in COLLECTIONS} - pages == set()


def test_every_case_has_a_file_that_the_index_names(book: Casebook):
    files = files_of(book)
    named = [item["data"].removeprefix(KNOWN.url) for item in files["data/cases.json"]["items"]]
    assert named == [f"data/cases/{case}.json" for case in book.cases]
    assert set(named) <= set(files)


def test_addresses_are_absolute_where_the_site_knows_its_own_and_else_from_the_root(book: Casebook):
    for content in files_of(book, KNOWN).values():
        if isinstance(content, dict) and content.get("version") == 1:
            assert all(url.startswith(KNOWN.url) for url in addresses(content))
    found = [url for content in files_of(book, UNKNOWN).values() for url in addresses(content)]
    assert found
    assert [url for url in found if url.startswith(("/", "."))] == []


def test_a_case_is_there_whole():
    case = files_of(full_book())["data/cases/first-case.json"]["case"]
    page = "https://example.org/book/cases/first-case/"
    assert case["body"][0]["text"].startswith("[[ada]] spoke on a stage [@press-report, p. 3].")
    assert case["key_figures"][0]["value"] == 93.5
    assert [event["url"] for event in case["events"]] == [f"{page}#speech"]
    assert (case["events"][0]["earliest"], case["events"][0]["latest"]) == ("2024-01-10", "2024-01-10")
    assert case["quotes"][0]["badge"] == "unverified"
    assert case["quotes"][0]["reference"] == "first-case#q-promise"
    assert case["quotes"][0]["passage"] == "https://example.org/report#:~:text=We%20will%20ship%20in%20March."
    assert (case["claims"][0]["status"], len(case["claims"][0]["history"])) == ("kept", 2)
    assert case["positions"][0]["url"] == f"{page}#position-1"
    assert case["lessons"][0]["url"] == f"{page}#lesson-say-less"
    assert case["teaching"]["questions"][0]["url"] == f"{page}teach/#w-kept"
    assert [item["url"] for item in case["corrections"]] == [f"{page}#correction-1", f"{page}#correction-2"]
    assert case["disputed"][0]["url"] == f"{page}#dispute-1"


def test_a_case_lists_the_sources_that_it_cites():
    made = files_of(full_book())
    assert [source["id"] for source in made["data/cases/first-case.json"]["sources"]] == [
        "press-report",
        "company-blog",
    ]
    without = files_of(book_of())["data/cases/first-case.json"]["sources"]
    assert [source["id"] for source in without] == ["press-report"]
    assert without[0]["csl"]["title"] == "A report"


def test_an_event_says_which_promise_it_settles():
    text = builders.case(("        note: Delivered.", "        event: speech\n        note: Delivered."))
    event = files_of(book_of(cases={"first-case": text}))["data/timeline.json"]["items"][0]
    assert event["settles"] == [{"claim": "first-case#c-ship", "status": "kept"}]


def test_happening_that_two_cases_tell_is_one_record_of_the_timeline():
    made = files_of(book_of(cases=builders.told_twice()))
    (event,) = made["data/timeline.json"]["items"]
    assert (event["reference"], event["also_told"]) == ("second-case#speech", ["first-case#speech"])
    (shorter,) = made["data/cases/first-case.json"]["case"]["events"]
    assert shorter["same_event"] == "second-case#speech"


def test_open_ends_of_an_interval_are_null():
    text = builders.case(('occurred: "2024-01-10"', 'occurred: "2024-01-10/.."'))
    case = files_of(book_of(cases={"first-case": text}))["data/cases.json"]["items"][0]
    assert (case["occurred"], case["earliest"], case["latest"]) == ("2024-01-10/..", "2024-01-10", None)


def test_records_know_in_which_cases_they_appear():
    made = files_of(full_book())
    people = {person["id"]: person for person in made["data/people.json"]["items"]}
    assert people["ada"]["cases"][0]["roles"] == ["founder"]
    assert people["ada"]["cases"][0]["events"] == ["speech"]
    assert people["ada"]["name"] == {"en": "Ada", "zh": "艾达"}
    assert made["data/lessons.json"]["items"][0]["uses"][0]["case"] == "first-case"
    uses = made["data/sources.json"]["items"][0]["uses"]
    assert {use["kind"] for use in uses} >= {"events", "quotes", "claims", "body"}


def test_a_platform_has_its_own_address_beside_that_of_its_page():
    text = '- {id: forum, name: Forum, operator: unknown, audience: Everybody., url: "https://forum.example/"}\n'
    record = files_of(book_of(registries={"platforms": text}))["data/platforms.json"]["items"][0]
    assert (record["url"], record["home"]) == ("https://example.org/book/platforms/forum/", "https://forum.example/")


def test_nothing_that_a_casefile_may_say_is_left_out():
    # A field that is added to the format, and not here, would be lost without a word.
    assert set(Case.model_fields) - set(CaseRecord.model_fields) == set()
    assert set(Source.model_fields) - set(SourceRecord.model_fields) == set()


def test_manifest_names_each_file_with_its_size_and_digest(book: Casebook):
    contents = {file.uri: str(file.content).encode() for file in data_files(book, KNOWN)}
    package = json.loads(contents["data/datapackage.json"])
    assert (package["homepage"], package["licenses"][0]["name"]) == ("https://example.org/book/data/", "CC-BY-4.0")
    assert [resource["path"] for resource in package["resources"]] == [
        *(f"{collection.name}.json" for collection in COLLECTIONS),
        "sources.csl.json",
    ]
    for resource in package["resources"]:
        content = contents[f"data/{resource['path']}"]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
        if "describedBy" in resource:
            assert resource["describedBy"].removeprefix("../") in contents


def test_the_data_are_as_new_as_the_newest_case_and_name_their_terms(book: Casebook):
    for uri, content in files_of(book).items():
        if isinstance(content, dict) and "as_of" in content:
            assert content["as_of"] == str(book.as_of), uri
            assert content["license"] == "https://creativecommons.org/licenses/by/4.0/"
            assert (content["version"], content["attribution"]) == (1, "The Founder Casebook")


def test_a_casebook_without_cases_has_data():
    empty = book_of(cases={"first-case": builders.case(("status: published", "status: draft"))})
    files = files_of(empty)
    assert (files["data/cases.json"]["items"], files["data/cases.json"]["as_of"]) == ([], None)
    schema = dict(data_schemas())["schema/data/cases.json"]
    assert list(Draft202012Validator(schema).iter_errors(files["data/cases.json"])) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_are_kept_as_they_are(payload: str):
    text = builders.case(
        ("exact: We will ship in March.", f"exact: {json.dumps(payload)}"), ("q-promise|a sentence", "q-promise|it")
    )
    quotes = files_of(book_of(cases={"first-case": text}))["data/quotes.json"]["items"]
    assert quotes[0]["exact"] == payload.strip()


def test_the_same_casefiles_give_the_same_data(book: Casebook):
    assert list(data_files(book, KNOWN)) == list(data_files(book, KNOWN))


def test_a_record_stands_on_a_line_of_its_own():
    lines = next(
        str(file.content) for file in data_files(full_book(), KNOWN) if file.uri == "data/sources.json"
    ).splitlines()
    assert [json.loads(line.removesuffix(","))["id"] for line in lines[1:-1]] == ["press-report", "company-blog"]


def test_files_are_made_one_at_a_time(monkeypatch: pytest.MonkeyPatch):
    files = data_files(full_book(), KNOWN)
    assert next(files).uri == "data/cases.json"
    monkeypatch.setitem(RECORDS, "timeline", RECORDS["cases"])
    assert "speech" not in str(next(files).content)


def test_example_on_the_page_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    from casebook.views.data import EXAMPLE as PROGRAM

    (tmp_path / "claims.json").write_text(json.dumps(files_of(full_book())["data/claims.json"]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(PROGRAM, "example", "exec"), {})  # noqa: S102 - our own
    assert capsys.readouterr().out == "2024-01-10 kept Acme will ship in March.\n"


def test_sessions_say_how_long_their_reading_takes_and_what_is_not_known():
    own = "    own_questions:\n      - {id: q-days, text: Which?, evidence: [first-case#c-ship]}\n"
    book = book_of(readings={"seminar": builders.READING_LIST + own})
    [session] = files_of(book)["data/readings.json"]["items"][0]["sessions"]
    assert (session["minutes_to_read"], session["unmeasured"]) == (1, 1)
    assert [item["minutes_to_read"] for item in session["items"]] == [1, None]
    assert session["own_questions"][0]["url"] == f"{KNOWN.url}readings/seminar/#q-days"
