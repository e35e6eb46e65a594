"""A film on its own clock: stretches on strips, each bar from when it begins to when it ends, and how full each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studyguide.charts.chart import ACCENT, LINE, MUTED, PAPER, Chart, layout, note, rule
from studyguide.guide import Guide, GuideError, Sourced, wording
from studyguide.page import render

# In CSS pixels: a strip with its name above it, and the ticks below.
STRIP, BOTTOM = 40, 40
QUARTER = 15 * 60
# In seconds: how far apart the ticks of an axis may be.
TICKS = (30, 60, 2 * 60, 5 * 60, 10 * 60, 30 * 60, 60 * 60)
SOUNDS = "Sounds"
"""The strip of what is heard and no voice."""
HOW = {
    "stage": "on the stage",
    "signed": "signing",
    "tape": "from the tape",
    "phone": "on the telephone",
    "tv": "from a television",
    "sound": "a sound",
    "music": "music",
}
"""How a turn is heard, by its channel; otherwise somebody is speaking."""


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
    start: int = 0,
    end: int | None = None,
) -> Chart:
    """Rows as strips on one true time axis of the film, or of its stretch from `start` to `end`, in seconds.

    Neighbours are told apart by the paper between them.
    """
    if not spans:
        raise GuideError("a chart of the running time without a single stretch; give it spans")
    rows = list(dict.fromkeys(span.row for span in spans))
    last = end or _whole(max(span.end for span in spans))
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
    plan = layout(
        STRIP * len(rows) + BOTTOM,
        margin={"l": 8, "r": 16, "t": 8, "b": BOTTOM},
        barmode="overlay",
        xaxis=_axis(last, start),
        yaxis={"visible": False, "fixedrange": True, "range": [len(rows) - 0.5, -0.8]},
        shapes=[rule(start, last, index, LINE, 1) for index in range(len(rows))],
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


def density(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    seconds: Sequence[int],
    every: int,
    name: str,
) -> Chart:
    """Upright bars along the running time: of each stretch of `every` seconds, how many have what `name` says."""
    if not any(seconds):
        raise GuideError("a chart of how full a film is without a single second; give it seconds")
    last = _whole(len(seconds) * every)
    starts = [index * every for index in range(len(seconds))]
    drawn = [start for start, found in zip(starts, seconds, strict=True) if found]  # a bar of nothing is none
    trace = {
        "type": "bar",
        "x": [start + every / 2 for start in drawn],
        "y": [found for found in seconds if found],
        "width": [every] * len(drawn),
        "marker": {"color": ACCENT, "line": {"color": PAPER, "width": 1}},
        "hovertext": [f"{wording.time(start)}–{wording.time(start + every)}" for start in drawn],
        "hovertemplate": "%{hovertext}<br>%{y} s<extra></extra>",
    }
    full = note(f"{every // 60} minutes", xref="paper", x=0, y=every, yshift=2, yanchor="bottom")
    plan = layout(
        160,
        margin={"l": 8, "r": 16, "t": 24, "b": BOTTOM},
        xaxis=_axis(last),
        yaxis={"visible": False, "fixedrange": True, "range": [0, every]},
        shapes=[rule(0, last, every, LINE, 1)],
        annotations=[full],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": [trace], "layout": plan},
        columns=("From", "To", f"{name}, seconds"),
        rows=[
            (wording.time(start), wording.time(start + every), f"{found}")
            for start, found in zip(starts, seconds, strict=True)
        ],
        accent=guide.film.accent_colours,
        sources=render.the_film(guide),
    )


def _whole(end: int) -> int:
    """The quarter of an hour in which the axis ends."""
    return -(-end // QUARTER) * QUARTER


def _axis(last: int, first: int = 0) -> dict[str, Any]:
    """The film's clock, with at most seven ticks at round times."""
    every = next(step for step in TICKS if (last - first) / step <= 7)
    ticks = [tick for tick in range(0, last + 1, every) if tick >= first]
    length = last - first
    return {
        "range": [first - 0.01 * length, last + 0.01 * length],
        "tickvals": ticks,
        "ticktext": [wording.time(tick).removesuffix(":00" if every >= 30 * 60 else "") for tick in ticks],
        "tickfont": {"size": 11, "color": MUTED},
        "ticks": "outside",
        "tickcolor": MUTED,
        "linecolor": MUTED,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def scene(guide: Guide, chart_id: str, *, title: str, finding: str, start: int, end: int) -> Chart:
    """Who is heard when between two times of the film, in seconds: a strip a voice, by their first word."""
    turns = [turn for turn in guide.turns if turn.start < end and turn.end > start]
    known = {person.id: person.name for person in guide.characters}
    spans = []
    for turn in turns:
        for key in turn.speaker.split("+"):
            other = SOUNDS if key == "none" else f"Another voice: {key.removeprefix('other-')}"
            how = HOW.get(turn.channel, "speaking")
            spans.append(Span(known.get(key, other), max(turn.start, start), min(turn.end, end), how))
    if not spans:
        raise GuideError(f"nobody is heard between {wording.time(start)} and {wording.time(end)}; choose other times")
    # Sounds stand last, under the voices.
    spans.sort(key=lambda span: span.row == SOUNDS)
    return running_time(
        guide,
        chart_id,
        title=title,
        finding=finding,
        spans=spans,
        row_name="Who",
        span_name="How",
        start=start,
        end=end,
    )
