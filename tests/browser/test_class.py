"""The Class page as a teacher meets it: a pasted chat becomes counts, and a question goes on the wall."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Look, Visit, listed
from playwright.sync_api import FilePayload, Locator, expect

from studyguide.guide import Guide, Interpretation, Prompt, Rating
from studyguide.questions import codes, scoring, slots, tallying

PAGE = "chapters/class.html"
SCREENS = [(1024, 768), (1920, 1080)]
# A table as a reader gets it, without what only the eye uses.
TABLES = """(root) => [...root.querySelectorAll("table")].map((table) => ({
  caption: table.caption.textContent,
  rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
}))"""
# From the paste to the counts on the page, in milliseconds.
TIMED = """async ([box, text]) => {
  const status = document.querySelector("[data-class] [data-part=announce]");
  const start = performance.now();
  const counted = new Promise((tell) => new MutationObserver(tell).observe(status, { childList: true }));
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await counted;
  document.body.getBoundingClientRect(); // laid out as well
  return performance.now() - start;
}"""


class Room:
    """The page in the words of a teacher."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        self.root = self.page.locator("[data-class]")
        self.box = self.do("paste")
        self.status = self.part("announce")
        self.results = self.part("results")
        self.stage = self.page.locator("dialog")

    def do(self, name: str) -> Locator:
        """What the teacher uses."""
        return self.root.locator(f'[data-do="{name}"]')

    def part(self, name: str) -> Locator:
        """What the page shows."""
        return self.root.locator(f'[data-part="{name}"]').first

    def paste(self, *lines: str) -> None:
        """Put a chat into the box, and wait until the page has said what it found."""
        before = self.status.inner_text()
        self.box.fill("\n".join(lines))
        self.page.wait_for_function(
            "([status, before]) => status.innerText !== before", arg=[self.status.element_handle(), before]
        )

    def choose(self, *files: tuple[str, str | bytes]) -> None:
        """Choose files by name and content, and wait until each is in the list."""
        there = self.part("files").locator("li").count()
        contents = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
        self.do("choose").set_input_files(
            [FilePayload(name=name, mimeType="application/json", buffer=content) for name, content in contents]
        )
        expect(self.part("files").locator("li")).to_have_count(there + len(files))

    def asked(self, activity: str, item: str) -> Locator:
        """The counts of one item, unfolded."""
        fold = self.results.locator(f'[data-counts="{activity}"]')
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
        return fold.locator(f'[data-item="{item}"]')

    def tables(self, activity: str, item: str) -> list[dict[str, Any]]:
        """The tables of one item: caption and rows of cells as text."""
        return list(self.asked(activity, item).evaluate(TABLES))

    def broken(self) -> list[str]:
        """Where and why something could not be read, one text each."""
        return [text or "" for text in self.part("broken").locator("li").all_text_contents()]


@pytest.fixture
def room(site: str, look: Look) -> Room:
    return Room(look(f"{site}/{PAGE}"))


@pytest.fixture
def open_room(site: str, look: Look) -> Callable[..., Room]:
    """Opens the page with Playwright's settings."""
    return lambda **settings: Room(look(f"{site}/{PAGE}", **settings))


@pytest.fixture(scope="module")
def question(guide: Guide) -> Interpretation:
    """The question about a reading."""
    return next(item for item in guide.items if isinstance(item, Interpretation))


@pytest.fixture(scope="module")
def home(guide: Guide, question: Interpretation) -> str:
    """The activity that asks it."""
    return next(activity.id for activity in guide.activities if question.id in activity.items)


def chose(item: Interpretation, first: int, second: int | None = None, sure: str = "2") -> dict[str, Any]:
    """A response by the places of its readings."""
    response: dict[str, Any] = {"version": item.version, "first": {"reading": item.readings[first], "certainty": "2"}}
    if second is not None:
        response["second"] = {"reading": item.readings[second], "certainty": sure}
    return response


