"""Words in a text: where they stand, which words around decide between places, and what stands there instead.

All texts here are normalised (`attestations.normalise`). Nothing is written anywhere: what these functions return may
hold words of the private archive, and is for an editor's terminal only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz

NEAR = 65
"""The least likeness, of 100, at which a passage is worth showing: less is met by chance between any two texts."""
ADVICE = 60
"""The longest words, in characters, that are suggested as `prefix` or `suffix`."""
AROUND = 24
"""Characters shown on each side of a difference or an occurrence."""
LONGEST = 280
"""The most of an archived text that is shown at once."""

_REACH = 240
"""As far as a `prefix` or `suffix` may reach, in characters: 200, and blanks."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no blanks between words."""
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w'])+|\s+|.", re.DOTALL)
"""A word, a character of a script without blanks, a sign, or white space."""


class Place(NamedTuple):
    """Where words stand in a normalised text."""

    start: int
    end: int


def places_of(words: str, text: str) -> Iterator[Place]:
    """Every place at which the words stand, in order, never inside another word."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_cuts_a_word(text, start) or _cuts_a_word(text, end)):
            yield Place(start, end)
        start = text.find(words, start + 1)


def _cuts_a_word(text: str, place: int) -> bool:
    """Whether a place lies inside a word, as between "can" and "not". Chinese has no such places."""
    around = text[max(0, place - 1) : place + 1]
    return 0 < place < len(text) and all(char.isalnum() and not _IS_UNSPACED.match(char) for char in around)


def fits(text: str, place: Place, prefix: str, suffix: str) -> bool:
    """Whether the words around a place are these. An empty prefix or suffix fits everywhere."""
    before = text[max(0, place.start - _REACH) : place.start].rstrip()
    return before.endswith(prefix) and text[place.end : place.end + _REACH].lstrip().startswith(suffix)


def deciding_words(text: str, places: Sequence[Place]) -> list[tuple[str, str]]:
    """For each place the shortest (`prefix`, `suffix`) that no other place has; one of the two is empty.

    Both are empty where the text repeats itself around the words for as far as advice may reach.
    """
    before = _shortest([_words_before(text, place) for place in places], "prefix")
    after = _shortest([_words_after(text, place) for place in places], "suffix")
    return [
        ("", right) if right and (not left or len(right) < len(left)) else (left, "")
        for left, right in zip(before, after, strict=True)
    ]


def _words_before(text: str, place: Place) -> list[str]:
    """Ever more of what stands before a place, a word at a time."""
    tokens = _TOKEN.findall(text[max(0, place.start - ADVICE) : place.start])
    # The first may be the rest of a word that was cut off.
    whole = tokens if place.start <= ADVICE else tokens[1:]
    return ["".join(whole[-count:]).strip() for count in range(1, len(whole) + 1)]


def _words_after(text: str, place: Place) -> list[str]:
    tokens = _TOKEN.findall(text[place.end : place.end + ADVICE])
    whole = tokens if place.end + ADVICE >= len(text) else tokens[:-1]
    return ["".join(whole[:count]).strip() for count in range(1, len(whole) + 1)]


def _shortest(grown: Sequence[Sequence[str]], side: str) -> list[str]:
    """For each place the first of its growing words that no other place's words begin (or end) with."""
    meets: Callable[[str, str], bool] = str.endswith if side == "prefix" else str.startswith
    found = []
    for index, own in enumerate(grown):
        others = [words[-1] for place, words in enumerate(grown) if place != index and words]
        decides = (words for words in own if _says_something(words) and not any(meets(o, words) for o in others))
        found.append(next(decides, ""))
    return found


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)


