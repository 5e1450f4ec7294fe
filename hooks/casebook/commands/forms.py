"""`casebook forms`: write the forms for those who contribute without installing anything."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casebook.exports.issue_forms import contribution_files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", nargs="?", type=Path, default=".github", metavar="DIR", help="by default .github")


def run(options: argparse.Namespace) -> int:
    """Write the files that changed, and name them."""
    try:
        for name, content in contribution_files().items():
            path = options.folder / name
            if not path.is_file() or path.read_text(encoding="utf-8") != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
                print(f"wrote {path}")
    except OSError as error:
        print(f"casebook forms: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0
