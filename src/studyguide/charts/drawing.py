"""What a chart draws, described once: rows with marks on them, along one axis.

The page's picture (page/templates/picture.html) and Plotly's figure are both made of it. On the page the words are
HTML, which wraps and grows with the reader's letters, and only the marks are SVG, placed in per cent of the width: so
one picture serves every width, and no word is cut off or drawn over another. The libraries that were tried, Matplotlib
and Vega-Altair, fix the place of each word before the width and the font are known; Plotly's export needs a browser.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

from studyguide.charts.layout import ACCENT, INK, LINE, MUTED, PAPER, layout, note, rule
from studyguide.guide import GuideError, did_you_mean

Look = Literal["solid", "open", "striped", "crossed", "lined", "gap"]
PATTERNS: dict[Look, str] = {"solid": "", "open": "", "striped": "/", "crossed": "x", "lined": "-", "gap": "."}
"""How a bar is filled, and the Plotly pattern that looks like it."""
SHAPES = {
    "circle": "",
    "square": "M-5-5H5V5H-5z",
    "diamond": "M0-6 6 0 0 6-6 0z",
    "triangle-up": "M0-6 6 5H-6z",
    "star": "M0-7 1.8-2.2 6.7-2.2 2.7.8 4.1 5.7 0 2.8-4.1 5.7-2.7.8-6.7-2.2-1.8-2.2z",
}
"""Symbols by Plotly's names and their paths round 0,0 in CSS pixels; each also comes with `-open` behind its name."""

# In CSS pixels: the height of a lane of marks, of a line of a label, of the room under a row, and of ticks.
LANE, LINE_HEIGHT, ROOM, TICKS = 16, 16, 12, 40
# In CSS pixels: room at both sides of a figure for half the label of a tick, which Plotly would else leave out.
SIDE = 24
# Characters to a line of a label in Plotly, which breaks no lines.
WRAP = 46
# In CSS pixels: the least width that a figure is drawn at, and the height of a line of a column's name.
NARROW, NAME_LINE = 300, 15


@dataclass(frozen=True)
class Mark:
    """A bar from `start` to `end`, or without an end a symbol at `start`; in the units of the axis."""

    start: float
    says: Sequence[str]
    """What it stands for, line by line, as the table has it."""
    end: float | None = None
    shape: str = "circle"
    """Of a symbol: a name in SHAPES."""
    look: Look = "solid"
    """Of a bar."""
    lane: int = 0
    """Which line of the row it stands on."""
    level: float = 1.0
    """Of an upright bar: how much of the row's height it fills."""

    def __post_init__(self) -> None:
        if self.shape.removesuffix("-open") not in SHAPES:
            raise GuideError(f"no mark has the shape `{self.shape}`; {did_you_mean(self.shape, SHAPES)}")


@dataclass(frozen=True)
class Row:
    """A name, what is drawn beside it, and what that comes to in figures."""

    label: str
    marks: Sequence[Mark] = ()
    value: str = ""
    lines: Sequence[tuple[float, float]] = ()
    """Thin lines under the marks, from where to where: a date known to its month, dots that belong together."""
    upright: int = 0
    """In CSS pixels: how high the row is, if its bars stand upright."""
    aside: bool = False
    """Whether it is a remark between the others, with nothing drawn."""

    @property
    def height(self) -> int:
        """Of the strip with the marks, in CSS pixels."""
        return self.upright or LANE * (1 + max((mark.lane for mark in self.marks), default=0))


@dataclass(frozen=True)
class Axis:
    """From where to where the marks reach, and what stands along it."""

    first: float
    last: float
    ticks: Sequence[tuple[float, str]] = ()
    names: bool = False
    """Whether the ticks are the names of columns, above the rows."""

    def __post_init__(self) -> None:
        if not self.first < self.last:
            raise GuideError(f"an axis from {self.first} to {self.last} has no length; end it after its beginning")

    def share(self, value: float) -> float:
        """Where something stands, in per cent of the width."""
        return round(100 * (value - self.first) / (self.last - self.first), 2)

    @property
    def longest(self) -> int:
        """How many letters the longest word along it has."""
        return max(len(word) for _, words in self.ticks for word in words.split())

    def width(self, bar: Mark) -> float:
        """How long a bar is, in per cent of the width."""
        return round(100 * ((bar.end or bar.start) - bar.start) / (self.last - self.first), 2)


@dataclass(frozen=True)
class Group:
    """Rows along one axis."""

    axis: Axis
    rows: Sequence[Row] = field(default_factory=tuple)
    heading: str = ""

    @property
    def patterned(self) -> list[Look]:
        """The looks of its bars that need a pattern."""
        used = {mark.look for row in self.rows for mark in row.marks}
        return [look for look, pattern in PATTERNS.items() if pattern and look in used]


