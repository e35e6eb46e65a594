"""Responses and outcomes: the table that JavaScript passes too, and specs made from records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import classroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.guide import Guide, KeyedItem, UnknownIdError
from studyguide.questions import kinds, scoring, slots

TABLE = json.loads((Path(__file__).parent / "cases" / "scoring.json").read_text(encoding="utf-8"))
STATES = {"right", "part", "wrong", "empty", "unscored"}


def _deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(10_000):
        value = [value]
    return value


STAND_INS = {"nan": float("nan"), "infinity": float("inf"), "long": "long " * 20_000, "deep": _deep()}


def filled(value: Any) -> Any:
    """A case with what JSON cannot hold."""
    if isinstance(value, list):
        return [filled(one) for one in value]
    if isinstance(value, dict):
        return STAND_INS[value["$"]] if "$" in value else {key: filled(one) for key, one in value.items()}
    return value


@pytest.fixture(scope="module")
def school(tiny: Guide) -> Guide:
    return classroom.guide_of_all_types(tiny)


@pytest.mark.parametrize(("name", "item", "response", "state", "points", "best", "usable"), TABLE["cases"],
                         ids=[case[0] for case in TABLE["cases"]])  # fmt: skip
def test_the_table_of_cases_holds(
    name: str, item: str, response: object, state: Any, points: int, best: int, usable: object
) -> None:
    spec = TABLE["items"][item]
    assert scoring.score(spec, filled(response)) == scoring.Outcome(state, points, best)
    assert scoring.usable(spec, filled(response)) == usable
    assert scoring.usable(spec, scoring.usable(spec, filled(response))) == usable, "twice is as good as once"


def test_the_table_has_every_type_in_every_state_it_can_have() -> None:
    seen = {(TABLE["items"][case[1]]["type"], case[3]) for case in TABLE["cases"]}
    keyed = {(kind, state) for kind in ("choice", "order", "match", "sort") for state in STATES - {"unscored"}}
    assert seen == keyed | {(kind, "unscored") for kind in ("rating", "prompt", "interpretation")}
    assert len({case[0] for case in TABLE["cases"]}) == len(TABLE["cases"])


@classroom.patient
@given(classroom.item_specs(1), st.data())
def test_no_response_whatever_raises(item: dict[str, Any], data: st.DataObject) -> None:
    response = data.draw(classroom.responses_to(item))
    broken = {key: data.draw(classroom.JSON | st.just(value)) for key, value in response.items()}
    for hostile in (broken, data.draw(classroom.JSON)):
        outcome = scoring.score(item, hostile)
        assert outcome.state in STATES and 0 <= outcome.points <= outcome.best
        usable = scoring.usable(item, hostile)
        assert usable == scoring.usable(item, usable)
        json.dumps(usable, allow_nan=False).encode()


@classroom.patient
@given(classroom.item_specs(1), st.data())
def test_every_response_that_a_page_makes_is_kept(item: dict[str, Any], data: st.DataObject) -> None:
    response = data.draw(classroom.responses_to(item))
    usable = scoring.usable(item, response)
    for slot in item["slots"]:
        given, kept = slots.at(response, slot["path"]), slots.at(usable, slot["path"])
        if slot["kind"] == "set":
            assert sorted(kept or []) == sorted(given or [])
        elif slot["kind"] != "text":
            assert kept == given


def test_a_spec_has_ids_and_no_texts(school: Guide) -> None:
    spec = scoring.spec(school, "quiz")
    written = [
        {"id": "burns", "version": 1, "type": "choice", "cardinality": "single",
         "options": ["cannon", "bridge", "engine"], "keys": ["bridge"]},
        {"id": "iron", "version": 1, "type": "choice", "cardinality": "multiple",
         "options": ["cannon", "bridge", "engine"], "keys": ["cannon", "engine"]},
        {"id": "line", "version": 1, "type": "order",
         "entries": ["theft", "chase", "return"], "shown": ["return", "chase", "theft"]},
        {"id": "who", "version": 1, "type": "match",
         "pairs": ["johnnie", "annabelle", "spies"], "choices": ["johnnie", "spare-1", "spies", "annabelle"]},
    ]  # fmt: skip
    items = [classroom.spec_of(item) for item in written]
    assert spec == {"activity": "quiz", "title": "Quiz", "check": "each", "items": items}
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize(
    "item",
    [
        {"id": "rate", "version": 1, "type": "rating",
         "aspects": [{"id": "overall", "half": True}, {"id": "pace", "half": False}]},
        {"id": "what-drives-him", "version": 1, "type": "interpretation",
         "readings": ["machine", "orders"], "steps": ["refused", "theft", "chase-back"]},
        {"id": "write", "version": 1, "type": "prompt"},
        {"id": "kinds", "version": 1, "type": "sort", "bins": ["seen", "thought"],
         "sorted": {"johnnie": "seen", "annabelle": "seen", "spies": "thought"}},
    ],
    ids=lambda item: item["type"],
)  # fmt: skip
def test_the_spec_of_an_item_has_what_its_responses_name(school: Guide, item: dict[str, Any]) -> None:
    assert scoring.item_spec(school.items[item["id"]]) == classroom.spec_of(item)


def test_an_unknown_activity_is_refused_in_words(school: Guide) -> None:
    with pytest.raises(UnknownIdError, match="did you mean `quiz`"):
        scoring.spec(school, "quizz")


def test_entries_and_choices_are_shown_by_the_alphabet_whatever_their_case(school: Guide) -> None:
    order: Any = school.items["line"]
    match: Any = school.items["who"]
    assert [entry.text for entry in kinds.shown(order)] == ["a way back", "The chase", "The theft"]
    assert [text for _, text in kinds.choices(match)] == ["runs", "sleeps", "steal", "waits"]


def test_the_key_of_every_item_of_this_book_is_right(guide: Guide) -> None:
    for item in guide.items:
        spec = scoring.item_spec(item)
        response: dict[str, Any] = {"version": item.version}
        for slot in spec["slots"]:
            if key := slot.get("key"):
                slots.put(response, slot["path"], key[0] if slot["kind"] == "one" else key)
        outcome = scoring.score(spec, response)
        assert outcome.state == ("right" if isinstance(item, KeyedItem) else "unscored"), item.id


def test_no_order_of_this_book_is_shown_as_it_should_be(guide: Guide) -> None:
    for spec in (scoring.item_spec(item) for item in guide.items if item.type == "order"):
        assert spec["lists"]["entries"] != spec["slots"][0]["key"], spec["id"]
