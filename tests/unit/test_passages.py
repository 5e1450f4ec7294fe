"""Where words stand in a text, what decides between places, and what stands there instead."""

from __future__ import annotations

import pytest

from casebook.passages import LONGEST, deciding_words, in_context, nearest, places_of

TWICE = "At first Ada said yes, then left. Later Bob said yes, and stayed."
FLOOR = "It was late. He slept on a mat on the factory floor and nobody woke him. He said he should have worn a helmet."
CHINESE = "雷先生说:我们三月交货,好!谢谢大家,我躺在工厂的垫子上睡着了,大家不要学我。"


def advice(words: str, text: str) -> list[tuple[str, str]]:
    return deciding_words(text, list(places_of(words, text)))


def compared(words: str, text: str) -> tuple[str, str] | None:
    found = nearest(words, text)
    return (found.archived, found.wanted) if found else None


def test_words_stand_at_every_whole_word_in_order():
    assert list(places_of("can", "can, cannot, can")) == [(0, 3), (13, 16)]


def test_characters_of_chinese_stand_anywhere():
    assert list(places_of("交货", "我们交货交货")) == [(2, 4), (4, 6)]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("said yes", TWICE, [("Ada", ""), ("Bob", "")]),
        ("said yes", "Ada said yes now. Ada said yes then.", [("", "now"), ("", "then")]),
        ("said yes", "Once Ada said yes. Then Ada said yes.", [("", ". Then"), ("Then Ada", "")]),
        ("好", "他说好。她说好。", [("他说", ""), ("她说", "")]),
        ("yes", "yes, yes", [("", ", yes"), ("yes,", "")]),
    ],
)
def test_shortest_words_that_decide_are_suggested(words, text, expected):
    assert advice(words, text) == expected


def test_suggested_words_single_their_place_out():
    for words, text in (("said yes", TWICE), ("好", "他说好。她说好。"), ("a", "b a c a d a")):
        places = list(places_of(words, text))
        for place, (prefix, suffix) in zip(places, deciding_words(text, places), strict=True):
            held = [
                p
                for p in places
                if text[: p.start].rstrip().endswith(prefix) and text[p.end :].lstrip().startswith(suffix)
            ]
            assert held == [place]


def test_text_that_repeats_itself_for_long_has_nothing_that_decides():
    again = f"{'same words ' * 20}said yes{' same words' * 20} "
    assert advice("said yes", again * 2) == [("", ""), ("", "")]


def test_place_is_shown_with_what_is_around_it_cut_at_words():
    first, second = places_of("said yes", TWICE)
    assert in_context(TWICE, first) == "At first Ada [said yes], then left. Later Bob…"
    assert in_context(TWICE, second) == "…, then left. Later Bob [said yes], and stayed."


@pytest.mark.parametrize(
    ("words", "archived", "wanted"),
    [
        ("a mat on the shop floor", "…a mat on the [-factory-] floor…", "a mat on the {+shop+} floor"),
        ("a mat on the floor", "…a mat on the [-factory-] floor…", "a mat on the floor"),
        ("a mat on the big factory floor", "…a mat on the factory floor…", "a mat on the {+big+} factory floor"),
        ("he slept on a mat", "…[-He-] slept on a mat…", "{+he+} slept on a mat"),
        ("should have worn a hat", "…should have worn a [-helmet-]…", "should have worn a {+hat+}"),
    ],
)
def test_difference_is_shown_word_by_word(words, archived, wanted):
    assert compared(words, FLOOR) == (archived, wanted)


@pytest.mark.parametrize(
    ("words", "archived", "wanted"),
    [
        ("我们五月交货", "…我们[-三-]月交货…", "我们{+五+}月交货"),
        ("我躺在工厂垫子上睡着了", "…我躺在工厂[-的-]垫子上睡着了…", "我躺在工厂垫子上睡着了"),
    ],
)
def test_difference_in_chinese_is_shown_character_by_character(words, archived, wanted):
    assert compared(words, CHINESE) == (archived, wanted)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Nothing like this is anywhere near", FLOOR),
        ("完全不同的内容写在这里", CHINESE),
        ("We will ship in March.", CHINESE),
        ("We will ship in March.", ""),
        ("", FLOOR),
    ],
)
def test_nothing_is_shown_where_nothing_is_near(words, text):
    assert nearest(words, text) is None


def test_what_agrees_for_long_is_shortened():
    words = "It was late. He slept on a mat on the factory floor and nobody saw him."
    assert compared(words, FLOOR) == ("…floor and nobody [-woke-] him.…", "…floor and nobody {+saw+} him.")


def test_words_longer_than_the_text_are_compared_with_all_of_it():
    assert compared("We will ship in March. Promised.", "We will ship in March.") == (
        "We will ship in March.", "We will ship in March. {+Promised.+}",
    )  # fmt: skip


def test_no_more_is_shown_than_the_limit():
    text = " ".join(f"word{number} and" for number in range(200))
    found = nearest(" ".join(f"word{number} und" for number in range(100)), text)
    assert found is not None
    assert max(len(found.archived), len(found.wanted)) <= LONGEST + 1


def test_a_long_text_is_looked_through_whole():
    text = f"{'filler words ' * 20_000}He slept on a mat.{' more filler' * 20_000}"
    assert compared("He slept on a rug.", text) == ("…He slept on a [-mat-].…", "He slept on a {+rug+}.")
