"""`casebook attest`: find every quote in an archive of source texts."""

from __future__ import annotations

import argparse

from casebook.attest import attest_quotes, read_archive, write_attestations
from casebook.attestations import FILE_NAME, load_attestations
from casebook.commands.arguments import add_casefiles, folder, today
from casebook.pipeline import PREVIEW, load_casebook
from casebook.report import format_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument(
        "--archive", type=folder, required=True, metavar="DIR", help="the private archive; it is only read"
    )
    parser.add_argument("--dry-run", action="store_true", help="look and report, but do not write attestations.json")


def run(options: argparse.Namespace) -> int:
    """Attest, print the badges and what is wrong. 1 when a quote's words are not where they should be."""
    # Lost badges are what attesting mends, so they do not stand in its way.
    # Drafts are attested too: their editors see the badges in the preview.
    loaded = load_casebook(options.casefiles, statuses=PREVIEW, today=today(), attested=False)
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        return 1
    earlier, unreadable = load_attestations(options.casefiles / FILE_NAME, f"{options.casefiles.name}/{FILE_NAME}")
    if unreadable:
        print(format_text(unreadable))
        return 1
    done = attest_quotes(loaded.casebook, read_archive(options.archive), earlier, today().isoformat())
    if not options.dry_run:
        write_attestations(options.casefiles, done.attestations)
    for badge, count in sorted(done.badges.items()):
        print(f"{count:5} {badge}")
    if done.kept:
        print(f"{done.kept:5} kept, not looked up again")
    print(format_text(done.problems))
    return int(any(problem.is_error for problem in done.problems))
