"""Cases and registries → one linked casebook with backlinks."""

from __future__ import annotations

import pytest

from builders import (
    CASE,
    READING_LIST,
    REGISTRIES,
    at,
    case,
    case_problems,
    changed,
    check_case,
    check_registry,
    load,
    other_case,
)
from casebook.book import Casebook, shorten_quote
from casebook.graph import RESERVED_IDS, RESERVED_PREFIXES
from casebook.model import Quote
from casebook.pipeline import PREVIEW

SOUND = {"first-case": CASE, "second-case": other_case()}


def book(cases: dict[str, str] | None = None, **others: object) -> Casebook:
    loaded = load(cases=cases or SOUND, **others)
    assert loaded.casebook is not None, [str(problem) for problem in loaded.problems]
    return loaded.casebook


def said(text: str, **others: object) -> tuple[str, str]:
    """Message and hint of the only problem."""
    (problem,) = case_problems(text, **others)
    return problem.message, problem.hint


# Ids


def test_id_used_twice_in_a_registry_names_the_first_place():
    text = REGISTRIES["people"] + "- id: ▲ada\n  name: {en: Ada Two}\n  description: x\n"
    (problem,) = case_problems(CASE, registries={"people": text})
    assert [problem.short] == at(text, "CB201")
    assert problem.message == 'the id "ada" is used already, at casefiles/registry/people.yml:1:7'


def test_id_used_in_two_registries_is_reported_in_the_second():
    text = changed(REGISTRIES["themes"], ("id: labour", "id: ▲acme")).replace(
        "}", "}\n- {id: labour, label: x, definition: y}", 1
    )
    assert check_registry("themes", text) == at(text, "CB201")


def test_case_may_not_have_the_id_of_a_theme():
    text = other_case("labour", ("id: labour", "id: ▲labour"))
    assert check_case(CASE, cases={"labour": text}) == at(text, "CB201")


def test_reading_list_may_have_the_id_of_a_theme():
    text = changed(READING_LIST, ("id: seminar", "id: labour"))
    assert check_case(CASE, readings={"labour": text}) == []


def test_local_id_used_twice_names_the_first_line():
    text = case(
        ("id: q-promise", "id: ▲speech"), ("[[#q-promise|", "[[#speech|"), ("quote: q-promise\n    kind", "kind")
    )
    text = changed(text, ("evidence: [q-promise, speech]", "evidence: [speech]"))
    (problem,) = case_problems(text)
    assert [problem.short] == at(text, "CB202")
    assert problem.message == 'the id "speech" is used already, on line 26'


def test_two_cases_may_have_the_same_local_ids():
    assert book().locals["first-case"] == book().locals["second-case"]


@pytest.mark.parametrize("identifier", [*sorted(RESERVED_IDS), *(f"{prefix}x" for prefix in RESERVED_PREFIXES)])
def test_anchor_of_the_page_is_no_local_id(identifier):
    text = case(("- id: opening", f"- id: ▲{identifier}"))
    assert check_case(text) == at(text, "CB205")


def test_reference_to_a_reserved_id_is_no_second_mistake():
    text = case(("- id: speech", "- id: ▲timeline"), ("event: speech", "event: timeline"))
    text = changed(text, ("[q-promise, speech]", "[q-promise, timeline]"))
    assert check_case(text) == at(text, "CB205")


def test_alias_may_not_be_an_id_in_use():
    text = case(more="aliases: [old-name, ▲ada, ▲first-case, ▲old-name]\n")
    assert check_case(text) == at(text, "CB207", "CB207", "CB207")


def test_two_cases_may_not_share_an_alias():
    text = other_case(more="aliases: [▲old-name]\n")
    assert check_case(case(more="aliases: [old-name]\n"), cases={"second-case": text}) == at(text, "CB207")


