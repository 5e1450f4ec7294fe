"""`/llms.txt`: where a program that reads for people finds the casebook's texts, in the form of llmstxt.org."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.exports.feeds import changed_last
from casebook.exports.markdown_text import escape_text
from casebook.exports.site import Site, SiteFile
from casebook.views.data import COLLECTIONS

ABOUT = (
    "Each case is one episode: an essay with a thesis, and beneath it a record of events, quotes and claims, each with its "
    "sources. The essay argues; the record can be checked. Facts that one source gives are attributed to it, and where "
    "sources disagree both figures are shown. A quote’s badge says how its words were checked.",
    "The files below are JSON. A case’s file holds its essay in Markdown. Each record gives under `url` the page to cite. "
    "Texts are CC BY 4.0; quotations remain the work of those who are quoted.",
)
PAGES = (
    ("method/", "Method", "how the record is made, and what the badges and statuses mean"),
    ("data/", "Open data", "what the files hold, their schemas, and the licence"),
    ("glossary/", "Glossary", "words used in a particular sense, with the original"),
    ("corrections/", "Corrections", "what was changed in substance after publication"),
)


def llms_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """The file. It does not grow with the number of cases: the newest stand in it, and the index lists all."""
    parts = [f"# {_line(site.name)}"]
    parts += [f"> {_line(site.description)}"] if site.description else []
    parts += [*ABOUT, "## Cases", "\n".join(_cases(book, site))]
    parts += ["## Records of all cases", "\n".join(_collections(site))]
    parts += ["## About", "\n".join(_pages(site))]
    yield SiteFile("llms.txt", "\n\n".join(parts) + "\n")


def _cases(book: Casebook, site: Site) -> Iterator[str]:
    for case in changed_last(book):
        yield _item(site, f"data/cases/{case.id}.json", case.title, case.dek)
    yield _item(site, "data/cases.json", "All cases", f"the index of all {len(book.cases):,}")


def _collections(site: Site) -> Iterator[str]:
    for collection in COLLECTIONS:
        if collection.name != "cases":
            yield _item(site, collection.uri, collection.title, collection.what)


def _pages(site: Site) -> Iterator[str]:
    for uri, title, what in PAGES:
        # The method is written by hand, and another casebook may have none.
        if uri != "method/" or uri in site.other_pages:
            yield _item(site, uri, title, what)


def _item(site: Site, uri: str, title: str, what: str) -> str:
    return f"- [{_line(title)}]({site.absolute(uri)}): {_line(what)}"


def _line(text: str) -> str:
    return escape_text(" ".join(text.split()))
