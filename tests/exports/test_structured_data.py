"""The linked data of a page reads back as what the page says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from markupsafe import Markup

from builders import CASE, READING_LIST, REGISTRIES, changed, load, told_twice
from casebook.dates import parse_date
from casebook.exports.site import Site
from casebook.exports.structured_data import CITED, PARTS, iso_span, structured_data
from casebook.pipeline import build_pages, load_casebook
from casebook.views.page import UNLISTED, Page
from hostile import PAYLOADS
from linked_data import blocks, nodes, types, values

URL = "https://example.org/book/"
SITE = Site("A casebook", URL)
HOME = "https://read.example/"
CASE_PAGE = f"{URL}cases/first-case/"
MORE = """\
updated: "2024-06-05"
corrections:
  - {"on": "2024-06-05", what: A date was wrong., why: A misprint.}
"""
PEOPLE = """\
- id: ada
  name: {en: Ada, zh: 艾达}
  aliases: [Lady Ada]
  description: Founder of Acme.
  same_as: ["https://www.wikidata.org/wiki/Q7259"]
  roles: [{organisation: acme, title: founder, period: "2020-03/.."}]
- {id: bob, name: {en: Bob}, description: A critic.}
"""
SOURCES = """\
- id: press-report
  csl:
    type: article-newspaper
    title: A report
    author: [{literal: 何建}, {family: Lovelace, given: Ada}]
    issued: "2024-01"
    container-title: The Daily
    language: en
    URL: "https://example.org/report"
  short: The Daily
  accessed: "2024-05-01"
  kind: secondary
  independence: press
"""


def book_of(case_text=CASE + MORE, **registries):
    found = load(
        cases={"first-case": case_text},
        registries={"people": PEOPLE, **registries},
        readings={"seminar": READING_LIST},
    )
    assert found.casebook is not None, [str(problem) for problem in found.problems]
    return found.casebook


@pytest.fixture(scope="module")
def book():
    return book_of()


def page_of(book, uri):
    return next(spec for spec in build_pages(book) if spec.uri == uri).build()


def unrendered(case):
    """A case's page without its sections, of which the data say nothing."""
    return Page(f"cases/{case.id}/", case.title, "case", case.dek, Markup(""), (), case.id)


def read(book, uri, site=SITE):
    html = structured_data(book, page_of(book, uri), site)
    return nodes(html, (site.url or HOME) + uri)


