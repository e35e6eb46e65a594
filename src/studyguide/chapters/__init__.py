"""The room of the chapters: MyST text as pages and as notebooks; `studyguide.chapters` is the Sphinx extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls for `extensions: [studyguide.chapters]`."""
    from studyguide.chapters import book

    return book.setup(app)