def anything(item: slots.Spec, chance: random.Random) -> dict[str, Any]:
    """Some response to any item, with every slot filled."""
    response: dict[str, Any] = {"version": item["version"]}
    for slot in item["slots"]:
        known = slots.values(item, slot)
        if slot["kind"] == "text":
            # Beside stars there are no words here: a code would lose them.
            value = None if len(item["slots"]) > 1 else "A sound that I had not heard before."
        elif slot["kind"] == "order":
            value = chance.sample(known, len(known))
        elif slot["kind"] == "set":
            value = chance.sample(known, slot.get("most") or chance.randint(1, len(known)))
        else:
            value = chance.choice(known)
        if value is not None:
            slots.put(response, slot["path"], value)
    return response


def handed_in(guide: Guide, activity: str, chance: random.Random) -> str | None:
    """A code with some answers; None for an activity that a code cannot hold."""
    spec = scoring.spec(guide, activity)
    try:
        return codes.write(spec, {item["id"]: anything(item, chance) for item in spec["items"]})
    except codes.CodeError:
        return None


def exported(guide: Guide, responses: dict[str, Any]) -> str:
    """What a reader saves as a file."""
    return json.dumps({"studyguide": 1, "guide": guide.film.id, "responses": responses})


def spoilt(code: str) -> str:
    """The code with one character of its answers mistyped."""
    place = code.index(".") + 4
    return code[:place] + ("7" if code[place] != "7" else "8") + code[place + 1 :]


def number(cell: str) -> int:
    """The count in a cell such as `7 (26 %)`."""
    return int(cell.split(" ")[0])


# --- counting ---------------------------------------------------------------------------------------------------------


