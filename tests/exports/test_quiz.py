"""Reading checks: one provable key each, worked out again here from the casefiles' YAML, and nothing that is disputed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import builders
from cartridges import Cartridge, words
from casebook.book import Casebook
from casebook.courses import Course, courses
from casebook.dates import parse_date
from casebook.exports.teaching.cartridge import cartridge
from casebook.exports.teaching.quiz import MOST, Assigned, QuizQuestion, assigned_cases
from casebook.exports.teaching.quiz_claims import APART, claim_status, order_of_events
from casebook.exports.teaching.quiz_figures import figures_given
from casebook.exports.teaching.quiz_words import readings_held, speakers, statements_on_pictures
from casebook.exports.teaching.quizzes import RULES, meeting_quiz
from casebook.exports.teaching.settled import is_settled_day, is_settled_figure
from casebook.model import Dispute, KeyFigure, typographic
from casebook.pipeline import load_casebook
from sites import PROJECT


@pytest.fixture(scope="module")
def book() -> Casebook:
    found = load_casebook(PROJECT / "casefiles").casebook
    assert found is not None
    return found


def read_yaml(file: Path) -> Any:
    """Every value as the text that it is: YAML 1.1 takes the key `on` for a truth value."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings only


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    """The casefiles as any reader of YAML reads them."""
    files = (PROJECT / "casefiles" / "cases").glob("*.yml")
    return {file.stem: read_yaml(file) for file in files}


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """Id → name of everybody who can speak."""
    found = {}
    for registry in ("people", "organisations"):
        for entry in read_yaml(PROJECT / "casefiles" / "registry" / f"{registry}.yml"):
            name = entry["name"]
            found[entry["id"]] = typographic(name if isinstance(name, str) else name["en"])
    return found


def all_of(book: Casebook) -> Iterator[tuple[Assigned, QuizQuestion]]:
    """Every question that any rule can ask about any case, whether or not a quiz takes it."""
    for case in book.cases.values():
        whole = Assigned(book, case, None)
        for rule in RULES:
            yield from ((whole, question) for question in rule(whole))


def right(question: QuizQuestion) -> set[str]:
    return {option.text for option in question.options if option.is_right}


def wrong(question: QuizQuestion) -> set[str]:
    return {option.text for option in question.options if not option.is_right}


