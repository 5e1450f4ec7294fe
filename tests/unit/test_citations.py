"""References come out as the style guides print them. What is expected was written by hand from the guides."""

from __future__ import annotations

import re
from html import unescape

import pytest

from casebook.citations import STYLES, format_references
from hostile import PAYLOADS, dangers

DAY = {"date-parts": [[2025, 11, 19]]}
READ = {"date-parts": [[2026, 11, 22]]}
CASE = {
    "id": "floor-nap", "type": "webpage", "title": "The floor nap", "container-title": "The Founder Casebook",
    "issued": {"date-parts": [[2026, 11, 22]]}, "URL": "https://book.example/cases/floor-nap/", "language": "en",
}  # fmt: skip
ARTICLE = {
    "id": "article", "type": "webpage", "title": "A promise in traffic", "author": [{"family": "Goh", "given": "Brenda"}],
    "container-title": "The Daily", "issued": DAY, "URL": "https://daily.example/?a=1&b=2", "accessed": READ, "language": "en",
}  # fmt: skip
CHINESE = {
    "id": "chinese", "type": "article-newspaper", "title": "雷军的“魔力”", "author": [{"literal": "佘宗明"}],
    "container-title": "南方日报", "issued": DAY, "URL": "https://nf.example/1", "accessed": READ, "language": "zh-Hans",
}  # fmt: skip
UNTITLED = {"id": "untitled", "type": "webpage", "author": [{"literal": "She Zongming"}], "container-title": "AsiaICT",
            "issued": DAY, "language": "en"}  # fmt: skip
BARE = {"id": "bare", "type": "webpage", "title": "A page", "container-title": "RADII", "URL": "https://radii.example/a",
        "accessed": READ, "language": "en"}  # fmt: skip

EXPECTED = {
    "floor-nap": [
        "<i>The floor nap</i>. (2026, November 22). The Founder Casebook. https://book.example/cases/floor-nap/",
        "“The Floor Nap.” <i>The Founder Casebook</i>, 22 Nov. 2026, https://book.example/cases/floor-nap/.",
        "The Founder Casebook. “The Floor Nap.” November 22, 2026. https://book.example/cases/floor-nap/.",
        "The floor nap[EB/OL]. (2026-11-22). https://book.example/cases/floor-nap/.",
    ],
    "article": [
        "Goh, B. (2025, November 19). <i>A promise in traffic</i>. The Daily. https://daily.example/?a=1&amp;b=2",
        "Goh, Brenda. “A Promise in Traffic.” <i>The Daily</i>, 19 Nov. 2025, https://daily.example/?a=1&amp;b=2.",
        "Goh, Brenda. “A Promise in Traffic.” The Daily, November 19, 2025. https://daily.example/?a=1&amp;b=2.",
        "GOH B. A promise in traffic[EB/OL]. (2025-11-19)[2026-11-22]. https://daily.example/?a=1&amp;b=2.",
    ],
    "chinese": [
        # As American usage has it, a full stop goes inside a quotation mark.
        "佘宗明. (2025, November 19). 雷军的“魔力.” <i>南方日报</i>. https://nf.example/1",
        "佘宗明. “雷军的‘魔力’.” <i>南方日报</i>, 19 Nov. 2025, https://nf.example/1.",
        "佘宗明. “雷军的‘魔力’.” <i>南方日报</i>, November 19, 2025. https://nf.example/1.",
        "佘宗明. 雷军的“魔力”[N/OL]. 南方日报, 2025-11-19[2026-11-22]. https://nf.example/1.",
    ],
    "untitled": [
        "She Zongming. (2025, November 19). [Title not known]. AsiaICT.",
        "She Zongming. Title not known. <i>AsiaICT</i>, 19 Nov. 2025.",
        "She Zongming. Title not known. AsiaICT, November 19, 2025.",
        "SHE ZONGMING. [Title not known][EB]. AsiaICT, 2025.",
    ],
    "bare": [
        "<i>A page</i>. (n.d.). RADII. Retrieved November 22, 2026, from https://radii.example/a",
        "“A Page.” <i>RADII</i>, https://radii.example/a. Accessed 22 Nov. 2026.",
        "RADII. “A Page.” Accessed November 22, 2026. https://radii.example/a.",
        "A page[EB/OL]. [2026-11-22]. https://radii.example/a.",
    ],
}


