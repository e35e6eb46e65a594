"""The chapters as notebooks: all cells run as they come, and their text is text."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import books
import nbclient
import nbformat
import pytest
from click.testing import CliRunner

from studyguide.chapters import notebooks, starting
from studyguide.cli import main
from studyguide.guide import Guide
from studyguide.page import links

RUNNABLE = [chapter for chapter in books.chapters() if notebooks.is_chapter(books.ROOT / f"{chapter}.md")]


@pytest.mark.jupyter
@pytest.mark.parametrize("chapter", RUNNABLE)
def test_every_cell_of_a_chapters_notebook_runs(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chapter: str
) -> None:
    monkeypatch.delenv(links.ENVIRONMENT, raising=False)  # a learner's kernel, not the book's
    books.copy_sources(tmp_path)
    target = tmp_path / "notebooks" / f"{Path(chapter).name}.ipynb"
    notebooks.write(guide, books.ROOT / f"{chapter}.md", target)
    notebook = nbformat.read(target, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(target.parent)}}).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("chapter", RUNNABLE)
def test_the_same_chapter_gives_the_same_bytes(guide: Guide, tmp_path: Path, chapter: str) -> None:
    for name in ("one", "other"):
        notebooks.write(guide, books.ROOT / f"{chapter}.md", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    """A chapter of one paragraph and one cell, in a folder of chapters."""
    path = tmp_path / "chapters" / "words.md"
    path.parent.mkdir()
    header = (starting.STARTER / "chapters" / "welcome.md").read_text(encoding="utf-8").partition("\n---\n")[0]
    path.write_text(f"{header}\n---\n\n# Words\n\n```{{code-cell}} ipython3\n1 + 1\n```\n", encoding="utf-8")
    return path


@pytest.fixture
def renew(tiny_folder: Path, chapter: Path) -> Callable[[], str]:
    """`studyguide notebooks` for that folder: what it says."""

    def said() -> str:
        target = chapter.parents[1] / "notebooks"
        command = ["notebooks", str(target), "--chapters", str(chapter.parent), "--data", str(tiny_folder)]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return result.output

    return said


@pytest.fixture
def desk(chapter: Path) -> Path:
    """Where the notebook of that chapter is written."""
    return chapter.parents[1] / "notebooks" / "words.ipynb"


def work(path: Path, *, source: str | None = None) -> None:
    """Run the notebook's cell, and write into it: what a learner's evening leaves."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="2\n")]
    if source is not None:
        notebook.cells[-1].source = source
    notebook.metadata["kernelspec"]["display_name"] = "another"  # as Jupyter does on saving
    nbformat.write(notebook, path)


def test_what_is_missing_is_written_and_a_notebook_that_was_only_run_keeps_its_outputs(
    renew: Callable[[], str], desk: Path
) -> None:
    assert "words.ipynb" in renew()
    work(desk)
    before = desk.read_bytes()
    assert renew() == ""
    assert desk.read_bytes() == before


def test_a_changed_chapter_replaces_a_notebook_in_which_no_cell_was_changed(
    renew: Callable[[], str], desk: Path, chapter: Path
) -> None:
    renew()
    work(desk)
    chapter.write_text(chapter.read_text("utf-8").replace("1 + 1", "1 + 2"), "utf-8")
    assert "words.ipynb" in renew()
    assert nbformat.read(desk, as_version=4).cells[-1].source == "1 + 2"


@pytest.mark.parametrize("changed", [False, True], ids=["same chapter", "changed chapter"])
def test_a_learners_own_work_is_kept_and_the_command_says_so(
    renew: Callable[[], str], desk: Path, chapter: Path, changed: bool
) -> None:
    renew()
    work(desk, source="40 + 2  # my own")
    before = desk.read_bytes()
    if changed:
        chapter.write_text(chapter.read_text("utf-8").replace("1 + 1", "1 + 2"), "utf-8")
    assert "words.ipynb has your changes and is kept" in renew()
    assert desk.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "{}", '{"cells": [', "[]", '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}']
)
def test_a_file_that_cannot_be_read_as_a_notebook_is_kept(renew: Callable[[], str], desk: Path, text: str) -> None:
    desk.parent.mkdir()
    desk.write_text(text, "utf-8")
    assert "is kept" in renew()
    assert desk.read_text("utf-8") == text


def test_cleaning_up_leaves_notebooks_alone() -> None:
    recipe = subprocess.run(["make", "-n", "clean"], cwd=books.ROOT, capture_output=True, text=True, check=True)
    assert "_build" in recipe.stdout
    assert "notebooks" not in recipe.stdout
