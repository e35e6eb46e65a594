"""Panels of figures on one time axis, with gaps, events and a band for what has no date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from studyguide.charts.chart import Chart
from studyguide.charts.drawing import PATTERNS, Axis, Group, Look, Mark, Row
from studyguide.charts.layout import ACCENT, LINE, MUTED, PAPER, WASH, layout, note
from studyguide.guide import MONEY, Amount, Event, Guide, GuideError, first_day, wording
from studyguide.page import render

# How a figure is drawn by its status: the look of a bar, its twin in text, and Plotly's symbol for a dot.
STATUS: dict[str, tuple[Look, str, str]] = {
    "reported": ("solid", "■", "circle"),
    "derived": ("crossed", "▩", "diamond-open"),
    "disputed": ("striped", "▨", "circle-open"),
    "doubtful": ("lined", "▤", "x-thin-open"),
}
STATUS_WORDS = {
    "reported": "as reported",
    "derived": "derived from reported figures",
    "disputed": "disputed: another source has another figure",
    "doubtful": "doubtful: it does not fit the other figures",
}
SMALL = {"size": 11, "color": MUTED}
# In CSS pixels: room for letters and the first title, and between two panels.
TOP, GAP, BOTTOM = 62, 44, 44
# Shares of the width: the time axis, and the band of what has no date.
TIME, BAND = (0.0, 0.7), (0.75, 1.0)
DAY_MS = 24 * 3600 * 1000
"""A day in milliseconds, the unit of widths on Plotly's date axis."""


@dataclass(frozen=True)
class Panel:
    """One measure in one unit, on an axis of its own."""

    title: str
    figures: Sequence[Amount]
    height: int = 150
    """In CSS pixels."""
    levels: Sequence[tuple[int, str]] = ()
    """Values to compare with, each with its label."""


@dataclass(frozen=True)
class _Place:
    """Where a panel stands: its number from 1, and its lower and upper edge as shares of the height."""

    panel: Panel
    number: int
    lower: float
    upper: float

    @property
    def axis(self) -> str:
        return "y" if self.number == 1 else f"y{self.number}"


def panels(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    panels: Sequence[Panel],
    events: Sequence[Event] = (),
    gaps: Sequence[tuple[dt.date, dt.date]] = (),
    gap_label: str = "no figure found",
) -> Chart:
    """Figures of several measures, one panel a measure; nothing joins them where no source does.

    In the picture time runs down: each figure is a bar with its date and number in words, and events and `gaps`,
    stretches for which no source has a figure, stand where they belong between the dates. Plotly's figure has a time
    axis: a figure with a start is a bar over its days, and two for the same days share them; one without is a dot at
    its day; an undated one stands in a band of its own, off the axis.
    """
    figures = [figure for panel in panels for figure in panel.figures]
    lettered = [(chr(ord("a") + index), event) for index, event in enumerate(events)]
    places = list(_places(panels))
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[_group(panel, lettered, gaps, gap_label) for panel in panels],
        spec={
            "data": [trace for place in places for trace in _traces(place)],
            "layout": _layout(places, figures, lettered, gaps, gap_label),
        },
        columns=("Measure", "Place", "Period", "Date", "Value", "Status"),
        rows=[
            *(
                (panel.title, f.territory, f.period or "", wording.amount_date(f), wording.amount_value(f), f.status)
                for panel in panels
                for f in panel.figures
            ),
            *((gap_label, "", "", wording.span(start, end), "", "") for start, end in gaps),
            *(("event", "", event.label, wording.when(event.date), "", "") for event in events),
        ],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, [*figures, *events]),
        legend=[
            *((STATUS[status][1], STATUS_WORDS[status]) for status in STATUS if status in {f.status for f in figures}),
            *([("░", gap_label)] if gaps else []),
            *((letter, f"{event.label}, {wording.when(event.date)}") for letter, event in lettered),
        ],
    )


def _group(
    panel: Panel, events: Sequence[tuple[str, Event]], gaps: Sequence[tuple[dt.date, dt.date]], gap_label: str
) -> Group:
    """A panel as rows in the order of their dates, the undated last; of events and gaps those that lie between."""
    most = max([figure.value for figure in panel.figures] + [value for value, _ in panel.levels])
    places = {figure.territory for figure in panel.figures}
    dated = [(figure.end, 0, _figure_row(figure, len(places) > 1)) for figure in panel.figures if figure.end]
    between = [
        (start, 1, Row(wording.span(start, end), [Mark(0, [gap_label], end=most, look="gap")], value=gap_label))
        for start, end in gaps
    ]
    between += [
        (first_day(event.date), 2, Row(f"{letter} · {event.label}, {wording.when(event.date)}", aside=True))
        for letter, event in events
    ]
    days = [day for day, _, _ in dated]
    dated += [one for one in between if days and min(days) < one[0] < max(days)]
    return Group(
        Axis(0, most),
        [
            *(row for _, _, row in sorted(dated, key=lambda one: one[:2])),
            *(_figure_row(figure, len(places) > 1) for figure in panel.figures if figure.end is None),
            *(Row(label, [Mark(0, [label], end=value, look="open")]) for value, label in panel.levels),
        ],
        heading=panel.title,
    )


