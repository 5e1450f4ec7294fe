"""Forms for those who contribute without installing anything: GitHub's issue forms and its pull-request template.

Labels, explanations and choices are those of the casefile format. The registries' entries are not among the choices,
since a form would be out of date with the next entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.model import CHOICES, Case, Claim, Csl, Model, Quote, Source

GENERATED = "# Written by `make forms` from the casefile format (hooks/casebook/model)."

PARTS = {
    "title": "Title or sentence under it", "glance": "At a glance", "key_figures": "Key figure", "charts": "Chart",
    "cast": "Cast", "body": "Essay", "events": "Event", "quotes": "Quote", "claims": "Claim",
    "positions": "Position on a contested question", "media": "Picture or clip", "lessons": "Lesson",
    "teaching": "Teaching note", "disputed": "Disputed figure",
}  # fmt: skip
"""Fields of a case → what a reader calls them who reports a mistake."""

RULES = (
    "Every event, figure and quote names its source.",
    "Quotes are short, and word for word as printed.",
    "Nothing is invented: what is not known is left out, or said to be unknown.",
    "Motives are attributed to whoever ascribes them; where sources disagree, both are shown.",
)


def contribution_files() -> dict[str, str]:
    """Path below `.github/` → content."""
    forms = {"new-case": _new_case(), "correction": _correction(), "new-source": _new_source()}
    return {
        **{f"ISSUE_TEMPLATE/{name}.yml": _document(form) for name, form in forms.items()},
        "ISSUE_TEMPLATE/config.yml": _document({"blank_issues_enabled": True}),
        "PULL_REQUEST_TEMPLATE.md": _pull_request(),
    }


def _new_case() -> dict[str, Any]:
    return {
        "name": "Propose a case",
        "description": "An episode that the casebook should tell. An editor makes the casefile from your answers.",
        "title": "New case: ",
        "body": [
            _words("Answer what you know, and leave out the rest. The first source is worth more than a long text."),
            _line("title", "Title", _meaning(Case, "title"), required=True),
            _line("dek", "In one sentence", _meaning(Case, "dek"), required=True),
            _line("occurred", "When it happened", _meaning(Case, "occurred"), placeholder="2024-11-11/2024-11-18"),
            _area("glance", "What happened", _meaning(Case, "glance"), required=True),
            _area("cast", "Who is in it", _meaning(Case, "cast")),
            _area("events", "Events", f"{_meaning(Case, 'events')} One a line: date, what happened, source."),
            _area("quotes", "Quotes", f"{_meaning(Case, 'quotes')} With speaker, date, language and source."),
            _area("claims", "Promises", f"{_meaning(Case, 'claims')} With the day on which each was made."),
            _choice("claim-kind", "If there is a promise: how can it be verified?", _meaning(Claim, "kind"), "ClaimKind"),
            _area("sources", "Sources", "Address, title, publication and date of each source you have read.", required=True),
            _area("against", "The best case against your reading", "What would somebody say who sees it otherwise?"),
            _promises(),
        ],
    }  # fmt: skip


def _correction() -> dict[str, Any]:
    parts = [PARTS[name] for name in Case.model_fields if name in PARTS]
    return {
        "name": "Correct something",
        "description": "A mistake in a published case, however small.",
        "title": "Correction: ",
        "body": [
            _line("page", "Where", "The address of the page; that of the paragraph, if you have it.", required=True),
            _options("part", "What part of the case is it?", "", [*parts, "Person, organisation or other entry", "Source"]),
            _area("says", "What it says now", "", required=True),
            _area("should", "What it should say", "", required=True),
            _area("shown-by", "Which source shows it?", "Address, title and date; the passage, word for word.", required=True),
            _choice("claim-status", "If a promise stands otherwise than the case says: how?",
                    "What had become of it, by the source that you name.", "ClaimStatus"),
        ],
    }  # fmt: skip


def _new_source() -> dict[str, Any]:
    return {
        "name": "Suggest a source",
        "description": "Something that an existing case should cite.",
        "title": "Source: ",
        "body": [
            _line("case", "For which case?", "Its title, or the address of its page.", required=True),
            _line("url", "Address", _meaning(Csl, "URL"), required=True),
            _line("source-title", "Title", _meaning(Csl, "title")),
            _line("author", "Author", _meaning(Csl, "author")),
            _line("container-title", "Publication", _meaning(Csl, "container_title")),
            _line("issued", "Date", _meaning(Csl, "issued"), placeholder="2024-11-13"),
            _line("language", "Language", _meaning(Csl, "language"), placeholder="en, zh-Hans, zh-Hant"),
            _choice("type", "What is it?", _meaning(Csl, "type"), "CslType"),
            _choice("kind", "How near does it stand to what it tells?", _meaning(Source, "kind"), "SourceKind"),
            _choice("independence", "Whose interest does it speak in?", _meaning(Source, "independence"), "Independence"),
            _line("archive-url", "Archived copy", _meaning(Source, "archive_url")),
            _area("passage", "What does it show?", f"The passage. {_meaning(Quote, 'exact')}", required=True),
        ],
    }  # fmt: skip


def _pull_request() -> str:
    statuses = "\n".join(
        f"  `{word}`: {meaning[0].lower()}{meaning[1:]}" for word, meaning in CHOICES["Status"].items()
    )
    rules = "\n".join(f"- [ ] {rule}" for rule in RULES)
    return f"""<!-- {GENERATED.removeprefix("# ")} -->

