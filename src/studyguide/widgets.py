"""Activities in a live kernel: the same markup and script as on the page, with Python on the other side.

In a book build nothing of a widget is made: `activity()` gives the HTML alone there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from studyguide import data, frontend, markup
from studyguide.model import Guide

if TYPE_CHECKING:
    import pandas as pd


class ActivityWidget(anywidget.AnyWidget):
    """An activity on screen. `responses` holds what the learner answered, by item id; it may be observed and set."""

    _esm = frontend.widget_module()
    _css = frontend.widget_stylesheet()
    markup = traitlets.Unicode().tag(sync=True)
    responses = traitlets.Dict().tag(sync=True)

    def frame(self) -> pd.DataFrame:
        """The responses, one row an item and a round: item, version, round, reading, certainty (1 to 4), steps."""
        import pandas as pd

        rows = [
            {
                "item": item,
                "version": response["version"],
                "round": round_,
                "reading": response[round_].get("reading"),
                "certainty": response[round_].get("certainty"),
                "steps": tuple(response[round_].get("steps", ())),
            }
            for item, response in self.responses.items()
            for round_ in ("first", "second")
            if response.get(round_, {}).get("reading")
        ]
        names = ["item", "version", "round", "reading", "certainty", "steps"]
        frame = pd.DataFrame(rows, columns=names)
        return frame.astype({"version": "Int64", "certainty": "Int64", "item": "string", "reading": "string"})


def activity(activity_id: str, guide: Guide | None = None) -> Any:
    """The activity with this id: a widget in Jupyter, plain HTML in a book build.

    Loads the guide around the working directory unless one is given. UnknownIdError for an id that does not exist.
    """
    html = markup.activity(guide or data.load(), activity_id)
    return html if markup.in_book() else ActivityWidget(markup=html)
