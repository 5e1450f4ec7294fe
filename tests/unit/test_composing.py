"""Many files at once: other processes and what is kept change the time that reading takes, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import CASE, changed, load, other_case, write_casefiles
from casebook import composing
from casebook.composing import Means, compose_all, composer
from casebook.pipeline import build_pages, load_casebook
from casebook.yaml_reading import compose_values

FAULTY = changed(CASE, ("speaker: ada", "speaker: adda"))
REFUSED = changed(CASE, ("title: The first case", "title: &a The first case"))


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(composing, "MANY", 2)


@pytest.fixture
def casefiles(tmp_path: Path) -> Path:
    others = {f"case-{number}": other_case(f"case-{number}") for number in range(3)}
    return write_casefiles(tmp_path, {"first-case": CASE, **others})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "values"


def outcome(folder: Path, means: Means) -> tuple[list[str], dict[str, str]]:
    """Every problem and every page."""
    loaded = load_casebook(folder, means=means)
    pages = {} if loaded.casebook is None else {p.uri: str(p.build().render()) for p in build_pages(loaded.casebook)}
    return [str(problem) for problem in loaded.problems], pages


def files(kept: Path) -> list[Path]:
    return sorted(path for path in kept.rglob("*") if path.is_file())


def count_composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that this process composes from now on."""
    seen: list[str] = []
    monkeypatch.setattr(composing, "compose_values", lambda text: seen.append(text) or compose_values(text))
    return seen


@pytest.mark.parametrize("text", [CASE, FAULTY, REFUSED, "", "a: [", "- 1\n- 2\n"])
def test_problems_and_pages_are_the_same_kept_and_anew(casefiles, kept, text):
    (casefiles / "cases" / "first-case.yml").write_text(text)
    anew = outcome(casefiles, Means())
    assert outcome(casefiles, Means(kept=kept)) == anew
    assert files(kept)
    assert outcome(casefiles, Means(kept=kept)) == anew


def test_problems_and_pages_are_the_same_with_other_processes(casefiles, kept):
    (casefiles / "cases" / "case-1.yml").write_text(REFUSED)
    anew = outcome(casefiles, Means())
    assert outcome(casefiles, Means(processes=2)) == anew
    assert outcome(casefiles, Means(processes=2, kept=kept)) == anew
    assert len(files(kept)) == 3


def test_what_is_kept_is_not_composed_again(casefiles, kept, monkeypatch):
    outcome(casefiles, Means(kept=kept))
    seen = count_composed(monkeypatch)
    outcome(casefiles, Means(kept=kept))
    assert seen == []


def test_a_file_that_changed_is_composed_again_and_its_old_values_are_dropped(casefiles, kept, monkeypatch):
    outcome(casefiles, Means(kept=kept))
    text = changed(CASE, ("title: The first case", "title: Another title"))
    (casefiles / "cases" / "first-case.yml").write_text(text)
    seen = count_composed(monkeypatch)
    assert any("Another title" in page for page in outcome(casefiles, Means(kept=kept))[1].values())
    assert seen == [text]
    assert len(files(kept)) == 4


def test_other_code_does_not_trust_what_is_kept_and_drops_it(casefiles, kept, monkeypatch):
    outcome(casefiles, Means(kept=kept))
    monkeypatch.setattr(composing, "_code", lambda: "other")
    seen = count_composed(monkeypatch)
    outcome(casefiles, Means(kept=kept))
    assert len(seen) == 4
    assert {path.parent.name for path in files(kept)} == {"other"}


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-5], lambda raw: raw.replace(b"The first", b"The worst"), lambda raw: b""]
)
def test_values_that_are_not_whole_are_composed_again(casefiles, kept, damage):
    anew = outcome(casefiles, Means(kept=kept))
    for path in files(kept):
        path.write_bytes(damage(path.read_bytes()))
    assert outcome(casefiles, Means(kept=kept)) == anew
    assert outcome(casefiles, Means(kept=kept)) == anew


def test_a_place_where_nothing_can_be_kept_changes_nothing(casefiles, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert outcome(casefiles, Means(kept=tmp_path / "file")) == outcome(casefiles, Means())


def test_a_few_files_are_kept_nowhere(casefiles, kept, monkeypatch):
    monkeypatch.setattr(composing, "MANY", 100)
    outcome(casefiles, Means(processes=2, kept=kept))
    assert not kept.exists()


def test_processes_that_cannot_be_started_are_done_without(casefiles, monkeypatch):
    class Broken:
        def __init__(self, *_arguments: object, **_names: object) -> None:
            pass

        def submit(self, *_arguments: object) -> None:
            raise composing.BrokenExecutor

        def shutdown(self, **_names: object) -> None:
            pass

    monkeypatch.setattr(composing, "ProcessPoolExecutor", Broken)
    assert outcome(casefiles, Means(processes=2)) == outcome(casefiles, Means())


def test_a_text_that_changed_after_it_was_composed_elsewhere_is_composed_anew(casefiles):
    paths = sorted((casefiles / "cases").iterdir())
    with composer(paths, Means(processes=2)) as compose:
        assert compose("title: Changed") == {"title": "Changed"}


def test_another_process_says_nothing_about_files_that_are_refused(casefiles):
    path = casefiles / "cases" / "first-case.yml"
    path.write_text(REFUSED)
    gone = casefiles / "cases" / "gone.yml"
    assert compose_all([path, gone], None) == {}


def test_what_another_process_makes_are_the_values_as_json(casefiles):
    (made,) = compose_all([casefiles / "cases" / "first-case.yml"], None).values()
    assert json.loads(made) == compose_values(CASE)


def test_means_are_not_needed():
    assert load().casebook is not None
