"""`imsmanifest.xml`: what is in a cartridge, in which order, and what is said of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casebook.courses import Course
from casebook.exports.teaching.platform_words import Addresses, fitting_title
from casebook.exports.teaching.xml_writing import document, element
from casebook.prose import plain_text

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
_SCHEMAS = {
    PACKAGE: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd",
    LOM: "http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd",
}
LICENCE = (
    "Our own words: Creative Commons Attribution 4.0 International (CC BY 4.0), "
    "https://creativecommons.org/licenses/by/4.0/. Quotations remain their authors’."
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a cartridge that a platform makes something of."""

    identifier: str
    type: str
    path: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """A module: a meeting, or what concerns all of them."""

    identifier: str
    title: str
    resources: tuple[Resource, ...]


def manifest(course: Course, identifier: str, folders: tuple[Folder, ...], addresses: Addresses) -> bytes:
    """The manifest as a file: folders in one root, as Common Cartridge wants it, and their resources."""
    root = element(
        "manifest",
        element(
            "metadata",
            element("schema", "IMS Common Cartridge"), element("schemaversion", "1.1.0"), _lom(course, addresses),
        ),
        element(
            "organizations",
            element(
                "organization",
                element("item", *(_module(folder) for folder in folders), identifier="root"),
                identifier="organization", structure="rooted-hierarchy",
            ),
        ),
        element("resources", *(_resource(each) for folder in folders for each in folder.resources)),
        identifier=identifier, xmlns=PACKAGE, xmlns_lomimscc=LOM,
        xmlns_xsi="http://www.w3.org/2001/XMLSchema-instance",
        xsi_schemaLocation=" ".join(f"{namespace} {schema}" for namespace, schema in _SCHEMAS.items()),
    )  # fmt: skip
    return document(root)


def _module(folder: Folder) -> Element:
    items = (
        element(
            "item", element("title", each.title), identifier=f"item-{each.identifier}", identifierref=each.identifier
        )
        for each in folder.resources
    )
    return element("item", element("title", folder.title), *items, identifier=folder.identifier)


def _resource(resource: Resource) -> Element:
    # Web pages are opened by their address; the standard gives the other types none.
    address = {"href": resource.path} if resource.type == "webcontent" else {}
    file = element("file", href=resource.path)
    return element("resource", file, identifier=resource.identifier, type=resource.type, **address)


def _lom(course: Course, addresses: Addresses) -> Element:
    keywords = dict.fromkeys(addresses.book.label(theme) for case in course.cases for theme in case.themes)
    about = course.introduction if course.case else plain_text(addresses.prose(course.introduction))
    general = [
        *_page_address(course, addresses),
        _words("title", fitting_title(course.title)),
        element("lomimscc:language", "en"),
        _words("description", f"{about} The Founder Casebook, {course.edition.words}.".strip()),
        *(_words("keyword", keyword) for keyword in keywords),
    ]
    return element(
        "lomimscc:lom",
        element("lomimscc:general", *general),
        element("lomimscc:lifeCycle", _publisher(course)),
        element(
            "lomimscc:rights",
            element("lomimscc:copyrightAndOtherRestrictions", element("lomimscc:value", "yes")),
            _words("description", LICENCE),
        ),
    )


def _page_address(course: Course, addresses: Addresses) -> list[Element]:
    address = addresses.page(course.uri)
    if not address:
        return []
    return [
        element("lomimscc:identifier", element("lomimscc:catalog", "URI"), element("lomimscc:entry", address)),
    ]


def _publisher(course: Course) -> Element:
    day = course.edition.date.latest.isoformat()
    return element(
        "lomimscc:contribute",
        element("lomimscc:role", element("lomimscc:value", "publisher")),
        element("lomimscc:entity", "BEGIN:VCARD\nVERSION:3.0\nFN:The Founder Casebook\nN:;;;;\nEND:VCARD"),
        element(
            "lomimscc:date", element("lomimscc:dateTime", day), _words("description", f"{course.edition.words}")
        ),
    )  # fmt: skip


def _words(name: str, words: str) -> Element:
    return element(f"lomimscc:{name}", element("lomimscc:string", words, language="en"))
