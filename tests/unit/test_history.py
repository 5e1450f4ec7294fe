"""What was published once, against what is published now."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest

from builders import CASE, READING_LIST, REGISTRIES, TODAY, at, case, changed, other_case, plain, write_casefiles
from casebook.history import Compared, compare
from casebook.past import read_side
from casebook.substance import changes_of

QUIET = ("CB608",)
FIX = 'corrections: [{on: "2024-06-15", what: It said ten., why: It was nine.}]\n'


def history(
    old=CASE, new=CASE, *, before=None, after=None, registries=None, later=None, today: date = TODAY, readings=()
) -> Compared:
    """Compare two casebooks. `old` and `new` are the first case, absent where None; more cases, registries, readings."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        sides = []
        pairs = ((one, old, before, registries, readings[:1]), (two, new, after, later or registries, readings[1:]))
        for folder, text, more, entries, lists in pairs:
            root = write_casefiles(
                Path(folder), {**({"first-case": text} if text else {} if more else {"other": other_case("other", ("title: The first case", "title: Other"))}), **(more or {})},
                entries, {name: value for item in lists for name, value in item.items()},
            )  # fmt: skip
            sides.append(read_side(root))
        return compare(*sides, since="abc", today=today)


def short(done: Compared, quiet: tuple[str, ...] = QUIET) -> list[str]:
    return [problem.short for problem in done.problems if problem.code not in quiet]


def whats(old: str, new: str) -> list[str]:
    """What changed in substance, in words."""
    done = history(old, new)
    return [change.what for changes in done.changes.values() for change in changes]


# What is substance


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('occurred: "2024-01-10"', 'occurred: "2024-01-11"'), "occurred"),
        (("title: The first case", "title: The worst case"), "title"),
        (("  - It mattered.", "  - It did not matter."), "glance"),
        (("role: founder", "role: guest"), 'cast "ada": role'),
        (("spoke on a stage", "shouted on a stage"), 'body "opening": text'),
        (('date: "2024-01-10"\n    title', 'date: "2024-01-12"\n    title'), 'events "speech": date'),
        (("platforms: [forum]", "platforms: []"), 'events "speech": platforms'),
        (("exact: We will ship in March.", "exact: We will ship in March!"), 'quotes "q-promise": exact'),
        (("speaker: ada", "speaker: bob"), 'quotes "q-promise": speaker'),
        (("status: kept", "status: missed"), 'claims "c-ship": history "2024-03-20, missed": status'),
        (('due: "2024-03-31"', 'due: "2024-04-30"'), 'claims "c-ship": due'),
        (("relation: supports", "relation: contradicts"), 'lessons "say-less, contradicts": relation'),
    ],
)
def test_change_of_a_fact_is_substance(change, what):
    assert whats(CASE, case(change)) == [what]


@pytest.mark.parametrize(
    "changes",
    [
        [("actors: [ada]", "actors:\n      - ada")],
        [("themes: [labour]", "themes: [labour] # a comment")],
        [("  - who: ada\n    role: founder\n  - who: acme\n    role: her company\n", "  - {who: acme, role: her company}\n  - {who: ada, role: founder}\n")],
        [("exact: We will ship in March.", "exact: We  will ship in March.")],
        [("People listened.", "People listened")],
        [("a sentence]] that lasted", "a sentence]] which lasted")],
        [("synopsis: One speech, one promise.", "synopsis: Two speeches.")],
        [("themes: [labour]", "themes: [labour, more]")],
        [("strand: persona\n", "strand: persona\n    on_arc: The speech\n")],
        [("lang: en\n", "lang: en\n    prefix: she said\n")],
    ],
)  # fmt: skip
def test_layout_order_wording_and_apparatus_are_no_substance(changes):
    done = history(CASE, case(*changes))
    assert (done.changes, short(done)) == ({}, [])


