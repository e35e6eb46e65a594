"""The activity about a reading as a learner meets it: by keyboard, in two tabs, in a browser that keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import Look, Visit, listed
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from studyguide.model import Activity, Guide, Interpretation

# Every text that the live region was given, in order.
LISTEN = """() => {
  window.said = [];
  const status = document.querySelector("[data-activity] [role=status]");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) window.said.push(node.textContent);
  }).observe(status, { childList: true });
}"""
REFUSES_TO_WRITE = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
HAS_NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""


class Form:
    """The first item of the activity on a page, in the words of a learner."""

    def __init__(self, visit: Visit, item: Interpretation) -> None:
        self.visit = visit
        self.page = visit.page
        self.item = item
        self.root = self.page.locator(f'[data-item="{item.id}"]')
        self.status = self.page.locator("[data-activity] [role=status]")
        self.weigh = self.root.locator('[data-do="weigh"]')
        self.clear = self.page.locator('[data-activity] [data-do="clear"]')
        self.cases = self.root.locator("[data-cases]")
        self.second = self.root.locator('[data-round="second"]')
        self.shift = self.root.locator("[data-shift]")
        self.steps = self.root.locator("input[type=checkbox]")

    def options(self, turn: str, part: str) -> Locator:
        """The radios of one question: turn first or second, part reading or certainty."""
        return self.root.locator(f'input[name="{self.item.id}-{turn}-{part}"]')

    def label(self, option: Locator) -> str:
        """The words beside an option."""
        return option.locator("xpath=ancestor::label").inner_text()

    def answers(self) -> dict[str, list[int]]:
        """Which option of each question is marked."""
        groups = {f"{turn} {part}": self.options(turn, part) for turn in ("first", "second") for part in PARTS}
        groups["steps"] = self.steps
        return {name: [n for n, one in enumerate(group.all()) if one.is_checked()] for name, group in groups.items()}

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

    def pick_by_key(self, options: Locator, place: int) -> None:
        """Go to a group of radios and pick one of them with the arrow keys."""
        self.tab_to(options.first)
        self.page.keyboard.press("Space")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")
        expect(options.nth(place)).to_be_checked()


PARTS = ("reading", "certainty")
NOTHING: dict[str, list[int]] = {
    "first reading": [],
    "first certainty": [],
    "second reading": [],
    "second certainty": [],
    "steps": [],
}


@pytest.fixture(scope="module")
def activity(guide: Guide) -> Activity:
    """The first activity of the guide."""
    return guide.activities[0]


@pytest.fixture(scope="module")
def address(book: Path, site: str, activity: Activity) -> str:
    """The page on which it stands."""
    mark = f'data-activity="{activity.id}"'
    pages = [path for path in sorted(book.glob("chapters/*.html")) if mark in path.read_text(encoding="utf-8")]
    assert len(pages) == 1
    return f"{site}/chapters/{pages[0].name}"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser, in which nothing is answered yet."""
    made = browser.new_context()
    # The chart below the activity is another test's matter, and drawing it takes seconds.
    made.route("**/plotly.min.js", lambda route: route.fulfill(body=""))
    yield made
    made.close()


@pytest.fixture
def open_form(
    look: Look, address: str, guide: Guide, activity: Activity, context: BrowserContext
) -> Callable[[], Form]:
    """Opens that page in this reader's browser, each time in a new tab."""
    return lambda: Form(look(address, context), guide.items[activity.items[0]])


def answer_all(form: Form) -> dict[str, list[int]]:
    """Choose, weigh and choose again, by mouse; what is marked then."""
    form.options("first", "reading").nth(1).check()
    form.options("first", "certainty").nth(0).check()
    form.steps.nth(0).check()
    form.steps.nth(2).check()
    form.weigh.click()
    form.options("second", "reading").nth(2).check()
    form.options("second", "certainty").nth(3).check()
    marked = form.answers()
    assert marked == {
        "first reading": [1],
        "first certainty": [0],
        "second reading": [2],
        "second certainty": [3],
        "steps": [0, 2],
    }
    return marked


def test_the_whole_activity_can_be_done_by_keyboard_and_is_told_to_a_screen_reader(
    open_form: Callable[[], Form], guide: Guide
) -> None:
    form = open_form()
    form.listen()
    expect(form.cases).to_be_hidden()
    expect(form.second).to_be_hidden()

    form.pick_by_key(form.options("first", "reading"), 1)
    form.pick_by_key(form.options("first", "certainty"), 2)
    for step in (0, 1):
        form.tab_to(form.steps.nth(step))
        form.page.keyboard.press("Space")
    form.tab_to(form.weigh)
    form.page.keyboard.press("Enter")

    expect(form.cases).to_be_visible()
    expect(form.second).to_be_visible()
    expect(form.status).not_to_be_empty()
    assert form.status.inner_text() == form.said()[-1]
    for fold in form.cases.locator("details").all():
        form.tab_to(fold.locator("summary"))
        form.page.keyboard.press("Enter")
        expect(fold.locator(".sg-case").first).to_be_visible()
    assert form.cases.locator("details").count() == len(form.item.readings)
    assert not (faults := form.visit.axe_violations()), listed(faults)

    form.pick_by_key(form.options("second", "reading"), 0)
    form.pick_by_key(form.options("second", "certainty"), 3)
    before, after = (guide.readings[form.item.readings[place]].title for place in (1, 0))
    shift = form.shift.inner_text()
    for part in (before, after, form.label(form.options("first", "certainty").nth(2))):
        assert part in shift
    assert form.label(form.options("second", "certainty").nth(3)) in shift
    assert shift in form.said()
    assert not form.visit.faults, listed(form.visit.faults)


