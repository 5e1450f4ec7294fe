"""What the readers of a published case are not told yet, where git has an older version of it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from casebook.history import Side, compare
from casebook.past import read_side
from casebook.problems import Problem, Severity
from casebook.reading import read_case
from casebook.revisions import NoHistoryError, changed_files, find_revision


def untold_changes(casefiles: Path, file: Path, today: date) -> list[Problem]:
    """A warning (CB602) when a case differs in substance from the last commit and nothing tells its readers.

    No more than a note for the editor: `casebook history`, which knows what else was renamed, decides. Nothing is said
    where the casefiles are not in git.
    """
    name = file.relative_to(casefiles).as_posix()
    try:
        revision = find_revision(casefiles, "HEAD")
        before = changed_files(revision, casefiles).get(name)
    except NoHistoryError:
        return []
    now, _ = read_case(file, f"{casefiles.name}/{name}")
    if before is None or now is None:
        return []
    new = Side({now.model.id: now}, {}, {})
    found = compare(_alone(name, before), new, since=revision.label, today=today).problems
    return [replace(problem, severity=Severity.WARNING) for problem in found if problem.code == "CB602"]


def _alone(name: str, content: bytes) -> Side:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "casefiles", name)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return read_side(Path(folder, "casefiles"))
