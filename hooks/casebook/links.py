"""Addresses in the casefiles, and what is to be said about those that no longer answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from casebook.book import Casebook
from casebook.problems import Location, Problem, Severity, sort_problems
from casebook.reading import Entry, Locator
from casebook.references import prose_fields
from casebook.web import Answer

CACHE = "links.json"

_PROSE_LINK = re.compile(r"\]\(<?(https?://(?:[^\s<>()]|\([^\s<>()]*\))+)|<(https?://[^\s<>]+)>")
"""A link in Markdown; parentheses in an address are part of it in pairs."""


@dataclass(frozen=True, slots=True)
class Address:
    """One place where a casefile names an address."""

    url: str
    location: Location
    owner: str
    """The id of the source, entry, case or reading list that names it."""
    copy: str = ""
    """A public copy that the source names besides."""
    is_copy: bool = False
    """Whether this is such a copy."""


def addresses_of(book: Casebook) -> Iterator[Address]:
    """Every address: of sources and their copies, of platforms, of entries in other catalogues, and in prose."""
    locator = Locator()
    for registry in book.registries.values():
        for identifier, entry in registry.items():
            for pointer, url in _entry_addresses(entry):
                copy = getattr(entry, "archive_url", None) or ""
                is_copy = pointer == ("archive_url",)
                place = locator.locate(book.entries[identifier], pointer)
                yield Address(url, place, identifier, "" if is_copy else copy, is_copy)
    for case in book.cases.values():
        for pointer, text in prose_fields(case):
            yield from _prose_addresses(locator, book.entries[case.id], pointer, text)
    for reading in book.readings.values():
        entry = book.entries[f"readings/{reading.id}"]
        yield from _prose_addresses(locator, entry, ("introduction",), reading.introduction or "")


def _entry_addresses(entry: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:  # noqa: ANN401 - of five models
    if csl := getattr(entry, "csl", None):
        yield from [(("csl", "URL"), csl.URL)] if csl.URL else []
    for field in ("archive_url", "url"):
        if url := getattr(entry, field, None):
            yield (field,), url
    for index, url in enumerate(getattr(entry, "same_as", ())):
        yield ("same_as", index), url


def _prose_addresses(
    locator: Locator, entry: Entry[Any], pointer: tuple[str | int, ...], text: str
) -> Iterator[Address]:
    for match in _PROSE_LINK.finditer(text):
        group = 1 if match[1] else 2
        yield Address(match[group], locator.locate(entry, pointer, match.start(group)), entry.model.id)


def link_problems(
    addresses: Iterable[Address], answers: Mapping[str, Answer], copies: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What is to be said. `copies` are public copies of addresses that the casefiles name none for.

    Dead addresses (CB520), such as moved for good (CB521), servers that answer badly or not at all (CB522), copies that
    are dead themselves (CB523). A server that refuses to answer is no problem: it may well answer a reader.
    """
    return sort_problems(
        problem for address in addresses if (problem := _problem(address, answers, copies)) is not None
    )


def _problem(address: Address, answers: Mapping[str, Answer], copies: Mapping[str, str]) -> Problem | None:
    answer = answers.get(address.url)
    if answer is None or answer.state == "refused":
        return None
    if answer.state == "alive":
        if not answer.moved_to:
            return None
        message = f"{address.url} has moved for good"
        return Problem(address.location, "CB521", message, f"write {answer.moved_to}", Severity.WARNING)
    if address.is_copy:
        message = f"the public copy {address.url} does not answer: {answer.why}"
        return Problem(address.location, "CB523", message, "look for another, or drop `archive_url`", Severity.WARNING)
    hint = _copy_hint(address, answers, copies)
    if answer.state in ("gone", "nameless"):
        return Problem(address.location, "CB520", f"{address.url} is dead: {answer.why}", hint)
    message = f"{address.url} does not answer as it should: {answer.why}"
    return Problem(address.location, "CB522", message, f"try again later; {hint}", Severity.WARNING)


def _copy_hint(address: Address, answers: Mapping[str, Answer], copies: Mapping[str, str]) -> str:
    """Where the page can still be read."""
    if address.copy:
        copy = answers.get(address.copy)
        works = copy is None or copy.state in ("alive", "refused")
        return f"its public copy {'is' if works else 'does not answer either:'} {address.copy}"
    if found := copies.get(address.url):
        return f'there is a public copy: archive_url: "{found}"'
    return "look for a public copy, as in the Wayback Machine, and name it in `archive_url`"


# What is known from earlier, so that servers are not asked every day


def read_answers(path: Path) -> dict[str, tuple[str, Answer]]:
    """Address → day and answer. A file that cannot be read is as good as none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {url: (str(known.pop("on")), Answer(**known)) for url, known in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def write_answers(path: Path, answers: Mapping[str, tuple[str, Answer]]) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    told = {url: {"on": day, **asdict(answer)} for url, (day, answer) in sorted(answers.items())}
    draft.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def fresh(known: Mapping[str, tuple[str, Answer]], days: int, today: date) -> dict[str, Answer]:
    """Addresses that answered well within so many days. All others are asked again."""
    found = {}
    for url, (day, answer) in known.items():
        try:
            age = (today - date.fromisoformat(day)).days
        except ValueError:
            continue
        if 0 <= age < days and answer.state in ("alive", "refused"):
            found[url] = answer
    return found
