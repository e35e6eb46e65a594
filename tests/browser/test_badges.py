"""The mark of disputed words and the line of a record's evidence: opened by hand or key, and in full on paper."""

from __future__ import annotations

from pathlib import Path

import books
import pytest
import workbench
from browsing import Look, listed
from playwright.sync_api import Page, expect

from studyguide.guide import Guide
from studyguide.page import links, render

# Where the theme has its switch for day and night, and this guide one for its sources.
THEME_BUTTON = "<div class='theme-toggle-container'></div>"


@pytest.fixture
def address(tiny: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sentence with disputed words, and the same claim at a step of the plot."""
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    badge = render.badge(tiny, "neutral", "badge-neutral-1", "he does not want to fight")
    sentence = f"<p class='sg'>Some say that {badge}.</p>"
    return workbench.page(tmp_path, THEME_BUTTON, sentence, render.steps(tiny, "Marietta"))


def popover(page: Page) -> str:
    """What the sentence's badge says when it is open."""
    return page.locator("#badge-neutral-1").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_it_opens_and_closes_by_keyboard_with_script_and_without(address: str, look: Look, script: bool) -> None:
    page = look(address, java_script_enabled=script).page
    badge, text = page.locator(".sg-badge").first, page.locator("#badge-neutral-1")
    expect(badge).to_have_text("✗ wrong")
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
    expect(page.get_by_role("link", name="Evidence and sources")).to_have_attribute("href", "claims.html#claim-neutral")
    page.mouse.click(5, 5)
    expect(page.locator("#badge-neutral-1")).to_be_hidden()


def test_the_mark_keeps_to_the_last_of_the_disputed_words(address: str, look: Look) -> None:
    page = look(address, viewport={"width": 360, "height": 700}).page
    for width in range(120, 360, 6):
        page.locator("p.sg").first.evaluate("(one, width) => { one.style.width = `${width}px`; }", width)
        last, mark = (page.locator(f".sg-kept > {one}").first.bounding_box() for one in (".sg-doubt", ".sg-badge"))
        assert last and mark and abs(last["y"] + last["height"] / 2 - mark["y"] - mark["height"] / 2) < 20, width


def test_a_records_evidence_opens_in_its_own_place(address: str, look: Look) -> None:
    page = look(address).page
    ids = [one.get_attribute("id") for one in page.locator("[popover]").all()]
    assert len(ids) == len(set(ids)) > 2
    line = page.locator(".sg-steps .sg-proof", has_text="differs")
    line.click()
    opened = page.locator("[popover]:popover-open")
    expect(opened).to_have_count(1)
    assert opened.get_attribute("id") == line.get_attribute("popovertarget")
    expect(opened).to_contain_text("Said elsewhere, and wrong:")


def test_all_sources_can_be_shown_at_once_and_the_browser_remembers_it(address: str, look: Look) -> None:
    page = look(address).page
    switch, details = page.get_by_role("button", name="Show all sources"), page.locator(".sg-steps .sg-details")
    assert details.count() == 2
    for one in details.all():
        expect(one).to_be_hidden()
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    for one in details.all():
        expect(one).to_be_visible()
    expect(page.locator(".sg-proof:visible")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('studyguide:all-sources')") == "1"
    switch.click()
    expect(details.first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_a_mark_is_its_words_and_evidence_is_in_full(address: str, look: Look, script: bool) -> None:
    page = look(address, java_script_enabled=script).page
    page.emulate_media(media="print")
    text = " ".join(page.locator("p.sg").first.inner_text().split())
    assert text == "Some say that he does not want to fightwrong."  # and between the two, by style alone:
    words = page.locator(".sg-badge > .sg-unseen").first
    brackets = words.evaluate("(one) => ['::before', '::after'].map((at) => getComputedStyle(one, at).content)")
    assert brackets == ['"\u00a0("', '")"']
    expect(page.locator(".sg-proof:visible")).to_have_count(0)
    for one in page.locator(".sg-steps .sg-details").all():
        expect(one).to_be_visible()
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


@pytest.mark.book
@pytest.mark.parametrize("chapter", books.chapters())
def test_evidence_takes_little_of_a_page(site: str, look: Look, chapter: str) -> None:
    page = look(f"{site}/{chapter}.html", viewport={"width": 390, "height": 800}).page
    height = "document.documentElement.scrollHeight"
    whole = page.evaluate(height)
    page.add_style_tag(content=".sg-proof { display: none !important; }")
    taken = 1 - page.evaluate(height) / whole
    assert taken < 0.05, f"{taken:.1%}"
