"""What several subcommands take, and what all of them know of the world outside: the day."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from casebook.composing import Means


def add_casefiles(parser: argparse.ArgumentParser) -> None:
    """`--casefiles DIR`, by default the folder of that name here."""
    parser.add_argument("--casefiles", type=folder, default="casefiles", metavar="DIR", help="the casefiles folder")


def folder(text: str) -> Path:
    """An existing folder, as an absolute path."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(
            f"there is no folder {text!r}; run this in the project's root, or name the folder"
        )
    return path.resolve()


def means(casefiles: Path, *, is_kept: bool) -> Means:
    """All processors of the machine and, when `is_kept`, what earlier checks of these casefiles kept beside them."""
    return Means(os.cpu_count() or 1, casefiles.parent / ".cache" / "values" if is_kept else None)


def today() -> date:
    """The editor's own day, which decides what is overdue."""
    return date.today()  # noqa: DTZ011 - the editor's own day decides what is overdue
