"""The badge of a disputed statement: opened by hand or key, without script too, and short on paper."""

from __future__ import annotations

from pathlib import Path

import books
import pytest
import workbench
from browsing import Look, listed
from playwright.sync_api import Page, expect

from studyguide.guide import Guide
from studyguide.page import links, render


@pytest.fixture
def address(tiny: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sentence with a badge, and the same claim at a step of the plot."""
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    badge = render.badge(tiny, "neutral", "badge-neutral-1")
    return workbench.page(tmp_path, f"<p class='sg'>He is brave {badge}.</p>", render.steps(tiny, "Marietta"))


def popover(page: Page) -> str:
    """What the sentence's badge says when it is open."""
    return page.locator("#badge-neutral-1").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_it_opens_and_closes_by_keyboard_with_script_and_without(address: str, look: Look, script: bool) -> None:
    page = look(address, java_script_enabled=script).page
    badge, text = page.locator(".sg-badge").first, page.locator("#badge-neutral-1")
    expect(badge).to_have_text("disputed: contradicted")
    expect(text).to_be_hidden()
    badge.focus()
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    assert "an engine driver is needed where he is" in popover(page)
    page.keyboard.press("Tab")  # from the badge into what it opened
    expect(text.get_by_role("link", name="Evidence and sources")).to_be_focused()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()


def test_a_click_opens_it_and_a_click_beside_it_closes_it(address: str, look: Look) -> None:
    page = look(address).page
    page.locator(".sg-badge").first.click()
    expect(page.locator("#badge-neutral-1")).to_be_visible()
    expect(page.get_by_role("link", name="Evidence and sources")).to_have_attribute(
        "href", "fact-check.html#claim-neutral"
    )
    page.mouse.click(5, 5)
    expect(page.locator("#badge-neutral-1")).to_be_hidden()


def test_the_same_claim_twice_on_a_page_opens_in_its_own_place(address: str, look: Look) -> None:
    page = look(address).page
    ids = [one.get_attribute("id") for one in page.locator("[popover]").all()]
    assert len(ids) == len(set(ids)) == 2
    page.locator(".sg-steps .sg-badge").click()
    expect(page.locator("[popover]:popover-open")).to_have_attribute("id", "badge-step-refused-neutral")


def test_on_paper_it_is_a_few_words_in_brackets(address: str, look: Look) -> None:
    page = look(address).page
    page.emulate_media(media="print")
    badge = page.locator(".sg-badge").first
    expect(badge).to_be_visible()
    brackets = badge.evaluate("(one) => ['::before', '::after'].map((at) => getComputedStyle(one, at).content)")
    assert brackets == ['"("', '")"']
    assert badge.evaluate("(one) => getComputedStyle(one).borderTopStyle") == "none"
    expect(page.locator("#badge-neutral-1")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_an_open_badge_has_no_fault_that_axe_finds_and_stays_in_the_window(
    address: str, look: Look, width: int, light: str
) -> None:
    visit = look(address, viewport={"width": width, "height": 700}, color_scheme=light)
    visit.page.locator(".sg-badge").first.click()
    box = visit.page.locator("#badge-neutral-1").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 700
    faults = visit.faults + visit.sideways() + visit.axe_violations()
    assert not faults, listed(faults)
