"""Feeds: of cases and of corrections, as Atom (RFC 4287) and as JSON Feed 1.1.

Entries are dated by their casefiles, so a feed changes when a case does. Ids are made from the ids of cases and not
from an address: when the site moves, readers' programs do not take old entries for new ones. Where the site's address
is not known, links are relative to the feed itself, which is what RFC 3986 has readers' programs resolve them against.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from feedgenerator import Atom1Feed
from markupsafe import Markup, escape

from casebook.book import Casebook
from casebook.dates import PartialDate
from casebook.exports.site import Site, SiteFile
from casebook.model import Case
from casebook.views.data import LICENCE
from casebook.views.page import up

NEWEST = 50
"""Entries of a feed; all cases are in the case index and in the data."""
NAMESPACE = UUID("5f2b1d64-8c0e-5c1c-9d57-3a1f0c6e7b42")
"""What entries' ids are made in, together with the ids of cases. Never changed."""
RIGHTS = f"CC BY 4.0, {LICENCE}"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a feed of a casebook without cases."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case or correction as feeds tell of it."""

    id: str
    title: str
    summary: str
    """Plain text."""
    link: str
    content: Markup
    published: datetime
    updated: datetime
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written in either format."""

    id: str
    title: str
    description: str
    author: str
    home: str
    """The page that says the same."""
    folder: str
    """The feed's files stand here: `feed.xml` and `feed.json`."""
    base: str
    """What leads from them to the site's root: its address, or `../` steps."""
    updated: datetime
    entries: tuple[Entry, ...]

    def address(self, name: str) -> str:
        """The address of one of the feed's own files."""
        return f"{self.base}{self.folder}{name}"


def feed_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """Both feeds, each in both formats."""
    for feed in (cases_feed(book, site), corrections_feed(book, site)):
        yield SiteFile(f"{feed.folder}feed.xml", atom(feed))
        yield SiteFile(f"{feed.folder}feed.json", json_feed(feed))


def cases_feed(book: Casebook, site: Site) -> Feed:
    """The cases that were published or changed last."""
    base = site.url or up("feed.xml")
    return Feed(
        entry_id("feed:cases"), site.name, site.description or "Sourced case studies.", site.name, base or "./", "", base,
        _newest(book), tuple(_case_entry(book, case, base) for case in changed_last(book)),
    )  # fmt: skip


def changed_last(book: Casebook) -> list[Case]:
    """The cases that were published or changed last, the newest episode first among those of one day."""
    cases = list(reversed(book.cases.values()))
    cases.sort(key=_changed, reverse=True)
    return cases[:NEWEST]


def corrections_feed(book: Casebook, site: Site) -> Feed:
    """The newest corrections of all cases. None is a good feed too."""
    base = site.url or up("corrections/feed.xml")
    entries = [entry for case in book.cases.values() for entry in _correction_entries(case, base)]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    return Feed(
        entry_id("feed:corrections"), f"{site.name}: corrections",
        "What was changed in substance after publication, and why.", site.name, f"{base}corrections/", "corrections/", base,
        _newest(book), tuple(entries[:NEWEST]),
    )  # fmt: skip


def entry_id(name: str) -> str:
    """A UUID (version 5) as a URN, always the same for the same name."""
    return f"urn:uuid:{uuid5(NAMESPACE, name)}"


def start_of(value: PartialDate) -> datetime:
    """The earliest moment that a date can mean, in UTC; of an interval without a start, that of its end."""
    day = value.latest if value.earliest == date.min else value.earliest
    return datetime.combine(day, time(), UTC)


def _changed(case: Case) -> datetime:
    return max(start_of(value) for value in (case.published, case.updated) if value)


def _newest(book: Casebook) -> datetime:
    """When the casebook was last changed; an empty feed is as new as that."""
    corrected = (start_of(correction.on) for case in book.cases.values() for correction in case.corrections)
    return max([EPOCH, *map(_changed, book.cases.values()), *corrected])


def _case_entry(book: Casebook, case: Case, base: str) -> Entry:
    link = f"{base}cases/{case.id}/"
    points = Markup("").join(Markup("<li>{}</li>").format(line) for line in case.glance)
    content = Markup('<ul>{}</ul>\n<p><a href="{}">Read the case</a></p>').format(points, link)
    return Entry(
        entry_id(case.id), case.title, case.dek, link, content, start_of(case.published), _changed(case),
        tuple(book.label(theme) for theme in case.themes),
    )  # fmt: skip


def _correction_entries(case: Case, base: str) -> Iterator[Entry]:
    # The id counts within the day, so that it stays wherever in the list an editor puts the next correction.
    on_day: Counter[str] = Counter()
    for number, correction in enumerate(case.corrections, 1):
        on_day[correction.on.text] += 1
        link = f"{base}cases/{case.id}/#correction-{number}"
        content = Markup('<p>{}</p>\n<p>{}</p>\n<p><a href="{}">The case</a></p>')
        yield Entry(
            entry_id(f"{case.id}#correction-{correction.on.text}-{on_day[correction.on.text]}"),
            f"Correction: {case.title}", correction.what, link, content.format(correction.what, correction.why, link),
            start_of(correction.on), start_of(correction.on), (),
        )  # fmt: skip


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    out = Atom1Feed(
        title=feed.title, link=feed.home, description=feed.description, language="en", author_name=feed.author,
        feed_url=feed.address("feed.xml"), feed_guid=feed.id, feed_copyright=RIGHTS,
    )  # fmt: skip
    # The library asks the clock when a feed has no entries.
    out.latest_post_date = lambda: feed.updated
    for entry in feed.entries:
        out.add_item(
            title=entry.title, link=entry.link, description=escape(entry.summary), unique_id=entry.id,
            content=entry.content, pubdate=entry.published, updateddate=entry.updated, categories=entry.categories,
        )  # fmt: skip
    return f"{out.writeString('utf-8')}\n"


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address("feed.json"),
        "description": feed.description,
        "authors": [{"name": feed.author}],
        "language": "en",
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _json_item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": entry.categories,
    }
