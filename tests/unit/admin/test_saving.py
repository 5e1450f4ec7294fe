"""What the form sends becomes the file, or is refused with reasons; nothing else on the disk changes."""

from __future__ import annotations

import difflib
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import CASE, other_case, write_casefiles
from casebook.admin.entries import NoSuchEntry, Unreadable, address, find, version_of
from casebook.admin.saving import Refusal, Saved, delete_entry, save_entry, without_empty
from casebook.admin.trying import field_of
from casebook.layout import format_text
from casebook.model import Case, Person
from casebook.problems import Location, Problem
from casebook.yaml_reading import compose_text, compose_values

DAY = date(2024, 7, 1)
PEOPLE = "casefiles/registry/people"


def laid_out(text: str, name: str = "casefiles/cases/first-case.yml", model: Any = Case) -> str:
    found, problems = format_text(text, name, model)
    assert found is not None, problems
    return found


@pytest.fixture
def casefiles(tmp_path: Path) -> Path:
    """A published case with a comment, a draft, and the registries."""
    noted = CASE.replace("glance:\n", "# Three are enough.\nglance:\n")
    people = laid_out(
        "- id: ada\n  name: {en: Ada, zh: 艾达}\n  description: Founder of Acme.\n"
        "# Wrote to us in May.\n- id: bob\n  name: {en: Bob}\n  description: A critic.\n",
        f"{PEOPLE}.yml", Person,
    )  # fmt: skip
    draft = other_case("a-draft", ("status: published", "status: draft"))
    cases = {"first-case": laid_out(noted), "a-draft": laid_out(draft, "casefiles/cases/a-draft.yml")}
    return write_casefiles(tmp_path, cases, {"people": people})


def values_of(casefiles: Path, path: str) -> tuple[Any, str]:
    held = find(casefiles, address(path))
    assert held is not None
    return held.entry, version_of(held.entry)


def save(casefiles: Path, path: str, **changes: Any) -> Saved:
    values, version = values_of(casefiles, path)
    return save_entry(casefiles, address(path), {**values, **changes}, version, DAY)


def refused(casefiles: Path, path: str, **changes: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        save(casefiles, path, **changes)
    return caught.value


def everything(casefiles: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(casefiles.rglob("*.yml"))}


FIRST = "casefiles/cases/first-case.yml"
DRAFT = "casefiles/cases/a-draft.yml"


def test_only_the_lines_of_the_changed_field_change(casefiles: Path) -> None:
    before = (casefiles / "cases/first-case.yml").read_text()
    save(casefiles, FIRST, title="Another title")
    after = (casefiles / "cases/first-case.yml").read_text()
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed == ["- title: The first case", "+ title: Another title"]


def test_comments_stay(casefiles: Path) -> None:
    save(casefiles, FIRST, title="Another title")
    assert "# Three are enough.\nglance:\n" in (casefiles / "cases/first-case.yml").read_text()


def test_a_save_without_a_change_changes_nothing(casefiles: Path) -> None:
    before = everything(casefiles)
    save(casefiles, FIRST)
    assert everything(casefiles) == before


def test_a_file_in_another_layout_gets_the_canonical_one_and_keeps_its_values(casefiles: Path) -> None:
    path = casefiles / "cases/first-case.yml"
    path.write_text(CASE)
    save(casefiles, FIRST)
    assert compose_values(path.read_text()) == compose_values(CASE)


def test_a_field_that_was_emptied_is_left_out(casefiles: Path) -> None:
    claims, _ = values_of(casefiles, FIRST)
    claim = {**claims["claims"][0], "due": ""}
    save(casefiles, FIRST, claims=[claim])
    assert "due" not in values_of(casefiles, FIRST)[0]["claims"][0]


def test_a_list_that_was_emptied_is_left_out(casefiles: Path) -> None:
    save(casefiles, FIRST, claims=[], lessons=[{"lesson": "say-less", "relation": "supports", "why": "So.", "evidence": ["speech"]}],
         teaching={**values_of(casefiles, FIRST)[0]["teaching"], "questions": [
             {"id": "w-kept", "text": "Was it kept?", "objective": "o-weigh", "evidence": ["speech"]}]})  # fmt: skip
    assert "claims:" not in (casefiles / "cases/first-case.yml").read_text()


def test_text_that_yaml_would_take_for_something_else_stays_text(casefiles: Path) -> None:
    odd = ["2024", "on", "1.10", "null", "~", "- a", "a: b", "#x", "é “” 艾", "'", '"']
    for text in odd:
        save(casefiles, FIRST, title=text)
        assert values_of(casefiles, FIRST)[0]["title"] == text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"a": "", "b": None, "c": [], "d": {}}, {}),
        ({"a": {"b": {"c": " "}}}, {}),
        ({"a": ["x", "", None]}, {"a": ["x"]}),
        ({"a": 5, "b": 0, "c": True, "d": 44.5}, {"a": "5", "b": "0", "c": "true", "d": "44.5"}),
        ({"a": "two lines\n\nof text\n"}, {"a": "two lines\n\nof text\n"}),
    ],
)
def test_what_is_empty_goes_and_the_rest_is_text(sent: Any, kept: Any) -> None:
    assert without_empty(sent) == kept


