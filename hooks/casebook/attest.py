"""Quote attestation: find every quote in the private archive of source texts, and record where it stands.

The archive is a folder of text files that is never committed. A file is known by its SHA-256 digest alone, so neither
its name nor its place matters: a source names the digest of its whole text (`sha256`) or of a file that holds excerpts
of it (`excerpt_sha256`). What is recorded are positions and digests, from which the source cannot be rebuilt.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.attestations import FILE_NAME, Attestation, Badge, badge_of, digest, normalise
from casebook.book import Casebook
from casebook.marks import count_words, plain_prose
from casebook.model import Case, Quote, Source
from casebook.problems import Location, Problem, sort_problems
from casebook.reading import Locator

CONTEXT = 32
"""Characters before and after a quote whose digest is kept, as in W3C's TextQuoteSelector examples."""
QUOTED_SHARE = 0.15
"""Most of a source's words that may be quoted."""
RUN = 8
"""Words in a row that our own text may not share with a source."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts that put no blanks between words."""
_WORD = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True)
class ArchivedText:
    """One file of the archive."""

    sha256: str
    text: str

    @cached_property
    def normalised(self) -> tuple[str, list[int]]:
        """The text as quotes are compared, with the place of each character."""
        return normalise(self.text)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of every run of `RUN` words."""
        return frozenset(hash(run) for run, _ in word_runs(self.text))


@dataclass(frozen=True, slots=True)
class Attested:
    """The outcome of an attestation."""

    attestations: dict[str, Attestation]
    kept: int
    """Earlier attestations that still hold, of quotes whose source's text the archive lacks."""
    badges: Counter[Badge]
    problems: tuple[Problem, ...]


def read_archive(folder: Path) -> dict[str, ArchivedText]:
    """Every UTF-8 text file below a folder, by the SHA-256 digest of its bytes. Other files are passed over."""
    texts: dict[str, ArchivedText] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        sha256 = hashlib.sha256(raw).hexdigest()
        texts[sha256] = ArchivedText(sha256, text)
    return texts


def attest_quotes(
    book: Casebook, archive: Mapping[str, ArchivedText], earlier: Mapping[str, Attestation], today: str
) -> Attested:
    """Look every quote up, and hold the essays against the sources.

    An attestation that says the same as an `earlier` one keeps its day, and an earlier one that still holds is kept where
    the archive lacks the text: editors have different parts of it. Problems: words that are not in the archived text
    (CB505), sources that the archive lacks (CB506), too much quotation (CB507), our own text sharing a run of eight
    words with a source (CB508).
    """
    locator = Locator()
    attestations = _of_unbuilt_cases(book, earlier)
    kept = 0
    problems: list[Problem] = []
    lacking: dict[str, list[Location]] = defaultdict(list)
    for case in book.cases.values():
        for index, quote in enumerate(case.quotes):
            key = f"{case.id}#{quote.id}"
            source = book.sources[quote.source]
            old = earlier.get(key)
            if badge_of(quote, old) == "unverified":
                old = None
            archived = archive.get(_digest_of(source) or "")
            found = _attest(quote, source, archived, today) if archived else None
            if found is not None:
                attestations[key] = _keep_day(found, old)
                continue
            place = locator.locate(book.entries[case.id], ("quotes", index, "exact"))
            if archived is not None:
                problems.append(_not_found(place, quote))
            elif old is None:
                lacking[source.id].append(place)
            if old is not None and (archived is None or old.source_sha256 == archived.sha256):
                attestations[key] = old
                kept += archived is None
    problems += [_lacking(book.sources[source], places) for source, places in lacking.items()]
    problems += _quoted_shares(book, archive, locator)
    problems += _borrowed_runs(book, archive, locator)
    badges = Counter(badge_of(q, attestations.get(f"{c.id}#{q.id}")) for c in book.cases.values() for q in c.quotes)
    return Attested(attestations, kept, badges, sort_problems(problems))


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
        hint = "add `sha256` or `excerpt_sha256` to the source"
    else:
        what = f'the archive holds no text with the digest of "{source.id}"'
        hint = "add the text, or correct the digest"
    return Problem(places[0], "CB506", f"{what}, so {number} not attested", hint)


