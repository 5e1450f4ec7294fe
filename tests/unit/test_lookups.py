"""What is said about one quote: found, moved, ambiguous, not found, not checked."""

from __future__ import annotations

import pytest

from builders import REGISTRIES, at, case, changed, write_casefiles
from casebook.archive import ArchivedText
from casebook.attest import Attested, attest_quotes
from casebook.lookups import Lookup, look_up
from casebook.model import Quote
from casebook.pipeline import load_casebook

FILLER = " ".join(f"filler{number}" for number in range(100))
TEXT = f"{FILLER} Ada stood up. We will ship in March. Nobody laughed. {FILLER}"
TWICE = f"{FILLER} Ada rose: We will ship in March. Bob echoed: We will ship in March. {FILLER}"
ONE, TWO = "1" * 64, "2" * 64


def attested(tmp_path, text: str, *, case_text: str = "", digest: str = ONE, earlier=None, other: str = "") -> Attested:
    """Attest the minimal casebook whose press report is this text, and whose company blog is the other."""
    sources = changed(
        REGISTRIES["sources"],
        ("  short: The Daily\n", f"  short: The Daily\n  sha256: '{digest}'\n"),
        ("  short: Acme blog\n", f"  short: Acme blog\n  sha256: '{'b' * 64}'\n"),
    )
    root = write_casefiles(tmp_path, {"first-case": case_text or case()}, {"sources": sources})
    book = load_casebook(root, attested=False).casebook
    assert book is not None
    archive = {digest: ArchivedText(digest, text)} if text else {}
    archive |= {"b" * 64: ArchivedText("b" * 64, other)} if other else {}
    return attest_quotes(book, archive, earlier or {}, "2024-07-01")


def only(done: Attested) -> Lookup:
    (found,) = done.lookups
    return found


def test_quote_in_its_text_is_found(tmp_path):
    found = only(attested(tmp_path, TEXT))
    assert (found.key, found.outcome, found.note, found.passages) == ("first-case#q-promise", "found", "", ())


def test_lookup_names_the_place_of_the_words(tmp_path):
    text = case(("exact: We", "exact: ▲We"))
    place = only(attested(tmp_path, TEXT, case_text=text)).location
    assert [f"{place.line}:{place.column} CB505"] == at(text, "CB505")


def test_quote_at_another_place_of_the_same_text_has_moved(tmp_path):
    earlier = attested(tmp_path, TEXT).attestations
    old = earlier["first-case#q-promise"]
    earlier = {"first-case#q-promise": old.model_copy(update={"start": old.start - 7, "end": old.end - 7})}
    found = only(attested(tmp_path, TEXT, earlier=earlier))
    assert found.outcome == "moved"
    assert found.note == f"at character {old.start:,}; on 2024-07-01 at {old.start - 7:,}"


def test_quote_in_a_text_with_another_digest_has_moved(tmp_path):
    earlier = attested(tmp_path, TEXT).attestations
    found = only(attested(tmp_path, TEXT, digest=TWO, earlier=earlier))
    assert found.outcome == "moved"
    assert found.note == "in another text (22222222…) than on 2024-07-01 (11111111…)"


def test_moved_quote_is_attested_at_its_new_place(tmp_path):
    earlier = attested(tmp_path, TEXT).attestations
    done = attested(tmp_path, f"More. {TEXT}", digest=TWO, earlier=earlier)
    key = "first-case#q-promise"
    assert (done.attestations[key].start, done.problems) == (earlier[key].start + 6, ())


def test_words_that_stand_twice_are_a_warning_and_attested_at_the_first_place(tmp_path):
    text = case(("exact: We", "exact: ▲We"))
    done = attested(tmp_path, TWICE, case_text=text)
    assert only(done).outcome == "ambiguous"
    (problem,) = done.problems
    assert ([problem.short], problem.is_error) == (at(text, "CB509"), False)
    assert str(problem).split("]: ")[1] == (
        'the words of "q-promise" stand 2 times in the archived text of "press-report"; '
        "add `prefix:` or `suffix:`, the words just before or after, so that one place is left"
    )
    assert done.attestations["first-case#q-promise"].start == TWICE.index("We will")
    assert done.badges == {"verbatim": 1}