def test_case_is_an_article_with_dates_licence_and_length_and_no_author(book):
    article = read(book, "cases/first-case/")[CASE_PAGE]
    assert types(article) == ["Article"]
    assert values(article, "headline") == ["The first case"]
    assert values(article, "datePublished") == ["2024-06-01"]
    assert values(article, "dateModified") == ["2024-06-05"]
    assert values(article, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert values(article, "timeRequired") == ["PT1M"]
    assert values(article, "wordCount") == [book.essay_words["first-case"]]
    assert values(article, "author") == []


def test_event_that_another_case_tells_more_fully_is_the_same_as_that():
    book = load(cases=told_twice()).casebook
    graph = read(book, "cases/first-case/")
    assert values(graph[f"{CASE_PAGE}#speech"], "sameAs") == [f"{URL}cases/second-case/#speech"]


def test_case_is_about_its_cast_whose_nodes_are_their_pages(book):
    graph = read(book, "cases/first-case/")
    assert values(graph[CASE_PAGE], "about") == [f"{URL}people/ada/", f"{URL}organisations/acme/"]
    assert types(graph[f"{URL}people/ada/"]) == ["Person"]
    assert values(graph[f"{URL}people/ada/"], "sameAs") == ["https://www.wikidata.org/wiki/Q7259"]


def test_quote_is_a_quotation_of_its_speaker_based_on_its_source(book):
    quote = read(book, "cases/first-case/")[f"{CASE_PAGE}#q-promise"]
    assert types(quote) == ["Quotation"]
    assert values(quote, "text") == ["We will ship in March."]
    assert values(quote, "creator") == [f"{URL}people/ada/"]
    assert values(quote, "isBasedOn") == [f"{URL}sources/press-report/"]


def test_translation_of_a_quote_is_a_work_of_its_own_in_its_own_language():
    chinese = CASE.replace(
        "    exact: We will ship in March.\n    lang: en\n",
        "    exact: 三月交付\n    lang: zh-Hans\n    translation: {lang: en, text: Shipping in March., by: the editors}\n",
    )
    graph = read(book_of(chinese), "cases/first-case/")
    quote = graph[f"{CASE_PAGE}#q-promise"]
    (other,) = values(quote, "workTranslation")
    assert (values(quote, "text"), values(quote, "inLanguage")) == (["三月交付"], ["zh-Hans"])
    assert (values(graph[other], "text"), values(graph[other], "inLanguage")) == (["Shipping in March."], ["en"])
    assert values(graph[other], "creditText") == ["the editors"]


def test_claim_says_who_made_it_where_and_where_it_stands_without_a_rating(book):
    graph = read(book, "cases/first-case/")
    claim = graph[f"{CASE_PAGE}#c-ship"]
    assert types(claim) == ["Claim"]
    assert values(claim, "author") == [f"{URL}people/ada/"]
    assert values(claim, "firstAppearance") == [f"{CASE_PAGE}#q-promise"]
    assert values(claim, "creativeWorkStatus") == ["Kept"]
    assert values(claim, "description") == ["Due 31 March 2024. Kept, 20 March 2024."]
    assert not any("ClaimReview" in types(node) for node in graph.values())


def test_event_has_its_date_its_actors_and_its_sources(book):
    event = read(book, "cases/first-case/")[f"{CASE_PAGE}#speech"]
    assert types(event) == ["Event"]
    assert values(event, "startDate") == ["2024-01-10"]
    assert values(event, "about") == [f"{URL}people/ada/", f"{URL}platforms/forum/"]
    assert values(event, "subjectOf") == [f"{URL}sources/press-report/"]
    assert values(event, "location") == []


def test_event_of_an_uncertain_day_says_so_in_words():
    rough = CASE.replace('    date: "2024-01-10"\n', '    date: "2024-01~"\n')
    event = read(book_of(rough), "cases/first-case/")[f"{CASE_PAGE}#speech"]
    assert values(event, "startDate") == []
    assert values(event, "description") == ["Date: about January 2024."]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2024", ("2024", "")), ("2024-11", ("2024-11", "")), ("2024-11-13", ("2024-11-13", "")),
        ("2024-11-13T08:00Z", ("2024-11-13T08:00Z", "")), ("2024-11-11/2024-11-18", ("2024-11-11", "2024-11-18")),
        ("2024-11/..", ("2024-11", "")), ("../2024-11", ("", "2024-11")), ("2024~", ("", "")), ("2024-11-XX", ("", "")),
        ("2024-21", ("", "")), ("2024-04~/2024-05", ("", "2024-05")),
    ],
)  # fmt: skip
def test_dates_are_given_as_precisely_as_iso_8601_can_say_them(text, span):
    assert iso_span(parse_date(text)) == span


def test_sources_are_cited_by_name_and_address(book):
    graph = read(book, "cases/first-case/")
    assert values(graph[CASE_PAGE], "citation") == [f"{URL}sources/press-report/"]
    source = graph[f"{URL}sources/press-report/"]
    assert (values(source, "name"), values(source, "url")) == (["A report"], ["https://example.org/report"])


def test_correction_is_a_comment_with_its_day(book):
    graph = read(book, "cases/first-case/")
    (correction,) = values(graph[CASE_PAGE], "correction")
    assert types(graph[correction]) == ["CorrectionComment"]
    assert values(graph[correction], "text") == ["A date was wrong. A misprint."]
    assert values(graph[correction], "datePublished") == ["2024-06-05"]


