"""Makes any number of casefiles of the real ones' shape: their fields, their sizes, and references across cases.

Words come from a small vocabulary, so that texts compress and render like prose; ids and dates are counted up, so that
the same number of cases is always the same files.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
QUOTE = "照片确实是摆拍，逗大家开心，别当真。"
VOCABULARY = (
    "founder company promise factory launch speech picture jacket camera engine driver owner editor reader "
    "question answer number figure month silence return apology market critic reply statement livestream stage "
    "audience press product phone car hood battery safety test result claim evidence doubt trust joke meme "
    "caption headline report made kept said wrote asked denied showed counted measured compared posted reposted "
    "followed before after during against within beyond early late public private plain careful large small first "
    "second other same new old"
).split()
CASES_A_PERSON = 4
"""Registries grow with the cases: one new source a case, one new person in four cases."""
PEOPLE_IN_A_CASE, SOURCES_IN_A_CASE = 4, 9
SECTIONS, PARAGRAPHS, PARAGRAPH_WORDS = 5, 5, 50  # an essay of 1,250 words
EVENTS, QUOTES, LESSONS, CLAIMS, QUESTIONS, POSITIONS, DISPUTES = 8, 6, 5, 3, 5, 4, 4
ENTRIES_A_FILE = 500
THEMES, LESSON_POOL, TERMS, PLATFORMS = 20, 30, 40, 10
CASES_A_CHART = 10
"""One case in ten has a small chart."""


class Maker:
    """Writes one casebook of `count` cases."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.random = random.Random(count)
        self.people = max(PEOPLE_IN_A_CASE, count // CASES_A_PERSON)
        self.sources = max(SOURCES_IN_A_CASE, count)

    def words(self, number: int) -> str:
        """A sentence of `number` words."""
        text = " ".join(self.random.choices(VOCABULARY, k=number))
        return f"{text.capitalize()}."

    def person(self, case: int, index: int) -> str:
        """A person of a case: neighbours share some, and everybody shares the first."""
        return "person-0" if index == 0 else f"person-{(case // CASES_A_PERSON + index) % self.people}"

    def source(self, case: int, index: int) -> str:
        """A source of a case: neighbouring cases share some."""
        return f"source-{(case + index) % self.sources}"

    def paragraph(self, case: int) -> str:
        """A paragraph with two links and two citations, as the real essays have on average."""
        other = self.random.randrange(self.count)
        pieces = [
            self.words(PARAGRAPH_WORDS // 4), f"[[{self.person(case, 1)}|He]] said more.", self.words(PARAGRAPH_WORDS // 4),
            f"[@{self.source(case, self.random.randrange(SOURCES_IN_A_CASE))}]", f"*{self.words(4)}*",
            self.words(PARAGRAPH_WORDS // 4), f"See [[case-{other}#e-1|that day]].", self.words(PARAGRAPH_WORDS // 4 - 10),
            f"[@{self.source(case, self.random.randrange(SOURCES_IN_A_CASE))}]",
        ]  # fmt: skip
        return " ".join(pieces)

    def date(self, case: int, step: int) -> str:
        """A day, later for later cases."""
        return f"{2000 + case % 25}-{1 + step % 12:02d}-{1 + (case + step) % 28:02d}"

    def case(self, n: int) -> str:
        """The text of casefile `n`."""
        out = [
            "schema_version: 1", f"id: case-{n}", f'title: "Case {n}: {self.words(4)}"', f"dek: {self.words(20)}",
            "status: published", f'occurred: "{2000 + n % 25}"', 'published: "2026-01-01"', "glance:",
            *(f"  - {self.words(18)}" for _ in range(4)), "key_figures:",
        ]  # fmt: skip
        out += [
            f"  - {{value: {n * 10 + i}, unit: yuan, label: {self.words(5)[:-1]}, source: {self.source(n, i)}}}"
            for i in range(4)
        ]
        out += self.charts(n) if n % CASES_A_CHART == 0 else []
        out.append("cast:")
        out += [f"  - {{who: {self.person(n, i)}, role: {self.words(3)[:-1]}}}" for i in range(PEOPLE_IN_A_CASE)]
        out += [f"themes: [theme-{n % THEMES}, theme-{(n + 7) % THEMES}]", "body:"]
        for i in range(SECTIONS):
            out += [f"  - id: s-{i}", f"    heading: {self.words(4)[:-1]}", "    text: |"]
            for _ in range(PARAGRAPHS):
                out += [f"      {self.paragraph(n)}", ""]
        out.append("events:")
        for i in range(EVENTS):
            out += [
                f"  - id: e-{i}", f'    date: "{self.date(n, i)}"', f"    title: {self.words(6)[:-1]}",
                f"    detail: {self.words(18)}", "    strand: persona", f"    actors: [{self.person(n, i % 4)}]",
                f"    platforms: [platform-{i}]", f"    cites: [{self.source(n, i)}, {self.source(n, i + 1)}]",
                "    confidence: confirmed",
            ]  # fmt: skip
        out.append("quotes:")
        for i in range(QUOTES):
            out += [
                f"  - id: q-{i}", f"    exact: {QUOTE}", "    lang: zh-Hans",
                f"    translation: {{lang: en, text: {self.words(15)[:-1]}, by: the editors}}",
                f"    speaker: {self.person(n, i % 4)}", f'    date: "{self.date(n, i)}"', "    venue: livestream",
                f"    source: {self.source(n, i)}", f"    note: {self.words(10)}",
            ]  # fmt: skip
        out.append("claims:")
        for i in range(CLAIMS):
            guest = f"case-{(n + 1) % self.count}#e-2" if i == 0 else "e-3"
            out += [
                f"  - id: c-{i}", f"    text: {self.words(8)}", f"    by: {self.person(n, 0)}", f'    made_on: "{1990 + i}"',
                "    kind: factual", f"    test: {self.words(12)}", "    history:",
                f'      - {{on: "{1991 + i}", status: pending, note: {self.words(8)[:-1]}, cites: [{self.source(n, 0)}]}}',
                f'      - {{on: "{1995 + i}", status: kept, note: {self.words(8)[:-1]}, cites: [{self.source(n, 1)}], event: {guest}}}',
            ]  # fmt: skip
        out.append("positions:")
        for i in range(POSITIONS):
            out += [
                f"  - issue: {'Was it wise' if i < 2 else 'Was it fair'}", f"    holder: {self.person(n, i)}",
                f"    stance: {self.words(6)[:-1]}", "    summary: |", f"      {self.words(40)}", f"    cites: [{self.source(n, i)}]",
            ]  # fmt: skip
        out.append("lessons:")
        for i in range(LESSONS):
            out += [
                f"  - lesson: lesson-{(n + i * 5) % LESSON_POOL}", f"    relation: {('supports', 'complicates', 'contradicts')[i % 3]}",
                "    why: |", f"      {self.words(45)}", f"    evidence: [e-{i}, q-{i}, c-0]",
            ]  # fmt: skip
        out += ["teaching:", f"  synopsis: {self.words(60)}", "  level: undergraduate", "  objectives:"]
        out += [f"    - {{id: o-{i}, text: {self.words(12)[:-1]}, bloom: analyse}}" for i in range(3)]
        out.append("  questions:")
        for i in range(QUESTIONS):
            out += [
                f"    - id: dq-{i}", f"      text: {self.words(25)}", f"      objective: o-{i % 3}", f"      evidence: [e-{i}, q-{i}]",
                "      minutes: 10", "      answer_note: |", f"        {self.words(50)}",
            ]  # fmt: skip
        out.append("  plan:")
        out += [f"    - {{minutes: 15, activity: {self.words(10)[:-1]}, question: dq-{i}}}" for i in range(5)]
        out.append("  board:")
        out += [
            f"    - {{column: {self.words(2)[:-1]}, prompts: [{self.words(5)[:-1]}, {self.words(5)[:-1]}]}}"
            for _ in range(4)
        ]
        out += [
            "related:",
            f"  - {{case: case-{(n + 1) % self.count}, relation: parallel, why: {self.words(12)[:-1]}}}",
            "disputed:",
        ]
        for i in range(DISPUTES):
            out += [
                f"  - what: {self.words(5)[:-1]}", "    figures:",
                f"      - {{value: about {i}00, source: {self.source(n, i)}}}", f"      - {{value: {i}50, source: {self.source(n, i + 1)}}}",
                f"    we_print: {self.words(12)}",
            ]  # fmt: skip
        return "\n".join(out) + "\n"

    def charts(self, n: int) -> list[str]:
        """A bar chart of two values."""
        points = ", ".join(f"{{at: {at}, value: {n + i}, source: {self.source(n, i)}}}" for i, at in enumerate("ab", 1))
        return [
            "charts:", f"  - {{id: fig-1, title: {self.words(6)[:-1]}, kind: bar, unit: yuan, "
            f"series: [{{label: one, points: [{points}]}}]}}",
        ]  # fmt: skip

    def attestations(self) -> str:
        """Attestations of every quote, so that a build checks as much as a real one does."""
        sys.path.insert(0, str(PROJECT / "hooks"))
        from casebook.attestations import digest

        found = {"source_sha256": "0" * 64, "start": 0, "end": 20, "exact_sha256": digest(QUOTE), "prefix_sha256": "0" * 64,
                 "suffix_sha256": "0" * 64, "on": "2026-01-01", "method": "full-text"}  # fmt: skip
        quotes = {
            f"case-{n}#q-{i}": {"source": self.source(n, i)} | found for n in range(self.count) for i in range(QUOTES)
        }
        return json.dumps({"schema_version": 1, "quotes": quotes})

    def registries(self) -> dict[str, list[str]]:
        """The entries of every registry, a line each."""
        people = (
            f"- {{id: person-{i}, name: {{en: Person {i}, zh: 雷军{chr(0x4E00 + i)}}}, description: {self.words(20)[:-1]}}}"
            for i in range(self.people)
        )
        sources = (
            f"- {{id: source-{i}, csl: {{type: webpage, title: {self.words(6)[:-1]}, container-title: The Paper, "
            f'issued: "2024-01-02", URL: https://example.org/{i}, language: en}}, short: Source {i}, accessed: "2026-01-01", '
            f"kind: secondary, independence: press}}"
            for i in range(self.sources)
        )
        platforms = (
            f"- {{id: platform-{i}, name: Platform {i}, operator: unknown, audience: {self.words(8)[:-1]}}}"
            for i in range(PLATFORMS)
        )
        themes = (f"- {{id: theme-{i}, label: Theme {i}, definition: {self.words(12)[:-1]}}}" for i in range(THEMES))
        lessons = (
            f"- {{id: lesson-{i}, statement: {self.words(8)[:-1]}, scope: {self.words(15)[:-1]}, limits: {self.words(15)[:-1]}}}"
            for i in range(LESSON_POOL)
        )
        terms = (f"- {{id: term-{i}, term: Term {i}, definition: {self.words(15)[:-1]}}}" for i in range(TERMS))
        made = {
            "people": people,
            "sources": sources,
            "platforms": platforms,
            "themes": themes,
            "lessons": lessons,
            "terms": terms,
        }
        return {name: list(lines) for name, lines in made.items()}


_TO_OURS = re.compile(r"\[([^\]]*)\]\((?:\.\./)*(?:cases|readings)/[a-z-]+/[^)]*\)")


def make_project(folder: Path, count: int) -> None:
    """A project with `count` cases in `folder`, its hooks, theme and pages copied from this one."""
    for part in ("hooks", "docs"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for page in (folder / "docs").rglob("*.md"):
        # The guides lead to cases and lists that are not made here.
        page.write_text(_TO_OURS.sub(r"\1", page.read_text(encoding="utf-8")), encoding="utf-8")
    write_casefiles(folder, count)


def write_casefiles(folder: Path, count: int) -> None:
    """The casefiles of `count` cases, in `folder`."""
    maker = Maker(count)
    cases = folder / "casefiles" / "cases"
    cases.mkdir(parents=True)
    for n in range(count):
        (cases / f"case-{n}.yml").write_text(maker.case(n), encoding="utf-8")
    (folder / "casefiles" / "attestations.json").write_text(maker.attestations(), encoding="utf-8")
    registry = folder / "casefiles" / "registry"
    registry.mkdir()
    for name, lines in maker.registries().items():
        (registry / name).mkdir()
        for start in range(0, len(lines), ENTRIES_A_FILE):
            text = "\n".join(lines[start : start + ENTRIES_A_FILE]) + "\n"
            (registry / name / f"{start}.yml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    make_project(options.folder, options.count)
