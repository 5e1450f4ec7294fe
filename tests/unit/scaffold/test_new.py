"""`casebook new`: what it writes, what it refuses, and that nothing else changes."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from casebook.attest import attest_quotes
from casebook.cli import main
from casebook.layout import format_text
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.pipeline import PREVIEW, build_pages, load_casebook
from casebook.references import SINGULAR
from casebook.scaffold.desk import Desk, RefusedError
from casebook.scaffold.interview import Interview

ROOT = Path(__file__).parents[3]
FLOOR_TWO = (
    "new", "floor-two", "--title", "The second floor", "--occurred", "2024-11-13", "--person", "lei-jun",
    "--source", "asiaict-screws", "--theme", "staging", "--lesson", "confessed-pose-costs-less",
)  # fmt: skip


@pytest.fixture
def casefiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real casefiles without anybody's drafts, in which nobody sits at a terminal."""
    shutil.copytree(ROOT / "casefiles", tmp_path / "casefiles")
    for path in (tmp_path / "casefiles" / "cases").glob("*.yml"):
        if re.search(r"^status: (draft|review)\b", path.read_text(encoding="utf-8"), re.MULTILINE):
            path.unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "casefiles"


def drafts_problems(casefiles: Path) -> list[str]:
    return [problem.code for problem in load_casebook(casefiles, statuses=PREVIEW).problems]


def test_new_case_passes_as_a_draft_with_the_two_warnings_that_say_what_is_left_to_write(casefiles):
    assert main(FLOOR_TWO) == 0
    assert drafts_problems(casefiles) == ["CB711", "CB306"]


@pytest.mark.parametrize(
    ("occurred", "first"), [("2024-04/2024-05", "2024-04"), ("../2024-05", "2024-05"), ("2024-05/..", "2024-05")]
)
def test_first_event_of_a_new_case_is_on_its_first_day(casefiles, occurred, first):
    main([word.replace("2024-11-13", occurred) for word in FLOOR_TWO])
    assert load_casebook(casefiles, statuses=PREVIEW).casebook.cases["floor-two"].events[0].date.text == first


def test_new_case_has_the_canonical_layout(casefiles):
    main(FLOOR_TWO)
    text = (casefiles / "cases" / "floor-two.yml").read_text(encoding="utf-8")
    assert format_text(text, "casefiles/cases/floor-two.yml", Case) == (text, [])


def test_new_case_says_what_to_do_next(casefiles, capsys):
    main(FLOOR_TWO)
    assert capsys.readouterr().out.splitlines() == [
        "wrote casefiles/cases/floor-two.yml",
        "",
        "Next: write over the 15 places that begin with “Write here”.",
        "See the page as you save:  make serve, then http://127.0.0.1:8000/cases/floor-two/",
        "Hear what is wrong:        make check",
    ]


def test_new_case_without_a_terminal_says_everything_that_is_missing_at_once(casefiles, capsys):
    assert main(["new", "floor-two"]) == 2
    said = capsys.readouterr().err
    assert [
        f"--{name} is missing" in said for name in ("title", "occurred", "source", "person", "theme", "lesson")
    ] == [True] * 6
    assert not (casefiles / "cases" / "floor-two.yml").exists()


def test_new_case_is_not_written_over_an_old_one(casefiles, capsys):
    before = (casefiles / "cases" / "floor-nap.yml").read_bytes()
    assert main(["new", "floor-nap", *FLOOR_TWO[2:]]) == 1
    assert 'the id "floor-nap" is used already' in capsys.readouterr().err
    assert (casefiles / "cases" / "floor-nap.yml").read_bytes() == before


def test_new_entry_adds_lines_and_changes_none(casefiles):
    path = casefiles / "registry" / "people.yml"
    before = path.read_bytes()
    assert main(["new", "person", "--name", "Ada Example", "--description", "Founder of Example Motors."]) == 0
    assert path.read_bytes().removeprefix(before).decode().strip().splitlines() == [
        "- id: ada-example",
        "  name:",
        "    en: Ada Example",
        "  description: Founder of Example Motors.",
    ]
    assert "error" not in " ".join(drafts_problems(casefiles))


def test_placeholder_in_a_case_under_review_is_an_error_at_its_place(casefiles):
    main(FLOOR_TWO)
    path = casefiles / "cases" / "floor-two.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: review"), encoding="utf-8")
    problems = load_casebook(casefiles, statuses=PREVIEW).problems
    assert next(problem.short for problem in problems if problem.code == "CB710") == "9:6 CB710"
    assert sum(problem.code == "CB710" for problem in problems) == 15


