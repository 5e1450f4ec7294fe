"""The data files: a twin of every family of pages, each with its schema, and a manifest of them all.

Files are made one by one and records one by one, so that memory holds one file at a time. Addresses are absolute where
the site knows its own; otherwise they are paths from its root.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from casebook import bibliography
from casebook.book import Casebook
from casebook.exports import data_models as shapes
from casebook.exports.data_records import (
    Writer,
    case_record,
    case_summary,
    cited_source_record,
    claim_record,
    correction_records,
    dispute_records,
    entity_record,
    event_record,
    lesson_use_records,
    made,
    platform_record,
    position_records,
    quote_record,
    reading_list_record,
    source_record,
    with_more,
)
from casebook.exports.site import Site, SiteFile
from casebook.model import Case, Model
from casebook.reference_formats import to_csl_json
from casebook.views.data import COLLECTIONS, LICENCE, Collection

RIGHTS = "Quotations remain the work of those who are quoted."
CASE_SCHEMA = "schema/data/case.json"


def data_files(book: Casebook, site: Site) -> Iterator[SiteFile]:
    """Collections, cases, the bibliography for reference managers, schemas, and last the manifest."""
    writer = Writer(book, site)
    resources = []
    for collection in COLLECTIONS:
        file = SiteFile(collection.uri, _collection(writer, collection))
        resources.append(_resource(collection.name, collection.title, collection.what, file, collection.schema))
        yield file
    for case in book.cases.values():
        yield SiteFile(f"data/cases/{case.id}.json", _case_file(writer, case))
    sources = SiteFile("data/sources.csl.json", _bibliography(book))
    yield sources
    resources.append(_resource("bibliography", "Bibliography", "The sources as plain CSL-JSON.", sources, ""))
    for uri, schema in data_schemas():
        yield SiteFile(uri, json.dumps(schema, ensure_ascii=False, indent=2))
    yield SiteFile("data/datapackage.json", _data_package(book, site, resources))


# Schemas ------------------------------------------------------------------------------------------------------------


def data_schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and JSON Schema of every kind of file."""
    collection_of: Any = shapes.Collection
    for collection in COLLECTIONS:
        model = collection_of[RECORDS[collection.name].model]
        yield collection.schema, _schema(model, f"Founder Casebook data: {collection.title.lower()}", collection.what)
    yield (
        CASE_SCHEMA,
        _schema(shapes.CaseFile, "Founder Casebook data: one case", "A case with the sources that it cites."),
    )


def _schema(model: type[Model], title: str, description: str) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title, "description": description
    }  # fmt: skip


# Files --------------------------------------------------------------------------------------------------------------


def _head(writer: Writer, page: str, schema: str, title: str, root: str) -> dict[str, Any]:
    """What every file says of itself. `root` leads from the file to the site's root: editors look for a schema from there."""
    return {
        "url": writer.at(page), "schema_": writer.at(schema) if writer.site.url else f"{root}{schema}", "version": shapes.VERSION, "title": title,
        "license": LICENCE, "attribution": writer.site.name, "rights": RIGHTS, "as_of": writer.book.as_of,
    }  # fmt: skip


def _collection(writer: Writer, collection: Collection) -> str:
    """A collection, a record a line: one that changes is one line of a difference."""
    head = _head(writer, collection.page, collection.schema, collection.title, "../")
    opening = made(shapes.DataFile, **head).model_dump_json(by_alias=True).removesuffix("}")
    lines = [record.model_dump_json(by_alias=True) for record in RECORDS[collection.name].make(writer)]
    return f'{opening},"items":[\n' + ",\n".join(lines) + "\n]}\n"


def _case_file(writer: Writer, case: Case) -> str:
    file = made(
        shapes.CaseFile, **_head(writer, f"cases/{case.id}/", CASE_SCHEMA, case.title, "../../"),
        case=case_record(writer, case),
        sources=tuple(source_record(writer, writer.book.sources[name]) for name in writer.book.case_sources[case.id]),
    )  # fmt: skip
    return f"{file.model_dump_json(by_alias=True, indent=2)}\n"


def _bibliography(book: Casebook) -> str:
    return to_csl_json([bibliography.source_record(source) for source in book.sources.values()])


