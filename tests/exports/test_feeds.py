"""Feeds: what readers' programs find in them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest

import builders
from casebook.book import Casebook
from casebook.dates import parse_date
from casebook.exports.feeds import NEWEST, entry_id, feed_files, start_of
from casebook.exports.site import Site
from casebook.model import typographic
from hostile import PAYLOADS

KNOWN = Site("The Founder Casebook", "https://example.org/book/", "About founders.")
UNKNOWN = Site("The Founder Casebook")
CORRECTIONS = """\
corrections:
  - {"on": "2024-06-05", what: A date was wrong., why: The source was misread.}
  - {"on": "2024-07", what: A name was added., why: It was missing.}
  - {"on": "2024-06-05", what: A figure was wrong., why: It was mistyped.}
"""
CORRECTED = builders.case(
    ('published: "2024-06-01"', 'published: "2024-06-01"\nupdated: "2024-07-02"'), more=CORRECTIONS
)
FEEDS = ("feed.xml", "corrections/feed.xml")


def book(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**texts)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def written(made: Casebook, site: Site = KNOWN) -> dict[str, str]:
    return {file.uri: str(file.content) for file in feed_files(made, site)}


def parsed(text: str, address: str = "") -> feedparser.FeedParserDict:
    headers = {"content-type": "application/atom+xml; charset=utf-8", "content-location": address}
    found = feedparser.parse(text.encode(), response_headers=headers if address else None)
    assert found.bozo == 0, found.get("bozo_exception")
    return found


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())  # noqa: S314 - our own file


def check_json_feed(text: str) -> dict[str, object]:
    """What version 1.1 of the format requires, and the types of what it allows."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    assert all(set(author) <= {"name", "url", "avatar"} and author for author in feed["authors"])
    allowed = {
        "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
        "date_published", "date_modified", "authors", "tags", "language", "attachments",
    }  # fmt: skip
    ids = [item["id"] for item in feed["items"]]
    assert all(isinstance(identifier, str) and identifier for identifier in ids)
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert set(item) <= allowed
        assert item.get("content_html") or item.get("content_text")
        for name in ("date_published", "date_modified"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", item[name])
            datetime.fromisoformat(item[name])
        assert all(isinstance(tag, str) for tag in item["tags"])
    return feed


def check_atom(text: str) -> None:
    """What RFC 4287 requires of a feed and of an entry."""
    name = "{http://www.w3.org/2005/Atom}"
    feed = tree(text)
    for required in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{name}{required}")) == 1, required
    for entry in feed.iter(f"{name}entry"):
        for required in ("id", "title", "updated"):
            assert len(entry.findall(f"{name}{required}")) == 1, required
        assert entry.find(f"{name}link[@rel='alternate']") is not None


@pytest.mark.parametrize("site", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("case", [builders.CASE, CORRECTED])
def test_feeds_hold_what_their_formats_require(site: Site, case: str):
    files = written(book(cases={"first-case": case}), site)
    assert set(files) == {"feed.xml", "feed.json", "corrections/feed.xml", "corrections/feed.json"}
    for name, text in files.items():
        if name.endswith(".xml"):
            check_atom(text)
            parsed(text)
        else:
            check_json_feed(text)


def test_entry_of_a_case_says_what_the_case_says():
    entry = parsed(written(book(cases={"first-case": CORRECTED}))["feed.xml"]).entries[0]
    assert (entry.title, entry.summary) == ("The first case", "A founder promises something and is quoted.")
    assert entry.link == "https://example.org/book/cases/first-case/"
    assert (entry.published, entry.updated) == ("2024-06-01T00:00:00+00:00", "2024-07-02T00:00:00+00:00")
    assert [tag.term for tag in entry.tags] == ["Labour"]
    assert entry.content[0].value == (
        "<ul><li>Ada spoke.</li><li>People listened.</li><li>It mattered.</li></ul>\n"
        '<p><a href="https://example.org/book/cases/first-case/">Read the case</a></p>'
    )


def test_both_formats_hold_the_same_entries():
    files = written(book(cases={"first-case": CORRECTED, "second-case": builders.other_case()}))
    for folder in ("", "corrections/"):
        atom, items = parsed(files[f"{folder}feed.xml"]).entries, json.loads(files[f"{folder}feed.json"])["items"]
        assert [(e.id, e.title, e.link, e.published, e.updated) for e in atom] == [
            (i["id"], i["title"], i["url"], i["date_published"], i["date_modified"]) for i in items
        ]
        assert items


def test_corrections_lead_to_their_place_the_newest_first():
    entries = parsed(written(book(cases={"first-case": CORRECTED}))["corrections/feed.xml"]).entries
    page = "https://example.org/book/cases/first-case/"
    assert [(entry.summary, entry.link) for entry in entries] == [
        ("A name was added.", f"{page}#correction-2"),
        ("A date was wrong.", f"{page}#correction-1"),
        ("A figure was wrong.", f"{page}#correction-3"),
    ]


def test_ids_of_corrections_stay_when_a_newer_one_is_put_before_them():
    before = {
        e.summary: e.id for e in parsed(written(book(cases={"first-case": CORRECTED}))["corrections/feed.xml"]).entries
    }
    newer = '  - {"on": "2024-08-01", what: Newest., why: So.}\n'
    text = CORRECTED.replace("corrections:\n", f"corrections:\n{newer}")
    after = {e.summary: e.id for e in parsed(written(book(cases={"first-case": text}))["corrections/feed.xml"]).entries}
    assert before.items() < after.items()


def test_ids_do_not_depend_on_the_site_and_are_uuids():
    one, other = (parsed(written(book(), site)["feed.xml"]) for site in (KNOWN, UNKNOWN))
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
    assert one.feed.id == other.feed.id
    # Written down, because an id that changes makes every entry new to every reader.
    assert entry_id("first-case") == "urn:uuid:e149f904-66a8-5d2e-add7-a741095ef14f"


@pytest.mark.parametrize("name", FEEDS)
def test_relative_links_lead_home_from_where_the_feed_was_read(name: str):
    address = f"https://moved.example/deep/{name}"
    found = parsed(written(book(cases={"first-case": CORRECTED}), UNKNOWN)[name], address)
    assert all(entry.link.startswith("https://moved.example/deep/cases/first-case/") for entry in found.entries)
    assert found.entries
    assert [link.href for link in found.feed.links if link.rel == "self"] == [address]
    content = json.loads(written(book(cases={"first-case": CORRECTED}), UNKNOWN)[name.replace("xml", "json")])
    assert urljoin(address, content["items"][0]["url"]) == found.entries[0].link


def test_a_casebook_without_corrections_has_an_empty_feed_as_new_as_its_cases():
    found = parsed(written(book())["corrections/feed.xml"])
    assert (found.entries, found.feed.updated) == ([], "2024-06-01T00:00:00+00:00")


def test_a_feed_is_as_new_as_its_newest_correction():
    assert parsed(written(book(cases={"first-case": CORRECTED}))["corrections/feed.xml"]).feed.updated.startswith(
        "2024-07-02"
    )


def test_a_casebook_without_cases_has_feeds():
    files = written(book(cases={"first-case": builders.case(("status: published", "status: draft"))}))
    for name in FEEDS:
        found = parsed(files[name])
        assert (found.entries, found.feed.updated) == ([], "1970-01-01T00:00:00+00:00")


def test_a_feed_holds_the_newest_entries_only():
    days = {f"case-{n}": f"2024-{4 + n // 28:02d}-{1 + n % 28:02d}" for n in range(NEWEST + 10)}
    texts = {
        name: builders.other_case(name, ('published: "2024-06-01"', f'published: "{day}"'))
        for name, day in days.items()
    }
    entries = parsed(written(book(cases=texts))["feed.xml"]).entries
    assert [entry.published[:10] for entry in entries] == sorted(days.values(), reverse=True)[:NEWEST]


@pytest.mark.parametrize(
    ("text", "start"),
    [("2024-11-13", "2024-11-13"), ("2024-11", "2024-11-01"), ("2024~", "2024-01-01"), ("2024/2025", "2024-01-01"),
     ("../2025-03", "2025-03-31"), ("2024/..", "2024-01-01")],
)  # fmt: skip
def test_partial_dates_begin_with_their_earliest_day(text: str, start: str):
    assert start_of(parse_date(text)).isoformat() == f"{start}T00:00:00+00:00"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_are_words(payload: str):
    words = json.dumps(payload)
    text = builders.case(
        ("title: The first case", f"title: {words}"),
        ("dek: A founder promises something and is quoted.", f"dek: {words}"),
        ("  - Ada spoke.", f"  - {words}"),
        more=f'corrections:\n  - {{"on": "2024-06-05", what: {words}, why: {words}}}\n',
    )
    files = written(book(cases={"first-case": text}))
    for name in FEEDS:
        content = tree(files[name]).findtext(".//{*}entry/{*}content")
        inner = tree(f"<div>{content}</div>")
        assert {node.tag for node in inner.iter()} <= {"div", "ul", "li", "p", "a"}
        assert all((node.get("href") or "").startswith("https://example.org/book/cases/") for node in inner.iter("a"))
        assert " ".join(typographic(payload).split()) in " ".join("".join(inner.itertext()).split())
    check_json_feed(files["feed.json"])


def test_the_same_casefiles_give_the_same_feeds():
    assert written(book()) == written(book())
