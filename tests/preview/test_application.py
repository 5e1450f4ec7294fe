"""What the preview answers: pages drawn when they are asked for, problems on each of them, and never a hang."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest
from selectolax.lexbor import LexborHTMLParser

from casebook.exports.site import Site
from casebook.preview import application as application_module
from casebook.preview.application import Application
from casebook.preview.moments import Edition, Preview
from casebook.views.page import PageSpec

Answer = tuple[int, dict[str, str], str]
BAD_WHO = ("- who: ada\n", "- who: adda\n")


class Theme:
    """Draws pages as plainly as can be, and remembers which."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drawn: list[str] = []
        self.fails = False

    def draw(self, spec: PageSpec, edition: Edition) -> str:
        if self.fails:
            raise ZeroDivisionError("drawing failed")
        self.drawn.append(spec.uri)
        return f'<html><body><main id="content">{spec.build().render()}</main></body></html>'

    def written(self) -> Path:
        return self.folder

    def site(self) -> Site:
        return Site("Casebook")


def _files(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"from the site generator"]


def _form(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()]


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    written = tmp_path / "written"
    for name in ("method/index.html", "assets/look.css", "search/search_index.json", "404.html"):
        (written / name).parent.mkdir(parents=True, exist_ok=True)
    page = "<html><body><main id='content'>{}</main></body></html>"
    (written / "method" / "index.html").write_text(page.format("By hand"), encoding="utf-8")
    (written / "404.html").write_text(page.format("Page not found"), encoding="utf-8")
    (written / "assets" / "look.css").write_text("", encoding="utf-8")
    (written / "search" / "search_index.json").write_text('{"docs": [{"location": "method/"}]}', encoding="utf-8")
    return Theme(written)


@pytest.fixture
def application(preview: Preview, theme: Theme) -> Application:
    return Application(preview, theme, _files, {"admin/": _form})


@pytest.fixture
def get(application: Application) -> Callable[..., Answer]:
    return lambda path, **more: ask(application, path, **more)


def ask(application: Application, path: str, method: str = "GET", query: str = "") -> Answer:
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    got: list[Any] = []
    body = b"".join(application(environ, lambda status, headers, *_: got.extend([status, headers])))  # type: ignore[arg-type, func-returns-value]
    return int(got[0].split()[0]), dict(got[1]), body.decode()


@pytest.fixture
def broken(preview: Preview, casefile: Path) -> Preview:
    """The preview after somebody unknown was named."""
    casefile.write_text(casefile.read_text(encoding="utf-8").replace(*BAD_WHO), encoding="utf-8")
    preview.read()
    return preview


