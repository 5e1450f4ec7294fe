"""The paper that social cards are drawn on: a few inks, the site's own faces, and words set to fit.

A picture is kept as palette numbers from the first: each ink has a few shades down to paper, and what is drawn is stamped
in shades of one ink. So edges are smooth, files are small, and the same words give the same bytes.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from casebook.views.line_breaking import break_lines

SIZE = (1200, 630)
"""What link previews are made for, in pixels."""
FONTS = Path(__file__).parents[2] / "theme" / "assets" / "casebook" / "fonts"

Face = Literal["display", "text", "text-semibold"]
Ink = Literal["ink", "soft", "rule", "accent", "pale", "grey"]
INKS: dict[Ink, tuple[int, int, int]] = {
    "ink": (22, 24, 29), "soft": (85, 90, 101), "rule": (216, 219, 226), "accent": (31, 57, 155),
    "pale": (169, 180, 221), "grey": (167, 172, 183),
}  # fmt: skip
"""The style sheet's light colours."""
COMPRESSION = 4
"""zlib's level. Level 6 makes files an eighth smaller and takes twice as long; the highest, sixteen times as long."""
SHADES = 10
OVERSAMPLED = 8
"""Shapes are drawn this many times larger and reduced, for smooth edges."""

PLAINER = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss"}
"""Letters that Unicode does not take apart."""

_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|‘\s*’")
_COMMAS = re.compile(r",(?:\s*,)+")
_BEFORE_PUNCTUATION = re.compile(r"\s+(?=[,.;:!?)\]”’])")


class Canvas:
    """One card."""

    def __init__(self) -> None:
        self._image = Image.new("L", SIZE, 0)

    def png(self) -> bytes:
        """The picture as a PNG with a palette."""
        self._image.putpalette(_palette())
        buffer = io.BytesIO()
        self._image.save(buffer, "PNG", compress_level=COMPRESSION)
        return buffer.getvalue()

    def text(self, x: float, baseline: float, words: str, font: ImageFont.FreeTypeFont, ink: Ink) -> None:
        """Set one line, left-aligned."""
        line = _line(words, font, ink)
        if line is not None:
            self._stamp(line.stamp, round(x) + line.left, round(baseline) + line.top)

    def line(self, start: tuple[float, float], end: tuple[float, float], width: int, ink: Ink) -> None:
        """A level or upright line, its width laid evenly around it."""
        (x1, y1), (x2, y2) = start, end
        half = width / 2
        across, along = (0.0, half) if y1 == y2 else (half, 0.0)
        box = (x1 - across, min(y1, y2) - along, x2 + across - 1, max(y1, y2) + along - 1)
        ImageDraw.Draw(self._image).rectangle([round(edge) for edge in box], fill=_number(ink, SHADES - 1))

    def dashes(self, start: tuple[float, float], end: tuple[float, float], width: int, ink: Ink) -> None:
        """A broken level or upright line."""
        (x1, y1), (x2, y2) = start, end
        length = abs(x2 - x1) + abs(y2 - y1)
        for step in range(0, int(length), 8):
            first, last = step / length, min(step + 4, length) / length
            dash = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (first, last)]
            self.line(dash[0], dash[1], width, ink)

    def ring(self, x: float, y: float, radius: float, stroke: float, ink: Ink) -> None:
        """A circle filled with paper."""
        stamp, inside = _ring(radius, stroke, ink)
        left, top = round(x - inside.width / 2), round(y - inside.height / 2)
        self._image.paste(0, (left, top), inside)
        self._stamp(stamp, left, top)

    def square(self, x: float, y: float, side: int, ink: Ink) -> None:
        """A filled square."""
        left, top = round(x - side / 2), round(y - side / 2)
        fill = _number(ink, SHADES - 1)
        ImageDraw.Draw(self._image).rectangle((left, top, left + side - 1, top + side - 1), fill=fill)

    def mark(self, x: int, y: int, height: int) -> None:
        """The site's mark: a circle above a line and a square below it."""
        self._stamp(_mark(height), x, y)

    def _stamp(self, stamp: _Stamp, x: int, y: int) -> None:
        self._image.paste(stamp.shades, (x, y), stamp.touched)


class _Stamp(NamedTuple):
    """A shape in one ink, ready to be laid on the paper."""

    shades: Image.Image
    touched: Image.Image
    """Where there is any ink at all."""


def _inked(mask: Image.Image, ink: Ink) -> _Stamp:
    """A stamp that leaves ink where the mask is bright."""
    numbers, touched = _shades(ink)
    return _Stamp(mask.point(numbers), mask.point(touched))


class _Line(NamedTuple):
    """A line of words, and where it stands from the beginning of its baseline."""

    stamp: _Stamp
    left: int
    top: int