def test_what_is_new_and_what_is_gone_is_substance():
    more = "  - {id: walk, date: '2024-02-02', title: Ada walks, strand: persona, cites: [press-report]}\n"
    with_more = case(("quotes:\n", f"{more}quotes:\n"))
    assert whats(CASE, with_more) == ['events "walk" is new']
    assert whats(with_more, CASE) == ['events "walk" is gone']


def test_change_shows_what_was_and_what_is():
    (change,) = history(CASE, case(('occurred: "2024-01-10"', 'occurred: "2024-01-11"'))).changes["first-case"]
    assert (change.pointer, change.before, change.after) == (("occurred",), "2024-01-10", "2024-01-11")


def test_reference_to_what_was_renamed_is_no_change():
    people = changed(REGISTRIES["people"], ("- id: ada\n", "- id: ms-lace\n  former_ids: [ada]\n"))
    text = (
        CASE.replace("who: ada", "who: ms-lace")
        .replace("[[ada]]", "[[ms-lace]]")
        .replace("speaker: ada", "speaker: ms-lace")
    )
    text = text.replace("actors: [ada]", "actors: [ms-lace]").replace("by: ada", "by: ms-lace")
    done = history(CASE, text, registries=REGISTRIES, later={"people": people})
    assert (done.changes, short(done)) == ({}, [])


def test_local_id_that_moved_is_no_change():
    text = CASE.replace("q-promise", "q-march") + "moved: [{was: q-promise, now: q-march}]\n"
    done = history(CASE, text)
    assert (done.changes, done.problems) == ({}, ())


def test_reference_to_what_moved_in_another_case_is_no_change():
    other = ("[[ada]] spoke", "[[first-case#speech|Then]] [[ada]] spoke")
    moved = (
        CASE.replace("- id: speech", "- id: talk")
        .replace("q-promise, speech", "q-promise, talk")
        .replace("event: speech", "event: talk")
    )
    done = history(
        CASE, f"{moved}moved: [{{was: speech, now: talk}}]\n", before={"second-case": other_case("second-case", other)},
        after={"second-case": other_case("second-case", (other[0], other[1].replace("#speech", "#talk")))},
    )  # fmt: skip
    assert (done.changes, short(done)) == ({}, [])


# Whether it is said


CHANGED = ('occurred: "2024-01-10"', 'occurred: ▲"2024-01-11"')


def test_change_that_nothing_tells_is_an_error_at_its_field():
    text = case(CHANGED)
    (problem,) = history(CASE, text).problems
    assert [problem.short] == at(text, "CB602")
    assert problem.message == "since abc the published case changed, and nothing tells its readers: occurred"
    assert problem.hint == 'write updated: "2024-07-01", or add to `corrections` what was wrong and is mended'


def test_many_changes_of_a_case_are_one_error_that_names_three():
    text = case(CHANGED, ("title: The first case", "title: ▲The worst case"), ("role: founder", "role: guest"),
                ("speaker: ada", "speaker: bob"), ("status: kept", "status: missed")).replace('▲"2024', '"2024')  # fmt: skip
    (problem,) = history(CASE, text).problems
    assert [problem.short] == at(text, "CB602")
    assert problem.message.endswith('title; occurred; cast "ada": role; and 2 more')


@pytest.mark.parametrize("more", ['updated: "2024-06-20"\n', FIX, 'updated: "2024-07-01"\n'])
def test_change_is_told_by_a_later_date_or_a_correction_more(more):
    assert short(history(CASE, case(CHANGED, more=more))) == []


@pytest.mark.parametrize("more", ['updated: "2024-05-01"\n', 'updated: "2024-06-01"\n', FIX.replace("06-15", "05-15")])
def test_change_is_not_told_by_a_date_that_is_no_later(more):
    assert short(history(CASE, case(CHANGED, more=more))) == at(case(CHANGED, more=more), "CB602")


def test_second_change_of_a_day_needs_no_later_date():
    told = 'updated: "2024-06-20"\n'
    assert short(history(case(more=told), case(CHANGED, more=told), today=date(2024, 6, 20))) == []
    assert short(history(case(more=told), case(CHANGED, more=told))) == at(case(CHANGED), "CB602")


