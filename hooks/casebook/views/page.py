"""A page is a list of sections, not a string: the HTML, the table of contents and the search entries all come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import NamedTuple

from markupsafe import Markup

from casebook.prose import escaped_text, plain_text

UNLISTED = frozenset({"redirect", "retired", "changes", "so-far", "what-followed"})
"""Kinds of pages that are kept out of search, sitemaps and machines' records: those that only say what became of
something, and the two parts of a case, since whoever searches is looking for the whole of it, which has its own page."""


@dataclass(frozen=True)
class Section:
    """A part of a page with an address of its own."""

    id: str
    level: int
    """1 for a part's label (`The record`), 2 for a section with a heading."""
    title: str
    """Plain text, not escaped."""
    html: Markup = Markup("")  # noqa: RUF009 - a constant, like any text
    """The section without its heading."""
    layout: str = ""
    """Extra CSS classes: `wide` reaches into the margin, `essay` is set for reading."""

    @property
    def text(self) -> str:
        """The section's words, for search."""
        return plain_text(self.html)

    @property
    def escaped_text(self) -> str:
        """The section's words, escaped for HTML."""
        return escaped_text(self.html)

    def render(self) -> Markup:
        """The section as HTML, heading included."""
        # Markup.format would parse its template anew each time.
        title = escape(self.title)
        if self.level == 1:
            return Markup(f'<p class="caps part-title" id="{self.id}">{title}</p>\n')  # noqa: S704 - escaped above
        classes = f"block {self.layout}".rstrip()
        return Markup(  # noqa: S704 - escaped above
            f'<section class="{classes}" id="{self.id}"><h2>{title}</h2>\n{self.html}</section>\n'
        )


@dataclass(frozen=True)
class Page:
    """One page, ready for any adapter."""

    uri: str
    """Path from the site's root, ending in a slash; empty for the home page."""
    title: str
    """Plain text, not escaped."""
    kind: str
    """The page family: `case`, `teach`, `entity` …"""
    description: str
    """One sentence for search engines and previews, plain text."""
    lead: Markup
    """What stands before the first section: the page's header with its `h1`."""
    sections: tuple[Section, ...] = ()
    subject: str = ""
    """The id of the case, entry or reading list that the page is about; empty for listings."""

    def render(self) -> Markup:
        """The page as HTML, from the `h1` down."""
        return Markup("").join([self.lead, *(section.render() for section in self.sections)])


@dataclass(frozen=True)
class PageSpec:
    """A page that is known and not yet rendered: 2,000 rendered pages need not stand in memory together."""

    uri: str
    title: str
    kind: str
    file: str
    """The casefile behind the page, from the project's root; for edit links."""
    build: Callable[[], Page]


class Row(SimpleNamespace):
    """Ready values for one row of a template. Its fields are the template's affair, so they are not typed here."""


# The same names and addresses are linked from many pages.
escaped = lru_cache(maxsize=32_768)(escape)


class Link(NamedTuple):
    """A link. Templates print it as it is. A tuple, because a page has hundreds."""

    href: str
    label: str
    lang: str = ""
    mark: str = ""
    """What is said of the page besides, as that its case is a draft."""

    def __html__(self) -> str:
        lang = f' lang="{escaped(self.lang)}"' if self.lang else ""
        mark = f' <span class="draft">{escaped(self.mark)}</span>' if self.mark else ""
        return f'<a href="{escaped(self.href)}"{lang}>{escaped(self.label)}{mark}</a>'


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a listing that would otherwise grow with the number of cases."""

    uri: str
    number: int
    count: int
    first: int
    last: int

    @property
    def suffix(self) -> str:
        """What distinguishes the page's title from the first page's."""
        return f", page {self.number}" if self.number > 1 else ""


def slices(uri: str, total: int, size: int) -> Iterator[Slice]:
    """The pages of a listing of `total` rows, `size` rows a page; an empty listing has one page."""
    count = max(1, -(-total // size))
    for number in range(1, count + 1):
        path = uri if number == 1 else f"{uri}pages/{number}/"  # no entry's id can stand in its way
        yield Slice(path, number, count, (number - 1) * size, min(number * size, total))


def up(uri: str) -> str:
    """The relative path from a page back to the site's root: `../../` for `cases/floor-nap/`."""
    return "../" * uri.count("/")
