"""Comments with which editors allow what a rule reports: `# allow CB309: the second report is a reprint of the first`.

An allowance stands on the line of the problem or alone on the line above. It holds for its line, for a text that begins
there and runs on, and, where the line opens a list or fields, for the place where these begin: `body:  # allow CB306: …`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebook.codes import all_codes
from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode, compose_text
from casebook.problems import Location, Problem, Severity, nearest
from casebook.text_files import BREAK, read_text

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
    reason: str
    lines: range
    """Lines for which it holds, from 1."""
    beginnings: frozenset[tuple[int, int]]
    """Lines and columns, from 1, of lists and fields that its line opens."""
    is_used: bool = field(default=False, compare=False)

    def holds_for(self, problem: Problem) -> bool:
        """Whether a problem is of its code and at its place."""
        line, column = problem.location.line, problem.location.column
        meant = self.code if self.code in all_codes() else nearest(self.code, all_codes())
        return problem.code == meant and (line in self.lines or (line, column) in self.beginnings)


def apply_allowances(
    files: Mapping[str, Path], problems: Iterable[Problem], judged: Collection[str], quiet: Collection[str] = ()
) -> tuple[list[Problem], list[Allowed]]:
    """The problems that remain, with those of allowances themselves; and those that are allowed.

    `files` are the files that were read: name → path. `judged` are the codes that were looked for, so that an allowance
    of one that finds nothing is reported; in `quiet` files none is.
    """
    allowances = {name: found for name, path in files.items() if (found := _read_allowances(path, name))}
    left: list[Problem] = []
    allowed: list[Allowed] = []
    for problem in problems:
        holding = [one for one in allowances.get(problem.location.file, ()) if one.holds_for(problem)]
        if holding and all_codes()[problem.code].can_be_allowed:
            allowed.append(Allowed(problem, holding[0].reason))
            for one in holding:
                one.is_used = True
        else:
            left.append(problem)
    for name, found in allowances.items():
        for one in found:
            left += _faults(one, judged if name not in quiet else ())
    return left, allowed


def _read_allowances(path: Path, name: str) -> list[Allowance]:
    text, _ = read_text(path, name)
    if text is None or not _SEEMING.search(text):
        return []
    return list(find_allowances(text, name))


def _faults(one: Allowance, judged: Collection[str]) -> Iterator[Problem]:
    code = all_codes().get(one.code)
    if code is None:
        meant = nearest(one.code, all_codes())
        hint = f'did you mean "{meant}"?' if meant else "copy the code from the message"
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


def find_allowances(text: str, name: str) -> Iterator[Allowance]:
    """Every allowance in the comments of a YAML text; none where the text is not YAML."""
    root, _ = compose_text(text, name)
    if root is None:
        return
    nodes = list(_nodes(root))
    lines = BREAK.split(text)
    for number, line in enumerate(lines):
        for match in _ALLOWANCE.finditer(line):
            if _is_comment(number, match.start(), line, nodes):
                yield from _allowances(match, number, lines, nodes, name)
                break  # a comment reaches to the end of its line


def _allowances(
    match: re.Match[str], number: int, lines: list[str], nodes: list[Node], name: str
) -> Iterator[Allowance]:
    here = number
    if not lines[number][: match.start()].strip():
        here = next((n for n in range(number + 1, len(lines)) if _has_content(lines[n])), number)
    last, beginnings = _reach(here, nodes)
    for code in _CODE.finditer(match[1]):
        place = Location(name, number + 1, match.start(1) + code.start() + 1)
        yield Allowance(place, code[0].upper(), match[2].strip(), range(here + 1, last + 2), beginnings)


def _has_content(line: str) -> bool:
    return line.strip() != "" and not line.lstrip().startswith("#")


def _reach(line: int, nodes: Iterable[Node]) -> tuple[int, frozenset[tuple[int, int]]]:
    """The last line, from 0, of the texts that begin on a line, and the places of what the line opens."""
    last = line
    beginnings: set[tuple[int, int]] = set()
    for node in nodes:
        if isinstance(node, ScalarNode) and node.line == line:
            last = max(last, node.end_line - (node.style in _BLOCK))
        elif isinstance(node, MappingNode):
            for key, scalar in node.keys.items():
                value = node.values.get(key)
                if scalar.line == line and value is not None and value.line > line:
                    beginnings.add((value.line + 1, value.column + 1))
    return last, frozenset(beginnings)


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


def _is_comment(line: int, column: int, text: str, nodes: Iterable[Node]) -> bool:
    """Whether the # at a place begins a comment, and does not stand in a text."""
    if column and text[column - 1] not in " \t":
        return False
    return not any(isinstance(node, ScalarNode) and _holds(node, line, column) for node in nodes)


def _holds(node: ScalarNode, line: int, column: int) -> bool:
    """Whether a place is inside a text. Plain texts end before a # that follows a blank."""
    if node.style in _BLOCK:
        return node.line < line < node.end_line
    if not node.style or not node.line <= line <= node.end_line:
        return False
    last = node.locate(max(0, len(node.value) - 1))
    return (node.line, node.column) < (line, column) < (last.line - 1, last.column)
