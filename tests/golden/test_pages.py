"""Every page of the example casebook, word for word. After a change on purpose: `make golden`, and read the diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.pipeline import build_pages, load_casebook
from casebook.views.families import PAGE_FAMILIES
from casebook.views.page import PageSpec
from readable import readable
from sites import EXAMPLE

PAGES = Path(__file__).with_name("pages")
loaded = load_casebook(EXAMPLE / "casefiles")
assert loaded.casebook is not None, loaded.problems
# The pages of problem codes are made alike, and their examples are held against the checker elsewhere: one stands for all.
SPECS = {
    spec.uri: spec
    for spec in build_pages(loaded.casebook)
    if spec.kind != "problem" or spec.uri in ("problems/cb203/", "problems/cb309/")
}


def _file(uri: str) -> Path:
    return PAGES / f"{uri.strip('/').replace('/', '.') or 'home'}.txt"


def _shown(spec: PageSpec) -> str:
    page = spec.build()
    facts = {
        "address": f"/{page.uri}", "title": page.title, "kind": page.kind, "description": page.description,
        "file": spec.file,
    }  # fmt: skip
    head = "".join(f"{name}: {value}\n" for name, value in facts.items())
    contents = "".join(f"  {'  ' * (section.level - 1)}#{section.id} {section.title}\n" for section in page.sections)
    return f"{head}contents:\n{contents}\n{readable(str(page.render()))}"


@pytest.mark.parametrize("uri", SPECS)
def test_page_reads_as_it_was_reviewed(uri: str, is_update: bool):  # noqa: FBT001 - a fixture
    shown = _shown(SPECS[uri])
    if is_update:
        PAGES.mkdir(exist_ok=True)
        _file(uri).write_text(shown, encoding="utf-8", newline="\n")
    assert _file(uri).exists(), "no golden page; write it with: make golden"
    assert shown == _file(uri).read_text(encoding="utf-8"), "if this is meant: make golden, and read the diff"


def test_no_golden_page_is_left_over(is_update: bool):  # noqa: FBT001 - a fixture
    stale = {path for path in PAGES.iterdir() if path not in map(_file, SPECS)}
    if is_update:
        for path in stale:
            path.unlink()
        stale = set()
    assert stale == set(), "delete them with: make golden"


def test_no_two_pages_share_a_golden_file():
    assert len({_file(uri) for uri in SPECS}) == len(SPECS)


def test_example_has_a_page_of_every_kind():
    assert {spec.kind for spec in SPECS.values()} == {
        "home", "cases", "case", "teach", "teach-index", "timeline", "quotes", "claims", "lessons", "lesson",
        "entities", "entity", "sources", "source", "readings", "reading", "glossary", "corrections", "problems", "problem",
        "redirect", "retired", "changes", "arc", "positions", "disputed", "data", "fields", "builder", "so-far", "what-followed",
    }  # fmt: skip
    assert all(next(family(loaded.casebook), None) for family in PAGE_FAMILIES), "a family of pages without an example"