# References that lead nowhere


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("speaker: ada", "speaker: ▲adaa", 'no person or organisation "adaa"', 'did you mean "ada"?'),
        ("source: press-report", "source: ▲pres-report", 'no source "pres-report"', 'did you mean "press-report"?'),
        ("who: ada", "who: ▲somebody", 'no person, organisation, platform or product "somebody"',
         "add it to the right file of casefiles/registry/"),
        ("themes: [labour]", "themes: [labour, ▲rest]", 'no theme "rest"', "add it to casefiles/registry/themes.yml"),
        ("[[ada]] spoke", "[[▲adda]] spoke", 'no entry "adda"', 'did you mean "ada"?'),
        ("[[ada]] spoke", "[[▲adda|she]] spoke", 'no entry "adda"', 'did you mean "ada"?'),
        ("[@press-report, p. 3]", "[@press-report; @▲press, p. 3]", 'no source "press"',
         "add it to casefiles/registry/sources.yml"),
        ("lesson: say-less", "lesson: ▲say-lest", 'no lesson "say-lest"', 'did you mean "say-less"?'),
    ],
)  # fmt: skip
def test_unknown_reference_is_reported_with_a_suggestion(old, new, message, hint):
    text = case((old, new))
    (problem,) = case_problems(text)
    assert ([problem.short], problem.message, problem.hint) == (at(text, "CB203"), message, hint)


@pytest.mark.parametrize(
    ("words", "found"),
    [("Ada", "ada"), ("艾达", "ada"), ("LABOUR", "labour"), ("Say Less", "say-less"), ("First case", "first-case")],
)
def test_name_in_place_of_an_id_suggests_the_id(words, found):
    text = case(("[[ada]]", f"[[▲{words}]]"))
    assert check_case(text) == at(text, "CB203")
    assert said(text) == (f'no entry "{words}"', f'did you mean "{found}"?')


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("quote: q-promise\n", "quote: ▲q-promis\n", 'no quote "q-promis" in this case', 'did you mean "q-promise"?'),
        ("event: speech", "event: ▲speach", 'no event "speach" in this case', 'did you mean "speech"?'),
        ("evidence: [c-ship]", "evidence: [▲c-shop]",
         'no quote, event, claim, media item, section or chart "c-shop" in this case', 'did you mean "c-ship"?'),
        ("objective: o-weigh", "objective: ▲o-way", 'no objective "o-way" in this case', ""),
        ("[[#q-promise|", "[[▲#nothing|",
         'no quote, event, claim, media item, section, chart or question "nothing" in this case', ""),
    ],
)  # fmt: skip
def test_unknown_local_reference_is_reported_with_a_suggestion(old, new, message, hint):
    text = case((old, new))
    (problem,) = case_problems(text)
    assert ([problem.short], problem.message, problem.hint) == (at(text, "CB204"), message, hint)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("speaker: ada", "speaker: ▲forum", '"forum" is a platform; this needs a person or organisation'),
        ("themes: [labour]", "themes: [▲acme]", '"acme" is an organisation; this needs a theme'),
        ("quote: q-promise\n", "quote: ▲speech\n", '"speech" is an event in this case; this needs a quote'),
        ("objective: o-weigh", "objective: ▲w-kept", '"w-kept" is a question in this case; this needs an objective'),
        ("[[ada]] spoke", "[[▲press-report]] spoke", '"press-report" is a source; this needs an entry'),
        ("[[#q-promise|", "[[▲#o-weigh|",
         '"o-weigh" is an objective in this case; this needs a quote, event, claim, media item, section, '
         "chart or question"),
    ],
)  # fmt: skip
def test_reference_to_the_wrong_kind_is_reported(old, new, message):
    text = case((old, new))
    (problem,) = case_problems(text)
    assert ([problem.short], problem.message) == (at(text, "CB209"), message)


def test_reference_inside_folded_prose_is_reported_at_its_id():
    text = case(("why: She said little.", "why: >-\n      She said little,\n\n      and [[▲nobody|he]] less."))
    assert check_case(text) == at(text, "CB203")


def test_unknown_case_of_a_local_reference_is_reported():
    assert said(case(("[[#q-promise|", "[[fist-case#q-promise|"))) == (
        'no case "fist-case"',
        'did you mean "first-case"?',
    )