def _figure_row(figure: Amount, with_place: bool) -> Row:
    place = figure.territory if with_place else ""
    label = ", ".join(part for part in (place, figure.period, wording.amount_date(figure)) if part)
    value = wording.amount_value(figure)
    mark = Mark(0, _says(figure), end=figure.value, look=STATUS[figure.status][0])
    return Row(label, [mark], value=value)


def _says(figure: Amount) -> list[str]:
    lines = [figure.period or figure.territory, wording.amount_date(figure), wording.amount_value(figure)]
    return lines if figure.status == "reported" else [*lines, figure.status]


def _places(panels: Sequence[Panel]) -> Iterator[_Place]:
    area = sum(panel.height + GAP for panel in panels) - GAP
    top = 0
    for number, panel in enumerate(panels, start=1):
        yield _Place(panel, number, max(0.0, 1 - (top + panel.height) / area), 1 - top / area)
        top += panel.height + GAP


def _layout(
    places: Sequence[_Place],
    figures: Sequence[Amount],
    events: Sequence[tuple[str, Event]],
    gaps: Sequence[tuple[dt.date, dt.date]],
    gap_label: str,
) -> dict[str, Any]:
    has_band = any(figure.end is None for figure in figures)
    days = [day for figure in figures for day in (figure.start, figure.end) if day]
    days += [first_day(event.date) for _, event in events] + [day for gap in gaps for day in gap]
    if not days:
        raise GuideError("a chart along time without a single date; show undated figures in a table")
    height = TOP + BOTTOM + sum(place.panel.height + GAP for place in places) - GAP
    base = layout(height, margin={"l": 8, "r": 18, "t": TOP, "b": BOTTOM}, barmode="overlay")
    base["xaxis"] = _time_axis(min(days), max(days)) | {
        "anchor": places[-1].axis,
        "domain": TIME if has_band else (0, 1),
    }
    if has_band:
        base["xaxis2"] = {"domain": BAND, "range": [0, 1], "visible": False, "fixedrange": True}
        base["shapes"].append(_rectangle(0.0, 1.0, xref="paper", x0=BAND[0], x1=BAND[1]))
        middle = sum(BAND) / 2
        base["annotations"].append(_label("undated", xref="paper", x=middle, y=0, yanchor="top", yshift=-6))
    edge = TIME[1] if has_band else 1
    for place in places:
        axis = f"yaxis{place.axis[1:]}"
        base[axis] = _value_axis(place)
        heading = f"<b>{place.panel.title}</b>"
        base["annotations"].append(
            note(heading, xref="paper", x=0, yref="paper", y=place.upper, yanchor="bottom", yshift=5)
        )
        for value, label in place.panel.levels:
            base["shapes"].append(_line(x0=0, x1=1, xref="paper", y0=value, y1=value, yref=place.axis, dash="dash"))
            base["annotations"].append(
                note(
                    label, xref="paper", x=edge, xanchor="right", yref=place.axis, y=value, yanchor="bottom", font=SMALL
                )
            )
        base["shapes"] += [
            _rectangle(
                place.lower, place.upper, x0=start.isoformat(), x1=(end + dt.timedelta(1)).isoformat(), dash="dot"
            )
            for start, end in gaps
        ]
    _add_events(base, events)
    _add_gap_label(base, places, gaps, gap_label)
    return base


def _add_events(base: dict[str, Any], events: Sequence[tuple[str, Event]]) -> None:
    """A line through all panels at each event, with its letter above."""
    for letter, event in events:
        day = first_day(event.date).isoformat()
        base["shapes"].append(_line(x0=day, x1=day, y0=0, y1=1, yref="paper", dash="dot"))
        base["annotations"].append(_label(f"<b>{letter}</b>", x=day, y=1, yanchor="bottom", yshift=28))


def _add_gap_label(
    base: dict[str, Any], places: Sequence[_Place], gaps: Sequence[tuple[dt.date, dt.date]], label: str
) -> None:
    """What the longest gap means, in each panel."""
    if not gaps:
        return
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    middle_day = (start + (end - start) / 2).isoformat()
    for place in places:
        middle = (place.lower + place.upper) / 2
        base["annotations"].append(_label(label.replace(" ", "<br>"), x=middle_day, y=middle, yanchor="middle"))


