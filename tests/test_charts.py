"""Charts: refused without what a reader needs, ordinary in Jupyter, complete in the book."""

from __future__ import annotations

import dataclasses
import json
import re

import plotly.graph_objects as go
import pytest
from reading import ChartOnPage, Piece

from studyguide import charts
from studyguide.charts.drawing import Axis, Mark
from studyguide.guide import Guide, GuideError
from studyguide.page import render

SHAPES = {"won": ("circle", "●"), "nominated": ("circle-open", "○")}


@pytest.fixture
def of_figures(tiny: Guide) -> charts.Chart:
    panel = charts.Panel("All figures", [f for f in tiny.box_office if f.currency == tiny.box_office[0].currency])
    return charts.panels(tiny, "all", title="All", finding="It earned something.", panels=[panel], events=tiny.events)


@pytest.fixture
def of_awards(tiny: Guide) -> charts.Chart:
    marks = [charts.Dated(a.body, a.date, a.result, a.category, [a]) for a in tiny.awards]
    kinds = {mark.kind: ("circle", "●") for mark in marks}
    return charts.strips(tiny, "awards", title="Awards", finding="It won.", marks=marks, kinds=kinds,
                         strip_name="Body", kind_name="Result")  # fmt: skip


@pytest.fixture
def of_credits(tiny: Guide) -> charts.Chart:
    cells = [charts.Cell(tiny.people[c.person].name, c.department, c.job, [c]) for c in tiny.credits]
    rows = [*dict.fromkeys(cell.row for cell in cells), "Nobody"]
    return charts.grid(tiny, "credits", title="Credits", finding="One person did much.", cells=cells,
                       row_name="Person", column_name="Department", cell_name="Job", rows=rows)  # fmt: skip


@pytest.mark.parametrize("missing", ["title", "finding", "columns", "rows", "sources"])
def test_a_chart_without_what_a_reader_needs_is_refused(of_awards: charts.Chart, missing: str) -> None:
    with pytest.raises(GuideError, match=f"no {missing}"):
        dataclasses.replace(of_awards, **{missing: type(getattr(of_awards, missing))()})


@pytest.mark.parametrize("kind", ["of_figures", "of_awards", "of_credits"])
def test_every_kind_is_an_ordinary_plotly_figure(kind: str, request: pytest.FixtureRequest) -> None:
    chart: charts.Chart = request.getfixturevalue(kind)
    assert isinstance(chart.figure, go.Figure)
    assert len(chart.figure.data) == len(chart.spec["data"]) > 0
    assert "var(" not in chart.figure.to_json(), "Jupyter knows no CSS variables of ours"


@pytest.mark.parametrize("kind", ["of_figures", "of_awards", "of_credits"])
def test_the_book_gets_title_finding_table_and_sources(kind: str, request: pytest.FixtureRequest) -> None:
    chart: charts.Chart = request.getfixturevalue(kind)
    html = chart.html()
    assert chart.title in html and chart.finding in html
    assert html.count("<tr>") == len(chart.rows) + 1
    for source in chart.sources:
        assert source.publisher in html or source.title in html
    embedded = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S)
    assert embedded and json.loads(embedded[1]) == json.loads(json.dumps(chart.spec))


# --- picture, figure and table say the same ---------------------------------------------------------------------------


def every(charts: dict[str, dict[str, charts.Chart]]) -> list[tuple[charts.Chart, ChartOnPage]]:
    """Each chart of the book, with what a reader gets of it."""
    found = [chart for of_chapter in charts.values() for chart in of_chapter.values()]
    return [(chart, Piece(chart.html()).charts[f"chart-{chart.id}"]) for chart in found]


