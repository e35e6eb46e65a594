"""What a guide says when something is wrong: one kind of error, and the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class GuideError(Exception):
    """Anything the guide says on purpose: the message tells what was found and what would be right."""


class UnknownIdError(GuideError, KeyError):
    """An id that no record of a table has."""

    def __str__(self) -> str:  # KeyError would show the repr, quotes and all
        return str(self.args[0])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` for the nearest of `known`, or a short list of what there is."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    shown = ", ".join(f"`{name}`" for name in known[:6])
    return f"known: {shown}{', …' if len(known) > 6 else ''}" if known else "there are none yet"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in one file."""

    file: str
    line: int
    id: str
    """Of the record, where the file holds records."""
    found: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.id or '-'}: {self.found}; {self.right}"


class FaultsError(GuideError):
    """All faults of one kind of file, sorted by file and line, one line each."""

    kind = "the book"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        count = f"{len(self.faults)} fault{'s' if len(self.faults) != 1 else ''} in {self.kind}"
        super().__init__("\n".join([*map(str, self.faults), count]))