def test_unknown_local_id_of_another_case_names_the_case():
    text = case(("event: speech", "event: ▲second-case#talk"))
    (problem,) = case_problems(text, cases={"second-case": other_case()})
    assert [problem.short] == at(text, "CB204")
    assert problem.message == 'no event "talk" in the case "second-case"'


@pytest.mark.parametrize(
    ("registry", "old", "new"),
    [
        ("people", "description: A critic.", "description: A critic.\n  roles: [{organisation: ▲acne, title: x}]"),
        ("organisations", "description: A newspaper.", "description: A newspaper.\n  parent: ▲acne"),
        ("products", "maker: acme", "maker: ▲acne"),
        ("themes", "Work made visible.", "Work made visible., broader: ▲labor"),
        ("terms", "A long speech.", "A long speech., cites: [▲pres]"),
    ],
)
def test_unknown_reference_of_a_registry_is_reported(registry, old, new):
    text = changed(REGISTRIES[registry], (old, new))
    assert check_registry(registry, text) == at(text, "CB203")


def test_unknown_references_of_a_reading_list_are_reported():
    text = changed(
        READING_LIST,
        ("Read [[first-case]]", "Read [[▲last-case]]"),
        ("sections: [opening]", "sections: [▲ending]"),
        ("source: press-report", "source: ▲press"),
        ("[first-case#w-kept]", "[▲first-case#c-ship]"),
    )
    assert check_case(CASE, readings={"seminar": text}) == at(text, "CB203", "CB204", "CB203", "CB209")


# Cases that are not published


@pytest.mark.parametrize("status", ["draft", "review", "retired"])
def test_published_page_may_not_refer_to_a_case_that_is_not(status):
    text = case(("[[ada]] spoke", "[[▲second-case]] spoke"), ("event: speech", "event: ▲second-case#speech"))
    why = 'retired: {on: "2024-07-01", why: It was wrong.}\n' if status == "retired" else ""
    other = other_case("second-case", ("status: published", f"status: {status}"), more=why)
    problems = case_problems(text, cases={"second-case": other})
    assert [problem.short for problem in problems] == at(text, "CB206", "CB206")
    assert problems[0].message == f'the case "second-case" is not published (its status is {status})'


def test_draft_may_refer_to_a_draft():
    draft = ("status: published", "status: draft")
    text = case(draft, ("[[ada]] spoke", "[[second-case]] spoke"))
    assert check_case(text, cases={"second-case": other_case("second-case", draft)}) == []


def test_draft_is_checked_though_it_is_not_built():
    text = case(("status: published", "status: draft"), ("speaker: ada", "speaker: ▲adda"))
    assert check_case(text) == at(text, "CB203")


def test_reading_list_may_not_assign_a_draft():
    text = changed(READING_LIST, ("[[first-case]]", "[[▲first-case]]"), ("- case: first-case", "- case: ▲first-case"))
    text = changed(text, ("[first-case#w-kept]", "[▲first-case#w-kept]"))
    draft = case(("status: published", "status: draft"))
    assert check_case(draft, readings={"seminar": text}) == at(text, *["CB206"] * 3)


def test_drafts_are_cases_in_a_preview():
    cases = {"first-case": case(("status: published", "status: draft"))}
    assert list(book({**SOUND, **cases}).cases) == ["second-case"]
    assert list(book({**SOUND, **cases}, statuses=PREVIEW).cases) == ["first-case", "second-case"]


# Backlinks


def test_cases_stand_in_order_of_what_happened():
    early = other_case("a-later-name", ('occurred: "2024-01-10"', 'occurred: "2023"'))
    late = other_case("a-case", ('occurred: "2024-01-10"', 'occurred: "2024-03"'))
    found = book({**SOUND, "a-later-name": early, "a-case": late})
    order = ["a-later-name", "first-case", "second-case", "a-case"]
    assert list(found.cases) == order
    assert list(found.appearances["ada"]) == order
    assert [item.id for item, _ in found.lesson_uses["say-less"]] == order


