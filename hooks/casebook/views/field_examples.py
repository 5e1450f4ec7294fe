"""For every field of the format, a value that this casebook really gives it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from casebook.book import Casebook, Target
from casebook.dates import PartialDate
from casebook.model import REGISTRY_MODELS, Case, Model, ReadingList

Steps = tuple[str, ...]
"""The names of the fields that lead to a field, from the casefile's root: `("events", "strand")`."""

CONSIDERED = 50
"""Cases, and entries of each registry, among which examples are looked for: a thousand of them teach no more."""
TELLING = {"number": 1, "word": 6, "text": 12}
"""Characters from which on a value shows what the field is for."""
SHOWN = 160
"""Characters of a text that are shown."""


class Example(NamedTuple):
    """A value as it is written in a casefile, and what it is an example from."""

    text: str
    origin: Target


def case_examples(book: Casebook) -> dict[Steps, Example]:
    """Examples for the fields of a case."""
    published = (case for case in book.cases.values() if case.status == "published")
    return _best(value for case in islice(published, CONSIDERED) for value in _values_of_case(book, case))


def registry_examples(book: Casebook) -> dict[Steps, Example]:
    """Examples for the fields of the registries' entries; the registry's name begins each path."""
    return _best(
        (path, text, book.target(identifier))
        for name in REGISTRY_MODELS
        for identifier, entry in islice(book.registries[name].items(), CONSIDERED)
        for path, text, _ in _values(entry, (name,), "")
    )


def reading_examples(book: Casebook) -> dict[Steps, Example]:
    """Examples for the fields of a reading list."""
    return _best(
        (path, text, Target("readings", f"readings/{item.id}/", item.title))
        for item in islice(book.readings.values(), CONSIDERED)
        for path, text, _ in _values(item, (), "")
    )


def _values_of_case(book: Casebook, case: Case) -> Iterator[tuple[Steps, str, Target]]:
    known = book.locals[case.id]
    for path, text, local in _values(case, (), ""):
        place = book.target(f"{case.id}#{local}" if local in known else case.id)
        yield path, text, place._replace(label=case.title, lang="")


def _values(model: Model, path: Steps, local: str) -> Iterator[tuple[Steps, str, str]]:
    """Each field's value as it is written, with the id of the nearest thing around it that has one."""
    local = local if isinstance(model, (Case, ReadingList)) else str(getattr(model, "id", local))
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*path, field.alias or name)
        items = value if isinstance(value, tuple) else (value,)
        if any(isinstance(item, Model) for item in items):
            for item in items:
                yield from _values(item, here, local)
        elif value is not None and value != field.default and value != ():
            yield here, _written(value), local


def _written(value: object) -> str:
    if isinstance(value, tuple):
        items = list(map(_written, value))
        return f"- {min(items, key=len)}" if any(" " in item for item in items) else f"[{', '.join(items)}]"
    if isinstance(value, PartialDate):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _best(values: Iterable[tuple[Steps, str, Target]]) -> dict[Steps, Example]:
    """The shortest value that is long enough to tell something; the longest, where all are shorter."""
    found: dict[Steps, tuple[tuple[bool, int, str, str], Example]] = {}
    for path, text, origin in values:
        is_telling = len(text) >= TELLING[_kind(text)]
        rank = (not is_telling, len(text) if is_telling else -len(text), text, origin.uri)
        if path not in found or rank < found[path][0]:
            found[path] = (rank, Example(_shortened(text), origin))
    return {path: example for path, (_, example) in found.items()}


def _kind(text: str) -> str:
    if text.removeprefix("-").replace(".", "", 1).isdecimal():
        return "number"
    return "text" if " " in text or text.startswith('"') else "word"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
