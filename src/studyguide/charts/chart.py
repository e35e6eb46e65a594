"""What every kind of chart comes as: a `Chart`, with all that a reader needs to trust it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studyguide.charts.drawing import LANE, SHAPES, Group
from studyguide.frontend import palette
from studyguide.guide import GuideError, Source
from studyguide.page import links, render

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Chart:
    """A figure with what a reader needs to trust it. GuideError if any of that is missing."""

    id: str
    title: str
    finding: str
    """What the chart shows, in a sentence that follows from its data."""
    drawing: Sequence[Group]
    """What the page's picture shows."""
    spec: Mapping[str, Any]
    """The same for Plotly: its `data` and `layout`, with colours as CSS variables."""
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    """The data in words, row by row: what the table shows."""
    sources: Sequence[Source]
    legend: Sequence[tuple[str, str]] = ()
    """Shapes and what they mean, for readers without colour and before the drawing."""
    accent: Mapping[str, str] | None = None
    """The guide's own colour by day and by night."""

    def __post_init__(self) -> None:
        for name in ("id", "title", "finding", "drawing", "columns", "rows", "sources"):
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
        """The chart as the book shows it: finding, picture, table, sources, and Plotly's figure on request."""
        return render.fill("chart.html", chart=self, book=True, shapes=SHAPES, lane=LANE)

    def bundles(self) -> list[dict[str, Any]]:
        """What is displayed, by MIME type: HTML in the book; in Jupyter an ordinary figure, then its words."""
        if links.current().book:
            return [{"text/html": self.html()}]
        # Not fig.show(): Plotly's own display route costs seconds of imports per kernel.
        return [
            {"application/vnd.plotly.v1+json": self.figure.to_plotly_json(), "text/plain": self.title},
            {"text/html": render.fill("chart.html", chart=self, book=False), "text/plain": self.finding},
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
