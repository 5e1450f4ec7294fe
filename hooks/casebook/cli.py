"""The `casebook` command. Exit status: 0 clean, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from casebook import __version__

PROBLEMS = 1
"""Exit status where not everything was said, as where there are problems."""
COMMANDS = {
    "new": "begin a case, or add an entry to a registry",
    "check": "report every problem in the casefiles",
    "source": "record the text of a source",
    "history": "hold the casefiles against what was published before",
    "fmt": "give every file its one canonical layout, or say where it differs",
    "attest": "find every quote in an archive of source texts",
    "schema": "write JSON Schemas with this casebook's ids, for editor programs",
    "forms": "write GitHub's issue forms and pull-request template from the casefile format",
    "rename": "give something another id everywhere, and keep its old address",
    "links": "ask whether the addresses in the casefiles still answer",
    "export": "write the pages for another program",
    "admin": "open the form in the browser, or install it",
}
"""Each is a module of `casebook.commands`, imported when it is called; what it does, for the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="casebook", description="Write, check, attest and export casefiles.")
    parser.add_argument("--version", action="version", version=f"casebook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        if name in words[:1]:
            module = import_module(f"casebook.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    options = parser.parse_args(words)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`); at the end Python would try to write the rest once more.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the process lives
        return PROBLEMS
    return status


if __name__ == "__main__":
    sys.exit(main())
