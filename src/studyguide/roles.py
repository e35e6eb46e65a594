"""The guide's own roles in chapter text, resolved once for the page and once for the notebook.

A role is written `` {fact}`running-time` ``. Here it becomes a `Resolved`: the words a reader sees, and where they
lead. `book.py` turns that into Sphinx nodes, `notebooks.py` into Markdown; neither knows what a role means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studyguide import words
from studyguide.model import Guide, GuideError


@dataclass(frozen=True)
class Resolved:
    """What a role stands for. `target` is an anchor on the step chapter's page; `lang` is a BCP 47 tag."""

    text: str
    target: str | None = None
    lang: str | None = None
    kind: str = ""


def _fact(guide: Guide, content: str) -> Resolved:
    return Resolved(words.fact(guide.facts[content]), kind="value")


def _figure(guide: Guide, content: str) -> Resolved:
    short = content.startswith("short ")
    figure = guide.box_office[content.removeprefix("short ").strip()]
    return Resolved(words.figure_value(figure) if short else words.figure(figure), kind="value")


def _score(guide: Guide, content: str) -> Resolved:
    return Resolved(words.score(guide.scores[content]), kind="value")


def _step(guide: Guide, content: str) -> Resolved:
    return Resolved(f"step {guide.steps.number(content)}", target=f"step-{content}", kind="step")


def _lang(guide: Guide, content: str) -> Resolved:
    tag, _, text = content.partition(" ")
    if not text:
        raise GuideError(f"`{content}` has no text; write a language tag, a space and the words, as in `ja 音`")
    return Resolved(text.strip(), lang=tag)


ROLES: dict[str, Callable[[Guide, str], Resolved]] = {
    "fact": _fact,
    "figure": _figure,
    "lang": _lang,
    "score": _score,
    "step": _step,
}


def resolve(guide: Guide, role: str, content: str) -> Resolved:
    """What `` {role}`content` `` stands for; GuideError when there is no such record."""
    return ROLES[role](guide, content.strip())
