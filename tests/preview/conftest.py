"""A casefiles folder that tests break, and the preview that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

import builders
from casebook.preview.moments import Preview

CASE = "cases/first-case"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The minimal casebook."""
    return builders.write_casefiles(tmp_path)


@pytest.fixture
def casefile(folder: Path) -> Path:
    return folder / f"{CASE}.yml"


@pytest.fixture
def preview(folder: Path) -> Preview:
    """One that has read the sound casebook."""
    opened = Preview(folder)
    opened.read()
    assert opened.now.edition is not None, opened.now.problems
    return opened
