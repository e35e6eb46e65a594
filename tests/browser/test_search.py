"""The search finds places: the right one first, the hit marked, and nothing that a reader has not seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Look, listed
from playwright.sync_api import Page, expect

from studyguide.guide import Guide

# What is typed, and the address that leads.
FIRST = {
    "Takatsuki": "people.html#takatsuki-who-knows-by-wanting",
    "lamprey": "story.html#step-lamprey",
    "ending meaning": "ending.html",
    "kiss": "claims.html#claim-kiss",
    "音": "form.html#a-voice-and-then-its-absence",
    "Korean": "glossary.html#term-korean-sign-language",
    "box office": "money.html",
    "who wrote": "film.html",
    "Sonya": "scene-sonya.html",
    "hiroshima": "hiroshima.html",
}


def ask(page: Page, query: str) -> list[str]:
    """Type into the field; the addresses that come, from the first."""
    page.locator(".sg-search input").fill(query)
    expect(page.locator(".sg-search [role=status]")).to_contain_text(f"“{query}”")
    return [link.get_attribute("href") or "" for link in page.locator(".sg-search li a").all()]


@pytest.fixture
def opened(site: str, look: Look) -> Page:
    return look(f"{site}/search.html").page


@pytest.mark.parametrize("query", FIRST)
def test_the_right_place_leads_with_its_kind_and_the_hit_marked(opened: Page, query: str) -> None:
    assert ask(opened, query)[0].endswith(f"chapters/{FIRST[query]}")
    first = opened.locator(".sg-search li").first
    expect(first.locator(".sg-where")).to_contain_text(
        "Chapter" if "#" not in FIRST[query] else " · "  # else its kind, and the chapter
    )
    marks = [mark.lower() for mark in opened.locator(".sg-search li mark").all_text_contents()]
    assert any(mark.startswith(query.split()[-1][:4].lower()) for mark in marks)


@pytest.mark.parametrize("query", ["Takatsuki", "Korean", "kiss"])
def test_every_place_that_is_found_is_there(site: str, look: Look, opened: Page, query: str) -> None:
    found = ask(opened, query)
    assert len(found) > 5
    page = look("about:blank").page
    for address in found[:12]:
        path, _, anchor = address.removeprefix("./").partition("#")
        page.goto(f"{site}/{path}")
        assert not anchor or page.locator(f'[id="{anchor}"], [data-item="{anchor[5:]}"]').count() == 1, address


def test_a_question_that_is_found_is_scrolled_to(site: str, look: Look) -> None:
    page = look(f"{site}/chapters/test-yourself.html#item-adaptation-06").page
    expect(page.locator('[data-item="adaptation-06"]')).to_be_in_viewport()


def test_places_of_every_kind_are_found(opened: Page) -> None:
    kinds = {where.partition(" · ")[0] for query in ("car", "Vanya", "voice", "prizes", "sound")
             for where in (ask(opened, query), opened.locator(".sg-where").all_text_contents())[1]}  # fmt: skip
    assert kinds == {"Chapter", "Section", "Step", "Glossary", "Claim", "Fact", "Chart", "Question", "Line"}


def test_what_a_reader_has_not_seen_is_not_found(site: str, look: Look, guide: Guide) -> None:
    page = look(f"{site}/search.html").page
    for seen, there in ((3, False), (8, True)):
        page.evaluate(f"() => localStorage.setItem('studyguide:{guide.film.id}:seen', '{seen}')")
        page.reload()
        assert any("step-lamprey" in address for address in ask(page, "lamprey")) == there
    ask(page, "landslide")
    expect(page.locator(".sg-search li")).to_have_count(0)


def test_nothing_found_says_so_and_an_address_carries_the_question(site: str, look: Look) -> None:
    visit = look(f"{site}/search.html?q=xyzzy")
    said = visit.page.locator(".sg-search [role=status]")
    expect(said).to_have_text("Nothing found for “xyzzy”. Fewer letters find more.")
    ask(visit.page, "mirror")
    assert visit.page.url.endswith("?q=mirror")
    visit.page.reload()
    expect(visit.page.locator(".sg-search li").first).to_be_visible()
    assert not visit.faults, listed(visit.faults)


def test_accents_case_and_hostile_questions(opened: Page) -> None:
    assert ask(opened, "CESAR AWARDS") == ask(opened, "césar awards")
    for query in ("(", "[a-", "\\", "<img src=x onerror=window.hit=1>", "a" * 300):
        ask(opened, query)
    assert opened.evaluate("() => window.hit") is None


@pytest.mark.parametrize("key", ["Control+k", "Meta+k"])
def test_a_key_leads_to_the_search_from_any_page(site: str, look: Look, key: str) -> None:
    wide = look(f"{site}/chapters/car.html", viewport={"width": 1280, "height": 800}).page
    wide.keyboard.press(key)
    expect(wide.locator(".sidebar-search")).to_be_focused()
    wide.keyboard.type("lamprey")
    wide.keyboard.press("Enter")
    expect(wide.locator(".sg-search li").first).to_contain_text("The lamprey")
    phone = look(f"{site}/chapters/car.html", viewport={"width": 390, "height": 800}).page
    phone.keyboard.press(key)
    phone.wait_for_url("**/search.html*")
    expect(phone.locator(".sg-search input")).to_be_focused()


def test_from_a_file_it_finds_the_same(book: Path, opened: Page, look: Look) -> None:
    visit = look((book / "search.html").as_uri())
    assert ask(visit.page, "lamprey") == ask(opened, "lamprey")
    assert not visit.faults, listed(visit.faults)


@pytest.mark.parametrize("width", [1280, 360])
def test_results_have_no_fault_that_axe_finds(site: str, look: Look, width: int) -> None:
    visit = look(f"{site}/search.html", viewport={"width": width, "height": 800})
    ask(visit.page, "Vanya")
    faults = visit.faults + visit.sideways() + visit.axe_violations()
    visit.change_light("dark")
    faults += visit.axe_violations()
    assert not faults, listed(faults)


def test_without_script_it_says_so(site: str, look: Look) -> None:
    page = look(f"{site}/search.html", java_script_enabled=False).page
    expect(page.locator(".sg-search noscript p")).to_contain_text("The search needs JavaScript")
    expect(page.locator(".sg-search input")).to_be_hidden()
