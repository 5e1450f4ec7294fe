"""What every page family needs: templates, links relative to the page, dates in words, prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from html import escape as html_escape
from pathlib import Path
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from casebook.book import Casebook, Target
from casebook.dates import PartialDate
from casebook.model import Case, Claim, Quote, Source, TimelineEvent
from casebook.prose import render_prose
from casebook.views.page import Link, Slice, up

PAGES_OFFERED = 20
"""Pages of a listing that each of them links to all of."""

_CHINESE = re.compile("[\u3400-\u9fff]")
LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "ru": "Russian", "th": "Thai",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
STATUS_WORDS = {
    "pending": "Pending", "kept": "Kept", "partly-kept": "Partly kept", "missed": "Missed",
    "withdrawn": "Withdrawn", "disputed": "Disputed",
}  # fmt: skip
STRAND_WORDS = {"persona": "Persona", "product": "Product", "company": "Company", "public": "Public", "law": "Law"}
CONFIDENCE_WORDS = {"confirmed": "Confirmed", "reported": "Reported", "disputed": "Sources disagree"}
DRAFT_WORDS = {"draft": "draft", "review": "in review"}
"""What is said of a case that is not published, wherever it is named. Only a preview shows such cases."""
BADGE_WORDS = {
    "verbatim": "Verbatim", "translated": "Translated", "reported": "As reported", "unverified": "Unverified"
}  # fmt: skip


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent.parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters |= {
        "counted": counted, "date": time_element, "comma": comma, "status": status_mark, "glyph": glyph, "badges": badge_marks, "pager": pager_links,
    }  # fmt: skip
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.jinja")


def fragment(template: str, **values: object) -> Markup:
    """Render one template. Everything that is not already markup is escaped."""
    return Markup(_template(template).render(values))  # noqa: S704 - autoescaped


# What follows stands hundreds of times on a page. As template macros it took a third of the time of a build.


def time_element(value: PartialDate) -> Markup:
    """A date in words, machine-readable where HTML has a notation for it."""
    return _time_element(value.words, value.html_datetime)


@lru_cache(maxsize=16_384)
def _time_element(words: str, html_datetime: str) -> Markup:
    if html_datetime:
        return Markup(f'<time datetime="{html_datetime}">{escape(words)}</time>')  # noqa: S704 - escaped
    return Markup(f'<span class="date">{escape(words)}</span>')  # noqa: S704 - escaped


def comma(links: Iterable[Link]) -> Markup:
    """Links in a row."""
    return Markup(", ".join([link.__html__() for link in links]))  # noqa: S704 - links escape themselves


@cache
def glyph(status: str) -> Markup:
    """The sign of a claim's status: shape says how it ended, colour only repeats it."""
    return fragment("glyph", status=status)


@cache
def status_mark(status: str) -> Markup:
    """A status as sign and word."""
    return Markup(f'<span class="st st-{status}">{glyph(status)}{STATUS_WORDS[status]}</span>')  # noqa: S704 - fixed words


def badge_marks(names: Iterable[str]) -> Markup:
    """A quote's badges."""
    marks = [f'<span class="badge {name}">{BADGE_WORDS[name]}</span>' for name in names]
    return Markup(" ".join(marks))  # noqa: S704 - fixed words


def pager_links(links: list[Link], current: int) -> Markup:
    """The pages of a listing; nothing when there is only one."""
    return fragment("pager", links=links, current=current) if links else Markup("")


def capital(words: str) -> str:
    """The words as a sentence begins; nothing after the first letter is changed."""
    return f"{words[:1].upper()}{words[1:]}"


def title_of(case: Case) -> str:
    """A case's title where it cannot be a link: a case that is not published says so."""
    mark = DRAFT_WORDS.get(case.status)
    return f"{case.title} ({mark})" if mark else case.title


def certainty(event: TimelineEvent) -> str:
    """What is said of an event beside its date; nothing where it is confirmed."""
    if event.confidence == "reported":
        return "reported once" if len(event.cites) == 1 else "unconfirmed"
    return "" if event.confidence == "confirmed" else CONFIDENCE_WORDS[event.confidence].lower()


