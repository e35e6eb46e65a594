"""Records to semantic HTML, through the templates beside this file. The only place that writes markup.

Everything here is complete without script: the front end only enhances it. Author text passes through autoescape; item
text may use a small Markdown subset (emphasis, links to http and https, paragraphs), in which raw HTML stays text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from studyguide import words
from studyguide.model import Activity, Guide, GuideError, Source, Sourced, Voice

HOST = "STUDYGUIDE_HOST"
GRADES = {
    "A": "read in full: proves what that page says",
    "B": "two or more pages say so",
    "C": "one page says so",
    "D": "pages disagree, or only weak ones say so",
    "E": "derived from other figures",
}
CERTAINTY = {"1": "a hunch", "2": "leaning", "3": "fairly sure", "4": "sure"}
# Pages of the book stand side by side in one folder; these two are linked from every other.
REFERENCES, STORY = "references.html", "story.html"


class Html(str):
    """HTML that a notebook cell shows as such."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def in_book() -> bool:
    """Whether a book build runs this process: then pages link to each other, and no widget is made."""
    return os.environ.get(HOST) == "book"


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    env = Environment(
        loader=PackageLoader("studyguide"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # markdown-it's "zero" preset does nothing until asked; links are limited to web addresses by its own validator.
    markdown = MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "escape", "entity"])
    env.filters["markdown"] = lambda text: Markup(markdown.renderInline(text))
    env.filters["paragraphs"] = lambda text: Markup(markdown.render(text))
    env.filters["figure_json"] = lambda spec: Markup(_json_for_script(spec))
    env.globals.update(GRADES=GRADES, CERTAINTY=CERTAINTY, words=words)
    return env


def _json_for_script(value: object) -> str:
    """JSON that can stand inside a script element: no `<` can end the element early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def render(template: str, **context: object) -> Html:
    """A template of this package, filled."""
    return Html(_environment().get_template(template).render(source_href=source_href, step_href=step_href, **context))


def source_href(source: Source) -> str:
    """Where a source's name leads: the book's list of references, or in a notebook the page itself."""
    return f"{REFERENCES}#ref-{source.id}" if in_book() else source.url


def step_href(step_id: str) -> str:
    """Where a step's number leads: the story chapter; nowhere from a notebook, which is a file of its own."""
    return f"{STORY}#step-{step_id}" if in_book() else ""


def sources_of(guide: Guide, records: Iterable[Sourced]) -> list[Source]:
    """The sources of several records, each once, in order of first mention."""
    keys = dict.fromkeys(key for record in records for key in record.sources)
    return [guide.sources[key] for key in keys]


def activity(guide: Guide, activity_id: str) -> Html:
    """An activity as a form: readable and printable as it stands; `frontend/activity.js` brings it to life."""
    record: Activity = guide.activities[activity_id]
    items = [guide.items[key] for key in record.items]
    return render("activity.html", guide=guide, activity=record, items=items, sources_of=sources_of)


def card(guide: Guide, groups: Sequence[str] = ()) -> Html:
    """The film's facts by group, each with its sources and grade; all groups unless some are named."""
    known = list(dict.fromkeys(fact.group for fact in guide.facts))
    unknown = set(groups) - set(known)
    if unknown:
        raise GuideError(f"no facts in the group `{sorted(unknown)[0]}`; the groups are {words.listing(known)}")
    chosen = {group: guide.facts.where(group=group) for group in groups or known}
    return render("card.html", guide=guide, groups=chosen, sources_of=sources_of)


def steps(guide: Guide, part: str) -> Html:
    """One part of the plot, step by step."""
    found = guide.steps.where(part=part)
    if not found:
        raise GuideError(f"no steps in the part `{part}`; the parts are {words.listing(parts(guide))}")
    return render("steps.html", guide=guide, steps=found, sources_of=sources_of)


def parts(guide: Guide) -> list[str]:
    """The parts of the plot, in order."""
    return list(dict.fromkeys(step.part for step in guide.steps))


def voices(guide: Guide, stance: str) -> Html:
    """What critics and viewers hold who take one stance: praise, mixed or dissent."""
    found: Sequence[Voice] = guide.voices.where(stance=stance)
    return render("voices.html", guide=guide, voices=found, sources_of=sources_of)


def table(
    guide: Guide, title: str, head: Sequence[str], rows: Iterable[tuple[Sequence[str], Sequence[Sourced]]]
) -> Html:
    """A captioned table; each row is its cells and the records that answer for them."""
    filled = [(cells, sources_of(guide, records), records) for cells, records in rows]
    return render("table.html", title=title, head=head, rows=filled)
