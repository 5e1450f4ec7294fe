"""A new case, from what an editor with one article knows: a source, a person, a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.dates import DateSyntaxError, parse_date
from casebook.model import Case
from casebook.placeholders import MARK
from casebook.references import ACTORS, PLAYERS, SINGULAR
from casebook.scaffold.desk import RefusedError
from casebook.scaffold.entries import faults_of
from casebook.scaffold.fields import Field, fields_of
from casebook.scaffold.identifiers import suggest_id, why_not
from casebook.scaffold.interview import Interview
from casebook.scaffold.skeleton import Outline, case_text


def _one(name: str, meaning: str, example: str) -> Field:
    return Field((name,), meaning, is_required=True, example=example)


def _some(name: str, meaning: str, names: tuple[str, ...]) -> Field:
    return Field((name,), meaning, is_required=True, is_list=True, names=names)


_WHO = "Who plays a part: people, organisations, platforms or products; first whoever is quoted."
FIELDS: Mapping[str, Field] = {
    field.option: field
    for field in (
        _one("title", "The title of the essay. It can be changed later.", "The first van"),
        _one("occurred", "When the episode happened, as precisely as the source says.", "2024-11-13"),
        _some("source", "The sources at hand; the case begins with the first of them.", ("sources",)),
        _some("person", _WHO, PLAYERS),
        _some("theme", "The subjects that the case belongs to.", ("themes",)),
        _some("lesson", "The lessons for or against which it speaks.", ("lessons",)),
    )
}
"""What is asked for, under the names of the options."""

SHOWN = 12
"""Ids that are named as examples."""
Known = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A casefile that was laid on the desk."""

    id: str
    left: int
    """Places that are still to be written."""


def open_case(interview: Interview, identifier: str, known: Known) -> Opened:
    """Lay a new casefile on the desk. Raises RefusedError with everything that is missing or wrong."""
    desk = interview.desk
    if identifier:
        _refuse_id(interview, identifier)
    if interview.asker:
        known = {**known, **_asked(interview, known)}
        identifier = identifier or str(interview.question(_ID, lambda text: _id_faults(interview, text), suggest_id(str(known["title"]), desk.ids(("cases",)))))  # fmt: skip
    _hold(interview, identifier, known)
    place = Path("cases") / f"{identifier}.yml"
    text = case_text(_outline(interview, identifier, known), f"{desk.casefiles.name}/{place.as_posix()}")
    desk.put(place, text)
    errors = [f"{problem.message}; {problem.hint}" for problem in desk.problems() if problem.is_error]
    if errors:
        raise RefusedError(*errors)
    return Opened(identifier, text.count(MARK))


_ID = Field(("id",), "Names the case, its file and its page: lower-case letters, digits and hyphens; never changed.", is_required=True)  # fmt: skip


def _id_faults(interview: Interview, identifier: str) -> list[str]:
    reason = why_not(identifier, "cases", interview.desk)
    return [reason] if reason else []


def _refuse_id(interview: Interview, identifier: str) -> None:
    for reason in _id_faults(interview, identifier):
        raise RefusedError(reason, status=1 if "already" in reason or "once" in reason else 2)


def _asked(interview: Interview, known: Known) -> dict[str, str | Sequence[str]]:
    return {
        name: interview.question(field, lambda text, name=name: _faults(interview, name, text))  # type: ignore[misc]
        for name, field in FIELDS.items()
        if not known.get(name)
    }


def _hold(interview: Interview, identifier: str, known: Known) -> None:
    """Hold what is known against the format and the registries."""
    reasons = [] if identifier else ["ID is missing: name the case, as in casebook new floor-nap"]
    for name, field in FIELDS.items():
        answer = known.get(name)
        if not answer:
            reasons.append(missing(interview, name, field))
        for word in [answer] if isinstance(answer, str) else answer or ():
            reasons += [f"--{name}: {fault}" for fault in _faults(interview, name, word)]
    if not reasons and not _actors(interview, known):
        reasons.append("--person: name a person or organisation too, since somebody has to be quoted")
    if reasons:
        raise RefusedError(*reasons, status=2)


def missing(interview: Interview, name: str, field: Field) -> str:
    """What to say of an option that is missing: what it is for, and what it could name."""
    ids = interview.newest_first(field.names)
    there = f"; there are: {', '.join(ids[:SHOWN])}{' …' if len(ids) > SHOWN else ''}" if ids else ""
    if field.names and not ids:
        there = f"; add one first with: casebook new {SINGULAR[field.names[0]]}"
    return f"--{name} is missing: {field.meaning[0].lower()}{field.meaning[1:].rstrip('.')}{there}"


def _faults(interview: Interview, name: str, text: str) -> list[str]:
    field = FIELDS[name]
    if field.names:
        return [fault] if (fault := interview.unknown(field.names, text)) else []
    real = next(one for one in fields_of(Case) if one.path == field.path)
    return faults_of(Case, real, text) or (_not_yet(interview, text) if name == "occurred" else [])


def _not_yet(interview: Interview, text: str) -> list[str]:
    try:
        date = parse_date(text)
    except DateSyntaxError:
        return []
    late = date.earliest > interview.desk.today
    return [f"{date.words} is still to come; a case tells of what happened"] if late else []


def _actors(interview: Interview, known: Known) -> tuple[str, ...]:
    return tuple(who for who in known["person"] if interview.desk.kind_of(who) in ACTORS)


def _outline(interview: Interview, identifier: str, known: Known) -> Outline:
    sources = tuple(dict.fromkeys(known["source"]))
    return Outline(
        identifier,
        str(known["title"]),
        str(known["occurred"]),
        str(known.get("published") or interview.desk.today.isoformat()),
        cast=tuple(dict.fromkeys(known["person"])),
        actors=tuple(dict.fromkeys(_actors(interview, known))),
        themes=tuple(dict.fromkeys(known["theme"])),
        sources=sources,
        lessons=tuple(dict.fromkeys(known["lesson"])),
        language=interview.desk.entries("sources")[sources[0]].csl.language,
    )
