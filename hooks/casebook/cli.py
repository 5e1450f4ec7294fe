"""The `casebook` command. Exit status: 0 clean, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casebook import __version__
from casebook.attest import attest_quotes, read_archive, write_attestations
from casebook.attestations import FILE_NAME, load_attestations
from casebook.exports.folders import FolderRefused
from casebook.exports.markdown import export_markdown
from casebook.pipeline import PREVIEW, PUBLISHED, load_casebook
from casebook.report import format_github, format_json, format_text

_FORMATS = {"text": format_text, "json": format_json, "github": format_github}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="casebook", description="Check, attest and export casefiles.")
    parser.add_argument("--version", action="version", version=f"casebook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="report every problem in the casefiles")
    _add_folder(check)
    check.add_argument("--format", choices=sorted(_FORMATS), default="text", help="how to print the problems")
    check.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    check.add_argument(
        "--drafts", action="store_true", help="check cases in draft and review as if they were published"
    )
    check.set_defaults(run=_check)
    attest = commands.add_parser("attest", help="find every quote in an archive of source texts")
    _add_folder(attest)
    attest.add_argument(
        "--archive", type=_folder, required=True, metavar="DIR", help="the private archive; it is only read"
    )
    attest.add_argument("--dry-run", action="store_true", help="look and report, but do not write attestations.json")
    attest.set_defaults(run=_attest)
    _add_exports(commands.add_parser("export", help="write the pages for another program"))
    return parser


def _add_exports(export: argparse.ArgumentParser) -> None:
    formats = export.add_subparsers(required=True, metavar="FORMAT")
    markdown = formats.add_parser("markdown", help="a plain Markdown tree that any static site generator builds")
    _add_folder(markdown)
    markdown.add_argument("place", type=Path, metavar="DIR", help="a new or empty folder, or one of an earlier export")
    markdown.set_defaults(run=_export_markdown)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--casefiles", type=_folder, default="casefiles", metavar="DIR", help="the casefiles folder")


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(
            f"there is no folder {text!r}; run this in the project's root, or name the folder"
        )
    return path.resolve()


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the editor's own day decides what is overdue


def _check(options: argparse.Namespace) -> int:
    statuses = PREVIEW if options.drafts else PUBLISHED
    loaded = load_casebook(options.casefiles, statuses=statuses, today=_today())
    text = _FORMATS[options.format](loaded.problems)
    if text:
        print(text)
    return int(loaded.has_errors or (options.strict and bool(loaded.problems)))


def _attest(options: argparse.Namespace) -> int:
    # Lost badges are what attesting mends, so they do not stand in its way.
    # Drafts are attested too: their editors see the badges in the preview.
    loaded = load_casebook(options.casefiles, statuses=PREVIEW, today=_today(), attested=False)
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        return 1
    earlier, unreadable = load_attestations(options.casefiles / FILE_NAME, f"{options.casefiles.name}/{FILE_NAME}")
    if unreadable:
        print(format_text(unreadable))
        return 1
    done = attest_quotes(loaded.casebook, read_archive(options.archive), earlier, _today().isoformat())
    if not options.dry_run:
        write_attestations(options.casefiles, done.attestations)
    for badge, count in sorted(done.badges.items()):
        print(f"{count:5} {badge}")
    if done.kept:
        print(f"{done.kept:5} kept, not looked up again")
    print(format_text(done.problems))
    return int(any(problem.is_error for problem in done.problems))


def _export_markdown(options: argparse.Namespace) -> int:
    loaded = load_casebook(options.casefiles)
    if loaded.casebook is None:
        print(format_text(loaded.problems))
        return 1
    try:
        count = export_markdown(loaded.casebook, options.casefiles, options.place.resolve())
    except (FolderRefused, OSError) as error:
        print(f"casebook export: {error}", file=sys.stderr)
        return 2
    print(f"{count} pages in {options.place}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
