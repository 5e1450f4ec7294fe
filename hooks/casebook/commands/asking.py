"""Questions in a terminal: plain lines, so that they work in every terminal and are read out well."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from casebook.scaffold.entries import is_name
from casebook.scaffold.fields import Field

MOST = 12
"""Ids that are listed; of more, the beginning of a word finds them."""

LEAVE_OUT = "-"
"""What is typed where neither the suggestion nor anything else is right."""


class Terminal:
    """An editor at a terminal. A line ends the answer; an empty one takes what stands in brackets."""

    def say(self, text: str) -> None:
        """Tell something."""
        print(text)

    def ask(
        self, field: Field, suggestion: str = "", known: Mapping[str, str] | None = None, *, again: bool = False
    ) -> str:
        """Say what a field is for, what may stand in it, and read a line. `?` lists every choice, `? word` some."""
        if not again:
            _explain(field, suggestion, known)
        while (text := input(_prompt(field, suggestion)).strip()).startswith("?"):
            _list(known or field.choices, text[1:].strip(), most=200)
        return "" if text == LEAVE_OUT else text or suggestion

    def confirm(self, question: str) -> bool:
        """Yes or no; no where the line is empty."""
        return input(f"\n{question} [y/N] ").strip().lower() in ("y", "yes")


def _explain(field: Field, suggestion: str, known: Mapping[str, str] | None) -> None:
    print(f"\n{field.option}: {field.meaning}")
    for number, (word, meaning) in enumerate(field.choices.items(), start=1):
        print(f"  {number:>2}  {word:<18} {meaning}")
    if field.parts and not is_name(field):
        print(f"  Write: {'; '.join(part.option for part in field.parts)}")
    if field.example and not suggestion and not field.choices:
        print(f"  Example: {field.example}")
    if known is not None:
        print("  Write its id (its name does, too). ? and a word lists those with the word in them.")
        _list(known, "")


def _prompt(field: Field, suggestion: str) -> str:
    if suggestion:
        return f"> [{suggestion}] " if field.is_required else f"> [{suggestion}] ({LEAVE_OUT} leaves it out) "
    if field.is_list:
        return "> (one a line, an empty line ends) "
    return "> " if field.is_required else "> (optional) "


def _list(known: Mapping[str, str], word: str, most: int = MOST) -> None:
    """The ids in which, or in whose words, `word` stands."""
    found = [(key, words) for key, words in known.items() if word.lower() in f"{key} {words}".lower()]
    for key, words in found[:most]:
        print(f"  {key:<28} {words}" if words else f"  {key}")
    if len(found) > most:
        print(f"  and {len(found) - most} more, as in: ? {_a_word(found[most])}")


def _a_word(entry: tuple[str, str]) -> str:
    """The longest word of an id."""
    return max(entry[0].split("-"), key=len)


def terminal() -> Terminal | None:
    """Whoever sits at the terminal; nobody where input comes from a file, a pipe or another program."""
    return Terminal() if sys.stdin is not None and sys.stdin.isatty() else None