def _not_found(place: Location, quote: Quote) -> Problem:
    message = f'the words of "{quote.id}" are not in the archived text of "{quote.source}"'
    return Problem(place, "CB505", message, "copy them as printed")


def _attest(quote: Quote, source: Source, archived: ArchivedText, today: str) -> Attestation | None:
    span = find_quote(quote, archived)
    if span is None:
        return None
    start, end = span
    text, places = archived.normalised
    return Attestation(
        source=source.id, source_sha256=archived.sha256, start=places[start], end=places[end - 1] + 1,
        exact_sha256=digest(quote.exact), prefix_sha256=digest(text[max(0, start - CONTEXT) : start]),
        suffix_sha256=digest(text[end : end + CONTEXT]), on=today,
        method="full-text" if source.sha256 else "excerpt",
    )  # fmt: skip


def find_quote(quote: Quote, archived: ArchivedText) -> tuple[int, int] | None:
    """The quote's place in the normalised text: the first whose context agrees with `prefix` and `suffix`."""
    text, _ = archived.normalised
    wanted = normalise(quote.exact)[0].strip()
    before = normalise(quote.prefix or "")[0].strip()
    after = normalise(quote.suffix or "")[0].strip()
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        is_whole = not (_cuts_a_word(text, start) or _cuts_a_word(text, end))
        if is_whole and text[:start].rstrip().endswith(before) and text[end:].lstrip().startswith(after):
            return start, end
        start = text.find(wanted, start + 1)
    return None


def _cuts_a_word(text: str, place: int) -> bool:
    """Whether a place lies inside a word, as between "can" and "not". Chinese has no such places."""
    around = text[max(0, place - 1) : place + 1]
    return 0 < place < len(text) and all(character.isalnum() and not _UNSPACED.match(character) for character in around)


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


def word_runs(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every run of `RUN` words with the place of its first; words are letters and digits, in lower case."""
    words = [(match[0], match.start()) for match in _WORD.finditer(text.lower().replace("’", "'").replace("'", ""))]
    for index in range(len(words) - RUN + 1):
        yield tuple(word for word, _ in words[index : index + RUN]), words[index][1]


def _borrowed_runs(book: Casebook, archive: Mapping[str, ArchivedText], locator: Locator) -> Iterator[Problem]:
    used = {
        sha
        for source in book.sources.values()
        for sha in (source.sha256, source.excerpt_sha256)
        if sha in archive and sha
    }
    for case in book.cases.values():
        for pointer, text in own_texts(case):
            # What stands in quotation marks is cut out, and no run reaches across the gap.
            pieces = _QUOTED.split(plain_prose(text))
            for run in (run for piece in pieces for run, _ in word_runs(piece)):
                if any(hash(run) in archive[sha].runs for sha in used):
                    message = f'"{" ".join(run)}" stands in an archived source too'
                    yield Problem(
                        locator.locate(book.entries[case.id], pointer),
                        "CB508",
                        message,
                        "say it in our own words, or quote it",
                    )
                    break


def own_texts(case: Case) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a case that is ours: all of it but quotations, titles of sources and ids."""
    work: list[tuple[tuple[str | int, ...], object]] = [((), case.model_dump(mode="json"))]
    while work:
        pointer, value = work.pop()
        if isinstance(value, dict):
            work.extend(
                ((*pointer, key), child)
                for key, child in value.items()
                if not (pointer[:1] == ("quotes",) and key in ("exact", "prefix", "suffix", "translation"))
            )
        elif isinstance(value, list):
            work.extend(((*pointer, index), child) for index, child in enumerate(value))
        elif isinstance(value, str) and " " in value:
            yield pointer, value


def write_attestations(folder: Path, attestations: Mapping[str, Attestation]) -> None:
    """Write the file whole or not at all, in order of keys, so that changes read well in a diff."""
    quotes = {key: attestations[key].model_dump() for key in sorted(attestations)}
    text = json.dumps({"schema_version": 1, "quotes": quotes}, indent=2) + "\n"
    path = folder / FILE_NAME
    draft = path.with_suffix(".json.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
