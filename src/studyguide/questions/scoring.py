"""An item and a response to it: what of the response is usable, and its outcome.

A response is a plain object as pages, notebooks and files hold it; an item is known here by its spec, a plain object
too, so that the same rules can be written again in JavaScript: both pass tests/cases/scoring.json.

What a response says is ignored, as if it was not answered, where it makes no sense: unknown ids, wrong types,
repetitions, a version other than the item's. Nothing here raises, whatever the response is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from studyguide.guide import Guide, Item, limits
from studyguide.questions import kinds
from studyguide.questions.slots import Response, Spec, at, own_value, put, values

State = Literal["right", "part", "wrong", "empty", "unscored"]


@dataclass(frozen=True)
class Outcome:
    """What a response is worth: `points` of `best`. Items without a key are "unscored", 0 of 0."""

    state: State
    points: int
    best: int


def spec(guide: Guide, activity_id: str) -> dict[str, Any]:
    """What the front end knows of an activity, as JSON; UnknownIdError if there is none of this id."""
    activity = guide.activities[activity_id]
    items = [item_spec(guide.items[item]) for item in activity.items]
    return {"activity": activity.id, "title": activity.title, "check": activity.check, "items": items}


def item_spec(item: Item) -> dict[str, Any]:
    """What the front end knows of an item, as JSON: ids, and no texts."""
    return {"id": item.id, "version": item.version, "type": item.type} | kinds.anatomy(item).spec()


def score(item: Spec, response: object) -> Outcome:
    """The outcome of any response to the item of this spec."""
    keyed = [slot for slot in item["slots"] if slot.get("key")]
    if not keyed:
        return Outcome("unscored", 0, 0)
    best = sum(1 if slot["kind"] == "one" else len(slot["key"]) for slot in keyed)
    found = usable(item, response)
    if found is None:
        return Outcome("empty", 0, best)
    points = sum(_points(slot, at(found, slot["path"])) for slot in keyed)
    return Outcome("right" if points == best else "part" if points else "wrong", points, best)


def _points(slot: Spec, value: Any) -> int:
    """What a usable value is worth: one for the right one, each right place or member, less each wrong member."""
    key = slot["key"]
    match slot["kind"]:
        case "one":
            return int(value in key)
        case "set":
            right = sum(member in key for member in value or ())
            return max(0, right - (len(value or ()) - right))
        case "order":
            return sum(given == right for given, right in zip(value, key, strict=True)) if value else 0
    return 0


def usable(item: Spec, response: object) -> Response | None:
    """The usable part of a response as a new object in one canonical form, or None if nothing of it is usable."""
    version = own_value(response, "version")
    if isinstance(version, bool) or version != item["version"]:
        return None
    parts: Response = {"version": item["version"]}
    for slot in item["slots"]:
        value = _USABLE[slot["kind"]](slot, values(item, slot), at(response, slot["path"]))
        if value is not None:
            put(parts, slot["path"], value)
    if len(parts) == 1:
        return None
    return parts | {mark: True for mark in item["marks"] if own_value(response, mark) is True}


def known_ids(given: object, ids: Iterable[str]) -> list[str]:
    """The members of a list that are among `ids`, once each, in the order of `ids`."""
    members = {member for member in given if isinstance(member, str)} if isinstance(given, list) else set()
    return [one for one in ids if one in members]


def _one(slot: Spec, known: Sequence[str], value: object) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _set(slot: Spec, known: Sequence[str], value: object) -> list[str] | None:
    members = known_ids(value, known)
    return members if members and len(members) <= (slot.get("most") or len(known)) else None


def _order(slot: Spec, known: Sequence[str], value: object) -> list[str] | None:
    names = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    order = [one for one in dict.fromkeys(names) if one in known]
    return order if len(order) == len(known) else None


def _number(slot: Spec, known: Sequence[float], value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return next((one for one in known if one == value), None)


def _text(slot: Spec, known: Sequence[str], value: object) -> str | None:
    """A text that is not blank, not too long, and that every encoding can write."""
    if not isinstance(value, str) or len(value) > limits.TEXT or not value.strip():
        return None
    units = value.encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace") if len(units) <= 2 * limits.TEXT else None


_USABLE: dict[str, Callable[[Spec, Sequence[Any], object], Any]] = {
    "one": _one,
    "set": _set,
    "order": _order,
    "number": _number,
    "text": _text,
}
