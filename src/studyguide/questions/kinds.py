"""The types of item, each described once as slots. All else about responses follows from the description.

A further type is one more function here (or a call of `register` in a package of one's own), a template of its name
in page/templates, an entry in frontend/activity/kinds.js that reads and shows its markup, and its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studyguide.guide import (
    EXTENSIONS,
    ITEM_TYPES,
    OWN,
    Choice,
    Entry,
    Extension,
    Guide,
    Interpretation,
    Item,
    Match,
    Order,
    Rating,
    Sort,
    limits,
)
from studyguide.guide.wording import plain
from studyguide.questions.slots import AFTER, BEFORE, FIRST, SECOND, Anatomy, Slot

CERTAINTY = dict(zip(limits.CERTAINTIES, ("a hunch", "leaning", "fairly sure", "sure"), strict=True))
OWN_READING = "A reading of my own"
CHECKED = ("checked",)
Describe = Callable[[Any, Guide | None], Anatomy]


def anatomy(item: Item, guide: Guide | None = None) -> Anatomy:
    """An item in slots. Words of other records are their ids where no guide is given."""
    return KINDS[item.type](item, guide)


def register(name: str, record: type[Item], describe: Describe, extension: Extension) -> None:
    """Add a type of item: its record, its description as slots, and where its template and script lie."""
    ITEM_TYPES[name] = record
    KINDS[name] = describe
    EXTENSIONS[name] = extension


def shown(item: Order) -> list[Entry]:
    """The entries as a reader meets them: by the alphabet, which gives nothing away."""
    return sorted(item.entries, key=lambda entry: (entry.text.casefold(), entry.id))


def choices(item: Match | Sort) -> list[tuple[str, str]]:
    """Id and text of everything to choose from: bins in their order, the rest by the alphabet.

    Spare ones are `spare-1`, `spare-2` …
    """
    if isinstance(item, Sort):
        return [(one.id, one.text) for one in item.bins]
    spare = [(f"spare-{number}", text) for number, text in enumerate(item.spare, 1)]
    pairs = [(pair.id, pair.match) for pair in item.pairs]
    return sorted(pairs + spare, key=lambda choice: (choice[1].casefold(), choice[0]))


def rows(item: Match | Sort) -> list[tuple[str, str, str, str]]:
    """Id and text of everything that is paired or sorted, with the text that belongs to it and the rationale."""
    if isinstance(item, Match):
        return [(pair.id, pair.text, pair.match, pair.rationale) for pair in item.pairs]
    bins = {one.id: one.text for one in item.bins}
    return [(one.id, one.text, bins[one.bin], one.rationale) for one in item.entries]


def stars(half: bool) -> dict[float, str]:
    """The stars that may be given, fewest first, in words."""
    scale = limits.HALF_STARS if half else limits.STARS
    return {star: f"{star:g} {'star' if star <= 1 else 'stars'}" for star in scale}


def _choice(item: Choice, guide: Guide | None) -> Anatomy:
    options = {option.id: plain(option.text) for option in item.options}
    keys = tuple(option.id for option in item.options if option.key)
    single = item.cardinality == "single"
    slot = Slot("choice", "set", of="options", key=keys, most=1 if single else 0, zero=not single)
    return Anatomy((slot,), {"options": options}, ids=tuple(options), marks=CHECKED)


def _order(item: Order, guide: Guide | None) -> Anatomy:
    entries = {entry.id: plain(entry.text) for entry in shown(item)}
    slot = Slot("order", "order", of="entries", key=tuple(entry.id for entry in item.entries))
    return Anatomy((slot,), {"entries": entries}, ids=tuple(entries), marks=CHECKED)


def _match(item: Match, guide: Guide | None) -> Anatomy:
    offered = {key: plain(text) for key, text in choices(item)}
    slots = tuple(
        Slot(f"match.{pair.id}", "one", of="choices", key=(pair.id,), label=plain(pair.text)) for pair in item.pairs
    )
    return Anatomy(slots, {"choices": offered}, ids=(*(pair.id for pair in item.pairs), *offered), marks=CHECKED)


def _sort(item: Sort, guide: Guide | None) -> Anatomy:
    bins = {key: plain(text) for key, text in choices(item)}
    slots = tuple(
        Slot(f"sort.{one.id}", "one", of="bins", key=(one.bin,), label=plain(one.text)) for one in item.entries
    )
    return Anatomy(slots, {"bins": bins}, ids=(*(one.id for one in item.entries), *bins), marks=CHECKED)


def _rating(item: Rating, guide: Guide | None) -> Anatomy:
    slots = [
        Slot(
            f"{round_}.{aspect.id}",
            "number",
            of="half-stars" if aspect.half else "stars",
            label=f"{plain(aspect.text)}, {round_}",
        )
        for round_ in (BEFORE, AFTER)
        for aspect in item.aspects
    ]
    lists: dict[str, Any] = {"aspects": {aspect.id: plain(aspect.text) for aspect in item.aspects}}
    lists |= {"half-stars" if half else "stars": stars(half) for half in sorted({one.half for one in item.aspects})}
    return Anatomy((*slots, Slot("ideas", "text", label="In your words")), lists, ids=tuple(lists["aspects"]))


def _prompt(item: Item, guide: Guide | None) -> Anatomy:
    return Anatomy((Slot("text", "text"),))


def _interpretation(item: Interpretation, guide: Guide | None) -> Anatomy:
    def title(table: str, key: str) -> str:
        return plain(getattr(guide, table)[key].title) if guide else key

    def step(key: str) -> str:
        return f"{guide.steps.number(key)}. {title('steps', key)}" if guide else key

    readings = {key: title("readings", key) for key in item.readings} | ({OWN: OWN_READING} if item.own else {})
    lists: dict[str, Any] = {
        "readings": readings,
        "certainty": CERTAINTY,
        "steps": {key: step(key) for key in item.steps},
    }
    slots = [
        Slot(f"{FIRST}.reading", "one", of="readings", label="First reading"),
        Slot(f"{FIRST}.certainty", "one", of="certainty", label="How certain at first", numeric=True),
        Slot(f"{FIRST}.steps", "set", of="steps", label="Steps that carry the first reading"),
        Slot(f"{SECOND}.reading", "one", of="readings", label="Second reading"),
        Slot(f"{SECOND}.certainty", "one", of="certainty", label="How certain then", numeric=True),
    ]
    if item.own:
        slots += [
            Slot(f"{round_}.{name}", "text", label=f"{words}, {when}")
            for round_, when in ((FIRST, "at first"), (SECOND, "then"))
            for name, words in ((OWN, "My own reading"), ("reason", "My reason in one line"))
        ]
    return Anatomy(tuple(slots), lists, ids=(*readings, *item.steps), marks=("weighed",))


KINDS: dict[str, Describe] = {
    "choice": _choice,
    "order": _order,
    "match": _match,
    "sort": _sort,
    "rating": _rating,
    "prompt": _prompt,
    "interpretation": _interpretation,
}
