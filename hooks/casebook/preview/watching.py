"""Notices that a folder has changed, by looking at it again and again.

Notifications of the operating system do not reach through the borders of containers, virtual machines and network
drives; looking does, and for a thousand casefiles it takes a few milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from casebook.text_files import is_left_by_editor

Listing = dict[str, tuple[int, ...]]
"""Path → what tells one state of a file from another."""


def listing(folder: Path) -> Listing:
    """Everything below a folder that is somebody's work, as it is now; empty when the folder is not there.

    Links are not followed, and what vanishes meanwhile is left out.
    """
    return dict(_entries(folder))


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
