"""Activities as a learner meets them: by keyboard and by touch, in two tabs, in a browser that keeps nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sheets
import workbench
from browsing import Look, Visit, listed
from playwright.sync_api import BrowserContext, Locator, expect

from studyguide import frontend
from studyguide.guide import Guide, Interpretation, Item
from studyguide.questions import codes, kinds, scoring

# Every text that a live region of the first form was given, in order.
LISTEN = """() => {
  window.said = [];
  for (const status of document.querySelector("[data-activity]").querySelectorAll("[role=status]"))
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) window.said.push(node.textContent);
    }).observe(status, { childList: true });
}"""
REFUSES_TO_WRITE = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
HAS_NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
COPIES = """Object.defineProperty(navigator, "clipboard", {
  value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });"""
HAS_NO_CLIPBOARD = """Object.defineProperty(navigator, "clipboard", { value: undefined });"""
# What can be pressed and is smaller than 24 by 24 px: a label counts with its control.
SMALL = """() => [...document.querySelectorAll(".sg :is(button, select, textarea, summary, input, a)")].map((one) => {
  const box = (one.closest("label:not(.sg-write)") ?? one).getBoundingClientRect();
  return [one, box.width, box.height];
}).filter(([one, width, height]) => width && !one.matches(".sg-evidence a, p a") && (width < 24 || height < 24))
  .map(([one, width, height]) => `${one.outerHTML.slice(0, 80)}: ${width} x ${height}`)"""
KEY = "studyguide:the-general:responses"
PARTS = ("reading", "certainty")
NOTHING: dict[str, list[int]] = {
    "first reading": [],
    "first certainty": [],
    "second reading": [],
    "second certainty": [],
    "steps": [],
}


class Sheet:
    """The activity on a page, in the words of a learner."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        self.form = self.page.locator("form[data-activity]").first
        self.status = self.form.locator("> [role=status]")
        self.notice = self.form.locator("[data-notice]")

    def item(self, name: str) -> Locator:
        """An item's place in the form."""
        return self.form.locator(f'[data-item="{name}"]')

    def button(self, action: str, name: str = "") -> Locator:
        """The button for an action, in the form or in one of its items."""
        return (self.item(name) if name else self.form).locator(f'[data-do="{action}"]')

    def feedback(self, name: str) -> Locator:
        """Where an item's feedback stands."""
        return self.item(name).locator("[data-feedback]")

    def rows(self, name: str) -> list[str]:
        """The rows of an item in the order in which they are shown."""
        return [row.get_attribute("data-row") or "" for row in self.item(name).locator("[data-row]").all()]

    def said_in(self, name: str) -> Locator:
        """What an item itself says."""
        return self.item(name).locator("[role=status]")

    def row(self, name: str, row: str) -> Locator:
        """One row of an item."""
        return self.item(name).locator(f'[data-row="{row}"]')

    def stored(self) -> dict[str, Any]:
        """What the browser keeps."""
        return dict(json.loads(self.page.evaluate("(key) => localStorage.getItem(key) ?? '{}'", KEY)))

    def store(self, text: str) -> None:
        """Let the browser keep this, as if another tab had written it."""
        self.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])

    def listen(self) -> None:
        """Note from now on what the live region says."""
        self.page.evaluate(LISTEN)

    def said(self) -> list[str]:
        """What it said since."""
        return [text for text in self.page.evaluate("() => window.said") if text]

    def tab_to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus, as one who has no mouse does, and see where it is."""
        for _ in range(400):
            if target.evaluate("(one) => one === document.activeElement"):
                outline = target.evaluate("(one) => getComputedStyle(one).outline")
                assert "none" not in outline and " 0px" not in f" {outline}", f"no visible focus on {target}: {outline}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never reaches {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to a control and press a key on it."""
        self.tab_to(target)
        self.page.keyboard.press(key)

    def pick_by_key(self, options: Locator, place: int) -> None:
        """Go to a group of radios and pick one of them with the arrow keys."""
        self.tab_to(options.first)
        self.page.keyboard.press("Space")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")
        expect(options.nth(place)).to_be_checked()

    # The item about a reading.

    def options(self, turn: str, part: str) -> Locator:
        """The radios of one question: turn first or second, part reading or certainty."""
        return self.item("drives").locator(f'input[name="drives-{turn}-{part}"]')

    @property
    def cases(self) -> Locator:
        """The cases for and against each reading."""
        return self.item("drives").locator("[data-cases]")

    @property
    def second(self) -> Locator:
        """The second choice."""
        return self.item("drives").locator('[data-round="second"]')

    @property
    def shift(self) -> Locator:
        """The sentence about the change of mind."""
        return self.item("drives").locator("[data-shift]")

    @property
    def steps(self) -> Locator:
        """The steps that may carry a reading."""
        return self.item("drives").locator("input[type=checkbox]")

    def answers(self) -> dict[str, list[int]]:
        """Which option of each question about a reading is marked."""
        groups = {f"{turn} {part}": self.options(turn, part) for turn in ("first", "second") for part in PARTS}
        groups["steps"] = self.steps
        return {name: [n for n, one in enumerate(group.all()) if one.is_checked()] for name, group in groups.items()}

    def answer_reading(self) -> dict[str, list[int]]:
        """Choose, weigh and choose again, by mouse; what is marked then."""
        self.options("first", "reading").nth(1).check()
        self.options("first", "certainty").nth(0).check()
        self.steps.nth(0).check()
        self.steps.nth(2).check()
        self.button("weigh").click()
        self.options("second", "reading").nth(0).check()
        self.options("second", "certainty").nth(3).check()
        marked = self.answers()
        assert marked == {
            "first reading": [1],
            "first certainty": [0],
            "second reading": [0],
            "second certainty": [3],
            "steps": [0, 2],
        }
        return marked

    def answer_all(self) -> None:
        """Something in every item."""
        self.item("engine").locator("input").nth(1).check()
        self.item("loves").locator("input").nth(0).check()
        self.row("chase", "back").locator('[data-do="down"]').click()
        self.row("who", "johnnie").locator("select").select_option("johnnie")
        self.item("stars").locator("select").first.select_option("3.5")
        self.item("stars").locator("textarea").fill("It runs.")
        self.item("watch").locator("textarea").fill("The smoke.")
        self.answer_reading()


