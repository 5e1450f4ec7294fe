"""What is a change of substance in a text, and what is no more than wording."""

from __future__ import annotations

import pytest

from casebook.wording import says_the_same

LONG = "The bench stood before a gate and nobody sat on it. " * 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The car came.", "The car came."),
        ("The car came, late.", "The car came late"),
        ("It’s “so” — now", 'It\'s "so" - now'),
        ("The car\n came.", "The  car came."),
        ("He was there. The car came.", "He was there; the car came."),
        ("The letter which fell.", "The letter that fell."),
        ("He said that it fell.", "He said it fell."),
        ("The recieved letter.", "The received letter."),
        ("The lettter fell.", "The letter fell."),
        ("我们三月交货。", "我们三月交货"),
        ("Ada went to the gate.", "[[ada]] went to the gate.".replace("[[ada]]", "[[ada|Ada]]")),
        ("It came late.", "It came late [@press-report]."),
        ("It came [@a].", "It came [@a; @b]."),
        (f"{LONG} It fell.", f"{LONG} That it fell."),
    ],
)
def test_wording_is_no_substance(old, new):
    assert says_the_same(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He admitted it.", "He denied it."),
        ("It sold 10 cars.", "It sold 11 cars."),
        ("It sold 1,000 cars.", "It sold 1.000 cars and 1."),
        ("It cost a million.", "It cost a billion."),
        ("He did not go.", "He did go."),
        ("She can go.", "She can't go."),
        ("It may fall.", "It must fall."),
        ("Ada went.", "Bob went."),
        ("The gate of Acme fell.", "The gate of Apex fell."),
        ("Ada said “yes” then.", "Ada said “yes, twice” then."),
        ("He told them.", "He sold them."),
        ("It was sold by him.", "It was sold to him."),
        ("我们三月交货", "我们五月交货"),
        ("他没有来", "他来了"),
        ("See [[ada|her]].", "See [[bob|her]]."),
        ("It came [@a].", "It came [@b]."),
        ("See [it](https://a.example/).", "See [it](https://b.example/)."),
        (f"{LONG} He admitted it.", f"{LONG} He denied it."),
        ("He came late. He came early.", "He came early. He came late."),
        ("The lettter that fell was recieved by them.", "The letter which fell was received by them."),
        ("", "Something."),
    ],
)
def test_what_says_something_else_is_substance_however_like_it_looks(old, new):
    assert not says_the_same(old, new)
    assert not says_the_same(new, old)


def test_citation_may_be_added_and_not_taken_away():
    assert says_the_same("It came.", "It came [@a].")
    assert not says_the_same("It came [@a].", "It came.")
