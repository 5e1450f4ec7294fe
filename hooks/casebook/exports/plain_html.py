"""The casebook's HTML reduced to what Markdown has: paragraphs, lists, tables, quotations, emphasis, links.

What a style sheet does on the site (a date set beside its event, a rule between two facts) has to be said in words and
punctuation here. A class that is not listed costs nothing but polish: its element becomes plain paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
GROUPS = frozenset({"div", "header", "article", "section", "figure", "details", "nav"})
BLOCKS = frozenset({"p", "blockquote", "pre", "table", "ul", "ol", "dl", "figcaption", "h1", "hr"}) | HEADINGS | GROUPS
LABELLED = frozenset({"tl", "did", "rel-list", "lessons"})
"""Lists whose items begin with a short paragraph that labels the rest: a date, a role, a relation."""
UNNUMBERED = frozenset({"tl", "did", "quotes", "steps"})
"""Ordered lists whose numbers the site does not show, because the order is that of time."""
LOOSE = "data-loose"
"""The mark of a list with more than a line of text in an item."""
DROPPED = frozenset({"chart-key", "filters", "key", "vh"})
"""Controls, legends of drawn lines, and words for screen readers that repeat the section's heading."""


def reduce_html(html: str) -> BeautifulSoup:
    """Parse a page's fragment and reduce it."""
    return reduce_tree(BeautifulSoup(html, "html.parser"))


def reduce_tree(soup: BeautifulSoup) -> BeautifulSoup:
    """Reduce a page's fragment, in place.

    Every `id` is kept as an empty `<a id>`: in front of what it names, or as the first thing in it.
    """
    for element in [element for element in tags(soup) if _is_unseen(element)]:
        element.extract()
    for element in tags(soup):
        for name in element.get("class") or ():
            if name in _REWRITES:
                _REWRITES[name](element)
        _rewrite_tag(element)
    items = [element for element in tags(soup) if element.name == "li"]
    for item in items:
        _reduce_item(item)
    for item in items:
        _mark_loose(item)
    for element in tags(soup):
        if "id" in element.attrs:
            _keep_address(element, soup)
    return soup


def tags(element: Tag) -> list[Tag]:
    """All elements inside one, as they are now. Several times faster than `find_all`."""
    return [child for child in element.descendants if isinstance(child, Tag)]


def _is_unseen(element: Tag) -> bool:
    if element.name == "svg" or element.get("aria-hidden") == "true":
        return True
    return element.name != "h1" and not DROPPED.isdisjoint(element.get("class") or ())


def content(element: Tag) -> Iterator[Tag | NavigableString]:
    """Children that are not mere white space."""
    for child in element.children:
        if isinstance(child, Tag) or (isinstance(child, NavigableString) and child.strip()):
            yield child


def _holds_blocks(element: Tag) -> bool:
    """Whether an element holds more than running text and lists."""
    return any(child.name in BLOCKS and child.name not in {"ul", "ol"} for child in tags(element))


def _separate(mark: str) -> Callable[[Tag], None]:
    """A rewrite that sets a mark between an element's children and drops the white space there."""

    def rewrite(element: Tag) -> None:
        for child in element.find_all(recursive=False)[:-1]:
            following = child.next_sibling
            if isinstance(following, NavigableString) and not following.strip():
                following.extract()
            child.insert_after(mark)

    return rewrite


def _run_together(element: Tag) -> None:
    """Several short paragraphs become one."""
    _separate(" · ")(element)
    for paragraph in element.find_all("p", recursive=False):
        paragraph.unwrap()
    element.name = "p"


def _pager(element: Tag) -> None:
    pages = element.find_all("li")
    element.name = "p"
    element.clear()
    element.append("Pages: ")
    for page in pages:
        page.name = "span"
        element.append(page)
        element.append(" ")


def _after_colon(element: Tag) -> None:
    before = element.previous_sibling
    if isinstance(before, NavigableString) and not before.strip():
        before.extract()
    element.insert_before(": ")


def _bracketed(element: Tag) -> None:
    if element.name == "a":
        element.insert(0, "[")
        element.append("]")


def _bracketed_within(element: Tag) -> None:
    for link in element.find_all("a"):
        _bracketed(link)


def _paragraph_number(element: Tag) -> None:
    element.insert(0, "¶ ")
    element.insert_after(" ")


def _in_brackets(element: Tag) -> None:
    element.insert(0, "(")
    element.append(")")