def test_a_new_error_in_a_published_case_is_refused_with_its_field(casefiles: Path) -> None:
    refusal = refused(casefiles, FIRST, occurred="2024-13-01")
    assert [(told.field, told.problem.code) for told in refusal.told] == [("occurred", "CB108")]


def test_a_reference_to_nothing_in_a_published_case_is_refused_with_the_entry_and_field(casefiles: Path) -> None:
    event = {**values_of(casefiles, FIRST)[0]["events"][0], "cites": ["press-reprot"]}
    refusal = refused(casefiles, FIRST, events=[event])
    assert [(told.field, told.problem.hint) for told in refusal.told] == [
        ("events › speech › cites › 1", 'did you mean "press-report"?')
    ]


def test_a_refused_save_leaves_every_file_as_it_was(casefiles: Path) -> None:
    before = everything(casefiles)
    refused(casefiles, FIRST, occurred="2024-13-01")
    assert everything(casefiles) == before


def test_a_refused_save_leaves_nothing_behind(casefiles: Path) -> None:
    refused(casefiles, FIRST, occurred="2024-13-01")
    assert list((casefiles.parent / ".cache/admin").iterdir()) == []


def test_a_draft_is_saved_with_its_errors(casefiles: Path) -> None:
    save(casefiles, DRAFT, occurred="2024-13-01", quotes=[])
    assert values_of(casefiles, DRAFT)[0]["occurred"] == "2024-13-01"


def test_the_errors_of_a_draft_are_told(casefiles: Path) -> None:
    told = save(casefiles, DRAFT, occurred="2024-13-01").told
    assert ("occurred", "CB108") in [(item.field, item.problem.code) for item in told]


def test_a_draft_cannot_be_published_with_errors(casefiles: Path) -> None:
    save(casefiles, DRAFT, occurred="2024-13-01")
    assert [told.field for told in refused(casefiles, DRAFT, status="published").told] == ["occurred"]


UNREGISTERED = """positions:
  - issue: Was it a promise?
    holder: ada
    stance: It was a plan.
    summary: A plan may change.
    response_to: the-weekly
    cites: [press-report]
"""
WEEKLY = {"id": "the-weekly", "name": "The Weekly", "description": "A magazine."}


def add_the_weekly(casefiles: Path, status: str) -> Saved:
    """Register what another case names already, whose own mistake comes to light with it."""
    other = other_case("other-case", ("status: published", f"status: {status}"), more=UNREGISTERED)
    (casefiles / "cases/other-case.yml").write_text(other)
    return save_entry(casefiles, address("casefiles/registry/organisations/the-weekly.yml"), WEEKLY, None, DAY)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_what_is_wrong_only_in_a_case_that_readers_do_not_see_keeps_nothing_from_being_saved(
    casefiles: Path, status: str
) -> None:
    told = add_the_weekly(casefiles, status).told
    assert values_of(casefiles, "casefiles/registry/organisations/the-weekly.yml")[0] == WEEKLY
    assert [(item.problem.location.file, item.problem.code) for item in told] == [
        ("casefiles/cases/other-case.yml", "CB310")
    ]


