"""The front end's sources, joined by Python in a fixed order: one script for pages, one module for the widget."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
PAGE = ("strings.js", "drawers.js", "activity.js", "page.js", "charts.js", "main.js")
WIDGET = ("strings.js", "activity.js", "widget.js")


def _join(names: tuple[str, ...]) -> str:
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


def page_script() -> str:
    """A classic script (modules do not load from `file://`), with nothing left in the global scope."""
    return f'(() => {{\n"use strict";\n{_join(PAGE)}\n}})();\n'


def widget_module() -> str:
    """The ES module that anywidget loads."""
    return _join(WIDGET)


def page_stylesheet() -> str:
    """The stylesheet of the book: the pieces' own, and what surrounds them on a page."""
    return _join(("study.css", "page.css"))


def widget_stylesheet() -> str:
    """The pieces' own stylesheet alone: in a notebook nothing outside them may change."""
    return _join(("study.css",))
