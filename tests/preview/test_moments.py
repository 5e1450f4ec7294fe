"""Whatever happens in the casefiles folder, the last good casebook stays and the preview says what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import builders
from casebook.preview import moments
from casebook.preview.moments import Preview
from casebook.text_files import MAX_BYTES


def _reword(path: Path) -> None:
    """Save other words that are as good."""
    path.write_text(f"{path.read_text(encoding='utf-8')}# A remark.\n", encoding="utf-8")


def _replace_by_link(path: Path) -> None:
    path.symlink_to(path.rename(path.with_suffix(".moved")))


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder renamed away": (lambda path: path.parents[1].rename(path.parents[2] / "away"), "casefiles:1:1 CB001"),
    "a link": (_replace_by_link, "casefiles/cases/first-case.yml:1:1 CB001"),
    "a folder with a file's name": (_replace_by_folder, "casefiles/cases/first-case.yml:1:1 CB001"),
    "binary junk": (lambda path: path.write_bytes(bytes(range(256)) * 64), "casefiles/cases/first-case.yml:3:115 CB003"),
    "nothing": (lambda path: path.write_bytes(b""), "casefiles/cases/first-case.yml:1:1 CB005"),
    "too much": (lambda path: path.write_bytes(b"#" * (MAX_BYTES + 1)), "casefiles/cases/first-case.yml:1:1 CB002"),
    "no YAML": (lambda path: path.write_text("title: [\n", encoding="utf-8"), "casefiles/cases/first-case.yml:2:1 CB005"),
    "half a file": (lambda path: path.write_bytes(path.read_bytes()[:200]), "casefiles/cases/first-case.yml:1:1 CB101"),
    "a registry deleted": (
        lambda path: (path.parents[1] / "registry" / "people.yml").unlink(), "casefiles/cases/first-case.yml:13:10 CB203",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_last_good_casebook_stays_and_the_problem_is_told(preview: Preview, casefile: Path, name: str):
    good = preview.now.edition
    do, expected = HARM[name]
    do(casefile)
    assert preview.is_outdated()
    preview.read()
    assert preview.now.edition is good
    assert expected in [f"{problem.location} {problem.code}" for problem in preview.now.problems]
    assert not preview.now.is_good


def test_next_good_save_is_a_new_edition_without_problems(preview: Preview, casefile: Path):
    good = casefile.read_bytes()
    casefile.write_bytes(b"")
    preview.read()
    casefile.write_bytes(good.replace(b"The first case", b"The case"))
    preview.read()
    assert preview.now.edition is not None
    assert preview.now.edition.pages["cases/first-case/"].title == "The case"
    assert preview.now.is_good


def test_file_that_is_saved_as_it_was_is_not_read_again(
    preview: Preview, casefile: Path, monkeypatch: pytest.MonkeyPatch
):
    before = preview.now
    casefile.write_bytes(casefile.read_bytes())
    assert preview.is_outdated()
    monkeypatch.setattr(moments, "load_casebook", lambda *_, **__: pytest.fail("it was read"))
    preview.read()
    assert preview.now.edition is before.edition
    assert not preview.is_outdated()


def test_mistake_that_is_taken_back_brings_the_last_edition_and_its_warnings_again(preview: Preview, casefile: Path):
    before, good = preview.now, casefile.read_bytes()
    casefile.write_bytes(b"")
    preview.read()
    casefile.write_bytes(good)
    preview.read()
    assert preview.now.edition is before.edition
    assert preview.now.problems == before.problems


def test_warnings_do_not_stand_in_the_way_of_an_edition(preview: Preview, casefile: Path):
    assert {problem.code for problem in preview.now.problems} == set(builders.QUIET)
    assert preview.now.is_good


def test_folder_put_back_is_read_again(preview: Preview, folder: Path):
    folder.rename(folder.with_name("away"))
    preview.read()
    assert preview.now.problems[0].hint == "put it back where it was"
    folder.with_name("away").rename(folder)
    assert preview.is_outdated()
    preview.read()
    assert preview.now.is_good


def test_mistake_in_our_own_code_is_told_and_forgotten(
    preview: Preview, casefile: Path, monkeypatch: pytest.MonkeyPatch
):
    good = preview.now.edition
    _reword(casefile)
    with monkeypatch.context() as broken:
        broken.setattr(moments, "load_casebook", lambda *_, **__: {}["no such key"])
        preview.read()
    assert preview.now.reading_fault == "KeyError: 'no such key'"
    assert preview.now.edition is good
    preview.read()
    assert preview.now.is_good


def test_file_that_goes_away_while_it_is_read_is_no_mistake(
    preview: Preview, casefile: Path, monkeypatch: pytest.MonkeyPatch
):
    load, calls = moments.load_casebook, []
    _reword(casefile)

    def vanish(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        if len(calls) == 1:
            casefile.with_name("second-case.yml").write_text(builders.other_case(), encoding="utf-8")
            raise FileNotFoundError("cases/second-case.yml")
        return load(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(moments, "load_casebook", vanish)
    preview.read()
    assert preview.now.is_good
    assert preview.now.edition is not None
    assert "second-case" in preview.now.edition.book.cases


def test_folder_that_changes_while_it_is_read_is_read_again_before_anything_is_shown(
    preview: Preview, casefile: Path, monkeypatch: pytest.MonkeyPatch
):
    load, good, shown = moments.load_casebook, casefile.read_text(encoding="utf-8"), []
    casefile.write_text("", encoding="utf-8")

    def mend_afterwards(*arguments: object, **options: object) -> object:
        loaded = load(*arguments, **options)  # type: ignore[arg-type]
        shown.append(loaded.has_errors)
        casefile.write_text(good, encoding="utf-8")
        return loaded

    monkeypatch.setattr(moments, "load_casebook", mend_afterwards)
    preview.read()
    assert shown[0]
    assert preview.now.is_good


def test_folder_that_never_comes_to_rest_is_shown_all_the_same(
    preview: Preview, casefile: Path, monkeypatch: pytest.MonkeyPatch
):
    load, calls = moments.load_casebook, []
    _reword(casefile)

    def write_again(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        casefile.with_name(f"note-{len(calls)}.txt").write_text("x", encoding="utf-8")
        return load(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(moments, "load_casebook", write_again)
    preview.read()
    assert len(calls) == moments.UNSETTLED_READS
    assert preview.is_outdated(), "and the next look reads it again"


def test_whoever_waits_is_told_of_the_next_moment(preview: Preview, casefile: Path):
    before = preview.now
    casefile.write_bytes(b"")
    reading = threading.Thread(target=preview.read)
    reading.start()
    moment = preview.wait_until(lambda now: now is not before, 60)
    reading.join()
    assert not moment.is_good


def test_whoever_waits_in_vain_is_told_that_nothing_has_changed(preview: Preview):
    assert preview.wait_until(lambda _: False, 0.01) is preview.now


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of the program's own code."""
    file = tmp_path / "program" / "casebook" / "model.py"
    file.parent.mkdir(parents=True)
    file.write_text("FIELDS = 1\n")
    return tmp_path / "program"


def test_a_program_that_changed_says_so_in_the_place_of_problems_that_may_be_false(folder, casefile, program):
    preview = Preview(folder, program=program)
    preview.read()
    good = preview.now.edition
    (program / "casebook" / "model.py").write_text("FIELDS = 1, 2\n")
    casefile.write_text(f"{casefile.read_text(encoding='utf-8')}fresh_field: new\n", encoding="utf-8")
    preview.read()
    assert (preview.now.is_outgrown, preview.now.is_good, preview.now.problems) == (True, False, ())
    assert preview.now.edition is good


def test_a_program_with_a_file_more_or_less_has_changed(folder, program):
    preview = Preview(folder, program=program)
    assert not preview.notice_new_program()
    (program / "casebook" / "more.py").write_text("")
    assert preview.notice_new_program()
    (program / "casebook" / "more.py").unlink()
    assert not preview.notice_new_program()
    assert preview.now.is_good


def test_what_a_program_leaves_beside_its_code_is_no_change(folder, program):
    preview = Preview(folder, program=program)
    (program / "casebook" / "model.pyc").write_bytes(b"compiled")
    assert not preview.notice_new_program()
