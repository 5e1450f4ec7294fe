"""A name that stands where an id should is understood."""

from __future__ import annotations

import pytest

from builders import REGISTRIES, at, case, case_problems, changed
from casebook.known_names import id_meant, ids_by_name, names_of, slug
from casebook.model import Person

PEOPLE = changed(
    REGISTRIES["people"],
    ("- id: bob\n  name: {en: Bob}\n", "- id: bob\n  name: {en: Bob Example}\n  aliases: [Old Bob, 鲍勃]\n"),
)


def hint_for(who: str) -> str:
    text = case(("  - who: acme\n", f"  - who: ▲{who}\n"))
    [problem] = case_problems(text, registries={"people": PEOPLE})
    assert problem.short.split()[0] == at(text, "CB109")[0].split()[0]
    return problem.hint


@pytest.mark.parametrize(
    ("who", "meant"),
    [
        ("Bob Example", "bob"),
        ("bob example", "bob"),
        ("Bob Exmaple", "bob"),
        ("Old Bob", "bob"),
        ("鲍勃", "bob"),
        ("艾达", "ada"),
        ("The Daily", "the-daily"),
        ("the_daily", "the-daily"),
        ("THE-DAILY", "the-daily"),
        ("bob-exampl", "bob"),
    ],
)
def test_name_for_an_id_leads_to_the_id(who, meant):
    assert f'did you mean "{meant}"?' in hint_for(who)


def test_words_that_name_nobody_are_told_how_ids_look():
    assert hint_for("Somebody Else Altogether") == "use lower-case letters, digits and single hyphens"


def test_own_id_is_not_taken_for_a_name():
    text = changed(REGISTRIES["people"], ("- id: bob\n", "- id: ▲Ada\n"))
    [problem] = case_problems(case(), registries={"people": text})
    assert problem.hint == "use lower-case letters, digits and single hyphens"


def test_names_of_a_person_are_all_that_people_may_write():
    person = Person.model_validate(
        {"id": "a", "name": {"en": "A B", "zh": "甲"}, "literal_name": "B A", "aliases": ["Ab"], "description": "x"}
    )
    assert list(dict.fromkeys(names_of(person))) == ["A B", "甲", "B A", "Ab"]


def test_id_of_two_with_one_name_is_the_first():
    first, second = (
        Person.model_validate({"id": identifier, "name": {"en": "A"}, "description": "x"}) for identifier in ("p", "q")
    )
    assert id_meant("A", ids_by_name([("p", first), ("q", second)])) == "p"


def test_slug_has_the_form_of_an_id():
    assert slug("  The Daily, No. 2 ") == "the-daily-no-2"
