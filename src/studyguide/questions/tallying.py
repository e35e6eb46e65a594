"""What a class handed in, counted: from codes and files to distributions, without a name.

>>> collected = collect(guide, [chat, Path("export.json")])
>>> collected.n
>>> collected.frame()
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studyguide.guide import Guide, Item, limits
from studyguide.guide.wording import plain
from studyguide.questions import collecting, kinds
from studyguide.questions.collecting import Broken, HandIn, LeftOut
from studyguide.questions.slots import FIRST, SECOND, Anatomy, PartKey, Response, Slot, at

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Part:
    """One question of an item: the answers it can have, each with its text, and which of them are right."""

    round: str
    """First or second, before or after; empty for what is asked once."""
    name: str
    label: str
    answers: Mapping[str, str]
    keys: frozenset[str] = frozenset()
    kind: str = "one"
    """Of its slot; `place` for where an entry was put."""
    numeric: bool = False
    many: bool = False
    """Whether several parts of the item choose from the same answers, so that most were not given."""

    @property
    def key(self) -> PartKey:
        """What names it among an item's parts."""
        return self.round, self.name


@dataclass(frozen=True)
class Ratings:
    """The stars that one aspect was given in one round, fewest first."""

    stars: Sequence[float]

    @property
    def n(self) -> int:
        """How many rated it."""
        return len(self.stars)

    @property
    def mean(self) -> float | None:
        """The sum by the number; None under five ratings."""
        return statistics.fmean(self.stars) if self.n >= limits.AVERAGE else None

    @property
    def median(self) -> float | None:
        """The middle one, or halfway between the two in the middle; None under five ratings."""
        return statistics.median(self.stars) if self.n >= limits.AVERAGE else None

    def __str__(self) -> str:
        if not self.n:
            return "no ratings yet"
        if self.mean is None or self.median is None:
            return f"{self.n:,} rating{'s' if self.n != 1 else ''}, too few for an average"
        return f"{self.n} ratings, mean {self.mean:.1f}, median {self.median:g}"


class Row(NamedTuple):
    """One answered part of one item by one person."""

    hand_in: int
    where: str
    activity: str
    item: str
    version: int
    type: str
    round: str
    part: str
    answer: str | None
    number: float | None
    right: bool | None


DTYPES = {"hand_in": "Int64", "version": "Int64", "number": "Float64", "right": "boolean"}
"""The columns of `frame()` that are not text."""


@dataclass(frozen=True)
class Collected:
    """Everything that was handed in, and what could not be read or counted of it."""

    guide: Guide
    hand_ins: Sequence[HandIn]
    broken: Sequence[Broken]
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)
    """How many answers in files were not counted, by reason: outdated, unknown, unusable."""

    @cached_property
    def n(self) -> dict[str, int]:
        """How many handed in each activity; activities that nobody handed in are left out."""
        counts = Counter(one.activity for one in self.hand_ins)
        return {activity: counts[activity] for activity in self.guide.activities.ids() if counts[activity]}

    @cached_property
    def repeated(self) -> dict[str, int]:
        """What came more than once, by its code. That can be honest: equal answers make equal codes."""
        again = Counter(one.key for one in collecting.repeats(self.hand_ins))
        return {key: count + 1 for key, count in again.items()}

    def responses(self, activity: str, item: str) -> list[Response]:
        """Every response to an item, as part of one activity."""
        own = (one.responses.get(item) for one in self.hand_ins if one.activity == activity)
        return [response for response in own if response]

    def counts(self, activity: str, item: str) -> dict[PartKey, dict[str, int]]:
        """For each part of an item how often each of its answers was given, none left out; empty for a prompt."""
        record = self.guide.items[item]
        anatomy = kinds.anatomy(record, self.guide)
        tally = {part.key: dict.fromkeys(part.answers, 0) for part in parts(self.guide, record)}
        for response in self.responses(activity, item):
            for part, answer in answers(anatomy, response):
                if part in tally:  # written ideas are not counted
                    tally[part][answer] += 1
        return tally

    def shift(self, activity: str, item: str) -> dict[str, dict[str, int]]:
        """Of an item that is asked in two rounds: for each first choice how many made each second one.

        Who chose once is left out; empty for other items.
        """
        anatomy = kinds.anatomy(self.guide.items[item], self.guide)
        twice = next((slot for slot in anatomy.slots if slot.part[0] == FIRST and _is_choice(slot)), None)
        if twice is None:
            return {}
        known = [str(value) for value in anatomy.lists[twice.of]]
        matrix = {first: dict.fromkeys(known, 0) for first in known}
        for response in self.responses(activity, item):
            first, second = (at(response, f"{round_}.{twice.part[1]}") for round_ in (FIRST, SECOND))
            if first and second:
                matrix[first][second] += 1
        return matrix

    def ratings(self, activity: str, item: str) -> dict[PartKey, Ratings]:
        """Of a rating item: the stars by part, `("before", "overall")` and so on."""
        return {
            part: Ratings([float(star) for star, count in stars.items() for _ in range(count)])
            for part, stars in self.counts(activity, item).items()
        }

    def texts(self, activity: str, item: str) -> list[str]:
        """Answers to a prompt, or the ideas written beside a rating. They come by file alone."""
        slots = kinds.anatomy(self.guide.items[item], self.guide).slots
        written = [slot.path for slot in slots if slot.kind == "text"]
        found = (at(response, path) for response in self.responses(activity, item) for path in written)
        return [text for text in found if text]

    def rows(self) -> Iterator[Row]:
        """One row for each answered part, person by person."""
        records = {item: self.guide.items[item] for one in self.hand_ins for item in one.responses}
        found = {item: {part.key: part for part in parts(self.guide, record)} for item, record in records.items()}
        anatomies = {item: kinds.anatomy(record, self.guide) for item, record in records.items()}
        for number, one in enumerate(self.hand_ins, 1):
            for item, response in one.responses.items():
                record = records[item]
                about = (number, one.where, one.activity, item, record.version, record.type)
                for key, answer in answers(anatomies[item], response):
                    part = found[item].get(key)
                    right = answer in part.keys if part and part.keys else None
                    amount = float(answer) if part and part.numeric else None
                    yield Row(*about, *key, None if amount is not None else answer, amount, right)

    def frame(self) -> pd.DataFrame:
        """A new DataFrame of `rows()`. Imports pandas.

        Columns: hand_in (people, from 1), where, activity, item, version, type; round (first or second, before or
        after); part (what was answered); answer (an id or a text); number (a place from 1, stars, certainty from 1 to
        4); right (missing where there is no key). dtypes: `string`, hand_in and version `Int64`, number `Float64`,
        right `boolean`.
        """
        import pandas as pd

        rows = pd.DataFrame(list(self.rows()), columns=list(Row._fields))
        return rows.astype({name: DTYPES.get(name, "string") for name in Row._fields})


