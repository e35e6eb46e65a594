"""Chapters as prose: which paragraphs state something and do not say where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studyguide.chapters import myst

# What answers for a sentence: a citation, a figure from the data, a step or minute of the film, a claim's verdict.
ANSWERS = {"at", "cite", "claim", "fact", "figure", "score", "step"}
# What wants an answer: a number, or a capital inside a sentence.
STATES = re.compile(r"\d|(?<=[a-z0-9,;:)] )[“‘\"*(]*[A-Z][a-z]")
WORDS_SHOWN = 8


@dataclass(frozen=True)
class Uncited:
    """A paragraph with a name, number or date and nothing that answers for it."""

    file: Path
    line: int
    words: str
    """How it begins."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words} …"


def uncited(chapter: Path) -> Iterator[Uncited]:
    """The paragraphs of a chapter that a second look should ask for their source, in order.

    A report, not a verdict: a sentence about this guide itself needs no source.
    """
    for block in myst.read(chapter.read_text(encoding="utf-8")):
        if not isinstance(block, myst.Prose) or block.level:
            continue
        if any(piece.kind == "link" or piece.name in ANSWERS for piece in block.pieces):
            continue
        words = myst.without_roles(block).split()
        if words and STATES.search(" ".join(words)):
            yield Uncited(chapter, block.line, " ".join(words[:WORDS_SHOWN]))
