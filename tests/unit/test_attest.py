"""Quotes and the archive of source texts."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path

import pytest

from builders import CASE, REGISTRIES, at, case, changed, load, other_case, write_casefiles
from casebook.archive import ArchivedText, own_texts, read_archive, word_runs
from casebook.attest import CONTEXT, Attested, attest_quotes, write_attestations
from casebook.attestations import digest, load_attestations
from casebook.lookups import look_up
from casebook.model import Quote
from casebook.pipeline import load_casebook

FILLER = " ".join(f"filler{number}" for number in range(100))
TEXT = f"{FILLER} Ada stood up. “We will\nship in March.” Nobody laughed. {FILLER}"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def archive(*texts: str) -> dict[str, ArchivedText]:
    return {sha256(text): ArchivedText(sha256(text), text) for text in texts}


def attested(
    text: str = TEXT, *, case_text: str = CASE, others: dict[str, str] | None = None, field: str = "sha256",
    held: dict[str, ArchivedText] | None = None, earlier: dict | None = None, today: str = "2024-07-01",
) -> Attested:  # fmt: skip
    """Attest a casebook whose press report is archived as this text."""
    sources = changed(
        REGISTRIES["sources"], ("  short: The Daily\n", f"  short: The Daily\n  {field}: {sha256(text)}\n")
    )
    with tempfile.TemporaryDirectory() as folder:
        cases = {"first-case": case_text, **(others or {})}
        loaded = load_casebook(write_casefiles(Path(folder), cases, {"sources": sources}), attested=False)
        assert loaded.casebook is not None, [str(problem) for problem in loaded.problems]
        return attest_quotes(loaded.casebook, archive(text) if held is None else held, earlier or {}, today)


def short(done: Attested) -> list[str]:
    return [problem.short for problem in done.problems]


def place_of(words: str, text: str, **context: str) -> tuple[int, int] | None:
    quote = Quote(id="q", exact=words, lang="en", speaker="a", source="b", **context)
    return look_up(quote, ArchivedText("0" * 64, text)).place


# Finding quotes


def test_quote_in_the_whole_text_is_attested_with_its_place():
    done = attested()
    assert short(done) == []
    (found,) = done.attestations.values()
    assert TEXT[found.start : found.end] == "We will\nship in March."
    assert (found.source, found.source_sha256) == ("press-report", sha256(TEXT))
    assert (found.method, found.on) == ("full-text", "2024-07-01")
    assert done.badges == {"verbatim": 1}


def test_attestation_holds_digests_and_no_words():
    (found,) = attested().attestations.values()
    normal = " ".join(TEXT.replace("“", '"').replace("”", '"').split())
    start = normal.index("We will")
    end = start + len("We will ship in March.")
    assert found.exact_sha256 == digest("We will ship in March.")
    assert found.prefix_sha256 == digest(normal[start - CONTEXT : start])
    assert found.suffix_sha256 == digest(normal[end : end + CONTEXT])
    assert "ship" not in found.model_dump_json()


def test_quote_in_an_excerpt_is_as_reported():
    done = attested(field="excerpt_sha256")
    assert [found.method for found in done.attestations.values()] == ["excerpt"]
    assert done.badges == {"reported": 1}


def test_quote_that_is_not_in_the_text_is_an_error_at_its_words():
    text = case(("exact: We will ship in March.", "exact: ▲We will ship in April."))
    done = attested(case_text=text)
    assert short(done) == at(text, "CB505")
    assert (done.attestations, done.badges) == ({}, {"unverified": 1})


def test_source_without_an_archived_text_is_an_error():
    text = case(
        ("exact: We", "exact: ▲We"),
        ("speaker: ada\n    source: press-report", "speaker: ada\n    source: company-blog"),
    )
    (problem,) = attested(case_text=text).problems
    assert [problem.short] == at(text, "CB506")
    assert problem.message == 'the source "company-blog" names no archived text, so 1 quote is not attested'
    assert problem.hint == "run: casebook source archive FILE --source company-blog"


def test_text_that_the_archive_lacks_is_an_error():
    text = case(("exact: We", "exact: ▲We"))
    (problem,) = attested(case_text=text, held={}).problems
    assert [problem.short] == at(text, "CB506")
    assert problem.message == (
        'the archive holds no text with the digest of "press-report", so 1 quote is not attested'
    )


MORE = """  - {id: q-more, exact: Nobody laughed., lang: en, speaker: ada, source: press-report}
"""


def test_text_that_the_archive_lacks_is_one_error_at_its_first_quote():
    text = case(("exact: We", "exact: ▲We"), ("claims:\n", f"{MORE}claims:\n"))
    (problem,) = attested(case_text=text, held={}).problems
    assert [problem.short] == at(text, "CB506")
    assert problem.message.endswith(", so 2 quotes are not attested")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("We will ship", "we said: We will ship it"),
        ('it\'s "so" - now', "it’s “so” — now"),
        ("it’s “so” — now", 'it\'s "so" – now'),
        ("a b c", "x a\n\n b\u00a0\u3000c y"),
        ("fine ABC", "ﬁne ＡＢＣ"),
        ("我们三月交货,好!", "他说：“我们三月交货，好！”"),
        ("我们三月交货，好！", "他说:我们三月交货,好!谢谢"),
        ("三月", "我们三月交货"),
        ("café", "the cafe\u0301 there"),
        ("cooperate", "to co\u00adoper\u200bate"),
        ("Are you OK", "“Are you OK？”"),
        ("whole", "whole"),
    ],
)
def test_quote_is_found_whatever_the_typography(words, text):
    assert place_of(words, text) is not None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("We will", "we will"),
        ("We will ship", "We will not ship"),
        ("He can", "He cannot"),
        ("able to pay", "unable to pay"),
        ("10", "100"),
        ("fact", "artefact and facts"),
        ("café", "cafe"),
        ("\u200b", "anything"),
        ("\u00ad\u2060", "anything"),
        ("word", ""),
    ],
)
def test_other_words_and_parts_of_words_are_no_quote(words, text):
    assert place_of(words, text) is None


def test_part_of_a_word_is_passed_over_for_the_whole_word():
    assert place_of("can", "He cannot but she can.") == (18, 21)


TWICE = "At first Ada said yes, then left. Later Bob said yes, and stayed."


def test_first_of_two_places_is_taken_without_context():
    assert place_of("said yes", TWICE) == (13, 21)


@pytest.mark.parametrize(
    ("context", "start"),
    [
        ({"prefix": "Ada"}, 13),
        ({"prefix": "Later Bob"}, 44),
        ({"suffix": ", and stayed"}, 44),
        ({"prefix": "Bob", "suffix": ", and"}, 44),
        ({"prefix": " Bob "}, 44),
        ({"prefix": "Ada", "suffix": ", then"}, 13),
    ],
)
def test_prefix_and_suffix_choose_among_places(context, start):
    assert place_of("said yes", TWICE, **context) == (start, start + 8)


@pytest.mark.parametrize("context", [{"prefix": "Carol"}, {"prefix": "Ada", "suffix": ", and"}, {"suffix": "!"}])
def test_context_that_fits_no_place_finds_nothing(context):
    assert place_of("said yes", TWICE, **context) is None


# The day


def test_day_is_kept_when_nothing_changed():
    earlier = attested(today="2024-01-01").attestations
    assert attested(earlier=earlier).attestations == earlier


def test_day_is_new_when_the_archived_text_changed():
    earlier = attested(today="2024-01-01").attestations
    (found,) = attested(f"{TEXT} More.", earlier=earlier).attestations.values()
    assert found.on == "2024-07-01"


def test_attestation_is_kept_when_the_archive_lacks_the_text():
    earlier = attested(today="2024-01-01").attestations
    done = attested(earlier=earlier, held={})
    assert (done.attestations, done.kept, short(done)) == (earlier, 1, [])
    assert done.badges == {"verbatim": 1}


def test_attestation_is_kept_when_the_source_names_another_text_that_the_archive_lacks():
    earlier = attested(today="2024-01-01").attestations
    done = attested(f"{TEXT} More.", earlier=earlier, held=archive(TEXT))
    assert (done.attestations, done.kept, short(done)) == (earlier, 1, [])


def test_only_quotes_without_an_attestation_are_asked_for():
    text = case(("claims:\n", f"{MORE.replace('exact: ', 'exact: ▲')}claims:\n"))
    earlier = attested().attestations
    done = attested(case_text=text, earlier=earlier, held={})
    assert (done.attestations, done.kept, short(done)) == (earlier, 1, at(text, "CB506"))


@pytest.mark.parametrize(
    "change",
    [
        ("exact: We will ship in March.", "exact: We will ship in April."),
        ("speaker: ada\n    source: press-report", "speaker: ada\n    source: company-blog"),
    ],
)
def test_attestation_of_other_words_or_another_source_is_not_kept(change):
    done = attested(case_text=case(change), earlier=attested().attestations, held={})
    assert (done.attestations, done.kept) == ({}, 0)
    assert [problem.code for problem in done.problems] == ["CB506"]


def test_attestation_is_not_kept_when_the_new_text_of_the_source_lacks_the_words():
    done = attested(f"Other words. {FILLER}", earlier=attested().attestations)
    assert (done.attestations, [problem.code for problem in done.problems]) == ({}, ["CB505"])


def test_wrong_context_is_an_error_and_costs_no_attestation():
    earlier = attested().attestations
    done = attested(case_text=case(("lang: en\n", "lang: en\n    prefix: Bob said\n")), earlier=earlier)
    assert (done.attestations, [problem.code for problem in done.problems]) == (earlier, ["CB505"])


def test_attestation_of_a_case_that_is_not_looked_at_is_kept():
    earlier = attested().attestations
    done = attested(
        case_text=case(
            ("status: published", "status: retired"), more='retired: {on: "2024-07-01", why: It was wrong.}\n'
        ),
        earlier=earlier,
        held={},
    )
    assert (done.attestations, done.kept, short(done)) == (earlier, 0, [])


def test_attestation_of_a_quote_that_is_gone_is_not_kept():
    earlier = {"first-case#q-gone": next(iter(attested().attestations.values()))}
    assert list(attested(earlier=earlier).attestations) == ["first-case#q-promise"]


# How much is quoted


def test_more_than_15_percent_of_a_source_is_an_error():
    text = "We will ship in March. " + "word " * 28  # 5 of 33 words
    done = attested(text, case_text=case(("exact: We", "exact: ▲We")))
    assert short(done) == at(case(("exact: We", "exact: ▲We")), "CB507")
    assert done.problems[0].message == 'with this quote, 5 of the 33 words of "press-report" are quoted'


def test_15_percent_of_a_source_are_fine():
    assert short(attested("We will ship in March. " + "word " * 29)) == []


def test_share_is_counted_over_all_cases():
    text = "We will ship in March. " + "word " * 40
    other = other_case("second-case", ("exact: We", "exact: ▲We"))
    done = attested(text, others={"second-case": other})
    assert [(problem.location.file, problem.short) for problem in done.problems] == [
        ("casefiles/cases/second-case.yml", at(other, "CB507")[0])
    ]


def test_share_of_an_excerpt_says_nothing():
    assert short(attested("We will ship in March.", field="excerpt_sha256")) == []


# Words of the source in our own text

BORROWED = "one two three four five six seven eight"
SOURCE = f"{TEXT} {BORROWED} nine ten."


def essay(text: str) -> str:
    return case(
        ("      She said [[#q-promise|a sentence]] that lasted.\n", f"      {text}\n"), ("    text: |", "    text: ▲|")
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Then {BORROWED} came.",
        "Then ONE two; three — four (five) *six* seven eight.",
        "Then one two three four five six seven eight’s.".replace("’s", ""),
        "Then one two\n      three four five six seven eight.",
        "Then [[ada|one two]] three four five six seven eight.",
    ],
)
def test_eight_words_of_a_source_in_our_own_text_are_an_error(text):
    done = attested(SOURCE, case_text=essay(text))
    assert short(done) == at(essay(text), "CB508")
    assert (
        " ".join(re.findall(r"\w+", done.problems[0].message.lower())) == f"{BORROWED} stands in an archived source too"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Then one two three four five six seven came.",
        f"Then “{BORROWED}” came.",
        f'Then "{BORROWED}" came.',
        "Then one two three four “five” six seven eight came.",
        "Then one two three four five six seven nine came.",
    ],
)
def test_fewer_words_and_quoted_words_are_fine(text):
    assert short(attested(SOURCE, case_text=essay(text))) == []


def test_quotes_themselves_are_not_our_own_text():
    text = case(
        ("exact: We will ship in March.", f"exact: {BORROWED}"), ("text: Acme will ship in March.", "text: It will.")
    )
    assert short(attested(SOURCE, case_text=text)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Ada speaks", f"title: ▲{BORROWED}"),
        ("note: Delivered.", f"note: ▲{BORROWED}"),
        ("  - It mattered.", f"  - ▲{BORROWED}"),
        ("synopsis: One speech, one promise.", f"synopsis: ▲{BORROWED}"),
        ("lang: en\n", f"lang: en\n    note: ▲{BORROWED}\n"),
    ],
)
def test_every_text_of_ours_is_held_against_the_sources(old, new):
    text = case((old, new))
    assert short(attested(SOURCE, case_text=text)) == at(text, "CB508")


def test_each_stretch_is_reported_once_and_whole_as_it_stands_in_our_text():
    found = attested(SOURCE, case_text=essay(f"{BORROWED.upper()} nine, ten. And {BORROWED}; no more")).problems
    assert [problem.message.split(" stands")[0] for problem in found] == [
        f'"{BORROWED.upper()} nine, ten"', f'"{BORROWED}"',
    ]  # fmt: skip


def test_own_texts_leave_out_quotations_and_ids():
    texts = dict(own_texts(load().casebook.cases["first-case"]))
    assert texts[("title",)] == "The first case"
    assert ("quotes", 0, "exact") not in texts
    assert ("themes", 0) not in texts


def test_word_runs_ignore_case_punctuation_and_apostrophes():
    assert [run for run, _ in word_runs("Don’t stop: A-B, c d E F g")] == [
        ("dont", "stop", "a", "b", "c", "d", "e", "f"),
        ("stop", "a", "b", "c", "d", "e", "f", "g"),
    ]


def test_short_text_has_no_runs():
    assert list(word_runs("only seven words stand in this line")) == []


# The archive and the file


def test_archive_files_are_known_by_their_digest_whatever_their_name(tmp_path):
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    names = ["a.txt", "no suffix", "雷军.md", "deep/deeper/x.html", ".hidden"]
    for name in names:
        (tmp_path / name).write_text(f"text of {name}", encoding="utf-8")
    assert {held.text for held in read_archive(tmp_path).values()} == {f"text of {name}" for name in names}
    assert all(held.sha256 == sha256(held.text) for held in read_archive(tmp_path).values())


def test_files_that_are_no_text_are_passed_over(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert read_archive(tmp_path) == {}


def test_attestations_come_back_as_they_were_written(tmp_path):
    written = attested().attestations
    write_attestations(tmp_path, written)
    assert load_attestations(tmp_path / "attestations.json", "a.json") == (written, [])
    assert [path.name for path in tmp_path.iterdir()] == ["attestations.json"]


def test_attestations_are_written_in_order_of_keys(tmp_path):
    (one,) = attested().attestations.values()
    write_attestations(tmp_path, {"b#q": one, "a#z": one, "a#q": one})
    assert list(json.loads(Path(tmp_path, "attestations.json").read_text())["quotes"]) == ["a#q", "a#z", "b#q"]
