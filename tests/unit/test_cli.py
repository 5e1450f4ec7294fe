"""The `casebook` command: exit statuses and what is printed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import casebook
from builders import CASE, REGISTRIES, case, changed, other_case, write_casefiles
from casebook.cli import main

ARCHIVED = f"{'filler ' * 60} We will ship in March. {'filler ' * 60}"
FAULTY = case(("speaker: ada", "speaker: adda"))


def essay(text: str) -> str:
    """The case with an essay of full length, so that no warning is left but the unattested quote."""
    return changed(text, ("that lasted.\n", f"that lasted. {'word ' * 900}\n"))


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A casefiles folder without errors, whose source is archived."""
    digest = hashlib.sha256(ARCHIVED.encode()).hexdigest()
    sources = changed(REGISTRIES["sources"], ("short: The Daily\n", f"short: The Daily\n  sha256: {digest}\n"))
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "any name.txt").write_text(ARCHIVED)
    return write_casefiles(tmp_path, {"first-case": essay(CASE)}, {"sources": sources})


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return write_casefiles(tmp_path, {"first-case": FAULTY})


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


# check


def test_warnings_alone_exit_with_0(sound, capsys):
    assert run("check", "--casefiles", sound) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 errors, 1 warning"


def test_warnings_exit_with_1_when_strict_and_it_says_why(sound, capsys):
    assert run("check", "--casefiles", sound, "--strict") == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("with --strict, warnings count:")


def test_errors_exit_with_1_and_are_printed_with_their_place(faulty, capsys):
    assert run("check", "--casefiles", faulty) == 1
    assert (
        'casefiles/cases/first-case.yml:37:14: error[CB203]: no person or organisation "adda"; did you mean "ada"?'
        in capsys.readouterr().out.splitlines()
    )


def test_problems_are_printed_as_json(faulty, capsys):
    assert run("check", "--casefiles", faulty, "--format", "json") == 1
    found = [problem for problem in json.loads(capsys.readouterr().out) if problem["severity"] == "error"]
    assert [(problem["line"], problem["column"], problem["code"]) for problem in found] == [(37, 14, "CB203")]


