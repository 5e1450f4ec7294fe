"""Record in a source's entry what text of it the archive holds: a small edit in place, every other byte as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.layout import format_text
from casebook.model import Source
from casebook.nodes import MappingNode, ScalarNode, SequenceNode, plain_value
from casebook.problems import Location, did_you_mean
from casebook.text_files import BREAK
from casebook.validation import validate
from casebook.yaml_reading import compose_text

ORDER = {field.alias or name: place for place, (name, field) in enumerate(Source.model_fields.items())}
"""Field → its place in an entry."""
DIGESTS = frozenset({"sha256", "excerpt_sha256"})


class RecordingRefusedError(Exception):
    """Why nothing was recorded, as a sentence for the editor."""

    def __init__(self, why: str, place: Location | None = None) -> None:
        super().__init__(f"{place}: {why}" if place else why)
        self.place = place


@dataclass(frozen=True, slots=True)
class Recorded:
    """The outcome of recording."""

    text: str
    """The registry file with the facts in it; as it was when nothing is new."""
    place: Location
    """Of the source's entry."""
    facts: Mapping[str, str]
    """Field → value, of those that are new."""


def digest_of_text(path: Path) -> str:
    """The SHA-256 digest of a file that is UTF-8 text and not empty. Raises RecordingRefusedError for any other."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise RecordingRefusedError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text (byte {error.start + 1:,} is 0x{raw[error.start]:02x})"
        raise RecordingRefusedError(f"{message}: save the words of the source as plain text") from error
    if "\0" in text or not text.strip():
        raise RecordingRefusedError(f"{path} holds no text: save the words of the source as plain text")
    return hashlib.sha256(raw).hexdigest()


def record(
    text: str, name: str, source_id: str, facts: Mapping[str, str], *, day: str, may_replace: bool
) -> Recorded | None:
    """A file of the registry of sources with facts in one entry; None when the source is not in this file.

    Fields that stand there get the new value, others are put in at their place in the order of the format. A digest
    that is new comes with the `day` as `accessed`, unless the facts say when the text was seen. Raises
    RecordingRefusedError when another digest stands there and `may_replace` is not given, or where the file is too
    irregular for a small edit.
    """
    node, problems = compose_text(text, name)
    if not isinstance(node, SequenceNode) or problems:
        what = str(problems[0]) if problems else f"{name} is not a list of sources"
        raise RecordingRefusedError(f"{what}; run casebook check, and mend it first")
    entry = next((item for item in node.items if _id_of(item) == source_id), None)
    if not isinstance(entry, MappingNode):
        return None
    new = dict(_news(entry, facts, may_replace=may_replace))
    if DIGESTS & new.keys() and "accessed" not in facts:
        new |= dict(_news(entry, {"accessed": day}, may_replace=True))
    edits = [_edit(entry, field, value) for field, value in new.items()]
    edited = _apply(text, edits)
    if format_text(text, name, Source)[0] == text:
        # In the canonical layout a file stays, whatever that asks of what was put in.
        edited = format_text(edited, name, Source)[0] or edited
    _verify(edited, name, source_id, entry, new)
    return Recorded(edited, entry.location, new)


def known_ids(text: str, name: str) -> Iterator[str]:
    """The ids of a file of the registry, as far as it can be read."""
    node, _ = compose_text(text, name)
    for item in node.items if isinstance(node, SequenceNode) else ():
        if identifier := _id_of(item):
            yield identifier


def unknown_source(source_id: str, known: Iterator[str]) -> RecordingRefusedError:
    """What is said when no file has the source."""
    hint = did_you_mean(source_id, known) or "add it first: casebook new source"
    return RecordingRefusedError(f'there is no source "{source_id}"; {hint}')


def _id_of(item: object) -> str:
    found = item.values.get("id") if isinstance(item, MappingNode) else None
    return found.value if isinstance(found, ScalarNode) else ""


def _news(entry: MappingNode, facts: Mapping[str, str], *, may_replace: bool) -> Iterator[tuple[str, str]]:
    """Facts that do not stand in the entry yet."""
    for field, value in facts.items():
        node = entry.values.get(field)
        if node is None:
            yield field, value
        elif not isinstance(node, ScalarNode):
            raise RecordingRefusedError(f'"{field}" is not text', node.location)
        elif node.value != value:
            if field in DIGESTS and not may_replace:
                what = f"{field} is {node.value[:8]}… here, and this text's is {value[:8]}…"
                raise RecordingRefusedError(f"{what}; if the archive holds this text now, add --replace", node.location)
            yield field, value


@dataclass(frozen=True, slots=True)
class _Edit:
    line: int
    column: int
    length: int
    text: str


def _edit(entry: MappingNode, field: str, value: str) -> _Edit:
    written = f'"{value}"' if field in ("accessed", "archive_url") else value
    node = entry.values.get(field)
    if isinstance(node, ScalarNode):
        return _Edit(node.line, node.column, _length(node), written)
    later = (key for name, key in entry.keys.items() if ORDER.get(name, len(ORDER)) > ORDER[field])
    beside = min(later, key=lambda key: (key.line, key.column), default=None)
    first = next(iter(entry.keys.values()))
    if beside is None or beside is first:
        raise RecordingRefusedError(
            "the fields of this entry stand in another order; run: casebook fmt", entry.location
        )
    if beside.file.lines[beside.line][: beside.column].strip():  # in braces, beside other fields
        return _Edit(beside.line, beside.column, 0, f"{field}: {written}, ")
    line = beside.line
    while beside.file.lines[line - 1].strip().startswith("#"):  # a comment belongs to what stands below it
        line -= 1
    return _Edit(line, 0, 0, f"{' ' * beside.column}{field}: {written}\n")


def _length(node: ScalarNode) -> int:
    """Characters that a value takes in its line, quotation marks included."""
    rest = node.file.lines[node.line][node.column :]
    if not node.style and node.end_line == node.line:
        return len(node.value)
    end = rest.find(node.style, 1) + 1 if node.style in ("'", '"') and node.style else 0
    if node.end_line != node.line or not end or rest[1 : end - 1] != node.value:
        raise RecordingRefusedError("this value is written in an unusual way; write it on one line", node.location)
    return end


def _apply(text: str, edits: list[_Edit]) -> str:
    starts = [0, *(match.end() for match in BREAK.finditer(text))]
    ending = found[0] if (found := BREAK.search(text)) else "\n"
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        place = starts[edit.line] + edit.column
        text = f"{text[:place]}{edit.text.replace(chr(10), ending)}{text[place + edit.length :]}"
    return text


def _verify(text: str, name: str, source_id: str, before: MappingNode, new: Mapping[str, str]) -> None:
    """The edit changed what it should and nothing else; a file so odd that it did not is left alone."""
    node, problems = compose_text(text, name)
    after = (
        next((item for item in node.items if _id_of(item) == source_id), None)
        if isinstance(node, SequenceNode)
        else None
    )
    values = plain_value(before)
    if problems or after is None or not isinstance(values, dict) or plain_value(after) != values | dict(new):
        raise RecordingRefusedError("this entry is written in an unusual way; run: casebook fmt", before.location)
    if faults := validate(Source, after)[1]:
        raise RecordingRefusedError(f"{faults[0].message}; {faults[0].hint}", faults[0].location)
