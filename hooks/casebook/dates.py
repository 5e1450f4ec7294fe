"""Dates as the sources give them: sometimes a day, sometimes only a month, sometimes a guess.

The notation is EDTF, levels 0 and 1 (ISO 8601-2:2019). Plain days, months and years are read here, because the
`edtf` library needs about 5 ms a date; everything else goes through that library once and is remembered.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

MONTHS = tuple(calendar.month_name)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

# ASCII throughout: `\d` alone would take the digits of every script.
PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
TIMED = re.compile(
    r"(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)
QUALIFIED = re.compile(r"([^/?~%]+)([?~%])")
_MONTH_NAME = "(?P<month>[A-Za-z]{3,9})\\.?"
IN_WORDS = (
    re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH_NAME},?\s+(?P<year>\d{{4}})", re.ASCII),
    re.compile(rf"{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.ASCII),
)
UNSPECIFIED = re.compile(r"\d{2}[\dX]X|\d{4}-(XX|\d\d-XX|XX-XX)", re.ASCII)

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]


class DateSyntaxError(ValueError):
    """A text that is not an EDTF date. `offset` is the first character that cannot be read, from 0."""

    def __init__(self, text: str, offset: int, why: str) -> None:
        super().__init__(why)
        self.text = text
        self.offset = offset
        self.why = why

    @property
    def meant(self) -> str:
        """The notation of a date that was written in words; nothing where they are none."""
        return date_in_words(self.text)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date or interval, as precise as its source and no more."""

    text: str
    """The EDTF notation as written in the casefile."""
    earliest: date
    """First day the date can mean. `date.min` when an interval's start is open or unknown."""
    latest: date
    """Last day the date can mean. `date.max` when an interval's end is open or unknown."""
    words: str
    """The date for a reader, in English: `13 November 2024`, `about April 2025`."""
    precision: Precision
    qualifier: Literal["", "?", "~", "%"] = ""
    """EDTF's marks: `?` uncertain, `~` approximate, `%` both."""

    def __str__(self) -> str:
        return self.text

    @property
    def sort_key(self) -> tuple[date, date]:
        """Order of dates: by first possible day, then by last."""
        return (self.earliest, self.latest)

    @property
    def is_open(self) -> bool:
        """Whether either end is open or unknown."""
        return self.earliest == date.min or self.latest == date.max

    @property
    def year(self) -> int:
        """The year under which a reader looks for it: the first known one."""
        return self.latest.year if self.earliest == date.min else self.earliest.year

    @property
    def html_datetime(self) -> str:
        """The value for `<time datetime>`: a plain day, month or year, else nothing (HTML has no EDTF)."""
        return self.text if self.precision != "season" and PLAIN.fullmatch(self.text) else ""


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> PartialDate:
    """Read a calendar date of day, month or year precision, possibly uncertain, or an interval of two.

    Accepts EDTF levels 0 and 1 (ISO 8601-2:2019): `2024`, `2024-11`, `2024-11-13`, `2024~`, `2024-11-XX`,
    `2024-21` (spring), `2025-04-01/2025-05-09`, `2025-04/..`. Raises DateSyntaxError naming the first character
    that cannot be read.
    """
    plain = PLAIN.fullmatch(text)
    if plain:
        return _plain(text, plain)
    return _other(text)


def date_in_words(text: str) -> str:
    """The notation of `2 April 2024`, `April 2, 2024`, `Apr. 2024`; nothing for what is no such date.

    Only English names of months are read: of `2/4/2024` nobody knows which is the month.
    """
    found = next((match for shape in IN_WORDS if (match := shape.fullmatch(text.strip()))), None)
    name = found["month"].lower().replace("sept", "sep") if found else ""
    name = "september" if name == "sepember" else name
    month = next((number for number, full in enumerate(MONTHS) if name and name in (full.lower(), full[:3].lower())), 0)
    if not found or not month:
        return ""
    written = f"{found['year']}-{month:02}" + (f"-{int(found['day']):02}" if found["day"] else "")
    try:
        return parse_date(written).text
    except DateSyntaxError:
        return ""


def _plain(text: str, match: re.Match[str]) -> PartialDate:
    year = int(match[1])
    if year == 0:
        raise DateSyntaxError(text, 0, "the year 0000 is not in the calendar")
    if match[2] is None:
        return PartialDate(text, date(year, 1, 1), date(year, 12, 31), str(year), "year")
    month = int(match[2])
    if month in SEASONS and match[3] is None:
        return _season(text, year, month)
    if not 1 <= month <= 12:
        raise DateSyntaxError(text, 5, f"there is no month {match[2]}")
    last = calendar.monthrange(year, month)[1]
    if match[3] is None:
        return PartialDate(text, date(year, month, 1), date(year, month, last), f"{MONTHS[month]} {year}", "month")
    day = int(match[3])
    if not 1 <= day <= last:
        raise DateSyntaxError(text, 8, f"{MONTHS[month]} {year} has no day {match[3]}")
    exact = date(year, month, day)
    return PartialDate(text, exact, exact, f"{day} {MONTHS[month]} {year}", "day")


def _season(text: str, year: int, season: int) -> PartialDate:
    # EDTF gives seasons no months; these are the meteorological ones of the northern hemisphere, used for order only.
    start = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    end_year, end = (year + 1, 2) if season == 24 else (year, start + 2)
    if end_year > date.max.year:
        raise DateSyntaxError(text, 0, f"the calendar ends with the year {date.max.year}")
    latest = date(end_year, end, calendar.monthrange(end_year, end)[1])
    return PartialDate(text, date(year, start, 1), latest, f"{SEASONS[season]} {year}", "season")


