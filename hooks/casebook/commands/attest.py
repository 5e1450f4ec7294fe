"""`casebook attest`: find every quote in an archive of source texts."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.archive import read_archive
from casebook.attest import Attested, attest_quotes, write_attestations
from casebook.attestations import FILE_NAME, load_attestations
from casebook.commands.arguments import add_casefiles, folder, today
from casebook.lookups import OUTCOMES, Lookup
from casebook.pipeline import PREVIEW, load_casebook
from casebook.report import FORMATS, format_json, format_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument(
        "--archive", type=folder, required=True, metavar="DIR", help="the private archive; it is only read"
    )
    parser.add_argument("--dry-run", action="store_true", help="look and report, but do not write attestations.json")
    parser.add_argument("--verbose", action="store_true", help="list every quote, also those found where they were")
    parser.add_argument(
        "--passages", action="store_true",
        help="show the archive's words also where the output is no terminal; mind where they go",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print; JSON lists all quotes"
    )


def run(options: argparse.Namespace) -> int:
    """Attest, print what became of each quote and what is wrong. 1 when words are not where they should be."""
    # Lost badges are what attesting mends, so they do not stand in its way.
    # Drafts are attested too: their editors see the badges in the preview.
    loaded = load_casebook(options.casefiles, statuses=PREVIEW, today=today(), attested=False)
    if loaded.casebook is None:
        print(FORMATS[options.format]([problem for problem in loaded.problems if problem.is_error]))
        print("casebook attest: mend these first; nothing was looked up", file=sys.stderr)
        return 1
    earlier, unreadable = load_attestations(options.casefiles / FILE_NAME, f"{options.casefiles.name}/{FILE_NAME}")
    if unreadable:
        print(FORMATS[options.format](unreadable))
        return 1
    done = attest_quotes(loaded.casebook, read_archive(options.archive), earlier, today().isoformat())
    if not options.dry_run:
        write_attestations(options.casefiles, done.attestations)
    if options.format == "json":
        print(_as_json(done))
    else:
        for line in _as_text(done, is_verbose=options.verbose, with_passages=options.passages or sys.stdout.isatty()):
            print(line)
    return int(any(problem.is_error for problem in done.problems))


def _as_text(done: Attested, *, is_verbose: bool, with_passages: bool) -> Iterator[str]:
    """The quotes worth a line, the counts, the problems."""
    listed = [found for found in done.lookups if is_verbose or _is_worth_a_line(found, done)]
    for found in listed:
        yield from _listed(found, with_passages=with_passages)
    if not with_passages and any(found.passages for found in listed):
        yield "The archive's words are shown in a terminal only, or with --passages."
    if listed:
        yield ""
    yield from _counted(done)
    yield format_text(done.problems)


def _is_worth_a_line(found: Lookup, done: Attested) -> bool:
    """Whether its words are not where they were, or were not looked for and have no badge from an earlier time."""
    is_without_badge = found.outcome == "not checked" and found.key not in done.attestations
    return is_without_badge or found.outcome in ("moved", "ambiguous", "not found")


def _listed(found: Lookup, *, with_passages: bool) -> Iterator[str]:
    # Why words are not found, or in several places, the problem says.
    note = f": {found.note}" if found.note and found.outcome not in ("not found", "ambiguous") else ""
    yield f"{found.location}: {found.outcome}: {found.key} in {found.source}{note}"
    if with_passages:
        yield from (f"    {line}" for line in found.passages)


def _counted(done: Attested) -> Iterator[str]:
    outcomes = Counter(found.outcome for found in done.lookups)
    shares = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in OUTCOMES if outcomes[outcome])
    number = len(done.lookups)
    yield f"{number:5} {'quote' if number == 1 else 'quotes'}{f': {shares}' if shares else ''}"
    for badge, count in sorted(done.badges.items()):
        yield f"{count:5} {badge}"
    if done.kept:
        yield f"{done.kept:5} kept, not looked up again"


def _as_json(done: Attested) -> str:
    """Everything but the archive's words: JSON is what gets kept in files."""
    outcomes = Counter(found.outcome for found in done.lookups)
    return json.dumps(
        {
            "quotes": list(_objects(done.lookups)),
            "outcomes": {outcome: outcomes[outcome] for outcome in OUTCOMES},
            "badges": dict(sorted(done.badges.items())),
            "kept": done.kept,
            "problems": json.loads(format_json(done.problems)),
        },
        ensure_ascii=False,
        indent=2,
    )


def _objects(lookups: Iterable[Lookup]) -> Iterator[dict[str, str | int]]:
    for found in lookups:
        place = found.location
        yield {
            "quote": found.key, "source": found.source, "outcome": found.outcome, "note": found.note,
            "file": place.file, "line": place.line, "column": place.column,
        }  # fmt: skip
