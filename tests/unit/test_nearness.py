"""Words one slip apart, found without comparing each with each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from casebook.checks.nearness import NearWords, is_one_slip

words = st.text("abcd", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("word", "other"), [("Xiaomi", "Xaiomi"), ("Weibo", "Weebo"), ("Jun", "Jung"), ("Jung", "Jun"), ("ab", "ba")]
)
def test_one_slip(word, other):
    assert is_one_slip(word, other)


@pytest.mark.parametrize(("word", "other"), [("Lei", "Lei"), ("Weibo", "Webbo2"), ("abc", "cba"), ("a", "bcd")])
def test_no_slip_or_more_than_one(word, other):
    assert not is_one_slip(word, other)


@given(words, words)
def test_one_slip_is_an_optimal_string_alignment_of_one(word, other):
    assert is_one_slip(word, other) == (OSA.distance(word, other) == 1)


@given(st.sets(words, max_size=12), words)
def test_every_near_word_is_found_once(kept, word):
    found = list(NearWords(kept).near(word))
    assert sorted(found) == sorted(other for other in kept if is_one_slip(word, other))
