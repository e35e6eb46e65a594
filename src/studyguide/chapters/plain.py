"""The same book without Jupyter Book: a conf.py for plain `sphinx-build`, made from _config.yml.

Jupyter Book 1 is in maintenance; its settings are a thin layer over Sphinx, and this is the layer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from studyguide.guide import GuideError

LEFT_OUT = {"jupyter_book"}
"""Extensions that only Jupyter Book has."""


def conf(book: Path) -> str:
    """The text of a conf.py for the book in a folder; GuideError if its _config.yml cannot be read."""
    try:
        settings: dict[str, Any] = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise GuideError(f"no settings in `{book}` ({error}); call this in a book's folder") from None
    execute, parse = settings.get("execute") or {}, settings.get("parse") or {}
    values: dict[str, Any] = {
        "project": settings["title"],
        "html_title": settings["title"],
        "author": settings.get("author", ""),
        "copyright": f"{settings.get('copyright', '')}, {settings.get('author', '')}".strip(", "),
        "external_toc_path": "_toc.yml",
        "external_toc_exclude_missing": settings.get("only_build_toc_files", False),
        "nb_execution_mode": execute.get("execute_notebooks", "cache"),
        "nb_execution_timeout": execute.get("timeout", 60),
        "myst_enable_extensions": parse.get("myst_enable_extensions", []),
        **settings["sphinx"]["config"],
    }
    values["extensions"] = [name for name in values["extensions"] if name not in LEFT_OUT]
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    return "\n".join(["# Made from _config.yml by `studyguide conf`.", *lines]) + "\n"
