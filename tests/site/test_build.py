"""What a build promises beyond its pages: the schema, a steady weight, the same bytes every time."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

import sites
from casebook.book import Casebook
from sites import PROJECT, Site

UNRELATED = """\
schema_version: 1
id: unrelated-{n}
title: Unrelated {n}
dek: Something else that happened elsewhere.
status: published
occurred: "20{n:02d}"
published: "2031-08-01"
glance: [It happened., Nobody saw it., It is over.]
cast:
  - {{who: nobody-yet, role: present}}
themes: [images]
body:
  - {{id: opening, heading: Opening, text: Nothing to do with benches.}}
events:
  - {{id: it, date: "20{n:02d}", title: It happens, strand: public, cites: [unread-report]}}
quotes:
  - {{id: q, exact: Nothing happened., lang: en, speaker: nobody-yet, source: unread-report}}
lessons:
  - {{lesson: never-tested, relation: supports, why: It did not., evidence: [it]}}
teaching:
  synopsis: Nothing to teach.
  level: nobody
  objectives:
    - {{id: o, text: Endure., bloom: remember}}
  questions:
    - {{id: dq, text: Why?, objective: o, evidence: [it]}}
"""


class Yaml12(yaml.SafeLoader):
    """YAML as editors read it: in 1.2 only `true` and `false` are booleans, and dates are text."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _casefile(path: Path) -> dict[str, object]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Yaml12)  # noqa: S506 - a safe loader


def test_schema_is_a_json_schema(real: Site):
    schema = json.loads(real.text("schema/case.json"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_takes_every_casefile(real: Site):
    validator = Draft202012Validator(json.loads(real.text("schema/case.json")))
    for path in sorted((PROJECT / "casefiles" / "cases").glob("*.yml")):
        case = _casefile(path)
        assert [f"{path.name}: {error.json_path}: {error.message}" for error in validator.iter_errors(case)] == []


def test_schema_refuses_an_unknown_field(real: Site):
    validator = Draft202012Validator(json.loads(real.text("schema/case.json")))
    case = _casefile(sites.EXAMPLE / "casefiles" / "cases" / "bench-photo.yml")
    assert not list(validator.iter_errors(case))
    assert list(validator.iter_errors(case | {"titel": "Bench"}))


def test_case_page_weighs_the_same_beside_thirty_more_cases(example: Site, example_book: Casebook, tmp_path: Path):
    project = sites.make_example_project(tmp_path / "project")
    for n in range(30):
        text = UNRELATED.format(n=n)
        (project / "casefiles" / "cases" / f"unrelated-{n}.yml").write_text(text, encoding="utf-8")
    done = sites.build(project, tmp_path / "site")
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "site" / "cases" / "unrelated-29" / "index.html").exists()
    for case in example_book.cases:
        for page in (f"cases/{case}/index.html", f"cases/{case}/teach/index.html"):
            beside = (tmp_path / "site" / page).read_text(encoding="utf-8")
            assert _without_case_before(beside) == _without_case_before(example.text(page))


def _without_case_before(html: str) -> str:
    """A page without the link to the case before it in time: one there is, however many there are."""
    return re.sub(r'<li class="prev">.*?</li>\n', "", html, flags=re.DOTALL)


def _bytes(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            # A gzip header holds the time of the build.
            name = path.relative_to(folder).as_posix()
            found[name] = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    return found


def test_same_casefiles_give_the_same_bytes(real: Site, tmp_path: Path):
    # Sets are walked in another order under another hash seed.
    sites.build_strictly(PROJECT, tmp_path / "site", PYTHONHASHSEED="1")
    first, second = _bytes(real.folder), _bytes(tmp_path / "site")
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if content != second[name]] == []


def test_nothing_but_the_site_is_left_behind(example: Site):
    beside = {path.name for path in example.folder.parent.iterdir() if path.name.startswith(f"{example.folder.name}.")}
    assert beside <= {f"{example.folder.name}.lock"}


def test_no_page_shows_its_scaffolding(real: Site):
    shown = [
        f"{page}: {mark}"
        for page in real.pages if page.startswith(("cases/", "lessons/", "readings/", "people/"))
        for mark in ("[[", "[@", "{{", "{%", "None</", "PartialDate(", "Undefined")
        if mark in real.tree(page).css_first("main").text()
    ]  # fmt: skip
    assert shown == []
