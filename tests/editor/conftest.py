"""One language server for all tests of the editor, set up as `.vscode/settings.json` does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import write_casefiles
from casebook.exports.editor_schemas import FOLDER, write_editor_schemas
from casebook.names import read_names
from editor.language_server import LanguageServer

PROJECT = Path(__file__).parents[2]


def nested(settings: dict) -> dict:
    """`"yaml.format.enable": …` as the sections by which a server asks for it."""
    made: dict = {}
    for key, value in settings.items():
        section, _, rest = key.partition(".")
        place = made.setdefault(section, {})
        steps = rest.split(".") if rest else []
        for step in steps[:-1]:
            place = place.setdefault(step, {})
        if steps:
            place[steps[-1]] = value
        else:
            made[key] = value
    return made


@pytest.fixture(scope="session")
def casefiles(tmp_path_factory) -> Path:
    """The minimal casebook, with its schemas."""
    folder = write_casefiles(tmp_path_factory.mktemp("casebook"))
    write_editor_schemas(read_names(folder), folder / FOLDER)
    return folder


@pytest.fixture(scope="session")
def server(casefiles):
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    running = LanguageServer(casefiles.parent, nested(settings))
    yield running
    running.close()