def number(value: Decimal) -> str:
    """A figure with thousands separators and no idle zeros: `100,000`, `93.5`."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 minute`, `9 minutes`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def file_size(count: int) -> str:
    """A file's size: `512 bytes`, `46 kB`, `2.4 MB`."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def language(tag: str) -> str:
    """A language in English words."""
    return LANGUAGES.get(tag.partition("-")[0], tag)


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese characters."""
    return _CHINESE.search(text) is not None


def text_fragment_url(url: str, exact: str) -> str:
    """The address that opens a page at the quoted words (WICG Text Fragments).

    Long quotations are given by their first and last words, as that specification advises.
    """
    words = exact.split()
    if len(exact) <= 80:
        wanted = _encode(exact)
    elif len(words) > 8:
        wanted = f"{_encode(' '.join(words[:4]))},{_encode(' '.join(words[-4:]))}"
    else:
        wanted = f"{_encode(exact[:12])},{_encode(exact[-12:])}"
    return f"{url.partition('#')[0]}#:~:text={wanted}"


def _encode(text: str) -> str:
    # The specification gives "-", "&" and "," a meaning, and quote() leaves "-" alone.
    return percent_encode(text, safe="").replace("-", "%2D")


def host(url: str) -> str:
    """The host of an address, as a short label for a link."""
    return urlsplit(url).netloc.removeprefix("www.")


class View:
    """One page's way of making links and prose: everything is relative to where the page stands."""

    def __init__(self, book: Casebook, uri: str, case: Case | None = None) -> None:
        self.book = book
        self.uri = uri
        self.root = up(uri)
        self.case = case
        """The case whose own page this is; its local ids are anchors here."""
        self.numbers: dict[str, int] = {}
        """Source id → number, in the order of first citation, on a case's page."""
        self._links: dict[tuple[str, str], Link] = {}

    def path(self, uri: str) -> str:
        """A page's address relative to this one."""
        return f"{self.root}{uri}" or "./"

    def to(self, target: Target, words: str = "") -> Link:
        """A link to a target, local when it stands on this page."""
        page, _, anchor = target.uri.partition("#")
        href = f"#{anchor}" if anchor and page == self.uri else self.path(target.uri)
        return Link(href, words or target.label, target.lang, self._mark(page) if page != self.uri else "")

    def _mark(self, page: str) -> str:
        """What is said of a link to a case that is not published."""
        if not page.startswith("cases/"):
            return ""
        case = self.book.cases.get(page.split("/", 2)[1])
        return DRAFT_WORDS.get(case.status, "") if case else ""

    def link(self, reference: str, within: Case | None = None, words: str = "") -> Link:
        """A link to whatever a reference names."""
        case = within or self.case
        key = (reference, case.id if case else "")
        found = self._links.get(key)
        if found is None:
            found = self._links[key] = self.to(self.book.target(reference, case))
        return found._replace(label=words) if words else found

    def links(self, references: Iterable[str], within: Case | None = None) -> list[Link]:
        """Links to several references."""
        return [self.link(reference, within) for reference in references]

    def source_link(self, source_id: str) -> Link:
        """A link to a source: to its entry on a case's page, else to its own page."""
        source = self.book.sources[source_id]
        if self.case is not None:
            self.number_of(source_id)
            return Link(f"#source-{source_id}", source.short)
        return Link(self.path(f"sources/{source_id}/"), source.short)

    def source_links(self, source_ids: Iterable[str]) -> list[Link]:
        """Links to several sources; those that share a short name are told apart by their dates."""
        ids = list(dict.fromkeys(source_ids))
        shared = Counter(self.book.sources[source_id].short for source_id in ids)
        return [
            self._with_date(source_id)
            if shared[self.book.sources[source_id].short] > 1
            else self.source_link(source_id)
            for source_id in ids
        ]

    def _with_date(self, source_id: str) -> Link:
        link, issued = self.source_link(source_id), self.book.sources[source_id].csl.issued
        return link._replace(label=f"{link.label} ({issued.words if issued else 'undated'})")

    def number_of(self, source_id: str) -> int:
        """The source's number on this page, given at its first citation."""
        return self.numbers.setdefault(source_id, len(self.numbers) + 1)

    def prose(self, text: str, scope: str, within: Case | None = None) -> Markup:
        """A prose field as HTML, without paragraph numbers."""
        return render_prose(text, ProseLinks(self, within), scope=scope).html

    def badges(self, case: Case, quote: Quote) -> list[str]:
        """The names of a quote's badges."""
        badge = self.book.badges.get(f"{case.id}#{quote.id}", "unverified")
        return [badge, "translated"] if badge == "verbatim" and quote.translation else [badge]

    def pager(self, part: Slice, first_uri: str) -> list[Link]:
        """Links to a listing's pages; none when there is only one."""
        if part.count == 1:
            return []
        return [
            Link(self.path(first_uri if number == 1 else f"{first_uri}pages/{number}/"), str(number))
            for number in _offered(part)
        ]


