"""What is found out about one quote in one archived text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casebook.archive import ArchivedText
from casebook.attestations import Attestation, normalise
from casebook.model import Quote, Source
from casebook.passages import Place, deciding_words, fits, in_context, nearest, places_of
from casebook.problems import Location, Problem, Severity

Outcome = Literal["found", "moved", "ambiguous", "not found", "not checked"]
"""`moved`: found, at another place or in another text than when it was last attested. `ambiguous`: the words stand more
than once, and neither `prefix` nor `suffix` says where they are quoted from. `not checked`: there is no text at hand."""

OUTCOMES: tuple[Outcome, ...] = ("found", "moved", "ambiguous", "not found", "not checked")
SHOWN = 5
"""Most occurrences of an ambiguous quote that are listed."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Where a quote stands in a text, or why no one place can be named."""

    place: Place | None
    outcome: Outcome
    why: str = ""
    """What is wrong, in words that hold nothing of the archive."""
    hint: str = ""
    passages: tuple[str, ...] = ()
    """Lines for an editor's terminal. They hold words of the archive, and are never written to a file."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One line of what `casebook attest` says."""

    key: str
    """`case-id#quote-id`."""
    location: Location
    """Of the quote's words."""
    source: str
    outcome: Outcome
    note: str = ""
    """What there is to say about the outcome, in words that hold nothing of the archive."""
    passages: tuple[str, ...] = ()
    """See `Sought.passages`."""


def look_up(quote: Quote, archived: ArchivedText, earlier: int | None = None) -> Sought:
    """Find a quote. `earlier` is where it was attested in this very text, as a place in the text as archived.

    Of several places that nothing tells apart the earlier one is kept, else the first taken: the words are there, and
    it does not matter at which of them.
    """
    text, origins = archived.normalised
    wanted, prefix, suffix = (normalise(part or "")[0].strip() for part in (quote.exact, quote.prefix, quote.suffix))
    everywhere = list(places_of(wanted, text))
    fitting = [place for place in everywhere if fits(text, place, prefix, suffix)]
    if not everywhere:
        return _not_there(quote, wanted, text)
    if not fitting:
        return _elsewhere(quote, text, everywhere)
    chosen = next((place for place in fitting if origins[place.start] == earlier), fitting[0])
    if len(fitting) == 1:
        return Sought(chosen, "found")
    advice = deciding_words(text, fitting)
    if not any(before or after for before, after in advice):
        return Sought(chosen, "found")
    why = f'the words of "{quote.id}" stand {len(fitting)} times in the archived text of "{quote.source}"'
    return Sought(
        chosen, "ambiguous", why, "add `prefix:` or `suffix:`, the words just before or after, so that one place is left",
        tuple(_occurrences(text, fitting, advice)),
    )  # fmt: skip


def _not_there(quote: Quote, wanted: str, text: str) -> Sought:
    found = nearest(wanted, text)
    why = f'the words of "{quote.id}" are not in the archived text of "{quote.source}"'
    if found is None:
        return Sought(None, "not found", why, "nothing like them stands there: check `source`")
    passages = (f'archive has:  "{found.archived}"', f'casefile has: "{found.wanted}"')
    return Sought(None, "not found", why, "copy them as printed", passages)


def _elsewhere(quote: Quote, text: str, places: list[Place]) -> Sought:
    """The words are there, and what should stand around them is not."""
    fields = " and ".join(name for name in ("prefix", "suffix") if getattr(quote, name))
    why = f'the words of "{quote.id}" are in the archived text of "{quote.source}", but not with its {fields}'
    hint = f"copy {fields} as printed" + (", or leave it out" if len(places) == 1 else "")
    return Sought(None, "not found", why, hint, tuple(_occurrences(text, places, deciding_words(text, places))))


def _occurrences(text: str, places: list[Place], advice: list[tuple[str, str]]) -> Iterator[str]:
    """Each place with what is around it, and the words that single it out, as YAML."""
    for number, (place, (before, after)) in enumerate(zip(places[:SHOWN], advice, strict=False), start=1):
        field, words = ("prefix", before) if before else ("suffix", after)
        decides = f"   ({field}: {json.dumps(words, ensure_ascii=False)})" if words and len(places) > 1 else ""
        yield f"{number}. {in_context(text, place)}{decides}"
    if len(places) > SHOWN:
        yield f"and {len(places) - SHOWN} more"


def problem_of(location: Location, sought: Sought) -> Problem | None:
    """What is to be reported about an outcome: words that are not there, or that stand in several places."""
    if sought.outcome == "not found":
        return Problem(location, "CB505", sought.why, sought.hint)
    if sought.outcome == "ambiguous":
        return Problem(location, "CB509", sought.why, sought.hint, Severity.WARNING)
    return None


def how_it_moved(new: Attestation, old: Attestation) -> str:
    """What changed about where a quote stands, or nothing."""
    if new.source_sha256 != old.source_sha256:
        return f"in another text ({new.source_sha256[:8]}…) than on {old.on} ({old.source_sha256[:8]}…)"
    if (new.start, new.end) != (old.start, old.end):
        return f"at character {new.start:,}; on {old.on} at {old.start:,}"
    return ""


def other_holders(quote: Quote, sources: Mapping[str, Source], archive: Mapping[str, ArchivedText]) -> Iterator[str]:
    """Other sources in whose archived text the quote's words stand: `source` may name the wrong one."""
    wanted = normalise(quote.exact)[0].strip()
    for source in sources.values():
        held = archive.get(source.sha256 or source.excerpt_sha256 or "")
        if source.id != quote.source and held and next(places_of(wanted, held.normalised[0]), None):
            yield source.id
