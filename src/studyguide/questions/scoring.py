"""An item and a response to it: what of the response is usable, and its outcome.

A response is a plain object as pages, notebooks and files hold it; an item is known here by its spec, a plain object
too, so that the same rules can be written again in JavaScript: frontend/scoring.js is the twin of this module, and
both pass tests/scoring_cases.json.

What a response says is ignored, as if it was not answered, where it makes no sense: unknown ids, wrong types,
repetitions, a version other than the item's. Nothing here raises, whatever the response is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from studyguide.guide import Choice, Entry, Guide, Interpretation, Item, Match, Order, Rating

Spec = Mapping[str, Any]
"""What the front end knows of an activity or an item: plain JSON."""
Response = dict[str, Any]
State = Literal["right", "part", "wrong", "empty", "unscored"]

TEXT_LIMIT = 20_000
"""The longest text that a response may hold, in UTF-16 units (JavaScript's)."""
CERTAINTY = {"1": "a hunch", "2": "leaning", "3": "fairly sure", "4": "sure"}
CERTAINTIES = tuple(CERTAINTY)
STARS = (1, 2, 3, 4, 5)
HALF_STARS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)


@dataclass(frozen=True)
class Outcome:
    """What a response is worth: `points` of `best`. Items without a key are "unscored", 0 of 0."""

    state: State
    points: int
    best: int


def shown(item: Order) -> list[Entry]:
    """The entries as a reader meets them: by the alphabet, which gives nothing away."""
    return sorted(item.entries, key=lambda entry: (entry.text.casefold(), entry.id))


def choices(item: Match) -> list[tuple[str, str]]:
    """Id and text of everything to choose from, by the alphabet; spare ones are `spare-1`, `spare-2` …"""
    spare = [(f"spare-{number}", text) for number, text in enumerate(item.spare, 1)]
    pairs = [(pair.id, pair.match) for pair in item.pairs]
    return sorted(pairs + spare, key=lambda choice: (choice[1].casefold(), choice[0]))


def spec(guide: Guide, activity_id: str) -> dict[str, Any]:
    """What the front end knows of an activity, as JSON; UnknownIdError if there is none of this id."""
    activity = guide.activities[activity_id]
    items = [item_spec(guide.items[item]) for item in activity.items]
    return {"activity": activity.id, "title": activity.title, "check": activity.check, "items": items}


def item_spec(item: Item) -> dict[str, Any]:
    """What the front end knows of an item, as JSON: ids, and no texts."""
    return {"id": item.id, "version": item.version, "type": item.type} | _parts(item)


def _parts(item: Item) -> dict[str, Any]:
    match item:
        case Choice(cardinality=cardinality, options=options):
            keys = [option.id for option in options if option.key]
            return {"cardinality": cardinality, "options": [option.id for option in options], "keys": keys}
        case Order(entries=entries):
            return {"entries": [entry.id for entry in entries], "shown": [entry.id for entry in shown(item)]}
        case Match(pairs=pairs):
            return {"pairs": [pair.id for pair in pairs], "choices": [choice for choice, _ in choices(item)]}
        case Rating(aspects=aspects):
            return {"aspects": [{"id": aspect.id, "half": aspect.half} for aspect in aspects]}
        case Interpretation(readings=readings, steps=steps):
            return {"readings": list(readings), "steps": list(steps)}
    return {}


def score(item: Spec, response: object) -> Outcome:
    """The outcome of any response to the item of this spec."""
    if item["type"] not in _RIGHT:
        return Outcome("unscored", 0, 0)
    best = len(item[{"choice": "keys", "order": "entries", "match": "pairs"}[item["type"]]])
    response = usable(item, response)
    if response is None:
        return Outcome("empty", 0, best)
    points = _RIGHT[item["type"]](item, response)
    return Outcome("right" if points == best else "part" if points else "wrong", points, best)


def _right_options(item: Spec, response: Response) -> int:
    right = sum(option in item["keys"] for option in response["choice"])
    return max(0, right - (len(response["choice"]) - right))


