"""`casebook export teaching`: what a class takes with it, as files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from casebook.book import Casebook
from casebook.commands.arguments import add_casefiles
from casebook.courses import Course, courses
from casebook.exports.folders import FolderRefused
from casebook.exports.teaching.faces import NotInstalled, are_installed, face_folders, install_faces
from casebook.exports.teaching.making import FORMATS, MakingFailed, Wanted, export_teaching, missing_libraries
from casebook.pipeline import load_casebook
from casebook.problems import nearest
from casebook.report import format_text

PLACE = Path("build") / "teaching"
ADDRESS_VARIABLE = "CASEBOOK_SITE_URL"
"""The variable from which mkdocs.yml takes the site's address."""
NO_ADDRESS = (
    "casebook export: the site's address is not known, so the files have paths and no links to it; "
    f"say --site-url https://… or set {ADDRESS_VARIABLE}"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("place", nargs="?", type=Path, default=PLACE, metavar="DIR", help=f"by default {PLACE}")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="ID",
        help="of these reading lists and cases only; what an earlier export wrote of others stays",
    )  # fmt: skip
    parser.add_argument(
        "--formats", type=_formats, default=frozenset(FORMATS), metavar="LIST", help=f"some of {','.join(FORMATS)}"
    )
    parser.add_argument(
        "--site-url", type=_address, metavar="URL",
        help=f"the address of the site, to which links lead; by default that of {ADDRESS_VARIABLE}",
    )  # fmt: skip
    parser.add_argument("--install", action="store_true", help="fetch the faces of the PDFs with npm, and do no more")


def _formats(text: str) -> frozenset[str]:
    asked = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in asked if word not in FORMATS]
    if unknown or not asked:
        meant = nearest(unknown[0], FORMATS) if unknown else ""
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise argparse.ArgumentTypeError(f"the formats are {', '.join(FORMATS)}{hint}")
    return frozenset(asked)


def _address(text: str) -> str:
    """The site's root, ending in a slash."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is no address of a site, as https://example.org/casebook/")
    return f"{text.rstrip('/')}/"


def run(options: argparse.Namespace) -> int:
    """Write the files. 1 when casefiles have errors or a file cannot be made, 2 when something asked for cannot be had."""
    project = options.casefiles.parent
    try:
        if options.install:
            install_faces(project)
            print("The faces of the PDFs are in .cache/teaching/")
            return 0
        _check_means(options.formats, project)
        loaded = load_casebook(options.casefiles)
        if loaded.casebook is None:
            print(format_text(loaded.problems))
            return 1
        return _export(loaded.casebook, options)
    except MakingFailed as error:
        print(f"casebook export: {error}", file=sys.stderr)
        return 1
    except (_Unusable, NotInstalled, FolderRefused, OSError) as error:
        print(f"casebook export: {error}", file=sys.stderr)
        return 2


class _Unusable(Exception):  # noqa: N818 - it names what happened
    """What was asked for cannot be had. The message says why, and what to do."""


def _check_means(formats: frozenset[str], project: Path) -> None:
    """Nothing is written when something that was asked for could not be: half an export is easily taken for a whole one."""
    missing = missing_libraries(formats)
    others = ",".join(form for form in FORMATS if form not in missing)
    if missing:
        raise _Unusable(
            f'{" and ".join(missing)} need the extra `teaching`: pip install "founder-casebook[teaching]", '
            f"or say --formats {others}"
        )
    if "pdf" in formats and not are_installed(project):
        raise _Unusable(
            "the faces of the PDFs are not here yet: casebook export teaching --install, or say "
            f"--formats {','.join(form for form in FORMATS if form != 'pdf')}"
        )


def _export(book: Casebook, options: argparse.Namespace) -> int:
    site_url = options.site_url
    if site_url is None:
        given = os.environ.get(ADDRESS_VARIABLE, "")
        try:
            site_url = _address(given) if given else ""
        except argparse.ArgumentTypeError as error:
            raise _Unusable(f"{ADDRESS_VARIABLE}: {error}") from error
    chosen = _chosen(book, options.only)
    if not site_url:
        print(NO_ADDRESS, file=sys.stderr)
    wanted = Wanted(chosen, options.formats, site_url, face_folders(options.casefiles.parent))
    outcome = export_teaching(book, wanted, options.place.resolve())
    total = outcome.made + outcome.taken_over
    print(
        f"{total} files of {len(chosen)} courses in {options.place}: {outcome.made} made, {outcome.taken_over} as before"
    )
    return 0


def _chosen(book: Casebook, names: list[str]) -> tuple[Course, ...]:
    """The courses of these ids, or all. `readings/<id>` and `cases/<id>` tell apart what has one id."""
    known: dict[str, list[Course]] = {}
    for course in courses(book):
        folder = "cases" if course.case else "readings"
        for name in (course.id, f"{folder}/{course.id}"):
            known.setdefault(name, []).append(course)
    for name in names:
        if name not in known:
            meant = nearest(name, known)
            hint = f'; did you mean "{meant}"?' if meant else ""
            raise _Unusable(f'there is no reading list or published case "{name}"{hint}')
    found = [course for name in names for course in known[name]] if names else list(courses(book))
    return tuple({course.uri: course for course in found}.values())
