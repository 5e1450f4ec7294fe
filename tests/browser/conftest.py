"""A real browser and the built sites, served on this machine under a strict Content-Security-Policy."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

import sites
from audits.serving import POLICY
from browser.chromium import ADVICE, find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Told to the page itself, since the console's words about violations are the browser's own affair.
REPORT_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(
    `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two workers drive a browser, one of them for what takes longest; more would only share the same processors."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            is_long = item.path.name in ("test_accessibility.py", "test_preview_live.py")
            item.add_marker(pytest.mark.xdist_group("browser-long" if is_long else "browser"))


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there, as every host of static sites sends it."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or self.path.endswith(".ico"):
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[sites.Site], str]]:
    """Serves a site and returns its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(site: sites.Site) -> str:
        folder = site.folder
        if site.base != "/":
            folder = tmp_path_factory.mktemp("served")
            (folder / site.base.strip("/")).symlink_to(site.folder)
        handler = partial(_Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}{site.base}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return sites.real_site(tmp_path_factory)


@pytest.fixture(scope="session")
def address(real: sites.Site, serve: Callable[[sites.Site], str]) -> str:
    """Where the real casebook is served."""
    return serve(real)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Reader:
    """Somebody reading the site in a window of their own, and everything that went wrong meanwhile."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, uri: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(f"{self.address}{uri}")
        return self.page

    def fetched(self) -> list[str]:
        """What is asked for from now on besides the theme's files, as paths; the list grows with every request."""
        # A browser asks for the site's icon whenever it likes, on a busy machine long after the page is there.
        paths: list[str] = []

        def note(request: Request) -> None:
            path = request.url.removeprefix(self.address)
            if not path.startswith("assets/"):
                paths.append(path)

        self.page.on("request", note)
        return paths

    def note_violations(self) -> None:
        """Take over what the page's policy stopped."""
        self.complaints += self.page.evaluate("window.violations ?? []")


@pytest.fixture
def new_reader(chromium: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """Opens windows; when the test ends, none of them may have anything to complain of."""
    readers: list[tuple[BrowserContext, Reader]] = []

    def begin(address: str = address, **options: Any) -> Reader:
        context = chromium.new_context(**options)
        context.set_default_timeout(15_000)
        context.add_init_script(REPORT_VIOLATIONS)
        reader = Reader(context.new_page(), address)
        readers.append((context, reader))
        _listen(context, reader)
        return reader

    yield begin
    complaints: list[str] = []
    for context, reader in readers:
        reader.note_violations()
        complaints += reader.complaints
        context.close()
    assert complaints == []


def _listen(context: BrowserContext, reader: Reader) -> None:
    context.on("request", lambda request: _note_request(request, reader))
    context.on("requestfailed", lambda request: _note_failure(request, reader))
    context.on("weberror", lambda error: reader.complaints.append(f"error: {error.error}"))
    context.on("console", lambda message: _note_message(message, reader))


def _note_request(request: Any, reader: Reader) -> None:
    if not re.match(rf"{re.escape(reader.address)}|data:|blob:|about:", request.url):
        reader.complaints.append(f"request to {request.url}")


def _note_failure(request: Any, reader: Reader) -> None:
    # A page that is left before its fonts have come stops their loading itself.
    if request.failure != "net::ERR_ABORTED":
        reader.complaints.append(f"failed: {request.url} {request.failure}")


def _note_message(message: Any, reader: Reader) -> None:
    is_page = message.location["url"].endswith("/nowhere/at/all/")  # asked for on purpose
    if message.type in {"error", "warning"} and not (is_page and "404" in message.text):
        reader.complaints.append(f"console: {message.text}")


@pytest.fixture
def reader(new_reader: Callable[..., Reader]) -> Reader:
    return new_reader(viewport={"width": 1280, "height": 800})
