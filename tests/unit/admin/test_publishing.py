"""The form is published only where it is asked for, over a repository on GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import write_casefiles
from casebook.admin.bundle import bundle_folder
from casebook.admin.config import GitHub
from casebook.admin.publishing import CannotPublish, admin_files, asked_for, check_installed

PLACE = GitHub("you/casebook", "main", "https://login.example.org")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_casefiles(tmp_path)
    bundle_folder(tmp_path).mkdir(parents=True)
    (bundle_folder(tmp_path) / "decap-cms.js").write_text("program")
    return tmp_path


def files(project: Path) -> dict[str, str]:
    made = admin_files(project, PLACE)
    return {file.uri: file.content if isinstance(file.content, str) else file.content.decode() for file in made}


def test_nothing_is_published_unless_it_is_asked_for() -> None:
    assert asked_for("", "") is None


def test_the_branch_is_main_unless_another_is_named() -> None:
    assert asked_for("github:you/casebook", "") == GitHub("you/casebook", "main", "")
    assert asked_for("github:you/casebook@next/one", "https://login.example.org") == GitHub(
        "you/casebook", "next/one", "https://login.example.org"
    )


@pytest.mark.parametrize(
    "setting", ["you/casebook", "github:casebook", "gitlab:you/casebook", "github:you/casebook@", "yes"]
)
def test_what_cannot_be_understood_is_said(setting: str) -> None:
    with pytest.raises(CannotPublish, match="github:you/casebook@main"):
        asked_for(setting, "")


@pytest.mark.parametrize(
    "host", ["login.example.org", "http://login.example.org", "https://login.example.org/x; script-src *"]
)
def test_a_place_to_sign_in_is_a_host(host: str) -> None:
    with pytest.raises(CannotPublish, match="CASEBOOK_ADMIN_LOGIN"):
        asked_for("github:you/casebook", host)


def test_without_its_program_the_message_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(CannotPublish, match="make admin"):
        check_installed(tmp_path)


def test_the_form_and_its_program_are_published(project: Path) -> None:
    assert sorted(files(project)) == [
        "admin/choices.json", "admin/config.json", "admin/decap/decap-cms.js", "admin/form.css", "admin/form.js",
        "admin/index.html", "admin/start.js",
    ]  # fmt: skip


def test_the_published_form_writes_to_github(project: Path) -> None:
    assert json.loads(files(project)["admin/config.json"])["backend"] == {
        "name": "github", "repo": "you/casebook", "branch": "main", "base_url": "https://login.example.org",
    }  # fmt: skip


def test_the_published_page_reaches_github_and_nobody_else(project: Path) -> None:
    policy = files(project)["admin/index.html"]
    assert (
        "connect-src 'self' blob: https://api.github.com https://www.githubstatus.com https://login.example.org;"
        in policy
    )
