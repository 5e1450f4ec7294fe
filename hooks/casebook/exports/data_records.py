"""The records of the data files: what each casefile model says, with its address and what the casebook knows besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

from casebook import bibliography
from casebook.book import Appearance, Casebook
from casebook.courses import Meeting, course_of_list
from casebook.dates import PartialDate
from casebook.editions import edition_of_case
from casebook.exports import data_models as shapes
from casebook.exports.site import Site
from casebook.model import Case, Claim, Model, Platform, Quote, ReadingList, Session, Source, TimelineEvent
from casebook.views.case import lesson_anchor
from casebook.views.neighbours import INVERSE
from casebook.views.rendering import text_fragment_url

Made = TypeVar("Made", bound=Model)


class Writer(NamedTuple):
    """What records are made from."""

    book: Casebook
    site: Site

    def at(self, uri: str) -> str:
        """An address."""
        return self.site.absolute(uri)


def made(shape: type[Made], **fields: Any) -> Made:  # noqa: ANN401 - fields of any model
    """A record. What it holds was validated when it was read, so it is not validated again."""
    construct: Any = shape.model_construct
    record: Made = construct(**fields)
    return record


def with_more(shape: type[Made], model: Model, **more: Any) -> Made:  # noqa: ANN401
    """A casefile's model with more fields."""
    return made(shape, **(dict(model) | more))


def _of_case(shape: type[Made], writer: Writer, case: Case, anchor: str, model: Model, **more: Any) -> Made:  # noqa: ANN401
    return with_more(shape, model, url=writer.at(f"cases/{case.id}/#{anchor}"), case=case.id, **more)


def _named(shape: type[Made], writer: Writer, case: Case, model: Any, **more: Any) -> Made:  # noqa: ANN401
    return _of_case(shape, writer, case, model.id, model, reference=f"{case.id}#{model.id}", **more)


def _bounds(value: PartialDate) -> dict[str, date | None]:
    """First and last possible day; none at an end that is open."""
    return {
        "earliest": None if value.earliest == date.min else value.earliest,
        "latest": None if value.latest == date.max else value.latest,
    }


def event_record(writer: Writer, case: Case, event: TimelineEvent) -> shapes.EventRecord:
    """An event."""
    settles = tuple(
        made(shapes.Settled, claim=item.reference, status=step.status)
        for item, step in writer.book.steps_of(case, event)
        if step.status != "pending"
    )
    others = tuple(f"{other.id}#{same.id}" for other, same in writer.book.tellings.get(f"{case.id}#{event.id}", ()))
    return _named(shapes.EventRecord, writer, case, event, settles=settles, also_told=others, **_bounds(event.date))


def quote_record(writer: Writer, case: Case, quote: Quote) -> shapes.QuoteRecord:
    """A quote."""
    key = f"{case.id}#{quote.id}"
    address, sighting = writer.book.sources[quote.source].csl.URL, writer.book.sightings.get(key)
    return _named(
        shapes.QuoteRecord, writer, case, quote, badge=writer.book.badges.get(key, "unverified"),
        found_on=sighting.on if sighting else None, passage=text_fragment_url(address, quote.exact) if address else None,
    )  # fmt: skip


def claim_record(writer: Writer, case: Case, claim: Claim) -> shapes.ClaimRecord:
    """A claim."""
    return _named(shapes.ClaimRecord, writer, case, claim)


def lesson_use_records(writer: Writer, case: Case) -> Iterator[shapes.LessonUseRecord]:
    """A case may both support a lesson and complicate it; its page then numbers them."""
    seen: list[str] = []
    for use in case.lessons:
        seen.append(use.lesson)
        yield _of_case(shapes.LessonUseRecord, writer, case, lesson_anchor(use.lesson, seen.count(use.lesson)), use)


def _numbered(shape: type[Made], writer: Writer, case: Case, name: str, models: Iterable[Model]) -> tuple[Made, ...]:
    return tuple(_of_case(shape, writer, case, f"{name}-{n}", model) for n, model in enumerate(models, 1))


def correction_records(writer: Writer, case: Case) -> tuple[shapes.CorrectionRecord, ...]:
    """The corrections of a case, in the order of its file."""
    return _numbered(shapes.CorrectionRecord, writer, case, "correction", case.corrections)


def position_records(writer: Writer, case: Case) -> tuple[shapes.PositionRecord, ...]:
    """The readings that a case sets side by side."""
    return _numbered(shapes.PositionRecord, writer, case, "position", case.positions)


def dispute_records(writer: Writer, case: Case) -> tuple[shapes.DisputeRecord, ...]:
    """What sources disagree on in a case."""
    return _numbered(shapes.DisputeRecord, writer, case, "dispute", case.disputed)


