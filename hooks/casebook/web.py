"""Asking servers on the web: whether addresses still answer, and for one page. No other module opens a connection.

Nothing calls it but `casebook links`, and `casebook new source` when it is told to `--fetch`. A server is asked as a
reader's browser would ask: for one page that a casefile or an editor names, at a pace, with a name. Links are tried
without reading pages: a `HEAD`, and where that is refused a `GET` for the first kilobyte. `robots.txt` is not asked for,
since it is about crawling, and no link of a page is followed.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

State = Literal["alive", "gone", "refused", "failed", "nameless", "unreachable"]
"""`gone`: the server says that there is nothing. `refused`: it does not say, to us or without a password. `failed`: it
answers, and not well. `nameless`: no server has this name. `unreachable`: there is no answer at all, which may be our own network."""

HOPS = 10
"""Redirects that are followed."""
FIRST_BYTES = 1024
PATIENCE = 30
"""Seconds that a server may ask us to wait (429) before its address counts as refused."""
HOSTS_AT_ONCE = 8
WAYBACK = "https://archive.org/wayback/available"

_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 407, 418, 429, 451, 999})
_PERMANENT = frozenset({301, 308})
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address."""

    state: State
    why: str = ""
    """`404 Not Found`, `it redirects in a loop`: for messages."""
    moved_to: str = ""
    """Where it moved permanently."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked."""

    name: str
    """The User-Agent: who asks."""
    timeout: float = 15
    """Seconds for each step of a connection."""
    delay: float = 1
    """Seconds between two questions to one host."""
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


class _Stay(HTTPRedirectHandler):
    """Redirects are followed by ourselves, who want to know of what kind they are."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - the library fixes the signature
        return None


def ask_all(addresses: Iterable[str], manners: Manners) -> Mapping[str, Answer]:
    """Ask for every address once: several hosts at a time, each host one after another.

    Where the first three hosts are all unreachable, nobody else is asked.
    """
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    answers: dict[str, Answer] = {}
    groups = list(hosts.values())
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for part in (groups[:3], groups[3:]):
            for found in pool.map(lambda group: list(_ask_host(group, manners)), part):
                answers |= found
            if is_offline(answers.values()) and len(groups) > 1:
                break
    return answers


def is_offline(answers: Iterable[Answer]) -> bool:
    """Whether nobody at all could be reached: then it is our network that is down, and no address is known to be dead."""
    states = {answer.state for answer in answers}
    return bool(states) and states <= {"nameless", "unreachable"}


def _ask_host(addresses: Sequence[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    for number, address in enumerate(addresses):
        if number:
            manners.sleep(manners.delay)
        yield address, ask(address, manners)


def ask(address: str, manners: Manners) -> Answer:
    """Ask for one address, following redirects."""
    try:
        return _follow(address, manners)
    except _NoStatusError as error:
        return error.answer


def _follow(address: str, manners: Manners) -> Answer:
    opener = build_opener(_Stay)
    seen = [address]
    moved_to = ""
    is_permanent = True
    for _ in range(HOPS):
        status, headers, why = _status(opener, seen[-1], manners)
        if not 300 <= status < 400 or not headers.get("Location"):
            return _answer(status, why, address, seen[-1], moved_to)
        target = urljoin(seen[-1], headers["Location"])
        if urlsplit(target).scheme not in ("http", "https"):
            return Answer("failed", f"it redirects to an address of another kind, {urlsplit(target).scheme}:")
        if target in seen:
            return Answer("failed", "it redirects in a loop")
        seen.append(target)
        is_permanent = is_permanent and status in _PERMANENT
        moved_to = target if is_permanent else moved_to
    return Answer("failed", f"it redirects more than {HOPS} times")


def _answer(status: int, why: str, asked: str, last: str, moved_to: str) -> Answer:
    if status < 300:
        if last != asked and _is_front_page(last) and not _is_front_page(asked):
            # What news sites do with articles that they took away.
            return Answer("gone", "it leads to the site's front page")
        return Answer("alive", why, moved_to)
    if status in _GONE:
        return Answer("gone", why)
    return Answer("refused" if status in _REFUSED else "failed", why)


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _status(opener: OpenerDirector, address: str, manners: Manners) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and reason, asking again where that may help. Raises _NoStatusError where there is no answer."""
    waited = False
    method = "HEAD"
    while True:
        try:
            status, headers, why = _request(opener, address, method, manners)
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise _no_status(getattr(error, "reason", error)) from error
        wait = headers.get("Retry-After", "")
        if status == 429 and not waited and wait.isdecimal() and int(wait) <= PATIENCE:
            waited = True
            manners.sleep(int(wait))
        elif method == "HEAD" and status >= 400:
            # Some servers know no HEAD, and some answer it with anything.
            method = "GET"
        else:
            return status, headers, why


