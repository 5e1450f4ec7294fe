"""The project's text files: read as they are, or refused before they are opened."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from casebook.problems import Location, Problem

MAX_BYTES = 256 * 1024
"""Largest casefile; the longest of ours is a tenth of it."""

# C0 and C1 controls except tab, line feed and carriage return; the bidirectional formatting characters that can
# make text read differently from its bytes (CVE-2021-42574); line separators, which end a line for YAML and not for
# most editors; a byte order mark within the text. Lone surrogates cannot be decoded in the first place.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
BREAK = re.compile("\r\n|[\n\r]")
"""What ends a line, for libyaml and for an editor."""


def is_left_by_editor(name: str) -> bool:
    """Whether a file of this name is a text editor's own: a backup, a lock, a swap file, or a hidden file or folder.

    They come and go while somebody works, and are nobody's work.
    """
    # Vim writes a file named 4913 to learn whether it may write at all.
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swx")) or name == "4913"


class ProjectFile:
    """A file of the project as read: its name for messages and its text for positions."""

    __slots__ = ("_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        """Path relative to the project's root."""
        self.text = text
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines as libyaml counts them."""
        if self._lines is None:
            self._lines = BREAK.split(self.text)
        return self._lines


def _way_out(name: str) -> str:
    """What to do with a file that is too large."""
    before, is_registry, registry = name.removesuffix(".yml").rpartition("/registry/")
    if is_registry:
        folder = f"{before}/registry/{registry.partition('/')[0]}/"
        return f"move some of its entries to another file of {folder}, which may hold any number"
    return "split the case, or move text out of it"


def read_text(path: Path, name: str, *, limit: int | None = MAX_BYTES) -> tuple[str | None, list[Problem]]:
    """The text of a project file, refused unless it is a regular UTF-8 file of at most `limit` bytes.

    `name` is the path shown in messages. The file is looked at before it is opened, so that a link, a device or a pipe
    is never read.
    """
    start = Location(name)
    try:
        info = path.lstat()
        if not stat.S_ISREG(info.st_mode):
            kind = "a symbolic link" if stat.S_ISLNK(info.st_mode) else "not a regular file"
            return None, [Problem(start, "CB001", f"this is {kind}", "put the file itself here")]
        if limit is not None and info.st_size > limit:
            message = f"the file has {info.st_size:,} bytes; {limit:,} is the limit"
            return None, [Problem(start, "CB002", message, _way_out(name))]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(start, "CB001", f"the file cannot be read: {error.strerror}", "check its permissions")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = _text_location(name, before, len(before))
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return None, [
            Problem(place, "CB003", message, "save the file as UTF-8 (in most editors: Save As, encoding UTF-8)")
        ]
    return text.removeprefix("\ufeff"), []


def _text_location(name: str, text: str, offset: int) -> Location:
    lines = BREAK.split(text[:offset])
    return Location(name, len(lines), len(lines[-1]) + 1)
