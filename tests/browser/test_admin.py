"""The form in a real browser: Decap CMS over a copy of the real casefiles, from list to file."""

from __future__ import annotations

import difflib
import http.server
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

import sites
from browser.conftest import REPORT_VIOLATIONS
from casebook.admin.bundle import bundle_folder, is_installed
from casebook.admin.config import GitHub
from casebook.admin.publishing import admin_files
from casebook.admin.server import admin_application
from casebook.cli import main
from casebook.exports.site_files import write_site_files
from casebook.yaml_reading import compose_values

DAY = date(2026, 11, 28)
CASES = sorted(path.stem for path in (sites.PROJECT / "casefiles/cases").glob("*.yml"))
PATIENCE = 60_000
"""Milliseconds: the form's program is five megabytes of script, and the machine may have other work."""
COMMENT = "# The editors looked at this twice.\n"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real casefiles in a folder of their own, one with a comment, and the form's program."""
    if not is_installed(sites.PROJECT):
        pytest.fail("The form's program is not installed: make admin", pytrace=False)
    folder = tmp_path_factory.mktemp("form")
    shutil.copytree(sites.PROJECT / "casefiles", folder / "casefiles")
    shutil.copytree(bundle_folder(sites.PROJECT), bundle_folder(folder))
    noted = folder / "casefiles/cases/floor-nap.yml"
    noted.write_text(noted.read_text().replace("\nglance:\n", f"\n{COMMENT}glance:\n"), encoding="utf-8")
    return folder


