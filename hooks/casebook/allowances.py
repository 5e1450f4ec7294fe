"""Comments with which editors allow what a rule reports: `# allow CB309: the second report is a reprint of the first`.

An allowance stands on the line of the problem or alone on the line above. It holds for its line, for a text that begins
there and runs on, and, where the line opens a list or fields, for the place where these begin: `body:  # allow CB306: …`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebook.codes import all_codes
from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode
from casebook.problems import Location, Problem, Severity, nearest
from casebook.text_files import BREAK, read_text
from casebook.yaml_reading import compose_text

_SEEMING = re.compile(r"#[ \t]*[Aa]llow")
"""Whether a text is worth a closer look. It begins with a fixed character, so that most files are passed over quickly."""
_ALLOWANCE = re.compile(r"#[ \t]*allow[ \t]*:?[ \t]+(cb\d\w*(?:[ \t]*,[ \t]*cb\w+)*)[ \t:.–—-]*(.*)", re.IGNORECASE)
_CODE = re.compile(r"cb\w+", re.IGNORECASE)
_BLOCK = ("|", ">")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A problem that an editor has allowed."""

    problem: Problem
    reason: str


@dataclass(slots=True)
class Allowance:
    """One code that one comment allows."""

    place: Location
    """Where the code stands."""
    code: str
    """As it is written; it may name nothing."""
    meant: str
    """The code that was probably meant; the same where it exists."""
    reason: str
    line: int
    """The line, from 0, for which it stands: its own, or the one below."""
    is_used: bool = field(default=False, compare=False)


class FileAllowances:
    """The allowances of one file. Looking one up costs the same however many there are."""

    def __init__(self, allowances: Iterable[Allowance], reach: _Reach) -> None:
        self.all = tuple(allowances)
        self._reach = reach
        self._by_line: dict[tuple[int, str], list[Allowance]] = defaultdict(list)
        for one in self.all:
            self._by_line[one.line, one.meant].append(one)

    def holding_for(self, problem: Problem) -> list[Allowance]:
        """Those of a problem's code that hold at its place."""
        lines = self._reach.lines_for(problem.location.line - 1, problem.location.column - 1)
        return [one for line in lines for one in self._by_line.get((line, problem.code), ())]


def apply_allowances(
    files: Mapping[str, Path], problems: Iterable[Problem], judged: Collection[str], quiet: Collection[str] = ()
) -> tuple[list[Problem], list[Allowed]]:
    """The problems that remain, with those of allowances themselves; and those that are allowed.

    `files` are the files that were read: name → path. `judged` are the codes that were looked for, so that an allowance
    of one that finds nothing is reported; in `quiet` files none is.
    """
    allowances = {name: found for name, path in files.items() if (found := _read_allowances(path, name)).all}
    left: list[Problem] = []
    allowed: list[Allowed] = []
    for problem in problems:
        heard = allowances.get(problem.location.file)
        holding = heard.holding_for(problem) if heard else []
        if holding and all_codes()[problem.code].can_be_allowed:
            allowed.append(Allowed(problem, holding[0].reason))
            for one in holding:
                one.is_used = True
        else:
            left.append(problem)
    for name, heard in allowances.items():
        for one in heard.all:
            left += _faults(one, judged if name not in quiet else ())
    return left, allowed


def _read_allowances(path: Path, name: str) -> FileAllowances:
    text, _ = read_text(path, name)
    return find_allowances(text or "", name)


def _faults(one: Allowance, judged: Collection[str]) -> Iterator[Problem]:
    code = all_codes().get(one.code)
    if code is None:
        hint = f'did you mean "{one.meant}"?' if one.meant else "copy the code from the message"
        yield Problem(one.place, "CB014", f'there is no code "{one.code}"', hint)
    elif not code.can_be_allowed:
        hint = "mend what it reports, and delete the allowance"
        yield Problem(one.place, "CB016", f"{one.code} cannot be allowed", hint)
    elif not re.search(r"\w", one.reason):
        hint = f"say why: # allow {one.code}: the reason"
        yield Problem(one.place, "CB015", f"this allowance of {one.code} gives no reason", hint)
    elif not one.is_used and one.code in judged:
        hint = "delete the allowance, or move it to the line that is reported or alone on the line above"
        yield Problem(one.place, "CB017", f"there is no {one.code} here to allow", hint, Severity.WARNING)


