"""Words that differ by one slip: a letter too many, too few, wrong, or two that changed places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


class NearWords:
    """Words found by near ones, without comparing each with each.

    Two words within one slip of each other are equal once a letter at most is left out of each. So every word is kept
    under itself and under what it is without each of its letters, and a look-up costs as much as a word has letters,
    however many words are kept.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        """Keep a word, once."""
        for rest in {word, *_shortened(word)}:
            self._by_rest[rest].append(word)

    def near(self, word: str) -> Iterator[str]:
        """The kept words that are one slip away from `word`; not the word itself."""
        told = {word}
        for rest in (word, *_shortened(word)):
            for other in self._by_rest.get(rest, ()):
                if other not in told:
                    told.add(other)
                    if is_one_slip(word, other):
                        yield other


def _shortened(word: str) -> Iterator[str]:
    return (word[:index] + word[index + 1 :] for index in range(len(word)))


def is_one_slip(word: str, other: str) -> bool:
    """Whether one letter too many, too few or wrong, or two neighbours exchanged, turn one word into the other."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    left, right = word[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or right[1:] == left
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