KINDS = {
    "person": ["--name", "Cleo Example", "--description", "A driver.", "--aliases", "Ms Example", "--roles", "xiaomi; driver; 2019/.."],
    "organisation": ["--name", "Example Motors", "--description", "Maker of vans.", "--parent", "xiaomi"],
    "platform": ["--name", "Example Forum", "--operator", "unknown", "--audience", "Drivers: many.", "--url", "https://forum.example.org/"],
    "product": ["--name", "Example Van", "--maker", "xiaomi", "--description", "A van.", "--launched", "2024-03"],
    "theme": ["--label", "Example promises", "--definition", "What was announced.", "--broader", "trust"],
    "lesson": ["--statement", "A day that is named is believed.", "--scope", "Everywhere.", "--limits", "Nowhere."],
    "term": ["--term", "Hand-over", "--original", "交付", "--definition", "The day of the keys."],
    "source": ["https://daily.example.org/a", "--type", "webpage", "--language", "zh-Hans", "--short", "Example Daily", "--kind", "primary", "--independence", "press"],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_entry_of_every_kind_is_sound_and_canonical_and_nothing_else_changes(casefiles, kind):
    registry = next(name for name in REGISTRY_MODELS if SINGULAR[name] == kind)
    before = {path: path.read_bytes() for path in casefiles.rglob("*.yml")}
    assert main(["new", kind, *KINDS[kind]]) == 0
    (changed,) = (path for path in casefiles.rglob("*.yml") if path.read_bytes() != before.get(path))
    assert registry in (changed.stem, changed.parent.name)
    text = changed.read_text(encoding="utf-8")
    old = iter(text.splitlines())
    assert all(line in old for line in before[changed].decode().splitlines())
    assert format_text(text, changed.relative_to(casefiles.parent).as_posix(), REGISTRY_MODELS[registry]) == (text, [])
    assert drafts_problems(casefiles) == []


def test_reading_list_is_begun(casefiles):
    items = ["--item", "floor-nap: who calls it staged", "--item", "asiaict-screws: the first report"]
    words = ["--title", "A seminar", "--audience", "Students", "--session", "Pictures", *items]
    assert main(["new", "reading", "pictures", *words]) == 0
    text = (casefiles / "readings" / "pictures.yml").read_text(encoding="utf-8")
    assert format_text(text, "casefiles/readings/pictures.yml", ReadingList) == (text, [])
    assert load_casebook(casefiles).problems == ()


SESSION = ["--title", "A seminar", "--audience", "Students", "--session", "Pictures", "--item", "floor-nap: the day"]


def test_reading_list_is_begun_with_what_is_known_of_its_class(casefiles):
    when = ["--date", "2027-03-04", "--time", "10:15", "--minutes", "75", "--objective", "Weigh a pose."]
    assert main(["new", "reading", "pictures", *SESSION, *when]) == 0
    book = load_casebook(casefiles).casebook
    assert book is not None
    [session] = book.readings["pictures"].sessions
    assert (str(session.date), session.time, session.minutes) == ("2027-03-04", "10:15", 75)
    assert session.objectives == ("Weigh a pose.",)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--time", "10:15"], "this session has a time, 10:15, and no date"),
        (["--minutes", "0"], '"0" is not right for "minutes"'),
        (["--date", "soon"], '"soon" is not a date'),
    ],
)
def test_reading_list_whose_class_cannot_be_is_not_written(casefiles, capsys, options, said):
    assert main(["new", "reading", "pictures", *SESSION, *options]) != 0
    assert said in capsys.readouterr().err
    assert not (casefiles / "readings" / "pictures.yml").exists()


def test_reading_list_does_not_name_a_draft(casefiles, capsys):
    main(FLOOR_TWO)
    words = [
        "--title",
        "A seminar",
        "--audience",
        "Students",
        "--session",
        "Pictures",
        "--item",
        "floor-two: the staging",
    ]
    assert main(["new", "reading", "pictures", *words]) == 1
    assert 'the case "floor-two" is not published (its status is draft)' in capsys.readouterr().err


def test_chinese_name_has_no_id_made_of_it(casefiles, capsys):
    assert main(["new", "organisation", "--name", "例子汽车", "--description", "Maker of vans."]) == 2
    assert "ID is missing" in capsys.readouterr().err


def test_unknown_id_leads_to_the_near_one(casefiles, capsys):
    assert main([*FLOOR_TWO[:7], "lei-jum", *FLOOR_TWO[8:]]) == 2
    assert capsys.readouterr().err == (
        'casebook new: --person: there is no person, organisation, platform or product "lei-jum"; did you mean '
        '"lei-jun"? Or add it first with: casebook new person or casebook new organisation or casebook new platform or '
        "casebook new product\n"
    )


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("Floor Two", 'did you mean "floor-two"?'),
        ("cite", "is an anchor that pages use themselves"),
        ("lei-jun", "is used already, by a person in casefiles/registry/people.yml"),
        ("perosn", 'did you mean "casebook new person"?'),
    ],
)
def test_id_that_cannot_be_had_is_refused(casefiles, capsys, identifier, said):
    assert main(["new", identifier, *FLOOR_TWO[2:]]) in (1, 2)
    assert said in capsys.readouterr().err


