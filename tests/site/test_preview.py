"""`mkdocs serve` answers while a casefile is broken: with the last good pages, and with the problem."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import sites
from previews import DEADLINE, Preview

PANEL = "cbp--broken"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[Callable[[Path], None]], Preview]]:
    """Starts a preview of a project that was changed beforehand."""
    running: list[Preview] = []

    def begin(change: Callable[[Path], None] = lambda project: None) -> Preview:
        project = sites.make_example_project(tmp_path / "project")
        change(project)
        running.append(Preview(project))
        return running[0]

    yield begin
    for preview in running:
        preview.stop()


def test_broken_casefile_shows_its_problem_above_the_last_good_page(start: Callable[[], Preview]):
    preview = start()
    preview.wait_for(lambda page: "Seven in the morning" in page)

    preview.edit("who: porter-fan", "who: porter-van")
    page = preview.wait_for(lambda page: "error CB203" in page)
    assert "casefiles/cases/bench-photo.yml" in page
    before = preview.casefile.read_text(encoding="utf-8").partition("porter-van")[0]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert LexborHTMLParser(page).css_first(".cbp-place").text() == place
    assert "did you mean" in page
    assert "Seven in the morning" in page
    assert "error CB203" in preview.page("method/"), "handwritten pages show it too"
    assert preview.get("admin/")[0] == 200, "the form is there to mend it"

    preview.edit("who: porter-van", "who: porter-fan")
    preview.edit("heading: Seven in the morning", "heading: Eight in the morning")
    page = preview.wait_for(lambda page: "Eight in the morning" in page)
    assert PANEL not in page
    assert "Traceback" not in preview.told()


def test_program_that_changed_meanwhile_asks_to_be_started_again(start: Callable[[], Preview]):
    preview = start()
    preview.wait_for(lambda page: "Seven in the morning" in page)
    (preview.project / "hooks" / "casebook" / "fresh.py").write_text("", encoding="utf-8")
    page = preview.wait_for(lambda page: "The program itself has changed: start it again" in page)
    assert "Seven in the morning" in page


def test_preview_that_starts_with_a_broken_casefile_answers(start: Callable[..., Preview]):
    def break_it(project: Path) -> None:
        path = project / "casefiles" / "cases" / "bench-photo.yml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("who: porter-fan", "who: porter-van"), encoding="utf-8"
        )

    preview = start(break_it)
    limit = time.monotonic() + DEADLINE
    while not (page := preview.page("")):
        assert preview.process.poll() is None, preview.told()
        assert time.monotonic() < limit
        time.sleep(0.1)
    assert "error CB203" in page
    preview.edit("who: porter-van", "who: porter-fan")
    page = preview.wait_for(lambda page: "Seven in the morning" in page)
    preview.wait_for(lambda page: "A stub." in page, "method/")
    assert PANEL not in page


def test_drafts_and_cases_in_review_are_shown_and_marked(start: Callable[..., Preview]):
    def add_drafts(project: Path) -> None:
        cases = project / "casefiles" / "cases"
        text = (cases / "bench-photo.yml").read_text(encoding="utf-8")
        for name, status in (("drafted", "draft"), ("reviewed", "review")):
            changed = text.replace("id: bench-photo", f"id: {name}", 1).replace(
                "status: published", f"status: {status}"
            )
            (cases / f"{name}.yml").write_text(changed, encoding="utf-8")

    preview = start(add_drafts)
    preview.wait_for(lambda page: "Seven in the morning" in page)
    assert "Draft, not published." in preview.page("cases/drafted/")
    assert "In review, not published." in preview.page("cases/reviewed/teach/")
    listed = LexborHTMLParser(preview.page("cases/"))
    assert [mark.text() for mark in listed.css(".case-list .draft")] == ["in review", "draft"]
    assert "(in review)" in preview.page("search/search_index.json")


def test_page_in_the_preview_is_the_page_that_is_published(start: Callable[..., Preview], tmp_path: Path):
    preview = start()
    preview.wait_for(lambda page: "Seven in the morning" in page)
    site = tmp_path / "site"
    done = sites.build(preview.project, site, CASEBOOK_SITE_URL=preview.address)
    assert done.returncode == 0, done.stdout
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        published = (site / page).read_text(encoding="utf-8")
        assert _without_notices(preview.page(page.removesuffix("index.html"))) == published, page


def _without_notices(page: str) -> str:
    """A page of the preview without what it adds to every page."""
    without_line = re.sub(r'<div id="cbp-here">.*?</div>', "", page, count=1, flags=re.DOTALL)
    return re.sub(r'<div id="cbp-panel">.*</script>\n(?=</body>)', "", without_line, count=1, flags=re.DOTALL)


def _bring_harm(project: Path, name: str, content: str | None) -> Callable[[], object]:
    """Spoil a file, or rename a folder away; returns what mends it."""
    path = project / name
    if content is None:
        away = path.rename(path.with_name("away"))
        return lambda: away.rename(path)
    good = path.read_text(encoding="utf-8")
    path.write_text(content, encoding="utf-8")
    return lambda: path.write_text(good, encoding="utf-8")


def test_preview_answers_and_recovers_whatever_happens_to_files(start: Callable[[], Preview]):
    preview = start()
    preview.wait_for(lambda page: "Seven in the morning" in page)
    for name, content, told in (
        ("casefiles", None, "the folder is not there"),
        ("mkdocs.yml", "theme: [", "error parsing the configuration file"),
        ("mkdocs.yml", "site_name: X\nplugins: [nowhere]\n", "nowhere"),
        ("hooks/theme/main.html", "{% if %}", "Expected an expression"),
        ("casefiles/registry/people.yml", "\x00", "CB004"),
    ):
        mend = _bring_harm(preview.project, name, content)
        page = preview.wait_for(lambda page, told=told: PANEL in page and told in page)  # type: ignore[misc]
        assert "Seven in the morning" in page
        assert "A stub." in preview.page("method/")
        mend()
        preview.wait_for(lambda page: PANEL not in page and "Seven in the morning" in page)
    (preview.project / "docs" / "method.md").write_text("# Method\n\nAnother stub.\n", encoding="utf-8")
    preview.wait_for(lambda page: "Another stub." in page, "method/")


def test_page_that_cannot_be_drawn_says_so_and_the_others_are_drawn(start: Callable[..., Preview]):
    def break_glossary(project: Path) -> None:
        (project / "hooks/casebook/templates/term.html.jinja").write_text("{{ 1 / 0 }}", encoding="utf-8")

    preview = start(break_glossary)
    preview.wait_for(lambda page: "Seven in the morning" in page)
    status, page = preview.get("glossary/")
    assert (status, "ZeroDivisionError" in page, "Traceback" in page) == (500, True, False)
    assert "Traceback" in preview.told()
    assert preview.get("")[0] == 200


def test_nothing_is_built_and_nothing_loaded_again_while_nobody_saves(start: Callable[[], Preview]):
    preview = start()
    page = preview.wait_for(lambda page: "Seven in the morning" in page)
    for name in (".schema/case.json", "cases/.bench-photo.yml.swp", "cases/bench-photo.yml~", "cases/4913"):
        (preview.casefiles / name).parent.mkdir(exist_ok=True)
        (preview.casefiles / name).write_text("{}", encoding="utf-8")
    preview.page("search/search_index.json")
    preview.page("cards/site.png")
    preview.edit("who: porter-fan", "who: porter-van")
    preview.wait_for(lambda page: "error CB203" in page)
    assert preview.told().count("casefiles: no problems") + preview.told().count("casefiles:\n") == 2
    assert preview.told().count("Building documentation") == 1
    assert _without_notices(preview.page()) == _without_notices(page)
