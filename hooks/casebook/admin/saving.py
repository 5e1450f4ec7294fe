"""From the form to the files: what is saved, what is refused, and what is said about it.

What the editor typed is merged into the file that stands there, so that comments, order and layout stay. The casefiles
as they would then be are checked before anything is written. What readers see is not made worse: a save that would bring
an error there is refused. Errors that lie in drafts and in cases under review refuse no save, since an hour of work in a
form must not hang on one missing field, least of all on one in another case; what is left to do is said.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from casebook.admin.entries import LIMIT, Address, Stored, Unreadable, find, place_for, version_of
from casebook.admin.telling import untold_changes
from casebook.admin.trying import Told, not_among, problems_now, problems_with, tell
from casebook.layout import format_text, merge_text
from casebook.model import ID_PATTERN
from casebook.problems import Problem, shorten
from casebook.text_files import read_text
from casebook.yaml_reading import compose_values

FREE = frozenset({"draft"})
"""Statuses in which a case is nobody's but its editor's, and may be deleted."""
UNSEEN = frozenset({"draft", "review"})
"""Statuses in which no reader sees a case, so that it may have errors."""


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - it names what happened
    """A save or deletion that was not done. Nothing on the disk has changed."""

    message: str
    told: tuple[Told, ...] = ()
    is_conflict: bool = False

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that was done."""

    version: str
    told: tuple[Told, ...] = ()
    """What is wrong with the entry all the same."""


def refuse_unfit_id(values: Any) -> None:
    """Raise Refusal when a new entry has no id that it could be saved under."""
    identifier = values.get("id") if isinstance(values, dict) else None
    if not isinstance(identifier, str) or not identifier.strip():
        raise Refusal("The id is missing: without one nothing can be saved.")
    if len(identifier) > LIMIT or not re.fullmatch(ID_PATTERN, identifier):
        raise Refusal(
            f'Nothing was saved: "{shorten(identifier)}" cannot be an id. Write lower-case letters without accents and '
            f"digits, with single hyphens between words; at most {LIMIT} characters."
        )


def save_entry(casefiles: Path, wanted: Address, values: Any, version: str | None, today: date | None) -> Saved:
    """Write an entry. `version` is that of the entry when the form read it; none for a new one.

    Raises Refusal.
    """
    held = _held(casefiles, wanted)
    values = without_empty(values)
    _refuse_stranger(wanted, values)
    _refuse_conflict(wanted, held, version)
    before = held or place_for(casefiles, wanted)
    text = _merged(before, wanted, values)
    told = _checked(casefiles, before, text, wanted, today)
    _write(before.path, text)
    if wanted.kind == "cases":
        day = today or date.today()  # noqa: DTZ011 - readers are told of a change on the editor's own day
        told += tell(before.name, text, untold_changes(casefiles, before.path, day))
    return Saved(version_of(_reread(casefiles, wanted)), told)


def delete_entry(casefiles: Path, wanted: Address, today: date | None) -> None:
    """Delete a draft. Raises Refusal for everything that readers may have seen, and for what others refer to."""
    held = _held(casefiles, wanted)
    if held is None:
        return
    if wanted.kind != "cases" or _status(held.entry) not in FREE:
        raise Refusal(
            f"{wanted.id} was not deleted: readers may have its address. Give a case the status retired instead; "
            "an entry of a registry can be taken out of its file once nothing names it."
        )
    _checked(casefiles, held, None, wanted, today)
    held.path.unlink()


def without_empty(value: Any) -> Any:
    """The values less fields left empty. Numbers become text, as everything in a casefile is until it is read."""
    if isinstance(value, dict):
        kept = {str(key): without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_empty(item)}
    if isinstance(value, list):
        return [item for item in map(without_empty, value) if not _is_empty(item)]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) or value is None else str(value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())


def _held(casefiles: Path, wanted: Address) -> Stored | None:
    try:
        return find(casefiles, wanted)
    except Unreadable as error:
        told = tuple(Told("", problem) for problem in error.problems)
        raise Refusal("The file has to be mended in a text editor first.", told) from error


def _refuse_stranger(wanted: Address, values: Any) -> None:
    identifier = values.get("id") if isinstance(values, dict) else None
    if identifier == wanted.id:
        return
    if isinstance(identifier, str) and wanted.id.startswith(f"{identifier}-"):
        raise Refusal(f"The id {identifier} is taken. Choose another: ids are never used twice.", is_conflict=True)
    raise Refusal(
        f"The id of {wanted.id} cannot be changed here: it is the address under which readers, links and other entries "
        "know it. Put the old id back."
    )


