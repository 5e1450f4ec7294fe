"""`casebook schema`: write JSON Schemas with this casebook's ids, for editor programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casebook.commands.arguments import add_casefiles
from casebook.exports.editor_schemas import FOLDER, write_editor_schemas
from casebook.names import read_names


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help=f"by default {FOLDER}/ in the casefiles")


def run(options: argparse.Namespace) -> int:
    """Write what changed, and name it. Mistakes in casefiles are for `casebook check`: the ids are read regardless."""
    try:
        written = write_editor_schemas(read_names(options.casefiles), options.folder or options.casefiles / FOLDER)
    except OSError as error:
        print(f"casebook schema: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    for path in written:
        print(f"wrote {path}")
    return 0
