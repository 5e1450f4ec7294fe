"""Essay Markdown: references, citations, what prose may not hold, and safe HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import at, case, check_case, plain
from casebook.marks import Mark, count_words, plain_prose, scan_faults, scan_marks
from casebook.prose import paragraph_anchor, plain_text, render_prose
from hostile import PAYLOADS, dangers, elements

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "sup", "section"}


class Links:
    """A resolver that shows what it was asked for."""

    def reference(self, target: str, words: str) -> str:
        return f'<a href="#{target}">{words or target}</a>'

    def citation(self, sources: list[tuple[str, str]]) -> str:
        return "".join(f"<sup>{source}{f':{locator}' if locator else ''}</sup>" for source, locator in sources)


def render(text: str, **options: int | str) -> str:
    return str(render_prose(text, Links(), **{"scope": "s", **options}).html).strip()


def faults(text: str) -> list[str]:
    """`line:column code` of each fault of a prose text."""
    clean = plain(text)
    found = []
    for fault in scan_faults(clean):
        before = clean[: fault.offset]
        found.append((before.count("\n") + 1, len(before) - before.rfind("\n"), fault.code))
    return [f"{line}:{column} {code}" for line, column, code in sorted(found)]


def marks(text: str) -> list[tuple[str, str]]:
    """What each mark names, and the text that stands at its place."""
    return [(mark.target, text[mark.offset : mark.offset + len(mark.target)]) for mark in scan_marks(text)]


# References and citations


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[[ada]]", ["ada"]),
        ("See [[ada]] and [[first-case#q-a|her words]].", ["ada", "first-case#q-a"]),
        ("[[ ada ]] and [[  bob|B]]", ["ada", "bob"]),
        ("[[#local]]", ["#local"]),
        ("[[ada|two\nlines]]", ["ada"]),
        ("[@press]", ["press"]),
        ("[@press, p. 3]", ["press"]),
        ("[@press; @blog, pp. 3-4; @other]", ["press", "blog", "other"]),
        ("[@press,\nchapter 2,\npage 3]", ["press"]),
        ("no marks [here] (@there) [a](https://b.c)", []),
        ("`[[ada]]` and ``[@press] ` `` but [[bob]]", ["bob"]),
        ("a `code\nspan [[ada]]` [[bob]]", ["bob"]),
        ("```\n[[ada]]\n```\n[[bob]]", ["bob"]),
        ("~~~ text\n[[ada]]\n~~~~\n[[bob]]", ["bob"]),
        ("```\n[[ada]] in a block that never ends", []),
        ("````\n[[ada]]\n```\n[[bob]]\n````\n[[eve]]", ["eve"]),
        (r"\[[ada]] \[@press]", []),
        (r"\`[[ada]]`", ["ada"]),
        (r"`a\` [[ada]] `", ["ada"]),
        ("one ` tick [[ada]]", ["ada"]),
        ("a ` tick\n\nanother ` [[ada]] ` tick", []),
        ("- a ` tick\n- [[ada]] `", ["ada"]),
        ("a ` b ``` c [[ada]] ``` d", []),
    ],
)
def test_marks_are_found_outside_code_at_the_place_of_their_id(text, targets):
    assert marks(text) == [(target, target) for target in targets]


def test_mark_says_whether_it_is_a_citation():
    assert list(scan_marks("[[a]] [@b]")) == [Mark(2, "a", is_citation=False), Mark(8, "b", is_citation=True)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See [[ada]].", '<p>See <a href="#ada">ada</a>.</p>'),
        ("See [[ada|the *founder*]].", '<p>See <a href="#ada">the <em>founder</em></a>.</p>'),
        ("See [[ada|R&D]].", '<p>See <a href="#ada">R&amp;D</a>.</p>'),
        ("[@a]", "<p><sup>a</sup></p>"),
        ("[@a, p. 3; @b]", "<p><sup>a:p. 3</sup><sup>b</sup></p>"),
        ("[@a, pp. 3 & 4; @b]", "<p><sup>a:pp. 3 &amp; 4</sup><sup>b</sup></p>"),
        ("[@a, chapter\n2]", "<p><sup>a:chapter\n2</sup></p>"),
        ("`[[ada]]`", "<p><code>[[ada]]</code></p>"),
        ("```\n[[ada]] [@a]\n```", "<pre><code>[[ada]] [@a]\n</code></pre>"),
        (r"\[[ada]]", "<p>[[ada]]</p>"),
        ("*[[ada]]*", '<p><em><a href="#ada">ada</a></em></p>'),
        ("> [[ada]]", '<blockquote>\n<p><a href="#ada">ada</a></p>\n</blockquote>'),
    ],
)
def test_marks_are_replaced(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # The source shows no mark there, so that nobody checked where it leads.
        ("&#91;[ada]]", "<p>[[ada]]</p>"),
        ("[[ada&#93;]", "<p>[[ada]]</p>"),
        # Neither inside an attribute, nor across elements.
        ('[x](https://a.b "[[ada|y]]")', '<p><a href="https://a.b" title="[[ada|y]]">x</a></p>'),
        ('[x](https://a.b "[@a, y]")', '<p><a href="https://a.b" title="[@a, y]">x</a></p>'),
        ("[[ada|*a]] b*", "<p>[[ada|<em>a]] b</em></p>"),
        ("*a [[ada|b* c *d]] e*", "<p><em>a [[ada|b</em> c <em>d]] e</em></p>"),
        ("[[ada|a\n\nb]]", "<p>[[ada|a</p>\n<p>b]]</p>"),
        ("[@a, *b] c*", "<p>[@a, <em>b] c</em></p>"),
        ("[[ada|<https://a.b>]]", '<p>[[ada|<a href="https://a.b">https://a.b</a>]]</p>'),
        ("[@a, ]", "<p>[@a, ]</p>"),
        ("[@a; b]", "<p>[@a; b]</p>"),
    ],
)
def test_what_is_no_mark_stays_text(text, html):
    assert render(text) == html


def test_typographic_quotes_dashes_and_dots():
    assert render('"It\'s" -- he said...') == "<p>“It’s” – he said…</p>"


# What prose may not hold


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # raw HTML
        ("a ▲<b>c▲</b>", ["CB401", "CB401"]),
        ("▲<script>alert(1)▲</script>", ["CB401", "CB401"]),
        ("a\n\n▲<div\nclass=x>", ["CB401"]),
        ("▲<!-- hidden -->", ["CB401"]),
        ("▲<!--@-->", ["CB401"]),
        ("▲<?php @a ?>", ["CB401"]),
        ("▲<![CDATA[ @ ]]>", ["CB401"]),
        ("▲<!DOCTYPE html>", ["CB401"]),
        ("- a ` ▲<b>\n- c `", ["CB401"]),
        ("2 < 3 and 3 > 2, <3", []),
        ("`<b>` and \\<b>", []),
        ("```html\n<b>\n```", []),
        # pictures
        ("a ▲![b](https://c.d/e.png)", ["CB402"]),
        ("▲![b][c]", ["CB402"]),
        ("\\![b] `![c]`", []),
        # headings
        ("▲# A", ["CB403"]),
        ("   ▲###### A", ["CB403"]),
        ("a\n▲##\nb", ["CB403"]),
        ("> ▲# A", ["CB403"]),
        ("- ▲## A\n  1. ▲# B", ["CB403", "CB403"]),
        ("A\n▲===", ["CB403"]),
        ("A\n▲---  \nb", ["CB403"]),
        ("A\n  ▲-\n", ["CB403"]),
        ("▲# A\n---", ["CB403"]),
        ("A\n\n---\n\nB\n\n***", []),
        ("#hashtag and C# and #1", []),
        ("    # in code", []),
        ("```\n# A\nB\n---\n```", []),
        # links
        ("[a](▲javascript:alert(1))", ["CB404"]),
        ("[a](▲JAVASCRIPT:alert(1))", ["CB404"]),
        ("[a](▲&#106;avascript:alert(1))", ["CB404"]),
        ("[a](▲java&Tab;script:alert(1))", ["CB404"]),
        ("[a](▲<▲javascript:x>)", ["CB401", "CB404"]),
        ("[a](\n▲javascript:x)", ["CB404"]),
        ("[a [b [c] d] e](▲javascript:x)", ["CB404"]),
        ("[a](▲data:text/html,x)", ["CB404"]),
        ("[a](▲file:///etc/passwd)", ["CB404"]),
        ("[a](▲../other/)", ["CB404"]),
        ("[a](▲#there)", ["CB404"]),
        ("[a](▲a@b.c)", ["CB404"]),
        ("[a](▲)", ["CB404"]),
        ("[a](▲https:b)", ["CB404"]),
        ("[a](▲//b.c)", ["CB404"]),
        ("[a][b]\n\n[b]: ▲javascript:x", ["CB404"]),
        ("> [b]: ▲x", ["CB404"]),
        ("<https://a.b> <▲https:///x> <mailto:a@b.c> <a@b.c>", ["CB404"]),
        ("[a](https://b.c) [a](HTTP://b.c 'T') [a](mailto:b@c.d)\n\n[e]: https://f.g", []),
        ("a[^1] b\n\n[^1]: c", []),
        ("`[a](javascript:x)`", []),
        # marks that cannot be read
        ("▲[[]]", ["CB405"]),
        ("▲[[ada", ["CB405"]),
        ("▲[[ada|]]", ["CB405"]),
        ("▲[[ada|a\n\nb]]", ["CB405"]),
        ("▲[[ada|a [b] c]]", ["CB405"]),
        ("▲[[ada|▲<b>x▲</b>]]", ["CB405", "CB401", "CB401"]),
        ("▲[[ada\nb]]", ["CB405"]),
        ("▲[@]", ["CB405"]),
        ("▲[@Ada]", ["CB405"]),
        ("▲[@a, ]", ["CB405"]),
        ("▲[@a; b]", ["CB405"]),
        ("▲[@a @b]", ["CB405"]),
        ("▲[@a", ["CB405"]),
        ("[[a]] [[a|b]] [[c#d]] [@a] [@a, b; @c] [@a,\nb]", []),
        # nesting
        ("> " * 10 + "a", []),
        ("▲" + "> " * 11 + "a", ["CB406"]),
        ("a\n\n▲" + "- " * 11 + "a", ["CB406"]),
    ],
)  # fmt: skip
def test_what_prose_may_not_hold_is_reported_where_it_stands(text, codes):
    assert faults(text) == at(text, *codes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<b>", "<b is raw HTML"),
        (f"<{'a' * 60}>", f"<{'a' * 28}… is raw HTML"),
        ("[a](javascript:alert(1))", "links may not use javascript:"),
        ("[a](../b)", '"../b" is not a whole address'),
    ],
)
def test_fault_names_what_it_found(text, message):
    (fault,) = scan_faults(text)
    assert fault.message == message


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("<b>", "in Markdown, write **bold**"),
        ("</STRONG>", "in Markdown, write **bold**"),
        ("<em class=x>", "in Markdown, write *italic*"),
        ('<a href="https://example.org">', "in Markdown, write [words](https://address)"),
        ("<br/>", "in Markdown, an empty line begins a new paragraph"),
        ("<big>", "write it in Markdown"),
        ("<!-- b -->", "write it in Markdown"),
    ],
)
def test_tag_is_met_with_what_markdown_has_for_it(tag, hint):
    (fault,) = scan_faults(f"Words {tag} and more.")
    assert (fault.code, fault.hint) == ("CB401", hint)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("      She ▲<b>spoke▲</b>.\n", ["CB401", "CB401"]),
        ("      One.\n\n      ▲![Ada](ada.png)\n", ["CB402"]),
        ("      One.\n\n      ▲# Two\n", ["CB403"]),
        ("      One [two](▲javascript:x).\n", ["CB404"]),
        ("      One.\n        Two ▲[[.\n", ["CB405"]),
    ],
)
def test_fault_is_located_inside_a_block_of_the_casefile(body, codes):
    old = "      She said [[#q-promise|a sentence]] that lasted.\n"
    text = case((old, old + "\n" + body))
    assert check_case(text) == at(text, *codes)


def test_fault_is_located_inside_folded_and_quoted_text():
    text = case(("why: She said little.", "why: >-\n      She\n      said ▲<b> little."), ("lasted.\n", "lasted.\n"))
    assert check_case(text) == at(text, "CB401")
    text = case(("why: She said little.", 'why: "She \\"said\\" \\\n      ▲<b> little."'))
    assert check_case(text) == at(text, "CB401")


# Safe HTML


@pytest.mark.parametrize("payload", PAYLOADS)
def test_rendered_prose_holds_no_script(payload):
    for text in (payload, f"a {payload} b", f"> {payload}", f"[[ada|{payload}]]", f"[@a, {payload}]"):
        assert dangers(render(text, first=1), TAGS) == []


@given(st.lists(st.sampled_from([*PAYLOADS, "[", "]", "(", ")", "`", "*", "\n\n", "[[ada|", "]]", "[@a, ", "\\", "<", ">", '"']), max_size=8).map("".join))  # fmt: skip
def test_mixed_payloads_hold_no_script(text):
    assert dangers(render(text, first=1), TAGS) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <script>alert(1)</script> b", "<p>a alert(1) b</p>"),
        ("[a](javascript:alert(1))", '<p><a href="">a</a></p>'),
        ("# A", "A"),
        ("![a](https://b.c/d.png)", "<p></p>"),
    ],
)
def test_what_was_refused_is_dropped_when_rendered_all_the_same(text, html):
    assert re.sub(r"<!--.*?-->", "", render(text)) == html


@pytest.mark.parametrize(
    "text",
    ["`" * 60_000, "``a` " * 12_000, "".join("`" * n + " " for n in range(1, 345)), "~~~a\n" * 12_000,
     "```a\n" * 12_000,
     "[" * 60_000, "[[a|" * 15_000, "[@a;" * 15_000, "[@" + "a;@" * 19_999, "<a@" * 20_000, "![" * 30_000,
     "#\n" * 30_000,
     "-\n" * 30_000, "a\n=\n" * 15_000, "- " * 30_000, "> " * 30_000, "\\`" * 30_000, "[a](" * 15_000, "-" * 60_000,
     "'\"" * 30_000, "1" * 60_000, "[a]: " * 12_000, " " * 60_000],
)  # fmt: skip
def test_hostile_prose_of_full_length_is_scanned_to_its_end(text):
    # With a pattern that takes time with the square of the length, this test would run for minutes.
    list(scan_faults(text))
    list(scan_marks(text))
    count_words(text)
    plain_text(text)


@pytest.mark.parametrize(
    "text", ["[" * 60_000, "*a " * 20_000, "<a" * 30_000, "&" * 60_000, "[a](" * 15_000, "`a " * 20_000]
)
def test_hostile_prose_of_full_length_is_rendered(text):
    assert render(text, first=1)


# Paragraphs


def anchors(text: str, **options: int) -> list[str]:
    return [
        node.attributes["id"]
        for node in elements(render(text, **{"first": 1, **options}))
        if node.tag == "p" and node.id
    ]


THREE = "Ada spoke on a stage.\n\nNobody had asked her to.\n\nIt was [[noon|already noon]] [@a].\n"


def test_paragraphs_are_numbered_and_anchored():
    assert render("One.\n\nTwo.", first=7) == (
        '<p id="p-one"><a class="pn" href="#p-one" aria-label="Paragraph 7">7</a>One.</p>\n'
        '<p id="p-two"><a class="pn" href="#p-two" aria-label="Paragraph 8">8</a>Two.</p>'
    )


def test_anchor_is_made_of_the_first_five_words():
    assert anchors(THREE) == ["p-ada-spoke-on-a-stage", "p-nobody-had-asked-her-to", "p-it-was-already-noon"]


def test_anchors_stay_when_a_paragraph_is_put_in():
    assert [anchor for anchor in anchors("New.\n\n" + THREE) if anchor != "p-new"] == anchors(THREE)


def test_anchor_stays_when_the_end_of_its_paragraph_changes():
    assert anchors(THREE.replace("asked her to.", "asked her to, so she did.")) == anchors(THREE)


def test_paragraphs_that_begin_alike_have_anchors_of_their_own():
    assert anchors("The same.\n\nThe same.\n\nThe same.") == ["p-the-same", "p-the-same-2", "p-the-same-3"]


def test_paragraphs_in_lists_and_quotations_have_no_number():
    prose = render_prose("One.\n\n- a\n\n- b\n\n> c\n\nTwo.", Links(), scope="s", first=1)
    assert prose.paragraphs == 2
    assert str(prose.html).count('class="pn"') == 2


def test_prose_without_numbers_counts_none():
    assert render_prose("One.", Links(), scope="s").paragraphs == 0


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ("It’s “done”, <em>she</em> said, at last", "p-its-done-she-said-at"),
        ("R&amp;D [[x|words]] [@a, p. 3]here", "p-r-d-words-here"),
        ("[[ada]] spoke", "p-ada-spoke"),
        ("[[case#local]] spoke", "p-local-spoke"),
        ("a" * 90, "p-" + "a" * 58),
    ],
)
def test_anchor_of_a_paragraph(html, anchor):
    assert paragraph_anchor(html) == anchor


def test_chinese_paragraph_has_an_anchor_that_does_not_change():
    assert paragraph_anchor("雷军") == paragraph_anchor("雷军")
    assert re.fullmatch(r"p-[0-9a-f]{10}", paragraph_anchor("雷军"))
    assert paragraph_anchor("雷军") != paragraph_anchor("小米")


# Footnotes


def test_footnotes_of_two_texts_on_a_page_have_ids_of_their_own():
    text = "a[^1] b[^1]\n\n[^1]: c"
    first, second = (
        [node.attributes["id"] for node in elements(render(text, scope=scope)) if "id" in node.attributes]
        for scope in ("one", "two")
    )
    assert first == ["one-fnref-1", "one-fnref-1-2", "one-fn-1"]
    assert not set(first) & set(second)


def test_footnote_links_lead_to_ids_on_the_page():
    found = elements(render("a[^x] b[^é]\n\n[^x]: c\n\n[^é]: d", scope="one"))
    ids = {node.attributes["id"] for node in found if "id" in node.attributes}
    targets = {node.attributes["href"].removeprefix("#") for node in found if node.tag == "a"}
    assert ids == targets
    assert all(identifier.startswith("one-fn") for identifier in ids)


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two  three\nfour", 4),
        ("a-b c’d 1,000 — … ! -- ---", 3),
        ("[[ada]] and [[ada|her two words]] [@press, p. 3]", 5),
        ("*a* **b** `c d`", 4),
        ("雷军说 OK", 4),
        ("小米SU7发布", 5),
        ("-" * 1000 + "a", 1),
    ],
)
def test_words_are_counted_as_a_reader_does(text, words):
    assert count_words(text) == words


def test_plain_prose_keeps_the_words_of_references():
    assert plain_prose("> *See* [[ada|her]],\n[[case#local]] [@press].") == "See her, local ."


def test_plain_text_of_html_has_no_tags_or_entities():
    assert plain_text("<p>R&amp;D <em>is</em><br>so</p>\n<p>&lt;b&gt;</p>") == "R&D is so <b>"