def _time_axis(first: dt.date, last: dt.date) -> dict[str, Any]:
    """Plotly's date axis with a little room at both ends, and ticks by month or quarter."""
    pad = max((last - first) * 0.04, dt.timedelta(days=4))
    return {
        "type": "date",
        "range": [(first - pad).isoformat(), (last + pad).isoformat()],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
        "tickfont": SMALL,
        "tickformat": "%b\n%Y",
        "tick0": "2000-01-01",
        "dtick": "M1" if last - first < dt.timedelta(days=130) else "M3",
    }


def _label(text: str, **where: Any) -> dict[str, Any]:
    return note(text, yref="paper", xanchor="center", align="center", font=SMALL, **where)


def _line(dash: str, **where: Any) -> dict[str, Any]:
    return {"type": "line", "line": {"color": MUTED, "width": 1, "dash": dash}, "layer": "below", **where}


def _rectangle(lower: float, upper: float, dash: str = "", **where: Any) -> dict[str, Any]:
    edge = {"color": MUTED, "width": 1, "dash": dash} if dash else {"width": 0}
    area = {"type": "rect", "yref": "paper", "y0": lower, "y1": upper, "fillcolor": WASH, "layer": "below"}
    return area | {"line": edge} | where


def _value_axis(place: _Place) -> dict[str, Any]:
    """From nothing to a little above the largest value, at round steps written as the labels are."""
    figures = place.panel.figures
    most = max([f.value for f in figures] + [value for value, _ in place.panel.levels])
    currency = figures[0].currency if figures[0].measure in MONEY else None
    step = next(size * 10**power for power in range(15) for size in (1, 2, 5) if most / (size * 10**power) <= 4)
    ticks = range(0, most + step, step)
    return {
        "domain": [place.lower, place.upper],
        "range": [0, most * 1.22],
        "tickvals": list(ticks),
        "ticktext": [wording.short(tick, currency) for tick in ticks],
        "showgrid": True,
        "gridcolor": LINE,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "fixedrange": True,
        "tickfont": SMALL,
        "automargin": True,
    }


def _traces(place: _Place) -> Iterator[dict[str, Any]]:
    """One trace a figure: each has a pattern or symbol of its own. Its words come with the pointer."""
    undated = [figure for figure in place.panel.figures if figure.end is None]
    for figure in place.panel.figures:
        if figure in undated:
            drawn = _dot(figure, {"x": [(undated.index(figure) + 0.5) / len(undated)], "xaxis": "x2"})
        elif figure.start:
            drawn = _bar(place.panel, figure)
        else:
            drawn = _dot(figure, {"x": [figure.end.isoformat() if figure.end else ""]})
        yield drawn | {
            "yaxis": place.axis,
            "hovertext": ["<br>".join(_says(figure))],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }


def _bar(panel: Panel, figure: Amount) -> dict[str, Any]:
    """A bar over the figure's days, at least five days wide; figures for the same days stand side by side."""
    assert figure.start and figure.end
    twins = [f for f in panel.figures if f.start and f.end and f.start <= figure.end and figure.start <= f.end]
    days = (figure.end - figure.start).days + 1
    width = max(days, 5) * DAY_MS / len(twins)
    middle = dt.datetime.combine(figure.start, dt.time()) + dt.timedelta(days=days / 2)
    offset = (twins.index(figure) - (len(twins) - 1) / 2) * width
    look = STATUS[figure.status][0]
    colour = ACCENT if look == "solid" else PAPER
    return {
        "type": "bar",
        "x": [(middle + dt.timedelta(milliseconds=offset)).isoformat()],
        "y": [figure.value],
        "width": [width * 0.86],
        "marker": {
            "color": colour,
            "line": {"color": ACCENT, "width": 1.5},
            "pattern": {"shape": PATTERNS[look], "fgcolor": ACCENT, "bgcolor": colour, "size": 6},
        },
    }


def _dot(figure: Amount, place: dict[str, Any]) -> dict[str, Any]:
    """A dot at its day; a triangle where the source gives only a limit."""
    symbol = STATUS[figure.status][2]
    if figure.status == "reported" and figure.bound in {"over", "under"}:
        symbol = "triangle-up" if figure.bound == "over" else "triangle-down"
    return {
        "type": "scatter",
        "mode": "markers",
        "y": [figure.value],
        "marker": {"symbol": symbol, "size": 9, "color": ACCENT, "line": {"color": ACCENT, "width": 2}},
    } | place
