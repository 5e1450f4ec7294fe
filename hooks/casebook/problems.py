"""What is wrong, where, and what to do about it.

A mistake in a casefile is never an exception: it is a `Problem`, and every stage returns all that it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning is shown and does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that an editor can jump to."""

    file: str
    """Path relative to the project's root, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int = 1
    """Column in Unicode code points, counted from 1."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, said so that it can be mended without reading our code."""

    location: Location
    code: str
    """`CB###`; each code has an entry in `problem_codes`."""
    message: str
    """What is wrong, in one clause, naming the value."""
    hint: str = ""
    """What to do, or "did you mean …?"."""
    severity: Severity = Severity.ERROR
    value: str = field(default="", compare=False)
    """Words that stand where an id should: what they name is known once everything is read."""

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text

    @property
    def short(self) -> str:
        """`line:column code`, the form that tests assert."""
        return f"{self.location.line}:{self.location.column} {self.code}"

    @property
    def is_error(self) -> bool:
        """Whether this problem stops a build."""
        return self.severity is Severity.ERROR


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order in which an editor walks through the files; exact repeats are dropped."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.location, p.code, p.message)))


def shorten(text: str, limit: int = 60) -> str:
    """A value as messages show it: on one line and not without end."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for the known word nearest to `word`, or nothing when none is near."""
    found = nearest(word, known)
    return f'did you mean "{found}"?' if found else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; nothing when none is near.

    Case, blanks, underscores and the order of words do not count: `Kept partly` means `partly-kept`. Otherwise a third
    of the letters may be wrong, and in a short word two neighbours that changed places.
    """
    plain = _plain(word)
    meant = _by_plain(tuple(known))
    same = meant.get(plain) or meant.get(_in_order(plain))
    if same or not plain:
        return same or ""
    # Imported here: most checks find nothing to guess at.
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    keys = tuple(meant)
    match = process.extractOne(plain, keys, scorer=fuzz.ratio, score_cutoff=70)
    if match:
        return meant[match[0]]
    slip = process.extractOne(plain, keys, scorer=OSA.distance, score_cutoff=1) if len(plain) > 2 else None
    return meant[slip[0]] if slip else ""


@lru_cache(maxsize=64)
def _by_plain(known: tuple[str, ...]) -> dict[str, str]:
    """Known words under what is heard of them; the same lists are asked again and again."""
    plain: dict[str, str] = {}
    for word in known:
        plain.setdefault(_plain(word), word)
    for word in known:
        plain.setdefault(_in_order(_plain(word)), word)
    return plain


def _plain(word: str) -> str:
    """A word without what is not heard: case, and how its parts are joined."""
    return " ".join(_JOINTS.sub(" ", word.casefold()).split())


def _in_order(plain: str) -> str:
    return " ".join(sorted(plain.split()))


_JOINTS = re.compile(r"[\W_]+")
