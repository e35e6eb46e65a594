"""What an item is made of: slots, each a place in its response with the values that may stand there.

An item's type describes its slots once (kinds.py). Whatever is asked of responses in general — what of one is usable,
its score, its code, its refusal, its counts, its rows in a table — follows from the slots, here and, from the same
description handed over as JSON, in the scripts: frontend/shared/slots.js is the twin of this module and of scoring.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["one", "set", "order", "number", "text"]
Value = str | float
Spec = Mapping[str, Any]
"""What the front end knows of an activity or an item: plain JSON."""
Response = dict[str, Any]
PartKey = tuple[str, str]
"""Round and name of a part."""

FIRST, SECOND, BEFORE, AFTER = "first", "second", "before", "after"
ROUNDS = (FIRST, SECOND, BEFORE, AFTER)


@dataclass(frozen=True)
class Slot:
    """One place in a response."""

    path: str
    """Its name in the response, `choice`; or the name of an object there and a name in it, `first.reading`."""
    kind: Kind
    """One value, a set of values, all values in an order, a number of a scale, or text of the reader's own."""
    of: str = ""
    """The list that its values come from; none for text."""
    label: str = ""
    """What is asked here, in words; empty where the item's stem says it."""
    key: tuple[str, ...] = ()
    """The right value, the right set, or the right order."""
    most: int = 0
    """Of a set: how many members it has at most; 0 for any number."""
    zero: bool = False
    """Of a set: whether its code tells no answer from an answer of no member."""
    numeric: bool = False
    """Of one value: whether the values are numbers of a scale."""

    def spec(self) -> dict[str, Any]:
        """What the front end knows of it."""
        known: dict[str, Any] = {"path": self.path, "kind": self.kind, "of": self.of, "key": list(self.key)}
        known |= {"most": self.most, "zero": self.zero}
        return {name: value for name, value in known.items() if value}

    @property
    def part(self) -> PartKey:
        """Round and name under which its answers are counted: `("first", "reading")`, `("", "choice")`."""
        return part_of(self.path)


def part_of(path: str) -> PartKey:
    """Round and name of the slot at a path."""
    head, _, tail = path.partition(".")
    if head in ROUNDS:
        return head, tail.removesuffix("s") if tail == "steps" else tail
    return "", tail or head


@dataclass(frozen=True)
class Anatomy:
    """An item in slots, with the lists that their values come from."""

    slots: tuple[Slot, ...]
    lists: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    """The values of each list, in order, each with its words."""
    ids: tuple[str, ...] = ()
    """What a hand-in code depends on: a change of it makes codes of before unreadable."""
    marks: tuple[str, ...] = ()
    """Names in a response that are true or missing: that feedback was asked for, that a case was weighed."""

    def spec(self) -> dict[str, Any]:
        """What the front end knows of the item: ids and no words."""
        return {
            "lists": {name: list(values) for name, values in self.lists.items()},
            "slots": [slot.spec() for slot in self.slots],
            "ids": list(self.ids),
            "marks": list(self.marks),
        }

    def words(self) -> dict[str, Any]:
        """What the values of lists and the slots say: `texts` by list and value, `labels` by path."""
        texts = {name: {_name(value): text for value, text in values.items()} for name, values in self.lists.items()}
        return {"texts": texts, "labels": {slot.path: slot.label for slot in self.slots if slot.label}}


def _name(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def values(item: Spec, slot: Spec) -> Sequence[Any]:
    """The values that may stand in a slot, in their order."""
    found: Sequence[Any] = item["lists"].get(slot.get("of"), ())
    return found


def own_value(value: object, key: str) -> Any:
    """What stands under `key`, None if `value` is no object."""
    return value.get(key) if isinstance(value, dict) else None


def at(response: object, path: str) -> Any:
    """What stands at a path of a response, None if nothing does."""
    head, dot, tail = path.partition(".")
    found = own_value(response, head)
    return own_value(found, tail) if dot else found


def put(response: Response, path: str, value: Any) -> None:
    """Write a value at a path of a response."""
    head, dot, tail = path.partition(".")
    if dot:
        response.setdefault(head, {})[tail] = value
    else:
        response[head] = value


def given(item: Spec, response: Response) -> Iterator[tuple[Spec, Any]]:
    """Each slot that a usable response fills, with what it holds."""
    for slot in item["slots"]:
        value = at(response, slot["path"])
        if value is not None:
            yield slot, value
