"""Rules about names: nobody is registered twice, and registered names are spelled as they are registered."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from casebook.book import Casebook
from casebook.checks.nearness import NearWords, is_one_slip
from casebook.checks.rule import Finding, book_rule
from casebook.checks.texts import Place, own_texts
from casebook.model import Organisation, Person
from casebook.problems import Severity

NEAR_NAME_LENGTH = 9
"""Letters of a name from which one slip makes it another's; shorter ones, as in pinyin, are often a letter apart."""
NEAR_WORD_LENGTH = 5
"""Letters of a name of one word from which one slip is taken for a misspelling of it."""

_LEGAL_FORMS = frozenset("the inc ltd co corp company corporation limited llc plc gmbh ag".split())
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


class _Named(NamedTuple):
    """One name of an entry."""

    entry_id: str
    pointer: Place
    name: str
    key: str
    zh: str
    """The entry's name in Chinese characters."""


@book_rule("CB318", Severity.WARNING)
def nobody_is_registered_twice(book: Casebook, today: date) -> Iterator[Finding]:
    """No two people, and no two organisations, have the same name, also in another order or with one slip."""
    for registry in ("people", "organisations"):
        yield from _doubles(registry, book.registries.get(registry, {}).values())


def _doubles(registry: str, entries: Iterable[Person | Organisation]) -> Iterator[Finding]:
    first: dict[str, _Named] = {}
    near = NearWords()
    told: set[tuple[str, str]] = set()
    for named in (named for entry in entries for named in _names(entry)):
        other = first.get(named.key) or _nearly(named, first, near)
        if other is None:
            near.add(named.key)
        elif other.entry_id != named.entry_id and (pair := (named.entry_id, other.entry_id)) not in told:
            told.add(pair)
            message = f'"{named.name}" may be "{other.name}", who is registered as "{other.entry_id}"'
            if registry == "organisations":
                message = message.replace(", who is", ", which is")
            hint = "keep one entry, with the other's names as `aliases`; or allow it and say who is who"
            yield Finding(named.entry_id, named.pointer, message, hint)
        first.setdefault(named.key, named)


def _nearly(named: _Named, first: dict[str, _Named], near: NearWords) -> _Named | None:
    """The entry whose name is one slip away. Two different Chinese names are two people, however alike in Latin."""
    if len(named.key.replace(" ", "")) < NEAR_NAME_LENGTH:
        return None
    for key in near.near(named.key):
        other = first[key]
        if _DIGITS.findall(key) == _DIGITS.findall(named.key) and not (named.zh and other.zh and named.zh != other.zh):
            return other
    return None


def _names(entry: Person | Organisation) -> Iterator[_Named]:
    if isinstance(entry, Person):
        zh = entry.name.zh or ""
        own: list[tuple[Place, str]] = [(("name", "en"), entry.name.en), (("name", "zh"), zh)]
    else:
        zh = entry.zh or ""
        own = [(("name",), entry.name), (("zh",), zh)]
    for pointer, words in [*own, *((("aliases", index), alias) for index, alias in enumerate(entry.aliases))]:
        key = name_key(words)
        if key:
            yield _Named(entry.id, pointer, words, key, zh)


def name_key(name: str) -> str:
    """A name without what people write in different ways: case, accents, punctuation, legal form, order of words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _WORD.findall(plain)
    return " ".join(sorted(word for word in words if word not in _LEGAL_FORMS) or sorted(words))


# One pass over all text gives every run of capitalised words; only the few thousand different ones are looked at.
# The look back stands behind the letter, so that the search can go from capital to capital.
_CAPITALS = re.compile(r"[A-Z](?<!\w[A-Z])[a-zA-Z]+(?: [A-Z][a-zA-Z]+)*")


class _Spelling:
    """The registered names as they are spelled, and what is nearly one of them."""

    def __init__(self, book: Casebook) -> None:
        names = [words for words in map(str.split, _registered(book)) if words]
        known = {part for words in names for word in words for part in _CAPITALS.findall(word)}
        self.known = known | {word for text in _bibliography(book) for word in _WORD.findall(text)}
        self.single = NearWords({words[0] for words in names if len(words) == 1 and _is_long(words[0])})
        self.followers: dict[str, set[str]] = defaultdict(set)
        self.leaders: dict[str, set[str]] = defaultdict(set)
        for words in names:
            for left, right in pairwise(words):
                self.followers[left].add(right)
                self.leaders[right].add(left)

    def slips(self, run: str) -> Iterator[tuple[str, str]]:
        """Words of a run of capitalised words that miss a registered name by one slip, with that name."""
        words = run.split()
        for index, word in enumerate(words):
            if word in self.known:
                continue
            right = self._completed(self.followers.get(words[index - 1], ()), word) if index else None
            left = self._completed(self.leaders.get(words[index + 1], ()), word) if index + 1 < len(words) else None
            if right:
                yield f"{words[index - 1]} {word}", f"{words[index - 1]} {right}"
            elif left:
                yield f"{word} {words[index + 1]}", f"{left} {words[index + 1]}"
            elif _is_long(word) and (name := self._single(word)):
                yield word, name

    def _completed(self, wanted: Iterable[str], word: str) -> str | None:
        """The one of the `wanted` words that `word` misses by a slip; a plural misses nothing."""
        near = (name for name in sorted(wanted) if name[:1].isupper() and is_one_slip(word, name))
        return next((name for name in near if word != f"{name}s"), None)

    def _single(self, word: str) -> str | None:
        near = (name for name in self.single.near(word) if name[0] == word[0] and word != f"{name}s")
        return min(near, default=None)


def _is_long(word: str) -> bool:
    return len(word) >= NEAR_WORD_LENGTH and word.isalpha() and word[0].isupper() and not word.isupper()


def _registered(book: Casebook) -> Iterator[str]:
    """Every name in Latin letters that people, organisations, platforms and products go by."""
    for registry in ("people", "organisations", "platforms", "products"):
        for entry in book.registries.get(registry, {}).values():
            yield entry.label
            yield from getattr(entry, "aliases", ())
            yield getattr(entry, "literal_name", None) or ""


def _bibliography(book: Casebook) -> Iterator[str]:
    """Words that stand in titles and names of authors: right as they are printed."""
    for source in book.sources.values():
        csl = source.csl
        yield from (source.short, csl.title or "", csl.container_title or "", csl.publisher or "")
        yield from (name.label for name in (*csl.author, *csl.editor))


@book_rule("CB321", Severity.WARNING)
def registered_names_are_spelled_as_registered(book: Casebook, today: date) -> Iterator[Finding]:
    """No words of ours are one slip away from a registered name, unless they are a name or word of their own."""
    texts = [(case.id, place, text) for case in book.cases.values() for place, text in own_texts(case)]
    whole = "\n".join(text for _, _, text in texts)
    spelling = _Spelling(book)
    slips = {wrong: right for run in set(_CAPITALS.findall(whole)) for wrong, right in spelling.slips(run)}
    slips = {wrong: right for wrong, right in slips.items() if not re.search(rf"\b{wrong.lower()}\b", whole)}
    if not slips:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, slips), key=len, reverse=True))})(?![\w-])")
    for case_id, place, text in texts:
        for match in pattern.finditer(text):
            message = f'"{match[0]}" is nearly "{slips[match[0]]}", which is registered'
            yield Finding(case_id, place, message, f'did you mean "{slips[match[0]]}"?', match.start())
