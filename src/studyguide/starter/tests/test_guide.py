"""What must hold: data and chapters are in order, and the book builds without a warning and has every page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import studyguide
from studyguide.chapters import checking

BOOK = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def guide() -> studyguide.Guide:
    return studyguide.load(BOOK / "data")


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Every built page by its name."""
    command = "from studyguide.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", command, "build", str(BOOK)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return {path.stem: path.read_text("utf-8") for path in (BOOK / "_build" / "html" / "chapters").glob("*.html")}


def test_the_chapters_are_in_order(guide: studyguide.Guide) -> None:
    checking.check(guide, BOOK)


def test_every_chapter_is_a_page(pages: dict[str, str]) -> None:
    assert set(pages) == {path.stem for path in checking.contents(BOOK)}


def test_no_page_loads_anything_from_another_host(pages: dict[str, str]) -> None:
    foreign = re.compile(r"<(?:script|img|iframe)[^>]+src=.https?:|<link[^>]+stylesheet[^>]+href=.https?:")
    assert not [name for name, html in pages.items() if foreign.search(html)]


def test_every_question_is_on_a_page(guide: studyguide.Guide, pages: dict[str, str]) -> None:
    asked = " ".join(pages.values())
    assert not [item.id for item in guide.items if f'data-item="{item.id}"' not in asked]
