"""Recording which text of a source the archive holds."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from builders import REGISTRIES, changed, write_casefiles
from casebook.cli import main
from casebook.commands.arguments import today
from casebook.layout import format_text
from casebook.model import Source
from casebook.pipeline import load_casebook
from casebook.source_texts import RecordingRefusedError, record

DIGEST, OTHER = "a" * 64, "b" * 64
FILE = """\
# Sources, by hand.
- id: report   # the first
  csl: {type: webpage, title: A report, language: en}
  short: Daily
  accessed: "2024-05-01"
  # what kind it is
  kind: secondary
  independence: press
  note: |
    Two lines,
    kept.

- {id: post, csl: {type: post, title: "A, b: c", language: en}, short: Blog, accessed: '2024-05-01', kind: primary, independence: press}
"""  # fmt: skip


def recorded(text: str = FILE, source: str = "report", *, replace: bool = False, **facts: str) -> str:
    done = record(text, "sources.yml", source, facts or {"sha256": DIGEST}, day="2024-06-01", may_replace=replace)
    assert done is not None
    return done.text


def refused(text: str = FILE, source: str = "report", **facts: str) -> str:
    with pytest.raises(RecordingRefusedError) as caught:
        recorded(text, source, **facts)
    return str(caught.value)


def test_digest_and_day_stand_in_the_order_of_the_format_and_every_other_byte_stays():
    assert recorded() == changed(
        FILE, ('accessed: "2024-05-01"\n  #', f'accessed: "2024-06-01"\n  sha256: {DIGEST}\n  #')
    )


def test_excerpt_and_public_copy_have_fields_of_their_own():
    text = recorded(excerpt_sha256=DIGEST, archive_url="https://archive.example/1")
    assert f'  archive_url: "https://archive.example/1"\n  excerpt_sha256: {DIGEST}\n  # what kind' in text


def test_entry_in_braces_is_edited_in_its_line():
    assert recorded(source="post") == changed(
        FILE, ("accessed: '2024-05-01', kind", f'accessed: "2024-06-01", sha256: {DIGEST}, kind')
    )


def test_day_that_is_given_is_written():
    assert 'accessed: "2024-05-30"' in recorded(sha256=DIGEST, accessed="2024-05-30")


def test_recording_again_changes_nothing():
    once = recorded()
    done = record(once, "f", "report", {"sha256": DIGEST}, day="2025-01-01", may_replace=False)
    assert done is not None
    assert (done.text, done.facts) == (once, {})


def test_another_digest_is_refused_at_its_place():
    assert refused(recorded(), sha256=OTHER) == (
        "sources.yml:6:11: sha256 is aaaaaaaa… here, and this text's is bbbbbbbb…; "
        "if the archive holds this text now, add --replace"
    )


def test_another_digest_is_replaced_when_asked():
    assert recorded(recorded(), replace=True, sha256=OTHER) == recorded().replace(DIGEST, OTHER)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(ending):
    text = FILE.replace("\n", ending)
    assert recorded(text) == recorded().replace("\n", ending)


def test_source_that_is_not_in_the_file_is_left_to_the_next():
    assert record(FILE, "f", "nobody", {"sha256": DIGEST}, day="2024-06-01", may_replace=False) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "run casebook check"),
        ("a: b\n", "is not a list of sources"),
        (FILE.replace("- id: report   # the first\n  csl", "- kind: secondary\n  id: report\n  csl").replace("  kind: secondary\n  independence", "  independence"), "run: casebook fmt"),
        (changed(FILE, ('"2024-05-01"\n  #', '"2024-\\\n    05-01"\n  #')), "write it on one line"),
    ],
)  # fmt: skip
def test_file_too_irregular_for_a_small_edit_is_left_alone(text, says):
    assert says in refused(text)


def test_day_that_is_no_date_is_refused():
    assert "is not a date" in refused(sha256=DIGEST, accessed="yesterday")


def test_canonical_layout_stays_so():
    text = format_text(FILE, "sources.yml", Source)[0]
    for source in ("report", "post"):
        edited = recorded(text, source, sha256=DIGEST, archive_url="https://archive.example/1")
        assert format_text(edited, "sources.yml", Source)[0] == edited


# The command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = write_casefiles(tmp_path / "project")
    (tmp_path / "report.txt").write_text("We will ship in March.", encoding="utf-8")
    (tmp_path / "archive").mkdir()
    return folder


def archive(root: Path, file: Path | str, *words: str, source: str = "press-report") -> int:
    return main(["source", "archive", str(file), "--casefiles", str(root), "--source", source, *words])


def test_text_is_recorded_and_then_found_by_attest(root, tmp_path, capsys):
    assert archive(root, tmp_path / "report.txt", "--excerpt", "--archive", str(tmp_path / "archive")) == 0
    digest = hashlib.sha256(b"We will ship in March.").hexdigest()
    assert capsys.readouterr().out.splitlines() == [
        f"casefiles/registry/sources.yml:1:3: press-report: excerpt_sha256 {digest}, accessed {today().isoformat()}",
        f"copied to {tmp_path}/archive/press-report.txt",
    ]
    assert main(["attest", "--casefiles", str(root), "--archive", str(tmp_path / "archive")]) == 0
    assert [problem.code for problem in load_casebook(root).problems] == ["CB306"]


def test_registry_in_parts_is_edited_where_the_source_stands(root, tmp_path):
    parts = root / "registry" / "sources"
    parts.mkdir()
    one, two = REGISTRIES["sources"].split("- id: company-blog")
    (parts / "a.yml").write_text(one)
    (parts / "b.yml").write_text(f"- id: company-blog{two}")
    (root / "registry" / "sources.yml").unlink()
    assert archive(root, tmp_path / "report.txt", source="company-blog") == 0
    assert (parts / "a.yml").read_text() == one
    assert "sha256" in (parts / "b.yml").read_text()


def test_byte_order_mark_stays(root, tmp_path):
    path = root / "registry" / "sources.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert archive(root, tmp_path / "report.txt") == 0
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1


def test_copy_takes_no_other_texts_place(root, tmp_path):
    held = tmp_path / "archive" / "press-report.txt"
    held.write_text("Another text.")
    assert archive(root, tmp_path / "report.txt", "--archive", str(held.parent)) == 0
    assert held.read_text() == "Another text."
    assert len(list(held.parent.iterdir())) == 2


def unchanged(root: Path, file: Path | str, *words: str, source: str = "press-report") -> int:
    """The status of a call that must not write anything."""
    before = {path: path.read_bytes() for path in root.parent.parent.rglob("*") if path.is_file()}
    status = archive(root, file, *words, source=source)
    assert {path: path.read_bytes() for path in root.parent.parent.rglob("*") if path.is_file()} == before
    return status


def test_unknown_source_is_met_with_the_nearest(root, tmp_path, capsys):
    assert unchanged(root, tmp_path / "report.txt", source="press-reprt") == 2
    assert 'there is no source "press-reprt"; did you mean "press-report"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\xff", "is not UTF-8 text"),
        (b"", "holds no text"),
        (b" \n", "holds no text"),
        (b"a\0b", "holds no text"),
    ],
)
def test_what_is_no_text_is_refused(root, tmp_path, capsys, content, says):
    (tmp_path / "odd").write_bytes(content)
    assert unchanged(root, tmp_path / "odd") == 2
    assert says in capsys.readouterr().err


def test_file_that_is_not_there_is_refused(root, tmp_path, capsys):
    assert unchanged(root, tmp_path / "nothing.txt") == 2
    assert "cannot be read" in capsys.readouterr().err


def test_other_digest_on_record_exits_with_1(root, tmp_path):
    assert archive(root, tmp_path / "report.txt") == 0
    (tmp_path / "report.txt").write_text("Another text.")
    assert unchanged(root, tmp_path / "report.txt") == 1


def test_text_in_the_project_is_refused(root, capsys):
    inside = root.parent / "report.txt"
    inside.write_text("Words of others.")
    assert unchanged(root, inside) == 2
    assert "lies in the project, where it would be published" in capsys.readouterr().err


def test_archive_in_the_project_is_refused(root, tmp_path):
    (root.parent / "archive").mkdir()
    assert unchanged(root, tmp_path / "report.txt", "--archive", str(root.parent / "archive")) == 2


def test_archive_that_git_leaves_alone_may_lie_in_the_project(root, tmp_path):
    project = root.parent
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    (project / ".gitignore").write_text("/private/\n")
    (project / "private").mkdir()
    assert archive(root, tmp_path / "report.txt", "--archive", str(project / "private")) == 0
    assert (project / "private" / "press-report.txt").is_file()
