"""Views read as trees, so that tests state what stands where."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.pipeline import build_pages

Show = Callable[..., LexborHTMLParser]


@pytest.fixture
def show() -> Show:
    """Renders one page, by its address, of a casebook made of these texts (the minimal one without)."""

    def render(
        uri: str, *,
        cases: Mapping[str, str] | None = None,
        registries: Mapping[str, str] | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> LexborHTMLParser:  # fmt: skip
        loaded = builders.load(cases=cases, registries=registries, readings=readings)
        assert loaded.casebook is not None, loaded.problems
        specs = {spec.uri: spec for spec in build_pages(loaded.casebook)}
        return LexborHTMLParser(str(specs[uri].build().render()))

    return render
