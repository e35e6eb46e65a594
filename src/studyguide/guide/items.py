"""What a reader is asked: the types of item, and the activities that they make up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union

from pydantic import Field, model_validator

from studyguide.guide import limits
from studyguide.guide.records import Disputed, Record, Sourced
from studyguide.guide.values import Id, Many, Ref, Text

OWN = "own"
"""The id under which a reading of the reader's own is chosen."""
Level = Literal["recall", "understanding", "analysis", "judgement"]


class Item(Record):
    """Something a reader is asked. A change of its meaning gives it a new version; its id stays."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    type: str
    stem: Text
    level: Level | None = None
    """What it takes to answer: to have noticed, to explain, to take apart, or to weigh one thing against another."""
    subject: Text | None = None
    """What it is about: `film`, or whatever else the guide speaks of."""
    steps: Many[Annotated[str, Ref("steps")]] = ()
    """Steps of the plot that it is about."""


class Option(Record):
    """Something to choose, with what a reader should learn from having chosen it."""

    id: Id
    text: Text
    rationale: Text
    key: bool = False
    """Whether it belongs to the right response."""


class KeyedItem(Item, Sourced, Disputed):
    """An item with a right response, which its sources carry."""


class Choice(KeyedItem):
    """Choose one option (single) or all that hold (multiple)."""

    type: Literal["choice"]
    cardinality: Literal["single", "multiple"]
    options: Annotated[Many[Option], Field(min_length=2, max_length=limits.CHOICES)]

    @model_validator(mode="after")
    def _has_a_key_and_a_distractor(self) -> Choice:
        keys = sum(option.key for option in self.options)
        if self.cardinality == "single" and keys != 1:
            raise ValueError(f"{keys} keys; a single choice has exactly one option with `key: true`")
        if not 0 < keys < len(self.options):
            raise ValueError(f"{keys} keys of {len(self.options)} options; write at least one key and one distractor")
        return self


class Entry(Record):
    """One of several things to put in order."""

    id: Id
    text: Text
    rationale: Text


class Order(KeyedItem):
    """Put the entries in order. They stand in the right one here, and by the alphabet where they are shown."""

    type: Literal["order"]
    entries: Annotated[Many[Entry], Field(min_length=3, max_length=7)]


class Pair(Record):
    """Two texts that belong together."""

    id: Id
    text: Text
    match: Text
    rationale: Text


class Match(KeyedItem):
    """Find to each text the one that belongs to it; `spare` ones belong to none."""

    type: Literal["match"]
    pairs: Annotated[Many[Pair], Field(min_length=3, max_length=8)]
    spare: Annotated[Many[Text], Field(max_length=limits.CHOICES - 8)] = ()


class Bin(Record):
    """One of several places into which entries are sorted."""

    id: Id
    text: Text


class Sorted(Record):
    """Something to sort, with the bin in which it belongs."""

    id: Id
    text: Text
    bin: Id
    rationale: Text


class Sort(KeyedItem):
    """Sort the entries into bins, any number into each. The bins are shown in the order in which they stand here."""

    type: Literal["sort"]
    bins: Annotated[Many[Bin], Field(min_length=2, max_length=8)]
    entries: Annotated[Many[Sorted], Field(min_length=3, max_length=8)]

    @model_validator(mode="after")
    def _has_a_bin_for_each(self) -> Sort:
        known = {bin_.id for bin_ in self.bins}
        for entry in self.entries:
            if entry.bin not in known:
                raise ValueError(f"`{entry.id}` belongs in `{entry.bin}`, which is none of the bins; add it to `bins`")
        return self


class Aspect(Record):
    """Something to rate by itself."""

    id: Id
    text: Text
    half: bool = False
    """Whether half stars may be given."""


class Rating(Item):
    """Rate aspects from 1 to 5 stars, before and after; not rating is always possible."""

    type: Literal["rating"]
    aspects: Annotated[Many[Aspect], Field(min_length=1, max_length=limits.CHOICES)]


class Prompt(Item):
    """An open question, answered in writing."""

    type: Literal["prompt"]
    hint: Text | None = None
    """How to begin."""


class Interpretation(Item):
    """An item without a key: choose a reading, weigh it, choose again."""

    type: Literal["interpretation"]
    readings: Annotated[Many[Annotated[str, Ref("readings")]], Field(min_length=2, max_length=limits.CHOICES)]
    steps: Annotated[Many[Annotated[str, Ref("steps")]], Field(min_length=2)]
    """Steps offered as support."""
    own: bool = False
    """Whether a reader may choose a reading of their own, in their words; then every round asks for a reason too."""

    @model_validator(mode="after")
    def _keeps_the_name_of_ones_own(self) -> Interpretation:
        if self.own and OWN in self.readings:
            raise ValueError(f"no reading can be called `{OWN}` where readers may write their own; rename it")
        return self


ITEM_TYPES: dict[str, type[Item]] = {
    "choice": Choice,
    "order": Order,
    "match": Match,
    "sort": Sort,
    "rating": Rating,
    "prompt": Prompt,
    "interpretation": Interpretation,
}


def any_item() -> Any:
    """An item of any type that there is, told apart by `type`: for schemas and for reading one."""
    return Annotated[Union[tuple(ITEM_TYPES.values())], Field(discriminator="type")]  # noqa: UP007


@dataclass(frozen=True)
class Extension:
    """What an item type of another package brings beside its record and description (see questions/kinds.py)."""

    template: Path
    """Its markup, named after the type."""
    script: Path
    """Its entry in the front end's KINDS."""


EXTENSIONS: dict[str, Extension] = {}
"""By type. Pages and widgets take templates and scripts from here too."""


class Activity(Record):
    """An ordered set of items, with a title and an introduction."""

    id: Id
    title: Text
    intro: Text
    items: Annotated[Many[Annotated[str, Ref("items")]], Field(min_length=1)]
    check: Literal["each", "end"] = "each"
    """Whether keyed items are checked one by one as the reader goes, or all at the end."""
    chapter: Text | None = None
    """The chapter it belongs to, by file name without ending."""
