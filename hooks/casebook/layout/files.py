"""Which files have a canonical layout, and how they are written."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.problems import Problem
from casebook.text_files import read_text


def model_of(path: Path) -> type[BaseModel] | None:
    """What a file of a casefiles folder holds, by its place there: a case, a reading list, a registry's entries."""
    if path.suffix != ".yml":
        return None
    match path.parent.name, path.parent.parent.name:
        case "cases", _:
            return Case
        case "readings", _:
            return ReadingList
        case "registry", _:
            return REGISTRY_MODELS.get(path.stem)
        case registry, "registry":
            return REGISTRY_MODELS.get(registry)
    return None


def name_of(path: Path) -> str:
    """The path as messages show it: from here, where it is below."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def laid_out_files(folder: Path) -> Iterator[Path]:
    """Every file of a casefiles folder that has a layout, in order; links are left to the checker."""
    for pattern in ("cases/*.yml", "readings/*.yml", "registry/*.yml", "registry/*/*.yml"):
        yield from (path for path in sorted(folder.glob(pattern)) if not path.name.startswith(".") and model_of(path))


def read_as_it_is(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file as `read_text` gives it, with the byte order mark that it may begin with."""
    text, problems = read_text(path, name)
    if text is not None and path.read_bytes().startswith(codecs.BOM_UTF8):
        text = f"\ufeff{text}"
    return text, problems


def replace_text(path: Path, text: str) -> None:
    """Write a file all at once, so that nobody ever finds half of it; a new one is readable for all."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(text.encode())
    try:
        Path(file.name).chmod(mode)
        os.replace(file.name, path)  # noqa: PTH105 - atomic, and named for it
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
