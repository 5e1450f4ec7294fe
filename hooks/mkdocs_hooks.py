"""The adapter between the casebook and MkDocs. With `mkdocs_preview`, the only file that knows MkDocs.

Casefiles are read in `on_config`, before MkDocs touches the old site. Pages are rendered one at a time in
`on_page_context`, straight to HTML. The site is built into a staging folder and swapped in whole at the end.
In `mkdocs serve` the pages are left out of the build and drawn when they are asked for.
"""

from __future__ import annotations

import gc
import logging
from html import escape
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from casebook.admin.config import GitHub
from casebook.admin.publishing import CannotPublish, admin_files, asked_for, check_installed
from casebook.book import Casebook
from casebook.exports.head import page_head
from casebook.exports.search import search_entries
from casebook.exports.site_files import Site, schema_files, site_files, write_site_files
from casebook.exports.staging import give_up, restore, staging_folder, swap_in
from casebook.exports.stylesheet import for_readers
from casebook.exports.teaching.inventory import Offer, offer, offered_files
from casebook.pipeline import PREVIEW, PUBLISHED, Loaded, build_pages, load_casebook
from casebook.preview.moments import Edition
from casebook.report import format_text
from casebook.views.page import Page as CasebookPage
from casebook.views.page import PageSpec
from mkdocs_preview import LivePreview

log = logging.getLogger("mkdocs.hooks.casebook")
STYLESHEET = "assets/casebook/casebook.css"

NOTHING_YET = """\
# The preview waits for good casefiles

They have problems, which are listed below. As soon as they are mended and saved, the site is here.
"""


class GeneratedPage(Page):
    """A page that the casebook renders; Markdown is not run on it."""

    def __init__(self, spec: PageSpec, book: Casebook, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(spec.title), file, config)  # MkDocs' templates do not escape titles.
        self.spec = spec
        self.book = book

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the metadata from the casebook instead of front matter."""
        self.markdown = ""
        self.meta = {"kind": self.spec.kind, "casefile": self.spec.file, "search": {"exclude": True}}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the work to `on_page_context`, so that rendered pages do not pile up in memory."""
        self.content = ""