def said(text: str) -> str:
    """Words without markup and breaks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_picture_has_every_name_and_value_and_the_figure_the_same(
    charts: dict[str, dict[str, charts.Chart]],
) -> None:
    for chart, shown in every(charts):
        columns = [name for group in chart.drawing if group.axis.names for _, name in group.axis.ticks]
        rows = [row for group in chart.drawing for row in group.rows]
        headings = [group.heading for group in chart.drawing if group.heading]
        assert sorted(shown.names) == sorted([*columns, *(row.label for row in rows), *headings]), chart.id
        assert shown.values == [row.value for row in rows if row.value], chart.id

        layout = chart.figure.layout
        notes = {said(note.text) for note in layout.annotations}
        hovers = {said(text) for trace in chart.figure.data for text in trace.hovertext}
        if len(chart.drawing) > 1:  # along time: its words come with the pointer
            assert {*headings} <= notes
            figures = [row for row in rows if row.marks and row.marks[0].look not in {"gap", "open"}]
            for row in figures:
                assert any(row.value in hover for hover in hovers), (chart.id, row.label)
        else:
            assert {said(f"{row.label} {row.value}") for row in rows} == notes, chart.id
            assert [said(text) for text in layout.xaxis.ticktext or ()] == [
                " ".join(name.split()) for group in chart.drawing for _, name in group.axis.ticks
            ], chart.id


def test_every_mark_has_its_place_in_the_picture_and_in_the_figure(charts: dict[str, dict[str, charts.Chart]]) -> None:
    for chart, shown in every(charts):
        marks = [(group.axis, row, mark) for group in chart.drawing for row in group.rows for mark in row.marks]
        assert [one.says for one in shown.marks] == ["\n".join(mark.says) for _, _, mark in marks], chart.id
        for (axis, _, mark), there in zip(marks, shown.marks, strict=True):
            length = axis.last - axis.first
            assert axis.first + there.x / 100 * length == pytest.approx(mark.start, abs=length / 5000), chart.id
            if mark.end is not None:
                assert there.width / 100 * length == pytest.approx(mark.end - mark.start, abs=length / 5000)
        places = sorted(spots(chart))
        if len(chart.drawing) > 1:
            drawn = [mark.end for _, _, mark in marks if mark.look not in {"gap", "open"}]
            assert [value for _, value in places] == sorted(drawn), chart.id
        else:
            ends = sorted((mark.start, mark.start if mark.end is None else mark.end) for _, _, mark in marks)
            assert sum(places, ()) == pytest.approx(sum(ends, ())), chart.id


def spots(chart: charts.Chart) -> list[tuple[float, float]]:
    """From where to where each point of the figure reaches along the axis; along time, from nothing to its value."""
    found: list[tuple[float, float]] = []
    for trace in chart.figure.data:
        if len(chart.drawing) > 1:
            found += [(0, value) for value in trace.y]
        elif trace.type == "scatter":
            found += [(x, x) for x in trace.x]
        elif trace.orientation == "h":
            found += [(base, base + x) for base, x in zip(trace.base, trace.x, strict=True)]
        else:
            found += [(x - width / 2, x + width / 2) for x, width in zip(trace.x, trace.width, strict=True)]
    return found


def test_whatever_the_picture_says_the_table_says_too(charts: dict[str, dict[str, charts.Chart]]) -> None:
    for chart, _ in every(charts):
        table = {cell for row in chart.rows for cell in row}
        words = "\n".join(table)
        for group in chart.drawing:
            for row in group.rows:
                for line in (line for mark in row.marks if mark.look != "open" for line in mark.says):
                    assert line in table or all(part in words for part in line.split("–")), (chart.id, line)
                if group.heading and row.value:
                    assert row.value in table, (chart.id, row.value)


def test_a_mark_of_no_known_shape_is_refused() -> None:
    with pytest.raises(GuideError, match=r"no mark has the shape `cirle`; did you mean `circle`"):
        Mark(0, ["x"], shape="cirle")


def test_an_axis_without_length_is_refused() -> None:
    with pytest.raises(GuideError, match="has no length"):
        Axis(3, 3)


def test_a_table_says_every_figure_in_full(tiny: Guide, of_figures: charts.Chart) -> None:
    said = {row[4] for row in of_figures.rows}
    assert all(f"{figure.value:,}" in " ".join(said) for figure in tiny.box_office if figure.currency == "USD")


def test_an_undated_figure_stands_off_the_time_axis(tiny: Guide, of_figures: charts.Chart) -> None:
    undated = [figure for figure in tiny.box_office if figure.end is None and figure.currency == "USD"]
    off = [trace for trace in of_figures.spec["data"] if trace.get("xaxis") == "x2"]
    assert len(off) == len(undated) > 0


def test_no_trace_is_a_line_through_weeks_that_no_source_gives(of_figures: charts.Chart) -> None:
    assert all("lines" not in trace.get("mode", "") for trace in of_figures.spec["data"])


def test_figures_for_the_same_days_stand_side_by_side(guide: Guide) -> None:
    both = [guide.box_office["us-w13-gross-deadline"], guide.box_office["us-w13-gross-film-experience"]]
    chart = charts.panels(guide, "two", title="Two", finding="They differ.", panels=[charts.Panel("Gross", both)])
    first, second = chart.spec["data"]
    assert first["x"] != second["x"]
    assert first["marker"]["pattern"]["shape"] == "/", "disputed is seen without colour"


def test_a_gap_is_drawn_and_stands_in_the_table(guide: Guide) -> None:
    figure = guide.box_office["us-w12-gross"]
    assert figure.start and figure.end
    gap = (figure.start.replace(month=1), figure.end.replace(month=1))
    chart = charts.panels(
        guide, "gap", title="Gap", finding="A gap.", panels=[charts.Panel("Gross", [figure])], gaps=[gap]
    )
    assert any(shape["type"] == "rect" for shape in chart.spec["layout"]["shapes"])
    assert ("no figure found", "", "", "11–13 January 2022", "", "") in chart.rows


def test_a_row_with_several_dots_has_a_line_through_them_and_an_empty_row_stays(of_credits: charts.Chart) -> None:
    assert ("Nobody", "none sourced", "") in of_credits.rows
    rows = [row[0] for row in of_credits.rows]
    several = {row for row in rows if rows.count(row) > 1}
    joined = [line for row in of_credits.drawing[0].rows for line in row.lines]
    assert len(joined) == len({name for name in several if len({r[1] for r in of_credits.rows if r[0] == name}) > 1})


def test_marks_of_one_kind_on_one_day_are_counted(guide: Guide) -> None:
    prizes = guide.awards.where(body="Japan Academy Film Prize", result="won")
    marks = [charts.Dated(a.body, a.date, a.result, a.category, [a]) for a in prizes]
    chart = charts.strips(guide, "j", title="J", finding="J.", marks=marks, kinds=SHAPES, strip_name="B", kind_name="R")
    [row] = chart.drawing[0].rows
    assert len(row.marks) == 1 and row.value == f"won ×{len(prizes)}"
    assert [*row.marks[0].says[2:]] == [prize.category for prize in prizes]


def test_a_date_known_to_the_month_is_drawn_as_its_month(guide: Guide) -> None:
    award = guide.awards[0]
    marks = [charts.Dated("B", "2021-09", "won", "x", [award]), charts.Dated("C", None, "won", "y", [award])]
    chart = charts.strips(guide, "m", title="M", finding="M.", marks=marks, kinds=SHAPES, strip_name="B", kind_name="R")
    month, none = chart.drawing[0].rows
    assert [end - start for start, end in month.lines] == [29]
    assert none.marks == [] and none.value == "won, no date found"
    assert ("C", "no date found", "y", "won") in chart.rows


def test_a_hostile_name_stays_text(tiny: Guide) -> None:
    cell = charts.Cell("</script><script>alert(1)</script>", "<b>", "x", [tiny.credits[0]])
    chart = charts.grid(tiny, "h", title="<i>", finding="<img src=x>", cells=[cell], row_name="r", column_name="c",
                        cell_name="t")  # fmt: skip
    html = chart.html()
    assert "<script>alert" not in html and "<img" not in html and "<i>" not in html
    assert isinstance(html, render.Html)


def test_a_chart_along_time_without_a_date_says_so_in_words(tiny: Guide) -> None:
    undated = [amount for amount in tiny.box_office if amount.end is None]
    assert undated
    said = {"title": "Money", "finding": "There is some."}
    with pytest.raises(GuideError, match="without a single date"):
        charts.panels(tiny, "money", panels=[charts.Panel("Gross", undated)], **said)
    marks = [charts.Dated("France", None, "shown", "A disc", [tiny.releases[0]])]
    with pytest.raises(GuideError, match="without a single date"):
        charts.strips(
            tiny, "shown", marks=marks, kinds={"shown": ("circle", "●")}, strip_name="Where", kind_name="What", **said
        )