_REWRITES: dict[str, Callable[[Tag], None]] = {
    "particulars": _separate(" · "),
    "rel": _separate(", "),
    "meta": _run_together,
    "side": _run_together,
    "pager": _pager,
    "step-word": _after_colon,
    "cite": _bracketed,
    "footnote-ref": _bracketed_within,
    "pn": _paragraph_number,
    "sure": _in_brackets,
}


def _rewrite_tag(element: Tag) -> None:
    if element.name == "small":
        previous = element.previous_sibling
        if isinstance(previous, Tag) or (previous is not None and not str(previous)[-1:].isspace()):
            element.insert_before(" ")
    elif element.name == "details":
        element.name = "div"
    elif element.name == "summary":
        _embolden(element)
    elif element.name == "dl":
        _list_definitions(element)
    elif element.name == "th" and element.get("scope") == "rowgroup":
        _head_rows(element)


def _embolden(element: Tag) -> None:
    """Turn a heading inside an item into a bold paragraph: a heading in a list has no place in an outline."""
    element.name = "strong"
    element.wrap(Tag(name="p"))


def _head_rows(cell: Tag) -> None:
    """Turn the head of a group of rows into a bold cell: in Markdown a table has one head."""
    words = Tag(name="strong")
    words.extend(list(cell.contents))
    cell.append(words)
    cell.name = "td"


def _list_definitions(element: Tag) -> None:
    """Turn a definition list, which CommonMark lacks, into `- **term:** value; value`."""
    item: Tag | None = None
    items: list[Tag] = []
    for part in element.find_all(["dt", "dd"]):
        if part.name == "dt" or item is None:
            item = Tag(name="li")
            items.append(item)
        elif item.find("dd-end") is not None:
            item.append("; ")
        _add_definition(item, part)
    for end in [end for item in items for end in item.find_all("dd-end")]:
        end.decompose()
    element.name = "ul"
    element.clear()
    element.extend(items)


def _add_definition(item: Tag, part: Tag) -> None:
    """Move a term or a value into the item; values leave a mark, so that the next one is set off from it."""
    children = list(part.contents)
    if part.name == "dt":
        term = Tag(name="strong")
        term.extend([*children, ":"])
        item.extend([term, " "])
    else:
        item.extend([*children, Tag(name="dd-end")])


def _reduce_item(item: Tag) -> None:
    for heading in tags(item):
        if heading.name in HEADINGS:
            _embolden(heading)
    parent = item.parent
    classes = frozenset((parent.get("class") or ()) if parent else ())
    if parent and not classes.isdisjoint(UNNUMBERED):
        parent.name = "ul"
    if not classes.isdisjoint(LABELLED):
        _join_label(item)
    only = list(content(item))
    if len(only) == 1 and isinstance(only[0], Tag) and only[0].name == "p":
        only[0].unwrap()


def _mark_loose(item: Tag) -> None:
    """Mark the list of an item that holds blocks: its items are set apart by blank lines."""
    if item.parent and LOOSE not in item.parent.attrs and _holds_blocks(item):
        item.parent[LOOSE] = ""


def _join_label(item: Tag) -> None:
    """Set an item's first paragraph before the next one, with a colon."""
    label = next(content(item), None)
    if not isinstance(label, Tag) or label.name != "p":
        return
    following = label.find_next_sibling()
    while following is not None and following.name in GROUPS:
        first = next(content(following), None)
        following = first if isinstance(first, Tag) else None
    if following is None or following.name != "p":
        return
    for line_break in label.find_all("br"):
        line_break.replace_with(", ")
    children = list(label.extract().contents)
    if children:
        following.insert(0, *children, ": ")


def _keep_address(element: Tag, soup: BeautifulSoup) -> None:
    address = soup.new_tag("a", id=str(element["id"]))
    if element.name == "a" and "href" not in element.attrs:
        return
    del element["id"]
    if element.name in {"a", "table", "ul", "ol", "dl", "span"}:
        is_inline = element.name in {"a", "span"}
        element.insert_before(address if is_inline else _paragraph(address))
        return
    place = _first_cell(element) if element.name == "tr" else element
    first = next(content(place), None)
    while isinstance(first, Tag) and (first.name in GROUPS or (first.name == "p" and place.name != "p")):
        place, first = first, next(content(first), None)
    if isinstance(first, Tag) and first.name in BLOCKS:
        first.insert_before(_paragraph(address))
    else:
        place.insert(0, address)


def _first_cell(row: Tag) -> Tag:
    cell = row.find(["th", "td"])
    return cell if isinstance(cell, Tag) else row


def _paragraph(address: Tag) -> Tag:
    paragraph = Tag(name="p")
    paragraph.append(address)
    return paragraph
