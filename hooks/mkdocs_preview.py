"""`mkdocs serve`, as the casebook's preview: MkDocs builds the hand-written pages and the theme; the rest is drawn when asked for.

A casefile that changes is read and checked, and nothing is built. MkDocs builds again only when a hand-written page, the
theme or its settings change, and then into a folder of its own, so that a build that fails leaves the last good one served.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from casebook.admin.server import FOLDER, admin_application
from casebook.exports.site import Site
from casebook.preview.application import Application
from casebook.preview.moments import Edition, Preview
from casebook.preview.panel import OUTGROWN
from casebook.report import format_text
from casebook.views.page import PageSpec

log = logging.getLogger("mkdocs.hooks.casebook")

LOOKED_AT = 0.1
"""Seconds between two looks at the casefiles."""
SETTLED = 0.05
"""Seconds for which casefiles have to stay as they are before they are read: editors empty a file before they fill it."""

MakePage = Callable[[PageSpec, Edition, MkDocsConfig], Page]


@dataclass
class Build:
    """What one of MkDocs' builds leaves behind, with which pages can be drawn later."""

    config: MkDocsConfig
    has_book: bool
    files: Files | None = None
    nav: Navigation | None = None
    env: Environment | None = None


class LivePreview:
    """Everything that outlives a rebuild in `mkdocs serve`."""

    def __init__(self, make_page: MakePage) -> None:
        self.make_page = make_page
        self.start(is_on=False)

    def start(self, *, is_on: bool) -> None:
        """Begin anew, with nothing remembered."""
        self.is_on = is_on
        self.preview: Preview | None = None
        self.last: Build | None = None
        """The last build that was finished."""
        self.current: Build | None = None
        """The one that is under way."""
        self._folder: Path | None = None
        self._builds = 0
        self._building = threading.RLock()
        self._builder: Callable[[], None] = lambda: None
        self._server: LiveReloadServer | None = None
        self._closed = threading.Event()

    # While MkDocs builds

    def begin(self, config: MkDocsConfig, casefiles: Path) -> Preview:
        """Read the casefiles for the first build, and give each build a folder of its own within MkDocs' own."""
        if self.preview is None:
            self.preview = Preview(casefiles, config.site_url or "", program=Path(__file__).parent)
            self.preview.read()
            _tell(self.preview)
            self._folder = Path(config.site_dir)
        self._builds += 1
        config.site_dir = str(self._folder / str(self._builds)) if self._folder else config.site_dir
        self.current = Build(config, has_book=self.preview.now.edition is not None)
        return self.preview

    def keep_nav(self, nav: Navigation) -> None:
        """Keep what the theme may ask of the tree of pages."""
        if self.current is not None:
            self.current.nav = nav

    def leave_to_later(self, env: Environment, files: Files) -> None:
        """Keep what is needed for drawing, and let MkDocs pass over the casebook's pages."""
        if self.current is None:
            return
        self.current.env, self.current.files = env, files
        for file in files.documentation_pages():
            if file.page is not None and hasattr(file.page, "spec"):
                file.inclusion = InclusionLevel.EXCLUDED

    # While it serves

    def open(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
        """Take over from MkDocs' server what concerns casefiles and pages."""
        preview = self._opened()
        self._server, self._builder = server, builder
        server.builder = self.rebuild
        self._finish()
        files: WSGIApplication = server.serve_request
        server.set_app(
            Application(preview, self, files, mounts(preview.folder.parent, server.mount_path), server.mount_path)
        )
        config.watch[:] = [path for path in config.watch if Path(path) != preview.folder]
        threading.Thread(target=self._follow, name="casefiles", daemon=True).start()
        threading.Thread(target=self._warm, name="warming", daemon=True).start()
        return server

    def close(self) -> None:
        """Stop looking at the casefiles."""
        self._closed.set()

    def _opened(self) -> Preview:
        if self.preview is None:
            raise RuntimeError("MkDocs serves before it has built")
        return self.preview

    def rebuild(self) -> None:
        """Let MkDocs build again. What goes wrong is told on the pages, and the last good build stays.

        MkDocs' own server would answer nobody after an exception. With code that changed since it was started nothing
        is built: what is already loaded of it stays as it was.
        """
        if self._opened().notice_new_program():
            _tell(self._opened())
            return
        with self._building, _collected() as told:
            try:
                self._builder()
            except (Exception, SystemExit) as error:  # noqa: BLE001 - MkDocs gives up by SystemExit
                traceback.print_exc()
                self._opened().fail(RuntimeError("\n".join(told)) if told else error)
            else:
                self._finish()

    def _finish(self) -> None:
        """Serve what was just built, and nothing older."""
        if self.current is None or self._server is None:
            return
        old, self.last = self.last, self.current
        self._server.root = self.last.config.site_dir
        self._opened().show(built=self._builds, building_fault="")
        if old is not None:
            shutil.rmtree(old.config.site_dir, ignore_errors=True)

    def _follow(self) -> None:
        """Read casefiles whenever they have changed. Nothing that happens there ends it."""
        preview = self._opened()
        while not self._closed.wait(LOOKED_AT):
            try:
                if preview.is_outdated():
                    self._closed.wait(SETTLED)
                    preview.read()
                    _tell(preview)
                    self._complete(preview)
            except Exception:
                log.exception("looking at the casefiles failed")

    def _complete(self, preview: Preview) -> None:
        """Build the hand-written pages when there is a casebook for the first time: they lead to its pages."""
        if preview.now.edition is not None and self.last is not None and not self.last.has_book:
            self.rebuild()

    def _warm(self) -> None:
        """Draw a page of each kind, which starts pandoc and the drawing of charts before anybody waits for them."""
        edition = self._opened().now.edition
        kinds = {spec.kind: spec for spec in edition.pages.values()} if edition else {}
        for spec in kinds.values():
            with contextlib.suppress(Exception):
                spec.build()

    # What it lends to the preview

    def draw(self, spec: PageSpec, edition: Edition) -> str:
        """A page of the casebook in MkDocs' theme, by the same events as in a build."""
        build = self.last
        if build is None or build.env is None or build.files is None or build.nav is None:
            raise RuntimeError("nothing has been built yet")
        config = build.config
        page = self.make_page(spec, edition, config)
        page.read_source(config)
        page.render(config, build.files)
        context: Any = get_context(build.nav, build.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=build.nav)
        output = build.env.get_template("main.html").render(context)
        return str(config.plugins.on_post_page(output, page=page, config=config))

    def written(self) -> Path:
        """Where MkDocs put what it built."""
        return Path(self._server.root if self._server else "")

    def site(self) -> Site:
        """The place where the pages are served."""
        if self.last is None:
            raise RuntimeError("nothing has been built yet")
        site: Site = self.last.config.extra["site"]
        return site


def _tell(preview: Preview) -> None:
    """Say in the terminal what the pages say."""
    moment = preview.now
    if moment.is_outgrown:
        log.error("%s", OUTGROWN)
    elif moment.problems:
        level = logging.WARNING if moment.is_good else logging.ERROR
        log.log(level, "casefiles:\n%s", format_text(moment.problems))
    else:
        log.info("casefiles: no problems")


def mounts(project: Path, base: str) -> Mapping[str, WSGIApplication]:
    """The applications that answer for a part of the addresses, by path from the site's root.

    `base` is the path of that root, as in `/` or `/book/`.
    """
    return {FOLDER: admin_application(project, base)}


@contextlib.contextmanager
def _collected() -> Any:
    """The errors that MkDocs logs meanwhile: its exceptions say only how many there were."""
    told: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)
