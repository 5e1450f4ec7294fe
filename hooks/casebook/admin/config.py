"""The form's configuration, made from the models: what Decap CMS is told about cases, registries and reading lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebook.admin.fields import Widget, form_fields
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.references import SINGULAR

Collection = dict[str, Any]

SUMMARY_FIELDS = {
    "people": "{{name.en}}", "organisations": "{{name}}", "platforms": "{{name}}", "products": "{{name}}",
    "themes": "{{label}}", "lessons": "{{statement}}", "terms": "{{term}}", "sources": "{{short}} · {{csl.title}}",
}  # fmt: skip
"""What stands for an entry of a registry in the list of all of them."""
CASE_DEFAULTS = {"schema_version": "1", "status": "draft"}


@dataclass(frozen=True, slots=True)
class GitHub:
    """A repository whose casefiles are edited on GitHub, through pull requests."""

    repository: str
    """`owner/name`."""
    branch: str = "main"
    login_host: str = ""
    """Where signing in is brokered, `https://login.example.org`: GitHub lets no page in a browser do it alone."""


def local_config(*, has_site: bool) -> dict[str, Any]:
    """The form over this folder. `has_site` when the pages are served beside it, so that an entry can lead to its page."""
    collections = [
        _cases(), *(_registry(name) for name in REGISTRY_MODELS), _readings(),
    ]  # fmt: skip
    return {
        "backend": {"name": "casebook"}, "show_preview_links": has_site, **_COMMON,
        "collections": [
            {**collection, "format": "json", "fields": list(map(_judged_later, collection["fields"]))}
            for collection in collections
        ],
    }  # fmt: skip


def _judged_later(field: Widget) -> Widget:
    """A field that takes everything, as those within it do: the server judges what was typed when it is saved.

    Decap CMS would refuse to send it, even of a draft, and say so beside the field alone, which may be folded away.
    """
    open_field = {key: value for key, value in field.items() if key not in ("pattern", "min", "max")}
    if "fields" in field:
        open_field["fields"] = list(map(_judged_later, field["fields"]))
    if "field" in field:
        open_field["field"] = _judged_later(field["field"])
    return open_field


def github_config(place: GitHub) -> dict[str, Any]:
    """The form over a repository on GitHub: each save goes into a pull request, which the checks read.

    Registries are left out: each is one list in a file, which Decap CMS cannot edit by itself.
    """
    broker = {"base_url": place.login_host} if place.login_host else {}
    backend = {"name": "github", "repo": place.repository, "branch": place.branch, **broker}
    return {
        "backend": backend, "publish_mode": "editorial_workflow", "show_preview_links": False, **_COMMON,
        "collections": [{**collection, "format": "yml"} for collection in (_cases(), _readings())],
    }  # fmt: skip


_COMMON: dict[str, Any] = {
    "load_config_file": False,
    "locale": "en",
    "media_folder": "casefiles/media",
    # Pictures are described in a casefile and not reproduced, so there is no library of them.
    "media_library": {"name": "none"},
    "editor": {"preview": False},
    "slug": {"encoding": "ascii", "clean_accents": True},
}


def _folder(name: str, label: str, singular: str, folder: str, fields: list[Widget]) -> Collection:
    return {
        "name": name, "label": label, "label_singular": singular, "folder": folder, "extension": "yml",
        "identifier_field": "id", "slug": "{{slug}}", "create": True, "delete": False, "fields": fields,
    }  # fmt: skip


def _cases() -> Collection:
    fields = [
        {**field, "default": CASE_DEFAULTS[field["name"]]} if field["name"] in CASE_DEFAULTS else field
        for field in form_fields(Case)
        if field["name"] != "schema_version"
    ]
    fields.insert(0, {"name": "schema_version", "label": "Version of the format", "widget": "hidden", "default": "1"})
    return {
        **_folder("cases", "Cases", "case", "casefiles/cases", fields),
        "delete": True, "summary": "{{title}} ({{status}})", "preview_path": "cases/{{slug}}/",
        "sortable_fields": ["title", "occurred", "published", "status"],
        "view_groups": [{"label": "Status", "field": "status"}],
    }  # fmt: skip


def _registry(name: str) -> Collection:
    folder = f"casefiles/registry/{name}"
    pages = {} if name == "terms" else {"preview_path": f"{name}/{{{{slug}}}}/"}
    return {
        **_folder(name, name.capitalize(), SINGULAR[name], folder, form_fields(REGISTRY_MODELS[name])),
        "summary": SUMMARY_FIELDS[name], "sortable_fields": ["id"], **pages,
    }  # fmt: skip


def _readings() -> Collection:
    return {
        **_folder("readings", "Reading lists", "reading list", "casefiles/readings", form_fields(ReadingList)),
        "summary": "{{title}}", "preview_path": "readings/{{slug}}/", "sortable_fields": ["title"],
    }  # fmt: skip
