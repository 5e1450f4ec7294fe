"""A new reading list: one session to begin with, whose items say what they are read for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from casebook.layout import format_text
from casebook.model import ReadingList
from casebook.pipeline import PUBLISHED
from casebook.scaffold.desk import RefusedError
from casebook.scaffold.fields import Field
from casebook.scaffold.identifiers import why_not
from casebook.scaffold.interview import Interview
from casebook.scaffold.opening import Known, missing

READ = ("cases", "sources")
FIELDS: Mapping[str, Field] = {
    field.option: field
    for field in (
        Field(("title",), "The title of the course or seminar.", is_required=True, example="Promises with a day"),
        Field(("audience",), "For whom, in words.", is_required=True, example="second-year undergraduates"),
        Field(("session",), "The subject of the first session.", is_required=True, example="The day she named"),
        Field(("date",), "The day on which it meets, where that is known.", example="2027-03-04"),
        Field(("time",), "When it begins, by the clock of the place; only with a day.", example="10:15"),
        Field(("minutes",), "How long the class lasts, in minutes, where that is known.", example="75"),
        Field(("objective",), "What students can do afterwards, beginning with a verb that can be observed.", is_list=True, example="Weigh a promise that was almost kept."),
        Field(
            ("item",), "What to read for it, and what for: a case or source, a colon, and the reason.", is_required=True,
            is_list=True, example="floor-nap: who says that a picture is staged",
        ),
    )
}  # fmt: skip
"""What is asked for, under the names of the options."""


def open_reading_list(interview: Interview, identifier: str, known: Known) -> Path:
    """Lay a new reading list on the desk. Raises RefusedError with everything that is missing or wrong."""
    reason = why_not(identifier, "readings", interview.desk)
    if reason:
        raise RefusedError(reason, status=1 if "already" in reason else 2)
    if interview.asker:
        asked = {name: field for name, field in FIELDS.items() if not known.get(name)}
        known = {**known, **{name: interview.question(field, lambda text, name=name: _faults(interview, name, text)) for name, field in asked.items()}}  # type: ignore[misc]  # fmt: skip
    reasons = [
        missing(interview, name, field) for name, field in FIELDS.items() if field.is_required and not known.get(name)
    ]
    reasons += [f"--item: {fault}" for item in known.get("item", ()) for fault in _faults(interview, "item", item)]
    if reasons:
        raise RefusedError(*reasons, status=2)
    return _lay_down(interview, identifier, known)


def _faults(interview: Interview, name: str, text: str) -> list[str]:
    if name != "item":
        return []
    identifier, _, why = (part.strip() for part in text.partition(":"))
    unknown = interview.unknown(READ, identifier)
    return [unknown] if unknown else [] if why else [f"say what it is read for: {identifier}: the reason"]


def _lay_down(interview: Interview, identifier: str, known: Known) -> Path:
    desk = interview.desk
    items = [_item(interview, item) for item in known["item"]]
    values = {
        "id": identifier,
        "title": known["title"],
        "audience": known["audience"],
        "sessions": [_session(known, items)],
    }
    place = f"readings/{identifier}.yml"
    name = f"{desk.casefiles.name}/{place}"
    text, problems = format_text(json.dumps(values, ensure_ascii=False), name, ReadingList)
    if text is None:
        raise RefusedError(*map(str, problems), status=2)
    desk.borrow(item["case"] for item in items if "case" in item)
    path = desk.put(Path(place), text)
    found = [problem for problem in desk.problems(PUBLISHED) if problem.location.file == name]
    if found:
        raise RefusedError(*(f"{problem.message}; {problem.hint}" for problem in found))
    return path


def _session(known: Known, items: list[dict[str, str]]) -> dict[str, object]:
    """The first session, with what is known of it."""
    when = {name: known[name] for name in ("date", "time", "minutes") if known.get(name)}
    objectives = {"objectives": known["objective"]} if known.get("objective") else {}
    return {"n": "1", "title": known["session"], **when, **objectives, "items": items}


def _item(interview: Interview, text: str) -> dict[str, str]:
    identifier, _, why = (part.strip() for part in text.partition(":"))
    return {"case" if interview.desk.kind_of(identifier) == "cases" else "source": identifier, "why": why}
