"""Competing readings as conversations."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

import builders
from casebook.model import Position
from casebook.views.positions import DEEPEST, Turn, conversations, levelled

Show = Callable[..., LexborHTMLParser]
CASE = "cases/first-case/"


def position(holder: str, response_to: str | None = None, issue: str = "A") -> Position:
    return Position(issue=issue, holder=holder, stance="So", summary="So.", response_to=response_to)


def tree(turns: list[Turn]) -> list[object]:
    return [[turn.number, *tree(turn.replies)] for turn in turns]


def numbers(positions: list[Position]) -> dict[str, list[object]]:
    return {issue: tree(openings) for issue, openings in conversations(positions).items()}


def test_replies_stand_beneath_what_they_answer_in_the_editors_order():
    found = numbers([position("a"), position("b"), position("c", "a"), position("d", "c"), position("e", "a")])
    assert found == {"A": [[1, [3, [4]], [5]], [2]]}


def test_conversations_on_two_issues_do_not_mix():
    found = numbers([position("a"), position("a", issue="B"), position("b", "a", issue="B")])
    assert found == {"A": [[1]], "B": [[2, [3]]]}


def test_reply_goes_to_what_its_addressee_said_last():
    found = numbers([position("a"), position("b", "a"), position("a", "b"), position("b", "a")])
    assert found == {"A": [[1, [2, [3, [4]]]]]}


def test_reply_may_stand_before_what_it_answers():
    assert numbers([position("b", "a"), position("a")]) == {"A": [[2, [1]]]}


def test_reply_to_somebody_absent_opens_a_conversation():
    assert numbers([position("a", "nobody"), position("b")]) == {"A": [[1], [2]]}


def test_reply_to_oneself_opens_a_conversation():
    assert numbers([position("a", "a")]) == {"A": [[1]]}


def test_first_of_a_circle_opens_it_and_loses_none_of_the_others():
    assert numbers([position("a", "c"), position("b", "a"), position("c", "b")]) == {"A": [[1, [2, [3]]]]}
    assert numbers([position("d", "a"), position("a", "b"), position("b", "a")]) == {"A": [[2, [1], [3]]]}


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "d", "x", None])), max_size=12))
def test_every_position_stands_in_its_conversation_once(replies):
    found = conversations([position(holder, to) for holder, to in replies])
    said = [turn.number for openings in found.values() for opening in openings for _, turn in levelled(opening)]
    assert sorted(said) == list(range(1, len(replies) + 1))


def test_levels_end_where_columns_would_grow_too_narrow():
    (opening,) = conversations([position("a"), *(position("ba"[n % 2], "ab"[n % 2]) for n in range(3000))])["A"]
    levels = [level for level, _ in levelled(opening)]
    assert (len(levels), levels[:5], max(levels)) == (3001, [0, 1, 2, 3, 3], DEEPEST)


POSITIONS = """\
positions:
  - {issue: Was it kept?, holder: ada, stance: "Yes", summary: So., quotes: [q-promise], cites: [press-report]}
  - {issue: Was it kept?, holder: the-daily, stance: Almost, summary: So., cites: [press-report]}
  - {issue: Was it kept?, holder: bob, stance: "No", summary: So., response_to: ada, cites: [press-report]}
  - {issue: Was it kept?, holder: acme, stance: Wait, summary: So., response_to: bob, cites: [press-report]}
  - {issue: Did it matter?, holder: bob, stance: Hardly, summary: So., cites: [press-report]}
"""
DATED = ("    lang: en\n    speaker: ada", '    lang: en\n    date: "2024-01-10"\n    speaker: ada')


def _ids(node: LexborNode, selector: str) -> list[str | None]:
    return [found.attributes["id"] for found in node.css(selector)]


def test_replies_are_lists_within_the_item_that_they_answer(show: Show):
    issue = show(CASE, cases={"first-case": builders.case(more=POSITIONS)}).css_first("#issue-1")
    assert _ids(issue, ".readings > li > .reading") == ["position-1", "position-2"]
    assert _ids(issue, "ol ol > li > .reading") == ["position-3", "position-4"]
    assert _ids(issue, "ol ol ol > li > .reading") == ["position-4"]
    assert issue.css_first("ol.replies").attributes["aria-label"] == "Replies to Ada"


def test_reply_says_whom_it_answers_and_leads_there(show: Show):
    reply = show(CASE, cases={"first-case": builders.case(more=POSITIONS)}).css_first("#position-4 .rec")
    assert reply.text() == "Acme, in reply to Bob"
    assert reply.css("a")[1].attributes["href"] == "#position-3"


def test_position_bears_the_date_of_its_quotes(show: Show):
    tree = show(CASE, cases={"first-case": builders.case(DATED, more=POSITIONS)})
    assert tree.css_first("#position-1 .rec").text() == "Ada, 10 January 2024"
    assert tree.css_first("#position-2 .rec").text() == "The Daily"


def test_positions_page_leads_to_each_question_and_each_answer(show: Show):
    tree = show("positions/", cases={"first-case": builders.case(more=POSITIONS)})
    assert [(node.text(), node.attributes["href"]) for node in tree.css("h3 a")] == [
        ("Was it kept?", "../cases/first-case/#issue-1"), ("Did it matter?", "../cases/first-case/#issue-2"),
    ]  # fmt: skip
    answers = [node.text(separator=" ", strip=True) for node in tree.css(".issues > li:first-child li")]
    assert answers == ["Ada Yes", "Bob , in reply to Ada No", "Acme , in reply to Bob Wait", "The Daily Almost"]


def test_positions_page_is_cut(show: Show):
    one = "  - {{issue: Question {}?, holder: ada, stance: So, summary: So., cites: [press-report]}}\n"
    more = "positions:\n" + "".join(one.format(n) for n in range(101))
    cases = {"first-case": builders.case(more=more)}
    assert [len(show(uri, cases=cases).css("h3")) for uri in ("positions/", "positions/pages/2/")] == [100, 1]


def test_words_of_positions_are_never_markup(show: Show):
    hostile = "<script>alert(1)</script>"
    more = (
        f"positions:\n  - {{issue: {hostile}, holder: ada, stance: {hostile}, summary: So., cites: [press-report]}}\n"
    )
    for uri in (CASE, "positions/"):
        tree = show(uri, cases={"first-case": builders.case(more=more)})
        assert tree.css("script") == []
        assert tree.text().count(hostile) == 2
