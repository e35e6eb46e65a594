"""What stands on which page of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdfium2 import PdfDocument

MM = 72 / 25.4
"""A millimetre in points."""


@dataclass(frozen=True)
class Sheet:
    """One page: its last line above the foot, and what share of the room between the margins is used."""

    number: int
    last: str
    used: float


def words_by_page(path: Path) -> list[str]:
    """The text of each page, with single spaces."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(path)]


def headings(path: Path) -> list[tuple[str, int]]:
    """The bookmarks, each with its page, from 1."""
    marks = PdfDocument(path).get_toc()
    return [(" ".join(one.get_title().split()), one.get_dest().get_index() + 1) for one in marks]


def all_of(path: Path, bottom: float = 20) -> list[Sheet]:
    """Every page; `bottom` is the margin below, in millimetres, where page numbers stand."""
    found = []
    for number, page in enumerate(PdfDocument(path), start=1):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        boxes = [box for box in boxes if box[1] > bottom * MM]
        low = min((box[1] for box in boxes), default=page.get_height())
        line = [text.get_text_bounded(*box) for box in boxes if abs(box[1] - low) < 3]
        room = page.get_height() - (bottom + 18) * MM
        found.append(Sheet(number, " ".join(" ".join(line).split()), 1 - (low - bottom * MM) / room))
    return found