Open = Callable[..., Sheet]


@pytest.fixture(scope="module")
def sample(tiny: Guide) -> Guide:
    """A guide whose activity `all` has an item of every type."""
    return workbench.guide_of(tiny, workbench.items(tiny))


@pytest.fixture(scope="module")
def address(sample: Guide, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with that activity, as a file."""
    return workbench.page(tmp_path_factory.mktemp("bench"), workbench.activity(sample))


@pytest.fixture
def open_sheet(look: Look, address: str) -> Open:
    """Opens that page with nothing answered; or another."""

    def open_(context: BrowserContext | None = None, url: str = "", **settings: Any) -> Sheet:
        return Sheet(look(url or address, context, **settings))

    return open_


@pytest.fixture
def reading(sample: Guide) -> Interpretation:
    """The item about a reading."""
    item = sample.items["drives"]
    assert isinstance(item, Interpretation)
    return item


# --- items with a key -------------------------------------------------------------------------------------------------


def test_a_single_choice_is_answered_and_checked_by_keyboard_and_its_reason_is_announced(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.listen()
    expect(sheet.feedback("engine")).to_be_hidden()
    sheet.pick_by_key(sheet.item("engine").locator("input"), 2)
    check = sheet.button("check", "engine")
    sheet.press(check)
    expect(check).to_be_focused()
    expect(sheet.feedback("engine")).to_contain_text("Not quite.")
    expect(sheet.feedback("engine")).to_contain_text("Because of mayor.")
    expect(sheet.feedback("engine")).not_to_contain_text("The key")
    expect(sheet.item("engine").locator(".sg-key")).not_to_have_attribute("open", "")
    assert sheet.said() == ["Not quite. The mayor Because of mayor."]
    assert sheet.stored()["engine"] == {"version": 1, "choice": ["mayor"], "checked": True}

    sheet.press(sheet.button("again", "engine"))
    expect(sheet.feedback("engine")).to_be_hidden()
    expect(sheet.item("engine").locator("input").first).to_be_focused()
    assert "engine" not in sheet.stored()
    sheet.pick_by_key(sheet.item("engine").locator("input"), 1)
    sheet.press(check)
    assert sheet.said()[-1] == "Right. The raiders Because of raiders."
    sheet.press(sheet.item("engine").locator("summary"))
    expect(sheet.item("engine").locator(".sg-key")).to_contain_text("The key. The raiders")
    assert not sheet.visit.faults, listed(sheet.visit.faults)


def test_a_multiple_choice_says_how_much_of_it_is_right_and_of_each_choice_whether_it_belongs(open_sheet: Open) -> None:
    sheet = open_sheet()
    boxes = sheet.item("loves").locator("input")
    boxes.nth(0).check()
    sheet.button("check", "loves").click()
    expect(sheet.feedback("loves")).to_contain_text("Partly right: 1 of 2.")
    expect(sheet.feedback("loves")).to_contain_text("Belongs. His engine")
    boxes.nth(1).check()
    expect(sheet.feedback("loves")).to_be_hidden()  # it was about another answer
    sheet.button("check", "loves").click()
    expect(sheet.feedback("loves")).to_contain_text("Not quite.")
    expect(sheet.feedback("loves")).to_contain_text("Does not belong. War")
    boxes.nth(1).uncheck()
    boxes.nth(2).check()
    sheet.button("check", "loves").click()
    expect(sheet.feedback("loves")).to_contain_text("Right.")


@pytest.mark.parametrize("name", ["engine", "loves", "chase", "who"])
def test_checking_without_an_answer_says_so_under_the_button_and_leads_to_the_first_control(
    open_sheet: Open, name: str
) -> None:
    sheet = open_sheet()
    sheet.listen()
    button = sheet.button("check", name)
    sheet.press(button)
    expect(sheet.item(name).locator(":focus")).to_have_count(1)
    [said] = sheet.said()
    assert said == (
        "Move a card first, or say that this is your order." if name == "chase" else "Answer first, then check."
    )
    expect(sheet.said_in(name)).to_have_text(said)
    below, place = button.bounding_box(), sheet.said_in(name).bounding_box()
    assert below and place and 0 <= place["y"] - below["y"] - below["height"] < 40
    expect(sheet.feedback(name)).to_be_hidden()
    assert sheet.stored() == {}


def test_an_order_is_made_with_the_buttons_by_keyboard_and_each_move_is_told(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.listen()
    assert sheet.rows("chase") == ["camp", "back", "out"]  # by the alphabet
    expect(sheet.row("chase", "camp").locator("select")).to_be_hidden()
    up = sheet.row("chase", "out").locator('[data-do="up"]')
    sheet.press(up)
    sheet.press(up)
    expect(up).to_be_focused()
    assert sheet.rows("chase") == ["out", "camp", "back"]
    assert sheet.said() == [f"“The way out” is now number {place} of 3." for place in (2, 1)]
    sheet.press(up)
    assert sheet.said()[-1] == "It is at the top already."
    sheet.press(sheet.button("check", "chase"))
    expect(sheet.feedback("chase")).to_contain_text("Right.")
    expect(sheet.row("chase", "camp")).to_contain_text("in its place")
    sheet.page.reload()
    assert sheet.rows("chase") == ["out", "camp", "back"]
    expect(sheet.feedback("chase")).to_contain_text("Right.")


def test_a_card_is_lifted_moved_put_down_and_taken_back_by_keyboard(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.listen()
    handle = sheet.row("chase", "out").locator("[data-handle]")
    sheet.press(handle)
    expect(handle).to_have_attribute("aria-pressed", "true")
    assert sheet.said()[-1].startswith("“The way out” is lifted, number 3 of 3.")
    sheet.page.keyboard.press("ArrowUp")
    sheet.page.keyboard.press("ArrowUp")
    assert sheet.rows("chase") == ["out", "camp", "back"]
    assert sheet.stored() == {}, "nothing is an answer before the card is put down"
    sheet.page.keyboard.press("Escape")
    assert sheet.rows("chase") == ["camp", "back", "out"]
    assert sheet.said()[-1] == "“The way out” is back as number 3 of 3."
    sheet.page.keyboard.press("Space")
    sheet.page.keyboard.press("ArrowUp")
    sheet.page.keyboard.press("Space")
    expect(handle).to_be_focused()
    assert sheet.said()[-1] == "“The way out” is put down as number 2 of 3."
    assert sheet.stored()["chase"] == {"version": 1, "order": ["camp", "out", "back"]}
    sheet.page.keyboard.press("ArrowUp")
    assert sheet.rows("chase") == ["camp", "out", "back"], "an arrow moves a lifted card and no other"


@pytest.mark.parametrize("target", ["camp", "back"])
def test_a_card_is_dragged_by_its_handle_and_nothing_else_moves_by_itself(open_sheet: Open, target: str) -> None:
    sheet = open_sheet()
    sheet.item("chase").scroll_into_view_if_needed()
    box = sheet.row("chase", "out").locator("[data-handle]").bounding_box()
    onto = sheet.row("chase", target).bounding_box()
    assert box and onto and box["width"] >= 44 and box["height"] >= 44
    sheet.page.mouse.move(box["x"] + 20, box["y"] + 20)
    sheet.page.mouse.down()
    sheet.page.mouse.move(box["x"] + 20, onto["y"] + onto["height"] / 2, steps=12)
    sheet.page.mouse.up()
    wanted = {"camp": ["out", "camp", "back"], "back": ["camp", "out", "back"]}[target]
    assert sheet.rows("chase") == wanted == sheet.stored()["chase"]["order"]


def test_the_order_that_is_shown_can_be_the_readers_own(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.press(sheet.button("settle", "chase"))
    expect(sheet.said_in("chase")).to_have_text("This is your order now.")
    assert sheet.stored()["chase"] == {"version": 1, "order": ["camp", "back", "out"]}
    sheet.button("check", "chase").click()
    expect(sheet.feedback("chase")).to_contain_text("Not quite.")


def test_every_misplaced_entry_answers_with_its_reason(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.row("chase", "out").locator('[data-do="up"]').click()
    assert sheet.rows("chase") == ["camp", "out", "back"]
    sheet.button("check", "chase").click()
    expect(sheet.feedback("chase")).to_contain_text("Partly right: 1 of 3.")
    for name, shown in (("camp", True), ("out", True), ("back", False)):
        expect(sheet.feedback("chase").get_by_text(f"Because of {name}.")).to_have_count(int(shown))
    for name, words in (("camp", "belongs elsewhere"), ("out", "belongs elsewhere"), ("back", "in its place")):
        expect(sheet.row("chase", name).locator("[data-mark]")).to_have_text(words)


def test_a_match_takes_each_pair_by_itself_and_gives_away_no_other(open_sheet: Open) -> None:
    sheet = open_sheet()
    for name, chosen in (("johnnie", "johnnie"), ("annabelle", "spare-1")):
        sheet.row("who", name).locator("select").select_option(chosen)
    sheet.button("check", "who").click()
    expect(sheet.feedback("who")).to_contain_text("Partly right: 1 of 3.")
    expect(sheet.row("who", "johnnie").locator("[data-mark]")).to_have_text("belongs together")
    expect(sheet.row("who", "annabelle").locator("[data-mark]")).to_have_text("not this one")
    expect(sheet.row("who", "anderson").locator("[data-mark]")).to_be_hidden()
    expect(sheet.feedback("who")).not_to_contain_text("annabelle")
    assert sheet.stored()["who"]["match"] == {"johnnie": "johnnie", "annabelle": "spare-1"}
    sheet.page.reload()
    expect(sheet.row("who", "annabelle").locator("select")).to_have_value("spare-1")


def test_what_is_sorted_is_judged_row_by_row_and_a_bin_takes_several(open_sheet: Open) -> None:
    sheet = open_sheet()
    for name, chosen in (("smoke", "seen"), ("rails", "thought"), ("brave", "thought")):
        sheet.row("kinds", name).locator("select").select_option(chosen)
    sheet.button("check", "kinds").click()
    expect(sheet.feedback("kinds")).to_contain_text("Partly right: 2 of 3.")
    for name, words in (("smoke", "in its place"), ("rails", "belongs elsewhere"), ("brave", "in its place")):
        expect(sheet.row("kinds", name).locator("[data-mark]")).to_have_text(words)
    expect(sheet.feedback("kinds")).not_to_contain_text("rails")
    sheet.page.reload()
    expect(sheet.row("kinds", "rails").locator("select")).to_have_value("thought")


def test_a_reading_of_ones_own_is_kept_exported_and_in_a_code_only_chosen(open_sheet: Open, sample: Guide) -> None:
    sheet = open_sheet()
    own = sheet.item("drives").locator('textarea[name="drives-first-own"]')
    expect(own).to_be_hidden()
    sheet.item("drives").locator('input[name="drives-first-reading"][value="own"]').check()
    own.fill("He drives for nobody.")
    sheet.item("drives").locator('textarea[name="drives-first-reason"]').fill("the camp at night")
    sheet.item("drives").locator('input[name="drives-first-certainty"][value="2"]').check()
    kept = {"reading": "own", "certainty": "2", "own": "He drives for nobody.", "reason": "the camp at night"}
    assert sheet.stored()["drives"]["first"] == kept
    sheet.page.reload()
    expect(own).to_have_value("He drives for nobody.")
    sheet.button("code").click()
    [(_, code)] = codes.find(["all"], sheet.form.locator("[data-code] input").input_value())
    with sheet.page.expect_download() as saving:
        sheet.button("save-file").click()
    assert json.loads(Path(saving.value.path()).read_text("utf-8"))["responses"]["drives"]["first"] == kept
    assert codes.decode(sample, code).responses["drives"]["first"] == {"reading": "own", "certainty": "2"}


def test_checking_at_the_end_counts_lists_what_is_open_and_leads_there(
    open_sheet: Open, tiny: Guide, tmp_path: Path
) -> None:
    guide = workbench.guide_of(tiny, workbench.items(tiny), check="end")
    sheet = open_sheet(url=workbench.page(tmp_path, workbench.activity(guide)))
    sheet.listen()
    expect(sheet.button("check")).to_have_count(0)
    sheet.item("engine").locator("input").nth(1).check()
    sheet.row("chase", "out").locator('[data-do="up"]').click()
    everything = sheet.button("check-all")
    sheet.press(everything)
    expect(everything).to_be_focused()
    result = sheet.form.locator("[data-result]")
    expect(result).to_contain_text("1 of 5 right, 1 partly right, 3 not answered yet.")
    assert sheet.said()[-1] == "1 of 5 right, 1 partly right, 3 not answered yet."
    expect(sheet.feedback("engine")).to_contain_text("Right.")
    expect(sheet.feedback("chase")).to_contain_text("Partly right: 1 of 3.")
    expect(sheet.feedback("who")).to_be_hidden()
    assert result.locator("li:visible").all_inner_texts() == ["Question 2", "Question 4", "Question 5"]
    sheet.press(result.get_by_role("button", name="Question 4"))
    expect(sheet.item("who").locator("select").first).to_be_focused()
    for name in ("johnnie", "annabelle", "anderson"):
        sheet.row("who", name).locator("select").select_option(name)
    expect(result).to_be_hidden()  # it counted other answers
    sheet.item("loves").locator("input").nth(1).check()
    sheet.row("kinds", "smoke").locator("select").select_option("thought")
    everything.click()
    expect(result).to_contain_text("2 of 5 right, 1 partly right")
    expect(result.locator("li:visible")).to_have_count(0)
    assert not (faults := sheet.visit.axe_violations()), listed(faults)


# --- stars and words --------------------------------------------------------------------------------------------------


def test_stars_are_given_by_keyboard_half_ones_too_and_taken_back(open_sheet: Open) -> None:
    sheet = open_sheet()
    stars = sheet.item("stars")
    for round_, half, whole in (("before", 7, 2), ("after", 9, 5)):
        place = stars.locator(f'[data-round="{round_}"]')
        sheet.tab_to(place.locator("select"))
        for _ in range(half):
            sheet.page.keyboard.press("ArrowDown")
        sheet.tab_to(place.locator("input").first)
        for _ in range(whole):
            sheet.page.keyboard.press("ArrowRight")
    before = {"overall": 3.5, "pace": 2}
    assert sheet.stored()["stars"] == {"version": 1, "before": before, "after": {"overall": 4.5, "pace": 5}}
    expect(stars.locator("[data-shift]")).to_have_text("Your second rating: 2 higher.")
    sheet.page.keyboard.press("ArrowRight")  # round to the first radio, which gives none
    assert sheet.stored()["stars"] == {"version": 1, "before": before, "after": {"overall": 4.5}}
    expect(stars.locator("[data-shift]")).to_have_text("Your second rating: 1 higher.")
    sheet.page.reload()
    expect(stars.locator("select").first).to_have_value("3.5")
    expect(stars.locator('[data-round="before"] input[value="2"]')).to_be_checked()
    expect(stars.locator('[data-round="after"] input[value=""]')).to_be_checked()


def test_a_text_is_kept_when_the_writer_pauses_and_when_the_page_is_left(open_sheet: Open) -> None:
    sheet = open_sheet()
    field = sheet.item("watch").locator("textarea")
    field.press_sequentially("The smoke")
    sheet.page.wait_for_function("(key) => localStorage.getItem(key)?.includes('The smoke')", arg=KEY)
    field.press_sequentially(" moves first")
    sheet.page.reload()
    expect(field).to_have_value("The smoke moves first")
    field.fill("  ")
    sheet.page.reload()
    expect(field).to_have_value("")
    assert sheet.stored() == {}


def test_another_tab_does_not_disturb_what_is_being_typed(open_sheet: Open, context: BrowserContext) -> None:
    one, other = open_sheet(context), open_sheet(context)
    one.page.clock.install()  # the writer never pauses
    one.page.reload()
    one.item("watch").locator("textarea").press_sequentially("half a sen")
    other.item("engine").locator("input").first.check()
    expect(one.item("engine").locator("input").first).to_be_checked()
    expect(one.item("watch").locator("textarea")).to_have_value("half a sen")
    one.item("watch").locator("textarea").press_sequentially("tence")
    one.page.reload()
    expect(one.item("watch").locator("textarea")).to_have_value("half a sentence")
    assert set(other.stored()) == {"engine", "watch"}


def test_clearing_takes_everything_back_and_can_itself_be_taken_back(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.answer_all()
    stored = sheet.stored()
    expect(sheet.button("restore")).to_be_hidden()
    sheet.button("clear").click()
    expect(sheet.status).to_have_text("Your answers here are cleared.")
    assert sheet.stored() == {} and sheet.answers() == NOTHING
    expect(sheet.item("watch").locator("textarea")).to_have_value("")
    expect(sheet.button("clear")).to_be_focused()
    sheet.button("restore").click()
    assert sheet.stored() == stored
    expect(sheet.item("watch").locator("textarea")).to_have_value("The smoke.")
    expect(sheet.button("clear")).to_be_focused()
    sheet.button("clear").click()
    sheet.item("engine").locator("input").first.check()
    expect(sheet.button("restore")).to_be_hidden()  # else it would undo what came after


# --- a reading --------------------------------------------------------------------------------------------------------


def test_a_reading_can_be_chosen_weighed_and_chosen_again_by_keyboard_and_is_told_to_a_screen_reader(
    open_sheet: Open, sample: Guide, reading: Interpretation
) -> None:
    sheet = open_sheet()
    sheet.listen()
    expect(sheet.cases).to_be_hidden()
    expect(sheet.second).to_be_hidden()

    sheet.pick_by_key(sheet.options("first", "reading"), 1)
    sheet.pick_by_key(sheet.options("first", "certainty"), 2)
    for step in (0, 1):
        sheet.press(sheet.steps.nth(step), "Space")
    sheet.press(sheet.button("weigh"))
    expect(sheet.cases).to_be_visible()
    expect(sheet.second).to_be_visible()
    expect(sheet.said_in("drives")).not_to_be_empty()
    assert sheet.said_in("drives").inner_text() == sheet.said()[-1]
    for fold in sheet.cases.locator("details").all():
        sheet.press(fold.locator("summary"))
        expect(fold.locator(".sg-case").first).to_be_visible()
    assert sheet.cases.locator("details").count() == len(reading.readings)

    sheet.pick_by_key(sheet.options("second", "reading"), 0)
    sheet.pick_by_key(sheet.options("second", "certainty"), 3)
    shift = sheet.shift.inner_text()
    for place in (1, 0):
        assert sample.readings[reading.readings[place]].title in shift
    for certainty in ("3", "4"):
        assert kinds.CERTAINTY[certainty] in shift
    assert shift in sheet.said()
    assert not sheet.visit.faults, listed(sheet.visit.faults)
    assert not (faults := sheet.visit.axe_violations()), listed(faults)


def test_staying_with_a_reading_is_a_result_too(open_sheet: Open, sample: Guide, reading: Interpretation) -> None:
    sheet = open_sheet()
    sheet.answer_reading()
    moved = sheet.shift.inner_text()
    sheet.options("second", "reading").nth(1).check()
    stayed = sheet.shift.inner_text()
    assert stayed != moved
    assert stayed.count(sample.readings[reading.readings[1]].title) == 1


def test_weighing_before_choosing_says_what_is_missing_and_opens_nothing(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.button("weigh").click()
    expect(sheet.said_in("drives")).not_to_be_empty()
    expect(sheet.cases).to_be_hidden()
    sheet.options("first", "reading").first.check()
    sheet.button("weigh").click()
    expect(sheet.said_in("drives")).not_to_be_empty()
    expect(sheet.cases).to_be_hidden()
    sheet.options("first", "certainty").first.check()
    sheet.button("weigh").click()
    expect(sheet.cases).to_be_visible()


# --- handing in -------------------------------------------------------------------------------------------------------


def test_a_code_holds_what_was_chosen_and_python_reads_it(
    open_sheet: Open, context: BrowserContext, sample: Guide
) -> None:
    context.add_init_script(COPIES)
    sheet = open_sheet(context)
    sheet.button("code").click()
    expect(sheet.status).to_contain_text("nothing to hand in")
    expect(sheet.form.locator("[data-code]")).to_be_hidden()
    sheet.answer_all()
    sheet.press(sheet.button("code"))
    expect(sheet.status).to_have_text("Your code is ready.")
    field = sheet.form.locator("[data-code] input")
    code = field.input_value()
    assert len(code) <= 80
    decoded = codes.decode(sample, code).responses
    stored = sheet.stored()
    for name in ("engine", "loves", "chase", "who"):
        assert decoded[name] == stored[name]
    assert decoded["stars"]["before"] == stored["stars"]["before"]
    assert decoded["drives"]["second"] == stored["drives"]["second"]
    assert "watch" not in decoded and "ideas" not in decoded["stars"]
    sheet.press(sheet.button("copy"))
    expect(sheet.status).to_have_text("The code is copied.")
    assert sheet.page.evaluate("() => window.copied") == code
    sheet.item("engine").locator("input").first.check()
    expect(field).to_be_hidden()  # it is another one now


def test_without_a_clipboard_the_code_is_selected_and_the_reader_told_how_to_copy_it(
    open_sheet: Open, context: BrowserContext
) -> None:
    context.add_init_script(HAS_NO_CLIPBOARD)
    sheet = open_sheet(context)
    sheet.item("engine").locator("input").first.check()
    sheet.button("code").click()
    sheet.button("copy").click()
    expect(sheet.status).to_contain_text("The code is selected")
    field = sheet.form.locator("[data-code] input")
    expect(field).to_be_focused()
    assert sheet.page.evaluate("() => getSelection().toString()") == field.input_value()


def test_the_file_holds_everything_and_what_was_typed_last(open_sheet: Open, sample: Guide) -> None:
    sheet = open_sheet()
    sheet.button("save-file").click()
    expect(sheet.status).to_have_text("Nothing here is answered yet.")
    sheet.answer_all()
    sheet.item("watch").locator("textarea").press_sequentially(" And the bridge.")
    with sheet.page.expect_download() as coming:
        sheet.button("save-file").click()
    assert coming.value.suggested_filename == "the-general-all.json"
    file = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))
    assert file == {"studyguide": 1, "guide": sample.film.id, "responses": sheet.stored()}
    assert file["responses"]["watch"]["text"] == "The smoke. And the bridge."
    assert file["responses"]["stars"]["ideas"] == "It runs."


def test_open_questions_alone_offer_a_file_and_no_code(open_sheet: Open, tiny: Guide, tmp_path: Path) -> None:
    prompt = [item for item in workbench.items(tiny) if item.type == "prompt"]
    sheet = open_sheet(url=workbench.page(tmp_path, workbench.activity(workbench.guide_of(tiny, prompt))))
    expect(sheet.button("save-file")).to_be_visible()
    expect(sheet.button("code")).to_have_count(0)
    expect(sheet.button("print")).to_be_visible()


# --- storage ----------------------------------------------------------------------------------------------------------


def test_answers_of_every_type_outlive_a_reload(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.answer_all()
    marked, shift = sheet.answers(), sheet.shift.inner_text()
    sheet.page.reload()
    assert sheet.answers() == marked
    assert sheet.shift.inner_text() == shift
    expect(sheet.cases).to_be_visible()
    expect(sheet.item("engine").locator("input").nth(1)).to_be_checked()
    expect(sheet.item("loves").locator("input").nth(0)).to_be_checked()
    assert sheet.rows("chase")[-1] == "back"
    expect(sheet.row("who", "johnnie").locator("select")).to_have_value("johnnie")
    expect(sheet.item("stars").locator("select").first).to_have_value("3.5")
    expect(sheet.item("stars").locator("textarea")).to_have_value("It runs.")
    expect(sheet.item("watch").locator("textarea")).to_have_value("The smoke.")
    assert not sheet.visit.faults, listed(sheet.visit.faults)


@pytest.mark.parametrize("script", [REFUSES_TO_WRITE, HAS_NO_STORAGE], ids=["full", "denied"])
def test_without_storage_the_activity_goes_on_and_says_so_once_on_the_page(
    open_sheet: Open, context: BrowserContext, sample: Guide, tmp_path: Path, script: str
) -> None:
    context.add_init_script(script)
    url = workbench.page(tmp_path, workbench.activity(sample), workbench.activity(sample, "again"))
    sheet = open_sheet(context, url)
    sheet.listen()
    expect(sheet.notice).to_be_hidden()
    sheet.options("first", "reading").first.check()
    expect(sheet.notice).to_contain_text("save them as a file")
    said = sheet.said()
    assert said == [sheet.notice.inner_text()]
    sheet.answer_all()
    expect(sheet.shift).not_to_be_empty()
    sheet.page.locator('[data-activity="again"] input').first.check()
    assert [text for text in sheet.said() if said[0] in text] == said
    expect(sheet.page.locator("[data-notice]:visible")).to_have_count(1)
    expect(sheet.item("engine").locator("input").first).to_be_checked()  # the form above has the same item
    with sheet.page.expect_download() as coming:
        sheet.button("save-file").click()
    assert "drives" in json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))["responses"]
    assert not sheet.visit.faults, listed(sheet.visit.faults)
    sheet.page.reload()
    assert sheet.answers() == NOTHING


def test_more_than_the_store_may_hold_is_kept_on_the_page_and_said(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.store(json.dumps({f"elsewhere-{n}": {"version": 1, "text": "x" * 19_900} for n in range(15)}))
    sheet.page.reload()
    sheet.item("watch").locator("textarea").fill("y" * 1_900)
    sheet.item("watch").locator("textarea").blur()
    expect(sheet.notice).to_contain_text("save them as a file")
    expect(sheet.item("watch").locator("textarea")).to_have_value("y" * 1_900)
    assert "watch" not in sheet.stored() and len(sheet.stored()) == 15


def test_two_tabs_keep_each_others_answers(open_sheet: Open, context: BrowserContext) -> None:
    one, other = open_sheet(context), open_sheet(context)
    one.options("first", "reading").nth(1).check()
    expect(other.options("first", "reading").nth(1)).to_be_checked()
    other.options("first", "certainty").nth(1).check()
    expect(one.options("first", "certainty").nth(1)).to_be_checked()
    one.steps.nth(0).check()
    expect(other.steps.nth(0)).to_be_checked()
    third = open_sheet(context)
    assert third.answers() == NOTHING | {"first reading": [1], "first certainty": [1], "steps": [0]}


def test_what_another_tab_wrote_unheard_is_not_written_over(open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.item("engine").locator("input").first.check()
    # A write in this tab reaches it with no event, like one that comes between two.
    kept = sheet.stored() | {"watch": {"version": 1, "text": "From the other tab."}}
    sheet.store(json.dumps(kept | {"elsewhere": {"version": 3, "choice": ["x"]}}))
    sheet.item("loves").locator("input").first.check()
    assert set(sheet.stored()) == {"engine", "watch", "elsewhere", "loves"}
    expect(sheet.item("watch").locator("textarea")).to_have_value("From the other tab.")


def test_an_item_that_stands_twice_on_a_page_is_answered_once(open_sheet: Open, sample: Guide, tmp_path: Path) -> None:
    url = workbench.page(tmp_path, *(workbench.activity(sample, name) for name in ("all", "all", "again")))
    sheet = open_sheet(url=url)
    sheet.item("engine").locator("input").nth(2).check()
    sheet.button("check", "engine").click()
    assert sheet.page.locator('[data-item="engine"] [data-verdict]:visible').all_inner_texts() == ["Not quite."] * 3
    assert sheet.page.locator('[data-item="engine"] input:checked').count() == 3
    ids = sheet.page.evaluate("() => [...document.querySelectorAll('.sg [id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_an_answer_to_another_version_of_the_question_is_kept_and_not_shown(
    open_sheet: Open, context: BrowserContext
) -> None:
    sheet = open_sheet(context)
    sheet.answer_all()
    older = {name: response | {"version": response["version"] + 1} for name, response in sheet.stored().items()}
    sheet.store(json.dumps(older))
    sheet.page.reload()
    assert sheet.answers() == NOTHING
    expect(sheet.cases).to_be_hidden()
    expect(sheet.item("watch").locator("textarea")).to_have_value("")
    expect(sheet.notice).to_be_hidden()
    sheet.item("engine").locator("input").first.check()
    assert sheet.stored() == older | {"engine": {"version": 1, "choice": ["army"]}}


HUGE = json.dumps({"watch": {"version": 1, "text": "x" * 300_000}})
BROKEN = ["", "{", "null", "[]", "7", '"x"', "[" * 100_000, HUGE]
BAD: list[Any] = [
    7,
    None,
    [],
    {"version": 1, "choice": ["nobody"]},
    {"version": 1, "choice": "army"},
    {"version": 1, "choice": {"0": "army", "length": 1}},
    {"version": 1, "choice": ["army", "mayor"]},
    {"version": "1", "choice": ["army"]},
]


def test_a_broken_store_is_no_obstacle_and_is_said_once(open_sheet: Open) -> None:
    sheet = open_sheet()
    for text in BROKEN:
        sheet.store(text)
        sheet.page.reload()
        assert sheet.answers() == NOTHING, text[:20]
        expect(sheet.notice).to_contain_text("could not be read")
        expect(sheet.page.locator("[data-notice]:visible")).to_have_count(1)
        sheet.options("first", "reading").nth(1).check()
        sheet.page.reload()
        assert sheet.answers()["first reading"] == [1], text[:20]
        expect(sheet.notice).to_be_hidden()
    assert not sheet.visit.faults, listed(sheet.visit.faults)


def test_a_bad_answer_in_the_store_is_dropped_and_said_and_the_good_ones_stay(open_sheet: Open) -> None:
    sheet = open_sheet()
    good = {"version": 1, "text": "<b onclick='window.hit = 1'>good</b>"}
    hostile = {"__proto__": {"version": 1, "choice": ["army"]}, "constructor": {"version": 1}}
    for response in BAD:
        sheet.store(json.dumps({"engine": response, "watch": good, **hostile}))
        sheet.page.reload()
        expect(sheet.item("watch").locator("textarea")).to_have_value(good["text"])
        expect(sheet.item("engine").locator("input:checked")).to_have_count(0)
        expect(sheet.notice).to_contain_text("2 answers kept by this browser could not be read")
        sheet.item("loves").locator("input").first.check()
        assert set(sheet.stored()) == {"watch", "loves", "constructor"}, response
        assert sheet.page.evaluate("() => [window.hit, {}.version]") == [None, None]
    assert not sheet.visit.faults, listed(sheet.visit.faults)


# --- hostile text -----------------------------------------------------------------------------------------------------


def test_hostile_text_in_data_and_answers_is_text_wherever_it_is_shown(
    open_sheet: Open, tiny: Guide, tmp_path: Path
) -> None:
    guide = workbench.hostile_guide(tiny)
    sheet = open_sheet(url=workbench.page(tmp_path, workbench.activity(guide)))
    made = ".sg :is(img, svg, script:not(.sg-spec), a[href^='javascript'])"
    sheet.answer_all()
    for name in ("engine", "loves", "chase", "who"):
        sheet.button("check", name).click()
        expect(sheet.feedback(name)).to_be_visible()
    for text in workbench.HOSTILE:
        sheet.item("watch").locator("textarea").fill(text)
        sheet.page.reload()
        expect(sheet.item("watch").locator("textarea")).to_have_value(text)
    assert "<script>window.hit = 1</script>" in sheet.form.inner_text()
    expect(sheet.page.locator(made)).to_have_count(0)
    assert sheet.page.evaluate("() => window.hit") is None
    assert not sheet.visit.faults, listed(sheet.visit.faults)


# --- everywhere -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_type_before_and_after_checking_passes_axe_at_both_widths(open_sheet: Open, scheme: str) -> None:
    sheet = open_sheet(color_scheme=scheme, viewport={"width": 1000, "height": 900})
    faults = sheet.visit.axe_violations()
    sheet.answer_all()
    for name in ("engine", "loves", "chase", "who"):
        sheet.button("check", name).click()
    sheet.button("code").click()
    sheet.visit.open_folds()
    faults += sheet.visit.axe_violations()
    sheet.page.set_viewport_size({"width": 360, "height": 800})
    faults += sheet.visit.sideways() + sheet.visit.axe_violations()
    assert not faults, listed(faults)


def test_a_finger_answers_every_type_and_finds_targets_of_24_pixels(open_sheet: Open) -> None:
    sheet = open_sheet(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    sheet.item("engine").locator("label").nth(1).tap()
    sheet.button("check", "engine").tap()
    expect(sheet.feedback("engine")).to_contain_text("Right.")
    sheet.row("chase", "out").locator('[data-do="up"]').tap()
    assert sheet.rows("chase") == ["camp", "out", "back"]
    sheet.item("stars").locator('[data-round="before"] label:has(input[value="4"])').tap()
    assert sheet.stored()["stars"]["before"] == {"pace": 4}
    sheet.item("drives").locator("label").first.tap()
    assert sheet.answers()["first reading"] == [0]
    sheet.button("code").tap()
    sheet.visit.open_folds()
    assert not (small := sheet.page.evaluate(SMALL)), listed(small)
    assert not sheet.visit.sideways()


def test_in_forced_colours_what_is_chosen_and_right_can_be_told_apart(open_sheet: Open) -> None:
    sheet = open_sheet(forced_colors="active")
    label = sheet.item("engine").locator("label").nth(1)
    style = "(one) => getComputedStyle(one).outlineStyle"
    assert label.evaluate(style) == "none"
    label.click()
    assert label.evaluate(style) == "solid"
    sheet.button("check", "engine").click()
    expect(sheet.feedback("engine")).to_contain_text("Right.")  # in words
    # Which colours are forced axe cannot see.
    assert not (faults := sheet.visit.axe_violations(without=["color-contrast"])), listed(faults)


def test_a_worksheet_is_the_activity_alone_with_its_key_on_a_page_of_its_own(open_sheet: Open, tmp_path: Path) -> None:
    sheet = open_sheet()
    sheet.item("engine").locator("input").nth(1).check()
    sheet.button("check", "engine").click()
    sheet.page.evaluate("() => { window.print = () => { window.printed = document.body.className; }; }")
    key, feedback = sheet.item("engine").locator(".sg-key"), sheet.feedback("engine")
    sheet.page.emulate_media(media="print")
    expect(key.locator("ul")).to_be_visible()
    expect(feedback).to_be_visible()
    expect(sheet.form.locator("button:visible")).to_have_count(0)
    expect(sheet.item("who").locator(".sg-paper li").first).to_be_visible()
    sheet.page.emulate_media(media="screen")
    sheet.button("print").click()
    assert sheet.page.evaluate("() => window.printed") == "sg-worksheet"
    sheet.page.emulate_media(media="print")
    expect(key).to_be_hidden()
    expect(feedback).to_be_hidden()
    expect(sheet.page.locator("h1")).to_be_hidden()  # nothing of the page around it
    for word in ("Name", "Class", "Date"):
        expect(sheet.form.get_by_text(word, exact=True)).to_be_visible()
    options = sheet.item("engine").locator(".sg-options")
    assert options.evaluate("(one) => getComputedStyle(one).columnCount") == "2"
    room = sheet.item("engine").evaluate("(one) => getComputedStyle(one, '::after').height")
    assert float(room.removesuffix("px")) > 40, "room to write"
    drives = sheet.item("drives")
    for part in drives.locator("[data-cases], [data-round], .sg-case").all():
        expect(part).to_be_visible()
    sheet.page.pdf(path=tmp_path / "sheet.pdf")
    pages = sheets.words_by_page(tmp_path / "sheet.pdf")
    first = next(number for number, page in enumerate(pages) if "Because of raiders." in page)
    assert first > 0 and not any("Because of " in page for page in pages[:first])
    assert "Name" in pages[0] and not any("Because:" in page for page in pages[first:])
    sheet.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(sheet.page.locator(".sg-key-page")).to_have_count(0)
    expect(sheet.page.locator("h1")).to_be_visible()
    expect(key.locator("ul")).to_be_visible()
    lines = sheet.item("watch").locator("textarea").evaluate("(one) => getComputedStyle(one).backgroundImage")
    assert "gradient" in lines


def test_nothing_outside_of_the_form_is_touched(open_sheet: Open) -> None:
    sheet = open_sheet()
    before = "() => [document.body.className, document.querySelector('h1').outerHTML, Object.keys(window).length]"
    untouched = sheet.page.evaluate(before)
    sheet.answer_all()
    sheet.button("clear").click()
    assert sheet.page.evaluate(before) == untouched
    bare = re.sub(r"/\*.*?\*/", "", frontend.widget_stylesheet(), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{", re.sub(r"@[^{]+\{", "", bare))
    # Only the palette is also declared outside: variables that nobody else uses.
    selectors = [one.strip() for rule in rules for one in re.split(r",(?![^(]*\))", rule)]
    outside = [one for one in selectors if ".sg" not in one and not one.startswith((":root", "html body"))]
    assert outside == []


def test_a_page_of_fifty_items_is_brought_to_life_in_under_50_milliseconds(
    open_sheet: Open, tiny: Guide, tmp_path: Path
) -> None:
    kinds = workbench.items(tiny)
    found: Sequence[Item] = [
        kinds[n % len(kinds)].model_copy(update={"id": f"{kinds[n % len(kinds)].id}-{n}"}) for n in range(50)
    ]
    url = workbench.page(tmp_path, workbench.activity(workbench.guide_of(tiny, found)))
    script = tmp_path / "activity.js"
    timed = "const begun = performance.now(); startActivities(); window.took = performance.now() - begun;"
    text = script.read_text(encoding="utf-8")
    assert text.count("\nstartActivities();") == 1
    script.write_text(text.replace("\nstartActivities();", f"\n{timed}"), encoding="utf-8")
    sheet = open_sheet(url=url)
    took = []
    for _ in range(5):  # the best of five: others use this machine too
        took.append(sheet.page.evaluate("() => window.took"))
        sheet.page.reload()
    assert sheet.form.locator(".sg-controls:visible").count() > 40
    print(f"50 items: {min(took):.1f} ms at best, {max(took):.1f} ms at worst")
    assert min(took) < 50


def test_a_response_from_any_host_is_checked_before_it_is_shown(open_sheet: Open, sample: Guide) -> None:
    """What the form shows of a response is what `scoring.usable` takes of it, whoever stored it."""
    sheet = open_sheet()
    given = {"version": 1, "before": {"overall": 3.5, "pace": 2.5, "ghost": 4}, "after": [1], "ideas": 7}
    sheet.store(json.dumps({"stars": given}))
    sheet.page.reload()
    spec = scoring.item_spec(sample.items["stars"])
    assert scoring.usable(spec, given) == {"version": 1, "before": {"overall": 3.5}}
    expect(sheet.item("stars").locator("select").first).to_have_value("3.5")
    assert sheet.item("stars").locator('input:checked:not([value=""])').count() == 0
