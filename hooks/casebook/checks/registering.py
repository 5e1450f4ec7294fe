"""Rules about registries and reading lists: no loops, no doubles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from casebook.book import Casebook
from casebook.checks.rule import Finding, book_rule
from casebook.model import ReadingList, Source
from casebook.problems import Severity

_WORD = re.compile(r"\w+")


@book_rule("CB313")
def hierarchies_have_no_loops(book: Casebook, today: date) -> Iterator[Finding]:
    """No theme is its own broader theme, no organisation its own parent, by whatever way round."""
    for registry, field in (("themes", "broader"), ("organisations", "parent")):
        entries: dict[str, Any] = book.registries.get(registry, {})
        for identifier in entries:
            seen = {identifier}
            above = getattr(entries[identifier], field)
            while above in entries and above not in seen:
                seen.add(above)
                above = getattr(entries[above], field)
            if above == identifier:
                yield Finding(
                    identifier, (field,), f'"{identifier}" stands above itself', f"break the loop of `{field}`"
                )


@book_rule("CB314")
def sessions_are_numbered_in_order(book: Casebook, today: date) -> Iterator[Finding]:
    """A reading list's sessions are numbered upwards."""
    for reading_list in book.readings.values():
        yield from _session_order(reading_list)


def _session_order(reading_list: ReadingList) -> Iterator[Finding]:
    before = 0
    for index, session in enumerate(reading_list.sessions):
        if session.n <= before:
            message = f"session {session.n} comes after session {before}"
            yield Finding(
                f"readings/{reading_list.id}", ("sessions", index, "n"), message, "number the sessions upwards"
            )
        before = session.n


@book_rule("CB319", Severity.WARNING)
def sources_are_not_registered_twice(book: Casebook, today: date) -> Iterator[Finding]:
    """No two sources have the same address, or the same title, date and publication."""
    seen: dict[str, str] = {}
    for source in book.sources.values():
        for pointer, what, key in _marks_of(source):
            first = seen.setdefault(key, source.id)
            if first != source.id:
                message = f'the source "{first}" has the same {what}'
                hint = "keep one of the two, and cite it wherever the other is cited"
                yield Finding(source.id, pointer, message, hint)
                break


def _marks_of(source: Source) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What tells a source from others: the field, its name, its value without what is written in different ways."""
    csl = source.csl
    if csl.URL:
        yield ("csl", "URL"), "address", address_key(csl.URL)
    if csl.title and csl.issued and csl.container_title:
        parts = (csl.title, str(csl.issued), csl.container_title)
        yield (
            ("csl", "title"),
            "title, date and publication",
            "\n".join(" ".join(_WORD.findall(p.casefold())) for p in parts),
        )


def address_key(url: str) -> str:
    """An address without scheme, `www.`, tracking parameters, fragment and last slash: what leads to the same page."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("utm_")]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{'&'.join(kept)}".rstrip("?")
