"""What YAML's parser complains of, in an editor's words and at the place where the slip was made.

The parser stops where it can go no further, which is often a line or more after what was forgotten. The usual slips are
recognised: marks of a merge, an open quotation mark or bracket, a tab, a missing colon or dash, one without its blank, a
line too far in or out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casebook.problems import Location, Problem, shorten
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
_COLON_WITHOUT_BLANK = re.compile(r"([ ]*(?:-[ ]+)?)([A-Za-z_][\w-]*):(?!//)(\S.*)")
_ONLY_A_NAME = re.compile(r"([ ]*)[\w-]+[ ]*$")
_MERGE_MARK = re.compile(r"<{7} |={7}$|>{7} ")
_BLOCK_TEXT = re.compile(r"[:-][ ]+[|>][-+0-9]*[ ]*(?:#.*)?$")
"""How a line ends whose value is the text below it."""
_TO_THE_FIELD = re.compile(r"[ ]*(?:-[ ]+)*")
_QUOTES_OPEN = {'"': re.compile(r'(?:^[ ]*|[:,-][ ]+|[\[{][ ]*)"'), "'": re.compile(r"(?:^[ ]*|[:,-][ ]+|[\[{][ ]*)'")}
_NO_MARK = {'"': re.compile(r"\\."), "'": re.compile(r"''")}
"""Quotation marks inside a quotation, as YAML writes them."""
_INSIDE = {
    '"': "put other marks inside it: “…”, or the whole in single quotation marks",
    "'": "write an apostrophe as ’, or the whole in double quotation marks",
}


def syntax_problem(file: ProjectFile, complaint: Complaint) -> Problem:
    """The complaint as a problem, at the most telling place."""
    marks = [mark.line for mark in (complaint.began, complaint.stopped) if mark]
    # The parser may stop behind the last line, and it breaks lines at characters at which editors do not.
    lines = [*file.lines, *[""] * (max(marks, default=0) + 1 - len(file.lines))]
    slip = next(_slips(lines, complaint), None) or _unknown(complaint)
    place = Location(file.name, slip.line + 1, slip.column + 1)
    if slip.line >= len(file.lines):
        # Where a file ends without a line break, the parser stops on a line that is not there.
        place = Location(file.name, len(file.lines), len(file.lines[-1]) + 1)
    return Problem(place, "CB005", f"this is not YAML: {slip.what}", slip.hint)


def is_below_block_text(lines: Sequence[str], line: int) -> bool:
    """Whether a line follows a text under `|` or `>` and is indented less than that text."""
    here, inside = _indent(lines[line]), 0
    for number in range(line - 1, -1, -1):
        above = lines[number]
        if inside and _BLOCK_TEXT.search(above):
            begins = _TO_THE_FIELD.match(above)
            return begins is not None and inside > begins.end()
        # The search ends at a neighbour of the line, or a file with many such lines would be read as often.
        if above.strip() and _indent(above) <= here:
            return False
        if above.strip():
            inside = min(inside or _indent(above), _indent(above))
    return False


def _slips(lines: list[str], complaint: Complaint) -> Iterator[_Slip]:
    """The slips that may explain a complaint, likeliest first."""
    doing, began, why, stopped = complaint
    if stopped is not None:
        yield from _marks_of_a_merge(lines, stopped)
    if doing == "while scanning a quoted scalar" and "escape" not in why and began:
        yield _open_quotation(*began)
    if stopped is None:
        return
    line = lines[stopped.line]
    yield from _characters(line, complaint, stopped)
    if "expected" in why:
        yield from _quotations(lines, stopped)
    if "could not find expected ':'" in why and began:
        yield from _without_colon(lines, began)
    if doing.startswith("while parsing a flow") and began and began.line < stopped.line:
        what = f"the {'list' if 'sequence' in doing else 'group of fields'} that opens here does not close"
        hint = "close the bracket, and put a comma between entries; or a quotation mark further up is not closed"
        yield _Slip(began.line, began.column, what, hint)
    dash = _DASH_WITHOUT_BLANK.match(line)
    if dash:
        yield _no_blank(stopped.line, dash)
    if "mapping values are not allowed" in why:
        yield from _indented_wrongly(lines, stopped)
        yield _Slip(*stopped, "a colon with a blank after it stands inside a text", "put the whole text in quotes")
    if doing.startswith("while parsing a block") and began and line.strip() and _indent(line) == stopped.column:
        yield from _out_of_line(lines, began, stopped, is_list="'-'" in why)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _marks_of_a_merge(lines: list[str], stopped: Mark) -> Iterator[_Slip]:
    for number, line in enumerate(lines[: stopped.line + 1]):
        if _MERGE_MARK.match(line):
            hint = "keep one version of what stands between <<<<<<< and >>>>>>>, and delete the marks"
            yield _Slip(number, 0, "this is git's mark of a conflict between two versions", hint)


def _characters(line: str, complaint: Complaint, stopped: Mark) -> Iterator[_Slip]:
    """Characters that cannot stand where they do."""
    cannot_start = "cannot start any token" in complaint.why
    found = line[stopped.column : stopped.column + 1]
    is_indent = line.startswith("\t") or line[: stopped.column + 1].strip(" ") == "\t"
    if is_indent or (cannot_start and found == "\t"):
        yield _Slip(*stopped, "a tab stands where blanks are wanted", "indent with spaces, not tabs")
    elif cannot_start:
        yield _Slip(*stopped, f"a text cannot begin with {found}", "put the whole text in quotes")


def _open_quotation(line: int, column: int) -> _Slip:
    return _Slip(line, column, "a quotation mark opened here may not be closed", "close it, or take it away")


def _quotations(lines: list[str], stopped: Mark) -> Iterator[_Slip]:
    """A quotation that ended just before the parser stopped, so too early, or on a line where another was to begin."""
    before = lines[stopped.line][: stopped.column].rstrip()
    mark = before[-1:]
    if mark not in _QUOTES_OPEN:
        return
    if _marks_in(before, mark) % 2 == 0:
        hint = f"{_INSIDE[mark]}; or begin what follows on a line of its own"
        yield _Slip(*stopped, "the quotation ends before this", hint)
        return
    # Inside a quotation no mark can stand, so the last one above is the one that opened it.
    above = next((n for n in range(stopped.line - 1, -1, -1) if _marks_in(lines[n], mark)), None)
    opens = [] if above is None else [found.end() - 1 for found in _QUOTES_OPEN[mark].finditer(lines[above])]
    if above is not None and opens and not _marks_in(lines[above][opens[-1] + 1 :], mark):
        yield _open_quotation(above, opens[-1])


def _marks_in(text: str, mark: str) -> int:
    return _NO_MARK[mark].sub("", text).count(mark)


def _without_colon(lines: list[str], began: Mark) -> Iterator[_Slip]:
    yield from _no_blank_after_colon(lines, began.line)
    if is_below_block_text(lines, began.line):
        what, hint = "this line is indented less than the text above", "indent it like the lines above"
        yield _Slip(*began, what, f'{hint}, or write it as a field: "name: value"')
    above = next((line for line in reversed(lines[: began.line]) if line.strip() and _indent(line) <= began.column), "")
    if above.startswith("- ", began.column) and not above[: began.column].strip():
        yield _no_dash(*began)
    yield _no_colon(*began)


def _no_colon(line: int, column: int) -> _Slip:
    hint = 'write fields as "name: value"; or a quotation mark further up is not closed'
    return _Slip(line, column, "this line has no colon after its first word", hint)


def _no_blank_after_colon(lines: list[str], number: int) -> Iterator[_Slip]:
    found = _COLON_WITHOUT_BLANK.match(lines[number])
    if found:
        hint = f'put a space after the colon: "{found[2]}: {shorten(found[3], 30)}"'
        yield _Slip(number, len(found[1]), "there is no blank after the colon", hint)


def _no_dash(line: int, column: int) -> _Slip:
    hint = 'begin the entry with "- "; or indent the line further, if it belongs to the entry above'
    return _Slip(line, column, "this line of the list does not begin with a dash", hint)


def _indented_wrongly(lines: list[str], stopped: Mark) -> Iterator[_Slip]:
    above = next((number for number in range(stopped.line - 1, -1, -1) if lines[number].strip()), None)
    name = _ONLY_A_NAME.match(lines[stopped.line][: stopped.column])
    if above is None or name is None:
        return
    dash = _DASH_WITHOUT_BLANK.match(lines[above])
    if dash:
        yield _no_blank(above, dash)
    yield from _no_blank_after_colon(lines, above)
    to_the_field = _TO_THE_FIELD.match(lines[above])
    if to_the_field and to_the_field.end() == len(name[1]):
        yield _no_colon(above, to_the_field.end())
    if len(name[1]) > _indent(lines[above]):
        hint = "begin it below the first letter of the line above, or put the text that began there in quotes"
        if len(name[1]) == _indent(lines[above]) + len("- "):
            hint += '; where a list begins, put "- " before the line above'
        yield _Slip(stopped.line, len(name[1]), "this line is indented further than the one above", hint)


def _out_of_line(lines: list[str], began: Mark, stopped: Mark, *, is_list: bool) -> Iterator[_Slip]:
    """A line that begins where nothing around it does."""
    line = lines[stopped.line]
    if is_list and stopped.column == began.column:
        yield _no_dash(*stopped)
    if line.startswith("- ", stopped.column):
        yield from _first_without_dash(lines, stopped)
        what = "this dash does not stand below those of its list"
        yield _Slip(*stopped, f"the indentation is wrong: {what}", "line up the dashes")
    where = "entries of this list" if is_list else "fields above"
    hint = "begin it below the first letter of the field that it follows, or line up the dashes"
    yield _Slip(*stopped, f"the indentation is wrong: this line does not line up with the {where}", hint)


def _first_without_dash(lines: list[str], stopped: Mark) -> Iterator[_Slip]:
    """The first entry of a list, when a later one shows that it lacks its dash."""
    first = None
    for number in range(stopped.line - 1, -1, -1):
        line = lines[number]
        is_beside = _indent(line) == stopped.column and (line.startswith("- ", stopped.column) or ":" in line)
        if line.strip() and (_indent(line) < stopped.column or is_beside):
            break
        first = number if line.strip() else first
    if first is not None and not lines[first].lstrip().startswith(("- ", "#")):
        yield _Slip(first, _indent(lines[first]), "this list does not begin with a dash", 'begin the entry with "- "')


def _no_blank(line: int, dash: re.Match[str]) -> _Slip:
    hint = 'write "- " before the first field of an entry'
    return _Slip(line, dash.end() - 1, "there is no blank after this dash", hint)


def _unknown(complaint: Complaint) -> _Slip:
    mark = complaint.stopped or Mark(0, 0)
    hint = _GENERAL_HINT
    if "expected" in complaint.why:
        # Where a quotation mark is not closed, the quotation ends at the next one, and what follows makes no sense.
        hint += ", or a quotation mark further up is not closed"
    said = " ".join(part for part in (complaint.doing, complaint.why) if part)
    return _Slip(*mark, f"what stands here cannot be read ({said})", hint)