@pytest.mark.parametrize("status", ["draft", "review"])
def test_case_that_was_not_published_may_change(status):
    assert short(history(case(("status: published", f"status: {status}")), case(CHANGED))) == []


def test_new_case_has_no_history():
    assert history(CASE, CASE, after={"second-case": other_case()}).problems == ()


@pytest.mark.parametrize(
    "now",
    [
        'corrections: [▲{on: "2024-06-15", what: It said eleven., why: It was nine.}]\n',
        'corrections: ▲[{on: "2024-06-16", what: It said ten., why: It was nine.}]\n',
    ],
)
def test_correction_that_says_something_else_is_an_error(now):
    (problem,) = (p for p in history(case(more=FIX), case(more=now)).problems if p.code == "CB603")
    assert [problem.short] == at(case(more=now), "CB603")


def test_correction_may_be_reworded_and_others_added():
    more = 'corrections: [{on: "2024-06-20", what: More., why: So., }, {on: "2024-06-15", what: "It said: ten", why: It was nine.}]\n'
    assert short(history(case(more=FIX), case(more=more))) == []


# Addresses


def test_case_that_is_gone_is_an_error_at_its_old_file():
    (problem,) = history(CASE, None).problems
    assert str(problem).startswith(
        'casefiles/cases/first-case.yml:1:1: error[CB604]: the case "first-case" was published and is gone'
    )


def test_case_that_was_renamed_without_an_alias_is_told_which_it_may_be():
    (problem,) = (p for p in history(CASE, None, after={"second-case": other_case()}).problems if p.code == "CB604")
    assert problem.hint == "if it is second-case now, add to that case: aliases: [first-case]"


def test_case_that_was_renamed_with_an_alias_is_compared_under_its_new_name():
    text = other_case("second-case", CHANGED, more="aliases: [first-case]\n")
    done = history(CASE, None, after={"second-case": text})
    assert short(done) == at(text, "CB602")


def test_case_may_be_retired():
    text = case(("status: published", "status: retired"), more='retired: {on: "2024-07-01", why: It was wrong.}\n')
    assert history(CASE, text).problems == ()


@pytest.mark.parametrize("status", ["draft", "review"])
def test_case_may_not_be_unpublished(status):
    text = case(("status: published", f"status: ▲{status}"))
    assert short(history(CASE, text)) == at(text, "CB604")


def test_retired_case_may_not_vanish():
    text = case(("status: published", "status: retired"), more='retired: {on: "2024-07-01", why: It was wrong.}\n')
    assert [problem.code for problem in history(text, None).problems] == ["CB604"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("- id: opening", "- id: start", "body"),
        ("- id: speech", "- id: talk", "events"),
        ("- id: q-promise", "- id: q-march", "quotes"),
        ("- id: c-ship", "- id: c-march", "claims"),
        ("- id: w-kept", "- id: w-true", "questions"),
        ("- id: o-weigh", "- id: o-see", "objectives"),
    ],
)
def test_local_id_that_is_gone_is_an_error_with_the_id_that_may_have_taken_its_place(old, new, kind):
    done = history(CASE, case((old, new)))
    problem = next(p for p in done.problems if p.code == "CB606")
    was, now = old.removeprefix("- id: "), new.removeprefix("- id: ")
    assert problem.hint == f"if it is {now} now, add to `moved`: {{was: {was}, now: {now}}}"


def test_local_id_that_is_gone_is_reported_at_its_list():
    text = case(("claims:\n  - id: c-ship", "claims:\n  ▲- id: c-march"))
    assert at(text, "CB606")[0] in short(history(CASE, text))


