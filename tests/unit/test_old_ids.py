"""Ids that are no longer in use: their addresses lead on, or say what became of them."""

from __future__ import annotations

import pytest

from builders import (
    QUIET,
    READING_LIST,
    REGISTRIES,
    TODAY,
    at,
    case,
    case_problems,
    changed,
    check_case,
    load,
    other_case,
    write_casefiles,
)
from casebook.exports.head import page_head
from casebook.exports.search import search_entries
from casebook.exports.site import Site
from casebook.exports.sitemap import sitemap_files
from casebook.pipeline import build_pages, load_casebook

RETIRED = ("status: published", "status: retired")
REASON = 'retired: {on: "2024-06-30", why: it <was> wrong., instead: [second-case]}\n'
SITE = Site("Book", "https://example.org/", "A book.")


def pages(tmp_path, cases: dict[str, str] | None = None, **others):
    loaded = load_casebook(write_casefiles(tmp_path, cases, **others), today=TODAY)
    assert loaded.casebook is not None, [str(problem) for problem in loaded.problems]
    return loaded.casebook, {spec.uri: spec for spec in build_pages(loaded.casebook, SITE.url)}


def html(spec) -> str:
    return str(spec.build().render())


# Former ids of pages


@pytest.mark.parametrize(
    ("registry", "line", "old", "new"),
    [
        ("people", "- id: ada\n", "people/ada-lace/", "../../people/ada/"),
        ("sources", "- id: press-report\n", "sources/ada-lace/", "../../sources/press-report/"),
    ],
)
def test_page_of_an_entry_that_was_renamed_leads_on(tmp_path, registry, line, old, new):
    text = changed(REGISTRIES[registry], (line, f"{line}  former_ids: [ada-lace]\n"))
    _, found = pages(tmp_path, registries={registry: text})
    assert f'href="{new}"' in html(found[old])
    assert found[old].kind == "redirect"


@pytest.mark.parametrize("registry", ["organisations", "platforms", "products", "themes", "lessons"])
def test_every_registry_with_pages_has_signposts(tmp_path, registry):
    text = REGISTRIES[registry]
    first = text.partition("\n")[0]
    line = f"{first[:-1]}, former_ids: [old-name]}}" if first.endswith("}") else f"{first}\n  former_ids: [old-name]"
    _, found = pages(tmp_path, registries={registry: text.replace(first, line, 1)})
    assert "has moved</h1>" in html(found[f"{registry}/old-name/"])


def test_term_that_was_renamed_keeps_its_anchor_in_the_glossary(tmp_path):
    text = "- {id: keynote, term: Keynote, definition: A long speech., former_ids: [big-speech]}\n"
    _, found = pages(tmp_path, registries={"terms": text})
    assert 'id="keynote"><h2>Keynote</h2>\n<span id="big-speech"></span>' in html(found["glossary/"])


def test_reading_list_that_was_renamed_leads_on(tmp_path):
    _, found = pages(tmp_path, readings={"seminar": f"{READING_LIST}former_ids: [course]\n"})
    assert 'href="../../readings/seminar/"' in html(found["readings/course/"])


def test_teaching_note_of_a_case_that_was_renamed_leads_on(tmp_path):
    _, found = pages(tmp_path, {"first-case": case(more="aliases: [old-name]\n")})
    assert 'href="../../../cases/first-case/teach/"' in html(found["cases/old-name/teach/"])


def test_former_id_may_not_be_an_id_in_use():
    text = changed(
        REGISTRIES["people"], ("- id: ada\n", "- id: ada\n  former_ids: [▲bob, ▲ada, old, ▲old, ▲first-case]\n")
    )
    problems = case_problems(case(), registries={"people": text})
    assert [problem.short for problem in problems] == at(text, "CB207", "CB207", "CB207", "CB207")


def test_former_id_may_not_be_an_alias_of_a_case():
    text = changed(REGISTRIES["people"], ("- id: ada\n", "- id: ada\n  former_ids: [▲old]\n"))
    assert check_case(case(more="aliases: [old]\n"), registries={"people": text}) == at(text, "CB207")


def test_reference_to_a_former_id_says_what_it_is_now():
    people = changed(REGISTRIES["people"], ("- id: ada\n", "- id: ada\n  former_ids: [ms-lace]\n"))
    text = case(("speaker: ada", "speaker: ▲ms-lace"))
    (problem,) = case_problems(text, registries={"people": people})
    assert ([problem.short], problem.hint) == (at(text, "CB203"), 'it is now "ada": write that')


