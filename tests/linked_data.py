"""How tests read the linked data of a page: with PyLD, and without fetching schema.org's vocabulary."""

from __future__ import annotations

import json
from typing import Any

from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser

SCHEMA = "https://schema.org/"
_ADDRESSES = ("url", "license", "sameAs", "image", "archivedAt")
_CONTEXT = {"@vocab": SCHEMA} | {name: {"@type": "@id"} for name in _ADDRESSES}


def _loader(url: str, _options: object) -> dict[str, Any]:
    assert url.rstrip("/") == SCHEMA.rstrip("/"), f"asked for {url}"
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": _CONTEXT},
    }  # fmt: skip


def blocks(html: str) -> list[str]:
    """The text of every block of linked data."""
    return [node.text() for node in LexborHTMLParser(html).css('script[type="application/ld+json"]')]


def nodes(html: str, address: str) -> dict[str, dict[str, Any]]:
    """The nodes of the page at an address, by their own full addresses, with schema.org's names in full."""
    (block,) = blocks(html)
    flat = jsonld.flatten(json.loads(block), None, {"base": address, "documentLoader": _loader})
    return {node["@id"]: node for node in flat}


def values(node: dict[str, Any], name: str) -> list[Any]:
    """What a node says under one of schema.org's names: texts, numbers and the addresses of other nodes."""
    found = node.get(f"{SCHEMA}{name}", [])
    return [value.get("@id", value.get("@value")) for value in found]


def types(node: dict[str, Any]) -> list[str]:
    """A node's types in short."""
    return [kind.removeprefix(SCHEMA) for kind in node.get("@type", [])]
