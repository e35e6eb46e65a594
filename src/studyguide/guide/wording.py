"""Records in words: dates, money, counts and lists, the same in prose, charts and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from studyguide.guide import MONEY, Amount, Claim, Fact, Score, Source, Verdict, first_day

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€"}
UNITS = {"JPY": "yen", "KRW": "won"}
BOUNDS = {"exact": "", "about": "about ", "over": "over ", "under": "under ", "at least": "at least "}


@cache
def markdown() -> MarkdownIt:
    """The small Markdown subset of item text: emphasis, links to http and https. Raw HTML stays text."""
    from markdown_it import MarkdownIt

    # The "zero" preset does nothing until asked; links are limited to web addresses by its own validator.
    return MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "escape", "entity"])


def plain(text: str) -> str:
    """Item text without its emphasis and links, for where no markup can stand: the words that a reader sees."""
    [inline] = markdown().parseInline(text)
    return " ".join("".join(token.content for token in inline.children or ()).split())


def listing(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; `none` where there are none."""
    *most, last = [*parts] or ["none"]
    return f"{', '.join(most)} and {last}" if most else last


def day(date: dt.date) -> str:
    """`8 February 2022`."""
    return f"{date.day} {date:%B %Y}"


def when(text: str) -> str:
    """A `When` in words: `8 February 2022`, `September 2021`, `2025`."""
    date = first_day(text)
    return {4: f"{date.year}", 7: f"{date:%B %Y}"}.get(len(text), day(date))


def span(start: dt.date, end: dt.date) -> str:
    """`11–13 February 2022`, `28 January – 3 February 2022`; one day alone stands once."""
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    first = f"{start.day} {start:%B}" if start.year == end.year else day(start)
    return f"{first} – {day(end)}"


def time(seconds: int) -> str:
    """A time of the film: `2:29:01`."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def between(start: dt.date, end: dt.date) -> str:
    """`8 and 21 February 2022`, to follow the word "between"."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} and {day(end)}"
    return f"{day(start)} and {day(end)}"


def number(value: int, currency: str | None = None, bound: str = "exact") -> str:
    """A number with its unit: `$192,949`, `about 150,000,000 yen`; a count has no unit here."""
    digits = f"{value:,}"
    if currency in SYMBOLS:
        digits = SYMBOLS[currency] + digits
    elif currency:
        digits = f"{digits} {UNITS.get(currency, currency)}"
    return BOUNDS[bound] + digits


def amount_value(amount: Amount) -> str:
    """The number alone: `$192,949`, `333,170 admissions`, `127 screens`."""
    value = number(amount.value, amount.currency, amount.bound)
    return value if amount.measure in MONEY else f"{value} {amount.measure}"


def amount_date(amount: Amount) -> str:
    """When it holds: a span, `by 8 February 2022` for a running total, or `undated, read 22 November 2026`."""
    if amount.end is None:
        return f"undated, read {day(amount.read_on)}" if amount.read_on else "undated"
    if amount.start:
        return span(amount.start, amount.end)
    return f"by {day(amount.end)}" if amount.measure in {"running total", "admissions"} else day(amount.end)


def amount(amount: Amount) -> str:
    """The number with its place and date, as the guide never prints it without."""
    return f"{amount_value(amount)} ({amount.territory}, {amount_date(amount)})"


def score(score: Score) -> str:
    """`91 out of 100 (critics, undated, read 22 November 2026)`."""
    date = when(score.date) if score.date else f"undated, read {day(score.read_on)}" if score.read_on else "undated"
    votes = f", {score.votes:,} votes" if score.votes else ""
    return f"{BOUNDS[score.bound]}{score.value:g} out of {score.out_of} ({score.by}{votes}, {date})"


def fact(fact: Fact) -> str:
    """The value with its unit; a list as a sentence has it."""
    if isinstance(fact.value, tuple):
        return listing(fact.value)
    value = f"{fact.value:,}" if isinstance(fact.value, int) and fact.value > 9999 else str(fact.value)
    return f"{value} {fact.unit}" if fact.unit else value


# What a mark beside disputed words says of them, from this guide's side: a sign, and the words for it.
_MARKS: dict[Verdict, tuple[str, str]] = {
    "supported": ("✓", "checked: it holds"),
    "supported in part": ("≈", "it holds in part"),
    "contradicted": ("✗", "wrong"),
    "unsupported": ("?", "nobody else says so"),
    "interpretation": ("~", "a matter of reading"),
    "open": ("?", "not settled"),
}
# How a record's evidence opens what others say about the same thing.
_DIFFERING: dict[Verdict, str] = {
    "supported": "Said elsewhere too, and right:",
    "supported in part": "Said elsewhere, and right in part:",
    "contradicted": "Said elsewhere, and wrong:",
    "unsupported": "Said elsewhere, and by nobody else:",
    "interpretation": "Said elsewhere, a matter of reading:",
    "open": "Said elsewhere, and not settled:",
}


def mark(claim: Claim) -> str:
    """The sign beside disputed words."""
    return _MARKS[claim.verdict][0]


def verdict(claim: Claim) -> str:
    """What the sign means: `wrong`, `not settled`."""
    return _MARKS[claim.verdict][1]


def differing(claim: Claim) -> str:
    """How a claim is introduced where this guide's own statement stands: `Said elsewhere, and wrong:`."""
    return _DIFFERING[claim.verdict]


def proof(grades: Sequence[str], sources: Sequence[Source], claims: Sequence[Claim]) -> str:
    """The one line that stands for a record's evidence: `B · 7 sources · 1 differs`, `F · the film`."""
    only_film = len(sources) == 1 and sources[0].kind == "film"
    named = "the film" if only_film else f"{len(sources)} source{'s' * (len(sources) != 1)}"
    others = sum(claim.verdict != "supported" for claim in claims)
    differ = [f"{others} differ{'s' * (others == 1)}"] if others else []
    return " · ".join([*grades, named, *differ])


def short(value: int, currency: str | None = None, bound: str = "exact") -> str:
    """A number for a label beside a mark: `$193k`, `1.08bn`, `>40k`; the full one stands in the table."""
    for size, suffix in ((10**9, "bn"), (10**6, "m"), (10**3, "k")):
        if value >= size * 0.9995:
            scaled = value / size
            digits = 0 if (scaled >= 10 and suffix == "k") or scaled >= 100 else 1 if scaled >= 10 else 2
            number = f"{scaled:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{scaled:.0f}"
            break
    else:
        number, suffix = str(value), ""
    sign = {"over": ">", "under": "<"}.get(bound, "")
    return f"{sign}{SYMBOLS.get(currency or '', '')}{number}{suffix}"
