"""A casefile with every required field, in which what nobody has said yet is a placeholder.

Comments teach each field in one line. They come from the models' own words, and may be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.layout import file_shape, modeline
from casebook.layout.tree import Branch, Document, Slot, read_tree
from casebook.layout.writing import write
from casebook.model import CHOICES, Case
from casebook.placeholders import to_write

OPTIONAL = ("key_figures", "charts", "claims", "positions", "media", "related", "further", "disputed")
OPTIONAL_TO_TEACH = ("preparation", "plan", "board", "pause")


@dataclass(frozen=True, slots=True)
class Outline:
    """What an editor knows of a case before it is written."""

    id: str
    title: str
    occurred: str
    published: str
    """The day for which it is planned."""
    cast: tuple[str, ...]
    actors: tuple[str, ...]
    """Those of the cast who can speak and act; the first of them is quoted."""
    themes: tuple[str, ...]
    sources: tuple[str, ...]
    """The first of them is quoted."""
    lessons: tuple[str, ...]
    language: str
    """That of the first source."""


def case_text(outline: Outline, name: str) -> str:
    """The text of a new casefile, in canonical layout."""
    document = read_tree(json.dumps(_values(outline), ensure_ascii=False))
    _comment(document)
    return write(document, file_shape(Case), modeline(name, Case))


def _values(o: Outline) -> dict[str, Any]:
    return {
        "schema_version": "1",
        "id": o.id,
        "title": o.title,
        "dek": to_write("one sentence that makes a reader want the case"),
        "status": "draft",
        "occurred": o.occurred,
        "published": o.published,
        "glance": [
            to_write("what happened, in one plain sentence"),
            to_write("what the public made of it"),
            to_write("what is still in doubt"),
        ],
        "cast": [{"who": who, "role": to_write("the part played here, in a few words")} for who in o.cast],
        "themes": list(o.themes),
        "body": [{"id": "opening", "heading": to_write("a heading"), "text": _essay(o)}],
        "events": [
            {
                "id": "first-event",
                "date": _first_day(o.occurred),
                "title": to_write("what happened, in one line and in the present tense"),
                "strand": "persona",
                "actors": list(o.actors),
                "cites": list(o.sources),
            }
        ],
        "quotes": [_quote(o)],
        "lessons": [
            {
                "lesson": lesson,
                "relation": "supports",
                "why": to_write("how the evidence bears on the lesson"),
                "evidence": ["first-event", "first-quote"],
            }
            for lesson in o.lessons
        ],
        "teaching": _teaching(),
    }


def _first_day(occurred: str) -> str:
    """Where an interval starts, or ends if nobody knows that; else the date itself."""
    start, _, end = occurred.partition("/")
    return end if start in ("", "..") else start


def _essay(o: Outline) -> str:
    return (
        f"{to_write('the essay, in Markdown, in sections like this one.')}\n\n"
        f"{to_write(f'[[{o.cast[0]}]] names somebody, and [@{o.sources[0]}] says where a statement comes from.')}\n"
    )


def _quote(o: Outline) -> dict[str, Any]:
    quote: dict[str, Any] = {
        "id": "first-quote",
        "exact": to_write("the words as they stand in the source, without quotation marks"),
        "lang": o.language,
    }
    if o.language.partition("-")[0] != "en":
        quote["translation"] = {
            "lang": "en",
            "text": to_write("the words in English"),
            "by": to_write("who translated"),
        }
    return {**quote, "speaker": o.actors[0], "source": o.sources[0]}


def _teaching() -> dict[str, Any]:
    return {
        "synopsis": to_write("what the case is about, for a teacher who has not read it"),
        "level": to_write("for whom, as in: undergraduate, year 2 and up"),
        "objectives": [
            {
                "id": "first-objective",
                "text": to_write("what students can do afterwards, beginning with a verb"),
                "bloom": "evaluate",
            }
        ],
        "questions": [
            {
                "id": "first-question",
                "text": to_write("a question for discussion"),
                "objective": "first-objective",
                "evidence": ["first-event", "first-quote"],
            }
        ],
    }


def _comment(document: Document) -> None:
    """Put the meaning of each field above it, and choices beside the field that has them."""
    root = document.root.value
    if not isinstance(root, Branch):
        raise TypeError("a case is a mapping")
    for slot in root.slots:
        slot.above.append(f"# {_meaning(slot.key)}")
    for pointer, remark in _REMARKS.items():
        slot = _slot(root, pointer)
        slot.beside = f"# {remark}"
    places = ", ".join(OPTIONAL)
    root.foot += [
        "# Optional, where they help:",
        f"# {places};",
        f"# in `teaching`: {', '.join(OPTIONAL_TO_TEACH)}, after which a class stops and decides before it reads on.",
        "# Each field is explained, with examples, on the pages below /contribute/fields/.",
    ]


def _meaning(key: str) -> str:
    """What a field holds, in its docstring's first sentence."""
    info = next(info for name, info in Case.model_fields.items() if (info.alias or name) == key)
    return (info.description or "").partition("\n")[0]


def _one_of(name: str) -> str:
    *others, last = CHOICES[name]
    return f"{', '.join(others)} or {last}"


_REMARKS: Mapping[tuple[str | int, ...], str] = {
    ("status",): _one_of("Status"),
    ("occurred",): "as precise as the source: 2024, 2024-11, 2024-11-13, 2024-11-11/2024-11-15",
    ("cast", 0, "who"): "an id of casefiles/registry/",
    ("body", 0, "id"): "local ids are yours to choose; once published, they stay",
    ("events", 0, "date"): "the event's own day",
    ("events", 0, "strand"): _one_of("Strand"),
    ("events", 0, "cites"): "on_arc: a short title of its own puts an event on the arc",
    ("quotes", 0, "lang"): "of the words, as they stand in the source",
    ("quotes", 0, "source"): "attest the quote with: make attest ARCHIVE=DIR",
    ("lessons", 0, "relation"): _one_of("LessonRelation"),
    ("lessons", 0, "evidence"): "ids of events, quotes, claims or sections of this case",
    ("teaching", "objectives", 0, "bloom"): _one_of("Bloom"),
}
"""What stands beside a field whose value does not say itself what is wanted."""


def _slot(root: Branch, pointer: tuple[str | int, ...]) -> Slot:
    branch, slot = root, root.slots[0]
    for step in pointer:
        found = branch.slots[step] if isinstance(step, int) else branch.get(step)
        if found is None:
            raise KeyError(step)
        slot = found
        if isinstance(slot.value, Branch):
            branch = slot.value
    return slot
