"""What every kind of chart has in common: the `Chart` itself, its palette, its layout and its time axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studyguide.frontend import palette
from studyguide.guide import GuideError, Source
from studyguide.page import links, render

if TYPE_CHECKING:
    import plotly.graph_objects as go

# Colours are names of the page's own variables; the front end reads them, so a chart follows light and dark.
# In Jupyter there is no such page: there they are the day colours.
ACCENT, INK, MUTED, LINE, PAPER, WASH = map(palette.variable, ("accent", "ink", "muted", "line", "paper", "wash"))
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
DAY_MS = 24 * 3600 * 1000
"""A day in milliseconds, the unit of widths on a date axis."""


@dataclass(frozen=True)
class Chart:
    """A figure with what a reader needs to trust it. GuideError if any of that is missing."""

    id: str
    title: str
    finding: str
    """What the chart shows, in a sentence that follows from its data."""
    spec: Mapping[str, Any]
    """Plotly's `data` and `layout`, with colours as CSS variables."""
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    """The data in words, row by row: what the table shows."""
    sources: Sequence[Source]
    legend: Sequence[tuple[str, str]] = ()
    """Shapes and what they mean, for readers without colour and before the drawing."""
    accent: Mapping[str, str] | None = None
    """The guide's own colour by day and by night."""

    def __post_init__(self) -> None:
        for name in ("id", "title", "finding", "columns", "rows", "sources"):
            if not getattr(self, name):
                raise GuideError(f"the chart `{self.id or self.title}` has no {name}; give it one, or do not draw it")

    @property
    def height(self) -> int:
        """In CSS pixels."""
        return int(self.spec["layout"]["height"])

    @property
    def figure(self) -> go.Figure:
        """An ordinary Plotly figure, to change and reuse. Imports plotly."""
        import plotly.graph_objects as go

        return go.Figure(_coloured(self.spec, palette.day(self.accent)))

    def html(self) -> render.Html:
        """The chart as the book shows it: drawing, finding, table and sources."""
        return render.fill("chart.html", chart=self, live=True)

    def bundles(self) -> list[dict[str, Any]]:
        """What is displayed, by MIME type: HTML in the book; in Jupyter an ordinary figure, then its words."""
        if links.current().book:
            return [{"text/html": self.html()}]
        # Not fig.show(): Plotly's own display route costs seconds of imports per kernel.
        return [
            {"application/vnd.plotly.v1+json": self.figure.to_plotly_json(), "text/plain": self.title},
            {"text/html": render.fill("chart.html", chart=self, live=False), "text/plain": self.finding},
        ]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for bundle in self.bundles():
            display(bundle, raw=True)


def _coloured(value: Any, colours: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _coloured(inner, colours) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_coloured(inner, colours) for inner in value]
    if isinstance(value, str) and value.startswith("var(--sg-"):
        return colours[value.removeprefix("var(--sg-").removesuffix(")")]
    return value


def layout(height: int, **more: Any) -> dict[str, Any]:
    """What every chart's layout begins with. Nothing moves, zooms or floats: the page scrolls under a finger."""
    base = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SANS, "size": 12, "color": INK},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "font": {"family": SANS, "size": 12, "color": INK}},
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": False,
        "shapes": [],
        "annotations": [],
    }
    return base | more


def note(text: str, **where: Any) -> dict[str, Any]:
    """A text on the drawing, without an arrow."""
    base = {"text": text, "showarrow": False, "xanchor": "left", "align": "left", "font": {"size": 12, "color": INK}}
    return base | where


def time_axis(first: dt.date, last: dt.date, **more: Any) -> dict[str, Any]:
    """A date axis with a little room at both ends, and ticks by month or quarter."""
    pad = max((last - first) * 0.04, dt.timedelta(days=4))
    axis = {
        "type": "date",
        "range": [(first - pad).isoformat(), (last + pad).isoformat()],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
        "tickfont": {"size": 11, "color": MUTED},
        "tickformat": "%b\n%Y",
        "tick0": "2000-01-01",
        "dtick": "M1" if last - first < dt.timedelta(days=130) else "M3",
    }
    return axis | more


def rule(x0: float, x1: float, y: float, colour: str, width: int) -> dict[str, Any]:
    """A level line under the marks."""
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y, "y1": y, "line": line, "layer": "below"}
