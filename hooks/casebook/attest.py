"""Quote attestation: find every quote in the private archive of source texts, and record where it stands.

What is recorded are positions and digests, from which the source cannot be rebuilt.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.allowances import apply_allowances
from casebook.archive import ArchivedText, borrowed_runs
from casebook.attestations import FILE_NAME, Attestation, Badge, badge_of, digest
from casebook.book import Casebook
from casebook.lookups import Lookup, how_it_moved, look_up, other_holders, problem_of
from casebook.marks import count_words
from casebook.model import Case, Quote, Source
from casebook.passages import Place
from casebook.placeholders import is_placeholder
from casebook.problems import Location, Problem, sort_problems
from casebook.reading import Locator

CONTEXT = 32
"""Characters before and after a quote whose digest is kept, as in W3C's TextQuoteSelector examples."""
QUOTED_SHARE = 0.15
"""Most of a source's words that may be quoted."""


@dataclass(frozen=True, slots=True)
class Attested:
    """The outcome of an attestation."""

    attestations: dict[str, Attestation]
    kept: int
    """Earlier attestations that still hold, of quotes whose source's text the archive lacks."""
    badges: Counter[Badge]
    lookups: tuple[Lookup, ...]
    """What was found out about each quote, in order of cases."""
    problems: tuple[Problem, ...]


def attest_quotes(
    book: Casebook, archive: Mapping[str, ArchivedText], earlier: Mapping[str, Attestation], today: str
) -> Attested:
    """Look every quote up, and hold the essays against the sources.

    An attestation that says the same as an `earlier` one keeps its day, and an earlier one that still holds is kept where
    the archive lacks the text: editors have different parts of it. Problems: words that are not in the archived text
    (CB505), sources that the archive lacks (CB506), too much quotation (CB507), our own text sharing a run of eight
    words with a source (CB508), words that stand in several places (CB509).
    """
    work = _Attesting(book, archive, earlier, today)
    for case in book.cases.values():
        for index, quote in enumerate(case.quotes):
            work.take(case, index, quote)
    problems = [*work.problems, *(_lacking(book.sources[source], places) for source, places in work.lacking.items())]
    problems += archive_problems(book, archive)
    files = {entry.file: entry.path for entry in book.entries.values()}
    problems, _ = apply_allowances(files, problems, judged=())
    found = work.attestations
    badges = Counter(badge_of(q, found.get(f"{c.id}#{q.id}")) for c in book.cases.values() for q in c.quotes)
    return Attested(found, work.kept, badges, tuple(work.lookups), sort_problems(problems))


class _Attesting:
    """Takes one quote after another."""

    def __init__(
        self, book: Casebook, archive: Mapping[str, ArchivedText], earlier: Mapping[str, Attestation], today: str
    ) -> None:
        self.book, self.archive, self.earlier, self.today = book, archive, earlier, today
        self.locator = Locator()
        self.attestations = _of_unbuilt_cases(book, earlier)
        self.kept = 0
        self.lookups: list[Lookup] = []
        self.problems: list[Problem] = []
        self.lacking: dict[str, list[Location]] = defaultdict(list)
        """Source → the quotes that nobody attested and whose text is not at hand."""

    def take(self, case: Case, index: int, quote: Quote) -> None:
        """Look one quote up, or keep what is known of it."""
        key = f"{case.id}#{quote.id}"
        old = self.earlier.get(key)
        if badge_of(quote, old) == "unverified":
            old = None
        location = self.locator.locate(self.book.entries[case.id], ("quotes", index, "exact"))
        archived = self.archive.get(_digest_of(self.book.sources[quote.source]) or "")
        if is_placeholder(quote.exact):
            self.lookups.append(Lookup(key, location, quote.source, "not checked", "its words are still to be written"))
        elif archived is None:
            self._keep(key, location, quote, old)
        else:
            self._look_up(key, location, quote, archived, old)

    def _keep(self, key: str, location: Location, quote: Quote, old: Attestation | None) -> None:
        if old is None:
            self.lacking[quote.source].append(location)
            note = "no text at hand"
        else:
            self.attestations[key] = old
            self.kept += 1
            note = f"no text at hand; attested on {old.on}"
        self.lookups.append(Lookup(key, location, quote.source, "not checked", note))

    def _look_up(
        self, key: str, location: Location, quote: Quote, archived: ArchivedText, old: Attestation | None
    ) -> None:
        in_same_text = old is not None and old.source_sha256 == archived.sha256
        sought = look_up(quote, archived, old.start if old is not None and in_same_text else None)
        if sought.place is None:
            if old is not None and in_same_text:
                self.attestations[key] = old
            sought = replace(sought, hint=self._where_else(quote) or sought.hint)
        problem = problem_of(location, sought)
        self.problems += [problem] if problem else []
        outcome, note = sought.outcome, sought.why
        if sought.place is not None:
            new = _attestation(quote, self.book.sources[quote.source], archived, sought.place, self.today)
            self.attestations[key] = _keep_day(new, old)
            moved = how_it_moved(new, old) if old is not None else ""
            if moved and outcome == "found":
                outcome, note = "moved", moved
        self.lookups.append(Lookup(key, location, quote.source, outcome, note, sought.passages))

    def _where_else(self, quote: Quote) -> str:
        others = list(other_holders(quote, self.book.sources, self.archive))
        named = ", ".join(f'"{source}"' for source in others[:3])
        return f"they stand in the archived text of {named}: check `source`" if others else ""


