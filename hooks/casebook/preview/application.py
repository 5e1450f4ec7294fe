"""The preview as a web application: pages are drawn when they are asked for, and say what is wrong with the casefiles."""

from __future__ import annotations

import hashlib
import json
import logging
import mimetypes
import posixpath
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from markupsafe import Markup

from casebook.exports.search import SearchEntry, search_entries
from casebook.exports.site import Site
from casebook.exports.site_files import site_files
from casebook.preview.moments import Edition, Moment, Preview
from casebook.preview.panel import notices
from casebook.views.page import PageSpec
from casebook.views.rendering import fragment

log = logging.getLogger(__name__)

OWN = "_preview/"
"""The folder under which the preview answers for itself."""
ASSETS = Path(__file__).parent / "assets"
PATIENCE = 25.0
"""Seconds after which a page that waits for news is told that there are none."""
SEARCH_INDEX = "search/search_index.json"
REMEMBERED_PAGES = 200

_MAIN = re.compile(r"<main\b[^>]*>")


class Theme(Protocol):
    """What the site generator lends to the preview. Every method may raise: it is our own code that is being changed."""

    def draw(self, spec: PageSpec, edition: Edition) -> str:
        """A page of the casebook, whole."""

    def written(self) -> Path:
        """The folder with what the site generator built: hand-written pages and assets."""

    def site(self) -> Site:
        """The place where the pages are served."""


class Answer(NamedTuple):
    """What is sent for one request."""

    content: bytes
    kind: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    location: str = ""