def test_what_comes_to_light_in_a_published_case_does(casefiles: Path) -> None:
    with pytest.raises(Refusal, match="it would be wrong in one place"):
        add_the_weekly(casefiles, "published")


def test_a_case_in_review_is_saved_with_its_errors_and_they_are_told(casefiles: Path) -> None:
    told = save(casefiles, DRAFT, status="review", occurred="2024-13-01").told
    assert ("occurred", "CB108") in [(item.field, item.problem.code) for item in told]


def test_an_error_that_stood_there_before_does_not_keep_another_field_from_being_mended(casefiles: Path) -> None:
    path = casefiles / "cases/first-case.yml"
    path.write_text(path.read_text().replace('occurred: "2024-01-10"', 'occurred: "2024-13-10"'))
    save(casefiles, FIRST, title="Another title")
    assert values_of(casefiles, FIRST)[0]["title"] == "Another title"


def test_a_change_that_would_break_another_file_is_refused(casefiles: Path) -> None:
    quote = {**values_of(casefiles, FIRST)[0]["quotes"][0], "id": "q-renamed"}
    other = other_case("second-case", ("evidence: [q-promise, speech]", "evidence: [first-case#q-promise]"))
    (casefiles / "cases/second-case.yml").write_text(other)
    files = {told.problem.location.file for told in refused(casefiles, FIRST, quotes=[quote]).told}
    assert "casefiles/cases/second-case.yml" in files


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(casefiles: Path) -> None:
    values, version = values_of(casefiles, FIRST)
    path = casefiles / "cases/first-case.yml"
    path.write_text(path.read_text().replace("title: The first case", "title: By another hand"))
    with pytest.raises(Refusal, match="changed elsewhere") as caught:
        save_entry(casefiles, address(FIRST), {**values, "title": "By mine"}, version, DAY)
    assert (caught.value.is_conflict, values_of(casefiles, FIRST)[0]["title"]) == (True, "By another hand")


def test_a_comment_written_meanwhile_is_no_conflict(casefiles: Path) -> None:
    values, version = values_of(casefiles, FIRST)
    path = casefiles / "cases/first-case.yml"
    path.write_text(f"# Later.\n{path.read_text()}")
    save_entry(casefiles, address(FIRST), {**values, "title": "By mine"}, version, DAY)
    assert "# Later." in path.read_text()


def test_the_version_of_a_save_is_good_for_the_next(casefiles: Path) -> None:
    values, version = values_of(casefiles, FIRST)
    once = save_entry(casefiles, address(FIRST), {**values, "title": "Once"}, version, DAY)
    save_entry(casefiles, address(FIRST), {**values, "title": "Twice"}, once.version, DAY)
    assert values_of(casefiles, FIRST)[0]["title"] == "Twice"


def test_an_id_cannot_be_changed(casefiles: Path) -> None:
    assert "cannot be changed here" in str(refused(casefiles, FIRST, id="other"))


def test_a_new_entry_cannot_take_the_place_of_another(casefiles: Path) -> None:
    values, _ = values_of(casefiles, FIRST)
    with pytest.raises(Refusal, match="is taken"):
        save_entry(casefiles, address(FIRST), values, None, DAY)


def test_a_new_entry_with_a_taken_id_under_another_path_is_told_so(casefiles: Path) -> None:
    values, _ = values_of(casefiles, FIRST)
    with pytest.raises(Refusal, match="The id first-case is taken"):
        save_entry(casefiles, address("casefiles/cases/first-case-1.yml"), values, None, DAY)


