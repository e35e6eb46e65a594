"""What every Plotly figure of this package has in common: its palette, and what it is laid out with."""

from __future__ import annotations

from typing import Any

from studyguide.frontend import palette

# Colours are names of the page's own variables, so that a chart follows light and dark. In Jupyter there is no such
# page: there they are the day colours.
ACCENT, INK, MUTED, LINE, PAPER, WASH = map(palette.variable, ("accent", "ink", "muted", "line", "paper", "wash"))
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


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


def rule(x0: float, x1: float, y: float, colour: str, width: int) -> dict[str, Any]:
    """A level line under the marks."""
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y, "y1": y, "line": line, "layer": "below"}
