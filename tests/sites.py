"""Builds of the real casebook and of the example in `tests/data`, and how tests read a built site."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLE = Path(__file__).resolve().parent / "data"
_HOST = "http://built.site"


def mkdocs_environment(**extra: str) -> dict[str, str]:
    """The environment of a build: what the caller's shell says, or what stands in `build/`, does not get in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "CASEBOOK_TEACHING": ""} | extra


def build(project: Path, site: Path, *flags: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` for a project into a folder, output and errors in one text."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site), *flags]
    return subprocess.run(
        command, cwd=project, env=mkdocs_environment(**environment),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip


def build_strictly(project: Path, site: Path, **environment: str) -> None:
    """Build, and fail the test on any warning."""
    done = build(project, site, "--strict", **environment)
    warned = [line for line in done.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]
    assert (done.returncode, warned) == (0, []), done.stdout


def make_example_project(folder: Path) -> Path:
    """A project around the example casebook: this project's hooks and settings, and stubs of the hand-written pages."""
    shutil.copytree(PROJECT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(EXAMPLE / "casefiles", folder / "casefiles")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for page in (PROJECT / "docs").rglob("*.md"):
        # Generated pages lead to some of the headings.
        headings = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
        stub = "\n\n".join([f"# {page.stem.capitalize()}", "A stub.", *headings])
        stub_page = folder / page.relative_to(PROJECT)
        stub_page.parent.mkdir(parents=True, exist_ok=True)
        stub_page.write_text(f"{stub}\n", encoding="utf-8")
    return folder


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker makes and the others use."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def real_site(factory: pytest.TempPathFactory) -> Site:
    """The real casebook's site, built strictly."""
    return Site(once(factory, "real-site", lambda folder: build_strictly(PROJECT, folder, PYTHONHASHSEED="0")))


def example_site(factory: pytest.TempPathFactory) -> Site:
    """The example's site, built strictly, without an address of its own."""

    def make(folder: Path) -> None:
        build_strictly(make_example_project(factory.mktemp("example-project") / "project"), folder)

    return Site(once(factory, "example-site", make))


def published_site(factory: pytest.TempPathFactory) -> Site:
    """The example as it is published below a path of a host, with the addresses of an editor and for corrections."""

    def make(folder: Path) -> None:
        project = make_example_project(factory.mktemp("published-project") / "project")
        addresses = {
            "SITE_URL": "https://example.org/book/", "EDIT_URI": "https://edit.example/main/{path}",
            "CORRECTIONS_URI": "https://example.org/new?title={title}&body={address}",
        }  # fmt: skip
        build_strictly(project, folder, **{f"CASEBOOK_{name}": value for name, value in addresses.items()})

    return Site(once(factory, "published-site", make), base="/book/")


@dataclass(frozen=True)
class Link:
    """An address in a page."""

    page: str
    """The page's file, from the site's folder."""
    written: str
    """The address as it stands there."""
    url: str
    """The address in full."""
    tag: str


@dataclass(frozen=True)
class Site:
    """A built site as readers get it."""

    folder: Path
    base: str = "/"
    """The path under which it is published."""
    _trees: dict[str, LexborHTMLParser] = field(default_factory=dict, repr=False)
    _ids: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, from the site's folder."""
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    @cached_property
    def pages(self) -> list[str]:
        """Every HTML file."""
        return sorted(name for name in self.files if name.endswith(".html"))

    def text(self, name: str) -> str:
        """A file's text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def tree(self, page: str) -> LexborHTMLParser:
        """A page, by its file or by its address from the root."""
        name = page if page.endswith(".html") else f"{page}index.html"
        if name not in self._trees:
            self._trees[name] = LexborHTMLParser(self.text(name))
        return self._trees[name]

    def ids(self, page: str) -> frozenset[str]:
        """The anchors of a page."""
        if page not in self._ids:
            self._ids[page] = frozenset(node.attributes["id"] or "" for node in self.tree(page).css("[id]"))
        return self._ids[page]

    def links(self, page: str) -> Iterator[Link]:
        """Every address that a page names."""
        for node in self.tree(page).css("[href], [src], [data-worker], [data-index], blockquote[cite]"):
            for name in ("href", "src", "data-worker", "data-index", "cite"):
                written = node.attributes.get(name)
                if written is not None:
                    yield Link(page, written, self.url(page, written), node.tag)

    def url(self, page: str, written: str) -> str:
        """An address in a page, in full."""
        # MkDocs gives the 404 page absolute addresses, since it is shown at any address.
        return urljoin(_HOST + self.base + ("" if page == "404.html" else page.removesuffix("index.html")), written)

    def is_own(self, url: str) -> bool:
        """Whether an address lies in this site."""
        return url.startswith(_HOST + "/")

    def fault(self, url: str) -> str:
        """What is wrong with an address in this site: nothing, when it leads somewhere."""
        parts = urlsplit(url)
        if not parts.path.startswith(self.base):
            return f"leads out of {self.base}"
        name = unquote(parts.path).removeprefix(self.base)
        name = f"{name}index.html" if not name or name.endswith("/") else name
        if name not in self.files:
            return "no such file"
        if name == "teach/builder/index.html" and parts.fragment.startswith("v="):
            return self._fault_of_list(parts.fragment)
        anchor = unquote(parts.fragment)
        if anchor and name.endswith(".html") and anchor not in self.ids(name):
            return "no such anchor"
        return ""

    def _fault_of_list(self, fragment: str) -> str:
        """What is wrong with a reading list in the builder's address."""
        named = {f"{key}s/{value}/index.html" for key, value in parse_qsl(fragment) if key in ("case", "source")}
        if not fragment.endswith("&end"):
            return "the list is cut"
        return ", ".join(f"no page {name}" for name in sorted(named - self.files))
