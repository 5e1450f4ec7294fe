"""Whether two texts say the same: what is a change of substance, and what is no more than wording.

Blanks, punctuation, typography and capital letters at the start of a word that is no name are layout. Beyond that a
text may differ in function words ("which" for "that") and in spelling, one letter or two neighbours changed in a word
of five letters or more, as long as this is one word in fifty, or a single one. Everything else is substance: one word
such as "denied" for "admitted" turns three hundred around, so likeness of the whole says nothing. Figures, names,
negations and quotations must be the same whatever their share; so must every character of Chinese, where there is no
spelling. References and citations may be added, for they only say where to look; what one leads to may not change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from casebook.attestations import normalise
from casebook.marks import plain_prose

SHARE = 0.02
"""Words of a text, of all its words, that may differ in wording."""
SPELLABLE = 5
"""Letters from which on a word may be misspelt; shorter ones turn into other words."""

_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|(?:(?![\u3400-\u9fff])\w)+(?:'\w+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》")
_MARK = re.compile(r"\[\[[^\]|]*|(?<=[\[\s;])@[a-z0-9-]+|\]\([^)]*\)")
_FUNCTION = frozenset("a an the that which who whom this these of and so then also too just very".split())
"""Prepositions are none of them: sold by somebody is not sold to somebody."""
_WEIGHTY = frozenset(
    "no not none never nobody nothing nowhere neither nor cannot without hardly barely only all every each any some most "
    "few both half double twice once zero one two three four five six seven eight nine ten eleven twelve twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen first second third last "
    "may might must shall should will would can could".split()
)


def says_the_same(old: str, new: str) -> bool:
    """Whether two texts differ in wording at most."""
    if old == new:
        return True
    before, after = normalise(old)[0], normalise(new)[0]
    if Counter(_MARK.findall(before)) - Counter(_MARK.findall(after)):
        return False
    before, after = plain_prose(before), plain_prose(after)
    if list(map(_words, _QUOTED.findall(before))) != list(map(_words, _QUOTED.findall(after))):
        return False
    ours, theirs = _words(before), _words(after)
    if Counter(filter(_is_fixed, ours)) != Counter(filter(_is_fixed, theirs)):
        return False
    return _differ_in_wording(_plain(ours), _plain(theirs))


def _words(text: str) -> list[str]:
    """The words, those in capitals at the start of a sentence in small letters unless they are names elsewhere."""
    found = _WORD.findall(text)
    starts = {match.end() for match in re.finditer(r"(?:^|[.!?:;]\W+)", text)}
    inside = {match[0] for match in _WORD.finditer(text) if match.start() not in starts}
    return [
        word.lower() if word.istitle() and word not in inside and match.start() in starts else word
        for word, match in zip(found, _WORD.finditer(text), strict=True)
    ]


def _is_fixed(word: str) -> bool:
    """Whether a word may not differ: a figure, a name, a negation, a number word, a modal verb."""
    has_figure = any(character.isdigit() or character.isupper() for character in word)
    return has_figure or word in _WEIGHTY or word.endswith("n't")


def _plain(words: Sequence[str]) -> list[str]:
    return [word.lower() for word in words]


def _differ_in_wording(old: Sequence[str], new: Sequence[str]) -> bool:
    changed = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if not _is_wording(old[a:b], new[c:d]):
            return False
        changed += max(b - a, d - c)
    return changed <= max(1, SHARE * max(len(old), len(new)))


def _is_wording(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a stretch differs in function words and spelling only."""
    before = [word for word in old if word not in _FUNCTION]
    after = [word for word in new if word not in _FUNCTION]
    return len(before) == len(after) and all(map(_is_misspelt, before, after))


def _is_misspelt(one: str, other: str) -> bool:
    """Whether one word may be a misspelling of the other: one letter put in, left out or changed, or two swapped."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < SPELLABLE or len(long) - len(short) > 1 or not long.isalpha():
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    return swapped or short[same + 1 :] == long[same + 1 :]
