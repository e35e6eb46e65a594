"""What stands along an axis: the film's own clock, and the calendar."""

from __future__ import annotations

import datetime as dt
from itertools import count, takewhile

from studyguide.charts.drawing import Axis
from studyguide.guide import wording

QUARTER = 15 * 60
# In seconds: how far apart the ticks of the film's clock may be.
STEPS = (10, 20, 30, 60, 2 * 60, 3 * 60, 5 * 60, 10 * 60, 20 * 60, 30 * 60, 60 * 60)
# In months: how far apart the ticks of the calendar may be.
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
# How many ticks a phone has room for, side by side: times with seconds, times without, months.
MOST_SECONDS, MOST_TIMES, MOST_MONTHS = 3, 5, 6


def clock(last: int, first: int = 0) -> Axis:
    """The film's clock from `first` to `last`, in seconds, with ticks at round times."""
    every = next(
        step for step in STEPS if (last - first) / step <= (MOST_SECONDS if _has_seconds(step) else MOST_TIMES)
    )
    ticks = [tick for tick in range(0, last + 1, every) if tick >= first]
    dropped = "" if _has_seconds(every) else ":00"
    return Axis(first, last, [(tick, wording.time(tick).removesuffix(dropped)) for tick in ticks])


def _has_seconds(step: int) -> bool:
    """Whether ticks so far apart are written with their seconds, which otherwise would all be nothing."""
    return step < 30 * 60


def whole(end: int) -> int:
    """The quarter of an hour in which the film's clock ends, in seconds."""
    return -(-end // QUARTER) * QUARTER


def calendar(first: dt.date, last: dt.date) -> Axis:
    """The days as their ordinal numbers, with a little room at both ends, and ticks at the first of some months."""
    pad = max((last - first) * 0.04, dt.timedelta(days=4))
    start, end = first - pad, last + pad
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    every = next((step for step in MONTHS if months / step <= MOST_MONTHS), MONTHS[-1])
    firsts = (dt.date(start.year + month // 12, month % 12 + 1, 1) for month in count(0, every))
    ticks = [(day.toordinal(), f"{day:%b %Y}") for day in takewhile(lambda day: day <= end, firsts) if day >= start]
    return Axis(start.toordinal(), end.toordinal(), ticks)
