"""The form's own server: its pages, and the one address at which the form reads and writes entries.

It answers nobody but a browser on this machine that shows a page of this very server. Any page on the web can make a
browser send requests to 127.0.0.1, and can give a host name of its own that address: so the Host has to be this
machine's, the Origin that of the form, and the content JSON, which no page elsewhere can send without being refused first.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from casebook.admin.bundle import bundle_folder, is_installed
from casebook.admin.choices import choices
from casebook.admin.config import local_config
from casebook.admin.entries import (
    Address,
    NoSuchEntry,
    Unreadable,
    address,
    find,
    folder_kind,
    list_entries,
    shown_in_list,
    version_of,
)
from casebook.admin.pages import page
from casebook.admin.saving import Refusal, delete_entry, refuse_unfit_id, save_entry
from casebook.admin.trying import Told
from casebook.codes import all_codes

FOLDER = "admin/"
"""Where the form stands below the site's root."""
MOST_BYTES = 2 * 1024 * 1024
"""Longest request: a casefile may have 256 kB, and JSON may need several bytes for one."""
_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "; ".join([
    "default-src 'none'", "script-src 'self' 'unsafe-eval'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
])  # fmt: skip
"""Of the form's pages alone. Decap CMS compiles the schema of its configuration to a function, and sets styles of its own."""
_HEADERS = [
    ("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-cache"),
]  # fmt: skip
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".txt": "text/plain",
}
PAGES = ("index.html", "start.js", "form.js", "form.css", "absent.html")
"""Our own files, in `pages/`."""
_BUNDLED = re.compile(r"decap/((?:[0-9]+\.)?decap-cms\.js|decap-cms\.js\.LICENSE\.txt)")


