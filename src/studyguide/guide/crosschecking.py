"""What no row can tell by itself: ids that name nothing, grades that sources cannot carry, times out of their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from studyguide.guide.errors import did_you_mean
from studyguide.guide.records import Record, Source, Sourced
from studyguide.guide.tables import Table
from studyguide.guide.values import Ref
from studyguide.guide.wording import time

GOOD = ("film", "official", "reference", "press", "criticism")
"""Kinds of source that can carry a fact. A viewer's page or a copy alone carries none."""
RANK = {kind: place for place, kind in enumerate((*GOOD, "viewer", "copy", None))}
"""The order in which sources are named."""
BASIC = {"facts", "credits", "people", "releases", "awards", "box_office", "places"}
"""Tables of basic facts: each row has a good source, or says what it lacks."""

VIEWS = {"readings", "voices"}
"""Tables of what somebody holds: a viewer's page proves what that viewer holds."""

Tell = Callable[[str, Record, str, str], None]
"""Called with a table's name, a row, what was found, and what would be right."""


@dataclass(frozen=True)
class CrossCheck:
    """One pass over all tables. Tables in `broken` miss rows, so nobody is blamed for naming those."""

    tables: Mapping[str, Table[Any]]
    broken: frozenset[str]
    tell: Tell
    file_of: Callable[[str], str]

    def run(self) -> None:
        """Tell everything."""
        known = {name: {row.id: row for row in table} for name, table in self.tables.items()}
        for name, table in self.tables.items():
            for row in table:
                for part, path in parts(row):
                    self._references(name, row, part, path, known)
                    if isinstance(part, Sourced) and "sources" not in self.broken:
                        self._support(name, row, part, path, known["sources"])
        if not self.broken & {"steps", "scenes", "turns", "characters", "quotations"}:
            self._times(known)

    def _references(self, name: str, row: Record, part: Record, path: str, known: Mapping[str, Any]) -> None:
        for column, target in references(type(part)):
            value = getattr(part, column)
            for key in (value,) if isinstance(value, str) else value or ():
                if key not in known[target] and target not in self.broken:
                    found = f"`{path}{column}` names `{key}`, which is not in {self.file_of(target)}"
                    self.tell(name, row, found, did_you_mean(key, known[target]))

    def _support(self, name: str, row: Record, part: Sourced, path: str, known: Mapping[str, Source]) -> None:
        sources = [known[key] for key in part.sources if key in known]
        if len(sources) < len(part.sources):
            return  # told already
        good = [source for source in sources if source.kind in GOOD]
        if part.grade == "D":
            if name in BASIC and part is row and not good and not part.note:
                found = f"{path}grade D without a good source and without a note"
                self.tell(name, row, found, "say in `note` that it is viewers only, or through a copy")
        elif all(source.low_trust for source in sources):
            found = f"grade {part.grade} on low-trust pages alone"
            self.tell(name, row, found, "grade it D, or add a source that can be trusted")
        elif not good and part.grade != "A" and name not in VIEWS:
            found = f"{path}grade {part.grade} on viewers or copies alone"
            self.tell(name, row, found, "grade it D and say so in `note`, or add a better source")
        elif part.grade == "F" and not any(source.kind == "film" for source in sources):
            self.tell(
                name, row, f"{path}grade F without the film among its sources", "name the film, or grade the pages"
            )
        elif part.grade == "B" and len({origin(source) for source in sources}) < 2:
            self.tell(name, row, f"{path}grade B on one origin", "grade it C, or add a source of another origin")

    def _times(self, known: Mapping[str, Any]) -> None:
        steps = [step for step in self.tables["steps"] if step.start is not None]
        for step in steps:
            if step.end is None or step.end <= step.start:
                self.tell("steps", step, "it begins and does not end after that", "give `end`, later than `start`")
        for one, other in pairwise(steps):
            if one.end is not None and other.start < one.end:
                found = f"it begins at {time(other.start)}, before {one.id} ends at {time(one.end)}"
                self.tell("steps", other, found, "put the steps in the order of the film")
        for scene in self.tables["scenes"]:
            step = known["steps"].get(scene.step)
            if step and step.start is not None and not step.start <= scene.start < scene.end <= step.end:
                found = f"it does not lie within {step.id}, {time(step.start)} to {time(step.end)}"
                self.tell("scenes", scene, found, "mend its times, or name another step")
            self._speakers("scenes", scene, scene.heard)
        for line in self.tables["quotations"]:
            step = known["steps"].get(line.step)
            if step and step.start is not None and not step.start <= line.at <= step.end:
                found = f"{time(line.at)} is not within {step.id}, {time(step.start)} to {time(step.end)}"
                self.tell("quotations", line, found, "mend its time, or name another step")
        before = 0
        for turn in self.tables["turns"]:
            if turn.start < before:
                self.tell("turns", turn, f"it begins at {time(turn.start)}, before the one above", "sort by `start`")
            before = turn.start
            self._speakers("turns", turn, turn.speaker.split("+"))

    def _speakers(self, name: str, row: Record, heard: Iterable[str]) -> None:
        known = self.tables["characters"].ids()
        for who in heard:
            if who not in known and who != "none" and not who.startswith("other-"):
                right = f"{did_you_mean(who, known)}; somebody without a name is `other-…`"
                self.tell(name, row, f"the voice `{who}`, which is no character", right)


def origin(source: Source) -> str:
    """What a source goes back to: pages that repeat one text count as one."""
    return source.origin or source.copies or source.id


def parts(record: Record, path: str = "") -> Iterator[tuple[Record, str]]:
    """A record and the records inside it, each with the path that leads there."""
    yield record, path
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple):
            for index, inner in enumerate(value, start=1):
                if isinstance(inner, Record):
                    yield from parts(inner, f"{path}{name} {index}: ")


def references(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Every (field, table) in `record` that names ids of another table."""
    for name, info in record.model_fields.items():
        for mark in (*info.metadata, *marks(info.annotation)):
            if isinstance(mark, Ref):
                yield name, mark.table


def marks(annotation: Any) -> Iterator[Any]:
    """Everything that a type annotation holds."""
    for part in get_args(annotation):
        yield part
        yield from marks(part)
