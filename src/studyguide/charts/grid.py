"""A grid of dots: rows against columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyguide.charts.chart import ACCENT, INK, LINE, Chart, layout, rule
from studyguide.guide import Guide, Sourced
from studyguide.page import render


@dataclass(frozen=True)
class Cell:
    """A dot in a grid: which row and column, what it says, and who answers for it."""

    row: str
    column: str
    text: str
    records: Sequence[Sourced]
    shape: str = "circle"


def grid(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    cells: Sequence[Cell],
    row_name: str,
    column_name: str,
    cell_name: str,
    rows: Sequence[str] = (),
    legend: Sequence[tuple[str, str]] = (),
) -> Chart:
    """Rows against columns, a dot where they meet; a row with several dots has a line through them.

    `rows` may name rows that have no dot: they stay visibly empty. Columns stand in order of first mention.
    """
    row_names = list(rows) or list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    spots = {(cell.row, cell.column): cell for cell in cells}
    shapes = []
    for index, row in enumerate(row_names):
        across = [columns.index(cell.column) for cell in spots.values() if cell.row == row]
        shapes.append(rule(-0.5, len(columns) - 0.5, index, LINE, 1))
        if len(across) > 1:
            shapes.append(rule(min(across), max(across), index, ACCENT, 2))
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [columns.index(column) for _, column in spots],
        "y": [row_names.index(row) for row, _ in spots],
        "marker": {
            "symbol": [cell.shape for cell in spots.values()],
            "size": 11,
            "color": ACCENT,
            "line": {"color": ACCENT, "width": 2},
        },
        "text": [f"{cell.row}<br>{cell.column}: {cell.text}" for cell in spots.values()],
        "hovertemplate": "%{text}<extra></extra>",
    }
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": {"size": 12, "color": INK}}
    head = 14 + 6 * max(map(len, columns))
    plan = layout(
        head + 24 * len(row_names) + 16,
        margin={"l": 8, "r": 40, "t": head, "b": 8},
        xaxis=axis
        | {
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": columns,
            "tickangle": -50,
            "range": [-0.5, len(columns) - 0.5],
        },
        yaxis=axis
        | {
            "tickvals": list(range(len(row_names))),
            "ticktext": row_names,
            "range": [len(row_names) - 0.5, -0.6],
            "automargin": True,
        },
        shapes=shapes,
    )
    empty = [(row, "none sourced", "") for row in row_names if row not in {cell.row for cell in cells}]
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": [trace], "layout": plan},
        columns=(row_name, column_name, cell_name),
        rows=[(cell.row, cell.column, cell.text) for cell in cells] + empty,
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for cell in cells for record in cell.records)),
        legend=legend,
    )
