"""When an executed chapter is out of date: the cache is named after all that its output depends on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studyguide.chapters import extension


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "package"
    shutil.copytree(extension.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(extension, "PACKAGE", copy)
    return copy


@pytest.fixture
def folder(tmp_path: Path, tiny_folder: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "data"))


SOURCES = ["guide/wording.py", "charts/panels.py", "page/templates/chart.html", "page/templates/macros.html"]


@pytest.mark.parametrize("name", SOURCES)
def test_a_changed_package_or_template_makes_every_chapter_run_again(package: Path, folder: Path, name: str) -> None:
    before = extension.digest(folder)
    with (package / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    assert extension.digest(folder) != before


def test_one_changed_number_makes_every_chapter_run_again(folder: Path) -> None:
    before = extension.digest(folder)
    file = folder / "box_office.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    assert extension.digest(folder) != before


def test_a_changed_style_makes_no_chapter_run_again(package: Path, folder: Path) -> None:
    before = extension.digest(folder)
    (package / "frontend" / "study.css").write_text("", encoding="utf-8")
    assert extension.digest(folder) == before


def test_old_caches_are_cleared_away_and_the_present_one_stays(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"cache{number}").mkdir()
    extension._prune(tmp_path, keep="cache0")
    left = {path.name for path in tmp_path.iterdir()}
    assert "cache0" in left
    assert len(left) == extension.CACHES_KEPT
