"""Questions in a terminal, answered in a pseudo-terminal as an editor would."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import write_casefiles
from casebook.pipeline import PREVIEW, load_casebook
from terminals import CTRL_C, CTRL_D, drive

CASE_ANSWERS = ("The second case", "2024-01-11", "press-report", "", "ada", "", "labour", "", "say-less", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_casefiles(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def errors(folder: Path) -> list[str]:
    problems = load_casebook(folder / "casefiles", statuses=PREVIEW).problems
    return [str(problem) for problem in problems if problem.is_error]


def test_case_is_made_of_answers(folder):
    status, said = drive(["new", "second-case"], CASE_ANSWERS, folder)
    assert (status, errors(folder)) == (0, [])
    assert "wrote casefiles/cases/second-case.yml" in said
    assert "title: The second case\n" in (folder / "casefiles/cases/second-case.yml").read_text(encoding="utf-8")


def test_id_is_suggested_from_the_title(folder):
    status, _ = drive(["new", "case"], [*CASE_ANSWERS, ""], folder)
    assert status == 0
    assert (folder / "casefiles/cases/second-case.yml").exists()


def test_wrong_answer_is_asked_for_again_and_told_why(folder):
    status, said = drive(["new", "second-case"], [CASE_ANSWERS[0], "2024-13", *CASE_ANSWERS[1:]], folder)
    assert status == 0
    assert '"2024-13" is not a date: there is no month 13' in said


def test_name_may_be_written_for_an_id(folder):
    answers = [*CASE_ANSWERS[:4], "艾达", *CASE_ANSWERS[5:]]
    assert drive(["new", "second-case"], answers, folder)[0] == 0
    assert "who: ada " in (folder / "casefiles/cases/second-case.yml").read_text(encoding="utf-8")


def test_person_who_is_not_registered_is_added_on_the_way(folder):
    person = ["Cleo Example", "person", "", "A driver.", "", "n"]
    status, said = drive(["new", "second-case"], [*CASE_ANSWERS[:4], *person, *CASE_ANSWERS[5:]], folder)
    assert (status, errors(folder)) == (0, [])
    assert "wrote casefiles/registry/people.yml" in said
    assert "- id: cleo-example\n" in (folder / "casefiles/registry/people.yml").read_text(encoding="utf-8")


def test_part_of_a_name_leads_to_who_is_registered_and_yes_takes_it(folder):
    path = folder / "casefiles/registry/people.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("en: Ada", "en: Ada Example"), encoding="utf-8")
    status, said = drive(["new", "second-case"], [*CASE_ANSWERS[:4], "Example", "yes", *CASE_ANSWERS[5:]], folder)
    assert status == 0
    assert '"Example" is not registered.\n  Did you mean ada (Ada Example)?\n' in said
    assert "Add it as: person, organisation, platform, product, or nothing? For ada type yes." in said


def test_name_that_is_left_alone_is_asked_for_again(folder):
    answers = [*CASE_ANSWERS[:4], "Cleo Example", "", *CASE_ANSWERS[4:]]
    assert drive(["new", "second-case"], answers, folder)[0] == 0
    assert "cleo" not in (folder / "casefiles/registry/people.yml").read_text(encoding="utf-8")


def test_day_in_words_is_proposed_in_the_notation_and_enter_takes_it(folder):
    answers = [CASE_ANSWERS[0], "11 January 2024", "", *CASE_ANSWERS[2:]]
    status, said = drive(["new", "second-case"], answers, folder)
    assert status == 0
    assert 'write "2024-01-11": Enter takes it\n> [2024-01-11] ' in said
    assert 'occurred: "2024-01-11"' in (folder / "casefiles/cases/second-case.yml").read_text(encoding="utf-8")


def test_source_is_asked_for_with_examples_parts_of_choices_and_names_in_two_parts(folder):
    address = "https://daily.example.org/first-van"
    bibliography = ["newspaper", "Vans", "Will Writer", "张三", "", "April 2, 2024", "", "Daily", "en"]
    answers = [*bibliography, "", "", "2", "press", "", "n"]
    status, said = drive(["new", "source", address], answers, folder)
    assert (status, errors(folder)) == (0, [])
    assert "\n  article-newspaper\n" in said
    assert '\n  read as: family Writer, given Will; write "Will, Writer" for the other order\n' in said
    assert "\n  literal 张三\n" in said
    assert "Example: 2024-04-02, 2024-04 or 2024\n" in said
    assert "Example: en or zh-Hans\n" in said
    text = (folder / "casefiles/registry/sources.yml").read_text(encoding="utf-8")
    assert "- id: daily-first-van\n" in text
    assert "kind: secondary\n" in text


def test_digest_of_a_text_is_taken_without_a_question(folder):
    (folder / "text.txt").write_text("The words.")
    answers = ["webpage", "A page", "", "", "Daily", "", "en", "", "", "secondary", "press", "", "n"]
    status, said = drive(["new", "source", "text.txt"], answers, folder)
    assert (status, errors(folder)) == (0, [])
    assert "(from the digest of text.txt)" in said
    assert "entry as it stands" not in said


def test_newest_source_is_listed_first(folder):
    path = folder / "casefiles/registry/sources.yml"
    ids = [
        line.removeprefix("- id: ") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("- id")
    ]
    _, said = drive(["new", "second-case"], [*CASE_ANSWERS[:2], CTRL_C], folder)
    assert said.index(f"\n  {ids[-1]} ") < said.index(f"\n  {ids[0]} ")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_giving_up_leaves_everything_as_it_was(folder, key):
    before = contents(folder)
    person = ["Cleo Example", "person", "", "A driver.", "", "n"]
    status, said = drive(["new", "second-case"], [*CASE_ANSWERS[:4], *person, key], folder)
    assert status == 1
    assert "given up; nothing was written" in said
    assert "Traceback" not in said
    assert contents(folder) == before


def test_choices_are_listed_with_what_they_mean(folder):
    answers = ["A talk", "", "", "", "speech", "en", "Talk", "", "primary", "self-issued", "talk", "n"]
    answers = ["speech", "A talk", "", "", "", "", "en", "Talk", "", "primary", "self-issued", "", "n"]
    status, said = drive(["new", "source"], answers, folder)
    assert (status, errors(folder)) == (0, [])
    assert "  primary            The statement itself.\n" in said


def test_near_duplicate_is_shown_and_asked_about(folder):
    answers = ["Ada", "", "Another founder.", "ada-two", "n", "n"]
    before = contents(folder)
    status, said = drive(["new", "person"], answers, folder)
    assert status == 1
    assert '"Ada" may be "Ada", who is registered as "ada"' in said
    assert contents(folder) == before


def test_saved_page_is_confirmed_field_by_field_where_it_is_not_taken_as_it_is(folder):
    page = '<html lang="en"><meta property="og:title" content="A page"><meta property="og:site_name" content="Daily">'
    (folder / "page.html").write_text(page)
    answers = ["n", "webpage", "Another title", "", "", "-", "", "", "Daily", "", "secondary", "press", "", "n"]
    status, _ = drive(["new", "source", "page.html"], answers, folder)
    assert (status, errors(folder)) == (0, [])
    text = (folder / "casefiles/registry/sources.yml").read_text(encoding="utf-8")
    assert "    title: Another title\n    language: en\n  short: Daily\n" in text