class Application:
    """Answers for every address below `base`; what starts with the name of a mount is left to the application mounted there.

    `files` answers for the files that the site generator wrote.
    """

    def __init__(
        self,
        preview: Preview,
        theme: Theme,
        files: WSGIApplication,
        mounts: Mapping[str, WSGIApplication],
        base: str = "/",
    ) -> None:
        self.preview = preview
        self.theme = theme
        self.files = files
        self.mounts = mounts
        """Path below the base, ending in a slash → application."""
        self.base = base
        self._drawing = threading.RLock()
        self._drawn: dict[str, str] = {}
        self._drawn_of: tuple[Edition | None, int] = (None, 0)
        self._made: dict[str, bytes] = {}
        self._making: Iterator[Any] = iter(())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request. Whatever goes wrong is said in plain words; the traceback is for the terminal."""
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        uri = path.removeprefix(self.base)
        for prefix, application in self.mounts.items():
            if uri.startswith(prefix) or f"{uri}/" == prefix:
                return application(environ, start_response)
        try:
            answer = self._answer(uri, environ) if path.startswith(self.base) else None
        except Exception as error:
            log.exception("%s could not be answered", path)
            answer = self._failed(uri, error)
        if answer is None:
            return self.files(environ, start_response)
        return _send(answer, environ, start_response)

    def _answer(self, uri: str, environ: WSGIEnvironment) -> Answer | None:
        """The answer for an address below the base; None where a file answers for it."""
        if uri.startswith(OWN):
            return self._own(uri.removeprefix(OWN), parse_qs(environ.get("QUERY_STRING", "")))
        moment = self.preview.now
        page = self._page(uri, moment)
        if page is not None:
            return Answer(self._with_notices(page, _page_uri(uri), moment).encode())
        if not uri.endswith("/") and self._is_page(f"{uri}/", moment):
            return Answer(b"", status=HTTPStatus.FOUND, location=f"{self.base}{quote(uri)}/")
        made = self._file(uri, moment.edition) if moment.edition else None
        if made is not None:
            return Answer(made, _kind(uri))
        if (self.theme.written() / _normal(uri)).is_file():
            return None
        return Answer(self._with_notices(self._nothing(moment), uri, moment).encode(), status=_nothing_status(moment))

    # Pages

    def _page(self, uri: str, moment: Moment) -> str | None:
        """A page as its readers get it, before anything is said in it by the preview."""
        edition = moment.edition
        if edition is not None and _page_uri(uri) in edition.pages:
            return self._draw(edition.pages[_page_uri(uri)], edition, moment.built)
        path = self._written_page(uri)
        return path.read_text(encoding="utf-8") if path else None

    def _is_page(self, uri: str, moment: Moment) -> bool:
        is_drawn = moment.edition is not None and uri in moment.edition.pages
        return is_drawn or self._written_page(uri) is not None

    def _written_page(self, uri: str) -> Path | None:
        """The file of a page that the site generator built."""
        path = self.theme.written() / _normal(f"{uri}index.html" if uri.endswith("/") or not uri else uri)
        return path if path.suffix == ".html" and path.is_file() else None

    def _draw(self, spec: PageSpec, edition: Edition, built: int) -> str:
        """A page of the casebook, drawn once for each edition. One at a time: two would only wait for each other."""
        with self._drawing:
            self._forget_unless((edition, built))
            if spec.uri not in self._drawn:
                if len(self._drawn) >= REMEMBERED_PAGES:
                    self._drawn.clear()
                self._drawn[spec.uri] = self.theme.draw(spec, edition)
            return self._drawn[spec.uri]

    def _forget_unless(self, current: tuple[Edition | None, int]) -> None:
        """Let go of what was made for an earlier edition."""
        if self._drawn_of != current:
            self._drawn_of = current
            self._drawn.clear()
            self._made.clear()
            self._making = site_files(current[0].book, self.theme.site()) if current[0] else iter(())

    def _nothing(self, moment: Moment) -> str:
        """The page for an address where nothing is."""
        path = self.theme.written() / "404.html"
        if moment.edition is not None and path.is_file():
            return path.read_text(encoding="utf-8")
        return str(fragment("preview_empty", title="The preview waits for good casefiles", words=""))

    def _failed(self, uri: str, error: Exception) -> Answer:
        title = "This page could not be drawn"
        words = f"{type(error).__name__}: {error}"
        page = str(fragment("preview_empty", title=title, words=words))
        return Answer(self._with_notices(page, uri, self.preview.now).encode(), status=HTTPStatus.INTERNAL_SERVER_ERROR)

    def _with_notices(self, page: str, uri: str, moment: Moment) -> str:
        """The page with what the preview has to say, and with the script that keeps it up to date."""
        told = notices(moment, self.preview.folder.parent, uri, self.base)
        own = f"{self.base}{OWN}"
        start = Markup('<div id="cbp-here">{}</div>').format(told.here)
        end = Markup(
            '<div id="cbp-panel">{}</div><link rel="stylesheet" href="{}preview.css">'
            '<script defer src="{}preview.js" data-page="{}" data-drawn="{}" data-told="{}"></script>\n'
        ).format(told.panel, own, own, uri, _digest(page, moment), _digest(told.here + told.panel))
        page = _MAIN.sub(lambda found: f"{found[0]}{start}", page, count=1)
        before, closing, after = page.rpartition("</body>")
        return f"{before}{end}{closing}{after}" if closing else f"{page}{end}"

    # Files that a published site has beside its pages

    def _file(self, uri: str, edition: Edition) -> bytes | None:
        """A file as it is now, or as it is made from the casebook; None where the site generator's own has to do."""
        if uri in edition.files:
            return (self.preview.folder.parent / uri).read_bytes()
        if uri == SEARCH_INDEX:
            return self._search_index(edition)
        is_written = (self.theme.written() / _normal(uri)).is_file()
        return None if is_written or uri.endswith("/") else self._made_file(uri, edition)

    def _search_index(self, edition: Edition) -> bytes:
        """The index of the hand-written pages, and every page of the casebook besides."""
        index = json.loads((self.theme.written() / SEARCH_INDEX).read_text(encoding="utf-8"))
        index["docs"] += self._entries(edition)
        return json.dumps(index, ensure_ascii=False).encode()

    def _entries(self, edition: Edition) -> Iterator[SearchEntry]:
        for spec in edition.pages.values():
            with self._drawing:
                yield from list(search_entries(spec.build(), edition.book))

    def _made_file(self, uri: str, edition: Edition) -> bytes | None:
        """A feed, a data file, a card: files are made in order until the one that is asked for has come."""
        with self._drawing:
            self._forget_unless((edition, self.preview.now.built))
            while uri not in self._made:
                file = next(self._making, None)
                if file is None:
                    return None
                self._made[file.uri] = file.content if isinstance(file.content, bytes) else file.content.encode()
            return self._made[uri]

    # What the preview answers for itself

    def _own(self, name: str, asked: Mapping[str, list[str]]) -> Answer | None:
        if name == "news":
            return self._news(*(asked.get(key, [""])[0] for key in ("page", "drawn", "told")))
        path = ASSETS / name
        if "/" in name or not path.is_file():
            return Answer(b"There is nothing here.", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)
        return Answer(path.read_bytes(), _kind(name))

    def _news(self, uri: str, drawn: str, told: str) -> Answer:
        """What an open page has to know. The answer waits until there is something new for this very page."""
        moment = self.preview.now
        news = self._state(uri, moment)
        if (news["drawn"], news["told"]) == (drawn, told):
            moment = self.preview.wait_until(lambda now: now is not moment, PATIENCE)
            news = self._state(uri, moment)
        return Answer(json.dumps(news).encode(), "application/json")

    def _state(self, uri: str, moment: Moment) -> dict[str, str]:
        told = notices(moment, self.preview.folder.parent, uri, self.base)
        try:
            page = self._page(uri, moment) or self._nothing(moment)
        except Exception:  # noqa: BLE001 - the page that is loaded next says so
            page = "failed"
        return {
            "drawn": _digest(page, moment), "told": _digest(told.here + told.panel),
            "panel": str(told.panel), "here": str(told.here),
        }  # fmt: skip


def _send(answer: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = [
        ("Content-Type", answer.kind), ("Content-Length", str(len(answer.content))), ("Cache-Control", "no-store"),
    ]  # fmt: skip
    if answer.location:
        headers.append(("Location", answer.location))
    start_response(f"{answer.status.value} {answer.status.phrase}", headers)
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [answer.content]


def _nothing_status(moment: Moment) -> HTTPStatus:
    """While there is no casebook at all, every address is one that may yet come."""
    return HTTPStatus.NOT_FOUND if moment.edition else HTTPStatus.OK


def _page_uri(uri: str) -> str:
    """The address of a page as the casebook knows it."""
    return uri.removesuffix("index.html") if uri == "index.html" or uri.endswith("/index.html") else uri


def _normal(uri: str) -> str:
    """A path that does not lead out of the folder in which it is looked up."""
    return posixpath.normpath(f"/{uri}").lstrip("/")


def _kind(name: str) -> str:
    if name.endswith(".yml"):
        return "text/plain; charset=utf-8"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
    return f"{kind}; charset=utf-8" if is_text else kind


def _digest(text: str, moment: Moment | None = None) -> str:
    """What tells two versions of a page apart; assets count as part of it, and they come with each build."""
    built = f"{moment.built} " if moment else ""
    return hashlib.sha256(f"{built}{text}".encode()).hexdigest()[:16]