def test_page_is_drawn_when_it_is_asked_for(get: Callable[..., Answer], theme: Theme):
    assert theme.drawn == []
    status, headers, body = get("/cases/first-case/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "The first case" in body
    assert theme.drawn == ["cases/first-case/"]


def test_page_is_drawn_once_for_an_edition(get: Callable[..., Answer], theme: Theme, preview: Preview, casefile: Path):
    get("/cases/first-case/")
    get("/cases/first-case/index.html")
    assert theme.drawn == ["cases/first-case/"]
    casefile.write_text(f"{casefile.read_text(encoding='utf-8')}# A remark.\n", encoding="utf-8")
    preview.read()
    get("/cases/first-case/")
    assert theme.drawn == ["cases/first-case/"] * 2


def test_good_page_has_nothing_of_the_preview_to_read(get: Callable[..., Answer], preview: Preview):
    preview.show(problems=())
    page = LexborHTMLParser(get("/cases/first-case/")[2])
    assert page.css_first("#cbp-panel").html == '<div id="cbp-panel"></div>'
    assert page.css_first("#cbp-here").html == '<div id="cbp-here"></div>'


def test_warnings_are_folded_away(get: Callable[..., Answer]):
    panel = LexborHTMLParser(get("/")[2]).css_first(".cbp")
    assert panel.css_first("summary strong").text() == "2 warnings"
    assert "open" not in panel.css_first("details").attributes
    assert panel.css_first("[role=alert]") is None


@pytest.mark.parametrize("path", ["/", "/cases/first-case/", "/people/ada/", "/method/", "/nowhere/"])
def test_every_page_tells_the_problem_and_stands_as_it_was(get: Callable[..., Answer], broken: Preview, path: str):
    before = LexborHTMLParser(get(path)[2])
    problem = before.css_first(".cbp li")
    assert problem.css_first(".cbp-place").text() == "13:10"
    assert problem.css_first(".cbp-code").text() == "error CB203"
    assert before.css_first(".cbp h2").text() == "casefiles/cases/first-case.yml"
    assert before.css_first(".cbp mark").text() == "adda"
    assert "1 error" in before.css_first("[role=alert]").text()


def test_page_of_the_broken_file_says_so_first(get: Callable[..., Answer], broken: Preview):
    page = LexborHTMLParser(get("/cases/first-case/")[2])
    assert "has 1 error" in page.css_first("main > :first-child").text()
    assert LexborHTMLParser(get("/people/ada/")[2]).css_first(".cbp-note") is None


def test_what_a_problem_quotes_is_escaped(get: Callable[..., Answer], preview: Preview, casefile: Path):
    text = casefile.read_text(encoding="utf-8")
    casefile.write_text(text.replace("- who: ada\n", "- who: <script>alert(1)</script>\n"), encoding="utf-8")
    preview.read()
    body = get("/")[2]
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_problems_are_cut_off_where_nobody_reads_on(
    get: Callable[..., Answer], preview: Preview, casefile: Path, folder: Path
):
    people = "".join(f"- {{id: p{number}, name: {{en: P}}, descripton: X}}\n" for number in range(60))
    (folder / "registry" / "people.yml").write_text(people, encoding="utf-8")
    preview.read()
    panel = LexborHTMLParser(get("/")[2]).css_first(".cbp")
    assert len(panel.css(".cbp-place")) == 40
    assert f"And {len(preview.now.problems) - 40} more" in panel.text()


def test_many_problems_of_one_code_in_a_file_are_told_in_one_line(
    get: Callable[..., Answer], preview: Preview, folder: Path
):
    people = "".join(f"- {{id: p{number}, name: {{en: P}}, descripton: X}}\n" for number in range(4))
    (folder / "registry" / "people.yml").write_text(people, encoding="utf-8")
    preview.read()
    groups = LexborHTMLParser(get("/")[2]).css(".cbp-many")
    told = {group.css_first("summary strong").text(): len(group.css(".cbp-place")) for group in groups}
    assert told["4 fields do not exist here"] == 4


def test_few_are_told_one_by_one(get: Callable[..., Answer], broken: Preview):
    assert LexborHTMLParser(get("/")[2]).css(".cbp-many") == []


def test_address_without_its_slash_leads_to_the_page(get: Callable[..., Answer]):
    assert get("/cases/first-case")[1]["Location"] == "/cases/first-case/"
    assert get("/method")[1]["Location"] == "/method/"


def test_address_where_nothing_is_says_so(get: Callable[..., Answer]):
    status, _, body = get("/nowhere/")
    assert (status, "Page not found" in body, "preview.js" in body) == (404, True, True)


@pytest.mark.parametrize(
    "path", ["/../secret.html", "/method/../../secret.html", "/_preview/../moments.py", "//secret.html"]
)
def test_address_leads_out_of_no_folder(get: Callable[..., Answer], theme: Theme, path: str):
    theme.folder.with_name("secret.html").write_text("hidden words", encoding="utf-8")
    status, _, body = get(path)
    assert (status, "hidden words" in body) == (404, False)


def test_files_of_the_site_generator_are_left_to_it(get: Callable[..., Answer]):
    assert get("/assets/look.css")[2] == "from the site generator"


def test_file_beside_the_pages_is_made_when_it_is_asked_for(get: Callable[..., Answer]):
    status, headers, body = get("/feed.xml")
    assert (status, headers["Content-Type"], "The first case" in body) == (200, "application/xml; charset=utf-8", True)
    assert json.loads(get("/data/cases.json")[2])


def test_casefile_is_sent_as_it_is_now(get: Callable[..., Answer], broken: Preview):
    assert "adda" in get("/casefiles/cases/first-case.yml")[2]


def test_search_finds_pages_of_the_casebook_and_those_written_by_hand(get: Callable[..., Answer]):
    found = {entry["location"] for entry in json.loads(get("/search/search_index.json")[2])["docs"]}
    assert {"method/", "cases/first-case/", "people/ada/"} <= found


@pytest.mark.parametrize("path", ["/admin/", "/admin/api/v1", "/admin"])
def test_mounted_application_answers_for_all_below_its_address(get: Callable[..., Answer], path: str):
    assert get(path, method="POST")[2] == f"POST {path}"


def test_head_has_no_body(get: Callable[..., Answer]):
    status, headers, body = get("/", method="HEAD")
    assert (status, body) == (200, "")
    assert int(headers["Content-Length"]) > 100


def test_failure_of_our_own_is_told_in_plain_words_and_passes(get: Callable[..., Answer], theme: Theme):
    theme.fails = True
    status, _, body = get("/cases/first-case/")
    assert (status, "Traceback" in body) == (500, False)
    assert "ZeroDivisionError: drawing failed" in body
    assert "preview.js" in body, "so that the page comes by itself when the mistake is mended"
    assert get("/method/")[0] == 200
    theme.fails = False
    assert get("/cases/first-case/")[0] == 200


def test_a_changed_program_is_told_in_one_sentence(get: Callable[..., Answer], preview: Preview):
    preview.show(is_outgrown=True, problems=())
    panel = LexborHTMLParser(get("/method/")[2]).css_first(".cbp--broken")
    assert panel.css_first(".cbp-fault h2").text() == "The program itself has changed: start it again"
    assert panel.css(".cbp-words") == []


def test_fault_in_reading_is_told_on_every_page(get: Callable[..., Answer], preview: Preview):
    preview.show(reading_fault="KeyError: 'x'", building_fault="no such <theme>")
    panel = LexborHTMLParser(get("/method/")[2]).css_first(".cbp--broken")
    assert "2 failures" in panel.css_first("summary").text()
    assert [words.text() for words in panel.css(".cbp-words")] == ["KeyError: 'x'", "no such <theme>"]


def test_preview_without_any_good_casebook_answers_everywhere(folder: Path, casefile: Path, theme: Theme):
    casefile.write_bytes(b"")
    preview = Preview(folder)
    preview.read()
    application = Application(preview, theme, _files, {})
    for path in ("/", "/cases/first-case/", "/method/"):
        status, _, body = ask(application, path)
        assert (status, "CB005" in body) == (200, True), path


def test_site_below_a_path_answers_there_and_names_it_in_links(broken: Preview, theme: Theme):
    application = Application(broken, theme, _files, {"admin/": _form}, base="/book/")
    page = LexborHTMLParser(ask(application, "/book/cases/first-case/")[2])
    assert page.css_first(".cbp-code").attributes["href"].startswith("/book/problems/")
    assert page.css_first("script[data-page]").attributes["src"] == "/book/_preview/preview.js"
    assert ask(application, "/book/admin/")[2] == "GET /book/admin/"
    assert ask(application, "/elsewhere/")[2] == "from the site generator"


def _query(page: str) -> str:
    data = LexborHTMLParser(page).css_first("script[data-page]").attributes
    return "&".join(f"{name}={data[f'data-{name}']}" for name in ("page", "drawn", "told"))


def test_news_of_a_broken_save_bring_the_panel_and_leave_the_page(
    get: Callable[..., Answer], preview: Preview, casefile: Path
):
    query = _query(get("/cases/first-case/")[2])
    casefile.write_bytes(b"")
    preview.read()
    news = json.loads(get("/_preview/news", query=query)[2])
    assert f"drawn={news['drawn']}" in query, "the page need not be loaded again"
    assert f"told={news['told']}" not in query
    assert "CB005" in news["panel"]
    assert "has 1 error" in news["here"]


def test_news_of_a_good_save_ask_for_the_page_only_where_it_has_changed(
    get: Callable[..., Answer], preview: Preview, casefile: Path
):
    case, glossary = (_query(get(path)[2]) for path in ("/cases/first-case/", "/glossary/"))
    casefile.write_text(casefile.read_text(encoding="utf-8").replace("Ada speaks", "Ada talks"), encoding="utf-8")
    preview.read()
    assert f"drawn={json.loads(get('/_preview/news', query=case)[2])['drawn']}" not in case
    assert f"drawn={json.loads(get('/_preview/news', query=glossary)[2])['drawn']}" in glossary


def test_page_is_loaded_again_when_the_theme_was_built_again(get: Callable[..., Answer], preview: Preview):
    query = _query(get("/glossary/")[2])
    preview.show(built=preview.now.built + 1)
    assert f"drawn={json.loads(get('/_preview/news', query=query)[2])['drawn']}" not in query


def test_no_news_are_told_after_a_while(get: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(application_module, "PATIENCE", 0.01)
    query = _query(get("/glossary/")[2])
    news = json.loads(get("/_preview/news", query=query)[2])
    assert f"drawn={news['drawn']}&told={news['told']}" in query


def test_nothing_but_its_assets_is_sent_from_its_own_folder(get: Callable[..., Answer]):
    assert get("/_preview/preview.css")[0] == 200
    assert get("/_preview/nothing.css")[0] == 404
