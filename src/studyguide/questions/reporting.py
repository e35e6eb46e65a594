"""What was counted, as plain text for a terminal and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from studyguide.guide import Item
from studyguide.guide.wording import plain
from studyguide.questions import collecting
from studyguide.questions.collecting import LEFT_OUT
from studyguide.questions.tallying import Collected, Row, changed, parts

SHOWN = 100
"""How many things that could not be read a report lists."""
# What a spreadsheet would run; the same in frontend/shared/files.js.
_FORMULA = re.compile("[ \t\r\n\u00a0\u3000\ufeff]*[=+\\-@]|[\t\r]")


def report(collected: Collected) -> Iterator[str]:
    """What was collected, as lines of plain text: each activity item by item, then what could not be read."""
    guide = collected.guide
    for activity, n in collected.n.items():
        yield f"{guide.activities[activity].title} ({activity}): {_number(n, 'hand-in')}"
        for key in guide.activities[activity].items:
            answered = len(collected.responses(activity, key))
            yield from ("", f"  {_line(plain(guide.items[key].stem))}", f"  {key}: {answered} of {n} answered")
            yield from (f"    {line}" for line in _item_lines(collected, activity, guide.items[key]))
        yield ""
    if again := len(collecting.repeats(collected.hand_ins)):
        yield f"{_number(again, 'hand-in')} came again; two people with the same answers have the same code"
    for reason, count in collected.left_out.items():
        yield f"{_number(count, 'answer')} in files left out: {LEFT_OUT[reason]}"
    for broken in collected.broken[:SHOWN]:
        what = f" `{_line(broken.text)}`:" if broken.text else ""
        yield f"{_line(broken.where)}:{what} {broken.reason}"
    if len(collected.broken) > SHOWN:
        yield f"and {len(collected.broken) - SHOWN:,} more that could not be read"


def _item_lines(collected: Collected, activity: str, item: Item) -> Iterator[str]:
    """How an item was answered. Where there are many answers only what somebody gave is listed."""
    counts = collected.counts(activity, item.id)
    found = parts(collected.guide, item)
    for part in found:
        rated = f": {collected.ratings(activity, item.id)[part.key]}" if part.kind == "number" else ""
        if rated or len(found) > 1:
            yield f"{_line(part.label)}{rated}"
        for answer, text in part.answers.items():
            if counts[part.key][answer] or not (part.many or rated):
                right = "  (right)" if answer in part.keys else ""
                yield f"{counts[part.key][answer]:5}  {_line(text)}{right}"
    if shift := collected.shift(activity, item.id):
        yield changed(shift)
    yield from (f"- {_line(text)}" for text in collected.texts(activity, item.id))


def write_csv(collected: Collected, path: Path) -> None:
    """`rows()` as a CSV file. A text that a spreadsheet would run as a formula begins with an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row._fields)
        for row in collected.rows():
            writer.writerow([no_formula(cell) if isinstance(cell, str) else cell for cell in row])


def no_formula(text: str) -> str:
    """A cell's text, with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if _FORMULA.match(text) else text


def _line(text: str) -> str:
    """A reader's text on one line, without characters that would steer a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def _number(n: int, one: str) -> str:
    return f"{n:,} {one}{'s' if n != 1 else ''}"
