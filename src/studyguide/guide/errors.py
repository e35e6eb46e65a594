"""What a guide says when something is wrong: one kind of error, and the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


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
