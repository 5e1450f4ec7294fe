"""The arc as it is drawn by a browser, with the real casefiles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.conftest import Reader

NewReader = Callable[..., Reader]
WIDTHS = {"wide": 1440, "narrow": 390}
SHOWN = {"wide": ".arc-h", "narrow": ".arc-v"}
# Boxes of the words of each label; a label's lines belong together.
LABELS = """selector => {
    const shown = document.querySelector(selector);
    return [...shown.querySelectorAll("a")].map(link => {
        const texts = [...link.querySelectorAll("text")];
        for (let next = link.nextElementSibling; next && next.matches("text"); next = next.nextElementSibling) texts.push(next);
        const boxes = texts.map(text => text.getBoundingClientRect());
        return {name: link.getAttribute("aria-label"), boxes: boxes.map(box => [box.left, box.top, box.right, box.bottom])};
    });
}"""
STEMS = """selector => [...document.querySelectorAll(`${selector} .stem`)].map(stem => {
    const box = stem.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
})"""
Box = tuple[float, float, float, float]


def _overlap(one: Box, other: Box, slack: float) -> bool:
    return (
        one[0] < other[2] - slack and other[0] < one[2] - slack
        and one[1] < other[3] - slack and other[1] < one[3] - slack
    )  # fmt: skip


def _open(new_reader: NewReader, kind: str, uri: str = "arc/", **options: object) -> Page:
    page = new_reader(viewport={"width": WIDTHS[kind], "height": 900}, **options).open(uri)
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("uri", ["", "arc/"])
@pytest.mark.parametrize("kind", WIDTHS)
def test_no_label_lies_on_another(new_reader: NewReader, kind: str, uri: str):
    labels = _open(new_reader, kind, uri).evaluate(LABELS, SHOWN[kind])
    assert len(labels) > 10
    # The line boxes of a face are taller than its letters, by some three pixels above and below.
    clashes = [
        (one["name"], other["name"])
        for index, one in enumerate(labels)
        for other in labels[:index]
        if any(_overlap(a, b, 4) for a in one["boxes"] for b in other["boxes"])
    ]
    assert clashes == []


def test_no_stem_crosses_the_words_of_a_label(new_reader: NewReader):
    page = _open(new_reader, "wide")
    stems = [(left - 0.5, top, right + 0.5, bottom) for left, top, right, bottom in page.evaluate(STEMS, ".arc-h")]
    crossed = [
        label["name"]
        for label in page.evaluate(LABELS, ".arc-h")
        if any(_overlap(stem, box, 1) for stem in stems for box in label["boxes"])
    ]
    assert crossed == []


@pytest.mark.parametrize("kind", WIDTHS)
def test_words_stay_in_the_window_and_nothing_scrolls_sideways(new_reader: NewReader, kind: str):
    for uri in ("", "arc/", "claims/"):
        page = _open(new_reader, kind, uri)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[kind]
    page = _open(new_reader, kind)
    edges = [
        edge for label in page.evaluate(LABELS, SHOWN[kind]) for box in label["boxes"] for edge in (box[0], box[2])
    ]
    assert min(edges) >= 0
    assert max(edges) <= WIDTHS[kind]


@pytest.mark.parametrize("kind", WIDTHS)
def test_one_drawing_is_there_for_readers_and_each_mark_is_one_stop(new_reader: NewReader, kind: str):
    page = _open(new_reader, kind)
    shown, hidden = SHOWN[kind], next(other for other in SHOWN.values() if other != SHOWN[kind])
    assert page.locator(shown).is_visible()
    assert not page.locator(hidden).is_visible()
    names = [link.get_attribute("aria-label") for link in page.locator(f"{shown} a").all()]
    page.locator(f"{shown} a").first.focus()
    stops = []
    for _ in names:
        stops.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert stops == names


def test_mark_leads_to_its_event_by_keyboard(new_reader: NewReader):
    page = _open(new_reader, "wide")
    link = page.locator(".arc-h a").first
    address = link.get_attribute("href") or ""
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address.rpartition('../')[2]}")
    assert page.locator(f"[id='{address.partition('#')[2]}']").is_visible()


@pytest.mark.parametrize("kind", WIDTHS)
def test_arc_and_its_table_need_no_script(new_reader: NewReader, kind: str):
    page = _open(new_reader, kind)
    marks = page.locator(f"{SHOWN[kind]} a").count()
    bare = new_reader(viewport={"width": WIDTHS[kind], "height": 900}, java_script_enabled=False).open("arc/")
    assert bare.locator(f"{SHOWN[kind]} a").count() == marks
    assert bare.locator(".arc-table tbody tr").count() == marks
