"""A site that is built beside the old one and takes its place in two renames, so that nobody ever meets half a site."""

from __future__ import annotations

import shutil
from pathlib import Path


def staging_folder(final: Path) -> Path:
    """Where the new site is built: beside the old one, on the same file system."""
    return final.with_name(f"{final.name}.staging")


def _retired_folder(final: Path) -> Path:
    return final.with_name(f"{final.name}.old")


def restore(final: Path) -> None:
    """Put the old site back, if a build was killed between the two renames."""
    if _retired_folder(final).exists() and not final.exists():
        _retired_folder(final).rename(final)


def swap_in(final: Path) -> None:
    """Let the staged site take the old one's place."""
    retired = _retired_folder(final)
    shutil.rmtree(retired, ignore_errors=True)
    if final.exists():
        final.rename(retired)
    staging_folder(final).rename(final)
    shutil.rmtree(retired, ignore_errors=True)


def give_up(final: Path) -> None:
    """Drop the staged site; the old one stays."""
    shutil.rmtree(staging_folder(final), ignore_errors=True)
