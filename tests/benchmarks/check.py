"""Measures `casebook check`, as an editor waits for it: start-up included, wall and CPU seconds.

    python tests/benchmarks/check.py            # 100 and 1,000 cases
    python tests/benchmarks/check.py 100 400    # other sizes

Each is run several times and the best run reported, since the others measure the neighbours: for the first time, with
everything kept from an earlier run, with one casefile changed since, and with nothing kept. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from build import calibrate
from make_cases import write_casefiles

RUNS = 5


def check(folder: Path, *options: str) -> tuple[float, float]:
    """Wall and CPU seconds of one check, its other processes included."""
    before, start = os.times(), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "casebook.cli", "check", *options], cwd=folder, capture_output=True, text=True
    )
    wall, after = time.monotonic() - start, os.times()
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


def forget(folder: Path) -> None:
    """Take away what earlier checks kept."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def touch_one(folder: Path) -> None:
    """Change the text of one casefile."""
    with (folder / "casefiles" / "cases" / "case-1.yml").open("a") as file:
        file.write(f"# {time.monotonic()}\n")


def measure(folder: Path, prepare: Callable[[Path], object], *options: str) -> tuple[float, float]:
    """The best wall seconds and the best CPU seconds of several checks."""
    walls, used = [], []
    for _ in range(RUNS):
        prepare(folder)
        wall, cpu = check(folder, *options)
        walls.append(wall)
        used.append(cpu)
    return min(walls), min(used)


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [100, 1000]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {calibrate():.2f} s for five million additions, "
        f"load {os.getloadavg()[0]:.1f}\n"
    )
    print("| cases | run | wall s | CPU s | CPU ms a case |\n|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            write_casefiles(folder, size)
            runs: dict[str, tuple[Callable[[Path], object], list[str]]] = {
                "the first": (forget, []),
                "all kept": (lambda _: None, []),
                "one casefile changed": (touch_one, []),
                "nothing kept (--no-cache)": (forget, ["--no-cache"]),
            }
            for name, (prepare, options) in runs.items():
                wall, cpu = measure(folder, prepare, *options)
                print(f"| {size:,} | {name} | {wall:.2f} | {cpu:.2f} | {cpu / size * 1000:.1f} |", flush=True)


if __name__ == "__main__":
    main()
