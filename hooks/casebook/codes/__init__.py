"""Every problem code: what it means, what to do, a wrong and a right example.

The records stand in the `.toml` files beside this one, a file for each family, where an editor can improve an example
without reading code. The pages below `/problems/` and `casebook check --explain` show them; `tests/unit/test_examples.py`
holds every example against the checker.

An example is a piece of the file named above it, or of `casefiles/cases/first-case.yml`; ▲ stands before the place that
is reported. Lines that begin with `$ ` are commands. `(… 900 words …)` stands for so many words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FAMILIES = {
    "CB0": "the file and its YAML",
    "CB1": "fields and values",
    "CB2": "ids and references",
    "CB3": "rules",
    "CB4": "prose",
    "CB5": "attested quotes and addresses of sources",
    "CB6": "history",
    "CB7": "layout and drafts",
}
FEW = 3
"""Problems of one code in one file that are told one by one, where they are shown to an editor; more are told in one line."""
MARK = "▲"
"""Stands in an example before the place that is reported."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says to an editor."""

    code: str
    """`CB###`; never reused."""
    meaning: str
    """What is wrong, in a sentence."""
    remedy: str
    """What to do about it."""
    wrong: str
    """A piece of a casefile, or commands, that the code is reported for."""
    says: str
    """What the checker prints for `wrong`, from the severity on; with its place where `wrong` are commands."""
    right: str
    """The same, mended."""
    can_be_allowed: bool = False
    """Whether an editor may decide otherwise, with `# allow CB###: reason` in the file."""
    several: str = ""
    """What is said of several in one line, after their number, where the meaning does not do."""

    @property
    def many(self) -> str:
        """What is said of many at once, after their number: `quotes are not attested yet`."""
        return self.several or f"places: {self.meaning}"

    @property
    def uri(self) -> str:
        """Its page, from the site's root."""
        return f"problems/{self.code.lower()}/"


@cache
def all_codes() -> Mapping[str, Code]:
    """Every code in order."""
    records: dict[str, Code] = {}
    for path in Path(__file__).parent.glob("*.toml"):
        with path.open("rb") as file:
            records |= {code: Code(code, **fields) for code, fields in tomllib.load(file).items()}
    return dict(sorted(records.items()))
