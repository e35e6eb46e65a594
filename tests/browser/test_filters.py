"""Filters: what fits stays, the number of it is said, and a link finds what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest
import workbench
from browsing import Look, Visit, listed
from playwright.sync_api import Locator, expect

from studyguide.guide import Guide
from studyguide.page import render


@pytest.fixture
def ledger(tiny: Guide, tmp_path: Path, look: Look) -> Visit:
    return look(workbench.page(tmp_path, f"<section><h2>Claims</h2>{render.ledger(tiny)}</section>"))


@pytest.fixture
def themes(tiny: Guide, tmp_path: Path, look: Look) -> Visit:
    """A chapter with the tracker and a section for each theme."""
    parts = [f"<section><h2>{one.title}</h2><p>So.</p>{render.theme(tiny, one.id)}</section>" for one in tiny.themes]
    return look(workbench.page(tmp_path, render.tracker(tiny), *parts))


@pytest.fixture
def relations(tiny: Guide, tmp_path: Path, look: Look) -> Visit:
    return look(workbench.page(tmp_path, render.relations(tiny)))


def select(visit: Visit, name: str) -> Locator:
    """The select that goes by `name`."""
    return visit.page.locator(f'select[data-filter="{name}"]')


def shown(visit: Visit) -> list[str]:
    """The claims that can be seen."""
    return [claim.get_attribute("id") or "" for claim in visit.page.locator(".sg-claim:visible").all()]


def test_each_select_narrows_what_the_others_leave(ledger: Visit) -> None:
    status = ledger.page.locator(".sg-filters [role=status]")
    assert shown(ledger) == ["claim-neutral", "claim-from-a-memoir", "claim-real-train"]
    select(ledger, "appearance").select_option("elsewhere")
    assert shown(ledger) == ["claim-neutral"]
    expect(status).to_have_text("1 of 3 claims")
    select(ledger, "appearance").select_option("made-up")
    assert len(shown(ledger)) == 3
    select(ledger, "verdict").select_option("supported in part")
    assert shown(ledger) == ["claim-from-a-memoir"]
    select(ledger, "verdict").select_option("all")
    select(ledger, "subject").select_option("production")
    assert shown(ledger) == ["claim-real-train"]


def test_where_nothing_fits_it_says_so_and_one_button_brings_everything_back(ledger: Visit) -> None:
    page = ledger.page
    select(ledger, "verdict").select_option("open")
    select(ledger, "subject").select_option("plot")
    assert shown(ledger) == []
    expect(page.locator(".sg-filters [role=status]")).to_have_text("0 of 3 claims")
    button = page.get_by_role("button", name="Show all claims")
    button.focus()
    page.keyboard.press("Enter")
    assert len(shown(ledger)) == 3
    expect(select(ledger, "appearance")).to_be_focused()
    expect(button).to_be_hidden()


def test_a_select_works_by_keyboard_alone(ledger: Visit) -> None:
    page = ledger.page
    select(ledger, "verdict").focus()
    page.keyboard.press("ArrowDown")
    assert shown(ledger) == ["claim-from-a-memoir"]


def test_a_link_to_a_claim_that_is_left_out_brings_it_back(ledger: Visit) -> None:
    page = ledger.page
    select(ledger, "verdict").select_option("open")
    page.evaluate("() => { location.hash = 'claim-neutral' }")
    expect(page.locator("#claim-neutral")).to_be_in_viewport()
    expect(select(ledger, "verdict")).to_have_value("")


def test_one_theme_alone_stays_on_the_page_with_its_heading_and_the_table_stays_whole(themes: Visit) -> None:
    page = themes.page
    select(themes, "theme").select_option("Duty")
    assert page.locator("h2:visible").all_inner_texts() == ["Duty"]
    expect(page.locator(".sg-tracker tbody tr:visible")).to_have_count(page.locator(".sg-tracker tbody tr").count())
    expect(page.locator(".sg-filters [role=status]")).to_have_text("1 of 2 themes")
    select(themes, "theme").select_option("all")
    expect(page.locator("h2:visible")).to_have_count(2)


def test_the_map_keeps_every_line_and_marks_those_of_one_person(relations: Visit, tiny: Guide) -> None:
    page = relations.page
    expect(page.locator(".sg-picked")).to_have_count(0)
    select(relations, "person").select_option("Johnnie Gray")
    expect(page.locator("svg path:visible")).to_have_count(len(tiny.relations))
    expect(page.locator(".sg-picked path")).to_have_count(len(tiny.relations))
    expect(page.locator('.sg-picked[data-person="johnnie-gray"]')).to_have_count(1)
    expect(page.locator('.sg-picked[data-person="annabelle-lee"]')).to_have_count(0)


def test_without_script_everything_is_there_and_no_control_pretends(tiny: Guide, tmp_path: Path, look: Look) -> None:
    address = workbench.page(tmp_path, render.ledger(tiny), render.relations(tiny), render.tracker(tiny))
    visit = look(address, java_script_enabled=False)
    assert len(shown(visit)) == len(tiny.claims)
    expect(visit.page.locator(".sg-relations li:visible")).to_have_count(len(tiny.relations))
    expect(visit.page.locator("select:visible, button:not([popovertarget]):visible")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_no_fault_that_axe_finds_and_nothing_wider_than_the_window(
    guide: Guide, tmp_path: Path, look: Look, width: int, light: str
) -> None:
    parts = [f"<section><h2 class='sg'>{name}</h2>{getattr(render, name)(guide)}</section>" for name in PIECES]
    parts += [
        f"<section><h2 class='sg'>{one.title}</h2>{render.theme(guide, one.id)}</section>" for one in guide.themes
    ]
    visit = look(workbench.page(tmp_path, *parts), viewport={"width": width, "height": 800}, color_scheme=light)
    select(visit, "person").select_option(index=1)
    faults = visit.faults + visit.sideways() + visit.axe_violations()
    assert not faults, listed(faults)


PIECES = ("ledger", "tracker", "relations", "route", "parallels", "glossary", "step_sheet", "languages")
