"""Old addresses inside pages: an empty anchor where each of them led, so that links kept elsewhere still land."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup, escape

from casebook.model import Case
from casebook.views.page import Page, Section


def anchors_of(case: Case) -> dict[str, str]:
    """Old local id → the id that took its place, for those that were not removed."""
    return {item.was: item.now for item in case.moved if item.now}


def with_old_anchors(page: Page, moved: Mapping[str, str]) -> Page:
    """The page with an empty element for every old id, the first thing in what now has another.

    Ids whose new place is on another page are passed over.
    """
    if not moved:
        return page
    olds: dict[str, list[str]] = {}
    for old, new in moved.items():
        olds.setdefault(new, []).append(old)
    return replace(page, sections=tuple(_with_anchors(section, olds) for section in page.sections))


def _with_anchors(section: Section, olds: Mapping[str, list[str]]) -> Section:
    # Our templates escape ">" in attributes, so a tag ends at the first one.
    tags = re.compile(rf'<[a-z0-9]+\b[^>]* id="({"|".join(map(re.escape, olds))})"[^>]*>')
    html = tags.sub(lambda tag: f"{tag[0]}{_empty(olds[tag[1]])}", section.html)
    if section.level > 1:
        html = f"{_empty(olds.get(section.id, ()))}{html}"
    return section if html == section.html else replace(section, html=Markup(html))  # noqa: S704 - ids are escaped


def _empty(ids: list[str] | tuple[()]) -> str:
    return "".join(f'<span id="{escape(old)}"></span>' for old in ids)
