"""Decap CMS is taken only when it is the package that was tried, and nothing of it is run."""

from __future__ import annotations

import base64
import hashlib
import io
import stat
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from casebook import npm_packages
from casebook.admin import bundle
from casebook.admin.bundle import NotInstalled, bundle_folder, install, is_installed
from casebook.commands import admin

FILES = {
    "package/dist/decap-cms.js": b"program", "package/dist/7.decap-cms.js": b"part", "package/dist/decap-cms.js.LICENSE.txt": b"MIT",
    "package/dist/cms.js": b"the same again", "package/dist/decap-cms.js.map": b"map", "package/package.json": b"{}",
    "package/dist/../../../escaped.js": b"no", "/package/dist/decap-cms.js": b"no",
}  # fmt: skip


def package(files: dict[str, bytes] = FILES) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def digest(content: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm that brings the package of these tests, or fails with what `npm.says` holds."""
    content = package()
    (tmp_path / "package.tgz").write_bytes(content)
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f"""#!/bin/sh
test -f {tmp_path}/npm.says && {{ cat {tmp_path}/npm.says >&2; exit 1; }}
for last; do :; done
cp {tmp_path}/package.tgz "$last/decap-cms-3.16.3.tgz"
""")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(npm_packages, "npm_program", lambda _package: str(program))
    monkeypatch.setattr(bundle, "DECAP", replace(bundle.DECAP, integrity=digest(content)))
    return tmp_path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project" / "casefiles").mkdir(parents=True)
    return tmp_path / "project"


@pytest.mark.usefixtures("npm")
def test_what_a_browser_needs_is_unpacked_and_nothing_else(project: Path) -> None:
    names = sorted(path.name for path in install(project).iterdir())
    assert names == ["7.decap-cms.js", "decap-cms.js", "decap-cms.js.LICENSE.txt"]


@pytest.mark.usefixtures("npm")
def test_nothing_is_left_of_the_way_there(project: Path) -> None:
    install(project)
    assert [path.name for path in (project / ".cache/admin").iterdir()] == [bundle_folder(project).name]


def test_another_package_is_thrown_away(npm: Path, project: Path) -> None:
    (npm / "package.tgz").write_bytes(package({"package/dist/decap-cms.js": b"something else"}))
    with pytest.raises(NotInstalled, match="not Decap CMS"):
        install(project)
    assert (is_installed(project), list((project / ".cache/admin").iterdir())) == (False, [])


def test_what_npm_complains_of_is_passed_on(npm: Path, project: Path) -> None:
    (npm / "npm.says").write_text("npm error network\n")
    with pytest.raises(NotInstalled, match="npm error network"):
        install(project)


def test_it_is_fetched_once(npm: Path, project: Path) -> None:
    install(project)
    (npm / "npm.says").write_text("npm error asked again\n")
    assert install(project) == bundle_folder(project)


def test_without_npm_the_message_says_where_to_get_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm_packages.shutil, "which", lambda *_, **__: None)
    with pytest.raises(NotInstalled, match="pip install"):
        install(project)


def run(*words: str) -> int:
    parser = admin.argparse.ArgumentParser()
    admin.add_arguments(parser)
    return admin.run(parser.parse_args(words))


@pytest.mark.usefixtures("npm")
def test_the_command_says_where_it_was_put(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert (run("--install"), capsys.readouterr().out) == (
        0,
        f"Decap CMS is in .cache/admin/{bundle_folder(project).name}\n",
    )


def test_the_command_does_not_serve_a_form_without_its_program(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert run() == 1


def test_the_command_is_run_in_the_projects_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--install") == 2