class _NoStatusError(Exception):
    def __init__(self, state: State, why: str) -> None:
        super().__init__(why)
        self.answer = Answer(state, why)


def _no_status(cause: object) -> _NoStatusError:
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
        return _NoStatusError("nameless", "no server has this name")
    if isinstance(cause, TimeoutError):
        return _NoStatusError("unreachable", "no answer in time")
    text = " ".join(str(getattr(cause, "strerror", None) or cause or type(cause).__name__).split())[:120]
    is_answer = isinstance(cause, http.client.HTTPException | ValueError | ssl.SSLError)
    return _NoStatusError("failed" if is_answer else "unreachable", text)


def _request(opener: OpenerDirector, address: str, method: str, manners: Manners) -> tuple[int, Mapping[str, str], str]:
    headers = {"User-Agent": manners.name, "Accept": "*/*"}
    if method == "GET":
        headers["Range"] = f"bytes=0-{FIRST_BYTES - 1}"
    request = Request(_encoded(address), method=method, headers=headers)  # noqa: S310 - models and redirects hold http only
    try:
        with opener.open(request, timeout=manners.timeout) as answer:
            if method == "GET":
                answer.read(FIRST_BYTES)
            return answer.status, dict(answer.headers), f"{answer.status} {answer.reason}"
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), f"{error.code} {error.reason}".strip()


def _encoded(address: str) -> str:
    """An address as it goes over the wire: without fragment, in ASCII."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def archived_copy(address: str, manners: Manners, service: str = WAYBACK) -> str:
    """The newest copy in the Wayback Machine; nothing where there is none or it does not answer."""
    request = Request(f"{service}?url={quote(address, safe='')}", headers={"User-Agent": manners.name})  # noqa: S310 - https
    try:
        with build_opener().open(request, timeout=manners.timeout) as answer:
            found = json.loads(answer.read(64 * FIRST_BYTES))
        closest = found["archived_snapshots"]["closest"]
        copy = str(closest["url"]) if closest["available"] else ""
    except (URLError, OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return ""
    return copy.replace("http://web.archive.org/", "https://web.archive.org/", 1)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a server sent it."""

    content: bytes
    charset: str
    """As the server names it; it may name none."""


class NoPageError(Exception):
    """Why an address gave no page."""


def read_page(address: str, manners: Manners, limit: int) -> Page:
    """The first `limit` bytes of one page, following redirects to other pages. Raises NoPageError."""
    request = Request(_encoded(address), headers={"User-Agent": manners.name, "Accept": "text/html"})  # noqa: S310 - held to http by the model, and below
    try:
        with build_opener(_OnlyWeb).open(request, timeout=manners.timeout) as answer:
            if answer.headers.get_content_type() not in ("text/html", "application/xhtml+xml"):
                raise NoPageError(f"it is no page but {answer.headers.get_content_type()}")
            return Page(answer.read(limit), answer.headers.get_content_charset("") or "")
    except HTTPError as error:
        with error:
            raise NoPageError(f"{error.code} {error.reason}") from error
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise NoPageError(_no_status(getattr(error, "reason", error)).answer.why) from error


class _OnlyWeb(HTTPRedirectHandler):
    """Follows redirects to pages of the web, and to nothing else."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:  # noqa: ANN401 - the library fixes the signature
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise URLError("it redirects to an address of another kind")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
