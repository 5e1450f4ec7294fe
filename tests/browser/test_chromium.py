"""How the browser is found, and what is said when there is none."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from browser import chromium

SCRIPT = Path(__file__).with_name("chromium.py")


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser; returns the one folder of its PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    monkeypatch.setattr(chromium, "_downloaded", lambda: None)
    return folder


def test_named_browser_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    _program(bare / "chromium")
    named = _program(tmp_path / "mine" / "chrome")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium.find_chromium() == named


def test_named_browser_that_is_none_is_not_replaced_in_silence(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    _program(bare / "chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chrome")
    assert chromium.find_chromium() is None
    assert chromium.main() == 1
    assert "'/nowhere/chrome'" in capsys.readouterr().err


@pytest.mark.parametrize("name", chromium.NAMES)
def test_browser_on_the_path_is_found(bare: Path, name: str):
    assert chromium.find_chromium() is None
    assert _program(bare / name) == chromium.find_chromium()


def test_download_of_playwright_comes_last(bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    download = _program(tmp_path / "download" / "chrome")
    monkeypatch.setattr(chromium, "_downloaded", lambda: download)
    assert chromium.find_chromium() == download
    assert _program(bare / "chromium") == chromium.find_chromium()


def test_download_is_tried_before_the_system_package(bare: Path, monkeypatch: pytest.MonkeyPatch):
    _program(bare / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tried: list[str] = []

    def refuse(command: Sequence[str]) -> bool:
        tried.append(" ".join(command[-4:]))
        return command == ["apt-get", "update"]

    chromium.install_chromium(refuse)
    assert tried == [
        "playwright install --with-deps chromium",
        "apt-get update",
        "install -y --no-install-recommends chromium",
    ]


def test_system_package_is_left_to_root(bare: Path, monkeypatch: pytest.MonkeyPatch):
    _program(bare / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tried: list[Sequence[str]] = []
    chromium.install_chromium(lambda command: bool(tried.append(command)))
    assert len(tried) == 1


def test_without_a_browser_the_advice_names_every_system(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True,
        env={"PATH": str(tmp_path), "CHROMIUM": "/nowhere/chrome", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for system in ("Debian", "Ubuntu", "Fedora", "Arch", "macOS", "playwright install"):
        assert system in done.stderr


def test_nothing_is_installed_where_a_browser_is_found(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    _program(bare / "chromium")
    monkeypatch.setattr(chromium, "install_chromium", lambda: pytest.fail("installed one more"))
    assert chromium.main() == 0
    assert str(bare / "chromium") in capsys.readouterr().out