def test_id_that_a_case_had_before_is_not_used_again(casefiles, capsys):
    path = casefiles / "cases" / "floor-nap.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\naliases: [floor-two]\n", encoding="utf-8")
    assert main(FLOOR_TWO) == 1
    assert '"floor-two" was the id of "floor-nap" once' in capsys.readouterr().err


def test_near_name_is_refused_unless_it_is_meant(casefiles, capsys):
    words = ["new", "person", "somebody-else", "--name", "Jun Lei", "--description", "Another."]
    assert main(words) == 1
    assert 'who is registered as "lei-jun"' in capsys.readouterr().err
    assert main([*words, "--anyway"]) == 0


def test_registry_that_is_no_yaml_is_to_be_mended_first(casefiles, capsys):
    path = casefiles / "registry" / "themes.yml"
    path.write_text("- id: [\n", encoding="utf-8")
    assert main(["new", "theme", "--label", "New", "--definition", "What is new."]) == 1
    assert "mend this first" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "- id: [\n"


def test_missing_registry_is_begun_with_its_first_line(casefiles):
    (casefiles / "registry" / "terms.yml").unlink()
    assert main(["new", "term", "--term", "Keys", "--definition", "What opens a van."]) == 0
    assert (casefiles / "registry" / "terms.yml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../.schema/terms.json\n- id: keys\n  term: Keys\n  definition: What opens a van.\n"
    )


@pytest.mark.parametrize(("issued", "name"), [(["--issued", "2031-05-01"], "2031.yml"), ([], "undated.yml")])
def test_entry_goes_to_the_file_of_its_year_in_a_folder(casefiles, issued, name):
    path = casefiles / "registry" / "sources" / name
    before = path.read_text(encoding="utf-8").count("- id: ") if path.exists() else 0
    assert main(["new", "source", *KINDS["source"], *issued]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.count("- id: ") == before + 1
    assert text.startswith("# yaml-language-server: $schema=../../.schema/sources.json\n")
    assert drafts_problems(casefiles) == []


def test_sources_read_last_are_offered_first_whatever_their_years(casefiles):
    main(["new", "source", *KINDS["source"], "--issued", "1999", "--id", "old-but-new", "--accessed", "2031-01-01"])
    with Desk(casefiles, date(2031, 1, 1)) as desk:
        assert Interview(desk, None).newest_first(("sources",))[0] == "old-but-new"


def test_file_that_is_full_is_to_become_a_folder(casefiles, capsys):
    path = casefiles / "registry" / "terms.yml"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}# {'x' * (256 * 1024 - path.stat().st_size - 20)}\n", encoding="utf-8"
    )
    assert main(["new", "term", "--term", "Keys", "--definition", "What opens a van."]) == 1
    assert "casefiles/registry/terms.yml is full" in capsys.readouterr().err


def test_draft_is_a_page_of_the_preview(casefiles):
    main(FLOOR_TWO)
    book = load_casebook(casefiles, statuses=PREVIEW).casebook
    assert book is not None
    page = next(spec for spec in build_pages(book) if spec.uri == "cases/floor-two/")
    assert "Write here" in page.build().render()


def test_placeholder_of_a_quote_is_not_looked_for_in_the_archive(casefiles):
    main(FLOOR_TWO)
    book = load_casebook(casefiles, statuses=PREVIEW).casebook
    assert book is not None
    attested = attest_quotes(book, {}, {}, "2026-11-28")
    assert [lookup.note for lookup in attested.lookups if lookup.key == "floor-two#first-quote"] == [
        "its words are still to be written"
    ]


def test_bytes_that_are_no_text_are_refused(casefiles, capsys):
    assert main(["new", "theme", "--label", "\udcff", "--definition", "What."]) == 2
    assert "is not UTF-8" in capsys.readouterr().err


def test_control_character_is_refused_where_it_was_given(casefiles, capsys):
    assert main([*FLOOR_TWO[:3], "Bell \x07", *FLOOR_TWO[4:]]) == 2
    assert "--title: U+0007 is a control or text-direction character" in capsys.readouterr().err


def test_file_that_somebody_else_changed_meanwhile_is_left_alone(casefiles):
    path = casefiles / "registry" / "themes.yml"
    with Desk(casefiles, date(2026, 11, 28)) as desk:
        Interview(desk, None).add("themes", {("label",): "New", ("definition",): "What is new."})
        path.write_text(f"{path.read_text(encoding='utf-8')}# a remark\n", encoding="utf-8")
        with pytest.raises(RefusedError, match="was changed in the meantime"):
            desk.save()
    assert path.read_text(encoding="utf-8").endswith("# a remark\n")
