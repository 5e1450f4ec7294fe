"""Giving something another id everywhere, and keeping its old address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import CASE, READING_LIST, REGISTRIES, TODAY, case, changed, other_case, write_casefiles
from casebook.attestations import digest
from casebook.cli import main
from casebook.layout import format_text
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.pipeline import PREVIEW, load_casebook


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two cases, the second of which refers to the first, and a reading list."""
    second = other_case("second-case", ("[[ada]] spoke", "[[first-case|then]] [[first-case#speech]] [[ada]] spoke"))
    return write_casefiles(tmp_path, {"first-case": CASE, "second-case": second}, readings={"seminar": READING_LIST})


def rename(root: Path, old: str, new: str, *words: str) -> int:
    return main(["rename", "--casefiles", str(root), old, new, *words])


def texts(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in root.rglob("*") if path.is_file()}


def assert_sound(root: Path) -> None:
    loaded = load_casebook(root, statuses=PREVIEW, today=TODAY)
    assert [str(problem) for problem in loaded.problems if problem.is_error] == []


def test_case_is_renamed_with_its_file_and_every_reference_and_keeps_its_address(root):
    before = texts(root)
    assert rename(root, "first-case", "the-promise") == 0
    after = texts(root)
    assert "cases/first-case.yml" not in after
    assert after["cases/the-promise.yml"] == (
        before["cases/first-case.yml"].replace("id: first-case", "id: the-promise") + "aliases: [first-case]\n"
    )
    assert after["cases/second-case.yml"] == before["cases/second-case.yml"].replace("first-case", "the-promise")
    assert after["readings/seminar.yml"] == before["readings/seminar.yml"].replace("first-case", "the-promise")
    assert_sound(root)


@pytest.mark.parametrize(
    ("name", "old", "new", "entry"),
    [
        ("people", "ada", "ada-lace", "- id: ada-lace\n  name: {en: Ada, zh: 艾达}\n  description: Founder of Acme.\n  former_ids: [ada]\n- id: bob"),
        ("people", "bob", "robert", "- id: robert\n  name: {en: Bob}\n  description: A critic.\n  former_ids: [bob]\n"),
        ("terms", "keynote", "big-speech", "- {id: big-speech, former_ids: [keynote], term: Keynote"),
        ("sources", "press-report", "the-report", "  independence: press\n  former_ids: [press-report]\n- id: company-blog"),
    ],
)  # fmt: skip
def test_entry_is_renamed_everywhere_and_keeps_its_address(root, name, old, new, entry):
    assert rename(root, old, new) == 0
    after = texts(root)
    assert entry in after[f"registry/{name}.yml"]
    assert_sound(root)


def test_nothing_but_the_id_changes(root):
    before = texts(root)
    rename(root, "ada", "ada-lace")
    after = texts(root)
    for place in ("who: {}\n", "[[{}]]", "actors: [{}]", "speaker: {}\n", "by: {}\n"):
        before = {name: text.replace(place.format("ada"), place.format("ada-lace")) for name, text in before.items()}
    assert {name for name in after if after[name] != before[name]} == {"registry/people.yml"}


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("first-case#speech", "talk", ["- id: talk", "evidence: [q-promise, talk]", "event: talk"]),
        (
            "first-case#q-promise",
            "q-march",
            ["- id: q-march", "[[#q-march|a sentence]]", "quote: q-march", "[q-march, speech]"],
        ),
        ("first-case#c-ship", "#c-march", ["- id: c-march", "evidence: [c-march]"]),
        ("first-case#w-kept", "first-case#w-true", ["- id: w-true"]),
        ("first-case#o-weigh", "o-see", ["- id: o-see", "objective: o-see"]),
        ("first-case#opening", "start", ["- id: start"]),
    ],
)
def test_local_id_is_renamed_everywhere_and_keeps_its_address(root, old, new, places):
    assert rename(root, old, new) == 0
    text = texts(root)["cases/first-case.yml"]
    assert all(place in text for place in places)
    was, now = old.partition("#")[2], new.rpartition("#")[2]
    assert text.endswith(f"moved:\n  - was: {was}\n    now: {now}\n")
    assert_sound(root)


def test_local_ids_of_other_cases_stay(root):
    rename(root, "first-case#speech", "talk")
    second = texts(root)["cases/second-case.yml"]
    assert "[[first-case#talk]]" in second
    assert "- id: speech" in second


def test_second_renaming_leads_from_both_old_ids(root):
    rename(root, "first-case#speech", "talk")
    rename(root, "first-case#talk", "address")
    assert texts(root)["cases/first-case.yml"].endswith(
        "moved:\n  - was: talk\n    now: address\n  - was: speech\n    now: address\n"
    )
    rename(root, "first-case", "one")
    rename(root, "one", "two")
    assert "aliases: [one, first-case]\nmoved:" in texts(root)["cases/two.yml"]
    assert_sound(root)


