"""Problems in SARIF 2.1.0 (OASIS, 2020), the form in which code hosts and editors take them from any checker."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from casebook import __version__
from casebook.allowances import Allowed
from casebook.codes import Code, all_codes
from casebook.problems import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "casebook/v1"
"""Names how fingerprints are made; another way takes another number."""


def format_sarif(problems: Sequence[Problem], allowed: Sequence[Allowed] = (), site_url: str = "") -> str:
    """One run with a result for each problem; those that editors have allowed are suppressed results.

    `site_url` is the absolute address of the site's root, ending in a slash: rules name their pages below it. Without
    it they name none, because SARIF wants addresses whole.
    """
    told = [(problem, None) for problem in problems] + [(one.problem, one.reason) for one in allowed]
    told.sort(key=lambda pair: (pair[0].location, pair[0].code, pair[0].message))
    codes = {code: index for index, code in enumerate(sorted({problem.code for problem, _ in told}))}
    driver = {
        "name": "casebook check",
        "version": __version__,
        "rules": [_rule(all_codes()[code], site_url) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that holds casefiles/."}}},
        "results": list(_results(told, codes)),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: Code, site_url: str) -> dict[str, Any]:
    text = f"{code.remedy}\n\nWrong:\n\n{code.wrong}\nRight:\n\n{code.right}"
    markdown = f"{code.remedy}\n\nWrong:\n\n```\n{code.wrong}```\n\nRight:\n\n```\n{code.right}```\n"
    rule = {
        "id": code.code,
        "shortDescription": {"text": code.meaning},
        "fullDescription": {"text": f"{code.meaning} {code.remedy}"},
        "help": {"text": text, "markdown": markdown},
    }
    return rule | ({"helpUri": f"{site_url}{code.uri}"} if site_url else {})


def _results(told: Sequence[tuple[Problem, str | None]], codes: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for problem, reason in told:
        place = problem.location
        what = f"{place.file}\n{problem.code}\n{problem.message}"
        seen[what] += 1
        result = {
            "ruleId": problem.code,
            "ruleIndex": codes[problem.code],
            "level": problem.severity.value,
            "message": {"text": f"{problem.message}; {problem.hint}" if problem.hint else problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(place.file), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": place.line, "startColumn": place.column},
                    }
                }
            ],
            "partialFingerprints": {FINGERPRINT: _fingerprint(f"{what}\n{seen[what]}")},
        }
        if reason is not None:
            result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
        yield result


def _fingerprint(what: str) -> str:
    """What stays the same when lines move: the file, the code, the words of the message, and which of equal ones it is."""
    return hashlib.sha256(what.encode()).hexdigest()[:32]
