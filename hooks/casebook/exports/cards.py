"""Social cards: the picture that stands beside a link to a case, a reading list or the site.

They are drawn at build time from the casefiles, with the fonts that the site ships, and nothing is fetched. A card costs
some hundredths of a second, so finished ones are kept between builds under the digest of all that they are drawn from.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import PIL
from PIL import features

from casebook.book import Casebook
from casebook.dates import MONTHS, PartialDate
from casebook.exports import card_canvas
from casebook.exports.card_canvas import FONTS, Canvas, Face, balanced, cut, drawable, font, wrap
from casebook.exports.site import Site, SiteFile
from casebook.marks import minutes_to_read
from casebook.model import Case, ReadingList, TimelineEvent
from casebook.views import line_breaking
from casebook.views.page import Page
from casebook.views.rendering import capital

SITE_CARD = "cards/site.png"
FOLDER = "cards"
"""Where cards are kept, below the folder for what may be kept between builds."""
EVENTS = 60
"""Events on a card that covers several cases: the newest."""
AROUND = 7
"""Days shown before and after, at least."""

LEFT, RIGHT = 80, 1120
TOP, BOTTOM = 128, 440
"""Where the title and the line under it stand."""
TITLE_SIZES = ((124, 1), (104, 1), (92, 2), (80, 2), (70, 2), (62, 3), (54, 4), (48, 5))
"""Sizes of a title, and into how many lines it may run at each."""
AXIS = 512
AXIS_START, AXIS_INSET = 196, 36
LANES = 2
"""Rows of signs on each side of the axis, for events that are too close to stand side by side."""
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months from tick to tick."""
TICKS = 7
"""Most ticks on a strip."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An event on the strip."""

    place: float
    """From 0, where the strip's time begins, to 1."""
    is_persona: bool
    """A ring above the axis; else a square below it."""
    is_major: bool
    """Whether the editors set it on the arc."""
    is_rough: bool
    """Whether its day is not known."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn on one card."""

    uri: str
    title: str
    dek: str
    record: str
    """Date, minutes, numbers."""
    is_site: bool = False
    signs: tuple[Sign, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    goes_on: tuple[bool, bool] = (False, False)
    """Whether there is more before the strip's time, and after."""


def card_uri(page: Page) -> str:
    """The card of a page: its own for cases and reading lists, else the site's."""
    return f"{FOLDER}/{page.uri.rstrip('/')}.png" if page.kind in ("case", "reading") else SITE_CARD


def card_text(book: Casebook, page: Page, site: Site) -> str:
    """What a page's card shows, in words."""
    if page.kind == "case":
        return f"“{page.title}”, {book.cases[page.subject].occurred.words}, with a strip of the case’s events"
    if page.kind == "reading":
        return f"“{page.title}”, a reading list, with a strip of its cases’ events"
    return f"{site.name}, with a strip of its cases’ events"


def card_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """Every card, one by one. Those kept from an earlier build are not drawn again."""
    shelf = site.cache / FOLDER if site.cache else None
    used = set()
    for card in _cards(book, site):
        name = f"{_digest(card, site)}.png"
        used.add(name)
        yield SiteFile(card.uri, _kept(shelf, name) or _keep(shelf, name, draw_card(card, site)))
    if shelf is not None and shelf.is_dir():
        for path in shelf.iterdir():
            if path.name not in used:
                with suppress(OSError):
                    path.unlink()


def _digest(card: Card, site: Site) -> str:
    """A digest of all that a card is drawn from: its words, the fonts, and what draws it."""
    return hashlib.sha256(f"{_tools()} {site.name!r} {card!r}".encode()).hexdigest()


@cache
def _tools() -> str:
    modules = [__file__, card_canvas.__file__, line_breaking.__file__]
    files = [*map(Path, modules), *sorted(FONTS.glob("*.woff2"))]
    drawn_with = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return f"{drawn_with} {PIL.__version__} {features.version('freetype2')} {features.version('raqm')}"


def _kept(shelf: Path | None, name: str) -> bytes | None:
    """A card from an earlier build, unless it was cut short."""
    if shelf is None:
        return None
    try:
        content = (shelf / name).read_bytes()
    except OSError:
        return None
    return content if content.endswith(b"IEND\xaeB`\x82") else None


def _keep(shelf: Path | None, name: str, content: bytes) -> bytes:
    """Keep a card for later builds. Where that cannot be, it is drawn again."""
    if shelf is not None:
        try:
            shelf.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=shelf, delete=False) as file:
                file.write(content)
            os.replace(file.name, shelf / name)  # noqa: PTH105 - atomic, and named for it
        except OSError:
            pass
    return content