def test_reading_list_is_renamed_with_its_file(root):
    assert rename(root, "readings/seminar", "course") == 0
    assert (
        texts(root)["readings/course.yml"]
        == changed(READING_LIST, ("id: seminar", "id: course")) + "former_ids: [seminar]\n"
    )
    assert_sound(root)


def test_draft_was_never_published_and_keeps_no_address(tmp_path):
    root = write_casefiles(tmp_path, {"first-case": case(("status: published", "status: draft"))})
    assert rename(root, "first-case", "second") == 0
    assert "aliases" not in texts(root)["cases/second.yml"]


def test_attestations_go_with_what_they_are_about(tmp_path, capsys):
    root = write_casefiles(tmp_path)
    found = {"source": "press-report", "source_sha256": "0" * 64, "start": 1, "end": 2, "exact_sha256": digest("We will ship in March."),
             "prefix_sha256": "2" * 64, "suffix_sha256": "3" * 64, "on": "2024-06-01", "method": "full-text"}  # fmt: skip

    (root / "attestations.json").write_text(
        json.dumps({"schema_version": 1, "quotes": {"first-case#q-promise": found}})
    )
    rename(root, "first-case#q-promise", "q-march")
    rename(root, "first-case", "one")
    rename(root, "press-report", "report")
    quotes = json.loads((root / "attestations.json").read_text())["quotes"]
    assert quotes == {"one#q-march": found | {"source": "report"}}
    said = capsys.readouterr().out.splitlines()
    assert said.count("casefiles/attestations.json") == 3
    assert said[-1].endswith(" and 1 attestation in attestations.json changed")
    assert "CB502" not in {problem.code for problem in load_casebook(root, today=TODAY).problems}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(tmp_path, ending):
    root = write_casefiles(tmp_path, {"first-case": CASE.replace("\n", ending)})
    assert rename(root, "first-case#speech", "talk") == 0
    text = texts(root)["cases/first-case.yml"]
    assert text.count("\n") == text.count(ending)


def test_dry_run_says_what_would_change_and_writes_nothing(root, capsys):
    before = texts(root)
    assert rename(root, "first-case", "one", "--dry-run") == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "casefiles/cases/first-case.yml → one.yml", "6 places in 3 files would change",
    ]  # fmt: skip
    assert texts(root) == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("adda", "x", 'there is no "adda"; did you mean "ada"?'),
        ("first-case#speach", "x", '"first-case" has no id "speach"; did you mean "speech"?'),
        ("ada", "bob", '"bob" is in use or was; ids are never used again'),
        ("ada", "ada", '"ada" is in use or was'),
        ("ada", "Ada Lace", '"Ada Lace" is not an id'),
        ("first-case#speech", "q-promise", '"q-promise" is in use or was'),
        ("first-case#speech", "timeline", '"timeline" is in use or was'),
        ("ada#x", "y", '"ada" has no id "x"'),
        ("readings/nothing", "y", "there is no"),
    ],
)
def test_what_cannot_be_renamed_is_refused_and_nothing_written(root, capsys, old, new, says):
    before = texts(root)
    assert rename(root, old, new) == 2
    assert says in capsys.readouterr().err
    assert texts(root) == before


def test_faulty_casefiles_are_to_be_mended_first(tmp_path, capsys):
    root = write_casefiles(tmp_path, {"first-case": case(("speaker: ada", "speaker: adda"))})
    assert rename(root, "first-case", "one") == 1
    assert "mend these first" in capsys.readouterr().err


def test_old_id_of_something_else_may_not_be_taken(tmp_path, capsys):
    root = write_casefiles(tmp_path, {"first-case": case(more="aliases: [old]\n")})
    assert rename(root, "ada", "old") == 2
    assert '"old" is in use or was' in capsys.readouterr().err
    assert REGISTRIES["people"] == texts(root)["registry/people.yml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first-case", "one"),
        ("first-case#speech", "talk"),
        ("ada", "ada-of-the-very-long-name"),
        ("readings/seminar", "course"),
    ],
)
def test_canonical_layout_stays_so(root, old, new):
    models = {"cases": Case, "readings": ReadingList}

    def canonical(path: Path) -> str:
        model = models.get(path.parent.name) or REGISTRY_MODELS[path.stem]
        return format_text(path.read_text(), f"casefiles/{path.relative_to(root).as_posix()}", model)[0]

    for path in root.rglob("*.yml"):
        path.write_text(canonical(path))
    assert rename(root, old, new) == 0
    assert [path.name for path in root.rglob("*.yml") if canonical(path) != path.read_text()] == []