def test_reference_into_a_case_that_was_renamed_says_what_it_is_now():
    text = case(("event: speech", "event: ▲old-name#speech"))
    (problem,) = case_problems(text, cases={"second-case": other_case(more="aliases: [old-name]\n")})
    assert ([problem.short], problem.hint) == (at(text, "CB203"), 'it is now "second-case": write that')


# Local ids


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("q-promise", '<li id="q-promise"><span id="old-one"></span>'),
        ("speech", '<li id="speech" class="reported strand-persona"><span id="old-one"></span>'),
        ("c-ship", '<article class="claim" id="c-ship"><span id="old-one"></span>'),
        ("w-kept", '<li id="w-kept"><span id="old-one"></span>'),
        ("opening", 'id="opening"><h2>What happened</h2>\n<span id="old-one"></span>'),
        ("p-ada-spoke-on-a-stage", '<p id="p-ada-spoke-on-a-stage"><span id="old-one"></span>'),
    ],
)
def test_old_anchor_stands_in_what_has_another_id_now(tmp_path, now, opening):
    text = case(more=f"moved: [{{was: old-one, now: {now}}}]\n")
    _, found = pages(tmp_path, {"first-case": text})
    shown = html(found["cases/first-case/"])
    assert opening in shown
    assert shown.count('id="old-one"') == 1


def test_old_anchor_of_an_objective_stands_in_the_teaching_note(tmp_path):
    _, found = pages(tmp_path, {"first-case": case(more="moved: [{was: o-old, now: o-weigh}]\n")})
    assert '<li id="o-weigh"><span id="o-old"></span>' in html(found["cases/first-case/teach/"])
    assert 'id="o-old"' not in html(found["cases/first-case/"])


def test_what_was_removed_is_said_among_the_corrections_at_its_old_address(tmp_path):
    text = case(more="moved: [{was: q-false, why: She <never> said it.}]\n")
    _, found = pages(tmp_path, {"first-case": text})
    shown = html(found["cases/first-case/"])
    assert '<li id="q-false"><p class="rec">Removed</p><p>She &lt;never&gt; said it.</p></li>' in shown


@pytest.mark.parametrize(
    ("moved", "codes"),
    [
        ("{was: ▲speech, now: q-promise}", ["CB207"]),
        ("{was: old, now: ▲q-promis}", ["CB204"]),
        ("▲{was: old}", ["CB114"]),
        ("▲{was: old, now: speech, why: Gone.}", ["CB114"]),
        ("{was: old, now: speech}, {was: ▲old, now: q-promise}", ["CB207"]),
        ("{was: p-old-words, now: p-new-words}", []),
    ],
)
def test_moved_names_ids_not_in_use_and_what_took_their_place(moved, codes):
    text = case(more=f"moved: [{moved}]\n")
    assert check_case(text) == at(text, *codes)


def test_old_local_id_that_is_misspelt_is_met_with_the_nearest():
    (problem,) = case_problems(case(more="moved: [{was: old, now: q-promis}]\n"))
    assert problem.hint == 'did you mean "q-promise"?'


@pytest.mark.parametrize(
    ("moved", "hint"),
    [
        ("now: q-promise", 'it is now "q-promise": write that'),
        ("why: She never said it.", "it was removed: She never said it."),
    ],
)
def test_reference_to_an_old_local_id_says_what_became_of_it(moved, hint):
    text = case(("quote: q-promise", "quote: ▲q-old"), more=f"moved: [{{was: q-old, {moved}}}]\n")
    (problem,) = case_problems(text)
    assert ([problem.short], problem.hint) == (at(text, "CB204"), hint)


# Retired cases


def retired_pages(tmp_path):
    return pages(
        tmp_path, {"first-case": case(RETIRED, more=f"{REASON}aliases: [old-name]\n"), "second-case": other_case()}
    )


