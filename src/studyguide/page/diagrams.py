"""Where things stand on the guide's two schematic maps: people round a circle, places along a route.

Plain numbers for the templates to draw with, in the units of a drawing `WIDTH` wide.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from studyguide.guide import Guide, Place, Relation

WIDTH, HEIGHT = 340, 300
RADIUS = 100
# How far two bonds between the same people keep apart; and how far along a bond its number stands: not in the middle,
# where bonds cross, but towards the one of the two who has fewer.
APART, ALONG = 28, 0.34
MARGIN = 24


@dataclass(frozen=True)
class Mark:
    """A numbered or named point, and where its label begins."""

    id: str
    label: tuple[str, ...]
    """Its lines."""
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Bond:
    """A relation as a curve from one person to the other, with its number on it."""

    relation: Relation
    path: str
    x: float
    y: float


def people(guide: Guide) -> list[Mark]:
    """Everybody who has a relation, round a circle in the order of the characters, from the top clockwise."""
    bound = {person for relation in guide.relations for person in (relation.one, relation.other)}
    found = [character for character in guide.characters if character.id in bound]
    marks = []
    for place, character in enumerate(found):
        angle = 2 * math.pi * place / len(found) - math.pi / 2
        across, down = math.cos(angle), math.sin(angle)
        lines = tuple(character.name.split())
        middle = abs(across) < 0.3
        # A label above grows upwards, one below downwards, one beside both ways.
        shift = (down - 1) / 2 if middle else -0.5
        marks.append(
            Mark(
                id=character.id,
                label=lines,
                x=round(WIDTH / 2 + RADIUS * across, 1),
                y=round(HEIGHT / 2 + RADIUS * down, 1),
                label_x=round(WIDTH / 2 + (RADIUS + 12) * across, 1),
                label_y=round(HEIGHT / 2 + (RADIUS + 12) * down + 14 * (shift * len(lines) + 0.8), 1),
                anchor="middle" if middle else "start" if across > 0 else "end",
            )
        )
    return marks


def bonds(guide: Guide) -> list[Bond]:
    """Every relation between the marks of `people`; several between the same two lie side by side."""
    marks = {mark.id: mark for mark in people(guide)}
    pairs = Counter(frozenset((relation.one, relation.other)) for relation in guide.relations)
    busy = Counter(person for relation in guide.relations for person in (relation.one, relation.other))
    drawn: Counter[frozenset[str]] = Counter()
    found = []
    for relation in guide.relations:
        pair = frozenset((relation.one, relation.other))
        aside = (drawn[pair] - (pairs[pair] - 1) / 2) * APART
        drawn[pair] += 1
        # The same way round for both directions, or two bonds could fall on one curve.
        one, other = (marks[person] for person in sorted(pair, key=lambda person: (busy[person], person)))
        length = math.hypot(other.x - one.x, other.y - one.y)
        bend_x = (one.x + other.x) / 2 + aside * 2 * (one.y - other.y) / length
        bend_y = (one.y + other.y) / 2 + aside * 2 * (other.x - one.x) / length
        x, y = (_along(a, b, c) for a, b, c in ((one.x, bend_x, other.x), (one.y, bend_y, other.y)))
        found.append(Bond(relation, f"M{one.x} {one.y}Q{bend_x:.1f} {bend_y:.1f} {other.x} {other.y}", x, y))
    return found


def _along(start: float, bend: float, end: float) -> float:
    """One coordinate of the point on a quadratic curve where its number stands."""
    return round((1 - ALONG) ** 2 * start + 2 * ALONG * (1 - ALONG) * bend + ALONG**2 * end, 1)


def route(places: Sequence[Place]) -> list[Mark]:
    """Every place on the map, its name on the side that has more room."""
    marks = []
    for place in places:
        x = round(MARGIN + place.x / 100 * (WIDTH - 2 * MARGIN), 1)
        y = round(MARGIN + place.y / 100 * (HEIGHT - 2 * MARGIN), 1)
        east = place.x > 55
        marks.append(
            Mark(
                id=place.id,
                label=(place.name,),
                x=x,
                y=y,
                label_x=x - 16 if east else x + 16,
                label_y=y + 4,
                anchor="end" if east else "start",
            )
        )
    return marks