def _generated(spec: PageSpec, book: Casebook, config: MkDocsConfig) -> GeneratedPage:
    file = File.generated(config, f"{spec.uri}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = spec.file or None
    return GeneratedPage(spec, book, file, config)


def _drawn_later(spec: PageSpec, edition: Edition, config: MkDocsConfig) -> Page:
    return _generated(spec, edition.book, config)


_preview = LivePreview(_drawn_later)
"""What outlives a rebuild. MkDocs makes a new configuration for each of them and keeps only the modules of hooks."""


def on_startup(command: str, dirty: bool) -> None:
    """Learn whether this is a preview. What is served without live reload is what would be published."""
    asked = click.get_current_context(silent=True)
    is_live = asked is None or asked.params.get("livereload", True)
    _preview.start(is_on=command == "serve" and is_live)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check every casefile; stop here, before the old site is touched, when there are errors."""
    folder = _project(config) / "casefiles"
    if _preview.is_on:
        moment = _preview.begin(config, folder).now
        config.extra["casebook"] = moment.edition.book if moment.edition else None
    else:
        restore(Path(config.site_dir))
        loaded = load_casebook(folder, statuses=PREVIEW if config.extra.get("drafts") else PUBLISHED)
        _stop_at_problems(loaded, is_strict=config.strict)
        config.extra["casebook"] = loaded.casebook
        config.extra["form"] = _form(config)
        config.extra["final_site_dir"] = config.site_dir
        config.site_dir = str(staging_folder(Path(config.site_dir)))
    config.extra["search_worker"] = _search_worker(config)
    # Rendering leaves no cycles worth collecting (peak memory is the same without), and looking for them in a large
    # casebook takes a fifth of a build. It is switched on again when the build ends.
    gc.disable()
    return config


def _stop_at_problems(loaded: Loaded, *, is_strict: bool) -> None:
    if loaded.problems:
        log.log(logging.ERROR if loaded.has_errors else logging.WARNING, "casefiles:\n%s", format_text(loaded.problems))
    if loaded.has_errors or (is_strict and loaded.problems):
        raise Abort("The casefiles have problems; the site was left as it is.")


def _form(config: MkDocsConfig) -> GitHub | None:
    """The form that is to be published, if one is asked for."""
    try:
        place = asked_for(config.extra.get("admin", ""), config.extra.get("admin_login", ""))
        if place is not None:
            check_installed(_project(config))
    except CannotPublish as error:
        raise Abort(f"{error}. The site was left as it is.") from error
    return place


def _search_worker(config: MkDocsConfig) -> str:
    """Material's search worker. Its name carries a content hash, which changes with its version."""
    pattern = "assets/javascripts/workers/search.*.min.js"
    for folder in map(Path, config.theme.dirs):
        for path in folder.glob(pattern):
            return path.relative_to(folder).as_posix()
    raise Abort(f"Material for MkDocs has no {pattern}: install a version that pyproject.toml allows.")


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a file for every page of the casebook, and the casefiles that pages are made from."""
    for file in files.documentation_pages():
        file.edit_uri = f"docs/{file.src_uri}"
    book: Casebook | None = config.extra["casebook"]
    if book is None:
        # Nothing good to show yet: one page with the problems, and no warnings about pages that are not there.
        config.nav = ["index.md"]
        others = [file for file in files if not file.is_documentation_page()]
        return Files([*others, File.generated(config, "index.md", content=NOTHING_YET)])
    _leave_out_material(files, config)
    if sheet := files.get_file_from_path(STYLESHEET):
        sheet.content_string = for_readers(sheet.content_string)
    config.extra["site"] = site = _site(config, files)
    specs = list(build_pages(book, site.url, _offer(config, book, site).handouts))
    for spec in specs:
        files.append(_generated(spec, book, config).file)
    for schema in schema_files():
        files.append(File.generated(config, schema.uri, content=schema.content))
    for name in sorted({spec.file for spec in specs if spec.file}):
        files.append(File.generated(config, name, abs_src_path=str(_project(config) / name)))
    return files


def _offer(config: MkDocsConfig, book: Casebook, site: Site) -> Offer:
    """The files for teaching that `casebook export teaching` made of what is built now."""
    folder = _handouts_folder(config)
    offered = offer(folder, book, site.url) if folder else Offer({}, (), 0)
    if offered.stale:
        log.info(
            "%s files in %s are of another edition or lead to another address, and are not published; run: "
            "casebook export teaching", offered.stale, config.extra["teaching"],
        )  # fmt: skip
    config.extra["offer"] = offered
    return offered


def _handouts_folder(config: MkDocsConfig) -> Path | None:
    named = config.extra.get("teaching", "")
    return _project(config) / named if named and not _preview.is_on else None


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """In a preview, keep what pages are drawn with."""
    _preview.keep_nav(nav)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """In a preview, keep what pages are drawn with, and leave them out of the build."""
    _preview.leave_to_later(env, files)
    return env


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Serve the preview."""
    return _preview.open(server, config, builder) if _preview.is_on else server


def on_shutdown() -> None:
    """End the preview."""
    _preview.close()


@event_priority(-100)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Render a page of the casebook, after the search plugin has passed over it."""
    if isinstance(page, GeneratedPage):
        built = page.spec.build()
        page.content = str(built.render())
        page.meta["description"] = built.description
        page.meta["head"] = page_head(page.book, built, config.extra["site"])
        page.toc = _table_of_contents(built)
        search: Any = config.plugins.get("material/search") or config.plugins.get("search")
        if search is not None and not _preview.is_on:  # which makes the index when somebody searches
            search.search_index.entries.extend(search_entries(built, page.book))
    elif config.extra["casebook"] is not None:
        written = CasebookPage(page.url, str(page.title), "document", config.site_description or "", Markup(""))
        page.meta["head"] = page_head(config.extra["casebook"], written, config.extra["site"])
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let go of what was rendered: MkDocs keeps every page object to the end."""
    if isinstance(page, GeneratedPage):
        page.content, page.toc = "", TableOfContents([])
        page.meta["head"] = ""
    return output


def _leave_out_material(files: Files, config: MkDocsConfig) -> None:
    """Publish none of Material's scripts and styles but the search worker: the pages load nothing else of it."""
    ours = {config.docs_dir, config.theme.custom_dir}
    for file in list(files):
        is_worker = file.src_uri.removesuffix(".map") == config.extra["search_worker"]
        if file.src_dir not in ours and file.src_uri.startswith("assets/") and not is_worker:
            files.remove(file)


def _site(config: MkDocsConfig, files: Files) -> Site:
    url = config.site_url or ""
    return Site(
        config.site_name, f"{url.rstrip('/')}/" if url else "", config.site_description or "",
        other_pages=tuple(file.url.removeprefix("./") for file in files.documentation_pages()),
        cache=_project(config) / ".cache",
    )  # fmt: skip


def _project(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _table_of_contents(built: CasebookPage) -> TableOfContents:
    items: list[AnchorLink] = []
    for section in built.sections:
        link = AnchorLink(escape(section.title), section.id, section.level)
        in_part = section.level > 1 and items and items[-1].level == 1
        (items[-1].children if in_part else items).append(link)
    return TableOfContents(items)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Add what is published beside the pages and swap the finished site in. In a strict build that warned, the old one stays."""
    if not _preview.is_on:
        write_site_files(Path(config.site_dir), site_files(config.extra["casebook"], config.extra["site"]))
        folder = _handouts_folder(config)
        if folder is not None:
            write_site_files(Path(config.site_dir), offered_files(folder, config.extra["offer"]))
        if config.extra["form"] is not None:
            write_site_files(Path(config.site_dir), admin_files(_project(config), config.extra["form"]))
    gc.enable()
    if "final_site_dir" not in config.extra:
        return
    final = Path(config.extra["final_site_dir"])
    handlers = logging.getLogger("mkdocs").handlers
    if any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers):
        give_up(final)
    else:
        swap_in(final)


def on_build_error(error: Exception) -> None:
    """Nothing to undo: the staging folder is cleaned by the next build, and the old site was never touched."""
    gc.enable()
    log.debug("build failed: %s", error)