@pytest.mark.parametrize(("uri", "up"), [("cases/first-case/", "../../"), ("cases/first-case/teach/", "../../../")])
def test_retired_case_says_so_at_its_addresses(tmp_path, uri, up):
    _, found = retired_pages(tmp_path)
    shown = html(found[uri])
    assert "<h1>The first case</h1>" in shown
    assert 'This case was retired on <time datetime="2024-06-30">30 June 2024</time>' in shown
    assert "<p>It &lt;was&gt; wrong.</p>" in shown
    assert f'href="{up}cases/second-case/"' in shown
    assert "We will ship" not in shown


def test_alias_of_a_retired_case_leads_to_its_page(tmp_path):
    _, found = retired_pages(tmp_path)
    assert 'href="../../cases/first-case/"' in html(found["cases/old-name/"])
    assert "cases/old-name/teach/" not in found


def test_casefile_of_a_retired_case_is_not_published(tmp_path):
    _, found = retired_pages(tmp_path)
    assert "casefiles/cases/first-case.yml" not in {spec.file for spec in found.values()}


def test_retired_case_stands_in_no_listing_search_or_sitemap(tmp_path):
    book, found = retired_pages(tmp_path)
    assert list(search_entries(found["cases/first-case/"].build(), book)) == []
    assert not any(
        b"first-case" in bytes(file.content) for file in sitemap_files(book, SITE) if file.uri == "sitemap.xml"
    )
    naming = {uri for uri, spec in found.items() if "cases/first-case/" in html(spec)}
    assert naming == {"cases/old-name/"}


@pytest.mark.parametrize("uri", ["cases/first-case/", "cases/old-name/"])
def test_search_engines_are_asked_to_leave_signposts_out(tmp_path, uri):
    book, found = retired_pages(tmp_path)
    assert '<meta name="robots" content="noindex">' in page_head(book, found[uri].build(), SITE)


def test_other_pages_may_be_indexed(tmp_path):
    book, found = retired_pages(tmp_path)
    assert "noindex" not in page_head(book, found["cases/second-case/"].build(), SITE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (case(("status: published", "status: ▲retired")), "CB601"),
        (case(more='retired: ▲{on: "2024-06-30", why: It was wrong.}\n'), "CB601"),
    ],
)
def test_retired_case_says_when_and_why_and_only_such_a_case_does(text, code):
    assert check_case(text, cases={"second-case": other_case()}) == at(text, code)


def test_case_that_replaces_a_retired_one_must_be_published():
    text = case(RETIRED, more=REASON.replace("[second", "[▲second"))
    other = other_case("second-case", ("status: published", "status: draft"))
    assert check_case(text, cases={"second-case": other}) == at(text, "CB206")


def test_case_that_replaces_a_retired_one_must_exist():
    text = case(RETIRED, more=REASON.replace("[second", "[▲secnd"))
    assert check_case(text, cases={"second-case": other_case()}) == at(text, "CB203")


def test_reference_to_a_retired_case_names_what_takes_its_place():
    text = other_case("third-case", ("[[ada]] spoke", "[[▲first-case]] spoke"))
    cases = {"first-case": case(RETIRED, more=REASON), "second-case": other_case(), "third-case": text}
    (problem,) = (p for p in load(cases=cases).problems if p.code not in QUIET)
    assert [problem.short] == at(text, "CB206")
    assert problem.hint == 'name "second-case", which takes its place, or drop the reference'


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_reference_to_a_retired_case_names_only_published_cases(status):
    text = other_case("third-case", ("[[ada]] spoke", "[[▲first-case]] spoke"))
    reason = REASON.replace("[second-case]", "[absent-case, second-case, fourth-case]")
    second = other_case("second-case", ("status: published", f"status: {status}"))
    cases = {"first-case": case(RETIRED, more=reason), "second-case": second, "third-case": text,
             "fourth-case": other_case("fourth-case")}  # fmt: skip
    (problem,) = (p for p in load(cases=cases).problems if "third-case" in p.location.file and p.code not in QUIET)
    assert [problem.short] == at(text, "CB206")
    assert problem.hint == 'name "fourth-case", which takes its place, or drop the reference'


def test_case_that_takes_the_place_of_another_is_not_told_to_name_itself():
    text = other_case("second-case", ("[[ada]] spoke", "[[▲first-case]] spoke"))
    cases = {"first-case": case(RETIRED, more=REASON), "second-case": text}
    (problem,) = (p for p in load(cases=cases).problems if p.code == "CB206")
    assert ([problem.short], problem.hint) == (at(text, "CB206"), "drop the reference")
