"""What GitHub runs on a pull request with casefiles, run here: nothing of the pull request is executed.

The steps are those of `.github/workflows/casefiles.yml`, in their order. Checking out is done by git as the action does
it, and installing is left out: the tools of the base commit are put on the path instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import changed
from casebook.nodes import plain_value
from casebook.yaml_reading import compose_text
from sites import PROJECT, make_example_project

WORKFLOW = (PROJECT / ".github" / "workflows" / "casefiles.yml").read_text(encoding="utf-8")
INSTALL = "python -m pip install --constraint constraints.txt ."
STEPS = plain_value(compose_text(WORKFLOW.replace("on:\n  pull_request", "triggers:\n  pull_request"), "w")[0])["jobs"][
    "casefiles"
]["steps"]
MARKER = "from pathlib import Path; Path({!r}).write_text('run')\n"


def git(place: Path, *words: str) -> str:
    who = {"GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
           "GIT_COMMITTER_NAME": "Ada Example", "GIT_COMMITTER_EMAIL": "ada@example.org", "GIT_CONFIG_NOSYSTEM": "1"}  # fmt: skip
    done = subprocess.run(["git", *words], cwd=place, env=os.environ | who, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class PullRequest:
    """A repository whose work tree holds what is proposed; `base` is the commit without it."""

    repository: Path
    base: str

    @property
    def casefiles(self) -> Path:
        return self.repository / "casefiles"

    def run(self, workspace: Path) -> list[tuple[str, int, str]]:
        """Each step that was run: its name, its exit status and what it printed. The first that fails is the last."""
        git(self.repository, "add", "--all", "--force")
        git(self.repository, "commit", "--quiet", "--allow-empty", "--message", "What is proposed")
        check_out(self.repository, workspace, STEPS[0]["with"], self.base)
        check_out(self.repository, workspace, STEPS[1]["with"], "HEAD")
        done = []
        for step in STEPS:
            if "run" not in step or step["run"].strip() == INSTALL:
                continue
            done.append((step["name"], *run_step(step, workspace)))
            if done[-1][1]:
                break
        return done


def check_out(repository: Path, workspace: Path, settings: dict[str, str], commit: str) -> None:
    """What actions/checkout does with these settings."""
    place = workspace / settings["path"]
    git(workspace, "clone", "--quiet", "--no-checkout", str(repository), str(place))
    if "sparse-checkout" in settings:
        cone = "--no-cone" if settings["sparse-checkout-cone-mode"] == "false" else "--cone"
        git(place, "sparse-checkout", "set", cone, settings["sparse-checkout"])
    git(place, "checkout", "--quiet", "--detach", git(repository, "rev-parse", commit))


def run_step(step: dict, workspace: Path) -> tuple[int, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CASEBOOK_", "PYTHON"))}
    environment |= step.get("env", {})
    environment |= {
        "PATH": f"{workspace.parent / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(workspace / "tools" / "hooks"),
        "GITHUB_STEP_SUMMARY": str(workspace / "summary"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=workspace / step.get("working-directory", "."), env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The repository without any pull request: the project's tools, and a small casebook."""
    folder = tmp_path_factory.mktemp("repository")
    make_example_project(folder)

    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The casebook")
    return folder


@pytest.fixture
def proposal(base, tmp_path):
    repository = tmp_path / "repository"
    git(tmp_path, "clone", "--quiet", str(base), str(repository))
    return PullRequest(repository, git(repository, "rev-parse", "HEAD"))


