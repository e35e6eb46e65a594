"""A grid of dots: rows against columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyguide.charts.chart import Chart
from studyguide.charts.drawing import Axis, Group, Mark, Row, figure
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
    columns = list(dict.fromkeys(cell.column for cell in cells))
    names = list(rows) or list(dict.fromkeys(cell.row for cell in cells))
    dots = Group(
        Axis(-0.5, len(columns) - 0.5, list(enumerate(columns)), names=True),
        [_row(name, columns, [cell for cell in cells if cell.row == name]) for name in names],
    )
    empty = [(row.label, "none sourced", "") for row in dots.rows if not row.marks]
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[dots],
        spec=figure(dots),
        columns=(row_name, column_name, cell_name),
        rows=[(cell.row, cell.column, cell.text) for cell in cells] + empty,
        accent=guide.film.accent_colours,
        sources=render.sources_of(guide, (record for cell in cells for record in cell.records)),
        legend=legend,
    )


def _row(name: str, columns: Sequence[str], cells: Sequence[Cell]) -> Row:
    """The dots of a row. Several cells in one place are one dot that says all of them."""
    marks = []
    for place, column in enumerate(columns):
        here = [cell for cell in cells if cell.column == column]
        if here:
            marks.append(Mark(place, [column, *(cell.text for cell in here)], shape=here[0].shape))
    ends = [mark.start for mark in marks]
    return Row(name, marks, lines=[(ends[0], ends[-1])] if len(ends) > 1 else [])
