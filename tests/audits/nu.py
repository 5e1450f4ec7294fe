"""Checks every built page with the Nu HTML checker. Needs Java: `make audit` installs the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path


def main(site: Path, packages: Path) -> int:
    """Print each kind of finding once with the number of pages that have it; 1 when there is an error."""
    jar = packages / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = [
        "java",
        "-Xss2m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--skip-non-html",
        "--exit-zero-always",
        str(site),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(run.stderr)["messages"]
    except (ValueError, KeyError):
        sys.exit(f"the Nu HTML checker did not run: {run.stderr[-2000:]}")
    kinds = Counter((message["type"], message.get("subType", ""), message["message"]) for message in messages)
    first = {(message["type"], message["message"]): message for message in reversed(messages)}
    for (kind, sub, text), count in kinds.most_common():
        message = first[kind, text]
        page = message.get("url", "").rpartition(f"{site.name}/")[2]
        print(
            f"{sub or kind} {count}×: {text}\n    first in {page}:{message.get('lastLine', '')}: {message.get('extract', '')!r}"
        )
    errors = sum(count for (kind, _, _), count in kinds.items() if kind != "info")
    warnings = sum(count for (kind, _, _), count in kinds.items() if kind == "info")
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"Nu HTML checker: {pages} pages, {errors} errors, {warnings} warnings")
    return 1 if errors or not pages else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
