"""Where the guide's own links lead: to pages of a book, or in a notebook to the sources themselves.

A book says in its settings which page plays which part; the edge (the Sphinx extension) puts that into the environment,
from where it also reaches the kernels that execute chapters. `current` is the one place that asks.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from studyguide.guide import Source

ENVIRONMENT = "STUDYGUIDE_BOOK"
PARTS = {
    "glossary": "explains the terms",
    "ledger": "lists the claims with their verdicts",
    "references": "lists the sources",
    "run": "tells how to run a chapter in Jupyter; may end in #anchor",
    "story": "tells the plot step by step",
}
"""The parts that a page of the book can play, and what such a page does."""


@dataclass(frozen=True)
class Links:
    """The links of one host. Pages of a book stand side by side in one folder; a part without a page has no links."""

    book: bool = False
    """Whether a book build runs this process: then pages link to each other, and no widget is made."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The page of each part: `story` → `chapters/story`."""

    def part(self, name: str, anchor: str = "") -> str:
        """The address of the page that plays a part, or of a place on it; empty where there is none."""
        page, _, own = self.pages.get(name, "").partition("#")
        place = anchor or own
        return self.chapter(page) + (f"#{place}" if place else "") if page else ""

    def source(self, source: Source) -> str:
        """Where a source's name leads: the book's list of references, else the page itself."""
        return self.part("references", f"ref-{source.id}") or source.url

    def step(self, step: str) -> str:
        """Where a step's number leads."""
        return self.part("story", f"step-{step}")

    def claim(self, claim: str) -> str:
        """Where a claim's badge leads."""
        return self.part("ledger", f"claim-{claim}")

    def term(self, term: str) -> str:
        """Where a term of the glossary leads."""
        return self.part("glossary", f"term-{term}")

    def chapter(self, name: str) -> str:
        """Where a chapter's name leads: its page; nowhere from a notebook, which is a file of its own."""
        return f"{name.rpartition('/')[2]}.html" if self.book and name else ""


def current() -> Links:
    """The links of this process: a book's if the environment says so, else a notebook's."""
    return _read(os.environ.get(ENVIRONMENT, ""))


@lru_cache(maxsize=8)
def _read(text: str) -> Links:
    return Links(book=True, pages=json.loads(text)) if text else Links()


def in_words(pages: Mapping[str, str]) -> str:
    """What `current` reads again: for the environment of a book build."""
    return json.dumps(dict(pages), sort_keys=True)
