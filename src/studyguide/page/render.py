"""Records to semantic HTML, through the templates beside this file. The only place that writes markup.

Everything here is complete without script: the front end only enhances it. Author text passes through autoescape; item
text may use a small Markdown subset (emphasis, links to http and https, paragraphs), in which raw HTML stays text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import count
from typing import Any, get_args

from studyguide.guide import (
    EXTENSIONS,
    OWN,
    Activity,
    Claim,
    Guide,
    GuideError,
    Item,
    KeyedItem,
    Parallel,
    Source,
    Sourced,
    Step,
    Term,
    Verdict,
    Voice,
    limits,
    wording,
)
from studyguide.guide.crosschecking import RANK
from studyguide.guide.wording import plain
from studyguide.page import diagrams, links
from studyguide.questions import kinds, scoring

GRADES = {
    "F": "the film says it or lets it be heard, by its captions, which prove words and order, not pictures",
    "A": "read in full: proves what that page says",
    "B": "two or more pages say so",
    "C": "one page says so",
    "D": "pages disagree, or only weak ones say so",
    "E": "derived from other figures",
}
_TIME = re.compile(r"\b(\d):([0-5]\d):([0-5]\d)\b")
_BRACKETS = re.compile(r"\((?:[^()<>]*\d:[0-5]\d:[0-5]\d[^()<>]*)\)")
_NUMBERS = count(1)
# Of the ledger: pages that are not among the starting articles.
ELSEWHERE = "elsewhere"


class Html(str):
    """HTML that a notebook cell shows as such."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    __html__ = _repr_html_  # inside a template it is not escaped again


