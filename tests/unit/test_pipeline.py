"""Reading a casefiles folder, and the pages that come of it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from builders import CASE, READING_LIST, REGISTRIES, TODAY, case, other_case, write_casefiles
from casebook.pipeline import PREVIEW, build_pages, load_casebook

RELATED = "related:\n  - {case: first-case, relation: precedent, why: It says so.}\n"


def problems_of(root: Path) -> list[str]:
    """`file:line:column code` of every problem but the quiet ones."""
    found = load_casebook(root, today=TODAY).problems
    return [f"{problem.location} {problem.code}" for problem in found if problem.code not in ("CB306", "CB502")]


def test_sound_folder_becomes_a_casebook(tmp_path):
    loaded = load_casebook(write_casefiles(tmp_path, readings={"seminar": READING_LIST}), today=TODAY)
    assert (list(loaded.casebook.cases), list(loaded.casebook.readings)) == (["first-case"], ["seminar"])
    assert not loaded.has_errors


def test_error_stands_in_the_way_of_a_casebook(tmp_path):
    loaded = load_casebook(write_casefiles(tmp_path, {"first-case": case(("status: published", "status: done"))}))
    assert (loaded.casebook, loaded.has_errors) == (None, True)


def test_warning_does_not(tmp_path):
    loaded = load_casebook(write_casefiles(tmp_path), today=TODAY)
    assert {problem.code for problem in loaded.problems} == {"CB306", "CB502"}
    assert loaded.casebook is not None


def test_empty_folder_is_an_empty_casebook(tmp_path):
    loaded = load_casebook(tmp_path)
    assert (loaded.casebook.cases, loaded.problems) == ({}, ())


def test_files_are_named_from_the_projects_root(tmp_path):
    root = write_casefiles(tmp_path, {"first-case": "a: ["})
    assert problems_of(root) == ["casefiles/cases/first-case.yml:1:5 CB005"]


def test_problems_come_in_order_of_files_and_lines(tmp_path):
    root = write_casefiles(
        tmp_path,
        {"first-case": case(("speaker: ada", "speaker: nobody"), ("status: published", "status: done"))},
        {"terms": "- a\n"},
        {"seminar": READING_LIST.replace("n: 1", "n: one")},
    )
    assert problems_of(root) == [
        "casefiles/cases/first-case.yml:5:9 CB106",
        "casefiles/cases/first-case.yml:37:14 CB203",
        "casefiles/readings/seminar.yml:7:8 CB107",
        "casefiles/registry/terms.yml:1:3 CB103",
    ]


# Files that are none


@pytest.mark.parametrize(
    "name",
    ["cases/notes.txt", "cases/first-case.yaml", "cases/README", "readings/list.json", "registry/persons.yml",
     "registry/a.md",
     "case/first.yml", "stray.yml", "attestations.yaml"],
)  # fmt: skip
def test_file_that_nothing_reads_is_reported(tmp_path, name):
    root = write_casefiles(tmp_path)
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: b")
    shown = name if name.count("/") == 0 or path.parent.name in ("cases", "readings", "registry") else path.parent.name
    assert problems_of(root) == [f"casefiles/{shown}:1:1 CB013"]


@pytest.mark.parametrize(
    ("name", "misnamed"),
    [
        ("cases/first-case.yml", "cases/first-case.yaml"),
        ("cases/first-case.yml", "cases/first-case.YML"),
        ("registry/people.yml", "registry/people.yaml"),
        ("registry/people.yml", "registry/peple.yml"),
        ("registry/sources.yml", "registry/source"),
    ],
)
def test_misnamed_file_is_the_only_problem(tmp_path, name, misnamed):
    root = write_casefiles(tmp_path, {"first-case": CASE, "second-case": other_case(more=RELATED)})
    (root / name).rename(root / misnamed)
    assert problems_of(root) == [f"casefiles/{misnamed}:1:1 CB013"]


def test_misspelt_registry_is_suggested(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "registry/people.yml").rename(root / "registry/peple.yml")
    (hint,) = [problem.hint for problem in load_casebook(root).problems if problem.code == "CB013"]
    assert hint == 'did you mean "people"?'


@pytest.mark.parametrize("name", ["cases/.DS_Store", "registry/.people.yml.swp", ".git/config", "README.md"])
def test_hidden_files_and_notes_are_passed_over(tmp_path, name):
    root = write_casefiles(tmp_path)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("x")
    assert problems_of(root) == []


def test_folder_that_is_a_link_is_not_followed(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "cases").rename(tmp_path / "elsewhere")
    (root / "cases").symlink_to(tmp_path / "elsewhere")
    assert problems_of(root) == ["casefiles/cases:1:1 CB001"]


def test_case_that_is_a_link_is_not_followed(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "cases" / "second-case.yml").symlink_to("first-case.yml")
    assert problems_of(root) == ["casefiles/cases/second-case.yml:1:1 CB001"]


def test_folder_named_like_a_casefile_is_reported(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "cases" / "second-case.yml").mkdir()
    assert problems_of(root) == ["casefiles/cases/second-case.yml:1:1 CB001"]


# Registries


def test_registry_may_be_a_folder_of_files(tmp_path):
    root = write_casefiles(tmp_path)
    people = root / "registry" / "people"
    people.mkdir()
    (root / "registry" / "people.yml").unlink()
    for name, entry in zip(("a", "b"), REGISTRIES["people"].split("- ")[1:], strict=True):
        (people / f"{name}.yml").write_text(f"- {entry}", encoding="utf-8")
    assert problems_of(root) == []
    assert list(load_casebook(root).casebook.registries["people"]) == ["ada", "bob"]


def test_id_used_in_two_files_of_a_registry_is_reported_in_the_second(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "registry" / "themes").mkdir()
    (root / "registry" / "themes" / "more.yml").write_text(REGISTRIES["themes"])
    (found,) = problems_of(root)
    assert found.endswith("1:8 CB201")


def test_absent_registry_is_empty(tmp_path):
    root = write_casefiles(tmp_path)
    (root / "registry" / "terms.yml").unlink()
    assert problems_of(root) == []


# Statuses


def test_drafts_are_built_in_a_preview_only(tmp_path):
    root = write_casefiles(
        tmp_path, {"first-case": CASE, "second-case": other_case("second-case", ("published\n", "draft\n"))}
    )
    assert list(load_casebook(root).casebook.cases) == ["first-case"]
    assert list(load_casebook(root, statuses=PREVIEW).casebook.cases) == ["first-case", "second-case"]


# Pages


def rendered(root: Path) -> dict[str, str]:
    return {spec.uri: str(spec.build().render()) for spec in build_pages(load_casebook(root).casebook)}


def test_pages_have_addresses_of_their_own(tmp_path):
    root = write_casefiles(tmp_path, readings={"seminar": READING_LIST})
    uris = [spec.uri for spec in build_pages(load_casebook(root).casebook)]
    assert len(uris) == len(set(uris))
    assert {
        "",
        "cases/",
        "cases/first-case/",
        "cases/first-case/teach/",
        "people/ada/",
        "sources/press-report/",
    } <= set(uris)


def test_the_same_casefiles_give_the_same_pages(tmp_path):
    one = write_casefiles(tmp_path / "one", readings={"seminar": READING_LIST})
    two = write_casefiles(tmp_path / "two", readings={"seminar": READING_LIST})
    assert rendered(one) == rendered(two)


def test_page_says_which_file_it_comes_from(tmp_path):
    files = {spec.uri: spec.file for spec in build_pages(load_casebook(write_casefiles(tmp_path)).casebook)}
    assert files["cases/first-case/"] == "casefiles/cases/first-case.yml"
    assert files["people/ada/"] == "casefiles/registry/people.yml"


def test_alias_becomes_a_page_that_leads_on(tmp_path):
    pages = rendered(write_casefiles(tmp_path, {"first-case": case(more="aliases: [old-name]\n")}))
    assert "../../cases/first-case/" in pages["cases/old-name/"]


def test_loading_leaves_the_garbage_collector_as_it_was(tmp_path):
    root = write_casefiles(tmp_path, {"first-case": "a: ["})
    assert gc.isenabled()
    load_casebook(root)
    assert gc.isenabled()