def test_problems_are_printed_as_github_annotations(faulty, capsys):
    assert run("check", "--casefiles", faulty, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert any("line=37,col=14,title=CB203::" in line for line in lines)


def test_no_problems_are_said_in_text_and_json_and_not_in_annotations(sound, tmp_path, capsys):
    run("attest", "--casefiles", sound, "--archive", tmp_path / "archive")
    printed = []
    for name in ("text", "json", "github"):
        capsys.readouterr()
        assert run("check", "--casefiles", sound, "--format", name) == 0
        printed.append(capsys.readouterr().out)
    assert printed == ["no problems\n", "[]\n", ""]


def test_drafts_are_checked_when_asked_for(tmp_path):
    draft = case(("status: published", "status: draft"), ("speaker: ada", "speaker: bob"))
    root = write_casefiles(tmp_path, {"first-case": draft})
    assert run("check", "--casefiles", root) == 0
    assert run("check", "--casefiles", root, "--drafts") == 1


def test_casefiles_of_this_folder_are_the_default(sound, monkeypatch):
    monkeypatch.chdir(sound.parent)
    assert run("check") == 0


def test_check_explains_a_code_however_it_is_typed(capsys):
    assert run("check", "--explain", "cb203") == 0
    assert capsys.readouterr().out.startswith("CB203: A reference names nothing that exists.\n")


def test_check_names_the_code_that_was_probably_meant(capsys):
    with pytest.raises(SystemExit) as caught:
        run("check", "--explain", "CB2O3")
    assert caught.value.code == 2
    assert "there is no code 'CB2O3'; did you mean \"CB203\"?" in capsys.readouterr().err


def test_check_says_how_a_code_is_explained(faulty, capsys):
    run("check", "--casefiles", faulty)
    assert "what a code means, with examples: casebook check --explain CB" in capsys.readouterr().out


def test_check_counts_what_is_allowed(sound, capsys):
    path = sound / "cases" / "first-case.yml"
    path.write_text(
        path.read_text().replace("in March.\n    lang", "in March.  # allow CB502: seen in print\n    lang")
    )
    assert run("check", "--casefiles", sound) == 0
    assert capsys.readouterr().out == "no problems, 1 allowed\n"


def test_check_says_that_drafts_can_be_checked_as_if_they_were_published(sound, capsys):
    path = sound / "cases" / "second-case.yml"
    path.write_text(other_case("second-case", ("status: published", "status: draft")))
    assert run("check", "--casefiles", sound) == 0
    said = capsys.readouterr().out
    assert said.endswith("1 case that is not published yet: casebook check --drafts says what would be wrong then\n")
    run("check", "--drafts", "--casefiles", sound)
    assert "not published yet" not in capsys.readouterr().out


def test_check_prints_sarif_with_what_is_allowed_suppressed(sound, capsys):
    path = sound / "cases" / "first-case.yml"
    path.write_text(
        path.read_text().replace("in March.\n    lang", "in March.  # allow CB502: seen in print\n    lang")
    )
    run("check", "--casefiles", sound, "--format", "sarif", "--site-url", "https://example.org/casebook")
    [found] = json.loads(capsys.readouterr().out)["runs"]
    suppressed = [result["ruleId"] for result in found["results"] if "suppressions" in result]
    assert suppressed == ["CB502"]
    assert found["tool"]["driver"]["rules"][0]["helpUri"].startswith("https://example.org/casebook/problems/cb")


def test_check_with_the_archive_finds_borrowed_sentences(sound, tmp_path, capsys):
    path = sound / "cases" / "first-case.yml"
    words = " ".join(ARCHIVED.replace(".", "").split()[:8])
    path.write_text(path.read_text().replace("- Ada spoke.", f"- {words}."))
    assert run("check", "--casefiles", sound) == 0
    capsys.readouterr()
    assert run("check", "--casefiles", sound, "--archive", tmp_path / "archive") == 1
    assert "error[CB508]" in capsys.readouterr().out


def test_borrowed_sentence_can_be_allowed_with_a_reason(sound, tmp_path, capsys):
    path = sound / "cases" / "first-case.yml"
    words = " ".join(ARCHIVED.replace(".", "").split()[:8])
    path.write_text(path.read_text().replace("- Ada spoke.", f"- {words}.  # allow CB508: the formula of an oath"))
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 0
    assert run("check", "--casefiles", sound, "--archive", tmp_path / "archive") == 0
    assert run("check", "--casefiles", sound) == 0


# attest


def test_attest_writes_what_it_found(sound, tmp_path, capsys):
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 0
    assert capsys.readouterr().out == "    1 quote: 1 found\n    1 verbatim\nno problems\n"
    assert list(json.loads((sound / "attestations.json").read_text())["quotes"]) == ["first-case#q-promise"]
    assert run("check", "--casefiles", sound, "--strict") == 0


def test_attest_writes_nothing_on_a_dry_run(sound, tmp_path):
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive", "--dry-run") == 0
    assert not (sound / "attestations.json").exists()


def test_attest_exits_with_1_when_a_quote_is_not_found(sound, tmp_path, capsys):
    path = sound / "cases" / "first-case.yml"
    path.write_text(path.read_text().replace("ship in March.\n    lang", "ship in May.\n    lang"))
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 1
    assert "35:12: error[CB505]" in capsys.readouterr().out


@pytest.fixture
def misquoted(sound: Path) -> Path:
    """The sound casefiles with a quote of other words than the source's."""
    path = sound / "cases" / "first-case.yml"
    path.write_text(path.read_text().replace("ship in March.\n    lang", "ship in May.\n    lang"))
    return sound


def test_attest_shows_the_archives_words_in_a_terminal_only(misquoted, tmp_path, capsys, monkeypatch):
    run("attest", "--casefiles", misquoted, "--archive", tmp_path / "archive")
    printed = capsys.readouterr().out
    assert "[-March-]" not in printed
    assert "The archive's words are shown in a terminal only, or with --passages." in printed.splitlines()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run("attest", "--casefiles", misquoted, "--archive", tmp_path / "archive")
    assert '    archive has:  "…We will ship in [-March-].…"' in capsys.readouterr().out.splitlines()


def test_attest_shows_the_archives_words_elsewhere_when_asked(misquoted, tmp_path, capsys):
    run("attest", "--casefiles", misquoted, "--archive", tmp_path / "archive", "--passages")
    assert capsys.readouterr().out.splitlines()[:3] == [
        "casefiles/cases/first-case.yml:35:12: not found: first-case#q-promise in press-report",
        '    archive has:  "…We will ship in [-March-].…"',
        '    casefile has: "We will ship in {+May+}."',
    ]


def test_attest_lists_every_quote_when_asked(sound, tmp_path, capsys):
    run("attest", "--casefiles", sound, "--archive", tmp_path / "archive", "--verbose")
    assert capsys.readouterr().out.splitlines()[0] == (
        "casefiles/cases/first-case.yml:35:12: found: first-case#q-promise in press-report"
    )


def test_attest_prints_json_without_the_archives_words(misquoted, tmp_path, capsys):
    run("attest", "--casefiles", misquoted, "--archive", tmp_path / "archive", "--format", "json", "--passages")
    printed = capsys.readouterr().out
    said = json.loads(printed)
    assert said["quotes"] == [
        {
            "quote": "first-case#q-promise", "source": "press-report", "outcome": "not found",
            "note": 'the words of "q-promise" are not in the archived text of "press-report"',
            "file": "casefiles/cases/first-case.yml", "line": 35, "column": 12,
        }
    ]  # fmt: skip
    assert said["outcomes"] == {"found": 0, "moved": 0, "ambiguous": 0, "not found": 1, "not checked": 0}
    assert [problem["code"] for problem in said["problems"]] == ["CB505"]
    assert "March" not in printed


def test_attest_names_each_quote_that_stays_without_a_badge(sound, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    run("attest", "--casefiles", sound, "--archive", tmp_path / "mine")
    first = capsys.readouterr().out.splitlines()[0]
    assert first.endswith(": not checked: first-case#q-promise in press-report: no text at hand")
    assert first.startswith("casefiles/cases/first-case.yml:")


def test_attest_keeps_what_an_archive_without_the_text_cannot_show(sound, tmp_path, capsys):
    run("attest", "--casefiles", sound, "--archive", tmp_path / "archive")
    before = (sound / "attestations.json").read_bytes()
    (tmp_path / "mine").mkdir()
    capsys.readouterr()
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "mine") == 0
    assert capsys.readouterr().out == (
        "    1 quote: 1 not checked\n    1 verbatim\n    1 kept, not looked up again\nno problems\n"
    )
    assert (sound / "attestations.json").read_bytes() == before


def test_attest_writes_what_it_found_when_there_are_problems_too(sound, tmp_path):
    path = sound / "cases" / "first-case.yml"
    more = "  - {id: q-more, exact: Not there., lang: en, speaker: ada, source: press-report}\n"
    path.write_text(path.read_text().replace("claims:\n", f"{more}claims:\n"))
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 1
    assert list(json.loads((sound / "attestations.json").read_text())["quotes"]) == ["first-case#q-promise"]


@pytest.mark.parametrize("status", ["draft", "review"])
def test_attest_looks_up_cases_that_are_not_published_yet(sound, tmp_path, status):
    path = sound / "cases" / "first-case.yml"
    path.write_text(path.read_text().replace("status: published", f"status: {status}"))
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 0
    assert list(json.loads((sound / "attestations.json").read_text())["quotes"]) == ["first-case#q-promise"]
    assert run("check", "--casefiles", sound, "--drafts", "--strict") == 0


def test_attest_does_not_overwrite_attestations_that_it_cannot_read(sound, tmp_path, capsys):
    (sound / "attestations.json").write_text("<<<<<<< ours\n")
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 1
    assert "casefiles/attestations.json:1:1: error[CB503]" in capsys.readouterr().out
    assert (sound / "attestations.json").read_text() == "<<<<<<< ours\n"


def test_attest_mends_a_lost_badge(sound, tmp_path):
    run("attest", "--casefiles", sound, "--archive", tmp_path / "archive")
    path = sound / "cases" / "first-case.yml"
    path.write_text(path.read_text().replace("exact: We will ship in March.", "exact: will ship in March."))
    assert run("check", "--casefiles", sound) == 1
    assert run("attest", "--casefiles", sound, "--archive", tmp_path / "archive") == 0
    assert run("check", "--casefiles", sound) == 0


def test_attest_reports_faulty_casefiles_and_writes_nothing(faulty, tmp_path, capsys):
    assert run("attest", "--casefiles", faulty, "--archive", tmp_path) == 1
    assert "error[CB203]" in capsys.readouterr().out
    assert not (faulty / "attestations.json").exists()


def test_attest_does_not_change_the_archive(sound, tmp_path):
    run("attest", "--casefiles", sound, "--archive", tmp_path / "archive")
    assert [path.read_text() for path in (tmp_path / "archive").iterdir()] == [ARCHIVED]


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["check", "--format", "xml"],
        ["check", "--casefiles", "/nowhere"],
        ["check", "extra"],
        ["attest"],
        ["attest", "--archive", "/nowhere"],
        ["export"],
        ["export", "nonsense", "."],
    ],
)
def test_wrong_usage_exits_with_2(arguments, sound, monkeypatch, capsys):
    monkeypatch.chdir(sound.parent)
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: casebook")


def test_absent_folder_is_named_with_advice(capsys):
    with pytest.raises(SystemExit):
        run("check", "--casefiles", "/nowhere")
    assert (
        "there is no folder '/nowhere'; run this in the project's root, or name the folder" in capsys.readouterr().err
    )


def test_version_is_the_packages(capsys):
    with pytest.raises(SystemExit) as caught:
        run("--version")
    assert (caught.value.code, capsys.readouterr().out) == (0, f"casebook {casebook.__version__}\n")


def test_exit_status_reaches_the_shell(faulty):
    hooks = Path(casebook.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "casebook.cli", "check", "--casefiles", str(faulty), "--format", "json"],
        capture_output=True, text=True, env={"PYTHONPATH": str(hooks)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert "CB203" in [problem["code"] for problem in json.loads(done.stdout)]


def test_reader_who_has_seen_enough_causes_no_traceback(faulty):
    process = subprocess.Popen(
        [sys.executable, "-m", "casebook.cli", "check", "--casefiles", str(faulty), "--format", "json"],
        env=os.environ | {"PYTHONPATH": str(Path(casebook.__file__).parents[1])},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 1)
    process.stderr.close()
