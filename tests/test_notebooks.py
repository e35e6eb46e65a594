"""The chapters as notebooks: all cells run as they come, and their text is text."""

from __future__ import annotations

from pathlib import Path

import books
import nbclient
import nbformat
import pytest

from studyguide.chapters import notebooks
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
