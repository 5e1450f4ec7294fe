"""The Markdown tree: what the converter makes of tricky fragments, and whether plain MkDocs builds the whole of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import cmarkgfm
import markdown
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from casebook.book import Casebook
from casebook.cli import main
from casebook.exports.markdown import export_markdown, front_matter, page_markdown
from casebook.exports.markdown_text import escape_text, to_markdown
from casebook.pipeline import build_pages, load_casebook
from casebook.views.page import Page, Section

ROOT = Path(__file__).resolve().parents[2]
EXTENSIONS = ["attr_list", "def_list", "footnotes", "tables", "toc", "fenced_code", "admonition"]
SITE = "http://site/"


def convert(html: str) -> str:
    return to_markdown(html, lambda href: href)


def python_markdown(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def commonmark(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=["table", "strikethrough"])


READERS = [pytest.param(python_markdown, id="python-markdown"), pytest.param(commonmark, id="commonmark")]


def tag_names(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return [node.tag for node in body.css("*")][1:] if body else []


def text_of(html: str) -> str:
    body = LexborHTMLParser(html).body
    return "".join(body.text().split()) if body else ""


TRICKY = [
    "# not a heading", "C# and F#", "#tag", "1. not a list", "2024. Then", "12) so", "- dash", "+ plus", "* star",
    "---", "===", "a | b | c", "[link](http://x.y)", "![picture](x)", "[^1]: note", "[a]: http://x",
    "*[HTML]: abbreviation", "<b>bold</b>", "<script>alert(1)</script>", "<!-- hidden", "</p>", "&copy; &amp; AT&T",
    "**bold** _it_ `code`", "```", "~~~", "~~gone~~", ": definition", "!!! note", "::: box", "{#id} {: .c} {{ jinja }}",
    "C:\\new\\", 'He said "no"', "> quoted", "=== tab", "Wow!", "小米# 雷军*", "<http://x.y>", "a\\",
]  # fmt: skip
SHAPES = {
    "paragraph": "<p>{}</p>",
    "item": "<ul><li>{}</li><li>two</li></ul>",
    "quotation": "<blockquote><p>{}</p></blockquote>",
    "cell": "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>{}</td><td>2</td></tr></tbody></table>",
    "heading": "<h3>{}</h3>",
    "link": '<p><a href="x">{}</a>!<a href="y">z</a></p>',
    "emphasis": "<p>a <em>{}</em> b</p>",
    "line": "<p>a<br>{}</p>",
    "group": "<div>{}</div>",
    "number first": "<p><span>12</span>{}</p>",
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", TRICKY)
def test_text_stays_text(text, shape, read):
    html = read(convert(SHAPES[shape].format(escape(text))))
    assert text_of(html) == text_of(SHAPES[shape].format(escape(text)))
    assert tag_names(html) == tag_names(read(convert(SHAPES[shape].format("plain"))))


PIECES = st.one_of(st.text("ab1 #*_[]()<>&;.-+=~:|`\\!{}\"'^$@%?/", max_size=6), st.sampled_from(TRICKY))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join).filter(str.strip), st.sampled_from(sorted(SHAPES)))
def test_text_put_together_from_markup_stays_text(text, shape):
    source = convert(SHAPES[shape].format(escape(text)))
    for read in (python_markdown, commonmark):
        assert text_of(read(source)) == text_of(SHAPES[shape].format(escape(text)))
        assert tag_names(read(source)) == tag_names(read(convert(SHAPES[shape].format("plain"))))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("title", TRICKY)
def test_title_of_a_section_stays_one_heading(title, read):
    html = read(f"## {escape_text(title)}")
    assert tag_names(html) == ["h2"]
    assert text_of(html) == text_of(escape(title))


def test_paragraph_keeps_its_address_and_number():
    html = '<p id="p-it-began"><a class="pn" href="#p-it-began" aria-label="Paragraph 1">1</a>It began.</p>'
    assert convert(html) == '<a id="p-it-began"></a>[¶ 1](#p-it-began) It began.'


def test_citation_is_bracketed_and_its_margin_note_dropped():
    html = (
        '<p>so <a class="cite" href="#source-a" aria-label="Source 5">5</a>'
        '<span class="sn" aria-hidden="true"><b>5</b>A</span>'
        '<span class="cite" aria-hidden="true">,</span><a class="cite" href="#source-b">6</a>.</p>'
    )
    assert convert(html) == r"so [\[5\]](#source-a)[\[6\]](#source-b)."


def test_event_is_one_item_with_its_date_in_front():
    html = (
        '<ol class="tl"><li id="nap" class="reported strand-x"><p class="when"><time>2024</time> <small>at noon</small>'
        ' <small class="sure">reported once</small></p><div class="what"><h3>A nap</h3><p>On a mat.</p></div></li>'
        '<li id="b"><p class="when">2025</p><div><h3>B</h3></div></li></ol>'
    )
    assert convert(html) == (
        '-   <a id="nap"></a>2024 at noon (reported once): **A nap**\n\n    On a mat.\n\n-   <a id="b"></a>2025: **B**'
    )


def test_quotation_in_a_list_keeps_its_address_and_its_lines():
    html = (
        '<ol class="quotes"><li id="q"><blockquote cite="x"><p lang="zh">不</p><p>“No”</p></blockquote>'
        '<div class="meta rec"><p><a href="../x/">X</a></p>\n<p>2024</p></div></li></ol>'
    )
    assert convert(html) == '-   <a id="q"></a>\n\n    > 不\n    >\n    > “No”\n\n    [X](../x/) · 2024'


def test_definition_list_becomes_bold_terms():
    figure = '<dt>Cars<small>2024</small></dt><dd>5 <small>SU7</small></dd><dd><a href="#s">S</a></dd>'
    html = f'<dl id="f"><div>{figure}</div></dl>'
    assert convert(html) == '<a id="f"></a>\n\n-   **Cars 2024:** 5 SU7; [S](#s)'


def test_table_row_keeps_its_address_and_a_list_stays_in_its_cell():
    html = (
        '<table><caption class="vh">Hidden</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody>'
        '<tr id="r"><th scope="row">a</th><td><ul><li>x</li><li>y</li></ul></td></tr></tbody></table>'
    )
    assert convert(html) == '| A | B |\n| --- | --- |\n| <a id="r"></a>a | x<br>y |'


def test_glyph_is_dropped_and_its_word_kept():
    assert convert('<p><span class="st"><svg><circle/></svg>Kept</span></p>') == "Kept"


def test_pager_becomes_a_line_of_links():
    pages = '<li><a href="./" aria-current="page">1</a></li><li><a href="2/">2</a></li>'
    html = f'<nav class="pager rec"><ol>{pages}</ol></nav>'
    assert convert(html) == "Pages: [1](./) [2](2/)"


def test_answer_note_is_unfolded():
    html = "<ol><li><div><p>Why?</p><details><summary>Answer note</summary><p>So.</p></details></div></li></ol>"
    assert convert(html) == "1.  Why?\n\n    **Answer note**\n\n    So."


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
        "<ul><li><p>a</p><p>b</p><ol><li>c</li></ol></li><li><p>d</p><p>e</p></li></ul>",
        "<ol>" + "<li><p>a</p><p>b</p></li>" * 101 + "</ol>",
        "<ul><li>a</li></ul><ol><li>b</li></ol><p>c</p>",
        "<blockquote><p>a</p><ul><li>b</li></ul></blockquote><p>c</p>",
        "<p>a</p><pre><code>x &lt; y\n\n``` z</code></pre><p>b</p>",
        "<ul><li><p>a</p><p>b</p><pre><code>x\n\ny</code></pre></li></ul>",
        "<p>a <code>*b* `c` &lt;d&gt;</code> <strong>e</strong> <em>f</em></p>",
    ],
)  # fmt: skip
def test_nesting_survives(html, read):
    assert tag_names(read(convert(html))) == tag_names(html)
    assert text_of(read(convert(html))) == text_of(html)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "href",
    [
        "https://x.y/a?b=1&copy;=2",
        "https://x.y/a_(b)",
        "https://x.y/)(",
        "https://x.y/a#:~:text=Is%20it,a%2Db",
        "https://x.y/*a*_b_",
    ],
)
def test_external_address_is_unchanged(href, read):
    html = read(convert(f'<p><a href="{escape(href)}">x</a></p>'))
    assert [node.attributes["href"] for node in LexborHTMLParser(html).css("a")] == [href]


@pytest.mark.parametrize("text", [*TRICKY, "a\n---\nb: c", "\x7f\x85\u2028\ufeff", "yes", "2024-11-13", ""])
def test_front_matter_is_yaml_and_gives_the_text_back(text):
    lines = front_matter([("title", text), ("themes", [text])]).splitlines()
    assert lines[0] == lines[-1] == "---"
    assert len(lines) == 4
    assert yaml.safe_load("\n".join(lines[1:-1])) == {"title": text, "themes": [text]}


def test_sections_of_a_part_stand_one_level_below_it(book):
    sections = (Section("a", 2, "A"), Section("p", 1, "P"), Section("b", 2, "B # b", Markup("<h3>c</h3>")))
    page = Page("x/", "X", "kind", "", Markup("<h1>X</h1>"), sections)
    headings = [line for line in page_markdown(page, "", book, {}).splitlines() if line.startswith("#")]
    assert headings == ["# X", "## A", "## P", r"### B \# b", "#### c"]


@pytest.fixture(scope="module")
def book() -> Casebook:
    loaded = load_casebook(ROOT / "casefiles")
    assert loaded.casebook is not None
    return loaded.casebook


@dataclass
class Built:
    """The exported tree and the site that plain MkDocs makes of it."""

    tree: Path
    status: int
    log: str
    pages: dict[str, LexborHTMLParser]


@pytest.fixture(scope="module")
def built(book, tmp_path_factory) -> Built:
    tree = tmp_path_factory.mktemp("export") / "tree"
    export_markdown(book, ROOT / "casefiles", tree)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    site = tree / "site"
    pages = {
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/": LexborHTMLParser(
            path.read_text(encoding="utf-8")
        )
        for path in site.rglob("index.html")
    }
    return Built(tree, done.returncode, done.stderr, {uri.removeprefix("/"): page for uri, page in pages.items()})


def internal_links(uri: str, document: LexborHTMLParser, selector: str) -> Iterator[tuple[str, str]]:
    """Page and anchor of each link that stays on the site."""
    for node in document.css(selector):
        parts = urlsplit(urljoin(SITE + uri, node.attributes["href"] or ""))
        if parts.netloc == "site":
            # A list in the builder's address is for its script, which the tree has not.
            is_list = parts.path == "/teach/builder/" and parts.fragment.startswith("v=")
            yield parts.path.removeprefix("/"), "" if is_list else unquote(parts.fragment)


def test_plain_mkdocs_builds_the_tree_without_a_warning(built):
    assert (built.status, built.log.count("WARNING")) == (0, 0), built.log


def test_every_page_is_there(book, built):
    assert {spec.uri for spec in build_pages(book)} - built.pages.keys() == set()
    assert {"method/", "contribute/", "architecture/"} <= built.pages.keys()


def test_every_anchor_of_the_site_is_there(book, built):
    for spec in build_pages(book):
        anchors = {node.attributes["id"] for node in LexborHTMLParser(spec.build().render()).css("[id]")}
        assert anchors - {node.attributes["id"] for node in built.pages[spec.uri].css("[id]")} == set(), spec.uri


def test_every_internal_link_and_anchor_resolves(built):
    anchors = {uri: {node.attributes["id"] for node in page.css("[id]")} for uri, page in built.pages.items()}
    for uri, page in built.pages.items():
        for target, anchor in internal_links(uri, page, "a[href]"):
            assert target in anchors or (built.tree / "site" / target).is_file(), (uri, target)
            assert not anchor or anchor in anchors[target], (uri, target, anchor)


def test_every_page_has_the_links_of_the_site(book, built):
    for spec in build_pages(book):
        original = LexborHTMLParser(spec.build().render())
        here = built.pages[spec.uri]
        main_links = set(internal_links(spec.uri, here, "[role=main] a[href]:not(.headerlink)"))
        assert main_links == set(internal_links(spec.uri, original, "a[href]")), spec.uri
        outside = {node.attributes["href"] for node in original.css("a[href^=http]")}
        assert outside == {node.attributes["href"] for node in here.css("[role=main] a[href^=http]")}, spec.uri


def test_link_to_the_builder_carries_no_list(built):
    links = [node.attributes["href"] for node in built.pages["cases/floor-nap/teach/"].css("[role=main] a[href]")]
    assert [href for href in links if "builder" in href] == ["../../../teach/builder/"]


def test_every_page_has_one_top_heading_and_its_title_in_front(book, built):
    for spec in build_pages(book):
        head = (built.tree / "docs" / spec.uri / "index.md").read_text(encoding="utf-8").split("---\n")[1]
        assert yaml.safe_load(head)["title"] == spec.build().title
        assert len(built.pages[spec.uri].css("[role=main] h1")) == 1, spec.uri


def test_case_has_its_dates_and_themes_in_front(book, built):
    case = next(iter(book.cases.values()))
    head = (built.tree / "docs/cases" / case.id / "index.md").read_text(encoding="utf-8").split("---\n")[1]
    fields = yaml.safe_load(head)
    assert (fields["date"], fields["occurred"]) == (case.published.text, case.occurred.text)
    assert fields["themes"] == list(case.themes)


def paragraphs(document: LexborHTMLParser) -> dict[str, str]:
    """The words of each essay paragraph, without its number, citations and margin notes."""
    for mark in document.css('[aria-hidden], .pn, .cite, a[href^="#p-"], a[href^="#source-"]'):
        mark.decompose()
    found = document.css('.essay [id^="p-"]') or document.css('[id^="p-"]')  # what was removed has its anchor elsewhere
    return {str(node.attributes["id"]): text_of((node if node.tag == "p" else node.parent).html) for node in found}


def test_words_of_every_essay_are_unchanged(book, built):
    for spec in build_pages(book):
        if spec.kind == "case":
            original = paragraphs(LexborHTMLParser(spec.build().render()))
            published = paragraphs(LexborHTMLParser(built.pages[spec.uri].html))
            assert {anchor: published[anchor] for anchor in original} == original


def run(place: Path, casefiles: Path = ROOT / "casefiles") -> int:
    return main(["export", "markdown", str(place), "--casefiles", str(casefiles)])


def exported_files(place: Path) -> dict[str, bytes]:
    files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("site/")}


def test_command_writes_the_same_files_every_time(built, tmp_path, capsys):
    assert run(tmp_path / "new/tree") == 0
    assert "pages in" in capsys.readouterr().out
    assert exported_files(tmp_path / "new/tree") == exported_files(built.tree)


def test_folder_that_no_export_wrote_is_refused_and_left_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert run(tmp_path) == 2
    assert "no export wrote it" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_folder_among_the_sources_is_refused(capsys):
    assert run(ROOT / "docs" / "export") == 2
    assert "which is read" in capsys.readouterr().err


def test_errors_in_casefiles_are_printed_and_nothing_is_written(tmp_path, capsys):
    broken = tmp_path / "casefiles"
    (broken / "cases").mkdir(parents=True)
    (broken / "cases/a.yml").write_text("id: a\n")
    assert run(tmp_path / "tree", broken) == 1
    assert "casefiles/cases/a.yml" in capsys.readouterr().out
    assert not (tmp_path / "tree").exists()


def test_format_must_be_named():
    with pytest.raises(SystemExit) as left:
        main(["export"])
    assert left.value.code == 2


def test_generated_configuration_needs_no_hooks(built):
    text = (built.tree / "mkdocs.yml").read_text(encoding="utf-8")
    configuration = json.loads(text.partition("\n")[2])
    assert configuration["plugins"] == ["search"]
    assert "hooks" not in configuration
    assert yaml.safe_load(text) == configuration
