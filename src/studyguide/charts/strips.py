"""Strips of dated marks: one strip a name, marks along time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyguide.charts import axes
from studyguide.charts.chart import Chart
from studyguide.charts.drawing import Group, Mark, Row, figure
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
    """One strip a name, marks along time, and how many there are of each kind.

    `kinds` maps each kind to a symbol, by Plotly's name for it, and its twin in text, as ● or ○. Marks of one kind on
    one day are drawn once. A date known to the month stands on a line as long as its month.
    """
    dates = [mark.date for mark in marks if mark.date]
    if not dates:
        raise GuideError("a chart along time without a single date; show undated marks in a table")
    by_first_date = sorted(marks, key=lambda mark: (last_day(mark.date or "9999"), mark.strip))
    rows = [
        _row(strip, [mark for mark in marks if mark.strip == strip], kinds)
        for strip in dict.fromkeys(mark.strip for mark in by_first_date)
    ]
    drawn = Group(axes.calendar(min(map(first_day, dates)), max(map(last_day, dates))), rows)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[drawn],
        spec=figure(drawn),
        columns=(strip_name, "Date", "What", kind_name),
        rows=[(m.strip, wording.when(m.date) if m.date else "no date found", m.text, m.kind) for m in marks],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for mark in marks for record in mark.records)),
        legend=[(twin, kind) for kind, (_, twin) in kinds.items() if any(mark.kind == kind for mark in marks)],
    )


def _row(strip: str, marks: Sequence[Dated], kinds: Mapping[str, tuple[str, str]]) -> Row:
    """The marks of one strip. Other kinds on a day stand a line lower."""
    stacks: dict[tuple[str, str], list[Dated]] = {}
    for mark in marks:
        if mark.date:
            stacks.setdefault((mark.date, mark.kind), []).append(mark)
    drawn, months = [], []
    for (date, kind), stack in stacks.items():
        first, last = first_day(date).toordinal(), last_day(date).toordinal()
        lane = [other for day, other in stacks if day == date].index(kind)
        says = [wording.when(date), kind, *(mark.text for mark in stack)]
        drawn.append(Mark((first + last) / 2, says, shape=kinds[kind][0], lane=lane))
        if last > first:
            months.append((first, last))
    return Row(strip, drawn, value=_count(marks), lines=months)


def _count(marks: Sequence[Dated]) -> str:
    """How many of each kind, and how many have no date: `won ×9, nominated`."""
    kinds = Counter(mark.kind for mark in marks)
    words = [f"{kind} ×{count}" if count > 1 else kind for kind, count in kinds.items()]
    undated = sum(mark.date is None for mark in marks)
    if undated:
        words.append("no date found" if undated == len(marks) else f"{undated} of these without a date")
    return ", ".join(words)
