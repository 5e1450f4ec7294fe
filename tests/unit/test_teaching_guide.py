"""The guide for teachers says what is true: its commands run, its links lead somewhere, its minutes are those of the note."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from casebook.cli import main
from casebook.commands.export_teaching import ADDRESS_VARIABLE, PLACE
from casebook.courses import course_of_case, course_of_list
from casebook.exports.calendar import calendar_files
from casebook.exports.citations import citation_files
from casebook.exports.site import Site
from casebook.exports.teaching.making import FORMATS as FORMATS_TO_MAKE
from casebook.pipeline import build_pages, load_casebook
from casebook.reference_formats import FORMATS
from casebook.views.class_plan import plans_of
from casebook.views.data import LICENCE

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
GUIDE = (DOCS / "teach.md").read_text(encoding="utf-8")
WORDS = " ".join(GUIDE.split())
"""The guide wherever its lines end."""
BOOK = load_casebook(PROJECT / "casefiles").casebook
assert BOOK is not None
SPECS = {spec.uri: spec for spec in build_pages(BOOK)}
CASE = BOOK.cases["floor-nap"]
NOTE = LexborHTMLParser(str(SPECS["cases/floor-nap/teach/"].build().render()))
LINKS = sorted(set(re.findall(r"\]\((?!https?://)([^)]+)\)", GUIDE)))
COMMANDS = re.findall(r"^ {4,8}(?:CASEBOOK_SITE_URL=\S+ )?((?:casebook|make|pip) .+)$", GUIDE, re.MULTILINE)


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below a line that holds these words."""
    lines = GUIDE[GUIDE.index(heading) :].split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


# Links


@pytest.mark.parametrize("link", LINKS)
def test_link_leads_to_a_page_and_to_a_place_in_it(link: str):
    path, _, anchor = link.partition("#")
    if path and not (DOCS / path).is_file():
        spec = SPECS[path.removesuffix("index.md")]
        ids = {node.id for node in LexborHTMLParser(str(spec.build().render())).css("[id]")}
    else:
        text = (DOCS / path).read_text(encoding="utf-8") if path else GUIDE
        ids = {
            re.sub(r"[^\w]+", "-", title.lower()).strip("-") for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        }
    assert not anchor or anchor in ids


def test_three_doors_lead_to_lists_notes_and_builder():
    doors = [re.search(r"\]\((.+?)\)", row[1]) for row in table("There are three ways in.")]
    assert [door[1] for door in doors if door] == [
        "readings/index.md",
        "teach/notes/index.md",
        "teach/builder/index.md",
    ]


# Commands


def test_commands_are_those_that_this_test_runs():
    assert COMMANDS == [
        "casebook check",
        "make site",
        "make teaching",
        'pip install ".[teaching]"',
        "casebook export teaching --install",
        "casebook export teaching --site-url https://example.org/casebook/",
        "casebook export calendar founder-as-brand-seminar --first 2027-02-01 --time 10:15 --every week",
    ]


def test_check_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(PROJECT)
    assert main(["check"]) == 0


def test_calendar_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    command = next(command for command in COMMANDS if "calendar" in command)
    monkeypatch.chdir(PROJECT)
    place = tmp_path / "mine.ics"
    assert main([*shlex.split(command)[1:], "--output", str(place)]) == 0
    assert capsys.readouterr().out == f"6 meetings from 2027-02-01 to 2027-03-08 in {place}\n"
    assert place.read_bytes().count(b"BEGIN:VEVENT") == 6


