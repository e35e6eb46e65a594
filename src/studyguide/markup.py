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

from studyguide import scoring, words
from studyguide.model import (
    Activity,
    Choice,
    Guide,
    GuideError,
    Interpretation,
    Item,
    KeyedItem,
    Match,
    Order,
    Rating,
    Source,
    Sourced,
    Voice,
)

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
    env.filters["plain"] = plain
    env.filters["figure_json"] = lambda spec: Markup(_json_for_script(spec))
    env.tests["keyed"] = lambda item: isinstance(item, KeyedItem)
    env.globals.update(GRADES=GRADES, CERTAINTY=CERTAINTY, TEXT_LIMIT=scoring.TEXT_LIMIT, words=words)
    env.globals.update(shown=scoring.shown, choices=scoring.choices)
    return env


def plain(text: str) -> str:
    """Item text without its emphasis and links, for where no markup can stand: the words that a reader sees."""
    from markupsafe import Markup

    rendered: Markup = _environment().filters["markdown"](text)
    return rendered.striptags()


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


def chapter_href(chapter: str) -> str:
    """Where a chapter's name leads: its page; nowhere from a notebook, which is a file of its own."""
    return f"{chapter}.html" if in_book() else ""


def activity(guide: Guide, activity_id: str) -> Html:
    """An activity as a form: readable and printable as it stands; `frontend/activity.js` brings it to life."""
    record: Activity = guide.activities[activity_id]
    items = [guide.items[key] for key in record.items]
    spec = scoring.spec(guide, activity_id)
    return render("activity.html", guide=guide, activity=record, items=items, spec=spec, sources_of=sources_of)


def my_work(guide: Guide) -> Html:
    """The page "My work": progress by chapter, and what `frontend/mywork.js` needs to show every answer in words."""
    chapters: dict[str, list[Activity]] = {}
    for record in guide.activities:
        chapters.setdefault(record.chapter or "", []).append(record)
    work = _everything_asked(guide) | {"film": guide.film.title}
    return render("mywork.html", chapters=chapters, work=work, chapter_href=chapter_href)


def class_page(guide: Guide) -> Html:
    """The page "Class": what `frontend/class.js` needs to show every count in words, and a tally sheet for paper."""
    claims = {reading.id: plain(reading.claim) for reading in guide.readings}
    return render("class.html", guide=guide, known=_everything_asked(guide) | {"claims": claims})


def _everything_asked(guide: Guide) -> dict[str, Any]:
    """All activities as a page's script knows them, and what their ids say in words."""
    asked = {key: guide.items[key] for record in guide.activities for key in record.items}
    return {
        "guide": guide.film.id,
        "specs": [scoring.spec(guide, record.id) for record in guide.activities],
        "words": {key: item_words(guide, item) for key, item in asked.items()},
        "certainty": CERTAINTY,
    }


def item_words(guide: Guide, item: Item) -> dict[str, Any]:
    """What an item and the ids in its responses say, as plain text: `stem`, `names` by id, a match's `choices` by id.

    Of an interpretation, `names` are the readings and `steps` the steps, with their numbers.
    """
    said: dict[str, Any] = {"stem": plain(item.stem)}
    match item:
        case Choice():
            named = [(option.id, option.text) for option in item.options]
        case Order():
            named = [(entry.id, entry.text) for entry in item.entries]
        case Match():
            named = [(pair.id, pair.text) for pair in item.pairs]
            said["choices"] = {key: plain(text) for key, text in scoring.choices(item)}
        case Rating():
            named = [(aspect.id, aspect.text) for aspect in item.aspects]
        case Interpretation():
            said["steps"] = {key: f"{guide.steps.number(key)}. {guide.steps[key].title}" for key in item.steps}
            named = [(key, guide.readings[key].title) for key in item.readings]
        case _:
            named = []
    return said | {"names": {key: plain(text) for key, text in named}}


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
