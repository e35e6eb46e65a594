"""Hide what I have not seen: nothing that opens later can be seen, on any page, until a reader asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import books
import pytest
import workbench
from browsing import Look, Visit, listed
from playwright.sync_api import BrowserContext, Locator, expect

from studyguide.guide import Guide
from studyguide.page import links, render

KEY = "studyguide:the-general:seen"
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
        self._open()
        self.control.get_by_label("part of it").check()
        self.control.locator("select").select_option(str(steps))

    def has_seen_all(self) -> None:
        """Take it back."""
        self._open()
        self.control.get_by_label("all of it").check()

    def has_seen_nothing(self) -> None:
        """Not yet begun."""
        self._open()
        self.control.get_by_label("not yet").check()

    def _open(self) -> None:
        if self.control.get_attribute("open") is None:
            self.control.locator("summary").click()

    def text(self, section: str) -> Locator:
        """The sentences in a section."""
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
        '<section class="opens-1" id="early"><h2>Early</h2><p>A theft.</p></section>',
        '<section class="opens-4" id="late"><h2>Late</h2><p>Fire.</p><p id="deep">Water.</p></section>',
        '<section id="apart"><h2>Apart</h2><p>Keaton himself.</p><p class="opens-2">And a train.</p></section>',
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


def test_the_choices_have_titles_only_as_far_as_the_reader_is(reader: Reader, tiny: Guide) -> None:
    before = reader.control.locator("option").all_text_contents()
    assert not [step.title for step in tiny.steps if step.title in " ".join(before)]
    reader.has_seen(2)
    options = reader.control.locator("option").all_text_contents()
    for number, (step, said) in enumerate(zip(tiny.steps, options, strict=True), start=1):
        assert said.startswith(f"step {number}")
        assert (step.title in said) == (number <= 2)
    groups = reader.control.locator("optgroup")
    assert [group.get_attribute("label") for group in groups.all()] == [render.parts(tiny)[0], "Part 2"]


def test_a_section_that_opens_later_goes_with_its_heading_and_leaves_one_line(reader: Reader) -> None:
    reader.has_seen(1)
    expect(reader.text("early")).to_be_visible()
    expect(reader.page.get_by_text("Keaton himself.")).to_be_visible()
    expect(reader.page.get_by_text("And a train.")).to_be_hidden()
    for hidden in (*reader.text("late").all(), reader.page.locator("#late h2")):
        expect(hidden).to_be_hidden()
    expect(reader.notes.first).to_contain_text("Closed here, until step 4.")
    expect(reader.control.locator("[role=status]")).to_have_text("Closed on this page: 4 places.")
    expect(reader.control.locator("summary")).to_have_text("Hiding what comes after step 1")


def test_whoever_has_seen_nothing_sees_nothing_of_the_film(reader: Reader) -> None:
    reader.has_seen_nothing()
    expect(reader.text("early")).to_be_hidden()
    expect(reader.page.get_by_text("Keaton himself.")).to_be_visible()
    expect(reader.page.locator("[id^=step-]:visible")).to_have_count(0)
    assert reader.kept() == "0"


def test_in_the_story_the_later_steps_of_a_part_close_and_the_others_stay(reader: Reader) -> None:
    reader.has_seen(3)
    expect(reader.page.locator("#step-chase-back")).to_be_visible()
    expect(reader.page.locator("#step-bridge")).to_be_hidden()
    expect(reader.page.locator("#part-2 .sg-ahead-note")).to_contain_text("Closed here, until step 4.")
    expect(reader.page.locator("#part-1 .sg-ahead-note")).to_have_count(0)


def test_a_button_opens_and_closes_by_keyboard_and_the_focus_stays_on_it(reader: Reader) -> None:
    reader.has_seen(1)
    button = reader.notes.first.get_by_role("button")
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
    reader.has_seen_all()
    expect(reader.notes).to_have_count(0)
    expect(reader.text("late").first).to_be_visible()
    expect(reader.control.locator("[role=status]")).to_have_text("Everything is open.")
    reader.page.reload()
    expect(reader.notes).to_have_count(0)


@pytest.mark.parametrize("kept", ["99", "-1", "x", "", "2.5", "all"])
def test_what_no_reader_can_have_chosen_closes_nothing(reader: Reader, kept: str) -> None:
    reader.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, kept])
    reader.page.reload()
    expect(reader.control).to_be_visible()
    expect(reader.notes).to_have_count(0)
    assert not reader.visit.faults


@pytest.mark.parametrize("target", ["deep", "late", "step-bridge"])
def test_a_link_to_something_closed_opens_it_and_nothing_else(reader: Reader, address: str, target: str) -> None:
    reader.has_seen(1)
    for way in ("on this page", "from another page"):
        if way == "on this page":
            reader.page.evaluate("(id) => { location.hash = id }", target)
        else:
            reader.page.goto("about:blank")
            reader.page.goto(f"{address}#{target}")
        expect(reader.page.locator(f"#{target}")).to_be_in_viewport()
        expect(reader.page.locator('.sg-ahead-note button[aria-expanded="true"]')).to_have_count(1)


def test_where_storage_is_refused_it_works_for_this_page_and_says_so(address: str, look: Look) -> None:
    visit = look("about:blank")
    visit.page.add_init_script(REFUSES)
    visit.page.goto(address)
    reader = Reader(visit)
    reader.has_seen(1)
    expect(reader.text("late").first).to_be_hidden()
    expect(reader.control.locator("[role=status]")).to_contain_text("so that holds here only")
    assert not visit.faults, listed(visit.faults)


def test_without_script_everything_is_open_no_control_pretends_and_a_notice_says_so(address: str, look: Look) -> None:
    reader = Reader(look(address, java_script_enabled=False))
    expect(reader.control).to_be_hidden()
    expect(reader.page.locator("noscript p")).to_contain_text("Nothing is hidden while scripts are off")
    for text in reader.text("late").all():
        expect(text).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_with_closed_sections_has_no_fault_that_axe_finds(address: str, look: Look, width: int) -> None:
    reader = Reader(look(address, viewport={"width": width, "height": 800}))
    reader.has_seen(1)
    reader.notes.first.get_by_role("button").click()
    faults = reader.visit.faults + reader.visit.sideways() + reader.visit.axe_violations()
    assert not faults, listed(faults)


def test_on_paper_there_is_no_control_and_nothing_that_is_closed(reader: Reader) -> None:
    reader.has_seen(1)
    reader.page.emulate_media(media="print")
    expect(reader.control).to_be_hidden()
    expect(reader.text("late").first).to_be_hidden()
    expect(reader.notes.first).to_be_visible()


# --- the book itself --------------------------------------------------------------------------------------------------

PAGES = [*books.chapters(), "search", "genindex"]
# All words of a page, folded or not, read aloud or offered in a menu, but for what opens later; and of that what can be
# seen all the same.
SEEN = """() => {
  const seen = Number(document.documentElement.dataset.seen);
  const later = [...document.querySelectorAll('[class*="opens-"]')].filter(
    (one) => Number(/opens-(\\d+)/.exec(one.getAttribute("class"))[1]) > seen);
  const away = new Set(later);
  const isAway = (node) => { for (let one = node; one; one = one.parentElement) if (away.has(one)) return true; };
  const words = [];
  const walk = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const place = walk.currentNode.parentElement;
    if (!place.closest("script, style, template, noscript") && !isAway(place)) words.push(walk.currentNode.data);
  }
  for (const one of document.querySelectorAll(".page :is([aria-label], [title], optgroup)"))
    if (!isAway(one)) words.push(one.ariaLabel ?? "", one.title ?? "", one.label ?? "");
  return { words: words.join(" "), shown: later.filter((one) => one.getClientRects().length).length };
}"""


@pytest.fixture(scope="module")
def told(guide: Guide) -> list[tuple[int, re.Pattern[str]]]:
    """The words that give a step away, with its number."""
    found = [(number, word) for number, step in enumerate(guide.steps, start=1) for word in step.telltale]
    assert len({number for number, _ in found}) > 8
    return [(number, re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)) for number, word in found]


def stops(guide: Guide) -> list[int]:
    """How far readers are who may meet the page: at the first step, the last but one, and the end of each part."""
    ends = [max(n for n, one in enumerate(guide.steps, start=1) if one.part == part) for part in render.parts(guide)]
    return sorted({1, *ends, len(guide.steps) - 1} - {len(guide.steps)})


@pytest.fixture
def begun(context: BrowserContext) -> Iterator[BrowserContext]:
    yield context


@pytest.mark.parametrize("page", PAGES)
def test_nobody_meets_what_they_have_not_seen(
    site: str, look: Look, guide: Guide, told: list[tuple[int, re.Pattern[str]]], page: str, begun: BrowserContext
) -> None:
    visit = look(f"{site}/{page}.html", begun)
    faults = []
    for seen in stops(guide):
        visit.page.evaluate("([seen, last]) => studyguideHide(seen, last)", [seen, len(guide.steps)])
        for media in ("screen", "print"):
            visit.page.emulate_media(media=media)
            found = visit.page.evaluate(SEEN)
            if found["shown"]:
                faults.append(f"at step {seen}, {media}: {found['shown']} pieces that open later are shown")
        for number, word in told:
            if number > seen and (match := word.search(found["words"])):
                around = " ".join(found["words"][max(0, match.start() - 60) : match.end() + 30].split())
                faults.append(f"at step {seen}, of step {number}: …{around}…")
    assert not faults, listed(faults)


def test_the_contents_end_where_the_reader_is(site: str, look: Look, guide: Guide, begun: BrowserContext) -> None:
    visit = look(f"{site}/chapters/film.html", begun)
    links_ = visit.page.locator(".sidebar-tree li.toctree-l1")
    all_of_it = links_.count()
    visit.page.evaluate("([key, seen]) => localStorage.setItem(key, seen)", [f"studyguide:{guide.film.id}:seen", "1"])
    visit.page.reload()
    shown = visit.page.locator(".sidebar-tree li.toctree-l1:visible").count()
    assert 5 < shown < all_of_it
    for caption in visit.page.locator(".sidebar-tree .caption:visible").all():
        assert caption.locator("xpath=following-sibling::ul[1]/li").locator("visible=true").count()
    expect(visit.page.locator(".sidebar-tree").get_by_text("The ending", exact=True)).to_be_hidden()


def test_it_is_asked_once_on_the_first_page(site: str, look: Look, begun: BrowserContext) -> None:
    visit = look(f"{site}/chapters/welcome.html", begun)
    question = visit.page.get_by_role("group", name="How much of the film have you seen?")
    expect(question).to_be_visible()
    assert [one.is_checked() for one in question.get_by_role("radio").all()] == [False] * 3
    expect(visit.page.locator(".sg-ahead-note")).to_have_count(0)
    question.get_by_label("not yet").check()
    expect(visit.page.locator(".sg-ahead-note").first).to_be_visible()
    visit.page.reload()
    expect(question).to_be_hidden()
    expect(visit.page.locator("[data-watched] summary")).to_have_text("Hiding what the film tells")


def test_a_worksheet_has_no_key_to_what_is_not_seen(
    site: str, look: Look, guide: Guide, begun: BrowserContext, told: list[tuple[int, re.Pattern[str]]]
) -> None:
    visit = look(f"{site}/chapters/test-yourself.html", begun)
    visit.page.evaluate("([key, seen]) => localStorage.setItem(key, seen)", [f"studyguide:{guide.film.id}:seen", "31"])
    visit.page.reload()
    visit.page.evaluate("() => { window.print = () => {}; }")
    visit.page.get_by_role("button", name="Print worksheet").click()
    seen = visit.page.locator("[data-item]:visible").count()
    expect(visit.page.locator(".sg-key-page > .sg-stem")).to_have_count(seen)
    words = visit.page.locator(".sg-key-page").text_content() or ""
    assert not [word.pattern for number, word in told if number > 31 and word.search(words)]


def test_closed_questions_are_not_asked_for(site: str, look: Look, guide: Guide, begun: BrowserContext) -> None:
    visit = look(f"{site}/chapters/test-yourself.html", begun)
    visit.page.evaluate("([key, seen]) => localStorage.setItem(key, seen)", [f"studyguide:{guide.film.id}:seen", "31"])
    visit.page.reload()
    asked = visit.page.locator("[data-item]:visible").count()
    assert 0 < asked < len(guide.activities["test-yourself"].items)
    visit.page.get_by_role("button", name="Check my answers").click()
    expect(visit.page.locator("[data-open]:visible")).to_have_count(asked)
