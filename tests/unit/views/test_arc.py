"""The arc: its chapters, its two drawings, its table; tracks and strips; the tracker on the home page; overdue claims."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import builders
from casebook.book import Casebook
from casebook.pipeline import build_pages
from casebook.views.chapters import ABOVE, BELOW, CLAIMS, chapters
from casebook.views.placing import scale_of
from casebook.views.tracks import ruler
from hostile import PAYLOADS, dangers, shape

Show = Callable[..., LexborHTMLParser]
EVENTS_END = "    platforms: [forum]\n    cites: [press-report]\n"
START = date(2020, 1, 1)


def event(identifier: str, day: str, short: str, strand: str = "persona", **more: object) -> str:
    """One event on the arc, as a line of YAML."""
    fields = {"id": identifier, "date": day, "title": f"Title of {identifier}", "strand": strand, "on_arc": short,
              "actors": ["ada"], "cites": ["press-report"], **more}  # fmt: skip
    return f"  - {json.dumps(fields)}\n"


def with_events(*events: str) -> str:
    """The minimal case with more events."""
    return builders.case((EVENTS_END, EVENTS_END + "".join(events)))


def many(count: int, strand: str = "persona", every: int = 30) -> list[str]:
    """Events at steady intervals."""
    days = [START + timedelta(days=every * index) for index in range(count)]
    return [event(f"{strand}-{index}", day.isoformat(), f"{strand} {index}", strand) for index, day in enumerate(days)]


def book_of(*texts: str, registries: dict[str, str] | None = None) -> Casebook:
    cases = {re.search("^id: (.*)", text, re.MULTILINE)[1]: text for text in texts}
    loaded = builders.load(cases=cases, registries=registries)
    assert loaded.casebook is not None, loaded.problems
    return loaded.casebook


def page(book: Casebook, uri: str) -> LexborHTMLParser:
    return LexborHTMLParser(str(next(spec for spec in build_pages(book) if spec.uri == uri).build().render()))


def names(drawing: LexborNode) -> list[str]:
    return [link.attributes["aria-label"] or "" for link in drawing.css("a")]


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


# Chapters


def test_history_is_cut_from_its_newest_end_so_that_no_drawing_grows():
    book = book_of(with_events(*many(ABOVE + 3), *many(BELOW + 2, "product")))
    newest, earlier = chapters(book)
    for chapter in (newest, earlier):
        above = [mark for mark in chapter.marks if mark.is_above]
        assert len(above) <= ABOVE
        assert len(chapter.marks) - len(above) <= BELOW
    assert max(mark.days for mark in earlier.marks) <= min(mark.days for mark in newest.marks)
    assert len(newest.marks) + len(earlier.marks) == ABOVE + BELOW + 5
    assert len(earlier.marks) <= 6, "what is left over stands at the oldest end"


def test_happening_that_two_cases_tell_is_drawn_once_where_it_is_told_more_fully():
    on_arc = ("    platforms: [forum]\n", "    platforms: [forum]\n    on_arc: The speech\n")
    (chapter,) = chapters(book_of(*builders.told_twice(on_arc).values()))
    assert [(mark.case.id, mark.event.on_arc) for mark in chapter.marks] == [("second-case", "The speech")]


def test_each_chapter_has_a_page_that_leads_to_its_neighbours():
    book = book_of(with_events(*many(3 * ABOVE)))
    uris = [spec.uri for spec in build_pages(book) if spec.kind == "arc"]
    assert uris == ["arc/", "arc/pages/2/", "arc/pages/3/"]
    links = [link.attributes["href"] for link in page(book, "arc/pages/2/").css(".particulars a")]
    assert links == ["../../../arc/pages/3/", "../../../arc/"]


def test_chapter_has_a_few_claims_with_every_outcome_among_them():
    claim = builders.CASE[builders.CASE.index("  - id: c-ship") : builders.CASE.index("lessons:")]
    statuses = ["kept"] * 6 + ["missed", "disputed"]
    claims = "".join(
        claim.replace("c-ship", f"c-{index}" if index else "c-ship").replace("status: kept", f"status: {status}")
        for index, status in enumerate(statuses)
    )
    text = builders.changed(with_events(event("a", "2024-01-01", "A"), event("b", "2024-06-01", "B")), (claim, claims))
    (chapter,) = chapters(book_of(text))
    shown = [item.claim.status for item in chapter.claims]
    assert len(shown) == CLAIMS
    assert {"missed", "disputed", "kept"} == set(shown)
    assert chapter.claims_in_all == len(statuses)


def test_title_names_the_one_person_who_acts_in_every_event_above_the_axis(show: Show):
    alone = with_events(event("a", "2024-01-01", "A", actors=["ada", "bob"]), event("b", "2024-06-01", "B"))
    assert "The arc of Ada, January 2024 to June 2024" in words(show("arc/", cases={"first-case": alone}).body)
    several = with_events(event("a", "2024-01-01", "A", actors=["bob"]), event("b", "2024-06-01", "B"))
    tree = show("arc/", cases={"first-case": several})
    assert "The arc, January 2024 to June 2024" in words(tree.body)
    assert "how a founder was presented" in words(tree.css_first("figcaption"))


def test_casebook_with_nothing_on_the_arc_says_so_and_its_home_page_does_without(show: Show):
    assert "Nothing is on the arc yet" in words(show("arc/").body)
    assert show("").css_first(".arc-h") is None


# Drawings and table


def test_table_holds_exactly_what_both_drawings_show():
    book = book_of(with_events(
        event("a", "2024-01-01", "First"), event("b", "2024-02~", "Second", "company", confidence="disputed"),
        event("c", "2024-03-01/2024-05-01", "Third", confidence="confirmed"),
    ))  # fmt: skip
    tree = page(book, "arc/")
    wide, tall = tree.css_first(".arc-h"), tree.css_first(".arc-v")
    rows = [[" ".join(cell.text().split()) for cell in row.css("td, th")] for row in tree.css(".arc-table tbody tr")]
    assert sorted(names(wide)) == sorted(names(tall))
    assert len(rows) == len(names(wide)) == 4
    assert rows[1] == ["10 January 2024", "Acme will ship in March.", "Claim", "The first case", "Kept 20 Mar 2024"]
    assert rows[2] == ["about February 2024", "Second", "Company", "The first case", "Sources disagree"]
    for _, what, *_ in rows:
        assert any(name.startswith(what.removesuffix(".")) for name in names(wide))
    linked = {link.attributes["href"] for link in wide.css("a")}
    assert linked == {row.css_first("th a").attributes["href"] for row in tree.css(".arc-table tbody tr")}


def test_screen_reader_hears_title_date_strand_and_case_and_no_decoration():
    tree = page(book_of(with_events(event("a", "2024-02~", "Ada rests", confidence="reported"))), "arc/")
    wide = tree.css_first(".arc-h")
    assert names(wide)[0] == "Ada rests, about February 2024, persona, reported once, in The first case"
    assert wide.attributes["role"] == "group"
    assert wide.attributes["aria-label"] == tree.css_first("#arc h2").text()
    loose = [text.text() for text in wide.css("text") if not any(
        parent.tag == "a" or parent.attributes.get("aria-hidden") == "true" for parent in _line_of(text)
    )]  # fmt: skip
    assert loose == []


def _line_of(node: LexborNode) -> list[LexborNode]:
    line = []
    walker: LexborNode | None = node
    while walker is not None:
        line.append(walker)
        walker = walker.parent
    return line


def test_drawings_have_no_ids_and_no_style_of_their_own():
    tree = page(book_of(with_events(event("c", "2024-03-01/2024-05-01", "Silence"))), "arc/")
    for drawing in tree.css("svg"):
        assert drawing.css("[id], [style]") == []


def test_time_that_passed_is_hatched_and_the_upper_line_breaks_for_it():
    silence = event("c", "2024-03-01/2024-05-01", "Silence")
    around = [event("a", "2024-01-01", "A"), event("b", "2024-08-01", "B")]
    with_gap = page(book_of(with_events(silence, *around)), "arc/")
    without = page(book_of(with_events(*around)), "arc/")
    for drawing in (".arc-h", ".arc-v"):
        assert len(with_gap.css(f"{drawing} a .hl")) == 1
        assert with_gap.css_first(f"{drawing} .ax").attributes["d"].count("M") == 3
        assert without.css_first(f"{drawing} .ax").attributes["d"].count("M") == 2


@pytest.mark.parametrize(("day", "rough"), [("2024-03-05", False), ("2024-03", True), ("2024-03-05~", True)])
def test_stem_of_a_day_that_is_not_known_is_broken(day, rough):
    tree = page(book_of(with_events(event("a", day, "A"))), "arc/")
    assert bool(tree.css(".arc-h .stem.un")) is rough
    assert bool(tree.css(".arc-v .stem.un")) is rough


def test_dates_that_crowd_or_are_one_day_still_give_a_drawing():
    crowd = [event(f"e-{index}", "2024-03-05", "A title as long as a title may be, or so") for index in range(ABOVE)]
    tree = page(book_of(with_events(*crowd)), "arc/")
    heights = {text.attributes["y"] for text in tree.css(".arc-h a[aria-label^='A title'] .t")}
    assert len(names(tree.css_first(".arc-h"))) >= ABOVE
    assert len(heights) >= ABOVE / 2


def drawn(words: str) -> dict[str, str]:
    """The pages with the arc, of events with these words for short titles, as HTML."""
    book = book_of(with_events(event("a", "2024-01-01", words[:40]), event("b", "2024-02-01", words[-40:], "law")))
    return {spec.uri: str(spec.build().render()) for spec in build_pages(book) if spec.uri in ("", "arc/")}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_short_title_stays_words(payload):
    harmless = drawn("harmless")
    for uri, html in drawn(payload).items():
        assert dangers(html, {tag for tag, _ in shape(harmless[uri])}) == []


def test_claim_without_an_end_is_dotted_and_a_settled_one_is_not():
    settled = with_events(event("a", "2024-01-01", "A"), event("b", "2024-06-01", "B"))
    pending = builders.changed(settled, ("status: kept", "status: pending"))
    assert page(book_of(settled), "arc/").css(".arc-h .run.open") == []
    assert len(page(book_of(pending), "arc/").css(".arc-h .run.open")) == 1


def test_search_reads_the_table_and_not_the_drawings():
    book = book_of(with_events(event("a", "2024-02-01", "Ada rests")))
    built = next(spec for spec in build_pages(book) if spec.uri == "arc/").build()
    assert "Ada rests" not in next(section for section in built.sections if section.id == "arc").text
    assert "Ada rests" in next(section for section in built.sections if section.id == "table").text


# Strip, tracks, tracker, ledger


def test_strip_leaves_out_what_is_far_from_the_episode_and_says_so(show: Show):
    text = with_events(event("old", "1985", "Old"), event("next", "2024-02-01", "Next", "product"))
    tree = show("cases/first-case/", cases={"first-case": text})
    assert len(tree.css(".strip .per")) == 1
    assert len(tree.css(".strip rect")) == 1
    assert words(tree.css_first(".strip-cap")) == (
        "10 January 2024 to 1 February 2024: persona above the line, everything else below it; "
        "1 event further from the episode stands in the list only."
    )
    assert tree.css_first(".strip").attributes["aria-hidden"] == "true"


def test_case_with_one_dated_day_has_no_strip(show: Show):
    assert show("cases/first-case/").css(".strip") == []


def overdue_case() -> str:
    return builders.case(("status: kept", "status: pending"))


def test_past_due_and_unsettled_claims_stand_first_in_a_section_of_their_own(show: Show):
    kept = builders.other_case("second-case")
    tree = show("claims/", cases={"first-case": overdue_case(), "second-case": kept})
    assert [node.attributes["id"] for node in tree.css("section")] == ["overdue", "factual"]
    assert [row.attributes["id"] for row in tree.css("#overdue tbody tr")] == ["first-case--c-ship"]
    assert "One claim is past due without an outcome, as of 1 June 2024." in words(tree.css_first(".dek"))


def test_ledger_without_overdue_claims_says_so(show: Show):
    tree = show("claims/")
    assert tree.css("#overdue") == []
    assert "No claim is past due without an outcome, as of 1 June 2024." in words(tree.css_first(".dek"))


def test_row_of_the_ledger_says_in_words_what_its_track_shows(show: Show):
    (row,) = show("claims/").css("tbody tr")
    said = words(row)
    for fact in ("Made 10 January 2024", "due 31 March 2024", "Kept", "20 March 2024", "day 70 of 81"):
        assert fact in said
    assert row.css_first(".track").attributes["aria-hidden"] == "true"
    assert row.css(".track .due")


def test_ledger_counts_each_outcome_at_its_head(show: Show):
    tree = show("claims/", cases={"first-case": overdue_case(), "second-case": builders.other_case("second-case")})
    assert [words(item) for item in tree.css(".tally li")] == ["Pending 1", "Kept 1"]
    assert tree.css_first(".tally a").attributes["href"] == "../claims/?status=pending"


def test_tracker_on_the_home_page_is_bounded_and_shows_what_is_due_next(show: Show):
    cases = {f"case-{index}": builders.other_case(f"case-{index}") for index in range(8)}
    cases["late"] = builders.changed(builders.other_case("late"), ("status: kept", "status: pending"))
    rows = show("", cases=cases).css(".tracker > li")
    assert len(rows) == 6
    assert [words(row) for row in rows if "due 31 March 2024" in words(row)] != []


def test_tracker_prefers_the_claims_that_editors_put_on_the_arc(show: Show):
    cases = {f"case-{index}": builders.other_case(f"case-{index}") for index in range(8)}
    on_arc = builders.changed(builders.other_case("flagship"), ("    due: ", "    on_arc: The flagship\n    due: "))
    older = builders.changed(on_arc, ('- on: "2024-03-20"', '- on: "2024-02-01"'))
    rows = show("", cases=cases | {"flagship": older}).css(".tracker > li")
    assert any("1 Feb 2024" in words(row) for row in rows)


def test_years_of_a_ruler_have_room_for_their_digits():
    scale = scale_of([date(2015, 9, 1), date(2026, 11, 1)])
    shares = [float(share) for share in re.findall(r'x="([\d.]+)%"', str(ruler(scale)))]
    assert len(shares) >= 3
    assert all(after - before >= 18 for before, after in pairwise(shares))


def test_newest_case_on_the_home_page_has_a_quote_with_its_badge(show: Show):
    tree = show("")
    assert "We will ship in March." in words(tree.css_first(".newest .first .pull"))
    assert tree.css(".newest .first .badge") != []


def test_claim_with_a_short_title_comes_before_others_of_its_outcome_and_is_written_short():
    claims = "".join(
        f"  - id: c-{number}\n    text: A promise that takes many words to tell, number {number}.\n    by: ada\n"
        f'    made_on: "2024-01-{number + 10}"\n    kind: visionary\n    test: Wait.\n'
        + ("    on_arc: The short one\n" if number == 9 else "")
        + f'    history:\n      - {{on: "2024-01-{number + 10}", status: pending, note: Said., cites: [press-report]}}\n'
        for number in range(10)
    )
    book = book_of(
        builders.case(("\nlessons:", f"\n{claims}lessons:")).replace(
            "    strand: persona\n", "    strand: persona\n    on_arc: Ada speaks\n"
        )
    )
    drawing = page(book, "arc/").css_first("svg.arc-h")
    assert "The short one" in words(drawing)
    assert any("number 9, pending" in name for name in names(drawing))  # heard in full
