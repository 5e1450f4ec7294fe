"""What an editor program offers and says while somebody writes a casefile, from the real YAML language server.

Places are marked in the text with ▲.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import CASE, MARK, READING_LIST, REGISTRIES, case, changed, plain, write_casefiles
from casebook.exports.editor_schemas import FOLDER, write_editor_schemas
from casebook.model import REGISTRY_MODELS
from casebook.names import read_names

pytestmark = pytest.mark.xdist_group("editor")

PROJECT = Path(__file__).parents[2]
MODELINE = f"# yaml-language-server: $schema=../{FOLDER}/"
CASE_MODELINE = f"{MODELINE}case.json\n"
REAL = sorted([*(PROJECT / "casefiles").glob("*/*.yml"), *(PROJECT / "casefiles" / "registry").glob("*/*.yml")])
DATE = 'Write a date in quotes: "2024", "2024-11", "2024-11-13", "2024-11~" or "2025-04-01/2025-05-09"'
QUOTES = "Text is expected here. Numbers, true and false stand in quotes."


def place_of(text: str) -> tuple[int, int]:
    before = text.partition(MARK)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def offered(server, casefiles, text: str, where: str = "cases") -> dict[str, dict]:
    return server.completions(casefiles / where / "any.yml", plain(text), place_of(text))


def shown(server, casefiles, text: str) -> str:
    return server.hover(casefiles / "cases" / "any.yml", plain(text), place_of(text))


def replaced(text: str, item: dict) -> str:
    """The line in which the text stands, after the item is taken."""
    edit = item["textEdit"]
    start, end = edit["range"]["start"], edit["range"]["end"]
    assert start["line"] == end["line"]
    line = plain(text).split("\n")[start["line"]]
    return line[: start["character"]] + edit["newText"] + line[end["character"] :]


# Diagnostics


@pytest.fixture(scope="session")
def real_casefiles(tmp_path_factory):
    """The project's own casefiles, in a folder where schemas may be written."""
    folder = tmp_path_factory.mktemp("real") / "casefiles"
    for path in REAL:
        copy = folder / path.relative_to(PROJECT / "casefiles")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    write_editor_schemas(read_names(folder), folder / FOLDER)
    return folder


def test_there_are_casefiles_of_every_kind():
    assert {path.parent.name for path in REAL} == {"cases", "registry", "readings", "sources"}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_a_sound_casefile_but_what_is_planted_at_its_end(server, real_casefiles, path):
    place = real_casefiles / path.relative_to(PROJECT / "casefiles")
    name = {"cases": "case", "readings": "reading-list", "sources": "sources"}.get(path.parent.name, path.stem)
    text = path.read_text(encoding="utf-8")
    if not text.startswith(MODELINE.partition("=")[0]):
        text = f"{MODELINE}{name}.json\n{text}"
    planted = "- titel: x\n" if "registry" in path.parts else "titel: x\n"
    found = server.diagnostics(place, text + planted)
    end = text.count("\n") + 1
    assert (end, planted.index("titel") + 1, "Property titel is not allowed.") in found
    assert {line for line, _, _ in found} == {end}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("status: published", "status: ▲publishd", 'Value is not accepted. Valid values: "draft", "review", "published", "retired".'),
        ("title: The first case", "title: The first case\n▲titel: x", "Property titel is not allowed."),
        ("who: ada", "who: ▲adda", "There is no such id in registry/people, registry/organisations, registry/platforms "
         "or registry/products. Add it there first, or choose one with Ctrl+Space."),
        ("    platforms: [forum]\n    cites: [press-report]", "    platforms: [forum]\n    cites: [press-report, ▲press-repot]",
         "There is no such id in registry/sources. Add it there first, or choose one with Ctrl+Space."),
        ("lesson: say-less", "lesson: ▲say-more", "There is no such id in registry/lessons. Add it there first, or choose one with Ctrl+Space."),
        ('made_on: "2024-01-10"', 'made_on: ▲"2024-13-10"', DATE),
        ('made_on: "2024-01-10"', "made_on: ▲2024", DATE),
        ("title: Ada speaks", "title: ▲2024", QUOTES),
        ("title: Ada speaks", "title: ▲true", QUOTES),
        ("lang: en", "lang: ▲English", "Write a language tag: en, zh-Hans, zh-Hant"),
        ("id: q-promise", "id: ▲Q_Promise", "An id is lower-case letters, digits and single hyphens: example-first-van"),
        ("event: speech", "event: ▲a#b#c", "Write a local id of this case, or case-id#local-id of another"),
        ("strand: persona", "strand: ▲Persona", 'Value is not accepted. Valid values: "persona", "product", "company", "public", "law".'),
        ("themes: [labour]", "key_figures:\n  - {value: ▲many, label: x, source: press-report}\nthemes: [labour]",
         "Write digits only: 100000, 93.5. Words go into other fields."),
    ],
)  # fmt: skip
def test_mistake_is_said_once_at_its_line_and_column(server, casefiles, old, new, message):
    text = CASE_MODELINE + case((old, new))
    found = server.diagnostics(casefiles / "cases" / "any.yml", plain(text))
    assert found == [(*place_of(text), message)]


