"""Where drawn things stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dates import parse_date
from casebook.views.placing import (
    LANES,
    SEARCHED,
    Label,
    gaps_between,
    hatching,
    is_inside,
    is_rough,
    is_stretch,
    middle,
    overlaps,
    place_labels,
    scale_of,
    short_date,
    spread,
    staircase,
    text_width,
    wrap,
)

WIDTH = 1000.0


@st.composite
def labels(draw: st.DrawFn, most: int = SEARCHED + 4) -> list[Label]:
    """Labels on marks and stretches anywhere on a drawing."""
    ends = draw(st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, 200), st.floats(1, 240)), max_size=most))
    return [Label(left, min(WIDTH, left + length), width) for left, length, width in ends]


@given(labels())
def test_labels_that_found_places_touch_no_label_and_no_stem_and_lie_inside(some: list[Label]):
    spots = place_labels(some, WIDTH)
    if spots is not None:
        assert overlaps(some, spots) == []
        assert all(is_inside(label, spot, WIDTH) for label, spot in zip(some, spots, strict=True))


@given(labels(most=40))
def test_staircase_never_lets_anything_touch(some: list[Label]):
    spots = staircase(some)
    assert overlaps(some, spots) == []
    assert len({spot.lane for spot in spots}) == len(some)


@given(labels())
def test_places_are_the_same_each_time(some: list[Label]):
    assert place_labels(some, WIDTH) == place_labels(list(some), WIDTH)


def test_touching_labels_are_told():
    # The second label stands lower, and its words lie across the first one's stem.
    low_across_stem = [Label(100, 100, 50), Label(60, 60, 80)]
    assert overlaps(low_across_stem, staircase(low_across_stem)) == []
    assert overlaps(low_across_stem, list(reversed(staircase(low_across_stem)))) == [(0, 1)]


def test_label_near_the_right_end_hangs_to_the_left():
    spots = place_labels([Label(990, 990, 100)], WIDTH)
    assert spots is not None
    assert [(spot.lane, spot.side) for spot in spots] == [(0, -1)]


def test_labels_far_apart_all_stand_lowest():
    spots = place_labels([Label(x, x, 80) for x in (0, 200, 400)], WIDTH)
    assert spots is not None
    assert {(spot.lane, spot.side) for spot in spots} == {(0, 1)}


def test_few_that_crowd_on_some_days_are_stacked_higher_without_the_rest():
    crowd = [
        Label(40, 40, 200),
        *(Label(x, x, 200) for x in (130, 132, 134, 136, 150)),
        *(Label(x, x, 120) for x in (400, 700)),
    ]
    spots = place_labels(crowd, WIDTH)
    assert spots is not None
    assert max(spot.lane for spot in spots) >= max(LANES[:1])
    assert [spot.lane for spot in spots[-2:]] == [0, 0]


def test_crowd_is_left_to_the_staircase():
    assert place_labels([Label(x, x, 5) for x in range(0, 900, 50)], WIDTH) is None


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 80)), max_size=20), st.floats(0, 20))
def test_blocks_in_a_column_keep_their_order_and_do_not_overlap(blocks: list[tuple[float, float]], gap: float):
    blocks.sort()
    placed = spread([want for want, _ in blocks], [height for _, height in blocks], top=26, gap=gap)
    assert len(placed) == len(blocks)
    assert all(place >= 26 for place in placed)
    for (place, (_, height)), following in zip(zip(placed, blocks, strict=True), placed[1:], strict=False):
        assert following >= place + height + gap - 1e-6


def test_blocks_with_room_stand_where_they_are_wanted():
    assert spread([30, 100], [20, 20], top=0, gap=10) == [30, 100]


def test_blocks_without_room_share_the_way():
    assert spread([100, 100], [20, 20], top=0, gap=0) == [90, 110]


@given(st.lists(st.dates(), min_size=1, max_size=8))
def test_scale_holds_its_days_in_order_with_few_ticks(days: list[date]):
    scale = scale_of(days)
    places = [scale.at(day) for day in sorted(days)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 1
    assert 1 <= len(scale.ticks) <= 15
    assert [tick.at for tick in scale.ticks] == sorted({tick.at for tick in scale.ticks})
    assert scale.ticks[0].is_year, "a reader has to know in which year the drawing begins"


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2024-01-05", "2024-02-20", ["2024", "Feb"]),
        ("2024-01-05", "2025-11-20", ["2024", "Apr", "Jul", "Oct", "2025", "Apr", "Jul", "Oct"]),
        ("2010-03-01", "2021-01-01", ["2010", *map(str, range(2011, 2022))]),
        ("1980-01-01", "2024-01-01", ["1980", *map(str, range(1985, 2025, 5))]),
    ],
)
def test_steps_suit_the_span(first, last, labels):
    assert [tick.label for tick in scale_of([date.fromisoformat(first), date.fromisoformat(last)]).ticks] == labels


def test_day_outside_a_scale_stands_at_its_end_and_is_not_held():
    scale = scale_of([date(2024, 1, 5), date(2024, 3, 1)])
    assert (scale.at(date(2020, 1, 1)), scale.at(date(2030, 1, 1))) == (0, 1)
    assert not scale.holds(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("text", "day", "rough", "stretch"),
    [
        ("2024-11-13", date(2024, 11, 13), False, False),
        ("2024-11-13~", date(2024, 11, 13), True, False),
        ("2024-11", date(2024, 11, 15), True, False),
        ("2025-04-02/2025-05-09", date(2025, 4, 20), True, True),
        ("2025-04/..", date(2025, 4, 1), True, False),
        ("../2025-04-30", date(2025, 4, 30), True, False),
    ],
)
def test_where_a_date_is_drawn(text, day, rough, stretch):
    value = parse_date(text)
    assert (middle(value), is_rough(value), is_stretch(value)) == (day, rough, stretch)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-11-13", "13 Nov 2024"),
        ("2024-03~", "about Mar 2024"),
        ("2025-04-02/2025-05-09", "2 Apr to 9 May 2025"),
        ("2024-21", "spring 2024"),
    ],
)
def test_short_dates(text, words):
    assert short_date(parse_date(text)) == words


@given(st.text(max_size=60), st.floats(20, 200))
def test_lines_hold_all_the_words_and_are_no_wider_than_their_room(text: str, width: float):
    lines = wrap(text, width, 15)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(text_width(line, 15) <= width or len(line) == 1 for line in lines)


def test_stretches_are_cut_out_of_a_line():
    assert gaps_between([(10, 20), (15, 30), (90, 100)], 0, 100) == [(0, 10), (30, 90)]
    assert gaps_between([], 0, 100) == [(0, 100)]


def test_hatching_stays_in_its_rectangle():
    lines = hatching(10, 0, 60, 100)
    assert lines
    assert all(10 <= x <= 60 and 0 <= y <= 100 for x1, y1, x2, y2 in lines for x, y in ((x1, y1), (x2, y2)))
