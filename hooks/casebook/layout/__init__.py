"""The one canonical layout of a casefile, a registry and a reading list.

`format_text` gives a file its layout; the values and the comments stay. It is a function of the file's content alone,
so that two editors, and an editor and a program, come to the same bytes.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from pydantic import BaseModel

from casebook.layout.merging import merge
from casebook.layout.shapes import Shape, shape_of
from casebook.layout.tree import Document, read_tree
from casebook.layout.writing import write
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.problems import Problem
from casebook.text_files import BREAK
from casebook.yaml_reading import compose_text, compose_values

MODELINE = "# yaml-language-server:"
"""What the line begins with by which an editor finds a file's schema."""


_FOLDERS = ("cases", "registry", "readings")


def format_text(text: str, name: str, model: type[BaseModel]) -> tuple[str | None, list[Problem]]:
    """The canonical text of a file, or the problems for which it cannot be composed.

    `name` is the path for messages; its folders say how deep in the casefiles it stands. `model` is that of the file's content: of a registry, of its entries.
    """
    document, problems = _read(text, name)
    if document is None:
        return None, problems
    canonical = _write(document, name, model)
    # Should the layout ever lose a word, the editor keeps the file as it is.
    is_faithful = canonical == text or compose_values(canonical) == compose_values(_with_line_feeds(text))
    return (canonical if is_faithful else text), []


def merge_text(old: str, new: str, name: str, model: type[BaseModel]) -> tuple[str | None, list[Problem]]:
    """The file `new`, as another program wrote it, with what that program lost of the file `old`; canonical.

    The values are the new ones. Comments come back where they were; fields that only `old` has come back when the
    model does not know them; optional fields that are empty, or say what their absence says, are left out. Items of
    lists are matched by their content, by `id` or their first short fields, then by place. A problem of either file
    comes back instead of a text.
    """
    before, problems = _read(old, name)
    after, more = _read(new, name)
    if before is None or after is None:
        return None, [*problems, *more]
    _take_modeline(before)
    _take_modeline(after)
    return _write(merge(before, after, file_shape(model)), name, model), []


def _read(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    text = _with_line_feeds(text)
    if compose_values(text) is None:
        return None, compose_text(text, name)[1]
    return read_tree(text), []


def _with_line_feeds(text: str) -> str:
    return BREAK.sub("\n", text.removeprefix("\ufeff"))


def _write(document: Document, name: str, model: type[BaseModel]) -> str:
    _take_modeline(document)
    return write(document, file_shape(model), modeline(name, model))


def file_shape(model: type[BaseModel]) -> Shape:
    """The shape of a file: the model's fields, or, of a registry, a list of entries."""
    entry = shape_of(model)
    return Shape(item=entry) if model in REGISTRY_MODELS.values() else entry


def modeline(name: str, model: type[BaseModel]) -> str:
    """The first line of a file, by which an editor with a YAML language server finds the schema beside the casefiles."""
    schemas: dict[type[BaseModel], str] = {Case: "case", ReadingList: "reading-list"}
    schemas |= {entry: registry for registry, entry in REGISTRY_MODELS.items()}
    parts = PurePosixPath(name).parts
    depth = next((len(parts) - 1 - at for at in reversed(range(len(parts))) if parts[at] in _FOLDERS), 1)
    return f"{MODELINE} $schema={'../' * depth}.schema/{schemas[model]}.json"


def _take_modeline(document: Document) -> None:
    """Take an earlier modeline away, wherever at the top it stands."""
    root = document.root
    first = root.value.slots[:1] if hasattr(root.value, "slots") else []
    for comments in (document.head, root.above, *(slot.above for slot in first)):
        comments[:] = [line for line in comments if not line.startswith(MODELINE)]