def test_missing_field_is_said_at_the_thing_that_lacks_it(server, casefiles):
    text = CASE_MODELINE + case(("  - id: speech\n", "  - ▲id: speech\n"), ("    strand: persona\n", ""))
    found = server.diagnostics(casefiles / "cases" / "any.yml", plain(text))
    assert found == [(*place_of(text), 'Missing property "strand".')]


@pytest.mark.parametrize(
    "date",
    ['"2024"', '"2024-11"', "2024-11-13", '"2024-11-13T10:00"', '"2024~"', '"202X"', '"2024-21"', '"2025-04/.."'],
)
def test_date_that_the_checker_reads_is_no_mistake(server, casefiles, date):
    text = CASE_MODELINE + case(('made_on: "2024-01-10"', f"made_on: {date}"))
    assert server.diagnostics(casefiles / "cases" / "any.yml", text) == []


def test_key_on_is_text_and_not_a_truth_value(server, casefiles):
    text = f"{CASE_MODELINE}{CASE}corrections:\n  - {{on: '2024-06-01', what: x, why: y}}\n"
    assert server.diagnostics(casefiles / "cases" / "any.yml", text) == []


@pytest.mark.parametrize(("where", "text"), [("cases", CASE), ("readings", READING_LIST)])
def test_settings_find_the_schema_where_the_first_line_does_not_name_it(server, casefiles, where, text):
    assert server.diagnostics(casefiles / where / "any.yml", text) == []
    (problem,) = server.diagnostics(casefiles / where / "any.yml", f"{text}colour: red\n")
    assert problem[2] == "Property colour is not allowed."


@pytest.mark.parametrize("name", REGISTRY_MODELS)
def test_settings_know_every_registry_as_a_file_and_as_a_folder(server, casefiles, name):
    wrong = f"{REGISTRIES[name]}- {{id: new, colour: red}}\n"
    place = casefiles / "registry" / name / "2024.yml"
    assert server.diagnostics(place, REGISTRIES[name]) == []
    assert "Property colour is not allowed." in {problem[2] for problem in server.diagnostics(place, wrong)}
    place = casefiles / "registry" / f"{name}.yml"
    assert "Property colour is not allowed." in {
        problem[2] for problem in server.diagnostics(place, wrong, beside=False)
    }


# Completion


def test_keys_of_a_case_are_offered_with_their_meaning(server, casefiles):
    items = offered(server, casefiles, f"{CASE_MODELINE}id: x\n▲\n")
    assert {"title", "dek", "events", "teaching"} <= items.keys()
    assert "id" not in items
    assert items["dek"]["documentation"]["value"].startswith("One sentence under the title.")


def test_key_that_was_begun_is_replaced(server, casefiles):
    text = f"{CASE_MODELINE}events:\n  - id: x\n    str▲\n"
    assert replaced(text, offered(server, casefiles, text)["strand"]) == "    strand: "


def test_choices_are_offered_with_their_meanings(server, casefiles):
    text = f"{CASE_MODELINE}claims:\n  - history:\n      - status: ▲\n"
    items = offered(server, casefiles, text)
    assert items.keys() == {"pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"}
    assert items["partly-kept"]["documentation"] == "Some of what was promised came true, or all of it late."


def test_people_and_organisations_are_offered_by_id_and_name(server, casefiles):
    text = CASE_MODELINE + case(("speaker: ada", "speaker: a▲"))
    items = offered(server, casefiles, text)
    assert items.keys() == {"ada — Ada, 艾达", "bob — Bob", "acme — Acme", "the-daily — The Daily"}
    assert replaced(text, items["ada — Ada, 艾达"]) == "    speaker: ada"


