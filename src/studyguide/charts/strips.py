"""Strips of dated marks: one strip a name, marks along time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studyguide.charts.chart import ACCENT, DAY_MS, INK, LINE, Chart, layout, note, rule, time_axis
from studyguide.guide import Guide, GuideError, Sourced, first_day, last_day, wording
from studyguide.page import render


@dataclass(frozen=True)
class Dated:
    """A mark on a strip: which strip, when, what kind, and what it says. `date` None: the date was not found."""

    strip: str
    date: str | None
    kind: str
    text: str
    records: Sequence[Sourced]


def strips(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    marks: Sequence[Dated],
    kinds: Mapping[str, tuple[str, str]],
    strip_name: str,
    kind_name: str,
) -> Chart:
    """One strip a name, marks along time. `kinds` maps each kind to a Plotly symbol and its twin in text, as ● or ○.

    Marks of one kind on one day are drawn once, with their number. A date known to the month is drawn as its month.
    """
    by_first_date = sorted(marks, key=lambda mark: (last_day(mark.date or "9999"), mark.strip))
    names = list(dict.fromkeys(mark.strip for mark in by_first_date))
    stacks: dict[tuple[str, str, str], list[Dated]] = {}
    for mark in marks:
        if mark.date:
            stacks.setdefault((mark.strip, mark.date, mark.kind), []).append(mark)
    if not stacks:
        raise GuideError("a chart along time without a single date; show undated marks in a table")
    points = [_stack(names, list(stacks), key, stack, kinds) for key, stack in stacks.items()]
    undated = {mark.strip for mark in marks if mark.date is None}
    dated = {strip for strip, _, _ in stacks}
    plan = layout(
        38 * len(names) + 64,
        margin={"l": 8, "r": 16, "t": 8, "b": 44},
        xaxis=time_axis(min(first_day(d) for _, d, _ in stacks), max(last_day(d) for _, d, _ in stacks)),
        yaxis={"visible": False, "fixedrange": True, "range": [len(names) - 0.4, -0.75]},
        shapes=[rule(0, 1, index, LINE, 1) | {"xref": "paper"} for index in range(len(names))],
        annotations=[
            note(_strip_label(name, name in dated, name in undated), xref="paper", x=0, y=index, yshift=13)
            for index, name in enumerate(names)
        ],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": points, "layout": plan},
        columns=(strip_name, "Date", "What", kind_name),
        rows=[(m.strip, wording.when(m.date) if m.date else "no date found", m.text, m.kind) for m in marks],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for mark in marks for record in mark.records)),
        legend=[(twin, kind) for kind, (_, twin) in kinds.items() if any(mark.kind == kind for mark in marks)],
    )


def _strip_label(name: str, dated: bool, undated: bool) -> str:
    if not undated:
        return name
    return f"{name} <i>({'one more without a date' if dated else 'no date found'})</i>"


def _stack(
    names: list[str],
    keys: list[tuple[str, str, str]],
    key: tuple[str, str, str],
    stack: list[Dated],
    kinds: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    """The trace of the marks that share strip, day and kind. Other kinds on that day stand a little lower."""
    strip, date, kind = key
    first, last = first_day(date), last_day(date)
    level = [other[2] for other in keys if other[:2] == key[:2]].index(kind)
    middle = first + (last - first) / 2
    symbol = kinds[kind][0]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [middle.isoformat()],
        "y": [names.index(strip) + 0.24 * level],
        "marker": {"symbol": symbol, "size": 10, "color": ACCENT, "line": {"color": ACCENT, "width": 2}},
        "text": [f"{len(stack)}" if len(stack) > 1 else ""],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "hovertext": [f"{wording.when(date)}, {kind}<br>" + "<br>".join(mark.text for mark in stack)],
        "hovertemplate": f"{strip}<br>%{{hovertext}}<extra></extra>",
        "cliponaxis": False,
    }
    if last > first:
        half = (last - first).days / 2 * DAY_MS
        trace["error_x"] = {
            "type": "constant",
            "visible": True,
            "value": half,
            "color": ACCENT,
            "thickness": 2,
            "width": 4,
        }
    return trace
