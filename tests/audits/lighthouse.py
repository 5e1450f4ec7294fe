"""Measures pages with Lighthouse, mobile settings, and prints the median of five runs. Needs Node.js and Chromium."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from audits.serving import served
from browser.chromium import ADVICE, find_chromium

PAGES = ("", "cases/floor-nap/", "timeline/")
RUNS = 5
GOALS = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}


def main(site: Path, packages: Path, pages: tuple[str, ...]) -> int:
    """Print the scores of each page, and what cost it points; 1 when a goal is missed."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(ADVICE)
    missed = 0
    with served(site) as address:
        for page in pages:
            reports = [_report(f"{address}{page}", packages, chromium) for _ in range(RUNS)]
            scores = {name: statistics.median(r["categories"][name]["score"] for r in reports) for name in GOALS}
            shown = ", ".join(f"{name} {score * 100:.0f}" for name, score in scores.items())
            audits = reports[0]["audits"]
            weight = audits["total-byte-weight"]["numericValue"] / 1000
            print(f"/{page}: {shown}; LCP {audits['largest-contentful-paint']['displayValue']}, "
                  f"CLS {audits['cumulative-layout-shift']['displayValue']}, "
                  f"TBT {audits['total-blocking-time']['displayValue']}, {weight:.0f} kB transferred")  # fmt: skip
            for name, goal in GOALS.items():
                if scores[name] < goal:
                    missed += 1
                    for ref in reports[0]["categories"][name]["auditRefs"]:
                        audit = audits[ref["id"]]
                        if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                            print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}")
    return 1 if missed else 0


def _report(url: str, packages: Path, chromium: Path) -> dict:
    command = [
        str(packages / "node_modules/.bin/lighthouse"), url, "--output=json", "--quiet",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": str(chromium)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if run.returncode:
        sys.exit(f"Lighthouse did not run: {run.stderr[-2000:]}")
    return json.loads(run.stdout)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:]) or PAGES))
