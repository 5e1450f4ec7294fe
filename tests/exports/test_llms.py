"""`llms.txt`: its form, its bounds, and that words stay words."""

from __future__ import annotations

import json
import re

import cmarkgfm
import pytest

import builders
from casebook.book import Casebook
from casebook.exports.data import data_files
from casebook.exports.feeds import NEWEST
from casebook.exports.llms import llms_files
from casebook.exports.site import Site
from casebook.pipeline import build_pages
from hostile import PAYLOADS, dangers

SITE = Site("The Founder Casebook", "https://example.org/book/", "About founders.", ("method/",))


def book(**cases: str) -> Casebook:
    loaded = builders.load(cases={name.replace("_", "-"): text for name, text in cases.items()} or None)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def written(made: Casebook, site: Site = SITE) -> str:
    (file,) = llms_files(made, site)
    return str(file.content)


def links(text: str) -> list[str]:
    return re.findall(r"^- \[.*?\]\((.*?)\): ", text, re.MULTILINE)


def test_it_has_the_form_of_llmstxt():
    lines = written(book()).splitlines()
    assert lines[:3] == ["# The Founder Casebook", "", "> About founders."]
    assert [line for line in lines if line.startswith("#")] == [
        "# The Founder Casebook", "## Cases", "## Records of all cases", "## About",
    ]  # fmt: skip
    listed = lines[lines.index("## Cases") :]
    assert all(re.fullmatch(r"- \[.+\]\(\S+\): .+", line) for line in listed if line and not line.startswith("#"))


def test_every_link_leads_to_a_file_or_a_page():
    made = book()
    there = {file.uri for file in data_files(made, SITE)} | {spec.uri for spec in build_pages(made)} | {"method/"}
    found = [link.removeprefix(SITE.url) for link in links(written(made))]
    assert set(found) - there == set()
    assert found[:2] == ["data/cases/first-case.json", "data/cases.json"]


def test_without_a_hand_written_method_there_is_no_link_to_it():
    assert "https://example.org/book/method/" in links(written(book()))
    assert "method/" not in links(written(book(), Site("The Founder Casebook")))


def test_it_does_not_grow_with_the_number_of_cases():
    many = {f"case_{n}": builders.other_case(f"case-{n}") for n in range(NEWEST + 5)}
    found = links(written(book(**many)))
    assert sum(link.startswith(f"{SITE.url}data/cases/") for link in found) == NEWEST
    assert f"{SITE.url}data/cases.json" in found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_are_words(payload: str):
    words = json.dumps(payload)
    text = builders.case(
        ("title: The first case", f"title: {words}"),
        ("dek: A founder promises something and is quoted.", f"dek: {words}"),
    )
    found = written(book(first_case=text))
    html = cmarkgfm.markdown_to_html(found, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    assert dangers(html, {"h1", "h2", "p", "ul", "li", "a", "code", "blockquote"}) == []
    assert re.findall('href="(.*?)"', html)[0] == "https://example.org/book/data/cases/first-case.json"
    assert len(re.findall("<a ", html)) == len(re.findall("<a ", cmarkgfm.markdown_to_html(written(book()))))