def test_teaching_note_is_a_learning_resource_based_on_the_case(book):
    note = read(book, "cases/first-case/teach/")[f"{CASE_PAGE}teach/"]
    assert types(note) == ["LearningResource"]
    assert values(note, "isBasedOn") == [CASE_PAGE]
    assert values(note, "educationalLevel") == ["undergraduate"]
    assert values(note, "teaches") == ["Weigh a promise."]
    assert values(note, "timeRequired") == []


def test_reading_list_is_a_learning_resource_whose_sessions_rest_on_cases_and_sources(book):
    graph = read(book, "readings/seminar/")
    page = f"{URL}readings/seminar/"
    assert values(graph[page], "hasPart") == [f"{page}#session-1"]
    assert values(graph[f"{page}#session-1"], "isBasedOn") == [CASE_PAGE, f"{URL}sources/press-report/"]


def test_session_has_its_length_and_the_questions_of_the_list_with_their_addresses():
    own = "    own_questions:\n      - {id: q-days, text: Which?, evidence: [first-case#c-ship]}\n"
    text = changed(READING_LIST, ("title: The promise\n", "title: The promise\n    minutes: 75\n")) + own
    loaded = load(readings={"seminar": text})
    assert loaded.casebook is not None
    graph = read(loaded.casebook, "readings/seminar/")
    session = graph[f"{URL}readings/seminar/#session-1"]
    assert values(session, "timeRequired") == ["PT75M"]
    assert values(session, "hasPart") == [f"{URL}readings/seminar/#q-days"]
    assert values(graph[f"{URL}readings/seminar/#q-days"], "text") == ["Which?"]


def test_person_has_other_names_with_their_language_and_offices_with_their_time(book):
    graph = read(book, "people/ada/")
    person = graph[f"{URL}people/ada/"]
    names = person["https://schema.org/alternateName"]
    assert names == [{"@value": "Lady Ada"}, {"@value": "艾达", "@language": "zh"}]
    (office,) = values(person, "affiliation")
    assert values(graph[office], "roleName") == ["founder"]
    assert values(graph[office], "startDate") == ["2020-03"]
    assert values(graph[office], "affiliation") == [f"{URL}organisations/acme/"]


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("organisations/acme/", "Organization"), ("platforms/forum/", "Service"), ("products/widget/", "Product"),
        ("themes/labour/", "DefinedTerm"), ("lessons/say-less/", "CreativeWork"), ("sources/company-blog/", "BlogPosting"),
        ("glossary/", "DefinedTermSet"), ("people/", "CollectionPage"), ("cases/", "CollectionPage"),
        ("timeline/", "CollectionPage"), ("corrections/", "CollectionPage"), ("problems/", "WebPage"),
    ],
)  # fmt: skip
def test_each_kind_of_page_is_one_kind_of_thing(uri, kind):
    assert types(read(book_of(CASE), uri)[f"{URL}{uri}"]) == [kind]


def test_author_of_whom_only_one_name_is_known_is_not_said_to_be_a_person():
    graph = read(book_of(CASE, sources=SOURCES), "sources/press-report/")
    source = graph[f"{URL}sources/press-report/"]
    unknown, known = (graph[author] for author in values(source, "author"))
    assert (types(unknown), values(unknown, "name")) == ([], ["何建"])
    assert (types(known), values(known, "familyName")) == (["Person"], ["Lovelace"])
    assert types(source) == ["NewsArticle"]
    assert values(source, "datePublished") == ["2024-01"]


def test_glossary_holds_its_terms_at_their_anchors(book):
    graph = read(book, "glossary/")
    assert values(graph[f"{URL}glossary/"], "hasDefinedTerm") == [f"{URL}glossary/#keynote"]
    assert values(graph[f"{URL}glossary/#keynote"], "description") == ["A long speech."]


def test_home_page_offers_a_search_only_where_its_address_is_known(book):
    graph = read(book, "")
    (action,) = values(graph[URL], "potentialAction")
    (target,) = values(graph[action], "target")
    assert values(graph[target], "urlTemplate") == [f"{URL}?q={{search_term_string}}"]
    assert values(read(book, "", Site("A casebook"))[HOME], "potentialAction") == []


