"""`casebook check`: report every problem in the casefiles, or explain a code."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from casebook.book import Casebook
from casebook.codes import Code, all_codes
from casebook.commands.arguments import add_casefiles, folder, means, today
from casebook.model import Case
from casebook.pipeline import PREVIEW, PUBLISHED, Loaded, MoreRules, load_casebook
from casebook.problems import Problem, did_you_mean
from casebook.report import FORMATS, explain, format_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument(
        "--format", choices=sorted([*FORMATS, "sarif"]), default="text", help="how to print the problems"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument(
        "--drafts", action="store_true", help="check cases in draft and review as if they were published"
    )
    parser.add_argument(
        "--archive", type=folder, metavar="DIR", help="also look for borrowed sentences and long quotations in DIR"
    )
    parser.add_argument(
        "--site-url", default="", metavar="URL", help="the site's address, so that rules in SARIF name their pages"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="read every file anew, as when others can write where you keep .cache/"
    )
    parser.add_argument(
        "--explain", type=_code, metavar="CODE", help="say what a code means, with a wrong and a right example"
    )


def _code(text: str) -> Code:
    """A code as it is typed: `CB203`, `cb203`."""
    codes = all_codes()
    if text.upper() not in codes:
        hint = did_you_mean(text, codes) or "copy the code from the message"
        raise argparse.ArgumentTypeError(f"there is no code {text!r}; {hint}")
    return codes[text.upper()]


def run(options: argparse.Namespace) -> int:
    """Print the problems. 1 when there are errors, or in strict mode any problem."""
    if options.explain is not None:
        print(explain(options.explain))
        return 0
    loaded = load_casebook(
        options.casefiles,
        statuses=PREVIEW if options.drafts else PUBLISHED,
        today=today(),
        means=means(options.casefiles, is_kept=not options.no_cache),
        more_rules=_rules_of_archive(options.archive) if options.archive else None,
    )
    text = _formatted(loaded, options)
    if text:
        print(text)
    unpublished = _number_of_drafts(loaded.casebook) if options.format == "text" and not options.drafts else 0
    if unpublished:
        cases = "1 case that is" if unpublished == 1 else f"{unpublished} cases that are"
        print(f"{cases} not published yet: casebook check --drafts says what would be wrong then")
    if options.strict and options.format == "text" and loaded.problems and not loaded.has_errors:
        print("with --strict, warnings count: mend them, or allow them with a reason (# allow CB306: …)")
    return int(loaded.has_errors or (options.strict and bool(loaded.problems)))


def _number_of_drafts(book: Casebook | None) -> int:
    models = (entry.model for entry in (book.entries if book else {}).values())
    return sum(isinstance(model, Case) and model.status in ("draft", "review") for model in models)


def _rules_of_archive(archive: Path) -> MoreRules:
    # Imported where it is wanted: most checks have no archive, and none should wait for it.
    from casebook.archive import read_archive
    from casebook.attest import archive_problems

    def ask(book: Casebook) -> Iterable[Problem]:
        return archive_problems(book, read_archive(archive))

    return ask


def _formatted(loaded: Loaded, options: argparse.Namespace) -> str:
    if options.format == "sarif":
        from casebook.sarif import format_sarif

        site_url = f"{options.site_url.rstrip('/')}/" if options.site_url else ""
        return format_sarif(loaded.problems, loaded.allowed, site_url)
    if options.format != "text":
        return FORMATS[options.format](loaded.problems)
    text = format_text(loaded.problems, len(loaded.allowed))
    if loaded.problems:
        *lines, counts = text.splitlines()
        example = f"what a code means, with examples: casebook check --explain {loaded.problems[0].code}"
        return "\n".join([*lines, example, counts])
    return text
