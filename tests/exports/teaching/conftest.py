"""Courses of the example casebook and of the real one, and the documents that are made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.book import Casebook
from casebook.courses import Course, course_of_case, course_of_list
from casebook.exports.teaching.faces import face_folders
from casebook.exports.teaching.pdf import PdfMaker
from casebook.pipeline import load_casebook

ROOT = Path(__file__).resolve().parents[3]
SITE = "https://casebook.example/"


def load(folder: Path) -> Casebook:
    loaded = load_casebook(folder)
    assert loaded.casebook, loaded.problems
    return loaded.casebook


@pytest.fixture(scope="session")
def example() -> Casebook:
    return load(ROOT / "tests" / "data" / "casefiles")


@pytest.fixture(scope="session")
def real() -> Casebook:
    return load(ROOT / "casefiles")


@pytest.fixture(scope="session")
def seminar(example: Casebook) -> Course:
    return course_of_list(example, example.readings["two-sundays"])


@pytest.fixture(scope="session")
def jacket(real: Casebook) -> Course:
    return course_of_case(real, real.cases["work-jacket"])


@pytest.fixture(scope="session")
def printer() -> PdfMaker:
    folders = face_folders(ROOT)
    assert all(any(folder.glob("*.ttf")) for folder in folders), "say: casebook export teaching --install"
    return PdfMaker(folders)
