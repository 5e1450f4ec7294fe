"""`casebook new source`: what is taken from pages, files and options, and what is not made up."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from builders import write_casefiles
from casebook.cli import main
from casebook.reference_reading import RecordsError, read_records
from casebook.scaffold.metadata import read_metadata
from casebook.yaml_reading import compose_values

KNOWN = ("--type", "webpage", "--language", "en", "--short", "Daily", "--kind", "secondary", "--independence", "press")
PAGE = """<!doctype html><html lang="en-GB"><head>
<title>Vans are late | Example Daily</title>
<meta property="og:title" content="Vans are late">
<meta property="og:site_name" content="Example Daily">
<meta name="author" content="Will Writer">
<meta property="article:published_time" content="2024-05-01T23:30:00+08:00">
</head><body>Ignored: <h1>Another title</h1></body></html>"""


@pytest.fixture
def casefiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_casefiles(tmp_path)


@pytest.fixture
def server() -> Iterator[str]:
    """A server on this machine: `/` is a page, `/moved` leads there, `/file` leads out of the web, others are gone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = {"/moved": "/", "/file": "file:///etc/hosts"}.get(self.path)
            self.send_response(302 if target else 200 if self.path in ("/", "/picture") else 404)
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def last_source(casefiles: Path) -> dict[str, object]:
    found = compose_values((casefiles / "registry" / "sources.yml").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found[-1]


def values(html: str) -> dict[str, object]:
    return {path[-1]: found.value for path, found in read_metadata(html).items()}


def test_address_alone_says_nothing_but_itself(casefiles):
    assert main(["new", "source", "https://daily.example.org/vans", "--id", "vans", *KNOWN]) == 0
    found = last_source(casefiles)
    assert found["csl"] == {"type": "webpage", "URL": "https://daily.example.org/vans", "language": "en"}


@pytest.mark.parametrize(
    "words",
    [["late-vans"], ["late-vans", "https://daily.example.org/vans"], ["https://daily.example.org/vans", "late-vans"]],
)
def test_an_id_in_the_place_of_an_address_is_told_how_ids_are_said(casefiles, capsys, words):
    assert main(["new", "source", *words, *KNOWN]) == 2
    assert (
        '"late-vans" is no address and no file; an id is said with an option: --id late-vans' in capsys.readouterr().err
    )


def test_a_second_address_is_not_passed_over(casefiles, capsys):
    assert main(["new", "source", "https://daily.example.org/vans", "https://daily.example.org/more", *KNOWN]) == 2
    assert "say one address or file" in capsys.readouterr().err


def test_braces_around_the_name_of_a_publication_are_left_out_as_around_an_author(casefiles):
    named = ("--publisher", "{Example Press}", "--container-title", "{People's Daily}", "--author", "{Example Motors}")
    assert main(["new", "source", "https://daily.example.org/vans", "--id", "vans", *KNOWN, *named]) == 0
    csl = last_source(casefiles)["csl"]
    assert (csl["publisher"], csl["container-title"], csl["author"]) == (
        "Example Press", "People's Daily", [{"literal": "Example Motors"}],
    )  # fmt: skip


def test_a_source_goes_by_the_name_of_its_publication_without_braces(casefiles):
    known = [word for word in KNOWN if word not in ("--short", "Daily")]
    named = ("--container-title", "{People's Daily}")
    assert main(["new", "source", "https://daily.example.org/vans", "--id", "vans", *known, *named]) == 0
    assert last_source(casefiles)["short"] == "People's Daily"


def test_a_name_of_two_words_is_told_back_since_either_may_be_the_family(casefiles, capsys):
    names = ("--author", "Li Ying", "--author", "Writer, Will", "--author", "{Example Motors}")
    assert main(["new", "source", "https://daily.example.org/vans", "--id", "vans", *KNOWN, *names]) == 0
    said = capsys.readouterr().out
    assert 'author: read as: family Ying, given Li; write "Li, Ying" for the other order\n' in said
    assert said.count("read as") == 1


def test_what_is_missing_is_said_at_once_with_its_choices(casefiles, capsys):
    assert main(["new", "source", "https://daily.example.org/vans"]) == 2
    said = capsys.readouterr().err
    assert [f"--{name} is missing" in said for name in ("type", "language", "short", "kind", "independence")] == [
        True
    ] * 5
    assert "(primary, secondary, tertiary)" in said


def test_page_is_read_when_it_is_asked_for_and_says_where_each_field_stands(casefiles, server, capsys):
    known = ("--type", "webpage", "--kind", "secondary", "--independence", "press")
    assert main(["new", "source", f"{server}/moved", "--fetch", *known]) == 0
    assert last_source(casefiles) == {
        "id": "example-daily-vans-are-late",
        "csl": {
            "type": "webpage", "title": "Vans are late", "author": [{"literal": "Will Writer"}], "issued": "2024-05-01",
            "container-title": "Example Daily", "URL": f"{server}/moved", "language": "en-GB",
        },
        "short": "Example Daily", "accessed": last_source(casefiles)["accessed"], "kind": "secondary",
        "independence": "press",
    }  # fmt: skip
    assert "  title: Vans are late  (from <meta og:title>)\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "why"),
    [("/gone", "404 Not Found"), ("/picture", "it is no page but image/png"), ("/file", "")],
)
def test_page_that_cannot_be_had_is_told_and_nothing_is_written(casefiles, server, capsys, path, why):
    before = (casefiles / "registry" / "sources.yml").read_bytes()
    assert main(["new", "source", f"{server}{path}", "--fetch", *KNOWN]) == 1
    assert f"{server}{path} cannot be read: {why}" in capsys.readouterr().err
    assert (casefiles / "registry" / "sources.yml").read_bytes() == before


