"""The form is not part of a published site unless it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sites
from casebook.admin.bundle import bundle_folder
from previews import Preview


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's project, without the form's program."""
    return sites.make_example_project(tmp_path_factory.mktemp("form") / "project")


def test_there_is_no_form_in_the_site(example: sites.Site) -> None:
    assert [name for name in example.files if name.startswith("admin")] == []


def test_nothing_leads_to_it(example: sites.Site) -> None:
    leading = [link for page in example.pages for link in example.links(page) if "/admin" in link.url]
    assert leading == []


def test_a_build_that_asks_for_the_form_without_its_program_fails_and_says_what_to_do(
    project: Path, tmp_path: Path
) -> None:
    done = sites.build(project, tmp_path / "site", CASEBOOK_ADMIN="github:you/casebook")
    assert (done.returncode, "say make admin, and build again" in done.stdout) == (1, True)
    assert not (tmp_path / "site").exists()


def test_a_build_that_asks_for_it_in_words_that_mean_nothing_fails_and_says_how(project: Path, tmp_path: Path) -> None:
    done = sites.build(project, tmp_path / "site", CASEBOOK_ADMIN="yes please")
    assert (done.returncode, "write it as github:you/casebook@main" in done.stdout) == (1, True)


def test_a_build_that_asks_for_it_has_the_form_and_still_no_page_that_leads_there(
    project: Path, tmp_path: Path
) -> None:
    bundle_folder(project).mkdir(parents=True)
    (bundle_folder(project) / "decap-cms.js").write_text("program")
    done = sites.build(project, tmp_path / "site", CASEBOOK_ADMIN="github:you/casebook")
    assert done.returncode == 0, done.stdout
    site = sites.Site(tmp_path / "site")
    names = {name for name in site.files if name.startswith("admin/")}
    assert {"admin/index.html", "admin/config.json", "admin/decap/decap-cms.js"} <= names
    own = {"admin/index.html"}
    assert [link.url for page in set(site.pages) - own for link in site.links(page) if "/admin" in link.url] == []


def test_a_preview_has_the_form_beside_its_pages(tmp_path: Path) -> None:
    project = sites.make_example_project(tmp_path / "project")
    preview = Preview(project)
    try:
        absent = preview.wait_for(bool, "admin/")
        code, config = preview.get("admin/config.json")
    finally:
        preview.stop()
    assert ("make admin" in absent, code, json.loads(config)["show_preview_links"]) == (True, 200, True)
