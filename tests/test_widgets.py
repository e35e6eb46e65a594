"""In a kernel: responses can be observed, set, restored and read as a table; charts get menus; a book gets neither."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import books
import ipywidgets
import pytest
import traitlets
from pydantic import TypeAdapter

import studyguide
from studyguide import charts
from studyguide.guide import Activity, Guide, GuideError, Item, Table, any_item
from studyguide.kernel import store, widgets
from studyguide.kernel.widgets import ActivityWidget
from studyguide.page import links, render
from studyguide.questions import codes

ITEMS: list[dict[str, Any]] = [
    {
        "id": "engine", "version": 1, "type": "choice", "stem": "Which engine?", "cardinality": "single",
        "options": [
            {"id": "general", "text": "The General", "rationale": "His own.", "key": True},
            {"id": "texas", "text": "The Texas", "rationale": "It follows."},
        ],
    },
    {
        "id": "props", "version": 2, "type": "choice", "stem": "What falls?", "cardinality": "multiple",
        "options": [
            {"id": name, "text": name, "rationale": f"About the {name}.", "key": name != "moon"}
            for name in ("bridge", "train", "moon")
        ],
    },
    {
        "id": "events", "version": 1, "type": "order", "stem": "In which order?",
        "entries": [{"id": name, "text": name, "rationale": f"About {name}."} for name in ("theft", "chase", "return")],
    },
    {
        "id": "who", "version": 1, "type": "match", "stem": "Who is what?", "spare": ["a spy"],
        "pairs": [
            {"id": name, "text": name, "match": f"the {name}'s part", "rationale": f"About {name}."}
            for name in ("johnnie", "annabelle", "anderson")
        ],
    },
    {
        "id": "stars", "version": 1, "type": "rating", "stem": "How good?",
        "aspects": [{"id": "fun", "text": "Fun"}, {"id": "stunts", "text": "Stunts", "half": True}],
    },
    {"id": "words", "version": 3, "type": "prompt", "stem": "What do you make of it?"},
]  # fmt: skip
READ: dict[str, Any] = {
    "version": 1,
    "first": {"reading": "machine", "certainty": "2", "steps": ["refused", "theft"]},
    "second": {"reading": "orders", "certainty": "4"},
    "weighed": True,
}
COLUMNS = {
    "item": "string",
    "version": "Int64",
    "type": "string",
    "round": "string",
    "part": "string",
    "answer": "string",
    "number": "Float64",
    "right": "boolean",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "engine": {"version": 1, "choice": ["texas"], "checked": True},
    "props": {"version": 2, "choice": ["bridge", "moon"]},
    "events": {"version": 1, "order": ["chase", "theft", "return"]},
    "who": {"version": 1, "match": {"johnnie": "johnnie", "annabelle": "spare-1"}},
    "stars": {"version": 1, "before": {"fun": 4}, "after": {"fun": 5, "stunts": 3.5}, "ideas": "More trains."},
    "words": {"version": 3, "text": "Love of an engine; 機関車."},
    "what-drives-him": READ,
}


@pytest.fixture
def everything(tiny: Guide) -> Guide:
    """The tiny guide with an activity that has an item of every type."""
    key = {"sources": [tiny.sources[0].id], "grade": "C"}
    of_any = TypeAdapter(any_item())
    made = [
        of_any.validate_python(item | (key if item["type"] in {"choice", "order", "match"} else {}), strict=False)
        for item in ITEMS
    ]
    items = Table(Item, [*made, tiny.items["what-drives-him"]])
    activity = Activity(id="all", title="All", intro="Everything.", items=tuple(items.ids()))
    return dataclasses.replace(tiny, items=items, activities=Table(Activity, [activity]))


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test writes among the user's data."""
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "answers"))
    monkeypatch.delenv(links.ENVIRONMENT, raising=False)
    return tmp_path / "answers"


def make(guide: Guide, **more: Any) -> ActivityWidget:
    return cast(ActivityWidget, studyguide.activity("all", guide, **more))


# --- reading, setting, observing --------------------------------------------------------------------------------------


