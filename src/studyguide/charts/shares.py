"""Shares of captioned speech: one bar a row, filled as far as the captions name the speaker, hatched where inferred."""

from __future__ import annotations

from collections.abc import Mapping

from studyguide.charts.chart import Chart
from studyguide.charts.drawing import Axis, Group, Mark, Row, figure
from studyguide.guide import Guide, GuideError
from studyguide.guide.speech import Seconds
from studyguide.page import render

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
    bars = Group(
        Axis(0, max(amount.total for amount in amounts.values())),
        [Row(name, _marks(amount), value=_percent(amount.total / total)) for name, amount in amounts.items()],
    )
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        drawing=[bars],
        spec=figure(bars),
        columns=(row_name, "Share of captioned speech", "Seconds in turns", "Of these with a concluded speaker"),
        rows=[
            (name, _percent(amount.total / total), _seconds(amount.total), _seconds(amount.inferred))
            for name, amount in amounts.items()
        ],
        accent=guide.film.accent_colours,
        sources=render.the_film(guide),
        legend=[("■", SURE), ("▨", OPEN)],
    )


def _marks(amount: Seconds) -> list[Mark]:
    parts = [
        Mark(0, [_seconds(amount.total)], end=amount.labelled),
        Mark(amount.labelled, [_seconds(amount.inferred)], end=amount.total, look="striped"),
    ]
    return [part for part in parts if part.end != part.start]


def _seconds(found: float) -> str:
    return f"{found:,.0f}"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "under 1%"
