"""General kinds of chart: dots in a grid, dated marks, figures along time, the running time, shares of speech, tallies.

What is shown, of which place, and what follows from it is the chapter's business; how it is drawn is this package's. A
`Chart` is a picture in the book and an ordinary Plotly figure in Jupyter, both of the same rows; it never goes out
without a title, a finding, its sources and its data as a table.
"""

from studyguide.charts.chart import Chart
from studyguide.charts.clock import Span, density, running_time, scene
from studyguide.charts.grid import Cell, grid
from studyguide.charts.panels import Panel, panels
from studyguide.charts.shares import shares
from studyguide.charts.strips import Dated, strips
from studyguide.charts.tallies import tallies

__all__ = [
    "Cell",
    "Chart",
    "Dated",
    "Panel",
    "Span",
    "density",
    "grid",
    "panels",
    "running_time",
    "scene",
    "shares",
    "strips",
    "tallies",
]
