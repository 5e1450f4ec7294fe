"""Words of the glossary are marked where prose links to them."""

from __future__ import annotations

import builders
from casebook.views.rendering import View


def test_link_to_a_term_is_told_from_other_links():
    book = builders.load().casebook
    assert book is not None
    html = View(book, "cases/first-case/", book.cases["first-case"]).prose("A [[keynote]] by [[ada]].", "x")
    assert '<a class="term" href="../../glossary/#keynote">Keynote</a>' in html
    assert '<a href="../../people/ada/">Ada</a>' in html
