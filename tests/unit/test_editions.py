"""An edition is the same on every machine, changes with what is read, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import builders
from casebook import editions
from casebook.book import Casebook
from casebook.dates import parse_date
from casebook.editions import (
    UNDATED,
    Edition,
    EditionSyntaxError,
    edition_of_case,
    edition_of_list,
    read_token,
)
from casebook.model import Case
from casebook.pipeline import PREVIEW

HOOKS = Path(__file__).parents[2] / "hooks"
DIGEST = "2ba8e847066d"
"""Of the minimal case. It changes when the minimal case does; else somebody's handout would be told of a change that none was."""
TOKEN = f"2024-06-01-{DIGEST}"
LISTS = {"seminar": builders.READING_LIST}


def book(*changes: tuple[str, str], more: str = "", **texts: object) -> Casebook:
    loaded = builders.load(**{"cases": {"first-case": builders.case(*changes, more=more)}, **texts})
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def edition(*changes: tuple[str, str], more: str = "") -> Edition:
    return edition_of_case(book(*changes, more=more).cases["first-case"])


def list_edition(*changes: tuple[str, str], **texts: object) -> Edition:
    made = book(**{"readings": {"seminar": builders.changed(builders.READING_LIST, *changes)}, **texts})
    return edition_of_list(made, made.readings["seminar"])


# The same, and another


def test_edition_of_the_minimal_case_is_the_one_that_was_given_out():
    assert edition() == Edition(parse_date("2024-06-01"), DIGEST)


@pytest.mark.parametrize(
    "environment", [{"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati"}, {"LC_ALL": "C", "TZ": "Pacific/Pago_Pago"}]
)
def test_another_process_zone_and_locale_find_the_same_edition(tmp_path: Path, environment: dict[str, str]):
    root = builders.write_casefiles(tmp_path)
    program = (
        "import sys; from pathlib import Path; from casebook.pipeline import load_casebook;"
        "from casebook.editions import edition_of_case;"
        "print(edition_of_case(load_casebook(Path(sys.argv[1])).casebook.cases['first-case']).token)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(root)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(HOOKS), **environment},
    )  # fmt: skip
    assert done.stdout == f"{TOKEN}\n"


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        pytest.param([("title: The first case", "title: 'The first case'  # a comment")], "", id="layout"),
        pytest.param([("themes: [labour]", "themes:\n  - labour")], "", id="style of a list"),
        pytest.param([], "aliases: [old-name]\n", id="a former address"),
        pytest.param([], "moved: [{was: q-old, now: q-promise}]\n", id="a former anchor"),
        pytest.param([], "further: []\n", id="a field that is written and empty"),
        pytest.param([("id: first-case", "id: renamed-case")], "aliases: [first-case]\n", id="a new address"),
        pytest.param([("level: undergraduate", "level: graduate")], "", id="for whom the note is"),
        pytest.param([("synopsis: One speech", "synopsis: A speech")], "", id="the note's synopsis"),
        pytest.param(
            [("evidence: [c-ship]", "evidence: [c-ship]\n      answer_note: Most say yes.")], "", id="an answer note"
        ),
        pytest.param(
            [("  objectives:", "  plan: [{minutes: 10, activity: Vote.}]\n  objectives:")], "", id="the plan of the class"
        ),
        pytest.param(
            [("  objectives:", "  board: [{column: Said, prompts: [March]}]\n  objectives:")], "", id="the board"
        ),
    ],
)  # fmt: skip
def test_digest_stays_where_readers_see_no_other_words(changes: list[tuple[str, str]], more: str):
    found = {case.id: edition_of_case(case) for case in _loaded(changes, more).cases.values()}
    assert [one.digest for one in found.values()] == [DIGEST]


def _loaded(changes: list[tuple[str, str]], more: str) -> Casebook:
    text = builders.case(*changes, more=more)
    name = "renamed-case" if "id: renamed-case" in text else "first-case"
    loaded = builders.load(cases={name: text})
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def test_draft_has_the_edition_that_it_will_be_published_with():
    text = builders.case(("status: published", "status: draft"))
    loaded = builders.load(cases={"first-case": text}, statuses=PREVIEW)
    assert edition_of_case(loaded.casebook.cases["first-case"]).token == TOKEN


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        pytest.param([("that lasted", "that endured")], "", id="a word of the essay"),
        pytest.param([("exact: We will ship in March", "exact: We shall ship in March")], "", id="a quotation"),
        pytest.param([("title: Ada speaks", "title: Ada shouts")], "", id="an event"),
        pytest.param([("text: Was it kept?", "text: Was it kept well?")], "", id="a question"),
        pytest.param([("text: Weigh a promise", "text: Judge a promise")], "", id="an objective"),
        pytest.param([("role: founder", "role: speaker")], "", id="a part"),
        pytest.param([], 'corrections: [{on: "2024-06-02", what: It said May., why: A slip.}]\n', id="a correction"),
        pytest.param(
            [("  objectives:", "  preparation: [{id: p, text: When?, evidence: [c-ship]}]\n  objectives:")], "",
            id="a preparation question",
        ),
    ],
)  # fmt: skip
def test_digest_changes_with_what_is_read(changes: list[tuple[str, str]], more: str):
    assert edition(*changes, more=more).digest != DIGEST


def test_new_optional_field_of_the_format_changes_no_edition():
    class LaterCase(Case):
        soundtrack: str | None = None
        places: tuple[str, ...] = ()

    case = book().cases["first-case"]
    assert edition_of_case(LaterCase(**dict(case))).digest == DIGEST
    assert edition_of_case(LaterCase(**dict(case), soundtrack="A song")).digest != DIGEST