def by_id(entries: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    return next(entry for entry in entries if entry["id"] == identifier)


def local(question: QuizQuestion) -> tuple[str, str]:
    """Case and local id that the question's first evidence names."""
    case, _, name = question.evidence[0].partition("#")
    return case, name


# Every question of the real casebook


def test_options_differ_and_a_choice_has_one_right_answer_and_others(book):
    count = 0
    for _, question in all_of(book):
        count += 1
        texts = [option.text for option in question.options]
        assert len(set(texts)) == len(texts) >= 3
        assert wrong(question)
        assert len(right(question)) == 1 if question.kind == "choice" else right(question)
    assert count > 60


def test_keys_name_each_question_once(book):
    keys = [question.key for _, question in all_of(book)]
    assert len(set(keys)) == len(keys)


def test_the_key_of_a_claim_is_the_last_step_of_its_history(book, raw):
    status_words = {"partly-kept": "Partly kept", "kept": "Kept", "missed": "Missed", "pending": "Pending", "withdrawn": "Withdrawn"}  # fmt: skip
    asked = [question for _, question in all_of(book) if question.label == "What became of a claim"]
    assert len(asked) > 5
    for question in asked:
        case, name = local(question)
        claim = by_id(raw[case]["claims"], name)
        last = claim["history"][-1]
        assert last["status"] in ("kept", "missed", "withdrawn")
        assert "disputed" not in [step["status"] for step in claim["history"]]
        assert [text.partition(":")[0] for text in right(question)] == [status_words[last["status"]]]
        assert question.passage[0].text == typographic(" ".join(claim["text"].split()))
        assert parse_date(last["on"]).words in question.explanation


def test_what_a_court_had_a_say_in_or_nobody_has_settled_is_not_asked_about(book):
    asked = {question.evidence[0] for _, question in all_of(book) if question.label == "What became of a claim"}
    settled_at_court = "silence-and-return#hood-airflow"
    pending = {"looks-and-safety#just-a-rotation", "work-jacket#edition-of-800"}
    assert asked & {settled_at_court, *pending} == set()


def test_a_claim_in_which_a_court_had_a_say_is_not_asked_about():
    assert len(claim_status(assigned(builders.case()))) == 1
    assert claim_status(assigned(builders.case(("strand: persona", "strand: law")))) == []


def test_a_meeting_asks_at_most_twice_whose_words_and_never_of_one_speaker_twice(book):
    for course, questions, _ in quizzes(book):
        speakers = [next(iter(right(question))) for question in questions if question.label == "Whose words"]
        assert len(speakers) <= 2, course.id
        assert len(set(speakers)) == len(speakers), course.id


def test_the_right_figure_has_no_rank_among_the_others_that_could_be_guessed(book):
    ranks = set()
    for _, question in all_of(book):
        if question.label == "A figure and its source":
            values = [Decimal(re.search(r"[\d,.]*\d", option.text)[0].replace(",", "")) for option in question.options]
            ranks.add(sorted(values).index(values[[option.is_right for option in question.options].index(True)]))
    assert len(ranks) > 1


def test_the_key_of_words_is_their_speaker_and_no_wrong_answer_ever_said_them(book, raw, names):
    asked = [question for _, question in all_of(book) if question.label == "Whose words"]
    assert len(asked) > 20
    for question in asked:
        case, name = local(question)
        quote = by_id(raw[case]["quotes"], name)
        assert right(question) == {names[quote["speaker"]]}
        said = re.sub(r"\W", "", quote["exact"])
        for other in raw[case]["quotes"]:
            if names[other["speaker"]] in wrong(question):
                assert re.sub(r"\W", "", other["exact"]) != said
        assert wrong(question) <= {names[other["speaker"]] for other in raw[case]["quotes"]}
        shown = " ".join(part.text for part in question.passage)
        assert " ".join(quote["exact"].split()) in " ".join(shown.split())
        if "translation" in quote:
            assert question.passage[0].lang == quote["translation"]["lang"]
            assert quote["translation"]["by"] in question.passage[0].note


def test_the_key_of_an_order_is_the_earliest_or_latest_day_and_days_lie_apart(book, raw):
    asked = [(whole, question) for whole, question in all_of(book) if question.label.startswith("What came")]
    assert len(asked) >= 5
    for _, question in asked:
        case = local(question)[0]
        events = [by_id(raw[case]["events"], reference.partition("#")[2]) for reference in question.evidence]
        days = sorted((date.fromisoformat(event["date"]), typographic(" ".join(event["title"].split()))) for event in events)  # fmt: skip
        assert all(event.get("confidence") != "disputed" for event in events)
        assert {title for _, title in days} == {option.text for option in question.options}
        assert right(question) == {days[0][1] if question.label.endswith("first") else days[-1][1]}
        assert all((after - before).days >= APART for (before, _), (after, _) in pairwise(days))


def test_no_day_that_is_asked_about_stands_in_a_dispute_of_its_case(book, raw):
    for _, question in all_of(book):
        if question.label.startswith("What came"):
            case = local(question)[0]
            disputes = str(raw[case].get("disputed", ""))
            for reference in question.evidence:
                day = date.fromisoformat(by_id(raw[case]["events"], reference.partition("#")[2])["date"])
                assert not re.search(rf"\b{day.day} {day:%B} {day.year}", disputes)


def test_the_key_of_a_figure_is_the_sources_and_the_rest_are_far_from_it_and_from_disputes(book, raw):
    asked = [(whole, question) for whole, question in all_of(book) if question.label == "A figure and its source"]
    assert len(asked) >= 5
    for whole, question in asked:
        label = question.passage[0].text
        figure = next(f for f in raw[whole.case.id]["key_figures"] if label.startswith(typographic(" ".join(f["label"].split()))))  # fmt: skip
        number = f"{Decimal(str(figure['value'])):,f}"
        (key,) = right(question)
        assert number.removesuffix(".0") in key
        assert question.evidence == (figure["source"],)
        for text in wrong(question):
            other = Decimal(re.search(r"[\d,.]+", text)[0].replace(",", ""))
            ratio = max(other, Decimal(str(figure["value"]))) / min(other, Decimal(str(figure["value"])))
            assert ratio >= Decimal("1.25")
        assert not re.search(rf"(?<![\d,.]){number}(?![\d,.]*\d)", str(raw[whole.case.id].get("disputed", "")))


def test_the_key_of_a_statement_on_a_picture_is_what_is_attributed_to_that_person(book, raw, names):
    asked = [question for _, question in all_of(book) if "picture" in question.label]
    assert asked
    for question in asked:
        case, name = local(question)
        said: dict[str, set[str]] = {}
        for statement in by_id(raw[case]["media"], name)["authenticity"]:
            said.setdefault(names[statement["attributed_to"]], set()).add(statement["category"])
        if question.kind == "responses":
            assert all(said[who] == {"staged"} for who in right(question))
            assert all("staged" not in said[who] for who in wrong(question))
        else:
            who = next(who for who in said if who in question.stem)
            (category,) = said[who]
            assert category in next(iter(right(question)))


def test_the_key_of_a_reading_is_the_holder_of_that_stance(book, raw, names):
    asked = [(whole, question) for whole, question in all_of(book) if question.label == "Whose reading"]
    assert asked
    for whole, question in asked:
        held = [p for p in raw[whole.case.id]["positions"] if typographic(p["issue"]) in question.stem]
        holders = {names[p["holder"]] for p in held if typographic(p["stance"]) == question.passage[0].text}
        assert right(question) == holders
        assert wrong(question) <= {names[p["holder"]] for p in held}


def test_a_right_answer_has_no_place_of_its_own(book):
    places = [
        [option.is_right for option in question.options].index(True)
        for _, question in all_of(book)
        if question.kind == "choice" and len(question.options) >= 4
    ]
    for place in range(4):
        assert places.count(place) > len(places) / 10


def test_every_claim_question_names_the_day_of_the_record(book):
    for whole, question in all_of(book):
        if "claim" in question.label.lower():
            assert f"as of {whole.as_of}" in question.stem


# What is left out


def assigned(text: str, **others: Any) -> Assigned:
    loaded = builders.load(cases={"first-case": text}, **others)
    assert loaded.casebook is not None, loaded.problems
    return Assigned(loaded.casebook, loaded.casebook.cases["first-case"], None)


def events(*dates: str) -> str:
    return "".join(
        f'  - {{id: e{n}, date: "{day}", title: Thing number {n}, strand: persona, cites: [press-report]}}\n'
        for n, day in enumerate(dates)
    )


def with_events(*dates: str, more: str = "") -> Assigned:
    return assigned(builders.case(("quotes:\n", f"{events(*dates)}quotes:\n"), more=more))


def test_a_disputed_claim_is_not_asked_about():
    assert [question.evidence for question in claim_status(assigned(builders.CASE))] == [("first-case#c-ship",)]
    disputed = builders.case(("status: kept", "status: disputed"))
    assert claim_status(assigned(disputed)) == []


def test_events_on_neighbouring_days_or_without_a_certain_day_are_not_put_in_order():
    assert len(order_of_events(with_events("2024-01-12", "2024-01-14"))) == 1
    assert order_of_events(with_events("2024-01-11", "2024-01-14")) == []
    assert order_of_events(with_events("2024-02", "2024-01-14")) == []
    assert order_of_events(with_events("2024-02-10~", "2024-01-14")) == []
    assert order_of_events(with_events("2024-02-01/2024-02-03", "2024-01-14")) == []


DISPUTE = """\
disputed:
  - what: When it happened
    figures:
      - {value: %s, source: press-report}
      - {value: another day, source: company-blog}
"""


@pytest.mark.parametrize(
    "value", ["14 January 2024", "14 January", "13 or 14 January 2024", "13–14 January 2024", "January 2024"]
)
def test_an_event_on_a_day_that_a_dispute_names_is_not_put_in_order(value):
    assert order_of_events(with_events("2024-01-12", "2024-01-14", more=DISPUTE % value)) == []


def test_a_dispute_about_another_day_takes_no_event_away():
    assert len(order_of_events(with_events("2024-01-12", "2024-01-14", more=DISPUTE % "4 May 2024"))) == 1


def test_what_an_event_says_of_its_day_is_settled_only_with_confidence():
    one = with_events("2024-01-12")
    event = one.case.events[0]
    assert is_settled_day(one.case, event)
    assert not is_settled_day(one.case, event.model_copy(update={"confidence": "disputed"}))


FIGURES = """\
key_figures:
  - {value: 12000, unit: vans, label: vans handed over by the spring, source: press-report}
"""


def test_a_figure_that_a_dispute_names_in_numbers_or_in_words_is_not_asked_about():
    assert len(figures_given(assigned(builders.case(more=FIGURES)))) == 1
    for value in ('"12,000 vans"', "about 12 thousand", "0.012 million"):
        assert figures_given(assigned(builders.case(more=FIGURES + DISPUTE % value))) == []
    about_them = (DISPUTE % "seven").replace("When it happened", "Vans handed over by the end of spring")
    assert figures_given(assigned(builders.case(more=FIGURES + about_them))) == []


@pytest.mark.parametrize("qualifier", ["at least", "at most", "over", "nearly"])
def test_a_figure_with_a_bound_is_not_asked_about_since_others_would_satisfy_it(qualifier):
    hedged = FIGURES.replace("unit: vans", f"unit: vans, qualifier: {qualifier}")
    assert figures_given(assigned(builders.case(more=hedged))) == []


def test_wrong_shares_stay_below_the_whole():
    share = FIGURES.replace("12000", "61.5").replace("unit: vans", 'unit: "%"')
    (question,) = figures_given(assigned(builders.case(more=share)))
    assert all(Decimal(text.split()[0]) <= 100 for text in wrong(question))


def test_a_wrong_figure_is_none_that_a_source_gives_for_the_same_thing():
    (question,) = figures_given(assigned(builders.case(more=FIGURES + DISPUTE % '"24,000 people"')))
    assert "24,000 vans" not in wrong(question)


def test_words_that_nobody_verified_or_that_name_a_speaker_are_not_asked_about(book):
    assert speakers(assigned(builders.CASE)) == []
    for whole in (Assigned(book, case, None) for case in book.cases.values()):
        unverified = replace(whole, book=replace(book, badges={}))
        assert speakers(unverified) == []
        for question in speakers(whole):
            shown = " ".join(part.text for part in question.passage).casefold()
            for option in question.options:
                assert not [part for part in re.findall(r"[A-Za-z]{4,}", option.text) if part.casefold() in shown]


def test_whoever_only_left_a_question_open_is_not_made_to_say_so(book):
    for case in book.cases.values():
        for question in statements_on_pictures(Assigned(book, case, None)):
            if question.kind == "choice":
                assert not right(question) & {"Nothing either way"}


def test_two_readings_of_an_issue_are_too_few_to_choose_from():
    two = "positions:\n" + "".join(
        f"  - {{issue: Was it kept?, holder: {who}, stance: So says number {n}., summary: Said., cites: [press-report]}}\n"
        for n, who in enumerate(("ada", "bob"))
    )
    assert readings_held(assigned(builders.case(more=two))) == []
    three = two + "  - {issue: Was it kept?, holder: the-daily, stance: Perhaps., summary: Said., cites: [press-report]}\n"  # fmt: skip
    (question,) = readings_held(assigned(builders.case(more=three)))
    assert right(question) == {"The Daily"}


# A meeting's quiz


def quizzes(book: Casebook) -> Iterator[tuple[Course, tuple[QuizQuestion, ...], Any]]:
    for course in courses(book):
        for meeting in course.meetings:
            yield course, meeting_quiz(book, meeting), meeting


def test_a_meeting_has_enough_for_a_reading_check_and_not_more(book):
    for course, questions, meeting in quizzes(book):
        keyed = [question for question in questions if question.kind != "essay"]
        cases = assigned_cases(book, meeting)
        assert len(keyed) <= MOST, course.id
        assert len(keyed) >= 6 or not any(one.named is None for one in cases), course.id
        assert len(questions) - len(keyed) == len(meeting.preparation)


def test_only_cases_that_everybody_reads_are_asked_about(book):
    for _, questions, meeting in quizzes(book):
        read = {reading.case.id for reading in meeting.readings if reading.case and not reading.optional}
        asked = {
            reference.partition("#")[0]
            for q in questions
            if q.kind != "essay"
            for reference in q.evidence
            if "#" in reference
        }
        assert asked <= read


def test_of_a_case_read_in_part_only_what_the_part_links_is_asked_about(book):
    case = book.cases["courage-speech"]
    part = Assigned(book, case, frozenset({"hundred-thousand-cars"}))
    found = [question for rule in RULES for question in rule(part)]
    assert [question.evidence for question in found] == [("courage-speech#hundred-thousand-cars",)]


def test_what_is_prepared_is_asked_as_an_essay_without_a_key():
    prepared = builders.case(
        ("      evidence: [c-ship]\n", "      evidence: [c-ship]\n  preparation:\n    - {id: prep-day, text: On which day?, evidence: [c-ship]}\n")
    )  # fmt: skip
    loaded = builders.load(cases={"first-case": prepared})
    assert loaded.casebook is not None, loaded.problems
    course = next(courses(loaded.casebook))
    (quiz,) = (opened := Cartridge(cartridge(loaded.casebook, course, ""))).of_kind("quiz")
    problem = opened.problems_of(quiz)[-1]
    assert (problem.profile, words(problem.stem), problem.options, problem.right) == ("cc.essay.v0p1", "On which day?", {}, frozenset())  # fmt: skip


def test_the_file_of_a_quiz_says_what_the_quiz_says(book):
    for course in courses(book):
        opened = Cartridge(cartridge(book, course, "https://book.example/"))
        wanted = [question for meeting in course.meetings for question in meeting_quiz(book, meeting)]
        written = [problem for item in opened.of_kind("quiz") for problem in opened.problems_of(item)]
        assert len(written) == len(wanted)
        for problem, question in zip(written, wanted, strict=True):
            assert words(problem.stem).startswith(" ".join(question.stem.split()))
            assert [words(text) for text in problem.options.values()] == [words(o.text) for o in question.options]
            assert {words(text) for text in problem.right} == {words(text) for text in right(question)}
            for reference in question.evidence:
                if "#" in reference:
                    owner, _, name = reference.partition("#")
                    assert f"https://book.example/cases/{owner}/#{name}" in problem.feedback


def test_a_dispute_speaks_of_its_figures_only():
    figure = KeyFigure(value="7", label="vans handed over", source="press-report")
    case = assigned(builders.CASE).case
    assert is_settled_figure(case, figure)
    dispute = Dispute(what="Weather", figures=({"value": "70 mm", "source": "press-report"},))
    assert is_settled_figure(case.model_copy(update={"disputed": (dispute,)}), figure)