def test_a_pasted_chat_is_counted_and_every_broken_code_is_told_with_its_line_and_reason(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    code = codes.encode(guide, home, {question.id: chose(question, 0, 1)})
    room.paste(
        "Good morning, everyone",
        f"[10:02] Mio 🚗: {code}",
        f"Ken: {code.lower()}\u200b, is that right?",
        spoilt(code),
        code[:-2],
        "",
        f"nothing-like-it.{code.split('.', 1)[1]}",
    )
    said = room.status.inner_text()
    assert "2 codes" in said and "3 could not be read" in said and "1 came more than once" in said
    broken = room.broken()
    assert [text.partition(":")[0] for text in broken] == ["Line 4", "Line 5", "Line 7"]
    assert len({text.rpartition(".")[0].rpartition(".")[2] for text in broken}) == 3  # each with a reason of its own
    assert "nothing-like-it" in broken[2]
    assert "1 line without a code" in room.part("notes").inner_text()
    assert not room.visit.faults, listed(room.visit.faults)


def test_equal_answers_are_counted_until_the_teacher_drops_them(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    same = codes.encode(guide, home, {question.id: chose(question, 0, 1)})
    other = codes.encode(guide, home, {question.id: chose(question, 2)})
    room.paste(same, other, same, same)
    choices = room.tables(home, question.id)[0]["rows"]
    assert [number(row[1]) for row in choices][:3] == [3, 0, 1]
    room.do("once").check()
    choices = room.tables(home, question.id)[0]["rows"]
    assert [number(row[1]) for row in choices][:3] == [1, 0, 1]
    assert "2 repeats left out" in room.part("notes").inner_text()
    assert "4 codes" in room.status.inner_text()  # what came in is still told


def test_the_same_answers_as_a_code_and_as_a_file_are_found_to_be_the_same(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    response = chose(question, 3, 3)
    room.paste(codes.encode(guide, home, {question.id: response}))
    room.choose(("mine.json", exported(guide, {question.id: response})))
    expect(room.status).to_contain_text("1 code and 1 file counted. 1 came more than once.")
    room.do("once").check()
    assert number(room.tables(home, question.id)[0]["rows"][3][1]) == 1


def test_the_shift_from_the_first_to_the_second_reading_is_told_in_a_sentence_and_a_grid(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    people = [(0, 1, "3"), (0, 1, "4"), (0, 0, "1"), (2, 2, "2"), (1, 0, "2"), (4, None, "2")]
    room.paste(*(codes.encode(guide, home, {question.id: chose(question, *one)}) for one in people))
    place = room.asked(home, question.id)
    assert "3 of 5 changed their reading." in place.inner_text()
    assert "2 are surer than before, 1 is less sure and 2 as sure as before." in place.inner_text()
    tables = room.tables(home, question.id)
    assert [number(row[1]) for row in tables[0]["rows"]] == [3, 1, 1, 0, 1, 0, 0]
    assert [number(row[2]) for row in tables[0]["rows"]] == [2, 2, 1, 0, 0, 0, 0]
    grid = [[int(cell) for cell in row[1:]] for row in tables[-1]["rows"]]
    assert grid[:3] == [[1, 2, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0]]
    assert sum(map(sum, grid)) == 5
    names = room.asked(home, question.id).locator("table").last.locator("thead th").all_text_contents()
    for reading in question.readings:  # the columns are letters to the eye and whole names to a screen reader
        assert any(guide.readings[reading].title in name for name in names)


def test_the_page_counts_as_python_counts(room: Room, guide: Guide) -> None:
    chance = random.Random(1)
    lines = [code for _ in range(12) for one in guide.activities if (code := handed_in(guide, one.id, chance))]
    room.paste(*lines)
    collected = tallying.collect(guide, ["\n".join(lines)])
    assert not collected.broken and not room.broken()
    compared = 0
    for activity in (guide.activities[key] for key in collected.n):
        for item in scoring.spec(guide, activity.id)["items"]:
            # By part of the item, in order: how often each value was given, in order.
            counts = [list(part.values()) for part in collected.counts(activity.id, item["id"]).values()]
            tables = room.tables(activity.id, item["id"]) if counts else []
            rows = tables[0]["rows"] if tables else []
            if item["type"] == "choice":
                assert [[number(row[1]) for row in rows]] == counts
            elif item["type"] == "order":
                by_entry = dict(zip(item["slots"][0]["key"], counts, strict=True))
                assert [list(map(int, row[1:])) for row in rows] == [
                    by_entry[entry] for entry in item["lists"]["entries"]
                ]
            elif item["type"] == "match":
                assert sorted(number(row[-1]) for row in rows) == sorted(n for pair in counts for n in pair if n)
            elif item["type"] == "rating":
                shown = [[number(row[column]) for row in table["rows"]] for column in (1, 2) for table in tables]
                assert shown == counts
            elif item["type"] == "interpretation":
                shift = [list(to.values()) for to in collected.shift(activity.id, item["id"]).values()]
                assert [list(map(int, row[1:])) for row in tables[-1]["rows"]] == shift
            compared += bool(rows)
    assert compared >= 20


def test_the_key_is_shown_only_when_the_teacher_asks_for_it(room: Room, guide: Guide) -> None:
    activity, item = next(
        (activity, item)
        for activity in guide.activities
        for item in scoring.spec(guide, activity.id)["items"]
        if item["slots"][0].get("most") == 1
    )
    responses = {item["id"]: {"version": item["version"], "choice": item["slots"][0]["key"]}}
    room.paste(codes.encode(guide, activity.id, responses))
    place = room.asked(activity.id, item["id"])
    expect(place).not_to_contain_text("key")
    room.do("key").check()
    expect(place.locator("tbody tr", has_text="(key)")).to_have_count(1)
    expect(place.locator("tbody tr", has_text="(key)")).to_contain_text("1 (100 %)")
    expect(place).to_contain_text("1 of 1 gave exactly the key.")


def test_ratings_have_no_average_under_five_and_the_formula_stands_beside_them(room: Room, guide: Guide) -> None:
    item = next(item for item in guide.items if isinstance(item, Rating))
    activity = next(one.id for one in guide.activities if item.id in one.items)
    aspect = next(one for one in item.aspects if one.half)
    stars = [1.5, 4, 4.5, 5, 3, 4]

    def codes_of(given: list[float]) -> list[str]:
        responses = [{item.id: {"version": item.version, "before": {aspect.id: star}}} for star in given]
        return [codes.encode(guide, activity, one) for one in responses]

    room.paste(*codes_of(stars[:4]))
    place = room.asked(activity, item.id)
    expect(place).to_contain_text("Before: n = 4, and no average under five. After: no ratings yet.")
    expect(place).not_to_contain_text("mean ")
    expect(place).to_contain_text("No ratings yet.")  # the other aspects
    expect(place).to_contain_text("added up and divided")
    room.paste(*codes_of(stars))
    expect(place).to_contain_text("Before: mean 3.7, median 4, n = 6.")


def test_ideas_and_long_answers_come_from_files_and_are_text_whatever_is_in_them(room: Room, guide: Guide) -> None:
    hostile = "<img src=x onerror='window.hit = 1'><script>window.hit = 2</script> \u202eabc\u202c javascript:alert(1)"
    long = "A line of thought. " * 1000
    rating = next(item for item in guide.items if isinstance(item, Rating))
    prompt = next(item for item in guide.items if isinstance(item, Prompt))
    responses = {
        rating.id: {"version": rating.version, "ideas": hostile},
        prompt.id: {"version": prompt.version, "text": long},
    }
    room.choose(("<b>Mio</b>.json", exported(guide, responses)))
    texts = room.results.locator(".sg-texts li").all_text_contents()
    assert hostile in texts and long in texts
    assert room.root.locator("[data-part=results] :is(img, script, b)").count() == 0
    assert room.root.locator("[data-part=files] b").count() == 0
    assert room.page.evaluate("() => window.hit") is None
    assert not room.visit.sideways()
    assert not room.visit.faults, listed(room.visit.faults)


def test_two_hundred_codes_are_counted_within_a_second(room: Room, guide: Guide) -> None:
    chance = random.Random(2)
    able = [activity.id for activity in guide.activities if handed_in(guide, activity.id, chance)]
    lines = [f"[10:{n % 60:02}] Name {n}: {handed_in(guide, able[n % len(able)], chance)}" for n in range(200)]
    took = [room.page.evaluate(TIMED, [room.box.element_handle(), "\n".join(lines[n:] + lines[:n])]) for n in range(3)]
    assert "200 codes counted." in room.status.inner_text()
    assert min(took) < 1000, took


# --- what does not belong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.hit = 1</script>.ABC.DEFG",
        "ending." + "9" * 100_000 + ".ABCD",
        "a." * 50_000,
        "-" * 100_000 + "." + "Z" * 100_000,
        "ending.9P14\u202eBTX.J5Z3\u2066",
        "__proto__.ABC.DEFG constructor.ABC1.DEFG to-string.ABC1.DEFG",
        "ending.000.0000 ending.OOO.IIII ending.ÀÉÎ.ßßßß",
        "🚗" * 20_000,
    ],
    ids=["markup", "digits", "stops", "line", "bidi", "prototype", "zeros", "emoji"],
)
def test_a_hostile_paste_is_told_as_broken_or_passed_over(room: Room, text: str) -> None:
    room.paste(text, "and a line of talk")
    expect(room.results.locator("details")).to_have_count(0)
    assert room.page.evaluate("() => window.hit") is None
    assert all(len(line) < 400 for line in room.broken())
    assert not room.visit.sideways()
    assert not room.visit.faults, listed(room.visit.faults)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "\x00\xff",
        '{"studyguide": 1}',
        '{"studyguide": 1, "guide": "another", "responses": {}}',
        '{"studyguide": 1, "guide": "GUIDE", "responses": []}',
        '{"studyguide": 1, "guide": "GUIDE", "responses": {"__proto__": {"version": 1}, "constructor": 7}}',
        '{"studyguide": 1, "guide": "GUIDE", "responses": {"QUESTION": {"version": 1, "first": {"reading": ["x"]}}}}',
        '{"studyguide": 1, "guide": "GUIDE", "codes": [1, {}, null], "files": [1, [], null]}',
        '{"studyguide": 1, "guide": "GUIDE", "responses": ' + "[" * 50_000 + "]" * 50_000 + "}",
        " " * 2_000_001,
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(room: Room, guide: Guide, question: Interpretation, text: str) -> None:
    room.choose(("odd.json", text.replace("GUIDE", guide.film.id).replace("QUESTION", question.id)))
    (told,) = room.broken()
    assert told.startswith("File odd.json: ") and told.endswith(".") and len(told) > 40
    expect(room.results.locator("details")).to_have_count(0)
    room.do("choose").focus()
    room.part("files").get_by_role("button").click()
    assert room.broken() == []
    assert not room.visit.faults, listed(room.visit.faults)


def test_answers_to_another_version_are_left_out_and_said(room: Room, guide: Guide, question: Interpretation) -> None:
    older = chose(question, 0) | {"version": question.version + 1}
    prompt = next(item for item in guide.items if isinstance(item, Prompt))
    answers = {question.id: older, prompt.id: {"version": prompt.version, "text": "Yes."}}
    room.choose(("a.json", exported(guide, answers)))
    expect(room.part("notes")).to_contain_text("1 answer in files left out")
    expect(room.status).to_contain_text("1 file counted.")


def test_nothing_is_stored_and_nothing_is_sent(room: Room, guide: Guide) -> None:
    room.page.wait_for_load_state("networkidle")
    asked = list(room.visit.urls)
    stored = room.page.evaluate("() => JSON.stringify(localStorage)")
    room.paste(*(code for a in guide.activities if (code := handed_in(guide, a.id, random.Random(3)))))
    room.do("project").click()
    room.page.keyboard.press("Escape")
    assert room.page.evaluate("() => JSON.stringify(localStorage)") == stored
    assert room.visit.urls == asked
    room.page.reload()
    expect(room.box).to_have_value("")
    expect(room.results.locator("details")).to_have_count(0)


def test_only_this_page_loads_the_script_that_counts(site: str, look: Look, guide: Guide) -> None:
    assert any("class.js" in url for url in look(f"{site}/{PAGE}").urls)
    assert not any("class.js" in url for url in look(f"{site}/chapters/welcome.html").urls)


# --- keeping and leaving ----------------------------------------------------------------------------------------------


def test_what_is_saved_brings_the_counts_back_and_holds_nothing_of_the_chat(
    room: Room, guide: Guide, question: Interpretation, home: str, tmp_path: Path
) -> None:
    prompt = next(item for item in guide.items if isinstance(item, Prompt))
    room.paste(*(f"Mio {n}: " + codes.encode(guide, home, {question.id: chose(question, n, 2)}) for n in (0, 0, 5)))
    room.choose(("ken.json", exported(guide, {prompt.id: {"version": prompt.version, "text": "I heard the tape."}})))
    before = room.results.inner_text()
    with room.page.expect_download() as saving:
        room.do("save").click()
    kept = tmp_path / saving.value.suggested_filename
    saving.value.save_as(kept)
    text = kept.read_text(encoding="utf-8")
    assert "Mio" not in text and "ken.json" not in text
    # Python reads the same file.
    assert tallying.collect(guide, [kept]).n[home] == 3

    room.do("empty").click()
    expect(room.results.locator("details").first).to_be_attached()  # one press is not enough
    expect(room.status).to_contain_text("again")
    room.do("empty").click()
    expect(room.results.locator("details")).to_have_count(0)
    expect(room.box).to_be_focused()
    room.choose(("back.json", text))
    assert room.results.inner_text() == before


def test_emptying_is_taken_back_by_moving_away(room: Room, guide: Guide, question: Interpretation, home: str) -> None:
    room.paste(codes.encode(guide, home, {question.id: chose(question, 0)}))
    words = room.do("empty").inner_text()
    room.do("empty").click()
    assert room.do("empty").inner_text() != words
    room.page.keyboard.press("Shift+Tab")
    assert room.do("empty").inner_text() == words
    expect(room.results.locator("details")).to_have_count(1)


def test_files_can_be_dropped_on_the_page(room: Room, guide: Guide, question: Interpretation, home: str) -> None:
    text = exported(guide, {question.id: chose(question, 1, 1)})
    dropped = room.page.evaluate_handle(
        """(text) => { const all = new DataTransfer(); all.items.add(new File([text], "x.json")); return all; }""", text
    )
    room.root.dispatch_event("drop", {"dataTransfer": dropped})
    expect(room.status).to_contain_text("1 file counted.")
    assert number(room.tables(home, question.id)[0]["rows"][1][1]) == 1


def test_on_paper_there_are_the_counts_and_nothing_to_press(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    room.paste(codes.encode(guide, home, {question.id: chose(question, 0, 1)}))
    room.page.emulate_media(media="print")
    expect(room.root.locator("button:visible, textarea:visible, select:visible, input:visible")).to_have_count(0)
    expect(room.asked(home, question.id).locator("table").first).to_be_visible()


# --- the projector view -----------------------------------------------------------------------------------------------


def test_the_projector_view_goes_by_keyboard_from_vote_to_result_and_back(
    room: Room, guide: Guide, question: Interpretation, home: str
) -> None:
    people = [chose(question, 0, 1), chose(question, 0, 0), chose(question, 2, 1)]
    room.paste(*(codes.encode(guide, home, {question.id: one}) for one in people))
    room.do("question").select_option(f"{home} {question.id}")
    room.do("project").focus()
    room.page.keyboard.press("Enter")
    expect(room.stage).to_be_visible()
    expect(room.stage.locator('[data-do="next"]')).to_be_focused()
    title, status = (room.stage.locator(f'[data-part="{name}"]') for name in ("title", "status"))
    seen = [title.inner_text()]
    for reading in question.readings:
        expect(room.stage).to_contain_text(guide.readings[reading].title)
    for key in ("Enter", "ArrowRight", "PageDown"):
        room.page.keyboard.press(key)
        seen.append(title.inner_text())
        assert seen[-1] in (status.text_content() or "")
    assert seen == ["Vote", "Talk", "Vote again", "Result"]
    expect(room.stage).to_contain_text("2 of 3 changed their reading.")
    room.page.keyboard.press("ArrowRight")
    expect(room.stage.locator("table")).to_have_count(1)
    room.page.keyboard.press("ArrowRight")  # there is no further step
    expect(room.stage.locator('[data-do="next"]')).to_have_attribute("aria-disabled", "true")
    for _ in range(2):
        room.page.keyboard.press("ArrowLeft")
    assert title.inner_text() == "Vote again"
    room.page.keyboard.press("Shift+Tab")
    expect(room.stage.locator('[data-do="back"]')).to_be_focused()
    room.page.keyboard.press("Space")
    assert title.inner_text() == "Talk"
    room.page.keyboard.press("Escape")
    expect(room.stage).to_be_hidden()
    expect(room.do("project")).to_be_focused()
    assert not room.visit.faults, listed(room.visit.faults)


def test_a_keyed_question_shows_its_key_only_in_the_last_step(room: Room, guide: Guide) -> None:
    keyed = [
        (activity.id, item)
        for activity in guide.activities
        for item in scoring.spec(guide, activity.id)["items"]
        if item["type"] in ("choice", "order", "match")
    ]
    by_type = {item["type"]: (activity, item) for activity, item in keyed}
    assert len(by_type) == 3
    for activity, item in by_type.values():
        room.do("question").select_option(f"{activity} {item['id']}")
        room.do("project").click()
        for _ in range(3):
            room.page.keyboard.press("ArrowRight")
        expect(room.stage).to_contain_text("No code for this question is here yet.")
        expect(room.stage.locator("[data-part=screen] li")).to_have_count(0)
        room.page.keyboard.press("ArrowRight")
        expected = sum(len(slot["key"]) for slot in item["slots"])
        expect(room.stage.locator("[data-part=screen] li")).to_have_count(expected)
        room.page.keyboard.press("Escape")


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_projector_view_fits_the_screen_in_large_type(
    open_room: Callable[..., Room], guide: Guide, question: Interpretation, home: str, size: tuple[int, int]
) -> None:
    room = open_room(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    room.paste(*(codes.encode(guide, home, {question.id: chose(question, n % 6, n % 4)}) for n in range(23)))
    room.do("question").select_option(f"{home} {question.id}")
    room.do("project").click()
    for _ in range(5):
        box = room.stage.bounding_box()
        assert box == {"x": 0, "y": 0, "width": size[0], "height": size[1]}
        for name in ("next", "back", "leave"):
            button = room.stage.locator(f'[data-do="{name}"]').bounding_box()
            assert button and button["y"] + button["height"] <= size[1] and button["height"] >= 24
        inside = room.stage.locator(".sg-screen").evaluate(
            "(one) => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]"
        )
        assert inside == [0, 0], room.stage.locator('[data-part="title"]').inner_text()
        letters = room.stage.locator(".sg-screen :is(li, td)").first.evaluate("(one) => getComputedStyle(one).fontSize")
        assert float(letters.removesuffix("px")) >= size[1] / 45
        room.page.keyboard.press("ArrowRight")


# --- everyone ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def one_of_each(guide: Guide) -> str:
    """A file with an answer to one item of each type."""
    chance = random.Random(4)
    by_type = {item.type: scoring.item_spec(item) for item in reversed(guide.items)}
    return exported(guide, {item["id"]: anything(item, chance) for item in by_type.values()})


def test_counts_of_every_type_keep_the_rules_of_accessibility_by_day_and_by_night(
    open_room: Callable[..., Room], guide: Guide, one_of_each: str
) -> None:
    room = open_room(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", color_scheme="light")
    room.choose(("all.json", one_of_each))
    room.paste(f"{guide.activities[0].id}.9P1.AB1")
    room.do("key").check()
    room.results.evaluate("(root) => root.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    faults = room.visit.axe_violations()
    room.visit.change_light("dark")
    faults += [f"by night: {one}" for one in room.visit.axe_violations(only=["color-contrast"])]
    assert not faults, listed(faults)


def test_the_projector_view_keeps_them_too(
    open_room: Callable[..., Room], guide: Guide, question: Interpretation, home: str
) -> None:
    room = open_room(reduced_motion="reduce", color_scheme="dark")
    room.paste(*(codes.encode(guide, home, {question.id: chose(question, n, 1)}) for n in range(6)))
    room.results.locator("summary").click()
    room.do("question").select_option(f"{home} {question.id}")
    room.do("project").click()
    # Behind the view the theme has a button outside its landmarks, once the page was scrolled.
    faults = room.visit.axe_violations(without=["region"])
    for _ in range(4):
        room.page.keyboard.press("ArrowRight")
    faults += room.visit.axe_violations(without=["region"])
    assert not faults, listed(faults)


def test_on_a_phone_nothing_goes_sideways_and_everything_can_be_hit(
    open_room: Callable[..., Room], guide: Guide, one_of_each: str
) -> None:
    room = open_room(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    room.choose(("a-name-that-is-much-longer-than-the-screen-is-wide-and-has-no-place-to-break.json", one_of_each))
    room.paste(f"{guide.activities[0].id}.9P1.AB1", "x" * 400)
    room.do("key").check()
    room.visit.open_folds()
    assert not (wide := room.visit.sideways()), listed(wide)
    for target in room.root.locator(":is(button, input, select, summary):visible").all():
        box = target.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 24, target
    room.do("project").click()
    for _ in range(4):
        assert not (wide := room.visit.sideways()), listed(wide)
        expect(room.stage.locator('[data-do="next"]')).to_be_in_viewport(ratio=1)
        room.page.keyboard.press("ArrowRight")


def test_the_page_works_from_a_file(book: Path, look: Look, guide: Guide, question: Interpretation, home: str) -> None:
    room = Room(look((book / PAGE).as_uri()))
    room.paste(codes.encode(guide, home, {question.id: chose(question, 0, 1)}))
    assert "1 of 1 changed their reading." in room.asked(home, question.id).inner_text()
    room.do("project").click()
    expect(room.stage).to_be_visible()
    faults = room.visit.faults + [f"not a file: {url}" for url in room.visit.strangers("file://")]
    assert not faults, listed(faults)


def test_without_script_the_page_says_so_and_gives_a_tally_sheet(
    open_room: Callable[..., Room], guide: Guide, question: Interpretation
) -> None:
    room = open_room(java_script_enabled=False)
    expect(room.part("needs")).to_be_visible()
    expect(room.root.locator("button:visible, textarea:visible, select:visible, input:visible")).to_have_count(0)
    for reading in question.readings:
        expect(room.root.locator(".sg-sheet tbody th", has_text=guide.readings[reading].title)).to_be_visible()
