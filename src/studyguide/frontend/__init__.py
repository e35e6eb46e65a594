"""The front end's sources, joined by Python in a fixed order: scripts and styles for pages, a module for widgets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from studyguide.frontend import palette
from studyguide.guide import EXTENSIONS, limits

FOLDER = Path(__file__).parent
KINDS, SLOTS = "activity/kinds.js", "shared/slots.js"
ACTIVITY = (
    "shared/strings.js",
    SLOTS,
    "shared/codes.js",
    "shared/files.js",
    KINDS,
    "activity/cards.js",
    "activity/activity.js",
)
HEAD = ("page/ahead.js",)
PAGE = ("page/page_strings.js", "page/drawers.js", "page/spine.js", "page/sources.js", "page/main.js")
WIDGET = (*ACTIVITY, "activity/widget.js")
MY_WORK = (
    "shared/strings.js",
    SLOTS,
    "shared/files.js",
    "shared/storage.js",
    "my_work/strings.js",
    "my_work/answers.js",
    "my_work/my_work.js",
)
CLASS = (
    "shared/strings.js",
    SLOTS,
    "shared/codes.js",
    "class_room/codes.js",
    "shared/files.js",
    "class_room/strings.js",
    "class_room/tally.js",
    "class_room/collect.js",
    "class_room/view.js",
    "class_room/projector.js",
    "class_room/class.js",
    "class_room/main.js",
)
# What only some pages load, by the mark on their markup: `data-chart`, `data-my-work` …
FEATURES: dict[str, dict[str, tuple[str, ...]]] = {
    "activity": {"js": (*ACTIVITY, "shared/storage.js", "page/activities.js")},
    "explore": {"js": ("page/chart_strings.js", "page/charts.js"), "css": ("page/pictures.css",)},
    "my-work": {"js": MY_WORK, "css": ("my_work/my_work.css",)},
    "class": {"js": CLASS, "css": ("class_room/class.css",)},
    "search": {"js": ("page/search_strings.js", "page/search.js"), "css": ("page/search.css",)},
    "clock": {"js": ("page/clock_strings.js", "page/clock.js"), "css": ("page/clock.css",)},
    "filters": {"js": ("page/filters.js",), "css": ("page/filters.css",)},
}


def _join(names: tuple[str, ...]) -> str:
    """The files one after the other. The book minifies what it serves; a notebook takes them as they are."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names).strip()


def joined(names: tuple[str, ...]) -> str:
    """Script files after what they all know of Python's limits; item types of other packages follow the own ones."""
    if SLOTS not in names:
        return _join(names)
    at = names.index(KINDS) + 1 if KINDS in names else len(names)
    own = [one.script.read_text(encoding="utf-8") for one in EXTENSIONS.values() if KINDS in names]
    parts = [f"const LIMITS = {json.dumps(limits.SCRIPTS)};", _join(names[:at]), *own, _join(names[at:])]
    return "\n".join(part for part in parts if part)


def _script(names: tuple[str, ...]) -> str:
    """A classic script (modules do not load from `file://`), with nothing left in the global scope."""
    return f'(() => {{\n"use strict";\n{joined(names)}\n}})();\n'


def head_script() -> str:
    """What a page does before anything of it is shown."""
    return _join(HEAD)


def page_script() -> str:
    """The script of every page."""
    return _script(PAGE)


def page_stylesheet(accent: Mapping[str, str] | None = None) -> str:
    """The stylesheet of the book: the palette, the pieces' own, and what surrounds them on a page."""
    return palette.stylesheet(accent) + _join(("activity/study.css", "page/page.css"))


def feature_files() -> dict[str, str]:
    """The scripts and stylesheets that only some pages load, by file name: `my-work.js`, `my-work.css` …"""
    return {
        f"{feature}.{kind}": _script(names) if kind == "js" else _join(names)
        for feature, kinds in FEATURES.items()
        for kind, names in kinds.items()
    }


def features(html: str) -> list[str]:
    """Which features a page needs, by the marks on its markup."""
    return [feature for feature in FEATURES if f" data-{feature}>" in html or f" data-{feature}=" in html]


def widget_module() -> str:
    """The ES module that anywidget loads."""
    return joined(WIDGET)


def widget_stylesheet(accent: Mapping[str, str] | None = None) -> str:
    """The pieces' own stylesheet alone: in a notebook nothing outside them may change."""
    return palette.stylesheet(accent) + _join(("activity/study.css",))
