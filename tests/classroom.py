"""A class for the tests: a guide with an item of every type, and any number of specs and responses."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from studyguide.guide import ITEM_TYPES, Activity, Guide, Item, Table

WHY = "Because the film shows it."
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For property tests: a busy machine is no fault of the code."""


def guide_of_all_types(tiny: Guide) -> Guide:
    """The tiny guide with activities of its own: `quiz` (every type with a key), `stars`, `talk` and `essay`."""
    source = {"sources": [tiny.sources[0].id], "grade": "C"}
    options = {"cannon": "The *cannon*", "bridge": "The bridge", "engine": "The engine"}
    entries = {"theft": "The theft", "chase": "The chase", "return": "a way back"}
    pairs = {"johnnie": ("Johnnie", "runs"), "annabelle": ("Annabelle", "waits"), "spies": ("The spies", "steal")}
    rows: list[dict[str, Any]] = [
        {"id": "burns", "type": "choice", "cardinality": "single", "stem": "What burns?"}
        | {"options": [_with(i, t, key=i == "bridge") for i, t in options.items()]}
        | source,
        {"id": "iron", "type": "choice", "cardinality": "multiple", "stem": "What is of iron?"}
        | {"options": [_with(i, t, key=i != "bridge") for i, t in options.items()]}
        | source,
        {"id": "line", "type": "order", "stem": "Put in order."}
        | {"entries": [_with(i, t) for i, t in entries.items()]}
        | source,
        {"id": "who", "type": "match", "stem": "Who does what?", "spare": ["sleeps"]}
        | {"pairs": [_with(i, t, match=m) for i, (t, m) in pairs.items()]}
        | source,
        {"id": "rate", "type": "rating", "stem": "How good is it?"}
        | {"aspects": [{"id": "overall", "text": "Overall", "half": True}, {"id": "pace", "text": "Pace"}]},
        {"id": "write", "type": "prompt", "stem": "What did you hear?"},
    ]
    items = [ITEM_TYPES[row["type"]].model_validate(_tuples({"version": 1} | row)) for row in rows]
    activities = {
        "quiz": ["burns", "iron", "line", "who"],
        "stars": ["rate"],
        "talk": ["what-drives-him", "burns"],
        "essay": ["write"],
    }
    return dataclasses.replace(
        tiny,
        items=Table(Item, [*tiny.items, *items]),
        activities=Table(
            Activity,
            [Activity(id=name, title=name.title(), intro="Go.", items=tuple(of)) for name, of in activities.items()],
        ),
    )


def _with(id_: str, text: str, **more: object) -> dict[str, object]:
    return {"id": id_, "text": text, "rationale": WHY} | more


def _tuples(value: Any) -> Any:
    """Records are strict: they take tuples where data files have lists."""
    if isinstance(value, list):
        return tuple(_tuples(one) for one in value)
    return {key: _tuples(one) for key, one in value.items()} if isinstance(value, dict) else value


# --- any spec and any response to it ----------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)
"""Anything that could stand in a file; NaN and infinity too, which Python reads."""


def _ids(at_least: int, at_most: int) -> st.SearchStrategy[list[str]]:
    return st.integers(at_least, at_most).map(lambda number: [*"abcdefghijklmnop"][:number])


@st.composite
def item_specs(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """An item of any type, of any size that the records allow."""
    kind = draw(st.sampled_from(sorted(ITEM_TYPES)))
    spec: dict[str, Any] = {"id": f"item-{number}", "version": draw(st.integers(1, 9)), "type": kind}
    if kind == "choice":
        options = draw(_ids(2, 7))
        single = draw(st.booleans())
        keys = [options[0]] if single else draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
        spec |= {"cardinality": "single" if single else "multiple", "options": options, "keys": keys}
    elif kind == "order":
        entries = draw(_ids(3, 7))
        spec |= {"entries": entries, "shown": draw(st.permutations(entries))}
    elif kind == "match":
        pairs = draw(_ids(3, 8))
        spare = [f"spare-{place}" for place in range(1, draw(st.integers(0, 3)) + 1)]
        spec |= {"pairs": pairs, "choices": draw(st.permutations(pairs + spare))}
    elif kind == "rating":
        spec |= {"aspects": [{"id": one, "half": draw(st.booleans())} for one in draw(_ids(1, 6))]}
    elif kind == "interpretation":
        spec |= {"readings": draw(_ids(2, 7)), "steps": draw(_ids(2, 12))}
    return spec


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """An activity of one to five items, at least one of which a code can hold."""
    items = [draw(item_specs(number)) for number in range(draw(st.integers(1, 5)))]
    items.append(draw(item_specs(len(items)).filter(lambda item: item["type"] != "prompt")))
    return {"activity": "class-1", "title": "", "check": "each", "items": items}


@st.composite
def responses_to(draw: st.DrawFn, item: dict[str, Any]) -> dict[str, Any]:
    """A response as a page holds it, with every part that a reader can leave out left out at times."""
    parts: dict[str, Any] = {}
    if item["type"] == "choice":
        most = 1 if item["cardinality"] == "single" else None
        parts = {"choice": draw(st.lists(st.sampled_from(item["options"]), min_size=1, max_size=most, unique=True))}
    elif item["type"] == "order":
        parts = {"order": draw(st.permutations(item["entries"]))}
    elif item["type"] == "match":
        parts = {"match": draw(st.dictionaries(st.sampled_from(item["pairs"]), st.sampled_from(item["choices"])))}
    elif item["type"] == "rating":
        parts = {round_: draw(_stars(item["aspects"])) for round_ in ("before", "after")} | {"ideas": draw(st.text())}
    elif item["type"] == "prompt":
        parts = {"text": draw(st.text())}
    else:
        steps = st.lists(st.sampled_from(item["steps"]), unique=True)
        rounds = {round_: draw(_readings(item["readings"])) for round_ in ("first", "second")}
        rounds["first"]["steps"] = draw(steps)
        parts = rounds | {"weighed": draw(st.booleans())}
    return {"version": item["version"], **parts}


@st.composite
def _stars(draw: st.DrawFn, aspects: list[dict[str, Any]]) -> dict[str, float]:
    rated = [aspect for aspect in aspects if draw(st.booleans())]
    return {one["id"]: draw(st.integers(1, 10)) / 2 if one["half"] else draw(st.integers(1, 5)) for one in rated}


def _readings(readings: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    certainty = st.none() | st.sampled_from("1234")
    return st.fixed_dictionaries({"reading": st.none() | st.sampled_from(readings), "certainty": certainty})


@st.composite
def answered(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A spec, and responses to some of its items."""
    spec = draw(specs())
    some = [item for item in spec["items"] if draw(st.integers(0, 3))]
    return spec, {item["id"]: draw(responses_to(item)) for item in some}


def people() -> itertools.cycle[str]:
    """Names for a chat, without end."""
    return itertools.cycle(["Ana", "Ben 🎬", "Chloé", "D. (she/her)", "Łukasz", "美咲", "ali@home"])
