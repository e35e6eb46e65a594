"""What a class answered: bars of counts, a histogram of stars, and the shift from a first reading to a second."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studyguide.charts.chart import ACCENT, INK, LINE, MUTED, PAPER, WASH, Chart, layout, note, rule
from studyguide.guide import Guide, Interpretation, Item, Sourced, wording
from studyguide.page import render
from studyguide.questions import tallying
from studyguide.questions.tallying import Collected, Part

# In CSS pixels: a line of a label, a bar, and the room under it. Labels stand above their bars: so they fit a phone.
LINE_HEIGHT, BAR, ROOM = 16, 12, 14
# Characters to a line of a label.
WIDE, NARROW = 48, 20
NOBODY = "Nobody has answered this yet."


def bars(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    counts: Sequence[tuple[str, int]],
    n: int,
    name: str,
    records: Iterable[Sourced],
    marked: Sequence[str] = (),
) -> Chart:
    """One bar a label, as long as its count of `n` people. `marked` labels have a tick, and it means they are right."""
    labels = [textwrap.wrap(f"{label} ✓" if label in marked else label, WIDE) or [""] for label, _ in counts]
    tops = [0]
    for lines in labels:
        tops.append(tops[-1] + LINE_HEIGHT * len(lines) + 4 + BAR + ROOM)
    middles = [bottom - ROOM - BAR / 2 for bottom in tops[1:]]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [count for _, count in counts],
        "y": middles,
        "width": [BAR] * len(counts),
        "marker": {"color": ACCENT},
        "hoverinfo": "skip",
    }
    top_left = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top"}
    plan = layout(
        tops[-1] + 16,
        margin={"l": 8, "r": 40, "t": 8, "b": 8},
        xaxis={"visible": False, "fixedrange": True, "range": [0, max(n, 1)]},
        yaxis={"visible": False, "fixedrange": True, "range": [tops[-1], 0]},
        shapes=[rule(0, max(n, 1), middle, LINE, 1) for middle in middles],
        annotations=[
            *(note("<br>".join(lines), y=top, **top_left) for lines, top in zip(labels, tops, strict=False)),
            *(
                note(f"<b>{count}</b>", x=count, y=middle, xshift=4, yanchor="middle")
                for (_, count), middle in zip(counts, middles, strict=True)
            ),
        ],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": [trace], "layout": plan},
        columns=(name, "Count", "Of"),
        rows=[(f"{label} (right)" if label in marked else label, f"{count}", f"{n}") for label, count in counts],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("✓", "right")] if marked else (),
    )


def histogram(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    rounds: Mapping[str, Mapping[str, int]],
    name: str,
    records: Iterable[Sourced],
) -> Chart:
    """Upright bars of counts over a scale, the rounds side by side: the first in outline, the others filled."""
    scale = list(dict.fromkeys(value for counts in rounds.values() for value in counts))
    most = max((count for counts in rounds.values() for count in counts.values()), default=0)
    traces = [
        {
            "type": "bar",
            "name": round_,
            "x": scale,
            "y": [counts.get(value) or None for value in scale],  # a bar of nothing would still be a line
            "marker": {"color": PAPER if index == 0 else ACCENT, "line": {"color": ACCENT, "width": 1.5}},
            "hovertemplate": f"%{{x}}, {round_}: %{{y}}<extra></extra>",
        }
        for index, (round_, counts) in enumerate(rounds.items())
    ]
    small = {"size": 11, "color": MUTED}
    plan = layout(
        200,
        margin={"l": 8, "r": 16, "t": 16, "b": 36},
        bargap=0.25,
        barmode="group",
        xaxis={"type": "category", "fixedrange": True, "showgrid": False, "tickangle": 0, "tickfont": small},
        yaxis={
            "fixedrange": True,
            "range": [0, max(most, 1) * 1.1],
            "tickformat": "d",
            "nticks": min(most, 5) + 1,
            "gridcolor": LINE,
            "zerolinecolor": MUTED,
            "tickfont": small,
            "automargin": True,
        },
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": traces, "layout": plan},
        columns=(name, *(round_.capitalize() for round_ in rounds)),
        rows=[(value, *(f"{counts.get(value, 0)}" for counts in rounds.values())) for value in scale],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("□" if index == 0 else "■", round_) for index, round_ in enumerate(rounds)],
    )


def shift(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    names: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    records: Iterable[Sourced],
) -> Chart:
    """Who went from which first choice (a row) to which second one (a column), with the number of people as text.

    On the diagonal stands who stayed. `names` gives each choice's label; rows and columns share its letters.
    """
    ids = list(names)
    letters = dict(zip(ids, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False))
    spots = [(first, second, counts[first][second]) for first in ids for second in ids if counts[first][second]]
    stayed = [first == second for first, second, _ in spots]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [ids.index(second) for _, second, _ in spots],
        "y": [ids.index(first) for first, _, _ in spots],
        "marker": {
            "symbol": "square",
            "size": 26,
            "color": [WASH if same else ACCENT for same in stayed],
            "line": {"color": [MUTED if same else ACCENT for same in stayed], "width": 1},
        },
        "text": [f"{count}" for _, _, count in spots],
        "textfont": {"size": 12, "color": [INK if same else PAPER for same in stayed]},
        "hovertext": [_move(names, spot) for spot in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    edge = len(ids) - 0.5
    axis: dict[str, Any] = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": INK},
    }
    places = {"tickvals": list(range(len(ids)))}
    plan = layout(
        40 * len(ids) + 60,
        margin={"l": 8, "r": 8, "t": 52, "b": 8},
        xaxis=axis | places | {"side": "top", "ticktext": list(letters.values()), "range": [-0.5, edge]},
        yaxis=axis
        | places
        | {
            "ticktext": [_row_label(letters[one], names[one]) for one in ids],
            "range": [edge, -0.5],
            "automargin": True,
        },
        shapes=[rule(-0.5, edge, index, LINE, 1) for index in range(len(ids))],
        annotations=[
            note("first ↓", x=-0.5, xanchor="right", **_above(22)),
            note("second →", x=-0.3, xanchor="left", **_above(22)),
        ],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": [trace], "layout": plan},
        columns=("First", "Second", "Count"),
        rows=[(names[first], names[second], f"{count}") for first, second, count in spots]
        or [("nobody", "nobody", "0")],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("▢", "stayed with the first choice"), ("■", "changed: row to column")],
    )


def _above(pixels: int) -> dict[str, Any]:
    """Where a note stands that many pixels above the drawing."""
    return {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": pixels, "font": {"size": 11, "color": MUTED}}


def _row_label(letter: str, name: str) -> str:
    return f"<b>{letter}</b>  " + "<br>".join(textwrap.wrap(name, NARROW))


def _move(names: Mapping[str, str], spot: tuple[str, str, int]) -> str:
    first, second, count = spot
    way = f"stayed with {names[first]}" if first == second else f"from {names[first]}<br>to {names[second]}"
    return f"{count} {way}"


def tallies(collected: Collected, activity: str, item_id: str) -> list[Chart]:
    """Every chart of what a class answered to an item; none of text, whose answers are to be read."""
    item = collected.guide.items[item_id]
    found = tallying.parts(collected.guide, item)
    if len(found) > 1 and all(part.keys for part in found):
        return [_of_right_parts(collected, activity, item, found)]
    charts = []
    for part in found:
        twins = [other for other in found if other.name == part.name]
        if part is not twins[0]:  # its other round stands in the same chart
            continue
        if part.kind == "number":
            charts.append(_of_numbers(collected, activity, item, twins))
        elif len(twins) > 1 and not part.numeric:
            charts.append(_of_moves(collected, activity, item, part))
        elif not part.numeric:
            charts.append(_of_options(collected, activity, item, part))
    return charts


def _of_options(collected: Collected, activity: str, item: Item, part: Part) -> Chart:
    n = len(collected.responses(activity, item.id))
    counted = collected.counts(activity, item.id)[part.key]
    most = max(counted.values())
    top = [part.answers[answer] for answer, count in counted.items() if count == most]
    finding = f"Chosen most: {'; '.join(f'“{text}”' for text in top)} ({most} of {n})."
    if len(part.keys) == 1:
        [key] = part.keys
        finding = f"{counted[key]} of {n} chose “{part.answers[key]}”, which is right."
    return bars(
        collected.guide,
        _chart_id(activity, item.id, part.name),
        title=part.label,
        finding=finding if most else NOBODY,
        counts=[(text, counted[answer]) for answer, text in part.answers.items()],
        n=n,
        name="Answer",
        records=_records(collected.guide, item),
        marked=[part.answers[answer] for answer in part.answers if answer in part.keys],
    )


def _of_right_parts(collected: Collected, activity: str, item: Item, found: Sequence[Part]) -> Chart:
    n = len(collected.responses(activity, item.id))
    counted = collected.counts(activity, item.id)
    right = [(part.label, sum(counted[part.key][answer] for answer in part.keys)) for part in found]
    least = min(count for _, count in right)
    hard = [label for label, count in right if count == least]
    return bars(
        collected.guide,
        _chart_id(activity, item.id),
        title=f"{wording.plain(item.stem)} How many were right",
        finding=f"Right least often: {'; '.join(f'“{text}”' for text in hard)} ({least} of {n})." if n else NOBODY,
        counts=right,
        n=n,
        name="Part",
        records=_records(collected.guide, item),
    )


def _of_numbers(collected: Collected, activity: str, item: Item, rounds: Sequence[Part]) -> Chart:
    ratings = collected.ratings(activity, item.id)
    counted = collected.counts(activity, item.id)
    first = rounds[0]
    return histogram(
        collected.guide,
        _chart_id(activity, item.id, first.name),
        title=first.label.removesuffix(f", {first.round}"),
        finding=" ".join(f"{(part.round or 'All').capitalize()}: {ratings[part.key]}." for part in rounds),
        rounds={part.round or "all": counted[part.key] for part in rounds},
        name="Stars",
        records=_records(collected.guide, item),
    )


def _of_moves(collected: Collected, activity: str, item: Item, first: Part) -> Chart:
    moves = collected.shift(activity, item.id)
    return shift(
        collected.guide,
        _chart_id(activity, item.id, "shift"),
        title=f"From the first {first.name} to the second",
        finding=tallying.changed(moves),
        names=first.answers,
        counts=moves,
        records=_records(collected.guide, item),
    )


def _records(guide: Guide, item: Item) -> list[Sourced]:
    """Who answers for what the chart names: the item, its readings, or for a rating the film itself."""
    if isinstance(item, Interpretation):
        return [guide.readings[reading] for reading in item.readings]
    return [item] if isinstance(item, Sourced) else [guide.film]


def _chart_id(*names: str) -> str:
    return "-".join(("tally", *names))


__all__ = ["bars", "histogram", "shift", "tallies"]