def _cards(book: Casebook, site: Site) -> Iterator[Card]:
    yield _site_card(book, site)
    for case in book.cases.values():
        yield _case_card(book, case)
    for reading_list in book.readings.values():
        yield _reading_card(book, reading_list)


def _site_card(book: Casebook, site: Site) -> Card:
    count = len(book.cases)
    card = Card(SITE_CARD, site.name, site.description, f"{count} case{'' if count == 1 else 's'}", is_site=True)
    return _with_arc(card, book.cases.values())


def _case_card(book: Casebook, case: Case) -> Card:
    minutes = minutes_to_read(book.essay_words[case.id])
    record = f"{case.occurred.words}, {minutes} minute{'' if minutes == 1 else 's'}"
    title = drawable(case.title, "display") or _from_id(case.id)
    on_arc = [event.date for event in case.events if event.on_arc]
    events = [(event, bool(event.on_arc) or not on_arc) for event in case.events]
    card = Card(f"{FOLDER}/cases/{case.id}.png", title, case.dek, record)
    return _with_strip(card, events, [case.occurred, *on_arc])


def _reading_card(book: Casebook, reading_list: ReadingList) -> Card:
    count = len(reading_list.sessions)
    uri = f"{FOLDER}/readings/{reading_list.id}.png"
    title = drawable(reading_list.title, "display") or _from_id(reading_list.id)
    record = f"Reading list, {count} session{'' if count == 1 else 's'}"
    named = dict.fromkeys(item.case for session in reading_list.sessions for item in session.items if item.case)
    return _with_arc(Card(uri, title, capital(reading_list.audience), record), [book.cases[case] for case in named])


def _from_id(identifier: str) -> str:
    """A title for a case whose own cannot be drawn."""
    return identifier.replace("-", " ").capitalize()


def _with_arc(card: Card, cases: Iterable[Case]) -> Card:
    """The card with a strip of what several cases set on the arc."""
    events = [event for case in cases for event in case.events if event.on_arc and not event.date.is_open]
    newest = sorted(events, key=lambda event: event.date.sort_key)[-EVENTS:]
    return _with_strip(card, [(event, True) for event in newest], [event.date for event in newest])


