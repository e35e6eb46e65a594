"""How figures are told: progress to whoever waits, results as Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence

import click

KIB = 1024
Row = tuple[str, str, str, str]


def say(text: str) -> None:
    """Progress, for whoever waits."""
    click.echo(text, err=True)


def table(what: str, rows: Sequence[Row], peer: str = "stock") -> str:
    """A Markdown table with a column for us, one for the peer, and one for their ratio."""
    lines = [(what, "ours", peer, "ratio"), ("---", "---:", "---:", "---:"), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
