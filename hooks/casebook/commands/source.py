"""`casebook source archive`: record which text of a source the private archive holds."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from casebook.commands.arguments import add_casefiles, folder, today
from casebook.revisions import is_kept_out
from casebook.source_texts import Recorded, RecordingRefusedError, digest_of_text, known_ids, record, unknown_source
from casebook.text_files import read_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: what to do with a source, and what that takes."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    archive = actions.add_parser(
        "archive", help="record the digest of a source's text, and the day on which it was seen"
    )
    add_casefiles(archive)
    archive.add_argument("file", type=Path, metavar="FILE", help="the words of the source, as a text file")
    archive.add_argument("--source", required=True, metavar="ID", help="the source's id in the registry")
    archive.add_argument("--excerpt", action="store_true", help="the file holds excerpts, not the whole text")
    archive.add_argument("--accessed", metavar="DATE", help="the day on which the text was seen; by default today")
    archive.add_argument("--archive-url", metavar="URL", help="the address of a public copy, as in the Wayback Machine")
    archive.add_argument("--replace", action="store_true", help="put the digest in the place of another")
    archive.add_argument("--archive", type=folder, metavar="DIR", help="copy the file into the private archive")


def run(options: argparse.Namespace) -> int:
    """Record the text. 1 when something else is on record, 2 when there is no such text or source."""
    try:
        for path in (options.file, options.archive):
            if path is not None:
                _keep_private(path.resolve(), options.casefiles.parent)
        facts = _facts(options)
        path, done = _record(options, facts)
        if done.facts:
            _write(path, done.text)
        copied = _copy(options) if options.archive else None
    except RecordingRefusedError as error:
        print(f"casebook source archive: {error}", file=sys.stderr)
        return 1 if error.place else 2
    said = ", ".join(f"{field} {value}" for field, value in done.facts.items()) or "on record already"
    print(f"{done.place}: {options.source}: {said}")
    if copied:
        print(f"copied to {copied}")
    return 0


def _keep_private(path: Path, project: Path) -> None:
    """Texts of others are not ours to publish, and what lies in the project is published with it."""
    if path.is_relative_to(project) and not is_kept_out(project, path):
        advice = "keep the archive in a folder of its own, outside the project"
        raise RecordingRefusedError(f"{path} lies in the project, where it would be published; {advice}")


def _facts(options: argparse.Namespace) -> dict[str, str]:
    given = {"accessed": options.accessed, "archive_url": options.archive_url}
    facts = {field: value for field, value in given.items() if value}
    facts["excerpt_sha256" if options.excerpt else "sha256"] = digest_of_text(options.file)
    return facts


def _record(options: argparse.Namespace, facts: dict[str, str]) -> tuple[Path, Recorded]:
    files = list(_files(options.casefiles))
    for path, name, text in files:
        done = record(text, name, options.source, facts, day=today().isoformat(), may_replace=options.replace)
        if done is not None:
            return path, done
    raise unknown_source(options.source, chain.from_iterable(known_ids(text, name) for _, name, text in files))


def _files(casefiles: Path) -> Iterator[tuple[Path, str, str]]:
    """The registry of sources: one file, or those of its folder."""
    registry = casefiles / "registry"
    for path in (registry / "sources.yml", *sorted((registry / "sources").glob("*.yml"))):
        if path.is_file():
            name = path.relative_to(casefiles.parent).as_posix()
            text, problems = read_text(path, name)
            if text is None:
                raise RecordingRefusedError(str(problems[0]))
            yield path, name, text


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all, with the byte order mark that it may have."""
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(mark + text.encode())
    shutil.copymode(path, draft)
    draft.replace(path)


def _copy(options: argparse.Namespace) -> Path:
    """Copy the text under the source's id; a text that has this name already stays."""
    suffix = options.file.suffix or ".txt"
    digest = digest_of_text(options.file)
    place: Path = options.archive / f"{options.source}{suffix}"
    if place.exists() and digest_of_text(place) != digest:
        place = options.archive / f"{options.source}-{digest[:8]}{suffix}"
    if not place.exists():
        shutil.copyfile(options.file, place)
    return place