def test_text_gives_its_digest(casefiles, tmp_path):
    (tmp_path / "text.txt").write_text("The words of the article.")
    assert main(["new", "source", "text.txt", "--id", "vans", *KNOWN]) == 0
    assert last_source(casefiles)["sha256"] == hashlib.sha256(b"The words of the article.").hexdigest()


def test_address_that_is_registered_is_named(casefiles, capsys):
    assert main(["new", "source", "http://www.example.org/report/?utm_source=x", "--id", "vans", *KNOWN]) == 1
    assert 'a source with this address is there as "press-report": cite that' in capsys.readouterr().err


def test_title_that_is_registered_is_named_and_may_be_meant(casefiles, capsys):
    assert main(["new", "source", "--title", "A Report!", "--id", "vans", *KNOWN]) == 1
    assert 'a source with this title is there as "press-report": cite that' in capsys.readouterr().err
    assert main(["new", "source", "--title", "A Report!", "--id", "vans", *KNOWN, "--anyway"]) == 0


def test_record_of_a_reference_manager_is_taken_over(casefiles, tmp_path):
    (tmp_path / "vans.ris").write_text(
        "TY  - NEWS\nTI  - Vans are late\nAU  - Writer, Will\nDA  - 2024/05/01/\nT2  - Example Daily\nLA  - en\nER  - \n"
    )
    assert main(["new", "source", "vans.ris", "--id", "vans", "--kind", "secondary", "--independence", "press"]) == 0
    assert last_source(casefiles)["csl"] == {
        "type": "article-newspaper", "title": "Vans are late", "author": [{"family": "Writer", "given": "Will"}],
        "issued": "2024-05-01", "container-title": "Example Daily", "language": "en",
    }  # fmt: skip


def test_one_of_several_records_has_to_be_chosen(casefiles, tmp_path, capsys):
    (tmp_path / "two.bib").write_text("@online{a, title={A}}\n@online{b, title={B}}\n")
    assert main(["new", "source", "two.bib", *KNOWN]) == 2
    assert "two.bib: it has a, b; choose one with --record" in capsys.readouterr().err
    assert main(["new", "source", "two.bib", "--record", "b", *KNOWN]) == 0
    assert last_source(casefiles)["id"] == "daily-b"


def test_bibtex_is_read_without_its_braces_and_commands():
    text = (
        r"@online{a, title={{A {T}itle \& more}}, author={Writer, Will and {张三}}, date={2024-05}, langid={english}}"
    )
    assert read_records(text, ".bib") == [
        {"id": "a", "type": "webpage", "title": "A Title & more", "author": [{"family": "Writer", "given": "Will"}, {"literal": "张三"}], "issued": "2024-05", "language": "en"}
    ]  # fmt: skip


def test_csl_json_is_read_with_dates_in_edtf():
    item = {"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [[2024, 5], [2024, 6]]}}
    assert read_records(json.dumps([item]), ".json") == [{**item, "issued": "2024-05/2024-06"}]


@pytest.mark.parametrize(
    ("suffix", "text"), [(".json", "{"), (".json", "[1]"), (".bib", "@online{a, title={A}"), (".doc", "")]
)
def test_file_that_holds_no_records_is_refused(suffix, text):
    with pytest.raises(RecordsError):
        read_records(text, suffix)


def test_linked_data_goes_before_tags_and_tags_before_the_title():
    data = {
        "@graph": [{"@type": "NewsArticle", "headline": "H", "author": [{"name": "A"}, "B"], "inLanguage": "zh-Hans"}]
    }
    html = f'<html lang="en"><title>T</title><script type="application/ld+json">{json.dumps(data)}</script>'
    assert values(html) == {"type": "article-newspaper", "title": "H", "author": ["A", "B"], "language": "zh-Hans"}


@pytest.mark.parametrize(
    "html",
    [
        "", "<html lang='english'>", '<meta property="article:published_time" content="1 May 2024">',
        '<meta property="article:author" content="https://example.org/will">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": 3</script>',
        '<script type="application/ld+json">{"@type": "Organization", "name": "Not a title"}</script>',
    ],
)  # fmt: skip
def test_what_a_page_does_not_plainly_say_is_not_found(html):
    assert values(html) == {}