def find_allowances(text: str, name: str) -> FileAllowances:
    """Every allowance in the comments of a YAML text; none where the text is not YAML."""
    # A text that ends without a line break would end on another line than all others.
    root = compose_text(f"{text}\n", name)[0] if _SEEMING.search(text) else None
    reach = _Reach(root)
    return FileAllowances(_in_comments(BREAK.split(text), reach, name) if root else (), reach)


def _in_comments(lines: list[str], reach: _Reach, name: str) -> Iterator[Allowance]:
    below = len(lines)
    found: list[Allowance] = []
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        match = next((m for m in _ALLOWANCE.finditer(line) if reach.is_comment(number, m.start(), line)), None)
        stands_alone = line.lstrip().startswith("#") and not reach.is_text(number)
        if line.strip() and not stands_alone:
            below = number
        if match:
            found += _of_comment(match, number, below if stands_alone else number, name)
    return reversed(found)


def _of_comment(match: re.Match[str], number: int, line: int, name: str) -> Iterator[Allowance]:
    for code in reversed(list(_CODE.finditer(match[1]))):
        place = Location(name, number + 1, match.start(1) + code.start() + 1)
        written = code[0].upper()
        meant = written if written in all_codes() else nearest(written, all_codes())
        yield Allowance(place, written, meant, match[2].strip(), line)


class _Reach:
    """Where in a file texts run on and what lines open, so that allowances hold for them as a whole."""

    def __init__(self, root: Node | None) -> None:
        self._texts: dict[int, list[ScalarNode]] = defaultdict(list)
        """Line, from 0 → texts in quotes or of several lines that stand on it."""
        self._opened_by: dict[tuple[int, int], list[int]] = defaultdict(list)
        """Where a list or fields begin → lines of their keys, when these are others."""
        for node in _nodes(root) if root else ():
            if isinstance(node, MappingNode):
                for name, key in node.keys.items():
                    value = node.values.get(name)
                    if value is not None and value.line > key.line:
                        self._opened_by[value.line, value.column].append(key.line)
            elif isinstance(node, ScalarNode) and (node.style or node.end_line > node.line):
                for line in range(node.line, _last_line(node) + 1):
                    self._texts[line].append(node)

    def lines_for(self, line: int, column: int) -> Iterator[int]:
        """The lines of which an allowance holds at a place: its own, that where its text begins, that of its key."""
        lines = {line, *(text.line for text in self._texts.get(line, ()))}
        lines.update(self._opened_by.get((line, column), ()))
        return iter(sorted(lines))

    def is_text(self, line: int) -> bool:
        """Whether a line begins inside a text."""
        return any(text.line < line for text in self._texts.get(line, ()))

    def is_comment(self, line: int, column: int, text: str) -> bool:
        """Whether the # at a place begins a comment, and does not stand in a text."""
        if column and text[column - 1] not in " \t":
            return False
        return not any(_holds(node, line, column) for node in self._texts.get(line, ()))


def _last_line(node: ScalarNode) -> int:
    return max(node.line, node.end_line - (node.style in _BLOCK))


def _nodes(root: Node) -> Iterator[Node]:
    """Every node below a root, keys too."""
    work: list[Node] = [root]
    while work:
        node = work.pop()
        yield node
        if isinstance(node, MappingNode):
            work += node.keys.values()
            work += node.values.values()
        elif isinstance(node, SequenceNode):
            work += node.items


def _holds(node: ScalarNode, line: int, column: int) -> bool:
    """Whether a place is inside a text. Plain texts end before a # that follows a blank."""
    if node.style in _BLOCK:
        return node.line < line
    if not node.style:
        return False
    last = node.locate(max(0, len(node.value) - 1))
    return (node.line, node.column) < (line, column) < (last.line - 1, last.column)