def test_appearance_tells_what_somebody_does_in_a_case():
    found = book().appearances["ada"]["first-case"]
    assert found.roles == ["founder"]
    assert [event.id for event in found.events] == ["speech"]
    assert [quote.id for quote in found.quotes] == ["q-promise"]
    assert [claim.id for claim in found.claims] == ["c-ship"]
    assert (found.positions, found.statements, found.sections, found.other) == ([], [], ["opening"], False)


def test_platform_appears_through_the_events_on_it():
    found = book().appearances["forum"]["first-case"]
    assert ([event.id for event in found.events], found.roles) == (["speech"], [])


def test_theme_appears_as_a_theme():
    assert book().appearances["labour"]["first-case"].roles == ["theme"]


def test_who_is_named_outside_the_essay_appears_elsewhere():
    found = book({"first-case": case(("why: She said little.", "why: Unlike [[bob]]."))}).appearances["bob"][
        "first-case"
    ]
    assert (found.other, found.sections) == (True, [])


def test_who_holds_a_position_or_says_that_a_picture_was_staged_appears():
    more = (
        "positions: [{issue: x, holder: bob, stance: y, summary: z}]\n"
        "media: [{id: m, describes: x, published_by: ada, authenticity: "
        "[{category: staged, attributed_to: bob, cites: [press-report]}]}]\n"
    )
    found = book({"first-case": case(more=more)}).appearances["bob"]["first-case"]
    assert ([position.issue for position in found.positions], found.statements) == (["x"], ["m"])


def test_who_is_in_no_case_does_not_appear():
    assert "bob" not in book().appearances


def test_section_that_names_somebody_twice_is_listed_once():
    found = book({"first-case": case(("She said [[#q", "And [[ada]] said [[#q"))})
    assert found.appearances["ada"]["first-case"].sections == ["opening"]


def test_lesson_knows_the_cases_that_use_it_with_their_evidence():
    ((first, use), (second, _)) = book().lesson_uses["say-less"]
    assert (first.id, second.id) == ("first-case", "second-case")
    assert (use.relation, use.evidence) == ("supports", ("q-promise", "speech"))


def test_source_knows_each_place_that_rests_on_it_once():
    found = [
        (use.case.id, use.kind, use.anchor, use.label) for use in book({"first-case": CASE}).source_uses["press-report"]
    ]
    assert found == [
        ("first-case", "body", "opening", "What happened"),
        ("first-case", "events", "speech", "Ada speaks"),
        ("first-case", "quotes", "q-promise", "“We will ship in March.”"),
        ("first-case", "claims", "c-ship", "Acme will ship in March."),
    ]


@pytest.mark.parametrize(
    ("more", "kind", "anchor", "label"),
    [
        ("key_figures: [{value: 5, label: how long, source: company-blog}]\n", "key_figures", "figures", "how long"),
        ("further: [company-blog]\n", "further", "further", "further reading"),
        ("disputed: [{what: How many, figures: [{value: x, source: company-blog}]}]\n", "disputed", "dispute-1",
         "How many"),
        ("positions: [{issue: x, holder: bob, stance: No, summary: y, cites: [company-blog]}]\n", "positions",
         "position-1", "No"),
        ("media: [{id: m, describes: Ada, published_by: ada, authenticity: [{category: staged, attributed_to: ada, "
         "cites: [company-blog]}]}]\n", "media", "m", "Ada"),
    ],
)  # fmt: skip
def test_source_use_has_an_anchor_and_a_label(more, kind, anchor, label):
    (use,) = book({"first-case": case(more=more)}).source_uses["company-blog"]
    assert (use.kind, use.anchor, use.label) == (kind, anchor, label)


def test_source_cited_in_a_lesson_or_the_teaching_note_is_used_there():
    text = case(
        ("why: She said little.", "why: See [@company-blog]."),
        ("evidence: [c-ship]\n", "evidence: [c-ship]\n      answer_note: See [@company-blog].\n"),
    )
    found = book({"first-case": text}).source_uses["company-blog"]
    assert [(use.kind, use.anchor) for use in found] == [("lessons", "lesson-say-less"), ("teaching", "questions")]


