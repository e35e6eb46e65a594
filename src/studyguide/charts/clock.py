"""A film on its own clock: stretches on strips, each bar from when it begins to when it ends, and how full each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyguide.charts import axes
from studyguide.charts.chart import Chart
from studyguide.charts.drawing import Group, Mark, Row, figure
from studyguide.guide import Guide, GuideError, Sourced, wording
from studyguide.page import render

# In CSS pixels: how high the bars of `density` stand at most.
HIGH = 120
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
    last = end or axes.whole(max(span.end for span in spans))
    rows = [
        Row(name, [_mark(span.start, span.end, span.text) for span in spans if span.row == name])
        for name in dict.fromkeys(span.row for span in spans)
    ]
    strips = Group(axes.clock(last, start), rows)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[strips],
        spec=figure(strips),
        columns=(row_name, "From", "To", span_name),
        rows=[(span.row, wording.time(span.start), wording.time(span.end), span.text) for span in spans],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for span in spans for record in span.records))
        or render.the_film(guide),
    )


def _mark(start: int, end: int, text: str, level: float = 1.0) -> Mark:
    return Mark(start, [f"{wording.time(start)}–{wording.time(end)}", text], end=end, level=level)


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
    stretches = [(index * every, found) for index, found in enumerate(seconds)]
    # A bar of nothing is none.
    marks = [_mark(start, start + every, f"{found}", found / every) for start, found in stretches if found]
    bars = Group(axes.clock(axes.whole(len(seconds) * every)), [Row(f"{every // 60} minutes", marks, upright=HIGH)])
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[bars],
        spec=figure(bars),
        columns=("From", "To", f"{name}, seconds"),
        rows=[(wording.time(start), wording.time(start + every), f"{found}") for start, found in stretches],
        accent=guide.film.accent_colours,
        sources=render.the_film(guide),
    )


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
