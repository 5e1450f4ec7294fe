"""The site as a plain Markdown tree with front matter, which any static site generator builds without our hooks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import join, normpath, relpath
from typing import Any
from urllib.parse import urlsplit

from casebook.bibliography import PUBLICATION
from casebook.book import Casebook
from casebook.exports.calendar import calendar_files
from casebook.exports.citations import citation_files
from casebook.exports.data import data_files
from casebook.exports.feeds import feed_files
from casebook.exports.folders import FolderRefused, replaced_folder
from casebook.exports.markdown_text import escape_text, to_markdown
from casebook.exports.site import Site
from casebook.exports.site_files import write_site_files
from casebook.model import Case, published_schemas
from casebook.pipeline import build_pages
from casebook.views.list_address import BUILDER
from casebook.views.page import Page, PageSpec

BUILT = frozenset({"site"})
"""Where plain MkDocs builds the exported tree."""

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON may hold as it is and YAML may not."""


def export_markdown(book: Casebook, casefiles: Path, place: Path) -> int:
    """Write every page of the casebook into the folder `place`, and return their number.

    The hand-written pages are taken from `docs` beside the casefiles. Page by page, so that 2,000 pages need no more
    memory than one. Raises FolderRefused when `place` holds what no export wrote, or lies among the sources.
    """
    root = casefiles.parent
    sources = [root / "docs", casefiles]
    for source in sources:
        if place.is_relative_to(source):
            raise FolderRefused(f"{place} lies in {source}, which is read; name a folder elsewhere")
    with replaced_folder(place, disposable=BUILT) as folder:
        return _fill(book, root, folder)


def _fill(book: Casebook, root: Path, folder: Path) -> int:
    docs = folder / "docs"
    written_by_hand = _copy_docs(root / "docs", docs)
    files = {_address(name): name for name in written_by_hand}
    files |= {spec.uri: f"{spec.uri}index.md" for spec in build_pages(book)}
    for spec in build_pages(book):
        _write(docs / files[spec.uri], page_markdown(spec.build(), spec.file, book, files))
    _copy_data(book, root, docs)
    _write(folder / "mkdocs.yml", _configuration(build_pages(book), written_by_hand))
    return len(files)


def _copy_docs(source: Path, docs: Path) -> list[str]:
    """Copy the hand-written pages and what belongs to them; return the pages' names."""
    if source.is_dir():
        shutil.copytree(source, docs, ignore=shutil.ignore_patterns(".*"))
    return sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))


def _address(name: str) -> str:
    """Where a hand-written page stands on the site: `method/` for `method.md`."""
    return name.removesuffix("index.md") if name.split("/")[-1] == "index.md" else f"{name.removesuffix('.md')}/"


def _copy_data(book: Casebook, root: Path, docs: Path) -> None:
    """The files that the site publishes beside its pages."""
    for name in sorted({spec.file for spec in build_pages(book) if spec.file}):
        _write(docs / name, (root / name).read_text(encoding="utf-8"))
    for name, schema in published_schemas().items():
        _write(docs / "schema" / name, json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    for family in (feed_files, data_files, citation_files, calendar_files):
        write_site_files(docs, family(book, Site(PUBLICATION)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def page_markdown(page: Page, casefile: str, book: Casebook, files: Mapping[str, str]) -> str:
    """One page with its front matter. `files` gives the Markdown file behind each address of the site."""
    link = _linker(page.uri, files)
    parts = [front_matter(_metadata(page, casefile, book)), to_markdown(page.lead, link)]
    # The parts of a case (`The record`) stand above its sections; other pages have sections only.
    is_parted, level = any(section.level == 1 for section in page.sections), 2
    for section in page.sections:
        if section.level == 1:
            level = 2
        parts.append(f'<a id="{section.id}"></a>\n\n{"#" * level} {escape_text(section.title)}')
        parts.append(to_markdown(section.html, link, level=level))
        if is_parted and section.level == 1:
            level = 3
    return "\n\n".join(part for part in parts if part) + "\n"


def _linker(uri: str, files: Mapping[str, str]) -> Callable[[str], str]:
    """How a page at `uri` links: to files inside the tree, and outside as it did."""

    def link(href: str) -> str:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path:
            return href
        target = normpath(join(uri, parts.path))
        file = files.get("" if target == "." else f"{target}/")
        if file is None:
            return href
        # A list in the builder's address is for its script, which the tree has not.
        anchor = "" if target == BUILDER.rstrip("/") else parts.fragment
        return relpath(file, uri or ".") + (f"#{anchor}" if anchor else "")

    return link


def _metadata(page: Page, casefile: str, book: Casebook) -> Iterator[tuple[str, Any]]:
    yield "title", page.title
    yield "description", page.description
    yield "kind", page.kind
    if page.kind == "case":
        yield from _case_metadata(book.cases[page.uri.split("/")[1]])
    if casefile:
        yield "casefile", casefile


def _case_metadata(case: Case) -> Iterator[tuple[str, Any]]:
    # Generators want a whole day as `date`; the episode's own, often uncertain date stands beside it in EDTF.
    yield "date", case.published.earliest.isoformat()
    if case.updated:
        yield "updated", case.updated.earliest.isoformat()
    yield "occurred", case.occurred.text
    yield "status", case.status
    yield "themes", list(case.themes)


def front_matter(fields: Iterable[tuple[str, Any]]) -> str:
    """Front matter as YAML whose values are JSON, so that no text can end a value or begin another."""
    lines = [f"{name}: {_json(value)}" for name, value in fields]
    return "\n".join(["---", *lines, "---"])


def _json(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _configuration(specs: Iterable[PageSpec], written_by_hand: Iterable[str]) -> str:
    """A `mkdocs.yml` with which plain MkDocs builds the tree. The navigation holds indexes, not their entries."""
    nav: list[str | dict[str, str]] = [{spec.title: f"{spec.uri}index.md"} for spec in specs if _is_index(spec.uri)]
    nav += [name for name in written_by_hand if "/" not in name]
    configuration = {
        "site_name": "The Founder Casebook",
        "site_url": "",
        "theme": {"name": "mkdocs", "highlightjs": False},  # which would be fetched from another host
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "def_list", "footnotes", "tables"],
        "nav": nav,
        "not_in_nav": "*",
        "validation": dict.fromkeys(("not_found", "absolute_links", "unrecognized_links", "anchors"), "warn"),
    }
    return f"# Written by casebook export: mkdocs build\n{_json(configuration, indent=2)}\n"


def _is_index(uri: str) -> bool:
    return uri.count("/") <= 1