# The day


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ("", "2024-06-01"),
        ('updated: "2024-06-20"\n', "2024-06-20"),
        ('updated: "2024-06-20"\ncorrections: [{on: "2024-06-25", what: A., why: B.}]\n', "2024-06-25"),
        ('updated: "2024-06-20"\ncorrections: [{on: "2024-06-05", what: A., why: B.}]\n', "2024-06-20"),
    ],
)
def test_day_is_the_newest_of_publication_change_and_correction(more: str, day: str):
    assert edition(more=more).date.text == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-06-20", "2024-06-20"), ("2024-06-20?", "2024-06-20"), ("2024-06-20T10:00Z", "2024-06-20"),
        ("2024-07", "2024-07"), ("2024-07~", "2024-07"), ("2024-07-XX", "2024-07"), ("2024", "2024"),
        ("2024-22", "2024"), ("2024-07-01/2024-07-09", "2024-07"), ("2024-07/2024-09", "2024"),
        ("2024-07/2025-09", "2025-09-30"), ("2024-07/..", "2024-07-01"), ("../2024-07", "2024-07-31"),
    ],
)  # fmt: skip
def test_day_of_any_precision_becomes_a_plain_one_that_can_stand_in_an_address(written: str, day: str):
    found = edition(more=f'updated: "{written}"\n')
    assert (found.date.text, read_token(found.token)) == (day, found)


# The token


def test_token_is_read_back():
    assert read_token(f" {TOKEN}\n") == edition()
    assert edition().token == TOKEN
    assert edition().words == f"edition of 1 June 2024 ({DIGEST})"


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("", "it has another shape"),
        ("2024-06-01", "it has another shape"),
        (f"2024-06-01-{DIGEST}0", "it has another shape"),
        (f"2024-06-01-{DIGEST.upper()}", "it has another shape"),
        (f"2024-6-1-{DIGEST}", "it has another shape"),
        (f"2024-13-01-{DIGEST}", "there is no month 13"),
        (f"2023-02-29-{DIGEST}", "February 2023 has no day 29"),
        (f"２０２４-06-01-{DIGEST}", "it has another shape"),
    ],
)
def test_what_is_no_token_is_refused_with_the_reason_and_an_example(token: str, why: str):
    with pytest.raises(EditionSyntaxError) as refused:
        read_token(token)
    said = f'"{token}" names no edition: {why}; write it as 2026-11-22-3f9a1c2b04de, a day and a digest'
    assert str(refused.value) == said


# Reading lists


def test_list_changes_with_its_own_words_and_with_those_of_its_cases():
    first = list_edition()
    other_words = {"cases": {"first-case": builders.case(("that lasted", "that endured"))}}
    assert list_edition(("why: It is short.", "why: It is long.")).digest != first.digest
    assert list_edition(**other_words).digest != first.digest


def test_list_does_not_change_with_a_case_that_it_does_not_name():
    both = {"cases": {"first-case": builders.CASE, "second-case": builders.other_case()}}
    assert list_edition(**both).digest == list_edition().digest


def test_list_does_not_change_with_a_note_for_the_teacher():
    asked = "questions: [first-case#w-kept]"
    own = f"{asked}\n    own_questions:\n      - {{id: q, text: Why?, evidence: [first-case#c-ship]"
    without = list_edition((asked, f"{own}}}"))
    assert list_edition((asked, f"{own}, answer_note: Because.}}")).digest == without.digest
    assert without.digest != list_edition().digest


def test_list_is_dated_by_its_newest_case_or_its_own_change():
    assert list_edition().date.text == "2024-06-01"
    assert list_edition(("audience: Students", 'audience: Students\nupdated: "2024-06-09"')).date.text == "2024-06-09"
    assert list_edition(("audience: Students", 'audience: Students\nupdated: "2024-05-01"')).date.text == "2024-06-01"


SOURCES_ONLY = """\
id: seminar
title: A seminar
audience: Students
sessions:
  - {n: 1, title: The report, items: [{source: press-report, why: It is where the quote comes from.}]}
"""


def _of_sources(text: str = builders.CASE, registries: dict[str, str] | None = None) -> Edition:
    loaded = builders.load(cases={"first-case": text}, readings={"seminar": SOURCES_ONLY}, registries=registries)
    assert loaded.casebook is not None, loaded.problems
    return edition_of_list(loaded.casebook, loaded.casebook.readings["seminar"])


def test_list_of_sources_is_dated_by_the_newest_thing_that_is_known():
    dated = builders.changed(
        builders.REGISTRIES["sources"], ("title: A report,", 'title: A report, issued: "2031-02",')
    )
    assert _of_sources(registries={"sources": dated}).date.text == "2031-02"
    assert _of_sources().date.text == "2024-06-01"
    assert _of_sources(builders.case(("status: published", "status: draft"))).date == UNDATED


# Work


def test_edition_of_a_case_is_worked_out_once(monkeypatch: pytest.MonkeyPatch):
    worked_out: list[object] = []
    digest = editions._digest
    monkeypatch.setattr(editions, "_digest", lambda value: worked_out.append(1) or digest(value))
    made = book(("title: The first case", "title: A case that no other test has"), readings=LISTS)
    for _ in range(3):
        edition_of_case(made.cases["first-case"])
        edition_of_list(made, made.readings["seminar"])
    assert len(worked_out) == 1 + 3
