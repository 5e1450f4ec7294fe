"""How each quote says that it was checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.attestations import digest
from casebook.pipeline import build_pages, load_casebook

SHA = "1a2b3c4d5e6f" + "0" * 52
ATTESTED = {
    "source": "press-report", "source_sha256": SHA, "start": 1200, "end": 1222,
    "exact_sha256": digest("We will ship in March."), "prefix_sha256": SHA, "suffix_sha256": SHA,
    "on": "2024-05-01", "method": "full-text",
}  # fmt: skip


def quote(folder: Path, uri: str = "cases/first-case/", **changes: object) -> LexborHTMLParser:
    """The page of a casebook whose only quote is attested so."""
    root = builders.write_casefiles(folder)
    attested = {"schema_version": 1, "quotes": {"first-case#q-promise": {**ATTESTED, **changes}}}
    (root / "attestations.json").write_text(json.dumps(attested), encoding="utf-8")
    loaded = load_casebook(root)
    assert loaded.casebook is not None, loaded.problems
    page = next(spec for spec in build_pages(loaded.casebook) if spec.uri == uri).build()
    return LexborHTMLParser(str(page.render())).css_first(".quotes > li")


def line(node: LexborHTMLParser) -> str:
    return " ".join(node.css_first(".how p").text().split())


def test_verbatim_quote_says_where_and_when_its_words_were_found(tmp_path: Path):
    assert line(quote(tmp_path)) == (
        "Found word for word in the archived text of The Daily, 1 May 2024: characters 1,201 to 1,222 of the file whose "
        "SHA-256 begins 1a2b3c4d5e6f. The rules of checking"
    )


def test_reported_quote_says_that_the_whole_text_was_not_seen(tmp_path: Path):
    found = line(quote(tmp_path, method="excerpt"))
    assert found.startswith("Found word for word in an excerpt of The Daily, whose whole text we have not seen, 1 May")


def test_unverified_quote_says_that_nothing_was_found(show):
    tree = show("cases/first-case/")
    assert line(tree) == "No archived text of The Daily is known to hold these words. The rules of checking"


@pytest.mark.parametrize("uri", ["cases/first-case/", "quotes/"])
def test_check_leads_to_the_rules(tmp_path: Path, uri: str):
    link = quote(tmp_path, uri).css_first(".how a").attributes["href"]
    assert link == "../" * uri.count("/") + "method/#how-quotes-are-checked"


def test_translation_stands_in_a_pair_with_its_original(show):
    chinese = "exact: 三月发货。\n    lang: zh-Hans\n    translation: {lang: en, text: We ship., by: the editors}"
    text = builders.case(("exact: We will ship in March.\n    lang: en", chinese))
    assert len(show("cases/first-case/", cases={"first-case": text}).css("#q-promise .pair > p")) == 2
    assert show("cases/first-case/").css("#q-promise .pair") == []


def test_link_to_the_passage_is_not_printed(show):
    assert show("cases/first-case/").css_first("#q-promise .noprint a").text() == "the passage"


@pytest.mark.parametrize("day", ["2024-13-01", "20240501", "yesterday", "<b>"])
def test_attestation_of_no_day_is_refused(tmp_path: Path, day: str):
    root = builders.write_casefiles(tmp_path)
    attested = {"schema_version": 1, "quotes": {"first-case#q-promise": {**ATTESTED, "on": day}}}
    (root / "attestations.json").write_text(json.dumps(attested), encoding="utf-8")
    assert "CB503" in [problem.code for problem in load_casebook(root).problems]
