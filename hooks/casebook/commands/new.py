"""`casebook new`: begin a case, or add an entry to a registry."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook.commands.arguments import add_casefiles, today
from casebook.commands.asking import terminal
from casebook.model import REGISTRY_MODELS
from casebook.problems import nearest
from casebook.references import SINGULAR
from casebook.scaffold.desk import Desk, RefusedError
from casebook.scaffold.entries import Answers
from casebook.scaffold.fields import Field, fields_of
from casebook.scaffold.identifiers import suggest_id
from casebook.scaffold.interview import ID, Interview
from casebook.scaffold.opening import FIELDS, Opened, open_case

REGISTRIES = {SINGULAR[registry]: registry for registry in REGISTRY_MODELS}
KINDS = ("case", *REGISTRIES)
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
    try:
        with Desk(made.casefiles, today()) as desk:
            interview = Interview(desk, terminal(), anyway=made.anyway)
            return _case(interview, made) if kind == "case" else _entry(interview, REGISTRIES[kind], made)
    except RefusedError as error:
        for reason in error.reasons:
            print(f"casebook new: {reason}", file=sys.stderr)
        return error.status
    except (EOFError, KeyboardInterrupt):
        print("\ncasebook new: given up; nothing was written", file=sys.stderr)
        return 1


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
    parser = argparse.ArgumentParser(prog=f"casebook new {kind}", description=_DESCRIPTIONS.get(kind, f"Add a {kind} to its registry."))  # fmt: skip
    add_casefiles(parser)
    parser.add_argument("--anyway", action="store_true", help="it is meant, although something much like it is there")
    if kind == "case":
        parser.add_argument("id", metavar="ID", help="names the case, its file and its page: floor-nap")
        for name, field in FIELDS.items():
            _add_option(parser, f"--{name}", name, field)
        parser.add_argument("--published", metavar="DATE", help="the day for which it is planned; by default today")
        return parser
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="by default made of its name")
    for field in fields_of(REGISTRY_MODELS[REGISTRIES[kind]]):
        if field.path != ID:
            _add_option(parser, f"--{field.option}", "/".join(field.path), field)
    return parser


_DESCRIPTIONS = {"case": "Begin a case: a casefile that passes the checker as a draft."}


def _add_option(parser: argparse.ArgumentParser, option: str, key: str, field: Field) -> None:
    said = f" One of {', '.join(field.choices)}." if field.choices else ""
    said += " Say it again for each." if field.is_list else ""
    parser.add_argument(
        option, dest=key, metavar="ID" if field.names else "TEXT", action="append" if field.is_list else "store",
        help=f"{field.meaning}{said}".replace("%", "%%"),
    )  # fmt: skip


def _given(registry: str, made: argparse.Namespace) -> Answers:
    return {field.path: value for field in fields_of(REGISTRY_MODELS[registry]) if (value := getattr(made, "/".join(field.path), None))}  # fmt: skip


def _entry(interview: Interview, registry: str, made: argparse.Namespace) -> int:
    identifier = interview.add(registry, _given(registry, made), interview.defaults(registry))
    _tell(interview.desk.save())
    print(f"{identifier} can be named now, and is shown in the preview: make serve")
    return 0


def _case(interview: Interview, made: argparse.Namespace) -> int:
    known = {name: getattr(made, name) for name in (*FIELDS, "published") if getattr(made, name)}
    identifier = made.id if interview.asker is None else suggest_id(made.id) or made.id
    opened = open_case(interview, identifier, known)
    _tell(interview.desk.save())
    _tell_next(opened)
    return 0


def _tell(paths: Sequence[Path]) -> None:
    for path in paths:
        print(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


def _tell_next(opened: Opened) -> None:
    print(f"\nNext: write over the {_left(opened)} places that begin with “Write here”.")
    print(f"See the page as you save:  make serve, then {PREVIEW_SITE}/cases/{opened.id}/")
    print("Hear what is wrong:        make check")


def _left(opened: Opened) -> int:
    from casebook.placeholders import MARK

    return opened.path.read_text(encoding="utf-8").count(MARK)
