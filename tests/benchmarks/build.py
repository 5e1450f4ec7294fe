"""Measures whole builds of made casebooks: wall and CPU seconds, peak memory, bytes written.

    python tests/benchmarks/build.py            # 100 and 1,000 cases
    python tests/benchmarks/build.py 100 400    # other sizes

Each size is built twice into an empty folder, in a process of its own, and the better run is reported: these numbers are for
comparing, and the slower run measures the neighbours. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from make_cases import make_project

RUNS = 2


@dataclass(frozen=True)
class Measured:
    """One build."""

    cases: int
    pages: int
    wall: float
    cpu: float
    peak_mb: float
    site_mb: float
    case_page_kb: float

    def row(self, base: Measured) -> str:
        """A line of the table; the last column sets the cost of a case against that of the smallest size."""
        ratio = (self.cpu / self.cases) / (base.cpu / base.cases)
        return (
            f"| {self.cases:,} | {self.pages:,} | {self.wall:.1f} | {self.cpu:.1f} | {self.peak_mb:.0f} | "
            f"{self.site_mb:.0f} | {self.case_page_kb:.0f} | {ratio:.2f} |"
        )


def measure(count: int) -> Measured:
    """Make `count` cases and build them."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_project(folder, count)
        start = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=folder, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        output = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        if status:
            sys.exit(output)
        files = [path for path in (folder / "site").rglob("*") if path.is_file()]
        case_page = folder / "site" / "cases" / "case-1" / "index.html"
        return Measured(
            count, sum(path.name == "index.html" for path in files), wall, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024, sum(path.stat().st_size for path in files) / 1e6, case_page.stat().st_size / 1e3,
        )  # fmt: skip


def calibrate() -> float:
    """Seconds for a fixed piece of interpreter work, to compare machines."""
    start = time.process_time()
    total = 0
    for number in range(5_000_000):
        total += number & 7
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [100, 1000]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {calibrate():.2f} s for five million additions\n"
    )
    print("| cases | pages | wall s | CPU s | peak MB | site MB | case page kB | CPU a case, ratio |")
    print("|---|---|---|---|---|---|---|---|")
    base = None
    for size in sizes:
        best = min((measure(size) for _ in range(RUNS)), key=lambda measured: measured.cpu)
        base = base or best
        print(best.row(base), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n(the measuring process itself: {peak:.0f} MB)")


if __name__ == "__main__":
    main()
