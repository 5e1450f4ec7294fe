"""How to cite a case or a source, and the same for reference managers."""

from __future__ import annotations

from markupsafe import Markup

from casebook.bibliography import Record, case_record, source_record
from casebook.book import Casebook
from casebook.citations import Reference
from casebook.courses import course_of_case
from casebook.model import Case, ReadingList, Source
from casebook.reference_formats import FORMATS
from casebook.views.page import Link, Row, Section
from casebook.views.rendering import View, file_size, fragment


def cite_case(view: View, case: Case) -> Section:
    """The section that says how to cite a case."""
    citations = view.book.citations
    course = course_of_case(view.book, case)
    html = fragment(
        "cite", edition=course.edition, frozen=Link(view.path(course.frozen_uri), "what changed since this edition"),
        example=f"para. 4, {course.edition.words}", rows=_rows(citations.of_case(case.id)), updated=case.updated, has_address=bool(citations.site_url),
        files=_files(view, f"cases/{case.id}/cite", case.id, [case_record(case, citations.site_url)]),
    )  # fmt: skip
    return Section("cite", 2, "Cite this case", html)


def cite_source(view: View, source: Source) -> Section:
    """The section that says how to cite a source, as far as it is known."""
    record = source_record(source)
    html = fragment(
        "cite_source", rows=_rows(view.book.citations.of_source(source.id)) if can_be_found(record) else [],
        files=_files(view, f"sources/{source.id}/cite", source.id, [record]),
    )  # fmt: skip
    return Section("cite", 2, "Cite this source", html)


def can_be_found(record: Record) -> bool:
    """Whether a reference would lead anybody to the work; a date alone does not."""
    return any(field in record for field in ("title", "author", "container-title", "publisher", "URL"))


def bibliography_files(view: View, case: Case) -> Markup:
    """Links to files with everything that a case cites."""
    records = bibliography_of(view.book, case)
    return fragment(
        "reference_files", count=len(records), what="All sources of this case",
        files=_files(view, f"cases/{case.id}/sources", f"{case.id}-sources", records),
    )  # fmt: skip


def bibliography_of(book: Casebook, case: Case) -> list[Record]:
    """Everything that a case's page cites: in the order of the casefile, then what other cases' claims bring along."""
    brought = (source for item in book.claims[case.id] for step in item.claim.history for source in step.cites)
    return [
        source_record(book.sources[source_id]) for source_id in dict.fromkeys([*book.case_sources[case.id], *brought])
    ]


def reading_files(view: View, reading_list: ReadingList) -> Markup:
    """Links to files with everything on a reading list."""
    records = readings_of(view.book, reading_list, view.book.citations.site_url)
    return fragment(
        "reference_files", count=len(records), what="All readings of this list",
        files=_files(view, f"readings/{reading_list.id}/readings", reading_list.id, records),
    )  # fmt: skip


def readings_of(book: Casebook, reading_list: ReadingList, site_url: str) -> list[Record]:
    """Everything on a reading list once, in the order of its sessions."""
    items = [item for session in reading_list.sessions for item in session.items]
    return [
        case_record(book.cases[case_id], site_url) if case_id else source_record(book.sources[str(source_id)])
        for case_id, source_id in dict.fromkeys((item.case, item.source) for item in items)
    ]


def _rows(references: list[Reference]) -> list[Row]:
    return [
        Row(id=f"cite--{number}", label=reference.style.label, html=reference.html)
        for number, reference in enumerate(references, 1)
    ]


def _files(view: View, stem: str, name: str, records: list[Record]) -> list[Row]:
    """The files at `stem.bib`, `stem.ris` …; a reader who keeps one finds it as `name.bib`."""
    return [
        Row(
            href=view.path(f"{stem}.{form.suffix}"), label=form.label, type=form.media_type, name=f"{name}.{form.suffix}",
            size=file_size(len(form.write(records).encode())),
        )
        for form in FORMATS
    ]  # fmt: skip
