"""Stretches of a film on its own clock: one strip a row, a bar from when it begins to when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyguide.charts.chart import ACCENT, LINE, MUTED, PAPER, Chart, layout, note, rule
from studyguide.guide import Guide, GuideError, Sourced, wording
from studyguide.page import render

# In CSS pixels: a strip with its name above it, and the ticks below.
STRIP, BOTTOM = 40, 40
QUARTER = 15 * 60


@dataclass(frozen=True)
class Span:
    """A bar on a strip: from when to when, in seconds of the film, and what it says."""

    row: str
    start: int
    end: int
    text: str
    records: Sequence[Sourced] = ()
    """What answers for it; where no span has any, the film does."""


def running_time(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    spans: Sequence[Span],
    row_name: str,
    span_name: str,
) -> Chart:
    """Rows as strips on one true time axis of the film. Neighbours are told apart by the paper between them."""
    if not spans:
        raise GuideError("a chart of the running time without a single stretch; give it spans")
    rows = list(dict.fromkeys(span.row for span in spans))
    last = -(-max(span.end for span in spans) // QUARTER) * QUARTER
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "base": [span.start for span in spans if span.row == row],
            "x": [span.end - span.start for span in spans if span.row == row],
            "y": [index for span in spans if span.row == row],
            "width": 0.36,
            "marker": {"color": ACCENT, "line": {"color": PAPER, "width": 1}},
            "hovertext": [
                f"{wording.time(span.start)}–{wording.time(span.end)}<br>{span.text}"
                for span in spans
                if span.row == row
            ],
            "hovertemplate": f"{row}<br>%{{hovertext}}<extra></extra>",
        }
        for index, row in enumerate(rows)
    ]
    every = 2 * QUARTER
    ticks = list(range(0, last + 1, every))
    plan = layout(
        STRIP * len(rows) + BOTTOM,
        margin={"l": 8, "r": 16, "t": 8, "b": BOTTOM},
        barmode="overlay",
        xaxis={
            "range": [-0.01 * last, last * 1.01],
            "tickvals": ticks,
            "ticktext": [wording.time(tick).removesuffix(":00") for tick in ticks],
            "tickfont": {"size": 11, "color": MUTED},
            "ticks": "outside",
            "tickcolor": MUTED,
            "linecolor": MUTED,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"visible": False, "fixedrange": True, "range": [len(rows) - 0.5, -0.8]},
        shapes=[rule(0, last, index, LINE, 1) for index in range(len(rows))],
        annotations=[note(row, xref="paper", x=0, y=index, yshift=16) for index, row in enumerate(rows)],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": traces, "layout": plan},
        columns=(row_name, "From", "To", span_name),
        rows=[(span.row, wording.time(span.start), wording.time(span.end), span.text) for span in spans],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for span in spans for record in span.records))
        or render.the_film(guide),
    )