def in_context(text: str, place: Place) -> str:
    """A place as a terminal shows it: some of what stands around the words, these in brackets and shortened."""
    words = text[place.start : place.end]
    shown = words if len(words) <= 2 * AROUND else f"{words[:AROUND].rstrip()} … {words[-AROUND:].lstrip()}"
    low, high = _whole(text, place.start - AROUND, 1), _whole(text, place.end + AROUND, -1)
    left, right = "…" if low > 0 else "", "…" if high < len(text) else ""
    return f"{left}{text[low : place.start].lstrip()}[{shown}]{text[place.end : high].rstrip()}{right}"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a text that is most like the words that were looked for."""

    archived: str
    """The passage; what only it has stands in `[-…-]`, what agrees is shortened to what is around."""
    wanted: str
    """The words that were looked for; what only they have stands in `{+…+}`."""


def nearest(words: str, text: str) -> Nearest | None:
    """The passage most like the words, with the difference. None when nothing is near.

    Words are compared one by one, and the characters of Chinese, Japanese, Thai and their like.
    """
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=NEAR) if words and text else None
    if found is None:
        return None
    # The alignment is as long as the words; where the text has more, its passage is longer.
    margin = max(8, len(words) // 3)
    low, high = (found.dest_start, found.dest_end) if len(words) <= len(text) else (0, len(text))
    window = text[_whole(text, low - margin, -1) : _whole(text, high + margin, 1)]
    steps = _steps(_TOKEN.findall(window), _TOKEN.findall(words))
    if not any(step.is_equal and _says_something(step.theirs) for step in steps):
        return None
    left = "…" if low > 0 else ""
    right = "…" if high < len(text) else ""
    archived = _drawn([(step.is_equal, step.theirs) for step in steps], "[-", "-]", left, right)
    return Nearest(archived, _drawn([(step.is_equal, step.ours) for step in steps], "{+", "+}", "", ""))


def _whole(text: str, place: int, direction: int) -> int:
    """The place, moved out of the word in which it lies."""
    place = min(max(place, 0), len(text))
    while _cuts_a_word(text, place):
        place += direction
    return place


class _Step(NamedTuple):
    is_equal: bool
    theirs: str
    ours: str


def _steps(theirs: Sequence[str], ours: Sequence[str]) -> list[_Step]:
    """What agrees and what differs, in turn. A blank between two differences is part of one.

    What the text has beyond the words' own ends is no part of the passage.
    """
    codes = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    steps = []
    for index, (tag, a, b, c, d) in enumerate(codes):
        low = max(a, b - (d - c)) if index == 0 and tag != "equal" else a
        high = min(b, a + (d - c)) if index == len(codes) - 1 and tag != "equal" else b
        steps.append(_Step(tag == "equal", "".join(theirs[low:high]), "".join(ours[c:d])))
    return _joined([step for step in steps if step.theirs or step.ours])


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    ends = (0, len(steps) - 1)
    runs = groupby(
        enumerate(steps), lambda item: item[1].is_equal and (_says_something(item[1].theirs) or item[0] in ends)
    )
    joined = ((kept, [step for _, step in run]) for kept, run in runs)
    return [_Step(kept, "".join(s.theirs for s in run), "".join(s.ours for s in run)) for kept, run in joined]


def _drawn(steps: Sequence[tuple[bool, str]], opening: str, closing: str, left: str, right: str) -> str:
    """What differs in marks, and of what agrees as much as stands around it."""
    parts = [text if is_equal else _marked(text, opening, closing) for is_equal, text in steps]
    last = len(steps) - 1
    for index, (is_equal, text) in enumerate(steps):
        head = "" if index == 0 else text[: _whole(text, AROUND, -1)].rstrip()
        tail = "" if index == last else text[_whole(text, len(text) - AROUND, 1) :].lstrip()
        if is_equal and len(head) + len(tail) + 3 < len(text):
            parts[index] = f"{head} … {tail}".strip() if head and tail else f"{head}…{tail}"
    drawn = "".join(parts)
    drawn = drawn if len(drawn) <= LONGEST else f"{drawn[: LONGEST - 1]}…"
    return f"{'' if drawn.startswith('…') else left}{drawn}{'' if drawn.endswith('…') else right}"


def _marked(text: str, opening: str, closing: str) -> str:
    """A difference in its marks, which stand inside the blanks around it."""
    words = text.strip()
    return text.replace(words, f"{opening}{words}{closing}") if words else text
