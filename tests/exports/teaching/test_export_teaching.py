"""The command and what the site makes of its files: what is written, kept, refused, published."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.book import Casebook, Handout
from casebook.cli import main
from casebook.courses import course_of_case
from casebook.exports.teaching import faces, making
from casebook.exports.teaching.inventory import offer, read_inventory
from casebook.pipeline import build_pages

ROOT = Path(__file__).resolve().parents[3]
SITE = "https://casebook.example/"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "tests" / "data" / "casefiles", tmp_path / "casefiles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CASEBOOK_SITE_URL", raising=False)
    return tmp_path


def run(*words: str) -> int:
    return main(["export", "teaching", *words])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_of_a_course_stand_where_the_site_has_its_page(project: Path):
    assert run("--formats", "docx,epub,imscc", "--only", "two-sundays", "--site-url", SITE) == 0
    folder = project / "build/teaching"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("two-sundays[-.]*")) == [
        f"readings/two-sundays/two-sundays{ending}" for ending in ("-questions.docx", "-reader.docx", ".epub", ".imscc")
    ]


def test_list_of_files_says_what_each_is(project: Path):
    run("--formats", "epub", "--only", "cases/thousand-cars", "--site-url", "https://casebook.example")
    (made,) = read_inventory(project / "build/teaching")
    content = (project / "build/teaching" / made.uri).read_bytes()
    assert (made.uri, made.course, made.format, made.site_url) == (
        "cases/thousand-cars/teach/thousand-cars.epub", "cases/thousand-cars/teach/", "epub", SITE,
    )  # fmt: skip
    assert (made.size, made.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_what_is_not_asked_for_stays_as_it_was(project: Path, capsys: pytest.CaptureFixture[str]):
    run("--formats", "epub", "--only", "thousand-cars", "--site-url", SITE)
    run("--formats", "epub", "--only", "bench-photo", "--site-url", SITE)
    run("--formats", "docx", "--only", "bench-photo", "--site-url", SITE)
    assert names(project / "build/teaching") == [
        ".casebook-export", "bench-photo-questions.docx", "bench-photo-reader.docx", "bench-photo.epub", "manifest.json",
        "thousand-cars.epub",
    ]  # fmt: skip


def test_second_run_makes_nothing_again_and_a_changed_case_is_made_anew(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    words = ("--formats", "docx,epub", "--only", "thousand-cars", "--site-url", SITE)
    run(*words)
    run(*words)
    assert capsys.readouterr().out.splitlines()[-1].endswith("0 made, 3 as before")
    case = project / "casefiles/cases/thousand-cars.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("The porter", "A porter", 1), encoding="utf-8")
    assert run(*words) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("3 made, 0 as before")


def test_file_that_somebody_changed_is_made_again(project: Path, capsys: pytest.CaptureFixture[str]):
    words = ("--formats", "epub", "--only", "thousand-cars", "--site-url", SITE)
    run(*words)
    (project / "build/teaching/cases/thousand-cars/teach/thousand-cars.epub").write_bytes(b"spoilt")
    run(*words)
    assert capsys.readouterr().out.splitlines()[-1].endswith("1 made, 0 as before")


def test_unknown_id_is_guessed_at(project: Path, capsys: pytest.CaptureFixture[str]):
    assert run("--formats", "epub", "--only", "thousand-car") == 2
    assert (
        'there is no reading list or published case "thousand-car"; did you mean "thousand-cars"?'
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--formats", "pfd"), "did you mean 'pdf'?"), (("--formats", ","), "the formats are pdf, docx, epub, imscc"),
        (("--site-url", "casebook.example"), "is no address of a site"), (("--casefiles", "nowhere"), "there is no folder"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_exits_with_2(project: Path, capsys: pytest.CaptureFixture[str], words, said):
    with pytest.raises(SystemExit) as stopped:
        run(*words)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_address_of_the_environment_is_checked_too(project: Path, monkeypatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("CASEBOOK_SITE_URL", "nonsense")
    assert run("--formats", "epub") == 2
    assert "CASEBOOK_SITE_URL: 'nonsense' is no address of a site" in capsys.readouterr().err


def test_without_an_address_one_line_says_so(project: Path, capsys: pytest.CaptureFixture[str]):
    assert run("--formats", "epub", "--only", "thousand-cars") == 0
    assert capsys.readouterr().err.count("the site's address is not known") == 1


def test_casefiles_with_errors_are_reported_and_the_last_export_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    run("--formats", "epub", "--only", "thousand-cars")
    before = contents(project / "build/teaching")
    (project / "casefiles/cases/thousand-cars.yml").write_text("id: [", encoding="utf-8")
    assert run("--formats", "epub") == 1
    assert "casefiles/cases/thousand-cars.yml:1:" in capsys.readouterr().out
    assert contents(project / "build/teaching") == before


def test_file_that_cannot_be_made_is_named_and_the_last_export_stays(project: Path, monkeypatch, capsys):
    run("--formats", "epub", "--only", "thousand-cars")
    before = contents(project / "build/teaching")

    def fail(_document: object) -> bytes:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(making, "book_file", fail)
    assert run("--formats", "epub", "--only", "bench-photo") == 1
    assert "cases/bench-photo/teach/bench-photo.epub: out of ink" in capsys.readouterr().err
    assert contents(project / "build/teaching") == before


def test_folder_of_somebody_else_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]):
    (project / "mine").mkdir()
    (project / "mine/thesis.txt").write_text("years", encoding="utf-8")
    assert run("mine", "--formats", "epub", "--only", "thousand-cars") == 2
    assert "no export wrote it" in capsys.readouterr().err
    assert names(project / "mine") == ["thesis.txt"]


def test_place_that_cannot_be_written_is_told(project: Path, capsys: pytest.CaptureFixture[str]):
    (project / "file").write_text("", encoding="utf-8")
    assert run("file/below", "--formats", "epub", "--only", "thousand-cars") == 2
    assert capsys.readouterr().err.startswith("casebook export: ")


def test_missing_library_is_named_with_what_to_do_and_nothing_is_written(project: Path, monkeypatch, capsys):
    monkeypatch.setitem(making.NEED_EXTRA, "pdf", "no_such_library_of_this_name")
    assert run() == 2
    assert capsys.readouterr().err == (
        'casebook export: pdf need the extra `teaching`: pip install "founder-casebook[teaching]", or say --formats '
        "docx,epub,imscc\n"
    )
    assert not (project / "build").exists()


def test_missing_faces_are_told_with_what_to_do(project: Path, capsys: pytest.CaptureFixture[str]):
    assert run("--formats", "pdf") == 2
    assert "casebook export teaching --install" in capsys.readouterr().err


def test_faces_are_those_that_were_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fetched: list[str] = []
    monkeypatch.setattr(faces, "install_package", lambda face, _place: fetched.append(f"{face.name}@{face.version}"))
    faces.install_faces(tmp_path)
    assert fetched == ["@expo-google-fonts/newsreader@0.4.1", "@expo-google-fonts/noto-serif-sc@0.4.3"]
    assert not faces.are_installed(tmp_path)


def test_same_casefiles_give_the_same_bytes_in_another_place_and_time_zone(project: Path, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(project / "casefiles", other / "casefiles")
    for folder in (project, other):
        (folder / ".cache").mkdir()
        (folder / ".cache/teaching").symlink_to(ROOT / ".cache/teaching")
    command = [
        sys.executable,
        "-m",
        "casebook.cli",
        "export",
        "teaching",
        "out",
        "--only",
        "thousand-cars",
        "--site-url",
        SITE,
    ]
    path = os.pathsep.join(sys.path)
    for folder, zone, language in ((project, "Asia/Shanghai", "zh_CN.UTF-8"), (other, "America/Lima", "C")):
        environment = {
            **os.environ,
            "PYTHONPATH": path,
            "TZ": zone,
            "LANG": language,
            "LC_ALL": language,
            "HOME": str(folder),
        }
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    assert contents(project / "out") == contents(other / "out")
    assert len(contents(project / "out")) == 8


def exported(project: Path, book: Casebook) -> Path:
    run("--formats", "docx,epub", "--only", "cases/bench-photo", "--site-url", SITE)
    return project / "build/teaching"


def test_site_is_offered_what_is_of_the_present_edition(project: Path, example: Casebook):
    found = offer(exported(project, example), example, SITE)
    assert [(one.what, one.format) for one in found.handouts["cases/bench-photo/teach/"]] == [
        ("Questions for class", "docx"), ("Reader", "docx"), ("Reader", "epub"),
    ]  # fmt: skip
    assert found.stale == 0


def test_what_leads_to_another_address_is_stale(project: Path, example: Casebook):
    found = offer(exported(project, example), example, "https://elsewhere.example/")
    assert (found.handouts, found.files, found.stale) == ({}, (), 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("edition", "2020-01-01-000000000000"), ("sha256", "0"), ("uri", "cases/bench-photo/teach/../../x"), ("course", "cases/gone/teach/")],
)  # fmt: skip
def test_what_is_not_as_it_was_written_is_stale(project: Path, example: Casebook, field: str, value: str):
    folder = exported(project, example)
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed["files"][0][field] = value
    (folder / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    assert offer(folder, example, SITE).stale == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [{"uri": 1}]}', "not JSON"])
def test_list_that_cannot_be_read_offers_nothing(tmp_path: Path, example: Casebook, text: str):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert offer(tmp_path, example, SITE).handouts == {}


def page(book: Casebook, uri: str, handouts: dict[str, tuple[Handout, ...]]) -> str:
    return next(spec for spec in build_pages(book, SITE, handouts) if spec.uri == uri).build().render()


def test_pages_link_what_was_built_and_hide_what_was_not(example: Casebook):
    uri = course_of_case(example, example.cases["bench-photo"]).uri
    built = {uri: (Handout(f"{uri}bench-photo-reader.pdf", "pdf", "Reader", 380_289),)}
    note, case = page(example, uri, built), page(example, "cases/bench-photo/", built)
    assert 'href="../../../cases/bench-photo/teach/bench-photo-reader.pdf" type="application/pdf"' in note
    assert "(380 kB)" in note
    assert 'href="../../cases/bench-photo/teach/#take-along"' in case
    assert ".pdf" not in page(example, uri, {})
    assert "#take-along" not in page(example, "cases/bench-photo/", {})
