"""A minimal casebook for the tests, and ways to put mistakes into it.

A place where a problem is expected is marked in the text with ▲, just before the character: `at` gives the places as
line and column, and everything that reads the text takes the mark out first.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casebook.pipeline import PUBLISHED, Loaded, load_casebook
from casebook.problems import Problem
from casebook.yaml_reading import compose_text

MARK = "▲"
TODAY = date(2024, 7, 1)
QUIET = ("CB306", "CB502")
"""The minimal case is shorter than an essay, and nobody attested its quote: warnings that most tests are not about."""

CASE = """\
schema_version: 1
id: first-case
title: The first case
dek: A founder promises something and is quoted.
status: published
occurred: "2024-01-10"
published: "2024-06-01"
glance:
  - Ada spoke.
  - People listened.
  - It mattered.
cast:
  - who: ada
    role: founder
  - who: acme
    role: her company
themes: [labour]
body:
  - id: opening
    heading: What happened
    text: |
      [[ada]] spoke on a stage [@press-report, p. 3].

      She said [[#q-promise|a sentence]] that lasted.
events:
  - id: speech
    date: "2024-01-10"
    title: Ada speaks
    strand: persona
    actors: [ada]
    platforms: [forum]
    cites: [press-report]
quotes:
  - id: q-promise
    exact: We will ship in March.
    lang: en
    speaker: ada
    source: press-report
claims:
  - id: c-ship
    text: Acme will ship in March.
    by: ada
    made_on: "2024-01-10"
    quote: q-promise
    kind: factual
    due: "2024-03-31"
    test: A customer holds the thing.
    history:
      - on: "2024-01-10"
        status: pending
        note: Said on stage.
        cites: [press-report]
        event: speech
      - on: "2024-03-20"
        status: kept
        note: Delivered.
        cites: [press-report]
lessons:
  - lesson: say-less
    relation: supports
    why: She said little.
    evidence: [q-promise, speech]
teaching:
  synopsis: One speech, one promise.
  level: undergraduate
  objectives:
    - id: o-weigh
      text: Weigh a promise.
      bloom: evaluate
  questions:
    - id: w-kept
      text: Was it kept?
      objective: o-weigh
      evidence: [c-ship]
"""

REGISTRIES = {
    "people": """\
- id: ada
  name: {en: Ada, zh: 艾达}
  description: Founder of Acme.
- id: bob
  name: {en: Bob}
  description: A critic.
""",
    "organisations": """\
- id: acme
  name: Acme
  description: Maker of widgets.
- id: the-daily
  name: The Daily
  description: A newspaper.
""",
    "platforms": "- {id: forum, name: Forum, operator: unknown, audience: Everybody.}\n",
    "products": "- {id: widget, name: Widget, maker: acme, description: A thing.}\n",
    "themes": "- {id: labour, label: Labour, definition: Work made visible.}\n",
    "lessons": "- {id: say-less, statement: Say less., scope: Everywhere., limits: Never.}\n",
    "terms": "- {id: keynote, term: Keynote, definition: A long speech.}\n",
    "sources": """\
- id: press-report
  csl: {type: webpage, title: A report, language: en, URL: "https://example.org/report"}
  short: The Daily
  accessed: "2024-05-01"
  kind: secondary
  independence: press
- id: company-blog
  csl: {type: post-weblog, title: A post, language: en}
  short: Acme blog
  accessed: "2024-05-01"
  kind: primary
  independence: self-issued
""",
}

READING_LIST = """\
id: seminar
title: A seminar
audience: Students
introduction: |
  Read [[first-case]] first.
sessions:
  - n: 1
    title: The promise
    items:
      - case: first-case
        sections: [opening]
        why: It is short.
      - source: press-report
        why: It is where the quote comes from.
    questions: [first-case#w-kept]
"""


def plain(text: str) -> str:
    """The text without marks."""
    return text.replace(MARK, "")


def at(text: str, *codes: str) -> list[str]:
    """`line:column code` for each mark in the text, in order."""
    marks = [match.start() - index for index, match in enumerate(re.finditer(MARK, text))]
    before = [plain(text)[:place] for place in marks]
    places = [f"{part.count(chr(10)) + 1}:{len(part) - part.rfind(chr(10))}" for part in before]
    assert len(places) == len(codes), f"{len(places)} marks for {len(codes)} codes"
    return [f"{place} {code}" for place, code in zip(places, codes, strict=True)]


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each first part replaced by its second; a part that does not stand there once is a mistake."""
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times: {old!r}"
        text = text.replace(old, new)
    return text


def case(*changes: tuple[str, str], more: str = "") -> str:
    """The minimal casefile, changed, with more fields at its end."""
    return changed(CASE, *changes) + more


def other_case(identifier: str = "second-case", *changes: tuple[str, str], more: str = "") -> str:
    """A second sound case."""
    return changed(case(more=more), ("id: first-case", f"id: {identifier}"), *changes)


def told_twice(*changes: tuple[str, str]) -> dict[str, str]:
    """Two cases that tell of one speech, the second more fully; both are changed."""
    shorter = (
        "    cites: [press-report]\nquotes:",
        "    cites: [press-report]\n    same_event: second-case#speech\nquotes:",
    )
    return {"first-case": case(shorter, *changes), "second-case": other_case("second-case", *changes)}


def write_casefiles(
    folder: Path,
    cases: Mapping[str, str] | None = None,
    registries: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
) -> Path:
    """Write a `casefiles` folder: the minimal case, or `cases`; the minimal registries, with some replaced."""
    root = folder / "casefiles"
    texts = {f"cases/{name}": text for name, text in (cases or {"first-case": CASE}).items()}
    texts |= {f"registry/{name}": text for name, text in {**REGISTRIES, **(registries or {})}.items()}
    texts |= {f"readings/{name}": text for name, text in (readings or {}).items()}
    for name, text in texts.items():
        path = root / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plain(text), encoding="utf-8", newline="")
    return root


def load(
    *,
    cases: Mapping[str, str] | None = None,
    registries: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
    today: date | None = TODAY,
    statuses: frozenset[str] = PUBLISHED,
    attested: bool = True,
) -> Loaded:
    """Load a casebook made of these texts."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_casefiles(Path(folder), cases, registries, readings)
        return load_casebook(root, today=today, statuses=statuses, attested=attested)


def case_problems(text: str, *, quiet: tuple[str, ...] = QUIET, **others: Mapping[str, str]) -> list[Problem]:
    """Every problem of a casebook whose first case is this text, less those with a `quiet` code."""
    others["cases"] = {"first-case": text, **others.get("cases", {})}
    return [problem for problem in load(**others).problems if problem.code not in quiet]


def check_case(text: str, **others: Mapping[str, str]) -> list[str]:
    """`line:column code` of every problem of a casebook whose first case is this text."""
    return [problem.short for problem in case_problems(text, **others)]


def check_registry(name: str, text: str, case_text: str = CASE) -> list[str]:
    """`line:column code` of every problem when a registry holds this text."""
    return check_case(case_text, registries={name: text})


def check_yaml(text: str) -> list[str]:
    """`line:column code` of everything that composing a text refuses."""
    return [problem.short for problem in compose_text(plain(text), "casefile.yml")[1]]
