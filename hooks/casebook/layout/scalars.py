"""How a single value is written: plain, quoted, folded or as a literal block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.layout.shapes import Kind

WIDTH = 100
"""Columns, with indentation, that a line of folded text or a list in brackets keeps to."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE_LIKE = re.compile(r"(?:[0-9]{4}|[0-9]{2}[0-9X]X|\.\.)[0-9X/~?%.:TZ+-]*")
# Whatever YAML 1.1, YAML 1.2 or a program between them may take for a number, a time or a day, and more than that:
# digits with the letters and signs of hexadecimal, octal and sexagesimal numbers, exponents, dates and times.
_NUMERIC = re.compile(
    r"[-+.]{0,2}[0-9][0-9A-Fa-fx_o.,:+\-TtZz/~?%]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt \t]+[-0-9:.+Zz \t]*|[-+]?\.(inf|nan)", re.IGNORECASE
)  # fmt: skip
_RESERVED = frozenset("~ = << null true false yes no on off y n".split())
_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`")
_BEGINNING = re.compile(r"[-?:](\s|$)|---|\.\.\.|\s")
_CONTROLS = re.compile("[\t\n\r]")
"""What does not stand in plain text: for tabs, programs disagree."""
_BREAKING = re.compile(r"(?<=\S) (?=\S)")
"""A blank at which text can be folded; further blanks beside it, or at an end, would not come back."""
_ESCAPED = re.compile(r'[\\"\n\r\t]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def inline(text: str, kind: Kind, style: str = "", *, in_flow: bool = False) -> str:
    """A value on one line, in no more quotation marks than it needs."""
    if kind in (Kind.NUMBER, Kind.SWITCH) and (_NUMBER.fullmatch(text) or text in ("true", "false")):
        return text
    if kind is Kind.QUOTED or (kind is Kind.MOMENT and _DATE_LIKE.fullmatch(text)):
        return _double(text)
    if not _is_sound(text, in_flow=in_flow):
        return _quoted(text)
    if kind is Kind.UNKNOWN and not style:
        return text
    return _quoted(text) if _is_taken_for_something(text) else text


def _is_sound(text: str, *, in_flow: bool) -> bool:
    """Whether a text can stand without quotation marks at all."""
    if not text or text[0] in _INDICATORS or text[-1] in " \t:" or _CONTROLS.search(text):
        return False
    if text[0] in "-?:. \t" and _BEGINNING.match(text):
        return False
    if ": " in text or " #" in text:
        return False
    return not (in_flow and (text[0] in "-?:" or any(sign in text for sign in ",[]{}")))


def _is_taken_for_something(text: str) -> bool:
    if text[0] in "-+.0123456789":
        return _NUMERIC.fullmatch(text) is not None
    return len(text) < 6 and text.lower() in _RESERVED


def _quoted(text: str) -> str:
    """In double quotation marks, or in single ones where these spare escapes."""
    if not _CONTROLS.search(text) and ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return _double(text)


def _double(text: str) -> str:
    return f'"{_ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)}"'


def lines(prefix: str, text: str, kind: Kind, style: str, indent: int, beside: str) -> Iterator[str]:
    """The lines of a value after its key or dash, `prefix`; further lines are indented by `indent`."""
    remark = f"  {beside}" if beside else ""
    margin = " " * indent
    if _can_be_literal(text):
        strip = "" if text.endswith("\n") else "-"
        yield f"{prefix} |{strip}{remark}"
        yield from (f"{margin}{line}" if line else "" for line in text.removesuffix("\n").split("\n"))
        return
    single = f"{prefix} {inline(text, kind, style)}"
    folded = _fold(text, WIDTH - indent) if len(single) > WIDTH and kind not in (Kind.NUMBER, Kind.SWITCH) else []
    if len(folded) > 1:
        yield f"{prefix} >-{remark}"
        yield from (f"{margin}{line}" for line in folded)
    else:
        yield f"{single}{remark}"


def _can_be_literal(text: str) -> bool:
    """Whether a text has line breaks that a literal block keeps as they are."""
    if "\n" not in text or "\r" in text or text.endswith("\n\n") or not text.strip("\n"):
        return False
    first = text.split("\n", 1)[0]
    last = text.removesuffix("\n").rsplit("\n", 1)[-1]
    return first[:1] not in ("", " ", "\t") and bool(last.strip(" \t"))


def _fold(text: str, width: int) -> list[str]:
    """A text in lines that a folded block joins again with one blank each; in one line where that is impossible."""
    if text != text.strip(" \t") or "\n" in text or "\r" in text:
        return [text]
    folded: list[str] = []
    start = end = 0
    for blank in [*(found.start() for found in _BREAKING.finditer(text)), len(text)]:
        if blank - start > width and end > start:
            folded.append(text[start:end])
            start = end + 1
        end = blank
    return [*folded, text[start:]]
