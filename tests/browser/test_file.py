"""The same book from a USB stick: opened as files, with no server, it does the same."""

from __future__ import annotations

from pathlib import Path

import books
import pytest
from browsing import CUT_SHORT, Look, Visit, listed

CHAPTERS = books.chapters()


def faults(visit: Visit) -> list[str]:
    """What went wrong, and what was asked of anything that is not a file."""
    return visit.faults + [f"not a file: {url}" for url in visit.strangers("file://")]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_opens_as_a_file_and_its_charts_can_be_explored(book: Path, look: Look, chapter: str) -> None:
    visit = look((book / f"{chapter}.html").as_uri())
    assert all(visit.marks().values())
    for button in visit.page.locator(".sg-explore button").all()[:1]:
        button.click()
        visit.page.locator(".sg-plot[data-drawn] .main-svg").first.wait_for()
    assert not faults(visit), listed(faults(visit))


def test_an_answer_given_in_a_file_is_there_after_a_reload(book: Path, look: Look) -> None:
    page = next(
        path for path in book.glob("chapters/*.html") if 'data-round="first"' in path.read_text(encoding="utf-8")
    )
    visit = look(page.as_uri())
    choice = visit.page.locator('[data-round="first"] input[type=radio]').nth(1)
    choice.check()
    visit.page.reload()
    assert choice.is_checked()
    assert not faults(visit), listed(faults(visit))


def test_the_front_page_forwards_in_a_file(book: Path, look: Look) -> None:
    visit = look((book / "index.html").as_uri())
    visit.page.wait_for_url((book / f"{CHAPTERS[0]}.html").as_uri())
    found = [fault for fault in faults(visit) if CUT_SHORT not in fault]
    assert not found, listed(found)