def _with_strip(card: Card, events: list[tuple[TimelineEvent, bool]], framing: list[PartialDate]) -> Card:
    """The card with a strip of its persona and product events. The time shown is that of the `framing` dates, and some."""
    known = [value for value in framing if not value.is_open]
    drawn = [pair for pair in events if pair[0].strand in ("persona", "product") and not pair[0].date.is_open]
    if not known or not drawn:
        return card
    first = min(value.earliest for value in known).toordinal()
    last = max(value.latest for value in known).toordinal()
    pad = max(AROUND, (last - first) // 16)
    first, last = max(1, first - pad), min(date.max.toordinal(), last + pad)
    placed = [(_middle(event.date), event, is_major) for event, is_major in drawn]
    signs = [
        Sign((day - first) / (last - first), event.strand == "persona", is_major, event.date.earliest != event.date.latest)
        for day, event, is_major in sorted(placed, key=lambda row: (not row[2], row[0]))
        if first <= day <= last
    ]  # fmt: skip
    goes_on = (any(day < first for day, *_ in placed), any(day > last for day, *_ in placed))
    return replace(card, signs=tuple(signs), ticks=tuple(_ticks(first, last)), goes_on=goes_on)


def _middle(value: PartialDate) -> int:
    return (value.earliest.toordinal() + value.latest.toordinal()) // 2


def _ticks(first: int, last: int) -> Iterator[tuple[float, str]]:
    """Where a scale is marked, and with what: days, months or years, few enough to be read."""
    length = last - first
    if length <= 12 * TICKS:
        step = -(-length // TICKS)
        for day in range(first + step // 2, last, step):
            value = date.fromordinal(day)
            yield (day - first) / length, f"{value.day} {MONTHS[value.month][:3]}"
        return
    months = range(_month(first) + 1, _month(last) + 1)
    step = next((step for step in STEPS if len(months) <= TICKS * step), STEPS[-1])
    for number, month in enumerate(month for month in months if month % step == 0):
        year, index = divmod(month, 12)
        # The first tick says the year; after that each January does.
        name = f"{MONTHS[index + 1][:3]} {year}" if index and not number else MONTHS[index + 1][:3]
        yield (date(year, index + 1, 1).toordinal() - first) / length, name if index else str(year)


def _month(day: int) -> int:
    """Months since the year 0."""
    value = date.fromordinal(day)
    return value.year * 12 + value.month - 1


def draw_card(card: Card, site: Site) -> bytes:
    """A card as a PNG of 1200 by 630 pixels."""
    canvas = Canvas()
    canvas.mark(LEFT, 52, 40)
    record = font("text", 28)
    brand_end = LEFT + 56
    if not card.is_site:
        brand = drawable(site.name, "display")
        canvas.text(brand_end, 84, brand, font("display", 34), "ink")
        brand_end += round(font("display", 34).getlength(brand))
    room = RIGHT - brand_end - 40
    for words in _lines(card.record, "text", 28, room, 1):
        canvas.text(RIGHT - record.getlength(words), 84, words, record, "soft")
    _draw_words(canvas, card)
    _draw_strip(canvas, card)
    return canvas.png()


def _lines(text: str, face: Face, size: int, width: float, count: int) -> list[str]:
    kept, letters = drawable(text, face), font(face, size)
    lines = wrap(kept, letters, width)
    return balanced(kept, letters, width) if len(lines) <= count else cut(lines, count, letters, width)


def _draw_words(canvas: Canvas, card: Card) -> None:
    """The title as large as it can stand, and below it as much of the dek as there is room for."""
    title, width = drawable(card.title, "display"), RIGHT - LEFT
    size, most = next(
        ((size, most) for size, most in TITLE_SIZES if len(wrap(title, font("display", size), width)) <= most),
        TITLE_SIZES[-1],
    )
    face = font("display", size)
    y = float(TOP)
    for line in cut(balanced(title, face, width), most, face, width):
        y += size * 1.03
        canvas.text(LEFT - size * 0.04, y - size * 0.12, line, face, "ink")
    y += 14 + size * 0.1
    for line in _lines(card.dek, "text", 34, width, max(0, int((BOTTOM - y) // 44))):
        y += 44
        canvas.text(LEFT, y - 12, line, font("text", 34), "soft")


def _draw_strip(canvas: Canvas, card: Card) -> None:
    if not card.signs:
        return
    small = font("text", 25)
    canvas.text(LEFT, AXIS - 26, "persona", small, "soft")
    canvas.text(LEFT, AXIS + 40, "product", small, "soft")
    start, end = AXIS_START + AXIS_INSET, RIGHT - AXIS_INSET
    for place, label in card.ticks:
        x = start + place * (end - start)
        canvas.line((x, AXIS - 60), (x, AXIS + 84), 2, "rule")
        if x + 9 + small.getlength(label) <= RIGHT:
            canvas.text(x + 9, AXIS + 86, label, small, "soft")
    signs = list(_laid_out(card.signs, start, end))
    for x, y, sign in reversed(signs):
        draw = canvas.dashes if sign.is_rough else canvas.line
        draw((x, y), (x, AXIS), 2, "ink" if sign.is_major else "grey")
    canvas.line((start, AXIS), (end, AXIS), 3, "ink")
    for goes_on, edge, inner in ((card.goes_on[0], AXIS_START, start), (card.goes_on[1], end, RIGHT)):
        (canvas.dashes if goes_on else canvas.line)((edge, AXIS), (inner, AXIS), 3, "ink")
    for x, y, sign in reversed(signs):
        if sign.is_persona:
            canvas.ring(x, y, *((10, 4, "accent") if sign.is_major else (8, 2, "pale")))
        else:
            canvas.square(x, y, *((17, "ink") if sign.is_major else (12, "grey")))


def _laid_out(signs: tuple[Sign, ...], start: float, end: float) -> Iterator[tuple[float, float, Sign]]:
    """Signs with their places on the card. One for which no lane has room is left out: another stands in its place."""
    taken: dict[tuple[bool, int], list[float]] = {}
    for sign in signs:
        x = round(start + sign.place * (end - start))
        for lane in range(LANES):
            row = taken.setdefault((sign.is_persona, lane), [])
            if all(abs(x - other) >= 22 for other in row):
                row.append(x)
                yield x, AXIS + (-34 - 23 * lane if sign.is_persona else 32 + 21 * lane), sign
                break
