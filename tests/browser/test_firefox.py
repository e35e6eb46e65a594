"""The same pages in Firefox: a chosen set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from browsing import SIDEWAYS, listed
from firefox import NAMES, Firefox
from test_pictures import faults

from studyguide.charts import Chart
from studyguide.guide import Guide

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("firefox")]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """An installed Firefox; without one a failure in CI, else a skip said aloud."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        reason = f"no Firefox: none of {', '.join(NAMES)} is installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    made = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield made
    made.close()


@pytest.fixture
def firefox(window: Firefox) -> Firefox:
    window.errors.clear()
    return window


CHOSEN = ("welcome", "story", "people", "car", "minutes", "ending", "money", "fact-check", "my-work", "class")


@pytest.mark.parametrize("chapter", [f"chapters/{name}" for name in CHOSEN])
def test_a_chapter_has_no_error_fits_the_window_and_shows_every_word_of_its_charts(
    firefox: Firefox, site: str, charts: dict[str, dict[str, Chart]], chapter: str
) -> None:
    found = []
    for width in (1280, 360):
        firefox.open(f"{site}/{chapter}.html", width)
        found += firefox.evaluate(SIDEWAYS)
        for font in ("sans-serif", "monospace"):
            found += faults(firefox, charts[chapter], f"at {width}", font, 1.15)
    found += firefox.errors
    assert not found, listed(found)


def test_a_chart_is_explored_and_comes_back(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/chapters/ending.html")
    firefox.click(".sg-explore button")
    firefox.wait("() => !!document.querySelector('.sg-plot[data-drawn] .point')")
    assert not firefox.evaluate("() => document.querySelector('.sg-picture').checkVisibility()")
    firefox.click(".sg-explore button")
    firefox.wait("() => document.querySelector('.sg-picture').checkVisibility()")
    assert not firefox.errors, listed(firefox.errors)


def test_an_answer_gets_its_feedback_and_is_kept(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/chapters/story.html")
    item = '[data-item="story-02"]'
    firefox.click(f"{item} input")
    firefox.click(f'{item} [data-do="check"]')
    firefox.wait("(item) => document.querySelector(`${item} [data-verdict]`).textContent.length > 3", item)
    firefox.open(f"{site}/chapters/story.html")
    firefox.wait("(item) => document.querySelector(`${item} input`).checked", item)
    assert not firefox.errors, listed(firefox.errors)


def test_a_card_is_lifted_moved_and_dropped_by_keyboard(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/chapters/story.html")
    order = (
        """() => [...document.querySelectorAll('[data-item="story-01"] .sg-rows > li')].map((row) => row.dataset.row)"""
    )
    before = firefox.evaluate(order)
    firefox.evaluate("() => document.querySelector('[data-item=\"story-01\"] [data-handle]').focus()")
    firefox.press("Space", "ArrowDown", "Space")
    assert firefox.evaluate(order) == [before[1], before[0], *before[2:]]
    assert not firefox.errors, listed(firefox.errors)


def test_evidence_opens_in_place(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/chapters/film.html")
    firefox.click("article .sg-proof")
    firefox.wait("() => !!document.querySelector('.sg-popover:popover-open')")
    assert len(firefox.evaluate("() => document.querySelector('.sg-popover:popover-open').textContent")) > 20
    assert not firefox.errors, listed(firefox.errors)


def test_the_search_finds_a_place_and_what_is_not_seen_stays_away(firefox: Firefox, site: str, guide: Guide) -> None:
    firefox.open(f"{site}/search.html")
    firefox.click(".sg-search input")
    firefox.press(*"lamprey")
    firefox.wait("() => document.querySelector('.sg-search li a')?.href.endsWith('#step-lamprey')")
    key = f"studyguide:{guide.film.id}:seen"
    firefox.evaluate("(key) => localStorage.setItem(key, '3')", key)
    try:
        firefox.open(f"{site}/search.html?q=lamprey")
        firefox.wait("() => document.querySelector('.sg-search [role=status]').textContent.includes('lamprey')")
        assert not firefox.evaluate("() => [...document.links].some((one) => one.href.endsWith('#step-lamprey'))")
        firefox.open(f"{site}/chapters/story.html")
        later = "() => [...document.querySelectorAll('[id^=step-]')].filter((one) => one.checkVisibility()).length"
        assert firefox.evaluate(later) == 3
        assert firefox.evaluate("() => document.querySelectorAll('.sg-ahead-note').length") > 3
    finally:
        firefox.evaluate("(key) => localStorage.removeItem(key)", key)
    assert not firefox.errors, listed(firefox.errors)
