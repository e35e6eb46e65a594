"""How a guide and its tables show themselves in a notebook: what there is, what it means, and the first of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ROWS, COLUMNS, LETTERS = 5, 6, 60
"""How much of a table is shown: enough to know what it is."""


def some(names: Iterable[str]) -> str:
    """The first few of many names."""
    first = list(islice(names, COLUMNS + 1))
    return ", ".join(first[:COLUMNS]) + (", …" if len(first) > COLUMNS else "")


def table(kind: str, names: Sequence[str], fields: Mapping[str, FieldInfo], rows: Sequence[object]) -> str:
    """The first rows of a table, and what its columns mean, as HTML."""
    shown = names[:COLUMNS]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in shown)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(_short(getattr(row, name, None)))}</td>' for name in shown)}</tr>"
        for row in rows[:ROWS]
    )
    meanings = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(fields[name].description or '')}</td></tr>"
        for name in names
    )
    more = f"the first {ROWS} of {len(rows)}" if len(rows) > ROWS else f"{len(rows)}"
    return (
        f"<table><caption>{escape(kind)} records, {more}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
        f"<details><summary>All {len(names)} columns</summary><table><tbody>{meanings}</tbody></table></details>"
    )


def guide(title: str, tables: Sequence[tuple[str, int]]) -> str:
    """The tables of a guide with their lengths, as HTML."""
    rows = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{count}</td></tr>" for name, count in tables)
    return (
        f"<table><caption>Guide to {escape(title)}</caption>"
        f"<thead><tr><th scope='col'>table</th><th scope='col'>records</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _short(value: object) -> str:
    """A value in one line."""
    if value is None or value == ():
        return ""
    words = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"
