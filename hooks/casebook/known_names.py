"""What entries and cases are called, for editors who write a name where its id is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from casebook.problems import nearest

_FIELDS = ("name", "zh", "literal_name", "label", "term", "original", "title", "short")


def names_of(model: object) -> Iterator[str]:
    """Every name of an entry or case: in Latin letters, in Chinese characters, aliases and short forms."""
    for field in _FIELDS:
        value = getattr(model, field, None)
        for name in (value, getattr(value, "en", None), getattr(value, "zh", None)):
            if isinstance(name, str):
                yield name
    yield from (alias for alias in getattr(model, "aliases", ()) if isinstance(alias, str))


def slug(words: str) -> str:
    """Words in the form of an id."""
    return re.sub(r"[\W_]+", "-", words.lower()).strip("-")


def ids_by_name(models: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Name in small letters → id; of two with one name, the first."""
    found: dict[str, str] = {}
    for identifier, model in models:
        for name in (identifier, *names_of(model)):
            found.setdefault(name.casefold(), identifier)
    return found


def ids_with_word(words: str, ids: Mapping[str, str]) -> list[str]:
    """The ids of what has these words in a name, whole or from their beginning: `Ada` is in `Ada Example`."""
    begins = re.compile(rf"(?<![a-z0-9]){re.escape(words.casefold())}")
    return list(dict.fromkeys(identifier for name, identifier in ids.items() if begins.search(name)))


def id_meant(words: str, ids: Mapping[str, str]) -> str:
    """The id of what is called so, or nearly so; nothing where nothing is."""
    found = ids.get(words.casefold()) or ids.get(slug(words))
    return found or ids.get(nearest(words, ids), "")
