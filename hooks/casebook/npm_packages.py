"""Packages of npm's registry that the project uses and does not hold.

Each is of one version, and taken only when it is byte for byte the one that was tried. Nothing of it is run here: its
files are unpacked, and only those that are wanted.
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
from dataclasses import dataclass
from pathlib import Path

_LONGEST = 600
"""Seconds for seventy megabytes."""


class NotInstalled(Exception):  # noqa: N818 - it names what happened
    """A package could not be had. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """A package of one version."""

    label: str
    """What it is called in messages: `Decap CMS`."""
    name: str
    version: str
    integrity: str
    """The digest of the package, as npm's registry publishes it: `sha512-…`."""
    wanted: re.Pattern[str]
    """Matches the whole name of each file to unpack; its first group is the name that the file gets, without folders."""
    extra: str
    """The extra of this project that brings npm along."""


def install_package(package: NpmPackage, place: Path) -> None:
    """Fetch a package with npm and unpack what is wanted into the folder `place`, in the stead of what is there.

    Raises NotInstalled, leaving nothing half done.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="fetch-") as folder:
        archive = _fetch(package, npm_program(package), Path(folder))
        fresh = Path(folder, "fresh")
        unpack(package, archive, fresh)
        shutil.rmtree(place, ignore_errors=True)
        fresh.replace(place)


def npm_program(package: NpmPackage) -> str:
    """Npm beside this Python, where the extra puts it, or the system's. Raises NotInstalled."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("npm", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if found is None:
        raise NotInstalled(
            f'npm is needed once, to fetch {package.label}: pip install "founder-casebook[{package.extra}]", or Node.js'
        )
    return found


def _fetch(package: NpmPackage, npm: str, folder: Path) -> Path:
    """The package as npm has it; nothing of it is run."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])}
    wanted = f"{package.name}@{package.version}"
    command = [npm, "pack", wanted, "--silent", "--ignore-scripts", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - the command is all ours
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"npm could not fetch {package.label}: {error}") from error
    packages = list(folder.glob("*.tgz"))
    if done.returncode or len(packages) != 1:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotInstalled(f"npm could not fetch {package.label}: {said}")
    return packages[0]


def unpack(package: NpmPackage, archive: Path, folder: Path) -> None:
    """Write what is wanted of an archive into a new folder. Raises NotInstalled when it is not the one that was tried."""
    with archive.open("rb") as file:
        digest = base64.b64encode(hashlib.file_digest(file, "sha512").digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise NotInstalled(
            f"what npm brought is not {package.label} {package.version} as it was tried: sha512-{digest}; it was thrown away"
        )
    folder.mkdir()
    with tarfile.open(archive) as members:
        for member in members:
            wanted = package.wanted.fullmatch(member.name)
            content = members.extractfile(member) if wanted and member.isfile() else None
            if wanted and content:
                (folder / wanted[1]).write_bytes(content.read())