def test_each_place_of_ambiguous_words_comes_with_words_that_decide(tmp_path):
    assert only(attested(tmp_path, TWICE)).passages == (
        '1. …filler99 Ada rose: [We will ship in March.] Bob echoed: We will…   (suffix: "Bob")',
        '2. …in March. Bob echoed: [We will ship in March.] filler0 filler1 filler2…   (prefix: "echoed:")',
    )


def test_words_that_decide_make_the_place_certain(tmp_path):
    done = attested(tmp_path, TWICE, case_text=case(("lang: en\n", 'lang: en\n    prefix: "echoed:"\n')))
    assert (only(done).outcome, done.problems) == ("found", ())
    assert done.attestations["first-case#q-promise"].start == TWICE.rindex("We will")


def test_ambiguous_quote_stays_at_the_place_where_it_was_attested(tmp_path):
    chosen = attested(tmp_path, TWICE, case_text=case(("lang: en\n", 'lang: en\n    prefix: "echoed:"\n'))).attestations
    done = attested(tmp_path, TWICE, earlier=chosen)
    assert (only(done).outcome, done.attestations) == ("ambiguous", chosen)


def test_places_that_no_words_near_tell_apart_are_one(tmp_path):
    done = attested(tmp_path, f"{TEXT} {TEXT}")
    assert (only(done).outcome, done.problems) == ("found", ())


def test_quote_that_is_not_there_comes_with_the_nearest_passage_and_its_difference(tmp_path):
    done = attested(tmp_path, TEXT, case_text=case(("exact: We will ship in March.", "exact: We will ship in April.")))
    found = only(done)
    assert found.outcome == "not found"
    assert found.passages == (
        'archive has:  "…We will ship in [-March-].…"',
        'casefile has: "We will ship in {+April+}."',
    )


def test_words_of_the_archive_stand_in_no_problem_and_no_note(tmp_path):
    for text, words in ((TWICE, "We will ship in March."), (TEXT, "We should ship in March.")):
        done = attested(tmp_path, text, case_text=case(("exact: We will ship in March.", f"exact: {words}")))
        said = " ".join([*map(str, done.problems), only(done).note])
        assert not {"rose", "echoed", "filler99", "will ship"} & set(said.replace(":", " ").split())


def test_quote_that_nothing_is_near_says_so(tmp_path):
    done = attested(tmp_path, TEXT, case_text=case(("exact: We will ship in March.", "exact: 完全不同的内容写在这里")))
    (problem,) = done.problems
    assert problem.hint == "nothing like them stands there: check `source`"
    assert only(done).passages == ()


def test_quote_that_stands_in_another_sources_text_says_in_which(tmp_path):
    done = attested(tmp_path, FILLER, other=TEXT)
    (problem,) = done.problems
    assert (problem.code, problem.hint) == (
        "CB505", 'they stand in the archived text of "company-blog": check `source`',
    )  # fmt: skip


def test_wrong_context_is_told_from_wrong_words(tmp_path):
    done = attested(tmp_path, TEXT, case_text=case(("lang: en\n", "lang: en\n    prefix: Bob said\n")))
    (problem,) = done.problems
    assert problem.message == (
        'the words of "q-promise" are in the archived text of "press-report", but not with its prefix'
    )
    assert problem.hint == "copy prefix as printed, or leave it out"
    assert only(done).passages == ("1. …filler99 Ada stood up. [We will ship in March.] Nobody laughed. filler0…",)


def test_quote_without_a_text_at_hand_is_not_checked(tmp_path):
    earlier = attested(tmp_path, TEXT).attestations
    assert (only(attested(tmp_path, "")).outcome, only(attested(tmp_path, "")).note) == (
        "not checked",
        "no text at hand",
    )
    assert only(attested(tmp_path, "", earlier=earlier)).note == "no text at hand; attested on 2024-07-01"


@pytest.mark.parametrize("number", [2, 5, 9])
def test_no_more_than_five_places_are_listed(number):
    text = " ".join(f"Speaker{n} said yes." for n in range(number))
    quote = Quote(id="q", exact="said yes", lang="en", speaker="a", source="b")
    passages = look_up(quote, ArchivedText(ONE, text)).passages
    assert len(passages) == min(number, 6)
    assert (passages[-1] == "and 4 more") == (number == 9)