@pytest.fixture
def workspace(tmp_path):
    """The runner's folder, with the commands that installing would have made."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, module in (("casebook", "casebook.cli"), ("mkdocs", "mkdocs")):
        (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (commands / name).chmod(0o755)
    place = tmp_path / "workspace"
    place.mkdir()
    return place


def commands(output: str) -> list[str]:
    """The lines that GitHub reads as commands."""
    return [line for line in output.splitlines() if line.startswith("::")]


def test_tools_come_from_the_base_and_casefiles_from_the_pull_request():
    assert STEPS[0]["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert "ref" not in STEPS[1]["with"]
    assert {step["with"]["persist-credentials"] for step in STEPS[:2]} == {"false"}
    assert [step.get("working-directory") for step in STEPS if step.get("run", "").strip() == INSTALL] == ["tools"]
    assert not any("${{" in step.get("run", "") for step in STEPS)
    assert "secrets" not in WORKFLOW.partition("name:")[2]


def test_sound_proposal_is_checked_and_its_draft_stands_in_the_preview(proposal, workspace):
    cases = proposal.casefiles / "cases"
    draft = changed(
        (cases / "thousand-cars.yml").read_text(encoding="utf-8"),
        ("id: thousand-cars\n", "id: new-case\n"), ("status: published", "status: draft"),
        ("\naliases: [car-one-thousand, the-notebook]\n", ""),
    )  # fmt: skip
    (cases / "new-case.yml").write_text(draft, encoding="utf-8")
    steps = proposal.run(workspace)
    assert [(name, status) for name, status, _ in steps] == [
        ("Put the proposed casefiles in their place", 0),
        ("Check every casefile, drafts too", 0),
        ('Check the layout, which "casebook fmt" mends', 0),
        ("Check once more what will be published, warnings too", 0),
        ("Hold what is published against what was before", 0),
        ("Build the preview, drafts too", 0),
    ], steps[-1]
    site = workspace / "tools" / "site"
    assert STEPS[-1]["with"]["path"] == "tools/site"
    assert {path.name for path in (site / "cases").iterdir() if path.is_dir()} >= {"bench-photo", "new-case"}
    assert "http.server" in (workspace / "summary").read_text()


def test_mistake_is_annotated_at_the_path_of_the_pull_request(proposal, workspace):
    path = proposal.casefiles / "cases" / "bench-photo.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(changed(text, ("status: published", "status: publishd")), encoding="utf-8")
    line = text[: text.index("status: ")].count("\n") + 1
    name, status, output = proposal.run(workspace)[-1]
    assert (name, status) == ("Check every casefile, drafts too", 1)
    (annotation,) = [line for line in commands(output) if line.startswith("::error")]
    assert annotation.startswith(f"::error file=casefiles/cases/bench-photo.yml,line={line},col=9,title=CB106::")


def test_layout_is_annotated_where_it_differs(proposal, workspace):
    path = proposal.casefiles / "cases" / "bench-photo.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(changed(text, ("status: published", "status:   published")), encoding="utf-8")
    name, status, output = proposal.run(workspace)[-1]
    assert (name, status) == ('Check the layout, which "casebook fmt" mends', 1)
    (annotation,) = commands(output)
    assert re.match(r"::\w+ file=casefiles/cases/bench-photo.yml,line=\d+,", annotation)


def test_code_of_the_pull_request_is_not_even_there(proposal, workspace, tmp_path):
    marker = tmp_path / "marker"
    for name in ("hooks/casebook/__init__.py", "hooks/mkdocs_hooks.py", "sitecustomize.py", "casefiles/conftest.py",
                 "casefiles/sitecustomize.py", "casefiles/cases/casebook.py", "setup.py", "Makefile"):  # fmt: skip
        (proposal.repository / name).write_text(MARKER.format(str(marker)))
    name, status, output = proposal.run(workspace)[-1]
    assert (name, status) == ("Check every casefile, drafts too", 1)
    assert [path.name for path in (workspace / "proposed").iterdir() if path.name != ".git"] == ["casefiles"]
    assert not marker.exists()
    assert "casebook.py" in output


def test_symbolic_link_is_not_followed(proposal, workspace, tmp_path):
    (tmp_path / "secret.yml").write_text("- {id: secret-of-the-runner, name: {en: Secret}, description: x}\n")
    (proposal.casefiles / "registry" / "people.yml").unlink()
    (proposal.casefiles / "registry" / "people.yml").symlink_to(tmp_path / "secret.yml")
    _, status, output = proposal.run(workspace)[-1]
    assert status == 1
    assert "::error file=casefiles/registry/people.yml,line=1,col=1,title=CB001::" in output
    assert "secret-of-the-runner" not in output


@pytest.mark.parametrize("target", ["../hooks", "..", "/etc"])
def test_folder_that_leads_elsewhere_is_not_followed(proposal, workspace, target):
    shutil.rmtree(proposal.casefiles / "cases")
    (proposal.casefiles / "cases").symlink_to(target)
    _, status, output = proposal.run(workspace)[-1]
    assert status == 1
    assert "::error file=casefiles/cases,line=1,col=1,title=CB001::" in output


def test_casefiles_folder_that_leads_elsewhere_stops_everything(proposal, workspace):
    shutil.rmtree(proposal.casefiles)
    proposal.casefiles.symlink_to("hooks")
    ((name, status, _),) = proposal.run(workspace)
    assert (name, status) == ("Put the proposed casefiles in their place", 1)


def test_name_of_a_file_gives_no_commands_to_github(proposal, workspace):
    (proposal.casefiles / "cases" / "x\n::set-output name=y::z\n.yml").write_text("id: x\n::error::from a casefile\n")
    (proposal.casefiles / "cases" / "x,title=y::z.txt").write_text("")
    _, status, output = proposal.run(workspace)[-1]
    assert status == 1
    assert all(
        line.startswith(("::error file=casefiles/cases/x", "::warning file=casefiles/")) for line in commands(output)
    )
    assert len(commands(output)) >= 2
