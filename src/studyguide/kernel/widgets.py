"""What lives in a kernel: activities with Python on the other side, and charts with menus.

Activities have the same markup and script as on the page. In a book build nothing of a widget is made: there
`activity()` gives the HTML alone, and `explore()` the first of its charts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from studyguide import frontend
from studyguide.guide import Guide, GuideError, finding
from studyguide.kernel import store
from studyguide.page import links, render
from studyguide.questions import checking, collecting, scoring, tallying

if TYPE_CHECKING:
    import pandas as pd

    from studyguide.charts import Chart
    from studyguide.questions.tallying import Collected


class ActivityWidget(anywidget.AnyWidget):
    """An activity on screen, with the learner's earlier responses to it, which it saves as they change.

    `responses` holds them by item id. It may be read, observed and set; a value that makes no sense is refused with a
    TraitError that says why, and the old one stays. Changes inside the dictionary are not heard: set a new one.
    """

    _esm = frontend.widget_module()
    _css = frontend.widget_stylesheet()
    markup = traitlets.Unicode().tag(sync=True)
    responses = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    """Where the responses are saved, or why they are not: one sentence for the learner."""

    def __init__(self, guide: Guide, activity_id: str, where: str | Path | None = None) -> None:
        self.guide, self.activity_id = guide, activity_id
        self.items = {item["id"]: item for item in scoring.spec(guide, activity_id)["items"]}
        self.store = store.Store(store.place(guide.film.id, where))
        self._css = frontend.widget_stylesheet(guide.film.accent_colours)
        earlier, notice = self._earlier()
        super().__init__(markup=render.activity(guide, activity_id), responses=earlier, notice=notice)
        self.observe(self._save, "responses")

    def collected(self, *handed_in: str | Path) -> Collected:
        """These responses, and those in what others handed in (codes or exported files): to be counted and drawn."""
        own = {name: scoring.usable(item, self.responses.get(name)) for name, item in self.items.items()}
        mine = collecting.HandIn(self.activity_id, {name: one for name, one in own.items() if one}, "here")
        others = tallying.collect(self.guide, handed_in)
        return dataclasses.replace(others, hand_ins=[*([mine] if mine.responses else []), *others.hand_ins])

    def frame(self) -> pd.DataFrame:
        """The responses to the items as they are now, one row a part. Imports pandas.

        Columns: item, version, type; round (first or second, before or after, empty for what is asked once); part (what
        was answered); answer (an id or a text); number (a place from 1, stars, certainty from 1 to 4); right (missing
        where there is no key). dtypes: `string`, version `Int64`, number `Float64`, right `boolean`.
        """
        return self.collected().frame().drop(columns=["hand_in", "where", "activity"])

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the front end sends. It cannot be told what was wrong with it, so the usable part is taken."""
        if "responses" in sync_data:
            sync_data = sync_data | {"responses": checking.usable(self.items, sync_data["responses"])}
        super().set_state(sync_data)

    @traitlets.validate("responses")
    def _check(self, proposal: dict[str, Any]) -> dict[str, Any]:
        try:
            return checking.taken(self.items, proposal["value"])
        except GuideError as error:
            raise traitlets.TraitError(str(error)) from None

    def _earlier(self) -> tuple[dict[str, Any], str]:
        try:
            return checking.usable(self.items, self.store.latest()), ""
        except GuideError as error:
            return {}, f"Your earlier answers could not be read: {error}."

    def _save(self, change: dict[str, Any]) -> None:
        old, new = change["old"], change["new"]
        changed = {item: new.get(item) for item in self.items if new.get(item) != old.get(item)}
        try:
            self.store.save(changed)
            self.notice = f"Saved in {self.store.path}."
        except GuideError as error:
            self.notice = f"Not saved, so your answers last only as long as this kernel: {error}."


def activity(activity_id: str, guide: Guide | None = None, store: str | Path | None = None) -> Any:
    """The activity with this id: an `ActivityWidget` in Jupyter, plain HTML in a book build.

    Loads the guide around the working directory unless one is given. Responses go to the file that `store` names, or
    to the film's file in that folder; see `store.place` for where else. UnknownIdError for an id that does not exist.
    """
    guide = guide or finding.load()
    return render.activity(guide, activity_id) if links.current().book else ActivityWidget(guide, activity_id, store)


def explore(draw: Callable[..., Chart], **choices: Mapping[str, Any] | Iterable[str]) -> Any:
    """The chart that `draw` makes of one value of each of `choices`; in Jupyter with a menu for each.

    A choice is a list of texts, or a mapping from what the menu shows to the value that `draw` gets. The first of each
    is drawn at the start, and it is all that a book build makes: a plain chart, no widget. Where `draw` raises
    GuideError its words stand in the chart's place, in Jupyter; in a book build the error goes on.
    """
    menus = {name: _menu(name, values) for name, values in choices.items()}
    if links.current().book:
        return draw(**{name: next(iter(values.values())) for name, values in menus.items()})
    import ipywidgets
    from IPython.display import display

    def show(**chosen: Any) -> None:
        try:
            display(draw(**chosen))
        except GuideError as error:
            print(error)

    controls = {
        name: ipywidgets.Dropdown(
            options=list(values.items()),
            description=name.replace("_", " ").capitalize(),
            style={"description_width": "initial"},
        )
        for name, values in menus.items()
    }
    return ipywidgets.VBox([ipywidgets.HBox(list(controls.values())), ipywidgets.interactive_output(show, controls)])


def live_tally(activity: Any, item_id: str, *handed_in: str | Path) -> Any:
    """The tallies of one item, drawn anew whenever the learner answers; `handed_in` are codes or files of others.

    Takes what `activity()` made. In a book build, where nobody answers, it is None, which shows nothing.
    """
    if links.current().book:
        return None
    import ipywidgets

    from studyguide import charts

    shown = ipywidgets.Output()

    def draw(_change: object = None) -> None:
        tallies = charts.tallies(activity.collected(*handed_in), activity.activity_id, item_id)
        # Put in place, not printed there: nbclient waits for a cell that prints into a widget until its time is up.
        shown.outputs = tuple(
            {"output_type": "display_data", "data": bundle, "metadata": {}}
            for chart in tallies
            for bundle in chart.bundles()
        )

    activity.observe(draw, "responses")
    draw()
    return shown


def _menu(name: str, values: Mapping[str, Any] | Iterable[str]) -> dict[str, Any]:
    menu = dict(values) if isinstance(values, Mapping) else {value: value for value in values}
    if not menu:
        raise GuideError(f"nothing to choose from for `{name}`; give at least one value")
    return menu