class Answer(Exception):  # noqa: N818 - it names what it is
    """An answer other than the one asked for."""

    def __init__(self, status: HTTPStatus, message: str, told: tuple[Told, ...] = (), *, location: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.told = told
        self.headers = [("Location", location)] if location else []


def admin_application(
    project: Path, base: str = "/", *, today: Callable[[], date | None] = lambda: None, has_site: bool = True
) -> WSGIApplication:
    """A WSGI application for everything below `admin/`.

    `project` is the folder that holds `casefiles/`; `base` is the path of the site's root, `/` or `/book/`. `today`
    tells the editor's day, which decides what is overdue; by default it is the casebook's own. `has_site` when the pages
    are served beside the form, so that an entry can lead to its page.
    """
    form = _Form(project.resolve(), f"{base}{FOLDER}", today, has_site=has_site)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        more: list[tuple[str, str]] = []
        try:
            _refuse_others(environ)
            body, kind, status = *form.answer(environ), HTTPStatus.OK
        except Answer as answer:
            status, kind, more = answer.status, ".json", answer.headers
            body = _json({"error": str(answer), "problems": list(map(_as_object, answer.told))})
        sizes = [("Content-Type", f"{_TYPES[kind]}; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", [*sizes, *_HEADERS, *more])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return application


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _as_object(told: Told) -> dict[str, Any]:
    problem = told.problem
    return {
        "field": told.field, "file": problem.location.file, "line": problem.location.line, "code": problem.code,
        "severity": problem.severity.value, "message": problem.message, "hint": problem.hint,
        "many": all_codes()[problem.code].many,
    }  # fmt: skip


def _refuse_others(environ: WSGIEnvironment) -> None:
    """Raise Answer unless the request comes from this machine and, if it can change anything, from the form itself."""
    host = str(environ.get("HTTP_HOST", ""))
    if urlsplit(f"//{host}").hostname not in _HOSTS or environ.get("REMOTE_ADDR", "127.0.0.1") not in (
        "127.0.0.1",
        "::1",
    ):
        raise Answer(HTTPStatus.FORBIDDEN, "the form is for this machine alone: open it at 127.0.0.1")
    if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none"):
        raise Answer(HTTPStatus.FORBIDDEN, "another site asked for this")
    if environ.get("REQUEST_METHOD") != "POST":
        return
    if environ.get("HTTP_ORIGIN") != f"{environ.get('wsgi.url_scheme', 'http')}://{host}":
        raise Answer(HTTPStatus.FORBIDDEN, "only the form itself may write")
    if str(environ.get("CONTENT_TYPE", "")).split(";")[0].strip().lower() != "application/json":
        raise Answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "write JSON")


class _Form:
    """The form over one project."""

    def __init__(self, project: Path, root: str, today: Callable[[], date | None], *, has_site: bool) -> None:
        self.project = project
        self.casefiles = project / "casefiles"
        self.root = root
        self.today = today
        self.has_site = has_site
        self.writing = threading.Lock()
        """One save at a time: each is checked against what stands there and then written."""

    def answer(self, environ: WSGIEnvironment) -> tuple[bytes, str]:
        """The content and its kind, for one request. Raises Answer."""
        path, method = str(environ["PATH_INFO"]), environ["REQUEST_METHOD"]
        name = path.removeprefix(self.root)
        if f"{path}/" == self.root:
            raise Answer(HTTPStatus.MOVED_PERMANENTLY, "the form is a folder", location=self.root)
        if name == "api/v1" and method == "POST":
            return _json(self._act(_read(environ))), ".json"
        if name == path or method not in ("GET", "HEAD"):
            raise Answer(HTTPStatus.NOT_FOUND, "there is nothing here")
        return self._get(name)

    def _get(self, name: str) -> tuple[bytes, str]:
        if name == "":
            name = "index.html" if is_installed(self.project) else "absent.html"
        if name == "config.json":
            return _json(local_config(has_site=self.has_site)), ".json"
        if name == "choices.json":
            return _json(choices(self.casefiles)), ".json"
        bundled = _BUNDLED.fullmatch(name)
        if bundled and (bundle_folder(self.project) / bundled[1]).is_file():
            return (bundle_folder(self.project) / bundled[1]).read_bytes(), Path(name).suffix
        if name in PAGES:
            return page(name), Path(name).suffix
        raise Answer(HTTPStatus.NOT_FOUND, "there is nothing here")

    def _act(self, request: dict[str, Any]) -> Any:
        actions = {"list": self._list, "read": self._read_entry, "save": self._save, "delete": self._delete}
        action = actions.get(str(request.get("action")))
        if action is None:
            raise Answer(HTTPStatus.BAD_REQUEST, f"the actions are {', '.join(actions)}")
        try:
            return action(request)
        except NoSuchEntry as error:
            raise Answer(HTTPStatus.NOT_FOUND, f"there is no entry {error}") from error
        except Unreadable as error:
            told = tuple(Told("", problem) for problem in error.problems)
            raise Answer(HTTPStatus.CONFLICT, "the file has to be mended in a text editor first", told) from error
        except Refusal as refusal:
            status = HTTPStatus.CONFLICT if refusal.is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
            raise Answer(status, refusal.message, refusal.told) from refusal
        except RecursionError as error:
            raise Answer(HTTPStatus.BAD_REQUEST, "lists and fields are nested too deep") from error
        except OSError as error:
            raise Answer(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error.filename}: {error.strerror}") from error

    def _list(self, request: dict[str, Any]) -> Any:
        kind = folder_kind(str(request.get("folder")))
        return [_as_entry(where, shown_in_list(values)) for where, values in list_entries(self.casefiles, kind)]

    def _read_entry(self, request: dict[str, Any]) -> Any:
        where = address(str(request.get("path")))
        held = find(self.casefiles, where)
        # Asked for every new id, whether it is free; a browser would write each 404 into its console.
        if held is None:
            return None
        return {**_as_entry(where, held.entry), "version": version_of(held.entry)}

    def _save(self, request: dict[str, Any]) -> Any:
        version = request.get("version")
        values = _values(str(request.get("values")))
        if version is None:
            # Before the path, which Decap CMS makes from the id: of an unfit one it is another's, or no path at all.
            refuse_unfit_id(values)
        where = address(str(request.get("path")))
        with self.writing:
            saved = save_entry(self.casefiles, where, values, None if version is None else str(version), self.today())
        return {"version": saved.version, "problems": list(map(_as_object, saved.told))}

    def _delete(self, request: dict[str, Any]) -> Any:
        where = address(str(request.get("path")))
        with self.writing:
            delete_entry(self.casefiles, where, self.today())
        return {}


def _as_entry(where: Address, values: Any) -> dict[str, str]:
    return {"path": where.path, "values": json.dumps(values, ensure_ascii=False)}


def _read(environ: WSGIEnvironment) -> dict[str, Any]:
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length.isdecimal():
        raise Answer(HTTPStatus.LENGTH_REQUIRED, "say how long the request is")
    if int(length) > MOST_BYTES:
        raise Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES:,} bytes")
    found = _values(environ["wsgi.input"].read(int(length)))
    if not isinstance(found, dict):
        raise Answer(HTTPStatus.BAD_REQUEST, "write a JSON object")
    return found


def _values(text: str | bytes) -> Any:
    try:
        found = json.loads(text)
        _json(found)  # fails on half a character, which JSON can say and no file can hold
        return found
    except (ValueError, RecursionError) as error:
        raise Answer(HTTPStatus.BAD_REQUEST, "this is not JSON") from error