def test_a_new_draft_needs_no_more_than_an_id(casefiles: Path) -> None:
    path = "casefiles/cases/new-one.yml"
    save_entry(casefiles, address(path), {"schema_version": "1", "id": "new-one", "status": "draft"}, None, DAY)
    assert values_of(casefiles, path)[0] == {"schema_version": "1", "id": "new-one", "status": "draft"}


def test_a_new_person_is_added_to_the_list(casefiles: Path) -> None:
    person = {"id": "eve", "name": {"en": "Eve", "zh": ""}, "description": "An example.", "roles": []}
    save_entry(casefiles, address(f"{PEOPLE}/eve.yml"), person, None, DAY)
    listed = compose_values((casefiles / "registry/people.yml").read_text())
    assert isinstance(listed, list)
    assert listed[2:] == [{"id": "eve", "name": {"en": "Eve"}, "description": "An example."}]


def test_the_rest_of_the_list_stays_as_it_is(casefiles: Path) -> None:
    before = (casefiles / "registry/people.yml").read_text()
    save(casefiles, f"{PEOPLE}/ada.yml", description="Founder of Acme, and its voice.")
    after = (casefiles / "registry/people.yml").read_text()
    assert after == before.replace("Founder of Acme.", "Founder of Acme, and its voice.")


def test_an_entry_of_a_registry_in_a_folder_is_changed_where_it_stands(casefiles: Path) -> None:
    (casefiles / "registry/people").mkdir()
    more = casefiles / "registry/people/more.yml"
    more.write_text("- id: eve\n  name:\n    en: Eve\n  description: An example.\n")
    save(casefiles, f"{PEOPLE}/eve.yml", description="Another.")
    assert "Another." in more.read_text()


def test_a_person_who_is_not_whole_is_refused(casefiles: Path) -> None:
    with pytest.raises(Refusal) as caught:
        save_entry(casefiles, address(f"{PEOPLE}/eve.yml"), {"id": "eve", "name": {"en": "Eve"}}, None, DAY)
    assert [(told.field, told.problem.code) for told in caught.value.told] == [("eve", "CB101")]


def test_the_first_entry_of_a_registry_makes_its_file(casefiles: Path) -> None:
    (casefiles / "registry/terms.yml").unlink()
    term = {"id": "launch", "term": "Launch", "definition": "A first day."}
    save_entry(casefiles, address("casefiles/registry/terms/launch.yml"), term, None, DAY)
    assert compose_values((casefiles / "registry/terms.yml").read_text()) == [term]


def test_a_file_that_is_no_yaml_is_neither_shown_nor_written(casefiles: Path) -> None:
    (casefiles / "cases/first-case.yml").write_text("id: [")
    with pytest.raises(Unreadable, match="CB005"):
        find(casefiles, address(FIRST))
    with pytest.raises(Refusal, match="mended in a text editor"):
        save_entry(casefiles, address(FIRST), {"id": "first-case"}, "0", DAY)


def test_a_registry_that_is_no_list_is_not_written_to(casefiles: Path) -> None:
    (casefiles / "registry/terms.yml").write_text("id: keynote\n")
    with pytest.raises(Refusal, match="no list of entries"):
        save_entry(casefiles, address("casefiles/registry/terms/launch.yml"), {"id": "launch"}, None, DAY)


def test_a_file_with_a_key_twice_is_not_opened_since_one_would_be_lost(casefiles: Path) -> None:
    path = casefiles / "cases/first-case.yml"
    path.write_text(f"{path.read_text()}title: Again\n")
    with pytest.raises(Unreadable, match="CB007"):
        find(casefiles, address(FIRST))


