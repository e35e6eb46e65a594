"""Captioned speech, added up: whose it is, how sure that is, and where there is none.

Turns join neighbouring captions, so their seconds are compared with one another and not read as minutes of talk. A
stretch without captioned speech may be full of sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from studyguide.guide.records import Turn

HEARD = frozenset({"talk", "stage", "tape", "self", "phone", "tv", "signed"})
"""The channels of speech, spoken, recorded or signed; the others are sounds and music."""


@dataclass(frozen=True)
class Seconds:
    """Seconds of captioned speech: how many the captions themselves give a speaker for, and how many were inferred."""

    labelled: float = 0
    inferred: float = 0

    @property
    def total(self) -> float:
        return self.labelled + self.inferred

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.labelled + other.labelled, self.inferred + other.inferred)


def speech(turns: Iterable[Turn]) -> list[Turn]:
    """The turns in which something is said or signed."""
    return [turn for turn in turns if turn.channel in HEARD]


def add_up(turns: Iterable[Turn], by: Callable[[Turn], str]) -> dict[str, Seconds]:
    """Seconds of captioned speech by what `by` says of a turn, most first. Voices heard at once share their turn."""
    found: dict[str, Seconds] = {}
    for turn in speech(turns):
        # `by` a speaker gives `one+other` where two are heard at once.
        names = by(turn).split("+")
        each = (turn.end - turn.start) / len(names)
        amount = Seconds(inferred=each) if turn.basis == "inferred" else Seconds(labelled=each)
        for name in names:
            found[name] = found.get(name, Seconds()) + amount
    return dict(sorted(found.items(), key=lambda one: -one[1].total))


def survives(more: Seconds, less: Seconds, everything: Seconds, error: float) -> bool:
    """Whether `more` stays ahead of `less` if a share `error` of inferred seconds is wrong, all in favour of `less`."""
    lost, won = error * more.inferred, error * (everything.inferred - less.inferred)
    return more.total - lost > less.total + won


def seconds_of(turns: Iterable[Turn], every: int, end: int) -> list[int]:
    """In how many seconds of each stretch of `every`, up to `end`, somebody is captioned; no second counts twice."""
    heard = {second for turn in speech(turns) for second in range(turn.start, turn.end)}
    return [sum(second in heard for second in range(at, at + every)) for at in range(0, end, every)]


def gaps(turns: Iterable[Turn], start: int, end: int, least: int) -> list[tuple[int, int]]:
    """Stretches of at least `least` seconds between `start` and `end` without captioned speech, longest first."""
    found, last = [], start
    for turn in sorted(speech(turns), key=lambda one: one.start):
        if turn.start - last >= least:
            found.append((last, turn.start))
        last = max(last, turn.end)
    if end - last >= least:
        found.append((last, end))
    return sorted(found, key=lambda gap: gap[0] - gap[1])


def stretches(turns: Sequence[Turn], apart: int) -> list[tuple[int, int]]:
    """Where turns are heard, as stretches: those with less than `apart` seconds between them are one."""
    found: list[tuple[int, int]] = []
    for turn in sorted(turns, key=lambda one: one.start):
        if found and turn.start - found[-1][1] < apart:
            found[-1] = (found[-1][0], max(found[-1][1], turn.end))
        else:
            found.append((turn.start, turn.end))
    return found
