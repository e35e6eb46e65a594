"""The film's times by a reader's own copy: shifted and scaled from two lines, kept, and given back."""

from __future__ import annotations

from pathlib import Path

import pytest
import workbench
from browsing import Look, Visit
from playwright.sync_api import expect

from studyguide.guide import Guide
from studyguide.page import render


@pytest.fixture
def steps(tiny: Guide, tmp_path: Path, look: Look) -> Visit:
    """The step of the tiny guide that has times, 0:02:00 to 0:05:00, and the clock."""
    return look(workbench.page(tmp_path, render.clock(tiny), render.steps(tiny, "Marietta")))


def times(visit: Visit) -> list[str]:
    return [text.strip() for text in visit.page.locator("[data-at]").all_inner_texts()]


def enter(visit: Visit, early: str, late: str) -> None:
    """Say when the two lines fall, as a reader with a keyboard."""
    summary = visit.page.locator(".sg-clock > summary")
    if not visit.page.locator(".sg-clock[open]").count():
        summary.press("Enter")
    first, second = visit.page.locator(".sg-clock input").all()
    first.fill(early)
    second.fill(late)
    second.press("Enter")


def test_two_lines_shift_and_scale_every_time_and_the_browser_keeps_it(steps: Visit) -> None:
    assert times(steps)[:2] == ["0:02:00", "0:05:00"]
    enter(steps, "0:02:00", "1:12:00")
    assert times(steps)[:2] == ["0:03:00", "0:06:00"]
    expect(steps.page.locator(".sg-clock [role=status]")).to_contain_text("60 s later")
    steps.page.reload()
    assert times(steps)[:2] == ["0:03:00", "0:06:00"]
    enter(steps, "0:01:00", "1:07:48")  # 25 frames in place of 24, or nearly so
    assert times(steps)[:2] == ["0:01:57", "0:04:49"]
    steps.page.get_by_role("button", name="Use the times of the guide").click()
    assert times(steps)[:2] == ["0:02:00", "0:05:00"]
    steps.page.reload()
    assert times(steps)[:2] == ["0:02:00", "0:05:00"]
    assert steps.faults == []


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        ("1:00", "1:12:00", "hours, minutes and seconds"),
        ("1:12:00", "0:02:00", "later in the film"),
        ("0:01:00", "0:31:00", "more than a seventh"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_moves(steps: Visit, early: str, late: str, said: str) -> None:
    enter(steps, early, late)
    expect(steps.page.locator(".sg-clock [role=status]")).to_contain_text(said)
    assert times(steps)[:2] == ["0:02:00", "0:05:00"]
    assert steps.page.evaluate("localStorage.length") == 0
    expect(steps.page.locator(".sg-clock input:focus")).to_have_count(1)
