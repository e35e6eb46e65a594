"""A small guide with an item of every type, and its activities on a bare page with the book's own script and style.

Nothing is built and nothing is executed for it, so a browser test of the front end starts in a moment.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studyguide import frontend
from studyguide.guide import ITEM_TYPES, Activity, Guide, Item, Table
from studyguide.page import render

HOSTILE = (
    "<script>window.hit = 1</script>",
    '<img src="x" onerror="window.hit = 2">',
    "[press](javascript:window.hit=3)",
    '"><svg onload="window.hit = 4">',
    "</script><script>window.hit = 5</script></textarea></form>",
    "turned \u202eround\u202c and \u2066apart\u2069",
    "{{ 7 * 7 }} ${window.hit = 6}",
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Workbench</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="study.css">{links}<script defer src="study.js"></script></head>
<body data-theme="auto" style="margin: 0; padding: 1rem; background: var(--sg-paper)"><script>{head}</script>
<main><article>
<h1 class="sg">Workbench</h1>{body}</article></main></body></html>"""


def option(key: str, text: str, right: bool = False) -> dict[str, Any]:
    """An option whose rationale is known from its id."""
    return {"id": key, "text": text, "rationale": f"Because of {key}.", "key": right}


def items(guide: Guide) -> list[Item]:
    """An item of each type (two of choice), on the film of the tiny guide."""
    source = {"version": 1, "sources": (guide.sources[0].id,), "grade": "B"}
    entries = {"out": "The way out", "camp": "The camp", "back": "The way back"}
    pairs = {
        "johnnie": ("Johnnie", "drives an engine"),
        "annabelle": ("Annabelle", "is carried off in a box car"),
        "anderson": ("Anderson", "leads the raid"),
    }
    raw: list[dict[str, Any]] = [
        {
            "id": "engine",
            "type": "choice",
            "stem": "Who takes the *engine*?",
            "cardinality": "single",
            "options": (
                option("army", "The army"),
                option("raiders", "The raiders", True),
                option("mayor", "The mayor"),
            ),
            "steps": (guide.steps[0].id,),
            **source,
        },
        {
            "id": "loves",
            "type": "choice",
            "stem": "What does he love?",
            "cardinality": "multiple",
            "options": (option("own", "His engine", True), option("war", "War"), option("her", "Annabelle", True)),
            **source,
        },
        {
            "id": "chase",
            "type": "order",
            "stem": "What comes first?",
            "entries": tuple({"id": k, "text": text, "rationale": f"Because of {k}."} for k, text in entries.items()),
            **source,
        },
        {
            "id": "who",
            "type": "match",
            "stem": "Who is who?",
            "pairs": tuple(
                {"id": key, "text": text, "match": match, "rationale": f"Because of {key}."}
                for key, (text, match) in pairs.items()
            ),
            "spare": ("burns the bridge",),
            **source,
        },
        {
            "id": "kinds",
            "type": "sort",
            "stem": "Seen, or thought?",
            "bins": ({"id": "seen", "text": "Seen"}, {"id": "thought", "text": "Thought"}),
            "entries": tuple(
                {"id": key, "text": text, "bin": bin_, "rationale": f"Because of {key}."}
                for key, text, bin_ in (
                    ("smoke", "There is smoke", "seen"),
                    ("rails", "The rails end", "seen"),
                    ("brave", "He is brave", "thought"),
                )
            ),
            **source,
        },
        {
            "id": "stars",
            "version": 1,
            "type": "rating",
            "stem": "How good is it?",
            "aspects": ({"id": "overall", "text": "Overall", "half": True}, {"id": "pace", "text": "Pace"}),
        },
        {
            "id": "watch",
            "version": 1,
            "type": "prompt",
            "stem": "Stop the picture at the bridge. What moves first?",
            "hint": "Begin with the smoke.",
        },
        {
            "id": "drives",
            "version": 1,
            "type": "interpretation",
            "stem": "What drives him?",
            "readings": tuple(guide.readings.ids()),
            "steps": tuple(guide.steps.ids()),
            "own": True,
        },
    ]
    return [ITEM_TYPES[item["type"]].model_validate(item) for item in raw]


def guide_of(guide: Guide, found: Sequence[Item], check: str = "each", **changes: Any) -> Guide:
    """`guide` with these items alone, all of them in the activity `all`, the first one also in the activity `again`."""
    common = {"intro": "Answer what you *like*.", "check": check}
    raw: list[dict[str, Any]] = [
        {"id": "all", "title": "Every type", "items": tuple(item.id for item in found), "chapter": "story"},
        {"id": "again", "title": "Once more", "items": (found[0].id,), "chapter": "test-yourself"},
    ]
    activities = [Activity.model_validate(common | one | changes) for one in raw]
    return dataclasses.replace(guide, items=Table(Item, found), activities=Table(Activity, activities))


def made_hostile(value: Any, number: int = 0) -> Any:
    """A record dumped to plain values, with one of the hostile texts after every text that an author writes."""
    if isinstance(value, dict):
        written = {"text", "rationale", "match", "stem", "hint", "title", "intro", "claim", "case_for", "case_against"}
        return {
            key: f"{one} {HOSTILE[(number + place) % len(HOSTILE)]}"
            if key in written and isinstance(one, str)
            else made_hostile(one, number + place)
            for place, (key, one) in enumerate(value.items())
        }
    if isinstance(value, list | tuple):
        if value and all(isinstance(one, str) for one in value):
            return tuple(value)
        return tuple(made_hostile(one, number + place) for place, one in enumerate(value))
    return value


def hostile_guide(guide: Guide) -> Guide:
    """`guide_of` all items, with hostile text wherever an author writes."""
    found = [type(item).model_validate(made_hostile(item.model_dump())) for item in items(guide)]
    readings = Table(
        type(guide.readings[0]), (type(r).model_validate(made_hostile(r.model_dump())) for r in guide.readings)
    )
    made = guide_of(dataclasses.replace(guide, readings=readings), found)
    activities = [type(one).model_validate(made_hostile(one.model_dump())) for one in made.activities]
    return dataclasses.replace(made, activities=Table(Activity, activities))


def page(folder: Path, *parts: str) -> str:
    """A page of these parts, with the book's scripts and styles beside it; its address."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n".join(f"<div>{part}</div>" for part in parts)
    wanted = frontend.features(body)
    files = {"study.js": frontend.page_script(), "study.css": frontend.page_stylesheet()}
    if wanted:
        files |= frontend.feature_files()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    tags = {"css": '<link rel="stylesheet" href="{}.css">', "js": '<script defer src="{}.js"></script>'}
    links = "".join(tags[kind].format(name) for name in wanted for kind in frontend.FEATURES[name])
    (folder / "page.html").write_text(
        PAGE.format(links=links, head=frontend.head_script(), body=body), encoding="utf-8"
    )
    return (folder / "page.html").as_uri()


def activity(guide: Guide, activity_id: str = "all") -> str:
    """One activity's form, as a page of the book has it."""
    return render.activity(guide, activity_id)
