"""A reading list in an address: the format that the builder's page reads and writes.

`teach/builder/#v=1&title=Promises&audience=MBA+classes&session=The+day&case=floor-nap&why=…&ask=floor-nap:dq-day&end`

A list of fields in the order of the list, written as a form's fields are: `+` for a blank, other characters that an
address cannot hold as UTF-8 in `%XX`. `v`, the version, comes first and `end` last, so that an address that a mail program
cut can be told from a whole one. **A field belongs to what was begun last**: the list, a session (`session=` its title),
something to read (`case=` or `source=`), or a question of the list's own (`own=` its text).

| begun by | fields that may follow |
|---|---|
| `v` | `id`, `title`, `audience`, `introduction`, `updated`, `former` (repeated), `edition` (repeated) |
| `session` | `date`, `time`, `minutes`, `objective` (repeated), `ask` (repeated) |
| `case`, `source` | `sections`, `why`, `minutes`, `optional` |
| `own` | `id`, `evidence` (repeated), `minutes`, `note` |

`edition=<case-id>:<token>` says which text of a case the list was made from. `sections` are ids with commas between.
`ask` and `evidence` are `<case-id>:<local-id>`: `#` cannot stand in a fragment, and a mail program ends an address at it.

The list stands in the fragment, which a browser sends to no server: what somebody teaches is nobody's affair, and a
server's limit for the length of addresses, often 8,000 characters, does not hold. Old versions stay readable: a change that
an old page could not read gets a new number.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from casebook.courses import Course, DiscussionQuestion, Meeting, Reading
from casebook.editions import edition_of_case

BUILDER = "teach/builder/"
VERSION = "1"
SAFE = "/:,@"
"""Signs that stand as they are. Marks at which mail programs end an address are left out: brackets, quotation marks, `!`."""

Field = tuple[str, str]


def list_address(course: Course) -> str:
    """The builder's address, from the site's root, with a course filled in."""
    fields = [("v", VERSION), *_of_list(course)]
    for meeting in course.meetings:
        fields += _of_meeting(meeting)
    written = "&".join(f"{key}={quote_plus(value, safe=SAFE)}" for key, value in fields)
    return f"{BUILDER}#{written}&end"


def _of_list(course: Course) -> Iterator[Field]:
    listed = course.reading_list
    if listed is not None:
        yield "id", listed.id
    yield "title", course.title
    yield "audience", course.audience
    if listed is not None:
        # A case's own words before class are for its teacher.
        yield from _given("introduction", course.introduction)
        yield from _given("updated", listed.updated)
        yield from (("former", old) for old in listed.former_ids)
    yield from (("edition", f"{case.id}:{edition_of_case(case).token}") for case in course.cases)


def _of_meeting(meeting: Meeting) -> Iterator[Field]:
    yield "session", meeting.title
    yield from _given("date", meeting.date)
    yield from _given("time", meeting.time)
    yield from _given("minutes", meeting.minutes)
    yield from (("objective", objective) for objective in meeting.objectives)
    yield from (("ask", _reference(q.reference)) for q in meeting.questions if q.case is not None)
    for reading in meeting.readings:
        yield from _of_reading(reading)
    for question in meeting.questions:
        if question.case is None:
            yield from _of_own(question)


def _of_reading(reading: Reading) -> Iterator[Field]:
    if reading.case is not None:
        yield "case", reading.case.id
        if not reading.is_whole:
            yield "sections", ",".join(section.id for section in reading.sections)
    elif reading.source is not None:
        yield "source", reading.source.id
    yield from _given("why", reading.why)
    yield from _given("minutes", reading.said_minutes)
    if reading.optional:
        yield "optional", "1"


def _of_own(question: DiscussionQuestion) -> Iterator[Field]:
    yield "own", question.text
    yield "id", question.reference.removeprefix("#")
    yield from (("evidence", _reference(reference)) for reference in question.evidence)
    yield from _given("minutes", question.minutes)
    yield from _given("note", question.answer_note)


def _reference(reference: str) -> str:
    return reference.replace("#", ":", 1)


def _given(key: str, value: object) -> Iterator[Field]:
    if value is not None and value != "":
        yield key, str(value)
