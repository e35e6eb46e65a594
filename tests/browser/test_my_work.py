"""My work: everything that this browser keeps, to see, to take along, to bring in and to remove."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import books
import pytest
import workbench
from browsing import Look, Visit, listed
from playwright.sync_api import BrowserContext, Locator, expect

from studyguide.guide import Guide
from studyguide.page import links, render

KEY = "studyguide:the-general:responses"
REFUSES_TO_WRITE = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
WRITTEN = "It *runs*.\n\u202enever\u202c <b onclick='window.hit = 1'>stops</b>"
ANSWERS: dict[str, Any] = {
    "engine": {"version": 1, "choice": ["army"], "checked": True},
    "loves": {"version": 1, "choice": ["own", "her"]},
    "chase": {"version": 1, "order": ["out", "camp", "back"], "checked": True},
    "who": {"version": 1, "match": {"johnnie": "johnnie", "anderson": "spare-1"}, "checked": True},
    "kinds": {"version": 1, "sort": {"smoke": "seen", "brave": "thought"}},
    "stars": {"version": 1, "before": {"overall": 3.5}, "after": {"overall": 1, "pace": 4}, "ideas": "=1+1"},
    "watch": {"version": 1, "text": WRITTEN},
    "drives": {
        "version": 1,
        "first": {"reading": "machine", "certainty": "1", "steps": ["theft", "bridge"]},
        "second": {"reading": "own", "certainty": "4", "own": "His *own* <b>rails</b>.", "reason": "the bridge"},
        "weighed": True,
    },
}


class Work:
    """The page, in the words of its reader."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        self.root = self.page.locator("[data-my-work]")
        self.status = self.root.locator("[role=status]")
        self.answers = self.root.locator("[data-answers]")

    def button(self, action: str) -> Locator:
        """The button for an action."""
        return self.root.locator(f'[data-do="{action}"]')

    def progress(self) -> dict[str, str]:
        """How much of each activity is answered."""
        cells = self.root.locator("[data-answered]").all()
        return {cell.get_attribute("data-answered") or "": cell.inner_text() for cell in cells}

    def answer(self, stem: str) -> Locator:
        """The block about the question with these words."""
        return self.answers.locator(".sg-answer").filter(has_text=stem)

    def stored(self) -> dict[str, Any]:
        """What the browser keeps."""
        return dict(json.loads(self.page.evaluate("(key) => localStorage.getItem(key) ?? '{}'", KEY)))

    def store(self, responses: object) -> None:
        """Let the browser keep this, and open the page anew."""
        text = responses if isinstance(responses, str) else json.dumps(responses)
        self.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        self.page.reload()

    def saved(self, action: str) -> tuple[str, str]:
        """Name and text of the file that a button saves."""
        with self.page.expect_download() as coming:
            self.button(action).click()
        return coming.value.suggested_filename, Path(coming.value.path()).read_text(encoding="utf-8")

    def bring_in(self, text: str) -> None:
        """Choose a file with this text."""
        file = {"name": "answers.json", "mimeType": "application/json", "buffer": text.encode()}
        self.root.locator("[data-import-file]").set_input_files(file)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sample(tiny: Guide) -> Guide:
    """A guide with an item of every type."""
    return workbench.guide_of(tiny, workbench.items(tiny))