def test_export_of_teaching_files_is_a_command_and_its_extra_exists(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["export", "teaching", "--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert "--formats" in told
    assert "--install" in told
    assert "--site-url" in told
    assert PLACE.as_posix() == "build/teaching"
    assert {"pdf", "docx", "epub", "imscc"} == set(FORMATS_TO_MAKE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["teaching"]


def test_targets_of_make_exist():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE))
    assert {command.split()[1] for command in COMMANDS if command.startswith("make")} <= targets


def test_address_of_the_site_is_said_before_files_are_made():
    assert re.search(rf"^ +{ADDRESS_VARIABLE}=https://\S+ make teaching$", GUIDE, re.MULTILINE)
    assert "no links" in GUIDE[: GUIDE.index("    CASEBOOK_SITE_URL")]


# The walk-through


def test_plan_in_the_guide_is_that_of_the_note():
    (plan,) = (plan for plan in plans_of(CASE.teaching) if plan.minutes == 75)
    written = [(row[0], int(row[1])) for row in table("They are")]
    assert written == [(f"{step.start}′", step.minutes) for step in plan.steps]


def test_numbers_of_the_walk_through_are_those_of_the_casebook():
    course = course_of_case(BOOK, CASE)
    assert f"takes {course.minutes_to_read} minutes to read" in WORDS
    assert len(CASE.teaching.preparation) == 4
    assert "the four questions under" in WORDS
    assert len(CASE.teaching.board) == 4
    assert "draw the four columns" in WORDS
    assert 50 in {plan.minutes for plan in plans_of(CASE.teaching)}


def test_numbers_of_the_list_are_those_of_the_casebook():
    course = course_of_list(BOOK, BOOK.readings["founder-as-brand-seminar"])
    reading = [meeting.minutes_to_read for meeting in course.meetings]
    assert len(course.meetings) == 6
    assert {meeting.minutes for meeting in course.meetings} == {90}
    assert f"with {min(reading)} to {max(reading)} minutes of reading for each" in WORDS


@pytest.mark.parametrize(
    ("name", "title", "meetings"),
    [("founder-branding", "Founder branding", 3), ("crisis-and-apology", "Crisis and apology", 2),
     ("staged-pictures", "Posed, clipped, counted", 2), ("lent-copied-delegated", "Lent, copied, delegated", 3),
     ("founders-word", "A founder's word", 1)],
)  # fmt: skip
def test_other_lists_are_named_as_they_are(name: str, title: str, meetings: int):
    course = course_of_list(BOOK, BOOK.readings[name])
    assert course.title.replace("’", "'").startswith(title)
    [row] = [row for row in table("begins in another classroom") if f"(readings/{name}/index.md)" in row[0]]
    assert row[0].startswith(f"[{title}]")
    assert row[2] == str(meetings) == str(len(course.meetings))


def test_other_lists_ask_for_as_much_reading_as_the_guide_says():
    assert "None of these five asks for more than 20 minutes of reading before a meeting." in WORDS
    others = [course_of_list(BOOK, BOOK.readings[name]) for name in BOOK.readings if name != "founder-as-brand-seminar"]
    assert max(meeting.minutes_to_read for course in others for meeting in course.meetings) <= 20


def test_every_case_is_assigned_by_a_list():
    readings = [reading for name in BOOK.readings for meeting in course_of_list(BOOK, BOOK.readings[name]).meetings
                for reading in meeting.readings]  # fmt: skip
    assert "Every case is assigned by at least one of the lists" in WORDS
    assert {reading.case.id for reading in readings if reading.case and not reading.optional} == set(BOOK.cases)


def test_every_list_is_named():
    assert set(BOOK.readings) == set(re.findall(r"\(readings/([a-z-]+)/index\.md\)", GUIDE))


def test_parts_of_the_note_are_all_told_in_their_order():
    headings = [heading.text() for heading in NOTE.css("section > h2")]
    told = [row[0] for row in table("## The teaching note, part by part")]
    assert [heading.partition(",")[0] for heading in headings] == told


# Files, editions, licence


def test_files_that_every_build_makes_are_there_for_every_list_and_case():
    site = Site("A casebook")
    made = {file.uri for family in (calendar_files, citation_files) for file in family(BOOK, site)}
    for name in BOOK.readings:
        assert f"readings/{name}/{name}.ics" in made
        assert {f"readings/{name}/readings.{form.suffix}" for form in FORMATS} <= made
    for name in BOOK.cases:
        assert f"cases/{name}/teach/{name}.ics" in made
        assert {f"cases/{name}/{stem}.{form.suffix}" for form in FORMATS for stem in ("cite", "sources")} <= made


def test_paragraph_and_edition_are_cited_as_the_case_says():
    page = LexborHTMLParser(str(SPECS["cases/floor-nap/"].build().render()))
    edition = course_of_case(BOOK, CASE).edition
    assert f"“para. 4, {edition.words}”" in page.css_first("#cite").text()
    assert f'"para. 4, edition of {edition.date.words}"' in WORDS
    assert page.css_first("p[id^=p-] > a.pn")


def test_licence_is_the_one_of_the_project():
    licence = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY 4.0" in licence
    assert f"]({LICENCE})" in GUIDE
    assert f"CC BY 4.0, {LICENCE}." in WORDS
