"""What a class handed in, counted: from pasted codes and exported files to distributions, without a name.

>>> collected = collect(guide, [chat, Path("export.json")])
>>> collected.n
>>> collected.frame()

An item may stand in two activities; a file then counts for both, as its reader answered the item in both.
"""

from __future__ import annotations

import csv
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from studyguide.guide import Choice, Guide, Interpretation, Item, Match, Order, Rating
from studyguide.guide.wording import plain
from studyguide.questions import codes, scoring
from studyguide.questions.scoring import CERTAINTY, Response

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""The number under `studyguide` in exported files."""
FILE_LIMIT = 2_000_000
"""The most characters that a chat or a file may have; what readers export is far smaller."""
ENOUGH = 5
"""No average is given of fewer ratings: it would say more about who was there than about the film."""
SHOWN = 100
"""How many things that could not be read a report lists."""
FIRST, SECOND, BEFORE, AFTER = "first", "second", "before", "after"


PartKey = tuple[str, str]
"""Round and name of a part."""


@dataclass(frozen=True)
class HandIn:
    """One person's responses to one activity; only what is usable of them, and at least one."""

    activity: str
    responses: Mapping[str, Response]
    where: str
    """`line 3`, or a file's name, for the person who collects."""
    code: str | None = None
    """In normal form; None if it came in a file of responses."""


@dataclass(frozen=True)
class Broken:
    """Something that was handed in and could not be read."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True)
class Part:
    """One question of an item: the answers it can have, each with its text, and which of them are right."""

    round: str
    """First or second, before or after; empty for what is asked once."""
    name: str
    label: str
    answers: Mapping[str, str]
    keys: frozenset[str] = frozenset()

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
        return statistics.fmean(self.stars) if self.n >= ENOUGH else None

    @property
    def median(self) -> float | None:
        """The middle one, or halfway between the two in the middle; None under five ratings."""
        return statistics.median(self.stars) if self.n >= ENOUGH else None

    def __str__(self) -> str:
        if not self.n:
            return "no ratings yet"
        if self.mean is None or self.median is None:
            return f"{_number(self.n, 'rating')}, too few for an average"
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
    """Everything that was handed in, and what could not be read of it."""

    guide: Guide
    hand_ins: Sequence[HandIn]
    broken: Sequence[Broken]

    @cached_property
    def n(self) -> dict[str, int]:
        """How many handed in each activity; activities that nobody handed in are left out."""
        counts = Counter(one.activity for one in self.hand_ins)
        return {activity: counts[activity] for activity in self.guide.activities.ids() if counts[activity]}

    @cached_property
    def repeated(self) -> dict[str, int]:
        """Codes that came more than once. That can be honest: equal answers make equal codes."""
        counts = Counter(one.code for one in self.hand_ins if one.code)
        return {code: count for code, count in counts.items() if count > 1}

    def responses(self, activity: str, item: str) -> list[Response]:
        """Every response to an item, as part of one activity."""
        own = (one.responses.get(item) for one in self.hand_ins if one.activity == activity)
        return [response for response in own if response]

    def counts(self, activity: str, item: str) -> dict[PartKey, dict[str, int]]:
        """For each part of an item how often each of its answers was given, none left out; empty for a prompt."""
        record = self.guide.items[item]
        tally = {part.key: dict.fromkeys(part.answers, 0) for part in parts(self.guide, record)}
        for response in self.responses(activity, item):
            for part, answer in answers(record, response):
                if part in tally:  # written ideas are not counted
                    tally[part][answer] += 1
        return tally

    def shift(self, activity: str, item: str) -> dict[str, dict[str, int]]:
        """Of an interpretation: for each first reading how many chose each second one. Who chose once is left out."""
        record = self.guide.items[item]
        readings = record.readings if isinstance(record, Interpretation) else ()
        matrix = {first: dict.fromkeys(readings, 0) for first in readings}
        for response in self.responses(activity, item):
            first, second = (response.get(round_, {}).get("reading") for round_ in (FIRST, SECOND))
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
        own = (response.get("text") or response.get("ideas") for response in self.responses(activity, item))
        return [text for text in own if text]

    def rows(self) -> Iterator[Row]:
        """One row for each answered part, person by person."""
        records = {item: self.guide.items[item] for one in self.hand_ins for item in one.responses}
        keys = {item: {part.key: part.keys for part in parts(self.guide, record)} for item, record in records.items()}
        for number, one in enumerate(self.hand_ins, 1):
            for item, response in one.responses.items():
                record = records[item]
                about = (number, one.where, one.activity, item, record.version, record.type)
                for part, answer in answers(record, response):
                    right = answer in keys[item][part] if keys[item].get(part) else None
                    amount = float(answer) if _is_number(record, part) else None
                    yield Row(*about, *part, None if amount is not None else answer, amount, right)

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


def read_text(file: BinaryIO) -> str:
    """A file's text, or so much of it that `collect` finds it too long; bytes that are no text become marks."""
    content = file.read(4 * FILE_LIMIT + 1)  # no character takes more than four bytes
    # Some systems write UTF-16, and say so with a byte order mark.
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, "replace")


