"""Puts any list of hostile strings into every field, and looks through everything that is published of them.

    export PYTHONPATH=hooks:tests
    python tests/audits/hostile_strings.py FILE                    # one string a line
    python tests/audits/hostile_strings.py FILE --strings 10       # ten strings share a case, each in a tenth of the fields
    python tests/audits/hostile_strings.py FILE --browse 400       # also read that many of the pages in Chromium

Without options every string stands in every field, which takes hours for thousands of strings. Exit status 1 when anything
became of them but words and problems.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sites
from audits.serving import POLICY
from browser.chromium import find_chromium
from casebook.book import Casebook
from casebook.pipeline import load_casebook
from hostile_browsing import hostile_project, served, visiting
from hostile_casebook import WORDS, can_stand, misplaced, planted, write
from hostile_outputs import look_at, problem_faults, twin_of

CASES = 40
"""Cases of one casebook; more of them make its listings longer and nothing else."""
HARMLESS = [["many harmless words that break lines " * 30], ["无害的话"]]
EVERY = 29
"""Typed fields are filled one in so many, so that what is wrong with one does not hide another."""


@dataclass
class Report:
    """What was looked at, and what is wrong."""

    seen: Counter[str] = field(default_factory=Counter)
    fields: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)

    def show(self, seconds: float) -> None:
        """Print it."""
        for what, count in self.seen.items():
            print(f"{count:9,} {what}")
        print(f"{len(self.fields):9,} fields of words")
        print(f"{len(self.tracebacks):9,} tracebacks")
        print(f"{len(self.faults):9,} faults: active content, lost places, broken files")
        print(f"{seconds:9,.0f} seconds")
        for fault in [*self.tracebacks, *self.faults][:200]:
            print(f"  {fault}")


def load(sets: Sequence[dict[str, object]], report: Report) -> Casebook | None:
    """What comes of casefiles; what is said about them is looked through as well."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), sets)
        try:
            outcome = load_casebook(root)
        except Exception:  # noqa: BLE001 - finding any is this program's purpose
            report.tracebacks.append(traceback.format_exc())
            return None
        report.seen["problems"] += len(outcome.problems)
        report.faults += problem_faults(outcome.problems, root)
        return outcome.casebook


def look_at_words(strings: Sequence[str], shared: int, report: Report) -> None:
    """Every string in fields of words, and all that is published of it."""
    groups = [list(strings[first : first + shared]) for first in range(0, len(strings), shared)]
    twins = {}
    for first in range(0, len(groups), CASES):
        some = groups[first : first + CASES]
        if len(some) not in twins:
            sound = load(planted([["harmless words"]] * len(some))[0], report)
            more = load(planted(HARMLESS)[0], report)
            assert sound is not None
            assert more is not None
            twins[len(some)] = twin_of(sound, more)
        sets, covered = planted(some, WORDS)
        report.fields |= covered
        book = load(sets, report)
        if book is None:
            report.faults.append(f"strings {first * shared} and on were refused as words")
            continue
        try:
            seen = look_at(book, twins[len(some)], markdown_every=8)
        except Exception:  # noqa: BLE001 - likewise
            report.tracebacks.append(traceback.format_exc())
            continue
        report.seen["strings in fields of words"] += sum(map(len, some))
        report.seen["pages"] += seen.pages
        for kind, count in seen.files.items():
            report.seen[f"{kind}"] += count
        report.faults += seen.faults


def look_at_the_rest(strings: Sequence[str], report: Report) -> None:
    """Every string where something else is wanted, one field in `EVERY` and all at once."""
    for number, words in enumerate(strings):
        for values in (misplaced(words, every=EVERY, first=number % EVERY), misplaced(words)):
            load([values], report)
        report.seen["strings where something else is wanted"] += 1


def pages_of(site: sites.Site, most: int) -> Iterator[str]:
    """As many pages as are wanted, from all over the site."""
    pages = [page for page in site.pages if not page.startswith("problems/")]
    return iter(pages[:: max(1, len(pages) // most)])


def browse(strings: Sequence[str], shared: int, most: int, report: Report) -> None:
    """Read a site of these strings in Chromium, under the strict policy and under none."""
    from playwright.sync_api import sync_playwright

    groups = [list(strings[first : first + shared]) for first in range(0, len(strings), shared)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = hostile_project(Path(folder) / "project", groups)
        done = sites.build(project, Path(folder) / "site")
        if done.returncode:
            report.faults.append(done.stdout)
            return
        site = sites.Site(Path(folder) / "site")
        report.seen["pages of the site for Chromium"] += len(site.pages)
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for policy in (POLICY, ""):
            with served(site.folder, policy) as address, visiting(chromium, address) as visitor:
                for page in pages_of(site, most):
                    visitor.read(page.removesuffix("index.html"))
                visitor.open_search()
                for words in strings[:: max(1, len(strings) // most)]:
                    visitor.search(words)
                for words in strings[:: max(1, len(strings) * 10 // most)]:
                    visitor.lose_the_way(words)
                report.seen["pages read in Chromium"] += visitor.visited
                report.seen["searches in Chromium"] += visitor.searched
                report.faults += visitor.faults
        chromium.close()


def main() -> int:
    """Read the strings, look, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="a text file with a string on each line")
    parser.add_argument("--strings", type=int, default=1, metavar="N", help="strings that share a case")
    parser.add_argument("--browse", type=int, default=0, metavar="N", help="pages to read in Chromium, and searches")
    parser.add_argument("--only-browse", action="store_true", help="look at nothing but what Chromium shows")
    options = parser.parse_args()
    written = dict.fromkeys(options.file.read_text(encoding="utf-8", errors="replace").split("\n"))
    strings = [words for words in written if words]
    sound = [words for words in strings if can_stand(words)]
    report, start = Report(), time.monotonic()
    report.seen["different strings"] = len(strings)
    if not options.only_browse:
        look_at_words(sound, options.strings, report)
        look_at_the_rest(strings, report)
    if options.browse:
        browse(sound, options.strings, options.browse, report)
    report.show(time.monotonic() - start)
    return int(bool(report.faults or report.tracebacks))


if __name__ == "__main__":
    sys.exit(main())
