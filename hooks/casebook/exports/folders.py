"""Writing a folder whole: it is filled beside its place and swapped in when it is finished.

A folder that an export wrote carries a list of its files. Only such a folder, with nothing else in it, is replaced.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".casebook-export"
_HEADING = "Written by casebook export, which replaces this folder whole. Its files:"


class FolderRefused(Exception):  # noqa: N818 - it names what happened
    """A folder that an export may not write. The message says why, and what to do."""


@contextmanager
def replaced_folder(place: Path, *, disposable: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Give an empty folder to fill; afterwards it stands at `place`, and nothing of what an earlier export left does.

    `disposable` are folders in `place` that may go although no export wrote them: what is built from an export.
    When filling fails, `place` is as it was. Raises FolderRefused, and OSError when nothing can be written there.
    """
    refuse_foreign(place, disposable)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}-") as name:
        fresh, retired = Path(name, "fresh"), Path(name, "retired")
        fresh.mkdir()
        yield fresh
        files = sorted(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
        (fresh / MARKER).write_text("\n".join([_HEADING, *files, ""]), encoding="utf-8")
        # Looked at again: filling takes seconds, in which somebody may have saved a file there.
        refuse_foreign(place, disposable)
        _swap(fresh, place, retired)


def refuse_foreign(place: Path, disposable: frozenset[str] = frozenset()) -> None:
    """Raise FolderRefused when `place` holds anything that no export wrote."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise FolderRefused(f"{place} is not a folder; name a new or an empty one")
    if not place.exists():
        return
    written = _written(place)
    if written is None and any(place.iterdir()):
        raise FolderRefused(f"{place} is not empty, and no export wrote it; name a new or an empty folder")
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if name.split("/")[0] in disposable or (path.is_dir() and not path.is_symlink()):
            continue
        if name not in (written or ()):
            raise FolderRefused(f"{path} was not written by an export and would be lost; move it elsewhere")


def _written(place: Path) -> frozenset[str] | None:
    """Files that an earlier export wrote; None when there was no such export."""
    marker = place / MARKER
    if not marker.is_file():
        return None
    heading, *files = marker.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    return frozenset([*files, MARKER]) if heading == _HEADING else None


def _swap(fresh: Path, place: Path, retired: Path) -> None:
    if not place.exists():
        fresh.rename(place)
        return
    place.rename(retired)
    try:
        fresh.rename(place)
    except OSError:
        retired.rename(place)
        raise
