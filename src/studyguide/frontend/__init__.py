"""The front end's sources, joined by Python in a fixed order: scripts and styles for pages, a module for widgets."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
ACTIVITY = ("strings.js", "scoring.js", "codes.js", "files.js", "kinds.js", "activity.js")
PAGE = (*ACTIVITY, "drawers.js", "spine.js", "storage.js", "page.js", "main.js")
WIDGET = (*ACTIVITY, "widget.js")
MY_WORK = (
    "strings.js",
    "scoring.js",
    "files.js",
    "storage.js",
    "mywork_strings.js",
    "mywork_answers.js",
    "mywork.js",
)
CLASS = (
    "strings.js",
    "scoring.js",
    "codes.js",
    "codes_read.js",
    "files.js",
    "class_strings.js",
    "class_tally.js",
    "class_collect.js",
    "class_view.js",
    "class_projector.js",
    "class.js",
    "class_main.js",
)
# What only some pages load, by the mark on their markup: `data-chart`, `data-my-work` …
FEATURES: dict[str, dict[str, tuple[str, ...]]] = {
    "chart": {"js": ("charts.js",)},
    "my-work": {"js": MY_WORK, "css": ("mywork.css",)},
    "class": {"js": CLASS, "css": ("class.css",)},
    "filters": {"js": ("filters.js",), "css": ("filters.css",)},
}


def _join(names: tuple[str, ...]) -> str:
    """The files one after the other. The book minifies what it serves; a notebook takes them as they are."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names).strip()


def _script(names: tuple[str, ...]) -> str:
    """A classic script (modules do not load from `file://`), with nothing left in the global scope."""
    return f'(() => {{\n"use strict";\n{_join(names)}\n}})();\n'


def page_script() -> str:
    """The script of every page."""
    return _script(PAGE)


def page_stylesheet() -> str:
    """The stylesheet of the book: the pieces' own, and what surrounds them on a page."""
    return _join(("study.css", "page.css"))


def feature_files() -> dict[str, str]:
    """The scripts and stylesheets that only some pages load, by file name: `my-work.js`, `my-work.css` …"""
    return {
        f"{feature}.{kind}": _script(names) if kind == "js" else _join(names)
        for feature, kinds in FEATURES.items()
        for kind, names in kinds.items()
    }


def features(html: str) -> list[str]:
    """Which features a page needs, by the marks on its markup."""
    return [feature for feature in FEATURES if f" data-{feature}>" in html]


def widget_module() -> str:
    """The ES module that anywidget loads."""
    return _join(WIDGET)


def widget_stylesheet() -> str:
    """The pieces' own stylesheet alone: in a notebook nothing outside them may change."""
    return _join(("study.css",))