def archive_problems(book: Casebook, archive: Mapping[str, ArchivedText]) -> list[Problem]:
    """What the essays and quotations owe to the sources: too much quotation (CB507), borrowed sentences (CB508)."""
    locator = Locator()
    return [*_quoted_shares(book, archive, locator), *borrowed_runs(book, archive, locator)]


def _of_unbuilt_cases(book: Casebook, earlier: Mapping[str, Attestation]) -> dict[str, Attestation]:
    """Earlier attestations of cases that are not looked at now, as retired ones, as long as their quotes exist."""
    held: dict[str, Attestation] = {}
    for key, attestation in earlier.items():
        case_id, _, quote_id = key.partition("#")
        if case_id not in book.cases and book.locals.get(case_id, {}).get(quote_id) == "quotes":
            held[key] = attestation
    return held


def _digest_of(source: Source) -> str | None:
    return source.sha256 or source.excerpt_sha256


def _lacking(source: Source, places: list[Location]) -> Problem:
    """One problem for all quotes of a source without a text, at the first of them."""
    number = "1 quote is" if len(places) == 1 else f"{len(places)} quotes are"
    if _digest_of(source) is None:
        what = f'the source "{source.id}" names no archived text'
        hint = f"run: casebook source archive FILE --source {source.id}"
    else:
        what = f'the archive holds no text with the digest of "{source.id}"'
        hint = "add the text, or correct the digest"
    return Problem(places[0], "CB506", f"{what}, so {number} not attested", hint)


def _attestation(quote: Quote, source: Source, archived: ArchivedText, place: Place, today: str) -> Attestation:
    text, origins = archived.normalised
    return Attestation(
        source=source.id, source_sha256=archived.sha256, start=origins[place.start], end=origins[place.end - 1] + 1,
        exact_sha256=digest(quote.exact), prefix_sha256=digest(text[max(0, place.start - CONTEXT) : place.start]),
        suffix_sha256=digest(text[place.end : place.end + CONTEXT]), on=today,
        method="full-text" if source.sha256 else "excerpt",
    )  # fmt: skip


def _keep_day(new: Attestation, old: Attestation | None) -> Attestation:
    if old is not None and old.model_copy(update={"on": new.on}) == new:
        return old
    return new


def _quoted_shares(book: Casebook, archive: Mapping[str, ArchivedText], locator: Locator) -> Iterator[Problem]:
    totals: Counter[str] = Counter()
    sizes = {
        source.id: count_words(archive[source.sha256].text)
        for source in book.sources.values()
        if source.sha256 in archive and source.sha256
    }
    for case in book.cases.values():
        for index, quote in enumerate(case.quotes):
            totals[quote.source] += count_words(quote.exact)
            limit = QUOTED_SHARE * sizes.get(quote.source, float("inf"))
            if totals[quote.source] > limit:
                message = f'with this quote, {totals[quote.source]} of the {sizes[quote.source]:,} words of "{quote.source}" are quoted'
                place = locator.locate(book.entries[case.id], ("quotes", index, "exact"))
                yield Problem(place, "CB507", message, f"keep it under {QUOTED_SHARE:.0%}: quote less")


def write_attestations(folder: Path, attestations: Mapping[str, Attestation]) -> None:
    """Write the file whole or not at all, in order of keys, so that changes read well in a diff."""
    quotes = {key: attestations[key].model_dump() for key in sorted(attestations)}
    text = json.dumps({"schema_version": 1, "quotes": quotes}, indent=2) + "\n"
    path = folder / FILE_NAME
    draft = path.with_suffix(".json.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
