"""What a listing can be filtered by: the values of its rows, how many rows have each, and the form that offers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from casebook.views.page import Row
from casebook.views.rendering import fragment

OPTIONS_A_FACET = 40
"""Options of a facet in the form of a listing of several pages. The rest is in the index, which is fetched when needed."""


class Facet(NamedTuple):
    """One respect in which rows differ."""

    id: str
    """Its name in the address: `?person=lei-jun`."""
    label: str
    values: Callable[[Any], Iterable[str]]
    """A row's values: ids, years, statuses; never with a space."""
    words: Callable[[str], str]
    """A value in words."""
    order: Callable[[str], Any] | None = None
    """What options are ordered by; without it the most frequent come first."""


@dataclass(frozen=True)
class FacetColumn:
    """A facet's values in all rows of a listing."""

    facet: Facet
    values: tuple[str, ...]
    """In the order in which they are offered."""
    counts: Counter[str]
    """Value → number of rows that have it."""
    rows: tuple[tuple[str, ...], ...]
    """The values of each row, each once."""

    @property
    def divides(self) -> bool:
        """Whether any choice here would leave rows out."""
        return any(count < len(self.rows) for count in self.counts.values())

    @cached_property
    def frequent(self) -> list[str]:
        """The values that most rows have, as many as fit into a form, in the order in which they are offered."""
        chosen = {value for value, _ in self.counts.most_common(OPTIONS_A_FACET)}
        return [value for value in self.values if value in chosen]


def facet_column(facet: Facet, rows: Sequence[Any]) -> FacetColumn:
    """Go through the rows once and count."""
    values = tuple(tuple(dict.fromkeys(facet.values(row))) for row in rows)
    counts = Counter(value for of_row in values for value in of_row)
    order = facet.order or (lambda value: (-counts[value], facet.words(value).casefold(), value))
    return FacetColumn(facet, tuple(sorted(counts, key=order)), counts, values)


@dataclass(frozen=True)
class Facets:
    """The facets of one listing, counted when a page asks for the first time: its pages share one count."""

    facets: tuple[Facet, ...]
    rows: Sequence[Any]
    size: int
    """Rows a page."""

    @cached_property
    def columns(self) -> tuple[FacetColumn, ...]:
        """Those facets by which the rows can be told apart."""
        columns = [facet_column(facet, self.rows) for facet in self.facets]
        return tuple(column for column in columns if column.divides)

    @property
    def has_index(self) -> bool:
        """Whether the rows stand on several pages, so that a filter needs an index of them all."""
        return len(self.rows) > self.size and bool(self.columns)

    def mark(self, row: Any) -> Markup:
        """The attribute by which a script knows a row; it holds the row's values where no index does."""
        if not self.columns:
            return Markup("")
        if self.has_index:
            return Markup(" data-f")
        names = [
            f"{column.facet.id}:{value}"
            for column in self.columns
            for value in dict.fromkeys(column.facet.values(row))
        ]  # fmt: skip
        return Markup(' data-f="{}"').format(" ".join(names))

    def form(self, address: str, noun: tuple[str, str]) -> Markup:
        """The form over a page of the listing. `address` is the listing's first page, seen from there."""
        if not self.columns:
            return Markup("")
        facets = [
            Row(
                id=column.facet.id, label=column.facet.label,
                options=[
                    (value, column.facet.words(value), column.counts[value])
                    for value in (column.frequent if self.has_index else column.values)
                ],
                more=self.has_index and len(column.values) > OPTIONS_A_FACET,
            )
            for column in self.columns
        ]  # fmt: skip
        index = f"{address}facets.json" if self.has_index else ""
        return fragment("filters", facets=facets, address=address, index=index, noun=noun)

    def index(self) -> dict[str, Any]:
        """Every row's values, in the order of the listing: numbers of the values beside them, a list where a row has several."""
        return {
            "size": self.size,
            "total": len(self.rows),
            "facets": {column.facet.id: _indexed(column) for column in self.columns},
        }


def _indexed(column: FacetColumn) -> dict[str, Any]:
    number = {value: n for n, value in enumerate(column.values)}
    rows = [[number[value] for value in of_row] for of_row in column.rows]
    return {
        "values": [[value, column.facet.words(value)] for value in column.values],
        "rows": [of_row[0] if len(of_row) == 1 else of_row for of_row in rows],
    }
