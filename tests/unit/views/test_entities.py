"""Pages of people and organisations: what is listed at once, what is folded away, and who is met beside them."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

import builders
from casebook.views.entities import BESIDE, EVENTS_SHOWN

Show = Callable[..., LexborHTMLParser]


def _event(number: int, *, on_arc: bool) -> str:
    return (
        f'  - id: e{number}\n    date: "2024-02-{number:02}"\n    title: Event {number}\n    strand: persona\n'
        + ("    on_arc: Told\n" if on_arc else "")
        + "    actors: [ada]\n    cites: [press-report]\n"
    )


def test_events_on_the_arc_are_listed_first_and_the_rest_is_folded_away(show: Show):
    more = "".join(_event(number, on_arc=number > 20) for number in range(10, 24))
    tree = show("people/ada/", cases={"first-case": builders.case(("\nquotes:\n", f"\n{more}quotes:\n"))})
    listed = [node.text() for node in tree.css(".did > li > div > ul a")]
    assert len(listed) == EVENTS_SHOWN
    assert {"Event 21", "Event 22", "Event 23"} < set(listed)
    assert len(tree.css(".did details li")) == 15 - EVENTS_SHOWN
    assert tree.css_first(".did summary").text() == "11 more events"


def test_a_single_event_too_many_is_not_folded_away(show: Show):
    more = "".join(_event(number, on_arc=False) for number in range(10, 10 + EVENTS_SHOWN))
    tree = show("people/ada/", cases={"first-case": builders.case(("\nquotes:\n", f"\n{more}quotes:\n"))})
    assert tree.css_first(".did details") is None
    assert len(tree.css(".did > li > div > ul a")) == EVENTS_SHOWN + 1


def test_people_of_the_same_cases_stand_beside_a_person_and_their_number_is_bounded(show: Show):
    people = builders.REGISTRIES["people"] + "".join(
        f"- {{id: p{n}, name: {{en: Person {n:02}}}, description: Somebody.}}\n" for n in range(20)
    )
    cast = "".join(f"  - who: p{n}\n    role: guest {n}\n" for n in range(20))
    cases = {
        "first-case": builders.case(("themes: [labour]", f"{cast}themes: [labour]")),
        "second-case": builders.other_case(
            "second-case", ("themes: [labour]", "  - who: p19\n    role: witness\nthemes: [labour]")
        ),
    }
    tree = show("people/ada/", cases=cases, registries={"people": people})
    beside = [node.text() for node in tree.css("#beside li > p a")]
    assert len(beside) == BESIDE
    assert beside[:2] == ["Person 19", "Person 00"]  # met twice, then by name
    assert "Ada" not in beside
    assert show("organisations/acme/", cases=cases, registries={"people": people}).css_first("#beside") is None