def _right_places(item: Spec, response: Response) -> int:
    return sum(given == right for given, right in zip(response["order"], item["entries"], strict=True))


def _right_pairs(item: Spec, response: Response) -> int:
    return sum(given == right for right, given in response["match"].items())


_RIGHT: dict[str, Callable[[Spec, Response], int]] = {
    "choice": _right_options,
    "order": _right_places,
    "match": _right_pairs,
}


def usable(item: Spec, response: object) -> Response | None:
    """The usable part of a response as a new object in one canonical form, or None if nothing of it is usable."""
    version = own_value(response, "version")
    if isinstance(version, bool) or version != item["version"]:
        return None
    parts = _USABLE[item["type"]](item, response)
    return {"version": item["version"], **parts} if parts else None


def own_value(value: object, key: str) -> Any:
    """What stands under `key`, None if `value` is no object."""
    return value.get(key) if isinstance(value, dict) else None


def known_ids(given: object, ids: Iterable[str]) -> list[str]:
    """The members of a list that are among `ids`, once each, in the order of `ids`."""
    members = {member for member in given if isinstance(member, str)} if isinstance(given, list) else set()
    return [one for one in ids if one in members]


def stars(aspect: Spec) -> Sequence[float]:
    """The stars that may be given for an aspect, fewest first."""
    return HALF_STARS if aspect["half"] else STARS


def _checked(response: object) -> Response:
    return {"checked": True} if own_value(response, "checked") is True else {}


def _filled(**parts: Any) -> Response:
    return {name: part for name, part in parts.items() if part}


def _one_of(value: object, known: Sequence[str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _text(value: object) -> str | None:
    """A text that is not blank, not too long, and that every encoding can write."""
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or not value.strip():
        return None
    units = value.encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace") if len(units) <= 2 * TEXT_LIMIT else None


def _choice(item: Spec, response: object) -> Response:
    choice = known_ids(own_value(response, "choice"), item["options"])
    if not choice or (item["cardinality"] == "single" and len(choice) > 1):
        return {}
    return {"choice": choice, **_checked(response)}


def _order(item: Spec, response: object) -> Response:
    given = own_value(response, "order")
    names = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    order = [one for one in dict.fromkeys(names) if one in item["entries"]]
    return {"order": order, **_checked(response)} if len(order) == len(item["entries"]) else {}


def _match(item: Spec, response: object) -> Response:
    given = {pair: _one_of(own_value(own_value(response, "match"), pair), item["choices"]) for pair in item["pairs"]}
    match = _filled(**given)
    return {"match": match, **_checked(response)} if match else {}


def _rating(item: Spec, response: object) -> Response:
    def given(round_: str) -> dict[str, float]:
        values = ((aspect, own_value(own_value(response, round_), aspect["id"])) for aspect in item["aspects"])
        return {aspect["id"]: star for aspect, value in values if (star := _star(aspect, value)) is not None}

    return _filled(before=given("before"), after=given("after"), ideas=_text(own_value(response, "ideas")))


def _star(aspect: Spec, value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return next((star for star in stars(aspect) if star == value), None)


def _prompt(item: Spec, response: object) -> Response:
    return _filled(text=_text(own_value(response, "text")))


def _interpretation(item: Spec, response: object) -> Response:
    def given(round_: object) -> Response:
        reading = _one_of(own_value(round_, "reading"), item["readings"])
        return _filled(reading=reading, certainty=_one_of(own_value(round_, "certainty"), CERTAINTIES))

    first, second = own_value(response, "first"), own_value(response, "second")
    steps = known_ids(own_value(first, "steps"), item["steps"])
    parts = _filled(first=given(first) | _filled(steps=steps), second=given(second))
    return {**parts, "weighed": True} if parts and own_value(response, "weighed") is True else parts


_USABLE: dict[str, Callable[[Spec, object], Response]] = {
    "choice": _choice,
    "order": _order,
    "match": _match,
    "rating": _rating,
    "prompt": _prompt,
    "interpretation": _interpretation,
}