def _offered(part: Slice) -> list[int]:
    """The pages that a page of a listing leads to: all of a short one; the ends, those near by and some far ones of a long one."""
    if part.count <= PAGES_OFFERED:
        return list(range(1, part.count + 1))
    steps = [0, 1, 2, *(10**power for power in range(1, len(str(part.count))))]
    near = {part.number + sign * step for step in steps for sign in (1, -1)}
    return sorted({1, part.count, *(number for number in near if 1 <= number <= part.count)})


class ProseLinks:
    """Resolves references inside prose for one page, with sources numbered and noted in the margin."""

    def __init__(self, view: View, within: Case | None = None, *, notes: bool = False) -> None:
        self.view = view
        self.within = within or view.case
        self.notes = notes
        self._noted: set[str] = set()

    def reference(self, target: str, words: str) -> str:
        """A link; `words` is safe HTML already."""
        link = self.view.link(target, self.within)
        term = ' class="term"' if self.view.book.kinds.get(target) == "terms" else ""
        return f'<a{term} href="{html_escape(link.href)}">{words or html_escape(link.label)}</a>'

    def citation(self, sources: list[tuple[str, str]]) -> str:
        """Numbers on a case's page, short names elsewhere."""
        if self.view.case is None:
            return " (" + "; ".join(self._named(*source) for source in sources) + ")"
        return '<span class="cite" aria-hidden="true">,</span>'.join(self._numbered(*source) for source in sources)

    def _named(self, source_id: str, locator: str) -> str:
        link = self.view.source_link(source_id)
        more = f", {locator}" if locator else ""
        return f'<a href="{link.href}">{html_escape(link.label)}</a>{more}'

    def _numbered(self, source_id: str, locator: str) -> str:
        shown = self.view.number_of(source_id)
        more = f", {locator}" if locator else ""
        mark = f'<a class="cite" href="#source-{source_id}" aria-label="Source {shown}">{shown}{more}</a>'
        if not self.notes or source_id in self._noted:
            return mark
        self._noted.add(source_id)
        source = self.view.book.sources[source_id]
        when = f", {source.csl.issued.words}" if source.csl.issued else ""
        return f'{mark}<span class="sn" aria-hidden="true"><b>{shown}</b>{html_escape(source.short)}{html_escape(when)}</span>'


def claim_days(claim: Claim) -> str:
    """`day 117 of 134`, or `day 140, due on day 134`, for a claim with a due date that was settled on a known day."""
    last = claim.history[-1]
    if claim.due is None or claim.status == "pending" or claim.made_on.precision != "day" or last.on.precision != "day":
        return ""
    spent = (last.on.earliest - claim.made_on.earliest).days
    due = (claim.due.latest - claim.made_on.earliest).days
    return f"day {spent} of {due}" if spent <= due else f"day {spent}, due on day {due}"


def source_facts(source: Source) -> list[str]:
    """Kind, independence and language of a source, in words."""
    return [source.kind, source.independence, language(source.csl.language)]


def description(text: str, limit: int = 180) -> str:
    """Plain text cut at a word, for descriptions."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
