"""How a learning platform is spoken to: links that lead out to the site, titles that fit, words that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from markupsafe import Markup

from casebook.book import Casebook
from casebook.exports.plain_html import reduce_html
from casebook.prose import render_prose
from casebook.views.rendering import description

LONGEST_TITLE = 120
"""Characters of the longest title. Platforms cut at 255 or refuse more; menus show far fewer."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text with what XML 1.0 cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def fitting_title(text: str) -> str:
    """A title in one line, cut at a word where it is too long."""
    return description(" ".join(clean(text).split()), LONGEST_TITLE)


def web_address(url: str) -> str:
    """The address in ASCII, as importers that check addresses want it: what is encoded already stays as it is."""
    return quote(clean(url), safe="!#$%&'()*+,/:;=?@[]~")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things stand on the site, as far as the site's own address is known."""

    book: Casebook
    site_url: str

    def page(self, uri: str) -> str:
        """A page's absolute address; empty where the site's is not known."""
        return web_address(f"{self.site_url}{uri}") if self.site_url else ""

    def links(self, references: Iterable[str]) -> list[Markup]:
        """A link for each `case-id#local-id` or global id, in the words of what it leads to."""
        return [self._link(reference) for reference in references]

    def _link(self, reference: str) -> Markup:
        target = self.book.target(reference)
        words = self.book.sources[reference].name if target.kind == "sources" else target.label
        return self._to(target.uri, Markup.escape(description(words, LONGEST_TITLE)), target.lang)

    def _to(self, uri: str, words: Markup, lang: str = "") -> Markup:
        marked = Markup('<span lang="{}">{}</span>').format(lang, words) if lang else words
        address = self.page(uri)
        return Markup('<a href="{}">{}</a>').format(address, marked) if address else marked

    def prose(self, text: str) -> Markup:
        """Prose in Markdown as well-formed XHTML, its references led to the site."""
        html = render_prose(text, self, scope="prose").html
        return Markup(reduce_html(html).decode(formatter="minimal"))  # noqa: S704 - a tree of sanitised elements

    def reference(self, target: str, words: str) -> str:
        """The link for `[[target|words]]`; `words` is safe HTML already."""
        found = self.book.target(target)
        shown = Markup(words) if words else Markup.escape(found.label)  # noqa: S704 - sanitised by `render_prose`
        return self._to(found.uri, shown, found.lang)

    def citation(self, sources: list[tuple[str, str]]) -> str:
        """The sources by their short names; a locator is safe HTML already."""
        named = []
        for source_id, locator in sources:
            words = Markup(escape(self.book.sources[source_id].short))  # noqa: S704 - escaped
            named.append(f"{self._to(f'sources/{source_id}/', words)}{f', {locator}' if locator else ''}")
        return f" ({'; '.join(named)})"
