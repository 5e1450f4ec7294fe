"""Old addresses of cases, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.model import Case
from casebook.views.page import Link, Page, PageSpec
from casebook.views.rendering import View, fragment


def redirect_specs(book: Casebook) -> Iterator[PageSpec]:
    """A page at every alias of a case. It says where the case went, and needs no server to do so."""
    for case in book.cases.values():
        for alias in case.aliases:

            def build(alias: str = alias, case: Case = case) -> Page:
                view = View(book, f"cases/{alias}/")
                lead = fragment("redirect", case=Link(view.path(f"cases/{case.id}/"), case.title))
                return Page(view.uri, case.title, "redirect", f"Moved to {case.title}.", lead)

            yield PageSpec(f"cases/{alias}/", case.title, "redirect", book.files[case.id], build)
