"""Charts: refused without what a reader needs, ordinary in Jupyter, complete in the book."""

from __future__ import annotations

import dataclasses
import json
import re

import plotly.graph_objects as go
import pytest

from studyguide import charts
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
    joined = [s for s in of_credits.spec["layout"]["shapes"] if s["line"]["width"] == 2]
    assert len(joined) == len({name for name in several if len({r[1] for r in of_credits.rows if r[0] == name}) > 1})


def test_marks_of_one_kind_on_one_day_are_counted(guide: Guide) -> None:
    prizes = guide.awards.where(body="Japan Academy Film Prize", result="won")
    marks = [charts.Dated(a.body, a.date, a.result, a.category, [a]) for a in prizes]
    chart = charts.strips(guide, "j", title="J", finding="J.", marks=marks, kinds=SHAPES, strip_name="B", kind_name="R")
    assert [trace["text"] for trace in chart.spec["data"]] == [[f"{len(prizes)}"]]


def test_a_date_known_to_the_month_is_drawn_as_its_month(guide: Guide) -> None:
    award = guide.awards[0]
    marks = [charts.Dated("B", "2021-09", "won", "x", [award]), charts.Dated("C", None, "won", "y", [award])]
    chart = charts.strips(guide, "m", title="M", finding="M.", marks=marks, kinds=SHAPES, strip_name="B", kind_name="R")
    assert chart.spec["data"][0]["error_x"]["value"] == 14.5 * 24 * 3600 * 1000
    assert ("C", "no date found", "y", "won") in chart.rows
    assert any("no date found" in note["text"] for note in chart.spec["layout"]["annotations"])


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