def test_trail_leads_from_the_home_page_to_the_page(book):
    graph = read(book, "cases/first-case/teach/")
    (trail,) = [node for node in graph.values() if types(node) == ["BreadcrumbList"]]
    steps = sorted((graph[step] for step in values(trail, "itemListElement")), key=lambda s: values(s, "position"))
    assert [(*values(step, "name"), *values(step, "item")) for step in steps] == [
        ("A casebook", URL), ("Cases", f"{URL}cases/"), ("The first case", CASE_PAGE),
        ("Teaching note: The first case", f"{CASE_PAGE}teach/"),
    ]  # fmt: skip


def test_every_page_below_the_home_page_has_a_trail(book):
    pages = [spec.build() for spec in build_pages(book) if spec.kind not in UNLISTED]
    untrailed = [page.uri for page in pages if "BreadcrumbList" not in structured_data(book, page, SITE)]
    assert untrailed == [""]


def test_nodes_are_the_same_whether_or_not_the_address_of_the_site_is_known(book):
    for uri in ("", "cases/first-case/", "people/ada/", "glossary/"):
        known = set(read(book, uri, Site("A casebook", HOME)))
        unknown = set(read(book, uri, Site("A casebook")))
        assert {node for node in known if not node.startswith("_:")} == {n for n in unknown if not n.startswith("_:")}


def test_page_that_leads_to_another_describes_nothing():
    moved = book_of(CASE + "aliases: [old-case]\n")
    assert structured_data(moved, page_of(moved, "cases/old-case/"), SITE) == ""


def test_long_case_stays_bounded():
    events = "".join(
        f'  - {{id: e-{n}, date: "2024-01-10", title: Event {n}, strand: public, cites: [press-report]}}\n'
        for n in range(PARTS + 20)
    )
    sources = REGISTRIES["sources"] + "".join(
        f"- {{id: s-{n}, csl: {{type: webpage, language: en}}, short: S{n}, accessed: '2024-05-01', kind: primary, "
        "independence: press}\n"
        for n in range(CITED + 20)
    )
    more = "further: [" + ", ".join(f"s-{n}" for n in range(CITED + 20)) + "]\n"
    long = book_of(CASE.replace("events:\n", f"events:\n{events}") + more, sources=sources)
    article = read(long, "cases/first-case/")[CASE_PAGE]
    assert (len(values(article, "mentions")), len(values(article, "citation"))) == (PARTS, CITED)


def test_data_of_the_real_cases_is_small():
    book = load_casebook(Path(__file__).parents[2] / "casefiles").casebook
    site = Site("The Founder Casebook", URL)
    sizes = {
        case.id: len(gzip.compress(structured_data(book, unrendered(case), site).encode(), mtime=0))
        for case in book.cases.values()
    }
    assert {case: size for case, size in sizes.items() if size > 8_000} == {}


@pytest.mark.parametrize("payload", [*PAYLOADS, "\\u003c/script>", 'a","@id":"x'])
def test_no_text_of_a_casefile_ends_the_block_or_changes_the_data(payload):
    title = json.dumps(payload)
    book = book_of(CASE.replace("title: The first case\n", f"title: {title}\n"))
    page = unrendered(book.cases["first-case"])
    html = str(structured_data(book, page, SITE))
    block = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(block) & set("<>&\u2028\u2029")
    assert blocks(html) == [block]
    assert json.loads(block)["@graph"][0]["headline"] == page.title


def test_separators_that_end_a_line_of_a_script_are_escaped(book):
    page = Page("x/", "</script>\u2028<!--\u2029", "corrections", "", Markup(""))
    html = str(structured_data(book, page, SITE))
    assert "\\u003c/script\\u003e\\u2028\\u003c!--\\u2029" in html
    assert json.loads(blocks(html)[0])["@graph"][0]["name"] == page.title
