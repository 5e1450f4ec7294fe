"""A course as an IMS Common Cartridge 1.1, which Moodle, Canvas, Blackboard, Brightspace and others import.

Nothing in it is for the teacher alone: platforms show what they import to students, so answer notes stay out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from casebook.book import Casebook
from casebook.courses import Course
from casebook.exports.teaching.cartridge_parts import Parts
from casebook.exports.teaching.manifest import manifest
from casebook.exports.teaching.platform_words import Addresses

ENDING = "imscc"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
_READABLE = 0o100644 << 16
_UNIX = 3


def cartridge(book: Casebook, course: Course, site_url: str) -> bytes:
    """The cartridge as a zip file, the same bytes for the same casefiles and address.

    Where `site_url` is empty there are no links to the site, only to sources elsewhere.
    """
    addresses = Addresses(book, site_url)
    parts = Parts(course, addresses)
    folders = tuple(parts.folders())
    listing = manifest(course, parts.identifier("manifest"), folders, addresses)
    files = {each.path: each.content for folder in folders for each in folder.resources}
    return _zipped([("imsmanifest.xml", listing), *sorted(files.items())])


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            entry.create_system = _UNIX  # else it would say on which system it was made
            archive.writestr(entry, content)
    return buffer.getvalue()
