"""Signposts at addresses where something stood: what moved, and cases that were taken back."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book import Casebook
from casebook.model import Case
from casebook.views.page import Link, Page, PageSpec
from casebook.views.rendering import View, capital, fragment

NOUNS = {
    "cases": "case", "readings": "reading list", "people": "person", "organisations": "organisation",
    "platforms": "platform", "products": "product", "themes": "theme", "lessons": "lesson", "sources": "source",
}  # fmt: skip
"""What has a page of its own, as a reader calls it. Terms stand together in the glossary."""


def redirect_specs(book: Casebook) -> Iterator[PageSpec]:
    """A page at every former address. It says where its matter went, and needs no server to do so."""
    for old, new in book.former_ids.items():
        family, _, name = new.rpartition("/")
        kind = family or book.kinds[name]
        if kind in NOUNS:
            former = old.rpartition("/")[2]
            label = _label(book, kind, name)
            file = book.files[name] if name in book.cases else ""
            yield _moved(book, f"{kind}/{former}/", f"{kind}/{name}/", label, NOUNS[kind], file)
            if name in book.cases:
                to = f"{kind}/{name}/teach/"
                yield _moved(book, f"{kind}/{former}/teach/", to, f"Teaching note: {label}", "teaching note", file)
            if name in book.cases or kind == "readings":
                to = f"{kind}/{name}/changes/"
                yield _moved(book, f"{kind}/{former}/changes/", to, f"Changes: {label}", "page", file)


def _label(book: Casebook, kind: str, name: str) -> str:
    if kind == "readings":
        return book.readings[name].title
    return book.retired[name].title if name in book.retired else book.label(name)


def _moved(book: Casebook, old: str, new: str, label: str, noun: str, file: str = "") -> PageSpec:
    def build() -> Page:
        view = View(book, old)
        lead = fragment("redirect", target=Link(view.path(new), label), noun=noun)
        return Page(view.uri, label, "redirect", f"Moved to {label}.", lead)

    return PageSpec(old, label, "redirect", file, build)


def retired_specs(book: Casebook) -> Iterator[PageSpec]:
    """A page for every case that was taken back, for its teaching note and for its changes: that it was, when, why, and what is instead.

    Nothing else of the case is shown, its casefile neither.
    """
    for case in book.retired.values():
        for uri in (f"cases/{case.id}/", f"cases/{case.id}/teach/", f"cases/{case.id}/changes/"):

            def build(uri: str = uri, case: Case = case) -> Page:
                return _retired_page(book, uri, case)

            yield PageSpec(uri, case.title, "retired", "", build)


def _retired_page(book: Casebook, uri: str, case: Case) -> Page:
    view = View(book, uri)
    instead = view.links(case.retired.instead) if case.retired else []
    lead = fragment("retired", case=case, retired=case.retired, why=_sentence(case), instead=instead)
    return Page(uri, case.title, "retired", f"This case was retired. {_sentence(case)}", lead)


def _sentence(case: Case) -> str:
    return capital(case.retired.why) if case.retired else ""