def collect(guide: Guide, handed_in: Iterable[str | Path]) -> Collected:
    """Count what a class handed in: texts are pasted chats or the content of exported files, paths are read.

    A chat may hold many codes, several in a line, between names, times and emoji. Whatever cannot be read is told in
    `broken` with its reason, and answers to other questions or versions are counted in `left_out`; nothing that was
    handed in makes this fail.
    """
    collector = collecting.Collector(guide)
    collector.read(handed_in)
    left_out = {reason: count for reason, count in collector.left_out.items() if count}
    return Collected(guide, tuple(collector.hand_ins), tuple(collector.broken), left_out)


def parts(guide: Guide, item: Item) -> list[Part]:
    """The questions that an item's responses answer, in order; none for text, which is not counted."""
    anatomy = kinds.anatomy(item, guide)
    lists = Counter((slot.part[0], slot.of) for slot in anatomy.slots if slot.kind == "one")
    found: list[Part] = []
    for slot in anatomy.slots:
        texts = {value if isinstance(value, str) else f"{value:g}": text for value, text in _texts(anatomy, slot)}
        label = slot.label or plain(item.stem)
        if slot.kind == "order":
            places = {str(place): f"place {place}" for place in range(1, len(slot.key) + 1)}
            found += [
                Part("", entry, texts[entry], places, frozenset({str(place)}), "place", numeric=True, many=True)
                for place, entry in enumerate(slot.key, 1)
            ]
        elif slot.kind != "text":
            many = lists[slot.part[0], slot.of] > 1
            numeric = slot.numeric or slot.kind == "number"
            found.append(Part(*slot.part, label, texts, frozenset(slot.key), slot.kind, numeric, many))
    return found


def answers(anatomy: Anatomy, response: Response) -> list[tuple[PartKey, str]]:
    """A usable response as parts and answers, as `parts` names them; texts stand under their own name."""
    found: list[tuple[PartKey, str]] = []
    for slot in anatomy.slots:
        value = at(response, slot.path)
        if value is None:
            continue
        match slot.kind:
            case "order":
                found += [(("", entry), str(place)) for place, entry in enumerate(value, 1)]
            case "set":
                found += [(slot.part, member) for member in value]
            case "number":
                found.append((slot.part, f"{value:g}"))
            case _:
                found.append((slot.part, value))
    return found


def changed(shift: Mapping[str, Mapping[str, int]]) -> str:
    """Who moved, in a sentence: `4 of 23 changed their reading.`"""
    twice = sum(sum(seconds.values()) for seconds in shift.values())
    stayed = sum(seconds[first] for first, seconds in shift.items())
    return f"{twice - stayed} of {twice} changed their reading." if twice else "Nobody has chosen twice yet."


def _texts(anatomy: Anatomy, slot: Slot) -> Iterable[tuple[str | float, str]]:
    return anatomy.lists.get(slot.of, {}).items()


def _is_choice(slot: Slot) -> bool:
    return slot.kind == "one" and not slot.numeric