def figure(group: Group) -> dict[str, Any]:
    """Plotly's `data` and `layout` of the same rows: names above their marks, measured down the page in CSS pixels."""
    labels = [_label(row) for row in group.rows]
    heights = [LINE_HEIGHT * len(lines) + row.height + ROOM for lines, row in zip(labels, group.rows, strict=True)]
    tops = [0, *accumulate(heights)]
    strips = [
        (top + LINE_HEIGHT * len(lines) + 2, row)
        for top, lines, row in zip(tops, labels, group.rows, strict=False)
        if not row.aside
    ]
    axis = group.axis
    head, foot = (_head(axis), 8) if axis.names else (8, TICKS if axis.ticks else 8)
    base = layout(
        head + tops[-1] + foot,
        margin={"l": SIDE, "r": SIDE, "t": head, "b": foot},
        barmode="overlay",
        xaxis=_plotly_axis(axis),
        yaxis={"visible": False, "fixedrange": True, "range": [tops[-1], 0]},
        shapes=[line for top, row in strips for line in _rules(axis, top, row)],
        annotations=[
            note("<br>".join(lines), xref="paper", x=0, y=top, yanchor="top")
            for lines, top in zip(labels, tops, strict=False)
        ],
    )
    placed = [(top, row, mark) for top, row in strips for mark in row.marks]
    traces = [_bars([one for one in placed if one[2].end is not None])]
    traces.append(_symbols([one for one in placed if one[2].end is None]))
    return {"data": [trace for trace in traces if trace["x"]], "layout": base}


def _label(row: Row) -> list[str]:
    """The lines above a row's marks: its name and, in bold, its figures."""
    text = f"{row.label}  {row.value}" if row.value else row.label
    lines = textwrap.wrap(text, WRAP) or ([] if row.upright else [""])
    if row.value and lines and lines[-1].endswith(row.value):
        lines[-1] = f"{lines[-1].removesuffix(row.value)}<b>{row.value}</b>"
    return lines


def _wrapped(axis: Axis) -> list[list[str]]:
    """The names of columns, in as many lines as a narrow figure has room for."""
    room = max(1, int(NARROW / len(axis.ticks) / NAME_LINE))
    longest = max(len(name) for _, name in axis.ticks)
    width = max(12, -(-longest // room) + 4)
    return [textwrap.wrap(name, width, break_long_words=False) for _, name in axis.ticks]


def _head(axis: Axis) -> int:
    return 16 + 7 * max(len(line) for lines in _wrapped(axis) for line in lines)


def _plotly_axis(axis: Axis) -> dict[str, Any]:
    texts = ["<br>".join(lines) for lines in _wrapped(axis)] if axis.names else [name for _, name in axis.ticks]
    common = {
        "range": [axis.first, axis.last],
        "tickvals": [value for value, _ in axis.ticks],
        "ticktext": texts,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    if axis.names:
        return common | {"side": "top", "tickangle": -90, "tickfont": {"size": 12, "color": INK}}
    if not axis.ticks:
        return common | {"visible": False}
    small = {"size": 11, "color": MUTED}
    return common | {"tickfont": small, "tickangle": 0, "ticks": "outside", "tickcolor": MUTED, "linecolor": MUTED}


def _rules(axis: Axis, top: int, row: Row) -> list[dict[str, Any]]:
    """The thin lines of a row: one it stands on, and those under its marks."""
    middle = top + (row.height if row.upright else LANE / 2)
    base = [rule(axis.first, axis.last, middle, LINE, 1)]
    if row.upright:
        base.append(rule(axis.first, axis.last, top, LINE, 1))
    return base + [rule(start, end, middle, ACCENT, 2) for start, end in row.lines]


def _bars(placed: Sequence[tuple[int, Row, Mark]]) -> dict[str, Any]:
    """One trace of every bar: lying, or upright on the foot of its row."""
    if any(row.upright for _, row, _ in placed):
        shape = {
            "x": [(mark.start + (mark.end or 0)) / 2 for _, _, mark in placed],
            "width": [(mark.end or 0) - mark.start for _, _, mark in placed],
            "base": [top + row.height for top, row, _ in placed],
            "y": [-mark.level * row.height for _, row, mark in placed],
        }
    else:
        shape = {
            "orientation": "h",
            "base": [mark.start for _, _, mark in placed],
            "x": [(mark.end or 0) - mark.start for _, _, mark in placed],
            "y": [_middle(top, mark) for top, _, mark in placed],
            "width": [LANE - 4] * len(placed),
        }
    looks = [mark.look for _, _, mark in placed]
    return {
        "type": "bar",
        **shape,
        "marker": {
            "color": [ACCENT if look == "solid" else PAPER for look in looks],
            # Neighbours of one look are told apart by the paper between them.
            "line": {"color": [PAPER if look == "solid" else ACCENT for look in looks], "width": 1},
            "pattern": {
                "shape": [PATTERNS[look] for look in looks],
                "fgcolor": [MUTED if look == "gap" else ACCENT for look in looks],
                "size": 6,
            },
        },
        **_hover(placed),
    }


def _symbols(placed: Sequence[tuple[int, Row, Mark]]) -> dict[str, Any]:
    """One trace of every symbol."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.start for _, _, mark in placed],
        "y": [_middle(top, mark) for top, _, mark in placed],
        "marker": {
            "symbol": [mark.shape for _, _, mark in placed],
            "size": 11,
            "color": ACCENT,
            "line": {"color": ACCENT, "width": 2},
        },
        "cliponaxis": False,
        **_hover(placed),
    }


def _middle(top: int, mark: Mark) -> float:
    return top + LANE * mark.lane + LANE / 2


def _hover(placed: Sequence[tuple[int, Row, Mark]]) -> dict[str, Any]:
    said = ["<br>".join([row.label, *mark.says] if row.label else mark.says) for _, row, mark in placed]
    return {"hovertext": said, "hovertemplate": "%{hovertext}<extra></extra>"}