def _other(text: str) -> PartialDate:
    """Intervals, qualified dates, unspecified digits and times of day."""
    if "/" in text:
        return _interval(text)
    timed = TIMED.fullmatch(text)
    if timed:
        day = parse_date(timed[1])
        zone = {"Z": " UTC", None: ""}.get(timed[3], f" UTC{timed[3]}")
        return PartialDate(text, day.earliest, day.latest, f"{day.words}, {timed[2]}{zone}", "day")
    qualified = QUALIFIED.fullmatch(text)
    if qualified:
        return _qualify(text, parse_date(qualified[1]), qualified[2])
    if UNSPECIFIED.fullmatch(text):
        return _unspecified(text)
    raise _syntax_error(text)


def _qualify(text: str, inner: PartialDate, mark: str) -> PartialDate:
    words = {
        "~": f"about {inner.words}",
        "?": f"{inner.words} (uncertain)",
        "%": f"about {inner.words} (uncertain)",
    }[mark]
    return PartialDate(text, inner.earliest, inner.latest, words, inner.precision, mark)  # type: ignore[arg-type]


def _unspecified(text: str) -> PartialDate:
    if PLAIN.fullmatch(text[:7]):
        parse_date(text[:7])  # refuses a month that there is not
    # Imported here: building the library's grammar takes a fifth of a second, and few casebooks have such dates.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        bounds = parse_edtf(text)
        low, high = bounds.lower_strict(), bounds.upper_strict()
        earliest, latest = date(*low[:3]), date(*high[:3])
    except (EDTFParseException, ValueError, TypeError) as error:
        raise _syntax_error(text) from error
    year = text[:4]
    if year.endswith("XX"):
        return PartialDate(text, earliest, latest, f"the {year[:2]}00s", "century")
    if year.endswith("X"):
        return PartialDate(text, earliest, latest, f"the {year[:3]}0s", "decade")
    if text.endswith("-XX") and text[5:7] != "XX":
        words = f"{MONTHS[earliest.month]} {year}, day unknown"
        return PartialDate(text, earliest, latest, words, "month")
    return PartialDate(text, earliest, latest, f"{year}, month unknown", "year")


def _interval(text: str) -> PartialDate:
    start_text, _, end_text = text.partition("/")
    if "/" in end_text:
        raise DateSyntaxError(text, text.index("/", len(start_text) + 1), "an interval has two ends, not more")
    # The library's bounds fail on open ends, so each end is read by itself.
    start = _interval_end(text, start_text, 0)
    end = _interval_end(text, end_text, len(start_text) + 1)
    if start is None and end is None:
        raise DateSyntaxError(text, 0, "an interval needs a date at one end")
    earliest = start.earliest if start else date.min
    latest = end.latest if end else date.max
    if start and end and start.earliest > end.latest:
        raise DateSyntaxError(text, len(start_text) + 1, f"the interval ends ({end.words}) before it starts")
    return PartialDate(text, earliest, latest, _interval_words(start, end, start_text, end_text), "interval")


def _interval_end(whole: str, text: str, offset: int) -> PartialDate | None:
    if text in ("", ".."):
        return None
    try:
        return parse_date(text)
    except DateSyntaxError as error:
        raise DateSyntaxError(whole, offset + error.offset, error.why) from error


def _interval_words(start: PartialDate | None, end: PartialDate | None, start_text: str, end_text: str) -> str:
    if start is None:
        return f"until {end.words}" if start_text == ".." else f"unknown start to {end.words}"  # type: ignore[union-attr]
    if end is None:
        return f"since {start.words}" if end_text == ".." else f"{start.words} to an unknown date"
    return f"{_without_repeats(start, end)} to {end.words}"


def _without_repeats(start: PartialDate, end: PartialDate) -> str:
    """`11` of "11 to 15 November 2024": the start's words without the month and year that the end repeats."""
    if start.qualifier or end.qualifier or "T" in start.text or start.year != end.year or end.precision == "year":
        return start.words
    if start.precision == end.precision == "day" and start.earliest.month == end.earliest.month:
        return str(start.earliest.day)
    return start.words.removesuffix(f" {start.year}")


def _syntax_error(text: str) -> DateSyntaxError:
    """The error for a text that no rule fits, pointing at the first character that cannot belong to a date."""
    shape = re.match(r"\d{0,4}(?:(?<=\d{4})-(?:\d{0,2}(?:(?<=-\d{2})-\d{0,2})?)?)?", text, re.ASCII)
    offset = min(shape.end() if shape else 0, max(len(text) - 1, 0))
    return DateSyntaxError(text, offset, "it is not an EDTF date")


def _pattern() -> str:
    month, day, clock = r"0[1-9]|1[0-2]|2[1-4]|XX", r"0[1-9]|[12]\d|3[01]|XX", r"T\d\d:\d\d[\d:Z+-]*"
    one = rf"\d\d[\dX][\dX](-({month})(-({day})({clock})?)?)?[?~%]?"
    return rf"^({one}|\.\.)?(/({one}|\.\.)?)?$"


DATE_PATTERN = _pattern()
"""What the notation can look like. It refuses no date that `parse_date` reads; it takes some that are not in the calendar."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a date field. EDTF has no registered `format`, so it is a described string with a pattern."""
    return {
        "type": "string",
        "description": "EDTF date or interval, levels 0 and 1, in quotes",
        "examples": ["2024-11-13", "2024-11", "2024~", "2025-04-01/2025-05-09"],
        "pattern": DATE_PATTERN,
        "minLength": 4,
    }