def test_an_activity_in_jupyter_is_a_widget_with_the_pages_markup_and_no_answers(everything: Guide) -> None:
    widget = make(everything)
    numbered = re.compile("proof-[0-9]+")
    assert numbered.sub("", widget.markup) == numbered.sub("", render.activity(everything, "all"))
    assert widget.responses == {}
    assert widget.notice == ""
    assert {"markup", "responses", "notice"} <= set(widget.keys), "these reach the front end"


def test_responses_can_be_set_from_python_and_are_observed(everything: Guide) -> None:
    widget = make(everything)
    heard: list[dict[str, Any]] = []
    widget.observe(lambda change: heard.append(change["new"]), "responses")
    widget.responses = ANSWERS
    assert widget.responses == ANSWERS
    assert heard == [ANSWERS]


def test_what_the_page_sends_is_heard_and_saved(everything: Guide) -> None:
    widget = make(everything)
    heard: list[dict[str, Any]] = []
    widget.observe(lambda change: heard.append(change["new"]), "responses")
    widget.set_state({"responses": {"words": ANSWERS["words"]}})
    assert heard == [{"words": ANSWERS["words"]}]
    assert widget.store.latest() == {"words": ANSWERS["words"]}


def test_what_holds_nothing_is_no_response(everything: Guide) -> None:
    widget = make(everything)
    nothing = {"version": 1, "first": {"reading": None, "certainty": None, "steps": []}, "second": {}, "weighed": False}
    widget.responses = {"what-drives-him": nothing, "words": {"version": 3, "text": ""}}
    assert widget.responses == {}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"engin": {"version": 1}}, "no item `'engin'` here; did you mean `engine`"),
        ({7: {"version": 1}}, "no item `7` here"),
        ({"engine": "texas"}, "it is `'texas'`; write"),
        ({"engine": None}, "it is `None`"),
        ({"engine": {"choice": ["texas"]}}, "it has no `version`"),
        ({"engine": {"version": True, "choice": ["texas"]}}, "`version` is `True`"),
        ({"engine": {"version": "1", "choice": ["texas"]}}, "`version` is `'1'`"),
        ({"engine": {"version": 0, "choice": ["texas"]}}, "`version` is `0`"),
        ({"engine": {"version": 1, "choice": "texas"}}, "`choice` is `'texas'`; write .* with one of `general` and"),
        ({"engine": {"version": 1, "choice": ["texas", "general"]}}, "`choice` is .* with one of"),
        ({"props": {"version": 2, "choice": ["bridge", "sun"]}}, "with any of `bridge`, `train` and `moon`"),
        ({"props": {"version": 2, "choice": ["bridge", "bridge"]}}, "`choice` is"),
        ({"engine": {"version": 1, "choise": ["texas"]}}, "`choise` is"),
        ({"engine": {"version": 1, "choice": ["texas"], "checked": 1}}, "`checked` is `1`"),
        ({"events": {"version": 1, "order": ["chase", "theft"]}}, "each of `chase`, `return` and `theft` once"),
        ({"events": {"version": 1, "order": ["chase", "chase", "theft"]}}, "`order` is"),
        (
            {"who": {"version": 1, "match": {"johnnie": "nobody"}}},
            r"`match\.johnnie` is `'nobody'`; write .* `spare-1`",
        ),
        ({"who": {"version": 1, "match": {"johnnie": "johnnie", "x": "johnnie"}}}, r"`match\.x` is `'johnnie'`"),
        ({"stars": {"version": 1, "before": {"fun": 3.5}}}, r"`fun`: 1 to 5; `stunts`: 0.5 to 5"),
        ({"stars": {"version": 1, "before": {"fun": 6, "stunts": 1}}}, r"`before\.fun` is `6`"),
        ({"stars": {"version": 1, "before": {"fun": float("nan")}}}, r"`before\.fun` is `nan`"),
        ({"stars": {"version": 1, "before": {"fun": True}}}, r"`before\.fun` is `True`"),
        ({"stars": {"version": 1, "ideas": 5}}, "`ideas` is `5`"),
        ({"words": {"version": 3, "text": "x" * 20_001}}, "at most 20,000 characters"),
        ({"words": {"version": 3, "text": "\ud800"}}, "`text` is"),
        ({"words": {"version": 3, "text": ["x"]}}, "`text` is"),
        (
            {"what-drives-him": READ | {"first": {"reading": "moon"}}},
            r"`first\.reading` is `'moon'`; write .* `machine` and `orders`",
        ),
        ({"what-drives-him": READ | {"first": READ["first"] | {"certainty": 2}}}, r"`first\.certainty` is `2`"),
        ({"what-drives-him": READ | {"first": READ["first"] | {"steps": ["moon"]}}}, r"`first\.steps` is"),
        ([], "responses|dict"),
        ("x", "responses|dict"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_words_and_the_old_one_stays(
    everything: Guide, given: Any, words: str
) -> None:
    widget = make(everything)
    widget.responses = {"words": ANSWERS["words"]}
    with pytest.raises(traitlets.TraitError, match=words):
        widget.responses = given
    assert widget.responses == {"words": ANSWERS["words"]}
    assert len(widget.store.history("words")) == 1, "nothing of it was saved"


def test_a_value_without_end_is_refused_in_words(everything: Guide) -> None:
    deep: dict[str, Any] = {}
    deep["version"] = 2
    deep["inside"] = deep
    for given in (deep, {"version": 1, "choice": deep}):
        with pytest.raises(traitlets.TraitError, match="cannot be taken"):
            make(everything).responses = {"engine": given}


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        "text",
        [1],
        {"engine": None, "stars": 7, "unknown": {"version": 1}},
        {"engine": {"version": 1, "choice": "texas"}, "events": {"version": 1, "order": [[]]}},
        {"engine": {"version": 9, "choice": "x" * 400_000}},
    ],
)
def test_nonsense_from_the_page_stops_nothing(everything: Guide, hostile: Any) -> None:
    widget = make(everything)
    good = {"words": ANSWERS["words"]}
    widget.set_state({"responses": hostile | good if isinstance(hostile, dict) else hostile})
    assert widget.responses == (good if isinstance(hostile, dict) else {})


