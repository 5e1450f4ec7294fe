"""Reads a Common Cartridge back by what the standard says, and by nothing of the code that wrote it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
WL = "{http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1}"
DT = "{http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ROOTS = {
    "webcontent": f"{XHTML}html", "imswl_xmlv1p1": f"{WL}webLink", "imsdt_xmlv1p1": f"{DT}topic",
    "imsqti_xmlv1p2/imscc_xmlv1p1/assessment": f"{QTI}questestinterop",
}  # fmt: skip
KINDS = dict(zip(ROOTS, ("page", "link", "topic", "quiz"), strict=True))


def tree(content: bytes) -> ElementTree.Element:
    """A file's root; a mistake in its XML is an error."""
    return ElementTree.fromstring(content)  # noqa: S314 - our own file


def words(html: str) -> str:
    """The words of HTML, in one line."""
    return " ".join(unescape(re.sub("<[^<>]+>", " ", html)).split())


class Item(NamedTuple):
    """What stands in a module."""

    kind: str
    title: str
    path: str


@dataclass
class Problem:
    """One question of a quiz as a platform would read it."""

    ident: str
    profile: str
    stem: str
    options: dict[str, str]
    right: frozenset[str]
    """Texts of the options that have to be chosen for all points."""
    feedback: str


@dataclass(frozen=True)
class Cartridge:
    """A cartridge that was opened."""

    content: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its name."""
        with ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def manifest(self) -> ElementTree.Element:
        return tree(self.files["imsmanifest.xml"])

    @property
    def resources(self) -> list[ElementTree.Element]:
        return self.manifest.findall(f"{CP}resources/{CP}resource")

    @cached_property
    def modules(self) -> dict[str, list[Item]]:
        """Title of each module → what stands in it, in order."""
        by_id = {each.get("identifier"): each for each in self.resources}
        found = {}
        for module in self.manifest.findall(f"{CP}organizations/{CP}organization/{CP}item/{CP}item"):
            items = []
            for item in module.findall(f"{CP}item"):
                resource = by_id[item.get("identifierref")]
                path = resource.find(f"{CP}file").get("href")
                items.append(Item(KINDS[resource.get("type")], item.findtext(f"{CP}title"), path))
            found[module.findtext(f"{CP}title")] = items
        return found

    def of_kind(self, kind: str) -> list[Item]:
        """Everything of one kind, in order."""
        return [item for items in self.modules.values() for item in items if item.kind == kind]

    def html_of(self, item: Item) -> str:
        """The HTML of a page or a topic."""
        if item.kind == "topic":
            return tree(self.files[item.path]).findtext(f"{DT}text")
        return self.files[item.path].decode()

    def address_of(self, item: Item) -> str:
        """Where a link leads."""
        return tree(self.files[item.path]).find(f"{WL}url").get("href")

    def problems_of(self, item: Item) -> list[Problem]:
        """The questions of a quiz."""
        return [_problem(item) for item in tree(self.files[item.path]).iter(f"{QTI}item")]


def _problem(item: ElementTree.Element) -> Problem:
    fields = {
        each.findtext(f"{QTI}fieldlabel"): each.findtext(f"{QTI}fieldentry")
        for each in item.iter(f"{QTI}qtimetadatafield")
    }
    stem = item.find(f"{QTI}presentation/{QTI}material/{QTI}mattext").text
    options = {
        label.get("ident"): label.findtext(f"{QTI}material/{QTI}mattext") for label in item.iter(f"{QTI}response_label")
    }
    right: set[str] = set()
    for condition in item.iter(f"{QTI}respcondition"):
        if condition.findtext(f"{QTI}setvar") != "100":
            continue
        conditions = condition.find(f"{QTI}conditionvar")
        both = conditions.find(f"{QTI}and")
        right |= {options[each.text] for each in (conditions if both is None else both).findall(f"{QTI}varequal")}
    feedback = item.findtext(f"{QTI}itemfeedback/{QTI}flow_mat/{QTI}material/{QTI}mattext")
    return Problem(item.get("ident"), fields["cc_profile"], stem, options, frozenset(right), feedback)