@lru_cache(maxsize=64)
def _line(words: str, font: ImageFont.FreeTypeFont, ink: Ink) -> _Line | None:
    """A line to be stamped; nothing for words without a shape. Brand and ticks are the same on many cards."""
    left, top, right, bottom = map(int, font.getbbox(words, anchor="ls"))
    if right <= left or bottom <= top:
        return None
    mask = Image.new("L", (right - left + 2, bottom - top + 2), 0)
    ImageDraw.Draw(mask).text((-left, -top), words, fill=255, font=font, anchor="ls")
    return _Line(_inked(mask, ink), left, top)


def _number(ink: Ink, shade: int) -> int:
    return list(INKS).index(ink) * SHADES + shade


@cache
def _shades(ink: Ink) -> tuple[list[int], list[int]]:
    """For each brightness of a mask, the shade's number, and whether there is any ink at all."""
    shades = [round(value * (SHADES - 1) / 255) for value in range(256)]
    return [_number(ink, shade) for shade in shades], [255 if shade else 0 for shade in shades]


@cache
def _palette() -> bytes:
    """Every shade of every ink, from paper to full."""
    return bytes(
        round(255 + (part - 255) * shade / (SHADES - 1))
        for ink in INKS.values()
        for shade in range(SHADES)
        for part in ink
    )


@cache
def _ring(radius: float, stroke: float, ink: Ink) -> tuple[_Stamp, Image.Image]:
    """A ring, and a mask of all that it covers."""
    side, scale = int(2 * radius) + 4, OVERSAMPLED
    near, far = (side / 2 - radius) * scale, (side / 2 + radius) * scale
    masks = []
    for width in (stroke, radius):
        large = Image.new("L", (side * scale, side * scale), 0)
        ImageDraw.Draw(large).ellipse((near, near, far, far), outline=255, width=round(width * scale))
        masks.append(large.resize((side, side), Image.Resampling.BOX))
    return _inked(masks[0], ink), masks[1].point([255 * (value > 127) for value in range(256)])


@cache
def _mark(height: int) -> _Stamp:
    """`mark.svg`, whose box is 22 by 22."""
    unit = height * OVERSAMPLED / 22
    large = Image.new("L", (height * OVERSAMPLED, height * OVERSAMPLED), 0)
    draw = ImageDraw.Draw(large)
    draw.rectangle((0, 10.1 * unit, 22 * unit, 11.9 * unit), fill=255)
    draw.ellipse((3.4 * unit, 1.0 * unit, 10.6 * unit, 8.2 * unit), outline=255, width=round(1.8 * unit))
    draw.rectangle((12.4 * unit, 14.8 * unit, 17.6 * unit, 20 * unit), fill=255)
    return _inked(large.resize((height, height), Image.Resampling.BOX), "accent")


@cache
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """One of the site's faces, in pixels."""
    return ImageFont.truetype(FONTS / f"newsreader-{face}.woff2", size)


def drawable(text: str, face: Face) -> str:
    """The text without what the face has no letter for.

    A letter that is missing is taken apart (`ő` into `o`, `œ` into `oe`); what is missing then is left out, with the
    brackets or quotation marks that it leaves empty. Chinese is left out whole: the faces that we ship are Latin.
    """
    kept = "".join(_letters(text, face))
    kept = _BEFORE_PUNCTUATION.sub("", _EMPTY_BRACKETS.sub("", kept))
    return " ".join(_COMMAS.sub(",", kept).split())


def _letters(text: str, face: Face) -> Iterator[str]:
    for character in unicodedata.normalize("NFC", text):
        if character.isspace() or _has_letter(face, character):
            yield " " if character.isspace() else character
        else:
            parts = PLAINER.get(character) or unicodedata.normalize("NFKD", character)
            yield from (part for part in parts if _has_letter(face, part))


@lru_cache(maxsize=8192)
def _has_letter(face: Face, character: str) -> bool:
    # Invisible characters have no shape to compare, and some turn the direction of writing.
    if unicodedata.category(character)[0] in "CM":
        return False
    found, missing = (font(face, 32).getmask(which) for which in (character, "\U0010fffd"))
    return found.size != missing.size or bytes(found) != bytes(missing)


def wrap(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than `width`, in pixels."""
    return break_lines(text, width, lambda words: _width(face, words))


@lru_cache(maxsize=8192)
def _width(face: ImageFont.FreeTypeFont, words: str) -> float:
    """How wide a line is. Balancing lines asks again and again."""
    return face.getlength(words)


def balanced(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The same number of lines as `wrap`, of lengths as even as they can be."""
    lines = wrap(text, face, width)
    low, high = width / max(1, len(lines)), width
    while high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(text, face, middle)) <= len(lines) else (middle, high)
    return wrap(text, face, high)


def cut(lines: Sequence[str], count: int, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The first lines, with an ellipsis where words are left out."""
    if len(lines) <= count or not count:
        return list(lines[:count])
    last = lines[count - 1]
    while " " in last and _width(face, f"{last}…") > width:
        last = last.rpartition(" ")[0]
    while last and _width(face, f"{last}…") > width:
        last = last[:-1]
    return [*lines[: count - 1], f"{last.rstrip(',.;: ')}…"]
