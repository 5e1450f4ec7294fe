"""Builds the same cases as plain Markdown pages with stock MkDocs and Material, as a yardstick for `build.py`.

    python tests/benchmarks/stock.py 1000

One page a case, none of the other pages, no hooks: what the machine needs for the text alone. Machines and hours differ by
a factor of two, so only the ratio of both programs in one sitting means anything.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_cases import PROJECT, Maker

sys.path.insert(0, str(PROJECT / "hooks"))
from casebook.yaml_reading import compose_values

CONFIG = {
    "site_name": "Stock",
    "theme": {"name": "material", "font": False},
    "plugins": ["search"],
    "nav": ["index.md"],
    "markdown_extensions": ["attr_list", "footnotes", "tables", "toc"],
}


def page(text: str) -> str:
    """A casefile as a Markdown page of about the length of our own page's text."""
    case: dict = compose_values(text)  # type: ignore[assignment,type-arg]
    out = [f"# {case['title']}", case["dek"], *(f"- {line}" for line in case["glance"])]
    for section in case["body"]:
        out += [f"## {section['heading']}", re.sub(r"\[\[[^|\]]*\|?([^\]]*)\]\]|\[@[^\]]*\]", r"\1", section["text"])]
    for heading, key, words in (
        ("Timeline", "events", ("date", "title", "detail")), ("Quotes", "quotes", ("exact", "note")),
        ("Claims", "claims", ("text", "test")), ("Positions", "positions", ("stance", "summary")),
        ("Lessons", "lessons", ("relation", "why")),
    ):  # fmt: skip
        out.append(f"## {heading}")
        out += [f"### {row[words[0]]}\n\n" + "\n\n".join(row[word] for word in words[1:]) for row in case[key]]
    return "\n\n".join(out) + "\n"


def main() -> None:
    """Print wall and CPU seconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    maker = Maker(count)
    with tempfile.TemporaryDirectory() as temporary:
        docs = Path(temporary, "docs")
        docs.mkdir()
        (docs / "index.md").write_text("# Stock\n", encoding="utf-8")
        for n in range(count):
            (docs / f"case-{n}.md").write_text(page(maker.case(n)), encoding="utf-8")
        Path(temporary, "mkdocs.yml").write_text(json.dumps(CONFIG), encoding="utf-8")
        start = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q"],
            cwd=temporary,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            sys.exit(1)
    wall = time.monotonic() - start
    print(f"stock Material, {count:,} pages: {wall:.1f} s wall, {usage.ru_utime + usage.ru_stime:.1f} s CPU")


if __name__ == "__main__":
    main()
