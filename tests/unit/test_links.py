"""Addresses that no longer answer, asked of a server on this machine; nothing here leaves it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from builders import READING_LIST, REGISTRIES, at, case, changed, write_casefiles
from casebook.cli import main
from casebook.links import Address, addresses_of, fresh, link_problems, read_answers, write_answers
from casebook.pipeline import load_casebook
from casebook.problems import Location
from casebook.web import Answer, Manners, archived_copy, ask, ask_all, is_offline

BIG = 50_000_000
"""Bytes that the server would send for a huge page."""


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    asked: ClassVar[list[tuple[str, str, dict[str, str]]]] = []
    sent = 0
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:  # noqa: C901 - a table of paths
        path = self.path.partition("?")[0]
        type(self).asked.append((self.command, self.path, dict(self.headers)))
        times = sum(1 for _, asked, _ in self.asked if asked == self.path)
        if path.startswith("/status/"):
            self.say(int(path.split("/")[2]))
        elif path.startswith("/get-only/"):
            self.say(int(path.split("/")[2]) if self.command == "HEAD" else 206)
        elif path.startswith("/to/"):
            _, _, status, *rest = path.split("/")
            self.say(int(status), Location="/" + "/".join(rest))
        elif path == "/odd":
            self.say(302, Location="ftp://127.0.0.1/x")
        elif path == "/loop":
            self.say(301, Location="/loop2")
        elif path == "/loop2":
            self.say(301, Location="/loop")
        elif path.startswith("/deep"):
            self.say(302, Location=f"/deep{len(path)}{'x' * len(path)}")
        elif path == "/busy":
            self.say(429 if times < 2 else 200, **{"Retry-After": "3"})
        elif path == "/always-busy":
            self.say(429, **{"Retry-After": "3600"})
        elif path == "/silent":
            threading.Event().wait(1.5)
        elif path == "/huge":
            self.huge()
        elif path == "/rubbish":
            self.wfile.write(b"what?\r\n\r\n")
        elif path == "/wayback":
            self.wayback()
        else:
            self.say(200)

    def say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def huge(self) -> None:
        if self.command == "HEAD":
            self.say(405)
            return
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(BIG // 65536):
                self.wfile.write(b"x" * 65536)
                type(self).sent += 65536
        except OSError:
            return

    def wayback(self) -> None:
        has_copy = "gone" in self.path
        copy = {"available": True, "url": "http://web.archive.org/web/2024/x", "status": "200"}
        body = json.dumps({"archived_snapshots": {"closest": copy} if has_copy else {}}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a running server."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Handler.asked, Handler.sent = [], 0
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def closed() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


waits: list[float] = []
MANNERS = Manners("example (test)", timeout=0.5, delay=1, sleep=waits.append)


# One address


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/fine", Answer("alive", "200 OK")),
        ("/status/404", Answer("gone", "404 Not Found")),
        ("/status/410", Answer("gone", "410 Gone")),
        ("/status/403", Answer("refused", "403 Forbidden")),
        ("/status/401", Answer("refused", "401 Unauthorized")),
        ("/status/500", Answer("failed", "500 Internal Server Error")),
        ("/status/503", Answer("failed", "503 Service Unavailable")),
        ("/get-only/405", Answer("alive", "206 Partial Content")),
        ("/get-only/404", Answer("alive", "206 Partial Content")),
        ("/get-only/501", Answer("alive", "206 Partial Content")),
        ("/to/302/fine", Answer("alive", "200 OK")),
        ("/to/302/status/404", Answer("gone", "404 Not Found")),
        ("/to/302/", Answer("gone", "it leads to the site's front page")),
        ("/loop", Answer("failed", "it redirects in a loop")),
        ("/deep", Answer("failed", "it redirects more than 10 times")),
        ("/odd", Answer("failed", "it redirects to an address of another kind, ftp:")),
        ("/silent", Answer("unreachable", "no answer in time")),
        ("/always-busy", Answer("refused", "429 Too Many Requests")),
    ],
)
def test_what_a_server_says_of_an_address(server, path, answer):
    assert ask(f"{server}{path}", MANNERS) == answer


def test_new_address_is_told_as_far_as_the_way_is_permanent(server):
    assert ask(f"{server}/to/301/to/308/fine", MANNERS).moved_to == f"{server}/fine"
    assert ask(f"{server}/to/301/to/302/fine", MANNERS).moved_to == f"{server}/to/302/fine"
    assert ask(f"{server}/to/302/to/301/fine", MANNERS).moved_to == ""


def test_server_that_asks_for_patience_gets_it(server):
    waits.clear()
    assert ask(f"{server}/busy", MANNERS).state == "alive"
    assert waits == [3]


def test_no_more_than_a_little_of_a_huge_page_is_read(server):
    assert ask(f"{server}/huge", MANNERS).state == "alive"
    assert Handler.sent < BIG / 4
    assert [headers.get("Range") for method, _, headers in Handler.asked if method == "GET"] == ["bytes=0-1023"]


def test_rubbish_is_an_answer_that_fails(server):
    assert ask(f"{server}/rubbish", MANNERS).state == "failed"


def test_server_that_speaks_no_tls_fails(server):
    assert ask(server.replace("http:", "https:"), MANNERS).state in ("failed", "unreachable")


def test_nobody_listening_is_no_answer():
    answer = ask(closed(), MANNERS)
    assert (answer.state, answer.why) == ("unreachable", "Connection refused")


def test_the_asker_says_who_it_is(server):
    ask(f"{server}/fine", MANNERS)
    assert [(method, headers["User-Agent"]) for method, _, headers in Handler.asked] == [("HEAD", "example (test)")]


def test_name_that_no_server_has_is_told_from_silence(monkeypatch):
    def resolve(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert ask("http://gone.example/", MANNERS) == Answer("nameless", "no server has this name")


def test_chinese_addresses_are_encoded_and_fragments_left_out(server):
    assert ask(f"{server}/雷军?q=是#:~:text=x", MANNERS).state == "alive"
    assert Handler.asked[0][1] == "/%E9%9B%B7%E5%86%9B?q=%E6%98%AF"


# Many addresses


def test_each_address_is_asked_once_and_a_host_is_given_time(server):
    waits.clear()
    answers = ask_all([f"{server}/a", f"{server}/b", f"{server}/a"], MANNERS)
    assert list(answers) == [f"{server}/a", f"{server}/b"]
    assert [path for _, path, _ in Handler.asked] == ["/a", "/b"]
    assert waits == [1]


def test_where_nobody_answers_no_more_are_asked():
    addresses = [closed() for _ in range(6)]
    answers = ask_all(addresses, MANNERS)
    assert len(answers) <= 3
    assert is_offline(answers.values())


def test_one_server_that_answers_shows_that_there_is_a_network(server):
    answers = ask_all([closed(), closed(), f"{server}/status/500", f"{server}/fine"], MANNERS)
    assert (len(answers), is_offline(answers.values())) == (4, False)


# Copies


def test_copies_are_asked_of_the_wayback_machine(server):
    assert (
        archived_copy("https://example.org/gone?a=b", MANNERS, f"{server}/wayback")
        == "https://web.archive.org/web/2024/x"
    )
    assert Handler.asked[0][1] == "/wayback?url=https%3A%2F%2Fexample.org%2Fgone%3Fa%3Db"


@pytest.mark.parametrize("path", ["/wayback", "/fine", "/status/500", "/rubbish", "/silent"])
def test_no_copy_is_no_copy_whatever_the_service_says(server, path):
    assert archived_copy("https://example.org/x", MANNERS, f"{server}{path}") == ""


# What the casefiles name


def test_addresses_are_found_where_they_stand(tmp_path):
    sources = changed(
        REGISTRIES["sources"], ("  short: The Daily\n", '  short: The Daily\n  archive_url: "https://a.example/copy"\n')
    )
    people = changed(
        REGISTRIES["people"], ("Founder of Acme.\n", 'Founder of Acme.\n  same_as: ["https://b.example/ada"]\n')
    )
    text = case(("that lasted.\n", "that [lasted](https://c.example/x_(y)) <https://d.example/>.\n"))
    lists = {"seminar": changed(READING_LIST, ("first.\n", "[first](https://e.example/).\n"))}
    root = write_casefiles(tmp_path, {"first-case": text}, {"sources": sources, "people": people}, lists)
    book = load_casebook(root).casebook
    assert book is not None
    found = {f"{address.location}": (address.url, address.owner) for address in addresses_of(book)}
    assert found == {
        "casefiles/registry/sources.yml:2:60": ("https://example.org/report", "press-report"),
        "casefiles/registry/sources.yml:4:16": ("https://a.example/copy", "press-report"),
        "casefiles/registry/people.yml:4:13": ("https://b.example/ada", "ada"),
        "casefiles/cases/first-case.yml:24:56": ("https://c.example/x_(y)", "first-case"),
        "casefiles/cases/first-case.yml:24:82": ("https://d.example/", "first-case"),
        "casefiles/readings/seminar.yml:5:31": ("https://e.example/", "seminar"),
    }


# What is said


HERE = Location("casefiles/registry/sources.yml", 4, 2)
URL, COPY = "https://example.org/x", "https://archive.example/x"


def said(
    answer: Answer,
    *,
    copy: str = "",
    is_copy: bool = False,
    copies: dict[str, str] | None = None,
    other: Answer | None = None,
) -> list[str]:
    answers = {URL: answer} | ({COPY: other} if other else {})
    return [str(p) for p in link_problems([Address(URL, HERE, "x", copy, is_copy)], answers, copies or {})]


GONE = Answer("gone", "404 Not Found")
PLACE = "casefiles/registry/sources.yml:4:2: "


@pytest.mark.parametrize("answer", [Answer("alive"), Answer("refused", "403 Forbidden")])
def test_what_answers_or_refuses_to_is_no_problem(answer):
    assert said(answer) == []


def test_dead_address_comes_with_what_to_do_about_it():
    start = f"{PLACE}error[CB520]: {URL} is dead: 404 Not Found; "
    assert said(GONE) == [f"{start}look for a public copy, as in the Wayback Machine, and name it in `archive_url`"]
    assert said(GONE, copy=COPY, other=Answer("alive")) == [f"{start}its public copy is {COPY}"]
    assert said(GONE, copy=COPY, other=GONE) == [f"{start}its public copy does not answer either: {COPY}"]
    assert said(GONE, copies={URL: COPY}) == [f'{start}there is a public copy: archive_url: "{COPY}"']


def test_address_that_moved_for_good_comes_with_the_new_one():
    assert said(Answer("alive", "200 OK", "https://example.org/y")) == [
        f"{PLACE}warning[CB521]: {URL} has moved for good; write https://example.org/y"
    ]


@pytest.mark.parametrize("state", ["failed", "unreachable"])
def test_server_in_trouble_is_a_warning(state):
    (text,) = said(Answer(state, "no answer in time"))
    assert text.startswith(
        f"{PLACE}warning[CB522]: {URL} does not answer as it should: no answer in time; try again later; "
    )


def test_server_that_no_longer_exists_is_dead():
    (text,) = said(Answer("nameless", "no server has this name"))
    assert text.startswith(f"{PLACE}error[CB520]: {URL} is dead: no server has this name; ")


def test_dead_copy_is_a_warning_of_its_own():
    (text,) = said(GONE, is_copy=True)
    assert text.startswith(f"{PLACE}warning[CB523]: the public copy {URL} does not answer: 404 Not Found")


# What is kept


def test_answers_come_back_as_they_were_kept(tmp_path):
    kept = {URL: ("2024-06-01", GONE), COPY: ("2024-06-02", Answer("alive", "200 OK", "https://x.example/"))}
    write_answers(tmp_path / ".cache" / "links.json", kept)
    assert read_answers(tmp_path / ".cache" / "links.json") == kept


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": 1}', '{"a": {"on": "x"}}', '{"a": {"on": "2024-01-01", "what": 1}}']
)
def test_file_that_cannot_be_read_is_as_good_as_none(tmp_path, text):
    (tmp_path / "links.json").write_text(text)
    assert read_answers(tmp_path / "links.json") == {}


def test_only_good_answers_of_the_last_days_spare_a_question():
    alive = Answer("alive")
    known = {"a": ("2024-06-10", alive), "b": ("2024-06-01", alive), "c": ("2024-06-10", GONE), "d": ("soon", alive),
             "e": ("2024-07-01", alive)}  # fmt: skip
    assert list(fresh(known, 7, date(2024, 6, 11))) == ["a"]
    assert fresh(known, 0, date(2024, 6, 10)) == {}


# The command


@pytest.fixture
def root(tmp_path: Path, server: str) -> Path:
    """A source whose page is gone, one whose page moved, one that is fine and stands twice."""
    sources = changed(REGISTRIES["sources"], ("https://example.org/report", f"{server}/status/404"))
    sources = changed(
        sources, ("title: A post, language: en}", f'title: A post, language: en, URL: "{server}/to/301/fine"}}')
    )
    people = changed(REGISTRIES["people"], ("A critic.\n", f'A critic.\n  same_as: ["{server}/fine"]\n'))
    return write_casefiles(tmp_path, registries={"sources": sources, "people": people})


def links(root: Path, *words: str) -> int:
    return main(["links", "--casefiles", str(root), "--delay", "0", "--timeout", "1", *words])


def test_dead_addresses_exit_with_1_and_are_printed_with_their_place(root, server, capsys):
    assert links(root) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3 addresses: 2 alive, 1 gone"
    assert (
        f"casefiles/registry/sources.yml:2:60: error[CB520]: {server}/status/404 is dead: 404 Not Found; look"
        in lines[1]
    )
    assert f"warning[CB521]: {server}/to/301/fine has moved for good; write {server}/fine" in lines[2]


def test_one_source_may_be_asked_for_alone(root, capsys):
    assert links(root, "--only", "company-blog") == 0
    assert "1 address: 1 alive" in capsys.readouterr().out
    assert links(root, "--only", "company-blg") == 2
    assert 'did you mean "company-blog"?' in capsys.readouterr().err


def test_what_answered_lately_is_not_asked_again_and_what_is_dead_is(root):
    links(root)
    Handler.asked.clear()
    assert links(root, "--since", "7") == 1
    assert {path for _, path, _ in Handler.asked} == {"/status/404"}


def test_no_network_is_said_once_and_exits_with_2(tmp_path, capsys, server):
    sources = changed(REGISTRIES["sources"], ("https://example.org/report", closed()))
    sources = changed(sources, ("title: A post, language: en}", f'title: A post, language: en, URL: "{closed()}"}}'))
    root = write_casefiles(tmp_path, registries={"sources": sources})
    assert links(root) == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert not (tmp_path / ".cache").exists()


def test_problems_are_printed_as_json(root, capsys):
    assert links(root, "--format", "json") == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["CB520", "CB521"]


def test_casefiles_without_addresses_are_fine(tmp_path, capsys):
    sources = changed(REGISTRIES["sources"], (', URL: "https://example.org/report"', ""))
    assert links(write_casefiles(tmp_path, registries={"sources": sources})) == 0
    assert capsys.readouterr().out == "0 addresses: none\nno problems\n"


def test_faulty_casefiles_are_reported_and_nobody_is_asked(tmp_path, capsys, server):
    text = case(("speaker: ada", "speaker: ▲adda"))
    assert links(write_casefiles(tmp_path, {"first-case": text})) == 1
    assert at(text, "CB203")[0].split()[0] in capsys.readouterr().out
    assert Handler.asked == []