def test_staying_with_a_reading_is_a_result_too(open_form: Callable[[], Form], guide: Guide) -> None:
    form = open_form()
    answer_all(form)
    moved = form.shift.inner_text()
    form.options("second", "reading").nth(1).check()
    stayed = form.shift.inner_text()
    assert stayed != moved
    assert stayed.count(guide.readings[form.item.readings[1]].title) == 1


def test_weighing_before_choosing_says_what_is_missing_and_opens_nothing(open_form: Callable[[], Form]) -> None:
    form = open_form()
    form.weigh.click()
    expect(form.status).not_to_be_empty()
    expect(form.cases).to_be_hidden()
    form.options("first", "reading").first.check()
    form.weigh.click()
    expect(form.status).not_to_be_empty()
    expect(form.cases).to_be_hidden()
    form.options("first", "certainty").first.check()
    form.weigh.click()
    expect(form.cases).to_be_visible()


def test_answers_outlive_a_reload_and_clearing_takes_them_back(open_form: Callable[[], Form]) -> None:
    form = open_form()
    marked = answer_all(form)
    shift = form.shift.inner_text()
    form.page.reload()
    assert form.answers() == marked
    assert form.shift.inner_text() == shift
    expect(form.cases).to_be_visible()

    form.clear.click()
    expect(form.status).not_to_be_empty()
    assert form.answers() == NOTHING
    expect(form.cases).to_be_hidden()
    form.page.reload()
    assert form.answers() == NOTHING
    assert not form.visit.faults, listed(form.visit.faults)


@pytest.mark.parametrize("script", [REFUSES_TO_WRITE, HAS_NO_STORAGE], ids=["full", "denied"])
def test_without_storage_the_activity_goes_on_and_says_so_once(
    open_form: Callable[[], Form], context: BrowserContext, script: str
) -> None:
    context.add_init_script(script)  # where storage is denied the theme's own script complains, so faults are not read
    form = open_form()
    form.listen()
    form.options("first", "reading").first.check()
    said = form.said()
    assert len(said) == 1
    assert form.status.inner_text() == said[0]
    answer_all(form)
    expect(form.cases).to_be_visible()
    expect(form.shift).not_to_be_empty()
    assert form.said().count(said[0]) == 1
    form.page.reload()
    assert form.answers() == NOTHING


def test_two_tabs_keep_each_others_answers(open_form: Callable[[], Form]) -> None:
    one, other = open_form(), open_form()
    one.options("first", "reading").nth(2).check()
    expect(other.options("first", "reading").nth(2)).to_be_checked()
    other.options("first", "certainty").nth(1).check()
    expect(one.options("first", "certainty").nth(1)).to_be_checked()
    one.steps.nth(0).check()
    expect(other.steps.nth(0)).to_be_checked()
    third = open_form()
    assert third.answers() == NOTHING | {"first reading": [2], "first certainty": [1], "steps": [0]}


def test_an_answer_to_another_version_of_the_question_is_kept_and_not_shown(open_form: Callable[[], Form]) -> None:
    form = open_form()
    answer_all(form)
    key = form.page.evaluate("() => Object.keys(localStorage).find((key) => key.startsWith('studyguide'))")
    stored = json.loads(form.page.evaluate("(key) => localStorage.getItem(key)", key))
    stored[form.item.id]["version"] += 1
    older = json.dumps(stored)
    form.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, older])
    form.page.reload()
    assert form.answers() == NOTHING
    expect(form.cases).to_be_hidden()
    assert json.loads(form.page.evaluate("(key) => localStorage.getItem(key)", key)) == stored


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "7", '{"ITEM": 7}', '{"ITEM": {"version": 1, "first": 3}}'])
def test_a_broken_store_is_no_obstacle(open_form: Callable[[], Form], text: str) -> None:
    form = open_form()
    form.options("first", "reading").first.check()
    key = form.page.evaluate("() => Object.keys(localStorage).find((key) => key.startsWith('studyguide'))")
    form.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text.replace("ITEM", form.item.id)])
    form.page.reload()
    assert form.answers() == NOTHING
    form.options("first", "reading").nth(1).check()
    form.page.reload()
    assert form.answers()["first reading"] == [1]
    assert not form.visit.faults, listed(form.visit.faults)
