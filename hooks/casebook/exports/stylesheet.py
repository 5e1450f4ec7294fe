"""The stylesheet as readers fetch it: its rules without the comments and the indentation that its authors need."""

from __future__ import annotations

import re

_STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)


def for_readers(css: str) -> str:
    """The stylesheet without comments, blank lines and indentation; strings stay as they are."""
    rules = _STRING_OR_COMMENT.sub(lambda match: match[1] or "", css)
    return "".join(f"{line.strip()}\n" for line in rules.splitlines() if line.strip())