def formatted(*records: dict[str, object]) -> dict[str, list[str]]:
    """Record id → its references, in which only the titles' italics are left of the markup."""
    found = format_references(records)
    return {key: [re.sub(r"</?(?:a|span)\b[^>]*>", "", item.html) for item in items] for key, items in found.items()}


def plain(*records: dict[str, object]) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", text)) for texts in formatted(*records).values() for text in texts]


@pytest.fixture(scope="module")
def all_formatted() -> dict[str, list[str]]:
    return formatted(CASE, ARTICLE, CHINESE, UNTITLED, BARE)


@pytest.mark.parametrize("key", EXPECTED)
@pytest.mark.parametrize("style", range(len(STYLES)), ids=[style.csl for style in STYLES])
def test_reference_is_as_the_guide_prints_it(all_formatted, key, style):
    assert all_formatted[key][style] == EXPECTED[key][style]


def test_case_without_an_address_names_its_publication_in_every_style():
    assert all("The Founder Casebook" in text for text in plain({k: v for k, v in CASE.items() if k != "URL"}))


@pytest.mark.parametrize("name", ["雷军", "佘宗明", "欧阳修", "Xiaomi legal department", "Double Apex & Sons, Ltd."])
def test_literal_name_stays_whole(name):
    texts = plain(ARTICLE | {"author": [{"literal": name}]})
    assert [text.casefold().count(name.casefold()) for text in texts] == [1] * len(STYLES)


def test_others_are_named_in_the_language_of_the_work():
    four = {"author": [{"literal": name} for name in ("雷军", "林易", "张逢", "忆山")]}
    assert "雷军, 林易, 张逢, 等." in plain(CHINESE | four)[3]
    assert "雷军, 林易, 张逢, et al." in plain(ARTICLE | four)[3]


def test_references_do_not_depend_on_each_other():
    """No year letters, no dashes for a repeated author, no numbers: each stands alone."""
    twin = ARTICLE | {"id": "twin", "title": "Another promise"}
    alone = formatted(ARTICLE)["article"]
    assert formatted(twin, ARTICLE)["article"] == alone
    assert not any(re.search(r"2025[ab]|———|\[1\]", text) for text in alone)


def test_references_are_the_same_in_batches(monkeypatch):
    together = formatted(CASE, ARTICLE, CHINESE, UNTITLED, BARE)
    monkeypatch.setattr("casebook.citations.BATCH", 2)
    assert formatted(CASE, ARTICLE, CHINESE, UNTITLED, BARE) == together


def test_post_has_a_reference_in_every_style():
    assert all(
        "Lei Jun" in text.title() for text in plain(UNTITLED | {"type": "post", "author": [{"literal": "Lei Jun"}]})
    )


def test_note_is_not_printed():
    assert plain(ARTICLE | {"note": "Read in a copy."}) == plain(ARTICLE)


def test_chinese_words_are_marked_with_the_language_of_the_work():
    html = format_references([CHINESE])["chinese"][0].html
    assert html.startswith('<span lang="zh-Hans">佘宗明</span>. ')
    mixed = format_references([ARTICLE | {"container-title": "China Fund News (中国基金报)"}])["article"][0].html
    assert '(<span lang="zh">中国基金报</span>)' in mixed


def test_address_is_a_link():
    assert '<a href="https://daily.example/?a=1&amp;b=2">' in format_references([ARTICLE])["article"][0].html


@pytest.mark.parametrize("season", [{"season": 2}, {"circa": True}])
def test_rough_date_leaves_no_false_month(season):
    texts = plain(ARTICLE | {"issued": {"date-parts": [[2025]], **season}})
    assert all("2025" in text and not re.search(r"2025-1[3-6]", text) for text in texts)


def test_payloads_are_words():
    """Markup in any field is printed as it is: neither CSL's own tags nor HTML nor Markdown is read in it."""
    payloads = [*PAYLOADS, 'A <b>bold</b> <i>t</i> & "x" $5 *z* \\cite{y}']
    records = [
        ARTICLE
        | {"id": f"x-{index}", "title": f"{payload} end", "container-title": payload, "author": [{"literal": payload}]}
        for index, payload in enumerate(" ".join(payload.split()) for payload in payloads)
    ]
    for record in records:
        record["language"] = "hu"  # English titles are set in capitals by MLA and Chicago
    found = format_references(records)
    for record in records:
        for reference in found[str(record["id"])]:
            assert dangers(reference.html, {"i", "a", "span"}) == []
        text = unescape(re.sub("<[^>]*>", "", found[str(record["id"])][0].html))
        assert str(record["title"]) in text
