"""Finds the Chromium that the browser tests drive. Run as a program, it installs one where none is found."""

# ruff: noqa: T201 - telling somebody what to install is its work

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ADVICE = """\
The browser tests need Chromium or Google Chrome, and none was found. Any one of these will do:

  any system      python -m playwright install --with-deps chromium
  Debian          apt-get install chromium
  Ubuntu          snap install chromium
  Fedora          dnf install chromium
  Arch            pacman -S chromium
  macOS           brew install --cask chromium

If it is installed in an unusual place, name it: CHROMIUM=/path/to/chromium make test"""

Run = Callable[[Sequence[str]], bool]


def find_chromium() -> Path | None:
    """The browser named by CHROMIUM, else one on the PATH, else Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    for name in (*NAMES, *APPLICATIONS):
        found = shutil.which(name)
        if found:
            return Path(found)
    return _downloaded()


def _downloaded() -> Path | None:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return None
    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except Error:
        return None
    return path if path.is_file() else None


def _run(command: Sequence[str]) -> bool:
    print("+", *command, flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError as error:
        print(error)
        return False


def install_chromium(run: Run = _run) -> None:
    """Try Playwright's download, then the system's package, which only root can install."""
    if run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]) and find_chromium():
        return
    if shutil.which("apt-get") and os.geteuid() == 0 and run(["apt-get", "update"]):
        run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])


def main() -> int:
    """Make sure that there is a browser; exit status 1, with advice, when none can be had."""
    if os.environ.get("CHROMIUM") and find_chromium() is None:
        print(f"CHROMIUM names {os.environ['CHROMIUM']!r}, which is not a program.\n\n{ADVICE}", file=sys.stderr)
        return 1
    if find_chromium() is None:
        install_chromium()
    found = find_chromium()
    if found is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print(f"browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
