"""The panel that lists what is wrong, and the line at the head of a page whose own casefile is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from casebook.codes import FEW, all_codes
from casebook.preview.moments import Moment
from casebook.problems import Problem
from casebook.views.page import Link, Row
from casebook.views.rendering import counted, fragment

SHOWN = 40
"""Problems that the panel lists; whoever has more mends the first ones first."""
NO_FAULT_OF_YOURS = "This is a mistake in the casebook's own code, not in your file; the terminal shows where."

OUTGROWN = "The program itself has changed: start it again"


class Notices(NamedTuple):
    """What is put into a page of the preview. Both are empty when all is well."""

    panel: Markup
    """The list of problems."""
    here: Markup
    """Said at the head of the page whose own casefile has errors."""


def notices(moment: Moment, project: Path, uri: str, root: str) -> Notices:
    """What the page at `uri` has to say at this moment; `root` is the address of the site's root, as links to it begin."""
    own = moment.edition.pages[uri].file if moment.edition and uri in moment.edition.pages else ""
    shown = sorted(moment.problems, key=lambda problem: (not problem.is_error, problem.location.file != own))[:SHOWN]
    faults = list(_faults(moment))
    if not shown and not faults:
        return Notices(Markup(), Markup())
    as_of = moment.edition.read_at.strftime("%H:%M:%S") if moment.edition else ""
    panel = fragment(
        "preview_panel", groups=list(_groups(moment, shown, project, root)), faults=faults, as_of=as_of,
        heading=_heading(moment, faults), is_good=moment.is_good, more=len(moment.problems) - len(shown),
        first=_first_words(shown, faults),
    )  # fmt: skip
    return Notices(panel, _here(moment, own, as_of))


def _heading(moment: Moment, faults: list[Row]) -> str:
    errors = sum(problem.is_error for problem in moment.problems)
    warnings = len(moment.problems) - errors
    kinds = [(errors, "error"), (warnings, "warning"), (len(faults), "failure")]
    return ", ".join(counted(number, noun) for number, noun in kinds if number)


def _first_words(shown: list[Problem], faults: list[Row]) -> str:
    """What is said of the first problem before the list is opened."""
    if faults:
        return str(faults[0].what)
    place = shown[0].location
    return f"{place.file}, line {place.line}: {shown[0].message}"


def _faults(moment: Moment) -> Iterator[Row]:
    if moment.is_outgrown:
        yield Row(what=OUTGROWN, words="", remedy="Press Ctrl-C in its terminal, and say make serve again.")
    if moment.reading_fault:
        yield Row(what="The casefiles could not be read", words=moment.reading_fault, remedy=NO_FAULT_OF_YOURS)
    if moment.building_fault:
        remedy = "Mend mkdocs.yml, the page or the template that it names; the terminal shows more."
        yield Row(what="The hand-written pages could not be built", words=moment.building_fault, remedy=remedy)


def _groups(moment: Moment, shown: list[Problem], project: Path, root: str) -> Iterator[Row]:
    """The problems of one file after another, in the order given; where many have one code, they stand together."""
    count = Counter(map(_kind, moment.problems))
    for file, some in groupby(shown, key=lambda problem: problem.location.file):
        kinds: dict[object, list[Problem]] = {}
        for problem in some:
            kinds.setdefault(_kind(problem) if count[_kind(problem)] > FEW else problem, []).append(problem)
        yield Row(file=file, kinds=[_together(moment, alike, count, project, root) for alike in kinds.values()])


def _kind(problem: Problem) -> tuple[str, str, bool]:
    return problem.location.file, problem.code, problem.is_error


def _together(
    moment: Moment, alike: list[Problem], count: Counter[tuple[str, str, bool]], project: Path, root: str
) -> Row:
    """Problems that are told in one line, where they are many, and each by itself below it."""
    first, number = alike[0], count[_kind(alike[0])]
    return Row(
        summary=f"{number} {all_codes()[first.code].many}" if number > FEW else "", severity=first.severity.value,
        code=first.code, problems=[_row(moment, problem, project, root) for problem in alike],
    )  # fmt: skip


def _row(moment: Moment, problem: Problem, project: Path, root: str) -> Row:
    place = problem.location
    path = quote((project / place.file).as_posix())
    return Row(
        severity=problem.severity.value, message=problem.message, hint=problem.hint,
        place=Link(f"vscode://file{path}:{place.line}:{place.column}", f"{place.line}:{place.column}"),
        code=Link(f"{root}{_page_of(moment, problem.code)}", problem.code), excerpt=moment.excerpts.get(place),
    )  # fmt: skip


def _page_of(moment: Moment, code: str) -> str:
    """Where the site explains a code."""
    own = f"problems/{code.lower()}/"
    return own if moment.edition and own in moment.edition.pages else f"problems/#{code.lower()}"


def _here(moment: Moment, own: str, as_of: str) -> Markup:
    errors = [problem for problem in moment.problems if problem.is_error and problem.location.file == own]
    if not errors:
        return Markup()
    return fragment("preview_here", file=own, errors=counted(len(errors), "error"), as_of=as_of)
