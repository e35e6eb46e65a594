"""The whole guide as one PDF: contents that are right, numbered pages, no heading alone, no page nearly empty."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

import books
import pytest
import sheets

from studyguide.chapters import paper as printing
from studyguide.guide import GuideError


@pytest.fixture(scope="module")
def printed(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF, printed from a copy of the built pages."""
    folder = tmp_path_factory.mktemp("paper")
    shutil.copyfile(books.ROOT / "_toc.yml", folder / "_toc.yml")
    shutil.copytree(book, books.html(folder))
    command = [str(Path(sysconfig.get_path("scripts")) / "studyguide"), "pdf", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (books.html(folder) / "chapters" / "book-to-print.html").exists()
    return folder / "_build" / "book.pdf"


@pytest.mark.xdist_group("paper")
def test_the_contents_name_every_chapter_with_the_page_on_which_it_begins(printed: Path, book: Path) -> None:
    pages = sheets.words_by_page(printed)
    begins = dict(reversed(sheets.headings(printed)))
    assert len(pages) > 100
    for name in books.chapters():
        source = (books.ROOT / f"{name}.md").read_text(encoding="utf-8")
        title = next(line for line in source.splitlines() if line.startswith("# ")).removeprefix("# ")
        title = title.replace("'", "’")
        number = begins[title]
        assert f"{title} {number}" in pages[1] or f"{title}{number}" in pages[1].replace(f"{title} ", title), title
        assert title in pages[number - 1]
        assert pages[number - 1].rstrip().endswith(f"{number}"), "the page has its number"


@pytest.mark.xdist_group("paper")
def test_no_heading_stands_alone_and_no_page_is_nearly_empty(printed: Path) -> None:
    titles = {title for title, _ in sheets.headings(printed)}
    ends = {page - 1 for _, page in sheets.headings(printed)}
    found = sheets.all_of(printed)
    alone = [(one.number, one.last) for one in found if one.last in titles]
    assert not alone
    # The last page of a chapter ends where the chapter does; others are full, but for room to write and whole charts.
    empty = [(one.number, round(one.used, 2)) for one in found[1:] if one.used < (0.05 if one.number in ends else 0.3)]
    assert not empty


def test_without_a_built_book_it_says_what_to_do(tmp_path: Path) -> None:
    shutil.copyfile(books.ROOT / "_toc.yml", tmp_path / "_toc.yml")
    with pytest.raises(GuideError, match="build the book first: make book"):
        printing.write(tmp_path, tmp_path / "book.pdf")
