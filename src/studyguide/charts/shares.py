"""Shares of captioned speech: one bar a row, filled as far as the captions name the speaker, hatched where inferred."""

from __future__ import annotations

from collections.abc import Mapping

from studyguide.charts.chart import ACCENT, LINE, PAPER, Chart, layout, note, rule
from studyguide.guide import Guide, GuideError
from studyguide.guide.speech import Seconds
from studyguide.page import render

# In CSS pixels: a label above its bar, the bar, and the room under it.
LABEL, BAR, ROOM = 20, 14, 14
SURE, OPEN = "the captions name the speaker", "the speaker is concluded from the talk"


def shares(
    guide: Guide,
    chart_id: str,
    *,
    title: str,
    finding: str,
    amounts: Mapping[str, Seconds],
    row_name: str,
) -> Chart:
    """Bars as long as each row's share of all the captioned speech in `amounts`. The film answers for them."""
    total = sum(amount.total for amount in amounts.values())
    if not total:
        raise GuideError("a chart of speech without a single second of it; give it amounts")
    row = LABEL + BAR + ROOM
    middles = [index * row + LABEL + BAR / 2 for index in range(len(amounts))]
    most = max(amount.total for amount in amounts.values())
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [getattr(amount, name) for amount in amounts.values()],
            "y": middles,
            "width": [BAR] * len(amounts),
            "marker": {"color": colour, "line": {"color": ACCENT, "width": 1}} | pattern,
            "hoverinfo": "skip",
        }
        for name, colour, pattern in (
            ("labelled", ACCENT, {}),
            ("inferred", PAPER, {"pattern": {"shape": "/", "fgcolor": ACCENT, "size": 6}}),
        )
    ]
    top_left = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top"}
    plan = layout(
        row * len(amounts) + 16,
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        barmode="stack",
        xaxis={"visible": False, "fixedrange": True, "range": [0, most]},
        yaxis={"visible": False, "fixedrange": True, "range": [row * len(amounts), 0]},
        shapes=[rule(0, most, middle, LINE, 1) for middle in middles],
        annotations=[
            *(
                note(name, y=middle - LABEL - BAR / 2, **top_left)
                for name, middle in zip(amounts, middles, strict=True)
            ),
            *(
                note(f"<b>{_percent(amount.total / total)}</b>", x=amount.total, y=middle, xshift=4, yanchor="middle")
                for amount, middle in zip(amounts.values(), middles, strict=True)
            ),
        ],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        spec={"data": traces, "layout": plan},
        columns=(row_name, "Share of captioned speech", "Seconds in turns", "Of these with a concluded speaker"),
        rows=[
            (name, _percent(amount.total / total), f"{amount.total:,.0f}", f"{amount.inferred:,.0f}")
            for name, amount in amounts.items()
        ],
        accent=guide.film.accent_colours,
        sources=render.the_film(guide),
        legend=[("■", SURE), ("▨", OPEN)],
    )


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "under 1%"
