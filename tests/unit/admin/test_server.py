"""The form's server answers a browser on this machine that shows the form, and nobody else."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from builders import CASE, write_casefiles
from casebook.admin.bundle import bundle_folder
from casebook.admin.server import MOST_BYTES, POLICY, admin_application

HOST = "127.0.0.1:8000"
FIRST = "casefiles/cases/first-case.yml"


class Browser:
    """Sends requests as a browser on this machine does, with whatever headers a test puts in their place."""

    def __init__(self, project: Path, base: str = "/") -> None:
        self.application = admin_application(project, base)
        self.base = base

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str | None
    ) -> tuple[int, str, dict[str, str]]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": f"{self.base}{path}", "HTTP_HOST": HOST, "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        }  # fmt: skip
        if method == "POST":
            environ |= {"HTTP_ORIGIN": f"http://{HOST}", "CONTENT_TYPE": "application/json; charset=utf-8"}
        environ |= headers
        setup_testing_defaults(environ)
        environ = {key: value for key, value in environ.items() if value is not None}
        seen: list[Any] = []
        content = b"".join(self.application(environ, lambda status, headers: seen.extend([status, dict(headers)])))
        return int(seen[0][:3]), content.decode(), seen[1]

    def act(self, action: str, **request: Any) -> tuple[int, Any]:
        body = json.dumps({"action": action, **request}).encode()
        status, content, _ = self.ask("admin/api/v1", "POST", body)
        return status, json.loads(content)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_casefiles(tmp_path)
    return tmp_path


@pytest.fixture
def browser(project: Path) -> Browser:
    return Browser(project)


LIST = json.dumps({"action": "list", "folder": "casefiles/cases"}).encode()


def status(
    browser: Browser, path: str = "admin/api/v1", method: str = "POST", body: bytes = LIST, **headers: str | None
) -> int:
    return browser.ask(path, method, body, **headers)[0]


def test_the_form_itself_is_answered(browser: Browser) -> None:
    assert status(browser) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.0.7:8000", ""]
)
def test_a_host_name_that_was_given_this_address_is_refused(browser: Browser, host: str) -> None:
    assert status(browser, HTTP_HOST=host, HTTP_ORIGIN=f"http://{host}") == 403


@pytest.mark.parametrize("host", ["localhost:8000", "[::1]:8000", "127.0.0.1"])
def test_every_name_of_this_machine_is_answered(browser: Browser, host: str) -> None:
    assert status(browser, HTTP_HOST=host, HTTP_ORIGIN=f"http://{host}") == 200


def test_another_machine_is_refused(browser: Browser) -> None:
    assert status(browser, REMOTE_ADDR="192.168.0.9") == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8000", None]
)
def test_a_page_from_elsewhere_may_not_write(browser: Browser, origin: str | None) -> None:
    assert status(browser, HTTP_ORIGIN=origin) == 403


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_a_page_from_elsewhere_asks_for_is_refused(browser: Browser, method: str) -> None:
    assert status(browser, "admin/choices.json", method, HTTP_SEC_FETCH_SITE="cross-site") == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_on_any_page_can_send_is_refused(browser: Browser, kind: str) -> None:
    assert status(browser, CONTENT_TYPE=kind) == 415


def test_a_request_that_is_too_long_is_not_read(browser: Browser) -> None:
    assert status(browser, CONTENT_LENGTH=str(MOST_BYTES + 1)) == 413


@pytest.mark.parametrize("length", ["", "-1", "many", "²"])
def test_a_request_without_its_length_is_not_read(browser: Browser, length: str) -> None:
    assert status(browser, CONTENT_LENGTH=length) in (411, 400)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"3", b"\xff", b'"\\ud800"', b'{"action": "\\ud800"}', b"[" * 100_000]
)
def test_what_is_no_request_is_said_to_be_none(browser: Browser, body: bytes) -> None:
    assert status(browser, body=body) == 400


def test_an_action_that_there_is_not_is_said_to_be_none(browser: Browser) -> None:
    assert browser.act("rename") == (400, {"error": "the actions are list, read, save, delete", "problems": []})


def test_the_list_has_titles_and_not_essays(browser: Browser) -> None:
    _, listed = browser.act("list", folder="casefiles/cases")
    assert [(entry["path"], sorted(json.loads(entry["values"]))) for entry in listed] == [
        (FIRST, ["dek", "id", "occurred", "published", "status", "title"])
    ]


def test_the_list_of_people_has_an_entry_each(browser: Browser) -> None:
    _, listed = browser.act("list", folder="casefiles/registry/people")
    assert [entry["path"] for entry in listed] == [f"casefiles/registry/people/{name}.yml" for name in ("ada", "bob")]


@pytest.mark.parametrize(
    "folder", ["casefiles", "casefiles/registry", ".", "/", "casefiles/cases/..", "casefiles/registry/../cases", None]
)
def test_no_other_folder_is_listed(browser: Browser, folder: str | None) -> None:
    assert browser.act("list", folder=folder)[0] == 404


@pytest.mark.parametrize("path", ["casefiles/cases/../../secret.yml", "mkdocs.yml", "/etc/passwd", None, 3, ["a"]])
@pytest.mark.parametrize("action", ["read", "save", "delete"])
def test_no_other_file_is_reached(browser: Browser, action: str, path: Any) -> None:
    assert browser.act(action, path=path, values='{"id": "first-case"}', version=None)[0] == 404


@pytest.mark.parametrize(("identifier", "made"), [("First Van", "first-van"), ("面", ""), ("x" * 81, "x" * 81)])
def test_an_id_that_cannot_be_one_is_refused_by_name_whatever_path_was_made_of_it(
    browser: Browser, project: Path, identifier: str, made: str
) -> None:
    values, path = json.dumps({"id": identifier, "status": "draft"}), f"casefiles/cases/{made}.yml"
    code, said = browser.act("save", path=path, values=values, version=None)
    assert (code, identifier[:50] in said["error"], "lower-case letters" in said["error"]) == (422, True, True)
    assert not (project / path).exists()


@pytest.mark.parametrize("values", ["{}", '{"id": " "}'])
def test_a_new_entry_without_an_id_is_told_so(browser: Browser, values: str) -> None:
    code, said = browser.act("save", path="casefiles/cases/.yml", values=values, version=None)
    assert (code, said["error"]) == (422, "The id is missing: without one nothing can be saved.")


def test_an_entry_is_read_with_its_version_and_saved_with_it(browser: Browser, project: Path) -> None:
    _, read = browser.act("read", path=FIRST)
    values = {**json.loads(read["values"]), "title": "Another title"}
    code, saved = browser.act("save", path=FIRST, values=json.dumps(values), version=read["version"])
    assert (code, "title: Another title" in (project / FIRST).read_text()) == (200, True)
    assert saved["version"] != read["version"]


def test_a_refused_save_says_field_line_and_what_to_do(browser: Browser) -> None:
    _, read = browser.act("read", path=FIRST)
    values = {**json.loads(read["values"]), "occurred": "2024-13-01"}
    code, said = browser.act("save", path=FIRST, values=json.dumps(values), version=read["version"])
    told = {key: said["problems"][0][key] for key in ("field", "file", "code")}
    assert (code, told) == (422, {"field": "occurred", "file": FIRST, "code": "CB108"})
    assert said["problems"][0]["line"] > 1
    assert said["problems"][0]["hint"].startswith("write it as")


def test_a_conflict_is_said_to_be_one(browser: Browser, project: Path) -> None:
    _, read = browser.act("read", path=FIRST)
    (project / FIRST).write_text(CASE.replace("The first case", "By another hand"))
    code, said = browser.act("save", path=FIRST, values=read["values"], version=read["version"])
    assert (code, "changed elsewhere" in said["error"]) == (409, True)


@pytest.mark.parametrize("values", ["", "[]", "3", "null", '"x"', "{}", '{"id": 3}', '{"id": "other"}'])
def test_what_is_no_entry_is_not_saved(browser: Browser, project: Path, values: str) -> None:
    before = (project / FIRST).read_text()
    _, read = browser.act("read", path=FIRST)
    code, _ = browser.act("save", path=FIRST, values=values, version=read["version"])
    assert (code in (400, 422), (project / FIRST).read_text()) == (True, before)


def test_values_that_are_nested_without_end_are_not_saved(browser: Browser) -> None:
    _, read = browser.act("read", path=FIRST)
    deep = '{"id": "first-case", "title": ' + "[" * 900 + '"x"' + "]" * 900 + "}"
    assert browser.act("save", path=FIRST, values=deep, version=read["version"])[0] in (400, 422)


def test_a_published_case_is_not_deleted(browser: Browser, project: Path) -> None:
    code, said = browser.act("delete", path=FIRST)
    assert (code, (project / FIRST).exists(), "retired" in said["error"]) == (422, True, True)


def test_of_an_id_that_is_free_there_is_nothing_to_read(browser: Browser) -> None:
    assert browser.act("read", path="casefiles/cases/nobody.yml") == (200, None)


def test_every_answer_keeps_others_from_framing_or_running_anything(browser: Browser) -> None:
    headers = browser.ask("admin/")[2]
    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (POLICY, "nosniff")
    assert "frame-ancestors 'none'" in POLICY


def test_without_its_program_the_page_says_how_to_get_it(browser: Browser) -> None:
    assert "make admin" in browser.ask("admin/")[1]


def test_with_its_program_the_page_is_the_form(browser: Browser, project: Path) -> None:
    bundle_folder(project).mkdir(parents=True)
    (bundle_folder(project) / "decap-cms.js").write_text("program")
    assert "decap/decap-cms.js" in browser.ask("admin/")[1]
    assert browser.ask("admin/decap/decap-cms.js")[1] == "program"


@pytest.mark.parametrize(
    "name", ["decap/../../../mkdocs.yml", "decap/x.js", "pages/../server.py", "server.py", "__init__.py", "../x"]
)
def test_no_other_file_is_served(browser: Browser, name: str) -> None:
    assert status(browser, f"admin/{name}", "GET", b"") == 404


def test_the_address_without_its_last_stroke_leads_to_the_form(browser: Browser) -> None:
    code, _, headers = browser.ask("admin")
    assert (code, headers["Location"]) == (301, "/admin/")


def test_the_form_stands_below_the_site_wherever_that_is(project: Path) -> None:
    assert status(Browser(project, "/book/")) == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_do_nothing(browser: Browser, method: str) -> None:
    assert status(browser, method=method) == 404


def test_choices_have_the_words_that_people_know(browser: Browser) -> None:
    offered = json.loads(browser.ask("admin/choices.json")[1])
    assert (offered["people"], offered["cases"], offered["questions"]) == (
        [["ada", "Ada, 艾达"], ["bob", "Bob"]],
        [["first-case", "The first case"]],
        [["first-case#w-kept", "Was it kept?"]],
    )