def report(collected: Collected) -> Iterator[str]:
    """What was collected, as lines of plain text: each activity item by item, then what could not be read."""
    guide = collected.guide
    for activity, n in collected.n.items():
        yield f"{guide.activities[activity].title} ({activity}): {_number(n, 'hand-in')}"
        for key in guide.activities[activity].items:
            answered = len(collected.responses(activity, key))
            yield from ("", f"  {_line(plain(guide.items[key].stem))}", f"  {key}: {answered} of {n} answered")
            yield from (f"    {line}" for line in _item_lines(collected, activity, guide.items[key]))
        yield ""
    if collected.repeated:
        extra = sum(collected.repeated.values()) - len(collected.repeated)
        yield f"{_number(extra, 'code')} came again; two people with the same answers have the same code"
    for broken in collected.broken[:SHOWN]:
        what = f" `{_line(broken.text)}`:" if broken.text else ""
        yield f"{_line(broken.where)}:{what} {broken.reason}"
    if len(collected.broken) > SHOWN:
        yield f"and {len(collected.broken) - SHOWN:,} more that could not be read"


def _item_lines(collected: Collected, activity: str, item: Item) -> Iterator[str]:
    """How an item was answered. Of matches, orders and stars only what somebody gave is listed."""
    counts = collected.counts(activity, item.id)
    ratings = collected.ratings(activity, item.id) if isinstance(item, Rating) else {}
    for part in parts(collected.guide, item):
        if part.name != "choice":
            yield f"{_line(part.label)}: {ratings[part.key]}" if ratings else _line(part.label)
        for answer, text in part.answers.items():
            if counts[part.key][answer] or isinstance(item, Choice | Interpretation):
                right = "  (right)" if answer in part.keys else ""
                yield f"{counts[part.key][answer]:5}  {_line(text)}{right}"
    if isinstance(item, Interpretation):
        yield changed(collected.shift(activity, item.id))
    yield from (f"- {_line(text)}" for text in collected.texts(activity, item.id))


def changed(shift: Mapping[str, Mapping[str, int]]) -> str:
    """Who moved, in a sentence: `4 of 23 changed their reading.`"""
    twice = sum(sum(seconds.values()) for seconds in shift.values())
    stayed = sum(seconds[first] for first, seconds in shift.items())
    return f"{twice - stayed} of {twice} changed their reading." if twice else "Nobody has chosen twice yet."


def write_csv(collected: Collected, path: Path) -> None:
    """`rows()` as a CSV file. A text that a spreadsheet would run as a formula begins with an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row._fields)
        for row in collected.rows():
            writer.writerow([_no_formula(cell) if isinstance(cell, str) else cell for cell in row])


def _no_formula(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


def _line(text: str) -> str:
    """A reader's text on one line, without characters that would steer a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def _number(n: int, one: str) -> str:
    return f"{n:,} {one}{'s' if n != 1 else ''}"


def collect(guide: Guide, handed_in: Iterable[str | Path]) -> Collected:
    """Count what a class handed in: texts are pasted chats or the content of exported files, paths are read.

    A chat may hold many codes, several in a line, between names, times and emoji. Whatever cannot be read is told in
    `broken` with its reason; nothing that was handed in makes this fail.
    """
    collector = _Collector(guide)
    for one in handed_in:
        if isinstance(one, Path):
            collector.path(one)
        else:
            collector.text(one, "")
    return Collected(guide, tuple(collector.hand_ins), tuple(collector.broken))


