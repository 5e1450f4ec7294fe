"""`casebook new`: begin a case or a reading list, or add an entry to a registry."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as FilePath

from casebook import __version__
from casebook.commands.arguments import add_casefiles, today
from casebook.commands.asking import terminal
from casebook.model import ID_PATTERN, REGISTRY_MODELS
from casebook.placeholders import SEARCH
from casebook.problems import nearest
from casebook.references import SINGULAR, with_article
from casebook.scaffold.desk import Desk, RefusedError
from casebook.scaffold.entries import order_guessed
from casebook.scaffold.fields import Field, Path, fields_of
from casebook.scaffold.interview import ID, Interview
from casebook.scaffold.opening import FIELDS, open_case
from casebook.scaffold.reading_lists import FIELDS as READING_FIELDS
from casebook.scaffold.reading_lists import open_reading_list
from casebook.scaffold.source_facts import Facts, facts_of, facts_of_page

NAME = f"founder-casebook/{__version__} (one page, for its bibliographic record)"
URL = ("csl", "URL")
REGISTRIES = {SINGULAR[registry]: registry for registry in REGISTRY_MODELS}
KINDS = ("case", *REGISTRIES, "reading")
PREVIEW_SITE = "http://127.0.0.1:8000"
"""Where `make serve` shows the pages."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: what is to be made; each kind has options of its own."""
    parser.usage = "casebook new ID [OPTION …] | casebook new KIND [OPTION …]"
    parser.epilog = (
        "casebook new KIND --help lists the options of a kind. What they do not say is asked for in a terminal."
    )
    parser.add_argument("what", metavar="ID or KIND", help=f"the id of a new case, or what to add: {', '.join(KINDS)}")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="OPTION …", help="what is known of it")


