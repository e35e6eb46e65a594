"""A class for the tests: a guide with an item of every type, and any number of specs and responses."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from studyguide.guide import ITEM_TYPES, OWN, Activity, Guide, Item, Table

WHY = "Because the film shows it."
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For property tests: a busy machine is no fault of the code."""


def guide_of_all_types(tiny: Guide) -> Guide:
    """The tiny guide with activities of its own: `quiz` (types with a key), `sorting`, `stars`, `talk` and `essay`."""
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
        {"id": "kinds", "type": "sort", "stem": "Which is which?"}
        | {"bins": [{"id": one, "text": one.title()} for one in ("seen", "thought")]}
        | {"entries": [_with(i, t, bin="thought" if i == "spies" else "seen") for i, (t, _) in pairs.items()]}
        | source,
        {"id": "rate", "type": "rating", "stem": "How good is it?"}
        | {"aspects": [{"id": "overall", "text": "Overall", "half": True}, {"id": "pace", "text": "Pace"}]},
        {"id": "write", "type": "prompt", "stem": "What did you hear?"},
    ]
    items = [ITEM_TYPES[row["type"]].model_validate(_tuples({"version": 1} | row)) for row in rows]
    activities = {
        "quiz": ["burns", "iron", "line", "who"],
        "sorting": ["kinds"],
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


def spec_of(item: dict[str, Any]) -> dict[str, Any]:
    """The spec of an item of which only ids are known: options, entries, pairs … as an author writes them."""
    head = {name: item[name] for name in ("id", "version", "type")}
    lists: dict[str, Any] = {}
    marks, ids = ["checked"], []
    match item["type"]:
        case "choice":
            single = item["cardinality"] == "single"
            slots = [{"path": "choice", "kind": "set", "of": "options", "key": item["keys"]}]
            slots[0] |= {"most": 1} if single else {"zero": True}
            lists, ids = {"options": item["options"]}, item["options"]
        case "order":
            slots = [{"path": "order", "kind": "order", "of": "entries", "key": item["entries"]}]
            lists, ids = {"entries": item["shown"]}, item["shown"]
        case "match":
            slots = [{"path": f"match.{one}", "kind": "one", "of": "choices", "key": [one]} for one in item["pairs"]]
            lists, ids = {"choices": item["choices"]}, [*item["pairs"], *item["choices"]]
        case "sort":
            slots = [
                {"path": f"sort.{one}", "kind": "one", "of": "bins", "key": [b]} for one, b in item["sorted"].items()
            ]
            lists, ids = {"bins": item["bins"]}, [*item["sorted"], *item["bins"]]
        case "rating":
            scales = {True: ("half-stars", [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]), False: ("stars", [1, 2, 3, 4, 5])}
            slots = [
                {"path": f"{round_}.{one['id']}", "kind": "number", "of": scales[one["half"]][0]}
                for round_ in ("before", "after")
                for one in item["aspects"]
            ]
            slots.append({"path": "ideas", "kind": "text"})
            ids = [one["id"] for one in item["aspects"]]
            lists = {"aspects": ids} | dict(scales[one["half"]] for one in item["aspects"])
            marks = []
        case "prompt":
            slots, marks = [{"path": "text", "kind": "text"}], []
        case _:
            slots = [
                {"path": "first.reading", "kind": "one", "of": "readings"},
                {"path": "first.certainty", "kind": "one", "of": "certainty"},
                {"path": "first.steps", "kind": "set", "of": "steps"},
                {"path": "second.reading", "kind": "one", "of": "readings"},
                {"path": "second.certainty", "kind": "one", "of": "certainty"},
            ]
            if item.get("own"):
                item["readings"] = [*item["readings"], OWN]
                paths = [f"{round_}.{name}" for round_ in ("first", "second") for name in (OWN, "reason")]
                slots += [{"path": path, "kind": "text"} for path in paths]
            lists = {"readings": item["readings"], "certainty": ["1", "2", "3", "4"], "steps": item["steps"]}
            marks, ids = ["weighed"], [*item["readings"], *item["steps"]]
    return head | {"lists": lists, "slots": slots, "ids": ids, "marks": marks}


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
    elif kind == "sort":
        bins = draw(_ids(2, 5))
        spec |= {"bins": bins, "sorted": {one: draw(st.sampled_from(bins)) for one in draw(_ids(3, 8))}}
    elif kind == "rating":
        spec |= {"aspects": [{"id": one, "half": draw(st.booleans())} for one in draw(_ids(1, 6))]}
    elif kind == "interpretation":
        spec |= {"readings": draw(_ids(2, 7)), "steps": draw(_ids(2, 12)), "own": draw(st.booleans())}
    return spec_of(spec)


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """An activity of one to five items, at least one of which a code can hold."""
    items = [draw(item_specs(number)) for number in range(draw(st.integers(1, 5)))]
    items.append(draw(item_specs(len(items)).filter(lambda item: item["type"] != "prompt")))
    return {"activity": "class-1", "title": "", "check": "each", "items": items}


@st.composite
def responses_to(draw: st.DrawFn, item: dict[str, Any]) -> dict[str, Any]:
    """A response as a page holds it, with every part that a reader can leave out left out at times."""
    response: dict[str, Any] = {"version": item["version"]}
    for slot in item["slots"]:
        known = item["lists"].get(slot.get("of"), [])
        head, _, tail = slot["path"].partition(".")
        place, name = (response.setdefault(head, {}), tail) if tail else (response, head)
        match slot["kind"]:
            case "one":
                value = draw(st.none() | st.sampled_from(known))
            case "number":
                value = draw(st.none() | st.sampled_from(known))
            case "set":
                least = 0 if tail else 1
                most = slot.get("most") or None
                value = draw(st.lists(st.sampled_from(known), min_size=least, max_size=most, unique=True))
            case "order":
                value = draw(st.permutations(known))
            case _:
                value = draw(st.text())
        if value is not None or head in ("first", "second"):
            place[name] = value
    return response | {mark: draw(st.booleans()) for mark in item["marks"] if mark == "weighed"}


@st.composite
def answered(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A spec, and responses to some of its items."""
    spec = draw(specs())
    some = [item for item in spec["items"] if draw(st.integers(0, 3))]
    return spec, {item["id"]: draw(responses_to(item)) for item in some}


def people() -> itertools.cycle[str]:
    """Names for a chat, without end."""
    return itertools.cycle(["Ana", "Ben 🎬", "Chloé", "D. (she/her)", "Łukasz", "美咲", "ali@home"])
