"""Pandoc, as its Python package brings it: what else is installed on a machine, or lies in a home folder, has no say.

Documents are handed over as pandoc's own tree in JSON. Words are words in it: nothing in them is read as markup.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

Tree: TypeAlias = dict[str, Any]
"""A document: `{"pandoc-api-version": …, "meta": …, "blocks": …}`."""
API = [1, 23, 1]


class PandocError(RuntimeError):
    """Pandoc could not do what it was asked. The message is pandoc's."""


def run_pandoc(options: Iterable[str], given: bytes, files: Mapping[str, bytes] | None = None, epoch: int = 0) -> bytes:
    """What pandoc makes of `given`, from its standard input.

    `files` are laid in the empty folder in which it runs, and options may name them. `epoch` is the moment that it takes
    for now, in seconds since 1970. Raises PandocError.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            Path(folder, name).write_bytes(content)
        environment = {"HOME": folder, "LANG": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": str(epoch)}
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}  # for Windows
        done = subprocess.run(  # noqa: S603 - the program is ours, and so are the options
            [pandoc_program(), f"--data-dir={folder}", *options],
            input=given, cwd=folder, env=kept | environment, capture_output=True, check=False,
        )  # fmt: skip
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise PandocError(f"exit {done.returncode}: {told}")
    return done.stdout


def read_html(html: str) -> Tree:
    """HTML as a tree."""
    tree: Tree = json.loads(run_pandoc(["--sandbox", "--from=html", "--to=json"], html.encode()))
    return tree


def write_tree(
    tree: Tree, to: str, options: Iterable[str] = (), files: Mapping[str, bytes] | None = None, epoch: int = 0
) -> bytes:
    """A tree in another format. In a sandbox it would always be 1970; a tree without pictures has pandoc fetch nothing."""
    return run_pandoc(["--from=json", f"--to={to}", *options, "--output=-"], json.dumps(tree).encode(), files, epoch)


def meta_value(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A value as pandoc's metadata."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: meta_value(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [meta_value(inner) for inner in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaInlines", "c": inlines(str(value))}


def inlines(text: str) -> list[Any]:
    """Words, with quotations marked as such, since a style turns double quotation marks inside a quoted title to single."""
    found: list[Any] = []
    for index, part in enumerate(re.split("“([^“”]*)”", text)):
        words = [{"t": "Str", "c": word} if word != " " else {"t": "Space"} for word in re.split("( )", part) if word]
        found += [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, words]}] if index % 2 else words
    return found


@cache
def pandoc_program() -> str:
    """Where pandoc is. Raises FileNotFoundError, or ModuleNotFoundError, when its package is not whole."""
    folder = package_folder("pypandoc") / "files"
    found = shutil.which("pandoc", path=str(folder))
    if found is None:
        raise FileNotFoundError(f"there is no pandoc in {folder}: install pypandoc_binary")
    return found


def package_folder(name: str) -> Path:
    """Where an installed package's files are."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {name} is not installed")
    return Path(spec.submodule_search_locations[0])
