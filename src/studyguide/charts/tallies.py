"""What a class answered: bars of counts, a histogram of stars, and the shift from a first reading to a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from studyguide.charts.chart import Chart
from studyguide.charts.drawing import Axis, Group, Look, Mark, Row, figure
from studyguide.guide import Guide, Interpretation, Item, Sourced, wording
from studyguide.page import render
from studyguide.questions import tallying
from studyguide.questions.tallying import Collected, Part

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
    drawn = Group(
        Axis(0, max(n, 1)),
        [
            Row(f"{label} ✓" if label in marked else label, _bar(count, f"{count} of {n}"), value=f"{count}")
            for label, count in counts
        ],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[drawn],
        spec=figure(drawn),
        columns=(name, "Count", "Of"),
        rows=[(f"{label} (right)" if label in marked else label, f"{count}", f"{n}") for label, count in counts],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("✓", "right")] if marked else (),
    )


def _bar(count: int, says: str, look: Look = "solid", lane: int = 0) -> list[Mark]:
    """A bar of a count; of nobody there is none."""
    return [Mark(0, [says], end=count, look=look, lane=lane)] if count else []


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
    """Bars of counts over a scale, the rounds one under the other: the first in outline, the others filled."""
    scale = list(dict.fromkeys(value for counts in rounds.values() for value in counts))
    most = max((count for counts in rounds.values() for count in counts.values()), default=0)
    rows = []
    for value in scale:
        found = {round_: counts.get(value, 0) for round_, counts in rounds.items()}
        marks = [
            mark
            for lane, (round_, count) in enumerate(found.items())
            for mark in _bar(count, f"{round_}: {count}", "solid" if lane else "open", lane)
        ]
        rows.append(Row(value, marks, value=", ".join(f"{round_} {count}" for round_, count in found.items())))
    drawn = Group(Axis(0, max(most, 1)), rows)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[drawn],
        spec=figure(drawn),
        columns=(name, *(round_.capitalize() for round_ in rounds)),
        rows=[(value, *(f"{counts.get(value, 0)}" for counts in rounds.values())) for value in scale],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("■" if index else "□", round_) for index, round_ in enumerate(rounds)],
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
    """How many went from which first choice to which second one: filled who changed, in outline who stayed."""
    moves = [(first, second, counts[first][second]) for first in names for second in names if counts[first][second]]
    most = max((count for _, _, count in moves), default=1)
    rows = [
        Row(_move(names, first, second), _bar(count, f"{count}", _look(first, second)), value=f"{count}")
        for first, second, count in moves
    ]
    drawn = Group(Axis(0, most), rows or [Row("nobody", value="0")])
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[drawn],
        spec=figure(drawn),
        columns=("First", "Second", "Count"),
        rows=[(names[first], names[second], f"{count}") for first, second, count in moves]
        or [("nobody", "nobody", "0")],
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, records),
        legend=[("□", "stayed with the first choice"), ("■", "changed")],
    )


def _look(first: str, second: str) -> Look:
    return "open" if first == second else "solid"


def _move(names: Mapping[str, str], first: str, second: str) -> str:
    return f"{names[first]}, as before" if first == second else f"{names[first]} → {names[second]}"


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