def case_record(writer: Writer, case: Case) -> shapes.CaseRecord:
    """A case, whole."""
    book, page = writer.book, f"cases/{case.id}/"
    return with_more(
        shapes.CaseRecord, case, url=writer.at(page), casefile=writer.at(book.files[case.id]), words=book.essay_words[case.id],
        edition=edition_of_case(case).token,
        body=tuple(with_more(shapes.SectionRecord, part, url=writer.at(f"{page}#{part.id}")) for part in case.body),
        events=tuple(event_record(writer, case, event) for event in case.events),
        quotes=tuple(quote_record(writer, case, quote) for quote in case.quotes),
        claims=tuple(claim_record(writer, case, claim) for claim in case.claims),
        positions=position_records(writer, case),
        media=tuple(_named(shapes.MediaRecord, writer, case, media) for media in case.media),
        lessons=tuple(lesson_use_records(writer, case)), teaching=_teaching(writer, case),
        disputed=dispute_records(writer, case), corrections=correction_records(writer, case),
        related_from=tuple(
            made(shapes.RelatedFrom, case=other.id, relation=INVERSE[related.relation], why=related.why)
            for other, related in book.related_from[case.id]
        ),
    )  # fmt: skip


def _teaching(writer: Writer, case: Case) -> shapes.TeachingRecord:
    page = f"cases/{case.id}/teach/"
    questions = tuple(
        with_more(shapes.QuestionRecord, question, url=writer.at(f"{page}#{question.id}"))
        for question in case.teaching.questions
    )
    return with_more(shapes.TeachingRecord, case.teaching, url=writer.at(page), questions=questions)


def reading_list_record(writer: Writer, reading_list: ReadingList) -> shapes.ReadingListRecord:
    """A reading list with its sessions, and what their reading takes."""
    course = course_of_list(writer.book, reading_list)
    pairs = zip(reading_list.sessions, course.meetings, strict=True)
    return with_more(
        shapes.ReadingListRecord, reading_list, url=writer.at(course.uri), edition=course.edition.token,
        sessions=tuple(_session(writer, course.uri, session, meeting) for session, meeting in pairs),
    )  # fmt: skip


def _session(writer: Writer, uri: str, session: Session, meeting: Meeting) -> shapes.SessionRecord:
    items = zip(session.items, meeting.readings, strict=True)
    return with_more(
        shapes.SessionRecord, session, url=writer.at(f"{uri}#session-{session.n}"),
        items=tuple(with_more(shapes.ReadingItemRecord, item, minutes_to_read=one.minutes) for item, one in items),
        own_questions=tuple(
            with_more(shapes.OwnQuestionRecord, own, url=writer.at(f"{uri}#{own.id}")) for own in session.own_questions
        ),
        minutes_to_read=meeting.minutes_to_read, unmeasured=len(meeting.unmeasured),
    )  # fmt: skip


def case_summary(writer: Writer, case: Case) -> shapes.CaseSummary:
    """A case as a line of the index."""
    statuses = [claim.status for claim in case.claims]
    return made(
        shapes.CaseSummary, url=writer.at(f"cases/{case.id}/"), data=writer.at(f"data/cases/{case.id}.json"),
        id=case.id, title=case.title, dek=case.dek, occurred=case.occurred, **_bounds(case.occurred), published=case.published, updated=case.updated,
        edition=edition_of_case(case).token, themes=case.themes, words=writer.book.essay_words[case.id], events=len(case.events), quotes=len(case.quotes),
        claims={status: statuses.count(status) for status in dict.fromkeys(statuses)},
    )  # fmt: skip


def source_record(writer: Writer, source: Source) -> shapes.SourceRecord:
    """A source as a case lists it."""
    return made(shapes.SourceRecord, **_source_fields(writer, source))


def _source_fields(writer: Writer, source: Source) -> dict[str, Any]:
    more = {
        "url": writer.at(f"sources/{source.id}/"),
        "csl": bibliography.source_record(source),
        "issued": source.csl.issued,
    }
    return dict(source) | more


def cited_source_record(writer: Writer, source: Source) -> shapes.CitedSourceRecord:
    """A source with everything that rests on it."""
    uses = tuple(
        made(
            shapes.SourceUseRecord, case=use.case.id, kind=use.kind,
            url=writer.at(use.uri),
        )
        for use in writer.book.source_uses.get(source.id, ())
    )  # fmt: skip
    return made(shapes.CitedSourceRecord, **_source_fields(writer, source), uses=uses)


def entity_record(shape: type[Made], writer: Writer, entry: Any, **more: Any) -> Made:  # noqa: ANN401 - entries of several models
    """An entry of a registry, with the cases in which it appears."""
    appearances = writer.book.appearances.get(entry.id, {}).values()
    return with_more(
        shape, entry, url=writer.at(writer.book.target(entry.id).uri),
        cases=tuple(_appearance(writer, appearance) for appearance in appearances), **more,
    )  # fmt: skip


def platform_record(writer: Writer, platform: Platform) -> shapes.PlatformRecord:
    """A platform. Casefiles call its own address `url`, which in records is the page's."""
    return entity_record(shapes.PlatformRecord, writer, platform, home=platform.url)


def _appearance(writer: Writer, appearance: Appearance) -> shapes.AppearanceRecord:
    """What an entry of a registry does in one case."""
    return made(
        shapes.AppearanceRecord, url=writer.at(f"cases/{appearance.case.id}/"), case=appearance.case.id,
        roles=tuple(appearance.roles),
        events=_ids(appearance.events), quotes=_ids(appearance.quotes), claims=_ids(appearance.claims),
        sections=tuple(appearance.sections),
    )  # fmt: skip


def _ids(items: Iterable[Any]) -> tuple[str, ...]:
    return tuple(item.id for item in items)
