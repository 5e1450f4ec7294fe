"""The faces in which PDFs are set: Newsreader, as on the site, and Noto Serif SC for Chinese.

They are fetched once from npm and kept in `.cache/teaching/`, since nothing may depend on what a machine has. Both are
under the SIL Open Font License, which comes along.
"""

from __future__ import annotations

import re
from pathlib import Path

from casebook.npm_packages import NotInstalled as NotInstalled
from casebook.npm_packages import NpmPackage, install_package

_EXTRA = "teaching"
FACES = (
    NpmPackage(
        label="Newsreader", name="@expo-google-fonts/newsreader", version="0.4.1",
        integrity="sha512-j96W112+mj/VYP06DCq00w+twyw42w0MY7eHB/XXioNK80BcG0cIk/zogjOENZSY7qejzIFbHE/PZYqlh/6VKQ==",
        wanted=re.compile(r"package/(?:[0-9]+\w+/)?(Newsreader_(?:400Regular|600SemiBold)(?:_Italic)?\.ttf|LICENSE_FONT)"),
        extra=_EXTRA,
    ),
    NpmPackage(
        label="Noto Serif SC", name="@expo-google-fonts/noto-serif-sc", version="0.4.3",
        integrity="sha512-fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
        wanted=re.compile(r"package/(?:[0-9]+\w+/)?(NotoSerifSC_(?:400Regular|600SemiBold)\.ttf|LICENSE_FONT)"),
        extra=_EXTRA,
    ),
)  # fmt: skip


def face_folders(project: Path) -> tuple[Path, ...]:
    """Where the faces stand, when they were installed: a folder for each version of each."""
    return tuple(project / ".cache" / "teaching" / f"{face.name.rpartition('/')[2]}-{face.version}" for face in FACES)


def are_installed(project: Path) -> bool:
    """Whether all faces are there."""
    return all(any(folder.glob("*.ttf")) for folder in face_folders(project))


def install_faces(project: Path) -> tuple[Path, ...]:
    """Fetch the faces that are not there. Raises NotInstalled, leaving nothing half done."""
    folders = face_folders(project)
    for face, folder in zip(FACES, folders, strict=True):
        if not any(folder.glob("*.ttf")):
            install_package(face, folder)
    return folders