def test_claim_settled_by_another_case_is_shown_in_both():
    text = changed(
        CASE, ("        note: Delivered.\n", "        note: Delivered.\n        event: second-case#speech\n")
    )
    found = book({**SOUND, "first-case": text})
    assert [item.reference for item in found.claims["first-case"]] == ["first-case#c-ship"]
    assert [item.reference for item in found.claims["second-case"]] == ["second-case#c-ship", "first-case#c-ship"]


def test_event_knows_the_steps_it_brought_about():
    text = changed(
        CASE, ("        note: Delivered.\n", "        note: Delivered.\n        event: second-case#speech\n")
    )
    found = book({**SOUND, "first-case": text})
    second = found.cases["second-case"]
    steps = [(item.reference, step.status) for item, step in found.steps_of(second, second.events[0])]
    assert steps == [("second-case#c-ship", "pending"), ("first-case#c-ship", "kept")]


def test_every_claim_is_listed_once():
    assert [item.reference for item in book().all_claims()] == ["first-case#c-ship", "second-case#c-ship"]


def test_case_knows_who_names_it_as_related():
    text = case(more="related: [{case: second-case, relation: precedent, why: x}]\n")
    ((related_case, related),) = book({**SOUND, "first-case": text}).related_from["second-case"]
    assert (related_case.id, related.relation) == ("first-case", "precedent")


def test_essay_words_are_counted_over_all_sections():
    assert book({"first-case": CASE}).essay_words == {"first-case": 11}


@pytest.mark.parametrize(
    ("reference", "kind", "uri", "label"),
    [
        ("ada", "people", "people/ada/", "Ada"),
        ("acme", "organisations", "organisations/acme/", "Acme"),
        ("keynote", "terms", "glossary/#keynote", "Keynote"),
        ("second-case", "cases", "cases/second-case/", "The first case"),
        ("second-case#speech", "events", "cases/second-case/#speech", "Ada speaks"),
        ("#q-promise", "quotes", "cases/first-case/#q-promise", "“We will ship in March.”"),
        ("#o-weigh", "objectives", "cases/first-case/teach/#o-weigh", "Weigh a promise"),
    ],
)
def test_reference_leads_to_a_page(reference, kind, uri, label):
    found = book()
    target = found.target(reference, found.cases["first-case"])
    assert (target.kind, target.uri, target.label) == (kind, uri, label)


def test_casebook_is_as_of_its_newest_date():
    assert str(book({"first-case": CASE, "second-case": other_case(more='updated: "2025-01"\n')}).as_of) == "2025-01"


def test_empty_casebook_has_no_date():
    assert load(cases={"first-case": case(("status: published", "status: draft"))}).casebook.as_of is None


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Short.", "“Short.”"),
        (
            "We will ship the first of them, in March of the coming year.",
            "“We will ship the first of them, in March of the…”",
        ),
        ("x" * 60, f"“{'x' * 48}…”"),
    ],
)
def test_quote_is_cut_at_a_word(words, shown):
    assert shorten_quote(Quote(id="a", exact=words, lang="en", speaker="b", source="c")) == shown


def test_translated_quote_is_shown_in_translation():
    translation = {"lang": "en", "text": "Are you OK?", "by": "the editors"}
    quote = Quote(id="a", exact="你好吗", lang="zh-Hans", speaker="b", source="c", translation=translation)
    assert shorten_quote(quote) == "“Are you OK?”"


def test_term_must_not_take_the_address_of_the_pages_frame():
    term = "- {id: ▲content, term: Content, definition: What fills a page.}\n"
    assert check_registry("terms", term) == at(term, "CB205")


@pytest.mark.parametrize("identifier", ["cite", "search"])
def test_case_must_not_take_an_address_of_the_page_of_a_source(identifier: str):
    loaded = load(cases={**SOUND, identifier: other_case(identifier)})
    assert "CB205" in {problem.code for problem in loaded.problems if problem.is_error}


def test_person_has_a_page_of_its_own_and_may_be_called_so():
    people = f"{REGISTRIES['people']}- {{id: content, name: {{en: Content}}, description: A critic.}}\n"
    assert check_registry("people", people) == []
