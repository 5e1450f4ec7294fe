"""Ids: one made of words, and whether it can be had."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from urllib.parse import unquote, urlsplit

from casebook.graph import SHELL_IDS
from casebook.model import ID_PATTERN, REGISTRY_MODELS
from casebook.references import SINGULAR, with_article
from casebook.scaffold.desk import Desk
from casebook.text_files import read_text
from casebook.yaml_reading import compose_values

LONGEST = 40
"""Characters of an id that is suggested; the format allows twice as many."""
_ARTICLES = ("the", "a", "an")
_SMALL = (
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "is",
    "its",
    "of",
    "on",
    "or",
    "over",
    "the",
    "to",
    "with",
)
"""Words with which no id that was shortened ends."""
_EMPTY_STEPS = ("index", "amp", "default", "full", "print")
# Letters that Unicode does not take apart into a Latin letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def suggest_id(words: str, taken: Container[str] = ()) -> str:
    """An id made of words in Latin letters, that is not taken; nothing where a word is in another script.

    Names in other scripts are not transcribed: how, is for the person and the press to say.
    """
    plain = unicodedata.normalize("NFKD", words.lower().translate(_LETTERS).replace("'", "").replace("’", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    if any(character.isalpha() and not character.isascii() for character in plain):
        return ""
    parts = re.findall(r"[a-z0-9]+", plain)
    parts = parts[1:] if len(parts) > 1 and parts[0] in _ARTICLES else parts
    short = "-".join(parts)
    if len(short) > LONGEST:
        short = _shortened(short)
    found, number = short, 1
    while found and found in taken:
        number += 1
        found = f"{short}-{number}"
    return found


def _shortened(words: str) -> str:
    kept = (words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]).split("-")
    while len(kept) > 1 and kept[-1] in _SMALL:
        kept.pop()
    return "-".join(kept)


def suggest_source_id(short: str, title: str, address: str, year: str, taken: Container[str] = ()) -> str:
    """The short name and what tells the source from others: the end of its address, else its title, else its year.

    `https://daily.example.org/first-van` in Example Daily is `example-daily-first-van`. Words are never cut.
    """
    choices = (telling_part(address), title, year)
    found = (suggest_id(f"{short} {choice}", taken) for choice in choices if choice)
    return next((identifier for identifier in found if identifier), "") or suggest_id(short, taken)


def telling_part(address: str) -> str:
    """The words at the end of an address, where there are two at least; numbers and `index.html` tell nothing."""
    steps = [step.rpartition(".")[0] or step for step in unquote(urlsplit(address).path).split("/") if step]
    last = next((step for step in reversed(steps) if step.lower() not in _EMPTY_STEPS), "")
    words = [word for word in re.split(r"[\W_]+", last) if word and not re.search(r"\d{5}|\d[a-z]+\d", word.lower())]
    return " ".join(words) if sum(len(word) > 2 and word.isalpha() for word in words) > 1 else ""


def why_not(identifier: str, kind: str, desk: Desk) -> str:
    """Why something of this kind, a registry or `cases`, cannot have an id; nothing when it can."""
    if not re.fullmatch(ID_PATTERN, identifier) or len(identifier) > 80:
        meant = suggest_id(identifier)
        hint = f'; did you mean "{meant}"?' if meant and meant != identifier else ""
        return f'"{identifier}" is no id: use lower-case letters, digits and single hyphens{hint}'
    if kind in ("cases", "terms") and identifier in SHELL_IDS:
        return f'"{identifier}" is an anchor that pages use themselves; choose another id'
    if kind == "readings":
        path = desk.casefiles / "readings" / f"{identifier}.yml"
        return f'the reading list "{identifier}" is there already: {path}' if path.exists() else ""
    other = desk.kind_of(identifier)
    if other:
        of = f"casefiles/cases/{identifier}.yml" if other == "cases" else f"casefiles/{desk.place_of(other)}"
        return f'the id "{identifier}" is used already, by {with_article(SINGULAR[other])} in {of}; choose another id'
    former = _former_holder(identifier, desk)
    return f'"{identifier}" was the id of "{former}" once, and leads there; choose another id' if former else ""


def _former_holder(identifier: str, desk: Desk) -> str:
    """What had an id before: ids are never used again."""
    for registry in REGISTRY_MODELS:
        for other, entry in desk.entries(registry).items():
            if identifier in entry.former_ids:
                return other
    for path in sorted((desk.casefiles / "cases").glob("*.yml")):
        text, _ = read_text(path, path.name)
        # Few cases ever had another id, and composing all of them would take seconds.
        if text is None or identifier not in text or "aliases:" not in text:
            continue
        values = compose_values(text)
        former = values.get("aliases") if isinstance(values, dict) else None
        if isinstance(former, list) and identifier in former:
            return path.stem
    return ""
