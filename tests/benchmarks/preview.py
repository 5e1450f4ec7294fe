"""How long an editor waits: from a save to what an open page shows of it, in Chromium, for the real casebook.

    .venv/bin/python tests/benchmarks/preview.py

Fifty-five broken saves, the good saves that mend them, edits that change the open page, and some of a hand-written
page, which MkDocs builds again.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "hooks")]

from browser.chromium import ADVICE, find_chromium  # noqa: E402
from browser.conftest import ARGUMENTS  # noqa: E402
from previews import BrokenSave, Preview, broken_saves, real_project  # noqa: E402

EDITS = 10
BY_HAND = 5
SEEN = """code => new Promise(done => {
    const panel = document.getElementById("cbp-panel");
    const look = () => {
        const found = panel.querySelector(".cbp-code")?.textContent ?? "";
        if (code ? found.endsWith(code) : !panel.querySelector(".cbp--broken")) done(Date.now());
        return look;
    };
    new MutationObserver(look()).observe(panel, { childList: true, subtree: true });
})"""


@contextmanager
def opened() -> Iterator[tuple[Preview, Page]]:
    """A preview of the real casebook, and a browser with one of its pages open."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(ADVICE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        preview = Preview(real_project(Path(folder) / "project"))
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            preview.wait_for(lambda page: "Newest cases" in page, "")
            time.sleep(5)  # pandoc and the charts are started meanwhile
            yield preview, browser.new_page()
        finally:
            browser.close()
            preview.stop()


def _until_shown(page: Page, code: str, act: Callable[[], None]) -> float:
    """Seconds from the end of a save until the panel shows a code; with none, until it is gone."""
    page.evaluate("([watch, code]) => { window.shown = eval(watch)(code); }", [SEEN, code])
    act()
    saved = time.time()
    return float(page.evaluate("window.shown")) / 1000 - saved


def _broken(page: Page, saves: list[BrokenSave]) -> Iterator[tuple[float, float]]:
    for save in saves:
        wrong = _until_shown(page, save.mistake.code, lambda save=save: save.save(save.file, save.broken))  # type: ignore[misc]
        yield wrong, _until_shown(page, "", lambda save=save: save.save(save.file, save.good))  # type: ignore[misc]


def _edited(page: Page, file: Path, old: str, count: int, where: str) -> Iterator[float]:
    """Seconds from a good save until the open page has been loaded again and shows it."""
    good = file.read_text(encoding="utf-8")
    if old not in good:
        sys.exit(f"{file.name} no longer says {old!r}: choose other words to edit")
    for number in range(count):
        file.write_text(good.replace(old, f"{old} {number}", 1), encoding="utf-8")
        saved = time.time()
        page.wait_for_function(
            "([where, words]) => document.querySelector(where)?.textContent.includes(words)",
            arg=[where, f"{old} {number}"],
        )
        yield time.time() - saved
        page.wait_for_load_state()


def _report(label: str, seconds: list[float]) -> None:
    print(f"{label:<58}{len(seconds):>4}{statistics.median(seconds):>9.2f} s{max(seconds):>9.2f} s")


def main() -> None:
    """Measure and print."""
    with opened() as (preview, page):
        page.goto(f"{preview.address}cases/work-jacket/")
        times = list(_broken(page, broken_saves(preview.casefiles)))
        case = preview.casefiles / "cases" / "work-jacket.yml"
        edits = list(_edited(page, case, "was photographed", EDITS, "#glance"))
        titles = list(_edited(page, case, "The work jacket", EDITS, "h1"))
        page.goto(f"{preview.address}method/")
        method = preview.project / "docs" / "method.md"
        heading = method.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
        by_hand = list(_edited(page, method, heading, BY_HAND, "h1"))
    print(f"{'':<58}{'n':>4}{'median':>11}{'worst':>11}")
    _report("broken save: problem on the open page", [wrong for wrong, _ in times])
    _report("good save that mends it: problem gone", [mended for _, mended in times])
    _report("good save of an edit: open page shows it", edits)
    _report("the same for a title, whose references pandoc sets again", titles)
    _report("hand-written page saved: open page shows it", by_hand)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
