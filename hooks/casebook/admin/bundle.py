"""Decap CMS itself: one package of npm, of one version, taken only when it is byte for byte the one that was tried.

It is never part of the project. `install` puts what a browser needs of it into `.cache/admin/`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "3.16.3"
INTEGRITY = "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="
"""The digest of the package, as npm's registry publishes it."""
SCRIPT = "decap-cms.js"
_WANTED = re.compile(r"package/dist/((?:[0-9]+\.)?decap-cms\.js|decap-cms\.js\.LICENSE\.txt)")
"""The script, the parts that it loads later, and the licences. The package has all of it twice, and maps of it."""
_LONGEST = 300
"""Seconds for sixteen megabytes."""


class NotInstalled(Exception):  # noqa: N818 - it names what happened
    """Decap CMS could not be had. The message says why, and what to do."""


def bundle_folder(project: Path) -> Path:
    """Where the files of this version stand, when they were installed."""
    return project / ".cache" / "admin" / f"decap-cms-{VERSION}"


def is_installed(project: Path) -> bool:
    """Whether the form has its program."""
    return (bundle_folder(project) / SCRIPT).is_file()


def install(project: Path) -> Path:
    """Fetch Decap CMS with npm and unpack what is needed. Raises NotInstalled, leaving nothing half done."""
    place = bundle_folder(project)
    if is_installed(project):
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="fetch-") as folder:
        package = _fetch(_npm(), Path(folder))
        fresh = Path(folder, "fresh")
        unpack(package, fresh)
        shutil.rmtree(place, ignore_errors=True)
        fresh.replace(place)
    return place


def _npm() -> str:
    """Npm beside this Python, where the `admin` extra puts it, or the system's."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("npm", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if found is None:
        raise NotInstalled('npm is needed once, to fetch Decap CMS: pip install "founder-casebook[admin]", or Node.js')
    return found


def _fetch(npm: str, folder: Path) -> Path:
    """The package as npm has it; nothing of it is run."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])}
    command = [npm, "pack", f"decap-cms@{VERSION}", "--silent", "--ignore-scripts", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - the command is all ours
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm could not fetch Decap CMS: {error}") from error
    packages = list(folder.glob("*.tgz"))
    if done.returncode or len(packages) != 1:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotInstalled(f"npm could not fetch Decap CMS: {said}")
    return packages[0]


def unpack(package: Path, folder: Path) -> None:
    """Write what is needed of a package into a new folder. Raises NotInstalled when it is not the one that was tried."""
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise NotInstalled(
            f"what npm brought is not Decap CMS {VERSION} as it was tried: sha512-{digest}; it was thrown away"
        )
    folder.mkdir()
    with tarfile.open(package) as archive:
        for member in archive:
            wanted = _WANTED.fullmatch(member.name)
            content = archive.extractfile(member) if wanted and member.isfile() else None
            if wanted and content:
                (folder / wanted[1]).write_bytes(content.read())
