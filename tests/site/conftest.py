"""The built sites, and the casebooks behind them."""

from __future__ import annotations

import pytest

import sites
from casebook.book import Casebook
from casebook.pipeline import load_casebook


def _book(folder: sites.Path) -> Casebook:
    loaded = load_casebook(folder)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return sites.real_site(tmp_path_factory)


@pytest.fixture(scope="session")
def real_book() -> Casebook:
    return _book(sites.PROJECT / "casefiles")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return sites.example_site(tmp_path_factory)


@pytest.fixture(scope="session")
def example_book() -> Casebook:
    return _book(sites.EXAMPLE / "casefiles")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return sites.published_site(tmp_path_factory)