@cache
def _environment() -> Any:
    from jinja2 import ChoiceLoader, Environment, FunctionLoader, PackageLoader, StrictUndefined
    from markupsafe import Markup

    env = Environment(
        loader=ChoiceLoader([PackageLoader("studyguide.page"), FunctionLoader(_of_extension)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    markdown = wording.markdown()
    env.filters["markdown"] = lambda text: _timed(markdown.renderInline(text))
    env.filters["paragraphs"] = lambda text: _timed(markdown.render(text))
    env.filters["plain"] = plain
    env.filters["slug"] = lambda text: text.replace(" ", "-")
    env.filters["figure_json"] = lambda spec: Markup(_json_for_script(spec))
    env.tests["keyed"] = lambda item: isinstance(item, KeyedItem)
    env.globals.update(GRADES=GRADES, CERTAINTY=kinds.CERTAINTY, limits=limits, words=wording)
    env.globals.update(shown=kinds.shown, choices=kinds.choices, rows=kinds.rows, stars=kinds.stars)
    env.globals.update(OWN=OWN, OWN_READING=kinds.OWN_READING)
    env.globals.update(links=links.current, sources_of=sources_of, disputed=disputed, fresh=_fresh)
    env.globals.update(badge=badge, opening=opening)
    return env


def _timed(markup: str) -> str:
    """HTML in which every time of the film in brackets, `(2:29:02)`, is an element that a reader's copy can shift."""
    from markupsafe import Markup

    def element(match: re.Match[str]) -> str:
        hours, minutes, seconds = map(int, match.groups())
        at = 3600 * hours + 60 * minutes + seconds
        return f'<span data-at="{at}">{wording.time(at)}</span>'

    # Only between brackets, where author text has no markup of its own.
    return Markup(_BRACKETS.sub(lambda found: _TIME.sub(element, found[0]), str(markup)))


def _fresh(name: str) -> str:
    """An id that no other element of a page has. A page's records are rendered by one kernel, in one order."""
    return f"{name}-{next(_NUMBERS)}"


def _of_extension(name: str) -> str | None:
    """The template of an item type that another package brings."""
    extension = EXTENSIONS.get(name.removesuffix(".html"))
    return extension.template.read_text(encoding="utf-8") if extension else None


def _json_for_script(value: object) -> str:
    """JSON that can stand inside a script element: no `<` can end the element early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def fill(template: str, **context: object) -> Html:
    """A template of this package, filled."""
    return Html(_environment().get_template(template).render(**context))


def opening(guide: Guide, steps: Iterable[str]) -> int:
    """With which step something opens to a reader who is still watching: the last of its own, or of all."""
    return max(map(guide.steps.number, steps), default=len(guide.steps))


def sources_of(guide: Guide, records: Iterable[Sourced | Term]) -> list[Source]:
    """The sources of several records, each once: the best kinds first, and within a kind those that can be opened."""
    keys = dict.fromkeys(key for record in records for key in record.sources)
    return sorted((guide.sources[key] for key in keys), key=lambda source: (RANK[source.kind], not source.url))


def the_film(guide: Guide) -> list[Source]:
    """The film itself, which answers for what is heard in it."""
    return [source for source in guide.sources if source.kind == "film"]


def disputed(guide: Guide, record: Sourced) -> list[Claim]:
    """What a record repeats or answers that others say, too."""
    return [guide.claims[key] for key in getattr(record, "claims", ())]


def activity(guide: Guide, activity_id: str) -> Html:
    """An activity as a form: readable and printable as it stands; `frontend/activity.js` brings it to life."""
    record: Activity = guide.activities[activity_id]
    items = [guide.items[key] for key in record.items]
    spec = scoring.spec(guide, activity_id)
    opens = _activity_opens(guide, record)
    return fill("activity.html", guide=guide, activity=record, items=items, spec=spec, opens=opens)


def _activity_opens(guide: Guide, record: Activity) -> int:
    """With which step an activity opens: with the first of its items."""
    return min(opening(guide, guide.items[key].steps) for key in record.items)


def my_work(guide: Guide) -> Html:
    """The page "My work": progress by chapter, and what `frontend/mywork.js` needs to show every answer in words."""
    chapters: dict[str, list[Activity]] = {}
    for record in guide.activities:
        chapters.setdefault(record.chapter or "", []).append(record)
    work = _everything_asked(guide) | {"film": guide.film.title}
    opens = {record.id: _activity_opens(guide, record) for record in guide.activities}
    return fill("mywork.html", chapters=chapters, work=work, opens=opens)


def class_page(guide: Guide) -> Html:
    """The page "Class": what `frontend/class.js` needs to show every count in words, and a tally sheet for paper."""
    claims = {reading.id: plain(reading.claim) for reading in guide.readings}
    return fill("class.html", guide=guide, known=_everything_asked(guide) | {"claims": claims})


def _everything_asked(guide: Guide) -> dict[str, Any]:
    """All activities as a page's script knows them, and what their ids say in words."""
    asked = {key: guide.items[key] for record in guide.activities for key in record.items}
    return {
        "guide": guide.film.id,
        "specs": [scoring.spec(guide, record.id) for record in guide.activities],
        "words": {key: item_words(guide, item) for key, item in asked.items()},
    }


def item_words(guide: Guide, item: Item) -> dict[str, Any]:
    """What an item and the ids in its responses say: `stem`, `texts` by list and id, `labels` by path, all plain."""
    return {"stem": plain(item.stem), "opens": opening(guide, item.steps)} | kinds.anatomy(item, guide).words()


def card(guide: Guide, groups: Sequence[str] = ()) -> Html:
    """The film's facts by group, each with its sources and grade; all groups unless some are named."""
    known = list(dict.fromkeys(fact.group for fact in guide.facts))
    unknown = set(groups) - set(known)
    if unknown:
        raise GuideError(f"no facts in the group `{sorted(unknown)[0]}`; the groups are {wording.listing(known)}")
    chosen = {group: guide.facts.where(group=group) for group in groups or known}
    return fill("card.html", guide=guide, groups=chosen)


def steps(guide: Guide, part: str) -> Html:
    """One part of the plot, step by step."""
    if part not in parts(guide):
        raise GuideError(f"no steps in the part `{part}`; the parts are {wording.listing(parts(guide))}")
    return fill("steps.html", guide=guide, steps=guide.steps.where(part=part))


def _by_part(guide: Guide) -> dict[str, Sequence[Step]]:
    return {part: guide.steps.where(part=part) for part in parts(guide)}


def parts(guide: Guide) -> list[str]:
    """The parts of the plot, in order."""
    return list(dict.fromkeys(step.part for step in guide.steps))


def watched(guide: Guide, ask: bool = False) -> Html:
    """Where a reader says how far they are in the film; `ask`: open at once, for one who was never asked."""
    return fill("watched.html", guide=guide, parts=_by_part(guide), ask=ask)


def clock(guide: Guide) -> Html:
    """Where a reader sets every time by a copy of their own; empty for a film without the two lines to go by."""
    return fill("clock.html", guide=guide) if guide.film.clock else Html("")


def badge(guide: Guide, claim_id: str, anchor: str, said: str = "") -> Html:
    """Disputed words with a mark of the verdict, and on demand what this guide prints. `anchor` is the mark's id."""
    claim = guide.claims[claim_id]
    return fill("badge.html", claim=claim, anchor=anchor, said=said, href=links.current().claim(claim.id))


def ledger(guide: Guide) -> Html:
    """Every claim with its verdict, the evidence and what this guide prints; by page, verdict and subject."""
    given = Counter(claim.verdict for claim in guide.claims)
    verdicts = [verdict for verdict in get_args(Verdict) if given[verdict]]
    subjects = dict.fromkeys(claim.subject for claim in guide.claims)
    made = {key for claim in guide.claims for key in claim.appearances}
    pages = [(source.id, f"the {source.id.replace('-', ' ')}") for source in guide.sources if source.starting]
    fields = [
        (
            "appearance",
            "Said by",
            [*(page for page in pages if page[0] in made), (ELSEWHERE, "others, in circulation")],
        ),
        ("verdict", "Verdict", [(verdict.replace(" ", "-"), verdict) for verdict in verdicts]),
        ("subject", "Subject", [(subject.replace(" ", "-"), subject) for subject in subjects]),
    ]

    def made_in(claim: Claim) -> str:
        """The starting articles among its appearances, and whether there are others."""
        where = (key if guide.sources[key].starting else ELSEWHERE for key in claim.appearances)
        return " ".join(dict.fromkeys(where))

    counts = wording.listing(f"{given[verdict]} {verdict}" for verdict in verdicts)
    return fill("ledger.html", guide=guide, counts=counts, fields=fields, made_in=made_in)


def theme(guide: Guide, theme_id: str) -> Html:
    """A theme: its question, its idea, and the steps in which it shows."""
    return fill("theme.html", guide=guide, theme=guide.themes[theme_id])


def quotations(guide: Guide) -> Html:
    """Short lines of the film, each with what it can carry; by theme and by speaker."""
    themes = dict.fromkeys(line.theme for line in guide.quotations)
    speakers = dict.fromkeys(line.speaker for line in guide.quotations)
    return fill(
        "quotations.html",
        guide=guide,
        themes=[(key, guide.themes[key].title) for key in themes],
        speakers=[(key, guide.characters[key].name) for key in speakers],
    )


def tracker(guide: Guide) -> Html:
    """Which theme shows in which step; choosing one leaves its section alone on the page."""
    options = [(theme.id, theme.title) for theme in guide.themes]
    return fill("tracker.html", guide=guide, parts=_by_part(guide), options=options)


def relations(guide: Guide) -> Html:
    """What binds the characters, as a map and as a list; choosing a person leaves theirs."""
    marks, bonds = diagrams.people(guide), diagrams.bonds(guide)
    options = [(mark.id, guide.characters[mark.id].name) for mark in marks]
    return fill(
        "relations.html",
        guide=guide,
        people=marks,
        bonds=bonds,
        options=options,
        width=diagrams.WIDTH,
        height=diagrams.HEIGHT,
    )


def route(guide: Guide) -> Html:
    """The places in the order in which the film reaches them, on a schematic map and as a list."""
    marks = diagrams.route(guide.places)
    return fill("route.html", guide=guide, marks=marks, width=diagrams.WIDTH, height=diagrams.HEIGHT)


def parallels(guide: Guide) -> Html:
    """Element by element, what each work makes of it; a cell that no source gives says so."""
    works = list(dict.fromkeys(parallel.work for parallel in guide.adaptation))
    rows: dict[str, dict[str, Parallel]] = {}
    for parallel in guide.adaptation:
        rows.setdefault(parallel.element, {})[parallel.work] = parallel
    return fill("parallels.html", guide=guide, title="The same element in each work", works=works, rows=rows)


def glossary(guide: Guide) -> Html:
    """The terms by group, each with an anchor."""
    groups = {group: guide.terms.where(group=group) for group in dict.fromkeys(term.group for term in guide.terms)}
    return fill("glossary.html", guide=guide, groups=groups)


def step_sheet(guide: Guide) -> Html:
    """The steps with an empty column for the time at which each begins, to print."""
    return fill("step_sheet.html", guide=guide)


def languages(guide: Guide) -> Html:
    """Who uses which language, and where in the film."""
    rows = [
        ((character.name, tongue.language, f"{tongue.where}. {tongue.note}" if tongue.note else tongue.where), [tongue])
        for character in guide.characters
        for tongue in character.languages
    ]
    return table(guide, "Who uses which language", ["Character", "Language", "Where"], rows)


def voices(guide: Guide, stance: str) -> Html:
    """What critics and viewers hold who take one stance: praise, mixed or dissent."""
    found: Sequence[Voice] = guide.voices.where(stance=stance)
    return fill("voices.html", guide=guide, voices=found)


def table(
    guide: Guide, title: str, head: Sequence[str], rows: Iterable[tuple[Sequence[str], Sequence[Sourced]]]
) -> Html:
    """A captioned table; each row is its cells and the records that answer for them, if there are any."""
    filled = [(cells, sources_of(guide, records), records) for cells, records in rows]
    return fill("table.html", title=title, head=head, rows=filled)
