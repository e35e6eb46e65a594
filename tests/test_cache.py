"""When an executed chapter is out of date: after a change of the package, a template, or a table that it reads."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from studyguide.chapters.book import execution, reads, settings
from studyguide.guide import Guide, loading, tables

PAGES = {"story": "chapters/story"}
SOURCES = ["guide/wording.py", "charts/panels.py", "page/templates/chart.html", "page/templates/macros.html"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "package"
    shutil.copytree(settings.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(settings, "PACKAGE", copy)
    return copy


@pytest.fixture
def app(tmp_path: Path, tiny_folder: Path) -> Any:
    """A book with the tiny guide's data, as far as `reads` asks."""
    shutil.copytree(tiny_folder, tmp_path / "data")
    return SimpleNamespace(confdir=tmp_path, config=SimpleNamespace(studyguide_data="data"), env=SimpleNamespace())


@pytest.mark.parametrize("name", SOURCES)
def test_a_changed_package_or_template_makes_every_chapter_run_again(package: Path, name: str) -> None:
    before = settings.package_digest(PAGES)
    with (package / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    assert settings.package_digest(PAGES) != before


def test_another_page_for_a_part_makes_every_chapter_run_again() -> None:
    assert settings.package_digest(PAGES) != settings.package_digest(PAGES | {"story": "chapters/plot"})


def test_a_changed_style_makes_no_chapter_run_again(package: Path) -> None:
    before = settings.package_digest(PAGES)
    (package / "frontend" / "activity" / "study.css").write_text("", encoding="utf-8")
    assert settings.package_digest(PAGES) == before


def test_a_changed_table_concerns_those_who_read_it_and_nobody_else(app: Any) -> None:
    money, people = reads.of(app, ["box_office", "sources"]), reads.of(app, ["people", "sources"])
    file = app.confdir / "data" / "box_office.csv"
    file.write_text(file.read_text("utf-8").replace("50000", "51000"), "utf-8")
    now = reads.digests(app)
    assert execution._differs(money, now)
    assert not execution._differs(people, now)


def test_a_table_that_appears_or_goes_is_a_change_too(app: Any) -> None:
    before = reads.of(app, ["voices"])
    (app.confdir / "data" / "voices.yaml").unlink()
    assert execution._differs(before, reads.digests(app))


def test_a_guide_remembers_which_tables_were_asked_of_it(tiny_folder: Path) -> None:
    guide: Guide = loading.read(tiny_folder)
    tables.READ.clear()
    _ = guide.awards[0], guide.film.title
    assert {"awards", "film"} == tables.READ
    list(guide.tables())
    assert len(tables.READ) > 20


def test_what_text_reads_is_kept_by_chapter_and_forgotten_with_it(app: Any) -> None:
    app.env.docname = "chapters/money"
    reads.begin(app, "chapters/money", [""])
    tables.READ.add("awards")
    reads.end(app, None)
    assert set(reads.text_reads(app.env)["chapters/money"]) == {"awards"}
    other = SimpleNamespace(studyguide_reads={"chapters/film": {"film": "x"}, "chapters/car": {}})
    reads.merge(app, app.env, ["chapters/film"], other)
    assert set(reads.text_reads(app.env)) == {"chapters/money", "chapters/film"}
    reads.purge(app, app.env, "chapters/money")
    assert set(reads.text_reads(app.env)) == {"chapters/film"}


def test_old_caches_are_cleared_away_and_the_present_one_stays(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"cache{number}").mkdir()
    settings._prune(tmp_path, keep="cache0")
    left = {path.name for path in tmp_path.iterdir()}
    assert "cache0" in left and len(left) == settings.CACHES_KEPT


FLAKY = """
import pathlib, sys
if (mark := pathlib.Path(sys.argv.pop(1))).exists():
    mark.unlink()
    sys.exit("out of luck")
from ipykernel.kernelapp import launch_new_instance
launch_new_instance()
"""


@pytest.mark.jupyter
def test_a_kernel_that_dies_at_its_start_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, mark = tmp_path / "share" / "kernels" / "flaky", tmp_path / "dies-once"
    spec.mkdir(parents=True)
    (spec / "start.py").write_text(FLAKY, "utf-8")
    argv = [sys.executable, str(spec / "start.py"), str(mark), "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "Flaky", "language": "python"}), "utf-8"
    )
    mark.touch()
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(6 * 7)")])
    notebook.metadata["kernelspec"] = {"name": "flaky", "display_name": "Flaky"}
    result = execution._run(execution.Job("chapter", tmp_path / "chapter.md", notebook), 60)
    assert not mark.exists()
    assert result.err is None
    assert result.nb.cells[0].outputs[0]["text"] == "42\n"
    assert execution._answer(result.nb) == []
