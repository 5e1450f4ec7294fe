"""Decap CMS itself: one package of npm, of one version.

It is never part of the project. `install` puts what a browser needs of it into `.cache/admin/`.
"""

from __future__ import annotations

import re
from pathlib import Path

from casebook.npm_packages import NotInstalled as NotInstalled
from casebook.npm_packages import NpmPackage, install_package

DECAP = NpmPackage(
    label="Decap CMS", name="decap-cms", version="3.16.3",
    integrity="sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
    # The script, the parts that it loads later, and the licences. The package has all of it twice, and maps of it.
    wanted=re.compile(r"package/dist/((?:[0-9]+\.)?decap-cms\.js|decap-cms\.js\.LICENSE\.txt)"), extra="admin",
)  # fmt: skip
SCRIPT = "decap-cms.js"


def bundle_folder(project: Path) -> Path:
    """Where the files of this version stand, when they were installed."""
    return project / ".cache" / "admin" / f"{DECAP.name}-{DECAP.version}"


def is_installed(project: Path) -> bool:
    """Whether the form has its program."""
    return (bundle_folder(project) / SCRIPT).is_file()


def install(project: Path) -> Path:
    """Fetch Decap CMS and unpack what is needed. Raises NotInstalled, leaving nothing half done."""
    place = bundle_folder(project)
    if not is_installed(project):
        install_package(DECAP, place)
    return place