def test_a_response_to_another_version_is_kept_and_not_read(everything: Guide) -> None:
    older = {"version": 1, "choice": ["an option of then"], "and": {"what": "not"}}
    widget = make(everything)
    widget.responses = {"props": older}
    assert widget.responses == {"props": older}
    assert len(widget.frame()) == 0
    assert make(everything).responses == {"props": older}


# --- the store behind it ----------------------------------------------------------------------------------------------


def test_earlier_responses_come_back_and_every_change_is_a_row(everything: Guide, own_store: Path) -> None:
    first = make(everything)
    first.responses = ANSWERS
    first.responses = ANSWERS | {"engine": {"version": 1, "choice": ["general"]}}
    first.responses = first.responses  # nothing new
    assert first.store.path == own_store / f"{everything.film.id}.sqlite"
    assert first.notice == f"Saved in {first.store.path}."

    second = make(everything)
    assert second.responses == first.responses
    assert [row.response["choice"] for row in second.store.history("engine") if row.response] == [
        ["texas"],
        ["general"],
    ]
    assert len(second.store.history("words")) == 1, "only what changed is saved"


def test_an_answer_that_is_cleared_does_not_come_back(everything: Guide) -> None:
    widget = make(everything)
    widget.responses = ANSWERS
    widget.set_state({"responses": {"words": ANSWERS["words"]}})
    assert make(everything).responses == {"words": ANSWERS["words"]}


def test_another_activitys_answers_in_the_same_file_stay(everything: Guide, tiny: Guide) -> None:
    make(everything).responses = ANSWERS
    other = cast(ActivityWidget, studyguide.activity("first-look", tiny))
    assert other.responses == {"what-drives-him": READ}
    other.responses = {}
    assert make(everything).responses == {name: a for name, a in ANSWERS.items() if name != "what-drives-him"}


