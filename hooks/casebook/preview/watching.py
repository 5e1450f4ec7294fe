"""Notices that a folder has changed, by looking at it again and again.

Notifications of the operating system do not reach through the borders of containers, virtual machines and network
drives; looking does, and for a thousand casefiles it takes a few milliseconds.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from casebook.text_files import is_left_by_editor

Listing = dict[str, tuple[int, ...]]
"""Path → what tells one state of a file from another."""

Digest = dict[str, bytes]
"""Path → what tells one content of a file from another."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file whose content is looked at; attestations are the only file that may grow past a casefile's limit."""


def listing(folder: Path) -> Listing:
    """Everything below a folder that is somebody's work, as it is now; empty when the folder is not there.

    Links are not followed, and what vanishes meanwhile is left out.
    """
    return dict(_entries(folder))


def digest(seen: Listing) -> Digest:
    """The words of everything listed: a file that is saved as it was, or put back, is no change."""
    return {path: _words(Path(path)) if of_file else b"" for path, of_file in seen.items()}


def code_in(program: Path) -> Listing:
    """When each file of a program's code was last written, and how long it is; what it leaves beside them is not code."""
    return {path: (stamp[0], stamp[2]) for path, stamp in listing(program).items() if stamp and path.endswith(".py")}


def _words(path: Path) -> bytes:
    """A digest of a file's content; of a link or a device, that it is one, and of a file too long to be read, its length."""
    info = path.lstat()
    if not stat.S_ISREG(info.st_mode) or info.st_size > LARGEST:
        return f"{info.st_mode} {info.st_size}".encode()
    return hashlib.sha256(path.read_bytes()).digest()


def _entries(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        found = list(os.scandir(folder))
    except OSError:
        return
    for entry in found:
        if is_left_by_editor(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield entry.path, ()
            yield from _entries(Path(entry.path))
        else:
            yield from _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError:
        return
    # The time of the last change of the entry itself tells a file that was put back with its old date.
    yield entry.path, (info.st_mtime_ns, info.st_ctime_ns, info.st_size, info.st_ino, info.st_mode)