@pytest.fixture(scope="module")
def address(sample: Guide, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of that guide, as a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(links.ENVIRONMENT, books.HOST)
        yield workbench.page(tmp_path_factory.mktemp("work"), render.my_work(sample))


@pytest.fixture
def open_work(look: Look, address: str) -> Callable[..., Work]:
    """Opens the page with nothing kept."""

    def open_(context: BrowserContext | None = None, url: str = "", **settings: Any) -> Work:
        return Work(look(url or address, context, **settings))

    return open_


Open = Callable[..., Work]


def exported(responses: object, **changes: object) -> str:
    """The text of an exported file."""
    return json.dumps({"studyguide": 1, "guide": "the-general", "responses": responses} | changes)


def test_nothing_answered_is_said_and_every_chapter_is_a_link(open_work: Open) -> None:
    work = open_work()
    assert work.progress() == {"all": "0 of 8", "again": "0 of 1"}
    expect(work.answers).to_have_text("This browser keeps no answers to this guide yet.")
    hrefs = [link.get_attribute("href") for link in work.root.locator("tbody th a").all()]
    assert hrefs == ["story.html", "test-yourself.html"]
    for action in ("export", "csv"):
        work.button(action).click()
        expect(work.status).to_have_text("There is nothing to save yet.")
    assert not work.visit.faults, listed(work.visit.faults)


def test_progress_and_every_answer_are_shown_in_words(open_work: Open) -> None:
    work = open_work()
    work.store(ANSWERS)
    assert work.progress() == {"all": "8 of 8", "again": "1 of 1"}
    expect(work.answers.locator(".sg-answer")).to_have_count(8)  # the item that stands in two activities once
    expect(work.answer("Who takes the engine?")).to_contain_text("The army")
    expect(work.answer("Who takes the engine?").locator(".sg-outcome")).to_have_text("Not quite.")
    expect(work.answer("What does he love?").locator(".sg-outcome")).to_have_text("not checked")
    expect(work.answer("What comes first?")).to_contain_text("place 3")
    expect(work.answer("What comes first?").locator(".sg-outcome")).to_have_text("Right.")
    expect(work.answer("Who is who?")).to_contain_text("burns the bridge")
    expect(work.answer("How good is it?")).to_contain_text("3.5 stars")
    expect(work.answer("How good is it?")).to_contain_text("1 star")
    reading = work.answer("What drives him?")
    for words in (
        "A partner of iron",
        "a hunch",
        "A reading of my own",
        "His *own* <b>rails</b>.",
        "the bridge",
        "sure",
    ):
        expect(reading).to_contain_text(words)
    assert work.answer("Stop the picture").locator("dd").inner_text() == WRITTEN
    assert work.page.evaluate("() => window.hit") is None
    assert not work.visit.faults, listed(work.visit.faults)


def test_another_tab_is_followed(open_work: Open, context: BrowserContext) -> None:
    work, other = open_work(context), open_work(context)
    other.store({"engine": ANSWERS["engine"]})
    expect(work.root.locator('[data-answered="all"]')).to_have_text("1 of 8")


def test_what_is_saved_here_can_be_brought_in_elsewhere_and_taken_back(open_work: Open) -> None:
    work = open_work()
    later = ANSWERS | {"later": {"version": 2, "choice": ["x"]}}
    work.store(later)
    name, text = work.saved("export")
    assert name == "the-general-answers.json"
    assert json.loads(text) == {"studyguide": 1, "guide": "the-general", "responses": later}

    mine = {"engine": {"version": 1, "choice": ["mayor"]}}
    work.store(mine)
    work.bring_in(text)
    expect(work.status).to_have_text(
        "8 answers brought in; 1 of them took the place of an earlier one. "
        "Left out: 1 answer fitting no question of this guide."
    )
    assert work.stored() == ANSWERS
    assert work.progress()["all"] == "8 of 8"
    work.button("undo").click()
    assert work.stored() == mine
    expect(work.button("undo")).to_be_hidden()
    assert not work.visit.faults, listed(work.visit.faults)


def test_the_text_of_a_file_can_be_pasted(open_work: Open) -> None:
    work = open_work()
    work.root.locator("summary").click()
    work.root.locator("[data-import-text]").fill(exported({"watch": ANSWERS["watch"]}))
    work.button("import").click()
    expect(work.status).to_have_text("1 answer brought in.")
    assert work.stored() == {"watch": ANSWERS["watch"]}


REFUSED = {
    "nothing": "",
    "no json": "<script>window.hit = 1</script>",
    "a list": "[]",
    "another format": exported({}, studyguide=2),
    "no responses": exported(None),
    "a list of responses": exported([ANSWERS["engine"]]),
    "another guide": exported(ANSWERS, guide="another"),
    "nothing of ours": exported({"ghost": {"version": 1, "choice": ["a"]}}),
    "nothing usable": exported({"engine": {"version": 1, "choice": ["ghost"]}, "watch": {"version": 1, "text": 7}}),
    "a text too long": exported({"watch": {"version": 1, "text": "x" * 100_000}}),
    "too much": exported({"watch": {"version": 1, "text": "x" * 1_000_000}}),
    "a prototype": '{"studyguide": 1, "guide": "the-general", "responses": {"__proto__": {"version": 1}}}',
    "deep": exported({"engine": {"version": 9, "a": json.loads("[" * 50 + "]" * 50)}}),
}


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence_and_changes_nothing(open_work: Open) -> None:
    work = open_work()
    mine = {"engine": ANSWERS["engine"]}
    work.store(mine)
    for what, text in REFUSED.items():
        work.page.evaluate("() => { document.querySelector('[data-my-work] [role=status]').textContent = '' }")
        work.bring_in(text)
        expect(work.status, what).to_contain_text("nothing was brought in")
        assert work.stored() == mine, what
        expect(work.button("undo")).to_be_hidden()
    assert work.page.evaluate("() => [window.hit, {}.version]") == [None, None]
    assert not work.visit.faults, listed(work.visit.faults)


def test_hostile_text_in_a_file_and_in_data_is_shown_as_text(open_work: Open, tiny: Guide, tmp_path: Path) -> None:
    url = workbench.page(tmp_path, render.my_work(workbench.hostile_guide(tiny)))
    work = open_work(url=url)
    for text in workbench.HOSTILE:
        work.bring_in(exported(ANSWERS | {"watch": {"version": 1, "text": text}}))
        expect(work.answer("Stop the picture").locator("dd")).to_have_text(text)
    assert work.page.evaluate("() => document.querySelectorAll('[data-answers] :not(p, div, dl, dt, dd)').length") == 0
    assert work.page.evaluate("() => window.hit") is None
    assert not work.visit.faults, listed(work.visit.faults)


def test_the_table_has_a_row_for_each_part_and_no_cell_that_a_spreadsheet_would_run(open_work: Open) -> None:
    work = open_work()
    texts = ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", 'He said "go", twice\nand once more']
    for text in texts:
        work.store(ANSWERS | {"watch": {"version": 1, "text": text}})
        name, table = work.saved("csv")
        assert name == "the-general-answers.csv"
        assert table.startswith("\ufeff")
        head, *rows = list(csv.reader(io.StringIO(table[1:], newline="")))
        assert head == ["activity", "item", "version", "question", "part", "answer", "outcome"]
        assert not [cell for row in rows for cell in row if cell.strip().startswith(("=", "+", "-", "@"))]
        written = next(row for row in rows if row[1] == "watch")[5]
        assert written.removeprefix("'") == text
        assert written.startswith("'") == (text != texts[-1])
    assert [row[4:7] for row in rows if row[:2] == ["all", "who"]] == [
        ["Johnnie", "drives an engine", "Partly right: 1 of 3."],
        ["Anderson", "burns the bridge", "Partly right: 1 of 3."],
    ]
    assert {row[0] for row in rows if row[1] == "engine"} == {"all", "again"}


def test_starting_fresh_takes_two_steps_by_keyboard_and_leaves_nothing(open_work: Open) -> None:
    work = open_work()
    work.store(ANSWERS)
    work.button("fresh").focus()
    work.page.keyboard.press("Enter")
    expect(work.root.locator("[data-sure-words]")).to_contain_text("8 answers")
    expect(work.button("keep")).to_be_focused()
    work.page.keyboard.press("Enter")
    expect(work.status).to_have_text("Nothing is removed.")
    expect(work.button("fresh")).to_be_focused()
    assert work.stored() == ANSWERS

    work.page.keyboard.press("Enter")
    work.page.keyboard.press("Tab")
    expect(work.button("remove")).to_be_focused()
    work.page.keyboard.press("Enter")
    expect(work.status).to_have_text("All answers are removed from this browser.")
    expect(work.button("fresh")).to_be_focused()
    assert work.page.evaluate("() => localStorage.length") == 0
    assert work.progress()["all"] == "0 of 8"


def test_a_broken_store_and_a_refusing_one_are_said_and_stop_nothing(open_work: Open, context: BrowserContext) -> None:
    work = open_work(context)
    work.store("{")
    notice = work.root.locator("[data-notice]")
    expect(notice).to_contain_text("could not be read")
    work.bring_in(exported(ANSWERS))
    assert work.stored() == ANSWERS
    context.add_init_script(REFUSES_TO_WRITE)
    work.page.reload()
    expect(notice).to_be_hidden()
    work.bring_in(exported({"watch": {"version": 1, "text": "new"}}))
    expect(notice).to_contain_text("keeps nothing")
    expect(work.answer("Stop the picture").locator("dd")).to_have_text("new")
    assert json.loads(work.saved("export")[1])["responses"]["watch"]["text"] == "new"


def test_on_paper_there_are_answers_and_if_wished_no_outcomes(open_work: Open) -> None:
    work = open_work()
    work.store(ANSWERS)
    work.page.emulate_media(media="print")
    expect(work.answer("Who takes the engine?").locator(".sg-outcome")).to_be_visible()
    expect(work.page.locator("button:visible, input:visible, textarea:visible")).to_have_count(0)
    work.page.emulate_media(media="screen")
    work.root.get_by_label("print without what was right or not").check()
    work.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    work.button("print").click()
    assert work.page.evaluate("() => window.printed")
    work.page.emulate_media(media="print")
    expect(work.root.locator(".sg-outcome:visible")).to_have_count(0)
    expect(work.answer("Who takes the engine?")).to_contain_text("The army")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_axe_and_fits_a_phone(open_work: Open, scheme: str) -> None:
    work = open_work(color_scheme=scheme, viewport={"width": 1000, "height": 900})
    work.store(ANSWERS | {"watch": {"version": 1, "text": "x" * 400}})
    work.button("fresh").click()
    work.visit.open_folds()
    faults = work.visit.axe_violations()
    work.page.set_viewport_size({"width": 360, "height": 800})
    faults += work.visit.sideways() + work.visit.axe_violations()
    assert not faults, listed(faults)


def test_with_scripts_off_the_page_says_that_it_needs_one(open_work: Open) -> None:
    work = open_work(java_script_enabled=False)
    expect(work.root).to_contain_text("takes script")
    expect(work.root.locator("table")).to_be_visible()
    expect(work.root.locator("button:visible, input:visible")).to_have_count(0)