def test_local_id_that_says_what_became_of_it_is_fine():
    text = case(("- id: w-kept", "- id: w-true"), more="moved: [{was: w-kept, why: It was answered.}]\n")
    assert short(history(CASE, text)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("people", "- id: bob\n", "- id: robert\n"),
        ("terms", "id: keynote", "id: big-speech"),
        ("sources", "- id: company-blog", "- id: blog"),
    ],
)
def test_entry_that_is_gone_is_an_error_that_its_former_id_mends(name, old, new):
    text = changed(REGISTRIES[name], (old, new))
    was, now = old.strip("-\n ").removeprefix("id: "), new.strip("-\n ").removeprefix("id: ")
    (problem,) = history(registries=REGISTRIES, later={name: text}).problems
    assert (problem.code, str(problem.location)) == ("CB605", f"casefiles/registry/{name}.yml:1:1")
    assert problem.hint.endswith(f"former_ids: [{was}]")
    mended = (
        text.replace(f"id: {now}", f"id: {now}, former_ids: [{was}]")
        if new.startswith("id")
        else text.replace(f"id: {now}\n", f"id: {now}\n  former_ids: [{was}]\n")
    )
    assert history(registries=REGISTRIES, later={name: mended}).problems == ()


def test_reading_list_that_is_gone_is_an_error_that_its_former_id_mends():
    course = changed(READING_LIST, ("id: seminar", "id: course"))
    (problem,) = history(readings=({"seminar": READING_LIST}, {"course": course})).problems
    assert (problem.code, problem.hint) == ("CB605", "if it is course now, add to that entry: former_ids: [seminar]")
    assert history(readings=({"seminar": READING_LIST}, {"course": f"{course}former_ids: [seminar]\n"})).problems == ()


def test_old_id_that_led_on_must_go_on_doing_so():
    old = case(more="aliases: [old-name]\nmoved: [{was: q-old, now: q-promise}]\n")
    text = case(more="aliases: ▲[other]\nmoved: ▲[{was: q-older, now: q-promise}]\n")
    assert short(history(old, text)) == at(text, "CB607", "CB607")
    bare = changed(CASE, ("id: first-case", "id: ▲first-case"))
    assert short(history(old, bare)) == [*at(bare, "CB607"), *at(bare, "CB607")]


def test_paragraph_that_begins_with_other_words_is_a_warning_with_its_new_address():
    text = case(
        ("[[ada]] spoke on a stage", "On a stage spoke [[ada]]"),
        ("text: |", "text: ▲|"),
        more='updated: "2024-06-20"\n',
    )
    (problem,) = history(CASE, text).problems
    assert ([problem.short], problem.is_error) == (at(text, "CB608"), False)
    assert problem.hint == (
        "if it is p-on-a-stage-spoke-ada now, add to `moved`: {was: p-ada-spoke-on-a-stage, now: p-on-a-stage-spoke-ada}"
    )
    mended = text + "moved: [{was: p-ada-spoke-on-a-stage, now: p-on-a-stage-spoke-ada}]\n"
    assert history(CASE, mended).problems == ()


def test_paragraph_that_is_put_in_moves_no_other():
    text = case(("text: |\n", "text: |\n      Before all this it rained.\n\n"), more='updated: "2024-06-20"\n')
    assert history(CASE, text).problems == ()


# Faulty versions


def test_older_version_with_a_mistake_is_compared_as_far_as_it_can_be():
    old = case(("strand: persona", "strand: person"), ("dek:", "deck:"))
    text = case(CHANGED, more="")
    assert [problem.code for problem in history(old, text).problems] == ["CB602"]


def test_older_version_that_is_no_yaml_is_named_and_not_compared(tmp_path):
    root = write_casefiles(tmp_path, {"first-case": "a: ["})
    assert read_side(root).unread == ("casefiles/cases/first-case.yml",)
    assert history("a: [", case(CHANGED)).problems == ()


def test_newer_version_with_a_mistake_is_compared_and_the_mistake_not_reported():
    text = case(("strand: persona", "strand: person"))
    assert history(CASE, text).changes.keys() <= {"first-case"}


def test_changes_of_equal_cases_are_none(tmp_path):
    model = read_side(write_casefiles(tmp_path)).cases["first-case"].model
    assert changes_of(model, model, {}) == []
    assert plain(CASE) == CASE