def test_the_file_may_be_named(everything: Guide, tmp_path: Path) -> None:
    widget = make(everything, store=tmp_path / "mine.sqlite")
    widget.responses = ANSWERS
    assert widget.store.path == tmp_path / "mine.sqlite"
    assert make(everything).responses == {}


def test_without_a_store_the_activity_goes_on_and_says_so_in_one_sentence(everything: Guide, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    widget = make(everything, store=tmp_path / "taken" / "film.sqlite")
    widget.responses = ANSWERS
    assert widget.responses == ANSWERS
    assert widget.notice.startswith("Not saved, so your answers last only as long as this kernel: ")
    assert str(widget.store.path) in widget.notice


def test_a_broken_store_is_said_at_once_and_the_activity_goes_on(everything: Guide, tmp_path: Path) -> None:
    path = tmp_path / "film.sqlite"
    path.write_text("no database" * 100)
    widget = make(everything, store=path)
    assert widget.notice == f"Your earlier answers could not be read: {path} cannot be used: it is not a database."
    widget.responses = ANSWERS
    assert widget.responses == ANSWERS


def test_a_store_that_works_again_is_said_too(everything: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = make(everything)
    monkeypatch.setattr(widget, "store", dataclasses.replace(widget.store, wait=0))
    widget.responses = {"words": ANSWERS["words"]}
    with closing(sqlite3.connect(widget.store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        widget.responses = ANSWERS
        assert "in use by another program" in widget.notice
    widget.responses = ANSWERS | {"words": {"version": 3, "text": "Later."}}
    assert widget.notice == f"Saved in {widget.store.path}."


def test_what_somebody_wrote_into_the_file_is_not_trusted(everything: Guide) -> None:
    widget = make(everything)
    widget.store.save({"engine": {"version": 1, "choice": ["<script>"]}, "words": ANSWERS["words"], "alien": {"a": 1}})
    assert make(everything).responses == {"words": ANSWERS["words"]}


# --- as a table -------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_part_of_each_response(everything: Guide) -> None:
    widget = make(everything)
    widget.responses = ANSWERS
    frame = widget.frame()
    rows = list(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))
    assert rows == [
        ("engine", 1, "choice", "", "choice", "texas", None, False),
        ("props", 2, "choice", "", "choice", "bridge", None, True),
        ("props", 2, "choice", "", "choice", "moon", None, False),
        ("events", 1, "order", "", "chase", None, 1, False),
        ("events", 1, "order", "", "theft", None, 2, False),
        ("events", 1, "order", "", "return", None, 3, True),
        ("who", 1, "match", "", "johnnie", "johnnie", None, True),
        ("who", 1, "match", "", "annabelle", "spare-1", None, False),
        ("stars", 1, "rating", "before", "fun", None, 4, None),
        ("stars", 1, "rating", "after", "fun", None, 5, None),
        ("stars", 1, "rating", "after", "stunts", None, 3.5, None),
        ("stars", 1, "rating", "", "ideas", "More trains.", None, None),
        ("words", 3, "prompt", "", "text", "Love of an engine; 機関車.", None, None),
        ("what-drives-him", 1, "interpretation", "first", "reading", "machine", None, None),
        ("what-drives-him", 1, "interpretation", "first", "certainty", None, 2, None),
        ("what-drives-him", 1, "interpretation", "first", "step", "refused", None, None),
        ("what-drives-him", 1, "interpretation", "first", "step", "theft", None, None),
        ("what-drives-him", 1, "interpretation", "second", "reading", "orders", None, None),
        ("what-drives-him", 1, "interpretation", "second", "certainty", None, 4, None),
    ]


def test_the_table_has_the_same_columns_and_dtypes_with_and_without_answers(everything: Guide) -> None:
    widget = make(everything)
    empty = widget.frame()
    widget.responses = ANSWERS
    full = widget.frame()
    assert len(empty) == 0
    for frame in (empty, full):
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == COLUMNS


def test_own_responses_are_counted_with_what_others_handed_in(everything: Guide) -> None:
    widget = make(everything)
    assert widget.collected().hand_ins == []
    code = codes.encode(everything, "all", ANSWERS)
    assert widget.collected(f"Ada: {code}").n == {"all": 1}
    widget.responses = {"stars": {"version": 1, "before": {"fun": 2}}}
    both = widget.collected(f"Ada: {code}")
    assert both.n == {"all": 2}
    assert both.ratings("all", "stars")["before", "fun"].stars == [2, 4]


# --- charts with menus ------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(tiny: Guide) -> tuple[list[dict[str, Any]], Any]:
    """A way of drawing that notes what it was asked for, and refuses Monday."""
    calls: list[dict[str, Any]] = []

    def draw(**chosen: Any) -> charts.Chart:
        calls.append(chosen)
        if chosen.get("day") == "Monday":
            raise GuideError("nothing was shown on Monday")
        cell = charts.Cell("r", "c", "t", [tiny.credits[0]])
        return charts.grid(tiny, "one", title=str(chosen), finding="F.", cells=[cell], row_name="r", column_name="c",
                           cell_name="t")  # fmt: skip

    return calls, draw


def menus(widget: ipywidgets.VBox) -> dict[str, ipywidgets.Dropdown]:
    return {menu.description: menu for menu in widget.children[0].children}


def test_a_chart_is_drawn_for_the_first_choices_and_again_for_others(drawn: tuple[list[Any], Any]) -> None:
    calls, draw = drawn
    country = {"The North": "north", "The South": "south"}
    widget = studyguide.explore(draw, country=country, by_day=["a", "b"])
    assert calls == [{"country": "north", "by_day": "a"}]
    found = menus(widget)
    assert list(found) == ["Country", "By day"], "each menu has its label"
    assert [label for label, _ in found["Country"].options] == ["The North", "The South"]
    found["By day"].value = "b"
    found["Country"].label = "The South"
    assert calls[1:] == [{"country": "north", "by_day": "b"}, {"country": "south", "by_day": "b"}]


def test_a_choice_without_a_chart_says_why_in_its_place(
    drawn: tuple[list[Any], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    calls, draw = drawn
    widget = widgets.explore(draw, day=["Sunday", "Monday"])
    menus(widget)["Day"].value = "Monday"
    assert calls == [{"day": "Sunday"}, {"day": "Monday"}]
    assert "nothing was shown on Monday" in capsys.readouterr().out


def test_a_menu_without_choices_is_refused(drawn: tuple[list[Any], Any]) -> None:
    with pytest.raises(GuideError, match="nothing to choose from for `day`"):
        widgets.explore(drawn[1], day=[])


def test_a_tally_is_drawn_anew_with_every_answer_and_counts_what_others_handed_in(
    everything: Guide, own_store: Path
) -> None:
    widget = studyguide.activity("all", everything)
    other = codes.encode(everything, "all", {"engine": {"version": 1, "choice": ["texas"]}})
    tally = widgets.live_tally(widget, "engine", other)
    assert "0 of 1 chose “The General”" in str(tally.outputs)
    widget.responses = {"engine": {"version": 1, "choice": ["general"]}}
    assert "1 of 2 chose “The General”" in str(tally.outputs)
    assert len(tally.outputs) == 2, "the figure, and its words"


# --- a book build -----------------------------------------------------------------------------------------------------


def test_a_book_build_makes_no_widget_no_comm_and_no_store(
    everything: Guide, drawn: tuple[list[Any], Any], monkeypatch: pytest.MonkeyPatch, own_store: Path
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("a widget was made in a book build")

    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    monkeypatch.setattr(ipywidgets.Widget, "__init__", refuse)
    activity = studyguide.activity("all", everything)
    assert isinstance(activity, render.Html)
    assert widgets.live_tally(activity, "engine") is None
    chart = widgets.explore(drawn[1], country={"The North": "north"}, day=["Sunday", "Monday"])
    assert isinstance(chart, charts.Chart)
    assert chart.title == str({"country": "north", "day": "Sunday"})
    assert not own_store.exists()


def test_a_book_build_reports_a_first_choice_without_a_chart(
    drawn: tuple[list[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    with pytest.raises(GuideError, match="nothing was shown on Monday"):
        widgets.explore(drawn[1], day=["Monday"])
