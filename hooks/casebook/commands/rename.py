"""`casebook rename`: give something another id everywhere, and keep its old address."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from casebook.attest import write_attestations
from casebook.attestations import FILE_NAME, load_attestations
from casebook.commands.arguments import add_casefiles, today
from casebook.history import compare
from casebook.past import read_side
from casebook.pipeline import PREVIEW, load_casebook
from casebook.problems import Problem
from casebook.renaming import Plan, RenameRefusedError, plan_rename, renamed_attestations
from casebook.report import format_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("old", metavar="OLD", help="an id, case-id#local-id, or readings/id")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Rename. 1 when the casefiles have errors, 2 when there is no such id or the new one is taken."""
    loaded = load_casebook(options.casefiles, statuses=PREVIEW, today=today())
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        print("casebook rename: mend these first; nothing was renamed", file=sys.stderr)
        return 1
    try:
        plan = plan_rename(read_side(options.casefiles), options.old, options.new)
        warnings = _tried(options, plan)
        about = len(_attested_anew(options.casefiles, options.old, options.new))
        if not options.dry_run:
            _carry_out(options.casefiles, plan, options.old, options.new)
    except RenameRefusedError as error:
        print(f"casebook rename: {error}", file=sys.stderr)
        return 2
    for path in plan.texts:
        print(path.relative_to(options.casefiles.parent).as_posix())
    if about:
        print((options.casefiles / FILE_NAME).relative_to(options.casefiles.parent).as_posix())
    for old, new in plan.moves.items():
        print(f"{old.relative_to(options.casefiles.parent).as_posix()} → {new.name}")
    changed = f"{_counted(plan.places, 'place')} in {_counted(len(plan.texts), 'file')}"
    if about:
        changed += f" and {_counted(about, 'attestation')} in {FILE_NAME}"
    print(f"{changed}{' would change' if options.dry_run else ' changed'}")
    if warnings:
        print(format_text(warnings))
    return 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tried(options: argparse.Namespace, plan: Plan) -> list[Problem]:
    """Carry the plan out on a copy: it must load without an error, and nothing that was published may change or go."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / options.casefiles.name
        shutil.copytree(options.casefiles, trial)
        moved = Plan(
            {trial / path.relative_to(options.casefiles): text for path, text in plan.texts.items()},
            {
                trial / a.relative_to(options.casefiles): trial / b.relative_to(options.casefiles)
                for a, b in plan.moves.items()
            },
        )
        _carry_out(trial, moved, options.old, options.new)
        loaded = load_casebook(trial, statuses=PREVIEW, today=today())
        done = compare(read_side(options.casefiles), read_side(trial), since="now", today=today())
    faults = [problem for problem in (*loaded.problems, *done.problems) if problem.is_error]
    if faults or done.changes:
        first = str(faults[0]) if faults else next(iter(done.changes.values()))[0].what
        raise RenameRefusedError(f"the casefiles would not be sound: {first}; nothing was renamed")
    return [problem for problem in done.problems if not problem.is_error]


def _carry_out(folder: Path, plan: Plan, old: str, new: str) -> None:
    for path, text in plan.texts.items():
        draft = path.with_name(f".{path.name}.new")
        draft.write_bytes(text.encode())
        shutil.copymode(path, draft)
        draft.replace(path)
    for path, target in plan.moves.items():
        path.replace(target)
    if _attested_anew(folder, old, new):
        attestations = load_attestations(folder / FILE_NAME, FILE_NAME)[0]
        write_attestations(folder, renamed_attestations(dict(attestations), old, new.rpartition("#")[2]))


def _attested_anew(folder: Path, old: str, new: str) -> list[str]:
    """The quotes whose attestations say another id after the renaming; none where the file cannot be read."""
    attestations = load_attestations(folder / FILE_NAME, FILE_NAME)[0]
    told = renamed_attestations(dict(attestations), old, new.rpartition("#")[2])
    return [key for key, attestation in told.items() if attestations.get(key) != attestation]
