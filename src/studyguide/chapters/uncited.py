"""Chapters as prose: which paragraphs state something and do not say where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# What answers for a sentence: a citation, a figure from the data, a step of the plot, a claim's verdict, a link.
ANSWERS = re.compile(r"\{(?:cite|fact|figure|score|step|claim)\}`|\]\(")
# What wants an answer: a number, or a capital inside a sentence.
STATES = re.compile(r"\d|(?<=[a-z0-9,;:)] )[“‘\"*(]*[A-Z][a-z]")
ROLE = re.compile(r"\{[a-z]+\}`[^`]*`")
HEADER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^(:::+|```+).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^\([a-z0-9-]+\)=$", re.MULTILINE)
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
    text = chapter.read_text(encoding="utf-8")
    for taken in (HEADER, FENCE, TARGET):  # their lines stay, empty
        text = taken.sub(lambda match: "\n" * match[0].count("\n"), text)
    line = 1
    for paragraph in re.split(r"(\n\s*\n)", text):
        start = line + len(paragraph) - len(paragraph.lstrip("\n"))
        line += paragraph.count("\n")
        words = ROLE.sub("", paragraph).split()
        if not words or words[0].startswith("#") or ANSWERS.search(paragraph):
            continue
        if STATES.search(" ".join(words)):
            yield Uncited(chapter, start, " ".join(words[:WORDS_SHOWN]))
