"""`casebook links`: ask the network whether addresses still answer. Only this and `casebook new source --fetch` use it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casebook import __version__
from casebook.commands.arguments import add_casefiles, today
from casebook.links import CACHE, Address, addresses_of, fresh, link_problems, read_answers, write_answers
from casebook.pipeline import PREVIEW, load_casebook
from casebook.problems import did_you_mean
from casebook.report import FORMATS
from casebook.web import Answer, Manners, archived_copy, ask_all, is_offline

NAME = f"founder-casebook/{__version__} (link check; one request a page)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_casefiles(parser)
    parser.add_argument("--only", metavar="ID", help="the addresses of one source, entry, case or reading list")
    parser.add_argument(
        "--since", type=int, default=0, metavar="DAYS", help="leave out what answered well in the last so many days"
    )
    parser.add_argument(
        "--archive-lookup", action="store_true", help="ask the Wayback Machine for copies of dead pages that have none"
    )
    parser.add_argument("--timeout", type=float, default=15, metavar="SECONDS", help="for each step of a connection")
    parser.add_argument("--delay", type=float, default=1, metavar="SECONDS", help="between two requests to one host")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how to print the problems")


def run(options: argparse.Namespace) -> int:
    """Ask, and print what no longer answers. 1 when an address is dead, 2 when there is no network."""
    loaded = load_casebook(options.casefiles, statuses=PREVIEW, today=today(), attested=False)
    if loaded.casebook is None:
        print(FORMATS[options.format](loaded.problems))
        return 1
    addresses = list(addresses_of(loaded.casebook))
    if options.only:
        known = {address.owner for address in addresses}
        addresses = [address for address in addresses if address.owner == options.only]
        if not addresses:
            hint = did_you_mean(options.only, known)
            print(
                f'casebook links: nothing called "{options.only}" names an address; {hint}'.rstrip("; "),
                file=sys.stderr,
            )
            return 2
    held, asked = _answers(options, addresses)
    if is_offline(asked.values()) and not _is_one_host(asked):
        print("casebook links: no server could be reached: there is no network. Nothing was checked.", file=sys.stderr)
        return 2
    if is_offline(asked.values()):
        # One server without a name may be our network's fault, so its address is not called dead.
        asked = {url: replace(answer, state="unreachable") for url, answer in asked.items()}
    return _print(options, addresses, {**held, **asked})


def _answers(
    options: argparse.Namespace, addresses: Sequence[Address]
) -> tuple[Mapping[str, Answer], Mapping[str, Answer]]:
    """What is known from the last days, and what servers say now; both are kept for the next time."""
    cache: Path = options.casefiles.parent / ".cache" / CACHE
    known = read_answers(cache)
    held = fresh(known, options.since, today())
    wanted = dict.fromkeys(address.url for address in addresses)
    asked = ask_all([url for url in wanted if url not in held], _manners(options))
    if asked and not is_offline(asked.values()):
        day = today().isoformat()
        write_answers(cache, known | {url: (day, answer) for url, answer in asked.items()})
    return {url: held[url] for url in wanted if url in held}, asked


def _manners(options: argparse.Namespace) -> Manners:
    return Manners(NAME, options.timeout, options.delay)


def _is_one_host(addresses: Iterable[str]) -> bool:
    """One server that is silent says nothing about the network."""
    return len({address.split("/")[2] for address in addresses}) == 1


def _print(options: argparse.Namespace, addresses: Sequence[Address], answers: Mapping[str, Answer]) -> int:
    copies: dict[str, str] = {}
    if options.archive_lookup:
        lost = {
            a.url for a in addresses if not (a.copy or a.is_copy) and answers[a.url].state not in ("alive", "refused")
        }
        copies = {url: archived_copy(url, _manners(options)) for url in sorted(lost)}
    problems = link_problems(addresses, answers, copies)
    if options.format == "text":
        counts = Counter(answer.state for answer in answers.values())
        shares = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        print(f"{len(answers)} {'address' if len(answers) == 1 else 'addresses'}: {shares or 'none'}")
    text = FORMATS[options.format](problems)
    if text:
        print(text)
    return int(any(problem.is_error for problem in problems))
