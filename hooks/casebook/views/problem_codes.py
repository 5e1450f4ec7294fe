"""The pages below `/problems/`: what every code of the checker means, each with a wrong and a right example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from markupsafe import Markup, escape

from casebook.book import Casebook
from casebook.codes import FAMILIES, MARK, Code, all_codes
from casebook.views.page import Page, PageSpec, Section
from casebook.views.rendering import fragment

INDEX = "problems/"
_MARKED = re.compile(rf"{MARK}(\S[^\s,\]}})]*)")


def problem_specs(_book: Casebook) -> Iterator[PageSpec]:
    """The index of codes, and a page for each."""
    yield PageSpec(INDEX, "Problem codes", "problems", "", index_page)
    for code in all_codes().values():
        yield PageSpec(code.uri, code.code, "problem", "", partial(code_page, code))


def index_page() -> Page:
    """Every code that `casebook check` can report, by family."""
    sections = []
    for family, codes in groupby(all_codes().values(), key=lambda code: code.code[:3]):
        title = f"{family}: {FAMILIES[family]}"
        sections.append(Section(family.lower(), 2, title, fragment("problem_codes", codes=list(codes)), "wide"))
    dek = "What each code of casebook check means, and what to do about it."
    lead = fragment("head", kind="For editors", title="Problem codes", dek=dek)
    return Page(INDEX, "Problem codes", "problems", dek, lead, tuple(sections))


def code_page(code: Code) -> Page:
    """One code: what it means, what to do, and two examples."""
    parts = (
        ("do", "What to do", fragment("problem_remedy", code=code)),
        ("wrong", "Wrong", fragment("problem_wrong", example=marked(code.wrong), says=code.says)),
        ("right", "Right", fragment("problem_right", example=code.right.strip("\n"), anchor=code.code.lower())),
    )
    sections = tuple(Section(identifier, 2, title, html) for identifier, title, html in parts)
    kind = f"Problem code, {FAMILIES[code.code[:3]]}"
    lead = fragment("head", kind=kind, title=code.code, dek=code.meaning)
    return Page(code.uri, code.code, "problem", code.meaning, lead, sections)


def marked(example: str) -> Markup:
    """An example in which the word that is reported is marked."""
    pieces = _MARKED.split(example.strip("\n"))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )
