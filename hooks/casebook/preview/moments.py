"""What a preview shows at a moment: the last good casebook, and what is wrong since."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from casebook.book import Casebook
from casebook.exports.editor_schemas import FOLDER, write_editor_schemas
from casebook.names import names_of
from casebook.pipeline import PREVIEW, Loaded, build_pages, load_casebook
from casebook.preview.excerpts import Excerpt, excerpts
from casebook.preview.watching import Digest, code_in, digest, listing
from casebook.problems import Location, Problem
from casebook.views.page import PageSpec

log = logging.getLogger(__name__)

UNSETTLED_READS = 5
"""So often casefiles are read again because they changed meanwhile, before what was read is shown all the same."""


@dataclass(frozen=True)
class Edition:
    """The casebook of one good save, with its pages known and not yet drawn."""

    book: Casebook
    pages: Mapping[str, PageSpec]
    """Address from the site's root → page."""
    read_at: datetime

    @cached_property
    def files(self) -> frozenset[str]:
        """The casefiles that pages are made from, from the project's root."""
        return frozenset(spec.file for spec in self.pages.values() if spec.file)


@dataclass(frozen=True)
class Moment:
    """Everything that an answer is made from. It never changes; the next moment takes its place."""

    edition: Edition | None = None
    """The last good one; none until casefiles were good for the first time."""
    problems: tuple[Problem, ...] = ()
    excerpts: Mapping[Location, Excerpt] = field(default_factory=dict)
    reading_fault: str = ""
    """What failed while casefiles were read, when it was no mistake in them."""
    building_fault: str = ""
    """What failed while the hand-written pages were built."""
    is_outgrown: bool = False
    """Whether the program's own code was changed since it was started, so that what it reports may be false."""
    built: int = 0
    """How often the hand-written pages and the theme were built."""

    @property
    def is_good(self) -> bool:
        """Whether the pages show what the casefiles say now."""
        is_faulty = self.is_outgrown or self.reading_fault or self.building_fault
        return not (is_faulty or any(problem.is_error for problem in self.problems))


class Preview:
    """Reads a `casefiles` folder whenever it is asked to, and never raises.

    `program` is the folder of the code that runs, where it may be changed meanwhile.
    """

    def __init__(self, folder: Path, site_url: str = "", program: Path | None = None) -> None:
        self.folder = folder
        self.site_url = site_url
        self._program = program
        self._code = code_in(program) if program else {}
        self.now = Moment()
        self._seen = listing(folder)
        self._good: tuple[Digest, Moment] | None = None
        self._reading = threading.Lock()
        self._changed = threading.Condition()

    def is_outdated(self) -> bool:
        """Whether the folder is not as it was when it was read."""
        return listing(self.folder) != self._seen

    def read(self) -> None:
        """Read and check all casefiles. What is good becomes the new edition; what is not leaves the old one in place."""
        with self._reading:
            try:
                self._read()
            except Exception as error:
                log.exception("the casefiles could not be read")
                self.show(reading_fault=_in_a_line(error))

    def notice_new_program(self) -> bool:
        """Whether the code is another than that which runs. It is said then, and nothing is reported any more.

        An update of the project brings casefiles with fields that the old code does not know.
        """
        is_outgrown = self._program is not None and code_in(self._program) != self._code
        if is_outgrown:
            self.show(is_outgrown=True, problems=(), excerpts={}, reading_fault="", building_fault="")
        elif self.now.is_outgrown:
            self.show(is_outgrown=False)
        return is_outgrown

    def _read(self) -> None:
        if self.notice_new_program():
            self._seen = listing(self.folder)
            return
        words, loaded = self._load_settled()
        if loaded is None and self._good:
            good = self._good[1]
            self.show(edition=good.edition, problems=good.problems, excerpts=good.excerpts, reading_fault="")
        elif loaded is not None:
            self._take_over(loaded)
            self._good = (words, self.now) if loaded.casebook is not None else self._good

    def _load_settled(self) -> tuple[Digest, Loaded | None]:
        """What the folder holds; it is read again when it changes meanwhile. None when it is word for word the last good one."""
        for attempt in range(UNSETTLED_READS):
            self._seen = listing(self.folder)
            try:
                words = digest(self._seen)
                loaded = None if self._good and self._good[0] == words else self._load()
            except OSError:  # a file or folder went away while it was read
                if attempt == UNSETTLED_READS - 1 or not self.is_outdated():
                    raise
                continue
            if not self.is_outdated():
                break
        return words, loaded

    def _load(self) -> Loaded:
        if not self.folder.is_dir():
            place = Location(self.folder.name)
            return Loaded(None, (Problem(place, "CB001", "the folder is not there", "put it back where it was"),))
        return load_casebook(self.folder, statuses=PREVIEW)

    def _take_over(self, loaded: Loaded) -> None:
        edition = self.now.edition
        if loaded.casebook is not None:
            pages = {spec.uri: spec for spec in build_pages(loaded.casebook, self.site_url)}
            edition = Edition(loaded.casebook, pages, datetime.now().astimezone())
        cut = excerpts(self.folder.parent, [problem.location for problem in loaded.problems])
        self.show(edition=edition, problems=loaded.problems, excerpts=cut, reading_fault="")
        if loaded.casebook is not None:
            self._tell_editor_programs(loaded.casebook)

    def _tell_editor_programs(self, book: Casebook) -> None:
        """Let them complete the ids that there are now. Where nothing can be written, the preview goes on without."""
        with suppress(OSError):
            write_editor_schemas(names_of(book), self.folder / FOLDER)

    def show(self, **changes: Any) -> None:
        """Let the next moment come, which differs in some fields, and tell everybody who waits for it."""
        with self._changed:
            self.now = replace(self.now, **changes)
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """Say that the hand-written pages or the theme could not be built."""
        self.show(building_fault=_in_a_line(error))

    def wait_until(self, holds: Callable[[Moment], bool], seconds: float) -> Moment:
        """The first moment for which something holds; the one at the end of the time when it never does."""
        with self._changed:
            self._changed.wait_for(lambda: holds(self.now), timeout=seconds)
            return self.now


def _in_a_line(error: BaseException) -> str:
    """An error as it is told to somebody who does not read code."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
