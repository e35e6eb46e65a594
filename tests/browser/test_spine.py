"""Hide what I have not seen: what goes further than a reader has watched stays closed until they ask for it."""

from __future__ import annotations

from pathlib import Path

import books
import pytest
import workbench
from browsing import Look, Visit, listed
from playwright.sync_api import Locator, expect

from studyguide.guide import Guide
from studyguide.page import links, render

KEY = "studyguide:the-general:watched"
REFUSES = """for (const name of ["getItem", "setItem"]) Storage.prototype[name] = () => {
  throw new DOMException("refused", "SecurityError"); };"""


class Reader:
    """The page, in the words of somebody who has seen a part of the film."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        self.control = self.page.locator("[data-watched]")
        self.notes = self.page.locator(".sg-ahead-note")

    def has_seen(self, steps: int) -> None:
        """Say so in the control."""
        if self.control.get_attribute("open") is None:
            self.control.locator("summary").click()
        self.control.locator("select").select_option(str(steps))

    def text(self, section: str) -> Locator:
        """The sentence in a section."""
        return self.page.locator(f"#{section} > p:not(.sg-ahead-note)")

    def kept(self) -> str | None:
        """What the browser keeps."""
        return self.page.evaluate("(key) => localStorage.getItem(key)", KEY)


@pytest.fixture
def address(tiny: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A chapter with an early section, one that goes to the end, one of no step, and the story's steps."""
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    return workbench.page(
        tmp_path,
        render.watched(tiny),
        '<section id="early"><h2>Early</h2><p>The <a href="#early" data-step="1">step 1</a>.</p></section>',
        '<section id="late"><h2>Late</h2><p>Fire.<span hidden data-step="4"></span></p>'
        '<p id="deep">Water.</p></section>',
        '<section id="apart"><h2>Apart</h2><p>Keaton himself.</p></section>',
        *(
            f'<section id="part-{number}"><h2>{part}</h2><p>So:</p>{render.steps(tiny, part)}</section>'
            for number, part in enumerate(render.parts(tiny), start=1)
        ),
    )


@pytest.fixture
def reader(address: str, look: Look) -> Reader:
    return Reader(look(address))


def test_nothing_is_closed_until_the_reader_says_how_far_they_are(reader: Reader) -> None:
    expect(reader.control).to_be_visible()
    expect(reader.notes).to_have_count(0)
    expect(reader.text("late").first).to_be_visible()
    assert reader.kept() is None


def test_the_choices_name_number_and_part_and_no_title(reader: Reader, tiny: Guide) -> None:
    text = reader.control.text_content() or ""
    assert all(step.title not in text for step in tiny.steps)
    groups = reader.control.locator("optgroup")
    assert [group.get_attribute("label") for group in groups.all()] == render.parts(tiny)
    assert groups.locator("option").all_text_contents() == [f"step {n}" for n in range(1, len(tiny.steps) + 1)]


def test_a_section_that_goes_further_closes_to_its_heading_and_one_line(reader: Reader) -> None:
    reader.has_seen(1)
    expect(reader.text("early")).to_be_visible()
    expect(reader.text("apart")).to_be_visible()
    for text in reader.text("late").all():
        expect(text).to_be_hidden()
    expect(reader.page.locator("#late h2")).to_be_visible()
    expect(reader.page.locator("#late .sg-ahead-note")).to_contain_text("This section goes on to step 4.")
    expect(reader.control.locator("[role=status]")).to_have_text("Closed on this page: 3 places.")
    expect(reader.control.locator("summary")).to_have_text("Hiding what comes after step 1")


def test_in_the_story_the_later_steps_of_a_part_close_and_the_others_stay(reader: Reader) -> None:
    reader.has_seen(3)
    expect(reader.page.locator("#step-chase-back")).to_be_visible()
    expect(reader.page.locator("#step-bridge")).to_be_hidden()
    expect(reader.page.locator("#part-2 .sg-ahead-note")).to_contain_text("1 more goes beyond step 3.")
    expect(reader.page.locator("#part-1 .sg-ahead-note")).to_have_count(0)


def test_a_button_opens_and_closes_by_keyboard_and_the_focus_stays_on_it(reader: Reader) -> None:
    reader.has_seen(1)
    button = reader.page.locator("#late .sg-ahead-note button")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.text("late").first).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    reader.page.keyboard.press("Space")
    expect(reader.text("late").first).to_be_hidden()
    expect(button).to_be_focused()


def test_the_choice_is_kept_for_the_next_page_and_taken_back(reader: Reader) -> None:
    reader.has_seen(2)
    reader.page.reload()
    expect(reader.notes).to_have_count(2)
    expect(reader.control.locator("select")).to_have_value("2")
    reader.has_seen(0)
    expect(reader.notes).to_have_count(0)
    expect(reader.text("late").first).to_be_visible()
    expect(reader.control.locator("[role=status]")).to_have_text("Everything is open.")
    reader.page.reload()
    expect(reader.notes).to_have_count(0)


@pytest.mark.parametrize("kept", ["99", "-1", "x", "", "2.5"])
def test_what_no_reader_can_have_chosen_closes_nothing(reader: Reader, kept: str) -> None:
    reader.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, kept])
    reader.page.reload()
    expect(reader.control).to_be_visible()
    expect(reader.notes).to_have_count(0)
    assert not reader.visit.faults


@pytest.mark.parametrize(("target", "note"), [("deep", "late"), ("late", "late"), ("step-bridge", "part-2")])
def test_a_link_to_something_closed_opens_it_and_nothing_else(
    reader: Reader, address: str, target: str, note: str
) -> None:
    reader.has_seen(1)
    for way in ("on this page", "from another page"):
        if way == "on this page":
            reader.page.evaluate("(id) => { location.hash = id }", target)
        else:
            reader.page.goto("about:blank")
            reader.page.goto(f"{address}#{target}")
        expect(reader.page.locator(f"#{target}")).to_be_in_viewport()
        buttons = reader.page.locator('.sg-ahead-note button[aria-expanded="true"]')
        expect(buttons).to_have_count(1)
        expect(reader.page.locator(f"#{note}").locator(buttons)).to_have_count(1)


def test_where_storage_is_refused_it_works_for_this_page_and_says_so(address: str, look: Look) -> None:
    visit = look("about:blank")
    visit.page.add_init_script(REFUSES)
    visit.page.goto(address)
    reader = Reader(visit)
    reader.has_seen(1)
    expect(reader.text("late").first).to_be_hidden()
    expect(reader.control.locator("[role=status]")).to_contain_text("so that holds here only")
    assert not visit.faults, listed(visit.faults)


def test_without_script_everything_is_open_and_no_control_pretends(address: str, look: Look) -> None:
    reader = Reader(look(address, java_script_enabled=False))
    expect(reader.control).to_be_hidden()
    for text in reader.text("late").all():
        expect(text).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_with_closed_sections_has_no_fault_that_axe_finds(address: str, look: Look, width: int) -> None:
    reader = Reader(look(address, viewport={"width": width, "height": 800}))
    reader.has_seen(1)
    reader.page.locator("#late .sg-ahead-note button").click()
    faults = reader.visit.faults + reader.visit.sideways() + reader.visit.axe_violations()
    assert not faults, listed(faults)


def test_on_paper_there_is_no_control(reader: Reader) -> None:
    reader.page.emulate_media(media="print")
    expect(reader.control).to_be_hidden()
