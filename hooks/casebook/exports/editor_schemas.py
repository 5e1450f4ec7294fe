"""JSON Schemas for editor programs: the published ones, with the ids of this casebook and with advice in plain words.

They use what the YAML language server adds to JSON Schema: `defaultSnippets` for completion, `markdownDescription` for
hover, `patternErrorMessage` and `errorMessage` for diagnostics. An id is checked by a pattern and offered by snippets;
an `enum` would print the whole registry into every hover and every message.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from casebook.dates import DATE_PATTERN
from casebook.model import (
    EVIDENCE_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    NAMES,
    REFERENCE_PATTERN,
    URL_PATTERN,
    published_schemas,
)
from casebook.names import Names

FOLDER = ".schema"
"""Where they stand in `casefiles/`, so that the first line of a casefile can name them."""

_QUOTES = "Text is expected here. Numbers, true and false stand in quotes."
_DIGITS = "Write digits only: 100000, 93.5. Words go into other fields."
_ADVICE = {
    ID_PATTERN: "An id is lower-case letters, digits and single hyphens: example-first-van",
    REFERENCE_PATTERN: "Write case-id#local-id: example-first-van#w-late",
    EVIDENCE_PATTERN: "Write a local id of this case, or case-id#local-id of another",
    LANGUAGE_PATTERN: "Write a language tag: en, zh-Hans, zh-Hant",
    URL_PATTERN: "Write the whole address, starting with https://",
    DATE_PATTERN: 'Write a date in quotes: "2024", "2024-11", "2024-11-13", "2024-11~" or "2025-04-01/2025-05-09"',
    r"^[0-9a-f]{64}$": "Write 64 lower-case hexadecimal digits: sha256sum FILE prints them",
}


def editor_schemas(names: Names) -> dict[str, dict[str, Any]]:
    """File name → schema, as `published_schemas` names them."""
    return {name: _with_ids(schema, names) for name, schema in published_schemas().items()}


def write_editor_schemas(names: Names, folder: Path) -> list[Path]:
    """Write the schemas to `folder`, each whole or not at all, and only those that changed. Returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    return list(_written(editor_schemas(names), folder))


def _written(schemas: Mapping[str, Mapping[str, Any]], folder: Path) -> Iterator[Path]:
    for name, schema in schemas.items():
        path = folder / name
        content = (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
        if not path.is_file() or path.read_bytes() != content:
            _replace(path, content)
            yield path


def _replace(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    try:
        Path(file.name).chmod(0o644)
        os.replace(file.name, path)  # noqa: PTH105 - atomic, and named for it
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _with_ids(schema: Mapping[str, Any], names: Names) -> dict[str, Any]:
    lists: dict[str, dict[str, Any]] = {}
    made = _for_editor(schema, names, lists)
    return {**made, "$defs": {**made.get("$defs", {}), **lists}} if lists else made


def _for_editor(schema: Mapping[str, Any], names: Names, lists: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One schema and those within it. Lists of ids, which many fields share, are collected in `lists`."""
    made = {key: value for key, value in schema.items() if key not in (NAMES, "examples")}
    for key in ("properties", "$defs"):
        if key in made:
            made[key] = {name: _for_editor(inner, names, lists) for name, inner in made[key].items()}
    if "items" in made:
        made["items"] = _for_editor(made["items"], names, lists)
    if "description" in made:
        made["markdownDescription"] = _explained(schema)
    if NAMES in schema:
        return _an_id_of(tuple(schema[NAMES]), made, names, lists)
    return {**made, **_advice(made)}


def _advice(schema: Mapping[str, Any]) -> dict[str, str]:
    """What a diagnostic says. A choice is left to the server, which lists the choices."""
    kind = schema.get("type")
    if kind in ("number", "integer"):
        return {"errorMessage": _DIGITS}
    if kind != "string" or "enum" in schema:
        return {}
    advice = _ADVICE.get(schema.get("pattern", ""))
    return {"errorMessage": advice, "patternErrorMessage": advice} if advice else {"errorMessage": _QUOTES}


def _explained(schema: Mapping[str, Any]) -> str:
    """A field's meaning with its examples, written as in a casefile. Completion would put `examples` into the file."""
    shown = [_as_written(example, schema) for example in schema.get("examples", ())]
    given = ", ".join(f"`{text}`" for text in shown if text)
    return f"{schema['description']}\n\nFor example: {given}" if given else str(schema["description"])


def _as_written(example: object, schema: Mapping[str, Any]) -> str:
    if isinstance(example, list):
        return f"[{example[0]}]" if len(example) == 1 else ""
    is_date = schema.get("pattern") == DATE_PATTERN
    return f'"{example}"' if is_date else str(example)


def _an_id_of(
    registries: tuple[str, ...], made: dict[str, Any], names: Names, lists: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    key = f"id-of-{'-or-'.join(registries)}"
    if key not in lists:
        lists[key] = _id_list(registries, names)
    about: dict[str, Any] = {
        name: made[name] for name in ("title", "description", "markdownDescription") if name in made
    }
    return {**about, "$ref": f"#/$defs/{key}"}


def _id_list(registries: tuple[str, ...], names: Names) -> dict[str, Any]:
    known = {identifier: words for name in registries for identifier, words in (names.get(name) or {}).items()}
    pattern = f"^({'|'.join(known)})$" if known else "^(?!)"
    advice = f"There is no such id in {_places(registries)}. Add it there first, or choose one with Ctrl+Space."
    if any(names.get(name) is None for name in registries):
        # Any id may stand in the file that cannot be read, so none is wrong.
        pattern, advice = ID_PATTERN, _ADVICE[ID_PATTERN]
    snippets = [
        {"label": f"{identifier} — {words}" if words else identifier, "body": identifier, "description": words}
        for identifier, words in known.items()
    ]
    messages = {"patternErrorMessage": advice, "errorMessage": advice}
    return {"type": "string", "pattern": pattern, **messages, "defaultSnippets": snippets}


def _places(registries: tuple[str, ...]) -> str:
    places = ["casefiles/cases/" if name == "cases" else f"registry/{name}" for name in registries]
    return " or ".join(filter(None, (", ".join(places[:-1]), places[-1])))
