"""Social cards: what is drawn on them, and that they are drawn once."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from builders import CASE, READING_LIST, load
from casebook.exports import cards
from casebook.exports.card_canvas import SIZE, balanced, cut, drawable, font, wrap
from casebook.exports.cards import Card, Sign, card_files, draw_card
from casebook.exports.site import Site

SITE = Site("A casebook", description="Cases about founders.")
SIGNS = tuple(Sign(place / 40, place % 3 > 0, place % 4 == 0, place % 5 == 0) for place in range(41))
CARD = Card("cards/x.png", "A title", "A line under it.", "2024, 3 minutes", signs=SIGNS, ticks=((0.5, "2024"),))
PAPER = (255, 255, 255)
LONG = "a title that goes on about founders and brands and promises " * 4


def book_of(text=CASE):
    found = load(cases={"first-case": text}, readings={"seminar": READING_LIST}).casebook
    assert found is not None
    return found


def picture(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def inked(content, box):
    """Whether anything is drawn in a part of a card."""
    return len(picture(content).crop(box).getcolors(maxcolors=100_000)) > 1


def test_there_is_a_card_for_the_site_each_case_and_each_reading_list():
    assert [file.uri for file in card_files(book_of(), SITE)] == [
        "cards/site.png", "cards/cases/first-case.png", "cards/readings/seminar.png",
    ]  # fmt: skip


def test_card_is_a_picture_of_the_agreed_size_on_paper():
    for file in card_files(book_of(), SITE):
        found = picture(file.content)
        assert found.size == SIZE
        assert found.getpixel((2, 2)) == PAPER
        assert found.getpixel((100, 71)) == (31, 57, 155)  # the line of the mark, in the accent


def test_same_casebook_gives_the_same_bytes():
    assert list(card_files(book_of(), SITE)) == list(card_files(book_of(), SITE))


@pytest.mark.parametrize("title", ["Go", LONG[:200], "W" * 200, "x" * 90 + " " + "y" * 100])
def test_card_is_small_and_keeps_its_margins_however_long_its_words(title):
    content = draw_card(replace(CARD, title=title, dek=LONG[:400] * 2, record=LONG[:200]), SITE)
    assert len(content) < 32_000
    width, height = SIZE
    for margin in (
        (0, 0, 60, height),
        (width - 60, 0, width, height),
        (0, 0, width, 44),
        (0, height - 20, width, height),
    ):
        assert not inked(content, margin)


def test_title_and_dek_stay_clear_of_the_strip():
    for title in ("Go", LONG[:60], LONG[:120], LONG[:200]):
        content = draw_card(replace(CARD, title=title, dek=LONG[:400], signs=()), SITE)
        assert inked(content, (60, 128, 1140, 240))
        assert not inked(content, (60, 446, 1140, 630))


def _sign(*, is_persona):
    return Sign(place=0.5, is_persona=is_persona, is_major=True, is_rough=False)


def test_strip_draws_persona_above_the_axis_and_product_below():
    persona = draw_card(replace(CARD, signs=(_sign(is_persona=True),), ticks=()), SITE)
    product = draw_card(replace(CARD, signs=(_sign(is_persona=False),), ticks=()), SITE)
    above, below = (300, 450, 1100, 508), (300, 516, 1100, 600)
    assert [inked(persona, above), inked(persona, below)] == [True, False]
    assert [inked(product, above), inked(product, below)] == [False, True]


def test_case_without_a_persona_or_product_event_has_no_strip():
    lawsuit = book_of(CASE.replace("strand: persona", "strand: law"))
    case = list(card_files(lawsuit, SITE))[1]
    assert not inked(case.content, (60, 446, 1140, 630))


def test_letters_that_the_fonts_lack_are_left_out_and_leave_nothing_behind():
    assert drawable("雷军 (Lei Jun)", "display") == "(Lei Jun)"
    assert drawable("Lei Jun (雷军), “小米”, founder", "text") == "Lei Jun, founder"
    assert drawable("œuvre, Győr，tab\tand\u202e line\nbreak", "display") == "oeuvre, Gyor,tab and line break"
    assert drawable("雷军", "display") == ""


def test_no_box_for_a_missing_letter_is_drawn():
    with_chinese = draw_card(replace(CARD, title="雷军 Lei Jun", dek="小米 SU7 汽车", record="2024 年"), SITE)
    without = draw_card(replace(CARD, title="Lei Jun", dek="SU7", record="2024"), SITE)
    assert with_chinese == without


def test_case_whose_title_cannot_be_drawn_is_named_by_its_id():
    chinese = book_of(CASE.replace("title: The first case", "title: 雷军"))
    named = book_of(CASE.replace("title: The first case", "title: First case"))
    assert list(card_files(chinese, SITE))[1] == list(card_files(named, SITE))[1]


def test_words_are_wrapped_and_no_word_is_lost():
    face = font("text", 34)
    lines = wrap(LONG, face, 500)
    assert " ".join(lines) == LONG.strip()
    assert max(map(face.getlength, lines)) <= 500
    assert len(balanced(LONG, face, 500)) == len(lines)
    assert "".join(wrap("x" * 300, face, 500)) == "x" * 300


def test_words_that_are_cut_end_in_an_ellipsis_within_the_line():
    face = font("text", 34)
    lines = cut(wrap(LONG, face, 500), 2, face, 500)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert face.getlength(lines[1]) <= 500
    assert cut(["one", "two"], 0, face, 500) == []


def test_kept_card_is_not_drawn_again(tmp_path, monkeypatch):
    site = replace(SITE, cache=tmp_path)
    first = list(card_files(book_of(), site))
    monkeypatch.setattr(cards, "draw_card", lambda *_: pytest.fail("drawn again"))
    assert list(card_files(book_of(), site)) == first == list(_without_cache(monkeypatch))


def _without_cache(monkeypatch):
    monkeypatch.undo()
    return card_files(book_of(), SITE)


def test_card_of_a_changed_case_is_drawn_again_and_the_old_one_is_let_go(tmp_path):
    site = replace(SITE, cache=tmp_path)
    before = list(card_files(book_of(), site))
    after = list(card_files(book_of(CASE.replace("title: The first case", "title: Another title")), site))
    assert before[1].content != after[1].content
    assert before[0] == after[0]
    assert len(list((tmp_path / "cards").iterdir())) == len(after)


def test_kept_card_that_was_cut_short_is_drawn_again(tmp_path):
    site = replace(SITE, cache=tmp_path)
    first = list(card_files(book_of(), site))
    for path in (tmp_path / "cards").iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert list(card_files(book_of(), site)) == first


def test_folder_that_cannot_be_written_costs_time_and_no_card(tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    site = replace(SITE, cache=tmp_path / "file")
    assert list(card_files(book_of(), site)) == list(card_files(book_of(), SITE))
