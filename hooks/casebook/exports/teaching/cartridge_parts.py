"""The parts of a cartridge: pages, links, topics and a quiz for every meeting of a course."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from casebook.courses import Course, DiscussionQuestion, Meeting, Reading
from casebook.exports.teaching.manifest import Folder, Resource
from casebook.exports.teaching.platform_words import Addresses, clean, fitting_title, web_address
from casebook.exports.teaching.qti import assessment
from casebook.exports.teaching.quizzes import meeting_quiz
from casebook.exports.teaching.texts import reading_text
from casebook.exports.teaching.xml_writing import document, element
from casebook.views.rendering import fragment

PAGE = "webcontent"
LINK = "imswl_xmlv1p1"
TOPIC = "imsdt_xmlv1p1"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
LINK_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
TOPIC_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"
# Canvas, and the viewers that come from it, take the pages of this folder for pages and not for files.
_PLACES = {PAGE: ("wiki_content", "html"), LINK: ("links", "xml"), TOPIC: ("topics", "xml"), QUIZ: ("quizzes", "xml")}


@dataclass
class Parts:
    """Makes the resources of one cartridge, and gives each an id that the next edition gives it too.

    A platform that imports a newer edition finds by that id what it has already.
    """

    course: Course
    addresses: Addresses
    _times: dict[str, int] = field(default_factory=dict)

    def identifier(self, key: str) -> str:
        """An id for whatever the key names; the second time, another."""
        count = self._times[key] = self._times.get(key, 0) + 1
        name = f"{self.course.uri}\n{key}\n{count if count > 1 else ''}"
        return f"i{hashlib.sha256(name.encode()).hexdigest()[:20]}"

    def folders(self) -> Iterator[Folder]:
        """What concerns all meetings, then the meetings."""
        # Moodle makes its general section, on top of the course, of the first folder.
        yield Folder(self.identifier("about folder"), "About this course", (self._about(),))
        for meeting in self.course.meetings:
            title = fitting_title(self._meeting_title(meeting))
            yield Folder(self.identifier(f"meeting {meeting.n}"), title, tuple(self._meeting(meeting)))

    def _meeting_title(self, meeting: Meeting) -> str:
        title = f"{meeting.n}. {meeting.title}" if len(self.course.meetings) > 1 else meeting.title
        return f"{title} ({meeting.date.words})" if meeting.date else title

    def _meeting(self, meeting: Meeting) -> Iterator[Resource]:
        place = f"meeting-{meeting.n:02}"
        yield self._overview(meeting, place)
        for number, reading in enumerate(meeting.readings, start=1):
            yield from self._reading(reading, f"{place}-reading-{number:02}")
        if meeting.preparation:
            body = fragment("cartridge_preparation", questions=meeting.preparation)
            yield self._page(f"preparation {meeting.n}", f"{place}-preparation", "Prepare before class", body)
        yield from self._quiz(meeting, place)
        for number, question in enumerate(meeting.questions, start=1):
            yield self._topic(question, number, f"{place}-topic-{number:02}")

    def _about(self) -> Resource:
        course = self.course
        is_plain = course.case is not None
        introduction = Markup("<p>{}</p>").format(course.introduction) if is_plain else self.addresses.prose(course.introduction)  # fmt: skip
        changes = course.uri.removesuffix("teach/") + f"changes/?edition={course.edition.token}"
        body = fragment(
            "cartridge_about", introduction=introduction, audience=course.audience, meetings=course.meetings,
            edition=course.edition.words, changes=self.addresses.page(changes), home=self.addresses.page(course.uri),
            title=course.title,
        )  # fmt: skip
        return self._page("about", "about", f"About “{course.title}”", body)

    def _overview(self, meeting: Meeting, place: str) -> Resource:
        synopsis = self.course.introduction if self.course.case else ""
        body = fragment("cartridge_overview", meeting=meeting, synopsis=synopsis)
        return self._page(f"overview {meeting.n}", f"{place}-overview", "What this meeting is about", body)

    def _reading(self, reading: Reading, place: str) -> Iterator[Resource]:
        text = reading_text(self.addresses.book, reading, self.addresses.site_url)
        body = fragment("cartridge_reading", reading=reading, text=text, edition=self.course.edition.words)
        name = reading.case.id if reading.case else reading.source.id if reading.source else ""
        yield self._page(f"reading {name}", place, f"Read: {reading.title}", body)
        address = self._address(reading)
        if address:
            where = f"On the site: {reading.title}" if reading.case else f"Source: {reading.title}"
            yield self._link(f"link {name}", place, where, address)

    def _address(self, reading: Reading) -> str:
        """Where a reading stands on the web; empty where that is not known."""
        if reading.source is None:
            return self.addresses.page(reading.uri)
        return web_address(reading.source.csl.URL or reading.source.archive_url or "")

    def _page(self, key: str, place: str, title: str, body: Markup) -> Resource:
        title = fitting_title(title)
        page = clean(fragment("cartridge_page", title=title, body=body))
        return self._resource(key, PAGE, place, title, f"{page}\n".encode())

    def _link(self, key: str, place: str, title: str, address: str) -> Resource:
        title = fitting_title(title)
        root = element(
            "webLink", element("title", title), element("url", href=address, target="_blank"), xmlns=LINK_NAMESPACE
        )
        return self._resource(key, LINK, place, title, document(root))

    def _topic(self, question: DiscussionQuestion, number: int, place: str) -> Resource:
        title = fitting_title(f"Discuss {number}: {question.text}")
        html = fragment(
            "cartridge_topic", question=question, evidence=self.addresses.links(question.evidence),
            home=self.addresses.page(question.uri),
        )  # fmt: skip
        root = element("topic", element("title", title), element("text", html, texttype="text/html"), xmlns=TOPIC_NAMESPACE)  # fmt: skip
        return self._resource(f"topic {question.reference}", TOPIC, place, title, document(root))

    def _quiz(self, meeting: Meeting, place: str) -> Iterator[Resource]:
        questions = meeting_quiz(self.addresses.book, meeting)
        if not questions:
            return
        key, title = f"quiz {meeting.n}", "Reading check"
        if len(self.course.meetings) > 1:
            title = f"{title}, meeting {meeting.n}"
        named = {self.identifier(f"{key} {question.key}"): question for question in questions}
        content = assessment(self.identifier(f"{key} assessment"), title, named, self.addresses)
        yield self._resource(key, QUIZ, f"{place}-quiz", title, content)

    def _resource(self, key: str, kind: str, place: str, title: str, content: bytes) -> Resource:
        folder, ending = _PLACES[kind]
        return Resource(self.identifier(key), kind, f"{folder}/{place}.{ending}", title, content)
