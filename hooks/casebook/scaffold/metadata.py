"""What a web page says of itself: title, authors, date, publication and language, each with where it stands.

Read from schema.org's JSON-LD, the `citation_` tags of scholarly and news sites, Open Graph and HTML itself, in this
order. Nothing is guessed: what a page does not say is not found, and a date in words is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

from casebook.model import LANGUAGE_PATTERN
from casebook.scaffold.fields import Path

_TYPES = {
    "NewsArticle": "article-newspaper", "ReportageNewsArticle": "article-newspaper", "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper", "BlogPosting": "post-weblog", "SocialMediaPosting": "post",
    "Report": "report", "Book": "book", "VideoObject": "motion_picture",
}  # fmt: skip
_ARTICLES = {*_TYPES, "Article", "WebPage", "ScholarlyArticle", "TechArticle"}
_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:$|[T ])|(\d{4})(?:-(\d{2}))?$")
_TITLE, _AUTHOR, _ISSUED = ("csl", "title"), ("csl", "author"), ("csl", "issued")
_CONTAINER, _LANGUAGE, _TYPE = ("csl", "container-title"), ("csl", "language"), ("csl", "type")


@dataclass(frozen=True, slots=True)
class Found:
    """A value, and where on the page it stands."""

    value: str | list[str]
    origin: str


def read_metadata(html: bytes | str, charset: str = "") -> Mapping[Path, Found]:
    """What the page says, by field of a source; of several places the first in the order above."""
    soup = BeautifulSoup(html, "html.parser", from_encoding=charset or None if isinstance(html, bytes) else None)
    found: dict[Path, Found] = {}
    for path, value, origin in (*_linked_data(soup), *_tags(soup), *_html(soup)):
        clean = _clean(path, value)
        if clean:
            found.setdefault(path, Found(clean, origin))
    return found


def _clean(path: Path, value: str | list[str]) -> str | list[str]:
    """The value as casefiles write it; nothing where it is not plain what is meant."""
    if path == _AUTHOR:
        names = [" ".join(name.split()) for name in ([value] if isinstance(value, str) else value)]
        return [name for name in names if name and not name.startswith(("http:", "https:"))]
    text = " ".join(str(value).split())
    if path == _ISSUED:
        day = _DAY.match(text)
        return "-".join(part for part in day.groups() if part) if day else ""
    if path == _LANGUAGE:
        tag = text.replace("_", "-")
        return tag if re.fullmatch(LANGUAGE_PATTERN, tag) else ""
    return text


_Said = tuple[Path, str | list[str], str]


def _linked_data(soup: BeautifulSoup) -> Iterator[_Said]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            yield from _of_item(item)


def _items(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The articles of a piece of JSON-LD, whether alone, in a list or in a graph."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            if isinstance(item.get("@graph"), list):
                yield from _items(item["@graph"])
            elif _ARTICLES & {str(kind) for kind in _list(item.get("@type"))}:
                yield item


def _of_item(item: dict[str, Any]) -> Iterator[_Said]:
    kinds = [str(kind) for kind in _list(item.get("@type"))]
    yield _TYPE, next((_TYPES[kind] for kind in kinds if kind in _TYPES), ""), "JSON-LD @type"
    for key in ("headline", "name"):
        yield _TITLE, _text(item.get(key)), f"JSON-LD {key}"
    yield _AUTHOR, [_text(author) for author in _list(item.get("author"))], "JSON-LD author"
    yield _ISSUED, _text(item.get("datePublished")), "JSON-LD datePublished"
    for key in ("isPartOf", "publisher"):
        yield _CONTAINER, _text(item.get(key)), f"JSON-LD {key}"
    yield _LANGUAGE, _text(item.get("inLanguage")), "JSON-LD inLanguage"


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else [value] if value else []


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    """A text, or the name of a thing that has one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


_TAGS: tuple[tuple[Path, tuple[str, ...]], ...] = (
    (_TITLE, ("citation_title", "og:title", "twitter:title")),
    (_AUTHOR, ("citation_author", "article:author", "author")),
    (_ISSUED, ("citation_publication_date", "citation_date", "article:published_time", "date", "dc.date")),
    (_CONTAINER, ("citation_journal_title", "og:site_name")),
    (_LANGUAGE, ("citation_language", "og:locale", "content-language")),
)


def _tags(soup: BeautifulSoup) -> Iterator[_Said]:
    """`<meta>` tags: what they hold stands under their name, their property or what they stand in for."""
    values: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or tag.get("http-equiv") or "").lower()
        values.setdefault(name, []).append(str(tag.get("content") or ""))
    for path, names in _TAGS:
        for name in names:
            if name in values:
                yield path, values[name] if path == _AUTHOR else values[name][0], f"<meta {name}>"


def _html(soup: BeautifulSoup) -> Iterator[_Said]:
    title = soup.find("title")
    if title is not None:
        yield _TITLE, title.get_text(), "<title>"
    root = soup.find("html")
    if root is not None:
        yield _LANGUAGE, str(root.get("lang") or ""), "<html lang>"