@dataclass
class Editor:
    """Somebody who fills in the form, and everything that went wrong meanwhile."""

    page: Page
    address: str
    project: Path
    complaints: list[str] = field(default_factory=list)
    stays: bool = False
    """Whether the question if they want to leave is answered with no."""

    def open(self, where: str) -> None:
        """Go to a collection, and from there to an entry or a new one, as links lead."""
        collection, _, rest = where.partition("/")
        self.page.goto(f"{self.address}#/collections/{collection}")
        expect(self.page.get_by_role("heading", name="Collections")).to_be_visible()
        if rest:
            self.page.goto(f"{self.address}#/collections/{where}")

    def box(self, label: str, index: int = 0) -> Locator:
        """A field of the entry, by its name."""
        return self.page.get_by_label(label, exact=True).nth(index)

    def write(self, label: str, text: str, index: int = 0) -> None:
        """Put a text in the place of another, as somebody at a keyboard does."""
        box = self.box(label, index)
        box.click()
        box.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        expect(box).to_have_value(text)

    def press_save(self) -> None:
        """Both clicks that saving takes."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("menuitem", name="Save", exact=True).click()

    def save(self) -> None:
        """Save, and wait until that is done."""
        self.press_save()
        expect(self.page.get_by_text("Changes saved")).to_be_visible()

    def be_refused(self) -> str:
        """Save, and read what is said instead."""
        with self.refusal() as said:
            self.press_save()
            expect(said).to_be_visible()
        text = said.inner_text()
        said.get_by_role("button", name="Close").click()
        return text

    @contextmanager
    def refusal(self) -> Iterator[Locator]:
        """Do something that is refused; what Decap CMS itself makes of a refusal is no complaint."""
        # It writes a refusal to the console and then throws it on, which may come after the words are shown.
        with self.page.expect_event("pageerror"):
            yield self.page.locator("#said")
        self.complaints.clear()

    def file(self, name: str) -> Path:
        """A casefile."""
        return self.project / "casefiles" / f"{name}.yml"

    def values(self, name: str) -> Any:
        """What a casefile says."""
        return compose_values(self.file(name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def window(chromium: Browser, project: Path) -> Iterator[Editor]:
    """One window for all: opening the form takes longer than any of its saves."""
    application = admin_application(project, today=lambda: DAY)
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        editor = Editor(context.new_page(), f"http://127.0.0.1:{server.server_port}/admin/", project)
        _listen(editor)
        expect.set_options(timeout=PATIENCE)
        yield editor
        expect.set_options(timeout=5_000)
        context.close()
        server.shutdown()


def _listen(editor: Editor) -> None:
    page, note = editor.page, editor.complaints.append
    page.on("dialog", lambda dialog: dialog.dismiss() if editor.stays else dialog.accept())
    page.on("pageerror", lambda error: note(f"error: {error}"))
    page.on("console", lambda message: note(message.text) if _is_complaint(message) else None)
    own = editor.address.removesuffix("admin/")
    page.on("request", lambda it: None if it.url.startswith((own, "data:", "blob:")) else note(f"request to {it.url}"))


def _is_complaint(message: Any) -> bool:
    return message.type in ("error", "warning")


@pytest.fixture
def editor(window: Editor, project: Path, tmp_path: Path) -> Iterator[Editor]:
    """The window, with nothing to complain of when the test ends; the files are then put back."""
    shutil.copytree(project / "casefiles", tmp_path / "before")
    yield window
    complaints = [*window.complaints, *window.page.evaluate("window.violations")]
    window.complaints.clear()
    shutil.rmtree(project / "casefiles")
    shutil.copytree(tmp_path / "before", project / "casefiles")
    assert "\n".join(complaints) == ""


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def assert_that_the_commands_pass(project: Path) -> None:
    """What an editor, and every pull request, runs."""
    for command in (["fmt", "--check"], ["check"]):
        assert main([*command, "--casefiles", str(project / "casefiles")]) == 0, command


def test_the_form_opens_without_an_account_and_lists_the_cases_by_title(editor: Editor) -> None:
    editor.open("cases")
    titles = [editor.values(f"cases/{name}")["title"] for name in CASES]
    for title in titles:
        expect(editor.page.get_by_role("link", name=f"{title} (published)")).to_be_visible()


def test_a_saved_field_changes_its_own_lines_on_the_disk_and_no_others(editor: Editor) -> None:
    file = editor.file("cases/floor-nap")
    before = file.read_text(encoding="utf-8")
    editor.open("cases/entries/floor-nap")
    editor.write("Title", "The nap on the floor")
    editor.save()
    after = file.read_text(encoding="utf-8")
    assert changed_lines(before, after) == ["-title: The floor nap", "+title: The nap on the floor"]
    assert COMMENT in after
    assert_that_the_commands_pass(editor.project)


def unfold(page: Page) -> int:
    """Open every list, so that every field of the entry has a control. Returns how many controls there are."""
    folded = page.get_by_role("button", name="Expand")
    for name in ("key_figures", "cast", "body", "events", "quotes", "claims", "lessons", "disputed"):
        bar = page.locator(f"[id^='{name}-field-']").first.locator("button").first
        if bar.count():
            bar.click()
    return page.locator("input, textarea").count() + folded.count()


def test_a_case_whose_lists_were_all_open_keeps_all_that_was_not_changed(editor: Editor) -> None:
    before = editor.values("cases/work-jacket")
    editor.open("cases/entries/work-jacket")
    expect(editor.box("Dek")).to_be_visible()
    assert unfold(editor.page) > 300
    editor.write("Dek", "One sentence.")
    editor.save()
    assert editor.values("cases/work-jacket") == {**before, "dek": "One sentence."}


@pytest.mark.parametrize("name", CASES)
def test_every_case_survives_the_form(editor: Editor, name: str) -> None:
    before = editor.values(f"cases/{name}")
    editor.open(f"cases/entries/{name}")
    editor.write("Dek", "One sentence.")
    editor.save()
    assert editor.values(f"cases/{name}") == {**before, "dek": "One sentence."}


def test_a_reading_list_survives_the_form(editor: Editor) -> None:
    name = "readings/founder-as-brand-seminar"
    before = editor.values(name)
    editor.open("readings/entries/founder-as-brand-seminar")
    editor.write("Title", "A seminar")
    editor.save()
    assert editor.values(name) == {**before, "title": "A seminar"}


def test_a_refused_save_says_what_is_wrong_in_which_field_and_what_to_do(editor: Editor) -> None:
    before = editor.file("cases/floor-nap").read_text(encoding="utf-8")
    editor.open("cases/entries/floor-nap")
    editor.write("Occurred", "2024-02-30")
    said = editor.be_refused()
    for words in ("floor-nap was not saved", "occurred:", "February 2024 has no day 30", "write it as", "line 9"):
        assert words in said
    assert editor.file("cases/floor-nap").read_text(encoding="utf-8") == before


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(editor: Editor) -> None:
    file = editor.file("cases/work-jacket")
    editor.open("cases/entries/work-jacket")
    editor.write("Title", "By mine")
    file.write_text(file.read_text().replace("\ntitle: The work jacket\n", "\ntitle: By another hand\n"))
    assert "changed elsewhere" in editor.be_refused()
    assert editor.values("cases/work-jacket")["title"] == "By another hand"


def test_a_second_save_in_the_same_window_is_no_conflict(editor: Editor) -> None:
    editor.open("cases/entries/courage-speech")
    for title in ("Once", "Twice"):
        editor.write("Title", title)
        editor.save()
    assert editor.values("cases/courage-speech")["title"] == "Twice"


def test_a_person_is_added_to_the_registry(editor: Editor) -> None:
    before = editor.file("registry/people").read_text(encoding="utf-8")
    editor.open("people/new")
    editor.write("Id", "ada-example")
    editor.write("In Latin letters", "Ada Example")
    editor.write("Description", "Invented for a test.")
    editor.save()
    after = editor.file("registry/people").read_text(encoding="utf-8")
    added = {"id": "ada-example", "name": {"en": "Ada Example"}, "description": "Invented for a test."}
    assert changed_lines(before, after)[-1] == "+  description: Invented for a test."
    assert (editor.values("registry/people")[-1], after.startswith(before.rstrip("\n"))) == (added, True)
    assert_that_the_commands_pass(editor.project)


def test_a_new_case_is_saved_as_a_draft_and_what_is_missing_is_said(editor: Editor) -> None:
    editor.open("cases/new")
    editor.write("Id", "example-first-van")
    editor.write("Title", "The first van")
    themes = editor.box("Themes")
    themes.fill("staging")
    expect(editor.page.get_by_role("button", name="Take out staging")).to_be_visible()
    editor.save()
    said = editor.page.locator("#said")
    expect(said).to_contain_text('the field "glance" is missing')
    assert editor.values("cases/example-first-van") == {
        "schema_version": "1", "id": "example-first-van", "title": "The first van", "status": "draft", "themes": ["staging"],
    }  # fmt: skip
    assert main(["fmt", "--check", "--casefiles", str(editor.project / "casefiles")]) == 0
    said.get_by_role("button", name="Close").click()


def test_a_draft_with_a_date_that_is_none_is_saved_and_told_by_name(editor: Editor) -> None:
    editor.open("cases/new")
    editor.write("Id", "example-second-van")
    editor.write("Title", "The second van")
    editor.write("Occurred", "May last year")
    editor.save()
    said = editor.page.locator("#said")
    expect(said.get_by_role("heading")).to_have_text("example-second-van is saved. Before it can be published:")
    expect(said).to_contain_text("occurred: ")
    assert editor.values("cases/example-second-van")["occurred"] == "May last year"
    editor.write("Occurred", "2024-05")
    expect(said).to_be_hidden()
    editor.save()
    expect(said).to_be_visible()
    editor.open("people")
    expect(said).to_be_hidden()


def test_many_quotes_that_nobody_attested_are_said_in_one_line(editor: Editor) -> None:
    (editor.project / "casefiles/attestations.json").unlink()
    editor.open("cases/entries/floor-nap")
    editor.write("Title", "The nap on the floor")
    editor.save()
    said = editor.page.locator("#said")
    expect(said.locator("summary")).to_have_count(1)
    expect(said.locator("summary")).to_contain_text(" quotes are not attested yet: casebook attest")
    expect(said.get_by_text('the quote "q-').first).to_be_hidden()
    said.get_by_role("button", name="Close").click()


def test_what_a_published_case_lacks_is_named_and_not_only_missed(editor: Editor) -> None:
    editor.open("cases/entries/floor-nap")
    editor.write("Dek", "")
    editor.write("Occurred", "May last year")
    said = editor.be_refused()
    for words in ('the field "dek" is missing', "occurred: "):
        assert words in said


def test_what_a_new_person_lacks_is_named(editor: Editor) -> None:
    editor.open("people/new")
    editor.write("Id", "bea-example")
    said = editor.be_refused()
    for words in ('the field "name" is missing', 'the field "description" is missing'):
        assert words in said


@pytest.mark.parametrize(
    ("identifier", "words"), [("First Van", '"First Van" cannot be an id'), ("面", "cannot be an id")]
)
def test_an_id_that_cannot_be_one_is_refused_in_words(editor: Editor, identifier: str, words: str) -> None:
    editor.open("cases/new")
    editor.write("Id", identifier)
    editor.write("Title", "The first van")
    assert words in editor.be_refused()


def test_without_an_id_the_form_says_that_it_is_missing(editor: Editor) -> None:
    editor.open("cases/new")
    editor.write("Title", "The first van")
    with editor.refusal():
        editor.press_save()
    expect(editor.page.get_by_text("The id is missing: without one nothing can be saved.")).to_be_visible()


@pytest.mark.parametrize(
    "first", ["organisations/entries/xiaomi-auto", "organisations/new", "cases/entries/work-jacket", "cases/new"]
)
def test_an_address_changed_by_hand_to_another_entry_shows_that_entry(editor: Editor, first: str) -> None:
    editor.open(first)
    expect(editor.box("Id")).to_be_visible()
    editor.page.goto(f"{editor.address}#/collections/cases/entries/floor-nap")
    expect(editor.box("Title")).to_have_value("The floor nap")
    expect(editor.box("Dek")).to_have_value(editor.values("cases/floor-nap")["dek"])


def test_what_is_not_saved_stays_where_the_editor_does_after_all(editor: Editor) -> None:
    editor.open("organisations/entries/xiaomi-auto")
    editor.write("Description", "Invented for a test.")
    editor.stays = True
    with editor.page.expect_event("dialog"):
        editor.page.goto(f"{editor.address}#/collections/cases/entries/floor-nap")
    editor.stays = False
    expect(editor.box("Description")).to_have_value("Invented for a test.")
    editor.save()
    described = {entry["id"]: entry["description"] for entry in editor.values("registry/organisations")}
    assert described["xiaomi-auto"] == "Invented for a test."


def test_an_id_is_shown_with_the_words_that_people_know(editor: Editor) -> None:
    editor.open("products/entries/su7")
    expect(editor.box("Maker")).to_have_value("xiaomi-auto")
    expect(editor.page.locator(".known").first).to_have_text("Xiaomi Auto, 小米汽车")


def test_the_form_leads_to_the_page_of_the_entry(editor: Editor) -> None:
    editor.open("cases/entries/floor-nap")
    link = editor.page.get_by_role("link", name="See it on the site")
    assert link.get_attribute("href") == editor.address.replace("/admin/", "/cases/floor-nap/")


def _answer_late(route: Route) -> None:
    """Let the form wait for an entry, as on a slow machine."""
    time.sleep(1)
    route.continue_()


def test_another_entry_opened_right_after_a_save_leads_to_its_own_page(editor: Editor) -> None:
    editor.open("cases/entries/work-jacket")
    editor.write("Title", "The jacket")
    editor.save()
    editor.page.route("**/api/v1", _answer_late)
    editor.open("people/entries/lei-jun")
    expect(editor.box("Id")).to_have_value("lei-jun")
    editor.page.unroute("**/api/v1")
    expect(editor.page.get_by_text("Failed to load preview")).to_have_count(0)
    link = editor.page.get_by_role("link", name="See it on the site")
    expect(link).to_have_attribute("href", editor.address.replace("/admin/", "/people/lei-jun/"))


def test_a_published_case_is_retired_and_not_deleted(editor: Editor) -> None:
    editor.open("cases/entries/floor-nap")
    with editor.refusal() as said:
        editor.page.get_by_role("button", name="Delete entry").click()
        expect(said).to_contain_text("status retired")
    assert editor.file("cases/floor-nap").exists()
    said.get_by_role("button", name="Close").click()


@pytest.fixture(scope="module")
def published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published form, over files in the browser's memory in the place of GitHub's."""
    folder = tmp_path_factory.mktemp("published")
    write_site_files(folder, admin_files(project, GitHub("you/casebook")))
    settings = folder / "admin/config.json"
    config = json.loads(settings.read_text())
    settings.write_text(json.dumps({**config, "backend": {"name": "test-repo"}, "publish_mode": ""}))
    handler = partial(_Static, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/admin/"
        server.shutdown()


class _Static(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Keep quiet."""


@pytest.mark.usefixtures("window")
def test_what_decap_cms_writes_by_itself_says_the_same(chromium: Browser, published: str, project: Path) -> None:
    text = (project / "casefiles/cases/floor-nap.yml").read_text(encoding="utf-8")
    held = {"floor-nap.yml": {"content": text, "path": "casefiles/cases/floor-nap.yml"}}
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    context.add_init_script(f"window.repoFiles = {json.dumps({'casefiles': {'cases': held, 'readings': {}}})}")
    page = context.new_page()
    page.goto(published)
    page.get_by_role("button", name="Login").click()
    expect(page.get_by_role("heading", name="Collections")).to_be_visible()
    page.goto(f"{published}#/collections/cases/entries/floor-nap")
    box = page.get_by_label("Dek", exact=True)
    box.fill("One sentence.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("menuitem", name="Publish now").click()
    expect(page.get_by_text("Changes saved")).to_be_visible()
    written = page.evaluate("window.repoFiles.casefiles.cases['floor-nap.yml'].content")
    context.close()
    before = compose_values(text)
    assert isinstance(before, dict)
    assert compose_values(written) == {**before, "dek": "One sentence."}
    assert COMMENT not in written  # which is why the guide says what is lost