@pytest.fixture
def committed(casefiles: Path) -> Path:
    def git(*words: str) -> None:
        who = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
        subprocess.run(["git", *who, *words], cwd=casefiles.parent, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")
    return casefiles


def test_a_published_case_whose_facts_changed_is_saved_with_a_note_that_readers_are_not_told(committed: Path) -> None:
    told = save(committed, FIRST, occurred="2023-12").told
    notes = [(item.problem.code, item.problem.is_error, item.field) for item in told if item.problem.code == "CB602"]
    assert notes == [("CB602", False, "occurred")]


def test_a_change_that_readers_are_told_of_gets_no_note(committed: Path) -> None:
    told = save(committed, FIRST, occurred="2023-12", updated=DAY.isoformat()).told
    assert "CB602" not in [item.problem.code for item in told]


def test_a_draft_may_change_without_a_note(committed: Path) -> None:
    assert "CB602" not in [item.problem.code for item in save(committed, DRAFT, occurred="2023-12").told]


def test_a_draft_can_be_deleted(casefiles: Path) -> None:
    delete_entry(casefiles, address(DRAFT), DAY)
    assert not (casefiles / "cases/a-draft.yml").exists()


def test_a_case_that_readers_saw_is_retired_and_not_deleted(casefiles: Path) -> None:
    with pytest.raises(Refusal, match="status retired"):
        delete_entry(casefiles, address(FIRST), DAY)
    assert (casefiles / "cases/first-case.yml").exists()


def test_a_draft_that_others_name_is_not_deleted(casefiles: Path) -> None:
    other = other_case("second-case", more="related:\n  - {case: a-draft, relation: sequel, why: It goes on.}\n")
    (casefiles / "cases/second-case.yml").write_text(other)
    with pytest.raises(Refusal, match="others refer to it"):
        delete_entry(casefiles, address(DRAFT), DAY)


def test_an_entry_of_a_registry_is_not_deleted_here(casefiles: Path) -> None:
    with pytest.raises(Refusal, match="taken out of its file"):
        delete_entry(casefiles, address(f"{PEOPLE}/bob.yml"), DAY)


@pytest.mark.parametrize(
    "path",
    [
        "casefiles/cases/../../secret.yml", "/etc/passwd", "casefiles/cases/a.yml/../b.yml", "casefiles/cases/A.yml",
        "casefiles/attestations.json", "casefiles/registry/secrets/x.yml", "casefiles/cases", "casefiles\\cases\\a.yml",
        "casefiles/cases/a.yml\n", "casefiles/cases/%2e%2e.yml", "", f"casefiles/cases/{'a' * 81}.yml", "casefiles/cases/.yml",
    ],
)  # fmt: skip
def test_no_other_path_names_anything(path: str) -> None:
    with pytest.raises(NoSuchEntry):
        address(path)


def test_a_link_among_the_casefiles_is_not_followed(casefiles: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("id: linked\n")
    (casefiles / "cases/linked.yml").symlink_to(tmp_path / "secret.yml")
    with pytest.raises(Unreadable, match="symbolic link"):
        find(casefiles, address("casefiles/cases/linked.yml"))
    with pytest.raises(Refusal):
        save_entry(casefiles, address("casefiles/cases/linked.yml"), {"id": "linked"}, None, DAY)
    assert (tmp_path / "secret.yml").read_text() == "id: linked\n"


@pytest.mark.parametrize("path", ["casefiles/cases/new-one.yml", "casefiles/registry/terms/new-one.yml"])
def test_a_folder_that_leads_elsewhere_is_not_written_to(casefiles: Path, tmp_path: Path, path: str) -> None:
    folder = casefiles / path.split("/")[1]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.rename(tmp_path / "moved")
    folder.symlink_to(elsewhere)
    with pytest.raises(NoSuchEntry):
        save_entry(casefiles, address(path), {"id": "new-one"}, None, DAY)
    assert list(elsewhere.iterdir()) == []


def test_a_problem_in_a_nested_list_is_named_by_its_way() -> None:
    text = "claims:\n  - id: c-one\n    history:\n      - on: soon\n"
    root, _ = compose_text(text, "x.yml")
    problem = Problem(Location("x.yml", 4, 13), "CB108", "not a date")
    assert field_of(root, problem) == "claims › c-one › history › 1 › on"


def test_what_is_missing_is_named_by_what_it_is_missing_from() -> None:
    root, _ = compose_text("events:\n  - id: speech\n    title: T\n", "x.yml")
    assert field_of(root, Problem(Location("x.yml", 2, 5), "CB101", "missing")) == "events › speech"
