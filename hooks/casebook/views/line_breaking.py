"""Text cut into lines, for drawings: HTML breaks its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a text that are no wider than `width`, in the unit in which `measure` says how wide a line is.

    Lines end at blanks; a word that is wider alone is broken where it must be. No text has no lines.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, measure)
    return lines


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The word whole, or else in pieces that are each as long as they can be: at least one letter."""
    if measure(word) <= width:
        yield word
        return
    piece = ""
    for character in word:
        if piece and measure(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece
