"""XML for learning platforms: a tree whose words are escaped when it is written.

Names are written as they stand, `lom:title` too, with the namespaces declared on the root: importers that look for a
bare `assessment` find none under a prefix that a library chose.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

from casebook.exports.teaching.platform_words import clean


def element(name: str, *content: Element | str, **attributes: str) -> Element:
    """An element with its text or its children. `xml_lang` stands for `xml:lang`."""
    made = Element(name, {key.replace("_", ":"): clean(value) for key, value in attributes.items()})
    for part in content:
        if isinstance(part, str):
            made.text = clean(part)
        else:
            made.append(part)
    return made


def document(root: Element) -> bytes:
    """The file, in UTF-8 with its declaration."""
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
