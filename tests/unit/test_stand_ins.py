"""Stand-ins: what is made of a faulty casefile, so that the rest of it is checked in the same run."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CASE, READING_LIST
from casebook.model import Case, ReadingList
from casebook.nodes import plain_value
from casebook.stand_ins import UNKNOWN_DATE, WORD, mend
from casebook.yaml_reading import compose_text

SOUND = plain_value(compose_text(CASE, "f")[0])


def at_way(value: object, way: tuple[str | int, ...]) -> object:
    for step in way:
        value = value[step]
    return value


def broken(way: tuple[str | int, ...], replacement: object) -> dict:
    value = copy.deepcopy(SOUND)
    at_way(value, way[:-1])[way[-1]] = replacement
    return value


def test_sound_value_needs_no_stand_in():
    assert mend(Case, copy.deepcopy(SOUND)) == (Case.model_validate(SOUND), frozenset())


@pytest.mark.parametrize(
    ("way", "wrong", "stand_in"),
    [
        (("title",), [], WORD),
        (("id",), "Not An Id", WORD),
        (("status",), "done", "published"),
        (("schema_version",), "9", 1),
        (("occurred",), "soon", UNKNOWN_DATE),
        (("themes",), "labour", (WORD,)),
        (("events", 0, "strand"), "x", "law"),
        (("quotes", 0, "lang"), "English", WORD),
        (("claims", 0, "history", 1, "status"), "done", "disputed"),
        (("claims", 0, "history", 0, "event"), "a#b#c", f"{WORD}#{WORD}"),
        (("glance",), ["a"], ("a", WORD, WORD)),
        (("glance",), list("abcdef"), tuple("abcde")),
        (("teaching", "objectives", 0, "bloom"), {}, "create"),
    ],
)
def test_stand_in_takes_the_place_of_what_is_wrong(way, wrong, stand_in):
    case, places = mend(Case, broken(way, wrong))
    found = case
    for step in way:
        found = found[step] if isinstance(step, int) else getattr(found, step)
    assert found == stand_in
    assert way in places


def test_places_of_sound_fields_are_not_marked():
    _, places = mend(Case, broken(("events", 0, "strand"), "x"))
    assert places == {("events", 0, "strand")}


def test_unknown_field_is_left_out():
    case, _ = mend(Case, broken(("colour",), "red"))
    assert case == Case.model_validate(SOUND)


def test_missing_part_is_filled_to_its_end():
    value = copy.deepcopy(SOUND)
    del value["teaching"]
    case, places = mend(Case, value)
    assert case.teaching.questions[0].text == WORD
    assert ("teaching",) in places


@pytest.mark.parametrize("value", ["text", [], ["a"], ""])
def test_nothing_is_made_of_a_value_that_is_no_mapping(value):
    assert mend(Case, value) == (None, frozenset())


@pytest.mark.parametrize("item", [{"why": "x"}, {"why": "x", "case": "a", "source": "b"}])
def test_reading_item_is_given_one_thing_to_read(item):
    value = plain_value(compose_text(READING_LIST, "f")[0])
    value["sessions"][0]["items"][0] = item
    mended, places = mend(ReadingList, value)
    assert (mended.sessions[0].items[0].case, mended.sessions[0].items[0].source) == (WORD, None)
    assert ("sessions", 0, "items", 0) in places


WAYS = [
    ("id",), ("title",), ("status",), ("occurred",), ("glance",), ("cast",), ("cast", 0), ("cast", 0, "who"),
    ("themes", 0),
    ("body",), ("body", 0), ("events", 0, "cites"), ("events", 0, "date"), ("quotes",), ("claims", 0),
    ("claims", 0, "history"),
    ("claims", 0, "history", 1, "on"), ("lessons", 0, "evidence", 0), ("teaching",), ("teaching", "questions", 0),
]  # fmt: skip
WRONG = st.sampled_from(["", "x y", "2024", [], ["a"], [[]], {}, {"a": "b"}, [{}], [{"id": "a"}]])


@given(st.lists(st.tuples(st.sampled_from(WAYS), WRONG), min_size=1, max_size=4))
def test_a_case_is_made_of_whatever_is_wrong_in_a_mapping(changes):
    value = copy.deepcopy(SOUND)
    for way, wrong in changes:
        try:
            at_way(value, way[:-1])[way[-1]] = copy.deepcopy(wrong)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    case, _ = mend(Case, value)
    assert case is not None