class _Collector:
    """Reads one text after another."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.specs = {activity: scoring.spec(guide, activity) for activity in guide.activities.ids()}
        self.hand_ins: list[HandIn] = []
        self.broken: list[Broken] = []

    def path(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                text = read_text(file)
        except OSError as error:
            self.broken.append(Broken(path.name, "", f"cannot be opened: {error.strerror or error}"))
            return
        self.text(text, path.name)

    def text(self, text: str, name: str) -> None:
        if len(text) > FILE_LIMIT:
            self.broken.append(Broken(name, "", f"is longer than {FILE_LIMIT:,} characters"))
            return
        if text.lstrip().startswith("{"):
            self.file(text, name)
            return
        for line, code in codes.find(self.specs, text):
            self.code(code, f"{name}, line {line}" if name else f"line {line}")

    def code(self, text: str, where: str) -> None:
        try:
            decoded = codes.read(self.specs.values(), text)
        except codes.CodeError as error:
            self.broken.append(Broken(where, text[: codes.LIMIT], str(error)))
        else:
            if decoded.responses:
                self.hand_ins.append(HandIn(decoded.activity, decoded.responses, where, decoded.code))

    def file(self, text: str, name: str) -> None:
        """One reader's export, or what the Class page saved: codes, and the responses of several files."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = None
        if scoring.own_value(content, "studyguide") != FORMAT:
            self.broken.append(Broken(name, "", "is not a file that a study guide exports"))
        elif scoring.own_value(content, "guide") != self.guide.film.id:
            self.broken.append(Broken(name, "", "belongs to another guide"))
        else:
            before = len(self.hand_ins)
            for code in _list(content.get("codes")):
                self.code(code if isinstance(code, str) else "", name)
            for responses in [content.get("responses"), *_list(content.get("files"))]:
                self.one_reader(responses, name)
            if len(self.hand_ins) == before:
                self.broken.append(Broken(name, "", "holds no answer to a question of this guide"))

    def one_reader(self, responses: object, name: str) -> None:
        for activity, spec in self.specs.items():
            own = {item["id"]: scoring.usable(item, scoring.own_value(responses, item["id"])) for item in spec["items"]}
            answered = {item: response for item, response in own.items() if response}
            if answered:
                self.hand_ins.append(HandIn(activity, answered, name))


def parts(guide: Guide, item: Item) -> list[Part]:
    """The questions that an item's responses answer, in order; none for a prompt, which is not counted."""
    match item:
        case Choice(options=options):
            keys = frozenset(option.id for option in options if option.key)
            return [Part("", "choice", plain(item.stem), {option.id: plain(option.text) for option in options}, keys)]
        case Order(entries=entries):
            places = {str(place): f"place {place}" for place in range(1, len(entries) + 1)}
            return [
                Part("", entry.id, plain(entry.text), places, frozenset({str(place)}))
                for place, entry in enumerate(entries, 1)
            ]
        case Match(pairs=pairs):
            texts = {choice: plain(text) for choice, text in scoring.choices(item)}
            return [Part("", pair.id, plain(pair.text), texts, frozenset({pair.id})) for pair in pairs]
        case Rating(aspects=aspects):
            return [
                Part(round_, aspect.id, f"{plain(aspect.text)}, {round_}", _stars(aspect.half))
                for aspect in aspects
                for round_ in (BEFORE, AFTER)
            ]
        case Interpretation():
            readings = {reading: plain(guide.readings[reading].title) for reading in item.readings}
            steps = {step: plain(guide.steps[step].title) for step in item.steps}
            return [
                Part(FIRST, "reading", "First reading", readings),
                Part(SECOND, "reading", "Second reading", readings),
                Part(FIRST, "certainty", "How certain at first", CERTAINTY),
                Part(SECOND, "certainty", "How certain then", CERTAINTY),
                Part(FIRST, "step", "Steps that carry the first reading", steps),
            ]
    return []


def answers(item: Item, response: Response) -> list[tuple[PartKey, str]]:
    """A usable response as parts and answers, as `parts` names them; texts stand under their own name."""
    match item.type:
        case "choice":
            return [(("", "choice"), option) for option in response["choice"]]
        case "order":
            return [(("", entry), str(place)) for place, entry in enumerate(response["order"], 1)]
        case "match":
            return [(("", pair), chosen) for pair, chosen in response["match"].items()]
        case "rating":
            stars = [
                ((round_, aspect), f"{star:g}")
                for round_ in (BEFORE, AFTER)
                for aspect, star in response.get(round_, {}).items()
            ]
            return stars + [(("", "ideas"), response[name]) for name in ("ideas",) if name in response]
        case "interpretation":
            return [
                ((round_, name.removesuffix("s")), answer)
                for round_ in (FIRST, SECOND)
                for name, given in response.get(round_, {}).items()
                for answer in ([given] if isinstance(given, str) else given)
            ]
    return [(("", "text"), response["text"])]


def _is_number(item: Item, part: PartKey) -> bool:
    """Whether answers to this part are numbers: places, stars, certainty."""
    kind = {"order": True, "rating": part[0] != "", "interpretation": part[1] == "certainty"}
    return kind.get(item.type, False)


def _stars(half: bool) -> dict[str, str]:
    steps = scoring.HALF_STARS if half else scoring.STARS
    return {f"{star:g}": f"{star:g} {'star' if star <= 1 else 'stars'}" for star in steps}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