**What this changes, and why**


**For a casefile**

- [ ] The checks below this pull request find no errors. (On your own machine: `make fmt` and `make check`.)
- [ ] I have read the page in the preview, which the checks attach as an artifact.
- [ ] `status` says how far the case is:
{statuses}
- [ ] A change of substance to a published case has an entry in its `corrections`.
{rules}

**For code**

- [ ] `make test` passes; a bug has a test that failed before.

By contributing you agree that your text is published under CC BY 4.0 and your code under the MIT License.
"""


def _meaning(model: type[Model], field: str) -> str:
    return (model.model_fields[field].description or "").replace("`", "")


def _words(text: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": text}}


def _line(key: str, label: str, description: str, *, placeholder: str = "", required: bool = False) -> dict[str, Any]:
    return _field("input", key, label, description, {"placeholder": placeholder}, required=required)


def _area(key: str, label: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return _field("textarea", key, label, description, {}, required=required)


def _choice(key: str, label: str, description: str, choice: str) -> dict[str, Any]:
    """A choice of the format, each word with its meaning."""
    options = [f"{word}: {meaning[0].lower()}{meaning[1:].rstrip('.')}" for word, meaning in CHOICES[choice].items()]
    return _options(key, label, description, options)


def _options(key: str, label: str, description: str, options: Sequence[str]) -> dict[str, Any]:
    return _field("dropdown", key, label, description, {"options": list(options)}, required=False)


def _promises() -> dict[str, Any]:
    options = [{"label": rule, "required": True} for rule in RULES]
    return {"type": "checkboxes", "id": "rules", "attributes": {"label": "The rules of the house", "options": options}}


def _field(
    kind: str, key: str, label: str, description: str, more: Mapping[str, Any], *, required: bool
) -> dict[str, Any]:
    attributes = {"label": label, "description": description, **more}
    made = {"type": kind, "id": key, "attributes": {name: value for name, value in attributes.items() if value}}
    return {**made, "validations": {"required": True}} if required else made


def _document(value: Mapping[str, Any]) -> str:
    return "\n".join([GENERATED, *_yaml(value), ""])


def _yaml(value: object) -> Iterator[str]:
    """Block YAML of mappings, lists and scalars; a text is in quotes, as JSON writes it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, (Mapping, list)):
                yield f"{key}:"
                yield from (f"  {line}" for line in _yaml(inner))
            else:
                yield f"{key}: {json.dumps(inner, ensure_ascii=False)}"
    elif isinstance(value, list):
        for inner in value:
            first, *rest = _yaml(inner)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield json.dumps(value, ensure_ascii=False)
