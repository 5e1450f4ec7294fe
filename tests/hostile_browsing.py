"""A site full of hostile words, read in Chromium: whether anything runs, asks elsewhere, or stands where it should not."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from hostile_casebook import planted, write
from sites import make_example_project

TELL = """
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...said) => { window.tellRan(`${name}(${said.join()})`); return null; };
document.addEventListener("securitypolicyviolation", event => window.tellRan(`stopped: ${event.effectiveDirective}`));
"""
LOOK = """() => [...document.querySelectorAll("*")].filter(element => {
  const attributes = [...element.attributes];
  return /^(iframe|frame|object|embed|base|applet|portal)$/i.test(element.localName)
    || element.localName === "script" && element.type !== "application/ld+json" && !element.src.startsWith(location.origin)
    || attributes.some(({ name, value }) => /^on/i.test(name) || /^srcdoc$/i.test(name)
      || /^(href|src|action|formaction|data|xlink:href)$/i.test(name) && /^\\s*(javascript|vbscript|data):/i.test(value));
}).map(element => element.outerHTML.slice(0, 160))"""


def hostile_project(folder: Path, strings: Sequence[Sequence[str]]) -> Path:
    """A project whose casefiles hold these strings, as `planted` puts them."""
    project = make_example_project(folder)
    shutil.rmtree(project / "casefiles")
    write(project, planted(strings)[0])
    return project


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, policy: str, **names: Any) -> None:
        self.policy = policy
        super().__init__(*arguments, **names)

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Keep quiet."""


@contextmanager
def served(folder: Path, policy: str) -> Iterator[str]:
    """The address at which a site is served meanwhile, under a Content-Security-Policy or, with an empty one, under none."""
    handler = partial(_Handler, directory=str(folder), policy=policy)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Visitor:
    """Somebody who reads the site, and what happened meanwhile that should not."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    visited: int = 0
    searched: int = 0

    def read(self, uri: str) -> None:
        """Open a page, wait for its scripts, and look at what stands in it."""
        self.page.goto(f"{self.address}{uri}", wait_until="load")
        self.look(uri)
        self.visited += 1

    def look(self, where: str) -> None:
        """Note every element that could run something."""
        self.faults += [f"{where}: {found}" for found in self.page.evaluate(LOOK)]

    def search(self, words: str) -> None:
        """Type words into the search that is open, and look at the results."""
        self.page.fill(".cb-find__query", words)
        self.page.wait_for_timeout(150)
        self.look(f"search {words!r}")
        self.searched += 1

    def open_search(self) -> None:
        """Open the search of the front page, with its index loaded."""
        self.page.goto(self.address)
        self.page.click(".cb-search")
        self.page.fill(".cb-find__query", "alert")
        self.page.wait_for_selector(".cb-find__result li", timeout=30_000)

    def hover(self, uri: str, count: int) -> int:
        """See the previews of a page's first links."""
        self.page.goto(f"{self.address}{uri}")
        shown = 0
        for link in self.page.locator("main a[href^='../']").all()[:count]:
            link.hover()
            self.page.wait_for_timeout(500)
            shown += self.page.locator("[role=tooltip]:visible, .cb-preview:visible").count() > 0
            self.look(f"preview on {uri}")
        return shown

    def lose_the_way(self, words: str) -> None:
        """Ask for a page that is not there, and for listings filtered by what nobody offers."""
        self.read(quote(words)[:200].replace("%2F", "/") or "x")
        for listing in ("cases/", "timeline/", "quotes/", "claims/"):
            self.read(f"{listing}?person={quote(words)}&q={quote(words)}#{quote(words)}")


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor whose windows tell when anything runs, opens, or asks elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visitor = Visitor(context.new_page(), address)

    def note(what: str) -> None:
        visitor.faults.append(f"{visitor.page.url}: {what}")

    context.expose_binding("tellRan", lambda _source, what: note(what))
    context.add_init_script(TELL)
    context.on("dialog", lambda dialog: (note(f"dialog {dialog.message}"), dialog.dismiss()))
    context.on("page", lambda _page: note("another window"))
    context.on(
        "request", lambda request: None if request.url.startswith((address, "blob:")) else note(f"asked {request.url}")
    )
    context.on("weberror", lambda error: note(f"error {error.error}"))
    yield visitor
    context.close()
