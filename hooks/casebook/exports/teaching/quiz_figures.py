"""Questions about figures that one source gives and no other contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from casebook.exports.teaching.quiz import Assigned, Option, Passage, QuizQuestion, chosen, shuffled
from casebook.exports.teaching.settled import disputed_numbers, is_settled_figure
from casebook.model import KeyFigure
from casebook.views.rendering import number

_OTHERS = 3
_FACTORS = ("0.3", "0.4", "0.6", "0.75", "1.3", "1.7", "2.4", "3.1")
_FAR = Decimal("1.25")
"""How many times the larger of two figures exceeds the smaller at least, so that no rounding makes both right."""
_DIGITS = 2
"""Significant digits that a wrong figure has at least; else it is as exact as the right one."""


def figures_given(assigned: Assigned) -> list[QuizQuestion]:
    """Which figure a source gives. A figure that is hedged by a bound is left out, since others would satisfy it too."""
    if assigned.named is not None:
        return []
    labels = [(figure.label, figure.as_of) for figure in assigned.case.key_figures]
    return [
        _question(assigned, figure)
        for figure in assigned.case.key_figures
        if figure.value > 0 and figure.qualifier in (None, "about") and is_settled_figure(assigned.case, figure)
        and labels.count((figure.label, figure.as_of)) == 1
    ]  # fmt: skip


def _question(assigned: Assigned, figure: KeyFigure) -> QuizQuestion:
    key = f"{assigned.case.id} figure {figure.label} {figure.as_of or ''}"
    source = assigned.book.sources[figure.source]
    when = f" ({figure.as_of.words})" if figure.as_of else ""
    values = [figure.value, *_others(assigned, figure)]
    options = [Option(_words(figure, value), value == figure.value) for value in values]
    return QuizQuestion(
        key, "choice", "A figure and its source",
        f"Which figure does the Founder Casebook give here, after {source.short}?",
        (Passage(f"{figure.label}{when}"),), shuffled(key, options),
        f"{figure.label}{when}: {_words(figure, figure.value)}. Source: {source.short}.", (source.id,),
    )  # fmt: skip


def _words(figure: KeyFigure, value: Decimal) -> str:
    parts = (figure.qualifier, number(value), figure.unit)
    return " ".join(part for part in parts if part)


def _others(assigned: Assigned, figure: KeyFigure) -> list[Decimal]:
    """Wrong figures: others of the same unit in this case, then fractions and multiples of the right one."""
    taken = [figure.value]
    disputed = disputed_numbers(assigned.case)
    for value in _candidates(assigned, figure):
        if len(taken) > _OTHERS:
            break
        if value not in disputed and _fits(figure, value) and all(_far_apart(value, other) for other in taken):
            taken.append(value)
    return taken[1:]


def _candidates(assigned: Assigned, figure: KeyFigure) -> Iterator[Decimal]:
    for other in assigned.case.key_figures:
        if other.unit == figure.unit and figure.value / 20 < other.value < figure.value * 20:
            yield other.value
    whole = figure.value == figure.value.to_integral_value()
    # In an order of its own for each figure, so that the right one has no rank among them that could be guessed.
    for factor in chosen(f"{assigned.case.id} {figure.label} factors", _FACTORS, len(_FACTORS)):
        value = _as_exact(figure.value * Decimal(factor), figure.value)
        yield value.to_integral_value(ROUND_HALF_EVEN) if whole else value


def _fits(figure: KeyFigure, value: Decimal) -> bool:
    """Whether a figure could be meant: no share of more than the whole, no nothing."""
    is_share = (figure.unit or "").strip().lower() in ("%", "per cent", "percent")
    return value > 0 and not (is_share and figure.value <= 100 < value)


def _far_apart(one: Decimal, other: Decimal) -> bool:
    return max(one, other) >= _FAR * min(one, other)


def _as_exact(value: Decimal, right: Decimal) -> Decimal:
    """A figure rounded to the last digit of the right one, so that neither looks the rounder."""
    exponent = right.normalize().as_tuple().exponent
    last = min(int(exponent), value.adjusted() - _DIGITS + 1)
    return value.quantize(Decimal(1).scaleb(last), ROUND_HALF_EVEN).normalize() + 0