def run(options: argparse.Namespace) -> int:
    """Make it. 1 when it cannot stand beside what is there, 2 when something is missing or misspelt."""
    kind, words = _kind(options.what, options.rest)
    if kind is None:
        return 2
    made = _parser(kind).parse_args(words)
    unreadable = next((word for word in words if not _is_text(word)), None)
    if unreadable is not None:
        print(f"casebook new: {unreadable!r} is not UTF-8", file=sys.stderr)
        return 2
    try:
        with Desk(made.casefiles, today()) as desk:
            return _MAKERS.get(kind, _entry)(Interview(desk, terminal(), anyway=made.anyway), made, kind)
    except RefusedError as error:
        for reason in error.reasons:
            print(f"casebook new: {reason}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        raise  # nobody reads the output any more; the command line ends quietly
    except OSError as error:
        print(f"casebook new: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\ncasebook new: given up; nothing was written", file=sys.stderr)
        return 1


def _is_text(word: str) -> bool:
    """Whether a word of the command line was text, and not bytes that the system let through."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kind(what: str, rest: Sequence[str]) -> tuple[str | None, list[str]]:
    """What is to be made, and the words that remain. A word that is nearly a kind is no id."""
    plurals = {registry: kind for kind, registry in REGISTRIES.items()} | {f"{kind}s": kind for kind in KINDS}
    known = {**{kind: kind for kind in KINDS}, **plurals}
    if what in known:
        return known[what], list(rest)
    meant = known.get(nearest(what, known), "")
    if meant and "-" not in what:
        print(f'casebook new: did you mean "casebook new {meant}"? For a case of that id: casebook new case {what}', file=sys.stderr)  # fmt: skip
        return None, []
    return "case", [what, *rest]


def _parser(kind: str) -> argparse.ArgumentParser:
    description = _DESCRIPTIONS.get(kind, f"Add {with_article(kind)} to its registry.")
    parser = argparse.ArgumentParser(prog=f"casebook new {kind}", description=description)
    add_casefiles(parser)
    parser.add_argument("--anyway", action="store_true", help="it is meant, although something much like it is there")
    if kind in ("case", "reading"):
        parser.add_argument("id", nargs="?", default="", metavar="ID", help=f"names the {kind}, its file and its page")
        for name, field in (FIELDS if kind == "case" else READING_FIELDS).items():
            _add_option(parser, f"--{name}", name, field)
    if kind == "case":
        parser.add_argument("--published", metavar="DATE", help="the day for which it is planned; by default today")
    if kind not in REGISTRIES:
        return parser
    if kind == "source":
        _add_source_arguments(parser)
    else:
        parser.add_argument("id", nargs="?", default="", metavar="ID", help="by default made of its name")
    for field in fields_of(REGISTRY_MODELS[REGISTRIES[kind]]):
        if field.path != ID:
            _add_option(parser, f"--{field.option}", "/".join(field.path), field)
    return parser


def _add_source_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "where", nargs="?", default="", metavar="URL or FILE",
        help="its address, its text, a saved page, or a record of it: .bib, .ris or CSL-.json",
    )  # fmt: skip
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)  # so that it can be said what is wrong with it
    parser.add_argument(
        "--id", default="", metavar="ID", help="by default made of its short name and address, title or year"
    )
    parser.add_argument("--fetch", action="store_true", help="read the page, and take from it what it says of itself")
    parser.add_argument("--timeout", type=float, default=15, metavar="SECONDS", help="for the page")
    parser.add_argument("--excerpt", action="store_true", help="the file holds excerpts, not the whole text")
    parser.add_argument("--record", default="", metavar="KEY", help="which record of the file it is")


_DESCRIPTIONS = {
    "case": "Begin a case: a casefile that passes the checker as a draft.",
    "reading": "Begin a reading list.",
    "source": "Add a source to its registry. The network is not used unless you say --fetch.",
}


def _add_option(parser: argparse.ArgumentParser, option: str, key: str, field: Field) -> None:
    said = f" One of {', '.join(field.choices)}." if field.choices else ""
    said += " Say it again for each." if field.is_list else ""
    parser.add_argument(
        option, dest=key, metavar="ID" if field.names else "TEXT", action="append" if field.is_list else "store",
        help=f"{field.meaning}{said}".replace("%", "%%"),
    )  # fmt: skip


def _given(registry: str, made: argparse.Namespace) -> dict[Path, str | Sequence[str]]:
    fields = fields_of(REGISTRY_MODELS[registry])
    return {field.path: value for field in fields if (value := getattr(made, "/".join(field.path), None))}


def _entry(interview: Interview, made: argparse.Namespace, kind: str) -> int:
    registry = REGISTRIES[kind]
    given = _given(registry, made)
    identifier = interview.add(registry, given, interview.defaults(registry))
    _tell(interview.desk.save())
    print(f"It can be named now: {identifier}")
    return 0


def _source(interview: Interview, made: argparse.Namespace, kind: str) -> int:
    _refuse_misplaced_id(made)
    given = _given("sources", made)
    facts = dict(facts_of(made.where, is_excerpt=made.excerpt, record=made.record)) if made.where else {}
    address = str(given.get(URL) or (facts[URL].value if URL in facts else ""))
    if made.fetch and not address:
        raise RefusedError("--fetch needs an address", status=2)
    if made.fetch:
        interview.refuse_twins("sources", {**given, URL: address})
        facts = {**facts_of_page(address, NAME, made.timeout), **facts}
    suggested = _take(interview, facts, given)
    identifier = interview.add("sources", given, {**interview.defaults("sources"), **suggested})
    _tell(interview.desk.save())
    for line in _orders_guessed(given):
        print(line)
    print(f"It can be cited now: [@{identifier}]")
    return 0


def _refuse_misplaced_id(made: argparse.Namespace) -> None:
    """Raise RefusedError where an id stands in the place of an address: other kinds take theirs there."""
    for word in (made.where, *made.more):
        if re.fullmatch(ID_PATTERN, word) and not FilePath(word).exists():
            raise RefusedError(
                f'"{word}" is no address and no file; an id is said with an option: --id {word}', status=2
            )
    if made.more:
        raise RefusedError("say one address or file", status=2)


def _orders_guessed(given: dict[Path, str | Sequence[str]]) -> Iterator[str]:
    """How names of two words were read, for whoever meant the other order."""
    for field in fields_of(REGISTRY_MODELS["sources"]):
        names = given.get(field.path, ()) if field.is_list else ()
        yield from (f"  {field.option}: {read}" for name in names if (read := order_guessed(field, name)))


def _take(interview: Interview, facts: Facts, given: dict[Path, str | Sequence[str]]) -> dict[Path, str]:
    """Take what was found over what is not given, telling where it stands; what an editor will not have is suggested."""
    new = {path: fact for path, fact in facts.items() if path not in given}
    found = {path: fact for path, fact in new.items() if fact.origin != "your words"}
    for path, fact in found.items():
        words = fact.value if isinstance(fact.value, str) else "; ".join(name.strip("{}") for name in fact.value)
        print(f"  {path[-1]}: {words}  (from {fact.origin})")
    doubtful = {path: fact for path, fact in found.items() if not fact.is_certain}
    names = ", ".join(path[-1] for path in doubtful)
    is_taken = not doubtful or interview.asker is None or interview.asker.confirm(f"Put this into the entry as it stands above ({names})? With N you are asked about each.")  # fmt: skip
    given.update({path: fact.value for path, fact in new.items() if is_taken or path not in doubtful})
    return {path: fact.value for path, fact in doubtful.items() if not is_taken and isinstance(fact.value, str)}


def _case(interview: Interview, made: argparse.Namespace, kind: str) -> int:
    known = {name: getattr(made, name) for name in (*FIELDS, "published") if getattr(made, name)}
    opened = open_case(interview, made.id, known)
    _tell(interview.desk.save())
    print(f"\nNext: write over the {opened.left} places that begin with “{SEARCH}”.")
    print(f"See the page as you save:  make serve, then {PREVIEW_SITE}/cases/{opened.id}/")
    print("Hear what is wrong:        make check")
    return 0


def _reading(interview: Interview, made: argparse.Namespace, kind: str) -> int:
    known = {name: getattr(made, name) for name in READING_FIELDS if getattr(made, name)}
    path = open_reading_list(interview, made.id, known)
    _tell(interview.desk.save())
    print(f"See the page as you save:  make serve, then {PREVIEW_SITE}/readings/{path.stem}/")
    return 0


_MAKERS: dict[str, Callable[[Interview, argparse.Namespace, str], int]] = {
    "case": _case, "source": _source, "reading": _reading,
}  # fmt: skip


def _tell(paths: Sequence[FilePath]) -> None:
    here = FilePath.cwd()
    for path in paths:
        print(f"wrote {path.relative_to(here) if path.is_relative_to(here) else path}")
