"""A further type of item, from a package of its own: four places, and everything else works as for the six.

The places: its record and description (here), its template and script (seventh/), and its words, in both of them.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import node
import pytest
import workbench
from browsing import Look
from playwright.sync_api import expect

from studyguide import charts, frontend
from studyguide.guide import EXTENSIONS, ITEM_TYPES, Activity, Extension, Guide, Item, Table
from studyguide.page import render
from studyguide.questions import checking, codes, kinds, scoring
from studyguide.questions.slots import Anatomy, Slot
from studyguide.questions.tallying import collect

FOLDER = Path(__file__).parent / "seventh"


class YesNo(Item):
    """A question with two answers and no key."""

    type: Literal["yes-no"]


def describe(item: YesNo, guide: Guide | None) -> Anatomy:
    """The item in slots."""
    return Anatomy((Slot("answer", "one", of="answers"),), {"answers": {"yes": "Yes", "no": "No"}}, ids=("yes", "no"))


@pytest.fixture
def guide(tiny: Guide) -> Iterator[Guide]:
    """The tiny guide with a question of that type."""
    kinds.register("yes-no", YesNo, describe, Extension(FOLDER / "yes-no.html", FOLDER / "yes-no.js"))
    item = YesNo(id="brave", version=1, type="yes-no", stem="Is *Johnnie* brave?")
    activity = Activity(id="asked", title="Asked", intro="Say so.", items=("brave",))
    yield dataclasses.replace(tiny, items=Table(Item, [item]), activities=Table(Activity, [activity]))
    for known in (ITEM_TYPES, EXTENSIONS, kinds.KINDS):
        known.pop("yes-no")


ANSWERS = {"brave": {"version": 1, "answer": "yes"}}


def test_it_is_scored_carried_by_a_code_counted_and_drawn(guide: Guide) -> None:
    spec = scoring.spec(guide, "asked")
    assert scoring.score(spec["items"][0], ANSWERS["brave"]) == scoring.Outcome("unscored", 0, 0)
    code = codes.encode(guide, "asked", ANSWERS)
    assert codes.decode(guide, code).responses == ANSWERS
    collected = collect(guide, [f"Ana: {code} Ben: {code}"])
    assert collected.counts("asked", "brave") == {("", "answer"): {"yes": 2, "no": 0}}
    [row, _] = collected.rows()
    assert (row.type, row.part, row.answer) == ("yes-no", "answer", "yes")
    [chart] = charts.tallies(collected, "asked", "brave")
    assert chart.rows == [("Yes", "2", "2"), ("No", "0", "2")]
    with pytest.raises(Exception, match='"answer": one of `yes` and `no`'):
        checking.taken({"brave": spec["items"][0]}, {"brave": {"version": 1, "answer": "perhaps"}})


def test_the_scripts_count_it_alike(guide: Guide, tmp_path: Path) -> None:
    spec = scoring.spec(guide, "asked")
    code = codes.encode(guide, "asked", ANSWERS)
    batch = [{"spec": spec, "responses": ANSWERS, "code": code, "decoded": ANSWERS}] * 101
    (tmp_path / "codes.json").write_text(json.dumps(batch), "utf-8")
    status, output = node.run(tmp_path, tmp_path / "codes.json")
    assert status == 0, output[-2000:]


def test_it_is_answered_on_a_page_and_shows_in_my_work(guide: Guide, look: Look, tmp_path: Path) -> None:
    assert 'KINDS["yes-no"]' in frontend.widget_module()
    assert "Is <em>Johnnie</em> brave?" in render.activity(guide, "asked")
    visit = look(workbench.page(tmp_path, render.activity(guide, "asked"), render.my_work(guide)))
    visit.page.get_by_label("Yes").check()
    visit.page.reload()
    expect(visit.page.get_by_label("Yes")).to_be_checked()
    expect(visit.page.locator("[data-answers] .sg-answer")).to_contain_text("Yes")
    visit.page.get_by_role("button", name="Make a code").click()
    expect(visit.page.locator("[data-code] input")).to_have_value(codes.encode(guide, "asked", ANSWERS))
    assert not visit.faults