def _refuse_conflict(wanted: Address, held: Stored | None, version: str | None) -> None:
    if held is None and version is None:
        return
    if version is None:
        raise Refusal(f"The id {wanted.id} is taken. Choose another: ids are never used twice.", is_conflict=True)
    if held is None:
        raise Refusal(f"{wanted.id} was deleted since it was opened here.", is_conflict=True)
    if version_of(held.entry) != version:
        raise Refusal(
            f"{held.name} was changed elsewhere since {wanted.id} was opened here, and is left as it is. "
            "Copy what you wrote, load this page again, and put it in.",
            is_conflict=True,
        )


def _merged(before: Stored, wanted: Address, values: Any) -> str:
    whole = values
    if wanted.is_registry:
        if not isinstance(before.values, list):
            raise Refusal(f"{before.name} is no list of entries, and has to be mended in a text editor first.")
        entries = before.values
        whole = (
            [*entries, values]
            if before.index is None
            else [*entries[: before.index], values, *entries[before.index + 1 :]]
        )
    # JSON is YAML in which every text is in quotes, so that nothing turns into a number or a date on the way.
    written = json.dumps(whole, ensure_ascii=False)
    if before.text:
        text, problems = merge_text(before.text, written, before.name, wanted.model)
    else:
        text, problems = format_text(written, before.name, wanted.model)
    if text is None:
        raise Refusal("This cannot be written to the file.", tuple(Told("", problem) for problem in problems))
    return text


def _checked(
    casefiles: Path, before: Stored, text: str | None, wanted: Address, today: date | None
) -> tuple[Told, ...]:
    """What the checker says of this file once it holds `text`, or is gone, and what is new to say of cases unseen.

    Raises Refusal when that may not be.
    """
    told = tell(before.name, text, problems_with(casefiles, before.path, text, today))
    own = [item for item in told if item.problem.location.file == before.name]
    borne = own if _is_unseen(wanted, text) else []
    errors = [item for item in told if item.problem.is_error and item not in borne]
    # Where all would be well there is nothing to compare with, and half of the work is saved.
    fresh = not_among(errors, _borne_so_far(casefiles, before, wanted, today)) if errors else []
    elsewhere = [item for item in fresh if item not in own and _lies_unseen(casefiles, item.problem)]
    blocking = fresh if text is None else [item for item in fresh if item not in elsewhere]
    if blocking:
        done = "saved: it would be wrong in" if text is not None else "deleted: others refer to it in"
        raise Refusal(f"{wanted.id} was not {done} {_places(len(blocking))}.", tuple(blocking))
    # What is said of other entries of the same file is not this editor's affair.
    of_entry = [item for item in own if not wanted.is_registry or item.field.split(" › ")[0] == wanted.id]
    return (*of_entry, *elsewhere)


def _borne_so_far(casefiles: Path, before: Stored, wanted: Address, today: date | None) -> list[Problem]:
    """What is wrong already. Errors of a case that nobody saw were borne with; they are not when it is published."""
    file = before.name if _is_unseen(wanted, before.text) else ""
    return [problem for problem in problems_now(casefiles, today) if problem.location.file != file]


def _is_unseen(wanted: Address, text: str | None) -> bool:
    return wanted.kind == "cases" and _status(compose_values(text or "")) in UNSEEN


def _lies_unseen(casefiles: Path, problem: Problem) -> bool:
    """Whether a problem is in a case that readers do not see, so that nothing which they see gets worse by it."""
    path = casefiles.parent / problem.location.file
    if path.parent != casefiles / "cases":
        return False
    text, _ = read_text(path, path.name)
    return _status(compose_values(text or "")) in UNSEEN


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"


def _status(entry: Any) -> str:
    return str(entry.get("status")) if isinstance(entry, dict) else ""


def _write(path: Path, text: str) -> None:
    """The file whole or not at all, with the rights of the one it replaces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="")
    if path.exists():
        shutil.copymode(path, fresh)
    fresh.replace(path)


def _reread(casefiles: Path, wanted: Address) -> Any:
    held = find(casefiles, wanted)
    return held.entry if held else None
