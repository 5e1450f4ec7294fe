"""The page of the open data: what there is, in what shape, and on what terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebook.book import Casebook
from casebook.views.page import Link, Page, PageSpec, Row, Section
from casebook.views.rendering import View, fragment

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DEK = "Everything that the pages say, as files for other programs."


@dataclass(frozen=True, slots=True)
class Collection:
    """A file in `/data/` that holds every record of one kind."""

    name: str
    """Its file is `data/<name>.json`, its schema `schema/data/<name>.json`."""
    title: str
    what: str
    """What a record is, in one sentence."""
    page: str
    """The page that says the same."""
    count: Callable[[Casebook], int]
    """How many records there are."""

    @property
    def uri(self) -> str:
        """Path of the file from the site's root."""
        return f"data/{self.name}.json"

    @property
    def schema(self) -> str:
        """Path of the schema from the site's root."""
        return f"schema/data/{self.name}.json"


def _in_cases(part: str) -> Callable[[Casebook], int]:
    return lambda book: sum(len(getattr(case, part)) for case in book.cases.values())


def _entries(registry: str) -> Callable[[Casebook], int]:
    return lambda book: len(book.registries[registry])


COLLECTIONS = (
    Collection("cases", "Cases", "A line for every case, with the address of the file that holds the whole of it.", "cases/", lambda book: len(book.cases)),
    Collection("timeline", "Events", "Everything that the cases date, in order, with sources and confidence. What several cases tell stands here once.", "timeline/", lambda book: sum(1 for _ in book.all_events())),
    Collection("quotes", "Quotes", "Every quotation: original, translation, speaker, source, and how it was checked.", "quotes/", _in_cases("quotes")),
    Collection("claims", "Claims", "Every promise or assertion with its test, its dated history and its present status.", "claims/", _in_cases("claims")),
    Collection("positions", "Positions", "Every reading of a contested question: who holds it, and to whom it replies.", "positions/", _in_cases("positions")),
    Collection("lessons", "Lessons", "General statements, with what cases say for and against each.", "lessons/", _entries("lessons")),
    Collection("people", "People", "Who is named, and in which cases, as what.", "people/", _entries("people")),
    Collection("organisations", "Organisations", "Companies, publications, institutions and accounts, likewise.", "organisations/", _entries("organisations")),
    Collection("platforms", "Platforms", "Where things were posted, streamed or sold, likewise.", "platforms/", _entries("platforms")),
    Collection("products", "Products", "Things sold, likewise.", "products/", _entries("products")),
    Collection("themes", "Themes", "Subjects that run through cases, with their definitions.", "themes/", _entries("themes")),
    Collection("sources", "Sources", "The bibliography in CSL-JSON, with how far each source was read and what rests on it.", "sources/", _entries("sources")),
    Collection("glossary", "Glossary", "Words used in a particular sense, with the original.", "glossary/", _entries("terms")),
    Collection("readings", "Reading lists", "Courses made of cases, session by session.", "readings/", lambda book: len(book.readings)),
    Collection("corrections", "Corrections", "What was changed in substance after publication, and why.", "corrections/", _in_cases("corrections")),
    Collection("disputed", "Disputed figures", "Where sources disagree: each figure with its source, and what we print.", "disputed/", _in_cases("disputed")),
)  # fmt: skip
"""In the order of the page; `exports.data` makes each of them."""

FEEDS = (
    ("Cases", "What was published or changed last", "feed.xml", "feed.json"),
    ("Corrections", "What was changed in substance", "corrections/feed.xml", "corrections/feed.json"),
)
EXAMPLE = """\
import json
from pathlib import Path

claims = json.loads(Path("claims.json").read_text(encoding="utf-8"))
for claim in claims["items"]:
    print(claim["made_on"], claim["status"], claim["text"])"""


def data_specs(book: Casebook) -> Iterator[PageSpec]:
    """`/data/`."""
    yield PageSpec("data/", "Open data", "data", "", lambda: data_page(book))


def data_page(book: Casebook) -> Page:
    """What there is, its shape, its terms."""
    view = View(book, "data/")
    sections = (
        Section("files", 2, "Collections", fragment("data_files", rows=[_row(view, file) for file in COLLECTIONS]), "wide"),
        Section("cases", 2, "One case, whole", fragment("data_case", **_case_links(view))),
        Section("feeds", 2, "Feeds", fragment("data_feeds", rows=_feed_rows(view))),
        Section("shape", 2, "Shape, and what stays", fragment("data_shape", package=Link("datapackage.json", "datapackage.json"), sources=Link("sources.csl.json", "sources.csl.json"))),
        Section("example", 2, "An example", fragment("data_example", claims=Link("claims.json", "claims.json"), code=EXAMPLE)),
        Section("terms", 2, "Licence, and how to name us", fragment("data_terms", licence=Link(LICENCE, "Creative Commons Attribution 4.0"), as_of=book.as_of)),
    )  # fmt: skip
    return Page("data/", "Open data", "data", DEK, fragment("head", kind="About", title="Open data", dek=DEK), sections)


def _row(view: View, file: Collection) -> Row:
    return Row(
        title=Link(view.path(file.page), file.title), what=file.what, count=file.count(view.book),
        file=Link(view.path(file.uri).removeprefix("../data/"), f"{file.name}.json"),
        schema=Link(view.path(file.schema), "schema"),
    )  # fmt: skip


def _case_links(view: View) -> dict[str, Link | None]:
    newest = next(reversed(view.book.cases.values()), None)
    return {
        "example": Link(f"cases/{newest.id}.json", f"cases/{newest.id}.json") if newest else None,
        "schema": Link(view.path("schema/data/case.json"), "schema"),
        "format": Link(view.path("schema/case.json"), "casefile format"),
        "index": Link("cases.json", "cases.json"),
    }


def _feed_rows(view: View) -> list[Row]:
    return [
        Row(title=title, what=what, atom=Link(view.path(atom), "Atom"), json=Link(view.path(json), "JSON Feed"))
        for title, what, atom, json in FEEDS
    ]
