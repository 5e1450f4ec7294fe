"""The casefiles as they would be: what the checker would say of a change that is not written yet."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.admin.entries import remembering
from casebook.nodes import MappingNode, Node, ScalarNode, SequenceNode
from casebook.pipeline import PREVIEW, load_casebook
from casebook.problems import Problem
from casebook.yaml_reading import compose_text


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as the form shows it: with the field's name, since the editor may never have seen the file."""

    field: str
    problem: Problem


def problems_now(casefiles: Path, today: date | None) -> Sequence[Problem]:
    """Every problem that there is, with cases in draft and review checked as if they were published."""
    return _checked(casefiles, casefiles, today)


def _checked(folder: Path, casefiles: Path, today: date | None) -> Sequence[Problem]:
    return load_casebook(folder, statuses=PREVIEW, today=today, means=remembering(casefiles)).problems


def problems_with(casefiles: Path, file: Path, text: str | None, today: date | None) -> Sequence[Problem]:
    """Every problem that there would be if `file` held `text`, or were not there. The casefiles stay as they are."""
    with tempfile.TemporaryDirectory(dir=_beside(casefiles), prefix="check-") as folder:
        copy = Path(folder, casefiles.name)
        shutil.copytree(casefiles, copy, symlinks=True, copy_function=_link)
        place = copy / file.relative_to(casefiles)
        # Taken away first: a file that is linked and written to would be written to in its old place as well.
        place.unlink(missing_ok=True)
        if text is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        return _checked(copy, casefiles, today)


def _beside(casefiles: Path) -> Path:
    """A folder on the same disk, so that files can be linked instead of copied."""
    folder = casefiles.parent / ".cache" / "admin"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def tell(name: str, text: str | None, problems: Iterable[Problem]) -> tuple[Told, ...]:
    """The problems with the fields of those that stand in the file `name`, which holds `text`."""
    root = compose_text(text, name)[0] if text else None
    return tuple(
        Told(field_of(root, problem) if problem.location.file == name else "", problem) for problem in problems
    )


def not_among(told: Iterable[Told], now: Iterable[Problem]) -> list[Told]:
    """Those that were not there before, wherever their lines have moved to."""
    known = Counter(map(_apart_from_place, now))
    fresh = []
    for item in told:
        known[_apart_from_place(item.problem)] -= 1
        if known[_apart_from_place(item.problem)] < 0:
            fresh.append(item)
    return fresh


def _apart_from_place(problem: Problem) -> tuple[str, str, str]:
    return problem.location.file, problem.code, problem.message


def field_of(root: Node | None, problem: Problem) -> str:
    """The way to a problem's field in the form's words: `events › stage › cites › 1`."""
    place = (problem.location.line - 1, problem.location.column - 1)
    way: list[str] = []
    node = root
    # What is missing is reported at the start of what it is missing from.
    while node is not None and not (problem.code == "CB101" and (node.line, node.column) == place):
        steps = [(title, child) for start, title, child in _children(node) if start <= place]
        title, node = steps[-1] if steps else ("", None)
        way += [title] if title else []
    return " › ".join(way)


def _children(node: Node) -> Iterator[tuple[tuple[int, int], str, Node]]:
    """What stands in a node: where it starts, its name, itself."""
    if isinstance(node, MappingNode):
        for name, key in node.keys.items():
            if name in node.values:
                yield (key.line, key.column), name, node.values[name]
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.items, start=1):
            named = item.values.get("id") if isinstance(item, MappingNode) else None
            yield (item.line, item.column), named.value if isinstance(named, ScalarNode) else str(number), item