@pytest.mark.parametrize("written", ["▲", "pr▲", "press-report, ▲"])
@pytest.mark.parametrize("closed", ["]", ""])
def test_sources_are_offered_in_a_list_on_one_line(server, casefiles, written, closed):
    old = "    platforms: [forum]\n    cites: [press-report]"
    text = CASE_MODELINE + case((old, f"    platforms: [forum]\n    cites: [{written}{closed}"))
    items = offered(server, casefiles, text)
    assert "company-blog — Acme blog: A post" in items
    taken = replaced(text, items["company-blog — Acme blog: A post"])
    assert taken == f"    cites: [{written.replace('pr▲', '▲').replace('▲', 'company-blog')}{closed}"


def test_sources_are_offered_in_a_list_of_lines(server, casefiles):
    text = f"{CASE_MODELINE}events:\n  - cites:\n      - ▲\n"
    assert "press-report — The Daily: A report" in offered(server, casefiles, text)


@pytest.mark.parametrize(
    ("text", "where", "label"),
    [
        ("case.json\nthemes: [▲]\n", "cases", "labour — Labour"),
        ("case.json\nrelated:\n  - case: ▲\n", "cases", "first-case — The first case"),
        ("case.json\nlessons:\n  - lesson: ▲\n", "cases", "say-less — Say less."),
        ("people.json\n- id: x\n  roles:\n    - organisation: ▲\n", "registry", "acme — Acme"),
        ("products.json\n- id: x\n  maker: ▲\n", "registry", "acme — Acme"),
        ("reading-list.json\nsessions:\n  - items:\n      - case: ▲\n", "readings", "first-case — The first case"),
    ],
)
def test_every_kind_of_id_is_offered(server, casefiles, text, where, label):
    assert label in offered(server, casefiles, f"{MODELINE}{text}", where)


def test_examples_are_never_put_into_the_file(server, casefiles):
    items = offered(server, casefiles, f"{CASE_MODELINE}quotes:\n  - id: x\n    ▲\n")
    assert not any("Example" in item["insertText"] for item in items.values())


# Hover


def test_field_shows_what_it_means_and_examples(server, casefiles):
    shows = shown(server, casefiles, f"{CASE_MODELINE}quotes:\n  - ve▲nue: Weibo\n")
    assert 'Where it was said: "Weibo", "livestream".\n\nFor example: `livestream`' in shows


def test_date_is_shown_as_it_is_written_in_a_casefile(server, casefiles):
    assert 'For example: `"2024-11-13"`' in shown(server, casefiles, f'{MODELINE}case.json\nocc▲urred: "2024"\n')


def test_choice_shows_its_meaning_first(server, casefiles):
    shows = shown(server, casefiles, CASE_MODELINE + case(("relation: supports", "relation: compli▲cates")))
    choices = [line for line in shows.splitlines() if line.startswith("* ")]
    assert choices[0].startswith("* `complicates`: The lesson holds here only in part")
    assert len(choices) == 3


def test_id_shows_no_wall_of_ids(server, casefiles):
    shows = shown(server, casefiles, CASE_MODELINE + case(("speaker: ada", "spe▲aker: ada")))
    assert "Who said or wrote it" in shows
    assert "the-daily" not in shows


# Casefiles with mistakes


def test_ids_are_offered_from_casefiles_that_have_mistakes(server, tmp_path):
    broken = {"people": changed(REGISTRIES["people"], ("description: A critic.", "descripton: A critic."))}
    folder = write_casefiles(tmp_path, {"first-case": "id: [\n"}, broken)
    write_editor_schemas(read_names(folder), folder / FOLDER)
    items = offered(server, folder, f"{CASE_MODELINE}quotes:\n  - speaker: ▲\n")
    assert {"ada — Ada, 艾达", "bob", "acme — Acme"} <= items.keys()


def test_no_id_is_wrong_while_its_registry_cannot_be_read(server, tmp_path):
    folder = write_casefiles(tmp_path, registries={"sources": "- id: [\n"})
    write_editor_schemas(read_names(folder), folder / FOLDER)
    text = CASE_MODELINE + case()
    assert server.diagnostics(folder / "cases" / "any.yml", text) == []
