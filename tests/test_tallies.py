"""Charts of what a class answered: each says what it shows, counts rightly, and names who answers for it."""

from __future__ import annotations

from typing import Any

import classroom
import plotly.graph_objects as go
import pytest

from studyguide.charts.tallies import bars, tallies
from studyguide.guide import Guide
from studyguide.questions import codes
from studyguide.questions.tallying import Collected, collect

QUIZ = {
    "burns": {"version": 1, "choice": ["bridge"]},
    "line": {"version": 1, "order": ["chase", "theft", "return"]},
    "who": {"version": 1, "match": {"johnnie": "johnnie", "spies": "spare-1"}},
}


def reading(first: str, second: str) -> dict[str, Any]:
    given = {"first": {"reading": first, "steps": ["theft"]}, "second": {"reading": second}}
    return {"what-drives-him": {"version": 1, **given}}


@pytest.fixture(scope="module")
def school(tiny: Guide) -> Guide:
    return classroom.guide_of_all_types(tiny)


@pytest.fixture(scope="module")
def class_of_three(school: Guide) -> Collected:
    handed_in = [("quiz", QUIZ), ("quiz", QUIZ | {"burns": {"version": 1, "choice": ["cannon"]}}), ("quiz", QUIZ)]
    handed_in += [("talk", reading(*move)) for move in [("machine", "orders"), ("orders", "orders")]]
    handed_in += [("stars", {"rate": {"version": 1, "before": {"overall": star}, "after": {"overall": 5, "pace": 4}}})
                  for star in (0.5, 3, 3, 4, 4.5)]  # fmt: skip
    return collect(school, [codes.encode(school, activity, responses) for activity, responses in handed_in])


EVERY = [
    ("quiz", "burns"),
    ("quiz", "iron"),
    ("quiz", "line"),
    ("quiz", "who"),
    ("stars", "rate"),
    ("talk", "what-drives-him"),
]


@pytest.mark.parametrize(("activity", "item"), EVERY)
def test_every_chart_is_a_plotly_figure_and_complete_in_the_book(
    class_of_three: Collected, activity: str, item: str
) -> None:
    for chart in tallies(class_of_three, activity, item):
        assert isinstance(chart.figure, go.Figure)
        assert chart.finding in chart.html().replace("&#34;", '"')
        assert chart.html().count("<tr>") == len(chart.rows) + 1
        assert chart.sources and "var(" not in chart.figure.to_json()


@pytest.mark.parametrize(("activity", "item"), EVERY)
def test_a_chart_of_no_answers_says_so(school: Guide, activity: str, item: str) -> None:
    said = {
        "Nobody has answered this yet.",
        "Nobody has chosen twice yet.",
        "Before: no ratings yet. After: no ratings yet.",
    }
    for chart in tallies(collect(school, []), activity, item):
        assert chart.finding in said
        assert chart.figure


def test_charts_of_one_activity_have_ids_of_their_own(class_of_three: Collected) -> None:
    ids = [chart.id for activity, item in EVERY for chart in tallies(class_of_three, activity, item)]
    assert len(ids) == len(set(ids)) == 8


def test_a_prompt_has_no_chart(class_of_three: Collected) -> None:
    assert tallies(class_of_three, "essay", "write") == []


def test_bars_show_each_option_with_its_count_and_mark_the_key(class_of_three: Collected) -> None:
    [chart] = tallies(class_of_three, "quiz", "burns")
    assert chart.finding == "2 of 3 chose “The bridge”, which is right."
    assert chart.rows == [("The cannon", "1", "3"), ("The bridge (right)", "2", "3"), ("The engine", "0", "3")]
    assert list(chart.figure.data[0].x) == [1, 2], "a bar of nobody is none"
    labels = [note.text for note in chart.figure.layout.annotations]
    assert labels == ["The cannon  <b>1</b>", "The bridge ✓  <b>2</b>", "The engine  <b>0</b>"]
    assert chart.legend == [("✓", "right")]


def test_a_tie_is_told_as_one(school: Guide) -> None:
    both = [{"iron": {"version": 1, "choice": [option]}} for option in ("bridge", "engine")]
    collected = collect(school, [codes.encode(school, "quiz", one) for one in both])
    assert tallies(collected, "quiz", "iron")[0].finding == "Chosen most: “The bridge”; “The engine” (1 of 2)."


@pytest.mark.parametrize(
    ("item", "finding", "counts"),
    [
        ("line", "Right least often: “The theft”; “The chase” (0 of 3).", ["0", "0", "3"]),
        ("who", "Right least often: “Annabelle”; “The spies” (0 of 3).", ["3", "0", "0"]),
    ],
)
def test_orders_and_matches_show_how_many_had_each_part_right(
    class_of_three: Collected, item: str, finding: str, counts: list[str]
) -> None:
    [chart] = tallies(class_of_three, "quiz", item)
    assert chart.finding == finding
    assert [count for _, count, _ in chart.rows] == counts


def test_a_long_label_is_broken_into_lines_and_the_drawing_grows(school: Guide) -> None:
    def height(label: str) -> int:
        chart = bars(
            school, "one", title="One", finding="One.", counts=[(label, 1)], n=1, name="What", records=[school.film]
        )
        return chart.height

    assert height("word " * 40) > height("word") > 0


def test_the_shift_has_a_bar_a_move_and_tells_who_stayed(class_of_three: Collected) -> None:
    chart, steps = tallies(class_of_three, "talk", "what-drives-him")
    assert chart.finding == "1 of 2 changed their reading."
    machine, orders = (class_of_three.guide.readings[one].title for one in ("machine", "orders"))
    assert chart.rows == [(machine, orders, "1"), (orders, orders, "1")]
    rows = chart.drawing[0].rows
    assert [(row.label, row.value) for row in rows] == [(f"{machine} → {orders}", "1"), (f"{orders}, as before", "1")]
    assert rows[0].marks[0].look != rows[1].marks[0].look, "to change looks other than to stay"
    assert {source.id for source in chart.sources} == {
        key for one in ("machine", "orders") for key in class_of_three.guide.readings[one].sources
    }
    assert "The theft" in steps.finding or class_of_three.guide.steps["theft"].title in steps.finding


def test_stars_are_drawn_before_and_after_on_one_scale(class_of_three: Collected) -> None:
    overall, pace = tallies(class_of_three, "stars", "rate")
    assert overall.finding == "Before: 5 ratings, mean 3.0, median 3. After: 5 ratings, mean 5.0, median 5."
    assert overall.columns == ("Stars", "Before", "After")
    assert ("3", "2", "0") in overall.rows and ("5", "0", "5") in overall.rows
    assert [row.value for row in overall.drawing[0].rows if row.label == "3"] == ["before 2, after 0"]
    assert len(overall.drawing[0].rows) == 10 and len(pace.drawing[0].rows) == 5
    looks = {mark.lane: mark.look for row in overall.drawing[0].rows for mark in row.marks}
    assert looks == {0: "open", 1: "solid"}
    assert pace.finding == "Before: no ratings yet. After: 5 ratings, mean 4.0, median 4."
