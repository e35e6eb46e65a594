"""The guide's own roles in chapter text, resolved once for the page and once for the notebook.

A role is written `` {fact}`running-time` ``. Here it becomes a `Resolved`: the words a reader sees, and where they
lead. `book.py` turns that into Sphinx nodes, `notebooks.py` into Markdown; neither knows what a role means.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from studyguide.guide import RUNNING_TIME, Guide, GuideError, wording
from studyguide.page import links


@dataclass(frozen=True)
class Resolved:
    """What a role stands for. `target` is a page of the book with an anchor; `lang` is a BCP 47 tag."""

    text: str
    target: str | None = None
    lang: str | None = None
    kind: str = ""
    title: str = ""
    """What a link tells before it is followed."""
    step: int | None = None
    """How far into the plot it goes: the number of a step, 0 for nowhere."""
    at: int | None = None
    """A time of the film, in seconds."""
    claim: str | None = None
    """The claim whose badge it is."""
    said: str = ""
    """The disputed words themselves."""


def _fact(guide: Guide, content: str) -> Resolved:
    return Resolved(wording.fact(guide.facts[content]), kind="value")


def _figure(guide: Guide, content: str) -> Resolved:
    short = content.startswith("short ")
    figure = guide.box_office[content.removeprefix("short ").strip()]
    return Resolved(wording.amount_value(figure) if short else wording.amount(figure), kind="value")


def _score(guide: Guide, content: str) -> Resolved:
    return Resolved(wording.score(guide.scores[content]), kind="value")


def _step(guide: Guide, content: str) -> Resolved:
    number = guide.steps.number(content)
    return Resolved(f"step {number}", target=links.current().step(content) or None, kind="step", step=number)


def _at(guide: Guide, content: str) -> Resolved:
    match = RUNNING_TIME.match(content)
    if not match:
        raise GuideError(f"`{content}` is not a time of the film; write H:MM:SS, as in `2:29:01`")
    hours, minutes, seconds = map(int, match.groups())
    at = 3600 * hours + 60 * minutes + seconds
    begun = [step for step in guide.steps if step.start is not None and step.start <= at]
    step = guide.steps.number(begun[-1].id) if begun else None
    return Resolved(wording.time(at), kind="at", step=step, at=at)


START = "start"
"""Where a step's id could stand: what gives nothing away."""


def _opens(guide: Guide, content: str) -> Resolved:
    return Resolved("", kind="opens", step=0 if content == START else guide.steps.number(content))


def named(content: str) -> tuple[str, str]:
    """The words and the id of a role that takes words of the chapter's own, `words <id>`; no words in a bare `id`."""
    match = re.fullmatch(r"(.+?)\s*<(.+)>", content)
    return (match[1], match[2]) if match else ("", content)


def _term(guide: Guide, content: str) -> Resolved:
    said, key = named(content)
    term = guide.terms[key]
    target, title = links.current().term(term.id) or None, wording.plain(term.meaning)
    # Words of the chapter's own are in the chapter's language.
    return Resolved(said or term.term, target, None if said else term.lang, kind="term", title=title)


def _claim(guide: Guide, content: str) -> Resolved:
    said, key = named(content)
    claim = guide.claims[key]
    text = f"{said} ({wording.verdict(claim)}; this guide prints: {claim.prints})"
    return Resolved(text.strip(), kind="claim", claim=claim.id, said=said)


def _lang(guide: Guide, content: str) -> Resolved:
    tag, _, text = content.partition(" ")
    if not text:
        raise GuideError(f"`{content}` has no text; write a language tag, a space and the words, as in `ja 音`")
    return Resolved(text.strip(), lang=tag)


ROLES: dict[str, Callable[[Guide, str], Resolved]] = {
    "at": _at,
    "claim": _claim,
    "fact": _fact,
    "figure": _figure,
    "lang": _lang,
    "opens": _opens,
    "score": _score,
    "step": _step,
    "term": _term,
}


def resolve(guide: Guide, role: str, content: str) -> Resolved:
    """What `` {role}`content` `` stands for; GuideError when there is no such record."""
    return ROLES[role](guide, " ".join(content.split()))