def _resource(name: str, title: str, what: str, file: SiteFile, schema: str) -> dict[str, Any]:
    """A file in the terms of the Data Package standard. Its own `schema` is for tables, so ours is only named."""
    content = file.content if isinstance(file.content, bytes) else file.content.encode()
    resource = {
        "name": name, "title": title, "description": what, "path": file.uri.removeprefix("data/"), "format": "json",
        "mediatype": "application/json", "encoding": "utf-8", "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}",
    }  # fmt: skip
    return resource | ({"describedBy": f"../{schema}"} if schema else {})


def _data_package(book: Casebook, site: Site, resources: list[dict[str, Any]]) -> str:
    """The manifest, as a Data Package (version 2)."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "founder-casebook", "title": f"{site.name}: open data", "description": site.description or RIGHTS,
        "version": f"{shapes.VERSION}.0.0",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": site.name, "roles": ["creator"]}],
        "resources": resources,
    }  # fmt: skip
    if book.as_of:
        package["created"] = f"{book.as_of.earliest.isoformat()}T00:00:00Z"
    if site.url:
        package["homepage"] = site.absolute("data/")
    return json.dumps(package, ensure_ascii=False, indent=2)


# Collections --------------------------------------------------------------------------------------------------------


class Records(NamedTuple):
    """The records of one collection."""

    model: type[Model]
    make: Callable[[Writer], Iterator[Model]]


def _timeline(writer: Writer) -> Iterator[Model]:
    events = list(writer.book.all_events())
    events.sort(key=lambda pair: pair[1].date.sort_key)
    return (event_record(writer, case, event) for case, event in events)


def _lessons(writer: Writer) -> Iterator[Model]:
    uses: dict[str, list[shapes.LessonUseRecord]] = {}
    for case in writer.book.cases.values():
        for use in lesson_use_records(writer, case):
            uses.setdefault(use.lesson, []).append(use)
    for lesson in writer.book.lessons.values():
        url = writer.at(f"lessons/{lesson.id}/")
        yield with_more(shapes.LessonRecord, lesson, url=url, uses=tuple(uses.get(lesson.id, ())))


def _newest_corrections(writer: Writer) -> Iterator[Model]:
    found = [record for case in writer.book.cases.values() for record in correction_records(writer, case)]
    return iter(sorted(found, key=lambda record: record.on.sort_key, reverse=True))


def _readings(writer: Writer) -> Iterator[Model]:
    return (reading_list_record(writer, reading_list) for reading_list in writer.book.readings.values())


def _each_case(make: Callable[[Writer, Case], Iterable[Model]]) -> Callable[[Writer], Iterator[Model]]:
    return lambda writer: (record for case in writer.book.cases.values() for record in make(writer, case))


def _registry(name: str, shape: type[Model]) -> Records:
    return Records(
        shape, lambda writer: (entity_record(shape, writer, entry) for entry in writer.book.registries[name].values())
    )


RECORDS: dict[str, Records] = {
    "cases": Records(shapes.CaseSummary, _each_case(lambda writer, case: [case_summary(writer, case)])),
    "timeline": Records(shapes.EventRecord, _timeline),
    "quotes": Records(
        shapes.QuoteRecord, _each_case(lambda writer, case: (quote_record(writer, case, q) for q in case.quotes))
    ),
    "claims": Records(
        shapes.ClaimRecord, _each_case(lambda writer, case: (claim_record(writer, case, c) for c in case.claims))
    ),
    "positions": Records(shapes.PositionRecord, _each_case(position_records)),
    "lessons": Records(shapes.LessonRecord, _lessons),
    "people": _registry("people", shapes.PersonRecord),
    "organisations": _registry("organisations", shapes.OrganisationRecord),
    "platforms": Records(
        shapes.PlatformRecord,
        lambda writer: (platform_record(writer, entry) for entry in writer.book.registries["platforms"].values()),
    ),
    "products": _registry("products", shapes.ProductRecord),
    "themes": _registry("themes", shapes.ThemeRecord),
    "sources": Records(
        shapes.CitedSourceRecord,
        lambda writer: (cited_source_record(writer, source) for source in writer.book.sources.values()),
    ),
    "glossary": _registry("terms", shapes.TermRecord),
    "readings": Records(shapes.ReadingListRecord, _readings),
    "corrections": Records(shapes.CorrectionRecord, _newest_corrections),
    "disputed": Records(shapes.DisputeRecord, _each_case(dispute_records)),
}
