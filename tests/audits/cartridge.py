"""Has every cartridge of the casebook read by programs that we did not write, and compares item by item with the course.

None of them is part of this project. Fetch the ones you want and name where they are; the others are left out:

    --schemas DIR    Moodle's backup/cc/schemas11, with xml.xsd of backup/cc/schemas beside them
    --cc2olx FILE    the program cc2olx of openedx/cc2olx, in an environment of its own
    --viewer DIR     the build of instructure/common-cartridge-viewer (NODE_OPTIONS=--openssl-legacy-provider npm run build)
    --zip-js FILE    zip.min.js of the package @zip.js/zip.js, which the viewer needs
    --moodle DIR     a Moodle, of which backup/cc and lib/validateurlsyntax.php are used; needs PHP with DOM
    --canvas DIR     instructure/QTIMigrationTool, with which Canvas reads quizzes
    --screens DIR    where to put pictures of what the viewer shows
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from cartridge_readers import (
    Seen,
    read_with_canvas,
    read_with_cc2olx,
    read_with_moodle,
    read_with_viewer,
    schema_faults,
    words,
)

from casebook.book import Casebook
from casebook.courses import Course, courses
from casebook.exports.teaching.cartridge import cartridge
from casebook.exports.teaching.platform_words import fitting_title
from casebook.exports.teaching.quizzes import meeting_quiz
from casebook.pipeline import load_casebook

PROJECT = Path(__file__).resolve().parents[2]
URL = "https://casebook.example/"


def wanted(book: Casebook, course: Course) -> Seen:
    """What is in the course, said without looking at the cartridge."""
    seen = Seen({"About this course": [f"About “{course.title}”"]}, [], [])
    for meeting in course.meetings:
        several = len(course.meetings) > 1
        titles = ["What this meeting is about"]
        for reading in meeting.readings:
            titles.append(f"Read: {reading.title}")
            address = f"{URL}{reading.uri}" if reading.case else reading.source.csl.URL or reading.source.archive_url
            if address:
                titles.append(f"{'On the site' if reading.case else 'Source'}: {reading.title}")
                seen.links.append(address)
        titles += ["Prepare before class"] if meeting.preparation else []
        quiz = meeting_quiz(book, meeting)
        titles += [f"Reading check, meeting {meeting.n}" if several else "Reading check"] if quiz else []
        for number, question in enumerate(meeting.questions, start=1):
            titles.append(f"Discuss {number}: {question.text}")
            seen.topics.append(" ".join(question.text.split()))
        name = f"{meeting.n}. {meeting.title}" if several else meeting.title
        seen.modules[f"{name} ({meeting.date.words})" if meeting.date else name] = titles
        for asked in quiz:
            options = tuple(words(option.text) for option in asked.options)
            right = frozenset(words(option.text) for option in asked.options if option.is_right)
            seen.questions.append((" ".join(asked.stem.split()), options, right))
    return seen


def differences(wanted: Seen, found: Seen) -> list[str]:
    """Where what was read is not what the course says."""
    said = []
    if found.modules is not None:
        modules = [(fitting_title(name), [fitting_title(t) for t in titles]) for name, titles in wanted.modules.items()]
        said += _unlike("module", modules, [(name, list(titles)) for name, titles in found.modules.items()])
    if found.links is not None:
        said += _unlike("link", wanted.links, [link.replace("&amp;", "&") for link in found.links])
    if found.topics is not None:
        said += _unlike("topic", wanted.topics, found.topics, str.startswith)
    got = [(stem, tuple(options), frozenset(right)) for stem, options, right in found.questions]
    return said + _unlike("question", wanted.questions, got, _same_question)


def _same_question(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return found[0].startswith(wanted[0]) and found[1:] == wanted[1:]


def _unlike(what: str, wanted: list, found: list, is_same: Callable[..., bool] = lambda a, b: a == b) -> list[str]:
    if len(wanted) != len(found):
        return [f"{len(found)} {what}s instead of {len(wanted)}"]
    return [f"{what} {n}: {got!r} instead of {want!r}" for n, (got, want) in enumerate(zip(found, wanted, strict=True), 1) if not is_same(got, want)]  # fmt: skip


def count(seen: Seen) -> str:
    """What was compared, in figures."""
    parts = [f"{len(seen.questions)} questions"]
    if seen.modules is not None:
        items = sum(len(titles) for titles in seen.modules.values())
        parts = [
            f"{len(seen.modules)} modules, {items} items, {len(seen.topics)} topics, {len(seen.links)} links",
            *parts,
        ]
    return ", ".join(parts)


def main() -> int:
    """Print what each reader found; 1 where anything differs or nothing was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("schemas", "cc2olx", "viewer", "zip-js", "moodle", "canvas", "screens"):
        parser.add_argument(f"--{name}", type=lambda text: Path(text).absolute())
    options = parser.parse_args()
    book = load_casebook(PROJECT / "casefiles").casebook
    assert book is not None, "the casefiles have problems"
    readers: dict[str, Callable[[Path], Seen]] = {}
    if options.cc2olx:
        readers["cc2olx"] = lambda file: read_with_cc2olx(options.cc2olx, file)
    if options.viewer:
        readers["viewer"] = lambda file: read_with_viewer(options.viewer, options.zip_js, file, options.screens)
    if options.moodle:
        readers["Moodle"] = lambda file: read_with_moodle(options.moodle, file)
    if options.canvas:
        readers["Canvas (quizzes)"] = lambda file: read_with_canvas(options.canvas, Path(sys.executable), file)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for course in courses(book):
            file = Path(folder) / f"{course.uri.strip('/').replace('/', '-')}.imscc"
            file.write_bytes(cartridge(book, course, URL))
            print(course.uri)
            if options.schemas:
                bad += _tell("schemas", schema_faults(options.schemas, file), "valid")
            for name, read in readers.items():
                found = read(file)
                bad += _tell(name, differences(wanted(book, course), found), f"the same: {count(found)}")
    return 1 if bad or not (readers or options.schemas) else 0


def _tell(name: str, faults: list[str], good: str) -> int:
    print(f"  {name}: {good if not faults else f'{len(faults)} differences'}")
    for fault in faults[:10]:
        print(f"    {fault[:600]}")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
