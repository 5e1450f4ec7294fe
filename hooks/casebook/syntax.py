"""What YAML's parser complains of, in an editor's words and at the place where the slip was made.

The parser stops where it can go no further, which is often a line or more after what was forgotten. The usual slips are
recognised: an open quotation mark or bracket, a tab, a missing colon, a dash without a blank, a line too far in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from casebook.problems import Location, Problem
from casebook.text_files import ProjectFile


class Mark(NamedTuple):
    """A place, counted from 0."""

    line: int
    column: int


class Complaint(NamedTuple):
    """What the parser says."""

    doing: str
    """What it was about to read, where it says so."""
    began: Mark | None
    """Where that began."""
    why: str
    """What stopped it."""
    stopped: Mark | None


class _Slip(NamedTuple):
    line: int
    column: int
    what: str
    hint: str


_GENERAL_HINT = 'check indentation and colons near here; put text that holds ": " or " #" in quotes'
_DASH_WITHOUT_BLANK = re.compile(r"[ ]*-(?=[^\s-][^\s:]*:(?:\s|$))")
_ONLY_A_NAME = re.compile(r"([ ]*)[\w-]+[ ]*$")


def syntax_problem(file: ProjectFile, complaint: Complaint) -> Problem:
    """The complaint as a problem, at the most telling place."""
    slip = next(_slips(file.lines, complaint), None) or _unknown(complaint)
    place = Location(file.name, slip.line + 1, slip.column + 1)
    if slip.line >= len(file.lines):
        # Where a file ends without a line break, the parser stops on a line that is not there.
        place = Location(file.name, len(file.lines), len(file.lines[-1]) + 1)
    return Problem(place, "CB005", f"this is not YAML: {slip.what}", slip.hint)


def _slips(lines: list[str], complaint: Complaint) -> Iterator[_Slip]:
    """The slips that may explain a complaint, likeliest first."""
    doing, began, why, stopped = complaint
    if doing == "while scanning a quoted scalar" and "escape" not in why and began:
        yield _Slip(
            began.line, began.column, "a quotation mark opened here may not be closed", "close it, or take it away"
        )
    if stopped is None:
        return
    line = lines[stopped.line] if stopped.line < len(lines) else ""
    if line.startswith("\t") or line[: stopped.column + 1].strip(" ") == "\t":
        yield _Slip(stopped.line, stopped.column, _said(complaint), "indent with spaces, not tabs")
    if "could not find expected ':'" in why and began:
        hint = 'write fields as "name: value"; or a quotation mark further up is not closed'
        yield _Slip(began.line, began.column, "this line has no colon after its first word", hint)
    if doing.startswith("while parsing a flow") and began and began.line < stopped.line:
        what = f"the {'list' if 'sequence' in doing else 'group of fields'} that opens here does not close"
        hint = "close the bracket, and put a comma between entries; or a quotation mark further up is not closed"
        yield _Slip(began.line, began.column, what, hint)
    dash = _DASH_WITHOUT_BLANK.match(line)
    if dash:
        yield _no_blank(stopped.line, dash)
    if "mapping values are not allowed" in why:
        yield from _indented_wrongly(lines, stopped)


def _indented_wrongly(lines: list[str], stopped: Mark) -> Iterator[_Slip]:
    above = next((number for number in range(stopped.line - 1, -1, -1) if lines[number].strip()), None)
    name = _ONLY_A_NAME.match(lines[stopped.line][: stopped.column])
    if above is None or name is None:
        return
    dash = _DASH_WITHOUT_BLANK.match(lines[above])
    if dash:
        yield _no_blank(above, dash)
    if len(name[1]) > len(lines[above]) - len(lines[above].lstrip()):
        hint = "begin it below the first letter of the line above, or put the text that began there in quotes"
        yield _Slip(stopped.line, len(name[1]), "this line is indented further than the one above", hint)


def _no_blank(line: int, dash: re.Match[str]) -> _Slip:
    hint = 'write "- " before the first field of an entry'
    return _Slip(line, dash.end() - 1, "there is no blank after this dash", hint)


def _unknown(complaint: Complaint) -> _Slip:
    mark = complaint.stopped or Mark(0, 0)
    hint = _GENERAL_HINT
    if "expected" in complaint.why:
        # Where a quotation mark is not closed, the quotation ends at the next one, and what follows makes no sense.
        hint += ", or a quotation mark further up is not closed"
    return _Slip(*mark, _said(complaint), hint)


def _said(complaint: Complaint) -> str:
    return " ".join(part for part in (complaint.doing, complaint.why) if part)
